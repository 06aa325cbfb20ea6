"""The answers of one part of a document: tables first, then what is asked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.document import Paragraph
from pipeline.dossier import Answer, Row
from pipeline.extract.answers import Codelists, settle
from pipeline.extract.cards import find_cards, is_nameless
from pipeline.extract.certainty import UNLABELLED
from pipeline.extract.doubts import doubt
from pipeline.extract.followed import followed
from pipeline.extract.grids import Grid, find_grids, grid_units
from pipeline.extract.hidden import hidden_in_rows
from pipeline.extract.labels import Search
from pipeline.extract.names import FormNames, Names, key
from pipeline.extract.row_titles import Card, named_row, swallowed_row
from pipeline.extract.rows import read_rows
from pipeline.extract.said import Said, Used, struck_name, take
from pipeline.extract.spots import Found
from pipeline.extract.states import DOUBTFUL, EMPTY, FILLED, GIVEN, NOT_FOUND, doubted
from pipeline.extract.units import Unit
from pipeline.extract.unplaced import doubt_choices, doubt_empty, doubt_tables
from pipeline.extract.withdrawn import remark
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import FieldType

_TABLE = FieldType.TABLE


@dataclass(slots=True)
class Reading:
    """What one part of a document answers."""

    answers: dict[str, Answer] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    """Words that belong to no question."""
    unread: list[Unit] = field(default_factory=list)
    """The units that hold them."""
    untaken: list[Unit] = field(default_factory=list)
    """Those, and the units with nothing but words of the form itself: labels of questions that are not asked here."""
    twice: set[str] = field(default_factory=set)
    """The questions that are asked and answered here, and whose label stands in another place as well."""
    grids: list[Grid] = field(default_factory=list)
    """The tables that hold rows of a question."""
    ends: dict[str, list[int]] = field(default_factory=dict)
    """Numbers of the last units of the rows of each table that was read as cards."""
    sentences: set[int] = field(default_factory=set)
    """Numbers of the units that look like the title of a row and may be a sentence in an answer: they are no label."""


def read_region(
    units: Sequence[Unit], section: Names, form: FormNames, codelists: Codelists, *, exact: bool = False
) -> Reading:
    """Read the answers to some questions in some units; questions without a label there get no answer.

    With `exact`, a label counts only as the form writes it.
    """
    reading = Reading()
    fields = section.fields.values()
    tables = [asked for asked in fields if asked.type is _TABLE]
    rest = _read_grids(reading, units, tables, form, section, codelists)
    for asked in tables:
        if asked.key not in reading.answers:
            rest = _read_cards(reading, rest, asked, form, section, codelists)
        elif any(card.title and card.columns for card in find_cards(rest, asked, form, section)):
            problem = _("Buiten de tabel staan nog rijen van deze vraag; zie na welke gelden.")
            reading.answers[asked.key] = doubted(reading.answers[asked.key], problem)
    labels = [unit for unit in rest if unit.number not in reading.sentences]
    found = Search(labels, section, form, reading.answers).run(exact=exact)
    used = Used()
    for spot in found.spots.values():
        if spot.field in reading.answers:
            used.units.add(spot.unit.number)
    for asked in fields:
        spot_of = found.spots.get(asked.key)
        if spot_of is None or asked.key in reading.answers:
            continue
        said = take(spot_of, asked, rest, found, form, used)
        if asked.key in found.twice and said.text:
            said = _asked_twice(said)
            reading.twice.add(asked.key)
        reading.answers[asked.key] = settle(asked, said, codelists)
    reading.answers.update(dict(doubt(reading.answers, found, units, section, form)))
    _doubt_named(reading.answers, found, tables, form)
    _leave(reading, rest, found, form, used)
    reading.answers.update(dict(doubt_empty(reading.answers, found, rest, reading.unread, used.units)))
    reading.answers.update(dict(doubt_tables(reading.answers, reading.ends, units, reading.unread)))
    reading.answers.update(dict(doubt_choices(reading.answers, found, section.fields, rest, reading.unread)))
    _doubt_restated(reading, section)
    reading.answers.update(followed(reading.answers, reading.grids, units, reading.unread))
    return reading


def asked_twice() -> str:
    """Say why an answer is doubted whose question is asked in two places."""
    return _("Het label van deze vraag staat er meer dan eens.")


def _asked_twice(said: Said) -> Said:
    return replace(said, problem=said.problem or asked_twice())


def _read_grids(
    reading: Reading,
    units: Sequence[Unit],
    tables: Sequence[Field],
    form: FormNames,
    section: Names,
    codelists: Codelists,
) -> list[Unit]:
    rest = list(units)
    for grid in find_grids(units, tables, form, section) if tables else ():
        reading.grids.append(grid)
        known = reading.answers.get(grid.field.key)
        before = known.rows if known else ()
        read = read_rows(grid, units, codelists, form.form.totals, len(before) + 1)
        reading.left.extend(read.left)
        gone = {unit.number for unit in grid_units(grid, units)}
        rest = [unit for unit in rest if unit.number not in gone]
        location = (known and known.location) or grid.layout.table.location
        everything = (*before, *read.rows)
        state = GIVEN if everything else EMPTY
        answer = Answer(grid.field.key, state, "", None, everything, location, "grid")
        if known and known.state is DOUBTFUL:
            answer = doubted(answer, known.problem)
        elif read.torn:
            problem = _("Dit is misschien één rij over twee bladzijden: {rows}. Zie na hoeveel rijen de tabel heeft.")
            pairs = (_("rij {row} en {next}").format(row=row, next=row + 1) for row in read.torn)
            answer = doubted(answer, problem.format(rows="; ".join(pairs)))
        elif read.unknown:
            problem = _("Een rij heeft alleen tekst in een kolom die de vraag niet heeft; zie na welke kolom het is.")
            answer = doubted(answer, problem)
        elif location.page is not None and (problem := hidden_in_rows(read.rows, grid, form.columns[grid.field.key])):
            answer = doubted(answer, problem)
        reading.answers[grid.field.key] = answer
    return rest


def _read_cards(
    reading: Reading, units: list[Unit], asked: Field, form: FormNames, section: Names, codelists: Codelists
) -> list[Unit]:
    cards = find_cards(units, asked, form, section)
    if not cards:
        return units
    rows: list[Row] = []
    problem = ""
    no_question = _("Een rij zegt alleen iets bij een vraag die het formulier niet heeft; zie na welke vraag dat is.")
    if len({card.title is None for card in cards}) > 1:
        problem = _("Niet elke rij van deze tabel heeft een titel; zie na welke rijen erbij horen.")
    if is_nameless(units, asked, cards):
        problem = no_question
    for card in cards:
        cells, left = _read_card(card, asked, form, codelists)
        reading.left.extend(left)
        if any(cell.state in FILLED for cell in cells.values()):
            first = card.title or card.units[0]
            location = first.location
            rows.append(Row(len(rows) + 1, cells, location))
            if card.title is None and not any(cell.state is GIVEN for cell in cells.values()):
                problem = _("Geen enkel antwoord van een rij is zeker; zie na of het een rij is.")
        elif left and card.title is not None:
            problem = no_question
    first = cards[0].title or cards[0].units[0]
    location = first.location
    state = GIVEN if rows else EMPTY
    answer = Answer(asked.key, state, "", None, tuple(rows), location, "cards")
    if rows and any(unit.paragraph and unit.location.page is not None for card in cards for unit in card.units):
        problem = _("De rijen van deze tabel staan niet tussen lijnen; zie na wat bij welke rij en kolom hoort.")
    if problem:
        answer = doubted(answer, problem)
    reading.answers[asked.key] = answer
    reading.ends[asked.key] = [card.units[-1].number for card in cards if card.units]
    gone = {unit.number for card in cards for unit in (*card.units, *card.more)}
    titles = {card.title.number: card for card in cards if card.title is not None}
    reading.sentences |= {number for number, card in titles.items() if card.in_text and card.before is None}
    gone |= titles.keys() - reading.sentences
    return [unit for unit in units if unit.number not in gone]


def _read_card(card: Card, asked: Field, form: FormNames, codelists: Codelists) -> tuple[dict[str, Answer], list[str]]:
    names = form.columns[asked.key]
    found = Search([unit for unit in card.units if unit.number not in card.sentences], names, form).run()
    used = Used()
    cells: dict[str, Answer] = {}
    for column in asked.columns:
        spot = found.spots.get(column.key)
        said = take(spot, column, card.units, found, form, used) if spot else None
        if said is not None and column.key in found.twice and said.text:
            said = _asked_twice(said)
        cells[column.key] = settle(column, said, codelists, method="cards")
    doubtful = dict(doubt(cells, found, card.units, names, form))
    cells.update(doubtful)
    _doubt_named(cells, found, [asked], form)
    if doubtful and card.title is None and sum(not unit.empty for unit in card.units) == 1:
        problem = _("Deze rij kan een rij met titels van kolommen zijn; zie na of er antwoorden in staan.")
        cells = {name: doubted(cell, problem) if cell.state is GIVEN else cell for name, cell in cells.items()}
    if card.title is not None and (through := struck_name(_pieces(card.title))):
        cells = {name: doubted(cell, through) if cell.state is GIVEN else cell for name, cell in cells.items()}
    why = remark(card.extra, [cell.text for cell in cells.values()]) if card.extra else ""
    if why:
        cells = {name: doubted(cell, why) if cell.state is GIVEN else cell for name, cell in cells.items()}
    inner = Reading()
    _leave(inner, card.units, found, form, used)
    cells.update(dict(doubt_empty(cells, found, card.units, inner.unread, used.units)))
    cells.update(dict(doubt_choices(cells, found, names.fields, card.units, inner.unread)))
    if card.extra and not why:
        _title_text(card, asked, cells, codelists, inner)
    elif card.title is not None and why and not any(cell.state is DOUBTFUL for cell in cells.values()):
        inner.left.append(card.title.said)
    return cells, inner.left


def _doubt_named(answers: dict[str, Answer], found: Found, tables: Sequence[Field], form: FormNames) -> None:
    """Doubt the answers of which a line may be the title of a row; in a cell, only with the questions of that row."""
    for name, spot in found.spots.items():
        answer = answers.get(name)
        if answer is None or answer.state is not GIVEN or answer.rows:
            continue
        in_cell = spot.label is not None or spot.answer is not None
        said = swallowed_row(answer.text, tables, form) if in_cell else named_row(answer.text, tables)
        if said:
            answers[name] = doubted(answer, said)


def _pieces(unit: Unit) -> list[Paragraph]:
    """Give the paragraphs of a unit."""
    if unit.paragraph is not None:
        return [unit.paragraph]
    return [piece for place in unit.places for piece in place.pieces]


def _title_text(card: Card, asked: Field, cells: dict[str, Answer], codelists: Codelists, inner: Reading) -> None:
    """Take what the title of a card says after its number: the first column, when that has no label of its own."""
    column = asked.columns[0]
    title = card.title
    said = card.extra.strip("()[] ")
    if title is None or any(key(said) == key(cell.text) for cell in cells.values()):
        return
    location = title.location
    if cells[column.key].state is NOT_FOUND:
        problem = _("Dit stond in de titel van de rij, zonder label.")
        cells[column.key] = settle(
            column, Said(said, location, "cards", UNLABELLED, problem, misplaced=False), codelists
        )
    else:
        inner.left.append(card.extra)


def _leave(reading: Reading, units: Sequence[Unit], found: Found, form: FormNames, used: Used) -> None:
    """Keep account of the words that no question took."""
    reading.left.extend(_under_labels(found, form))
    starts = found.starts()
    for unit in units:
        if unit.number in used.units or (unit.paragraph is not None and unit.number in starts):
            continue
        if unit.paragraph is not None:
            texts = [unit.paragraph.text.strip()]
        else:
            texts = [
                place.text
                for place in unit.places
                if place not in used.places and place not in found.labels and place not in found.claimed
            ]
        texts = [text for text in texts if key(text)]
        left = [text for text in texts if not _belongs_to_form(text, form)]
        reading.left.extend(left)
        if left:
            reading.unread.append(unit)
        if texts:
            reading.untaken.append(unit)


def _doubt_restated(reading: Reading, section: Names) -> None:
    """Doubt an answer when its question stands there again with something between brackets: «Startdatum (herzien)»."""
    for unit in reading.unread:
        asked = unit.places[0].name if len(unit.places) > 1 else unit.text.partition(":")[0]
        label, bracket, _words = asked.partition("(")
        match = section.whole(label.strip()) if bracket else None
        answer = reading.answers.get(match.fields[0]) if match else None
        if answer is not None and answer.state is GIVEN and not answer.rows:
            problem = _("Deze vraag staat er nog eens als «{label}»; zie na welk antwoord geldt.")
            reading.answers[answer.field] = doubted(answer, problem.format(label=asked.strip(" *:")))


def _under_labels(found: Found, form: FormNames) -> list[str]:
    """Give what somebody typed under a label that has its answer in another cell; a page parts no lines of a cell."""
    typed: list[str] = []
    for spot in found.spots.values():
        label = spot.label
        if (
            label is None
            or spot.answer is None
            or label.cell.location.page is not None
            or key(label.text) in form.every
        ):
            continue
        said = [piece.text.strip() for piece in label.pieces if key(piece.text)]
        typed += [text for text in said[1:] if not _belongs_to_form(text, form) and not _is_of_help(text, form)]
    return typed


def _is_of_help(text: str, form: FormNames) -> bool:
    """Tell whether a text is a line of what the form explains somewhere."""
    return any(key(text) in help_text for help_text in form.help)


def _belongs_to_form(text: str, form: FormNames) -> bool:
    """Tell whether a text is the form's own: help, a title, a label."""
    said = key(text)
    return said in form.help or said in form.titles or said in form.every
