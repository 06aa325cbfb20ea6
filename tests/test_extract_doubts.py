"""Layouts that mislead: an answer there is right, doubtful or not found, and never silently another."""

import copy
import datetime as dt
import io
from decimal import Decimal

import pytest
from PIL import Image

from pipeline.blank import write_docx, write_pdf
from pipeline.document import Document, Location, Paragraph, Source
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.pdf_files import Drawn, WordFile
from tests.test_extract import DOUBTFUL, EMPTY, GIVEN, LOST, Typed, call, given, rows, values
from tests.word_files import p, r, word


def state(extraction, name):
    return extraction.answers[name].state


def test_a_label_taken_for_an_answer_makes_it_doubtful_when_its_own_question_is_nowhere():
    extraction = Typed().head("B. Voorstel").table(["Titel", "Einddatum", "Startdatum", "1/1/2022"]).extract()
    assert state(extraction, "titel") is DOUBTFUL
    assert "Einddatum" in extraction.answers["titel"].problem
    assert values(extraction, "startdatum") == {"startdatum": dt.date(2022, 1, 1)}


def test_labels_in_one_cell_beside_their_answers_in_one_make_the_first_doubtful():
    """So a print reads of which the rows have no line between them."""
    table = [("Titel", "Startdatum", "Einddatum"), ("Levend Rabot", "1/1/2022", "31/12/2024")]
    extraction = Typed().head("B. Voorstel").table(table).extract()
    assert state(extraction, "titel") is DOUBTFUL
    assert "Startdatum" in extraction.answers["titel"].problem
    assert state(extraction, "startdatum") is not EMPTY


@pytest.mark.parametrize("label", ["Contactpersoon: voornaam :", "Contactpersoon:\nvoornaam"])
def test_a_label_that_holds_that_of_a_question_that_was_taken_out_is_one(label):
    """«Politiek verantwoordelijke: voornaam» was taken out."""
    extraction = Typed().head("A. Indienend bestuur").table([label, ("Siân",)]).extract()
    assert values(extraction, "contact_voornaam") == {"contact_voornaam": "Siân"}


@pytest.mark.parametrize(
    ("beside", "state"),
    [
        (["Gewenst engagement"], GIVEN),  # a choice of this question, and also a name of one that was taken out
        (["Gewenst engagement", ""], DOUBTFUL),  # which may be a label with its own cell for the answer
        (["Gewenst engagement: ja"], DOUBTFUL),
    ],
)
def test_a_choice_in_the_only_cell_beside_its_question_is_no_question_that_is_nowhere(beside, state):
    typed = Typed().head("I. Stakeholders en draagvlak").head("Stakeholders", 2)
    rows_ = [["Stakeholder 1"], ["Naam", "Buurthuis"], ["Status van het engagement", *beside], ["Type", "Bewoners"]]
    (row,) = typed.table(*rows_).extract().answers["stakeholders"].rows
    assert row.cells["status"].state is state
    assert row.cells["status"].text == beside[0]


def test_what_somebody_wrote_in_the_margin_is_told_in_its_own_words_and_is_no_answer():
    spaces = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    comment = f'<w:comments xmlns:w="{spaces}"><w:comment w:id="0">{p("Moet 750.000 zijn")}</w:comment></w:comments>'
    made = word(p("B. Voorstel") + p("Titel: Muide"), comments=comment)
    extraction = extract(read(made, "a.docx"), call().form, call())
    assert values(extraction, "titel") == {"titel": "Muide"}
    assert "Opmerking in de kantlijn, die niet meetelt: «Moet 750.000 zijn»." in extraction.notes


@pytest.mark.parametrize("mark", ["", " *", " (verplicht)"])
def test_a_question_that_a_print_joined_to_the_answer_before_it_makes_that_doubtful(mark):
    street = "Sint-Jansplein 67, op de hoek van de Grote Markt, tweede verdieping achteraan links, 9000 Gent"
    said = f"Adres: {street} Rekeningnummer (IBAN){mark}:"
    extraction = Typed().head("A. Indienend bestuur").say(said).extract()
    assert state(extraction, "adres") is DOUBTFUL
    assert state(extraction, "iban") is LOST


def test_a_second_question_behind_a_tab_makes_a_text_doubtful():
    extraction = Typed().head("B. Voorstel").say("Titel: Muide\tStartdatum: 1/1/2022").extract()
    assert state(extraction, "titel") is DOUBTFUL
    assert state(extraction, "startdatum") is LOST


def test_two_amounts_beside_each_other_are_no_single_answer():
    extraction = (
        Typed().head("B. Voorstel").table(["", "2022", "2023"], ["Gevraagde subsidie", "400.000", "400.000"]).extract()
    )
    assert state(extraction, "gevraagde_subsidie") is DOUBTFUL
    assert extraction.answers["gevraagde_subsidie"].value is None


def test_two_numbers_in_cells_or_on_lines_of_their_own_are_no_thousands():
    for row in (["Gevraagde subsidie", "500", "250"], ["Gevraagde subsidie", "500\n250"]):
        extraction = Typed().head("B. Voorstel").table(row).extract()
        assert state(extraction, "gevraagde_subsidie") is DOUBTFUL
        assert extraction.answers["gevraagde_subsidie"].value is None


