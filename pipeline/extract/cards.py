"""Tables asked as cards: a small label/value block for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.names import FormNames, Names, key
from pipeline.extract.units import Unit
from pipeline.form import Field

_LONE_SHARE = 0.3
"""Of the columns, that a single block without a title must name."""


@dataclass(slots=True)
class Card:
    """The units of one row."""

    title: Unit | None = None
    extra: str = ""
    """What the title says after its number."""
    units: list[Unit] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    """Columns whose label was seen."""


def find_cards(units: Sequence[Unit], asked: Field, form: FormNames, section: Names) -> list[Card]:
    """Cut a region into the cards of one question: at each numbered title, or where a label comes again."""
    names = form.columns[asked.key]
    title = _title(asked)
    cards: list[Card] = []
    open_card: Card | None = None
    for unit in units:
        marked = title.match(unit.said) if title and unit.said else None
        if marked:
            open_card = Card(unit, marked["extra"].strip(" :–-"))
            cards.append(open_card)
            continue
        seen = _columns_at(unit, names)
        if not seen and _asks_else(unit, section, names):
            open_card = None
        elif seen:
            if open_card is None or seen & open_card.columns:
                open_card = Card()
                cards.append(open_card)
            open_card.units.append(unit)
            open_card.columns |= seen
        elif open_card is not None:
            if _goes_on(unit, open_card):
                open_card.units.append(unit)
            else:
                open_card = None
    return [card for card in cards if _is_card(card, names, several=len(cards) > 1)]


def _title(asked: Field) -> re.Pattern[str] | None:
    word = asked.row_title or asked.label
    if not word:
        return None
    return re.compile(
        rf"^\s*{re.escape(word)}\s*(?:nr\.?|nummer)?\s*\d{{1,3}}(?P<extra>\s*(?:[:.–-].*)?)$", re.IGNORECASE | re.DOTALL
    )


def _columns_at(unit: Unit, names: Names) -> set[str]:
    """Give the columns whose label stands at the start of a unit, or beside another in its row."""
    if unit.paragraph is not None:
        text = unit.paragraph.text.strip()
        match = names.whole(text) or names.begin(text)
        return {match.fields[0]} if match else set()
    found: set[str] = set()
    places = unit.places
    for place in places[::2] if len(places) > 1 else places:
        match = names.whole(place.name) or (names.begin(place.name) if len(places) == 1 else None)
        if match:
            found.add(match.fields[0])
        elif place is places[0]:
            break
    return found


def _asks_else(unit: Unit, section: Names, names: Names) -> bool:
    """Tell whether another question of the section begins here."""
    said = unit.paragraph.text.strip() if unit.paragraph else unit.places[0].name if unit.places else ""
    if not said or not (section.whole(said) or (unit.paragraph and section.begin(said))):
        return False
    return key(said) not in names.exact


def _goes_on(unit: Unit, card: Card) -> bool:
    """Tell whether a unit without a label still belongs to the card."""
    if not card.units:
        return True
    last = card.units[-1]
    if unit.layout is not None:
        return unit.layout is last.layout
    return last.layout is None and unit.paragraph is not None and not unit.paragraph.level


def _is_card(card: Card, names: Names, *, several: bool) -> bool:
    """Tell whether enough labels were seen to be a row of this question."""
    if card.title is not None:
        return len(card.columns) >= 1 or bool(card.extra)
    share = 0.0 if several else _LONE_SHARE
    return len(card.columns) >= max(min(2, len(names.fields)), share * len(names.fields))
