"""Corrections against what is read later: they win, and what changed beneath them or came after them is told."""

import io
import json
import shutil
import sqlite3
from pathlib import Path

import docx
import pytest

from pipeline.errors import ExitCode
from tests.call_copies import change, copy_call
from tests.inbox import PROPOSAL, proposal
from tests.supplements import ANSWERS, LACKING, Desk

FIRST, SECOND, THIRD = "KLIMA-001-22", "KLIMA-002-22", "KLIMA-003-22"
RECEIVED = "2022-03-01T09:00:00+01:00"
LATER = "2022-03-20T09:00:00+01:00"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ACTED = "op 5 april 2022. Reden: Nagevraagd. Door J. Peeters."


@pytest.fixture
def desk(tmp_path, capsys):
    """One dossier, worked by the command line with a copy of the call."""
    desk = Desk(tmp_path, capsys, str(copy_call(tmp_path / "call")))
    desk.receive("gent.docx", proposal(), RECEIVED)
    assert desk.run()[0] == ExitCode.DONE
    return desk


def redefine(desk, old, new, file="voorstel.toml"):
    """Change the definition: another version of the program reads the same file otherwise."""
    change(Path(desk.call), file, old, new)


def told(desk, number=FIRST):
    """Give what `status --json` says should be looked at again."""
    _code, out, _err = desk.cli("status", number, "--json")
    (line,) = json.loads(out)["dossiers"]
    return line["look_again"]


def answer(desk, field, number=FIRST):
    return desk.dossier(number)["answers"][field]


# ------------------------------------------------------------------------------ the same file read again


