"""Tell whether two pictures show the same: a program that saves a file may write its pictures anew."""

from __future__ import annotations

import io

from pipeline.compare.version import Thing
from pipeline.ooxml import Package

_LARGEST = 20_000_000
"""Bytes; larger pictures are held against each other byte by byte only."""


def same_picture(old: Package, one: Thing, new: Package, other: Thing) -> bool:
    """Tell whether two pictures are the same to the last dot; what cannot be opened is not.

    Args:
        old: the package of the first.
        one: the first.
        new: the package of the second.
        other: the second.
    """
    before, after = _data(old, one), _data(new, other)
    if not before or not after or max(len(before), len(after)) > _LARGEST:
        return False
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(before)) as first, Image.open(io.BytesIO(after)) as second:
            if first.size != second.size:
                return False
            return first.convert("RGBA").tobytes() == second.convert("RGBA").tobytes()
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError):
        return False


def _data(package: Package, thing: Thing) -> bytes:
    return package.read(thing.content) if thing.content and thing.content in package else b""
