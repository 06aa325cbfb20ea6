"""Dossiers as JSON: what is written is what comes back, in the shape that programs rely on."""

import datetime as dt
import json
from decimal import Decimal as D
from types import MappingProxyType

import pytest

from pipeline import archive, extract, readers
from pipeline.document import Location
from pipeline.dossier import (
    Act,
    ActKind,
    Answer,
    Ask,
    Attachment,
    Corrected,
    Dossier,
    Earlier,
    Fate,
    HeadLine,
    Question,
    Read,
    Receipt,
    Request,
    State,
    Supplement,
)
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.library import load
from pipeline.values import encode_decimal
from tests.inbox import SMALL, proposal

CALL = load(SMALL)
EARLIER = Earlier(
    "KLIMA-000-22",
    ("gent.docx",),
    same_proposal=True,
    other_applicant=False,
    acts=(Act(ActKind.ACCEPT, "GELD-1"),),
    requests=2,
)
SAID = Read(State.DOUBTFUL, "20.00", (("wat", "Een waterspeelplek"), ("raming", "20.00")))


def plain(value):
    """Give mappings as dictionaries, so that they compare by what they hold."""
    if isinstance(value, Answer):
        rows = tuple((row.number, plain(row.cells), row.location) for row in value.rows)
        return (value.field, value.state, value.text, value.value, rows, value.location, value.method, value.problem)
    if isinstance(value, dict | MappingProxyType):
        return {key: plain(item) for key, item in value.items()}
    return value


@pytest.fixture(scope="module")
def extraction():
    document = readers.read(proposal(buurt="Muide \U0001f3d8 & <b>", bijdrage="1,5 of 15"), "voorstel.docx")
    return extract.extract(document, CALL.form, CALL)


def test_answers_come_back_as_they_were_read(extraction):
    data = json.loads(archive.dump(archive.encode_extraction(extraction)))
    back = archive.decode_extraction(data, CALL.form)
    assert plain(back.answers) == plain(extraction.answers)
    assert (back.form, back.version, back.source, back.notes) == (
        extraction.form,
        extraction.version,
        extraction.source,
        extraction.notes,
    )


def test_amounts_and_dates_are_text_and_rows_are_lists(extraction):
    data = archive.encode_extraction(extraction)
    assert data["schema_version"] == 1
    answers = data["answers"]
    assert answers["eigen_deel"]["value"] == "18000.00"
    assert answers["klaar_op"]["value"] == "2024-06-30"
    assert answers["eerder_gesteund"]["value"] is False
    assert answers["thema"]["value"] == ["groen", "koelte"]
    assert answers["ingrepen"]["rows"][1]["raming"]["value"] == "20000.00"
    assert answers["bijdrage"]["state"] == "doubtful"
    assert answers["bijdrage"]["problem"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(D("8E+5"), "800000.00"), (D("0.005"), "0.005"), (D(-5), "-5.00"), (D("719132.5"), "719132.50")],
)
def test_an_amount_has_two_decimals_and_loses_none(value, text):
    assert encode_decimal(value) == text


def test_a_dossier_comes_back_with_its_receipt_attachments_and_acts(extraction):
    brussels = dt.timezone(dt.timedelta(hours=2))
    dossier = Dossier(
        number="KLIMA-001-22",
        call="klimaatwijken",
        form="voorstel",
        receipt=Receipt(
            dt.datetime(2022, 3, 31, 11, 59, 59, tzinfo=brussels), "mail", "a@b.be", "ontvangst.csv, rij 2"
        ),
        source=extraction.source,
        attachments=(Attachment("kaart.png", "ab" * 32, "image/png", 1200, "beschadigd"),),
        answers=extraction.answers,
        notes=("Een rij verschoof.",),
        acts=(
            Act(ActKind.DECIDE, value="42000.00", on=dt.date(2022, 5, 1), reference="B/1", by="het college"),
            Act(ActKind.WITHDRAW, on=dt.date(2022, 6, 1), why="Fusie."),
            Act(ActKind.CORRECT, "ingrepen.2.raming", "21.000", was=SAID),
        ),
        corrected=(Corrected("ingrepen.2.raming", Fate.GONE, Read(State.NOT_FOUND), "Rij 2 bestaat niet."),),
        earlier=(EARLIER,),
    )
    data = json.loads(archive.dump(archive.encode_dossier(dossier)))
    assert data["decision"] == {"granted": "42000.00", "on": "2022-05-01", "reference": "B/1"}
    assert data["withdrawn"] is True
    back = archive.decode_dossier(data, CALL.form)
    assert (back.number, back.receipt, back.attachments, back.acts, back.notes) == (
        dossier.number,
        dossier.receipt,
        dossier.attachments,
        dossier.acts,
        dossier.notes,
    )
    assert (back.corrected, back.earlier) == (dossier.corrected, dossier.earlier)
    assert plain(back.answers) == plain(dossier.answers)


