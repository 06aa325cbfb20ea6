"""A template rewritten so that it hands over each value that it prints, with a companion that traces it.

The companion of an expression is an expression too: of `a.kost|euro` in a loop over `acties` it gives the trace of that
cell. It evaluates no more than the template itself does, and in the same order. What a block makes of what stands in it
(`filter`, `set`, a macro, a call) is known when it ends: until then a frame of the recorder holds what is noted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from pipeline.renderers import tracers

NOTE, NOTE_WORDS, KEEP = "note what is printed", "note words", "keep trace"
NOTE_CALL, NOTE_BLOCK = "note what a call printed", "note what a block printed"
DROP, CALL, ARGUMENT = "drop frame", "begin call", "trace of argument"

_MARKUP = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"</?w:p[ >/]")
_LETTER = re.compile(r"\w")
_BLOCK = "printed_by_block"


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a statement stands."""

    own: set[str] = field(default_factory=set)
    """The names that the template itself gave a value."""
    tests: tuple[nodes.Node, ...] = ()
    """The tests that chose the branch."""

    def inside(self) -> _Scope:
        """Give the scope of a block of which the names end with it."""
        return _Scope(set(self.own), self.tests)


class _Calls(NodeTransformer):
    """Puts around each call that it hands the traces of its arguments to a macro."""

    def __init__(self, own: Iterable[str]) -> None:
        self._own = own

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802 - jinja2 asks for this name
        """Put it around one call, after those in its arguments."""
        self.generic_visit(call)
        return tracers.through(tracers.CALLED, nodes.Or(_beginning(call, self._own), call))


def rewritten(tree: nodes.Template) -> nodes.Template:
    """Give a template that prints the same as the given one, and notes it."""
    return nodes.Template(_body(tree.body, _Scope()), lineno=1)


def tracing(expression: nodes.Expr) -> nodes.Template:
    """Give a template that keeps the trace of an expression."""
    return nodes.Template([nodes.Output([tracers.through(KEEP, tracers.trace(expression, frozenset()))])], lineno=1)


def _body(statements: Iterable[nodes.Node], scope: _Scope) -> list[nodes.Node]:
    return [made for statement in statements for made in _statement(statement, scope)]


def _statement(statement: nodes.Node, scope: _Scope) -> Iterator[nodes.Node]:
    match statement:
        case nodes.Output():
            yield nodes.Output([_printed(each, scope) for each in statement.nodes])
        case nodes.If():
            yield _choice(statement, scope)
        case nodes.For():
            yield from _loop(statement, scope)
        case nodes.Assign():
            value = _Calls(scope.own).visit(statement.node)
            trace = _chosen(tracers.trace(value, scope.own), value, scope)
            yield nodes.Assign(statement.target, _quiet(value))
            yield from _shadows(statement.target, trace, scope.own, whole=True)
        case nodes.AssignBlock():
            yield _doing(tracers.OPEN)
            yield nodes.AssignBlock(statement.target, statement.filter, _body(statement.body, scope.inside()))
            trace = tracers.through(
                tracers.GATHER, nodes.Const(""), tracers.together(()), nodes.Const(_only_writes(statement))
            )
            yield from _shadows(statement.target, trace, scope.own, whole=True)
        case nodes.FilterBlock():
            yield _doing(tracers.OPEN)
            inside = nodes.FilterBlock(_body(statement.body, scope.inside()), statement.filter)
            yield nodes.AssignBlock(nodes.Name(_BLOCK, "store"), None, [inside])
            printed = nodes.Name(_BLOCK, "load")
            yield nodes.Output([tracers.through(NOTE_BLOCK, printed, nodes.Const(_only_writes(statement)))])
        case nodes.With():
            yield _with(statement, scope)
        case nodes.Macro():
            defaults = [_quiet(_Calls(scope.own).visit(each)) for each in statement.defaults]
            yield nodes.Macro(statement.name, statement.args, defaults, _of_macro(statement, scope))
        case nodes.CallBlock():
            _Calls(scope.own).generic_visit(statement.call)
            yield nodes.Output([_beginning(statement.call, scope.own)])
            body = _of_macro(statement, scope)
            yield nodes.CallBlock(statement.call, statement.args, statement.defaults, body)
            yield _doing(tracers.CALLED)
        case nodes.Block() | nodes.Scope() | nodes.ScopedEvalContextModifier():
            statement.body = _body(statement.body, scope.inside())
            yield statement
        case _:
            yield statement


