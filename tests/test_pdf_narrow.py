"""Labels wrapped in a column without rulings: what stands beside their lines is never silently another's answer."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.test_extract import DOUBTFUL, LOST, call
from tests.test_read_pdf_drawn import running

BOLD = "Helvetica-Bold"


def column(*lines, left=55.0, answer=150.0, box=False, step=14.0):
    """Draw a part of a form without lines: labels in a narrow column, what stands beside them at its right."""
    page = Drawn().text(50, 60, "A. Indienend bestuur", size=14, font=BOLD)
    if box:
        page.grid([50, 550], [75, 85 + step * len(lines)])
    for number, (label, said) in enumerate(lines):
        y = 88 + step * number
        page.text(left, y, label, font=BOLD)
        if said:
            page.text(answer, y, said)
    return read(page.page().bytes(), "overgetypt.pdf")


def states(document):
    extraction = extract(document, call().form, call())
    return {name: answer.state for name, answer in extraction.answers.items()}


@pytest.mark.parametrize("box", [False, True], ids=["no lines", "a box around them"])
def test_an_answer_beside_the_first_line_of_a_wrapped_label_is_not_that_of_the_label_above(box):
    lines = [("Naam contact-", "Peeters"), ("persoon", ""), ("Rekeningnummer", "BE68 5390 0754 7034"), ("(IBAN):", "")]
    document = column(*lines, ("Adres:", "Botermarkt 1"), box=box)
    found = states(document)
    assert found["iban"] in {DOUBTFUL, LOST}


def test_both_lines_of_a_label_that_may_be_wrapped_are_doubtful():
    document = column(("Rekeningnummer", "BE68 5390 0754 7034"), ("(IBAN):", ""), ("Adres:", "Botermarkt 1"))
    _title, first, second, other = [(each.text, bool(each.uncertain)) for each in running(document)]
    assert first == ("Rekeningnummer BE68 5390 0754 7034", True)
    assert second == ("(IBAN):", True)
    assert other == ("Adres: Botermarkt 1", False)


def test_a_label_that_goes_on_beside_the_next_line_of_an_answer_is_doubtful():
    document = column(("Regelgeving waar", "Het decreet van"), ("u van afwijkt", "22 december 2017"), answer=150)
    assert [bool(each.uncertain) for each in running(document)] == [False, True, True]


def test_the_room_between_columns_is_no_room_for_a_word():
    document = column(("Contactpersoon:", "Karim"), ("rol:", ""), answer=160)
    assert [bool(each.uncertain) for each in running(document)] == [False, True, True]


def test_labels_that_are_not_wrapped_keep_the_answer_behind_their_tab():
    document = column(("Naam:", "Gent"), ("Adres:", ""), ("E-mail:", "wijk@gent.be"))
    told = [(each.text, each.uncertain) for each in running(document)]
    assert told[1:] == [("Naam: Gent", ""), ("Adres:", ""), ("E-mail: wijk@gent.be", "")]


def test_a_list_with_hanging_lines_has_no_labels():
    page = Drawn().text(50, 60, "1.").text(64, 60, "De bewoners vragen een plein").text(64, 72, "in de wijk")
    page.text(50, 84, "2.").text(64, 84, "De pleinen blijven open").text(50, 96, "Slot")
    assert {each.uncertain for each in running(read(page.page().bytes(), "x.pdf"))} == {""}


def test_stretched_spaces_of_a_justified_text_are_no_openings():
    page = Drawn()
    for number, words in enumerate(
        (["De", "bewoners", "vragen", "een"], ["plein", "voor", "jongeren", "en"], ["ouderen"])
    ):
        for place, word in enumerate(words):
            page.text(50 + 60 * place, 60 + 12 * number, word)
    (text,) = {" ".join(each.text for each in running(read(page.page().bytes(), "x.pdf")))}
    assert text == "De bewoners vragen een plein voor jongeren en ouderen"


def test_upright_rulings_alone_with_words_at_both_sides_make_no_row_of_what_stands_between_them():
    page = Drawn()
    for x in (170, 300, 400):
        page.canvas.line(x, 800 - 100, x, 800 - 130)
    for x, words in ((55, "Adres:"), (175, "Botermarkt 1"), (305, "Naam:"), (405, "Gent")):
        page.text(x, 115, words)
    document = read(page.page().bytes(), "x.pdf")
    (line,) = running(document)
    assert line.text == "Adres: Botermarkt 1 Naam: Gent"
    assert "brede opening" in line.uncertain


def test_a_section_titled_as_its_question_is_not_empty_above_a_box_that_no_question_took():
    page = Drawn().text(50, 60, "G. Geïntegreerde aanpak", size=14, font=BOLD).grid([50, 550], [75, 120])
    page.text(55, 88, "Samenhang van de maatregelen", font=BOLD).text(230, 88, "De cijfers tonen dat het werkt.")
    page.text(55, 102, "*", font=BOLD).text(230, 102, "De wijk en de stad doen mee.")
    answer = extract(read(page.page().bytes(), "x.pdf"), call().form, call()).answers["geintegreerde_aanpak"]
    assert (answer.state, "een tabel" in answer.problem) == (DOUBTFUL, True)


def test_a_section_titled_as_its_question_is_not_empty_above_a_box_around_columns():
    page = Drawn().text(50, 60, "G. Geïntegreerde aanpak", size=14, font=BOLD).grid([50, 550], [75, 120])
    page.text(55, 88, "Samenhang van de", font=BOLD).text(170, 88, "De cijfers tonen dat het werkt")
    page.text(55, 102, "maatregelen", font=BOLD).text(170, 102, "voor de wijk en de stad.")
    answer = extract(read(page.page().bytes(), "x.pdf"), call().form, call()).answers["geintegreerde_aanpak"]
    assert answer.state == DOUBTFUL
