"""Which part of a document belongs to which section of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.likeness import likeness
from pipeline.extract.names import FormNames, key
from pipeline.extract.row_titles import row_title
from pipeline.extract.units import Unit
from pipeline.form import Section
from pipeline.values import fold_accents

_LETTER = re.compile(
    r"^(?:(?:deel|rubriek|sectie|onderdeel|hoofdstuk|luik)\s+)?(?P<letter>[a-z]{1,2}|\d{1,2}|[ivx]{1,5})\s*(?P<mark>[.):–—-]?)\s+(?P<title>.+)$"
)
_LEADER = re.compile(r"[\s.…_]{2,}\d+$|\t\d+$")
_SMALL_WORDS = frozenset({"de", "en", "in", "is", "nr", "of", "om", "op", "te", "u", "uw"})
"""Words that are no letter of a section."""
_LONGEST_TITLE = 160
_CLOSE = 88
_MARGIN = 6
_FEW = 2


@dataclass(slots=True)
class Region:
    """The units between one section heading and the next."""

    section: Section | None
    """None: before the first heading, or under a heading that the form does not have."""
    heading: Unit | None = None
    units: list[Unit] = field(default_factory=list)


def divide(units: Sequence[Unit], names: FormNames) -> list[Region]:
    """Cut a document at the section headings of the form, in the order in which they stand.

    A plain line with nothing but a title is a heading only where most headings are plain lines.
    """
    marked = _cut(units, names, plain=False)
    known = _sections(marked)
    if len(names.form.sections) - len(known) <= len(known):
        return marked
    regions = _cut(units, names, plain=True)
    return marked if len(_sections(regions) - known) <= len(known) and len(known) >= _FEW else regions


def _sections(regions: Sequence[Region]) -> set[str]:
    return {region.section.key for region in regions if region.section is not None}


def _cut(units: Sequence[Unit], names: FormNames, *, plain: bool) -> list[Region]:
    regions = [Region(None)]
    level = 0
    above: Unit | None = None
    for unit in units:
        current = regions[-1].section
        section = _section(unit, current, names, plain=plain)
        if section is not None:
            regions.append(Region(section, unit))
            level = unit.paragraph.level if unit.paragraph else 0
        elif _unknown_heading(unit, level, names, current) and not _is_answered(above, unit, current, names):
            regions.append(Region(None, unit))
        else:
            regions[-1].units.append(unit)
        above = above if unit.empty else unit
    return regions


def _section(unit: Unit, current: Section | None, names: FormNames, *, plain: bool) -> Section | None:
    said = _LEADER.sub("", unit.said) if unit.said[-1:].isdigit() else unit.said
    if not said or len(said) > _LONGEST_TITLE or said.endswith((":", "*")):
        return None
    folded = fold_accents(said)
    lettered = _LETTER.match(folded)
    if lettered and not lettered["mark"] and lettered["letter"] in _SMALL_WORDS:
        lettered = None
    if lettered and (section := names.titles.get(key(lettered["title"]))):
        own = lettered["letter"] == section.key.casefold() or key(lettered["title"]) == key(section.title)
        return section if unit.paragraph is not None or own else None
    heading = unit.paragraph is not None and unit.paragraph.level > 0
    if section := names.titles.get(key(said)):
        if section is current or (unit.paragraph is None and not _spans(unit)):
            return None
        if current is not None and _is_asked(said, current, names):
            return None
        return section if heading or (plain and key(said) == key(section.title)) else None
    if not lettered:
        strange = heading and not (names.all.whole(said) or _is_card_title(said, names))
        return _closest(key(said), names) if strange else None
    close = _closest(key(lettered["title"]), names)
    by_letter = names.letters.get(lettered["letter"])
    if close is not None and (heading or close is by_letter):
        return close
    if heading and by_letter is not None and unit.paragraph is not None and not names.all.whole(said):
        return by_letter if unit.paragraph.level == 1 else None
    return None


def _spans(unit: Unit) -> bool:
    """Tell whether the only words of a row have room beside them, or the whole width of the table."""
    return len(unit.places) > 1 or unit.places[0].cell.columns > 1


def _is_asked(said: str, section: Section, names: FormNames) -> bool:
    """Tell whether a text is a question, or a column, of the section itself."""
    if names.sections[section.key].whole(said):
        return True
    return any(asked.columns and names.columns[asked.key].whole(said) for asked in section.fields)


def _is_card_title(said: str, names: FormNames) -> bool:
    """Tell whether a text is the title of a card, which may look like that of a section: «Stakeholder 2»."""
    return any(row_title(asked).match(said) for asked in names.tables)


def _closest(title: str, names: FormNames) -> Section | None:
    from rapidfuzz import fuzz

    ranked = sorted(((fuzz.ratio(title, name), name) for name in names.titles), reverse=True)
    if not ranked or ranked[0][0] < _CLOSE:
        return None
    section = names.titles[ranked[0][1]]
    rivals = [score for score, name in ranked[1:] if names.titles[name] is not section]
    return section if not rivals or ranked[0][0] - rivals[0] >= _MARGIN else None


def _unknown_heading(unit: Unit, level: int, names: FormNames, current: Section | None) -> bool:
    """Tell whether a heading as high as those of the sections begins something that the form does not have."""
    paragraph = unit.paragraph
    if paragraph is None or not paragraph.level or not level or paragraph.level > level or current is None:
        return False
    return bool(paragraph.text.strip()) and not _may_be_asked(paragraph.text, current, names)


def _is_answered(above: Unit | None, unit: Unit, section: Section | None, names: FormNames) -> bool:
    """Tell whether a line of a scan that looks like a heading stands right under a question: it may be its answer."""
    if above is None or section is None or unit.paragraph is None or unit.paragraph.confidence == 1:
        return False
    return bool(above.said) and names.sections[section.key].whole(above.said) is not None


def _may_be_asked(text: str, section: Section, names: FormNames) -> bool:
    """Tell whether a heading is a question, or the title of a row of one: a scan shows the size of type roughly.

    A misspelt one is one of this section.
    """
    if any(asked.columns and row_title(asked).match(text) for asked in section.fields):
        return True
    spellings = names.sections[section.key].spellings.values()
    return bool(names.all.whole(text)) or any(likeness(text, name).slip for own in spellings for name in own)
