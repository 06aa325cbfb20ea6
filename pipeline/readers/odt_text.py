"""Read what stands inside a paragraph of OpenDocument: its text, fields, controls and what is anchored in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Location
from pipeline.odf.names import DRAW, FIELD, LOEXT, OFFICE, SVG, TEXT
from pipeline.readers.controls import Controls, Open, is_filler, is_prompt
from pipeline.readers.lines import Line, box_differs, moves, struck
from pipeline.readers.odt_controls import (
    read_content_control,
    read_field_mark,
    read_form_control,
    read_input,
)
from pipeline.readers.odt_drawings import Drawings
from pipeline.readers.odt_styles import USUAL, Style, Styles
from pipeline.readers.symbols import TICKED, UNTICKED, box_state, signs

_WHITE = re.compile("[ \t\r\n]+")
_MOST_SPACES = 10_000
"""So many spaces may one mark stand for."""
_SILENT = frozenset(
    {
        TEXT + "number",
        TEXT + "ruby-text",
        TEXT + "tracked-changes",
        LOEXT + "list-item",
        OFFICE + "annotation-end",
        OFFICE + "event-listeners",
        SVG + "title",
        SVG + "desc",
    }
)
"""Hold words that nobody sees, or that the program makes itself."""
_MOVING = frozenset({TEXT + "date", TEXT + "time"})


@dataclass(slots=True)
class Gathered:
    """What all parts of a document gather while they are read."""

    changes: Mapping[str, Any]
    """Tracked changes by identifier."""
    forms: Mapping[str, Any]
    """Controls of forms by identifier."""
    notes: list[tuple[str, Any]] = field(default_factory=list)
    """Class and body of the notes that are referred to."""
    seen: list[str] = field(default_factory=list)
    """Kinds of what is not read, once for each that was met."""
    comments: bool = False


class Texts:
    """Reads the inside of paragraphs; keeps what reaches over several of them."""

    def __init__(self, root: Any, styles: Styles, controls: Controls, gathered: Gathered, drawings: Drawings) -> None:
        self.controls = controls
        self.deleted = 0
        self.hidden = 0
        self.line = Line()
        self._styles = styles
        self._gathered = gathered
        self._drawings = drawings
        self._look = USUAL
        self._placeholder = 0
        self._gap = True
        self._vanishes = False
        self._codes = 0
        self._marks: list[tuple[Any, Open | None]] = []
        self._separated = _separated(root)
        self._location: Callable[[], Location] = Location
        self._handlers: dict[str, Callable[[Any], None]] = {
            TEXT + "s": self._read_spaces,
            TEXT + "tab": lambda _tab: self._say_mark("\t"),
            TEXT + "line-break": lambda _break: self._say_mark("\n"),
            TEXT + "span": self._read_span,
            TEXT + "note": self._read_note,
            TEXT + "ruby": self._read_ruby,
            TEXT + "change": self._read_change,
            TEXT + "change-start": self.begin_change,
            TEXT + "change-end": self.end_change,
            TEXT + "text-input": self._read_input,
            TEXT + "drop-down": self._read_input,
            TEXT + "placeholder": self._read_placeholder,
            TEXT + "hidden-text": self._read_hidden,
            TEXT + "hidden-paragraph": self._read_hidden_paragraph,
            LOEXT + "content-control": self._read_control,
            FIELD + "fieldmark": self._read_field_mark,
            FIELD + "fieldmark-start": self._begin_field,
            FIELD + "fieldmark-separator": self._separate_field,
            FIELD + "fieldmark-end": self._end_field,
            OFFICE + "annotation": self._read_comment,
            DRAW + "control": self._read_form_control,
            **dict.fromkeys(_MOVING, self._read_moving),
        }

    def read(self, paragraph: Any, location: Callable[[], Location]) -> Line:
        """Read a paragraph or heading."""
        self._location = location
        self._gap = True
        self._vanishes = False
        self._look = self._styles.get("paragraph", paragraph.get(TEXT + "style-name"))
        self.line = line = Line()
        self._read_inside(paragraph)
        if self._vanishes:
            line.hidden, line.text, line.styled = [*line.text, *line.hidden], [], []
        return line

    def read_loose(self, element: Any, location: Callable[[], Location]) -> Line:
        """Read what stands between paragraphs."""
        self._location = location
        self._look = USUAL
        self.line = line = Line()
        if element.tag == TEXT + "change":
            self._read_change(element)
        elif element.tag == DRAW + "control":
            self._read_form_control(element)
        else:
            self._read_drawing(element)
        return line

    def say(self, text: str) -> None:
        """Add visible, hidden, deleted or placeholder text, whichever it is here."""
        line, look = self.line, self._look
        if look.font:
            text = signs(text, look.font)
        elif not text.isascii():
            text = signs(text)
        if self.deleted:
            line.deleted.append(text)
        elif self._codes:
            return
        elif self.hidden or look.hidden:
            line.hidden.append(text)
        elif self._placeholder:
            line.placeholder.append(text)
            self.controls.prompt(text)
        else:
            if look.placeholder:
                line.styled.append(len(line.text))
            line.text.append(text)
            self.controls.say(text)
            if look.struck and text.strip():
                self._doubt(struck())

    def _say_plain(self, text: str | None) -> None:
        """Say text of the file itself: white space counts as one space, and at the start of a paragraph as none."""
        if not text:
            return
        text = _WHITE.sub(" ", text)
        if self._gap:
            text = text.removeprefix(" ")
        if text:
            self._gap = text[-1] == " "
            self.say(text)

    def _say_mark(self, mark: str) -> None:
        self._gap = False
        self.say(mark)

    def _read_inside(self, parent: Any) -> None:
        self._say_plain(parent.text)
        for child in parent:
            tag = child.tag
            handler = self._handlers.get(tag)
            if handler is not None:
                handler(child)
            elif tag.startswith(DRAW):
                self._read_drawing(child)
            elif tag not in _SILENT:
                self._read_other(child)
            self._say_plain(child.tail)

    def _read_other(self, element: Any) -> None:
        """Read an element that only wraps text: a link, a bookmark, a field."""
        hides = element.get(TEXT + "display") == "none"
        self.hidden += hides
        self._read_inside(element)
        self.hidden -= hides

    def _read_span(self, span: Any) -> None:
        outer = self._look
        self._look = self._styles.get("text", span.get(TEXT + "style-name")).over(
            Style(hidden=outer.hidden, struck=outer.struck, font=outer.font, placeholder=outer.placeholder)
        )
        self._read_inside(span)
        self._look = outer

    def _read_spaces(self, spaces: Any) -> None:
        count = spaces.get(TEXT + "c", "1")
        self._say_mark(" " * min(int(count), _MOST_SPACES) if count.isdecimal() else " ")

    def _read_ruby(self, ruby: Any) -> None:
        for base in ruby.iterchildren(TEXT + "ruby-base"):
            self._read_inside(base)

    def _read_note(self, note: Any) -> None:
        body = note.find(TEXT + "note-body")
        if body is not None and not (self.deleted or self.hidden or self._look.hidden):
            self._gathered.notes.append((note.get(TEXT + "note-class", "footnote"), body))

    def _read_comment(self, _comment: Any) -> None:
        self._gathered.comments = True

    def _read_drawing(self, drawing: Any) -> None:
        if self._codes:
            return
        found = self._drawings.find(drawing, deleted=bool(self.deleted))
        hidden = bool(self.hidden or self._look.hidden)
        self.line.boxes.extend((box, self.deleted > 0, hidden) for box in found.boxes)
        for formula in found.formulas:
            self._say_mark(formula)
        for control in found.controls:
            self._read_form_control(control)
        self._gathered.comments |= found.comments

    # Tracked changes

    def _read_change(self, mark: Any) -> None:
        """Give what a tracked deletion took away here."""
        region = self._gathered.changes.get(mark.get(TEXT + "change-id", ""))
        if region is None:
            return
        self.deleted += 1
        gap = self._gap
        for number, paragraph in enumerate(region.iter(TEXT + "p", TEXT + "h")):
            if not any(True for _outer in paragraph.iterancestors(TEXT + "p", TEXT + "h")):
                if number and self.line.deleted:
                    self.line.deleted.append("\n")
                self._gap = True
                self._read_inside(paragraph)
        self._gap = gap
        self.deleted -= 1

    def begin_change(self, mark: Any) -> None:
        """Begin a stretch of text that a tracked change is about; only a deletion takes it away."""
        self.deleted += mark.get(TEXT + "change-id", "") in self._gathered.changes

    def end_change(self, mark: Any) -> None:
        """End such a stretch."""
        self.deleted -= bool(self.deleted) and mark.get(TEXT + "change-id", "") in self._gathered.changes

    # Fields

    def _read_hidden(self, text: Any) -> None:
        hides = text.get(TEXT + "is-hidden") == "true"
        self.hidden += hides
        self._read_inside(text)
        self.hidden -= hides

    def _read_hidden_paragraph(self, mark: Any) -> None:
        self._vanishes = self._vanishes or mark.get(TEXT + "is-hidden") == "true"

    def _read_placeholder(self, prompt: Any) -> None:
        control = Open("text")
        self._enter(control)
        control.placeholder = True
        self._placeholder += 1
        self._read_inside(prompt)
        self._placeholder -= 1
        self.controls.leave(control)

    def _read_moving(self, moment: Any) -> None:
        """Read a date or a time, which is the day of opening unless it is fixed."""
        self._read_other(moment)
        if moment.get(TEXT + "fixed") != "true" and not (self.deleted or self.hidden):
            self._doubt(moves())

    def _doubt(self, why: str) -> None:
        self.line.doubt(why)
        self.controls.doubt(why)

    def _read_input(self, element: Any) -> None:
        control = read_input(element)
        self._enter(control)
        said = len(self.line.text)
        for line, text in enumerate(re.split("\r\n?|\n", "".join(element.itertext()))):
            if line:
                self.say("\n")
            if text:
                self.say(text)
        self._gap = False
        self._take_prompt(said)
        self.controls.leave(control)

    # Controls

    def _enter(self, control: Open) -> None:
        self.controls.enter(control, counts=not (self.deleted or self.hidden or self._look.hidden))
        self.controls.place(self._location())

    def _take_prompt(self, said: int) -> None:
        """Move what was said since to the placeholders when it is the prompt of a program."""
        shown = "".join(self.line.text[said:])
        if is_prompt(shown):
            del self.line.text[said:]
            self.line.styled = [at for at in self.line.styled if at < said]
            self.line.placeholder.append(shown)

    def _read_control(self, element: Any) -> None:
        control = read_content_control(element)
        self._enter(control)
        if control.kind == "checkbox":
            self._read_box(control, element)
        else:
            said = len(self.line.text)
            if control.placeholder and self.line.placeholder:
                self.line.placeholder.append("\n")
            self._placeholder += control.placeholder
            self._read_inside(element)
            self._placeholder -= control.placeholder
            self._take_prompt(said)
        self.controls.leave(control)

    def _read_box(self, control: Open, element: Any) -> None:
        outer, self.line, hearing = self.line, Line(), self.controls.mute()
        self._read_inside(element)
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

    def _read_form_control(self, drawing: Any) -> None:
        element = self._gathered.forms.get(drawing.get(DRAW + "control", ""))
        shown = None if element is None else read_form_control(element)
        if shown is None:
            self._gathered.seen.append("object")
            return
        labels = shown.control.kind == "label"
        if not labels:
            self._enter(shown.control)
        if shown.text:
            self._say_mark(shown.text)
        if not labels:
            self.controls.leave(shown.control)
        if shown.label:
            self._say_mark(f" {shown.label}" if shown.text else shown.label)

    def _read_field_mark(self, mark: Any) -> None:
        control = read_field_mark(mark)
        if control is None:
            self._read_inside(mark)
            return
        chosen, control.pieces = "".join(control.pieces), []
        self._enter(control)
        self._say_mark((TICKED if control.checked else UNTICKED) if control.kind == "checkbox" else chosen)
        self.controls.leave(control)

    def _begin_field(self, mark: Any) -> None:
        control = read_field_mark(mark)
        if control is not None:
            control.pieces = []
            self._enter(control)
        self._marks.append((mark, control))
        self._codes += mark in self._separated

    def _separate_field(self, _mark: Any) -> None:
        if self._marks:
            self._codes -= self._marks[-1][0] in self._separated
            self._marks[-1] = (None, self._marks[-1][1])
            self._gap = False

    def _end_field(self, _mark: Any) -> None:
        if not self._marks:
            return
        mark, control = self._marks.pop()
        self._codes -= mark in self._separated
        self._gap = False
        if control is not None and control in self.controls.open:
            if is_filler("".join(control.pieces)):
                control.pieces.clear()
                control.placeholder = True
            self.controls.leave(control)


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
