"""What RTF says of itself before anything opens it: whether it is whole, and how deep it is nested."""

from __future__ import annotations

import re

from pipeline.errors import Reason, Unreadable

_DEEPEST = 500
"""Groups in groups; Word stops far earlier."""
_MARK = re.compile(rb"\\bin(\d{1,9}) ?|\\.|[{}]", re.DOTALL)


def look_at_rtf(data: bytes) -> None:
    """Look whether RTF ends where it says: what LibreOffice is given half, it opens half.

    Raises:
        Unreadable: it is cut off, or nested without end.
    """
    depth = at = 0
    while (mark := _MARK.search(data, at)) is not None:
        at = mark.end()
        if mark[1] is not None:
            at += int(mark[1])
        elif mark[0] == b"{":
            depth += 1
            if depth > _DEEPEST:
                raise Unreadable(Reason.BOMB, "de inhoud is abnormaal diep genest")
        elif mark[0] == b"}":
            depth -= 1
            if depth == 0:
                return
    raise Unreadable(Reason.DAMAGED, "het bestand is afgebroken")
