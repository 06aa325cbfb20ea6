"""What a paper is called where no page shows it: its title, and what a program reads aloud of its fields."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipeline.language import _
from pipeline.signing.verdict import Change
from pipeline.values.folding import plain_spaces


def renamed(candidate: bytes, issued: bytes) -> Iterator[Change]:
    """Tell which titles and which words that are read aloud are not what they were when the paper was issued.

    A program that signs may leave a title out, and gives its own field no words to read aloud but its name.

    Args:
        candidate: the file that came back.
        issued: the paper.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(issued)) as own, pikepdf.open(io.BytesIO(candidate)) as pdf:
        before = set(_titles(own))
        for title in dict.fromkeys(_titles(pdf)):
            if title not in before:
                yield Change(0, _("de titel van het bestand werd «{title}»").format(title=title))
        spoken = _spoken(own)
        ours = frozenset(field.fully_qualified_name for field in own.acroform.fields)
        for name, words in _spoken(pdf, ours).items():
            if words not in (spoken.get(name, ""), name, ""):
                yield Change(0, _("van het veld «{name}» wordt voorgelezen: «{words}»").format(name=name, words=words))


def _titles(pdf: Any) -> Iterator[str]:
    """Give the titles in what tells of the document, of both kinds."""
    told = [str(pdf.docinfo.get("/Title", "")), str(pdf.open_metadata().get("dc:title", "") or "")]
    yield from filter(None, map(plain_spaces, told))


def _spoken(pdf: Any, ours: frozenset[str] = frozenset()) -> dict[str, str]:
    """Give what is read aloud of each field that is empty, or one of ours: who signs in its own names that."""
    return {
        field.fully_qualified_name: plain_spaces(field.alternate_name or "")
        for field in pdf.acroform.fields
        if "/TU" in field.obj and ("/V" not in field.obj or field.fully_qualified_name in ours)
    }
