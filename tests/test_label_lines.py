"""Labels whose lines stand beside those of their answers on a page, without a line between them."""

import pytest

from pipeline.document import Document, Location, Paragraph, Source
from pipeline.extract import extract
from tests.pdf_files import Drawn
from tests.test_extract import DOUBTFUL, GIVEN, call
from tests.test_unplaced import BOLD, drawn


def section(title):
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    return made.text(50, 80, title, size=14, font=BOLD)


def files(*lines):
    """Give what was read of the first file of the list, of which each line stands in one box."""
    made = (
        section("O. Bijlagen")
        .text(50, 110, "Lijst van de bijlagen", font=BOLD)
        .text(50, 135, "Lijst van de bijlagen 1", font=BOLD)
    )
    made.grid([50, 500], [145, 165, 165 + 14 * len(lines) + 6]).text(55, 158, "Bestandsnaam: kaart.pdf")
    for number, line in enumerate(lines):
        made.text(55, 178 + 14 * number, line)
    (row,) = drawn(made)["bijlagen"].rows
    return row.cells["omschrijving"]


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (("Omschrijving van de", "Plan van het plein", "bijlage:"), DOUBTFUL),
        (("Omschrijving van de", "Plan van het plein"), GIVEN),
    ],
)
def test_an_answer_among_whose_lines_its_own_label_goes_on_is_doubtful(lines, state):
    """«Plan van het plein / bijlage:» was given."""
    assert files(*lines).state is state


def test_an_answer_in_which_another_label_stands_broken_over_lines_is_doubtful():
    """The label stands to the right of the answer, and nowhere else."""
    made = section("C. Wijk").grid([50, 150, 500], [100, 160]).text(55, 114, "Andere grond: welke? *")
    made.text(155, 114, "Riolering Motivering van de").text(155, 128, "afbakening en de").text(155, 142, "selectie *")
    answer = drawn(made)["andere_grond"]
    assert (answer.state, "motivering van de afbakening" in answer.problem) == (DOUBTFUL, True)


@pytest.mark.parametrize(("second", "state"), [("maatregelen: ook", DOUBTFUL), ("scholen, ook", GIVEN)])
def test_a_text_under_a_title_that_asks_is_doubtful_where_its_lines_begin_with_a_broken_label(second, state):
    """The label stood in a column beside the text, and was given with it."""
    first = "Samenhang van de cijfers met wat de bewoners zelf vertellen over hun"
    said = f"{first}\n{second} {'over de school en ' * 8}thuis."
    place = Location("d.pdf", page=1)
    title = Paragraph("G. Geïntegreerde aanpak", place, level=1)
    document = Document(Source("d.pdf", "0" * 64, "application/pdf"), (title, Paragraph(said, place)))
    assert extract(document, call().form, call()).answers["geintegreerde_aanpak"].state is state


def test_a_remark_on_a_label_at_the_start_of_a_line_of_its_answer_makes_that_doubtful():
    made = section("B. Voorstel").text(50, 110, "Samenvatting: Wij planten bomen.").text(50, 122, "(verplicht) Veel.")
    assert drawn(made)["samenvatting"].state is DOUBTFUL


@pytest.mark.parametrize(
    ("said", "state"),
    [("Gevraagde Vlaamse engagementen 2", DOUBTFUL), ("Beleidsdomein (verplicht) Wonen", DOUBTFUL), ("Geld", GIVEN)],
)
def test_rows_under_a_label_that_stands_alone_in_its_box_are_doubtful_where_they_say_labels(said, state):
    """The label of a card without an answer looks like the name of a column: the next cards were given as rows."""
    made = section("I. Stakeholders en draagvlak").text(50, 110, "Gevraagde Vlaamse engagementen", font=BOLD)
    made.grid([50, 500], [140, 165, 190]).text(55, 156, "Vraag (verplicht)", font=BOLD).text(55, 181, said)
    table = drawn(made)["vlaamse_engagementen"]
    assert (table.state, [row.cells["vraag"].text for row in table.rows]) == (state, [said])


@pytest.mark.parametrize(("said", "state"), [("[ ] Gewenst", DOUBTFUL), ("[ ] bomen", GIVEN)])
def test_a_text_that_begins_with_a_box_for_another_question_is_doubtful(said, state):
    made = section("I. Stakeholders en draagvlak").text(50, 110, "Stakeholders", font=BOLD)
    made.text(50, 130, "Stakeholder 1", font=BOLD).grid([50, 200, 500], [140, 165, 190])
    for y, label, answer in ((156, "Naam", "OCMW"), (181, "Engagement", said)):
        made.text(55, y, label, font=BOLD).text(210, y, answer)
    (row,) = drawn(made)["stakeholders"].rows
    assert row.cells["engagement"].state is state


@pytest.mark.parametrize(("above", "state"), [("Een oude buurt en een", DOUBTFUL), ("", GIVEN)])
def test_an_answer_that_begins_above_its_label_is_doubtful(above, state):
    """The label stands in the middle of its row, and no line parts them: «haven.» was given."""
    made = section("C. Wijk").grid([50, 500], [100, 150]).text(255, 114, above)
    made.text(55, 128, "Andere grond: welke?", font=BOLD).text(255, 142, "haven.")
    assert drawn(made)["andere_grond"].state is state
