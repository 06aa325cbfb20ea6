"""The gate that every PDF of ours passes before it counts: does it say of itself, and hold, what was asked.

What a PDF declares (PDF/A, PDF/UA) is looked up and held against what can be seen in it; that proves less than
veraPDF does, which `office` asks as well where it is installed.
Sources: ISO 19005-2 and -3 (PDF/A-2, PDF/A-3), ISO 14289-1 (PDF/UA-1), by the numbers of their clauses.
"""

from __future__ import annotations

import contextlib
import enum
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any

from pipeline.language import _
from pipeline.pdf.memory import at_path

_PDFIUM = threading.Lock()
"""pdfium serves one thread at a time."""
_SHOWN = ("/Figure", "/Formula")
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_ACTIONS = "/Launch /Sound /Movie /ResetForm /ImportData /JavaScript /Hide /SetOCGState /Rendition /Trans /GoTo3DView"
"""Actions that PDF/A forbids (19005-2, 6.5.1)."""
_STANDARD = (
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 /H2 /H3 /H4 "
    "/H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note /Reference /BibEntry /Code "
    "/Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form"
)
"""Kinds of structure elements that a reader knows (32000-1, 14.8.4)."""


class Archive(enum.Enum):
    """How a paper is archived: the part of PDF/A that it declares."""

    LETTER = 2
    """PDF/A-2b: letters and drafts."""
    CONTRACT = 3
    """PDF/A-3b: issued contract papers, which may carry their data as an attached file."""


def faults(
    data: bytes,
    *,
    archive: Archive,
    marker: str = "",
    pages: int | None = None,
    accessible: bool = True,
    said: str | None = None,
) -> tuple[str, ...]:
    """Tell what keeps a PDF from going out.

    Args:
        data: the PDF.
        archive: what it must declare.
        marker: text that must stand on its pages (the dossier's number); "" asks none.
        pages: how many pages it must have; None: at least one.
        accessible: whether it must be tagged and declare PDF/UA-1.
        said: its text as `text` gives it, where that is at hand.

    Returns:
        Sentences in Dutch, empty when it may go out.
    """
    import pikepdf

    with contextlib.ExitStack() as opened:
        try:
            path = opened.enter_context(at_path(data))
            document = opened.enter_context(pikepdf.open(path, inherit_page_attributes=False))
        except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as wrong:
            return (_("De pdf is niet te openen: {detail}.").format(detail=str(wrong).rpartition(": ")[2].rstrip(".")),)
        fonts, tags = _parts(document)
        found = [
            *_count(document, pages),
            *_marks(document, archive, accessible=accessible),
            *_fonts(fonts),
            *_closed(document, archive),
            *(_readable_aloud(document, tags) if accessible else ()),
        ]
    if marker and not found and _bare(marker) not in _bare(text(data) if said is None else said):
        found.append(_("De pdf bevat de tekst «{marker}» niet.").format(marker=marker))
    return tuple(found)


def text(data: bytes) -> str:
    """Give the text of all pages.

    Raises:
        ValueError: it does not open.
    """
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as wrong:
            raise ValueError(str(wrong)) from None
        try:
            return "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()


