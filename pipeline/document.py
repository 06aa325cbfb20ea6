"""The neutral document: what any file says, each piece with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from pipeline.language import _
from pipeline.records import record

Box: TypeAlias = tuple[float, float, float, float]
"""left, top, right, bottom in points from the top left corner of the page."""

_LONGEST = 80
_BEFORE = 20
"""Letters before the first difference that say where it is."""


@record
class Source:
    """A file as it came in."""

    name: str
    """Path inside the submission, with forward slashes."""
    sha256: str
    media_type: str


@record
class Location:
    """The place of something in a source; every number counts from 1."""

    source: str = ""
    heading: str = ""
    """The nearest heading above."""
    part: str = ""
    """Empty for the body; else "koptekst", "voettekst", "voetnoot", "eindnoot", "tekstvak"."""
    page: int | None = None
    box: Box | None = None
    table: int | None = None
    """Number of the table in the document, in reading order; nested tables count too."""
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    """Number of the paragraph in the document, in reading order, those in tables included."""
    control: str = ""
    """Tag (or title, or form field name) of the control that holds it."""
    label: str = ""
    """The question that it answers, or the column of a table, where that is known: a person finds it by that."""
    line: str = ""
    """What tells its row from the others of a table, where that is known: its number and its first words."""

    def __str__(self) -> str:
        heading = self.heading.removesuffix(" *")  # the mark of a required question
        if self.label or self.line:
            return ", ".join(word for word in (self.source, *self._in_words(heading)) if word)
        words = [self.source, heading, _part(self.part)]
        if self.page is not None:
            words.append(_("pagina {page}").format(page=self.page))
        if self.table is not None:
            words.append(_("tabel {table}").format(table=self.table))
            if self.row is not None:
                words.append(_("rij {row}").format(row=self.row))
        elif self.paragraph is not None:
            words.append(_("alinea {paragraph}").format(paragraph=self.paragraph))
        return ", ".join(word for word in words if word)

    def _in_words(self, heading: str) -> Iterator[str]:
        """Say the place as a person finds it, who does not count tables."""
        if self.page is not None:
            yield _("pagina {page}").format(page=self.page)
        yield _part(self.part)
        if heading:
            yield _("onder «{heading}»").format(heading=heading)
        if self.line:
            yield _("rij {row}").format(row=self.line)
            if self.label:
                yield _("kolom «{column}»").format(column=self.label)
        elif self.label != heading:
            yield _("bij «{question}»").format(question=self.label)


def _part(part: str) -> str:
    return {
        "koptekst": _("koptekst"),
        "voettekst": _("voettekst"),
        "voetnoot": _("voetnoot"),
        "eindnoot": _("eindnoot"),
        "tekstvak": _("tekstvak"),
    }.get(part, part)


@record
class Paragraph:
    """A paragraph: `text` is what counts as said; the rest is kept beside it and is never an answer."""

    text: str
    location: Location
    level: int = 0
    """0 for running text, 1… for a heading (style or outline level)."""
    placeholder: str = ""
    deleted: str = ""
    hidden: str = ""
    lines: tuple[str, ...] = ()
    """PDF only: the lines as they stood, before they were joined to `text`."""
    uncertain: str = ""
    """Why the text may differ from what was typed (a doubtful line join); empty when certain."""
    confidence: float = 1.0
    """How sure the reader is of the characters, from 0 to 1; less than 1 for scans.

    A doubtful join of lines stands in `uncertain` alone: the type of the answer may settle it, and never characters."""
    unread: str = ""
    """What stands here instead of text and is not read (a picture), as a reason to look; empty when there is text."""
    marked: str = ""
    """The words that stand out, each stretch on a line: highlighted, underlined or bold. Of a print, where the page has
    empty boxes."""
    left: float | None = None
    """PDF only: points from the left edge of its page as it was read, which may be half a sheet, or lie turned."""


@record
class Cell:
    """A cell of a table; merged cells are given once, with their spans."""

    blocks: tuple[Block, ...]
    location: Location
    columns: int = 1
    rows: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        """What the cell says, its paragraphs and nested tables on lines of their own."""
        return "\n".join(paragraph.text for paragraph in paragraphs(self.blocks)).strip()

    @property
    def placeholder(self) -> str:
        """The placeholder text that stands in the cell."""
        return "\n".join(p.placeholder for p in paragraphs(self.blocks) if p.placeholder)

    @property
    def uncertain(self) -> str:
        """The first reason why the text may differ from what was typed."""
        return next((p.uncertain for p in paragraphs(self.blocks) if p.uncertain), "")

    @property
    def confidence(self) -> float:
        """How sure the reader is of the least sure paragraph."""
        return min((p.confidence for p in paragraphs(self.blocks)), default=1.0)


@record
class Table:
    """A table: rows of cells, top to bottom, left to right."""

    rows: tuple[tuple[Cell, ...], ...]
    location: Location
    continues: bool = False
    """PDF only: starts at the top of a page with the columns of the table that ended the last one."""
    whole: tuple[int, ...] = ()
    """PDF only: numbers, from 0, of the rows that begin a page and are known to be no rest of the row before."""
    begins: tuple[int, ...] = ()
    """Numbers, from 0, of the rows that begin a page in a table that was joined; two pages may lie on one sheet."""


Block: TypeAlias = Paragraph | Table


@record
class Control:
    """A content control (Word), a form field (PDF) or an older form field, filled or not.

    Its text also stands in the blocks; a control adds the tag, which is the field key in our own forms:
    `gemeente`, `acties.titel` (a column), `grond=historisch` (one check box of a choice).
    """

    tag: str
    title: str
    kind: str
    """text, rich, date, choice, checkbox, group, repeating, picture."""
    text: str
    location: Location
    checked: bool | None = None
    placeholder: bool = False
    """Shows its placeholder, so it is empty."""
    group: str = ""
    """Tag of the repeating section around it."""
    item: int | None = None
    """Number of the item of that repeating section, from 1."""
    level: int = 0
    """Depth among controls, 0 outermost."""
    value: str = ""
    """What the control keeps beside its text: the ISO date of a date, the value of the chosen item of a list."""
    prompt: str = ""
    """What it shows as its placeholder. LibreOffice keeps the mark when somebody types over a placeholder: in a file
    that it saved such text is also `text`, and it is up to the form to know its own prompts."""
    uncertain: str = ""
    """Why the text may differ from what was meant (a part of it is struck through); empty when certain."""
    drawn: str = ""
    """What the page of a PDF shows in its place, or Word, from the XML that it is bound to, where that is another text;
    empty when it is the same or unknown."""


@dataclass(frozen=True)
class Document:
    """What a file says.

    Blocks come in reading order: body first, then footnotes, headers and footers with their `part`.
    Text boxes stand after the paragraph that anchors them.
    """

    source: Source
    blocks: tuple[Block, ...]
    controls: tuple[Control, ...] = ()
    pages: int | None = None
    title: str = ""
    """Title in the file's own properties."""
    omitted: tuple[str, ...] = field(default=())
    """What the reader saw and did not give (pictures, embedded objects), in plain Dutch."""
    notes: tuple[str, ...] = ()
    """What was done to the file to read it (a conversion), in plain Dutch."""
    controls_suffice: bool = False
    """All that was filled in stands in the controls; of the pages only headings and running text are given."""
    damaged: bool = False
    """It had to be mended to be read, and of what was filled in parts may lack."""
    lost: tuple[int, ...] = ()
    """Numbers of the pages that could not be read; answers may stand on them, or go on there."""
    behind: tuple[int, ...] = ()
    """Those behind the last page of a print: the rest of the form, or annexes where that is all there."""
    exact: bool = True
    """The words are as they were typed; those of a scan or of a print without tags are what the reader made of what it
    saw."""

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph in reading order, those in tables included."""
        return tuple(every_paragraph(self.blocks))


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Give every paragraph in reading order, those in tables included."""
    return iter(every_paragraph(blocks))