def _printed(printed: nodes.Expr, scope: _Scope) -> nodes.Expr:
    """Note a value where it is printed."""
    if isinstance(printed, nodes.TemplateData):
        return printed
    is_call = isinstance(printed, nodes.Call)
    value = _Calls(scope.own).visit(printed)
    if not _has_call(value):
        return tracers.through(NOTE, value, tracers.trace(value, scope.own))
    if is_call:
        trace = tracers.together(tracers.trace(each, scope.own) for each in printed.iter_child_nodes())
    else:
        trace = tracers.trace(value, scope.own)
    return tracers.through(NOTE_CALL, tracers.in_frame(value), trace, nodes.Const(is_call))


def _with(block: nodes.With, scope: _Scope) -> nodes.With:
    inside = scope.inside()
    targets: list[nodes.Expr] = []
    values: list[nodes.Expr] = []
    for target, given in zip(block.targets, block.values, strict=True):
        value = _Calls(scope.own).visit(given)
        trace = tracers.trace(value, scope.own)
        targets.append(target)
        values.append(_quiet(value))
        for name, kept in _traced(target, trace, inside.own, whole=True):
            targets.append(nodes.Name(name, "param"))
            values.append(kept)
    return nodes.With(targets, values, _body(block.body, inside))


def _of_macro(macro: nodes.Macro | nodes.CallBlock, scope: _Scope) -> list[nodes.Node]:
    """Give the body of a macro, or what a call hands to one: it first takes the traces of its arguments."""
    inside = scope.inside()
    taken: list[nodes.Node] = []
    missing = len(macro.args) - len(macro.defaults)
    for place, name in enumerate(macro.args):
        default = (
            tracers.trace(macro.defaults[place - missing], scope.own) if place >= missing else tracers.together(())
        )
        trace = tracers.through(ARGUMENT, nodes.Const(name.name), nodes.Const(place), default)
        taken.append(nodes.Assign(nodes.Name(tracers.shadow(name.name), "store"), trace))
    for rest in ("varargs", "kwargs"):
        trace = tracers.through(ARGUMENT, nodes.Const(""))
        taken.append(nodes.Assign(nodes.Name(tracers.shadow(rest), "store"), trace))
    inside.own.update(["varargs", "kwargs", *(name.name for name in macro.args)])
    return [*taken, *_body(macro.body, inside)]


def _beginning(call: nodes.Call, own: Iterable[str]) -> nodes.Expr:
    """Hand over the traces of the arguments of a call; those that cannot be told apart, as one."""
    named = [nodes.Pair(nodes.Const(each.key), tracers.trace(each.value, own)) for each in call.kwargs]
    rest = [tracers.trace(each, own) for each in (call.dyn_args, call.dyn_kwargs) if each is not None]
    given = [nodes.List([tracers.trace(each, own) for each in call.args]), nodes.Dict(named)]
    return tracers.through(CALL, nodes.Const(""), *given, tracers.together(rest) if rest else nodes.Const(None))


def _shadows(target: nodes.Node, trace: nodes.Expr, own: set[str], *, whole: bool) -> Iterator[nodes.Assign]:
    """Keep the trace of what a name is given beside it."""
    for name, kept in _traced(target, trace, own, whole=whole):
        yield nodes.Assign(nodes.Name(name, "store"), kept)


