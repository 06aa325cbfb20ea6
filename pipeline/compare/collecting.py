"""Make a list of changes of what was laid side by side: words, rows and columns, looks, numbers before articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.compare.change import Change, Kind, Place
from pipeline.compare.dressing import line_words, table_words
from pipeline.compare.figures import changed_values, values
from pipeline.compare.formatting import look_words
from pipeline.compare.labels import BULLET
from pipeline.compare.looks import Looks
from pipeline.compare.plan import BlockPair, CellPair, Pair
from pipeline.compare.version import Grid, Line, Row, Story, Token, said
from pipeline.language import _

_AROUND = 6
"""Words shown on each side of a change."""
_FOREIGN_TELLS = 12
"""Letters of another script that are named, at most."""


@dataclass(slots=True)
class Gone:
    """A block or row of one side only, kept until it is known whether it was moved."""

    block: Any
    place: Place
    at: int
    old: bool
    group: int
    """The same for neighbours of which nothing stands between."""


class Collector:
    """Walks through the pairs of a story and notes what changed.

    Args:
        old: the story as issued; None for one that is new.
        new: as it came back; None for one that is gone.
        at: where its changes begin in the order of reading.
        looks: the styles of both files.
    """

    def __init__(self, old: Story | None, new: Story | None, at: int, looks: tuple[Looks, Looks]) -> None:
        self._looks = looks
        self._story = new or old
        self._at = at
        self._group = 0
        self._after_pair = True
        self.changes: list[Change] = []
        self.alone: list[Gone] = []

    def collect(self, pairs: Sequence[BlockPair]) -> None:
        """Note the changes of a whole story."""
        self._blocks(pairs, Place())

    def _next(self) -> int:
        self._at += 1
        return self._at

    def _place(self, base: Place, heading: str) -> Place:
        story = self._story
        if story is None or not story.part:
            return replace(base, heading=heading)
        return replace(base, heading=story.heading, part=story.part, number=story.number)

    def _add(self, kind: Kind, place: Place, before: str, after: str, **more: Any) -> None:
        self.changes.append(Change(kind, place, before, after, at=self._next(), **more))

    def _blocks(self, pairs: Sequence[BlockPair], base: Place) -> None:
        skipped: set[int] = set()
        for number, pair in enumerate(pairs):
            if number in skipped:
                continue
            cut = _cut_or_joined(pairs, number)
            if cut:
                self._told_as_cut(pairs[number : number + cut], base)
                skipped.update(range(number, number + cut))
            elif pair.old is None or pair.new is None:
                self._alone(pair, base)
            elif isinstance(pair.old, Line) and isinstance(pair.new, Line):
                self._group += 1
                self._lines(pair, base)
            else:
                self._group += 1
                self._grids(pair, base)

    def _alone(self, pair: BlockPair, base: Place) -> None:
        block = pair.new if pair.old is None else pair.old
        assert block is not None  # noqa: S101 - one side of a pair is always there
        place = _with_item(self._place(base, block.heading), block)
        if isinstance(block, Grid):
            place = replace(place, table=block.number)
        self.alone.append(Gone(block, place, self._next(), pair.old is not None, self._group))

    def _told_as_cut(self, pairs: Sequence[BlockPair], base: Place) -> None:
        old = "\n".join(pair.old.text for pair in pairs if pair.old is not None)
        new = "\n".join(pair.new.text for pair in pairs if pair.new is not None)
        heading = next(pair.new.heading for pair in pairs if pair.new is not None)
        note = _("dezelfde woorden, over meer of minder alinea's verdeeld")
        self._add(Kind.FORMATTING, self._place(base, heading), old, new, note=note)

    def _lines(self, pair: BlockPair, base: Place) -> None:
        old, new = pair.old, pair.new
        assert isinstance(old, Line)  # noqa: S101 - as whoever calls this knows
        assert isinstance(new, Line)  # noqa: S101
        place = _with_item(self._place(base, new.heading), new)
        if old.label != new.label:
            self._add(Kind.NUMBERING, place, old.label, new.label)
        for change in told_hunks(old, new, pair, place):
            self.changes.append(replace(change, at=self._next()))
        if old.targets != new.targets:
            self._add(
                Kind.INVISIBLE,
                place,
                ", ".join(target for target in old.targets if target not in new.targets),
                ", ".join(target for target in new.targets if target not in old.targets),
                note=_("waar een koppeling heen leidt"),
            )
        if old.aligned != new.aligned and old.label == new.label:
            self._add(Kind.FORMATTING, place, old.text, new.text, note=_("de alinea is anders uitgelijnd"))
        self._dressed(line_words(old, new, self._looks[1].usual_font()), place, _short(new.text))

    def _dressed(self, words: str, place: Place, text: str) -> None:
        if words:
            self._add(Kind.LAYOUT, place, text, text, note=words)

    def _grids(self, pair: BlockPair, base: Place) -> None:
        old, new = pair.old, pair.new
        assert isinstance(old, Grid)  # noqa: S101 - as whoever calls this knows
        assert isinstance(new, Grid)  # noqa: S101
        place = replace(self._place(base, new.heading), table=new.number)
        self._dressed(table_words(pair, *self._looks), place, _short(new.rows[0].text))
        columns = _columns(pair.rows)
        for kind, column, texts in columns:
            words = " | ".join(texts)
            before, after = (words, "") if kind is Kind.DELETED else ("", words)
            self._add(kind, replace(place, column=column), before, after, values=changed_values(before, after))
        numbers = {id(row): number for grid in (old, new) for number, row in enumerate(grid.rows, 1)}
        for row in pair.rows:
            if row.old is None or row.new is None:
                there = row.new or row.old
                here = replace(place, row=numbers[id(there)])
                self.alone.append(Gone(there, here, self._next(), row.old is not None, self._group))
            else:
                self._group += 1
                self._row(row, replace(place, row=numbers[id(row.new)]), new, told=bool(columns))

    def _row(self, pair: Pair[Row], place: Place, grid: Grid, *, told: bool) -> None:
        assert pair.new is not None  # noqa: S101 - as whoever calls this knows
        name = pair.new.cells[0].text if pair.new.cells else ""
        places = {id(cell): number for number, cell in enumerate(pair.new.cells)}
        for cell in pair.cells:
            number = places.get(id(cell.new), -1)
            head = grid.rows[0].cells[number].text if 0 <= number < len(grid.rows[0].cells) else ""
            named = pair.new is not grid.rows[0]
            here = replace(
                place,
                row_name=_short(name) if named and number > 0 else "",
                column=number + 1,
                column_name=_short(head) if named else "",
            )
            if cell.old is None or cell.new is None:
                if not told:
                    self._cell_alone(cell, replace(here, column=0, column_name=""))
                continue
            self._blocks(cell.blocks, here)

    def _cell_alone(self, cell: CellPair, place: Place) -> None:
        before, after = (cell.old.text if cell.old else ""), (cell.new.text if cell.new else "")
        if before or after:
            kind = Kind.INSERTED if cell.old is None else Kind.DELETED
            self._add(kind, place, before, after, values=changed_values(before, after), note=_("een cel"))


def _with_item(place: Place, block: Any) -> Place:
    """Add to a place the number of the paragraph itself, where it says which of several it is."""
    numbered = isinstance(block, Line) and not block.level and block.label not in ("", BULLET)
    return replace(place, item=block.label) if numbered else place


def told_hunks(old: Line, new: Line, pair: Any, place: Place) -> Iterator[Change]:
    """Give the changes between two versions of a paragraph."""
    for hunk in pair.hunks:
        before, after = said(old.tokens[hunk.first : hunk.last]), said(new.tokens[hunk.start : hunk.end])
        context = _context(new.tokens, hunk.start, hunk.end)
        if before == after:
            note = _("spatie")
            yield Change(Kind.FORMATTING, place, before, after, note, context)
            continue
        kind = Kind.REPLACED if before and after else Kind.DELETED if before else Kind.INSERTED
        touched = values(old.tokens, new.tokens, hunk)
        yield Change(kind, place, before, after, foreign(after), context, touched)
    yield from _looks(old, new, pair, place)


def foreign(text: str) -> str:
    """Name the letters in changed words that are of another script: they may look like ours."""
    import unicodedata

    odd = dict.fromkeys(sign for sign in text if ord(sign) > 0x24F and (sign.isalpha() or not sign.isprintable()))
    names = [f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in odd]
    if not names:
        return ""
    return _("bevat tekens die op andere lijken of de schrijfrichting keren: {names}").format(
        names=", ".join(names[:_FOREIGN_TELLS])
    )


def _looks(old: Line, new: Line, pair: Any, place: Place) -> Iterator[Change]:
    """Give the words that stayed and look different, neighbours that changed alike together."""
    run: list[tuple[int, str]] = []
    for place_old, place_new in kept(pair.hunks, len(old.tokens)):
        one, other = old.tokens[place_old], new.tokens[place_new]
        whole = one.pieces[0].end < 0  # a mark: each program draws it in its own way
        words = "" if whole else look_words(one.looks, other.looks)
        if run and (words != run[-1][1] or place_new != run[-1][0] + 1):
            yield from _told_look(new, run, place)
            run = []
        if words:
            run.append((place_new, words))
    yield from _told_look(new, run, place)


def _told_look(new: Line, run: list[tuple[int, str]], place: Place) -> Iterator[Change]:
    if run:
        text = said(new.tokens[run[0][0] : run[-1][0] + 1])
        yield Change(Kind.FORMATTING, place, text, text, run[0][1])


def kept(hunks: Sequence[Any], count: int) -> Iterator[tuple[int, int]]:
    """Give the words of the old paragraph that stayed, each with its place in the new one."""
    place = shift = 0
    for hunk in hunks:
        yield from ((each, each + shift) for each in range(place, hunk.first))
        place, shift = hunk.last, hunk.end - hunk.last
    yield from ((each, each + shift) for each in range(place, count))


def _context(tokens: Sequence[Token], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(tokens), end + _AROUND)
    words = said(tokens[first:last])
    return f"{'… ' if first else ''}{words}{' …' if last < len(tokens) else ''}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"


def _columns(rows: Sequence[Pair[Row]]) -> list[tuple[Kind, int, list[str]]]:
    """Give the columns that came or went as a whole: in every row, at the same place."""
    both = [row for row in rows if row.old is not None and row.new is not None]
    found: list[tuple[Kind, int, list[str]]] = []
    for kind in (Kind.DELETED, Kind.INSERTED):
        seen: dict[int, list[str]] = {}
        for row in both:
            for cell in row.cells:
                alone = cell.old if kind is Kind.DELETED and cell.new is None else None
                alone = cell.new if kind is Kind.INSERTED and cell.old is None else alone
                side = row.old if kind is Kind.DELETED else row.new
                if alone is not None and side is not None:
                    number = next(place for place, each in enumerate(side.cells, 1) if each is alone)
                    seen.setdefault(number, []).append(alone.text)
        if not seen or any(len(texts) != len(both) for texts in seen.values()):
            if seen:
                return []
            continue
        found += [(kind, number, texts) for number, texts in sorted(seen.items())]
    return found


def _cut_or_joined(pairs: Sequence[BlockPair], number: int) -> int:
    """Tell how many pairs from here say the same words over more or fewer paragraphs; 0 when they do not."""
    old: list[str] = []
    new: list[str] = []
    for reached in range(number, min(len(pairs), number + 12)):
        pair = pairs[reached]
        if any(isinstance(side, Grid) for side in (pair.old, pair.new)):
            return 0
        if isinstance(pair.old, Line):
            old += [token.key for token in pair.old.tokens]
        if isinstance(pair.new, Line):
            new += [token.key for token in pair.new.tokens]
        if reached == number and (old == new or (pair.old is not None and pair.new is not None and not pair.hunks)):
            return 0
        if old == new:
            return reached - number + 1
        shorter = min(len(old), len(new))
        if old[:shorter] != new[:shorter]:
            return 0
    return 0
