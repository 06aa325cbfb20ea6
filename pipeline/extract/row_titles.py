"""The titles of rows: what looks like one, which go on with the row before, and which are a sentence in an answer."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.names import FormNames
from pipeline.extract.units import Unit
from pipeline.extract.withdrawn import WORDS, remark
from pipeline.form import Field
from pipeline.language import _

_REMARK = rf"[(\[][^()\[\]]*[)\]]\W*(?:\n.*)?|[\s,;(\[]\s*{WORDS}(?:\W*|\b.*[^.\s]\s*)"
"""What may stand beside a number in a title; not the rest of a sentence: «Actie 2 (Zuid) sluit hierop aan.»"""
_GOES_ON = re.compile(
    r"(?P<number>(?:(?:\w+\s)?[a-z]{0,3}\W?\d{1,3}\b)?)\W*\b(?:vervolg|verv\.)(?:\s+van\s+(?:de\s+)?(?:vorige\s+)?(?:pagina|blad|bladzijde|rij)\b.*)?\W*",
    re.IGNORECASE,
)
_GOING_ON = "verv"
"""Stands in every such title: to look for one takes ten times as long."""
_STOPS = (".", ";", ",", "!", "?")
_MARKS = " .,:;–-"
_LONGEST = 80


@dataclass(slots=True)
class Card:
    """The units of one row."""

    title: Unit | None = None
    number: int | None = None
    """In the title."""
    extra: str = ""
    """What the title says after its number."""
    more: list[Unit] = field(default_factory=list)
    """The titles under which the row goes on."""
    units: list[Unit] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    """Columns whose label was seen."""
    sentences: set[int] = field(default_factory=set)
    """Numbers of the units among them that look like the title of a row and are no label."""
    before: Card | None = None
    """The row in which the title stands."""
    in_text: bool = False
    """Whether the title stands under words of an answer and may be a sentence of it."""


def row_title(asked: Field) -> re.Pattern[str]:
    """Give what the title of a card looks like: its word and a number."""
    return _numbered(asked.row_title or asked.label)


@functools.lru_cache(maxsize=1024)
def _numbered(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"^\s*{re.escape(word)}\s*(?:nr\.?|nummer)?\s*(?P<number>\d{{1,3}})(?P<extra>\s*(?:[:.–-].*|{_REMARK})?)$",
        re.IGNORECASE | re.DOTALL,
    )


def titled(unit: Unit, marked: re.Match[str], before: Card | None, *, in_text: bool) -> Card:
    """Give the card that a title opens."""
    return Card(unit, int(marked["number"]), marked["extra"].strip(_MARKS), before=before, in_text=in_text)


def again(said: str) -> str | None:
    """Give the number beside which stands that its row goes on, as in «2 (vervolg)»; None when nothing says so."""
    found = _GOES_ON.fullmatch(said.strip()) if _GOING_ON in said.lower() else None
    return found["number"].strip(_MARKS) if found else None


def joined(cards: Sequence[Card]) -> list[Card]:
    """Put the parts of a row together, and give a title that is a sentence back to the answer in which it stands.

    A row goes on where its number comes again over questions that it has not answered yet. A title is a sentence where
    it names no question, or none that the row before has, and its number has a row of its own or it ends as a sentence
    does. What may be both stays a row, and `named_row` doubts the answer in which it would stand.
    """
    if not any(card.columns for card in cards):
        return list(cards)
    numbers = Counter(card.number for card in cards if card.title is not None and card.columns)
    kept: list[Card] = []
    for card in cards:
        last = kept[-1] if kept else None
        if last is not None and card.title is not None and _is_more(last, card):
            last.more.append(card.title)
            last.units.extend(card.units)
            last.columns |= card.columns
            continue
        card.in_text = card.in_text and _may_be_sentence(card)
        sentence = card.in_text and _is_sentence(card, numbers)
        if card.title is not None and card.in_text:
            _give_back(card, next((row for row in reversed(kept) if row.columns), None), whole=sentence)
        if not sentence:
            kept.append(card)
    return kept


def _give_back(card: Card, row: Card | None, *, whole: bool) -> None:
    """Let a title that may be a sentence stand in the row above too, with what follows on it when it is one."""
    assert card.title is not None  # noqa: S101 - tells the type checker what the caller saw
    text = card.units if whole or not card.columns else []
    if card.before is not None and row is not None:
        row.units.extend((card.title, *text))
        row.sentences.add(card.title.number)
        if whole:
            row.columns |= card.columns
    if text:
        card.units = []


def _is_more(last: Card, card: Card) -> bool:
    same = card.number is not None and card.number == last.number and bool(last.columns and card.columns)
    return same and (again(card.extra) == "" or (not card.extra and last.columns.isdisjoint(card.columns)))


def _may_be_sentence(card: Card) -> bool:
    """Tell whether a title in the words of an answer may be a sentence of it.

    With questions beneath that the row above has as well it is a title, unless it ends as a sentence does.
    """
    if card.title is None or not card.extra or again(card.extra) == "" or remark(card.extra, ()):
        return False
    named = any(card.extra.casefold() in unit.text.casefold() for unit in card.units)
    return not card.columns or (card.title.said.endswith(_STOPS) and not named)


def _is_sentence(card: Card, numbers: Counter[int | None]) -> bool:
    """Tell whether what may be a sentence is rather that than the title of a row."""
    if card.columns and (card.before is None or not card.before.columns.isdisjoint(card.columns)):
        return False
    others = numbers[card.number] - bool(card.columns)
    return others > 0 or (not card.columns and card.title is not None and card.title.said.endswith(_STOPS))


def named_row(text: str, tables: Sequence[Field]) -> str:
    """Say that a line of an answer in running text may be the title of a row; empty when none is."""
    for line in text.split("\n"):
        for asked in tables:
            found = row_title(asked).match(line)
            if found and found["extra"].strip(_MARKS):
                return _may_be_row(line, asked)
    return ""


def swallowed_row(text: str, tables: Sequence[Field], form: FormNames) -> str:
    """Say that an answer goes on with the title of a row and a question right beneath it; empty when it does not."""
    if "\n" not in text:  # as nearly all
        return ""
    lines = text.split("\n")
    for line, under in itertools.pairwise(lines):
        for asked in tables:
            names = form.columns[asked.key]
            if row_title(asked).match(line) and (names.begin(under) or names.whole(under)):
                return _may_be_row(line, asked)
    return ""


def _may_be_row(line: str, asked: Field) -> str:
    problem = _("«{line}» kan een zin van dit antwoord zijn of een rij van «{table}»; zie na wat het is.")
    return problem.format(line=line.strip()[:_LONGEST], table=asked.label)
