"""Tables asked as cards: a small label/value block for each row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.likeness import named
from pipeline.extract.names import FormNames, Names, key
from pipeline.extract.row_titles import Card, joined, row_title, titled
from pipeline.extract.units import Unit
from pipeline.form import Field

_LONE_SHARE = 0.3
"""Of the columns, that a block without a title must name when it stands alone, or beside blocks with one."""


def find_cards(units: Sequence[Unit], asked: Field, form: FormNames, section: Names) -> list[Card]:
    """Cut a region into the cards of one question: at each numbered title, or where a label comes again."""
    names = form.columns[asked.key]
    title = row_title(asked)
    others = [
        other
        for field in section.fields.values()
        if field.columns and field is not asked
        if (other := row_title(field))
    ]
    cards: list[Card] = []
    open_card: Card | None = None
    elsewhere = False
    above: Unit | None = None
    for unit in units:
        over, above = above, above if unit.empty else unit
        if marked := title.match(unit.said) if unit.said else None:
            in_text = _is_in_text(unit, over, cards, names, form, section)
            open_card = titled(unit, marked, open_card, in_text=in_text)
            cards.append(open_card)
            elsewhere = False
            continue
        asks = _asks(unit, section, names)
        if asks is not None or (unit.said and others and any(other.match(unit.said) for other in others)):
            open_card = None
            elsewhere = asks != asked.key and (asks is None or bool(section.fields[asks].columns))
            continue
        seen = set() if elsewhere else _columns_at(unit, names)
        if seen:
            if open_card is None or (seen & open_card.columns and not _is_inside(unit, open_card)):
                open_card = Card()
                cards.append(open_card)
            open_card.units.append(unit)
            open_card.columns |= seen
        elif open_card is not None:
            if _goes_on(unit, open_card) and not _asks_misspelt(unit, section, names):
                open_card.units.append(unit)
            else:
                open_card = None
    cards = joined(cards)
    kept: list[Card] = []
    several = len(cards) > 1 and not any(card.title for card in cards)
    for card in cards:
        if _is_card(card, names, several=several):
            kept.append(card)
        elif kept and _is_same_table(kept[-1], card):
            kept[-1].units.extend(card.units)
    return kept if len(kept) > 1 or all(_is_card(card, names, several=False) for card in kept) else []


def is_nameless(units: Sequence[Unit], asked: Field, cards: Sequence[Card]) -> bool:
    """Tell whether a table stands under the title of a row that is none of the cards: no column is named in it."""
    title = row_title(asked)
    numbers = {card.number for card in cards if card.title is not None}
    taken = {unit.number for card in cards for unit in (*card.units, *card.more)}
    filled = [unit for unit in units if not unit.empty]
    return any(
        under.layout is not None
        and unit.number not in taken
        and (marked := title.match(unit.said)) is not None
        and int(marked["number"]) not in numbers
        for unit, under in pairwise(filled)
        if unit.said
    )


def _is_in_text(
    unit: Unit, above: Unit | None, cards: Sequence[Card], names: Names, form: FormNames, section: Names
) -> bool:
    """Tell whether words of an answer stand right above a line, or a label with room for them."""
    if unit.paragraph is None or unit.paragraph.level or above is None or above.paragraph is None:
        return False
    if cards and above is cards[-1].title:
        return cards[-1].in_text
    said = above.paragraph.text.strip()
    if names.whole(said) or section.whole(said):
        return unit.said.endswith(".")
    return not above.paragraph.level and key(said) not in form.help


def _columns_at(unit: Unit, names: Names) -> set[str]:
    """Give the columns whose label stands at the start of a unit, or beside another in its row."""
    if unit.paragraph is not None:
        match = names.whole(unit.said) or names.begin(unit.said)
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


def _asks(unit: Unit, section: Names, names: Names) -> str | None:
    """Give the question of the section that begins here, unless it is a column as well."""
    said = unit.said if unit.paragraph else unit.places[0].name if unit.places else ""
    if not said or key(said) in names.exact:
        return None
    match = section.whole(said) or (section.begin(said) if unit.paragraph else None)
    return None if match is None else match.fields[0]


def _asks_misspelt(unit: Unit, section: Names, names: Names) -> bool:
    """Tell whether a row begins with the label of a question of the section, and of no column, but for a slip."""
    said = unit.places[0].name if len(unit.places) > 1 else ""
    return bool(said) and named(said, section) is not None and named(said, names) is None


def _is_same_table(card: Card, more: Card) -> bool:
    """Tell whether what was cut off stands in the table in which the card ends."""
    if not card.units or not more.units or more.units[0].layout is None:
        return False
    return more.units[0].layout is card.units[-1].layout


def _is_inside(unit: Unit, card: Card) -> bool:
    """Tell whether a row stands in the table under the title of a card: then it opens no card of its own."""
    return (
        card.title is not None and bool(card.units) and unit.layout is not None and unit.layout is card.units[-1].layout
    )


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
