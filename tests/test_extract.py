"""Other layouts than our own: real Word files made by hand, and neutral documents where a print is meant."""

import datetime as dt
import functools
import io
from decimal import Decimal

import docx
import pytest

from pipeline.document import Cell, Control, Document, Location, Paragraph, Source, Table
from pipeline.dossier import Act, ActKind, State
from pipeline.errors import Reason, Unreadable, UsageError
from pipeline.extract import correct, extract, identify
from pipeline.library.load import load
from pipeline.readers import read
from pipeline.resources import FORMS

GIVEN, EMPTY, LOST, DOUBTFUL = State.GIVEN, State.EMPTY, State.NOT_FOUND, State.DOUBTFUL


@functools.cache
def call():
    return load("wijkverbeteringscontract")


class Typed:
    """A Word file as a civil servant types it, without content controls."""

    def __init__(self, title="Aanvraagformulier wijkverbeteringscontract"):
        self.file = docx.Document()
        if title:
            self.file.add_heading(title, 0)

    def head(self, text, level=1):
        self.file.add_heading(text, level)
        return self

    def say(self, *lines):
        for line in lines:
            self.file.add_paragraph(line)
        return self

    def table(self, *rows):
        made = self.file.add_table(len(rows), max(map(len, rows)))
        for cells, row in zip(made.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=False):
                first, *more = text if isinstance(text, tuple) else (text,)
                cell.text = first
                for paragraph in more:
                    cell.add_paragraph(paragraph)
            for number in range(len(row), len(cells.cells)):
                cells.cells[len(row) - 1].merge(cells.cells[number])
        return self

    def read(self):
        made = io.BytesIO()
        self.file.save(made)
        return read(made.getvalue(), "getypt.docx")

    def extract(self, form="aanvraag"):
        return extract(self.read(), call().forms[form], call())


def values(extraction, *names):
    return {name: extraction.answers[name].value for name in names or extraction.answers if given(extraction, name)}


def given(extraction, name):
    return extraction.answers[name].state is GIVEN


def rows(extraction, name):
    return [
        {key: cell.value for key, cell in row.cells.items() if cell.state is GIVEN}
        for row in extraction.answers[name].rows
    ]


def test_every_field_gets_an_answer_in_the_order_of_the_form():
    extraction = Typed().head("A. Indienend bestuur").say("NIS-code: 44021").extract()
    assert list(extraction.answers) == [field.key for field in call().form.fields()]


def test_label_colon_value_paragraphs_are_read():
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .say("Naam lokaal bestuur: Stad Gent", "NIS-code: 44021", "Ondernemingsnummer : 0207.451.227")
        .head("B. Voorstel")
        .say("Startdatum: 1 januari 2022", "Einddatum: 31/12/2025", "Gevraagde subsidie: € 800.000,-")
        .extract()
    )
    assert values(extraction) == {
        "gemeente": "Gent",
        "nis_code": "44021",
        "ondernemingsnummer": "0207451227",
        "startdatum": dt.date(2022, 1, 1),
        "einddatum": dt.date(2025, 12, 31),
        "gevraagde_subsidie": Decimal(800000),
    }


def test_a_tab_between_label_and_value_is_enough():
    extraction = (
        Typed().head("B. Voorstel").say("Titel van het voorstel\tMuide beweegt", "Startdatum\t01.03.22").extract()
    )
    assert values(extraction) == {"titel": "Muide beweegt", "startdatum": dt.date(2022, 3, 1)}


def test_text_under_a_heading_that_is_the_label_is_its_answer_with_all_its_paragraphs():
    extraction = (
        Typed()
        .head("D. Omgevingsanalyse")
        .head("Kwantitatieve analyse", 2)
        .say("Er wonen 6.412 mensen.", "Eén op de vijf woningen heeft gebreken.")
        .head("Kwalitatieve analyse", 2)
        .say("Bewoners vinden de weg niet.")
        .extract()
    )
    assert values(extraction) == {
        "kwantitatieve_analyse": "Er wonen 6.412 mensen.\nEén op de vijf woningen heeft gebreken.",
        "kwalitatieve_analyse": "Bewoners vinden de weg niet.",
    }


