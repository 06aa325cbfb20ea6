"""All answers of a document to one form, every question once, and what was left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipeline.document import Document, Location
from pipeline.dossier import Answer, Extraction
from pipeline.extract.agreement import agree, doubt_relabelled
from pipeline.extract.answers import Codelists, settle
from pipeline.extract.certainty import UNLABELLED
from pipeline.extract.controls import read_controls, unasked
from pipeline.extract.editions import as_today, edition_of, told
from pipeline.extract.elsewhere import read_elsewhere
from pipeline.extract.hidden import broken_name, hidden_question
from pipeline.extract.losses import doubt_losses
from pipeline.extract.lost_pages import doubt_lost, is_whole
from pipeline.extract.names import FormNames, key, names_of
from pipeline.extract.preface import added
from pipeline.extract.regions import Reading, asked_twice, read_region
from pipeline.extract.remarks import footnotes, left_over, margins, not_found, not_read, unseen
from pipeline.extract.said import Said
from pipeline.extract.sections import Region, divide
from pipeline.extract.states import GIVEN, doubted
from pipeline.extract.totals import hold_totals
from pipeline.extract.units import Unit, line_up
from pipeline.form import Form, Section
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.values import FieldType

_TWICE = 2


def extract(document: Document, form: Form, call: Call) -> Extraction:
    """Read the answer to every question of a form.

    Controls with the tag of a question speak first; labels, headings and tables are read as well, and where
    the two say different things the answer is doubtful. Nothing is taken from one question for another:
    what belongs to none is told in the notes.
    """
    codelists: Codelists = call.codelists
    edition = edition_of(document, form)
    asked_then = edition.form
    tagged = read_controls(document, asked_then, codelists)
    if document.controls_suffice:
        read = {asked.key: tagged.get(asked.key) or settle(asked, None, codelists) for asked in asked_then.fields()}
        notes = unasked(document, asked_then)
    else:
        read, notes = _read_labels(document, asked_then, tagged, call)
    if document.damaged:
        read = {asked.key: doubt_losses(asked, read[asked.key]) for asked in asked_then.fields()}
    read, totals = hold_totals(asked_then, read)
    notes.extend(left_over(totals))
    notes.extend(document.notes)
    notes.extend(not_read(document))
    absent = edition.earlier.absent if edition.earlier else frozenset()
    notes.extend(not_found(asked_then, read, absent))
    notes.extend(footnotes(document))
    notes.extend(margins(document, form, call.title))
    notes.extend(unseen(document))
    answers, remarks = as_today(edition, form, read)
    notes = [*told(edition, form, answers), *remarks, *notes]
    return Extraction(
        form.key,
        edition.said,
        document.source,
        MappingProxyType(answers),
        tuple(notes),
        () if document.exact else (document.source.name,),
    )


def _read_labels(
    document: Document, form: Form, tagged: Mapping[str, Answer], call: Call
) -> tuple[dict[str, Answer], list[str]]:
    """Read labels, headings and tables as well, and hold them against the controls."""
    codelists = call.codelists
    names = names_of(form)
    regions = divide(line_up(document, names), names)
    labelled, notes = _read_sections(regions, form, names, codelists)
    if any(region.section is not None for region in regions):
        above = [unit for region in regions if region.heading is None for unit in region.units]
        labelled.left[:0] = added(above, form, call)
    missing = [asked for asked in form.fields() if asked.key not in labelled.answers and asked.key not in tagged]
    if missing:
        notes.extend(read_elsewhere(labelled, regions, missing, names, codelists))
    answers = {
        asked.key: agree(tagged.get(asked.key), labelled.answers.get(asked.key) or settle(asked, None, codelists))
        for asked in form.fields()
    }
    for name in answers.keys() - labelled.answers.keys():
        answers[name] = doubt_relabelled(answers[name], labelled.untaken)
    lost = document.lost if is_whole(form, regions) else (*document.lost, *document.behind)
    if lost:
        answers = doubt_lost(form, answers, regions, lost)
    for name in labelled.twice:  # a control tells which row is ours, and not which of the two was meant
        if answers[name].state is GIVEN:
            answers[name] = doubted(answers[name], asked_twice())
    return answers, [*notes, *left_over(labelled.left)]


def _read_sections(
    regions: Sequence[Region], form: Form, names: FormNames, codelists: Codelists
) -> tuple[Reading, list[str]]:
    """Read each section in the units under its heading; without any heading, the whole in one."""
    whole = Reading()
    notes: list[str] = []
    found = [region.section.key for region in regions if region.section is not None]
    if not found:
        units = [unit for region in regions for unit in region.units]
        whole = read_region(units, names.all, names, codelists)
        return whole, [_("Geen enkele titel van een onderdeel is gevonden; de vragen zijn overal gezocht.")]
    for section in form.sections:
        own = [region for region in regions if region.section is section]
        units = [unit for region in own for unit in region.units]
        if not own:
            continue
        reading = read_region(units, names.sections[section.key], names, codelists)
        _read_heading(reading, section, own, units, names, codelists)
        _doubt_doubled(reading, own)
        whole.answers.update(reading.answers)
        whole.left.extend(reading.left)
        whole.unread.extend(reading.unread)
        whole.untaken.extend(reading.untaken)
        whole.twice.update(reading.twice)
    for region in regions:
        if region.section is None and region.heading is not None:
            whole.left.extend(unit.text.strip() for unit in (region.heading, *region.units) if not unit.empty)
            whole.unread.extend(region.units)
            whole.untaken.extend(region.units)
    order = list(dict.fromkeys(found))
    if order != [section.key for section in form.sections if section.key in order]:
        notes.append(_("De onderdelen staan in een andere volgorde dan in het formulier."))
    return whole, notes


def _doubt_doubled(reading: Reading, regions: Sequence[Region]) -> None:
    """Doubt the tables whose rows come from under two headings of one section: the section may be in it twice."""
    if len(regions) < _TWICE:
        return
    parts = [{_spot(unit.location) for unit in region.units} for region in regions]
    for name, answer in reading.answers.items():
        spots = {_spot(row.location) for row in answer.rows if row.location is not None}
        if sum(bool(spots & part) for part in parts) >= _TWICE:
            problem = _("Het onderdeel staat meer dan eens in het bestand; zie na welke rijen gelden.")
            reading.answers[name] = doubted(answer, problem)


def _spot(location: Location) -> tuple[int | None, int | None]:
    """Give what tells the place of a row: its table, or its paragraph."""
    return location.table, None if location.table is not None else location.paragraph


def _read_heading(
    reading: Reading,
    section: Section,
    regions: Sequence[Region],
    units: Sequence[Unit],
    names: FormNames,
    codelists: Codelists,
) -> None:
    """Take the text right under a section heading as the answer when the heading itself is the question."""
    names_here = names.sections[section.key]
    named = names_here.exact.get(key(section.title), ())
    candidates = [asked for asked in section.fields if asked.key in named or len(section.fields) == 1]
    if len(candidates) != 1 or candidates[0].type is not FieldType.LONGTEXT:
        return
    asked = candidates[0]
    said = _directly_under(units, reading)
    heading = regions[0].heading
    if asked.key in reading.answers or heading is None:
        return
    text = "\n".join(unit.text for unit in said).strip()
    location = said[0].location if said else heading.location
    sure = asked.key in named or not text
    problem = "" if sure else _("Deze tekst staat onder de titel van het onderdeel, zonder label.")
    if said and said[0].paragraph is not None and said[0].paragraph.level:
        own = _(
            "Onder de titel van het onderdeel staat eerst de kop «{text}»; zie na of de tekst eronder het antwoord is."
        )
        problem = problem or own.format(text=said[0].text.strip()[:80])
    lost = [other.key for other in section.fields if other.key not in reading.answers]
    problem = problem or hidden_question(text, lost, names_here, printed=location.page is not None)
    problem = problem or (broken_name(text, names_here) if location.page is not None else "")
    reading.answers[asked.key] = settle(
        asked,
        Said(
            text,
            location,
            "heading",
            1.0 if sure else UNLABELLED,
            problem,
            unread="" if said else _table_under(units, reading),
            misplaced=sure,
        ),
        codelists,
    )
    under = set(said)
    taken = {unit.text.strip() for unit in said}
    reading.left[:] = [left for left in reading.left if left not in taken]
    reading.unread[:] = [unit for unit in reading.unread if unit not in under]
    reading.untaken[:] = [unit for unit in reading.untaken if unit not in under]


def _table_under(units: Sequence[Unit], reading: Reading) -> str:
    """Say that right under a heading stands a table that no question took; empty when none does."""
    first = next((unit for unit in units if not unit.empty), None)
    if first is None or first.paragraph is not None or first not in reading.unread:
        return ""
    return _("Onder de titel van het onderdeel staat een tabel; zie na of die het antwoord is.")


def _directly_under(units: Sequence[Unit], reading: Reading) -> list[Unit]:
    """Give the paragraphs right under a heading that no question took."""
    said: list[Unit] = []
    unread = set(reading.unread)
    for unit in units:
        if unit in unread and unit.paragraph is not None:
            said.append(unit)
        elif not unit.empty and (said or unit.paragraph is None):
            break
    return said
