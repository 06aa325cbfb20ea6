"""Symbol fonts: which character a sign of Wingdings and its kin stands for."""

from __future__ import annotations

import re
from functools import lru_cache

TICKED = "☒"
UNTICKED = "☐"
_OPEN = "☐□◻▢❏❑❒○◯"

_WINGDINGS = dict.fromkeys("\x78\xfd\xfe\x54", TICKED) | dict.fromkeys("\x6f\x70\x71\x72\xa8", UNTICKED)
_WINGDINGS |= {
    "\xfb": "✗", "\xfc": "✓", "\x6c": "●", "\x6e": "■", "\x77": "◆", "\x76": "❖", "\xa7": "▪", "\xd8": "➢",
    "\xe0": "→", "\xdf": "←", "\xe1": "↑", "\xe2": "↓", "\xe8": "➔", "\xf3": "⇔", "\x4a": "☺", "\x4b": "😐",
    "\x4c": "☹", "\x28": "☎", "\x2a": "🖂", "\x22": "✂", "\x46": "☞", "\xa1": "○", "\x6d": "❍", "\x20": " ",
}  # fmt: skip
_WINGDINGS_2 = dict.fromkeys("\x51\x52\x53\x54\x56", TICKED) | dict.fromkeys("\x2a\xa3\xa4", UNTICKED)
_WINGDINGS_2 |= {"\x4f": "✗", "\x50": "✓", "\x97": "●", "\x20": " "}
_WEBDINGS = {"\x63": UNTICKED, "\x61": "✓", "\x72": "✗", "\x67": "■", "\x20": " "}
_GREEK = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SYMBOL = _GREEK | {
    "\xa0": "€", "\xa2": "′", "\xb2": "″", "\xa3": "≤", "\xb3": "≥", "\xb9": "≠", "\xbb": "≈", "\xb1": "±", "\xb4": "×",
    "\xb8": "÷", "\xb0": "°", "\xb7": "•", "\xbc": "…", "\xac": "←", "\xad": "↑", "\xae": "→", "\xaf": "↓", "\xab": "↔",
    "\xde": "⇒", "\xa5": "∞", "\xd6": "√", "\xe5": "∑", "\x2d": "−", "\xd3": "©", "\xd2": "®", "\xd4": "™", "\x56": "ς",
    "\x22": "∀", "\x24": "∃", "\x40": "≅", "\xce": "∈", "\xc7": "∩", "\xc8": "∪", "\xb6": "∂", "\xd1": "∇", "\xa4": "⁄",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
    "opensymbol": {"\xb7": "•"},
}
_PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Where symbol fonts keep their signs; Python does not call these printable."""
_ANY = _WINGDINGS_2 | {"\xb7": "•"} | _WINGDINGS
"""For a sign whose font is not known: what it most often is."""


@lru_cache(maxsize=256)
def is_symbol_font(font: str) -> bool:
    """Tell whether letters in this font are signs."""
    return font.casefold() in _FONTS


def sign(code: int, font: str) -> str:
    """Give the character that a sign of a symbol font stands for; an unknown one stays as it is.

    >>> sign(0xF0FE, "Wingdings")
    '☒'
    """
    private = 0xF000 <= code <= 0xF0FF
    small = code - 0xF000 if private else code
    if small > 0xFF or (not private and not is_symbol_font(font)):
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    known = _FONTS.get(font.casefold(), _ANY).get(chr(small))
    if known is not None:
        return known
    if font.casefold() == "symbol":
        return chr(small)
    return chr(code)


def signs(text: str, font: str = "") -> str:
    """Give text whose letters are signs of a symbol font as the characters that they stand for."""
    if font and is_symbol_font(font):
        return "".join(sign(ord(letter), font) for letter in text)
    return text if text.isprintable() else _PRIVATE.sub(lambda found: sign(ord(found.group()), font), text)


def bullet_box(bullet: str, font: str) -> str:
    """Give the box or tick that a bullet in a font is; empty when it is another sign.

    >>> bullet_box("\uf0a8", "Wingdings"), bullet_box("o", "Courier New")
    ('☐', '')
    """
    shown = signs(bullet.strip(), font)
    return "" if shown.isascii() or box_state(shown) is None else shown


def has_open_box(text: str) -> bool:
    """Tell whether an empty box stands in a text, drawn or typed."""
    return "[ ]" in text or (not text.isascii() and any(map(text.__contains__, _OPEN)))


def box_state(shown: str, glyphs: tuple[str, str] = (TICKED, UNTICKED)) -> bool | None:
    """Tell whether a check box is drawn as ticked; nothing when what is drawn says nothing."""
    if shown == glyphs[0]:
        return True
    if shown == glyphs[1]:
        return False
    if shown in {TICKED, "☑", "🗹", "🗷", "✓", "✔", "✗", "✘", "X", "x"}:
        return True
    return False if shown in {UNTICKED, "□", "❏", "❑", "❒", "◻"} else None
