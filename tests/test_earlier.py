"""A form of an earlier version is read with the questions of then; what it lacks or had too many is told.

The made call of `tests/calls` says how its form looked in 2021; the files are made with python-docx.
"""

import datetime as dt
import functools
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.blank import write_docx
from pipeline.check import check
from pipeline.dossier import Dossier, Receipt, State
from pipeline.extract import extract, identify
from pipeline.facts import gather
from pipeline.library import load
from pipeline.lint import lint
from pipeline.readers import read
from tests.call_copies import SECOND_CALL, change, copy_call
from tests.fill import fill
from tests.test_extract import Typed, rows, values

GIVEN, LOST = State.GIVEN, State.NOT_FOUND


@functools.cache
def second():
    return load(SECOND_CALL)


def old(mark="Versie 2021.1"):
    """Type the form as it was in 2021, filled."""
    typed = Typed("Voorstel voor een klimaatwijk")
    if mark:
        typed.say(mark)
    return (
        typed.head("1. Indiener")
        .table(
            ["Gemeente die indient", "Gent"],
            ["Mailadres van de contactpersoon", "an@gent.be"],
            ["Naam van de burgemeester", "M. De Clercq"],
            ["Waarom deze buurt", "Veel steen, weinig schaduw."],
        )
        .head("2. Geld")
        .table(["Bedrag", "40.000"], ["Eigen deel van de stad", "20.000"])
        .head("3. De buurt en de ingrepen")
        .table(["Wijk", "Muide"], ["Thema's", ("Beplanting", "Water")], ["Laatste ingreep klaar op", "1/6/2024"])
        .say("Ingreep 1")
        .table(["Wat gebeurt er", "Bomen"], ["Kost", "30.000"], ["Uitvoerder", "Groendienst"])
        .say("Ingreep 2")
        .table(["Wat gebeurt er", "Wadi"], ["Kost", "30.000"], ["Uitvoerder", "Aannemer Peeters"])
        .head("Vergunningen", 2)
        .table(["Soort vergunning", "Afgeleverd op"], ["Kap van bomen", "3/2/2022"])
        .head("Metingen door buurtbewoners", 2)
        .table(["Wie", "Wat wordt gemeten", "Hoe vaak"], ["Buurtcomité", "Hitte", "Elke dag"])
    )


def read_old(mark="Versie 2021.1"):
    document = old(mark).read()
    return extract(document, second().forms[identify(document, second())], second())


def test_every_answer_of_then_comes_back_under_its_question_of_today():
    extraction = read_old()
    assert values(extraction, "stad", "buurt", "aanleiding", "bijdrage", "eigen_deel", "thema", "klaar_op") == {
        "stad": "Gent",
        "buurt": "Muide",
        "aanleiding": "Veel steen, weinig schaduw.",
        "bijdrage": Decimal(40000),
        "eigen_deel": Decimal(20000),
        "thema": ("groen", "water"),
        "klaar_op": dt.date(2024, 6, 1),
    }
    assert rows(extraction, "ingrepen") == [
        {"wat": "Bomen", "raming": Decimal(30000)},
        {"wat": "Wadi", "raming": Decimal(30000)},
    ]
    assert rows(extraction, "metingen") == [{"wie": "Buurtcomité", "grootheid": "Hitte", "hoe_vaak": "dagelijks"}]
    assert list(extraction.answers) == [field.key for field in second().form.fields()]


@pytest.mark.parametrize(("mark", "how"), [("Versie 2021.1", "zoals het zelf zegt"), ("", "naar zijn vragen")])
def test_the_version_is_known_by_its_mark_or_by_its_questions(mark, how):
    extraction = read_old(mark)
    assert extraction.version == mark.removeprefix("Versie ")
    assert how in extraction.notes[0]
    assert "2021.1" in extraction.notes[0]
    assert "2022.1" in extraction.notes[0]
    assert extraction.answers["stad"].state is GIVEN


def test_what_was_not_asked_then_is_a_gap_with_its_reason_and_not_vanished():
    extraction = read_old()
    asked = extraction.answers["eerder_gesteund"]
    assert (asked.state, asked.problem) == (LOST, "Deze vraag stond niet in versie 2021.1 van het formulier.")
    cell = extraction.answers["ingrepen"].rows[0].cells["soort"]
    assert (cell.state, cell.problem) == (LOST, "Deze vraag stond niet in versie 2021.1 van het formulier.")
    told = next(note for note in extraction.notes if note.startswith("Stond niet in versie 2021.1"))
    assert "«Kreeg deze buurt eerder klimaatsteun?»; «Welke steun, en wanneer»; «Ingrepen: Soort»" in told
    assert "supplement" in told
    lost = [note for note in extraction.notes if "niet gevonden" in note]
    assert lost == ["In onderdeel «2. Geld» niet gevonden: «Sponsors»."]


def test_what_is_asked_no_more_is_kept_as_a_remark_with_its_answer():
    notes = read_old().notes
    assert "Versie 2021.1 vroeg ook «Naam van de burgemeester»; het antwoord was «M. De Clercq»." in notes
    assert (
        "Versie 2021.1 vroeg ook «Vergunningen, rij 1»; het antwoord was "
        "«Soort vergunning: Kap van bomen; Afgeleverd op: 3/2/2022»."
    ) in notes
    for number, who in enumerate(("Groendienst", "Aannemer Peeters"), 1):
        assert f"Versie 2021.1 vroeg ook «Ingrepen, rij {number}: Uitvoerder»; het antwoord was «{who}»." in notes
    assert not any("hoort bij geen vraag" in note for note in notes)


