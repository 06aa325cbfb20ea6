"""Read the fields of Word: where their code ends and their result begins, which change by themselves, which show it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline.ooxml.names import OFF, W
from pipeline.readers.controls import Open, is_filler
from pipeline.readers.docx_controls import read_form_field
from pipeline.readers.lines import moves
from pipeline.readers.symbols import TICKED, UNTICKED

if TYPE_CHECKING:
    from pipeline.readers.docx_runs import Runs

TODAY = "[datumveld]"
"""Stands for a date that whoever converted the file replaced by the day on which it did so."""
_DRAWN = re.compile(r"\s*(EQ|SYMBOL)\b", re.IGNORECASE)
"""Shows what its code describes: a formula of before 2007, a sign."""
_SPOKEN = re.compile(r"\s*MACROBUTTON\s+(\S+)\s+(.*)", re.IGNORECASE | re.DOTALL)
"""Shows the rest of its code, as a place to click on."""
_LINK, _WORD = "html", re.compile(r"[^\W\d_]{2}")
"""What the macro of a link of a web page is called, and what a prompt has that a box to tick has not."""
_COUNTED = re.compile(r"\s*(AUTONUM(LGL|OUT)?|LISTNUM)\b", re.IGNORECASE)
"""Shows a number that Word makes itself."""
_MOVING = re.compile(r"\s*(DATE|TIME)\b", re.IGNORECASE)
"""Shows the day or the moment at which the file is opened."""
_DAY = tuple(W + unit + length for unit in ("day", "month", "year") for length in ("Short", "Long"))
"""Elements that show a part of the day on which the file is opened."""


@dataclass(slots=True)
class _Field:
    """A field whose end has not been read."""

    in_code: bool = True
    code: str = ""
    control: Open | None = None
    """Of an older form field."""
    locked: bool = False
    """Keeps its result whatever happens."""


class Fields:
    """Reads the fields of a part; keeps those that reach over several paragraphs."""

    def __init__(self, runs: Runs, root: Any) -> None:
        """Begin.

        Args:
            runs: reads what stands in the fields.
            root: of the part.
        """
        self._runs = runs
        self._root = root
        self._open: list[_Field] = []
        self.handlers: dict[str, Callable[[Any], None]] = {
            W + "fldChar": self._read_mark,
            W + "instrText": self._read_code,
            W + "pgNum": lambda _number: self._count(),
            **dict.fromkeys(_DAY, self._read_day),
        }
        """What reads each element."""

    @cached_property
    def close(self) -> bool:
        """Whether every field of the part ends; few parts have a field."""
        return fields_close(self._root)

    def look_at_simple(self, field: Any) -> None:
        """Look at a field that has its code as a property."""
        if not _is_locked(field):
            self._look_at_code(field.get(W + "instr", ""))

    def _read_mark(self, mark: Any) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._begin(mark)
        elif not self._open:
            return
        elif kind == "separate":
            self._separate(self._open[-1])
        elif kind == "end":
            self._end(self._open.pop())

    def _begin(self, mark: Any) -> None:
        runs = self._runs
        data = mark.find(W + "ffData")
        control = None if data is None else read_form_field(data)
        if control is not None:
            chosen, control.pieces = "".join(control.pieces), []
            runs.controls.enter(control, counts=not (runs.deleted or runs.hidden))
            runs.controls.place(runs.locate())
            if control.kind == "checkbox":
                runs.say(TICKED if control.checked else UNTICKED)
            elif control.kind == "choice":
                runs.say(chosen)
            if control.kind != "text" or not self.close:
                runs.controls.leave(control)
                control = None
        self._open.append(_Field(control=control, locked=_is_locked(mark)))
        runs.codes += 1

    def _separate(self, current: _Field) -> None:
        if current.in_code:
            current.in_code = False
            self._runs.codes -= 1
            if not current.locked and self._look_at_code(current.code) and self._runs.converted:
                self._runs.say(TODAY)
                current.in_code = True  # passes over what the conversion put there
                self._runs.codes += 1

    def _end(self, ended: _Field) -> None:
        self._runs.codes -= ended.in_code
        if ended.in_code:
            self._show(ended.code)
        control = ended.control
        if control is None:
            return
        if is_filler("".join(control.pieces)):
            control.pieces.clear()
            control.placeholder = True
        if control in self._runs.controls.open:
            self._runs.controls.leave(control)

    def _show(self, code: str) -> None:
        """Say what a field without a result shows."""
        runs = self._runs
        if _DRAWN.match(code) and not runs.deleted:
            runs.seen.append("object")
            runs.line.pictured |= not runs.hidden
        elif spoken := _SPOKEN.match(code):
            prompts = not spoken[1].casefold().startswith(_LINK) and _WORD.search(spoken[2]) is not None
            runs.placeholder += prompts  # what is typed takes the place of the whole field
            runs.say(spoken[2].strip())
            runs.placeholder -= prompts
        elif _COUNTED.match(code):
            self._count()

    def _count(self) -> None:
        self._runs.line.numbered |= not (self._runs.deleted or self._runs.hidden)

    def _read_code(self, text: Any) -> None:
        if self._open:
            self._open[-1].code += text.text or ""

    def _look_at_code(self, code: str) -> bool:
        """Doubt a field that shows the day on which the file is opened; tell whether it does."""
        moving = _MOVING.match(code) is not None
        if moving:
            self._doubt_day()
        return moving

    def _read_day(self, _part: Any) -> None:
        if TODAY not in self._runs.line.text:
            self._runs.say(TODAY)
        self._doubt_day()

    def _doubt_day(self) -> None:
        if not (self._runs.deleted or self._runs.hidden):
            self._runs.doubt(moves())


def _is_locked(field: Any) -> bool:
    """Tell whether a field, or the mark that begins one, is locked: it never changes again."""
    return field.get(W + "fldLock", "0") not in OFF


def fields_close(root: Any) -> bool:
    """Tell whether every field that begins also ends; else its code cannot be told from its result."""
    depth = 0
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth < 0:
            return False
    return depth == 0
