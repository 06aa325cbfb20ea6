"""The language of rules, conditions and templates: sandboxed, strict Jinja, in two settings.

The *text* setting (rules, messages, file names) never escapes; the *markup* setting (Word, HTML) always
does. Both know gaps: an answer that is not given is a `Gap`, and what a gap does depends on who asks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.expression.filters import (
    FILTERS,
    STATES,
    TESTS,
    column,
    day,
    plus_days,
    plus_months,
    plus_years,
    show,
    total,
    where,
)
from pipeline.expression.gaps import Gap, NotJudged, Use
from pipeline.expression.names import lacking, needed, parse, tested
from pipeline.expression.records import Chosen, Record, as_used, record
from pipeline.expression.wrapping import beside_gaps, of_label, through_gaps

__all__ = [
    "FILTERS",
    "STATES",
    "TESTS",
    "Chosen",
    "ExpressionFault",
    "Gap",
    "NotJudged",
    "Record",
    "Use",
    "as_used",
    "asks_whether",
    "column",
    "day",
    "evaluate",
    "fill",
    "holds",
    "markup",
    "missing",
    "named",
    "names_row",
    "plus_days",
    "plus_months",
    "plus_years",
    "record",
    "show",
    "sketch",
    "text",
    "total",
    "tree",
    "where",
]

ExpressionFault = (TemplateSyntaxError, UndefinedError)

_WITHOUT_FILTERS = (
    *("int", "float", "round", "sum"),  # they lose cents, or fail on an empty cell
    *("attr", "map", "default", "d"),  # they hide a misspelt name
    *("random", "pprint", "safe", "xmlattr", "urlize"),  # they have no place in a paper
)
_OF_LABEL = ("capitalize", "lower", "string", "title", "trim", "truncate", "upper", "wordwrap")
"""Filters of Jinja that write text: of a choice they take the label."""
_WITHOUT_TESTS = ("defined", "undefined")  # they hide a misspelt name


class _Environment(ImmutableSandboxedEnvironment):
    """Reads records and gaps by their own rules: only what they hold, never what they are made of."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is Record:  # as in most tags, and as quick as can be
            try:
                return obj.read(attribute)
            except KeyError:
                return self._lacking(obj, attribute)
        if type(obj) is Gap:
            return obj.read(attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(argument) is Gap:
            argument.meet()
            return argument
        if type(obj) is Record and isinstance(argument, str):
            return self.getattr(obj, argument)
        if type(obj) is Gap:
            return obj.read(str(argument))
        return super().getitem(obj, argument)

    def _lacking(self, obj: Record, name: str) -> Undefined:
        return self.undefined(hint=obj.lacks(name), obj=obj, name=name)


def _finalize(value: Any) -> Any:
    if hasattr(type(value), "__html__") or type(value) is str or isinstance(value, Undefined):
        return value
    return show(value)


def _environment(*, markup: bool) -> _Environment:
    environment = _Environment(autoescape=markup, undefined=StrictUndefined, finalize=_finalize)
    environment.globals.clear()
    filters: dict[str, Any] = {n: each for n, each in environment.filters.items() if n not in _WITHOUT_FILTERS}
    filters |= {name: of_label(filters[name]) for name in _OF_LABEL}
    tests: dict[str, Any] = {n: each for n, each in environment.tests.items() if n not in _WITHOUT_TESTS}
    environment.filters = {name: through_gaps(each) for name, each in (filters | FILTERS).items()}
    tests = {name: beside_gaps(each) for name, each in (tests | TESTS).items()}
    environment.tests = tests | STATES
    return environment


@functools.cache
def text() -> ImmutableSandboxedEnvironment:
    """Give the environment of rules, messages and file names: nothing is escaped."""
    return _environment(markup=False)


@functools.cache
def markup() -> ImmutableSandboxedEnvironment:
    """Give the environment of Word and HTML templates: everything is escaped."""
    return _environment(markup=True)


@functools.lru_cache(maxsize=4096)
def _compiled(source: str) -> Callable[[Mapping[str, Any]], Any]:
    """Compile an expression to a function that reads the facts where they are, without copying them."""
    result = nodes.Name("result", "store", lineno=1)
    body: list[nodes.Node] = [nodes.Assign(result, parse(text(), source), lineno=1)]
    template = text().from_string(nodes.Template(body, lineno=1))

    environment, steps, blocks = text(), template.root_render_func, template.blocks

    def run(facts: Mapping[str, Any]) -> Any:
        context = Context(environment, cast("dict[str, Any]", facts), None, blocks)
        for _part in steps(context):
            pass
        return context.vars["result"]

    return run


def evaluate(source: str, facts: Mapping[str, Any]) -> Any:
    """Evaluate an expression.

    Raises:
        NotJudged: it needs an answer that is missing or doubtful.
        jinja2.TemplateSyntaxError, jinja2.UndefinedError: the definition is faulty.
    """
    result = _compiled(source)(facts)
    if isinstance(result, Undefined):
        str(result)
    return result


def tree(source: str) -> nodes.Expr:
    """Give the tree of an expression; jinja2.TemplateSyntaxError when it is none."""
    return parse(text(), source)


def missing(source: str, facts: Mapping[str, Any], met: Gap) -> tuple[str, ...]:
    """Give the labels of every answer that an expression needs and does not have, the one that it met first."""
    return lacking(text(), source, facts, met)


def asks_whether(source: str) -> frozenset[str]:
    """Give the names and columns of which an expression asks whether they are there."""
    return tested(text(), source)


def names_row(source: str) -> bool:
    """Tell whether an expression looks at the row."""
    return any(name[0] == "row" for name in needed(text(), source))


def holds(source: str, facts: Mapping[str, Any]) -> bool:
    """Evaluate a condition; a gap as result is not judged either."""
    return bool(evaluate(source, facts))


@functools.lru_cache(maxsize=4096)
def _template(source: str) -> Any:
    return text().from_string(source)


def fill(source: str, facts: Mapping[str, Any]) -> str:
    """Fill a text template, with the errors of `evaluate`."""
    return str(_template(source).render(facts))


def sketch(source: str, facts: Mapping[str, Any]) -> str:
    """Fill a text template as a draft, whoever the facts are for: a gap shows as `[ontbreekt: …]`."""
    return fill(source, {name: as_used(facts[name], Use.DRAFT) for name in named(source) if name in facts})


@functools.lru_cache(maxsize=4096)
def named(source: str) -> tuple[str, ...]:
    """Give the names that a text template uses."""
    return tuple(sorted(meta.find_undeclared_variables(text().parse(source))))
