"""Signed copies of issued papers, found among what came in: loose, in a mail or in a zip."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import language
from pipeline.dossier import Issued, Origin, Role, SignedCopy, standing
from pipeline.errors import Unreadable
from pipeline.intake.opening import ToRead
from pipeline.kept import kept_in
from pipeline.values import fold

if TYPE_CHECKING:
    from pipeline.signing import Roots, Verdict

_DOCUMENTS = (".pdf", ".docx", ".doc", ".rtf", ".odt")
"""Endings of what may be a form: beside a signed copy it is read as well."""
_PDF = b"%PDF-"
_END = re.compile(rb"%%EOF\n?")
"""Where a revision of a PDF ends; what is issued ends with both."""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A paper that was issued, and where it lies."""

    path: Path
    dossier: str
    """Number of the dossier, or key of the form that joined it."""
    issued: Issued
    replaced: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """A signed copy, with its bytes."""

    dossier: str
    copy: SignedCopy
    data: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """What a submission brought of signed copies."""

    copies: tuple[Returned, ...]
    bundles: tuple[tuple[str, bytes], ...] = ()
    """Mails and zips in which they lay, by name."""
    rest: bool = False
    """Whether there is more in it that may be a form."""


def known_papers(issued: Mapping[str, Sequence[Issued]], folders: Mapping[str, Path]) -> tuple[KnownPaper, ...]:
    """Give every paper that was issued.

    Args:
        issued: by dossier.
        folders: of the dossiers.
    """
    return tuple(
        KnownPaper(folders[key] / one.pdf, key, one, one not in standing(tuple(papers)).values())
        for key, papers in issued.items()
        for one in papers
        if key in folders
    )


def candidates(data: bytes, known: Iterable[KnownPaper], scanned: str = "") -> list[tuple[KnownPaper, bytes]]:
    """Give the issued papers that a file may be a copy of, with their bytes.

    The one whose bytes it begins with, as the register knows them: also when the issued file itself was changed since,
    or is gone.
    Otherwise those of the dossiers that its words name, or those that were read from its pictures (`scanned`).
    """
    known = tuple(known)
    hashes = {paper.issued.pdf_sha256: paper for paper in known}
    begins = [(hashes[sha256], size) for size, sha256 in _revisions(data) if sha256 in hashes]
    if begins:
        paper, size = begins[-1]
        return [(paper, data[:size])]
    from pipeline.signing import words_of

    words = _closed(scanned or words_of(data)) if known else ""
    found = []
    for paper in known:
        if _closed(paper.dossier.partition("/")[0]) in words and paper.path.is_file():
            content = paper.path.read_bytes()
            if hashlib.sha256(content).hexdigest() == paper.issued.pdf_sha256:
                found.append((paper, content))
    return found


def _closed(text: str) -> str:
    """Give a text as it is compared where spaces are not sure."""
    return "".join(fold(text).split())


def _revisions(data: bytes) -> Iterator[tuple[int, str]]:
    """Give where each revision of a PDF ends, oldest first, and the hash of everything before that."""
    hashed, at = hashlib.sha256(), 0
    for end in _END.finditer(data):
        hashed.update(data[at : end.end()])
        at = end.end()
        yield at, hashed.hexdigest()


def examine_in(
    locale: str,
    data: bytes,
    known: Sequence[KnownPaper],
    roots: Roots,
    expected: str = "",
    seen: dt.date | None = None,
    online: float = 0.0,
    scans: bool = False,
    kept: Path | None = None,
) -> Verdict:
    """Examine a file against the papers that it may be, telling it in a locale; for a process of its own.

    With `scans` the letters of a scan are read too, which takes seconds; `kept` is the file that keeps what is
    recognised on it.
    """
    from pipeline.signing import IssuedPaper, examine, read_scan

    language.use(locale)
    with kept_in(kept):
        scan = read_scan(data) if scans and known else None
    found = candidates(data, known, scan.words if scan else "")
    papers = [IssuedPaper(own, paper.dossier, paper.issued, paper.replaced) for paper, own in found]
    return examine(data, papers, roots, expected=expected, seen=seen, online=online, scan=scan)


def look_for_copies(
    files: Sequence[ToRead],
    known: Sequence[KnownPaper],
    roots: Mapping[str, bytes],
    today: dt.date,
    content: str,
    locale: str,
) -> Found:
    """Look for signed copies among the files of a submission.

    Args:
        files: of the submission.
        known: the papers that were issued.
        roots: files of certificates that are trusted, by name.
        today: the day.
        content: hash of the submission.
        locale: in which it is told.
    """
    language.use(locale)
    copies: list[Returned] = []
    bundles: list[tuple[str, bytes]] = []
    rest = False
    for file in files:
        found, others = _in_file(file.name, file.path.read_bytes(), known, roots, today, content)
        copies += found
        rest = rest or others
        if found and found[0].data != file.path.read_bytes():
            bundles.append((file.name, file.path.read_bytes()))
    if rest:  # it is read as a form too, and known by that
        copies = [replace(one, copy=replace(one.copy, content="")) for one in copies]
    return Found(tuple(copies), tuple(bundles), rest)


def _in_file(
    name: str, data: bytes, known: Sequence[KnownPaper], roots: Mapping[str, bytes], today: dt.date, content: str
) -> tuple[list[Returned], bool]:
    """Give the copies in one file, and whether there is something else in it that may be a form."""
    from pipeline.readers.bundles import unpack

    try:
        unpacked = unpack(data, name)
    except Unreadable:
        return [], True
    if unpacked is None:
        parts = [(name, data)]
    else:
        parts = [(part.name, part.data) for part in unpacked.parts if part.role is Role.ATTACHMENT and not part.fault]
    copies: list[Returned] = []
    rest = False
    for inside, piece in parts:
        found = list(_copies(inside, piece, known, roots, today, content))
        copies += found
        rest = rest or (not found and inside.lower().endswith(_DOCUMENTS))
    return copies, rest


def _copies(
    name: str, data: bytes, known: Sequence[KnownPaper], roots: Mapping[str, bytes], today: dt.date, content: str
) -> Iterator[Returned]:
    from pipeline.signing import copy_of, read_roots

    if _PDF not in data[:1024]:
        return
    verdict = examine_in(language.current(), data, known, read_roots(roots), seen=today)
    if verdict.paper is None or verdict.origin in (Origin.UNKNOWN, Origin.UNREADABLE):
        return
    yield Returned(verdict.paper.dossier, copy_of(verdict, data, today, source=name, content=content), data)
