"""The tree of a template held against what its names stand for."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import nodes

from pipeline.language import _
from pipeline.lint.infer import Walker
from pipeline.lint.kinds import ANY, TEXT, Keyed, Kind, Many, Named, Plain, Scope

_LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")


class TemplateWalker(Walker):
    """One walk over the statements of a template."""

    def statements(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        """Walk the statements of a template; what they set stays in the scope."""
        for node in body:
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: Scope) -> None:
        """Walk one statement."""
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    self.printed(part, scope)
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.If):
            self.infer(node.test, scope)
            for branch in (node.body, node.elif_, node.else_):
                self.statements(branch, scope)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self.infer(node.node, scope), scope)
        elif isinstance(node, nodes.AssignBlock | nodes.FilterBlock | nodes.Scope | nodes.ScopedEvalContextModifier):
            inner = dict(scope)
            self.statements(node.body, inner)
            if isinstance(node, nodes.AssignBlock):
                self._bind(node.target, TEXT, scope)
        elif isinstance(node, nodes.With):
            inner = dict(scope)
            for target, value in zip(node.targets, node.values, strict=True):
                self._bind(target, self.infer(value, scope), inner)
            self.statements(node.body, inner)
        elif isinstance(node, nodes.Macro):
            scope[node.name] = ANY
            self.statements(node.body, {**scope, **{each.name: ANY for each in node.args}, "caller": ANY})
        elif isinstance(node, nodes.Expr):
            self.infer(node, scope)
        else:
            self.report(node.lineno, _("Dit kan een sjabloon hier niet."), "")

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        kind = self.infer(node.iter, scope)
        inner = dict(scope)
        inner["loop"] = Named("loop", dict.fromkeys(_LOOP, ANY))
        if isinstance(kind, Plain) and kind.name != "any":
            self.report(node.lineno, _("Over één waarde kan geen lus gaan; dit is geen tabel."), "")
        self._bind(node.target, kind.of if isinstance(kind, Many | Keyed) else ANY, inner)
        if node.test is not None:
            self.infer(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, dict(scope))

    def _bind(self, target: nodes.Node, kind: Kind, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, ANY, scope)
