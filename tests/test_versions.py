"""A later version of a file: it names the dossier before it, takes over nothing and says what was done there."""

import shutil
from pathlib import Path

import docx
import pytest

from pipeline.errors import ExitCode
from tests.corrected import ACTED, FIRST, LATER, SECOND, THIRD, answer, told, worked
from tests.inbox import PROPOSAL, proposal
from tests.supplements import Desk

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def desk(tmp_path, capsys):
    """One dossier."""
    return worked(tmp_path, capsys)


def arrive(desk, name="gent.docx", **changes):
    """Lay a later version in the inbox."""
    desk.receive(name, proposal(**changes))
    return desk.run("2022-04-12")


def test_a_changed_file_names_the_dossier_before_it_and_what_was_corrected_there(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    code, _out, err = arrive(desk, eigen_deel="18.500")
    assert answer(desk, "bijdrage", SECOND)["value"] == "42000.00"
    assert answer(desk, "bijdrage", FIRST)["value"] == "40000.00"
    assert [earlier["number"] for earlier in desk.dossier(SECOND)["earlier"]] == [FIRST]
    about, correction = told(desk, SECOND)
    assert about["text"] == (
        f"«gent.docx» is gewijzigd in de inbox: {SECOND} is een nieuwe versie van {FIRST}. Wat bij {FIRST} gedaan "
        f"werd, geldt niet voor {SECOND}:"
    )
    assert correction == {
        "text": (
            f"«Gevraagde bijdrage» verbeterd tot «40.000» {ACTED} In het nieuwe bestand staat «42.000». Geldt de "
            "verbetering nog, typ dan:"
        ),
        "lines": [f"wijkcontract correct {SECOND} bijdrage 40.000 --why REDEN --by WIE"],
    }
    assert f"{SECOND}: {correction['text']} {correction['lines'][0]}" in err
    assert correction["lines"][0] in (desk.output / "rapport.html").read_text(encoding="utf-8")
    assert code == ExitCode.DONE
    assert told(desk, FIRST) == []


def test_what_is_told_of_an_earlier_version_ends_when_it_is_given_again_or_answered_otherwise(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    desk.act("correct", FIRST, "buurt", "De Muide")
    arrive(desk, eigen_deel="18.500")
    desk.act("correct", SECOND, "bijdrage", "40.000", day="2022-04-13")
    assert [again["lines"][:1] for again in told(desk, SECOND)[1:]] == [
        [f"wijkcontract correct {SECOND} buurt 'De Muide' --why REDEN --by WIE"]
    ]
    desk.act("correct", SECOND, "buurt", "Muide-Meulestede", day="2022-04-13")
    assert [again["text"] for again in told(desk, SECOND)] == [
        f"«gent.docx» is gewijzigd in de inbox: {SECOND} is een nieuwe versie van {FIRST}."
    ]
    _code, out, err = desk.run("2022-06-01")
    assert ("Er was niets te doen" in out, "verbeterd" in err) == (True, False)


def test_a_changed_file_that_says_itself_what_was_corrected_asks_for_nothing(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    arrive(desk, bijdrage="€ 40.000,00")
    _about, correction = told(desk, SECOND)
    assert correction["lines"] == []
    assert correction["text"].endswith("Het nieuwe bestand zegt zelf «€ 40.000,00». Er hoeft niets.")


def test_a_corrected_row_is_found_again_by_what_it_says(desk):
    desk.act("correct", FIRST, "ingrepen.2.raming", "21.000")
    arrive(desk, ingrepen=[{"wat": "Een pergola", "soort": "groen", "raming": "5.000"}, *PROPOSAL["ingrepen"]])
    _about, correction = told(desk, SECOND)
    assert "In het nieuwe bestand is dat rij 3; daar staat «20.000,00»." in correction["text"]
    assert correction["lines"] == [f"wijkcontract correct {SECOND} ingrepen.3.raming 21.000 --why REDEN --by WIE"]


def test_a_corrected_row_that_says_something_else_is_not_guessed(desk):
    desk.act("correct", FIRST, "ingrepen.2.raming", "21.000")
    arrive(desk, ingrepen=[PROPOSAL["ingrepen"][0], {"wat": "Een fontein", "soort": "koelte", "raming": "20.000"}])
    _about, correction = told(desk, SECOND)
    assert "Het is niet zeker welke rij van het nieuwe bestand dat is." in correction["text"]
    assert correction["lines"] == [f"wijkcontract correct {SECOND} ingrepen.RIJ.raming 21.000 --why REDEN --by WIE"]
    desk.act("correct", SECOND, "ingrepen.2.raming", "21.000", day="2022-04-13")
    assert len(told(desk, SECOND)) == 1


def test_the_same_proposal_under_another_name_is_an_earlier_version_also_when_what_names_it_was_corrected(desk):
    desk.act("correct", FIRST, "buurt", "Muide-Meulestede")
    desk.act("withdraw", FIRST)
    _code, _out, err = arrive(desk, "versie 2.docx", bijdrage="41.000")
    about, correction, withdrawn = told(desk, SECOND)
    assert about["text"].startswith(f"{FIRST} is een eerdere inzending van hetzelfde voorstel.")
    assert correction["lines"] == [f"wijkcontract correct {SECOND} buurt Muide-Meulestede --why REDEN --by WIE"]
    assert withdrawn["text"] == "Ingetrokken op 5 april 2022. Reden: Nagevraagd. Door J. Peeters."
    assert correction["text"] in err


def test_of_three_versions_the_last_is_told_what_neither_of_the_others_gave_again(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    desk.act("correct", FIRST, "mailadres", "an@example.org")
    arrive(desk, eigen_deel="18.500")
    desk.act("correct", SECOND, "bijdrage", "41.000", day="2022-04-13")
    arrive(desk, eigen_deel="18.600")
    lines = [line for again in told(desk, THIRD) for line in again["lines"]]
    assert lines == [
        f"wijkcontract correct {THIRD} mailadres an@example.org --why REDEN --by WIE",
        f"wijkcontract correct {THIRD} bijdrage 41.000 --why REDEN --by WIE",
    ]


def test_acceptances_decisions_and_supplements_of_an_earlier_version_are_told_too(desk):
    desk.receive("genk.docx", proposal(stad="Genk", bijdrage="50.000,01", mailadres=None), LATER)
    desk.run()
    desk.act("accept", SECOND, "GELD-1")
    desk.ask(SECOND)
    decision = ("--granted", "50000", "--reference", "B/1", "--today", "2022-04-06")
    desk.cli("decide", SECOND, *decision, "--date", "2022-04-05", "--no-pdf")
    arrive(desk, "genk.docx", stad="Genk", bijdrage="50.000,02")
    assert [again["text"] for again in told(desk, THIRD)[1:]] == [
        "Bevinding GELD-1 aanvaard op 5 april 2022. Reden: Nagevraagd. Door J. Peeters.",
        "Toegekend: € 50.000,00 (beslissing van 5 april 2022, kenmerk B/1).".replace("€ ", "€\u00a0"),
        f"Er werd 1 keer een aanvulling gevraagd; vraag en antwoord horen bij {SECOND}.",
    ]


def test_a_file_of_another_applicant_at_the_same_place_is_named_as_a_question(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    arrive(desk, stad="Genk", buurt="Waterschei")
    about, _correction = told(desk, SECOND)
    assert about["text"].startswith(
        f"Waar nu «gent.docx» ligt, lag eerder {FIRST}, van een andere indiener. Kijk na of het hetzelfde voorstel is."
    )


def test_a_correction_after_the_later_version_came_is_told_there_at_once(desk):
    arrive(desk, eigen_deel="18.500")
    _code, _out, err = desk.act("correct", FIRST, "bijdrage", "40.000", day="2022-04-13")
    assert f"{SECOND}: «Gevraagde bijdrage» verbeterd tot «40.000»" in err


def test_two_versions_that_came_together_and_were_not_touched_ask_for_no_look(desk):
    desk.receive("genk 1.docx", proposal(stad="Genk"), LATER)
    desk.receive("genk 2.docx", proposal(stad="Genk", bijdrage="41.000"), "2022-03-21T09:00:00+01:00")
    desk.run()
    assert [earlier["number"] for earlier in desk.dossier(THIRD)["earlier"]] == [SECOND]
    assert told(desk, SECOND) == told(desk, THIRD) == []


def test_dossiers_of_different_proposals_have_nothing_to_do_with_each_other(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    desk.receive("genk.docx", proposal(stad="Genk"), LATER)
    desk.run()
    assert told(desk, SECOND) == []
    assert desk.dossier(SECOND)["earlier"] == []


def test_a_changed_form_that_joined_a_dossier_names_the_one_before_it(tmp_path, capsys):
    """Minutes of a steering group of the call itself; the second version has another hour."""
    samples = Path(__file__).parent.parent / "forms" / "wijkverbeteringscontract" / "voorbeelden"
    desk = Desk(tmp_path, capsys, "wijkverbeteringscontract")
    shutil.copytree(samples / "inbox" / "Gent Muide-Meulestede", desk.inbox / "gent")
    minutes = samples / "vergaderingen" / "stuurgroep Gent 10 maart 2022.docx"
    shutil.copy(minutes, desk.inbox / "verslag.docx")
    desk.run("2022-04-01")
    desk.act("correct", "WVC-2021-0001/vergadering-01", "plaats", "Stadhuis")
    changed = docx.Document(minutes)
    (hour,) = [text for text in changed.element.iter(f"{{{W}}}t") if text.text == "14.00–16.00 uur"]
    hour.text = "14.00–17.00 uur"
    changed.save(desk.inbox / "verslag.docx")
    desk.run("2022-04-12")
    about, correction = told(desk, "WVC-2021-0001/vergadering-02")
    assert about["text"].startswith("Waar nu «verslag.docx» ligt, lag eerder WVC-2021-0001/vergadering-01. Kijk na")
    assert correction["lines"] == [
        "wijkcontract correct WVC-2021-0001/vergadering-02 plaats Stadhuis --why REDEN --by WIE"
    ]
