"""What a supplement asks of a dossier, rule by rule; and that its form says it without harm and reads it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline import extract, readers, supplement
from pipeline.blank import write_docx, write_pdf
from pipeline.dossier import Act, ActKind, Ask, Attachment, Receipt, Row, State
from pipeline.facts import gather
from pipeline.library import load
from pipeline.making import judge
from pipeline.supplement import Returned, close, form_of, values_of
from tests.complete_dossier import ANSWERS, dossier
from tests.fill import fill

CALL = load("wijkverbeteringscontract")
TODAY = dt.date(2021, 7, 20)
NUMBER = "WVC-2021-0001"


def whole(**changed):
    """A dossier without any gap of its own; what `changed` says is what lacks."""
    made = dossier(CALL, **(MORE | changed))
    files = tuple(Attachment(name, "1" * 64, "application/pdf", 9) for name in ("besluit.pdf", "kompas.pdf"))
    answers = {**made.answers}
    if "stakeholders" not in changed:
        answers["stakeholders"] = with_cell(answers["stakeholders"], 1, "bewijs", "kompas.pdf")
    return replace(made, answers=answers, attachments=files)


GROUPS = [
    {"groep": "Jongeren zonder diploma", "omvang": "312", "bron": "Stad Gent"},
    {"groep": "Alleenstaande ouders", "omvang": "120", "bron": "Stad Gent"},
]
INDICATORS = [
    {
        "indicator": "Werkzaamheidsgraad",
        "waarde": "54,2",
        "vergelijking": "65,8",
        "eenheid": "procent",
        "jaar": 2019,
        "bron": "Stad Gent",
    }
]


MORE = {
    "kwetsbare_groepen": GROUPS,
    "kwetsbaarheidsindicatoren": INDICATORS,
    "vernieuwing_samenwerking": "De stad en de vzw delen een team.",
}


def with_cell(table, number, column, value, **changes):
    """Give a table with one cell changed."""
    rows = []
    for row in table.rows:
        if row.number == number:
            cell = replace(row.cells[column], state=State.GIVEN, text=str(value), value=value)
            rows.append(Row(row.number, {**row.cells, column: replace(cell, **changes)}, row.location))
        else:
            rows.append(row)
    return replace(table, rows=tuple(rows))


def with_answer(made, key, **changes):
    return replace(made, answers={**made.answers, key: replace(made.answers[key], **changes)})


def doubtful(made, key, text, problem="Dit is niet duidelijk.", **changes):
    return with_answer(made, key, state=State.DOUBTFUL, text=text, value=None, problem=problem, **changes)


def questions(made, acts=()):
    made = replace(made, acts=tuple(acts))
    findings = judge(CALL, made, gather(CALL, made, today=TODAY), TODAY)
    return supplement.ask(CALL, made, findings, today=TODAY)


def asked(made, acts=()):
    return [question.target for question in questions(made, acts)]


def the_request(made):
    return supplement.request(CALL, made, questions(made), sequence=1, on=TODAY)


def returned(request, filled, number=1, attachments=()):
    """Give a supplement as it is read from a Word form that was filled in."""
    form = form_of(CALL, NUMBER, (request,))
    blank = write_docx(form, CALL, values=values_of(CALL, NUMBER, request))
    extraction = extract.extract(readers.read(fill(blank, filled, form), "aanvulling.docx"), form, CALL)
    return Returned(number, Receipt(), TODAY, 0, extraction, attachments)


# ---------------------------------------------------------------------------------------------- asking


def test_a_whole_dossier_is_asked_nothing():
    assert asked(whole()) == []


@pytest.mark.parametrize(
    ("changed", "targets"),
    [
        ({"startdatum": None}, ["startdatum"]),
        ({"motivering_afbakening": None}, ["motivering_afbakening"]),
        # VOL-05 wants a year and a source that the form itself does not demand
        ({"kwetsbaarheidsindicatoren": [{**INDICATORS[0], "bron": None}]}, ["kwetsbaarheidsindicatoren.1.bron"]),
        ({"verwevenheid": None, "monitoring": None}, ["verwevenheid", "monitoring"]),
        # an answer on which another depends brings that question, and the table that it asks for
        (
            {"risicos_aanwezig": None, "geen_risicos_motivering": None},
            ["risicos_aanwezig", "risicos", "geen_risicos_motivering"],
        ),
        # the decision lacks whole: its row, and the document itself
        ({"validaties": None}, ["validaties", "het besluit van het college of van de gemeenteraad"]),
        # optional and left open: no question
        ({"iban": None, "contact_functie": None, "statistische_sectoren": None}, []),
    ],
)
def test_what_lacks_and_a_rule_or_the_form_needs_is_asked(changed, targets):
    assert asked(whole(**changed)) == targets


def test_a_table_with_fewer_rows_than_the_form_asks_is_asked_for_new_rows():
    made = whole()
    table = made.answers["problematieken"]
    (question,) = questions(with_answer(made, "problematieken", rows=table.rows[:1]))[:1]
    assert (question.ask, question.target, question.label) == (
        Ask.MORE_ROWS,
        "problematieken",
        "Problematieken: nieuwe rijen",
    )


def test_a_committed_partner_without_proof_is_asked_for_its_name_and_for_the_document():
    assert asked(whole(stakeholders=ANSWERS["stakeholders"])) == [
        "stakeholders.1.bewijs",
        "de ondertekende verklaring of de beslissing van vzw Kompas",
    ]


def test_an_attachment_that_the_form_names_and_did_not_come_is_asked_by_the_name_it_has_there():
    assert asked(replace(whole(), attachments=())) == ["besluit.pdf", "kompas.pdf"]


def test_an_answer_that_a_rule_finds_wrong_is_asked_with_what_the_rule_says():
    made = with_answer(whole(), "ondernemingsnummer", text="0207451228", value="0207451228")
    (question,) = questions(made)
    assert question.target == "ondernemingsnummer"
    assert question.help.startswith("«Ondernemingsnummer» is «0207451228»; nodig is een ondernemingsnummer")


def test_what_an_official_accepted_is_not_asked():
    made = with_answer(whole(), "ondernemingsnummer", text="0207451228", value="0207451228")
    findings = judge(CALL, made, gather(CALL, made, today=TODAY), TODAY)
    (wrong,) = (finding for finding in findings if finding.code == "ID-01" and finding.counts)
    act = Act(ActKind.ACCEPT, target="ID-01", value=wrong.message, on=TODAY, why="Nagekeken.", by="An")
    assert asked(made, [act]) == []


def test_a_cell_is_asked_with_what_its_row_is_about():
    made = with_answer(whole(), "acties")
    answers = {**made.answers, "acties": with_cell(made.answers["acties"], 2, "kost", None, state=State.EMPTY, text="")}
    question = questions(replace(made, answers=answers))[0]
    assert (question.target, question.label) == (
        "acties.2.kost",
        "Acties, rij 2 (A2, Wijkpunt in de oude school): Kost",
    )


# ---------------------------------------------------------------------- what was read is shown again


def test_a_long_text_that_is_not_certain_is_shown_to_look_over_and_counts_when_it_comes_back():
    text = "De wijk telt veel jonge gezinnen.\nMaatwerk: niet gevonden elders."
    made = doubtful(whole(), "kwalitatieve_analyse", text, "In dit antwoord staat misschien een vraag.")
    request = the_request(made)
    (question,) = request.questions
    assert question.filled == text
    closed = close(CALL, made.answers, (), (request,), [returned(request, {})], ())
    answer_ = closed.answers["kwalitatieve_analyse"]
    assert (answer_.state, answer_.text) == (State.GIVEN, text)


def test_a_table_of_which_the_rows_are_not_certain_is_shown_without_its_doubtful_cells():
    made = whole()
    table = with_cell(made.answers["begroting"], 2, "bedrag", None, state=State.DOUBTFUL, text="300,000")
    table = with_cell(table, 3, "bedrag", 300000)
    table = replace(table, state=State.DOUBTFUL, problem="Een rij loopt misschien over twee bladzijden.")
    made = replace(made, answers={**made.answers, "begroting": table})
    request = the_request(made)
    question = next(question for question in request.questions if question.target == "begroting")
    assert (question.ask, len(question.rows), "bedrag" in question.rows[1]) == (Ask.ROWS, 3, False)
    rows = [{}, {"bedrag": "300.000"}, {}]
    closed = close(CALL, made.answers, (), (request,), [returned(request, {"begroting": rows})], ())
    found = closed.answers["begroting"]
    assert (found.state, [row.cells["bedrag"].value for row in found.rows]) == (
        State.GIVEN,
        [400000, 300000, 300000],
    )


# ------------------------------------------------------------------------------ the same row, or none


def test_an_answer_about_a_row_that_is_no_longer_what_it_was_goes_to_no_other_row():
    made = whole()
    table = with_cell(made.answers["acties"], 2, "kost", None, state=State.EMPTY, text="")
    request = the_request(replace(made, answers={**made.answers, "acties": table}))
    swapped = replace(table, rows=(replace(table.rows[1], number=1), replace(table.rows[0], number=2)))
    answers = {**made.answers, "acties": swapped}
    closed = close(CALL, answers, (), (request,), [returned(request, {"acties__2__kost": "1,00"})], ())
    assert [row.cells["kost"].value for row in closed.answers["acties"].rows] == [None, 700000]
    assert "die rij staat niet meer zo in het dossier" in closed.supplements[0].told[0]
    assert closed.supplements[0].closed == ()


# ------------------------------------------------------------------------------------- hostile words


@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_what_an_applicant_wrote_is_shown_harmlessly_and_the_heading_is_read_back(write):
    title = "R&D <b>voor</b> {{ 7*7 }} {% raw %} huizen\x07\u202e"
    made = with_answer(whole(startdatum=None), "wijk_naam", text=title, value=title)
    made = doubtful(made, "gevraagde_subsidie", "{{ 1/0 }} <w:t>", "Dit is geen bedrag.")
    request = the_request(made)
    form = form_of(CALL, NUMBER, (request,))
    document = readers.read(write(form, CALL, values=values_of(CALL, NUMBER, request)), "a.bin")
    read = extract.extract(document, form, CALL).answers
    assert read["dossier__nummer"].text == NUMBER
    texts = {answer_.text for answer_ in read.values()}
    assert title.replace("\x07", "\ufffd").replace("\u202e", "\ufffd") in texts
    assert read["gevraagde_subsidie"].state is State.EMPTY


def test_a_long_key_stays_within_what_word_takes_as_a_tag():
    made = whole()
    table = made.answers["kwetsbaarheidsindicatoren"]
    row = replace(table.rows[0], number=12_345)
    table = with_cell(replace(table, rows=(row,)), 12_345, "vergelijking", None, state=State.EMPTY, text="")
    request = the_request(replace(made, answers={**made.answers, "kwetsbaarheidsindicatoren": table}))
    keys = [field.key for field in form_of(CALL, NUMBER, (request,)).fields()]
    assert max(len(key) for key in keys) <= 44
