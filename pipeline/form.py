"""What a form asks: sections, fields, columns, choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.language import _, speaking
from pipeline.values import FieldType


class Demand(StrEnum):
    """What a missing answer means."""

    CALL = "call"
    """A quoted sentence of the call demands the content: its lack blocks."""
    FORM = "form"
    """Only the form asks it: its lack warns."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the possible answers of a choice."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A question, or a column of a table (then `columns` is empty)."""

    key: str
    label: str
    type: FieldType
    demand: Demand = Demand.NONE
    required_when: str = ""
    """Expression; empty: always (when there is a demand)."""
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    codelist: str = ""
    """Name of a code list of the call; type `municipality` needs one."""
    columns: tuple[Field, ...] = ()
    layout: str = "grid"
    """Tables: `grid` (a header row and rows) or `cards` (a small label/value table per row)."""
    row_title: str = ""
    """Cards: the word above each, numbered: `Actie` gives "Actie 1"."""
    min_rows: int = 0
    blank_rows: int = 1
    """Rows that the blank form shows."""
    max_length: int | None = None
    person: bool = False
    """Text: asks the name of one person, so two names are doubtful."""
    help: str = ""
    reference: str = ""
    """Place in the call, with the quoted sentence in «»."""

    @property
    def required(self) -> bool:
        """Whether a lack is a finding (when `required_when` holds)."""
        return self.demand is not Demand.NONE

    def column(self, key: str) -> Field:
        """Give the column with this key; KeyError if there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered part of a form."""

    key: str
    """The letter or number before the title: `A`."""
    title: str
    fields: tuple[Field, ...]
    help: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The heading as the blank form prints it: `A. Indienend bestuur`; without a key only the title."""
        return f"{self.key}. {self.title}" if self.key else self.title


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of a sum: a field, or a column added over the rows of its table."""

    field: str
    column: str = ""
    """Empty when the field itself is the amount."""
    match: str = ""
    """Column that says to which group a row belongs; then every group has a sum of its own."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Columns with the choices of which a row must have one to count."""

    @property
    def name(self) -> str:
        """As definitions write it: `gevraagde_subsidie`, `begroting.bedrag`."""
        return f"{self.field}.{self.column}" if self.column else self.field


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts of a form that are together as much as others, because the form or its call says so."""

    key: str
    title: str
    """What is true when it holds: `De bronnen zijn samen gelijk aan de begroting`."""
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    each: str = ""
    """Table of which every row has a sum of its own."""
    reference: str = ""
    """Place in the call, with the quoted sentence in «»."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version of a form: how to read a copy of it that still comes in."""

    form: Form
    """The questions of then, under the keys of today and with the words of both; those of today only come last."""
    absent: frozenset[str]
    """Questions and columns (`acties.kost`) of today that were not asked then."""
    gone: frozenset[str]
    """Questions and columns of then that are asked no more."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a call."""

    key: str
    title: str
    version: str
    language: str
    identify: tuple[str, ...]
    """Texts of which one must stand in a file for it to be this form (compared folded)."""
    sections: tuple[Section, ...]
    intro: str = ""
    totals: tuple[str, ...] = ()
    """Words that open a row of a table which only adds up other rows."""
    sums: tuple[Sum, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    @property
    def editions(self) -> tuple[Form, ...]:
        """The form as it is, and as it was in every earlier version."""
        return self, *(earlier.form for earlier in self.earlier)

    @property
    def continuation_title(self) -> str:
        """The title of the sheet with more rows, in the language of the form."""
        with speaking(self.language):
            return _("Vervolgblad bij {title}").format(title=self.title)

    def fields(self) -> Iterator[Field]:
        """Give every field in order, without the columns."""
        for section in self.sections:
            yield from section.fields

    def field(self, key: str) -> Field:
        """Give the field with this key; KeyError if there is none."""
        for field in self.fields():
            if field.key == key:
                return field
        raise KeyError(key)

    def section_of(self, key: str) -> Section:
        """Give the section that holds the field; KeyError if there is none."""
        for section in self.sections:
            if any(field.key == key for field in section.fields):
                return section
        raise KeyError(key)

    def label_of(self, target: str) -> str:
        """Give what a person calls a field or a cell: `Startdatum`, `Acties, rij 2: Kost`; else the target itself."""
        key, _dot, cell = target.partition(".")
        row, _dot, column = cell.partition(".")
        try:
            field = self.field(key)
            if not cell:
                return field.label
            column_label = field.column(column).label
        except KeyError:
            return target  # the question has left the form since
        return _("{field}, rij {row}: {column}").format(field=field.label, row=row, column=column_label)
