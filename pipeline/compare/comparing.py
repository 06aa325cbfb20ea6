"""Compare a returned file with the paper that was issued: the plan of what became what, and the list of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.compare.aligning import matches, pairs
from pipeline.compare.change import Change, Kind, Place
from pipeline.compare.collecting import Collector
from pipeline.compare.dressing import sheet_changes, told_once
from pipeline.compare.figures import changed_values
from pipeline.compare.moves import alone
from pipeline.compare.pictures import same_picture
from pipeline.compare.plan import BlockPair, lay
from pipeline.compare.version import Comment, Line, Story, Thing, Unseen, Version
from pipeline.compare.words import fold
from pipeline.language import _

_PARTS = ("", "koptekst", "voettekst", "voetnoot", "eindnoot", "tekstvak")
_STEP = 1_000_000
"""More changes than a story has: keeps the stories in order."""


@dataclass(slots=True)
class StoryPair:
    """A story, and what became of it."""

    old: Story | None
    new: Story | None
    blocks: list[BlockPair] = field(default_factory=list)


def lay_all(old: Version, new: Version) -> list[StoryPair]:
    """Lay all stories of two versions beside each other."""
    made: list[StoryPair] = []
    for part in _PARTS:
        before = [story for story in old.stories if story.part == part]
        after = [story for story in new.stories if story.part == part]
        made += _stories(before, after)
    for pair in made:
        pair.blocks = lay(pair.old.blocks if pair.old else [], pair.new.blocks if pair.new else [])
    return made


def _stories(old: list[Story], new: list[Story]) -> Iterator[StoryPair]:
    same = matches([_key(story) for story in old], [_key(story) for story in new])
    reached, there = 0, 0
    for place, other in [*same, (len(old), len(new))]:
        gone, come = old[reached:place], new[there:other]
        least = 0.0 if len(gone) == len(come) and (gone and gone[0].part in ("", "koptekst", "voettekst")) else 0.3
        found = pairs(gone, come, _likeness, least)
        here, yonder = 0, 0
        for one, two in [*found, (len(gone), len(come))]:
            yield from (StoryPair(story, None) for story in gone[here:one])
            yield from (StoryPair(None, story) for story in come[yonder:two])
            if one < len(gone):
                yield StoryPair(gone[one], come[two])
            here, yonder = one + 1, two + 1
        if place < len(old):
            yield StoryPair(old[place], new[other])
        reached, there = place + 1, other + 1


def _key(story: Story) -> Hashable:
    return tuple(block.key for block in story.blocks)


def _likeness(old: Story, new: Story) -> float:
    one, other = Counter(_all_words(old)), Counter(_all_words(new))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _all_words(story: Story) -> Iterator[str]:
    for block in story.blocks:
        yield from block.text.split()


def changes(old: Version, new: Version, plan: Sequence[StoryPair]) -> tuple[Change, ...]:
    """Give all changes, in the order of reading.

    Args:
        old: the paper as issued.
        new: the file as it came back.
        plan: what `lay_all` gave of them.
    """
    _number_boxes(plan)
    found: list[Change] = []
    for number, pair in enumerate(plan):
        collector = Collector(pair.old, pair.new, number * _STEP, (old.looks, new.looks))
        collector.collect(pair.blocks)
        gone = [one for one in collector.alone if one.old]
        come = [one for one in collector.alone if not one.old]
        found += [*collector.changes, *alone(gone, come)]
    found.sort(key=lambda change: change.at)
    found = told_once([*sheet_changes(old, new), *found])
    if new.converted:
        found = [change for change in found if change.kind not in (Kind.FORMATTING, Kind.LAYOUT)]
    return (
        *found,
        *_blanks(old, new),
        *_things(old, new),
        *_comments(old.comments, new.comments),
        *_unseen(old.unseen, new.unseen),
    )


def _number_boxes(plan: Sequence[StoryPair]) -> None:
    for side in ("old", "new"):
        count = 0
        for pair in plan:
            story: Story | None = getattr(pair, side)
            if story is not None and story.part == "tekstvak":
                count += 1
                story.number = count


def _blanks(old: Version, new: Version) -> Iterator[Change]:
    """Give the pages that lost, or got, the header or footer that others have."""
    for one, other, kind in ((old, new, Kind.DELETED), (new, old, Kind.INSERTED)):
        for part, pages in (Counter(other.blanks) - Counter(one.blanks)).elements():
            usual = next((story for story in one.stories if story.part == part), None)
            text = "\n".join(block.text for block in usual.blocks) if usual else ""
            note = _("op de eerste bladzijde") if pages == "first" else _("op even bladzijden")
            before, after = (text, "") if kind is Kind.DELETED else ("", text)
            yield Change(kind, Place(part=part), before, after, note, values=changed_values(before, after))


def thing_pairs(old: Version, new: Version) -> list[tuple[Thing | None, Thing | None]]:
    """Give the pictures and objects that came, went or are another, each with what it took the place of."""
    found: list[tuple[Thing | None, Thing | None]] = []
    same = matches(
        [(each.kind, each.same, each.name) for each in old.things],
        [(each.kind, each.same, each.name) for each in new.things],
    )
    reached, there = 0, 0
    for place, other in [*same, (len(old.things), len(new.things))]:
        gone, come = old.things[reached:place], new.things[there:other]
        for one in list(gone):  # a program may give them other names, or write them anew
            two = next((each for each in come if _is_same(old, one, new, each)), None)
            if two is not None:
                gone.remove(one)
                come.remove(two)
        shared = min(len(gone), len(come))
        found += zip(gone[:shared], come[:shared], strict=True)
        found += [(one, None) for one in gone[shared:]]
        found += [(None, two) for two in come[shared:]]
        reached, there = place + 1, other + 1
    return found


def _things(old: Version, new: Version) -> Iterator[Change]:
    note = _("inhoud niet te vergelijken: bekijk het zelf")
    for one, two in thing_pairs(old, new):
        heading = two.heading if two is not None else one.heading if one is not None else ""
        before, after = ("" if each is None else thing_words(each) for each in (one, two))
        yield Change(Kind.OBJECT, Place(heading), before, after, note)


def _is_same(old: Version, one: Thing, new: Version, two: Thing) -> bool:
    if one.kind != two.kind:
        return False
    return one.same == two.same or (one.kind == "picture" and same_picture(old.package, one, new.package, two))


def thing_words(thing: Thing) -> str:
    """Name what cannot be compared."""
    kind = {
        "picture": _("afbeelding"),
        "chart": _("grafiek"),
        "diagram": _("diagram"),
        "object": _("ingesloten object"),
        "chunk": _("ingevoegd document"),
        "shape": _("tekening"),
        "ink": _("handschrift"),
    }[thing.kind]
    return f"{kind} «{thing.name}»" if thing.name else kind


def _comments(old: Sequence[Comment], new: Sequence[Comment]) -> Iterator[Change]:
    before = Counter((comment.text, comment.author) for comment in old)
    after = Counter((comment.text, comment.author) for comment in new)
    for comment in new:
        if after[comment.text, comment.author] > before[comment.text, comment.author]:
            after[comment.text, comment.author] -= 1
            by = ", ".join(filter(None, (comment.author, comment.date[:10])))
            yield Change(Kind.COMMENT, Place(comment.heading), "", comment.text, by)
    for comment in old:
        if before[comment.text, comment.author] > after[comment.text, comment.author]:
            before[comment.text, comment.author] -= 1
            yield Change(Kind.COMMENT, Place(comment.heading), comment.text, "", comment.author)


def _unseen(old: Sequence[Unseen], new: Sequence[Unseen]) -> Iterator[Change]:
    """Give the words that nobody sees and that came or went."""

    def key(words: Unseen) -> tuple[str, str]:
        return fold(words.text), words.part

    before, after = Counter(map(key, old)), Counter(map(key, new))
    for words in old:
        if before[key(words)] > after[key(words)]:
            before[key(words)] -= 1
            yield Change(Kind.INVISIBLE, Place(words.heading, part=words.part), words.text, "", _why(words.reason))
    before = Counter(map(key, old))
    for words in new:
        if after[key(words)] > before[key(words)]:
            after[key(words)] -= 1
            yield Change(Kind.INVISIBLE, Place(words.heading, part=words.part), "", words.text, _why(words.reason))


def _why(reason: str) -> str:
    return {
        "hidden": _("verborgen tekst: staat in het bestand, niet op papier"),
        "tiny": _("letters te klein om te lezen"),
        "colour": _("letters in de kleur van hun achtergrond"),
        "row": _("in een verborgen tabelrij"),
        "away": _("naast het blad"),
        "bound": _("haalt zijn tekst elders in het bestand: die kan anders zijn als Word het opent"),
        "field": _("de uitkomst van een veld: die kan anders zijn als Word het opent"),
        "covered": _("in een cel die achter een samengevoegde cel ligt"),
    }[reason]


def kept_share(plan: Sequence[StoryPair]) -> float:
    """Tell how much of the shorter version stands in both, from 0 to 1."""
    kept = old = new = 0
    for pair in plan:
        for block in flat(pair.blocks):
            before = len(block.old.tokens) if isinstance(block.old, Line) else 0
            after = len(block.new.tokens) if isinstance(block.new, Line) else 0
            old, new = old + before, new + after
            if block.old is not None and block.new is not None:
                kept += before - sum(hunk.last - hunk.first for hunk in block.hunks)
    return kept / max(1, min(old, new))


def flat(blocks: Sequence[BlockPair]) -> Iterator[BlockPair]:
    """Give the pairs of paragraphs, those in paired tables too."""
    for block in blocks:
        yield block
        for row in block.rows:
            for cell in row.cells:
                yield from flat(cell.blocks)
