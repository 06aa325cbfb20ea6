"""Read the fields and controls in a paragraph of OpenDocument."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipeline.odf.names import DRAW, FIELD, LOEXT, TEXT
from pipeline.readers.controls import Open, is_filler, is_prompt
from pipeline.readers.lines import Line, box_differs, slid_out
from pipeline.readers.odt_controls import read_content_control, read_field_mark, read_form_control, read_input
from pipeline.readers.symbols import TICKED, UNTICKED, box_state

if TYPE_CHECKING:
    from pipeline.readers.odt_text import Texts


class Fields:
    """Reads fields and controls; keeps the older fields that reach over several paragraphs."""

    def __init__(self, texts: Texts, root: Any) -> None:
        self._texts = texts
        self._marks: list[tuple[Any, Open | None]] = []
        self._separated = _separated(root)
        self.handlers: dict[str, Callable[[Any], None]] = {
            TEXT + "text-input": self._read_input,
            TEXT + "drop-down": self._read_input,
            TEXT + "placeholder": self._read_placeholder,
            LOEXT + "content-control": self._read_control,
            FIELD + "fieldmark": self._read_field_mark,
            FIELD + "fieldmark-start": self._begin_field,
            FIELD + "fieldmark-separator": self._separate_field,
            FIELD + "fieldmark-end": self._end_field,
            DRAW + "control": self.read_form_control,
        }
        """What reads each element."""

    def _read_placeholder(self, prompt: Any) -> None:
        control = Open("text")
        self._texts.enter(control)
        control.placeholder = True
        self._texts.placeholder += 1
        self._texts.read_inside(prompt)
        self._texts.placeholder -= 1
        self._texts.controls.leave(control)

    def _read_input(self, element: Any) -> None:
        control = read_input(element)
        self._texts.enter(control)
        said = len(self._texts.line.text)
        slid = said > 0 and not "".join(self._texts.line.text).strip(" \n") and "\n" in self._texts.line.text
        for line, text in enumerate(re.split("\r\n?|\n", "".join(element.itertext()))):
            if line:
                self._texts.say("\n")
            if text:
                self._texts.say(text)
        self._texts.gap = False
        self._take_prompt(said)
        if slid and len(self._texts.line.text) > said:
            self._texts.doubt(slid_out())  # LibreOffice puts the breaks of a control of Word before the field
        self._texts.controls.leave(control)

    def _take_prompt(self, said: int) -> None:
        """Move what was said since to the placeholders when it is the prompt of a program."""
        shown = "".join(self._texts.line.text[said:])
        if is_prompt(shown):
            del self._texts.line.text[said:]
            self._texts.line.styled = [at for at in self._texts.line.styled if at < said]
            self._texts.line.placeholder.append(shown)

    def _read_control(self, element: Any) -> None:
        control = read_content_control(element)
        self._texts.enter(control)
        if control.kind == "checkbox":
            self._read_box(control, element)
        else:
            said = len(self._texts.line.text)
            if control.placeholder and self._texts.line.placeholder:
                self._texts.line.placeholder.append("\n")
            self._texts.placeholder += control.placeholder
            self._texts.read_inside(element)
            self._texts.placeholder -= control.placeholder
            self._take_prompt(said)
        self._texts.controls.leave(control)

    def _read_box(self, control: Open, element: Any) -> None:
        outer, self._texts.line, hearing = self._texts.line, Line(), self._texts.controls.mute()
        self._texts.read_inside(element)
        drawn, self._texts.line = self._texts.line, outer
        self._texts.controls.unmute(hearing)
        shown = "".join(drawn.text + drawn.placeholder + drawn.hidden).strip()
        state = box_state(shown, control.glyphs)
        if state is not None and state != control.checked:
            outer.doubt(box_differs())
            control.checked = state
        self._texts.say(TICKED if control.checked else UNTICKED)
        outer.deleted.extend(drawn.deleted)
        outer.boxes.extend(drawn.boxes)

    def read_form_control(self, drawing: Any) -> None:
        """Read a control of a form where it stands."""
        element = self._texts.gathered.forms.get(drawing.get(DRAW + "control", ""))
        shown = None if element is None else read_form_control(element)
        if shown is None:
            self._texts.gathered.seen.append("object")
            return
        labels = shown.control.kind == "label"
        if not labels:
            self._texts.enter(shown.control)
        if shown.text:
            self._texts.say_mark(shown.text)
        if not labels:
            self._texts.controls.leave(shown.control)
        if shown.label:
            self._texts.say_mark(f" {shown.label}" if shown.text else shown.label)

    def _read_field_mark(self, mark: Any) -> None:
        control = read_field_mark(mark)
        if control is None:
            self._texts.read_inside(mark)
            return
        chosen, control.pieces = "".join(control.pieces), []
        self._texts.enter(control)
        self._texts.say_mark((TICKED if control.checked else UNTICKED) if control.kind == "checkbox" else chosen)
        self._texts.controls.leave(control)

    def _begin_field(self, mark: Any) -> None:
        control = read_field_mark(mark)
        if control is not None:
            control.pieces = []
            self._texts.enter(control)
        self._marks.append((mark, control))
        self._texts.codes += mark in self._separated

    def _separate_field(self, _mark: Any) -> None:
        if self._marks:
            self._texts.codes -= self._marks[-1][0] in self._separated
            self._marks[-1] = (None, self._marks[-1][1])
            self._texts.gap = False

    def _end_field(self, _mark: Any) -> None:
        if not self._marks:
            return
        mark, control = self._marks.pop()
        self._texts.codes -= mark in self._separated
        self._texts.gap = False
        if control is not None and control in self._texts.controls.open:
            if is_filler("".join(control.pieces)):
                control.pieces.clear()
                control.placeholder = True
            self._texts.controls.leave(control)


def _separated(root: Any) -> set[Any]:
    """Find the older fields whose code is told apart from their result."""
    found = set()
    begun: list[Any] = []
    for mark in root.iter(FIELD + "fieldmark-start", FIELD + "fieldmark-separator", FIELD + "fieldmark-end"):
        if mark.tag == FIELD + "fieldmark-start":
            begun.append(mark)
        elif begun and mark.tag == FIELD + "fieldmark-separator":
            found.add(begun[-1])
        elif begun:
            begun.pop()
    return found.difference(begun)
