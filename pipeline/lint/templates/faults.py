"""One fault in a Word template: what is wrong, where, and what was probably meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import Fault
from pipeline.ooxml.outline import Block, Outline, Steps
from pipeline.renderers.places import in_words, key, shortened


class Code(StrEnum):
    """What can be wrong in a template; people quote these codes, so none is ever given another meaning."""

    NAME = "SJB-01"
    """A name, column, filter or test that does not exist, or that stands for another kind of thing."""
    TAG = "SJB-02"
    """A tag that cannot be read."""
    BLOCK = "SJB-03"
    """A block that is not closed, not opened, or crosses another."""
    BROKEN = "SJB-04"
    """A block that opens in one cell, row or paragraph and closes in another, so that the paper breaks."""
    BESIDE = "SJB-05"
    """Text beside a tag that takes the place of its paragraph, row or cell: it would vanish."""
    SAFE = "SJB-06"
    """`safe`: an answer would become markup."""
    RAW = "SJB-07"
    """Raw rich text or a subdocument: an answer would become markup."""
    FLOAT = "SJB-08"
    """A number that a computer does not hold exactly."""
    QUOTES = "SJB-09"
    """A typographic quote inside a tag."""
    UNRENDERED = "SJB-10"
    """A tag where none is ever filled in."""
    LANGUAGE = "SJB-11"
    """The language of the paper is missing or another one."""
    ALT = "SJB-12"
    """A picture without words for who cannot see it."""
    HEADER = "SJB-13"
    """The header row of a table is not marked as one."""
    DELETED = "SJB-14"
    """A tag in a tracked deletion, which Word still holds and docxtpl still runs."""
    UNREADABLE = "SJB-15"
    """A file, or a part of it, that cannot be read."""
    MARK = "SJB-16"
    """The mark of a party that signs: missing, twice, in a loop, or beside other words."""
    BLANK = "SJB-17"
    """Something to fill in by hand, in a paper that is issued."""
    CUT = "SJB-18"
    """A value in a row of a fixed height: what does not fit would be cut off, and no print shows that."""


READ_ALOUD = frozenset({Code.LANGUAGE, Code.ALT, Code.HEADER})
"""Faults that spoil no paper for who sees it: a run goes on with them."""


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One fault, with its place."""

    code: Code
    part: str
    """Name in the zip: `word/document.xml`."""
    place: str
    """As a person counts: «tabel 2, rij 3, cel 1»; empty when it is the whole part."""
    around: str
    """The words around it."""
    tag: str
    """The tag itself; empty when no tag is wrong."""
    message: str
    """What is wrong and what to do, in plain Dutch."""
    suggestion: str = ""
    index: int = -1
    """Number of its paragraph among all of the part, from 0; -1 when it is in none."""

    def as_fault(self, file: str) -> Fault:
        """Give it as a fault of a file of the call."""
        return Fault(file, key(self.part, self.around, self.place), self.message, self.suggestion, self.code)


@dataclass(frozen=True, slots=True)
class PartFaults:
    """Collects the faults of one part."""

    part: str
    made: Outline
    found: list[TemplateFault]

    def add(self, code: Code, block: Block, message: str, *, tag: str = "", suggestion: str = "") -> None:
        """Add a fault in a paragraph, once."""
        self._add(code, block, block.steps, message, tag, suggestion)

    def add_at(self, code: Code, block: Block, steps: Steps, message: str) -> None:
        """Add a fault of a larger place that holds a paragraph: a row."""
        self._add(code, block, steps, message, "", "")

    def _add(self, code: Code, block: Block, steps: Steps, message: str, tag: str, suggestion: str) -> None:
        around = shortened(self.made.text(block) or tag, tag)
        fault = TemplateFault(code, self.part, in_words(steps), around, tag, message, suggestion, block.index)
        if fault not in self.found:
            self.found.append(fault)
