"""The companion of an expression: an expression of its trace.

Of `a.kost|euro` in a loop over `acties` it gives the trace of that cell.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes

FACT, AT, WITHIN, COLUMN, ALL = "trace of fact", "trace at", "trace within", "trace of column", "trace of all"
OPEN, GATHER, CALLED = "open frame", "trace of frame", "end call"

SHOWING = frozenset(
    {
        *("euro", "in_euro", "number", "percent", "date_long", "date_short", "moment", "day", "kbo", "iban"),
        *("capitalize", "inside", "lower", "string", "title", "trim", "truncate", "upper", "wordwrap", "words"),
        *("list", "optional", "pairs", "paragraphs", "reverse", "sort", "unique"),
        *("having", "rejectattr", "same", "selectattr", "where", "whose"),
    }
)
"""Filters that write an answer, take parts of it or choose among rows: what they give is still what was read."""
_OF_COLUMN = {"total": False, "column": True, "distinct": True}
"""Filters that take a column of rows → whether they give its cells."""


def trace(node: nodes.Node, own: Iterable[str]) -> nodes.Expr:
    """Give the expression of the trace of an expression."""
    match node:
        case nodes.Name():
            if node.name in own:
                return nodes.Name(shadow(node.name), "load")
            return together(()) if node.name == "loop" else through(FACT, nodes.Const(node.name))
        case nodes.Getattr():
            return through(AT, node.node, trace(node.node, own), nodes.Const(node.attr))
        case nodes.Getitem(arg=nodes.Const(value=str())):
            return through(AT, node.node, trace(node.node, own), node.arg)
        case nodes.Getitem(arg=nodes.Const(value=int())):
            return through(WITHIN, node, trace(node.node, own))
        case nodes.Filter(node=nodes.Or(right=nodes.Call() as call)) if node.name == CALLED:
            given = together(trace(child, own) for child in call.iter_child_nodes())
            return through(GATHER, in_frame(node), given, nodes.Const(0))
        case nodes.Filter(node=nodes.Expr() as value) if node.name in ("first", "last"):
            return through(WITHIN, node, trace(value, own))
        case nodes.Filter(node=nodes.Expr() as value) if node.name in _OF_COLUMN and len(node.args) == 1:
            cells = nodes.Const(_OF_COLUMN[node.name])
            return through(COLUMN, value, trace(value, own), node.args[0], cells)
        case nodes.Filter(node=nodes.Expr() as value) if node.name in SHOWING:
            return trace(value, own)
        case nodes.CondExpr():
            return nodes.CondExpr(node.test, _either(node, node.expr1, own), _either(node, node.expr2, own))
        case nodes.And():
            right = nodes.CondExpr(node.left, trace(node.right, own), together(()))
            return together([trace(node.left, own), right])
        case nodes.Or():
            right = nodes.CondExpr(node.left, together(()), trace(node.right, own))
            return together([trace(node.left, own), right])
        case _:
            return together(trace(child, own) for child in node.iter_child_nodes())


def _either(choice: nodes.CondExpr, chosen: nodes.Expr | None, own: Iterable[str]) -> nodes.Expr:
    """Give the trace of what a condition chose; of words of the template, that of the condition."""
    if chosen is None or isinstance(chosen, nodes.Const):
        return together([trace(choice.test, own)])
    return trace(chosen, own)


def together(traces: Iterable[nodes.Expr]) -> nodes.Expr:
    """Give the expression of the trace of what is computed of several."""
    return through(ALL, nodes.List(list(traces)))


def through(name: str, value: nodes.Node, *arguments: nodes.Expr) -> nodes.Filter:
    """Give a value as a filter of the recording makes it."""
    return nodes.Filter(value, name, list(arguments), [], None, None)


def in_frame(value: nodes.Expr) -> nodes.Expr:
    """Evaluate with a new frame open."""
    return nodes.Or(through(OPEN, nodes.Const("")), value)


def shadow(name: str) -> str:
    """Give the name that holds the trace of what a name of the template was given."""
    return f"trace_of_{name}"
