"""What was said in the place of an answer: its words, whole, with what the reader doubts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document import Location, Paragraph
from pipeline.extract.another import another_question, seems_title
from pipeline.extract.column_heads import ticked_heads
from pipeline.extract.cut_rows import may_cut_word
from pipeline.extract.doubts import counts_in_thousands
from pipeline.extract.names import FormNames, key
from pipeline.extract.spots import Found, Spot
from pipeline.extract.units import Place, Unit
from pipeline.form import Field
from pipeline.language import _
from pipeline.records import record
from pipeline.values import FieldType

_FLOWING = frozenset({FieldType.LONGTEXT, FieldType.CHOICES, FieldType.CHOICE, FieldType.YESNO, FieldType.TABLE})
"""Types whose answer may go on after the line of the label."""
_JOINED = frozenset(
    {
        FieldType.CHOICES,
        FieldType.CHOICE,
        FieldType.YESNO,
        FieldType.AMOUNT,
        FieldType.INTEGER,
        FieldType.PERCENTAGE,
        FieldType.YEAR,
        FieldType.DATE,
    }
)
"""Types that tell themselves whether a cell beside the answer (a unit, a second box, a second amount) fits it."""
_AMOUNT = FieldType.AMOUNT
_COUNTED = frozenset({_AMOUNT, FieldType.INTEGER, FieldType.PERCENTAGE})
"""Types in which a single space may stand inside one number, so that two cells are kept apart by more."""
_ANOTHER_LABEL = re.compile(r"[^:]{3,60}:")


@record
class Said:
    """The words of one answer."""

    text: str
    location: Location
    method: str
    confidence: float = 1.0
    problem: str = ""
    """Why they may not be, or not only, the answer."""
    uncertain: str = ""
    """Why they may not be what was typed."""
    unread: str = ""
    """What stands there instead of words."""
    lines: tuple[tuple[str, ...], ...] = ()
    """Of uncertain paragraphs: the lines as they stood."""
    misplaced: bool = True
    """Whether the problem lies in the words, and not in the label, whose chance is in the confidence."""
    marked: str = ""
    """The words that stand out, each stretch on a line."""


@dataclass(slots=True)
class Used:
    """What of a region has been taken, so that what is left over can be told."""

    units: set[int] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)


def take(spot: Spot, asked: Field, units: Sequence[Unit], found: Found, form: FormNames, used: Used) -> Said:
    """Give what was said at a label."""
    if spot.answer is not None:
        said = _from_cell(spot, asked, found, form, used)
    elif spot.label is not None:
        said = _from_label_cell(spot, asked, units, found, form, used)
    else:
        said = _from_text(spot, asked, units, found, form, used)
    asked_in = spot.label.pieces if spot.label is not None else (spot.unit.paragraph,) if spot.unit.paragraph else ()
    if struck := struck_name(asked_in):
        said = _doubted(said, struck)
    if not said.text and not said.problem and (unsure := spot.unsure):
        return replace(said, problem=unsure, misplaced=False)
    return replace(said, misplaced=False) if spot.confidence < 1 and said.problem == spot.problem else said


def struck_name(pieces: Iterable[Paragraph]) -> str:
    """Give why a label, title or header may not count: somebody drew a line through it, which goes for its answer too.

    What the reader of a page doubts in a label is how its lines go together, and is settled once it is recognised.
    """
    for piece in pieces:
        if piece.uncertain and piece.location.page is None:
            return piece.uncertain
    return ""


def _from_cell(spot: Spot, asked: Field, found: Found, form: FormNames, used: Used) -> Said:
    assert spot.answer is not None  # noqa: S101 - tells the type checker what the caller saw
    more = _continued(spot.answer, spot.label, found)
    places = [spot.answer, *more]
    used.places.update(places)
    if spot.label is not None:
        used.places.add(spot.label)
    parts, text = [*spot.answer.pieces], spot.answer.text
    if more:
        parts += [paragraph for place in more for paragraph in place.pieces]
        text = "\n".join([place.text for place in places]).strip()
    if spot.rest:
        text = f"{spot.rest}\n{text}"
    problem = spot.problem
    if spot.label is not None and asked.type is _AMOUNT:
        problem = problem or counts_in_thousands(_without_help(spot.label, form))
    beside = [_beside(place, found, form) for place in places]
    if any(beside):
        used.places.update(cell for cells in beside for cell in cells)
        parts += [paragraph for cells in beside for cell in cells for paragraph in cell.pieces]
        lines = [[place, *cells] for place, cells in zip(places, beside, strict=True)]
        between = "\t" if asked.type in _COUNTED else " "
        text = "\n".join(between.join(cell.text for cell in line).strip() for line in lines)
        if asked.type not in _JOINED or len(places) > 1:
            problem = problem or _("Naast het vak van het antwoord staat nog tekst; zie na wat erbij hoort.")
    if heads := ticked_heads(asked, itertools.chain(places, *beside), spot.label, found.labels):
        text = "\n".join(heads)
        problem = problem or _("Het kruisje staat in de kolom «{text}»; zie na of dat de keuze is.").format(text=text)
    said = words(parts, text, spot.answer.cell.location, "label", spot.confidence, problem)
    if said.location.page is not None and any(may_cut_word(upper.text) for upper in places[:-1]):
        return _doubted(said, _("Het antwoord loopt door op de volgende bladzijde; de naad is onzeker."))
    return said


def _without_help(label: Place, form: FormNames) -> str:
    """Give what the cell of a label says, without the help that the form itself prints there."""
    said = (paragraph.text for paragraph in label.pieces)
    return "\n".join(text for text in said if key(text) not in form.help)


def _beside(answer: Place, found: Found, form: FormNames) -> list[Place]:
    """Give the filled cells at the right of an answer that are no question and under no question."""
    asking: set[int] | None = None
    cells: list[Place] = []
    place = answer
    while (right := place.right) is not None and right.row == place.row:
        if right in found.labels or right in found.claimed:
            break
        if asking is None:
            asking = {place.column for place in found.labels if place.layout is answer.layout}
        if right.column in asking:
            break
        if key(right.text) not in form.help and not right.empty:
            cells.append(right)
        place = right
    return cells


def _doubted(said: Said, why: str) -> Said:
    return replace(said, uncertain=why) if why and not said.uncertain else said


def _continued(answer: Place, label: Place | None, found: Found) -> list[Place]:
    """Give the cells beneath an answer that go on with it: under the label stands nothing."""
    more: list[Place] = []
    place = answer
    while (below := place.below) is not None and found.holds(below) and _goes_on(below, answer, label, found):
        more.append(below)
        place = below
    return [cell for cell in more if not cell.empty] if more else more


def _goes_on(below: Place, answer: Place, label: Place | None, found: Found) -> bool:
    if below in found.claimed or below in found.labels:
        return False
    if (below.column, below.cell.columns) != (answer.column, answer.cell.columns):
        return False
    row = below.layout.rows[below.row]
    if label is not None and label.column < answer.column:
        beside = below.layout.at(below.row, label.column)
        return len(row) > 1 and beside is not None and beside.empty and not any(place in found.labels for place in row)
    return len(row) == 1 and label is not None and len(label.layout.rows[label.row]) == 1


def _from_label_cell(
    spot: Spot, asked: Field, units: Sequence[Unit], found: Found, form: FormNames, used: Used
) -> Said:
    assert spot.label is not None  # noqa: S101 - tells the type checker what the caller saw
    used.places.add(spot.label)
    inside = [*([_piece(spot.label, spot.rest)] if spot.rest else []), *spot.inside]
    text = "\n".join(paragraph.text for paragraph in inside).strip()
    last_row = spot.label.row + 1 >= len(spot.label.layout.rows)
    alone = len(spot.label.layout.rows[spot.label.row]) == 1
    if text or not (last_row and alone):
        return words(inside, text, spot.label.cell.location, "label", spot.confidence, spot.problem)
    return _from_text(spot, asked, units, found, form, used)


def _piece(place: Place, rest: str) -> Paragraph:
    first = next((block for block in place.cell.blocks if isinstance(block, Paragraph) and block.text.strip()), None)
    if first is None:
        return Paragraph(rest, place.cell.location)
    return Paragraph(rest, first.location, uncertain=first.uncertain, confidence=first.confidence)


def _from_text(spot: Spot, asked: Field, units: Sequence[Unit], found: Found, form: FormNames, used: Used) -> Said:
    used.units.add(spot.unit.number)
    own = spot.unit.paragraph
    location = own.location if own else spot.unit.places[0].cell.location
    method = "label" if spot.rest else "heading"
    pieces: list[Paragraph] = []
    if spot.rest:
        pieces = [replace(own, text=spot.rest, lines=()) if own else Paragraph(spot.rest, location)]
    following = _following(spot, units, found, form, used)
    whole_line = bool(spot.rest) and asked.type not in _FLOWING
    extra = [paragraph for unit in following for paragraph in _paragraphs_of(unit)]
    if whole_line and (not extra or asked.type is not FieldType.TEXT):
        problem = spot.problem
        if asked.type is _AMOUNT and own is not None:
            problem = problem or counts_in_thousands(own.text.removesuffix(spot.rest))
        if extra and not following[0].empty and not _ANOTHER_LABEL.match(extra[0].text):
            problem = problem or _("Na het antwoord staat nog tekst; zie na of die erbij hoort.")
        return words(pieces, spot.rest, location, method, spot.confidence, problem)
    used.units.update(unit.number for unit in following)
    if not pieces and extra:
        location = extra[0].location
    pieces.extend(extra)
    text = "\n".join(paragraph.text for paragraph in pieces).strip()
    problem = spot.problem
    if following and seems_title(following[0], form) and not spot.rest:
        like_title = _("Onder het label staat «{text}», dat op een titel lijkt; zie na of het het antwoord is.")
        problem = problem or like_title.format(text=following[0].text.strip()[:80])
    if whole_line:
        problem = problem or _("Na het antwoord staat nog tekst; zie na of die erbij hoort.")
    if own is not None:
        marked = not own.level and (bool(spot.rest) or own.text.rstrip().endswith(":"))
        marked = marked or (not spot.rest and bool(following) and following[0].empty)
        problem = problem or another_question([paragraph.text for paragraph in extra], form, marked=marked)
        if any(unit.layout is not None and not unit.empty for unit in following):
            problem = problem or _("Onder het antwoord staat een tabel; zie na of die erbij hoort.")
    return words(pieces, text, location, method, spot.confidence, problem)


def _paragraphs_of(unit: Unit) -> list[Paragraph]:
    if unit.paragraph is not None:
        return [] if unit.empty else [unit.paragraph]
    return [p for place in unit.places for p in place.pieces if p.text.strip()]


def _following(spot: Spot, units: Sequence[Unit], found: Found, form: FormNames, used: Used) -> list[Unit]:
    """Give the units between a label and the next label, heading or table already read."""
    starts = found.starts()
    own = spot.unit.paragraph
    level = own.level if own else 0
    following: list[Unit] = []
    for unit in units:
        if unit.number <= spot.unit.number:
            continue
        if unit.number in starts or unit.number in used.units or unit.number != spot.unit.number + len(following) + 1:
            break
        if any(place in found.claimed or place in found.labels for place in unit.places):
            break
        paragraph = unit.paragraph
        titled = paragraph is not None and paragraph.level and (not level or paragraph.level <= level)
        if titled and (following or not seems_title(unit, form)):
            break
        following.append(unit)
    while following and _is_nothing(following[-1], form):
        following.pop()
    return [unit for unit in following if unit.empty or key(unit.text) not in form.help]


def _is_nothing(unit: Unit, form: FormNames) -> bool:
    """Tell whether a unit is only white space or help."""
    said = key(unit.text)
    return not said or said in form.help


def words(
    pieces: Sequence[Paragraph],
    text: str,
    location: Location,
    method: str,
    confidence: float,
    problem: str,
    *,
    misplaced: bool = True,
) -> Said:
    """Give the words of some paragraphs with what the reader doubts about them.

    `confidence` is that of the label; the reader's in its least sure paragraph comes on top of it.
    """
    if len(pieces) == 1 and text and not (only := pieces[0]).uncertain:  # so are most cells
        return Said(text, location, method, confidence * only.confidence, problem, "", "", (), misplaced, only.marked)
    doubted = [paragraph for paragraph in pieces if paragraph.uncertain]
    return Said(
        text,
        location,
        method,
        confidence * min([paragraph.confidence for paragraph in pieces], default=1.0),
        problem,
        doubted[0].uncertain if doubted else "",
        "" if text else next((paragraph.unread for paragraph in pieces if paragraph.unread), ""),
        tuple(paragraph.lines or tuple(paragraph.text.split("\n")) for paragraph in pieces if paragraph.text.strip())
        if doubted and any(paragraph.lines for paragraph in doubted)
        else (),
        misplaced,
        "\n".join([paragraph.marked for paragraph in pieces if paragraph.marked]),
    )
