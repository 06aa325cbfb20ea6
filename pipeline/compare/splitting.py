"""Cut the runs of a paragraph so that each word that changes has runs of its own."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from lxml import etree

from pipeline.compare.marks import keep_spaces
from pipeline.compare.version import Piece, Token
from pipeline.ooxml.names import M, W

_RUN, _RPR = W + "r", W + "rPr"


class Split:
    """The runs of one paragraph, cut where asked.

    Args:
        tokens: its words.
        wanted: those that must have runs of their own; True for the white space before, False for the word itself.
    """

    def __init__(self, tokens: tuple[Token, ...], wanted: Iterable[tuple[int, bool]]) -> None:
        self._tokens = tokens
        cuts: dict[int, set[int]] = {}
        for number, gap in wanted:
            for piece in tokens[number].gap if gap else tokens[number].pieces:
                if piece.end >= 0:
                    cuts.setdefault(id(piece.node), set()).update((piece.start, piece.end))
        self._runs: dict[int, list[tuple[int, int, Any]]] = {}
        nodes = {
            id(piece.node): piece.node for token in tokens for pieces in (token.gap, token.pieces) for piece in pieces
        }
        for node in nodes.values():
            if id(node) not in self._runs:
                self._cut(node, cuts)

    def of(self, pieces: Iterable[Piece]) -> list[Any]:
        """Give the runs (or formulas) of some pieces, in order."""
        found: list[Any] = []
        for piece in pieces:
            for start, end, run in self._runs.get(id(piece.node), ()):
                inside = piece.end < 0 or (start < piece.end and end > piece.start)
                if inside and run not in found:
                    found.append(run)
        return found

    def _cut(self, node: Any, cuts: dict[int, set[int]]) -> None:
        run = node.getparent()
        if node.tag == W + "fldSimple":
            self._runs[id(node)] = [(0, 1, each) for each in _unfold(node)]
        elif node.tag.startswith(M) or run is None or run.tag != _RUN:
            self._runs[id(node)] = [(0, 1, node)]
        else:
            self._cut_run(run, cuts)

    def _cut_run(self, run: Any, cuts: dict[int, set[int]]) -> None:
        properties = run.find(_RPR)
        children = [child for child in run if child is not properties]
        alone = len(children) == 1
        for child in children:
            if child.tag != W + "t":
                made = run if alone else _beside(run, properties, child)
                self._runs[id(child)] = [(0, 1, made)]
                continue
            text = child.text or ""
            marks = sorted({0, len(text), *(cut for cut in cuts.get(id(child), ()) if 0 < cut < len(text))})
            if alone and len(marks) <= 2:
                self._runs[id(child)] = [(0, len(text), run)]
                continue
            stretches = list(pairwise(marks)) or [(0, 0)]
            self._runs[id(child)] = []
            for start, end in stretches:
                words = etree.Element(W + "t")
                words.text = text[start:end]
                keep_spaces(words)
                self._runs[id(child)].append((start, end, _beside(run, properties, words)))
            run.remove(child)
        if not any(child is not properties for child in run):
            run.getparent().remove(run)


def _beside(run: Any, properties: Any, content: Any) -> Any:
    """Give content a run of its own, before the one it comes from."""
    made = etree.Element(_RUN, dict(run.attrib))
    if properties is not None:
        made.append(copy.deepcopy(properties))
    run.addprevious(made)
    made.append(content)
    return made


def _unfold(simple: Any) -> list[Any]:
    """Write a simple field as one of several runs, which can be marked as taken away."""
    first = simple.find(f".//{_RPR}")

    def run(child: Any) -> Any:
        made = etree.Element(_RUN)
        if first is not None:
            made.append(copy.deepcopy(first))
        made.append(child)
        return made

    code = etree.Element(W + "instrText")
    code.text = simple.get(W + "instr", "")
    keep_spaces(code)
    results = [child for child in simple if child.tag == _RUN]
    runs = [
        run(etree.Element(W + "fldChar", {W + "fldCharType": "begin"})),
        run(code),
        run(etree.Element(W + "fldChar", {W + "fldCharType": "separate"})),
        *results,
        run(etree.Element(W + "fldChar", {W + "fldCharType": "end"})),
    ]
    for each in runs:
        simple.addprevious(each)
    simple.getparent().remove(simple)
    return runs