def test_a_table_of_four_columns_holds_two_questions_a_row():
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .table(
            ["Contactpersoon: voornaam", "Leen", "Contactpersoon: familienaam", "De Smet"],
            ["Contactpersoon: telefoon", "09 266 00 00", "Contactpersoon: e-mail", "leen@example.org"],
        )
        .extract()
    )
    assert values(extraction) == {
        "contact_voornaam": "Leen",
        "contact_familienaam": "De Smet",
        "contact_telefoon": "09 266 00 00",
        "contact_email": "leen@example.org",
    }


def test_a_row_of_labels_is_answered_by_the_row_beneath():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .table(["Startdatum", "Einddatum", "Gevraagde subsidie"], ["1/1/2022", "31/12/2025", "575.306"])
        .extract()
    )
    assert values(extraction) == {
        "startdatum": dt.date(2022, 1, 1),
        "einddatum": dt.date(2025, 12, 31),
        "gevraagde_subsidie": Decimal(575306),
    }


def test_a_label_row_over_an_answer_row_is_read():
    extraction = (
        Typed().head("B. Voorstel").table(["Samenvatting *"], [("Een eerste alinea.", "Een tweede.")]).extract()
    )
    assert values(extraction) == {"samenvatting": "Een eerste alinea.\nEen tweede."}


def test_the_title_above_a_group_is_the_first_half_of_its_labels():
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .say("Contactpersoon")
        .table(["Voornaam", "Leen"], ["Familienaam", "De Smet"])
        .say("Politiek verantwoordelijke")
        .table(["Voornaam", "Karim"], ["Familienaam", "Peeters"])
        .extract()
    )
    assert values(extraction) == {
        "contact_voornaam": "Leen",
        "contact_familienaam": "De Smet",
        "politiek_voornaam": "Karim",
        "politiek_familienaam": "Peeters",
    }


def test_numbering_colons_stars_and_remarks_do_not_count_in_a_label():
    extraction = (
        Typed()
        .head("RUBRIEK B – VOORSTEL")
        .table(
            ["B.1 Titel van het voorstel (verplicht):", "Muide"],
            ["B.3. STARTDATUM *", "1/1/2022"],
            ["4) Einddatum", "1/1/2023"],
        )
        .extract()
    )
    assert values(extraction) == {
        "titel": "Muide",
        "startdatum": dt.date(2022, 1, 1),
        "einddatum": dt.date(2023, 1, 1),
    }


def test_a_misspelt_label_is_found_within_its_section():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .table(["Titel vn het voorstel", "Muide"], ["Gevraagde subsdie", "5.000"], ["Samenvattting", "Kort."])
        .extract()
    )
    assert values(extraction) == {"titel": "Muide", "gevraagde_subsidie": Decimal(5000), "samenvatting": "Kort."}
    assert 0.8 < extraction.answers["titel"].confidence < 1


def test_a_label_that_is_like_two_questions_makes_the_answer_doubtful():
    extraction = (
        Typed().head("A. Indienend bestuur").table(["Contactpersoon: f.naam", "Leen"], ["NIS-code", "44021"]).extract()
    )
    assert {name for name, a in extraction.answers.items() if a.state is GIVEN} == {"nis_code"}
    assert all(a.problem for a in extraction.answers.values() if a.state is DOUBTFUL)


def test_sections_in_another_order_are_read_and_told():
    extraction = (
        Typed().head("B. Voorstel").say("Titel: Muide").head("A. Indienend bestuur").say("NIS-code: 44021").extract()
    )
    assert values(extraction) == {"titel": "Muide", "nis_code": "44021"}
    assert any("andere volgorde" in note for note in extraction.notes)


def test_a_question_outside_its_section_is_found_by_a_label_of_its_own_and_told():
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .table(["NIS-code", "44021"], ["Samenvatting", "Kort."], ["Einddatum", "1/1/2025"])
        .head("B. Voorstel")
        .say("Titel: Muide")
        .extract()
    )
    assert values(extraction) == {"nis_code": "44021", "samenvatting": "Kort.", "titel": "Muide"}
    assert extraction.answers["einddatum"].state is LOST, "een kolom van de acties heet ook zo"
    assert any("«Samenvatting» stond buiten onderdeel «B. Voorstel»" in note for note in extraction.notes)
    assert any("1/1/2025" in note for note in extraction.notes)


