"""What is no longer as it was issued, told by page."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from pipeline.language import _
from pipeline.signing.pages import Page, Pages, is_covered, looks_other
from pipeline.signing.verdict import Change

MOST = 20
"""Changes that are told one by one."""
_LONGEST = 120


def seen_changes(before: Pages, after: Pages) -> tuple[Change, ...]:
    """Tell what a reader sees that is not as it was: pages, words, ink.

    Args:
        before: the paper as issued.
        after: the file that came back.
    """
    return word_changes(before, after) or tuple(map(other_look, other_looks(before, after)))


def other_look(page: int) -> Change:
    """Tell that a page, from 1, says the same words and shows other ink."""
    return Change(page, _("de woorden zijn dezelfde, maar ze ziet er anders uit"))


def word_changes(before: Pages, after: Pages) -> tuple[Change, ...]:
    """Tell which pages and words are not as they were; as `seen_changes`, without the ink."""
    found = list(_changes(before, after))
    if len(found) <= MOST:
        return tuple(found)
    return (*found[:MOST], Change(0, _("en {number} andere plaatsen").format(number=len(found) - MOST)))


def other_looks(before: Pages, after: Pages) -> tuple[int, ...]:
    """Give the pages, from 1, that say the same words as before and show other ink."""
    both = range(min(len(before.pages), len(after.pages)))
    return tuple(
        index + 1
        for index in both
        if before.pages[index].lines == after.pages[index].lines and looks_other(before, after, index)
    )


def drawn_outside(before: Pages, after: Pages) -> tuple[Change, ...]:
    """Tell on which pages something was put over what stood there, or is seen beside the signature fields."""
    found = []
    for index in range(min(len(before.pages), len(after.pages))):
        if is_covered(before, after, index):
            found.append(Change(index + 1, _("over wat er stond, ligt iets anders")))
        elif looks_other(before, after, index):
            found.append(other_look(index + 1))
    return tuple(found)


def _changes(before: Pages, after: Pages) -> Iterator[Change]:
    moved = _moved(before.pages, after.pages)
    if moved:
        yield Change(0, _("de bladzijden staan in een andere volgorde: {order}").format(order=moved))
        return
    pages = difflib.SequenceMatcher(None, _texts(before.pages), _texts(after.pages), autojunk=False)
    for kind, i1, i2, j1, j2 in pages.get_opcodes():
        if kind == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for step in range(paired):
            yield from _lines(before.pages[i1 + step].lines, after.pages[j1 + step].lines, j1 + step + 1)
        for index in range(i1 + paired, i2):
            yield Change(0, _("bladzijde {number} van het papier ontbreekt").format(number=index + 1))
        for index in range(j1 + paired, j2):
            yield Change(index + 1, _("deze bladzijde is erbij gekomen"))


def _texts(pages: Sequence[Page]) -> list[tuple[str, ...]]:
    return [page.lines for page in pages]


def _moved(before: Sequence[Page], after: Sequence[Page]) -> str:
    """Give the order of the pages when they are the same ones in another order."""
    first, second = _texts(before), _texts(after)
    if first == second or len(set(first)) != len(first) or sorted(first) != sorted(second):
        return ""
    return ", ".join(str(first.index(page) + 1) for page in second)


def _lines(before: Sequence[str], after: Sequence[str], page: int) -> Iterator[Change]:
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        was, now = _short(" ".join(before[i1:i2])), _short(" ".join(after[j1:j2]))
        if was and now:
            yield Change(page, _("«{was}» werd «{now}»").format(was=was, now=now))
        elif was:
            yield Change(page, _("«{was}» is verdwenen").format(was=was))
        else:
            yield Change(page, _("«{now}» is erbij gekomen").format(now=now))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
