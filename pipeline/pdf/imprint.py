"""What a fillable PDF of ours remembers of its own printing, so that its pages need not be read again.

The fields hold what was filled in. The pages print the form itself; as long as their content is, byte for byte, what
was printed, it cannot hold an answer. Whatever a program adds to a page changes the content, and then it is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.remembered import Remembered

_PROGRAM = "/wijkcontract"
_WHEN = "D:20000101000000Z"
"""The same for the same form; the standard wants a moment."""


class Line(NamedTuple):
    """A heading, or a paragraph outside of the questions."""

    page: int
    """From 1."""
    top: float
    """Points from the top of the page."""
    level: int
    """0 for running text."""
    text: str


def leave_imprint(pdf: Any, lines: Iterable[Line]) -> None:
    """Write in a finished file what its pages print."""
    from pikepdf import Dictionary, Stream, String

    told = {
        "pages": _fingerprint([page.obj.Contents.read_bytes()] for page in pdf.pages),
        "lines": [[line.page, round(line.top, 1), line.level, line.text] for line in lines],
    }
    kept = Stream(pdf, json.dumps(told, ensure_ascii=False).encode())
    private = Dictionary(LastModified=String(_WHEN), Private=pdf.make_indirect(kept))
    pdf.Root.PieceInfo = Dictionary({_PROGRAM: private})


def find_imprint(
    objects: Objects, root: Mapping[str, Value], pages: Sequence[Mapping[str, Value]]
) -> tuple[Line, ...] | None:
    """Give what the pages of a file print, if it is one of ours and they are as they were; else None."""
    program = objects.dictionary(objects.dictionary(root.get("/PieceInfo")).get(_PROGRAM))
    if not program:
        return None
    try:
        printed, lines = _TOLD[objects.content(program.get("/Private"))]
    except (KeyError, TypeError, ValueError):
        return None
    return lines if printed == _PRINTED[tuple(tuple(_contents(objects, page)) for page in pages)] else None


def _told(kept: bytes) -> tuple[str, tuple[Line, ...]]:
    """Read what a file remembers of its printing.

    Raises:
        KeyError, TypeError, ValueError: it is not what we wrote.
    """
    told = json.loads(kept)
    lines = tuple(Line(int(page), float(top), int(level), str(text)) for page, top, level, text in told["lines"])
    return told["pages"], lines


def _weigh(pages: tuple[tuple[bytes, ...], ...], _printed: str) -> int:
    return sum(len(part) for parts in pages for part in parts)


def _contents(objects: Objects, page: Mapping[str, Value]) -> list[bytes]:
    contents = page.get("/Contents")
    return [objects.content(part) for part in objects.array(contents) or [contents]]


def _fingerprint(pages: Iterable[Iterable[bytes]]) -> str:
    """Give what differs as soon as one page draws anything else; blanks at the end of a part count for nothing."""
    seen = hashlib.sha256()
    for parts in pages:
        for part in parts:
            seen.update(part.rstrip())
        seen.update(b"\n")
    return seen.hexdigest()


_TOLD = Remembered(_told, 100_000)
_PRINTED = Remembered(_fingerprint, 4_000_000, _weigh)