def test_without_any_section_title_the_labels_still_speak():
    extraction = Typed().table(["NIS-code", "44021"], ["Samenvatting", "Kort."]).extract()
    assert values(extraction) == {"nis_code": "44021", "samenvatting": "Kort."}
    assert extraction.notes


def test_sixteen_columns_in_one_grid_in_another_order_with_rows_added_are_read():
    extraction = (
        Typed()
        .head("E. Maatregelen en acties")
        .say("Acties")
        .table(
            ["Titel", "Nummer actie", "Kost", "Start", "Einde", "Aard", "Types instrument", "Trekker"],
            ["Wijkpunt", "A1", "300.000", "1/3/2022", "31/12/2023", "hard", "Extra capaciteit; experiment", "stad"],
            ["", "", "", "", "", "", "", ""],
            ["Regisseurs", "A2", "700.000,50", "1/1/2022", "31/12/2025", "Zachte maatregel", "", "OCMW"],
            ["Totaal", "", "1.000.000,50", "", "", "", "", ""],
        )
        .say("Verantwoording maatwerk: Elke actie past.")
        .extract()
    )
    assert rows(extraction, "acties") == [
        {
            "titel": "Wijkpunt",
            "id": "A1",
            "kost": Decimal(300000),
            "start": dt.date(2022, 3, 1),
            "einde": dt.date(2023, 12, 31),
            "aard": "hard",
            "instrumenten": ("capaciteit", "experiment"),
            "trekker": "stad",
        },
        {
            "titel": "Regisseurs",
            "id": "A2",
            "kost": Decimal("700000.50"),
            "start": dt.date(2022, 1, 1),
            "einde": dt.date(2025, 12, 31),
            "aard": "zacht",
            "trekker": "OCMW",
        },
    ]
    assert [row.number for row in extraction.answers["acties"].rows] == [1, 2]
    assert extraction.answers["acties"].rows[1].cells["instrumenten"].state is EMPTY
    assert extraction.answers["acties"].rows[0].cells["doelgroep"].state is LOST
    assert values(extraction, "maatwerk") == {"maatwerk": "Elke actie past."}


def test_cards_with_their_title_row_are_read():
    extraction = (
        Typed()
        .head("E. Maatregelen en acties")
        .head("Acties", 2)
        .table(["Actie 1"], ["Nummer actie", "A1"], ["Titel", "Wijkpunt"], ["Omschrijving", ("Een.", "Twee.")])
        .say("")
        .table(["Actie 2"], ["Nummer actie", "A2"], ["Titel", "Regisseurs"], ["Omschrijving", "Drie."])
        .table(["Verantwoording maatwerk"], ["Elke actie past."])
        .extract()
    )
    assert rows(extraction, "acties") == [
        {"id": "A1", "titel": "Wijkpunt", "omschrijving": "Een.\nTwee."},
        {"id": "A2", "titel": "Regisseurs", "omschrijving": "Drie."},
    ]
    assert values(extraction, "maatwerk") == {"maatwerk": "Elke actie past."}


def test_cards_without_titles_begin_where_a_label_comes_again():
    extraction = (
        Typed()
        .head("D. Omgevingsanalyse")
        .table(["Titel", "Werk"], ["Domein", "Economie"], ["Titel", "Wonen"], ["Domein", "Wonen"])
        .say("Verwevenheid van de problematieken: Alles hangt samen.")
        .extract()
    )
    assert rows(extraction, "problematieken") == [
        {"titel": "Werk", "domein": "economie"},
        {"titel": "Wonen", "domein": "wonen"},
    ]
    assert values(extraction, "verwevenheid") == {"verwevenheid": "Alles hangt samen."}


