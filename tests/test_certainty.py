"""Every answer says how sure it is and where it stands; what is not sure is never used."""

import functools
import json
from dataclasses import replace

import pytest

from pipeline import commands
from pipeline.document import Cell, Document, Location, Paragraph, Source, Table
from pipeline.dossier import State
from pipeline.extract import extract, identify
from pipeline.library.load import load
from pipeline.resources import FORMS

CALL = "wijkverbeteringscontract"
SAMPLES = FORMS / CALL / "voorbeelden" / "inbox"


@functools.cache
def call():
    return load(CALL)


def page(*blocks):
    """Give a scanned page: headings and tables of label and answer, each answer with the certainty of its reader."""
    made = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            made.append(Paragraph(block, Location("s.pdf", page=1, paragraph=number), level=1))
        else:
            made.append(
                Table(
                    tuple(
                        tuple(
                            Cell(
                                (Paragraph(text, at(number, row, column), confidence=sure),),
                                at(number, row, column),
                            )
                            for column, (text, sure) in enumerate(cells, 1)
                        )
                        for row, cells in enumerate(block, 1)
                    ),
                    at(number, None, None),
                )
            )
    return Document(Source("s.pdf", "0" * 64, "application/pdf"), tuple(made))


def at(table, row, column):
    return Location(
        "s.pdf",
        page=1,
        box=(50.0, 20.0 * (row or 1), 300.0, 20.0 * (row or 1) + 18),
        table=table,
        row=row,
        column=column,
    )


def scanned(label, text, sure, section="B. Voorstel"):
    document = page(section, [[(label, 1.0), (text, sure)]])
    return extract(document, call().form, call()).answers


def test_the_certainty_of_the_reader_reaches_the_answer():
    assert scanned("Titel van het voorstel", "Muide beweegt", 0.93)["titel"].confidence == 0.93


def test_an_amount_that_the_reader_is_not_sure_of_is_doubtful_and_keeps_its_likely_value():
    answer = scanned("Gevraagde subsidie", "800.000,00", 0.8)["gevraagde_subsidie"]
    assert answer.state is State.DOUBTFUL
    assert (answer.text, str(answer.value)) == ("800.000,00", "800000.00")
    assert "niet zeker gelezen" in answer.problem


def test_a_long_text_is_not_doubtful_for_a_word_and_an_account_number_has_its_own_check():
    def state(label, text, sure, field, section):
        return scanned(label, text, sure, section)[field].state

    title = ("Titel van het voorstel", "Muide beweegt")
    assert state(*title, 0.9, "titel", "B. Voorstel") is State.GIVEN
    assert state(*title, 0.8, "titel", "B. Voorstel") is State.DOUBTFUL
    account = ("Rekeningnummer (IBAN)", "BE68 5390 0754 7034", 0.8, "iban", "A. Indienend bestuur")
    assert state(*account) is State.GIVEN
    misread = ("Rekeningnummer (IBAN)", "BE68 5390 0754 7084", 0.8, "iban", "A. Indienend bestuur")
    assert state(*misread) is State.DOUBTFUL


def test_the_certainty_of_a_cell_of_a_grid_is_that_of_its_words():
    rows = [
        [("Indicator", 1.0), ("Waarde wijk", 1.0), ("Jaar", 1.0)],
        [("Inkomen", 0.97), ("17.002", 0.95), ("2020", 0.6)],
    ]
    document = page("C. Wijk", [[("Kwetsbaarheidsindicatoren", 1.0)]], rows)
    (row,) = extract(document, call().form, call()).answers["kwetsbaarheidsindicatoren"].rows
    assert (row.cells["indicator"].confidence, row.cells["waarde"].confidence) == (0.97, 0.95)
    assert row.cells["jaar"].state is State.DOUBTFUL


def test_the_type_settles_how_lines_are_joined_and_never_what_was_not_read_well():
    def joined(sure):
        place = at(2, 1, 2)
        text = Paragraph("851.787,5 0", place, lines=("851.787,5", "0"), uncertain="twijfel", confidence=sure)
        label = Paragraph("Gevraagde subsidie", at(2, 1, 1))
        table = Table(((Cell((label,), at(2, 1, 1)), Cell((text,), place)),), at(2, None, None))
        head = Paragraph("B. Voorstel", Location("s.pdf", page=1, paragraph=1), level=1)
        document = Document(Source("s.pdf", "0" * 64, "application/pdf"), (head, table))
        return extract(document, call().form, call()).answers["gevraagde_subsidie"].state

    assert (joined(1.0), joined(0.7)) == (State.GIVEN, State.DOUBTFUL)


def test_a_question_that_is_not_found_is_worth_nothing_and_an_empty_one_keeps_its_place():
    answers = scanned("Titel van het voorstel", "", 1.0)
    assert (answers["startdatum"].state, answers["startdatum"].confidence) == (State.NOT_FOUND, 0.0)
    assert (answers["titel"].state, answers["titel"].location) == (State.EMPTY, at(2, 1, 2))


def test_an_invitation_to_type_is_nothing_however_pale_it_was_scanned_and_what_was_read_as_dots_is_doubtful():
    def state(text, label="Titel van het voorstel"):
        return scanned(label, text, 0.3)["titel"].state

    assert state("Klik of tik om tekst in te voeren.") is State.EMPTY
    assert state("……") is State.DOUBTFUL
    assert state("Klik of tik langs") is State.DOUBTFUL


