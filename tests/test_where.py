"""The verb `where`: from a value in a paper back to the file, the page, the row, and who had a hand in it."""

from __future__ import annotations

import json
import shutil

import pypdfium2
import pytest

from pipeline.blank import write_pdf
from pipeline.errors import ExitCode
from pipeline.library import load
from pipeline.readers import read
from pipeline.write import sha256
from tests import call_copies, inbox
from tests.fill_pdf import by_pdfium
from tests.inbox import PROPOSAL, SMALL, proposal
from tests.supplements import ANSWERS, NUMBER, Desk, lacking

RECEIVED = "2022-03-01T09:00:00+01:00"


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """A dossier of which an amount came with a supplement, an official corrected a cell, and that was decided."""
    folder = tmp_path_factory.mktemp("where")
    desk = lacking(folder, None)
    desk.ask()
    desk.receive("gent aanvulling.docx", desk.filled(ANSWERS), "2022-04-08T09:00:00+02:00")
    desk.run("2022-04-10")
    desk.act("correct", NUMBER, "ingrepen.2.wat", "Een fontein", day="2022-04-11")
    desk.cli(
        *("decide", NUMBER, "--granted", "41000", "--date", "2022-05-02", "--reference", "B1"),
        *("--today", "2022-05-03", "--no-pdf"),
    )
    return folder


@pytest.fixture
def desk(worked, tmp_path, capsys):
    shutil.copytree(worked, tmp_path / "desk")
    return Desk(tmp_path / "desk", capsys)


def hits(desk, paper, value, number=NUMBER):
    """The hits of the only paper, as `where --json` gives them."""
    code, out, _err = desk.cli("where", number, paper, value, "--json")
    assert code == ExitCode.DONE
    (told,) = json.loads(out)["papers"]
    return told["hits"]


def only(desk, paper, value):
    (hit,) = hits(desk, paper, value)
    (origin,) = hit["origins"]
    return hit, origin


def test_an_answer_is_told_with_file_heading_and_question(desk):
    code, out, _err = desk.cli("where", NUMBER, "toekenning", "Gent")
    assert code == ExitCode.DONE
    place = "gent.docx, onder «1. Wie dient in», bij «Stad of gemeente»"
    assert out.splitlines()[:2] == [
        "KLIMA-001-22 gent-muide/toekenning-muide.docx: «Gent» – gelezen:",
        f"  Stad of gemeente: «Gent», {place}, in het invulveld, zekerheid 100\u00a0%",
    ]


def test_the_place_that_is_told_is_where_the_file_says_it(desk):
    hit, origin = only(desk, "toekenning", "30 juni 2024")
    (table,) = [
        block
        for block in read((desk.inbox / "gent.docx").read_bytes(), "gent.docx").blocks
        if getattr(block, "rows", None) and block.location.table == origin["location"]["table"]
    ]
    row = table.rows[origin["location"]["row"] - 1]
    assert (hit["text"], origin["target"], origin["value"]) == ("30 juni 2024", "klaar_op", "2024-06-30")
    assert any("30/06/2024" in cell.text or "30 juni 2024" in cell.text for cell in row)


def test_an_amount_is_found_however_it_is_written(desk):
    for value in ("40000", "€ 40.000", "40.000,00", "40 000 euro"):
        hit, origin = only(desk, "toekenning", value)
        assert (hit["text"], origin["target"]) == ("€\u00a040.000,00", "ingrepen.1.raming")


def test_what_came_with_a_supplement_stands_in_the_file_of_that_supplement(desk):
    _hit, origin = only(desk, "toekenning", "40000")
    assert origin["location"]["source"] == "aanvulling-01/gent aanvulling.docx"
    assert origin["supplement"]["number"] == 1
    assert origin["supplement"]["receipt"]["received"] == "2022-04-08T09:00:00+02:00"


def test_a_correction_is_told_with_who_when_why_and_what_the_file_says(desk):
    _hit, origin = only(desk, "toekenning", "Een fontein")
    assert origin["target"] == "ingrepen.2.wat"
    assert (origin["act"]["by"], origin["act"]["on"], origin["act"]["why"]) == (
        "J. Peeters",
        "2022-04-11",
        "Nagevraagd.",
    )
    assert (origin["read"]["state"], origin["read"]["text"]) == ("given", "Een waterspeelplek")
    assert origin["location"]["row"] == 2


def test_a_sum_is_told_with_every_cell_that_was_added(desk):
    (hit,) = hits(desk, "toekenning", "60.000 euro")
    assert hit["how"] == "computed"
    assert [each["target"] for each in hit["origins"]] == ["ingrepen.1.raming", "ingrepen.2.raming"]
    assert [each["text"] for each in hit["origins"]] == ["40.000", "20.000,00"]


