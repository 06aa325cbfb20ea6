"""Tell what Word and its kin show of themselves where nobody typed."""

from __future__ import annotations

import re

_PROMPT = re.compile(
    r"(klik|tik) (of (tik|klik) )?(hier )?(om|als u) \w[^.\n]{2,40}(voeren|voegen|vullen|typen|kiezen|selecteren)\.?"
    r"|(click|tap) (or (tap|click) )?(here )?to \w[^.\n]{2,50}\.?"
    r"|(kies|selecteer) een (item|bouwsteen|datum|element|optie)\.?|choose an? (item|building block|date)\.?"
    r"|cliquez (ou appuyez )?ici pour [^.\n]{3,40}\.?|choisissez un élément\.?",
    re.IGNORECASE,
)
"""What Word and LibreOffice put in a control that has no prompt of its own."""
_SHORTEST = len("tap to add")
"""The shortest text that fits it; most answers in a column are shorter."""
_OPENING = "ktcs"
"""How it begins, in small letters."""
_FILLER = "\u2002"
"""Word shows an empty older text field as five of these."""


def is_filler(text: str) -> bool:
    """Tell whether this is what Word shows in an older text field that nobody filled."""
    return bool(text) and not text.strip(_FILLER)


def is_prompt(text: str) -> bool:
    """Tell whether text is what Word itself shows in a control that nobody filled."""
    if not _SHORTEST <= len(text) < 100:
        return False
    said = text.strip()
    return said[:1].casefold() in _OPENING and _PROMPT.fullmatch(said) is not None