def test_cards_typed_as_paragraphs_are_read():
    extraction = (
        Typed()
        .head("D. Omgevingsanalyse")
        .head("Problematieken", 2)
        .say("Problematiek 1", "Titel: Werk", "Domein: economie", "Omschrijving: Weinig werk.", "En weinig hoop.")
        .say("Problematiek 2", "Titel: Wonen", "Domein: wonen", "Omschrijving: Vochtig.")
        .head("Verwevenheid van de problematieken", 2)
        .say("Alles hangt samen.")
        .extract()
    )
    assert rows(extraction, "problematieken") == [
        {"titel": "Werk", "domein": "economie", "omschrijving": "Weinig werk.\nEn weinig hoop."},
        {"titel": "Wonen", "domein": "wonen", "omschrijving": "Vochtig."},
    ]
    assert values(extraction, "verwevenheid") == {"verwevenheid": "Alles hangt samen."}


def test_two_tables_with_the_same_columns_belong_to_the_label_above_each():
    extraction = (
        Typed()
        .head("N. Engagement en validatie")
        .say("Engagementsverklaringen van de actoren")
        .table(["Actor", "Naam van de bijlage"], ["vzw Kompas", "kompas.pdf"])
        .say("Ondertekenaars")
        .table(["Naam", "Functie"], ["An Claes", "burgemeester"], ["Jan Mertens", "algemeen directeur"])
        .extract()
    )
    assert rows(extraction, "engagementsverklaringen") == [{"actor": "vzw Kompas", "bijlage": "kompas.pdf"}]
    assert rows(extraction, "ondertekenaars") == [
        {"naam": "An Claes", "functie": "burgemeester"},
        {"naam": "Jan Mertens", "functie": "algemeen directeur"},
    ]


def test_a_line_inside_an_answer_is_not_taken_for_another_question():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .table(
            ["Samenvatting", ("Wij doen dit.", "Titel: niet deze", "Gevraagde subsidie: 1")],
            ["Titel van het voorstel", "Deze titel"],
            ["Gevraagde subsidie", "800.000"],
        )
        .extract()
    )
    assert values(extraction) == {
        "samenvatting": "Wij doen dit.\nTitel: niet deze\nGevraagde subsidie: 1",
        "titel": "Deze titel",
        "gevraagde_subsidie": Decimal(800000),
    }


def test_an_answer_that_is_the_label_of_another_question_stays_an_answer():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .table(["Titel", "Samenvatting"], ["Samenvatting", "Startdatum"])
        .say("Startdatum: 1/1/2022")
        .extract()
    )
    assert values(extraction) == {
        "titel": "Samenvatting",
        "samenvatting": "Startdatum",
        "startdatum": dt.date(2022, 1, 1),
    }


def test_an_answer_row_that_is_the_label_of_another_question_stays_an_answer():
    extraction = (
        Typed().head("B. Voorstel").table(["Samenvatting"], ["Startdatum"]).say("Startdatum: 1/1/2022").extract()
    )
    assert values(extraction) == {"samenvatting": "Startdatum", "startdatum": dt.date(2022, 1, 1)}


def test_the_words_of_a_choice_are_no_label():
    extraction = (
        Typed()
        .head("C. Wijk")
        .head("Grond van de afbakening", 2)
        .say("Kenmerken van de wijk", "Andere grond")
        .head("Naam van de wijk", 2)
        .say("Muide")
        .extract()
    )
    assert values(extraction) == {"grond_afbakening": ("kenmerken", "andere"), "wijk_naam": "Muide"}
    assert extraction.answers["andere_grond"].state is LOST


def test_cards_of_one_table_never_go_to_another_with_the_same_columns():
    extraction = (
        Typed()
        .head("M. Financieel")
        .say("Andere subsidies")
        .table(["Programma", "Stadsvernieuwing"], ["Actie", "A1"], ["Kostensoort", "Personeel"], ["Jaar", "2022"])
        .extract()
    )
    assert rows(extraction, "andere_subsidies") == [
        {"programma": "Stadsvernieuwing", "actie": "A1", "kostensoort": "personeel", "jaar": 2022}
    ]
    assert extraction.answers["begroting"].state is LOST


