"""One expression or text template held against its names, its faults under their key."""

from __future__ import annotations

from typing import Any

from jinja2 import TemplateSyntaxError

from pipeline import expression
from pipeline.errors import Fault
from pipeline.language import _
from pipeline.lint.infer import Walker
from pipeline.lint.kinds import ANY, Kind, Scope
from pipeline.lint.walk import TemplateWalker


class Sources:
    """The expressions and texts of one file; what is wrong is added to `faults`."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults

    def fault(self, key: str, message: str, suggestion: str = "") -> None:
        """Add a fault, once."""
        fault = Fault(self.file, key, message, suggestion)
        if fault not in self.faults:
            self.faults.append(fault)

    def expression(self, key: str, source: str, scope: Scope) -> Kind:
        """Hold an expression against the names; give the kind of its result."""
        try:
            tree = expression.tree(source)
        except TemplateSyntaxError as error:
            self.fault(key, _("De uitdrukking klopt niet ({what}).").format(what=error.message))
            return ANY
        return Walker(expression.text(), lambda _line, *said: self.fault(key, *said)).infer(tree, scope)

    def text(self, key: str, source: str, scope: Scope) -> None:
        """Hold a text template against the names."""
        try:
            tree = expression.text().parse(source)
        except TemplateSyntaxError as error:
            self.fault(key, _("De tekst klopt niet ({what}).").format(what=error.message))
            return
        walker: Any = TemplateWalker(expression.text(), lambda _line, *said: self.fault(key, *said))
        walker.statements(tree.body, dict(scope))
