"""Issued papers held against what their dossier says now; they themselves never change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import language, printed, report, write
from pipeline.dossier import Issued
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.renderers import Paper, Refusal

_SHOWN = 160
"""Characters of a paragraph that is told."""


def tell(issued: Issued, now: Paper | Refusal | None, place: Path) -> report.ToldPaper:
    """Tell an issued paper, and whether the dossier still says what it does.

    Args:
        issued: the version that stands.
        now: what would be made now; None when the dossier gets no such paper any more.
        place: the folder of the dossier.
    """
    return report.ToldPaper(
        issued.paper,
        issued.title,
        issued.docx,
        draft=False,
        reasons=issued.remarks,
        pdf=issued.pdf,
        issued=words(issued),
        differs=_differs(issued, now, place),
    )


def words(issued: Issued) -> str:
    """Say when a paper was issued and by whom."""
    return _("uitgegeven op {on} door {by}").format(on=language.date_long(issued.on), by=issued.by)


def why_left(issued: Issued, key: str, place: Path) -> str:
    """Say why an issued paper is not made again, and how a next version comes.

    Args:
        issued: the version that stands.
        key: of its dossier.
        place: the folder of the dossier.
    """
    return _(
        "«{file}» is {issued} en blijft zoals het is. Moet er een nieuwe versie in de plaats komen, typ dan: "
        "wijkcontract issue {key} {paper} --replace --why REDEN --by WIE"
    ).format(file=place / issued.pdf, issued=words(issued), key=key, paper=issued.name if issued.row else issued.paper)


def damaged(issued: Issued, place: Path) -> list[str]:
    """Give the files of an issued paper that are gone or no longer what was issued, relative to the dossier."""
    hashes = {issued.pdf: issued.pdf_sha256, issued.docx: issued.docx_sha256}
    if issued.stated_sha256:
        hashes[issued.stated] = issued.stated_sha256
    return [
        name for name, known in hashes.items() if not (place / name).is_file() or write.sha256_of(place / name) != known
    ]


def _differs(issued: Issued, now: Paper | Refusal | None, place: Path) -> str:
    from pipeline.renderers import Refusal

    if now is None:
        return _("Bij dit dossier hoort dit document niet meer.")
    if isinstance(now, Refusal):
        return _("Het kan nu niet gemaakt worden: {why}").format(why=now.reason)
    if now.draft:
        return _("Het zou nu een ontwerp zijn: {why}").format(why=" ".join(now.reasons))
    if issued.docx in damaged(issued, place):
        return _("«{file}» is weg of gewijzigd; zet het terug uit een reservekopie.").format(file=issued.docx)
    before, after = (printed.paragraphs(content) for content in ((place / issued.docx).read_bytes(), now.content))
    if before == after:
        return ""
    at = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if at is None:
        at = min(len(before), len(after))
    said, says = (_shown(texts, at) for texts in (before, after))
    return _(
        "Er zou nu iets anders staan dan wat uitgegeven werd: in plaats van «{before}» staat er «{after}»."
    ).format(before=said, after=says)


def _shown(texts: list[str], at: int) -> str:
    text = texts[at] if at < len(texts) else ""
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"
