"""The tree of an expression held against what its names stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from pipeline.expression import STATES
from pipeline.language import _
from pipeline.library import nearest
from pipeline.lint.filters import result
from pipeline.lint.kinds import ANY, NUMBER, TEXT, YESNO, Keyed, Kind, Many, Named, Plain, Scope, either, together

Report = Callable[[int, str, str], None]
"""Takes the line, the message and the suggestion of a fault."""

_DATE_PARTS = ("year", "month", "day", "weekday", "isoweekday")
_COMPARABLE = {
    "number": "number",
    "date": "date",
    "moment": "moment",
    "yesno": "yesno",
    "text": "text",
    "choice": "text",
}


class Walker:
    """One walk over an expression; what it finds goes to `report`."""

    def __init__(self, environment: Any, report: Report) -> None:
        self.environment = environment
        self.report = report

    def infer(self, node: nodes.Node, scope: Scope) -> Kind:
        """Give the kind of an expression, reporting what is wrong in it."""
        reader = _READERS.get(type(node))
        if reader is not None:
            return reader(self, node, scope)
        kinds = [self.infer(child, scope) for child in node.iter_child_nodes()]
        if not isinstance(node, nodes.BinExpr | nodes.UnaryExpr):
            return ANY
        if isinstance(node, nodes.Add) and any(isinstance(kind, Many) for kind in kinds):
            return Many(either(kind.of for kind in kinds if isinstance(kind, Many)))
        for kind in kinds:
            if not (isinstance(kind, Plain) and kind.name in ("number", "any")):
                self.report(node.lineno, _("Hier wordt gerekend met {kind}.").format(kind=_words(kind)), "")
        return NUMBER

    def _name(self, node: nodes.Name, scope: Scope) -> Kind:
        if node.name not in scope:
            self.report(node.lineno, _("«{name}» bestaat niet.").format(name=node.name), nearest(node.name, scope))
            return ANY
        return scope[node.name]

    def _const(self, node: nodes.Const, _scope: Scope) -> Kind:
        value = node.value
        if isinstance(value, float):
            message = _("{value} is geen nauwkeurig getal; zet het als parameter in de oproep.")
            self.report(node.lineno, message.format(value=value), "")
        if isinstance(value, bool):
            return YESNO
        if value is None:
            self.report(node.lineno, _("«none» komt niet voor; vraag «is given» of «is empty»."), "")
        return NUMBER if isinstance(value, int | float) else TEXT

    def _attribute(self, node: nodes.Getattr, scope: Scope) -> Kind:
        return self.part(self.infer(node.node, scope), node.attr, node.lineno)

    def _item(self, node: nodes.Getitem, scope: Scope) -> Kind:
        kind = self.infer(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            return kind
        self.infer(node.arg, scope)
        if isinstance(kind, Keyed | Many):
            return kind.of
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self.part(kind, node.arg.value, node.lineno)
        return together(kind.parts.values()) if isinstance(kind, Named) else ANY

    def part(self, kind: Kind, name: str, line: int) -> Kind:
        """Give what stands under a name of a record."""
        if isinstance(kind, Named):
            if name not in kind.parts:
                message = _("{about} heeft geen «{name}».").format(about=kind.about, name=name)
                self.report(line, message, nearest(name, kind.parts))
                return ANY
            return kind.parts[name]
        if isinstance(kind, Many):
            message = _("Een tabel heeft geen «{name}»; gebruik een lus, total('{name}') of column('{name}').")
            self.report(line, message.format(name=name), "")
        elif isinstance(kind, Plain) and kind.name in ("date", "moment") and name in _DATE_PARTS:
            return NUMBER
        elif (
            isinstance(kind, Plain)
            and kind.name in ("text", "choice")
            and not name.startswith("_")
            and hasattr("", name)
        ):
            return ANY
        elif isinstance(kind, Plain) and kind.name not in ("any", "nothing"):
            message = _("Van {kind} kan geen «{name}» worden gevraagd.")
            self.report(line, message.format(kind=_words(kind), name=name), "")
        return ANY

    def _filter(self, node: nodes.Filter, scope: Scope) -> Kind:
        kind = self.infer(node.node, scope) if node.node is not None else TEXT
        arguments = list(node.args)
        given = [self.infer(argument, scope) for argument in arguments]
        named: dict[str, nodes.Expr] = {str(each.key): each.value for each in node.kwargs}
        for value in named.values():
            self.infer(value, scope)
        name = node.name
        if name not in self.environment.filters:
            message = _("De filter «{name}» bestaat niet.").format(name=name)
            self.report(node.lineno, message, nearest(name, self.environment.filters))
            return ANY
        return result(self, node, kind, given, named)

    def column(self, kind: Kind, name: nodes.Expr) -> Kind:
        """Give what a column holds; of other things than rows nothing is known."""
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
            return ANY
        if isinstance(kind, Many) and isinstance(kind.of, Named):
            return self.part(kind.of, name.value, name.lineno)
        if not (isinstance(kind, Plain) and kind.name == "any") and not isinstance(kind, Many):
            self.report(
                name.lineno, _("«{name}» wordt gevraagd van iets dat geen tabel is.").format(name=name.value), ""
            )
        return ANY

    def expect(self, kind: Kind, names: tuple[str, ...], filtered: str, line: int) -> None:
        """Report a filter that gets another kind than it can take."""
        if isinstance(kind, Plain) and (kind.name == "any" or kind.name in names):
            return
        message = _("De filter «{filter}» vraagt {wanted}, en dit is {kind}.")
        wanted = _(" of ").join(_plain(name) for name in names)
        self.report(line, message.format(filter=filtered, wanted=wanted, kind=_words(kind)), "")

    def _test(self, node: nodes.Test, scope: Scope) -> Kind:
        kind = self.infer(node.node, scope)
        for argument in node.args:
            self.infer(argument, scope)
            if node.name in ("equalto", "eq", "==", "ne", "in"):
                self.option(kind, argument)
        if node.name not in self.environment.tests:
            message = _("De test «{name}» bestaat niet.").format(name=node.name)
            self.report(node.lineno, message, nearest(node.name, (*STATES, *self.environment.tests)))
        return YESNO

    def _compare(self, node: nodes.Compare, scope: Scope) -> Kind:
        left = self.infer(node.expr, scope)
        for operand in node.ops:
            right = self.infer(operand.expr, scope)
            if operand.op in ("in", "notin"):
                items = operand.expr.items if isinstance(operand.expr, nodes.Tuple | nodes.List) else []
                for item in items:
                    self.option(left, item)
                if isinstance(right, Many):
                    self.option(right.of, node.expr)
                if isinstance(right, Named) and isinstance(node.expr, nodes.Const):
                    self.part(right, str(node.expr.value), node.lineno)
            else:
                self.option(left, operand.expr)
                self.option(right, node.expr)
                self._comparable(left, right, node.lineno)
            left = right
        return YESNO

    def _comparable(self, left: Kind, right: Kind, line: int) -> None:
        if not isinstance(left, Plain) or not isinstance(right, Plain) or "any" in (left.name, right.name):
            return
        if _COMPARABLE[left.name] != _COMPARABLE[right.name]:
            message = _("{left} wordt vergeleken met {right}.").format(left=_words(left), right=_words(right))
            hint = (
                _(" Maak van een moment een datum met «|day».") if {left.name, right.name} == {"date", "moment"} else ""
            )
            self.report(line, message[0].upper() + message[1:] + hint, "")

    def option(self, kind: Kind, wanted: nodes.Expr) -> None:
        """Report a text that a choice can never be."""
        options = kind.of.options if isinstance(kind, Many) and isinstance(kind.of, Plain) else ()
        options = kind.options if isinstance(kind, Plain) else options
        if (
            options
            and isinstance(wanted, nodes.Const)
            and isinstance(wanted.value, str)
            and wanted.value not in options
        ):
            message = _("De keuze «{value}» bestaat niet; kies uit {options}.")
            shown = message.format(value=wanted.value, options=", ".join(options))
            self.report(wanted.lineno, shown, nearest(wanted.value, options))

    def _either(self, node: nodes.CondExpr, scope: Scope) -> Kind:
        self.infer(node.test, scope)
        branches = [self.infer(node.expr1, scope)]
        if node.expr2 is not None:
            branches.append(self.infer(node.expr2, scope))
        return together(branches)

    def _boolean(self, node: nodes.BinExpr, scope: Scope) -> Kind:
        return together([self.infer(node.left, scope), self.infer(node.right, scope)])

    def _not(self, node: nodes.Not, scope: Scope) -> Kind:
        self.infer(node.node, scope)
        return YESNO

    def _concat(self, node: nodes.Concat, scope: Scope) -> Kind:
        for part in node.nodes:
            self.printed(part, scope)
        return TEXT

    def _dict(self, node: nodes.Dict, scope: Scope) -> Kind:
        parts = {}
        for pair in node.items:
            value = self.infer(pair.value, scope)
            if isinstance(pair.key, nodes.Const):
                parts[str(pair.key.value)] = value
        return Named(_("de reeks"), parts)

    def _sequence(self, node: nodes.Tuple | nodes.List, scope: Scope) -> Kind:
        return Many(either([self.infer(item, scope) for item in node.items]))

    def _modulo(self, node: nodes.Mod, scope: Scope) -> Kind:
        left = self.infer(node.left, scope)
        self.infer(node.right, scope)
        return left

    def printed(self, node: nodes.Expr, scope: Scope) -> None:
        """Walk an expression of which the result is printed."""
        kind = self.infer(node, scope)
        if isinstance(kind, Named):
            message = _("{about} heeft geen eigen tekst; noem een deel ervan: {parts}.")
            self.report(node.lineno, message.format(about=kind.about, parts=", ".join(list(kind.parts)[:8])), "")
        elif isinstance(kind, Many) and isinstance(kind.of, Named):
            message = _("Een tabel ({about}) kan niet in een zin; gebruik een lus of een filter.")
            self.report(node.lineno, message.format(about=kind.of.about), "")


def _words(kind: Kind) -> str:
    if isinstance(kind, Named):
        return kind.about
    if isinstance(kind, Many | Keyed):
        return _("een tabel of lijst")
    return _plain(kind.name)


def _plain(name: str) -> str:
    return {
        "number": _("een getal"),
        "date": _("een datum"),
        "moment": _("een moment"),
        "yesno": _("ja of nee"),
        "text": _("tekst"),
    }.get(name, _("een keuze"))


_READERS: dict[type[nodes.Node], Callable[[Walker, Any, Scope], Kind]] = {
    nodes.Name: Walker._name,  # noqa: SLF001 - the table of this class's own methods
    nodes.Const: Walker._const,  # noqa: SLF001
    nodes.Getattr: Walker._attribute,  # noqa: SLF001
    nodes.Getitem: Walker._item,  # noqa: SLF001
    nodes.Filter: Walker._filter,  # noqa: SLF001
    nodes.Test: Walker._test,  # noqa: SLF001
    nodes.Compare: Walker._compare,  # noqa: SLF001
    nodes.CondExpr: Walker._either,  # noqa: SLF001
    nodes.And: Walker._boolean,  # noqa: SLF001
    nodes.Or: Walker._boolean,  # noqa: SLF001
    nodes.Not: Walker._not,  # noqa: SLF001
    nodes.Concat: Walker._concat,  # noqa: SLF001
    nodes.Dict: Walker._dict,  # noqa: SLF001
    nodes.Tuple: Walker._sequence,  # noqa: SLF001
    nodes.List: Walker._sequence,  # noqa: SLF001
    nodes.Mod: Walker._modulo,  # noqa: SLF001
}
