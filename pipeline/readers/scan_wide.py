"""Settle what two readings of a line dispute: both read it again, at its full width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ocr
from pipeline.readers.scan_brackets import take_brackets

if TYPE_CHECKING:
    from pipeline.readers.scan_lines import Strip
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_words import Read

_HIGH = 48
"""Dots high at which lines are read at their full width."""
_OVER = 0.4
"""Share of the narrower of two words by which they lie over each other when they are readings of the same ink."""
SHAPES = str.maketrans(
    {**dict.fromkeys("‘’`´‚", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("–—", "-"), "…": "..."}
)
"""Signs that look the same on paper."""


class Wide(NamedTuple):
    """The words of a line as both languages read it at its full width, left to right."""

    dutch: list[Read]
    latin: list[Read]


def read_wide(strips: Sequence[Strip]) -> list[Wide]:
    """Read lines again at their full width.

    Raises:
        Unreadable: the recognition failed.
    """
    if not strips:
        return []
    pictures = [_flat(take_brackets(strip.picture)[0]) for strip in strips]
    readings = [placed_lines(strips, pictures, language) for language in (ocr.DUTCH, ocr.latin())]
    return [Wide(*lines) for lines in zip(*readings, strict=True)]


def placed_lines(strips: Sequence[Strip], pictures: Sequence[Grey], language: str) -> list[list[Read]]:
    """Read pictures of lines, made larger or smaller, and give their words where they stand on the page."""
    from pipeline.readers.scan_words import Read

    lines = []
    found = ocr.read_lines(pictures, language=language)
    for strip, picture, words in zip(strips, pictures, found, strict=True):
        across = strip.picture.shape[1] / picture.shape[1]
        down = strip.picture.shape[0] / picture.shape[0]
        lines.append(
            [
                Read(
                    word.text,
                    strip.left + round(word.left * across),
                    strip.top + round(word.top * down),
                    strip.left + round(word.right * across),
                    strip.top + round(word.bottom * down),
                    word.sure,
                )
                for word in words
            ]
        )
    return lines


def agreed(first: Sequence[Read], second: Sequence[Read], wide: Wide) -> list[Read] | None:
    """Give the words of some ink as one language read it and the other too; None when none or several are so read.

    Args:
        first: its words as Dutch read them.
        second: as Latin did.
        wide: those of its whole line, read again.
    """
    ink = [*first, *second]
    dutch = [list(first), _over(ink, wide.dutch)]
    latin = [list(second), _over(ink, wide.latin)]
    found = {shaped(one): one for one in dutch for other in latin if one and shaped(one) == shaped(other)}
    return next(iter(found.values())) if len(found) == 1 else None


def reads_so(second: Sequence[Read], wide: Wide | None) -> bool:
    """Tell whether Latin reads some ink at its full width as it did before."""
    return wide is not None and shaped(_over(second, wide.latin)) == shaped(second)


def shaped(words: Sequence[Read]) -> str:
    """Give the text of words with one shape for signs that look the same."""
    return " ".join(word.text for word in words).translate(SHAPES)


def lies_over(one: Read, other: Read) -> bool:
    """Tell whether two words are readings of the same ink."""
    narrower = min(one.right - one.left, other.right - other.left)
    return min(one.right, other.right) - max(one.left, other.left) > _OVER * narrower


def _over(ink: Sequence[Read], words: Sequence[Read]) -> list[Read]:
    return [word for word in words if any(lies_over(word, other) for other in ink)]


def _flat(picture: Grey) -> Grey:
    import cv2

    height, width = picture.shape
    down = min(1.0, _HIGH / height)
    size = (max(1, round(down * width)), max(1, round(down * height)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