def test_a_row_that_begins_with_som_is_no_total_unless_it_only_adds_up():
    extraction = (
        Typed()
        .head("D. Omgevingsanalyse")
        .table(["Groep", "Omvang"], ["Sommige jongeren", "312"], ["Totaal", "312"])
        .extract()
    )
    assert rows(extraction, "kwetsbare_groepen") == [{"groep": "Sommige jongeren", "omvang": "312"}]
    assert any("Totaal 312" in note for note in extraction.notes)


def test_the_same_question_twice_outside_tables_is_doubtful():
    extraction = Typed().head("B. Voorstel").say("Titel: Muide", "Titel: Rabot").extract()
    assert extraction.answers["titel"].state is DOUBTFUL


@pytest.mark.parametrize(
    "blank", ["", "…", "...........", "____", "Klik of tik om tekst in te voeren.", "Klik hier", "-"]
)
def test_what_only_invites_to_type_is_empty_and_has_its_place(blank):
    extraction = Typed().head("B. Voorstel").table(["Titel", blank], ["Startdatum", "1/1/2022"]).extract()
    assert extraction.answers["titel"].state is EMPTY
    assert extraction.answers["titel"].location is not None
    assert extraction.answers["samenvatting"].state is LOST
    assert extraction.answers["samenvatting"].location is None


def test_not_applicable_is_doubtful_where_an_answer_is_required_and_empty_elsewhere():
    extraction = Typed().head("A. Indienend bestuur").table(["NIS-code", "n.v.t."], ["IBAN", "nvt"]).extract()
    assert extraction.answers["nis_code"].state is DOUBTFUL
    assert extraction.answers["iban"].state is EMPTY
    assert extraction.answers["iban"].text == "nvt"


def test_two_ticked_boxes_of_a_yes_or_no_are_doubtful():
    extraction = (
        Typed()
        .head("H. Regelluwe zone")
        .table(["Wenst u een regelluwe zone?", "☒ ja ☒ nee"])
        .head("J. Haalbaarheid")
        .say("Ziet u risico's voor de uitvoering? ☐ ja ☒ nee")
        .extract()
    )
    assert extraction.answers["regelluwe_zone"].state is DOUBTFUL
    assert values(extraction) == {"risicos_aanwezig": False}


def test_an_ambiguous_amount_is_doubtful_and_keeps_its_text():
    answer = (
        Typed().head("B. Voorstel").table(["Gevraagde subsidie", "800,000"]).extract().answers["gevraagde_subsidie"]
    )
    assert (answer.state, answer.text, answer.value) == (DOUBTFUL, "800,000", None)
    assert "duizendtallen" in answer.problem


def test_text_instead_of_a_table_is_doubtful():
    extraction = Typed().head("M. Financieel").say("Andere subsidies: zie bijlage 4").extract()
    assert extraction.answers["andere_subsidies"].state is DOUBTFUL


def test_words_that_belong_to_no_question_are_told():
    extraction = Typed().head("B. Voorstel").table(["Titel", "Muide"], ["Projectleider", "Nora Haddad"]).extract()
    assert any("Nora Haddad" in note for note in extraction.notes)


def test_a_chapter_that_the_form_does_not_have_is_told():
    extraction = (
        Typed()
        .head("B. Voorstel")
        .say("Samenvatting: Kort.")
        .head("Woord van de burgemeester")
        .say("Wij zijn trots.")
        .extract()
    )
    assert values(extraction) == {"samenvatting": "Kort."}
    assert any("Wij zijn trots." in note for note in extraction.notes)


def test_text_right_under_a_section_title_that_is_the_question_is_its_answer():
    extraction = Typed().head("G. Geïntegreerde aanpak").say("Alles hangt samen.").extract()
    assert values(extraction) == {"geintegreerde_aanpak": "Alles hangt samen."}


def test_a_whole_form_inside_one_frame_is_read():
    typed = Typed()
    frame = typed.file.add_table(1, 1).cell(0, 0)
    frame.text = "B. Voorstel"
    inner = frame.add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Titel", "Muide"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "Startdatum", "1/1/2022"
    assert values(typed.extract()) == {"titel": "Muide", "startdatum": dt.date(2022, 1, 1)}


