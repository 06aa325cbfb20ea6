"""How a value is written into a Word template: the two Jinja environments of templates."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from jinja2 import TemplateError, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from pipeline import expression
from pipeline.expression import Chosen, Gap
from pipeline.renderers import choosing
from pipeline.visible import visible

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_PLAIN = re.compile(r"[ !#-%(-;=?-~\u00a0-\u0618\u0620-\u200d\u2010-\u2027\u2070-\ud7ff]*")
"""Text that stays as it is: nothing to escape, nothing hidden, no line end; most values are."""
_VISIBLE = re.compile(r"[\n\t -~\u00a0-\u0618\u0620-\u200d\u2010-\u2027\u2070-\ud7ff]*")
"""Text in which nothing is hidden."""
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"), ("\n", _BREAK))
"""Quotes too: an endnote may have a value in an attribute. The break comes last, for it is markup."""
_SHOWN_BY_DOCXTPL = re.compile("[^\a\f]+")

FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template can raise: its own errors, and those of filters given the wrong thing."""

printed: ContextVar[list[Gap]] = ContextVar("gaps printed by the rendering under way")
"""`word.render` sets a list and reads it."""


class _Code(CodeGenerator):
    """Writes what finalize gives: that is escaped already, and escaping it again would only cost time."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")


@functools.cache
def environment() -> Any:
    """Give the environment of compiled templates: that of markup, where a value becomes text of a run."""
    made = _environment(_in_a_run)
    made.code_generator_class = _Code
    return made


@functools.cache
def for_docxtpl() -> Any:
    """Give the environment of templates that docxtpl fills: it makes line breaks and tabs of a text itself."""
    return _environment(_for_docxtpl)


def _environment(finalize: Callable[[Any], str]) -> Any:
    made = expression.markup().overlay(finalize=finalize)
    made.filters = {**made.filters, **choosing.FILTERS}
    made.tests = {**made.tests, **choosing.TESTS}
    return made


def _in_a_run(value: Any) -> str:
    """Write a value into a run of text: escaped, visible, each line end a line break; tabs are left to docxtpl."""
    if type(value) is str:
        if _PLAIN.fullmatch(value):
            return value
        if _VISIBLE.fullmatch(value):
            text: str = value
            for sign, written in _ESCAPES:
                text = text.replace(sign, written)
            return text
    return _text(value).replace("\n", _BREAK)


def _for_docxtpl(value: Any) -> Markup:
    """Write a value for docxtpl: what it makes itself as it is, text so that it takes none of it for a tag."""
    if hasattr(value, "__html__") and not isinstance(value, Chosen | Gap | Markup | Undefined):
        shown = _SHOWN_BY_DOCXTPL.sub(lambda text: visible(text[0]), value.__html__())
        return Markup(shown)  # noqa: S704 - what docxtpl's own objects write
    return Markup(_text(value).replace("_", "&#95;"))  # noqa: S704 - escaped by _text


def _text(value: Any) -> str:
    if isinstance(value, Markup):
        return visible(value)  # escaped already: made by the template itself
    if isinstance(value, Gap):
        shown = str(value)
        printed.get().append(value)
    elif isinstance(value, Undefined):
        shown = str(value)  # which raises
    else:
        shown = expression.show(value)
    return str(escape(visible(shown)))
