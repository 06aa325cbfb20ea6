"""How filters and tests meet what is no plain value: gaps, and choices that have a label."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import GeneratorType
from typing import Any

from pipeline.expression.gaps import Gap
from pipeline.expression.records import Chosen


def through_gaps(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let gaps pass a filter: in a draft the result is a gap, elsewhere meeting one raises.

    A table without rows that nobody has to fill is no rows; what would come one by one comes as a list, so
    that it can be counted and asked whether it is empty.
    """
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        value = arguments[position]
        if type(value) is Gap and value.is_no_rows:
            arguments = (*arguments[:position], (), *arguments[position + 1 :])
        for argument in (*arguments, *named.values()) if named else arguments:
            if type(argument) is Gap:
                argument.meet()
                return argument
        result = function(*arguments, **named)
        return list(result) if isinstance(result, GeneratorType) else result

    return wrapped


def beside_gaps(test: Callable[..., bool]) -> Callable[..., bool]:
    """Let a test meet the gaps it is asked about; in a draft it is then false."""
    position = 1 if hasattr(test, "jinja_pass_arg") else 0

    @functools.wraps(test)
    def wrapped(*arguments: Any, **named: Any) -> bool:
        for argument in (*arguments[position:], *named.values()):
            if isinstance(argument, Gap):
                argument.meet()
                return False
        return test(*arguments, **named)

    return wrapped


def of_label(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter of text change the label of a choice: its key is for comparing and never for people."""
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        value = arguments[position]
        if isinstance(value, Chosen):
            arguments = (*arguments[:position], value.label, *arguments[position + 1 :])
        return function(*arguments, **named)

    return wrapped