def test_the_meeting_form_is_another_form_of_the_same_call():
    document = read((FORMS / "wijkverbeteringscontract" / "blanco" / "vergadering.docx").read_bytes(), "v.docx")
    assert identify(document, call()) == "vergadering"


def test_the_blank_form_is_recognised_and_wholly_empty():
    document = read((FORMS / "wijkverbeteringscontract" / "blanco" / "aanvraag.docx").read_bytes(), "b.docx")
    assert identify(document, call()) == "aanvraag"
    extraction = extract(document, call().form, call())
    assert {answer.state for answer in extraction.answers.values()} == {EMPTY}
    assert (extraction.version, extraction.notes) == ("2021.1", ())


def refused(document):
    with pytest.raises(Unreadable) as caught:
        identify(document, call())
    return caught.value.reason


def test_a_letter_that_only_names_the_form_is_not_the_form():
    letter = Typed("").say("Geachte,", "Bijgaand ons Aanvraagformulier wijkverbeteringscontract.", "Hoogachtend")
    assert refused(letter.read()) is Reason.NOT_A_FORM


def test_two_forms_in_one_file_are_refused():
    both = Typed("")
    for form in call().forms.values():
        both.head(form.title, 1)
        for section in form.sections:
            both.head(section.heading)
            both.table(*([field.label, "x"] for field in section.fields))
    assert refused(both.read()) is Reason.SEVERAL_FORMS


def test_two_copies_of_one_form_in_a_file_are_refused():
    both = Typed()
    for name in ("Gent", "Aalst"):
        for section in call().form.sections:
            both.head(section.heading)
            both.table(*([field.label, name] for field in section.fields))
    assert refused(both.read()) is Reason.SEVERAL_FORMS


def place(**where):
    return Location("druk.pdf", page=1, **where)


def printed(*blocks, controls=()):
    heading = Paragraph("B. Voorstel", place(), level=1)
    return Document(Source("druk.pdf", "0" * 64, "application/pdf"), (heading, *blocks), controls)


def cell(text, *, uncertain="", lines=(), **where):
    return Cell((Paragraph(text, place(**where), uncertain=uncertain, lines=lines),), place(**where))


def extracted(document):
    return extract(document, call().form, call()).answers


def test_a_doubtful_line_join_makes_a_text_doubtful():
    table = Table(
        ((cell("Titel"), cell("Muide beweegt", uncertain="afgebroken woord?", lines=("Muide be", "weegt"))),), place()
    )
    answer = extracted(printed(table))["titel"]
    assert (answer.state, answer.text, answer.problem) == (DOUBTFUL, "Muide beweegt", "afgebroken woord?")


def test_the_type_decides_how_the_lines_of_an_amount_are_joined():
    table = Table(
        (
            (cell("Gevraagde subsidie"), cell("€ 800.000,0 0", uncertain="?", lines=("€ 800.000,0", "0"))),
            (cell("Startdatum"), cell("01/01/202 2", uncertain="?", lines=("01/01/202", "2"))),
        ),
        place(),
    )
    answers = extracted(printed(table))
    assert (answers["gevraagde_subsidie"].state, answers["gevraagde_subsidie"].value) == (GIVEN, Decimal("800000.00"))
    assert (answers["startdatum"].state, answers["startdatum"].value) == (GIVEN, dt.date(2022, 1, 1))


def test_a_table_that_goes_on_after_a_page_break_is_one_table():
    head = (cell("Indicator"), cell("Waarde wijk"), cell("Jaar"))
    first = Table((head, (cell("Werkzaamheid"), cell("54,2"), cell("2019"))), place())
    second = Table((head, (cell("Armoede"), cell("12,0"), cell("2020"))), place(), continues=True)
    heading = Paragraph("C. Wijk", place(), level=1)
    document = Document(Source("druk.pdf", "0" * 64, "application/pdf"), (heading, first, second))
    assert rows(extract(document, call().form, call()), "kwetsbaarheidsindicatoren") == [
        {"indicator": "Werkzaamheid", "waarde": "54,2", "jaar": 2019},
        {"indicator": "Armoede", "waarde": "12,0", "jaar": 2020},
    ]


