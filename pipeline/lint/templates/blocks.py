"""Blocks of tags: each closes, none crosses another, and none breaks a cell, a row or a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language import _
from pipeline.lint.templates.faults import Code, PartFaults
from pipeline.lint.templates.tags import CLOSES, MIDDLES, Sort, Tag
from pipeline.ooxml.outline import Block

_OPENED_BY = {closer: opener for opener, closer in CLOSES.items()}


@dataclass(slots=True)
class _Open:
    tag: Tag
    crossed_by: Tag | None = None
    """A tag that closed a block around this one while this one was open."""


def blocks_of(tags: list[Tag], faults: PartFaults) -> list[tuple[str, Tag]]:
    """Give Jinja source that parses, line by line with the tag it came from; report every block that is wrong."""
    return _Walk(tags, faults).lines


class _Walk:
    def __init__(self, tags: list[Tag], faults: PartFaults) -> None:
        self.faults = faults
        self.lines: list[tuple[str, Tag]] = []
        self._open: list[_Open] = []
        self._crossed: list[_Open] = []
        for tag in tags:
            if tag.level in ("tr", "tc") and not tag.block.row:
                self._outside(tag)
            if tag.opens:
                self._open.append(_Open(tag))
                self.lines.append((tag.source, tag))
            elif tag.word in MIDDLES:
                self._middle(tag)
            elif tag.word in _OPENED_BY:
                self._close(tag)
            elif tag.sort is not Sort.COMMENT and tag.source:
                self.lines.append((tag.source, tag))
        while self._open:
            left = self._open.pop()
            self._unclosed(left.tag)
            self.lines.append((f"{{% {CLOSES[left.tag.word]} %}}", left.tag))
        for left in self._crossed:
            self._unclosed(left.tag)

    def _unclosed(self, tag: Tag) -> None:
        message = _("«{tag}» wordt nergens gesloten; zet «{close}» waar het blok eindigt.")
        close = f"{{%{tag.level} {CLOSES[tag.word]} %}}"
        self.faults.add(Code.BLOCK, tag.block, message.format(tag=tag.text, close=close), tag=tag.text)

    def _outside(self, tag: Tag) -> None:
        if not tag.opens:
            return
        message = _("«{{%{level}» hoort in een rij van een tabel, en deze tag staat er niet in.").format(
            level=tag.level
        )
        meant = tag.text.replace(f"{{%{tag.level}", "{%p", 1)
        self.faults.add(Code.BROKEN, tag.block, message, tag=tag.text, suggestion=meant)

    def _middle(self, tag: Tag) -> None:
        if not self._open or self._open[-1].tag.word not in MIDDLES[tag.word]:
            message = _("«{tag}» staat niet in een blok waar dat kan; zet het tussen {where} en zijn einde.")
            where = _(" of ").join(f"«{word}»" for word in MIDDLES[tag.word])
            self.faults.add(Code.BLOCK, tag.block, message.format(tag=tag.text, where=where), tag=tag.text)
            return
        self._hold_together(self._open[-1].tag, tag)
        self.lines.append((tag.source, tag))

    def _close(self, tag: Tag) -> None:
        opener = _OPENED_BY[tag.word]
        place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].tag.word == opener), None)
        if place is None:
            self._close_later(tag, opener)
            return
        for left in reversed(self._open[place + 1 :]):
            left.crossed_by = tag
            self._crossed.append(left)
            self.lines.append((f"{{% {CLOSES[left.tag.word]} %}}", left.tag))
        self._hold_together(self._open[place].tag, tag)
        del self._open[place:]
        self.lines.append((tag.source, tag))

    def _close_later(self, tag: Tag, opener: str) -> None:
        """Report a closing tag: of a block that another closed over, or of none at all."""
        left = next((each for each in self._crossed if each.tag.word == opener), None)
        if left is None or left.crossed_by is None:
            message = _("«{tag}» sluit een blok dat nergens begint; haal het weg, of zet «{open}» waar het begint.")
            said = message.format(tag=tag.text, open=f"{{%{tag.level} {opener} … %}}")
            self.faults.add(Code.BLOCK, tag.block, said, tag=tag.text)
            return
        self._crossed.remove(left)
        message = _(
            "«{close}» staat voor het einde van «{inner}»: deze blokken kruisen elkaar. Sluit eerst het binnenste."
        )
        crossing = left.crossed_by
        said = message.format(close=crossing.text, inner=left.tag.text)
        self.faults.add(Code.BLOCK, crossing.block, said, tag=crossing.text)

    def _hold_together(self, opener: Tag, tag: Tag) -> None:
        """Report a tag of a block that stands in another kind of place than the one that opened it."""
        begin = opener.text
        if opener.level != tag.level:
            message = _(
                "«{begin}» en «{end}» horen bij elkaar, maar nemen niet hetzelfde in (alinea, rij, cel of zin)."
            )
            meant = f"{{%{opener.level} {tag.body} %}}"
            self._report(tag, message.format(begin=begin, end=tag.text), meant)
        elif not _together(opener.block, tag.block, opener.level):
            message = {
                "tr": _("«{begin}» begint in een andere tabel; sluit het blok in dezelfde tabel."),
                "tc": _("«{begin}» begint in een andere rij; sluit het blok in dezelfde rij."),
            }.get(
                opener.level,
                _("«{begin}» begint in een andere cel of een ander tekstvak; sluit het blok waar het begint."),
            )
            self._report(tag, message.format(begin=begin), "")

    def _report(self, tag: Tag, message: str, meant: str) -> None:
        self.faults.add(Code.BROKEN, tag.block, message, tag=tag.text, suggestion=meant)


def _together(one: Block, other: Block, level: str) -> bool:
    if level == "tr":
        return one.table == other.table
    return one.row == other.row if level == "tc" else one.holder == other.holder
