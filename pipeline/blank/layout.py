"""Questions on paper: how each field of a form stands on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.blank import controls
from pipeline.blank.controls import Numbers
from pipeline.blank.markup import LABEL_FILL, TITLE_FILL, cell, paragraph, row, run, table
from pipeline.blank.questions import (
    BOXED,
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

_LONG_HELP = 60
"""Longer help stands under the label; shorter help is the placeholder."""
_LONG_ROOM = 1000
_CARD_ROOM = 560


class Layout:
    """Lays out the questions of one form; numbers its content controls as it goes.

    No row is forced to stay whole (`w:cantSplit`): LibreOffice 7.4 then loses rows at the end of a page, answers and
    all, when it prints.
    """

    def __init__(self, codelists: Names, values: Values) -> None:
        self._codelists = codelists
        self._values = values
        self._numbers = Numbers()

    def section(self, section: Section) -> Iterator[Any]:
        """Give the heading, the help and the questions of a section."""
        yield paragraph("Heading1", section.heading, keep_next=True)
        for line in section.help.splitlines():
            if line.strip():
                yield paragraph("SectionHelp", line.strip(), keep_next=True)
        for (kind, _key), fields in groupby(section.fields, key=manner):
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
        for note in notes_of(field):
            yield paragraph("SectionHelp", note, keep_next=True)
        if field.layout == "cards":
            yield controls.repeating(
                self._numbers,
                field.key,
                field.label,
                [self._card(field, number) for number in range(1, rows_of(field, self._values) + 1)],
            )
        else:
            yield self._grid(field)
            yield paragraph("Spacer")

    def _pairs(self, fields: Iterable[Field]) -> tuple[Any, ...]:
        answer = WIDTH - LABEL_WIDTH
        rows = [
            row(
                cell(LABEL_WIDTH, *_label_cell(field), fill=LABEL_FILL),
                cell(answer, *self._answer(field, field.key, "Answer")),
            )
            for field in fields
        ]
        return [LABEL_WIDTH, answer], *rows

    def _long(self, field: Field) -> Any:
        return table(
            [WIDTH],
            row(cell(WIDTH, *_label_cell(field, keep_next=True), fill=LABEL_FILL)),
            row(cell(WIDTH, *self._answer(field, field.key, "Answer")), height=_LONG_ROOM),
            caption=field.label,
        )

    def _card(self, field: Field, number: int) -> list[Any]:
        answer = WIDTH - LABEL_WIDTH
        title = f"{field.row_title or field.label} {number}"
        heading = cell(WIDTH, paragraph("CardTitle", title, keep_next=True), fill=TITLE_FILL, span=2)
        rows = [row(heading)]
        last = len(field.columns) - 1
        for index, column in enumerate(field.columns):
            long = column.type is FieldType.LONGTEXT
            near = index < 2 or index == last - 1
            rows.append(
                row(
                    cell(LABEL_WIDTH, *_label_cell(column, keep_next=near), fill=LABEL_FILL),
                    cell(answer, *self._answer(column, f"{field.key}.{column.key}", "Answer", number)),
                    height=_CARD_ROOM if long else 0,
                )
            )
        return [table([LABEL_WIDTH, answer], *rows, caption=title), paragraph("Spacer")]

    def _grid(self, field: Field) -> Any:
        widths = grid_widths(field.columns)
        header = row(
            *(
                cell(width, paragraph("GridHeader", *_label(column)), fill=TITLE_FILL)
                for width, column in zip(widths, field.columns, strict=True)
            ),
            header=True,
        )
        items = []
        for number in range(1, rows_of(field, self._values) + 1):
            cells = [
                cell(width, *self._answer(column, f"{field.key}.{column.key}", "GridCell", number, narrow=True))
                for width, column in zip(widths, field.columns, strict=True)
            ]
            items.append([row(*cells)])
        rows = controls.repeating(self._numbers, field.key, field.label, items)
        return table(widths, header, rows, caption=field.label)

    def _answer(self, field: Field, tag: str, style: str, number: int = 0, *, narrow: bool = False) -> list[Any]:
        """Give the paragraphs in which the answer is filled."""
        filled = self._filled(tag, number)
        if field.type is FieldType.CHOICES or (field.type is FieldType.YESNO and not number):
            return self._boxes(field, tag, style, filled)
        hint = _hint(field, narrow=narrow)
        made = (self._numbers, tag, field.label, hint)
        match field.type:
            case FieldType.DATE:
                control = controls.date(*made, filled=filled)
            case FieldType.YESNO | FieldType.CHOICE:
                label = next((choice.label for choice in chosen(field, filled)), filled)
                control = controls.drop_down(*made, choices_of(field), filled=label)
            case FieldType.MUNICIPALITY:
                control = controls.combo_box(*made, self._codelists[field.codelist], filled=filled)
            case FieldType.LONGTEXT:
                control = controls.lines(*made, filled=filled)
            case _:
                control = controls.text(*made, filled=filled)
        right = "right" if narrow and field.type in NUMBERS else ""
        return [paragraph(style, control, align=right)]

    def _filled(self, tag: str, number: int) -> str:
        """Give what is filled in already: `acties.titel` of the second row is kept under `acties.2.titel`."""
        table, _dot, column = tag.rpartition(".")
        return self._values.get(f"{table}.{number}.{column}" if number else tag, "").strip()

    def _boxes(self, field: Field, tag: str, style: str, filled: str) -> list[Any]:
        ticked = chosen(field, filled)
        pieces = [
            (
                controls.check_box(
                    self._numbers, f"{tag}={choice.value}", f"{field.label}: {choice.label}", ticked=choice in ticked
                ),
                run(f"\u00a0{choice.label}"),
            )
            for choice in choices_of(field)
        ]
        if field.type is not FieldType.YESNO:
            return [paragraph(style, box, words) for box, words in pieces]
        (yes, yes_words), (no, no_words) = pieces
        return [paragraph(style, yes, yes_words, run("\u2003\u2003"), no, no_words)]


def _label(field: Field) -> list[Any]:
    """Give the runs of a label; the star stands where the answer is always required."""
    return [run(field.label), *([run(" *", "Required")] if has_star(field) else [])]


def _label_cell(field: Field, *, keep_next: bool = False) -> list[Any]:
    blocks = [paragraph("Label", *_label(field), keep_next=keep_next)]
    if len(field.help) > _LONG_HELP or (field.help and field.type in BOXED):
        blocks.append(paragraph("Help", field.help, keep_next=keep_next))
    return blocks


def _hint(field: Field, *, narrow: bool) -> str:
    if narrow:
        return _("Kies") + "…" if field.type in {FieldType.CHOICE, FieldType.YESNO} else "…"
    return field.help if len(field.help) <= _LONG_HELP and field.type not in BOXED else ""