def test_the_amount_granted_is_of_the_decision(desk):
    _hit, origin = only(desk, "toekenning", "41000")
    assert (origin["kind"], origin["target"], origin["act"]["reference"]) == ("act", "granted", "B1")


def test_several_places_are_all_told(desk):
    targets = [[each["target"] for each in hit["origins"]] for hit in hits(desk, "toekenning", "2022")]
    assert targets == [["call.title"], ["decision.date"], ["paper_date"]]


def test_each_paper_of_a_row_is_found_by_key_and_by_file(desk):
    assert hits(desk, "meetafspraak", "Buurtcomité")[0]["origins"][0]["target"] == "metingen.1.wie"
    assert hits(desk, "meting-temperatuur.pdf", "Buurtcomité")[0]["origins"][0]["target"] == "metingen.1.wie"


def test_words_of_the_template_were_read_nowhere(desk):
    code, out, _err = desk.cli("where", NUMBER, "toekenning", "bij beslissing van")
    assert code == ExitCode.DONE
    assert "van het sjabloon of van wie het wijzigde: ze werden nergens gelezen." in out


def test_words_around_a_value_give_the_value(desk):
    code, out, _err = desk.cli("where", NUMBER, "toekenning", "Toekenning van een bijdrage aan Gent voor")
    assert code == ExitCode.DONE
    assert "daarin is dit ingevuld" in out
    assert "Stad of gemeente" in out


def test_what_stands_nowhere_is_said_with_what_was_probably_meant(desk):
    code, out, err = desk.cli("where", NUMBER, "toekenning", "Een fontijn")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "«Een fontijn» staat niet in" in err
    assert "Bedoelde u «Een fontein»" in err


@pytest.mark.parametrize("nothing", ["", " \u00a0"])
def test_nothing_is_no_value_to_look_for(nothing, desk):
    code, out, err = desk.cli("where", NUMBER, "toekenning", nothing)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "mag niet leeg zijn" in err
    assert "staat niet in" not in err


def test_a_paper_that_does_not_exist_names_those_that_do(desk):
    code, _out, err = desk.cli("where", NUMBER, "toekening", "Gent")
    assert code == ExitCode.USAGE
    assert "wel: antwoordbrief, toekenning, meetafspraak. Bedoelde u «toekenning»?" in err


def test_places_are_never_told_from_data_that_somebody_changed(desk):
    path = desk.folder() / "herkomst.json"
    path.write_text(path.read_text(encoding="utf-8").replace("klaar_op", "startdatum"), encoding="utf-8")
    code, out, err = desk.cli("where", NUMBER, "toekenning", "Gent")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "is gewijzigd" in err


def test_a_paper_that_somebody_changed_is_told_as_such(desk):
    path = desk.folder() / "toekenning-muide.docx"
    path.write_bytes((desk.folder() / "meting-temperatuur.docx").read_bytes())
    _code, out, err = desk.cli("where", NUMBER, "toekenning", "Gent")
    assert "gewijzigd sinds het gemaakt werd" in err
    assert "Stad of gemeente" in out


def test_a_page_and_a_box_are_told_of_a_form_in_pdf_and_that_value_stands_in_the_box(tmp_path, capsys):
    call = load(SMALL)
    form = call.forms["voorstel"]
    desk = Desk(tmp_path, capsys)
    desk.receive("gent.pdf", by_pdfium(write_pdf(form, call), form, {**PROPOSAL, "buurt": "Muide-Noord"}, flat=True))
    desk.run()
    _hit, origin = only(desk, "toekenning", "Muide-Noord")
    left, top, right, bottom = origin["location"]["box"]
    with pypdfium2.PdfDocument(desk.inbox / "gent.pdf") as pdf:
        page = pdf[origin["location"]["page"] - 1]
        height = page.get_height()
        said = page.get_textpage().get_text_bounded(left - 2, height - bottom - 2, right + 2, height - top + 2)
    assert said.strip() == "Muide-Noord"
    assert f"pagina {origin['location']['page']}" in origin["place"]


def test_a_run_leaves_the_same_bytes_each_time_and_the_manifest_holds_their_hash(tmp_path):
    kept = []
    for name in ("een", "twee"):
        box = inbox.put(tmp_path / name / "inbox", gent=proposal())
        inbox.receipts(box, f"gent.docx;{RECEIVED};;")
        inbox.work(box, tmp_path / name / "output", call=str(call_copies.copy_call(tmp_path / name / "call")))
        (path,) = (tmp_path / name / "output").glob("KLIMA*/herkomst.json")
        manifest = json.loads((tmp_path / name / "output" / "manifest.json").read_bytes())
        (listed,) = [each for each in manifest["outputs"] if each["path"].endswith("herkomst.json")]
        assert listed["sha256"] == sha256(path.read_bytes())
        kept.append(path.read_bytes())
    assert kept[0] == kept[1]