def _bare(words: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", words) if char.isalnum())


def _count(document: Any, pages: int | None) -> Iterator[str]:
    made = len(document.pages)
    if made == 0:
        yield _("De pdf heeft geen bladzijden.")
    elif pages is not None and made != pages:
        yield _("De pdf heeft {made} bladzijden in plaats van {pages}.").format(made=made, pages=pages)


def _marks(document: Any, archive: Archive, *, accessible: bool) -> Iterator[str]:
    """Look up what it declares, and the colour profile without which no PDF/A declares anything."""
    if "/Metadata" not in document.Root:
        yield _("De pdf heeft geen metagegevens.")
        return
    try:
        said = document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        part, level, aloud = (said.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"))
    except Exception as wrong:  # noqa: BLE001 - whatever a parser makes of what is no XML
        yield _("De metagegevens van de pdf zijn niet te lezen: {detail}.").format(detail=wrong)
        return
    if (part, level) != (str(archive.value), "B") or "/OutputIntents" not in document.Root:
        yield _("De pdf mist het kenmerk van PDF/A-{part}b.").format(part=archive.value)
    if accessible and aloud != "1":
        yield _("De pdf mist het kenmerk van PDF/UA-1.")
    elif not accessible and aloud is not None:
        yield _("De pdf draagt het kenmerk van PDF/UA, maar is niet nagekeken als toegankelijk.")
    if not str(said.get("dc:title") or "").strip():
        yield _("De pdf heeft geen titel.")


def _parts(document: Any) -> tuple[list[Any], dict[str, list[Any]]]:
    """Give the fonts and, by kind, the structure elements: all objects in one pass, for there are thousands."""
    import pikepdf

    fonts: list[Any] = []
    tags: dict[str, list[Any]] = {}
    for each in document.objects:
        if not isinstance(each, pikepdf.Dictionary):
            continue
        type_ = each.get("/Type")
        if type_ == "/StructElem":
            tags.setdefault(str(each.get("/S")), []).append(each)
        elif type_ == "/Font":
            fonts.append(each)
    return fonts, tags


def _fonts(fonts: list[Any]) -> Iterator[str]:
    """Find fonts of which the drawings are not in the file (19005-2, 6.2.11.4)."""
    for each in fonts:
        if each.get("/Subtype") in {"/Type0", "/Type3"}:  # the one is drawn by its descendant, the other draws itself
            continue
        descriptor: Any = each.get("/FontDescriptor", {})
        if not any(name in descriptor for name in _FILES):
            name = str(each.get("/BaseFont", "?")).lstrip("/")
            yield _("Het lettertype «{name}» zit niet in de pdf.").format(name=name)


def _closed(document: Any, archive: Archive) -> Iterator[str]:
    """Find what a paper for the archive may not hold: a lock, scripts, other files."""
    root = document.Root
    if document.is_encrypted:
        yield _("De pdf is versleuteld.")
    names = root.get("/Names", {})
    actions = [root.get("/OpenAction"), *(annotation.get("/A") for annotation in _annotations(document))]
    kinds = {str(action.get("/S")) for action in actions if hasattr(action, "keys")}
    if "/AA" in root or "/JavaScript" in names or not kinds.isdisjoint(_ACTIONS.split()):
        yield _("De pdf bevat opdrachten die bij het lezen uitgevoerd worden.")
    drawn = {"/Link", "/Popup"}  # by the reader itself (19005-2, 6.3.3)
    if any(
        each.get("/Subtype") not in drawn and "/AP" not in each for each in _annotations(document)
    ):  # 19005-2, 6.3.3
        yield _("De pdf heeft een veld of een opmerking zonder beeld.")
    if "/EmbeddedFiles" in names:
        associated = list(root.get("/AF", ()))
        if archive is not Archive.CONTRACT:
            yield _("De pdf draagt een bijgevoegd bestand; dat mag alleen in PDF/A-3.")
        elif not all(_described(each.obj, associated) for each in document.attachments.values()):  # 19005-3, 6.8
            yield _("Van een bestand bij de pdf staat er niet bij wat het is.")


def _described(file: Any, associated: list[Any]) -> bool:
    """Tell whether an attached file says what it is to the paper, and of what kind."""
    stream = file.get("/EF", {}).get("/F", {})
    named = all(key in file for key in ("/F", "/UF", "/AFRelationship"))
    return named and file in associated and "/Subtype" in stream


def _annotations(document: Any) -> Iterator[Any]:
    for page in document.pages:
        yield from page.obj.get("/Annots", ())


def _readable_aloud(document: Any, tags: dict[str, list[Any]]) -> Iterator[str]:
    """Find what keeps a screen reader from reading it (14289-1, 7.1, 7.3, 7.18)."""
    root = document.Root
    marked = root.get("/MarkInfo", {})
    tree = root.get("/StructTreeRoot", {})
    if not marked.get("/Marked", False) or marked.get("/Suspects", False) or "/K" not in tree:
        yield _("De pdf is niet getagd.")
        return
    if not str(root.get("/Lang", "")):
        yield _("De pdf zegt niet in welke taal hij staat.")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield _("De pdf toont zijn titel niet.")
    if any("/StructParents" not in page.obj for page in document.pages):
        yield _("De pdf heeft een bladzijde zonder tags.")
    for kind in sorted(tags):
        if not _known(kind, tree.get("/RoleMap", {})):
            yield _("De pdf heeft tags «{kind}» die geen lezer kent.").format(kind=kind.lstrip("/"))
    if any(not str(each.get("/Alt", each.get("/ActualText", ""))) for kind in _SHOWN for each in tags.get(kind, ())):
        yield _("De pdf heeft een afbeelding zonder woorden; geef ze in Word een alternatieve tekst.")
    if any("/K" not in each for kind in _SHOWN for each in tags.get(kind, ())):
        yield _("De pdf heeft een afbeelding die een voorlezer niet vindt.")
    if any(_mute(annotation) for annotation in _annotations(document)):
        yield _("De pdf heeft een link of een veld zonder woorden of zonder tag.")
    if any("/Annots" in page.obj and page.obj.get("/Tabs") != "/S" for page in document.pages):
        yield _("De pdf volgt op een bladzijde met links of velden de leesvolgorde niet.")


def _known(kind: str, roles: Any) -> bool:
    standard = _STANDARD.split()
    seen: set[str] = set()
    while kind not in standard and kind not in seen:
        seen.add(kind)
        kind = str(roles.get(kind, ""))
    return kind in standard


def _mute(annotation: Any) -> bool:
    """Tell whether an annotation that is shown has no words, or no place in the tags."""
    if int(annotation.get("/F", 0)) & 2 or annotation.get("/Subtype") == "/Popup":  # hidden
        return False
    words = annotation.get("/TU" if annotation.get("/Subtype") == "/Widget" else "/Contents")
    if words is None and "/Parent" in annotation:
        words = annotation.Parent.get("/TU")
    return "/StructParent" not in annotation or not str(words or "")
