"""A scan shows the size of type roughly: what seems to be a title there may be an answer, or the title of a row."""

from __future__ import annotations

from pipeline.document import Cell, Document, Location, Paragraph, Source, Table
from pipeline.dossier import Answer, State
from pipeline.extract import extract
from pipeline.library import load

CALL = load("wijkverbeteringscontract")
SURE = 0.9999
PLACE = Location("scan.pdf", page=1)
ACTIONS = (("1", "Plan tekenen"), ("16", "Buren uitnodigen"))


def line(text: str, level: int = 0) -> Paragraph:
    return Paragraph(text, PLACE, level, lines=(text,), confidence=SURE)


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell((line(text),) if text else (), PLACE) for text in row) for row in rows), PLACE)


def answers(form: str, *blocks: Paragraph | Table) -> dict[str, Answer]:
    document = Document(Source("scan.pdf", "0" * 64, "application/pdf"), blocks, exact=False)
    return dict(extract(document, CALL.forms[form], CALL).answers)


def test_the_titles_of_rows_that_seem_as_high_as_that_of_their_section_lose_no_row() -> None:
    rows = (table(("Nr.", number), ("Actie", words), ("Status", "Open")) for number, words in ACTIONS)
    blocks = [block for at, row in enumerate(rows, 1) for block in (line(f"Lijst van actiepunten {at}", 4), row)]
    found = answers("vergadering", line("Actiepunten", 4), *blocks, line("Financiën en vervolg", 2))["actiepunten"]
    assert [row.cells["actie"].text for row in found.rows] == [words for _number, words in ACTIONS]


def test_an_answer_that_seems_a_title_is_not_empty_and_the_questions_after_it_stay_in_their_section() -> None:
    found = answers(
        "aanvraag",
        line("A. Indienend bestuur", 3),
        line("Naam lokaal bestuur", 4),
        line("Alveringem", 2),
        table(("NIS-code", "38002")),
        line("B. Voorstel", 3),
        table(("Titel van het voorstel", "Samen wonen")),
    )
    assert (found["gemeente"].state, found["gemeente"].text) == (State.DOUBTFUL, "Alveringem")
    assert found["nis_code"].state is State.GIVEN


def test_a_title_that_the_form_does_not_have_still_ends_a_section() -> None:
    found = answers(
        "aanvraag",
        line("A. Indienend bestuur", 3),
        table(("Naam lokaal bestuur", "Alveringem")),
        line("Onze eigen bijlage", 3),
        table(("NIS-code", "38002")),
        line("B. Voorstel", 3),
        table(("Titel van het voorstel", "Samen wonen")),
    )
    assert found["gemeente"].state is State.GIVEN
    assert found["nis_code"].state is State.DOUBTFUL
