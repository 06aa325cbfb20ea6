"""What is trusted when signatures are looked at: the options that name it, and the files that they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.commands.frame import option
from pipeline.errors import UsageError
from pipeline.language import _


def roots_option() -> Callable[[Any], Any]:
    """Give the option of what is trusted."""
    return option(
        "--roots",
        metavar=_("MAP"),
        multiple=True,
        type=click.Path(path_type=Path),
        help=_("Map (of bestand) met certificaten die te vertrouwen zijn, en eventueel intrekkingslijsten (.crl)."),
    )


def list_option() -> Callable[[Any], Any]:
    """Give the option of the trusted lists of the EU."""
    return click.option(
        "--eu-list",
        "lists",
        metavar=_("BESTAND"),
        multiple=True,
        type=click.Path(path_type=Path),
        help=_(
            "Vertrouwenslijst van een lidstaat (ETSI TS 119 612, xml), of een map daarmee; er wordt niets opgehaald."
        ),
    )


def signer_option() -> Callable[[Any], Any]:
    """Give the option of who signs trusted lists."""
    return click.option(
        "--eu-signer",
        "signers",
        metavar=_("BESTAND"),
        multiple=True,
        type=click.Path(path_type=Path),
        help=_(
            "Certificaat van wie de vertrouwenslijsten tekent; niet nodig als de Europese lijst (eu-lotl.xml) erbij "
            "ligt."
        ),
    )


def must_have_pyhanko() -> None:
    """See that the libraries for signatures are there.

    Raises:
        UsageError: they are not; with the line to type.
    """
    from importlib.util import find_spec

    if find_spec("pyhanko") is None or find_spec("signxml") is None:
        raise UsageError(_("Handtekeningen vragen pyHanko. Typ: pip install 'wijkcontract[sign]'"))


def trusted_files(roots: tuple[Path, ...], lists: tuple[Path, ...]) -> Mapping[str, bytes]:
    """Read what a person trusts.

    Raises:
        UsageError: a folder or file does not exist.
    """
    from pipeline.run.returned import in_folders

    for place in (*roots, *lists):
        if not place.exists():
            raise UsageError(_("«{path}» bestaat niet.").format(path=place))
    return in_folders((*roots, *lists))
