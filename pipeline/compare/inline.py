"""Read what stands inside a paragraph for comparing: what is shown, what is not, where it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.compare.drawn import Drawn, find_drawn
from pipeline.compare.looks import Look, Looks
from pipeline.compare.words import Stretch, harmless, mark
from pipeline.ooxml.alternate import choose
from pipeline.ooxml.names import MC, VAL, M, R, W
from pipeline.readers.docx_controls import read_form_field
from pipeline.readers.symbols import TICKED, UNTICKED, is_symbol_font, sign, signs

_RPR, _PPR, _RUN, _ALTERNATE = W + "rPr", W + "pPr", W + "r", MC + "AlternateContent"
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip
_DRAWN = frozenset({W + "drawing", W + "pict", W + "object"})
_MOVING = {
    "PAGE": "paginanummer",
    "NUMPAGES": "aantal bladzijden",
    "SECTIONPAGES": "aantal bladzijden",
    "PAGEREF": "verwijzing naar een bladzijde",
    "DATE": "datumveld",
    "TIME": "datumveld",
    "SAVEDATE": "datumveld",
    "PRINTDATE": "datumveld",
    "CREATEDATE": "datumveld",
    "FILENAME": "bestandsnaam",
}
"""Fields whose result a program makes anew whenever it likes → what is shown for them."""
_STILL = frozenset({"HYPERLINK", "TOC", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "FILLIN", "XE", "TC", "ADDIN"})
"""Fields of which the result stays as it is, or is shown by other means."""
_WHITE = "FFFFFF"


@dataclass(slots=True)
class Said:
    """What a paragraph says."""

    stretches: list[Stretch] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    """Reason and words."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    nodes: list[Any] = field(default_factory=list)
    code: str = ""
    in_code: bool = True
    moving: str = ""


