"""Filters and tests of the expression language: amounts, dates, rows of tables, states of answers."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from jinja2 import Undefined, UndefinedError

from pipeline import language, values
from pipeline.expression.gaps import Gap
from pipeline.expression.records import Chosen, Record
from pipeline.expression.tables import FILTERS as TABLE_FILTERS

_BRUSSELS = ZoneInfo("Europe/Brussels")


class _Rows(list[Any]):
    """Rows of which one may or may not belong: what counts them is a gap itself."""

    def __init__(self, rows: Iterable[Any], doubt: Gap | None) -> None:
        super().__init__(rows)
        self.doubt = doubt


def _cell(row: Any, name: str) -> Any:
    if type(row) is Record:
        try:
            return row.read(name)
        except KeyError:
            raise UndefinedError(row.lacks(name)) from None
    if isinstance(row, Gap):
        return row.read(name)
    raise UndefinedError(language._("«{name}» wordt gevraagd van iets dat geen rij is").format(name=name))


def _cells(rows: Sequence[Any], name: str) -> list[Any]:
    """Give the cell of each row."""
    cells = Record.column(rows, name)
    return [_cell(row, name) for row in rows] if cells is None else cells


def total(rows: Iterable[Any], column: str) -> Any:
    """Add a column; an empty cell of an optional column counts as nothing, any other gap stays a gap."""
    doubt = getattr(rows, "doubt", None)
    if isinstance(doubt, Gap):
        return doubt
    result = Decimal(0)
    for cell in _cells(tuple(rows), column):
        if isinstance(cell, Gap):
            if cell.is_nothing:
                continue
            cell.meet()
            return cell
        result += _decimal(cell)
    return result


def where(rows: Iterable[Any], column: str, *wanted: Any) -> list[Any]:
    """Keep the rows whose column has one of the values (or holds one of them, for several choices).

    In a draft a row whose cell is a gap is kept, so that nothing is lost from sight, and a total over the rows
    is a gap.
    """
    rows = rows if isinstance(rows, tuple | list) else tuple(rows)
    cells = _cells(rows, column)
    if {Gap, tuple}.isdisjoint(map(type, cells)):  # as in most tables, and quicker
        return _Rows([row for row, cell in zip(rows, cells, strict=True) if cell in wanted], None)
    kept = []
    doubt: Gap | None = None
    for row, cell in zip(rows, cells, strict=True):
        if isinstance(cell, Gap):
            if cell.is_nothing:
                continue
            cell.meet()
            doubt = cell
            kept.append(row)
        elif any(value in cell for value in wanted) if isinstance(cell, tuple) else cell in wanted:
            kept.append(row)
    return _Rows(kept, doubt)


def column(rows: Iterable[Any], name: str) -> list[Any]:
    """Give the cells of a column; an empty cell of an optional column is left out, in a draft other gaps stay."""
    cells = []
    for cell in _cells(tuple(rows), name):
        if isinstance(cell, Gap):
            if cell.is_nothing:
                continue
            cell.meet()
        cells.append(cell)
    return cells


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UndefinedError(language._("«{value}» is geen getal").format(value=value))
    return Decimal(value)


def _whole(number: int | Decimal) -> int:
    if number != int(number):
        raise UndefinedError(language._("{number} is geen geheel aantal").format(number=number))
    return int(number)


def day(moment: dt.date) -> dt.date:
    """Give the date in Brussels of a moment; a date stays itself."""
    if isinstance(moment, dt.datetime):
        return (moment.astimezone(_BRUSSELS) if moment.tzinfo else moment).date()
    if not isinstance(moment, dt.date):
        raise UndefinedError(language._("«{value}» is geen datum").format(value=moment))
    return moment


def plus_months(day: dt.date, months: int | Decimal) -> dt.date:
    """Add months, clipped to the last day of the month: 31 August and six months is 28 February."""
    index = day.year * 12 + day.month - 1 + _whole(months)
    year, month = divmod(index, 12)
    return day.replace(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def plus_years(day: dt.date, years: int | Decimal) -> dt.date:
    """Add years, clipped to the last day of February."""
    return plus_months(day, _whole(years) * 12)


def plus_days(day: dt.date, days: int | Decimal) -> dt.date:
    """Add days."""
    return day + dt.timedelta(days=_whole(days))


def _euro(amount: Decimal) -> str:
    return language.euro(_decimal(amount))


def cents_up(amount: Decimal) -> Decimal:
    """Round up to a whole cent: a least amount that can be paid."""
    return _decimal(amount).quantize(Decimal("0.01"), ROUND_CEILING)


def _in_euro(amount: Decimal) -> str:
    return language.amount_in_words(_decimal(amount))


def _number(value: Decimal, digits: int | None = None) -> str:
    return language.number(_decimal(value), digits)


def _percent(value: Decimal, limit: Decimal | None = None) -> str:
    return language.percent(_decimal(value), limit)


def _date_long(value: dt.date) -> str:
    return language.date_long(day(value), language.DEFAULT)


def _date_short(value: dt.date) -> str:
    return language.date_short(day(value))


def _words(items: Iterable[Any]) -> str:
    return language.enumerate_words((show(item) for item in items), language.DEFAULT)


def _is_state(state: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(_named(value), Gap) and value.state == state


def _named(value: Any) -> Any:
    """Refuse a name that does not exist, so that a slip of the pen is never «given»."""
    if isinstance(value, Undefined):
        str(value)
    return value


def show(value: Any) -> str:
    """Write a value for a person when no filter says how; None never prints."""
    if isinstance(value, Chosen):
        return value.label
    if isinstance(value, bool):
        return language._("ja") if value else language._("nee")
    if isinstance(value, Decimal):
        return language.number(value)
    if isinstance(value, dt.datetime):
        return language.moment(value)
    if isinstance(value, dt.date):
        return language.date_long(value, language.DEFAULT)
    if isinstance(value, tuple | list):
        return language.enumerate_words([show(item) for item in value], language.DEFAULT)
    if isinstance(value, Record):
        raise UndefinedError(
            language._("{about} heeft geen eigen tekst; noem een deel ervan").format(about=value.about)
        )
    if value is None:
        _none()
    return str(value)


def _none() -> NoReturn:
    raise UndefinedError(language._("Een waarde die niet bestaat zou als «None» in de tekst komen."))


FILTERS: dict[str, Callable[..., Any]] = {
    "euro": _euro,
    "in_euro": _in_euro,
    "cents_up": cents_up,
    "number": _number,
    "percent": _percent,
    "date_long": _date_long,
    "date_short": _date_short,
    "day": day,
    "moment": language.moment,
    "words": _words,
    "total": total,
    "where": where,
    "column": column,
    "plus_years": plus_years,
    "plus_months": plus_months,
    "plus_days": plus_days,
    "kbo": values.format_kbo,
    "iban": values.format_iban,
    **TABLE_FILTERS,
}
"""Our own filters, beside those of Jinja."""

STATES: dict[str, Callable[[Any], bool]] = {
    "given": lambda value: not isinstance(_named(value), Gap),
    "empty": _is_state("empty"),
    "not_found": _is_state("not_found"),
    "doubtful": _is_state("doubtful"),
    "absent": lambda value: isinstance(_named(value), Gap) and value.state in {"empty", "not_found"},
}
"""The tests that may ask about a gap."""

TESTS: dict[str, Callable[..., bool]] = {
    "valid_kbo": values.valid_kbo,
    "valid_iban": values.valid_iban,
    "known_bank": values.known_bank,
    "email": values.is_email,
    "phone": values.is_phone,
    "postcode": values.is_postcode,
}
"""Our own tests of values."""
