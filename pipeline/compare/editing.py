"""Write into the issued paper, as tracked changes, what became of its paragraphs, tables and rows."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from pipeline.compare.marks import Marks
from pipeline.compare.plan import BlockPair, Pair
from pipeline.compare.rewording import Rewording, element_of
from pipeline.compare.version import Block, Grid, Line, Row
from pipeline.compare.writing import Writer
from pipeline.ooxml.names import VAL, M, W

_P, _TBL, _PPR, _RPR, _RUN = W + "p", W + "tbl", W + "pPr", W + "rPr", W + "r"
_SHAPES = (W + "drawing", W + "pict", W + "object")


class Editor:
    """Edits the stories of the issued paper.

    Args:
        writer: writes what is new.
        marks: gives the marks of tracked changes.
    """

    def __init__(self, writer: Writer, marks: Marks) -> None:
        self.writer = writer
        self._marks = marks
        self._rewording = Rewording(writer, marks)
        self.placed: dict[Any, Any] = {}
        """Paragraphs of the returned file → where they stand in the issued paper now."""

    def story(self, container: Any, pairs: Sequence[BlockPair], table: str = "") -> None:
        """Edit a body, header, note, text box or cell.

        Args:
            container: the element that holds its paragraphs.
            pairs: what became of them.
            table: the style of the table around it.
        """
        after: Any = None
        like: Line | None = None
        waiting: list[Block] = []
        for pair in pairs:
            if pair.old is None:
                if pair.new is not None:
                    made = self._insert(after, pair.new, like, table)
                    waiting += [pair.new] if made is None else []
                    after = after if made is None else made
                continue
            first = element_of(pair.old)
            for block in waiting:
                made = self.writer.block(block, pair.old if isinstance(pair.old, Line) else None, table)
                self._put(made, block)
                first.addprevious(made)
            waiting = []
            after = self._old(pair, table)
            like = pair.old if isinstance(pair.old, Line) else like
        self._into_empty(container, waiting, table)
        self._end(container)

    def _old(self, pair: BlockPair, table: str) -> Any:
        """Edit a block of the issued paper; give the element after which the next comes."""
        old, new = pair.old, pair.new
        if isinstance(old, Grid):
            if new is None:
                self._delete_rows(old.rows)
                return old.element
            return self._grid(pair)
        assert isinstance(old, Line)  # noqa: S101 - the other kind of block
        if new is None:
            self.delete(old.element)
        elif isinstance(new, Line):
            self._rewording.write(pair, old, new, table)
            self.placed[new.element if not isinstance(new.element, list) else id(new.element)] = element_of(old)
        return element_of(old)

    def _insert(self, after: Any, block: Block, like: Line | None, table: str) -> Any:
        """Put a new block after another; None when there is nothing yet to put it after."""
        if after is None:
            return None
        made = self.writer.block(block, like, table)
        self._put(made, block)
        after.addnext(made)
        return made

    def _put(self, made: Any, block: Block) -> None:
        if isinstance(block, Line):
            self._marks.end(made, "ins")
            if not isinstance(block.element, list):
                self.placed[block.element] = made

    def _into_empty(self, container: Any, blocks: Sequence[Block], table: str) -> None:
        """Put new blocks in a container without words: before its last paragraph, the last of them into that."""
        if not blocks:
            return
        children = [child for child in container if child.tag in (_P, _TBL)]
        last = children[-1] if children else None
        if last is None or last.tag != _P:
            for block in blocks:
                made = self.writer.block(block, None, table)
                self._put(made, block)
                container.append(made)
            return
        *others, final = blocks
        for block in others if isinstance(final, Line) else blocks:
            made = self.writer.block(block, None, table)
            self._put(made, block)
            last.addprevious(made)
        if isinstance(final, Line):
            made = self.writer.paragraph(final, None, table)
            last.extend([child for child in made if child.tag != _PPR])
            self.placed[final.element] = last

    def _end(self, container: Any) -> None:
        """The last paragraph of a container always stays: let the mark of its end be that of the one before."""
        children = [child for child in container if child.tag in (_P, _TBL)]
        name = _end_mark(children[-1]) if children else ""
        if not name:
            return
        tail = len(children)
        while tail and _end_mark(children[tail - 1]) == name:
            tail -= 1
        last, before = children[-1], children[tail - 1] if tail else None
        _without_end(last)
        if before is None or before.tag != _P or _end_mark(before):
            return
        own, former = last.find(_PPR), before.find(_PPR)
        if name == "del":
            shape = copy.deepcopy(own)
            if own is not None:
                last.remove(own)
            if former is not None:
                last.insert(0, copy.deepcopy(former))
            self._marks.paragraph(last, shape)
        else:
            self._marks.paragraph(last, former)
        self._marks.end(before, name)

    def delete(self, paragraph: Any) -> None:
        """Mark a whole paragraph as taken away, but for what is drawn in it."""
        if isinstance(paragraph, list):
            for run in paragraph:
                self._marks.delete(run)
            return
        drawn = False
        for run in list(paragraph.iter(_RUN, M + "oMath")):
            if any(each.tag in (W + "txbxContent", W + "del") for each in run.iterancestors()):
                continue
            if any(True for _each in run.iter(*_SHAPES)):
                drawn = True
                continue
            self._marks.delete(run)
        if not drawn:
            self._marks.end(paragraph, "del")

    def _grid(self, pair: Pair[Line] | Pair[Grid]) -> Any:
        """Edit a table; give the element after which the next comes."""
        old, new = pair.old, pair.new
        assert isinstance(old, Grid)  # noqa: S101 - as whoever calls this knows
        assert isinstance(new, Grid)  # noqa: S101
        if any(row.old and row.new and len(row.old.cells) != len(row.new.cells) for row in pair.rows):
            self._delete_rows(old.rows)
            made = self.writer.table(new)
            old.element.addnext(made)
            return made
        style = old.element.find(f"{W}tblPr/{W}tblStyle")
        table = "" if style is None else style.get(VAL, "")
        after: Any = None
        for number, row in enumerate(pair.rows):
            if row.old is None and row.new is not None:
                like = _like(pair.rows, number, len(row.new.cells))
                made = self.writer.row(row.new, like, table)
                if after is None:
                    old.rows[0].element.addprevious(made)
                else:
                    after.addnext(made)
                after = made
            elif row.old is not None:
                if row.new is None:
                    self._delete_rows([row.old])
                for cell in row.cells:
                    if cell.old is not None:
                        self.story(cell.old.element, cell.blocks, table)
                after = row.old.element
        return old.element

    def _delete_rows(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._marks.row(row.element, "del")
            for paragraph in list(row.element.iter(_P)):
                self.delete(paragraph)


def _like(rows: Sequence[Pair[Row]], number: int, cells: int) -> Row | None:
    """Give the nearest row of the issued paper with so many cells: before, else after, no header when it can be."""
    order = [*rows[:number][::-1], *rows[number:]]
    found = [row.old for row in order if row.old is not None and len(row.old.cells) == cells]
    plain = [row for row in found if row.element.find(f"{W}trPr/{W}tblHeader") is None]
    return next(iter(plain or found), None)


def _end_mark(paragraph: Any) -> str:
    """Give the name of the mark at the end of a paragraph: ins, del or none."""
    run = paragraph.find(f"{_PPR}/{_RPR}") if paragraph.tag == _P else None
    if run is None:
        return ""
    return next((name for name in ("ins", "del") if run.find(W + name) is not None), "")


def _without_end(paragraph: Any) -> None:
    run = paragraph.find(f"{_PPR}/{_RPR}")
    for mark in [*run.findall(W + "ins"), *run.findall(W + "del")]:
        run.remove(mark)
    if not len(run):
        run.getparent().remove(run)