def test_a_correction_stands_after_a_rerun_and_a_reading_that_did_not_change_is_not_told(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    redefine(desk, "Laatste ingreep klaar op", "Laatste ingreep is klaar op")
    code, out, err = desk.run()
    assert (code, "1 gemaakt of opnieuw gemaakt" in out) == (ExitCode.DONE, True)
    assert answer(desk, "bijdrage")["value"] == "40000.00"
    assert "verbeterd" not in err
    assert told(desk) == []


def test_an_act_keeps_what_was_read_when_it_was_given(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    desk.act("correct", FIRST, "ingrepen.2.raming", "21.000")
    desk.act("correct", FIRST, "bijdrage", "41.000")
    first, cell, second = desk.dossier()["acts"]
    assert first["was"] == second["was"] == {"state": "given", "text": "42.000", "row": {}}
    row = {"wat": "Een waterspeelplek", "soort": "Koelte", "raming": "20.000,00"}
    assert cell["was"] == {"state": "given", "text": "20.000,00", "row": row}


def test_of_two_corrections_of_one_answer_the_last_wins_also_after_a_rerun(desk):
    desk.act("correct", FIRST, "bijdrage", "40.000")
    desk.act("correct", FIRST, "bijdrage", "41.000")
    (desk.folder() / "dossier.json").unlink()
    assert desk.run()[0] == ExitCode.DONE
    assert answer(desk, "bijdrage")["value"] == "41000.00"
    assert [act["value"] for act in desk.dossier()["acts"]] == ["40.000", "41.000"]


def test_a_file_read_otherwise_keeps_the_correction_and_tells_both_readings(desk):
    desk.act("correct", FIRST, "buurt", "Muide-Meulestede")
    swap_labels(desk)
    _code, _out, err = desk.run()
    assert answer(desk, "buurt")["text"] == "Muide-Meulestede"
    (again,) = told(desk)
    assert again["lines"] == [
        f"wijkcontract correct {FIRST} buurt Muide-Meulestede --why REDEN --by WIE",
        f"wijkcontract correct {FIRST} buurt '{PROPOSAL['aanleiding']}' --why REDEN --by WIE",
    ]
    assert again["text"] == (
        f"«Waarom deze buurt» verbeterd tot «Muide-Meulestede» {ACTED} Toen werd er «Muide» gelezen, nu "
        f"«{PROPOSAL['aanleiding']}». De verbetering blijft gelden. Kijk het bestand na: klopt de verbetering, typ dan "
        "de eerste regel; klopt wat er nu gelezen wordt, de tweede."
    )
    assert f"{FIRST}: {again['text']}" in err
    page = (desk.output / "rapport.html").read_text(encoding="utf-8")
    assert "Toen werd er «Muide» gelezen" in page
    assert again["lines"][0] in page


def swap_labels(desk):
    """Let the labels of two questions change places: each is then read where the other stood."""
    redefine(desk, 'label = "Naam van de buurt"', 'label = "TUSSEN"')
    redefine(desk, 'label = "Waarom deze buurt"', 'label = "Naam van de buurt"')
    redefine(desk, 'label = "TUSSEN"', 'label = "Waarom deze buurt"')


def test_a_correction_given_again_for_what_is_read_now_is_told_no_more(desk):
    desk.act("correct", FIRST, "buurt", "Muide-Meulestede")
    swap_labels(desk)
    desk.run()
    assert desk.act("correct", FIRST, "buurt", "Muide-Meulestede", day="2022-04-12")[0] == ExitCode.DONE
    assert told(desk) == []
    assert answer(desk, "buurt")["text"] == "Muide-Meulestede"
    code, _out, err = desk.act("correct", FIRST, "buurt", "Muide-Meulestede", day="2022-04-13")
    assert (code, "al vastgelegd" in err) == (ExitCode.USAGE, True)


def test_a_reading_that_now_says_what_was_corrected_asks_for_nothing(desk):
    desk.act("correct", FIRST, "buurt", PROPOSAL["aanleiding"])
    swap_labels(desk)
    desk.run()
    (again,) = told(desk)
    assert again["lines"] == []
    assert again["text"].endswith("hetzelfde als de verbetering. Er hoeft niets.")


def test_a_correction_of_a_question_that_left_the_form_is_kept_and_told_and_stops_nothing(desk):
    desk.act("correct", FIRST, "mailadres", "an@example.org")
    desk.act("correct", FIRST, "eigen_deel", "19.000")
    form = Path(desk.call) / "voorstel.toml"
    before, _key, after = form.read_text(encoding="utf-8").partition('[[section.field]]\nkey = "mailadres"')
    form.write_text(before + after[after.index("[[section.field]]") :], encoding="utf-8")
    code, out, err = desk.run()
    assert (code, "1 gemaakt of opnieuw gemaakt" in out) == (ExitCode.DONE, True)
    (again,) = told(desk)
    assert again["text"] == (
        f"«mailadres» verbeterd tot «an@example.org» {ACTED} Het formulier heeft geen veld «mailadres». De verbetering "
        "is bewaard en geldt nu nergens. Kijk in het bestand waar ze hoort en typ ze daar opnieuw; hoort ze nergens "
        "meer, dan hoeft er niets."
    )
    assert again["lines"] == [f"wijkcontract correct {FIRST} VELD an@example.org --why REDEN --by WIE"]
    assert again["text"] in err
    assert [act["target"] for act in desk.dossier()["acts"]] == ["mailadres", "eigen_deel"]
    assert answer(desk, "eigen_deel")["value"] == "19000.00"
    assert desk.act("correct", FIRST, "aanleiding", "Te heet.")[0] == ExitCode.DONE


def retyped():
    """Give the measurements typed over in a file without controls, by python-docx."""
    file = docx.Document()
    file.add_heading("Voorstel voor een klimaatwijk", 0)
    file.add_heading("1. Wie dient in", 1)
    file.add_paragraph("Stad of gemeente: Gent")
    file.add_paragraph("Mailadres van de contactpersoon: dok@example.org")
    file.add_heading("2. De buurt en de ingrepen", 1)
    file.add_paragraph("Naam van de buurt: Dok")
    file.add_paragraph("Waarom deze buurt: Het dok is kaal.")
    file.add_paragraph("Laatste ingreep klaar op: 30/06/2024")
    file.add_heading("Metingen door buurtbewoners", 2)
    rows = [("Wie", "Wat wordt gemeten", "Hoe vaak"), ("De school", "Vocht", "Elke dag"), ("An", "Wind", "Elke week")]
    table = file.add_table(3, 3)
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    file.add_heading("3. Geld", 1)
    file.add_paragraph("Gevraagde bijdrage: 42.000")
    file.add_paragraph("Eigen deel van de stad: 18.000")
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def without_rows(desk):
    """Let the table of measurements be looked for under other words, so that its rows are not found."""
    redefine(desk, 'label = "Metingen door buurtbewoners"', 'label = "Toestellen"')
    redefine(desk, 'label = "Wie"', 'label = "Merk"')
    redefine(desk, 'label = "Wat wordt gemeten"', 'label = "Jaar van aankoop"')
    redefine(desk, 'label = "Hoe vaak"', 'label = "Onderhoud"')


def test_a_correction_of_a_row_that_vanished_makes_no_row_and_is_told(desk):
    desk.receive("dok.docx", retyped(), LATER)
    desk.run()
    desk.act("correct", SECOND, "metingen.1.wie", "De basisschool")
    assert answer(desk, "metingen", SECOND)["rows"][0]["wie"]["text"] == "De basisschool"
    without_rows(desk)
    _code, _out, err = desk.run()
    assert answer(desk, "metingen", SECOND).get("rows", []) == []
    (again,) = told(desk, SECOND)
    assert (
        "«metingen» heeft 0 rijen; rij 1 bestaat niet. De verbetering is bewaard en geldt nu nergens." in again["text"]
    )
    assert again["lines"] == [f"wijkcontract correct {SECOND} metingen.RIJ.wie 'De basisschool' --why REDEN --by WIE"]
    assert again["text"] in err
    assert [act["target"] for act in desk.dossier(SECOND)["acts"]] == ["metingen.1.wie"]


def test_a_correction_is_never_put_in_a_row_that_says_something_else_now(desk):
    desk.act("correct", FIRST, "metingen.1.hoe_vaak", "Elke week")
    redefine(desk, 'label = "Wie"', 'label = "TUSSEN"')
    redefine(desk, 'label = "Wat wordt gemeten"', 'label = "Wie"')
    redefine(desk, 'label = "TUSSEN"', 'label = "Wat wordt gemeten"')
    desk.run()
    (row,) = answer(desk, "metingen")["rows"]
    assert (row["wie"]["text"], row["hoe_vaak"]["state"], row["hoe_vaak"]["value"]) == ("Temperatuur", "doubtful", None)
    (again,) = told(desk)
    assert (
        "De rij zei toen «Buurtcomité; Temperatuur; Elke dag» en zegt nu «Temperatuur; Buurtcomité; Elke dag»."
        in (again["text"])
    )
    (line,) = again["lines"]
    assert line == f"wijkcontract correct {FIRST} metingen.1.hoe_vaak 'Elke week' --why REDEN --by WIE"
    desk.act("correct", FIRST, "metingen.1.hoe_vaak", "Elke week", day="2022-04-12")
    assert told(desk) == []
    assert answer(desk, "metingen")["rows"][0]["hoe_vaak"]["value"] == "wekelijks"


def test_a_row_that_an_official_added_stays_a_row_of_its_own(desk):
    desk.act("correct", FIRST, "metingen.2.wie", "De school")
    desk.act("correct", FIRST, "metingen.2.grootheid", "Vocht")
    desk.act("correct", FIRST, "metingen.2.wie", "De basisschool")
    redefine(desk, "Laatste ingreep klaar op", "Laatste ingreep is klaar op")
    desk.run()
    rows = answer(desk, "metingen")["rows"]
    assert [(row["wie"]["text"], row["grootheid"]["text"]) for row in rows] == [
        ("Buurtcomité", "Temperatuur"),
        ("De basisschool", "Vocht"),
    ]
    assert told(desk) == []
    assert {act["was"]["state"] for act in desk.dossier()["acts"]} == {"not_found"}


def test_a_register_of_the_previous_release_is_read_and_its_corrections_win(desk):
    """Version 0.1.0 kept acts without what was read."""
    desk.act("correct", FIRST, "buurt", "Muide-Meulestede")
    with sqlite3.connect(desk.output / "register.sqlite") as register:
        ((act,),) = register.execute("SELECT act FROM acts").fetchall()
        old = {name: value for name, value in json.loads(act).items() if name != "was"}
        register.execute("UPDATE acts SET act = ?", (json.dumps(old),))
    register.close()
    swap_labels(desk)
    assert desk.run()[0] == ExitCode.DONE
    assert answer(desk, "buurt")["text"] == "Muide-Meulestede"
    assert told(desk) == []


# ------------------------------------------------------------------------------ another file comes in


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


def test_a_row_that_a_supplement_completed_is_still_the_row_that_was_corrected(tmp_path, capsys):
    desk = Desk(tmp_path, capsys)
    desk.receive("voorstel.docx", proposal(**LACKING), RECEIVED)
    desk.run("2022-04-01")
    desk.ask()
    desk.act("correct", FIRST, "ingrepen.1.wat", "Vijftig bomen")
    desk.receive("aanvulling.docx", desk.filled(ANSWERS), "2022-04-09T09:00:00+02:00")
    desk.run()
    row = answer(desk, "ingrepen")["rows"][0]
    assert (row["wat"]["text"], row["raming"]["value"]) == ("Vijftig bomen", "40000.00")
    assert told(desk) == []
