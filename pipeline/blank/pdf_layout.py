"""Questions on the pages of a fillable PDF: the same order and words as the Word form, a field for each answer."""

from __future__ import annotations

from itertools import groupby

from pipeline.blank.markup import LABEL_FILL, TITLE_FILL
from pipeline.blank.pdf_fields import Widget
from pipeline.blank.pdf_flow import (
    CARD,
    GRID_HEAD,
    HEADING,
    HELP,
    HELP_ABOVE,
    LABEL,
    SUBHEADING,
    Cell,
    Entry,
    Flow,
    Line,
    Text,
    height_of,
)
from pipeline.blank.pdf_sheet import Node
from pipeline.blank.questions import (
    LABEL_WIDTH,
    NUMBERS,
    WIDTH,
    Names,
    Values,
    choices_of,
    chosen,
    grid_widths,
    has_star,
    manner,
    notes_of,
    rows_of,
)
from pipeline.form import Field, Section
from pipeline.language import _
from pipeline.values import FieldType

_SHORT, _GRID, _TALL = 20.0, 28.0, 34.0
_LONG, _FREE_LONG, _CARD_LONG = 116.0, 72.0, 60.0
"""Room for one line, for a cell of a grid, for two lines; for a long answer that is asked, that is free, in a card."""
_WORDY = 90
"""An answer that may have more characters than this gets two lines."""
_WIDE, _LABELS = WIDTH / 20, LABEL_WIDTH / 20
_HEADED, _SUBHEADED, _NOTE = 60.0, 32.0, 24.0
"""Room under the heading of a section for a few pairs; room for the heading of a table, and for a line of help."""
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