def test_a_unit_in_a_cell_of_its_own_belongs_to_the_amount():
    for row in (["Gevraagde subsidie", "800.000", "euro"], ["Gevraagde subsidie", "€", "800.000"]):
        extraction = Typed().head("B. Voorstel").table(row).extract()
        assert values(extraction) == {"gevraagde_subsidie": Decimal(800000)}


def test_an_answer_past_an_empty_cell_is_not_lost():
    extraction = Typed().head("B. Voorstel").table(["Einddatum", "", "31/12/2025"]).extract()
    assert values(extraction) == {"einddatum": dt.date(2025, 12, 31)}


def test_a_remark_beside_a_text_makes_it_doubtful():
    extraction = Typed().head("B. Voorstel").table(["Titel", "Muide", "voorlopige titel"]).extract()
    assert state(extraction, "titel") is DOUBTFUL
    assert extraction.answers["titel"].text == "Muide voorlopige titel"


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["☐", "Ja", "☒", "Nee"], False),
        (["☒", "Ja", "☐", "Nee"], True),
        (["Ja ☐", "Nee ☒"], False),
        (["Ja", "Nee X"], None),
        (["Ja", "Nee"], None),
    ],
)
def test_yes_and_no_over_several_cells_are_one_answer(cells, value):
    extraction = Typed().head("J. Haalbaarheid").table(["Ziet u risico's voor de uitvoering?", *cells]).extract()
    answer = extraction.answers["risicos_aanwezig"]
    assert answer.value is value
    assert given(extraction, "risicos_aanwezig") is (value is not None)
    assert value is not None or answer.state is DOUBTFUL


def test_marks_in_a_column_beside_listed_choices_make_the_choice_doubtful():
    extraction = (
        Typed().head("C. Wijk").table(["Grond van de afbakening", "historisch", "X"], ["", "kenmerken", ""]).extract()
    )
    assert state(extraction, "grond_afbakening") is DOUBTFUL


def test_text_after_a_label_and_beside_it_is_doubtful():
    extraction = Typed().head("B. Voorstel").table(["Titel: max. 150 tekens", "Muide"]).extract()
    assert state(extraction, "titel") is DOUBTFUL
    assert extraction.answers["titel"].text == "max. 150 tekens\nMuide"


def test_a_limit_between_brackets_is_no_part_of_a_label():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .table(
            ["Titel van het voorstel (max. 150 tekens)", "Muide"], ["Gevraagde subsidie (maximum 800.000 euro)", "5"]
        )
        .extract()
    )
    assert values(extraction) == {"titel": "Muide", "gevraagde_subsidie": Decimal(5)}


def test_an_answer_beneath_another_label_of_its_row_is_not_taken():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .table(["Titel", "Muide", "Startdatum"], ["1/1/2022", "Einddatum", "31/12/2025"])
        .extract()
    )
    assert values(extraction) == {"titel": "Muide", "einddatum": dt.date(2025, 12, 31)}


def test_a_line_right_beneath_an_amount_makes_it_doubtful_and_an_unknown_question_does_not():
    said = Typed().head("B. Voorstel").say("Gevraagde subsidie: 800.000", "te verminderen met 50.000")
    assert state(said.extract(), "gevraagde_subsidie") is DOUBTFUL
    other = Typed().head("B. Voorstel").say("Gevraagde subsidie: 800.000", "Provincie: Oost-Vlaanderen")
    assert values(other.extract()) == {"gevraagde_subsidie": Decimal(800000)}


def test_a_plain_line_with_the_words_of_a_question_in_a_long_text_makes_both_doubtful():
    extraction = (
        Typed()
        .head("C. Wijk")
        .head("Motivering van de afbakening en de selectie", 2)
        .say("De wijk is afgebakend.", "Wijk", "De wijk is mooi.")
        .extract()
    )
    assert state(extraction, "wijk_naam") is DOUBTFUL
    assert state(extraction, "motivering_afbakening") is DOUBTFUL


def test_a_label_with_its_answer_after_a_text_under_a_heading_is_a_question():
    extraction = (
        Typed().head("C. Wijk").head("Beschrijving van het gebied", 2).say("Langs de Dender.", "Kaart: a.png").extract()
    )
    assert values(extraction) == {"gebied": "Langs de Dender.", "kaart": "a.png"}


def test_a_long_text_that_ends_at_a_question_which_stands_elsewhere_too_is_doubtful():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .say("Samenvatting: Wij vragen dit:", "Gevraagde subsidie: te veel.", "Einde.", "", "Gevraagde subsidie: 5")
        .extract()
    )
    assert state(extraction, "samenvatting") is DOUBTFUL
    assert state(extraction, "gevraagde_subsidie") is DOUBTFUL


@pytest.mark.parametrize("header", ["Bedrag (in duizend euro)", ("Bedrag", "(x 1.000 €)")])
def test_amounts_in_thousands_are_doubtful_in_every_column_of_their_table(header):
    extraction = (
        Typed()
        .head("M. Financieel")
        .table(["Actie", "Jaar", "Kostensoort", header, "Waarvan subsidie"], ["A1", "2022", "Personeel", "100", "80"])
        .extract()
    )
    cells = extraction.answers["begroting"].rows[0].cells
    assert (cells["bedrag"].state, cells["bedrag"].value) == (DOUBTFUL, Decimal(100))
    assert cells["subsidie"].state is DOUBTFUL
    assert cells["actie"].state is State.GIVEN


