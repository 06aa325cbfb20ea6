"""A remark beside the number of a row: whoever wrote it may not want the row to count."""

from __future__ import annotations

import re

from pipeline.language import _

WORDS = (
    r"(?:(?:is|wordt|werd)\s+)?(?:geschrapt|geannuleerd|afgevoerd|ingetrokken|teruggetrokken|vervallen|vervalt|"
    r"niet\s+(?:meer\s+)?(?:van\s+toepassing|weerhouden|behouden)|n\.?v\.?t\b|reserve|optioneel|facultatief)"
)
"""How a remark begins, in small letters, that says so without brackets."""
_REMARK = re.compile(rf"\s*(?:[(\[].*|{WORDS}.*)", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"\W*(?:\w+\s+)?\d{1,3}\W*?(?P<remark>\s[(\[].*)", re.DOTALL)
_LONGEST = 80


def remark(beside: str, title: str) -> str:
    """Say why a row is doubted beside whose number a remark stands; empty when it only says what the row is called.

    Args:
        beside: what stands behind the number.
        title: what the row answers to its own first questions.
    """
    if not _REMARK.fullmatch(beside) or beside.strip(" ()[]").casefold() in title.casefold():
        return ""
    return _("Bij het nummer van deze rij staat «{text}»; zie na of de rij geldt.").format(
        text=beside.strip()[:_LONGEST]
    )


def numbered_remark(text: str) -> str:
    """Give the remark in brackets behind the number that a cell holds, empty when it has none."""
    found = _NUMBERED.fullmatch(text)
    return found["remark"] if found else ""