class Inline:
    """Reads paragraphs of one part; keeps the fields that reach over several of them."""

    def __init__(self, looks: Looks, links: Mapping[str, str], *, closed: bool) -> None:
        self._looks = looks
        self._closed = closed  # else nobody knows where the code of a field ends: everything is shown
        self._links = links
        self._fields: list[_Field] = []
        self._said = Said()
        self._style = self._table = self._ground = ""

    def read(self, paragraph: Any, style: str, table: str, ground: str) -> Said:
        """Read a paragraph.

        Args:
            paragraph: its element.
            style: identifier of its style.
            table: identifier of the style of the table around it.
            ground: colour of what lies behind it; "?" when that is not known, empty for paper.
        """
        self._said = Said()
        self._style, self._table, self._ground = style, table, ground
        self._inline(paragraph)
        return self._said

    def _inline(self, parent: Any) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag in (_PPR, W + "sdtPr", W + "sdtEndPr"):
                continue
            elif tag == W + "hyperlink":
                self._link(child)
            elif tag == W + "fldSimple":
                self._simple(child)
            elif tag == W + "commentRangeStart":
                self._said.comments.append(child.get(W + "id", ""))
            elif tag == _ALTERNATE:
                chosen = choose(child)
                if chosen is not None:
                    self._inline(chosen)
            elif tag in (M + "oMath", M + "oMathPara"):
                self._show("".join(child.itertext(M + "t", W + "t")), child, Look(), whole=True)
            elif tag == W + "bdo" and child.get(VAL) == "rtl":
                self._show("\u202e", child, Look(), whole=True)
                self._inline(child)
                self._show("\u202c", child, Look(), whole=True)
            elif tag == W + "subDoc":
                self._said.drawn.append(Drawn("chunk", "", child, child.get(R + "id", "")))
            elif isinstance(tag, str) and tag.startswith(W) and len(child):
                if tag == W + "sdt":
                    self._said.unseen += bound(child)
                self._inline(child)

    def _link(self, link: Any) -> None:
        anchor = link.get(W + "anchor", "")
        target = self._links.get(link.get(R + "id", ""), "")
        if target or (anchor and not anchor.startswith("_")):  # those are made by Word, and made anew
            self._said.targets.append(f"{target}#{anchor}" if anchor else target)
        self._inline(link)

    def _simple(self, simple: Any) -> None:
        code = simple.get(W + "instr", "")
        moving = _moving(code)
        self._computed(code)
        if moving and not self._passing():
            properties = next(simple.iter(_RPR), None)
            self._show(mark(moving), simple, self._look(properties), whole=True)
        else:
            self._inline(simple)

    def _computed(self, code: str) -> None:
        """Note a field of which the result is made anew by whoever opens the file, as its code says."""
        words = code.split()
        if words and not _moving(code) and words[0].upper() not in _STILL:
            self._said.unseen.append(("field", " ".join(words)))

    def _passing(self) -> bool:
        return self._closed and any(one.in_code or one.moving for one in self._fields)

    def _look(self, properties: Any) -> Look:
        return self._looks.of_run(properties, self._style, self._table)

    def _run(self, run: Any) -> None:
        properties = run.find(_RPR)
        look = self._look(properties)
        font = ""
        if properties is not None:
            fonts = properties.find(W + "rFonts")
            font = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
            font = font if is_symbol_font(font) else ""
        for child in run:
            for one in self._fields:
                if child.tag != _RPR:
                    one.nodes.append(child)
            self._child(child, look, font)

    def _child(self, child: Any, look: Look, font: str) -> None:
        tag = child.tag
        if tag == W + "t":
            text = harmless(child.text or "")
            self._show(signs(text, font) if font or not text.isascii() else text, child, look)
        elif tag in _SIGNS:
            self._show(_SIGNS[tag], child, look, whole=True)
        elif tag == W + "sym":
            self._show(_sign(child), child, look, whole=True)
        elif tag == W + "fldChar":
            self._field(child, look)
        elif tag == W + "instrText":
            if self._fields:
                self._fields[-1].code += child.text or ""
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            if not self._passing():
                kind = "footnotes" if tag == W + "footnoteReference" else "endnotes"
                self._said.notes.append((kind, child.get(W + "id", "")))
                self._show(mark("voetnoot" if kind == "footnotes" else "eindnoot"), child, look, whole=True)
        elif tag == W + "commentReference":
            if child.get(W + "id", "") not in self._said.comments:
                self._said.comments.append(child.get(W + "id", ""))
        elif tag in _DRAWN:
            self._said.drawn += find_drawn(child, child)
        elif tag == _ALTERNATE:
            chosen = choose(child)
            for inner in () if chosen is None else chosen:
                self._child_of_choice(inner, child, look, font)
        elif tag == W + "ruby":
            base, above = (
                "".join(text for each in child.iterchildren(W + name) for text in each.itertext(W + "t"))
                for name in ("rubyBase", "rt")
            )
            self._show(f"{base} ({above})" if above else base, child, look, whole=True)

    def _child_of_choice(self, inner: Any, alternate: Any, look: Look, font: str) -> None:
        if inner.tag in _DRAWN:
            self._said.drawn += find_drawn(inner, alternate)
        else:
            self._child(inner, look, font)

    def _show(self, text: str, node: Any, look: Look, *, whole: bool = False, more: tuple[Any, ...] = ()) -> None:
        if not text or self._passing():
            return
        reason = look.unseen(self._ground)
        if reason:
            self._said.unseen.append((reason, text))
        if not reason or not text.strip():  # white space parts words whatever its colour
            self._said.stretches.append(Stretch(text, node, look, whole, more))

    def _field(self, char: Any, look: Look) -> None:
        kind = char.get(W + "fldCharType")
        if kind == "begin":
            data = char.find(W + "ffData")
            form = None if data is None else read_form_field(data)
            if form is not None and form.kind == "checkbox":
                self._show(TICKED if form.checked else UNTICKED, char, look, whole=True)
            elif form is not None and form.kind == "choice":
                self._show("".join(form.pieces), char, look, whole=True)
            self._fields.append(_Field([char]))
        elif not self._fields:
            return
        elif kind == "separate":
            current = self._fields[-1]
            current.in_code = False
            current.moving = _moving(current.code)
        elif kind == "end":
            self._end_field(self._fields.pop(), look)

    def _end_field(self, ended: _Field, look: Look) -> None:
        moving = ended.moving or _moving(ended.code)
        words = ended.code.split()
        self._computed(ended.code)
        if moving:
            self._show(mark(moving), ended.nodes[0], look, whole=True, more=tuple(ended.nodes[1:]))
        elif words and words[0].upper() == "HYPERLINK":
            target = next((word.strip('"') for word in words[1:] if word[0] == '"'), "")
            if not target.startswith("_"):
                self._said.targets.append("#" * ("\\l" in words) + target)


def _moving(code: str) -> str:
    words = code.split()
    return _MOVING.get(words[0].upper(), "") if words else ""


def bound(control: Any) -> list[tuple[str, str]]:
    """Give the words of a control that gets them from elsewhere in the file whenever that is opened."""
    if control.find(f"{W}sdtPr/{W}dataBinding") is None:
        return []
    return [("bound", "".join(control.itertext(W + "t")))]


def _sign(element: Any) -> str:
    try:
        return sign(int(element.get(W + "char", ""), 16), element.get(W + "font", ""))
    except ValueError:
        return "\ufffd"


def ground_of(properties: Any) -> str:
    """Give the colour of the shading that some properties ask; empty when they ask none."""
    element = None if properties is None else properties.find(W + "shd")
    fill = "" if element is None else element.get(W + "fill", "auto").upper()
    return "" if fill in ("AUTO", "", _WHITE) else fill


def aligned(properties: Any, looks: Looks, style: str) -> str:
    """Give how the lines of a paragraph stand: left, right, center or both."""
    own = None if properties is None else properties.find(W + "jc")
    element = looks.paragraph_property(style, W + "jc") if own is None else own
    value = "left" if element is None else element.get(VAL, "left")
    return {"start": "left", "end": "right", "distribute": "both"}.get(value, value)
