"""One proposal in several files: a Word file and its print are one form, as long as they say the same."""

import io
import json
import zipfile

import pytest
from docx import Document

from tests.inbox import filled, proposal, put, work
from tests.mail_files import mail


def saved_again(docx):
    """Give the same Word file in other bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return buffer.getvalue()


def dossier(output):
    (path,) = output.glob("*/dossier.json")
    return json.loads(path.read_bytes())


def reason(output):
    (path,) = output.rglob("reden.txt")
    return path.read_text()


def test_a_form_saved_twice_is_one_dossier_and_the_copy_is_told(tmp_path):
    inbox = put(tmp_path / "inbox", map__a=proposal(), map__b=saved_again(proposal()))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.counts["refused"]) == (1, 0)
    made = dossier(tmp_path / "output")
    assert made["source"]["name"] == "a.docx"
    assert [(a["name"], a["role"]) for a in made["attachments"]] == [("b.docx", "copy")]
    assert "«b.docx» is hetzelfde formulier en spreekt «a.docx» nergens tegen; «a.docx» telt." in made["notes"]


def test_a_mail_with_a_form_and_its_copy_is_one_dossier(tmp_path):
    (tmp_path / "inbox").mkdir()
    message = mail(("voorstel.docx", proposal()), ("voorstel (2).docx", saved_again(proposal())))
    (tmp_path / "inbox" / "Gent.eml").write_bytes(message.as_bytes())
    assert work(tmp_path / "inbox", tmp_path / "output").counts["dossiers"] == 1


def test_the_blank_form_that_came_back_along_with_the_filled_one_is_an_attachment(tmp_path):
    inbox = put(tmp_path / "inbox", map__a_blanco=filled({}), map__b=proposal())
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.counts["refused"]) == (1, 0)
    made = dossier(tmp_path / "output")
    assert made["source"]["name"] == "b.docx"
    assert [(a["name"], a["role"]) for a in made["attachments"]] == [("a_blanco.docx", "copy")]
    assert "«a_blanco.docx» is hetzelfde formulier, maar niet ingevuld; «b.docx» telt." in made["notes"]


def test_a_form_with_words_beside_its_questions_is_not_blank(tmp_path):
    beside = Document(io.BytesIO(filled({})))
    beside.add_paragraph("Onze buurt is Ledeberg.")
    beside.save(tmp_path / "beside.docx")
    inbox = put(tmp_path / "inbox", map__a=(tmp_path / "beside.docx").read_bytes(), map__b=proposal())
    assert work(inbox, tmp_path / "output").counts["refused"] == 1


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ({"bijdrage": "41.999,99"}, "Gevraagde bijdrage"),
        ({"klaar_op": None}, "Laatste ingreep klaar op"),
        ({"thema": ["groen"]}, "Thema's"),
        ({"aanleiding": "Heel iets anders dan in het andere formulier staat."}, "Waarom deze buurt"),
        ({"ingrepen": [{"wat": "Veertig bomen op het plein", "soort": "groen", "raming": "40.000"}]}, "Ingrepen"),
    ],
)
def test_two_files_that_contradict_each_other_are_refused_with_the_questions(changes, labels, tmp_path):
    inbox = put(tmp_path / "inbox", map__a=proposal(), map__b=proposal(**changes))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.counts["refused"]) == (0, 1)
    told = reason(tmp_path / "output")
    assert "zijn hetzelfde voorstel maar zeggen iets anders bij" in told
    assert labels in told


def test_one_cell_of_a_table_that_differs_is_named_with_its_row(tmp_path):
    rows = [
        {"wat": "Veertig bomen op het plein", "soort": "groen", "raming": "40.000"},
        {"wat": "Een waterspeelplek", "soort": "koelte", "raming": "20.000,01"},
    ]
    inbox = put(tmp_path / "inbox", map__a=proposal(), map__b=proposal(ingrepen=rows))
    work(inbox, tmp_path / "output")
    assert "rij 2: " in reason(tmp_path / "output")


def test_two_proposals_in_one_folder_are_refused_by_name(tmp_path):
    inbox = put(tmp_path / "inbox", map__a=proposal(), map__b=proposal(buurt="Dok"))
    work(inbox, tmp_path / "output")
    assert "(a.docx en b.docx)" in reason(tmp_path / "output")


@pytest.mark.parametrize(
    "changes",
    [
        {"aanleiding": "Het plein is van steen en in de zomer te heel."},  # as a scan may read it
        {"aanleiding": "Het plein is van\nsteen en in de\nzomer te heet."},
        {"bijdrage": "42,000"},  # what that means is doubtful, so it contradicts nothing
    ],
)
def test_what_reading_alone_explains_is_no_contradiction(changes, tmp_path):
    inbox = put(tmp_path / "inbox", map__a=proposal(**changes), map__b=proposal())
    work(inbox, tmp_path / "output")
    assert dossier(tmp_path / "output")["answers"]["bijdrage"]["value"] == "42000.00"
