"""Questions that stand outside their section, or in a section that lost its title."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier import Answer
from pipeline.extract.answers import Codelists
from pipeline.extract.names import FormNames, Names
from pipeline.extract.regions import Reading, read_region
from pipeline.extract.sections import Region
from pipeline.extract.states import GIVEN, doubted
from pipeline.extract.units import Unit
from pipeline.form import Field, Section
from pipeline.language import _

_FEW = 3
"""So many questions of a section together are that section, though its title is nowhere."""


def read_elsewhere(
    whole: Reading, regions: Sequence[Region], missing: Sequence[Field], names: FormNames, codelists: Codelists
) -> list[str]:
    """Look for the questions that were not found in what no question took; give what a person should know of it.

    Args:
        whole: what was read; answers are added to it.
        regions: the parts of the document.
        missing: the questions without an answer.
        names: of the form.
        codelists: of the call.
    """
    strays = {unit for region in regions if region.section is None and region.heading is None for unit in region.units}
    rest = sorted({*strays, *whole.untaken}, key=lambda unit: unit.number)
    if not rest:
        return []
    found = {region.section.key for region in regions if region.section is not None}
    lost = [section for section in names.form.sections if section.key not in found]
    notes: list[str] = []
    if lost:
        rest = _read_sections(whole, lost, missing, rest, names, codelists, notes)
    _read_strays(whole, [asked for asked in missing if asked.key not in whole.answers], rest, names, codelists, notes)
    return notes


def _read_sections(
    whole: Reading,
    lost: Sequence[Section],
    missing: Sequence[Field],
    units: list[Unit],
    names: FormNames,
    codelists: Codelists,
    notes: list[str],
) -> list[Unit]:
    """Read the sections whose title is nowhere, all of them together; give the units that are left.

    A question whose label another one has too counts when enough of its section stands there; else it is doubtful.
    """
    wanted = [asked for section in lost for asked in section.fields if asked in missing]
    reading = read_region(units, Names(wanted), names, codelists, exact=True)
    own = [only for asked in wanted if (only := names.unmistakable(asked)) is not None]
    alone = read_region(units, Names(own), names, codelists, exact=True).answers
    sure = {asked.key for asked in own if asked.key in alone and (not asked.columns or _is_named(asked, units))}
    taken: list[Field] = []
    for section in lost:
        here = [asked for asked in section.fields if asked.key in reading.answers]
        together = len(here) >= _FEW and any(asked.key in sure for asked in here)
        kept = here if together else [asked for asked in here if asked.key in sure]
        for asked in kept:
            answer = reading.answers[asked.key]
            whole.answers[asked.key] = answer if together else _outside(answer)
        if kept:
            notes.append(
                _("De titel van onderdeel «{title}» is niet gevonden; vragen ervan stonden elders.").format(
                    title=section.heading
                )
            )
        taken.extend(kept)
    if not taken:
        return units
    if len(taken) < len(reading.answers):
        reading = read_region(units, Names(taken), names, codelists, exact=True)
    _settle_left(whole, reading, units)
    return reading.untaken


def _read_strays(
    whole: Reading,
    missing: Sequence[Field],
    units: Sequence[Unit],
    names: FormNames,
    codelists: Codelists,
    notes: list[str],
) -> None:
    """Read single questions by labels that no other question of the form has."""
    wanted = [only for asked in missing if (only := names.unmistakable(asked)) is not None]
    if not wanted:
        return
    reading = read_region(units, Names(wanted), names, codelists, exact=True)
    for asked in wanted:
        answer = reading.answers.get(asked.key)
        if answer is None or (asked.columns and not _is_named(asked, units)):
            continue
        whole.answers[asked.key] = _outside(answer)
        notes.append(
            _("De vraag «{label}» stond buiten onderdeel «{title}».").format(
                label=asked.label, title=names.form.section_of(asked.key).heading
            )
        )
    _settle_left(whole, reading, units)


def _settle_left(whole: Reading, reading: Reading, units: Sequence[Unit]) -> None:
    """Keep among the words that no question took only what is left now."""
    left = set(reading.left)
    before = {text for unit in units for text in unit.text.split("\n")}
    whole.left[:] = [text for text in whole.left if text in left or text not in before]


def _outside(answer: Answer) -> Answer:
    """Doubt an answer on a page: without its section a printed line may be any text."""
    if answer.state is GIVEN and answer.location is not None and answer.location.page is not None:
        return doubted(answer, _("Deze regel staat buiten het onderdeel van de vraag; zie na of het de vraag is."))
    return answer


def _is_named(asked: Field, units: Sequence[Unit]) -> bool:
    """Tell whether the name of a table stands in some units; its columns alone may be those of another."""
    table = Names([asked])
    return any(unit.said and (table.whole(unit.said) or table.begin(unit.said)) for unit in units)
