"""What a filter gives, and what it asks of the columns and values it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from pipeline.language import _
from pipeline.library import nearest
from pipeline.lint.kinds import ANY, DATE, NUMBER, TEXT, Kind, Many, Named

if TYPE_CHECKING:
    from pipeline.lint.infer import Walker

_COLUMNS = {
    "total": (0, 1),
    "where": (0, 1),
    "column": (0, 1),
    "distinct": (0, 1),
    "whose": (0, 1),
    "having": (0, 2),
    "sums": (0, None),
    "same": (1, None),
    "selectattr": (0, 1),
    "rejectattr": (0, 1),
    "groupby": (0, 1),
}
"""Which arguments of a filter name columns: from, to."""
_TEST_AT = {"selectattr": 1, "rejectattr": 1, "select": 0, "reject": 0}
"""Which argument of a filter names a test."""
_WITH_ATTRIBUTE = ("sort", "unique", "min", "max", "join")
_NUMBERS = ("euro", "in_euro", "number", "percent", "abs", "cents_up")
_DATES = ("date_long", "date_short", "day", "plus_years", "plus_months", "plus_days")
_SAME_KIND = (
    *("optional", "where", "whose", "having", "same", "list", "sort", "unique", "reverse"),
    *("selectattr", "rejectattr", "select", "reject"),
)
_ONE_OF = ("first", "last", "min", "max")
_TEXTS = (
    "words",
    "join",
    "upper",
    "lower",
    "capitalize",
    "title",
    "trim",
    "replace",
    "truncate",
    "string",
    "kbo",
    "iban",
)
_SUMS = Named("sums", {"key": ANY, "total": NUMBER})
_AGAINST = Named("against", {"what": TEXT, "key": ANY, "left": NUMBER, "right": NUMBER})
_GIVES: dict[str, Kind] = {
    "total": NUMBER,
    "length": NUMBER,
    "count": NUMBER,
    "abs": NUMBER,
    "cents_up": NUMBER,
    "day": DATE,
    "sums": Many(_SUMS),
    "against": Many(_AGAINST),
    "paragraphs": Many(TEXT),
    "ids": Many(TEXT),
    "parts": Many(TEXT),
    "file_names": Many(TEXT),
    **dict.fromkeys(("euro", "in_euro", "number", "percent", "date_long", "date_short", "moment", *_TEXTS), TEXT),
}


def result(walker: Walker, node: nodes.Filter, kind: Kind, given: list[Kind], named: dict[str, nodes.Expr]) -> Kind:
    """Give the kind of a filter's result; what does not fit is reported."""
    name = node.name
    cells = _columns(walker, node, kind, given)
    if name in _WITH_ATTRIBUTE and "attribute" in named:
        walker.column(kind, named["attribute"])
    _hold_test(walker, node)
    if name in _NUMBERS:
        for each in (kind, *given):
            walker.expect(each, ("number",), name, node.lineno)
    elif name in _DATES:
        walker.expect(kind, ("date", "moment"), name, node.lineno)
    elif name == "moment":
        walker.expect(kind, ("moment",), name, node.lineno)
    elif name in ("total", "sums"):
        for cell in cells[0 if name == "total" else 1 :]:
            walker.expect(cell, ("number",), name, node.lineno)
    elif name == "where" and cells:
        for wanted in node.args[1:]:
            walker.option(cells[0], wanted)
    if name in ("column", "distinct") and cells:
        return Many(cells[0])
    if name in _SAME_KIND or name.startswith("plus_"):
        return kind
    if name in _ONE_OF:
        return kind.of if isinstance(kind, Many) else ANY
    return _GIVES.get(name, ANY)


def _columns(walker: Walker, node: nodes.Filter, kind: Kind, given: list[Kind]) -> list[Kind]:
    if node.name not in _COLUMNS:
        return []
    start, end = _COLUMNS[node.name]
    cells = [walker.column(kind, argument) for argument in node.args[start:end]]
    if node.name == "same" and given:
        for argument in node.args[1:]:
            walker.column(Many(given[0]), argument)
    return cells


def _hold_test(walker: Walker, node: nodes.Filter) -> None:
    """Report a test, named as a text, that does not exist."""
    position = _TEST_AT.get(node.name)
    if position is None or len(node.args) <= position:
        return
    test = node.args[position]
    known = walker.environment.tests
    if isinstance(test, nodes.Const) and test.value not in known:
        message = _("De test «{name}» bestaat niet.").format(name=test.value)
        walker.report(test.lineno, message, nearest(str(test.value), known))
