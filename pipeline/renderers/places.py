"""Where in a template something stands, in words: for faults found before and while it is filled."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.language import _
from pipeline.ooxml.outline import Outline, Steps

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a part of a template."""

    steps: Steps
    around: str
    """The words of its paragraph."""

    @property
    def words(self) -> str:
        """The place as a person counts: «tabel 2, rij 3, cel 1»."""
        return in_words(self.steps)


def in_words(steps: Steps) -> str:
    """Say a place as a person counts."""
    named = {
        "paragraph": _("alinea {number}"),
        "table": _("tabel {number}"),
        "row": _("rij {number}"),
        "cell": _("cel {number}"),
        "box": _("tekstvak"),
    }
    return ", ".join(named[kind].format(number=number) for kind, number in steps)


def key(part: str, around: str, place: str) -> str:
    """Give the key of a fault in a template: the part, the words around it, the place."""
    quoted = f"{part}: «{around}»" if around else part
    return f"{quoted} ({place})" if place else quoted


def shortened(text: str, tag: str = "") -> str:
    """Give the words around a tag, at most 160 characters."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= _LONGEST:
        return text
    start = max(0, min(text.find(re.sub(r"\s+", " ", tag)) - _LONGEST // 3, len(text) - _LONGEST))
    cut = text[start : start + _LONGEST]
    return ("…" if start else "") + cut + ("…" if start + _LONGEST < len(text) else "")


def by_line(made: Outline, source: str) -> dict[int, tuple[Place, ...]]:
    """Tell of each line of a template's Jinja source from which places the tags that end in it came.

    Tags keep their order on the way from Word to Jinja; those that docxtpl makes or moves are passed over.

    Args:
        made: the outline of the part.
        source: its Jinja source, patched.
    """
    written: list[tuple[str, Place]] = []
    for piece in made.pieces:
        words = made.text(piece.block) or piece.text
        written += ((_bare(tag), Place(piece.block.steps, shortened(words, tag))) for tag in TAG.findall(piece.text))
    starts = [0, *(end.end() for end in re.finditer("\n", source))]
    found = [(_bare(tag[0]), bisect_right(starts, tag.end() - 1)) for tag in TAG.finditer(source)]
    one, other = [tag for tag, _place in written], [tag for tag, _line in found]
    lines: dict[int, tuple[Place, ...]] = {}
    for left, right, size in difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for step in range(size):
            line = found[right + step][1]
            lines[line] = (*lines.get(line, ()), written[left + step][1])
    return lines


def _bare(tag: str) -> str:
    """Give what two ways of writing a tag have in common."""
    tag = tag.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", '"')
    inside = re.sub(r"^(?:p|tr|tc|r)\s", "", tag[2:-2]).strip("-+ \n\t")
    return re.sub(r"[\s“”„‘’\"']", "", inside)
