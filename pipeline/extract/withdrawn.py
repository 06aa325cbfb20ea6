"""A remark beside the number of a row: whoever wrote it may not want the row to count."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language import _

WORDS = (
    r"(?:(?:is|wordt|werd)\s+)?(?:geschrapt|(?:te\s+)?schrappen|doorgehaald|geannuleerd|afgevoerd|ingetrokken|"
    r"teruggetrokken|vervallen|vervalt|niet\s+(?:meer\s+)?(?:van\s+toepassing|weerhouden|behouden)|n\.?v\.?t\b|"
    r"reserve|optioneel|facultatief|vervolg|verv\.)"
)
"""How a remark begins, in small letters, that says so without brackets."""
_ENDS = (
    r"(?!\w)(?=\W*$|\s*[.,:;!(–-]|\W*\d|"
    r"\s+(?:als|bij|dan|door|gezien|in|na|omdat|op|per|sinds|tot|vanaf|volgens|want|wegens|zie)\b)"
)
"""What follows on these words: no noun, for «Vervallen woningen» is what a row is called."""
_WITHDRAWN = re.compile(rf"[\s(\[]*{WORDS}{_ENDS}", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"\W*(?:\w+\s+)?\d{{1,3}}\W*?(?P<remark>\s[(\[].*|[\s.,:;–-]+{WORDS}.*)", re.IGNORECASE | re.DOTALL
)
_CODE = re.compile(r"[(\[]\s*[A-Z]{1,3}\W?\d{1,3}\s*[)\]]", re.IGNORECASE)
"""What numbers a row once more: «Actie 2 (A2)»."""
_MARKS = " ()[].,:;–-"
_LONGEST = 80


def remark(beside: str, cells: Iterable[str]) -> str:
    """Say why a row is doubted beside whose number a remark stands; empty when it only says what the row is called.

    Args:
        beside: what stands behind the number.
        cells: what the row answers; what stands there too is no remark, unless it says that the row does not count.
    """
    said = beside.strip()
    named = not said.startswith(("(", "[")) or said.strip(_MARKS).casefold() in "\n".join(cells).casefold()
    if (named or _CODE.fullmatch(said)) and not _WITHDRAWN.match(said):
        return ""
    return _("Bij het nummer van deze rij staat «{text}»; zie na of de rij geldt.").format(
        text=said.lstrip(".,:;–- ")[:_LONGEST]
    )


def numbered_remark(text: str) -> str:
    """Give the remark behind the number that a cell holds, in brackets or not; empty when it has none."""
    found = _NUMBERED.fullmatch(text)
    return found["remark"].lstrip(".,:;–- ") if found else ""
