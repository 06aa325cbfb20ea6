"""What an expression says: its tree, and the answers that it needs."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.environment import Environment
from jinja2.parser import Parser

from pipeline.expression.filters import STATES
from pipeline.expression.gaps import Gap
from pipeline.expression.records import Record


def parse(environment: Environment, source: str) -> nodes.Expr:
    """Give the tree of an expression; jinja2.TemplateSyntaxError when it is none."""
    parser = Parser(environment, source, state="variable")
    tree = parser.parse_expression()
    if not parser.stream.eos:
        raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
    tree.set_environment(environment)
    return tree


@functools.lru_cache(maxsize=4096)
def needed(environment: Environment, source: str) -> tuple[tuple[str, ...], ...]:
    """Give the names that an expression uses, columns of the row as `("row", "kost")`.

    What only stands in a test such as `is given` is not needed.
    """
    return tuple(dict.fromkeys(_needed(parse(environment, source))))


def _needed(node: nodes.Node) -> list[tuple[str, ...]]:
    if isinstance(node, nodes.Test) and node.name in STATES:
        return []
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "row":
        return [("row", node.attr)]
    if isinstance(node, nodes.Name):
        return [(node.name,)]
    return [name for child in node.iter_child_nodes() for name in _needed(child)]


@functools.lru_cache(maxsize=4096)
def tested(environment: Environment, source: str) -> frozenset[str]:
    """Give the names and columns of which an expression asks whether they are there.

    Example: `andere_grond is not absent` gives `andere_grond`, `row.bewijs is given` and
    `rows|selectattr('bewijs', 'absent')` give `bewijs`.
    """
    return frozenset(_tested(parse(environment, source)))


def _tested(node: nodes.Node) -> list[str]:
    found = [name for child in node.iter_child_nodes() for name in _tested(child)]
    if isinstance(node, nodes.Test) and node.name in STATES:
        if isinstance(node.node, nodes.Name):
            found.append(node.node.name)
        elif isinstance(node.node, nodes.Getattr):
            found.append(node.node.attr)
    elif isinstance(node, nodes.Filter) and node.name in ("selectattr", "rejectattr"):
        words = [each.value for each in node.args if isinstance(each, nodes.Const)]
        if len(words) == len(node.args) > 1 and words[1] in STATES:
            found.append(str(words[0]))
    return found


def lacking(environment: Environment, source: str, facts: Mapping[str, Any], met: Gap) -> tuple[str, ...]:
    """Give the labels of every answer that an expression needs and does not have, the one that it met first."""
    labels = dict.fromkeys(met.labels)
    for name in needed(environment, source):
        value = facts.get(name[0])
        if len(name) > 1:
            value = value.read(name[1]) if isinstance(value, Record) and value.has(name[1]) else None
        if isinstance(value, Gap) and not value.optional:
            labels.update(dict.fromkeys(value.labels))
    return tuple(labels)
