"""Corrections against what is read later of the same file: they win, and what changed beneath them is told."""

import io
import json
import sqlite3
from pathlib import Path

import docx
import pytest

from pipeline.errors import ExitCode
from tests.call_copies import change
from tests.corrected import ACTED, FIRST, LATER, RECEIVED, SECOND, answer, told, worked
from tests.inbox import PROPOSAL, proposal
from tests.supplements import ANSWERS, LACKING, Desk


@pytest.fixture
def desk(tmp_path, capsys):
    """One dossier."""
    return worked(tmp_path, capsys)


def redefine(desk, old, new, file="voorstel.toml"):
    """Change the definition: another version of the program reads the same file otherwise."""
    change(Path(desk.call), file, old, new)


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
