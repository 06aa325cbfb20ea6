"""What a paragraph or content control of Word comes to that stands the same in every copy, read apart from its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from pipeline.ooxml.markup import value
from pipeline.ooxml.names import W14, W15, W
from pipeline.readers.controls import TYPED, Open
from pipeline.readers.docx_controls import CONTENT, PROPERTIES, Properties
from pipeline.readers.docx_styles import PROMPT, USUAL, Look, Styles, outline_level
from pipeline.readers.lines import clean
from pipeline.readers.symbols import may_have_box, signs
from pipeline.records import record

PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
"""What pieces of a run say that hold no text."""
_RUN, _TEXT, _CONTROL = W + "r", W + "t", W + "sdt"
_PPR, _RPR, _STYLE, _OUTLINE = W + "pPr", W + "rPr", W + "pStyle", W + "outlineLvl"
_SILENT = frozenset(W + name for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"))
_DRESS = frozenset(
    W + name
    for name in (
        "keepNext", "keepLines", "pageBreakBefore", "widowControl", "suppressLineNumbers", "pBdr", "shd", "tabs",
        "suppressAutoHyphens", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind",
        "contextualSpacing", "mirrorIndents", "jc", "textAlignment", "bidi",
    )
)  # fmt: skip
"""Properties of a paragraph that change nothing of what it says."""
_LETTERS = frozenset(
    W + name
    for name in (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "u", "color", "sz", "szCs", "lang", "spacing", "kern", "highlight",
        "shd", "noProof", "caps", "smallCaps", "vanish", "strike", "vertAlign",
    )
)  # fmt: skip
"""Properties of letters, which say nothing where there are none: of the mark of a paragraph, of what is to be typed."""
_KEPT = frozenset(
    {
        *_LETTERS,
        *(
            W + name
            for name in (
                "alias", "tag", "id", "lock", "placeholder", "docPart", "showingPlcHdr", "temporary", "text", "date",
                "dateFormat", "lid", "storeMappedDataAs", "calendar", "dropDownList", "comboBox", "listItem", "group",
                "picture", "richText", "rPr",
            )
        ),
        *(W14 + name for name in ("checkbox", "checked", "checkedState", "uncheckedState")),
        *(W15 + name for name in ("appearance", "color", "repeatingSection", "repeatingSectionItem")),
    }
)  # fmt: skip
"""All that properties of a control may hold to be known again."""


HOLE = "\ue000"
"""Stands in a paragraph for a text that differs in each copy: an answer."""


@record
class Words:
    """A run of which nothing tells but its text."""

    texts: tuple[str, ...] | None
    """None where each copy has its own."""
    styled: bool
    """In the style of placeholders."""


@record
class Held:
    """A content control in a paragraph."""

    properties: Properties
    inside: tuple[Piece, ...]


Piece: TypeAlias = Words | Held


@record
class Known:
    """A paragraph: all that reading it must know."""

    level: int
    pieces: tuple[Piece, ...]
    said: tuple[str, ...]
    """Of one that says nothing but plain words: these, and the line end that stands behind them in a control."""
    text: str
    """The same as it is kept."""
    only: tuple[Open, str | None] | None
    """The control that is all there is to it, never changed, and its one text; None where each copy has its own."""
    again: Callable[[str], Any]
    """Gives the paragraph as an element, for where more must be known, with that text."""


def know_paragraph(
    paragraph: Any, looks: Mapping[Any, Look], styles: Styles, again: Callable[[str], Any]
) -> Known | None:
    """Read a paragraph that stands in no file; nothing when what it comes to hangs on more than itself.

    Args:
        paragraph: the element; a run that is a `HOLE` says something else in each file.
        looks: of its runs that are not plain text.
        styles: of the files in which it stands.
        again: gives it once more, with the text of a file.
    """
    pieces = paragraph[:]
    style, outline = "", None
    if pieces and pieces[0].tag == _PPR:
        for entry in pieces.pop(0):
            if entry.tag == _STYLE:
                style = value(entry)
            elif entry.tag == _OUTLINE:
                outline = outline_level(entry)
            elif entry.tag not in _DRESS and not _is_of_mark(entry):
                return None
    if styles.look(style) is not USUAL or style in styles.lists:
        return None
    known = _know_pieces(pieces, looks)
    if known is None:
        return None
    level = styles.level(style) if outline is None and style else outline or 0
    texts: list[str] = []
    for piece in known:
        if isinstance(piece, Held) or piece.styled or piece.texts is None:
            break
        texts += piece.texts
    else:
        return Known(level, known, (*texts, "\n"), clean(texts), None, again)
    return Known(level, known, (), "", _only(known), again)


def _only(pieces: Sequence[Piece]) -> tuple[Open, str | None] | None:
    """Give the control that pieces are, with its text, where that is all."""
    if len(pieces) != 1 or not isinstance(held := pieces[0], Held) or len(held.inside) != 1:
        return None
    control, words = held.properties.usual, held.inside[0]
    if control.kind not in TYPED or not isinstance(words, Words) or (words.styled and not control.placeholder):
        return None
    if words.texts is None:
        return control, None
    return (control, words.texts[0]) if len(words.texts) == 1 else None


def _is_of_mark(entry: Any) -> bool:
    """Tell whether a property of a paragraph says how its mark is written, and no more: not that it was deleted."""
    return entry.tag == _RPR and all(letters.tag in _LETTERS for letters in entry)


def _know_pieces(pieces: Iterable[Any], looks: Mapping[Any, Look]) -> tuple[Piece, ...] | None:
    known: list[Piece] = []
    for piece in pieces:
        made: Piece | None = None
        if piece.tag == _RUN:
            made = _know_run(piece, looks.get(piece, USUAL))
        elif piece.tag == _CONTROL:
            made = _know_control(piece, looks)
        elif piece.tag in _SILENT and not len(piece):
            continue
        if made is None:
            return None
        known.append(made)
    return tuple(known)


def _know_run(run: Any, look: Look) -> Words | None:
    if look not in (USUAL, PROMPT):
        return None
    texts: list[str] = []
    for child in run:
        if child.tag == _TEXT:
            text = child.text or ""
            texts.append(text if text.isascii() else signs(text))
            if may_have_box(texts[-1]):  # what stands out beside one is told of the whole paragraph
                return None
        elif child.tag in PLAIN:
            texts.append(PLAIN[child.tag])
        elif child.tag not in _SILENT and child.tag != _RPR:
            return None
    if HOLE in texts:
        return Words(None, look.placeholder) if len(texts) == 1 else None
    return Words(tuple(text for text in texts if text), look.placeholder)


def _know_control(control: Any, looks: Mapping[Any, Look]) -> Held | None:
    if [part.tag for part in control] != [PROPERTIES, CONTENT]:
        return None
    properties, content = control
    known = know_properties(properties)
    if known is None or known.open().kind == "checkbox":  # a box is held against how it is drawn
        return None
    inside = _know_pieces(content, looks)
    return None if inside is None else Held(known, inside)


def know_properties(properties: Any, again: Callable[[], Any] | None = None) -> Properties | None:
    """Read the properties of a control that stand in no file; nothing when they hold what few have.

    Args:
        properties: the element.
        again: gives it once more; those of a control in a known paragraph are not asked for.
    """
    if any(entry.tag not in _KEPT for entry in properties.iterdescendants()):
        return None
    return Properties(properties, again)
