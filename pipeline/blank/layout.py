"""Questions on paper: how each field of a form stands on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from pipeline.blank import controls
from pipeline.blank.controls import Numbers
from pipeline.blank.markup import LABEL_FILL, TITLE_FILL, cell, paragraph, row, run, table
from pipeline.form import Choice, Demand, Field, Section
from pipeline.language import _
from pipeline.values import FieldType

WIDTH = 9638
"""Between the margins of an A4 sheet, in twentieths of a point."""
_LABEL_WIDTH = 3374
_LONG_HELP = 60
"""Longer help stands under the label; shorter help is the placeholder."""
_LONG_ROOM = 1000
_CARD_ROOM = 560

_YESNO = (Choice("ja", "Ja"), Choice("nee", "Nee"))
_SHARES = {
    FieldType.YEAR: 9,
    FieldType.INTEGER: 11,
    FieldType.PERCENTAGE: 11,
    FieldType.YESNO: 9,
    FieldType.DATE: 13,
    FieldType.AMOUNT: 16,
    FieldType.LONGTEXT: 30,
}
_FIRST_SHARE, _USUAL_SHARE, _SMALL_SHARE = 29, 19, 9
"""Of a text column: the first names the row; help such as "A1, A2 …" shows that little is written."""
_SMALL_HELP = 12
_BOXED = {FieldType.YESNO, FieldType.CHOICES}
"""Answered by check boxes (a yesno in a row by a list): no room for a placeholder."""
_NUMBERS = {FieldType.AMOUNT, FieldType.INTEGER, FieldType.PERCENTAGE}

Names = Mapping[str, Iterable[str]]
"""Code list → the names that it offers."""


class Layout:
    """Lays out the questions of one form; numbers its content controls as it goes.

    No row is forced to stay whole (`w:cantSplit`): LibreOffice 7.4 then loses rows at the end of a page, answers and
    all, when it prints.
    """

    def __init__(self, codelists: Names) -> None:
        self._codelists = codelists
        self._numbers = Numbers()

    def section(self, section: Section) -> Iterator[Any]:
        """Give the heading, the help and the questions of a section."""
        yield paragraph("Heading1", section.heading, keep_next=True)
        for line in section.help.splitlines():
            if line.strip():
                yield paragraph("SectionHelp", line.strip(), keep_next=True)
        for (kind, _key), fields in groupby(section.fields, key=_manner):
            if kind == "pairs":
                yield table(*self._pairs(list(fields)), caption=section.heading)
                yield paragraph("Spacer")
            else:
                for field in fields:
                    yield from self._block(field)

    def _block(self, field: Field) -> Iterator[Any]:
        if field.type is FieldType.LONGTEXT:
            yield self._long(field)
            yield paragraph("Spacer")
            return
        yield paragraph("Heading2", *_label(field), keep_next=True)
        notes = [field.help] if field.help else []
        if field.layout != "cards":
            notes += [
                _("Bij «{label}»: {help}").format(label=column.label, help=column.help)
                for column in field.columns
                if column.help
            ]
        for note in notes:
            yield paragraph("SectionHelp", note, keep_next=True)
        if field.layout == "cards":
            yield controls.repeating(
                self._numbers,
                field.key,
                field.label,
                [self._card(field, number) for number in range(1, _rows(field) + 1)],
            )
        else:
            yield self._grid(field)
            yield paragraph("Spacer")

    def _pairs(self, fields: Iterable[Field]) -> tuple[Any, ...]:
        answer = WIDTH - _LABEL_WIDTH
        rows = [
            row(
                cell(_LABEL_WIDTH, *_label_cell(field), fill=LABEL_FILL),
                cell(answer, *self._answer(field, field.key, "Answer")),
            )
            for field in fields
        ]
        return [_LABEL_WIDTH, answer], *rows

    def _long(self, field: Field) -> Any:
        return table(
            [WIDTH],
            row(cell(WIDTH, *_label_cell(field, keep_next=True), fill=LABEL_FILL)),
            row(cell(WIDTH, *self._answer(field, field.key, "Answer")), height=_LONG_ROOM),
            caption=field.label,
        )

    def _card(self, field: Field, number: int) -> list[Any]:
        answer = WIDTH - _LABEL_WIDTH
        title = f"{field.row_title or field.label} {number}"
        heading = cell(WIDTH, paragraph("CardTitle", title, keep_next=True), fill=TITLE_FILL, span=2)
        rows = [row(heading)]
        last = len(field.columns) - 1
        for index, column in enumerate(field.columns):
            long = column.type is FieldType.LONGTEXT
            near = index < 2 or index == last - 1
            rows.append(
                row(
                    cell(_LABEL_WIDTH, *_label_cell(column, keep_next=near), fill=LABEL_FILL),
                    cell(answer, *self._answer(column, f"{field.key}.{column.key}", "Answer")),
                    height=_CARD_ROOM if long else 0,
                )
            )
        return [table([_LABEL_WIDTH, answer], *rows, caption=title), paragraph("Spacer")]

    def _grid(self, field: Field) -> Any:
        widths = _grid_widths(field.columns)
        header = row(
            *(
                cell(width, paragraph("GridHeader", *_label(column)), fill=TITLE_FILL)
                for width, column in zip(widths, field.columns, strict=True)
            ),
            header=True,
        )
        items = []
        for _number in range(1, _rows(field) + 1):
            cells = [
                cell(width, *self._answer(column, f"{field.key}.{column.key}", "GridCell", narrow=True))
                for width, column in zip(widths, field.columns, strict=True)
            ]
            items.append([row(*cells)])
        rows = controls.repeating(self._numbers, field.key, field.label, items)
        return table(widths, header, rows, caption=field.label)

    def _answer(self, field: Field, tag: str, style: str, *, narrow: bool = False) -> list[Any]:
        """Give the paragraphs in which the answer is filled."""
        in_row = "." in tag
        if field.type is FieldType.CHOICES or (field.type is FieldType.YESNO and not in_row):
            return self._boxes(field, tag, style)
        hint = _hint(field, narrow=narrow)
        match field.type:
            case FieldType.DATE:
                control = controls.date(self._numbers, tag, field.label, hint)
            case FieldType.YESNO:
                control = controls.drop_down(self._numbers, tag, field.label, hint, _YESNO)
            case FieldType.CHOICE:
                control = controls.drop_down(self._numbers, tag, field.label, hint, field.choices)
            case FieldType.MUNICIPALITY:
                names = self._codelists[field.codelist]
                control = controls.combo_box(self._numbers, tag, field.label, hint, names)
            case FieldType.LONGTEXT:
                control = controls.lines(self._numbers, tag, field.label, hint)
            case _:
                control = controls.text(self._numbers, tag, field.label, hint)
        right = "right" if narrow and field.type in _NUMBERS else ""
        return [paragraph(style, control, align=right)]

    def _boxes(self, field: Field, tag: str, style: str) -> list[Any]:
        choices = _YESNO if field.type is FieldType.YESNO else field.choices
        pieces = [
            (
                controls.check_box(self._numbers, f"{tag}={choice.value}", f"{field.label}: {choice.label}"),
                run(f"\u00a0{choice.label}"),
            )
            for choice in choices
        ]
        if field.type is not FieldType.YESNO:
            return [paragraph(style, box, words) for box, words in pieces]
        (yes, yes_words), (no, no_words) = pieces
        return [paragraph(style, yes, yes_words, run("\u2003\u2003"), no, no_words)]


def _manner(field: Field) -> tuple[str, str]:
    if field.type in {FieldType.TABLE, FieldType.LONGTEXT}:
        return "block", field.key
    return "pairs", ""


def _rows(field: Field) -> int:
    return max(field.blank_rows, field.min_rows, 1)


def _label(field: Field) -> list[Any]:
    """Give the runs of a label; the star stands where the answer is always required."""
    star = field.demand is not Demand.NONE and not field.required_when
    return [run(field.label), *([run(" *", "Required")] if star else [])]


def _label_cell(field: Field, *, keep_next: bool = False) -> list[Any]:
    blocks = [paragraph("Label", *_label(field), keep_next=keep_next)]
    if len(field.help) > _LONG_HELP or (field.help and field.type in _BOXED):
        blocks.append(paragraph("Help", field.help, keep_next=keep_next))
    return blocks


def _hint(field: Field, *, narrow: bool) -> str:
    if narrow:
        return _("Kies") + "…" if field.type in {FieldType.CHOICE, FieldType.YESNO} else "…"
    return field.help if len(field.help) <= _LONG_HELP and field.type not in _BOXED else ""


def _grid_widths(columns: tuple[Field, ...]) -> list[int]:
    """Share the width by what each column holds, never less than its longest label word."""
    shares = [max(_share(column, first=not index), _longest_word(column.label)) for index, column in enumerate(columns)]
    widths = [WIDTH * share // sum(shares) for share in shares]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _share(column: Field, *, first: bool) -> int:
    if column.type in _SHARES:
        return _SHARES[column.type]
    if column.choices:
        return min(max(max(len(choice.label) for choice in column.choices) * 2 // 3, 17), 24)
    if column.help and len(column.help) <= _SMALL_HELP:
        return _SMALL_SHARE
    return _FIRST_SHARE if first else _USUAL_SHARE


def _longest_word(label: str) -> int:
    return max(len(word) for word in label.replace("/", " ").replace("-", " ").split()) + 3