def every_paragraph(blocks: Iterable[Block]) -> list[Paragraph]:
    """List every paragraph in reading order, those in tables included."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        for row in block.rows:
            for cell in row:
                for inner in cell.blocks:  # not by calling itself for each: most cells hold a paragraph
                    if isinstance(inner, Paragraph):
                        found.append(inner)
                    else:
                        found += every_paragraph((inner,))
    return found


def shows_otherwise(text: str, drawn: str) -> str:
    """Say that a field holds one text and shows another on its page, each from where they part."""
    held, seen = " ".join(text.split()), " ".join(drawn.split())
    if not held:
        return _("Het veld is leeg, maar op het blad staat «{drawn}»; zie na wat bedoeld is.").format(drawn=_cut(seen))
    pairs = enumerate(zip(held, seen, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(held), len(seen)))
    start = held.rfind(" ", 0, same - _BEFORE) + 1 if same > 2 * _BEFORE else 0
    return _("Het veld zegt «{text}», maar op het blad staat «{drawn}»; zie na wat bedoeld is.").format(
        text=_cut(held, start), drawn=_cut(seen, start)
    )


def _cut(line: str, start: int = 0) -> str:
    """Cut a line to a length that people read."""
    rest = line[start:]
    return ("…" if start else "") + (rest if len(rest) <= _LONGEST else rest[: _LONGEST - 1] + "…")
