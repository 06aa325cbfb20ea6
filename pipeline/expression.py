"""The language of rules, conditions and templates: sandboxed, strict Jinja, in two settings.

The *text* setting (rules, messages, file names) never escapes; the *markup* setting (Word, HTML) always
does. Both know gaps: an answer that is not given is a `Gap`, and what a gap does depends on who asks.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, NoReturn, Self

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from pipeline import language
from pipeline.errors import PaperRefused

ExpressionFault = (TemplateSyntaxError, UndefinedError)


class NotJudged(Exception):
    """An expression needs an answer that is missing or doubtful."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(gap.label)
        self.gap = gap


class Use(Enum):
    """Who meets a gap."""

    JUDGE = "judge"
    """A rule: every use but the tests `is given` … stops it as not judged."""
    DRAFT = "draft"
    """A draft: it prints `[ontbreekt: …]`."""
    FINAL = "final"
    """A final paper: it is refused."""


class Gap:
    """An answer that is empty, not found or doubtful.

    The tests `given`, `empty`, `not_found` and `doubtful` may ask about it; any other use depends on `use`.
    """

    __slots__ = ("columns", "key", "label", "labels", "optional", "state", "use")

    def __init__(
        self,
        label: str,
        state: str,
        use: Use,
        key: str = "",
        columns: Mapping[str, str] | None = None,
        labels: tuple[str, ...] = (),
        optional: bool = False,
    ) -> None:
        self.label = label
        self.state = state
        self.use = use
        self.key = key
        self.columns = columns
        """Tables: column key → label, so that a draft can show one row of gaps."""
        self.labels = labels or (label,)
        """All answers that it stands for (a named value may lack several)."""
        self.optional = optional
        """Nobody has to answer: left empty, it counts as nothing in a total."""

    def used_by(self, use: Use) -> Gap:
        """Give the same gap for another use."""
        return Gap(self.label, self.state, use, self.key, self.columns, self.labels, self.optional)

    def meet(self) -> None:
        """Raise what the use asks; return in a draft."""
        if self.use is Use.JUDGE:
            raise NotJudged(self)
        if self.use is Use.FINAL:
            raise PaperRefused(
                language._("«{label}» ontbreekt of is twijfelachtig; vul of verbeter dat antwoord eerst.").format(
                    label=self.label
                )
            )

    def __str__(self) -> str:
        self.meet()
        return language._("[ontbreekt: {label}]").format(label=self.label)

    def __html__(self) -> str:
        from markupsafe import escape

        return str(escape(str(self)))

    def __bool__(self) -> bool:
        self.meet()
        return False

    def __iter__(self) -> Iterator[Any]:
        self.meet()
        if self.columns is not None:
            cells = {key: Gap(label, self.state, self.use, key) for key, label in self.columns.items()}
            yield Record(cells, "row", extra={"number": 1})

    def __len__(self) -> int:
        self.meet()
        return 0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.meet()
        if self.columns is not None and name in self.columns:
            return Gap(self.columns[name], self.state, self.use, name)
        return self

    def _refuse(self, *_others: object) -> Any:
        self.meet()
        return self

    def _compare(self, _other: object) -> bool:
        self.meet()
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __mod__ = __neg__ = __getitem__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _compare
    __eq__ = _compare
    __ne__ = _compare
    __contains__ = _compare

    def __hash__(self) -> int:
        self.meet()
        return id(self)


class Chosen(str):
    """The value of a choice: compares by its key, prints as its label."""

    __slots__ = ("label",)
    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the text of the key, with its label beside it."""
        made = super().__new__(cls, value)
        made.label = label
        return made

    def __reduce__(self) -> tuple[type[Chosen], tuple[str, str]]:
        return Chosen, (str(self), self.label)


class Record:
    """Named values read by attribute; a name that is not there raises instead of giving nothing."""

    __slots__ = ("_about", "_extra", "_values")

    def __init__(self, values: Mapping[str, Any], about: str, extra: Mapping[str, Any] | None = None) -> None:
        self._values = values
        self._about = about
        self._extra = extra or {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._values:
            return self._values[name]
        if name in self._extra:
            return self._extra[name]
        raise AttributeError(language._("{about} heeft geen «{name}»").format(about=self._about, name=name))

    def __getitem__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise KeyError(language._("{about} heeft geen «{name}»").format(about=self._about, name=name)) from None

    def __contains__(self, name: object) -> bool:
        if isinstance(name, Gap):
            name.meet()
            return False
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def mapped(self, change: Callable[[Any], Any]) -> Record:
        """Give the same record with every value changed."""
        return Record({key: change(value) for key, value in self._values.items()}, self._about, self._extra)

    @property
    def names(self) -> tuple[str, ...]:
        """Names that can be read."""
        return (*self._values, *self._extra)


def record(value: Any, about: str) -> Any:
    """Wrap nested mappings so that templates read them strictly, by attribute."""
    if isinstance(value, Mapping):
        return Record({key: record(item, f"{about}.{key}") for key, item in value.items()}, about)
    if isinstance(value, list | tuple):
        return tuple(record(item, about) for item in value)
    return value


def _through_gaps(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a gap pass a filter: in a draft it stays a gap, elsewhere it raises."""
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        value = arguments[position]
        if isinstance(value, Gap):
            value.meet()
            return value
        return function(*arguments, **named)

    return wrapped


