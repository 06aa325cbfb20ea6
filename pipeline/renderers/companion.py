"""A template rewritten so that it hands over each value that it prints, with a companion that traces it.

The companion of an expression is an expression too: of `a.kost|euro` in a loop over `acties` it gives the trace of that
cell. It evaluates no more than the template itself does, and in the same order.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from jinja2 import nodes

NOTE, NOTE_WORDS, KEEP = "note what is printed", "note words", "keep trace"
FACT, AT, WITHIN, COLUMN, ALL = "trace of fact", "trace at", "trace within", "trace of column", "trace of all"

_SHOWING = frozenset(
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
_MARKUP = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"</?w:p[ >/]")
_LETTER = re.compile(r"\w")


def rewritten(tree: nodes.Template) -> nodes.Template:
    """Give a template that prints nothing and notes what the given one prints."""
    return nodes.Template(_body(tree.body, set()), lineno=1)


def tracing(expression: nodes.Expr) -> nodes.Template:
    """Give a template that keeps the trace of an expression."""
    return nodes.Template([nodes.Output([_through(KEEP, _trace(expression, frozenset()))])], lineno=1)


def _body(statements: Iterable[nodes.Node], own: set[str]) -> list[nodes.Node]:
    """Rewrite statements; `own` holds the names that the template itself gave a value, and takes those of these."""
    return [made for statement in statements for made in _statement(statement, own)]


def _statement(statement: nodes.Node, own: set[str]) -> Iterator[nodes.Node]:
    if isinstance(statement, nodes.Output):
        for printed in statement.nodes:
            if not isinstance(printed, nodes.TemplateData):
                yield nodes.Output([_through(NOTE, printed, _trace(printed, own))])
    elif isinstance(statement, nodes.If):
        yield _choice(statement, own)
    elif isinstance(statement, nodes.For):
        yield from _loop(statement, own)
    elif isinstance(statement, nodes.Assign):
        trace = _trace(statement.node, own)
        yield statement
        yield from _shadows(statement.target, trace, own, whole=True)
    elif isinstance(statement, nodes.AssignBlock):
        yield statement
        yield from _shadows(statement.target, _all(()), own, whole=True)
    elif isinstance(statement, nodes.Macro | nodes.With | nodes.Scope):
        yield statement


def _shadows(target: nodes.Node, trace: nodes.Expr, own: set[str], *, whole: bool) -> Iterator[nodes.Node]:
    """Keep the trace of what a name is given beside it."""
    for name in [target, *target.find_all(nodes.Name)]:
        if isinstance(name, nodes.Name):
            own.add(name.name)
            kept = trace if whole and name is target else _all([trace])
            yield nodes.Assign(nodes.Name(_shadow(name.name), "store"), kept)


def _loop(loop: nodes.For, own: set[str]) -> Iterator[nodes.Node]:
    over = _shadow("_".join(["over", *(name.name for name in [loop.target] if isinstance(name, nodes.Name))]))
    yield nodes.Assign(nodes.Name(over, "store"), _trace(loop.iter, own))
    inside = set(own)
    one: nodes.Expr = nodes.Name(over, "load")
    if isinstance(loop.target, nodes.Name):
        one = _through(WITHIN, nodes.Name(loop.target.name, "load"), one)
    start = list(_shadows(loop.target, one, inside, whole=isinstance(loop.target, nodes.Name)))
    body = [*start, *_body(loop.body, inside)]
    yield nodes.For(loop.target, loop.iter, body, _body(loop.else_, own), loop.test, loop.recursive)


def _choice(choice: nodes.If, own: set[str]) -> nodes.If:
    tests = [choice.test]
    body = [*_words(choice.body, tests, own), *_body(choice.body, own)]
    others = []
    for other in choice.elif_:
        tests = [*tests, other.test]
        others.append(nodes.If(other.test, [*_words(other.body, tests, own), *_body(other.body, own)], [], []))
    return nodes.If(
        choice.test,
        body,
        others,
        [*_words(choice.else_, tests, own), *_body(choice.else_, own)] if choice.else_ else [],
    )


def _words(body: Iterable[nodes.Node], tests: Iterable[nodes.Node], own: set[str]) -> Iterator[nodes.Node]:
    """Note the words of the template itself in a branch that stays within a paragraph: the tests chose them.

    Words around a value that is printed are its sentence, and tell nothing themselves.
    """
    statements = list(body)
    printed = [each for one in statements if isinstance(one, nodes.Output) for each in one.nodes]
    if not all(isinstance(each, nodes.TemplateData) for each in printed) or any(
        _PARAGRAPH.search(piece.data) for each in statements for piece in each.find_all(nodes.TemplateData)
    ):
        return
    for piece in printed:
        text = html.unescape(_MARKUP.sub("", piece.data)).strip() if isinstance(piece, nodes.TemplateData) else ""
        if _LETTER.search(text):
            yield nodes.Output([_through(NOTE_WORDS, nodes.Const(text), _all(_trace(test, own) for test in tests))])


def _trace(node: nodes.Node, own: Iterable[str]) -> nodes.Expr:
    """Give the expression of the trace of an expression."""
    match node:
        case nodes.Name():
            if node.name in own:
                return nodes.Name(_shadow(node.name), "load")
            return _all(()) if node.name == "loop" else _through(FACT, nodes.Const(node.name))
        case nodes.Getattr():
            return _through(AT, node.node, _trace(node.node, own), nodes.Const(node.attr))
        case nodes.Getitem(arg=nodes.Const(value=str())):
            return _through(AT, node.node, _trace(node.node, own), node.arg)
        case nodes.Getitem(arg=nodes.Const(value=int())):
            return _through(WITHIN, node, _trace(node.node, own))
        case nodes.Filter(node=nodes.Expr() as value) if node.name in ("first", "last"):
            return _through(WITHIN, node, _trace(value, own))
        case nodes.Filter(node=nodes.Expr() as value) if node.name in _OF_COLUMN and len(node.args) == 1:
            cells = nodes.Const(_OF_COLUMN[node.name])
            return _through(COLUMN, value, _trace(value, own), node.args[0], cells)
        case nodes.Filter(node=nodes.Expr() as value) if node.name in _SHOWING:
            return _trace(value, own)
        case nodes.CondExpr():
            return nodes.CondExpr(node.test, _either(node, node.expr1, own), _either(node, node.expr2, own))
        case nodes.And():
            right = nodes.CondExpr(node.left, _trace(node.right, own), _all(()))
            return _all([_trace(node.left, own), right])
        case nodes.Or():
            right = nodes.CondExpr(node.left, _all(()), _trace(node.right, own))
            return _all([_trace(node.left, own), right])
        case _:
            return _all(_trace(child, own) for child in node.iter_child_nodes())


def _either(choice: nodes.CondExpr, chosen: nodes.Expr | None, own: Iterable[str]) -> nodes.Expr:
    """Give the trace of what a condition chose; of words of the template, that of the condition."""
    if chosen is None or isinstance(chosen, nodes.Const):
        return _all([_trace(choice.test, own)])
    return _trace(chosen, own)


def _all(traces: Iterable[nodes.Expr]) -> nodes.Expr:
    """Give the expression of the trace of what is computed of several."""
    return _through(ALL, nodes.List(list(traces)))


def _through(name: str, value: nodes.Node, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(value, name, list(arguments), [], None, None)


def _shadow(name: str) -> str:
    return f"trace_of_{name}"
