"""Write what became of the words of a paragraph into the issued paper, as tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from pipeline.compare.collecting import kept
from pipeline.compare.formatting import look_words
from pipeline.compare.marks import Marks, place_property, properties_of
from pipeline.compare.plan import BlockPair
from pipeline.compare.splitting import Split
from pipeline.compare.version import Line
from pipeline.compare.writing import Writer
from pipeline.ooxml.names import W

_PPR, _RPR, _RUN = W + "pPr", W + "rPr", W + "r"


class Rewording:
    """Rewords the paragraphs of the issued paper.

    Args:
        writer: writes what is new.
        marks: gives the marks of tracked changes.
    """

    def __init__(self, writer: Writer, marks: Marks) -> None:
        self._writer = writer
        self._marks = marks

    def write(self, pair: BlockPair, old: Line, new: Line, table: str) -> None:
        """Write what became of a paragraph.

        Args:
            pair: which of its words changed.
            old: the paragraph of the issued paper.
            new: that of the returned file.
            table: the style of the table around it.
        """
        looks = [
            (place, other)
            for place, other in kept(pair.hunks, len(old.tokens))
            if old.tokens[place].pieces[0].end >= 0 and look_words(old.tokens[place].looks, new.tokens[other].looks)
        ]
        gaps = [
            (place, other)
            for place, other in kept(pair.hunks, len(old.tokens))
            if (old.tokens[place].space and place > 0) != (new.tokens[other].space and other > 0)
        ]
        if pair.hunks or looks or gaps:
            wanted = [(place, False) for place, _other in looks] + [(place, True) for place, _other in gaps]
            wanted += [
                (place, gap) for hunk in pair.hunks for place in range(hunk.first, hunk.last) for gap in (False, True)
            ]
            if any(hunk.first == hunk.last for hunk in pair.hunks):
                wanted += [(hunk.first - 1, False) for hunk in pair.hunks if hunk.first]
                wanted += [(0, False)] if old.tokens else []
            self._words(pair, old, new, Split(old.tokens, wanted), gaps, looks, table)
        if bool(old.label) != bool(new.label) or old.aligned != new.aligned:
            self._shape(old, new)

    def _words(
        self,
        pair: BlockPair,
        old: Line,
        new: Line,
        split: Split,
        gaps: Sequence[tuple[int, int]],
        looks: Sequence[tuple[int, int]],
        table: str,
    ) -> None:
        for place, other in looks:
            for run in split.of(old.tokens[place].pieces):
                if len(old.tokens[place].looks) == len(new.tokens[other].looks) == 1:
                    self._marks.look(run, old.tokens[place].looks[0], new.tokens[other].looks[0])
        for hunk in pair.hunks:
            gone, come = old.tokens[hunk.first : hunk.last], new.tokens[hunk.start : hunk.end]
            joined = bool(
                gone and come and hunk.first and hunk.start and gone[0].space and come[0].space
            )  # the space stays
            pieces = [
                piece
                for number, token in enumerate(gone)
                for piece in (*(() if joined and not number else token.gap), *token.pieces)
            ]
            deleted = split.of(pieces)
            beside, have = self._neighbour(old, hunk.first, hunk.last, split, table)
            properties = None if beside is None else beside.find(_RPR)
            runs = self._writer.runs(come, properties, have, spaced=hunk.start > 0 and not joined)
            anchor = None
            for run in deleted:
                anchor = self._marks.delete(run)
            if runs:
                self._place(old, self._marks.insert(*runs), anchor, hunk.first, split)
        for place, other in gaps:
            runs = split.of(old.tokens[place].gap)
            if old.tokens[place].space and place > 0:
                for run in runs:
                    self._marks.delete(run)
            elif new.tokens[other].space:
                first = split.of(old.tokens[place].pieces)[0]
                space = Writer.space(first.find(_RPR))
                first.addprevious(self._marks.insert(space))

    def _neighbour(self, old: Line, first: int, last: int, split: Split, table: str) -> tuple[Any, Any]:
        """Give the run beside which new words come, and how it looks."""
        number = first if first < last else first - 1 if first else 0
        if not old.tokens:
            return None, self._writer.usual(old.style, table)
        token = old.tokens[number]
        runs = split.of(token.pieces)
        run = runs[0] if number == first else runs[-1]
        look = token.looks[0] if number == first else token.looks[-1]
        if run.tag != _RUN or token.pieces[0].end < 0:
            return None, self._writer.usual(old.style, table)
        return run, look

    @staticmethod
    def _place(old: Line, made: Any, anchor: Any, first: int, split: Split) -> None:
        """Put new words after what they replace, else after the word before them, else first of all."""
        if anchor is not None:
            anchor.addnext(made)
        elif first:
            last = split.of(old.tokens[first - 1].pieces)[-1]
            (last.getparent() if last.getparent().tag in (W + "del", W + "ins") else last).addnext(made)
        elif old.tokens:
            run = split.of(old.tokens[0].pieces)[0]
            (run.getparent() if run.getparent().tag in (W + "del", W + "ins") else run).addprevious(made)
        else:
            element_of(old).append(made)

    def _shape(self, old: Line, new: Line) -> None:
        """Give a paragraph that was a heading or an item, and is none now, another style; or another alignment."""
        paragraph = element_of(old)
        former = copy.deepcopy(paragraph.find(_PPR))
        properties = properties_of(paragraph)
        if bool(old.label) != bool(new.label):
            shape = self._writer.paragraph(new, None).find(_PPR)
            stays = [child for child in properties if child.tag in (_RPR, W + "sectPr")]
            properties[:] = [*(() if shape is None else [child for child in shape if child.tag != _RPR]), *stays]
        else:
            for each in properties.findall(W + "jc"):
                properties.remove(each)
            place_property(properties, properties.makeelement(W + "jc", {W + "val": new.aligned}))
        self._marks.paragraph(paragraph, former)


def element_of(block: Any) -> Any:
    """Give the element of a paragraph or table; of words without a paragraph the last."""
    return block.element[-1] if isinstance(block.element, list) else block.element
