"""Which issued paper a scan looks like: by the number of its dossier, and by the words that set one paper apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.signing.pages import Pages
from pipeline.signing.verdict import IssuedPaper
from pipeline.values import fold

_SEEN = 0.5
"""Share of the words of a paper that are seen at least on a scan of it; and of those that another does not have."""
_APART = 0.25
"""How much larger that share is for the one than for the other."""
_AROUND = ".,;:()[]«»“”\"'’…"


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read of pages that are pictures."""

    words: str = ""
    pages: int = 0
    """How many were read, from the first."""
    why: str = ""
    """Why nothing was, in plain Dutch."""


def read_scan(candidate: bytes) -> Scan | None:
    """Read the first pages of a scan that says nothing by itself; None when the file is no such scan."""
    from pipeline import readers
    from pipeline.document import Document, paragraphs

    try:
        with Pages(candidate) as pages:
            if not pages.scanned or pages.words:
                return None
    except Unreadable:
        return None
    seen: list[Document] = []

    def enough(start: Document) -> bool:
        seen.append(start)
        return False

    try:
        seen.append(readers.read(candidate, "scan.pdf", wanted=enough))
    except Unreadable as wrong:
        if not seen:
            return Scan(why=_why(wrong))
    said = list(paragraphs(seen[0].blocks))
    return Scan("\n".join(one.text for one in said), max((one.location.page or 1 for one in said), default=1))


def _why(wrong: Unreadable) -> str:
    from pipeline.readers.reasons import tell

    if wrong.reason is Reason.NO_OCR:
        return _("op deze computer ontbreekt wat nodig is om scans te lezen; «doctor» zegt wat te typen")
    what = tell(wrong)[0].removesuffix(".")
    return what[:1].lower() + what[1:]


def resembled(scan: Scan, issued: Sequence[IssuedPaper]) -> tuple[tuple[IssuedPaper, ...], str]:
    """Give the issued papers that a scan may be, newest version first; or why that cannot be told.

    Args:
        scan: what was read of it.
        issued: the papers that it may be.
    """
    if scan.why:
        return (), scan.why
    closed = "".join(fold(scan.words).split())
    numbered = [one for one in issued if "".join(fold(one.dossier.partition("/")[0]).split()) in closed]
    if not numbered:
        return (), _("er is geen nummer op te lezen van een dossier waarvan hier iets uitgegeven werd")
    seen = _words(scan.words)
    own = {id(one): _first_words(one, scan.pages) for one in numbered}
    likely = [one for one in numbered if _share(own[id(one)], seen) >= _SEEN]
    if not likely:
        number = numbered[0].dossier.partition("/")[0]
        return (), _("het nummer van {dossier} staat erop, maar de rest is niet goed genoeg te lezen").format(
            dossier=number
        )
    left = [
        one
        for one in likely
        if not any(_is_rather(own[id(other)], own[id(one)], seen) for other in likely if other is not one)
    ]
    return tuple(sorted(left, key=lambda one: -one.issued.version)), ""


def _is_rather(one: frozenset[str], other: frozenset[str], seen: frozenset[str]) -> bool:
    """Tell whether a scan is of one paper and not of another: what only the one says is seen, and not the reverse."""
    mine, theirs = one - other, other - one
    of_theirs = _share(theirs, seen) if theirs else 0.0
    if not mine:
        return bool(theirs) and of_theirs < _APART
    return _share(mine, seen) >= max(_SEEN, of_theirs + _APART)


def _share(words: frozenset[str], seen: frozenset[str]) -> float:
    return len(words & seen) / max(1, len(words))


def _first_words(paper: IssuedPaper, pages: int) -> frozenset[str]:
    with Pages(paper.content) as own:
        return _words("\n".join(line for page in own.pages[:pages] for line in page.lines))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in (part.strip(_AROUND) for part in fold(text).split()) if word)