def test_an_amount_under_a_label_in_thousands_is_doubtful():
    for typed in (
        Typed().head("B. Voorstel").table([("Gevraagde subsidie", "in duizend euro"), "800"]),
        Typed().head("B. Voorstel").say("Gevraagde subsidie (x 1.000 euro): 800"),
    ):
        assert state(typed.extract(), "gevraagde_subsidie") is DOUBTFUL


def test_the_title_of_a_group_goes_on_over_rows_and_is_no_label_itself():
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .table(
            ["Contactpersoon", "Leen De Smet"],
            ["Telefoon", "09 266 00 00"],
            ["E-mail", "leen@example.org"],
            ["Politiek verantwoordelijke", "Karim Peeters"],
            ["Telefoon", "09 266 00 01"],
            ["E-mail", "karim@example.org"],
        )
        .extract()
    )
    assert values(extraction) == {
        "contact_telefoon": "09 266 00 00",
        "contact_email": "leen@example.org",
        "politiek_telefoon": "09 266 00 01",
        "politiek_email": "karim@example.org",
    }


def test_a_title_of_another_group_ends_the_one_above_it():
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .say("Contactpersoon", "Voornaam: Leen")
        .table(["Verantwoordelijke dienst", "Welzijn"], ["Telefoon", "09 266 00 00"])
        .extract()
    )
    assert state(extraction, "contact_telefoon") is LOST


def test_a_table_of_another_section_is_not_read_by_its_columns_alone():
    extraction = (
        Typed()
        .head("E. Maatregelen en acties")
        .table(["Titel", "Buurthuis", "Plein"], ["Kost", "100.000", "5.000"], ["Subsidie", "80.000", "4.000"])
        .extract()
    )
    assert rows(extraction, "begroting") == []
    assert state(extraction, "begroting") is LOST


def test_a_section_that_stands_in_the_file_twice_has_doubtful_tables():
    budget = (["Actie", "Jaar", "Kostensoort", "Bedrag"], ["A1", "2022", "Personeel", "100"])
    extraction = Typed().head("M. Financieel").table(*budget).head("M. Financieel").table(*budget).extract()
    assert state(extraction, "begroting") is DOUBTFUL
    assert "meer dan eens" in extraction.answers["begroting"].problem


def test_an_answer_that_is_struck_through_is_doubtful():
    typed = Typed().head("B. Voorstel").table(["Gevraagde subsidie", ""], ["Titel", "Muide"])
    run = typed.file.tables[0].cell(0, 1).paragraphs[0].add_run("800.000")
    run.font.strike = True
    extraction = typed.extract()
    assert state(extraction, "gevraagde_subsidie") is DOUBTFUL
    assert values(extraction) == {"titel": "Muide"}


@pytest.mark.parametrize(
    "text", ["Klik of tik om tekst in te voeren. Muide", "MuideKlik of tik om tekst in te voeren."]
)
def test_an_answer_typed_beside_the_prompt_is_not_lost_and_doubtful(text):
    extraction = Typed().head("B. Voorstel").table(["Titel", text], ["Einddatum", ""]).extract()
    answer = extraction.answers["titel"]
    assert (answer.state, answer.value) == (DOUBTFUL, "Muide")
    assert "invultekst" in answer.problem


@pytest.mark.parametrize(
    "text",
    ["zie bijlage", "Zie nota in bijlage 2.", "idem", '"', "Fout! Verwijzingsbron niet gevonden.", "#N/B", "#####"],
)
def test_a_reference_and_an_error_of_a_program_are_no_answer(text):
    extraction = Typed().head("B. Voorstel").table(["Titel", text], ["Einddatum", ""]).extract()
    assert state(extraction, "titel") is DOUBTFUL
    assert text in extraction.answers["titel"].problem


def test_a_sentence_that_refers_to_something_or_invites_people_is_an_answer():
    for text in (
        "Klik om samen te werken",
        "Vul hier de stilte",
        "Selecteer jouw toekomst",
        "Kies een buur: samen wonen in de Muide",
        "Zie je de wijk?",
        "Samen zien we meer boven de spoorweg",
        "Zelfde straat, andere wijk",
    ):
        assert values(Typed().head("B. Voorstel").table(["Titel", text]).extract()) == {"titel": text}


def test_the_mark_of_a_note_in_superscript_is_no_digit_of_an_amount():
    typed = Typed().head("B. Voorstel").table(["Gevraagde subsidie", "75000"], ["Titel", "Plein van 40 m"])
    for number in (0, 1):
        run = typed.file.tables[0].cell(number, 1).paragraphs[0].add_run("2")
        run.font.superscript = True
    extraction = typed.extract()
    assert state(extraction, "gevraagde_subsidie") is DOUBTFUL
    assert extraction.answers["gevraagde_subsidie"].value is None
    assert values(extraction) == {"titel": "Plein van 40 m²"}


def test_a_picture_where_an_answer_belongs_is_doubtful_and_beside_words_is_not():
    typed = Typed().head("B. Voorstel").table(["Samenvatting", ""], ["Titel", "Muide"], ["Startdatum", ""])
    drawn = io.BytesIO()
    Image.new("L", (8, 8)).save(drawn, "PNG")
    for number in (0, 1):
        typed.file.tables[0].cell(number, 1).paragraphs[0].add_run().add_picture(drawn)
    extraction = typed.extract()
    assert state(extraction, "samenvatting") is DOUBTFUL
    assert "afbeelding" in extraction.answers["samenvatting"].problem
    assert values(extraction) == {"titel": "Muide"}
    assert state(extraction, "startdatum") is EMPTY


