"""Cut what a paragraph shows into words, numbers and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.compare.looks import Look
from pipeline.compare.version import Piece, Token
from pipeline.records import record

TURNING = "\u202a-\u202e\u2066-\u2069"
"""Signs that turn the direction of what follows."""
UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
"""Signs without any width: where a word may be broken, which way it is written."""
OPEN, CLOSE = "\ue000", "\ue001"
"""Stand around what we write for something that is no word; a file cannot write them itself."""
_INSIDE = rf"\w{UNSEEN}{TURNING}"
_TOKEN = re.compile(
    r"\ue000\w+\ue001"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:,\d+)?(?!\w)"
    rf"|\d[\d{UNSEEN}{TURNING}]*(?:[.,/:-][{UNSEEN}{TURNING}]*\d+)*[{_INSIDE}]*"
    rf"|[{_INSIDE}]+(?:[-\u2010\u2011'’][{_INSIDE}]+)*"
    r"|[^\w\s]"
)
_GONE = re.compile(f"[{UNSEEN}]")
_SAME = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"',
        "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip


@record
class Stretch:
    """What one element shows."""

    text: str
    node: Any
    look: Look
    whole: bool = False
    """It stands for one sign, and is never cut."""
    more: tuple[Any, ...] = ()
    """Elements that go with it: the rest of a field."""


def cut(stretches: Sequence[Stretch]) -> tuple[Token, ...]:
    """Cut what a paragraph shows into tokens.

    White space only parts them: how much of it, and of which kind, is a matter of layout.
    """
    places = list(_places(stretches))
    whole = "".join(stretch.text for stretch in stretches)
    made: list[Token] = []
    reached, at = 0, 0
    for found in _TOKEN.finditer(whole):
        at = _skip(places, at, reached)
        key = fold(shown(found.group()))
        if not key:
            continue  # signs without width, alone
        gap = tuple(_pieces(places, at, reached, found.start()))
        at = _skip(places, at, found.start())
        pieces = tuple(_pieces(places, at, found.start(), found.end()))
        looks = _looks(places, at, found.start(), found.end())
        spaced = any(sign.isspace() for sign in whole[reached : found.start()])
        made.append(Token(shown(found.group()), key, spaced, looks, pieces, gap))
        reached = found.end()
    return tuple(made)


def shown(text: str) -> str:
    """Give a token as people read it: a mark of ours between single brackets, spaces inside a number as one."""
    return f"[{text[1:-1].replace('_', ' ')}]" if text.startswith(OPEN) else " ".join(text.split())


def mark(name: str) -> str:
    """Write a token of our own, such as `[paginanummer]`."""
    return f"{OPEN}{name.replace(' ', '_')}{CLOSE}"


def harmless(text: str) -> str:
    """Give text of a file without the signs that only we write."""
    return text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")


def fold(text: str) -> str:
    r"""Give what of a word is compared: curly and straight quotes, hyphens and spaces of any kind are the same.

    >>> fold("auto’s") == fold("auto's"), fold("80\u00a0000") == fold("80 000"), fold("–") == fold("-")
    (True, True, False)
    """
    if text.isascii():
        return text
    return _GONE.sub("", unicodedata.normalize("NFC", text)).translate(_SAME)


def _places(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int, Stretch]]:
    reached = 0
    for stretch in stretches:
        yield reached, reached + len(stretch.text), stretch
        reached += len(stretch.text)


def _skip(places: list[tuple[int, int, Stretch]], at: int, start: int) -> int:
    while at < len(places) and places[at][1] <= start:
        at += 1
    return at


def _pieces(places: list[tuple[int, int, Stretch]], at: int, start: int, end: int) -> Iterator[Piece]:
    while at < len(places) and places[at][0] < end:
        first, last, stretch = places[at]
        if stretch.whole:
            yield from (Piece(node) for node in (stretch.node, *stretch.more))
        elif max(first, start) < min(last, end):
            yield Piece(stretch.node, max(first, start) - first, min(last, end) - first)
        at += 1


def _looks(places: list[tuple[int, int, Stretch]], at: int, start: int, end: int) -> tuple[Look, ...]:
    looks: list[Look] = []
    while at < len(places) and places[at][0] < end:
        first, last, stretch = places[at]
        if max(first, start) < min(last, end) and (not looks or looks[-1] != stretch.look):
            looks.append(stretch.look)
        at += 1
    return tuple(looks)
