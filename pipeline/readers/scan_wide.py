"""Settle what two readings of a line dispute: both read it again, at its full width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ocr
from pipeline.readers.scan_gaps import respaced

if TYPE_CHECKING:
    from pipeline.readers.scan_gaps import Whites
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_HIGH = 48
"""Dots high at which lines are read at their full width."""
_OVER = 0.4
"""Share of the narrower of two words by which they lie over each other when they are readings of the same ink."""
_SURELY = 0.9
"""How sure a reading is that counts."""
_TWICE = 0.97
"""How sure one language is, both times or at its best, of what the other contradicts."""
_UNSURE = 0.7
"""How sure a reading is at most that three others outvote."""
_LOST = 0.5
"""How sure a reading is at most that says nothing where three others say the same, or one language does twice."""
_STEADY = 0.75
"""How sure one language is, both times, of what the other says nothing of."""
_SHORT = 2
"""Signs of a text that has no words around it to help."""
_CODE = re.compile(r"[A-Z]\d{1,2}[,;]?")
"""«A1», the number of an action."""
_MIXED = re.compile(r"\d[a-z]|[a-z]\d")
_MIXED_UP = re.compile(r"\d[lILoO]|[lIoO]\d")
"""Letters that look like figures, right beside one: «0Lpdf» for «01.pdf», «BEI8» for «BE18»."""
SHAPES = str.maketrans(
    {**dict.fromkeys("‘’`´‚", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("–—", "-"), "…": "..."}
)
"""Signs that look the same on paper."""


class Wide(NamedTuple):
    """The words of a line as both languages read it at its full width, left to right."""

    dutch: list[Read]
    latin: list[Read]


def read_wide(strips: Sequence[Strip], whites: Sequence[Whites]) -> list[Wide]:
    """Read lines again at their full width.

    Args:
        strips: the lines as pictures.
        whites: what the ink of each tells of its spaces.

    Raises:
        Unreadable: the recognition failed.
    """
    if not strips:
        return []
    pictures = [_flat(strip.picture) for strip in strips]
    readings = [read_spaced(strips, pictures, whites, language) for language in (ocr.DUTCH, ocr.latin())]
    return [Wide(*words) for words in zip(*readings, strict=True)]


def read_spaced(
    strips: Sequence[Strip], pictures: Sequence[Grey], whites: Sequence[Whites], language: str
) -> list[list[Read]]:
    """Read pictures of lines, or of pieces of them, made larger or smaller; give their words on the page, respaced."""
    found = ocr.read_lines(pictures, language=language)
    return [
        respaced(white, [_placed(word, strip, picture) for word in words])
        for strip, picture, white, words in zip(strips, pictures, whites, found, strict=True)
    ]


def _placed(word: ocr.Seen, strip: Strip, picture: Grey) -> Read:
    from pipeline.readers.scan_words import Read

    across, down = (one / other for one, other in zip(strip.picture.shape[::-1], picture.shape[::-1], strict=True))
    return Read(
        word.text,
        strip.left + round(word.left * across),
        strip.top + round(word.top * down),
        strip.left + round(word.right * across),
        strip.top + round(word.bottom * down),
        word.sure,
    )


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


def unmixed(first: Sequence[Read], second: Sequence[Read], wide: Wide) -> Sequence[Read]:
    """Give the words of some ink as at least two readings surely say, where all others set letters among figures."""
    four = _four(first, second, wide)
    clear = [words for words in four if words and not _MIXED_UP.search(shaped(words))]
    if not 1 < len(clear) < len([words for words in four if words]) or len(set(map(shaped, clear))) > 1:
        return []
    sure = sorted(map(_least, clear))
    return clear[0] if sure[0] >= _UNSURE and sure[-1] >= _SURELY else []


def is_outvoted(text: str, first: Sequence[Read], second: Sequence[Read], wide: Wide) -> bool:
    """Tell whether three readings surely say a text with other figures than the fourth, which is not to be believed.

    That one is unsure, no code where the others are («Ag» beside «A9»), or sets figures in a word («00k» beside
    «ook»). Two against one is not enough: so came «1 April» for «11 April».
    """
    odd = [words for words in _four(first, second, wide) if shaped(words) != text]
    sure = [_least(words) for words in _four(first, second, wide) if shaped(words) == text]
    if len(odd) != 1:
        return False
    other = shaped(odd[0])
    if min(sure) >= _UNSURE and _MIXED.search(other) and not any(letter.isdigit() for letter in text):
        return True
    if _least(odd[0]) < _LOST and max(sure) >= _SURELY:
        return True
    return min(sure) >= _SURELY and (_least(odd[0]) < _UNSURE or (_are_codes(text) and not _are_codes(other)))


def is_guess(text: str, first: Sequence[Read], second: Sequence[Read], wide: Wide) -> bool:
    """Tell whether a text of a letter or two is said, but by no reading that is sure of it: no word around it helps."""
    if len(text) > _SHORT:
        return False
    return max(_least(words) for words in _four(first, second, wide) if shaped(words) == text) < _SURELY


def _four(first: Sequence[Read], second: Sequence[Read], wide: Wide) -> list[Sequence[Read]]:
    """Give all readings of some ink: by Dutch and by Latin, and by both at full width."""
    ink = [*first, *second]
    return [first, second, _over(ink, wide.dutch), _over(ink, wide.latin)]


def _least(words: Sequence[Read]) -> float:
    return min((word.sure for word in words), default=0.0)


def _are_codes(text: str) -> bool:
    return all(_CODE.fullmatch(word) for word in text.split())


def sureness_twice(second: Sequence[Read], wide: Wide | None) -> float:
    """Give how sure Latin is of what it reads at both widths; 0 when it reads two things."""
    if wide is None:
        return 0.0
    again = _over(second, wide.latin)
    return max(_least(second), _least(again)) if shaped(again) == shaped(second) else 0.0


def is_only_dutch(first: Sequence[Read], second: Sequence[Read], wide: Wide) -> bool:
    """Tell whether Dutch surely reads the same twice, and Latin something else each time, or is sure of nothing.

    So «7» beside «z4» and «rá», and «3 op 4» beside «30op4» and «3o0p4».
    """
    one, other, dutch, latin = _four(first, second, wide)
    if shaped(one) != shaped(dutch):
        return False
    steady, against = min(_least(one), _least(dutch)), max(_least(other), _least(latin))
    if against < _LOST:
        return steady >= (_SURELY if shaped(other) == shaped(latin) else _STEADY)
    return shaped(other) != shaped(latin) and steady >= _TWICE and against < _TWICE


def is_only_latin(first: Sequence[Read], second: Sequence[Read], wide: Wide) -> bool:
    """Tell whether Latin surely reads the same twice, and Dutch something else each time of which it is not sure."""
    one, other, dutch, latin = _four(first, second, wide)
    if shaped(other) != shaped(latin) or shaped(one) == shaped(dutch):
        return False
    return min(_least(other), _least(latin)) >= _SURELY and max(_least(one), _least(dutch)) < _UNSURE


def said_by(first: Sequence[Read], second: Sequence[Read], wide: Wide) -> list[tuple[str, float]]:
    """Give what each of the four readings of some ink says, and how surely."""
    return [(shaped(words), _least(words)) for words in _four(first, second, wide)]


def shaped(words: Sequence[Read]) -> str:
    """Give the text of words with one shape for signs that look the same, and for an empty box."""
    return " ".join(word.text for word in words).translate(SHAPES).replace("[ ]", "[]")


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