def goals(*later, whole=()):
    """Give a printed table of milestones whose last row stands at the foot of page 1, with more rows on page 2."""

    def row(page, texts):
        return tuple(Cell((Paragraph(t, Location("d.pdf", page=page)),), Location("d.pdf", page=page)) for t in texts)

    first = Table(
        (
            row(1, ("Mijlpaal", "Actie", "Datum", "Resultaat")),
            row(1, ("Opening", "A1", "1/3/2023", "Het wijkpunt is")),
        ),
        place(),
    )
    second = Table(tuple(row(2, texts) for texts in later), place(), continues=True, whole=whole)
    heading = Paragraph("K. Planning, monitoring en evaluatie", place(), level=1)
    document = Document(Source("d.pdf", "0" * 64, "application/pdf"), (heading, first, second))
    return extract(document, call().form, call()).answers["mijlpalen"]


def test_a_row_after_a_page_break_that_is_known_to_be_whole_is_neither_put_back_nor_doubted():
    table = goals(("", "", "", "elke dag open."), ("Feest", "A2", "1/5/2023", "Iedereen komt."), whole=(0,))
    assert table.state is GIVEN
    assert [row.cells["resultaat"].text for row in table.rows] == [
        "Het wijkpunt is",
        "elke dag open.",
        "Iedereen komt.",
    ]


def test_what_is_left_of_a_row_after_a_page_break_is_put_back_and_doubted():
    table = goals(("", "", "", "elke dag open."), ("Feest", "A2", "1/5/2023", "Iedereen komt."))
    assert [row.cells["mijlpaal"].value for row in table.rows] == ["Opening", "Feest"]
    cell = table.rows[0].cells["resultaat"]
    assert (cell.state, cell.text) == (DOUBTFUL, "Het wijkpunt is\nelke dag open.")
    assert table.rows[0].cells["datum"].state is GIVEN


def test_a_row_with_a_date_of_its_own_after_a_page_break_is_a_row():
    table = goals(("Feest", "A2", "1/5/2023", ""))
    assert (table.state, len(table.rows)) == (GIVEN, 2)


def test_a_row_after_a_page_break_that_may_be_half_of_the_last_makes_the_table_doubtful():
    table = goals(("in de oude school", "", "", "elke dag open."))
    assert table.state is DOUBTFUL
    assert "één rij over twee bladzijden: rij 1 en 2" in table.problem


def test_the_first_row_right_after_the_header_is_half_of_no_other():
    def row(page, *texts):
        return tuple(Cell((Paragraph(t, Location("d.pdf", page=page)),), Location("d.pdf", page=page)) for t in texts)

    head = Table((row(1, "Mijlpaal", "Actie", "Datum", "Resultaat"),), place())
    rest = Table((row(2, "Opening", "", "", "Elke dag open."),), place(), continues=True)
    heading = Paragraph("K. Planning, monitoring en evaluatie", place(), level=1)
    document = Document(Source("d.pdf", "0" * 64, "application/pdf"), (heading, head, rest))
    table = extract(document, call().form, call()).answers["mijlpalen"]
    assert (table.state, len(table.rows)) == (GIVEN, 1)


def test_a_control_and_other_text_in_its_place_make_the_answer_doubtful():
    table = Table(((cell("Titel"), cell("Muide beweegt, versie 2")),), place())
    control = Control("titel", "Titel", "text", "Muide beweegt", place())
    answer = extracted(printed(table, controls=(control,)))["titel"]
    assert (answer.state, answer.value) == (DOUBTFUL, None)
    assert "versie 2" in answer.text


def test_text_typed_beside_an_untouched_control_is_read():
    table = Table(((cell("Titel"), cell("Muide beweegt")),), place())
    control = Control("titel", "Titel", "text", "Klik of tik", place(), placeholder=True)
    answer = extracted(printed(table, controls=(control,)))["titel"]
    assert (answer.state, answer.value) == (GIVEN, "Muide beweegt")


