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
    words = _("Map (of bestand) met certificaten die te vertrouwen zijn, en eventueel intrekkingslijsten (.crl).")
    return _paths(option, "--roots", metavar=_("MAP"), words=words)


def list_option() -> Callable[[Any], Any]:
    """Give the option of the trusted lists of the EU."""
    words = _("Vertrouwenslijst van een lidstaat (ETSI TS 119 612, xml), of een map daarmee; er wordt niets opgehaald.")
    return _paths(click.option, "--eu-list", "lists", metavar=_("BESTAND"), words=words)


def signer_option() -> Callable[[Any], Any]:
    """Give the option of who signs trusted lists."""
    words = _(
        "Certificaat van wie de vertrouwenslijsten tekent; niet nodig als de Europese lijst (eu-lotl.xml) erbij ligt."
    )
    return _paths(click.option, "--eu-signer", "signers", metavar=_("BESTAND"), words=words)


def _paths(make: Callable[..., Callable[[Any], Any]], *names: str, metavar: str, words: str) -> Callable[[Any], Any]:
    """Give an option that may be given several times, each time with a path."""
    return make(*names, metavar=metavar, multiple=True, type=click.Path(path_type=Path), help=words)


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
