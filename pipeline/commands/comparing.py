"""The verb `compare`: what a returned Word file changes in a paper that was issued."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.frame import (
    day_of,
    day_option,
    json_option,
    note,
    output_option,
    print_json,
    read_bytes,
    say,
    verb,
)
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.compare import Compared


@verb(
    short_help=_("Toont wat een tegenpartij wijzigde in een uitgegeven document."),
    help=_(
        "Toont wat een tegenpartij wijzigde in een uitgegeven Word-document: per artikel, met bedragen, getallen en "
        "data eerst. WAT is een dossier met een document dat ervan uitgegeven is, of het uitgegeven Word-bestand "
        "zelf. Afloop 3 als er iets gewijzigd is, 0 als er niets gewijzigd is."
    ),
)
@click.argument("what", metavar=_("WAT"), nargs=-1, required=True)
@click.argument("returned", metavar=_("TERUGGEKREGEN"), type=click.Path(path_type=Path))
@click.option(
    "--to",
    metavar=_("MAP"),
    type=click.Path(path_type=Path),
    help=_("Legt daar ook het uitgegeven document als Word-bestand met wijzigingen bijgehouden."),
)
@day_option(words=_("Datum van de bijgehouden wijzigingen, als 2022-02-01; anders vandaag."))
@output_option()
@json_option()
def compare(
    what: tuple[str, ...], returned: Path, to: Path | None, day: dt.datetime | None, output: Path, *, as_json: bool
) -> ExitCode:
    """Compare a returned file with the paper that was issued."""
    from pipeline.compare import compare as hold
    from pipeline.compare.telling import encode, lines

    back = read_bytes(returned)
    issued, content, number = _issued(what, output, back, returned.name)
    compared = hold(content, back, returned.name, number)
    found = compared.comparison
    if as_json:
        print_json({"issued": str(issued), "returned": str(returned), **encode(found)})
    else:
        for line in lines(found, issued.name, returned.name):
            say(line)
    if to is not None and found.changes:
        _write(compared, to / f"{returned.stem} vergeleken.docx", day_of(day))
    return ExitCode.BLOCKING if found.changes else ExitCode.DONE


def _issued(what: tuple[str, ...], output: Path, back: bytes, name: str) -> tuple[Path, bytes, str]:
    """Give the Word file that was issued, what is in it, and the number of its dossier, if known.

    Raises:
        UsageError: it is not there, a dossier was named without a paper, or what came back is of another one.
    """
    if len(what) == 1:
        path = Path(what[0])
        if not path.exists() and not path.suffix:
            raise UsageError(_("Geef na het dossier «{number}» ook het document.").format(number=what[0]))
        return path, read_bytes(path), ""
    if len(what) > 2:
        raise UsageError(_("Geef een dossier, een document en het teruggekregen bestand; niet meer."))
    from pipeline import life
    from pipeline import run as batch

    number, paper = what
    with batch.reading(output) as known:
        entry = life.find(known, number)
        issued = batch.issued_paper(known, entry, paper)
        folder = output / entry.folder
        batch.refuse_another(known, entry, issued, folder, back, name)
    return folder / issued.docx, batch.issued_word(issued, folder), entry.number


def _write(compared: Compared, path: Path, day: dt.date) -> None:
    """Write the issued paper with tracked changes; tell where, and what these could not carry."""
    from pipeline import write
    from pipeline.compare.redline import redline
    from pipeline.compare.telling import section

    made = redline(compared, day)
    write.write(path, made.content)
    note(_("met wijzigingen bijgehouden: {path}").format(path=path))
    if made.missing:
        note(_("Dit staat niet in dat Word-bestand, wel hierboven:"))
        for line in section(made.missing):
            note(line)
