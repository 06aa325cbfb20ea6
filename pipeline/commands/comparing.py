"""The verb `compare`: what a returned Word file changes in a paper that was issued."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.frame import json_option, print_json, read_bytes, say, verb
from pipeline.errors import ExitCode
from pipeline.language import _


@verb(
    short_help=_("Toont wat een tegenpartij wijzigde in een uitgegeven document."),
    help=_(
        "Toont wat een tegenpartij wijzigde in een uitgegeven Word-document: per artikel, met bedragen, getallen en "
        "data eerst. Afloop 3 als er iets gewijzigd is, 0 als er niets gewijzigd is."
    ),
)
@click.argument("issued", metavar=_("UITGEGEVEN"), type=click.Path(path_type=Path))
@click.argument("returned", metavar=_("TERUGGEKREGEN"), type=click.Path(path_type=Path))
@json_option()
def compare(issued: Path, returned: Path, *, as_json: bool) -> ExitCode:
    """Compare a returned file with the paper that was issued."""
    from pipeline.compare import compare as hold
    from pipeline.compare.telling import encode, lines

    compared = hold(read_bytes(issued), read_bytes(returned), returned.name)
    found = compared.comparison
    if as_json:
        print_json({"issued": str(issued), "returned": str(returned), **encode(found)})
    else:
        for line in lines(found, issued.name, returned.name):
            say(line)
    return ExitCode.BLOCKING if found.changes else ExitCode.DONE
