"""Read what stands inside a paragraph of Word: its runs, fields, controls and signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pipeline.document import Location
from pipeline.ooxml.alternate import choose
from pipeline.ooxml.names import MC, W16SE, M, W
from pipeline.readers.controls import Controls, Open, is_prompt
from pipeline.readers.docx_controls import read_control
from pipeline.readers.docx_fields import Fields
from pipeline.readers.docx_looks import find_looks
from pipeline.readers.docx_pictures import drawn_text, find_boxes
from pipeline.readers.docx_shades import is_on_shade
from pipeline.readers.docx_signs import formula_texts, sign_of
from pipeline.readers.docx_styles import USUAL, Look, Styles
from pipeline.readers.lines import Line, box_differs, raised, struck, unseen
from pipeline.readers.symbols import TICKED, UNTICKED, box_state, signs

_THROUGH = frozenset(
    W + name for name in ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo", "sdtContent")
)
_GONE = frozenset({W + "del", W + "moveFrom"})
_RUN, _TEXT, _RPR, _PPR, _SDT = W + "r", W + "t", W + "rPr", W + "pPr", W + "sdt"
_PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
_PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})
_SIGN = W + "sym"
_SIMPLE_FIELD, _SUB_DOCUMENT = W + "fldSimple", W + "subDoc"
_ALTERNATE = MC + "AlternateContent"


class Runs:
    """Reads the inside of paragraphs; keeps the fields and controls that reach over several of them."""

    def __init__(
        self, root: Any, styles: Styles, controls: Controls, notes: dict[str, list[str]], seen: list[str]
    ) -> None:
        self.controls = controls
        self.locate: Callable[[], Location] = Location
        """Gives the place that is being read."""
        self.converted = False
        self.deleted = 0
        self.hidden = 0
        self.placeholder = 0
        self.unlike = ""
        """Why the text of a control around what is read is doubted, by what it is bound to."""
        self._styles = styles
        self._notes = notes
        self.seen = seen
        """Gets the kind of everything met that cannot be read."""
        self._looks = find_looks(root, styles)
        self.codes = 0
        """How many fields are open of which the code is being read."""
        self._fields = Fields(self, root)
        self._styled = False
        self._style: str | None = None
        self._usual = True
        self._by_style = USUAL
        self.line = Line()
        self._handlers: dict[str, Callable[[Any], None]] = {
            **dict.fromkeys((_SIGN, W16SE + "symEx"), lambda sym: self.say(sign_of(sym))),
            W + "delText": self._read_deleted,
            W + "footnoteReference": self._read_note,
            W + "endnoteReference": self._read_note,
            W + "ruby": self._read_ruby,
            _ALTERNATE: self._read_alternate,
            **dict.fromkeys(_PICTURES, self._read_picture),
            **self._fields.handlers,
        }

    def read(self, pieces: Iterable[Any], style: str) -> Line:
        """Read the pieces of a paragraph into `self.line`, adding to what a deleted paragraph mark left there."""
        if style != self._style:
            self._style = style
            self._by_style = self._styles.look(style)
            self._usual = self._by_style is USUAL
        self._read_inline(pieces)
        if self.unlike:
            self.line.belie(self.unlike)
        return self.line

    def say(self, text: str) -> None:
        """Add visible, hidden, deleted or placeholder text, whichever it is here."""
        line = self.line
        if self.deleted:
            line.deleted.append(text)
        elif self.codes and self._fields.close:
            return
        elif self.hidden:
            line.hidden.append(text)
        elif self.placeholder:
            line.placeholder.append(text)
            self.controls.prompt(text)
        else:
            if self._styled:
                line.styled.append(len(line.text))
            line.text.append(text)
            for control in self.controls.hearing:
                control.pieces.append(text)

    def _read_inline(self, pieces: Iterable[Any]) -> None:
        for child in pieces:
            tag = child.tag
            if tag == _RUN:
                if self._usual and child not in self._looks:
                    self._read_usual(child)
                else:
                    self._read_run(child)
            elif tag == _PPR:
                continue
            elif tag == _SDT:
                self._read_control(child)
            elif tag in _GONE:
                self.deleted += 1
                self._read_inline(child[:])
                self.deleted -= 1
            elif tag == _ALTERNATE:
                if (chosen := choose(child)) is not None:
                    self._read_inline(chosen[:])
            elif tag.startswith(M):
                for text, gone in formula_texts(child):
                    self.deleted += gone
                    self.say(text)
                    self.deleted -= gone
            elif tag == _SIMPLE_FIELD:
                self._fields.look_at_simple(child)
                self._read_inline(child[:])
            elif tag in _THROUGH or (tag.startswith(W) and len(child)):
                self._read_inline(child[:])
            elif tag == _SUB_DOCUMENT:
                self.seen.append("chunk")

    def _read_usual(self, run: Any) -> None:
        """Read a run without anything special about its looks, as most are."""
        self._styled = False
        for child in run[:]:
            tag = child.tag
            if tag == _TEXT:
                text = child.text
                if text:
                    self.say(text if text.isascii() else signs(text))
            elif tag in _PLAIN:
                self.say(_PLAIN[tag])
            elif tag in self._handlers:
                self._handlers[tag](child)
        if self.line.marked:
            self.line.marked.append("\n")

    def _read_run(self, run: Any) -> None:
        look, style = self._looks.get(run, USUAL), self._by_style
        hidden = bool(style.hidden if look.hidden is None else look.hidden)
        self.hidden += hidden
        self._styled = look.placeholder
        above = style.raised if look.raised is None else look.raised
        font = look.font or style.font
        for child in run[:]:
            tag = child.tag
            if tag == _TEXT:
                text = raised(child.text or "") if above else child.text
                if text:
                    self.say(signs(text, font) if font or not text.isascii() else text)
            elif tag in _PLAIN:
                self.say(_PLAIN[tag])
            elif tag in self._handlers:
                self._handlers[tag](child)
        self.hidden -= hidden
        self._styled = False
        through = style.struck if look.struck is None else look.struck
        if look.marked:
            self.line.marked += [text.text or "" for text in run.iterchildren(_TEXT)]
        elif self.line.marked:
            self.line.marked.append("\n")
        lost = self._is_lost(run, look, style) and not (self.deleted or hidden or self.hidden or self.placeholder)
        if (through or lost) and any(
            seen.tag == _SIGN or (seen.text or "").strip() for seen in run.iterchildren(_TEXT, _SIGN)
        ):
            self.doubt(struck() if through else unseen())

    def _is_lost(self, run: Any, look: Look, style: Look) -> bool:
        """Tell whether nobody sees the letters of a run."""
        if style.tiny if look.tiny is None else look.tiny:
            return True
        white = style.white if look.white is None else look.white
        return bool(white) and not is_on_shade(run, self._styles)

    def doubt(self, why: str) -> None:
        """Doubt what is said here, and the controls around it."""
        self.line.doubt(why)
        self.controls.doubt(why)

    def _read_control(self, sdt: Any) -> None:
        control, content = read_control(sdt)
        if content is None:
            return
        controls, line = self.controls, self.line
        controls.enter(control, counts=not (self.deleted or self.hidden))
        controls.place(self.locate())
        if control.kind == "checkbox":
            self._read_box(control, content)
        else:
            said = len(line.text)
            if control.placeholder and line.placeholder:
                line.placeholder.append("\n")
            self.placeholder += control.placeholder
            self._read_inline(content[:])
            self.placeholder -= control.placeholder
            shown = "".join(line.text[said:])
            if is_prompt(shown):
                del line.text[said:]
                line.styled.clear()
                line.placeholder.append(shown)
        controls.leave(control)
        if control.unlike:
            line.belie(control.unlike)

    def _read_box(self, control: Open, content: Any) -> None:
        outer, self.line, hearing = self.line, Line(), self.controls.mute()
        self._read_inline(content[:])
        drawn, self.line = self.line, outer
        self.controls.unmute(hearing)
        shown = "".join(drawn.text + drawn.placeholder + drawn.hidden).strip()
        state = box_state(shown, control.glyphs)
        if state is not None and state != control.checked:
            outer.doubt(box_differs())
            control.checked = state
        self.say(TICKED if control.checked else UNTICKED)
        outer.deleted.extend(drawn.deleted)
        outer.boxes.extend(drawn.boxes)

    def _read_deleted(self, deleted: Any) -> None:
        if deleted.text:
            self.line.deleted.append(deleted.text)

    def _read_note(self, reference: Any) -> None:
        if not (self.deleted or self.hidden):
            kind = "footnotes" if reference.tag == W + "footnoteReference" else "endnotes"
            self._notes[kind].append(reference.get(W + "id", ""))

    def _read_ruby(self, ruby: Any) -> None:
        self.seen.append("ruby")
        base = ruby.find(W + "rubyBase")
        if base is not None:
            self._read_inline(base[:])

    def _read_alternate(self, alternate: Any) -> None:
        if (chosen := choose(alternate)) is not None:
            self._read_run(chosen)

    def _read_picture(self, picture: Any) -> None:
        if not self.codes:
            find_boxes(picture, self.line, self.seen, deleted=self.deleted > 0, hidden=self.hidden > 0)

    def read_drawn(self, element: Any) -> Line:
        """Read a paragraph of a drawing, or letters that are a drawing."""
        for text in drawn_text(element):
            self.say(text)
        return self.line
