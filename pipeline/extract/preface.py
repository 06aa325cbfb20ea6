"""What stands above the first question: words of the form itself, and what somebody added there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.blank import instructions
from pipeline.extract.identification import says_version
from pipeline.extract.names import key
from pipeline.extract.units import Unit
from pipeline.form import Form
from pipeline.library.call import Call

_ALIKE = 85
"""Percentage of the letters that a line shares with a stretch of the preface, however it was typed over or scanned."""
_SHORT = 12
"""Letters; a shorter line has to be the same."""
_BULLETS = "•-–*·☐☒ \t"
_KEPT: dict[int, tuple[Form, str]] = {}


def added(units: Iterable[Unit], form: Form, call: Call) -> list[str]:
    """Give the lines above the first section that the form does not print: a letter, a warning, the sender's head."""
    printed = _preface(form, call)
    lines = (line for unit in units for line in _lines(unit.text))
    return [line for line in lines if not says_version(line) and not _is_printed(key(line), printed)]


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        bare = line.strip(_BULLETS)
        if key(bare):
            yield bare


def _is_printed(line: str, preface: str) -> bool:
    from rapidfuzz import fuzz

    if line in preface:
        return True
    return len(line) >= _SHORT and fuzz.partial_ratio(line, preface, score_cutoff=_ALIKE) > 0


def _preface(form: Form, call: Call) -> str:
    """Give all that a blank form prints above its first section, folded as labels are; made once for each form."""
    kept = _KEPT.get(id(form))
    if kept is None or kept[0] is not form:
        told = [form.title, call.title, *form.identify, form.version, *instructions.intro(form, call)]
        for kind in ("docx", "pdf", "continuation"):
            for title, items in instructions.boxes(form, call, kind=kind):
                told += [title, *items]
        kept = _KEPT[id(form)] = (form, "\n".join(map(key, told)))
    return kept[1]
