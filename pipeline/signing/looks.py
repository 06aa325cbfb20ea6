"""What a signature shows on the page: its words, beside a name and a moment, and whether all of it can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.values import fold_accents
from pipeline.values.folding import plain_spaces

_LONGEST = 600
"""Characters of a look that are told."""
_DEEPEST = 20
"""Forms within each other, and fields above a widget, that are followed."""
_MOST_SEGMENTS = 5
"""Of a path that is a line or a frame; letters and drawings have more."""
_SMALLEST = 1.0
"""Points of a side of a box in which something can be seen."""
_MOMENT = re.compile(
    r"\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./]\d{4}\b|\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b"
    r"|[+-]\d{2}[':]?\d{2}\b'?|\b\d{1,2}\.? (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober"
    r"|november|december|january|february|march|may|june|july|august|october|janvier|fevrier|mars|avril|mai|juin|juillet"
    r"|aout|septembre|octobre|novembre|decembre|januar|februar|marz|juli|oktober|dezember)\.? \d{4}\b"
)
"""A day, an hour or a time zone."""
_WORDS = re.compile(r"\w+")
_PLAIN = frozenset(
    _WORDS.findall(
        "elektronisch digitaal ondertekend getekend door op om uur datum tijdstip naam handtekening "
        "electronically digitally signed by on at date time timestamp name signature utc gmt cet cest z "
        "signe electroniquement numeriquement par le a date heure heures nom elektronisch unterzeichnet von am um uhr "
        "common country be"
    )
)
"""What programs write around the name and the moment; no two of these make a reservation."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a signature field shows."""

    words: str = ""
    """On one line."""
    unread: bool = False
    """Whether it shows a picture, a drawing, or text of which the letters cannot be told."""
    pages: tuple[int, ...] = ()
    """On which it stands, from 1."""


def looks_in(content: bytes, *, filled: bool = True) -> Mapping[str, Look]:
    """Give what each signature field shows, by its full name; a field that shows nothing is left out.

    Args:
        content: the file as it lies there, later revisions included.
        filled: of the fields in which somebody signed, or else of those that are empty.
    """
    import pikepdf

    found: dict[str, list[Look]] = {}
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as opened:
        for number, page in enumerate(opened.pages, start=1):
            annotations = page.obj.get("/Annots")
            for widget in annotations if isinstance(annotations, pikepdf.Array) else ():
                if isinstance(widget, pikepdf.Dictionary) and _is_meant(widget, filled) and _is_seen(widget):
                    found.setdefault(_name(widget), []).append(replace(_look(widget), pages=(number,)))
    return {
        name: Look(
            " ".join(look.words for look in looks if look.words),
            any(look.unread for look in looks),
            tuple(dict.fromkeys(page for look in looks for page in look.pages)),
        )
        for name, looks in found.items()
    }


def odd_words(words: str, holder: str) -> str:
    """Give what a look says if that is more than who signed and when; otherwise nothing.

    Args:
        words: of the look.
        holder: every name in the certificate.
    """
    known = _PLAIN | set(_WORDS.findall(fold_accents(holder)))
    rest = _MOMENT.sub(" ", fold_accents(words))
    return words if set(_WORDS.findall(rest)) - known else ""


def _above(widget: Any) -> Iterator[Any]:
    """Give a widget and the fields that it belongs to, upwards."""
    import pikepdf

    for _step in range(_DEEPEST):
        if not isinstance(widget, pikepdf.Dictionary):
            return
        yield widget
        widget = widget.get("/Parent")


def _is_meant(widget: Any, filled: bool) -> bool:
    chain = list(_above(widget))
    return any(one.get("/FT") == "/Sig" for one in chain) and any("/V" in one for one in chain) == filled


def _is_seen(widget: Any) -> bool:
    box = [float(edge) for edge in widget.get("/Rect") or ()]
    return len(box) == 4 and abs(box[2] - box[0]) >= _SMALLEST and abs(box[3] - box[1]) >= _SMALLEST


def _name(widget: Any) -> str:
    return ".".join(reversed([str(one["/T"]) for one in _above(widget) if "/T" in one]))


def _look(widget: Any) -> Look:
    """Read what a widget shows, on a page of its own."""
    import pikepdf

    shown = (widget.get("/AP") or {}).get("/N")
    if shown is None:
        return Look()
    if not isinstance(shown, pikepdf.Stream):  # several looks, one of which a viewer chooses
        return Look(unread=True)
    with pikepdf.new() as alone:
        box = [float(edge) for edge in shown.get("/BBox") or (0, 0, 1, 1)]
        page = alone.add_blank_page(page_size=(max(abs(edge) for edge in box) + 1,) * 2)
        drawn = alone.copy_foreign(shown)
        drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Look=drawn))
        page.obj.Contents = alone.make_stream(b"/Look Do")
        made = io.BytesIO()
        alone.save(made)
    return _read(made.getvalue())


def _read(content: bytes) -> Look:
    import pypdfium2
    import pypdfium2.raw as pdfium

    with pypdfium2.PdfDocument(content) as opened:
        page = opened[0]
        text = page.get_textpage()
        words = plain_spaces(text.get_text_range()).strip()
        unread = any(pdfium.FPDFText_HasUnicodeMapError(text, at) for at in range(text.count_chars()))
        for drawn in page.get_objects(max_depth=_DEEPEST):
            if drawn.type in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM):
                continue
            segments = pdfium.FPDFPath_CountSegments(drawn) if drawn.type == pdfium.FPDF_PAGEOBJ_PATH else 0
            unread = unread or not 0 < segments <= _MOST_SEGMENTS
        text.close()
    return Look(words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …", unread or len(words) > _LONGEST)
