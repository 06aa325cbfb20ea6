"""The fields of Word: where their code ends and their result begins, and which change by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.ooxml.names import OFF, W
from pipeline.readers.controls import Open

TODAY = "[datumveld]"
"""Stands for a date that whoever converted the file replaced by the day on which it did so."""
_DRAWN = re.compile(r"\s*(EQ|SYMBOL)\b", re.IGNORECASE)
_MOVING = re.compile(r"\s*(DATE|TIME)\b", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field whose end has not been read."""

    in_code: bool = True
    code: str = ""
    control: Open | None = None
    """Of an older form field."""
    locked: bool = False
    """Keeps its result whatever happens."""


def is_moving(code: str) -> bool:
    """Tell whether a field shows the day or the moment at which the file is opened."""
    return _MOVING.match(code) is not None


def is_drawn(code: str) -> bool:
    """Tell whether a field without a result shows what its code describes: a formula of before 2007, a sign."""
    return _DRAWN.match(code) is not None


def is_locked(field: Any) -> bool:
    """Tell whether a field, or the mark that begins one, is locked: it never changes again."""
    return field.get(W + "fldLock", "0") not in OFF


def fields_close(root: Any) -> bool:
    """Tell whether every field that begins also ends; else its code cannot be told from its result."""
    depth = 0
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth < 0:
            return False
    return depth == 0
