"""Tell which colours make words stand out."""

from __future__ import annotations

import re
from functools import lru_cache

_SATURATED = 0x60
"""Between the strongest and the weakest of red, green and blue (0 to 255); greys and nearly black blues have less."""
_WHITE = 0xF0
_LIGHTEST = 0.65
"""The relative luminance (WCAG 2.2) of a ground from which white stands off by half as much light again."""
_HEX = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)


def stands_out(colour: tuple[int, ...]) -> bool:
    """Tell whether letters of this red, green and blue (0 to 255) are coloured; black, white and grey are not."""
    return max(colour) - min(colour) >= _SATURATED


@lru_cache(maxsize=256)
def is_white(colour: str) -> bool:
    """Tell whether «FFFFFF» or «#ffffff», or what nobody tells from it, is a white that paper does not show."""
    found = _HEX.fullmatch(colour.strip())
    return found is not None and all(int(part, 16) >= _WHITE for part in found.groups())


@lru_cache(maxsize=256)
def carries_white(colour: str) -> bool:
    """Tell whether white letters are seen on «1F3864» or «#1f3864»; what names no colour («auto») carries none."""
    found = _HEX.fullmatch(colour.strip())
    if found is None:
        return False
    red, green, blue = (_linear(int(part, 16) / 255) for part in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue <= _LIGHTEST


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@lru_cache(maxsize=256)
def named_stands_out(colour: str) -> bool:
    """Tell the same of «FF0000» or «#ff0000»; what names no colour («auto») is none."""
    found = _HEX.fullmatch(colour.strip())
    return found is not None and stands_out(tuple(int(part, 16) for part in found.groups()))
