"""Doubt what may stand on a page that could not be read: never empty, nor a table that seems to end before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.document import Location
from pipeline.dossier import Answer
from pipeline.extract.sections import Region
from pipeline.extract.states import DOUBTFUL, GIVEN, NOT_FOUND, doubted
from pipeline.form import Form
from pipeline.language import _


def doubt_lost(
    form: Form, answers: Mapping[str, Answer], regions: Sequence[Region], lost: Sequence[int]
) -> dict[str, Answer]:
    """Doubt the answers that a page that could not be read may hold, or a part of.

    An answer may go on there, and the title of the next section may stand there: all that stands between the last title
    before such a page and the first one after it is doubtful, and so is every question of a section that it parts. What
    was not found may stand there too. What the fields of a file say is known, whatever its pages show.

    Args:
        form: with which the document was read.
        answers: by question.
        regions: the parts of the document, in their order.
        lost: numbers of the pages that could not be read.
    """
    parted = [(region, page) for region, starts, ends in _reach(regions) for page in lost if starts <= page <= ends]
    sections = {region.section.key: page for region, page in reversed(parted) if region.section is not None}
    spots = {_spot(unit.location): page for region, page in reversed(parted) for unit in region.units}
    titled = any(region.section is not None for region in regions)
    found = dict(answers)
    for section in form.sections:
        for asked in section.fields:
            answer = answers[asked.key]
            places = [place for place in (answer.location, *(row.location for row in answer.rows)) if place is not None]
            page = sections.get(section.key) or next((spots[_spot(at)] for at in places if _spot(at) in spots), None)
            if page is None and (answer.state is NOT_FOUND or not titled):
                page = lost[0]
            if page is not None and not _is_known(answer):
                found[asked.key] = doubted(answer, _why(page))
    return found


def is_whole(form: Form, regions: Sequence[Region]) -> bool:
    """Tell whether every section of the form was found."""
    found = {region.section.key for region in regions if region.section is not None}
    return found.issuperset(section.key for section in form.sections)


def _reach(regions: Sequence[Region]) -> Iterator[tuple[Region, float, float]]:
    """Give from which page to which each part of a document may reach."""
    starts = [_first_page(region) for region in regions]
    for region, (start, end) in zip(regions, pairwise([*starts, float("inf")]), strict=True):
        yield region, start, end


def _first_page(region: Region) -> float:
    """Give the page of the title of a part; what stands before the first title begins where the document does."""
    return (region.heading.location.page or 0) if region.heading is not None else 0


def _spot(location: Location) -> tuple[int | None, int | None]:
    return location.table, None if location.table is not None else location.paragraph


def _is_known(answer: Answer) -> bool:
    """Tell whether an answer is doubtful already, or that of a field that was filled in."""
    return answer.state is DOUBTFUL or (answer.state is GIVEN and answer.method == "control")


def _why(page: int) -> str:
    return _(
        "Pagina {page} kon niet gelezen worden; wat hier ingevuld is, kan daar staan. Vraag een nieuwe scan."
    ).format(page=page)
