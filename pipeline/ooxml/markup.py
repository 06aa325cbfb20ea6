"""Parse the XML of Office files, Strict or not, into one set of names."""

from __future__ import annotations

import re
from typing import Any

from pipeline import trees
from pipeline.ooxml.names import STRICT, VAL

_PREFIX = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"""(["'])%s([\w/]+)\1""" % re.escape(_PREFIX))


def parse(data: bytes) -> Any:
    """Parse one part and give its root element; what Strict Open XML calls otherwise gets its usual name.

    Args:
        data: the part as it stood in the package.

    Raises:
        Unreadable: it has a DTD, is not well-formed, is nested too deep or is too large.
    """
    return trees.parse(data, _rename)


def value(element: Any) -> str:
    """Give the `w:val` of an element that has no other attribute, as most with one; "" when it has none.

    To ask for all attributes costs half of asking for one by its name.
    """
    values = element.values()
    return str(values[0] if len(values) == 1 else element.get(VAL, ""))


def _rename(data: bytes) -> bytes:
    return _NAME.sub(_usual, data) if _PREFIX in data else data


def _usual(name: re.Match[bytes]) -> bytes:
    return name[1] + STRICT[name[2]] + name[1] if name[2] in STRICT else name[0]