def total(rows: Iterable[Any], column: str) -> Any:
    """Add a column; an empty cell of an optional column counts as nothing, any other gap stays a gap."""
    result = Decimal(0)
    for row in rows:
        cell = getattr(row, column)
        if isinstance(cell, Gap):
            if cell.state == "empty" and cell.optional:
                continue
            cell.meet()
            return cell
        result += cell
    return result


def where(rows: Iterable[Any], column: str, *values: Any) -> list[Any]:
    """Keep the rows whose column has one of the values (or holds one of them, for several choices)."""
    kept = []
    for row in rows:
        cell = getattr(row, column)
        if isinstance(cell, Gap):
            if cell.state == "empty" and cell.optional:
                continue
            cell.meet()
            continue
        if any(value in cell for value in values) if isinstance(cell, tuple) else cell in values:
            kept.append(row)
    return kept


def column(rows: Iterable[Any], name: str) -> list[Any]:
    """Give the cells of a column, those that are gaps left out only when empty."""
    cells = []
    for row in rows:
        cell = getattr(row, name)
        if isinstance(cell, Gap):
            if cell.state != "empty":
                cell.meet()
            continue
        cells.append(cell)
    return cells


def plus_months(day: dt.date, months: int | Decimal) -> dt.date:
    """Add months, clipped to the last day of the month: 31 August and six months is 28 February."""
    index = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def plus_years(day: dt.date, years: int | Decimal) -> dt.date:
    """Add years, clipped to the last day of February."""
    return plus_months(day, int(years) * 12)


def plus_days(day: dt.date, days: int | Decimal) -> dt.date:
    """Add days."""
    return day + dt.timedelta(days=int(days))


def _words(items: Iterable[Any]) -> str:
    return language.enumerate_words(show(item) for item in items)


def _is_state(state: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Gap) and value.state == state


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
        return language.date_long(value)
    if isinstance(value, tuple | list):
        return language.enumerate_words([show(item) for item in value])
    if value is None:
        _none()
    return str(value)


def _none() -> NoReturn:
    raise UndefinedError(language._("Een waarde die niet bestaat zou als «None» in de tekst komen."))


def _finalize(value: Any) -> Any:
    if isinstance(value, Gap) or hasattr(value, "__html__") or type(value) is str:
        return value
    if isinstance(value, StrictUndefined):
        return value
    return show(value)


FILTERS: dict[str, Callable[..., Any]] = {
    "euro": language.euro,
    "in_euro": language.amount_in_words,
    "number": language.number,
    "percent": language.percent,
    "date_long": language.date_long,
    "date_short": language.date_short,
    "moment": language.moment,
    "words": _words,
    "total": total,
    "where": where,
    "column": column,
    "plus_years": plus_years,
    "plus_months": plus_months,
    "plus_days": plus_days,
}
"""Our own filters, beside those of Jinja; `values` adds those of identifiers through `extend`."""

TESTS: dict[str, Callable[..., bool]] = {
    "given": lambda value: not isinstance(value, Gap),
    "empty": _is_state("empty"),
    "not_found": _is_state("not_found"),
    "doubtful": _is_state("doubtful"),
}

_ARITHMETIC_FILTERS = {"int", "float", "round", "sum", "attr", "map", "random", "pprint", "safe", "xmlattr", "urlize"}


def _environment(*, markup: bool) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(autoescape=markup, undefined=StrictUndefined, finalize=_finalize)
    for name in _ARITHMETIC_FILTERS:
        environment.filters.pop(name, None)
    environment.globals.clear()
    environment.filters = {name: _through_gaps(function) for name, function in environment.filters.items()}
    environment.filters.update({name: _through_gaps(function) for name, function in FILTERS.items()})
    environment.tests.update(TESTS)
    return environment


@functools.cache
def text() -> SandboxedEnvironment:
    """Give the environment of rules, messages and file names: nothing is escaped."""
    return _environment(markup=False)


@functools.cache
def markup() -> SandboxedEnvironment:
    """Give the environment of Word and HTML templates: everything is escaped."""
    return _environment(markup=True)


@functools.lru_cache(maxsize=4096)
def _compiled(source: str) -> Callable[..., Any]:
    return text().compile_expression(source, undefined_to_none=False)


def evaluate(source: str, facts: Mapping[str, Any]) -> Any:
    """Evaluate an expression.

    Raises:
        NotJudged: it needs an answer that is missing or doubtful.
        jinja2.TemplateSyntaxError, jinja2.UndefinedError: the definition is faulty.
    """
    result = _compiled(source)(facts)
    if isinstance(result, StrictUndefined):
        str(result)
    return result


def holds(source: str, facts: Mapping[str, Any]) -> bool:
    """Evaluate a condition; a gap as result is not judged either."""
    return bool(evaluate(source, facts))


@functools.lru_cache(maxsize=4096)
def _template(source: str) -> Any:
    return text().from_string(source)


def fill(source: str, facts: Mapping[str, Any]) -> str:
    """Fill a text template, with the errors of `evaluate`."""
    return str(_template(source).render(facts))