def test_a_question_of_today_that_somebody_added_to_an_old_form_is_read():
    document = old().head("1. Indiener").say("Kreeg deze buurt eerder klimaatsteun?: nee").read()
    assert extract(document, second().form, second()).answers["eerder_gesteund"].value is False


def test_a_form_of_today_is_read_as_one_of_today():
    extraction = extract(
        Typed("Voorstel voor een klimaatwijk")
        .head("1. Wie dient in")
        .table(["Stad of gemeente", "Gent"])
        .head("2. De buurt en de ingrepen")
        .table(["Naam van de buurt", "Muide"])
        .head("3. Geld")
        .table(["Gevraagde bijdrage", "40.000"])
        .read(),
        second().form,
        second(),
    )
    assert values(extraction) == {"stad": "Gent", "buurt": "Muide", "bijdrage": Decimal(40000)}
    assert not any("2021.1" in note for note in extraction.notes)


def test_the_finding_that_a_question_is_not_answered_says_that_it_was_not_asked():
    extraction = read_old()
    source = extraction.source
    dossier = Dossier("KW-1", second().key, "voorstel", Receipt(), source, answers=extraction.answers)
    findings = check(second(), dossier, gather(second(), dossier, today=dt.date(2022, 3, 1)))
    (found,) = [finding for finding in findings if "eerder klimaatsteun" in finding.message]
    assert found.message.endswith("Deze vraag stond niet in versie 2021.1 van het formulier.")


def test_a_form_of_then_with_tags_is_read_by_them():
    """The blank form that the questions of then make, filled in its content controls."""
    earlier = second().form.earlier[0]
    sections = [
        replace(section, fields=tuple(field for field in section.fields if field.key not in earlier.absent))
        for section in earlier.form.sections
    ]
    then = replace(earlier.form, sections=tuple(sections))
    answers = {"stad": "Gent", "burgemeester": "M. De Clercq", "bijdrage": "40.000"}
    data = fill(write_docx(then, second()), answers, then)
    extraction = extract(read(data, "oud.docx"), second().form, second())
    assert extraction.version == "2021.1"
    assert values(extraction, "stad", "bijdrage") == {"stad": "Gent", "bijdrage": Decimal(40000)}
    assert "Versie 2021.1 vroeg ook «Naam van de burgemeester»; het antwoord was «M. De Clercq»." in extraction.notes


def test_a_row_with_nothing_but_what_is_asked_no_more_is_a_remark_and_no_row():
    document = (
        Typed("Voorstel voor een klimaatwijk")
        .say("Versie 2021.1")
        .head("3. De buurt en de ingrepen")
        .say("Ingreep 1")
        .table(["Wat gebeurt er", ""], ["Kost", ""], ["Uitvoerder", "Groendienst"])
        .read()
    )
    extraction = extract(document, second().form, second())
    assert (extraction.answers["ingrepen"].state, extraction.answers["ingrepen"].rows) == (State.EMPTY, ())
    assert any("Groendienst" in note for note in extraction.notes)


@pytest.mark.parametrize(
    ("old_text", "new_text", "key", "says"),
    [
        ('version = "2021.1"', 'version = "2022.1"', "earlier.2022.1.version", "niet ouder"),
        ('version = "2021.1"', 'version = "2023"', "earlier.2023.version", "niet ouder"),
        ('buurt = "Wijk"', 'buurt = "Thema\'s"', "earlier.2021.1.section.3.field.thema.label", "onderscheiden"),
        ('"ingrepen.raming" = "Kost"', '"ingrepen.raming" = "Uitvoerder"', "ingrepen", "onderscheiden"),
        ('buurt = "Wijk"', 'wijk = "Wijk"', "earlier.2021.1.labels.wijk", "bestaat niet"),
        ('absent = ["eerder_gesteund"', 'absent = ["ooit_gesteund"', "earlier.2021.1.absent", "bestaat niet"),
        ('bijdrage = "Bedrag"', 'eerder_gesteund = "Steun?"', "labels.eerder_gesteund", "stond er toen niet"),
        ('groen = "Beplanting"', 'bomen = "Beplanting"', "choices.thema.bomen", "bestaat niet"),
        ('sections = ["1", "3", "2"]', 'sections = ["1", "3"]', "earlier.2021.1.sections", "ontbreekt"),
        ('letter = "2"', 'letter = "3"', "section.3.letter", "Twee rubrieken"),
        ('key = "burgemeester"', 'key = "stad"', "earlier.2021.1.field.stad.key", "staat er al"),
        ('table = "ingrepen"', 'table = "ingreep"', "earlier.2021.1.column.uitvoerder.table", "bestaat niet"),
        ('absent = ["eerder_gesteund"', 'abzent = []\nabsent = ["eerder_gesteund"', "abzent", "onbekend"),
    ],
)
def test_a_faulty_earlier_version_is_named(tmp_path, old_text, new_text, key, says):
    call = copy_call(tmp_path)
    change(call, "voorstel.toml", old_text, new_text)
    faults = lint(call)
    assert [fault for fault in faults if key in fault.key and says in fault.message], faults