def test_a_row_without_cells_above_the_only_cell_of_a_table_is_passed_over():
    table = Table(((), (cell("Muide beweegt"),)), place())
    answer = extracted(printed(Table(((cell("Titel"), cell("Rabot")),), place()), table))["titel"]
    assert (answer.state, answer.value) == (GIVEN, "Rabot")


@pytest.mark.parametrize("kind", ["group", "picture", "repeating"])
def test_a_control_that_has_no_words_of_its_own_leaves_the_answer_to_the_label(kind):
    table = Table(((cell("Titel"), cell("Muide beweegt")),), place())
    answer = extracted(printed(table, controls=(Control("titel", "Titel", kind, "", place()),)))["titel"]
    assert (answer.state, answer.value) == (GIVEN, "Muide beweegt")


def filled():
    return (
        Typed()
        .head("B. Voorstel")
        .table(["Titel", "Muide"], ["Gevraagde subsidie", "800,000"])
        .head("D. Omgevingsanalyse")
        .table(["Groep", "Omvang", "Bron"], ["Jongeren", "312", "VDAB"])
        .extract()
        .answers
    )


def act(target, value):
    return Act(ActKind.CORRECT, target, value, why="telefonisch bevestigd", by="An Claes")


def test_a_correction_writes_one_answer_anew_and_leaves_the_rest():
    before = filled()
    after = correct(before, act("gevraagde_subsidie", "800.000"), call().form, call())
    changed = after["gevraagde_subsidie"]
    assert (changed.state, changed.value, changed.method) == (GIVEN, Decimal(800000), "correction")
    assert changed.location == before["gevraagde_subsidie"].location
    assert before["gevraagde_subsidie"].state is DOUBTFUL
    assert {name: a for name, a in after.items() if name != "gevraagde_subsidie"} == {
        name: a for name, a in before.items() if name != "gevraagde_subsidie"
    }


def test_a_correction_reaches_a_cell_and_the_row_after_the_last():
    answers = correct(filled(), act("kwetsbare_groepen.1.omvang", "320"), call().form, call())
    answers = correct(answers, act("kwetsbare_groepen.2.groep", "Alleenstaande ouders"), call().form, call())
    first, second = answers["kwetsbare_groepen"].rows
    assert first.cells["omvang"].value == "320"
    assert (second.number, second.cells["groep"].value, second.cells["bron"].state) == (
        2,
        "Alleenstaande ouders",
        EMPTY,
    )


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("gevraagde_subsidi", "Bedoelde u «gevraagde_subsidie»?"),
        ("kwetsbare_groepen.1.omvan", "Bedoelde u «omvang»?"),
        ("kwetsbare_groepen.9.omvang", "heeft 1 rij;"),
        ("kwetsbare_groepen", "kwetsbare_groepen.1.groep"),
        ("titel.1", "geen tabel"),
    ],
)
def test_a_correction_of_what_is_not_there_says_what_was_meant(target, words):
    with pytest.raises(UsageError) as caught:
        correct(filled(), act(target, "x"), call().form, call())
    assert words in str(caught.value)


def test_the_title_of_a_card_that_looks_like_a_heading_begins_no_section():
    typed = Typed().head("I. Stakeholders en draagvlak")
    for number, name in enumerate(("De Dokken", "Havenwerk"), 1):
        typed.head(f"Stakeholder {number}", 3).table(("Naam", name), ("Rol", "partner"))
    extraction = typed.extract()
    assert extraction.answers["stakeholders"].state is GIVEN
    assert rows(extraction, "stakeholders") == [
        {"naam": "De Dokken", "rol": "partner"},
        {"naam": "Havenwerk", "rol": "partner"},
    ]


def test_marks_of_direction_around_an_answer_are_no_part_of_it():
    """Windows puts them around what is copied from its panes; a paper showed them as characters that are missing."""
    extraction = (
        Typed()
        .head("A. Indienend bestuur")
        .table(["NIS-code", "\u200e44021\u200f"], ["Adres", "\u200b\ufeff"])
        .extract()
    )
    assert values(extraction, "nis_code") == {"nis_code": "44021"}
    assert extraction.answers["nis_code"].text == "44021"
    assert extraction.answers["adres"].state is EMPTY
