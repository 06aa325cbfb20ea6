"""Text of others as people may see it: harmless, and nothing hidden in it."""

from __future__ import annotations

import re

MARK = "\ufffd"
"""Stands for each character that cannot or must not be shown."""

_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, all but the tab and the line end
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of what follows
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of pairs and characters that are none: XML forbids them
    "]"
)


def visible(text: str) -> str:
    """Give a text for a paper, a sheet or a page: the same in each of them.

    Control characters, marks that turn the direction of writing and characters that XML forbids each become
    U+FFFD, so that a reader sees that something stood there; every line end becomes a newline. Nothing is cut
    and nothing is escaped: that is for who writes the format.
    """
    return _HIDDEN.sub(MARK, _LINE_END.sub("\n", text))