class Layout:
    """Lays out the questions of one form; of a continuation sheet the rows go on where those of the form end."""

    def __init__(self, flow: Flow, codelists: Names, values: Values, *, continued: bool = False) -> None:
        self._flow = flow
        self._codelists = codelists
        self._values = values
        self._continued = continued

    def section(self, node: Node, section: Section) -> None:
        """Put the heading, the help and the questions of a section on the pages, under this element."""
        part = node.add("Sect")
        notes = [line.strip() for line in section.help.splitlines() if line.strip()]
        first = section.fields[0]
        keep = _HEADED if manner(first)[0] == "pairs" else self._first(first)
        self._flow.heading(part, 1, section.heading, HEADING, keep=keep + 20 * len(notes))
        for line in notes:
            self._flow.paragraph(part, "P", line, HELP_ABOVE, keep=keep)
        for (kind, _key), fields in groupby(section.fields, key=manner):
            if kind == "pairs":
                lines = [self._pair(field, field.key, field.label) for field in fields]
                self._flow.table(part, lines, title=section.heading)
                self._flow.space(8)
            else:
                for field in fields:
                    self._block(part, field)

    def _block(self, node: Node, field: Field) -> None:
        if field.type is FieldType.LONGTEXT:
            self._flow.table(node, self._long(field), title=field.label)
            self._flow.space(8)
            return
        notes = notes_of(field)
        count = rows_of(field, self._values)
        first = count if self._continued else 0
        numbers = range(first + 1, first + count + 1)
        grid = field.layout != "cards"
        tables = [self._card(field, number) for number in numbers] if not grid else []
        lines = [self._grid_row(field, number) for number in numbers] if grid else []
        keep = height_of([self._header(field), lines[0]]) if grid else height_of(_together(tables[0]))
        self._flow.heading(
            node, 2, field.label, SUBHEADING, star=has_star(field), keep=keep + sum(_NOTE for _note in notes)
        )
        for note in notes:
            self._flow.paragraph(node, "P", note, HELP_ABOVE, keep=keep)
        if grid:
            self._flow.table(node, lines, title=field.label, header=self._header(field))
            self._flow.space(8)
        for number, card in zip(numbers, tables, strict=False):
            self._flow.table(node, card, title=_card_title(field, number))
            self._flow.space(8)

    def _first(self, field: Field) -> float:
        """Give the room that a block needs on the page of the heading above it."""
        if field.type is FieldType.LONGTEXT:
            return height_of(_together(self._long(field)))
        if field.layout == "cards":
            lines = _together(self._card(field, 1))
        else:
            lines = [self._header(field), self._grid_row(field, 1)]
        return _SUBHEADED + sum(_NOTE for _note in notes_of(field)) + height_of(lines)

    def _pair(self, field: Field, key: str, said: str, *, keep: bool = False) -> Line:
        """Give the row of a question with its answer beside it; `said` names it to who cannot see the page."""
        label = Cell(_LABELS, _label(field), fill=LABEL_FILL, heads="Row")
        beside = field.type is FieldType.YESNO
        return Line((label, Cell(_WIDE - _LABELS, entries=self._entries(field, key, said), beside=beside)), keep=keep)

    def _long(self, field: Field) -> list[Line]:
        label = Cell(_WIDE, _label(field), fill=LABEL_FILL, heads="Column")
        return [Line((label,), keep=True), Line((Cell(_WIDE, entries=self._entries(field, field.key, field.label)),))]

    def _card(self, field: Field, number: int) -> list[Line]:
        title = _card_title(field, number)
        lines = [Line((Cell(_WIDE, (Text(CARD, title),), fill=TITLE_FILL, span=2, heads="Column"),), keep=True)]
        last = len(field.columns) - 1
        for index, column in enumerate(field.columns):
            key, said = f"{field.key}.{number}.{column.key}", f"{title}: {column.label}"
            lines.append(self._pair(column, key, said, keep=index < 2 or index == last - 1))
        return lines

    def _header(self, field: Field) -> Line:
        widths = grid_widths(field.columns)
        return Line(
            tuple(
                Cell(width / 20, (Text(GRID_HEAD, column.label, has_star(column)),), fill=TITLE_FILL, heads="Column")
                for width, column in zip(widths, field.columns, strict=True)
            )
        )

    def _grid_row(self, field: Field, number: int) -> Line:
        widths = grid_widths(field.columns)
        cells = []
        for width, column in zip(widths, field.columns, strict=True):
            said = _("{table}, rij {number}: {column}").format(table=field.label, number=number, column=column.label)
            key = f"{field.key}.{number}.{column.key}"
            entries = self._entries(column, key, said, narrow=True)
            cells.append(Cell(width / 20, entries=entries))
        return Line(tuple(cells))

    def _entries(self, field: Field, key: str, said: str, *, narrow: bool = False) -> tuple[Entry, ...]:
        """Give the fields in which an answer is filled."""
        filled = self._values.get(key, "").strip()
        if field.type is FieldType.CHOICES or (field.type is FieldType.YESNO and not narrow):
            return self._boxes(field, key, said, filled)
        title = _("{label}. {help}").format(label=said.rstrip("."), help=field.help) if field.help else said
        kind, height = "text", _GRID if narrow else _SHORT
        options: tuple[str, ...] = ()
        if field.type in (FieldType.CHOICE, FieldType.YESNO):
            kind = "list"
            options = (" ", *(choice.label for choice in choices_of(field)))
            filled = next((choice.label for choice in chosen(field, filled)), filled)
        elif field.type is FieldType.MUNICIPALITY:
            kind, options = "combo", tuple(self._codelists[field.codelist])
        elif field.type is FieldType.LONGTEXT:
            kind, height = "lines", _CARD_LONG if "." in key else _LONG if field.required else _FREE_LONG
        elif field.type is FieldType.TEXT:
            wordy = field.max_length is not None and field.max_length > _WORDY
            kind, height = ("lines", height if narrow else _TALL) if wordy or narrow else (kind, height)
        made = Widget(
            key,
            kind,
            title,
            0,
            _NOWHERE,
            filled=filled,
            options=options,
            right=narrow and field.type in NUMBERS,
            required=has_star(field) and "." not in key,
            max_length=field.max_length,
        )
        return (Entry(made, height),)

    def _boxes(self, field: Field, key: str, said: str, filled: str) -> tuple[Entry, ...]:
        """Give the check boxes of a question: those of a yesno share their name, so that one is ticked."""
        ticked = chosen(field, filled)
        one = field.type is FieldType.YESNO
        return tuple(
            Entry(
                Widget(
                    key if one else f"{key}={choice.value}",
                    "box",
                    f"{said}: {choice.label}",
                    0,
                    _NOWHERE,
                    state=choice.value if one else "Yes",
                    filled="x" if choice in ticked else "",
                ),
                0,
                choice.label,
            )
            for choice in choices_of(field)
        )


def _together(lines: list[Line]) -> list[Line]:
    """Give the first lines of a table, which stay on one page."""
    return lines[: next((number for number, line in enumerate(lines, 1) if not line.keep), len(lines))]


def _card_title(field: Field, number: int) -> str:
    return f"{field.row_title or field.label} {number}"


def _label(field: Field) -> tuple[Text, ...]:
    label = Text(LABEL, field.label, has_star(field))
    return (label, Text(HELP, field.help)) if field.help else (label,)