def test_a_dossier_comes_back_with_the_supplements_asked_and_received(extraction):
    questions = (
        Question(Ask.ANSWER, "ingrepen.1.raming", "Ingrepen, rij 1: Kost", "Uitleg.", needed=True, about="Bomen"),
        Question(Ask.ROWS, "metingen", "Metingen", rows=({"wie": "An", "hoe_vaak": "Elke dag"}, {})),
        Question(Ask.FILE, "besluit.pdf", "Bijlage «besluit.pdf»", filled=""),
    )
    head = (HeadLine("Indiener", "Gent", identifies=True), HeadLine("Gevraagd op", "2 april 2022"))
    request = Request(1, dt.date(2022, 4, 2), dt.date(2022, 4, 16), head, questions, "Vul aan.", ("docx", "pdf"))
    brussels = dt.timezone(dt.timedelta(hours=2))
    supplement = Supplement(
        1,
        Receipt(dt.datetime(2022, 4, 8, 10, tzinfo=brussels), "mail", "a@b.be", "kop"),
        extraction.source,
        dt.date(2022, 4, 10),
        1,
        ("Kost",),
        ("besluit.pdf",),
        ("Niet ingevuld: «Metingen».",),
        applied=False,
    )
    dossier = Dossier("KLIMA-001-22", "klimaatwijken", "voorstel", requests=(request,), supplements=(supplement,))
    data = json.loads(archive.dump(archive.encode_dossier(dossier)))
    back = archive.decode_dossier(data, CALL.form)
    assert (back.requests, back.supplements) == ((request,), (supplement,))
    assert back.supplements[0].on == dt.date(2022, 4, 8)


def test_a_finding_comes_back_with_place_and_waiver():
    finding = Finding(
        "GELD-1",
        "Hoogstens 50.000 euro",
        Outcome.NOT_JUDGED,
        Severity.BLOCKING,
        "Te veel.",
        "Vraag minder.",
        "oproep: «…»",
        "ingrepen.raming",
        2,
        Location("voorstel.docx", "3. Geld", page=2, box=(1.5, 2, 3, 4), table=4, row=2),
        stops_papers=True,
        missing=("Geraamde kost",),
        waiver=Waiver("Mag.", "J. Peeters", dt.date(2022, 4, 2)),
        case=2,
    )
    data = json.loads(archive.dump(archive.encode_findings("KLIMA-001-22", [finding])))
    assert data["findings"][0]["place"] == "voorstel.docx, 3. Geld, pagina 2, tabel 4, rij 2"
    assert archive.decode_findings(data) == (finding,)


def test_a_place_comes_back_with_the_words_by_which_a_person_finds_it():
    """From it `status` tells of a finding, and `where` of an issued paper: nobody counts tables."""
    place = Location(
        "voorstel.docx", "3. Geld", table=4, row=2, column=1, label="Raming", line="1 («Bomen langs de kade»)"
    )
    back = archive.decode_location(json.loads(json.dumps(archive.encode_location(place))))
    assert back == place
    assert str(back) == "voorstel.docx, onder «3. Geld», rij 1 («Bomen langs de kade»), kolom «Raming»"


def test_control_characters_and_halves_of_pairs_stay_in_the_data():
    answer = Answer("buurt", State.GIVEN, "a\x00\x07\u202e\ud800", "a\x00\x07\u202e\ud800")
    data = json.loads(archive.dump(archive.encode_answers({"buurt": answer})))
    assert data["buurt"]["text"] == "a\x00\x07\u202e\ud800"
