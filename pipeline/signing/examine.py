"""Examine a paper that came back: is it ours, is it signed, by whom and when, was anything changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
from collections.abc import Sequence
from dataclasses import replace

from pipeline.dossier.issued import Signatory
from pipeline.dossier.signed import SIGNED_FOLDER, Origin, SignedCopy
from pipeline.errors import Unreadable
from pipeline.language import _
from pipeline.signing.additions import added, drawn_in_empty
from pipeline.signing.behind import behind_end, behind_signatures
from pipeline.signing.changes import other_looks, word_changes
from pipeline.signing.locks import lock_of
from pipeline.signing.looks import looks_in
from pipeline.signing.naming import renamed
from pipeline.signing.pages import Pages
from pipeline.signing.roots import Roots
from pipeline.signing.scans import Scan, resembled
from pipeline.signing.signatures import Basis, signatures_in
from pipeline.signing.verdict import IssuedPaper, Verdict
from pipeline.stated import Disagreement, carries, disagreements

_ALIKE = 0.5
"""Share of the lines of a paper that a file says at least to be held for a changed copy of it."""


def examine(
    candidate: bytes,
    issued: Sequence[IssuedPaper],
    roots: Roots,
    *,
    expected: str = "",
    seen: dt.date | None = None,
    online: float = 0.0,
    scan: Scan | None = None,
) -> Verdict:
    """Examine a file against the papers that were issued.

    Each moment comes from the signatures. Unless `online`, nothing is fetched: revocation is judged by what the file
    and the roots hold, so that the answer is the same tomorrow.

    Args:
        candidate: the file that came back, whatever it is.
        issued: the papers that it may be.
        roots: what is trusted.
        expected: the dossier for which it was handed in; empty when none was named.
        seen: the day on which this very file was first kept here: what was revoked later did not matter then.
        online: seconds that may go to asking the issuers of trusted certificates whether they were revoked; 0: none.
        scan: what was read of its pages, if they are pictures and somebody read them.

    Returns:
        The answers; a file that cannot be read is an answer too.
    """
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it would tell on the screen stands in the answers
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        with Pages(candidate) as pages:
            verdict = _examine(candidate, pages, issued, Basis(roots, seen, online), scan)
            return replace(verdict, expected=expected, data=_data(candidate, verdict))
    except Unreadable as wrong:
        return Verdict(Origin.UNREADABLE, reason=str(wrong), expected=expected)


def _data(candidate: bytes, verdict: Verdict) -> tuple[Disagreement, ...] | None:
    """Hold the pages of a paper of ours against its data, and that against what was issued, when that carries any."""
    if verdict.paper is None or verdict.origin is Origin.SCANNED or not carries(verdict.paper.content):
        return None
    return disagreements(candidate, issued=verdict.paper.content)


def words_of(candidate: bytes) -> str:
    """Give what the pages of a file say; nothing when it cannot be read."""
    try:
        with Pages(candidate) as pages:
            return pages.words
    except Unreadable:
        return ""


def _examine(candidate: bytes, pages: Pages, issued: Sequence[IssuedPaper], basis: Basis, scan: Scan | None) -> Verdict:
    ours = [paper for paper in issued if candidate.startswith(paper.content)]
    if ours:
        longest = max(ours, key=lambda paper: len(paper.content))
        return _signed(Verdict(Origin.ISSUED, longest), candidate, pages, basis)
    if pages.scanned:
        return _signed(_pictured(pages, issued, scan), candidate, pages, basis)
    return _signed(_resembling(pages, issued), candidate, pages, basis)


def _signed(verdict: Verdict, candidate: bytes, pages: Pages, basis: Basis) -> Verdict:
    """Add what the signatures say, and for a paper of ours what came after it."""
    places: tuple[Signatory, ...] = verdict.paper.places if verdict.paper else ()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader

        reader = PdfFileReader(io.BytesIO(candidate))
        signatures = signatures_in(reader, places, basis, looks_in(candidate))
        lock = lock_of(reader)
        changes = verdict.changes
        if verdict.origin is Origin.ISSUED and verdict.paper:
            shown = (*added(reader, verdict.paper, pages), *drawn_in_empty(candidate, verdict.paper))
            shown = (*shown, *renamed(candidate, verdict.paper.content))
            changes = (*shown, *behind_end(candidate))
            changes = changes or tuple(behind_signatures(reader, candidate, verdict.paper))
    except Exception:  # noqa: BLE001 - a stranger's bytes, and a library that may trip over any of them
        return replace(verdict, reason=_("de opbouw van de pdf klopt niet"))
    return replace(verdict, signatures=signatures, lock=lock, changes=changes)


def _pictured(pages: Pages, issued: Sequence[IssuedPaper], scan: Scan | None) -> Verdict:
    """Tell which issued paper pages that are pictures look like, as far as their letters were read."""
    read = Scan(pages.words, len(pages.pages)) if pages.words else scan
    if read is None:
        return Verdict(Origin.SCANNED)
    found, why = resembled(read, issued)
    only = len({(one.dossier, one.issued.paper, one.issued.row) for one in found}) == 1
    return Verdict(Origin.SCANNED, found[0] if only else None, candidates=found, illegible=why)


def _resembling(pages: Pages, issued: Sequence[IssuedPaper]) -> Verdict:
    """Hold a file that is not ours by its bytes against the issued paper that says most of the same lines."""
    said = {line for page in pages.pages for line in page.lines}
    best: IssuedPaper | None = None
    most = 0.0
    for paper in issued:
        with Pages(paper.content) as own:
            lines = {line for page in own.pages for line in page.lines}
        alike = len(lines & said) / max(len(lines), len(said), 1)
        if alike > most or (alike == most and best is not None and best.replaced and not paper.replaced):
            best, most = paper, alike
    if best is None or most < _ALIKE:
        return Verdict(Origin.UNKNOWN)
    with Pages(best.content) as own:
        changes = word_changes(own, pages)
        if changes:
            return Verdict(Origin.ALTERED, best, changes=changes)
        return Verdict(Origin.RESAVED, best, looks=other_looks(own, pages))


def copy_of(verdict: Verdict, candidate: bytes, on: dt.date, *, source: str = "", content: str = "") -> SignedCopy:
    """Give what is kept of a copy that was examined; its name is the same for the same bytes.

    Args:
        verdict: of the file, which is a paper that was issued or resembles one.
        candidate: the file.
        on: the day on which it is kept.
        source: where it lay.
        content: hash of the submission that brought it.
    """
    if verdict.paper is None:
        raise ValueError("only a copy of an issued paper is kept with a dossier")
    sha256 = hashlib.sha256(candidate).hexdigest()
    changes = [f"{change.page}: {change.what}" if change.page else change.what for change in verdict.changes]
    if verdict.origin is not Origin.ISSUED:  # the data in our own bytes is ours
        changes += [one.message for one in verdict.data or ()]
    return SignedCopy(
        file=f"{SIGNED_FOLDER}/{verdict.paper.issued.name} ({sha256[:8]}).pdf",
        sha256=sha256,
        issued=verdict.paper.issued.name,
        origin=verdict.origin,
        changes=(*changes, *([verdict.reason] if verdict.reason else [])),
        looks=verdict.looks,
        signatures=verdict.signatures,
        on=on,
        source=source,
        content=content,
    )
