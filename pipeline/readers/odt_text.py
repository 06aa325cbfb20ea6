"""Read what stands inside a paragraph of OpenDocument: its text, changes, and what is anchored in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.document import Location
from pipeline.errors import Reason, Unreadable
from pipeline.odf.names import DRAW, LOEXT, OFFICE, SVG, TEXT
from pipeline.readers.controls import Controls, Open
from pipeline.readers.lines import Line, moves, raised, struck, unseen
from pipeline.readers.numbers import whole
from pipeline.readers.odt_drawings import Drawings, comments_in
from pipeline.readers.odt_fields import Fields
from pipeline.readers.odt_shades import is_on_shade
from pipeline.readers.odt_styles import USUAL, Style, Styles
from pipeline.readers.symbols import signs

_WHITE = re.compile("[ \t\r\n]+")
_MOST_SPACES = 5_000_000
"""So many spaces may all marks together stand for."""
_SILENT = frozenset(
    {
        TEXT + "number",
        TEXT + "script",
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
    comments: list[str] = field(default_factory=list)
    """What the comments in the margin say."""
    told: set[str] = field(default_factory=set)
    """Tracked changes whose text was given: each stands in one place."""
    spaces: int = 0
    """Spaces that marks stood for so far."""


class Texts:
    """Reads the inside of paragraphs; keeps what reaches over several of them."""

    def __init__(self, root: Any, styles: Styles, controls: Controls, gathered: Gathered, drawings: Drawings) -> None:
        self.controls = controls
        self.deleted = 0
        self.hidden = 0
        self.line = Line()
        self._styles = styles
        self.gathered = gathered
        self._drawings = drawings
        self._look = USUAL
        self._around = root
        self.placeholder = 0
        self.gap = True
        self._vanishes = False
        self.codes = 0
        self._location: Callable[[], Location] = Location
        self._fields = Fields(self, root)
        self._handlers: dict[str, Callable[[Any], None]] = {
            TEXT + "s": self._read_spaces,
            TEXT + "tab": lambda _tab: self.say_mark("\t"),
            TEXT + "line-break": lambda _break: self.say_mark("\n"),
            TEXT + "span": self._read_span,
            TEXT + "note": self._read_note,
            TEXT + "ruby": self._read_ruby,
            TEXT + "change": self._read_change,
            TEXT + "change-start": self.begin_change,
            TEXT + "change-end": self.end_change,
            TEXT + "hidden-text": self._read_hidden,
            TEXT + "hidden-paragraph": self._read_hidden_paragraph,
            OFFICE + "annotation": self._read_comment,
            **dict.fromkeys(_MOVING, self._read_moving),
            **self._fields.handlers,
        }

    def enter(self, control: Open) -> None:
        """Open a control here."""
        self.controls.enter(control, counts=not (self.deleted or self.hidden or self._look.hidden))
        self.controls.place(self._location())

    def read(self, paragraph: Any, location: Callable[[], Location], box: str = "") -> Line:
        """Read a paragraph or heading; `box` is what it has as its bullet."""
        self._location = location
        self.gap = True
        self._vanishes = False
        self._around = paragraph
        self._look = self._styles.get("paragraph", paragraph.get(TEXT + "style-name"))
        self.line = line = Line()
        if box:
            self.say(f"{box} ")
        self.read_inside(paragraph)
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
            self._fields.read_form_control(element)
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
        if look.raised:
            text = raised(text)
        if self.deleted:
            line.deleted.append(text)
        elif self.codes:
            return
        elif self.hidden or look.hidden:
            line.hidden.append(text)
        elif self.placeholder:
            line.placeholder.append(text)
            self.controls.prompt(text)
        else:
            if look.placeholder:
                line.styled.append(len(line.text))
            line.text.append(text)
            self.controls.say(text)
            if look.marked:
                line.marked.append(text)
            elif line.marked:
                line.marked.append("\n")
            if look.struck and text.strip():
                self.doubt(struck())
            elif (look.tiny or (look.white and not self._is_on_shade(look))) and text.strip():
                self.doubt(unseen())

    def _is_on_shade(self, look: Style) -> bool:
        return look.shaded or is_on_shade(self._around, self._styles)

    def _say_plain(self, text: str | None) -> None:
        """Say text of the file itself: white space counts as one space, and at the start of a paragraph as none."""
        if not text:
            return
        text = _WHITE.sub(" ", text)
        if self.gap:
            text = text.removeprefix(" ")
        if text:
            self.gap = text[-1] == " "
            self.say(text)

    def say_mark(self, mark: str) -> None:
        """Say what the file marks, so that no white space is lost on either side."""
        self.gap = False
        self.say(mark)

    def read_inside(self, parent: Any) -> None:
        """Read all that stands in an element."""
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
        self.read_inside(element)
        self.hidden -= hides

    def _read_span(self, span: Any) -> None:
        outer = self._look
        self._look = self._styles.get("text", span.get(TEXT + "style-name")).over(replace(outer, level=None, master=""))
        self.read_inside(span)
        self._look = outer

    def _read_spaces(self, spaces: Any) -> None:
        count = whole(spaces.get(TEXT + "c")) or 1
        self.gathered.spaces += count
        if self.gathered.spaces > _MOST_SPACES:
            raise Unreadable(Reason.BOMB, "het document bevat miljoenen spaties")
        self.say_mark(" " * count)

    def _read_ruby(self, ruby: Any) -> None:
        for base in ruby.iterchildren(TEXT + "ruby-base"):
            self.read_inside(base)

    def _read_note(self, note: Any) -> None:
        body = note.find(TEXT + "note-body")
        if body is not None and not (self.deleted or self.hidden or self._look.hidden):
            self.gathered.notes.append((note.get(TEXT + "note-class", "footnote"), body))

    def _read_comment(self, comment: Any) -> None:
        self.gathered.comments += comments_in([comment])

    def _read_drawing(self, drawing: Any) -> None:
        if self.codes:
            return
        found = self._drawings.find(drawing, deleted=bool(self.deleted))
        hidden = bool(self.hidden or self._look.hidden)
        self.line.boxes.extend((box, self.deleted > 0, hidden) for box in found.boxes)
        for formula in found.formulas:
            self.say_mark(formula)
        for control in found.controls:
            self._fields.read_form_control(control)
        self.gathered.comments += found.comments
        self.line.pictured |= found.unread and not hidden

    # Tracked changes

    def _read_change(self, mark: Any) -> None:
        """Give what a tracked deletion took away here."""
        identifier = mark.get(TEXT + "change-id", "")
        region = self.gathered.changes.get(identifier)
        if region is None or identifier in self.gathered.told:
            return
        self.gathered.told.add(identifier)
        self.deleted += 1
        gap = self.gap
        for number, paragraph in enumerate(region.iter(TEXT + "p", TEXT + "h")):
            if not any(True for _outer in paragraph.iterancestors(TEXT + "p", TEXT + "h")):
                if number and self.line.deleted:
                    self.line.deleted.append("\n")
                self.gap = True
                self.read_inside(paragraph)
        self.gap = gap
        self.deleted -= 1

    def begin_change(self, mark: Any) -> None:
        """Begin a stretch of text that a tracked change is about; only a deletion takes it away."""
        self.deleted += mark.get(TEXT + "change-id", "") in self.gathered.changes

    def end_change(self, mark: Any) -> None:
        """End such a stretch."""
        self.deleted -= bool(self.deleted) and mark.get(TEXT + "change-id", "") in self.gathered.changes

    # Fields

    def _read_hidden(self, text: Any) -> None:
        hides = text.get(TEXT + "is-hidden") == "true"
        self.hidden += hides
        self.read_inside(text)
        self.hidden -= hides

    def _read_hidden_paragraph(self, mark: Any) -> None:
        self._vanishes = self._vanishes or mark.get(TEXT + "is-hidden") == "true"

    def _read_moving(self, moment: Any) -> None:
        """Read a date or a time, which is the day of opening unless it is fixed."""
        self._read_other(moment)
        if moment.get(TEXT + "fixed") != "true" and not (self.deleted or self.hidden):
            self.doubt(moves())

    def doubt(self, why: str) -> None:
        """Doubt what is said here, and the controls around it."""
        self.line.doubt(why)
        self.controls.doubt(why)
