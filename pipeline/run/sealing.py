"""A print made into the paper that goes out: a chain of functions of bytes, each of which may refuse it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline import pdf, signing
from pipeline.dossier import Answer, State
from pipeline.language import _
from pipeline.making import DOSSIER, read_dossier
from pipeline.register import Entry
from pipeline.renderers import Paper
from pipeline.run.desk import Desk


def seal(plain: bytes, paper: Paper, number: str, typed: Collection[str] = ()) -> signing.Prepared:
    """Make of a print the paper that goes out: no blank on any page, a field for each signatory, and past the gate.

    The steps come in this order; nothing changes the paper after its fields.

    Args:
        plain: the print, as `office.convert` gives it.
        paper: what it was made of.
        number: of the dossier; it stands on the pages.
        typed: the answers of the dossier, in which signs of a template are no blank.
    """
    pages = signing.pieces(plain)
    left = signing.blanks(pages, typed)
    if left:
        said = _("Er is nog iets in te vullen, op {place}.")
        return signing.Prepared(b"", tuple(said.format(place=blank) for blank in left))
    prepared = signing.add_fields(plain, paper.signatories)
    if prepared.faults:
        return prepared
    content = pdf.normalise(prepared.content)
    faults = pdf.faults(
        content,
        archive=pdf.Archive.CONTRACT,
        marker=number,
        pages=len(pages),
        accessible=not prepared.remarks,
    )
    return signing.Prepared(b"", faults) if faults else replace(prepared, content=content)


def typed(desk: Desk, entry: Entry) -> tuple[str, ...]:
    """Give what was answered in a dossier, and in the one that it joined."""
    keys = {entry.key, entry.owner}
    folders = [desk.folder(one) for one in desk.register.entries() if one.key in keys]
    dossiers = [read_dossier(desk.call, folder / DOSSIER) for folder in folders]
    return tuple(text for dossier in dossiers for answer in dossier.answers.values() for text in _texts(answer))


def _texts(answer: Answer) -> list[str]:
    cells = [text for row in answer.rows for cell in row.cells.values() for text in _texts(cell)]
    return [answer.text, *cells] if answer.state is State.GIVEN else cells
