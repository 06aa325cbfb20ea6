"""Give the signs and formulas of Word as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.ooxml.names import M, W
from pipeline.readers.symbols import sign

_TEXTS = (M + "t", W + "t")
_GONE = (W + "del", W + "moveFrom")


def sign_of(sym: Any) -> str:
    """Give the character of `w:sym`, or of `w16se:symEx`, which stands where the sign is one of an emoji font."""
    said = {name.rpartition("}")[2]: text for name, text in sym.items()}
    try:
        return sign(int(said.get("char", ""), 16), said.get("font", ""))
    except ValueError:
        return "\ufffd"


def formula_texts(formula: Any) -> Iterator[tuple[str, bool]]:
    """Give the texts of a formula, each with whether a tracked change took it away."""
    gone = {text for change in formula.iter(*_GONE) for text in change.iter(*_TEXTS)}
    for text in formula.iter(*_TEXTS):
        yield text.text or "", text in gone
