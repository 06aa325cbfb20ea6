"""A Word file as it is compared: stories of lines and grids, each word with the place in the XML it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pipeline.compare.looks import Look, Looks
from pipeline.compare.tracked import Tracked
from pipeline.ooxml import Package
from pipeline.records import record

Key: TypeAlias = tuple[Any, ...]


@record
class Piece:
    """A stretch of one text element, or a whole element that stands for one sign."""

    node: Any
    start: int = 0
    end: int = -1
    """-1 for an element that is taken whole."""


@record
class Token:
    """A word, number or sign as a reader sees it."""

    text: str
    key: str
    """What is compared: typographic kinds of the same sign are one."""
    space: bool
    """Whether white space stands before it."""
    looks: tuple[Look, ...]
    """One, or several for a word that changes its look halfway."""
    pieces: tuple[Piece, ...]
    gap: tuple[Piece, ...] = ()
    """The white space before it."""


@record
class Dress:
    """What surrounds the words of a paragraph; measures in twentieths of a point."""

    rule: str = "auto"
    """What `line` counts: auto in 240ths of a line, exact or atLeast in twentieths of a point."""
    line: int = 240
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    bordered: frozenset[str] = frozenset()
    """The sides that have a line."""
    ground: str = ""
    """Colour of its shading; empty for none."""


@record
class Numbering:
    """In which list a paragraph is counted."""

    list: str
    """Its identifier in the file."""
    depth: int
    formats: tuple[tuple[str, str, bool], ...]
    """How the levels down to its own are written: kind, text, and whether all of it is in digits."""


@record
class Sheet:
    """The sheet of a section, in twentieths of a point."""

    width: int
    height: int
    margins: tuple[int, ...]
    """Top, left, bottom, right; none where the file does not say them."""
    columns: int


@dataclass(slots=True)
class Line:
    """A paragraph."""

    tokens: tuple[Token, ...]
    element: Any
    style: str
    """Identifier of its style."""
    label: str = ""
    """The number or sign that Word puts before it."""
    numbering: Numbering | None = None
    level: int = 0
    """0 for running text, 1… for a heading."""
    aligned: str = ""
    begins_page: bool = False
    """Whether the file has it begin on a new page."""
    dress: Dress = field(default_factory=Dress)
    heading: str = ""
    """The nearest heading, itself included, with its number."""
    targets: tuple[str, ...] = ()
    """Where the links in it lead."""
    notes: tuple[tuple[str, str], ...] = ()
    """Kind and identifier of the notes that it refers to."""
    key: Key = ()

    @property
    def text(self) -> str:
        """Its words; of an item without any its label."""
        return said(self.tokens) if self.tokens else self.label


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    blocks: list[Block]
    element: Any
    key: Key = ()

    @property
    def text(self) -> str:
        """What it says, paragraphs on lines of their own."""
        return "\n".join(block_text(block) for block in self.blocks)


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[Cell]
    element: Any
    key: Key = ()

    @property
    def text(self) -> str:
        """What its cells say, side by side."""
        return " | ".join(cell.text.replace("\n", " / ") for cell in self.cells)


@dataclass(slots=True)
class Grid:
    """A table."""

    rows: list[Row]
    element: Any
    number: int
    heading: str = ""
    key: Key = ()

    @property
    def text(self) -> str:
        """What its rows say, one below the other."""
        return "\n".join(row.text for row in self.rows)


Block: TypeAlias = Line | Grid


@dataclass(slots=True)
class Story:
    """A text that is read on its own: the body, a header, a note, a text box."""

    part: str
    """Empty for the body; else koptekst, voettekst, voetnoot, eindnoot, tekstvak."""
    blocks: list[Block]
    container: Any
    """The element that holds its paragraphs."""
    name: str
    """Name of the part in the package."""
    number: int = 0
    heading: str = ""
    """Where it is anchored, for a text box."""


@record
class Thing:
    """What cannot be compared by its words."""

    kind: str
    """picture, chart, diagram, object, chunk, ink."""
    name: str
    content: str
    """Name of the part that holds it; empty when it is drawn in the text itself."""
    same: str
    """Equal for the same content."""
    heading: str
    node: Any
    part: str
    """Name of the part that it stands in."""


@record
class Unseen:
    """Words that stand in the file and that no reader sees."""

    text: str
    reason: str
    """hidden, tiny, colour, row, covered, away, bound, field."""
    part: str
    heading: str


@record
class Comment:
    """A comment in the margin."""

    text: str
    author: str
    date: str
    heading: str


@dataclass(slots=True)
class Version:
    """A Word file, all its tracked changes accepted."""

    package: Package
    main: str
    stories: list[Story] = field(default_factory=list)
    """The body first, then headers, footers, notes and text boxes."""
    things: list[Thing] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    blanks: list[tuple[str, str]] = field(default_factory=list)
    """Pages without the header or footer that others have: which of both, and first or even."""
    comments: list[Comment] = field(default_factory=list)
    tracked: list[Tracked] = field(default_factory=list)
    roots: dict[str, Any] = field(default_factory=dict)
    """The trees that were read, by name of the part."""
    title: str = ""
    saved_by: str = ""
    """Who saved it last, and with which program, as the file itself says."""
    looks: Looks = field(default_factory=lambda: Looks(None))
    sheets: tuple[Sheet, ...] = ()
    converted: bool = False
    """Was made a Word file only now, of a file of another kind."""


def said(tokens: Sequence[Token]) -> str:
    """Give the words of tokens, one space where white space stands."""
    return "".join((" " if token.space and number else "") + token.text for number, token in enumerate(tokens))


def block_text(block: Block) -> str:
    """Give what a paragraph or table says."""
    return block.text
