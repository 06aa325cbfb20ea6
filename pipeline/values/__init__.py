"""Text to typed value and back: amounts, dates, numbers, choices, identifiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline import language
from pipeline.values.abbreviations import written_out
from pipeline.values.choices import (
    Option,
    boxes,
    labels,
    named,
    parse_choice,
    parse_choices,
    parse_yesno,
)
from pipeline.values.dates import parse_date
from pipeline.values.folding import fold, fold_accents, normalise, without_forbidden
from pipeline.values.identifiers import (
    format_iban,
    format_kbo,
    is_email,
    is_phone,
    is_postcode,
    known_bank,
    parse_email,
    parse_iban,
    parse_kbo,
    parse_phone,
    valid_iban,
    valid_kbo,
)
from pipeline.values.kinds import FieldType, Parsed, Value
from pipeline.values.municipalities import Codelist, parse_municipality
from pipeline.values.numbers import parse_amount, parse_integer, parse_percentage, parse_year
from pipeline.values.plain import decode_value, encode_decimal, encode_value

__all__ = [
    "Codelist",
    "FieldType",
    "Option",
    "Parsed",
    "Value",
    "boxes",
    "decode_value",
    "encode_decimal",
    "encode_value",
    "fold",
    "fold_accents",
    "format_iban",
    "format_kbo",
    "is_email",
    "is_phone",
    "is_postcode",
    "known_bank",
    "named",
    "normalise",
    "parse",
    "parse_normal",
    "valid_iban",
    "valid_kbo",
    "without_forbidden",
    "write",
    "written_out",
]

_WORDS = frozenset({FieldType.TEXT, FieldType.LONGTEXT})
_PARSERS: dict[FieldType, Callable[[str], Parsed]] = {
    FieldType.AMOUNT: parse_amount,
    FieldType.INTEGER: parse_integer,
    FieldType.PERCENTAGE: parse_percentage,
    FieldType.YEAR: parse_year,
    FieldType.DATE: parse_date,
    FieldType.EMAIL: parse_email,
    FieldType.PHONE: parse_phone,
    FieldType.KBO: parse_kbo,
    FieldType.IBAN: parse_iban,
}


def parse(
    text: str,
    type: FieldType,  # noqa: A002 - the word of the form definitions
    *,
    choices: Sequence[Option] = (),
    codelist: Codelist | None = None,
) -> Parsed:
    """Read a text as a type.

    Args:
        text: what was filled in.
        type: the kind of answer asked.
        choices: the possible answers of a choice.
        codelist: the list of a municipality: key → other columns.

    Returns:
        A value; a value with a problem (doubtful, with its likely meaning); a problem alone; or neither
        when nothing was filled in.

    Example:
        >>> parse("€ 800.000,-", FieldType.AMOUNT).value
        Decimal('800000')
    """
    return parse_normal(normalise(text), type, choices=choices, codelist=codelist)


def parse_normal(
    whole: str,
    type: FieldType,  # noqa: A002 - as in parse
    *,
    choices: Sequence[Option] = (),
    codelist: Codelist | None = None,
) -> Parsed:
    """Read a text that was made normal by `normalise` as a type; see `parse`."""
    if not whole:
        return Parsed(None)
    if type in _WORDS:  # a member of an enum takes five times as long to come by as this
        return Parsed(without_forbidden(whole))
    if parser := _PARSERS.get(type):
        return parser(whole)
    if type is FieldType.CHOICE:
        return parse_choice(whole, choices)
    if type is FieldType.CHOICES:
        return parse_choices(whole, choices)
    if type is FieldType.YESNO:
        return parse_yesno(whole, choices)
    if type is FieldType.MUNICIPALITY and codelist is not None:
        return parse_municipality(whole, codelist)
    return Parsed(without_forbidden(whole))


def write(value: Value, type: FieldType, *, choices: Sequence[Option] = ()) -> str:  # noqa: A002 - as in parse
    """Write a value as a careful person fills it in; `parse` reads it back as the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return language._("ja") if value else language._("nee")
    if isinstance(value, tuple):
        return "\n".join(labels(value, choices))
    if isinstance(value, dt.date):
        return language.date_short(value)
    if type is FieldType.AMOUNT and isinstance(value, Decimal | int):
        return language.euro(Decimal(value))
    if type is FieldType.PERCENTAGE and isinstance(value, Decimal | int):
        return language.number(value) + language.NBSP + "%"
    if type is FieldType.INTEGER and isinstance(value, int):
        return language.number(value)
    if type is FieldType.CHOICE:
        return labels([str(value)], choices)[0]
    if type is FieldType.KBO:
        return format_kbo(str(value))
    if type is FieldType.IBAN:
        return format_iban(str(value))
    return str(value)
