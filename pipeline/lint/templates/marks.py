"""The marks where a paper is signed: every party has one, alone in its paragraph, and none stands twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from pipeline.language import _
from pipeline.library import BlankWords
from pipeline.library.call import SignatoryDefinition
from pipeline.lint.templates.faults import Code, PartFaults, TemplateFault
from pipeline.lint.templates.tags import Tag
from pipeline.ooxml.outline import Kind
from pipeline.renderers.places import TAG
from pipeline.renderers.signatories import NAME
from pipeline.signing import told_as_blank

_ALL = "*"
"""Stands for the marks of all parties: a loop over `signatories` that prints each `label`."""
_ROW = re.compile(r"\[.*\]\Z", re.DOTALL)


def hold_marks(
    lines: Sequence[tuple[str, Tag]], parties: Sequence[SignatoryDefinition], faults: PartFaults, environment: Any
) -> Iterator[TemplateFault]:
    """Report marks that stand where nobody could sign, and give the fault of every party without one.

    Args:
        lines: each line of the Jinja source of the body with the tag that it came from.
        parties: who sign the paper.
        faults: where faults in a paragraph go.
        environment: that of Word templates.
    """
    try:
        tree = environment.parse("\n".join(source for source, _tag in lines))
    except TemplateSyntaxError:
        return  # reported as what it is
    known = {party.key: party for party in parties}
    marks = list(_marks(tree.body, in_loop=False, every=()))
    for name, line, in_loop in marks:
        tag = lines[line - 1][1]
        _hold_place(tag, faults)
        party = known.get(_key(name))
        if party is not None:
            _hold_row(party, name, tag, faults, in_loop=in_loop)
    for name, count in _most(tree.body, ()).items():
        if count > 1:
            tag = next(lines[line - 1][1] for found, line, _in in reversed(marks) if found == name)
            message = _("Het merkteken «{mark}» staat er meer dan één keer; wie tekent, heeft één plaats.")
            faults.add(Code.MARK, tag.block, message.format(mark=tag.text), tag=tag.text)
    shown = {_key(name) for name, _line, _in in marks}
    for party in parties:
        if party.key not in shown and _ALL not in shown:
            message = _("Voor «{key}» staat er geen plaats om te tekenen; zet {mark} alleen in een alinea.")
            yield TemplateFault(Code.MARK, faults.part, "", "", "", message.format(key=party.key, mark=_meant(party)))


def hold_elsewhere(lines: Sequence[tuple[str, Tag]], faults: PartFaults) -> None:
    """Report a mark in a header, a footer or a note: it would stand on many pages, or where nobody signs."""
    for _source, tag in lines:
        if re.search(rf"\b{NAME}\b", tag.body):
            message = _("Een merkteken om te tekenen hoort in de tekst zelf, niet in kop, voet of noot.")
            faults.add(Code.MARK, tag.block, message, tag=tag.text)


def hold_blanks(faults: PartFaults, blanks: BlankWords) -> None:
    """Report what a template leaves to fill in by hand: with it, no paper goes out."""
    for block in faults.made.blocks:
        pieces = [piece.text for piece in faults.made.pieces if piece.block is block and piece.kind is Kind.SHOWN]
        for words in told_as_blank(TAG.sub("x", "".join(pieces)), blanks):
            message = _("Hier blijft iets in te vullen ({what}); een document dat uitgegeven wordt, is af.")
            faults.add(Code.BLANK, block, message.format(what=words))


def _key(name: str) -> str:
    return _ROW.sub("", name)


def _meant(party: SignatoryDefinition) -> str:
    row = "[rij.number]" if party.each else ""
    return f"{{{{ {NAME}.{party.key}{row} }}}}"


def _hold_place(tag: Tag, faults: PartFaults) -> None:
    around = faults.made.text(tag.block).replace(tag.text, "", 1).strip()
    if around:
        message = _("Een merkteken om te tekenen staat alleen in zijn alinea; hier staat er «{around}» bij.")
        faults.add(Code.MARK, tag.block, message.format(around=around), tag=tag.text)


def _hold_row(party: SignatoryDefinition, name: str, tag: Tag, faults: PartFaults, *, in_loop: bool) -> None:
    has_row = name != party.key
    if party.each and not has_row:
        message = _("Voor «{key}» tekent één persoon per rij; zeg van welke rij dit het merkteken is.")
    elif not party.each and has_row:
        message = _("Voor «{key}» tekent één persoon; dit merkteken heeft geen rij.")
    elif not party.each and in_loop:
        message = _("Voor «{key}» tekent één persoon; in een lus staat dit merkteken er meer dan één keer.")
    else:
        return
    faults.add(Code.MARK, tag.block, message.format(key=party.key), tag=tag.text, suggestion=_meant(party))


def _marks(body: Iterable[nodes.Node], *, in_loop: bool, every: tuple[str, ...]) -> Iterator[tuple[str, int, bool]]:
    """Give each mark: its party with its row, its line, whether a loop repeats it.

    Args:
        body: the nodes.
        in_loop: whether a loop is around them.
        every: names that stand for each signatory in turn.
    """
    for node in body:
        if isinstance(node, nodes.For):
            more = (*every, node.target.name) if _is_every(node) and isinstance(node.target, nodes.Name) else every
            yield from _marks(node.body, in_loop=True, every=more)
            yield from _marks(node.else_, in_loop=in_loop, every=every)
        elif isinstance(node, nodes.Getattr | nodes.Getitem):
            name = _name(node, every)
            if name:
                yield name, node.lineno, in_loop
            else:
                yield from _marks(node.iter_child_nodes(), in_loop=in_loop, every=every)
        else:
            yield from _marks(node.iter_child_nodes(), in_loop=in_loop, every=every)


def _most(body: Iterable[nodes.Node], every: tuple[str, ...]) -> Counter[str]:
    """Count how often each mark can stand at most: of branches that exclude each other only one counts."""
    found: Counter[str] = Counter()
    for node in body:
        if isinstance(node, nodes.If):
            branches = [_most(node.body, every), _most(node.else_, every)]
            branches += [_most(other.body, every) for other in node.elif_]
            for name in {name for branch in branches for name in branch}:
                found[name] += max(branch[name] for branch in branches)
        elif isinstance(node, nodes.For):
            found += _most([*node.body, *node.else_], every)
        else:
            found += Counter(name for name, _line, _in in _marks([node], in_loop=False, every=every))
    return found


def _is_every(node: nodes.For) -> bool:
    return isinstance(node.iter, nodes.Name) and node.iter.name == "signatories"


def _name(node: nodes.Getattr | nodes.Getitem, every: tuple[str, ...]) -> str:
    """Give the party of a mark, with its row as it is written; empty when it is none."""
    if isinstance(node, nodes.Getitem):
        inner = _name(node.node, every) if isinstance(node.node, nodes.Getattr | nodes.Getitem) else ""
        return f"{inner}[{node.arg!r}]" if inner and inner != _ALL else ""
    if isinstance(node.node, nodes.Name):
        if node.node.name == NAME:
            return node.attr
        if node.node.name in every and node.attr == "label":
            return _ALL
    return ""
