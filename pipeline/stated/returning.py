"""The answers of an issued paper, taken from the data that it carries instead of from its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline import pdf
from pipeline.document import Location, Source
from pipeline.dossier import Answer, Extraction, Row, State
from pipeline.errors import Reason, Unreadable
from pipeline.form import Field
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.pdf import PageText, bare
from pipeline.stated.agreeing import agrees
from pipeline.stated.carried import NAME
from pipeline.stated.standing import spots
from pipeline.stated.taking import Carried, Disagreement, Placed, carried, disagreements
from pipeline.values import decode_value

METHOD = "data"


def returned(data: bytes, name: str, call: Call) -> Extraction | None:
    """Give the answers that an issued paper carries; None when it carries none, or is of another call.

    Each has the page and the box where its text stands. What its text and the data say differently is doubtful, and so
    is what the paper says in part only.

    Args:
        data: the PDF.
        name: of the file.
        call: the call.

    Raises:
        Unreadable: the data is not as its schema says, or the PDF cannot be opened.
    """
    try:
        held = carried(data)
    except ValueError as faulty:
        raise Unreadable(Reason.DAMAGED, "de bijlage {name} is niet zoals haar schema zegt", name=NAME) from faulty
    if held is None or held.call != call.key or held.form not in call.forms:
        return None
    form = call.forms[held.form]
    wrong = disagreements(data, form)
    with pdf.page_texts(data) as pages:
        taking = _Taking(held, name, pages, wrong)
        answers = {field.key: taking.answer(field) for field in form.fields()}
    source = Source(name, hashlib.sha256(data).hexdigest(), "application/pdf")
    notes = [
        _(
            "De antwoorden komen uit de bijlage «{file}» van «{title}», dossier {number}, en niet van de bladzijden."
        ).format(file=NAME, title=held.title, number=held.dossier),
        *(each.message for each in wrong),
    ]
    return Extraction(form.key, held.version, source, answers, tuple(notes))


class _Taking:
    """One paper, while its answers are taken."""

    def __init__(self, held: Carried, name: str, pages: Sequence[PageText], wrong: Sequence[Disagreement]) -> None:
        self.held = held
        self.name = name
        self.pages = pages
        self.wrong = {target: each.message for each in wrong for target in each.of}

    def answer(self, field: Field) -> Answer:
        """Give the answer of a field; rows are those of which the paper says anything."""
        if not field.columns:
            return self._one(field, field.key)
        numbers = sorted(
            {
                int(number)
                for target in [*self.held.values, *(each for one in self.held.stated for each in one.stated.of)]
                for table, number, _column in [_cell(target)]
                if table == field.key
            }
        )
        rows = []
        for number in numbers:
            cells = {column.key: self._one(column, f"{field.key}.{number}.{column.key}") for column in field.columns}
            if any(cell.state is not State.NOT_FOUND for cell in cells.values()):
                place = next((cell.location for cell in cells.values() if cell.location), None)
                rows.append(Row(number, cells, place))
        if not rows:
            return Answer(field.key, State.NOT_FOUND)
        return Answer(field.key, State.GIVEN, rows=tuple(rows), location=rows[0].location, method=METHOD)

    def _one(self, field: Field, target: str) -> Answer:
        saying = self.held.saying(target)
        texts = list(dict.fromkeys(each.stated.text for each in saying))
        value = self.held.values.get(target)
        if value is None and not saying:
            return Answer(field.key, State.NOT_FOUND)
        place = self._place(saying)
        problem = self.wrong.get(target, "")
        if value is None:
            problem = problem or _("Het document vermeldt dit antwoord niet in zijn geheel.")
        if problem:
            return Answer(field.key, State.DOUBTFUL, "\n\n".join(texts), None, (), place, METHOD, 0.0, problem)
        text = next((each for each in texts if agrees(value, each)), "\n\n".join(texts))
        return Answer(field.key, State.GIVEN, text, _typed(field, value), (), place, METHOD)

    def _place(self, saying: Sequence[Placed]) -> Location:
        """Give where a text stands: the first page that the data names, and the box there."""
        part = _("bijlage {name}").format(name=NAME)
        if not saying:
            return Location(self.name, part=part)
        first = saying[0]
        where = first.pages[0]
        if where.page > len(self.pages):
            return Location(self.name, part=part)
        wanted = bare(first.stated.text)
        page = self.pages[where.page - 1]
        if where.characters:
            wanted = wanted[: where.characters]
            found = (page.text.find(wanted),) * page.text.count(wanted)
        else:
            found = spots(page, first.stated.text)
        box = page.box(found[0], len(wanted)) if len(found) == 1 else None
        return Location(self.name, part=part, page=where.page, box=box)


def _cell(target: str) -> tuple[str, str, str]:
    """Part the target of a cell; of anything else give nothing that is a table."""
    table, number, column, *_more = [*target.split("."), "", ""]
    return (table, number, column) if number.isdecimal() and column else ("", "0", "")


def _typed(field: Field, value: Any) -> Any:
    if isinstance(value, Mapping):
        return value["key"]
    if isinstance(value, list):
        return tuple(each["key"] for each in value)
    return decode_value(field.type, value)
