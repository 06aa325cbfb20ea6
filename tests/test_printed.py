"""A print that lacks words of its Word file is found out."""

from __future__ import annotations

import io

import docx
import pytest

from pipeline import office, printed


def word_file(*paragraphs: str, hidden: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = "Fictief voorbeeld"
    for text in paragraphs:
        document.add_paragraph(text)
    if hidden:
        document.add_paragraph().add_run(hidden).font.hidden = True
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_print_with_other_line_breaks_and_hyphens_lacks_nothing():
    data = word_file("Het wijkverbeteringscontract kost € 1.000,00.", "Rabot-Blaisantvest")
    assert (
        printed.lost(data, printed.fold("Het wijkverbeterings-\ncontract kost €\u00a01.000,00. Rabot-\nBlaisantvest"))
        == ""
    )


def test_a_paragraph_that_is_not_printed_is_named():
    data = word_file("Jongeren zonder plek", "Onveilige weg naar het station", "Zij zijn verweven")
    text = printed.fold("Jongeren zonder plek Zij zijn verweven")
    assert printed.lost(data, text) == "Onveilige weg naar het station"


def test_the_second_of_two_equal_rows_counts_too():
    data = word_file("€ 200.000,00", "€ 200.000,00")
    assert printed.lost(data, printed.fold("€ 200.000,00")) == "€ 200.000,00"
    assert printed.lost(data, printed.fold("€ 200.000,00 x € 200.000,00")) == ""


def test_a_paragraph_that_runs_over_a_page_is_there():
    long = "Wie geen vast werk heeft, krijgt geen lening en renoveert niet, en wie niet renoveert, woont slecht. " * 3
    middle = len(long) // 2
    data = word_file("kort dat breekt", long)
    text = printed.fold(
        "kort dat Pagina 1 van 2 breekt " + long[:middle] + " Pagina 2 van 2 Afsprakenkader " + long[middle:]
    )
    assert printed.lost(data, text) == ""


def test_an_answer_from_right_to_left_is_not_called_lost():
    assert printed.lost(word_file("Wijk שלום centrum"), printed.fold("Wijk םולש centrum")) == ""


@pytest.mark.requires_soffice
def test_a_paper_whose_print_lacks_a_paragraph_gives_no_pdf():
    result = office.convert(
        {"heel": word_file("Alles staat er."), "stuk": word_file("Alles staat er.", hidden="Dit wordt niet afgedrukt.")}
    )
    assert isinstance(result["heel"], bytes)
    assert result["stuk"] == (
        "LibreOffice liet tekst weg uit de pdf: «Dit wordt niet afgedrukt.». "
        "Open het Word-document in Word en bewaar het daar als pdf."
    )


def test_words_beside_letters_from_right_to_left_are_found_in_whatever_order_they_are_drawn():
    data = word_file("Partner: שלום (2021) en de vzw عالم", "Gent")
    assert printed.lost(data, printed.fold("Partner: عالم vzw de en )2021( שלום Gent")) == ""
    assert printed.lost(data, printed.fold("Partner: عالم de en )2021( שלום Gent")).startswith("Partner")