def test_a_question_copied_beneath_its_own_box_with_another_answer_is_doubtful():
    box = (
        "<w:sdt><w:sdtPr><w:tag w:val='gevraagde_subsidie'/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    )

    def row(label, answer):
        return f"<w:tr><w:tc>{p(r(label))}</w:tc><w:tc>{p(answer)}</w:tc></w:tr>"

    def read_of(*rows):
        head = p('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>' + r("B. Voorstel"))
        table = f"<w:tbl>{''.join(rows)}</w:tbl>"
        body = p(r("Aanvraagformulier wijkverbeteringscontract")) + head + table
        return extract(read(word(body), "a.docx"), call().form, call()).answers["gevraagde_subsidie"]

    own = row("Gevraagde subsidie", box.format(r("800.000")))
    assert read_of(own).value == Decimal(800000)
    copied = read_of(own, row("Gevraagde subsidie", r("640.000")))
    assert copied.state is DOUBTFUL
    assert "meer dan eens" in copied.problem


def test_what_a_tracked_change_deletes_and_what_is_hidden_is_told():
    body = (
        p(r("Aanvraagformulier wijkverbeteringscontract"))
        + p('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>' + r("B. Voorstel"))
        + p(r("Gevraagde subsidie: ") + "<w:del><w:r><w:delText>800.000</w:delText></w:r></w:del>" + r("750.000"))
        + p(r("Titel: Muide") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>")
    )
    extraction = extract(read(word(body), "a.docx"), call().form, call())
    assert values(extraction) == {"gevraagde_subsidie": Decimal(750000), "titel": "Muide"}
    assert any("schrapt «800.000»" in note for note in extraction.notes)
    assert any("«geheim»" in note for note in extraction.notes)


def test_a_section_that_stands_there_twice_and_is_filled_once_is_not_silently_empty():
    extraction = (
        Typed().head("B. Voorstel").table(["Titel", ""]).head("B. Voorstel").table(["Titel", "Rabot"]).extract()
    )
    assert state(extraction, "titel") is DOUBTFUL


def budget(header, *lines):
    return Typed().head("M. Financieel").table(header, *lines).extract()


def test_a_column_that_stands_there_twice_is_doubtful_and_both_its_amounts_are_told():
    extraction = budget(
        ["Actie", "Jaar", "Kostensoort", "Bedrag", "Bedrag"], ["A1", "2022", "Personeel", "100.000", "90"]
    )
    assert extraction.answers["begroting"].rows[0].cells["bedrag"].state is DOUBTFUL
    assert any("Bedrag: 90" in note for note in extraction.notes)


def test_a_row_of_nothing_but_amounts_is_doubtful():
    extraction = budget(["Actie", "Jaar", "Kostensoort", "Bedrag"], ["A1", "2022", "Personeel", "5"], ["", "", "", "5"])
    assert [row.cells["bedrag"].state for row in extraction.answers["begroting"].rows] == [State.GIVEN, DOUBTFUL]


def test_a_form_of_another_version_is_told():
    extraction = Typed().say("Versie 2020.3").head("B. Voorstel").table(["Titel", "Muide"]).extract()
    assert extraction.version == "2020.3"
    assert any("2020.3" in note for note in extraction.notes)


def test_a_column_asked_twice_in_one_card_is_doubtful():
    extraction = (
        Typed()
        .head("E. Maatregelen en acties")
        .say("Actie 1")
        .table(["Titel", "Plein"], ["Kost", "5.000"], ["Kost", "6.000"])
        .extract()
    )
    (row,) = extraction.answers["acties"].rows
    assert (row.cells["titel"].state, row.cells["kost"].state) == (State.GIVEN, DOUBTFUL)


def test_a_choice_with_its_box_is_no_label_of_another_question():
    extraction = (
        Typed()
        .head("C. Wijk")
        .say("Grond van de afbakening:", "[x] Historisch", "[ ] Kenmerken", "[x] Andere grond")
        .extract()
    )
    answer = extraction.answers["grond_afbakening"]
    assert (answer.value, answer.state) == (("historisch", "andere"), State.GIVEN)


def test_a_question_found_and_not_answered_stays_empty():
    extraction = Typed().head("B. Voorstel").table(["Titel", ""], ["Einddatum", "31/12/2025"]).extract()
    assert state(extraction, "titel") is EMPTY


def test_amounts_that_may_mean_two_make_no_other_cell_of_their_row_doubtful():
    """They stand in their own columns; two that are no amounts at all show that the row may have moved."""
    header = ["Nummer actie", "Jaar", "Kostensoort", "Bedrag", "Waarvan subsidie"]
    rows_ = (["A1", "2027", "Personeel", "95,104", "57,944.64"], ["A2", "2026", "Personeel", "vier VTE", "de helft"])
    extraction = Typed().head("M. Financieel").head("Begroting", 2).table(header, *rows_).extract()
    clear, moved = extraction.answers["begroting"].rows
    assert [cell.state for cell in clear.cells.values()] == [GIVEN, GIVEN, GIVEN, DOUBTFUL, DOUBTFUL]
    assert {cell.state for cell in moved.cells.values()} == {DOUBTFUL}


ACTIONS = (["Titel", "Wijkpunt"], ["Omschrijving", "Een."]), (["Titel", "Regisseurs"], ["Omschrijving", "Twee."])


def in_tables(title):
    one, two = ACTIONS
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    return typed.table(["Actie 1"], *one).say("").table([title], *two).extract()


def in_lines(title):
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    for head, rows_ in (("Actie 1", ACTIONS[0]), (title, ACTIONS[1])):
        typed.say(head, *(": ".join(row) for row in rows_))
    return typed.extract()


@pytest.mark.parametrize("typed", [in_tables, in_lines])
@pytest.mark.parametrize(
    "title",
    [
        "Actie 2 (geschrapt)",
        "Actie 2 [in reserve]",
        "Actie 2 - vervallen",
        "Actie 2: geschrapt",
        "Actie 2. Geschrapt",
        "Actie 2, geschrapt op 1 maart",
        "Actie 2 (Regisseurs, geschrapt)",
        "Actie 2 is vervallen",
    ],
)
def test_a_row_with_a_remark_beside_its_number_is_doubtful(title, typed):
    """It was lost, and its title became the end of the row before."""
    first, second = typed(title).answers["acties"].rows
    assert first.cells["omschrijving"].text == "Een."
    assert {cell.state for cell in first.cells.values()} == {GIVEN, LOST}
    assert (second.cells["titel"].value, second.cells["titel"].state) == ("Regisseurs", DOUBTFUL)
    assert {cell.state for cell in second.cells.values()} == {DOUBTFUL, LOST}
    assert "zie na of de rij geldt" in second.cells["titel"].problem


def test_a_row_that_itself_tells_that_it_was_withdrawn_is_doubtful():
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    typed.say("Actie 1", "Titel: Wijkpunt", "Actie 2 (geschrapt)", "Titel: Regisseurs", "Omschrijving: Geschrapt.")
    second = typed.extract().answers["acties"].rows[1]
    assert {cell.state for cell in second.cells.values()} == {DOUBTFUL, LOST}


@pytest.mark.parametrize("title", ["Actie 2: Vervallen woningen", "Actie 2 – Reserve aan groen"])
def test_a_row_whose_name_begins_as_a_remark_does_is_given(title):
    second = in_tables(title).answers["acties"].rows[1]
    assert (second.cells["titel"].state, second.cells["omschrijving"].state) == (GIVEN, GIVEN)


def test_a_row_without_answers_beside_whose_number_a_remark_stands_is_told():
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    typed.say("Actie 1", "Titel: Wijkpunt", "Omschrijving: Een.", "Actie 2 (geschrapt)")
    extraction = typed.extract()
    assert len(extraction.answers["acties"].rows) == 1
    assert any("«Actie 2 (geschrapt)»" in note for note in extraction.notes)


@pytest.mark.parametrize("title", ["Actie 2", "Actie 2 (Regisseurs)", "Actie 2: Regisseurs"])
def test_a_row_whose_name_stands_beside_its_number_is_given(title):
    second = in_tables(title).answers["acties"].rows[1]
    assert (second.cells["titel"].value, second.cells["titel"].state) == ("Regisseurs", GIVEN)
    assert {cell.state for cell in second.cells.values()} == {GIVEN, LOST}


def test_a_code_beside_the_number_of_a_row_makes_no_other_answer_doubtful():
    cells = in_tables("Actie 2 (A2)").answers["acties"].rows[1].cells
    assert (cells["titel"].state, cells["omschrijving"].state) == (GIVEN, GIVEN)
    assert (cells["id"].text, cells["id"].state) == ("A2", DOUBTFUL)


def test_a_remark_in_the_column_that_numbers_the_rows_makes_the_row_doubtful():
    header, one, two, three = (
        ["Nr.", "Titel", "Omschrijving"],
        ["1", "Wijkpunt", "Een."],
        ["2 (geschrapt)", "Regisseurs", "Twee."],
        ["3 - geschrapt", "Buurtfonds", "Drie."],
    )
    extraction = Typed().head("E. Maatregelen en acties").head("Acties", 2).table(header, one, two, three).extract()
    states = [row.cells["titel"].state for row in extraction.answers["acties"].rows]
    assert states == [GIVEN, DOUBTFUL, DOUBTFUL]


@pytest.mark.parametrize(
    "sentence",
    [
        "Actie 2 sluit hierop aan.",
        "Actie 2 (Regisseurs) sluit hierop aan.",
        "Actie 2 vervalt als dit niet lukt.",
        "Actie 2, 3 en 4 sluiten hierop aan.",
    ],
)
def test_a_sentence_about_a_row_is_no_title_of_one(sentence):
    """With brackets it was lost, and the answer ended before it, given."""
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    typed.say("Actie 1", "Titel: Wijkpunt", "Omschrijving: Een.", sentence, "Nog meer.")
    (row,) = typed.extract().answers["acties"].rows
    assert row.cells["omschrijving"].text == f"Een.\n{sentence}\nNog meer."


def test_a_plain_line_with_the_title_of_a_section_is_no_heading_where_headings_are_marked():
    extraction = (
        Typed()
        .head("D. Omgevingsanalyse")
        .head("Kwantitatieve analyse", 2)
        .say("De cijfers.", "Voorstel", "Meer cijfers.")
        .head("Kwalitatieve analyse", 2)
        .say("De gesprekken.")
        .head("G. Geïntegreerde aanpak")
        .extract()
    )
    assert values(extraction) == {
        "kwantitatieve_analyse": "De cijfers.\nVoorstel\nMeer cijfers.",
        "kwalitatieve_analyse": "De gesprekken.",
    }


def line(text, left, *, level=0, top=100.0):
    """Give a line of a printed page without rulings."""
    place = Location("druk.pdf", page=1, box=(left, top, left + 100, top + 10))
    return Paragraph(text, place, level, lines=(text,), left=left)


def printed(title, *lines):
    document = Document(Source("druk.pdf", "0" * 64, "application/pdf"), (line(title, 90, level=1), *lines))
    return extract(document, call().form, call())


def test_a_printed_line_that_holds_two_questions_without_a_mark_is_doubtful():
    extraction = printed(
        "A. Indienend bestuur", line("Adres: Botermarkt 1", 90), line("NIS-code (verplicht) 44021", 90)
    )
    assert values(extraction, "adres") == {}
    assert state(extraction, "adres") is DOUBTFUL


def test_printed_columns_without_rulings_make_every_answer_among_them_doubtful():
    extraction = printed(
        "B. Voorstel", line("Titel: Muide", 90), line("beweegt samen", 306), line("Startdatum: 1/1/2022", 90)
    )
    assert [state(extraction, name) for name in ("titel", "startdatum")] == [DOUBTFUL, DOUBTFUL]


def test_printed_lines_at_one_margin_are_read():
    extraction = printed("B. Voorstel", line("Titel: Muide", 90), line("Startdatum: 1/1/2022", 90))
    assert values(extraction) == {"titel": "Muide", "startdatum": dt.date(2022, 1, 1)}


def test_a_printed_line_after_a_text_under_a_heading_is_a_question():
    extraction = printed(
        "B. Voorstel", line("Samenvatting", 90, level=2), line("De wijk beweegt.", 90), line("Startdatum: 1/1/2022", 90)
    )
    assert values(extraction) == {"samenvatting": "De wijk beweegt.", "startdatum": dt.date(2022, 1, 1)}


def test_a_printed_table_without_rulings_is_doubtful():
    extraction = printed(
        "J. Haalbaarheid",
        line("Risico 1", 90),
        line("Omschrijving van het risico: vertraging", 90),
        line("Kans: hoog", 90),
        line("Impact: laag", 90),
    )
    assert state(extraction, "risicos") is DOUBTFUL


def test_a_printed_line_outside_its_section_is_doubtful_though_it_says_the_label():
    extraction = printed(
        "D. Omgevingsanalyse",
        line("Tot slot de", 90),
        line("geïntegreerde aanpak", 90),
        line("van alle problemen", 90),
        line("E. Maatregelen en acties", 90, level=1),
    )
    assert state(extraction, "geintegreerde_aanpak") is not State.GIVEN


def test_all_choices_below_each_other_on_a_print_without_boxes_may_be_a_form_that_nobody_ticked():
    asked = next(field for field in call().forms["aanvraag"].fields() if field.key == "grond_afbakening")
    labels = [choice.label for choice in asked.choices]
    for listed, whole in ((labels, True), (labels[:-1], False)):
        drawn = Drawn().grid([50, 220, 550], [40, 140]).text(55, 52, asked.label)
        for number, label in enumerate(listed):
            drawn.text(225, 52 + 14 * number, label, size=6)
        document = read(drawn.page().bytes(), "druk.pdf")
        extraction = extract(document, call().forms["aanvraag"], call())
        answer = extraction.answers[asked.key]
        assert ("zonder vakjes" in answer.problem) is whole
        assert answer.state is DOUBTFUL or not whole


def test_answers_written_above_their_questions_are_not_those_of_the_questions_before():
    typed = Typed().head("B. Voorstel").say("Muide aan het water", "Titel", "1/1/2022", "Startdatum", "31/12/2025")
    extraction = typed.say("Einddatum").extract()
    assert [state(extraction, name) for name in ("titel", "startdatum", "einddatum")] == [DOUBTFUL] * 3
    below = Typed().head("B. Voorstel").say("Titel", "Muide aan het water", "Startdatum", "1/1/2022").extract()
    assert values(below) == {"titel": "Muide aan het water", "startdatum": dt.date(2022, 1, 1)}


@pytest.mark.parametrize(
    ("lines", "doubted"),
    [
        (("Muide aan het water", "Titel"), {"titel"}),
        (("Muide aan het water", "Titel", "1/1/2022", "Startdatum"), {"titel", "startdatum"}),
        (("1/1/2022", "Startdatum", "31/12/2025", "Einddatum"), {"startdatum", "einddatum"}),
        (("Wij vragen een plein.", "Samenvatting"), {"samenvatting"}),
        (("Vul alles in.", "Titel", "Muide aan het water", "Startdatum"), set()),
        (("Vul in:", "Titel"), set()),
    ],
)
def test_one_or_two_questions_may_have_their_answers_above_them_too(lines, doubted):
    extraction = Typed().head("B. Voorstel").say(*lines).extract()
    assert {name for name, answer in extraction.answers.items() if answer.state is DOUBTFUL} == doubted


BOX = "<w:sdt><w:sdtPr><w:tag w:val='{}'/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def boxed(*parts):
    """Read a form with controls, given as its parts in XML after the title of section B."""
    head = p('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>' + r("B. Voorstel"))
    body = p(r("Aanvraagformulier wijkverbeteringscontract")) + head + "".join(parts)
    return extract(read(word(body), "a.docx"), call().form, call())


def cells(*contents):
    return f"<w:tr>{''.join(f'<w:tc>{p(content)}</w:tc>' for content in contents)}</w:tr>"


def test_a_box_beside_which_something_else_is_asked_is_doubtful():
    box = BOX.format("gevraagde_subsidie", r("800.000"))
    own = boxed(f"<w:tbl>{cells(r('Gevraagde subsidie'), box)}</w:tbl>")
    assert values(own) == {"gevraagde_subsidie": Decimal(800000)}
    bare = boxed(f"<w:tbl>{cells(r(''), box)}</w:tbl>")
    assert values(bare) == {"gevraagde_subsidie": Decimal(800000)}
    other = boxed(f"<w:tbl>{cells(r('Totale kostprijs van het voorstel'), box)}</w:tbl>")
    assert state(other, "gevraagde_subsidie") is DOUBTFUL
    assert "«Totale kostprijs van het voorstel»" in other.answers["gevraagde_subsidie"].problem


def test_what_stands_with_a_box_and_changes_its_meaning_makes_it_doubtful():
    box = BOX.format("gevraagde_subsidie", r("800.000"))
    for label, beneath, told in (
        (r("Gevraagde subsidie per jaar"), "", "per jaar"),
        (r("Gevraagde subsidie", "<w:strike/>"), "", "doorgehaald"),
        (r("Gevraagde subsidie"), p(r("(excl. btw)")), "excl. btw"),
    ):
        row = f"<w:tr><w:tc>{p(label)}</w:tc><w:tc>{p(box)}{beneath}</w:tc></w:tr>"
        answer = boxed(f"<w:tbl>{row}</w:tbl>").answers["gevraagde_subsidie"]
        assert (answer.state, answer.value) == (DOUBTFUL, Decimal(800000))
        assert told in answer.problem


def test_what_somebody_adds_in_a_header_is_told_and_what_the_form_prints_there_is_not():
    typed = Typed().head("B. Voorstel").table(["Titel", "Muide"])
    section = typed.file.sections[0]
    section.footer.paragraphs[0].text = f"{call().title} · {call().form.title}, versie 2021.1\tPagina 2 van 13"
    assert not [note for note in typed.extract().notes if "voettekst" in note]
    section.header.paragraphs[0].text = f"{call().form.title} VERVALLEN: zie versie 2"
    assert "In de kop- of voettekst staat: «VERVALLEN: zie versie 2»." in typed.extract().notes


def test_a_question_that_stands_again_with_a_word_between_brackets_makes_its_answer_doubtful():
    rows = (["Gevraagde subsidie", "800.000"], ["Gevraagde subsidie (herzien)", "700.000"], ["Titel", "Muide"])
    extraction = Typed().head("B. Voorstel").table(*rows).extract()
    assert state(extraction, "gevraagde_subsidie") is DOUBTFUL
    assert "(herzien)" in extraction.answers["gevraagde_subsidie"].problem
    assert values(extraction) == {"titel": "Muide"}


def test_what_is_typed_under_a_label_with_its_answer_elsewhere_is_told():
    help_text = "Maximaal 800.000 euro. Hetzelfde bedrag als de som van de subsidie in deel M."
    typed = Typed().head("B. Voorstel").table([("Gevraagde subsidie", help_text, "Let op: 750.000"), "800.000"])
    assert typed.extract().notes[0] == "Deze tekst hoort bij geen vraag: «Let op: 750.000»."


HEADERS = ["Actie", "Jaar", "Kostensoort", "Bedrag", "Waarvan subsidie"]


def budget_row(change):
    """Give the cells of a row of the budget in which somebody changed the cells, and what else is told."""
    typed = Typed().head("M. Financieel").table(HEADERS, ["A1", "2022", "Werking", "5.000", "4.000"])
    change(typed.file.tables[0].rows[1])
    extraction = typed.extract()
    (row,) = extraction.answers["begroting"].rows
    return row.cells, extraction.notes


def test_a_row_of_which_a_cell_was_deleted_gives_no_amount_to_another_column():
    cells, _notes = budget_row(lambda row: row._tr.remove(row.cells[1]._tc))
    assert cells["bedrag"].state is DOUBTFUL
    assert [name for name, cell in cells.items() if cell.state is GIVEN] == []


def test_a_row_with_a_cell_too_many_is_doubtful_and_what_stands_behind_the_last_column_is_told():
    cells, notes = budget_row(lambda row: row.cells[1]._tc.addprevious(copy.deepcopy(row.cells[1]._tc)))
    assert [name for name, cell in cells.items() if cell.state is GIVEN] == []
    assert "Deze tekst hoort bij geen vraag: «4.000»." in notes


def test_a_cell_merged_over_two_columns_is_the_answer_to_neither_for_sure():
    def merge(row):
        row.cells[4].text = ""
        row.cells[3].merge(row.cells[4])

    cells, _notes = budget_row(merge)
    assert {name: cell.state for name, cell in cells.items()} == {
        "actie": GIVEN, "jaar": GIVEN, "kostensoort": GIVEN, "bedrag": DOUBTFUL, "subsidie": DOUBTFUL,
    }  # fmt: skip


def test_a_struck_title_of_a_row_and_a_struck_header_make_what_stands_under_them_doubtful():
    typed = Typed().head("D. Omgevingsanalyse").table(["Problematiek 1"], ["Titel", "Vocht"], ["Domein", "Wonen"])
    typed.file.tables[0].cell(0, 0).paragraphs[0].runs[0].font.strike = True
    typed.table(["Groep", "Omvang", "Bron"], ["Jongeren", "312", "VDAB"])
    typed.file.tables[1].cell(0, 1).paragraphs[0].runs[0].font.strike = True
    extraction = typed.extract()
    assert extraction.answers["problematieken"].rows[0].cells["titel"].state is DOUBTFUL
    (row,) = extraction.answers["kwetsbare_groepen"].rows
    assert [row.cells[name].state for name in ("groep", "omvang", "bron")] == [GIVEN, DOUBTFUL, GIVEN]


def test_thousands_above_a_box_make_its_amount_doubtful():
    box = BOX.format("gevraagde_subsidie", r("75"))
    extraction = boxed(f"<w:tbl>{cells(r('Gevraagde subsidie (in duizend euro)'), box)}</w:tbl>")
    assert state(extraction, "gevraagde_subsidie") is DOUBTFUL
    assert "in duizend" in extraction.answers["gevraagde_subsidie"].problem


def test_what_somebody_adds_above_the_first_question_is_told_and_what_the_form_prints_there_is_not():
    warning = "LET OP: gevraagde subsidie wordt 640.000 euro"
    for kind, blank in (("docx", write_docx), ("pdf", write_pdf)):
        for key in ("aanvraag", "vergadering"):
            asked = call().forms[key]
            document = read(blank(asked, call()), f"a.{kind}")
            assert extract(document, asked, call()).notes == (), (kind, key)
    extraction = Typed().say(warning).head("B. Voorstel").say("Titel: Muide").extract()
    assert f"Deze tekst hoort bij geen vraag: «{warning}»." in extraction.notes


def test_what_a_file_holds_beside_words_is_told():
    document = Document(
        Source("a.docx", "", ""),
        (Paragraph("B. Voorstel", Location("a.docx"), 1),),
        omitted=("een stempel op pagina 1",),
    )
    notes = extract(document, call().form, call()).notes
    assert "Niet gelezen in het bestand: een stempel op pagina 1. Kijk na of er iets in staat dat telt." in notes


def under(*more):
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    typed.table(["Titel", "Omschrijving", "Trekker"], ["Wijkpunt", "Een.", "Jan"])
    for table in more:
        typed.say("").table(table)
    return typed.extract().answers["acties"]


def test_a_table_under_another_that_is_as_wide_and_has_no_header_may_hold_its_rows():
    """Its rows were told, and the table was given without them."""
    answer = under(["Plein", "Twee.", "Piet"])
    assert answer.state is DOUBTFUL
    assert "zonder titels van kolommen" in answer.problem


def test_a_table_of_another_width_under_another_holds_no_rows_of_it():
    assert under(["Opgemaakt door", "Piet"]).state is GIVEN


@pytest.mark.parametrize(("text", "found"), [("Muide leeft", DOUBTFUL), ("", EMPTY)])
def test_a_cell_that_reaches_down_beside_the_label_below_makes_both_answers_doubtful(text, found):
    """The first was given, and the second said to be empty, though what stands in the cell may answer both."""
    file = WordFile()
    file.line("Aanvraagformulier wijkverbeteringscontract", "Title")
    file.line("B. Voorstel", "Heading 1")
    table = file.table([["Titel van het voorstel", text], ["Samenvatting", ""], ["Startdatum", "1/3/2026"]], [5, 11])
    table.cell(0, 1).merge(table.cell(1, 1))
    answers = extract(read(file.bytes(), "aanvraag.docx"), call().form, call()).answers
    assert [answers[name].state for name in ("titel", "samenvatting", "startdatum")] == [found, found, GIVEN]


def test_an_amount_in_a_cell_beside_two_rows_is_doubtful_and_a_year_there_is_that_of_both():
    """It was given for each, so that the budget was twice as high."""
    file = WordFile()
    file.line("Aanvraagformulier wijkverbeteringscontract", "Title")
    file.line("M. Financieel", "Heading 1")
    file.line("Begroting", "Heading 2")
    heads = ["Nummer actie", "Jaar", "Kostensoort", "Bedrag", "Waarvan subsidie"]
    first, second = ["A1", "2026", "Personeel", "€ 10.000", "€ 5.000"], ["A2", "", "Werking", "", "€ 1.000"]
    table = file.table([heads, first, second, ["A3", "2027", "Werking", "€ 900", ""]], [3, 3, 3, 3, 4], header=True)
    for column in (1, 3):
        table.cell(1, column).merge(table.cell(2, column))
    found = extract(read(file.bytes(), "aanvraag.docx"), call().form, call()).answers["begroting"].rows
    assert [row.cells["bedrag"].state for row in found] == [DOUBTFUL, DOUBTFUL, GIVEN]
    assert [row.cells["jaar"].text for row in found if row.cells["jaar"].state is GIVEN] == ["2026", "2026", "2027"]
