"""Words that no question takes, right beside labels that are said to be empty."""

import pytest

from pipeline.extract import extract
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.test_extract import DOUBTFUL, EMPTY, GIVEN, Typed, call

BOLD = "Helvetica-Bold"
ANSWERS = "1 maart 2026", "31 augustus 2028", "€ 120.000"
LABELS = "Startdatum", "Einddatum", "Gevraagde subsidie"
FIELDS = "startdatum", "einddatum", "gevraagde_subsidie"


def page():
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    return made.text(50, 80, "B. Voorstel", size=14, font=BOLD)


def drawn(made):
    return extract(read(made.page().bytes(), "aanvraag.pdf"), call().forms["aanvraag"], call()).answers


def lines(made, top, texts, font=BOLD):
    for number, text in enumerate(texts):
        made.text(50, top + 30 * number, text, font=font)
    return made


def boxed(made, top, texts):
    made.grid([45, 400], [top - 18 + 30 * number for number in range(len(texts) + 1)])
    return lines(made, top, texts, "Helvetica")


def test_bold_answers_under_bold_labels_are_doubtful():
    """They look like titles, and were left out: their questions were said to be empty."""
    pairs = [text for pair in zip(LABELS, ANSWERS, strict=True) for text in pair]
    answers = drawn(lines(page(), 120, pairs))
    for name, said in zip(FIELDS, ANSWERS, strict=True):
        assert answers[name].state is DOUBTFUL
        assert f"«{said}»" in answers[name].problem


def test_answers_in_a_box_before_their_labels_are_doubtful():
    answers = drawn(lines(boxed(page(), 120, ANSWERS), 240, LABELS))
    for name in FIELDS:
        assert answers[name].state is DOUBTFUL
        assert "€ 120.000" in answers[name].problem


def test_answers_in_a_box_that_the_answer_above_took_are_doubtful():
    made = lines(page(), 120, ["Titel van het voorstel"])
    answers = drawn(lines(boxed(made, 160, ["Muide", *ANSWERS]), 310, LABELS))
    assert {answers[name].state for name in ("titel", *FIELDS)} == {DOUBTFUL}


def test_labels_with_nothing_beside_them_are_empty():
    answers = drawn(lines(page(), 120, LABELS))
    assert {answers[name].state for name in FIELDS} == {EMPTY}


@pytest.mark.parametrize("label", ["Einddatum", "Einddatum:"])
def test_empty_labels_between_filled_ones_are_empty(label):
    made = lines(page(), 120, ["Startdatum: 1 maart 2026", label, "Gevraagde subsidie: € 120.000"], "Helvetica")
    answers = drawn(made)
    assert [answers[name].state for name in FIELDS] == [GIVEN, EMPTY, GIVEN]


def test_a_heading_right_under_a_heading_that_asks_is_no_empty_answer_in_word():
    typed = Typed().head("B. Voorstel").head("Startdatum", 4).head("1 maart 2026", 4).head("Einddatum", 4)
    answers = typed.extract().answers
    assert [answers[name].state for name in FIELDS[:2]] == [DOUBTFUL, EMPTY]


def test_the_empty_questions_of_a_card_under_words_that_answer_none_are_doubtful():
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    made.text(50, 80, "E. Maatregelen en acties", size=14, font=BOLD).text(50, 110, "Acties", font=BOLD)
    made.text(50, 130, "Actie 1: wijkpunt", font=BOLD)
    (row,) = drawn(lines(made, 160, ["Jan Peeters", "Trekker:", "Omschrijving:"], "Helvetica"))["acties"].rows
    assert {row.cells[name].state for name in ("trekker", "omschrijving")} == {DOUBTFUL}


@pytest.mark.parametrize(("under", "state"), [("[x] Nee", DOUBTFUL), ("[ ] Nee", EMPTY)])
def test_a_choice_without_a_tick_above_a_ticked_box_that_no_question_took_is_doubtful(under, state):
    """The bold line looks like a title; the question was said to be empty."""
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    made.text(50, 80, "N. Engagement en validatie", size=14, font=BOLD)
    label = "Wij verklaren dat dit formulier naar waarheid is ingevuld"
    made.text(50, 120, f"{label} [ ] Ja", font=BOLD).text(50, 150, under, font=BOLD)
    assert drawn(made)["naar_waarheid"].state is state


@pytest.mark.parametrize("filled", [False, True])
def test_a_table_read_as_cards_above_cells_that_no_question_took_is_doubtful(filled):
    """Where cells stand apart, each is a table; a filled table was said to be empty, or was given without them."""
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    made.text(50, 80, "E. Maatregelen en acties", size=14, font=BOLD).text(50, 130, "Actie 1", font=BOLD)
    for y, label, answer in ((140, "Nummer actie", "A1"), (170, "Titel", "Wijkpunt")):
        made.grid([50, 200], [y, y + 25]).text(55, y + 16, label, font=BOLD)
        made.grid([205, 500], [y, y + 25]).text(210, y + 16, answer)
    if filled:
        made.text(50, 230, "Actie 2", font=BOLD).grid([50, 200, 500], [240, 265]).text(55, 256, "Titel", font=BOLD)
        made.text(210, 256, "Plein")
    table = drawn(made)["acties"]
    assert (table.state, "«A1»" in table.problem) == (DOUBTFUL, True)


def test_an_empty_answer_above_words_that_only_look_like_a_label_is_doubtful():
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    made.text(50, 80, "B. Voorstel", size=14, font=BOLD).text(50, 120, "Titel van het voorstel", font=BOLD)
    answers = drawn(made.text(50, 150, "Samenvating van alles:", font=BOLD))
    assert answers["titel"].state is DOUBTFUL


def test_a_table_of_cards_beside_a_row_of_which_no_column_is_named_is_doubtful():
    """Such a row was left out, and the others were given as all of them."""
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    made.text(50, 80, "K. Planning, monitoring en evaluatie", size=14, font=BOLD).text(50, 110, "Mijlpalen", font=BOLD)
    made.text(50, 130, "Mijlpalen 1", font=BOLD).grid([50, 200, 500], [140, 165]).text(55, 156, "Mijlpaal", font=BOLD)
    made.text(210, 156, "Opening").text(50, 190, "Mijlpalen 2", font=BOLD).grid([50, 500], [200, 225])
    table = drawn(made.text(55, 216, "Mijlpaal * Feest"))["mijlpalen"]
    assert [row.cells["mijlpaal"].text for row in table.rows] == ["Opening"]
    assert table.state is DOUBTFUL


@pytest.mark.parametrize(("above", "state"), [("[x] Ja [ ] Nee", DOUBTFUL), ("", EMPTY)])
def test_a_choice_under_a_line_with_a_tick_that_a_text_took_is_doubtful(above, state):
    """The label is wrapped, and its second line was found alone."""
    made = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font=BOLD)
    made.text(50, 80, "N. Engagement en validatie", size=14, font=BOLD).text(50, 110, "Ondertekenaars", font=BOLD)
    made.text(50, 140, "Jan Peeters, schepen").text(50, 170, f"Wij verklaren dat dit formulier {above}")
    assert drawn(made.text(50, 200, "naar waarheid is ingevuld:", font=BOLD))["naar_waarheid"].state is state