def test_boxes_that_were_not_read_well_are_not_taken_for_unticked():
    def state(text, sure):
        return scanned("Zijn er andere subsidies voor deze acties?", text, sure, "M. Financieel")[
            "andere_subsidies_aanwezig"
        ].state

    assert state("☐ Ja   ☐ Nee", 0.95) is State.EMPTY
    assert state("☐ Ja   B Nee", 0.63) is State.DOUBTFUL


def each(answers):
    """Give every answer and every cell of the JSON that `extract` prints."""
    for name, answer in answers.items():
        yield name, answer
        for number, row in enumerate(answer.get("rows", ()), 1):
            for column, cell in row.items():
                yield f"{name}.{number}.{column}", cell


@pytest.mark.parametrize(
    ("file", "places"),
    [
        (FORMS / CALL / "blanco" / "aanvraag.docx", {"table", "paragraph", "control"}),
        (SAMPLES / "kortrijk_overleie" / "WVC_Kortrijk_Overleie.docx", {"table", "paragraph", "control"}),
        (SAMPLES / "Roeselare - Krottegem" / "Aanvraagformulier Krottegem.pdf", {"page", "box"}),
        (SAMPLES / "Ronse Prinskouter" / "Prinskouter.pdf", {"page", "box"}),
    ],
    ids=["blank docx", "docx", "pdf", "untagged pdf"],
)
def test_extract_prints_state_method_certainty_and_place_of_every_answer(file, places, capsys):
    assert commands.run(["extract", str(file), "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)["answers"]
    assert list(answers) == [field.key for field in call().form.fields()]
    for name, answer in each(answers):
        assert answer["state"] in {"given", "empty", "not_found", "doubtful"}, name
        assert 0 <= answer["confidence"] <= 1, name
        if answer["state"] == "not_found":
            assert (answer["location"], answer["confidence"]) == (None, 0.0), name
            continue
        assert answer["method"] in {"control", "label", "heading", "grid", "cards"}, name
        where = set(answer["location"])
        assert places <= where if "page" in places else places & where, name


@pytest.mark.parametrize("levels", [(2, 2), (2, 1), (1, 2)])
def test_a_title_broken_in_two_names_the_form_though_its_halves_seem_of_two_sizes(levels):
    halves = (
        Paragraph(text, at(None, None, None), level=level)
        for text, level in zip(("Notities stuurgroep", "wijkverbeteringscontract"), levels, strict=True)
    )
    labels = (
        "Dossiernummer",
        "Datum van de vergadering",
        "Uur",
        "Plaats",
        "Voorzitter",
        "Verslaggever",
        "Saldo",
        "Leden",
    )
    document = page([[(label, 0.99), ("Gent", 0.99)] for label in labels])
    assert identify(replace(document, blocks=(*halves, *document.blocks)), call()) == "vergadering"


@pytest.mark.parametrize(("next_line", "state"), [("Stad gemeente", State.DOUBTFUL), ("Voorzitter", State.EMPTY)])
def test_an_answer_that_a_scan_shows_as_a_title_is_not_lost_and_another_question_is_no_answer(next_line, state):
    lines = ("Vergadering", "Plaats", next_line, "Verslaggever")
    blocks = tuple(
        Paragraph(text, Location("s.pdf", page=1, paragraph=number), level=level, confidence=0.99)
        for number, (text, level) in enumerate(zip(lines, (1, 2, 2, 2), strict=True), start=1)
    )
    document = replace(page(), blocks=blocks)
    assert extract(document, call().forms["vergadering"], call()).answers["plaats"].state is state


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (("3", "Straat vergroenen", "Lieve Peeters", "12/03/2022", "Open"), State.GIVEN),
        (("3", "Straat vergroenen", "Lieve Peeters", "12/03/20Z2", "Open"), State.GIVEN),
        (("", "3", "Straat vergroenen", "Lieve Peeters", "12/03/2022"), State.DOUBTFUL),
        (("Straat vergroenen", "Lieve Peeters", "12/03/2022", "Open", ""), State.DOUBTFUL),
    ],
)
def test_a_row_with_a_cell_that_fits_the_column_beside_its_own_is_doubtful_also_where_any_text_fits(row, state):
    header = ("Nr.", "Actie", "Wie", "Tegen wanneer", "Status")
    document = page(
        "Actiepunten", "Lijst van actiepunten", [[(text, 0.999) for text in cells] for cells in (header, row)]
    )
    (answer,) = extract(document, call().forms["vergadering"], call()).answers["actiepunten"].rows
    assert answer.cells["actie"].state is state


@pytest.mark.parametrize("said", ["18/10/202\n5", "18/10/202 5"])
def test_a_day_of_which_the_year_was_broken_in_a_narrow_column_is_given(said):
    assert str(scanned("Startdatum", said, 0.99)["startdatum"].value) == "2025-10-18"
    assert scanned("Startdatum", said, 0.99)["startdatum"].state is State.GIVEN


@pytest.mark.parametrize("said", ["18/10/20\n25", "1 8/10/2025", "18/10/202\n5 6"])
def test_a_day_with_other_figures_beside_it_is_not_joined_to_them(said):
    assert scanned("Startdatum", said, 0.99)["startdatum"].state is State.DOUBTFUL
