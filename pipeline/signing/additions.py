"""What was added to a paper since it was issued: signatures and what proves them, or something else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipeline.language import _
from pipeline.signing.changes import drawn_outside, seen_changes
from pipeline.signing.looks import looks_in
from pipeline.signing.pages import Pages
from pipeline.signing.permitted import after_issue, signature_fields
from pipeline.signing.verdict import Change, IssuedPaper


def added(reader: Any, paper: IssuedPaper, pages: Pages) -> tuple[Change, ...]:
    """Tell what was added to a paper of ours beside signatures, time stamps and what proves them.

    Args:
        reader: pyHanko's reader of the file that came back, which begins with the bytes of the paper.
        paper: as issued.
        pages: of the file that came back.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffResult

    own = PdfFileReader(io.BytesIO(paper.content))
    if not _continues(reader, own):
        what = _("achter het uitgegeven papier is een ander papier geplakt, en dat is wat de lezer te zien krijgt")
        with Pages(paper.content) as before:
            return (Change(0, what), *seen_changes(before, pages))
    first = own.xrefs.total_revisions - 1
    removed = tuple(_removed(reader, first))
    result = after_issue().review_file(reader, first)
    with Pages(paper.content) as before:
        if isinstance(result, DiffResult) and not removed:
            filled = sorted(result.changed_form_fields - signature_fields(reader))
            told = tuple(Change(0, _("het veld «{name}» werd ingevuld").format(name=name)) for name in filled)
            return (*told, *drawn_outside(before, pages))
        seen = (*removed, *seen_changes(before, pages))
    return seen or (Change(0, _("naast handtekeningen werd iets toegevoegd dat op de bladzijden niet te zien is")),)


def drawn_in_empty(candidate: bytes, paper: IssuedPaper) -> Iterator[Change]:
    """Tell what an empty signature field shows that it did not show when the paper was issued.

    Args:
        candidate: the file that came back.
        paper: as issued.
    """
    before = looks_in(paper.content, filled=False)
    for field, look in looks_in(candidate, filled=False).items():
        if look != before.get(field) and (look.words or look.unread):
            what = _("in het lege veld «{field}» is iets getekend dat wij er niet in zetten: «{words}»")
            yield Change(look.pages[0], what.format(field=field, words=look.words or "…"))


def _continues(reader: Any, own: Any) -> bool:
    """Tell whether the revisions of a file go on from those of the paper with which it begins.

    A file may begin with our bytes and never use them: what is shown is what its last table of objects leads to.
    """
    count = own.xrefs.total_revisions
    return reader.xrefs.total_revisions >= count and all(
        reader.xrefs.get_startxref_for_revision(number) == own.xrefs.get_startxref_for_revision(number)
        for number in range(count)
    )


def _removed(reader: Any, first: int) -> Iterator[Change]:
    """Tell of which fields a signature was taken out, or put in the place of another."""
    signed: dict[str, Any] = {}
    for revision in range(first + 1, reader.xrefs.total_revisions):
        now = _signatures(reader.get_historical_resolver(revision))
        for name, contents in signed.items():
            if name not in now:
                yield Change(0, _("de handtekening in «{name}» werd verwijderd").format(name=name))
            elif now[name] != contents:
                yield Change(0, _("de handtekening in «{name}» werd door een andere vervangen").format(name=name))
        signed = now


def _signatures(revision: Any) -> dict[str, bytes]:
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation.pdf_embedded import extract_contents

    return {
        name: extract_contents(value.get_object())
        for name, value, _field in enumerate_sig_fields(revision, filled_status=True)
    }