def _traced(target: nodes.Node, trace: nodes.Expr, own: set[str], *, whole: bool) -> Iterator[tuple[str, nodes.Expr]]:
    for name in [target, *target.find_all(nodes.Name)]:
        if isinstance(name, nodes.Name):
            own.add(name.name)
            yield tracers.shadow(name.name), trace if whole and name is target else tracers.together([trace])


def _loop(loop: nodes.For, scope: _Scope) -> Iterator[nodes.Node]:
    over = tracers.shadow("_".join(["over", *(name.name for name in [loop.target] if isinstance(name, nodes.Name))]))
    rows = _Calls(scope.own).visit(loop.iter)
    yield nodes.Assign(nodes.Name(over, "store"), tracers.trace(rows, scope.own))
    inside = scope.inside()
    one: nodes.Expr = nodes.Name(over, "load")
    if isinstance(loop.target, nodes.Name):
        one = tracers.through(tracers.WITHIN, nodes.Name(loop.target.name, "load"), one)
    start = list(_shadows(loop.target, one, inside.own, whole=isinstance(loop.target, nodes.Name)))
    body = [*start, *_body(loop.body, inside)]
    test = None if loop.test is None else _quiet(_Calls(inside.own).visit(loop.test))
    yield nodes.For(loop.target, _quiet(rows), body, _body(loop.else_, scope), test, loop.recursive)


def _choice(choice: nodes.If, scope: _Scope) -> nodes.If:
    tests: tuple[nodes.Node, ...] = scope.tests
    chosen = []
    for one in [choice, *choice.elif_]:
        test = _Calls(scope.own).visit(one.test)
        tests = (*tests, test)
        chosen.append((_quiet(test), _branch(one.body, _Scope(scope.own, tests), len(scope.tests))))
    (first, body), *others = chosen
    otherwise = _branch(choice.else_, _Scope(scope.own, tests), len(scope.tests)) if choice.else_ else []
    return nodes.If(first, body, [nodes.If(test, inside, [], []) for test, inside in others], otherwise)


def _branch(body: list[nodes.Node], scope: _Scope, outer: int) -> list[nodes.Node]:
    return [*_words(body, scope.tests[outer:], scope.own), *_body(body, scope)]


def _chosen(trace: nodes.Expr, value: nodes.Node, scope: _Scope) -> nodes.Expr:
    """Give the trace of a value that a name gets; of words of the template, that of the tests that chose them."""
    if not isinstance(value, nodes.Const) or not scope.tests:
        return trace
    return tracers.together(tracers.trace(test, scope.own) for test in scope.tests)


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
        text = _text(piece.data) if isinstance(piece, nodes.TemplateData) else ""
        if _LETTER.search(text):
            yield nodes.Output(
                [
                    tracers.through(
                        NOTE_WORDS, nodes.Const(text), tracers.together(tracers.trace(test, own) for test in tests)
                    )
                ]
            )


def _only_writes(block: nodes.FilterBlock | nodes.AssignBlock) -> bool:
    """Tell whether a block only writes the value in it, without words of its own."""
    made: nodes.Expr | None = block.filter
    while isinstance(made, nodes.Filter):
        if made.name not in tracers.SHOWING:
            return False
        made = made.node
    return not any(_LETTER.search(_text(piece.data)) for piece in block.find_all(nodes.TemplateData))


def _text(markup: str) -> str:
    return html.unescape(_MARKUP.sub("", markup)).strip()


def _has_call(value: nodes.Node) -> bool:
    return isinstance(value, nodes.Call) or next(value.find_all(nodes.Call), None) is not None


def _quiet(value: nodes.Expr) -> nodes.Expr:
    """Evaluate without noting what macros in it print: it is not printed there."""
    return tracers.through(DROP, tracers.in_frame(value)) if _has_call(value) else value


def _doing(name: str) -> nodes.Output:
    return nodes.Output([tracers.through(name, nodes.Const(""))])
