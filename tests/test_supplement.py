"""A supplement asks what lacks, and closes exactly that in the right dossier when it comes back."""

import io
import os
import subprocess
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline import commands, readers
from pipeline.errors import ExitCode
from tests.call_copies import change, copy_call
from tests.inbox import PROPOSAL, contents, proposal, put
from tests.supplements import ANSWERS, LACKING, NUMBER, Desk, filled_pdf, lacking

ASKED = [
    "Mailadres van de contactpersoon",
    "Ingrepen, rij 1 (Veertig bomen): Geraamde kost",
    "Ingrepen: nieuwe rijen",
    "Metingen door buurtbewoners",
    "Gevraagde bijdrage",
]
WHOLE = {key: PROPOSAL[key] for key in LACKING}
BACK = "2022-04-08T10:00:00+02:00"


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    return lacking(tmp_path, capsys)


@pytest.fixture
def asked(desk):
    desk.ask()
    return desk


def words(path):
    """Give what a Word file says, line by line."""
    paragraphs = Document(str(path)).element.body.iter(qn("w:p"))
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


# --------------------------------------------------------------------------------------------- asking


def test_the_form_asks_only_what_lacks_or_is_doubtful_and_its_heading_is_filled_in(desk):
    code, out, _err = desk.ask()
    folder = desk.folder()
    assert code == ExitCode.DONE
    assert [line[2:] for line in out.splitlines() if line.startswith("- ")] == ASKED
    assert out.splitlines()[-4:] == [
        str(folder / "aanvullingsformulier-1.docx"),
        str(folder / "aanvullingsformulier-1.pdf"),
        str(folder / "aanvullingsformulier-1-vervolgblad.pdf"),
        str(folder / "antwoord-klima-001-22.docx"),
    ]
    said = words(folder / "aanvullingsformulier-1.docx")
    place = said.index("Dossiernummer")
    assert said[place : place + 10] == [
        *("Dossiernummer", NUMBER, "Nummer van de aanvulling", "1"),
        *("Indiener", "Gent", "Onderwerp", "Muide", "Gevraagd op", "2 april 2022"),
    ]
    doubtful = next(line for line in said if "400,000" in line)
    assert doubtful.startswith(
        "In uw formulier lezen we «400,000». Bevestig of verbeter dat: schrijf hier wat het moet zijn."
    )
    assert not {"Stad of gemeente", "Naam van de buurt", "Eigen deel van de stad", "Sponsors"} & set(said)


def test_the_pdf_form_asks_the_same_and_has_the_same_heading(asked):
    document = readers.read((asked.folder() / "aanvullingsformulier-1.pdf").read_bytes(), "a.pdf")
    tags = {control.tag: control.text for control in document.controls}
    assert (tags["dossier__nummer"], tags["dossier__aanvulling"]) == (NUMBER, "1")
    assert {"mailadres", "ingrepen__1__raming", "bijdrage"} <= set(tags)
    assert "eigen_deel" not in tags


def test_asking_the_same_in_another_kind_adds_that_kind(desk):
    desk.ask(NUMBER, "2022-04-02", "--format", "docx")
    desk.ask(NUMBER, "2022-04-03", "--format", "pdf")
    assert {path.name for path in desk.folder().glob("aanvullingsformulier-*")} == {
        "aanvullingsformulier-1.docx",
        "aanvullingsformulier-1.pdf",
        "aanvullingsformulier-1-vervolgblad.pdf",
    }


@pytest.mark.parametrize(("kind", "endings"), [("docx", {"docx"}), ("pdf", {"pdf"}), ("both", {"docx", "pdf"})])
def test_the_form_is_made_in_the_kinds_that_are_wanted(kind, endings, desk):
    desk.ask(NUMBER, "2022-04-02", "--format", kind)
    assert {path.suffix[1:] for path in desk.folder().glob("aanvullingsformulier-1.*")} == endings


def test_asking_the_same_again_gives_the_same_form(asked):
    before = contents(asked.folder())
    asked.ask(NUMBER, "2022-04-03")
    assert contents(asked.folder()) == before


def test_what_an_official_accepted_or_corrected_is_not_asked(desk):
    desk.act("correct", NUMBER, "mailadres", "an@example.org")
    desk.act("correct", NUMBER, "ingrepen.1.raming", "1.000")
    _code, out, _err = desk.ask()
    assert [line[2:] for line in out.splitlines() if line.startswith("- ")] == [ASKED[2], ASKED[3], ASKED[4]]


def test_a_complete_dossier_has_nothing_to_supply(tmp_path, capsys):
    desk = lacking(tmp_path, capsys, **WHOLE)
    code, out, err = desk.ask()
    assert (code, out) == (ExitCode.USAGE, "")
    assert f"{NUMBER} is volledig; er valt niets aan te vullen." in err


def test_what_only_other_figures_can_mend_is_left_to_the_letter(tmp_path, capsys):
    desk = lacking(tmp_path, capsys, **WHOLE, eigen_deel="17.999,99")
    code, _out, err = desk.ask()
    assert code == ExitCode.USAGE
    assert "mist geen antwoorden en geen bijlagen. Wat er niet voldoet (GELD-2)" in err


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (("withdraw", NUMBER), "ingetrokken; er verandert niets meer aan"),
        (
            ("decide", NUMBER, "--granted", "42000", "--reference", "B/1", "--today", "2022-05-02"),
            "al beslist op 5 april 2022",
        ),
    ],
)
def test_nothing_is_asked_after_a_decision_or_a_withdrawal(act, says, desk):
    desk.act(*act)
    code, _out, err = desk.ask()
    assert (code, says in err) == (ExitCode.USAGE, True)


# ---------------------------------------------------------------------------------------- coming back


def test_a_supplement_in_word_closes_every_gap_and_the_check_runs_again(asked):
    asked.receive("aanvulling gent.docx", asked.filled(ANSWERS), BACK)
    assert asked.run()[0] == ExitCode.DONE
    assert asked.state() == "volledig"
    answers = asked.dossier()["answers"]
    assert (answers["mailadres"]["value"], answers["bijdrage"]["value"]) == ("buurt@example.org", "42000.00")
    first, second = answers["ingrepen"]["rows"]
    assert (first["wat"]["text"], first["raming"]["value"]) == ("Veertig bomen", "40000.00")
    assert (second["wat"]["text"], second["raming"]["value"]) == ("Een waterspeelplek", "20000.00")
    assert answers["ingrepen"]["row_numbers"] == [1, 2]
    places = (answers["stad"], answers["bijdrage"], first["wat"], first["raming"], second["wat"])
    assert [answer["location"]["source"] for answer in places] == [
        "gent.docx",
        "aanvulling-01/aanvulling gent.docx",
        "gent.docx",
        *["aanvulling-01/aanvulling gent.docx"] * 2,
    ]
    (supplement,) = asked.dossier()["supplements"]
    assert (supplement["closed"], supplement["told"], supplement["applied"]) == (ASKED, [], True)
    assert supplement["receipt"]["received"] == BACK
    kept = asked.folder() / "aanvulling-01" / "ingediend" / "aanvulling gent.docx"
    assert kept.read_bytes() == (asked.inbox / "aanvulling gent.docx").read_bytes()


def test_a_rerun_after_a_supplement_changes_nothing_and_a_fresh_read_gives_the_same(asked):
    asked.receive("aanvulling.docx", asked.filled(ANSWERS), BACK)
    asked.run()
    before = contents(asked.output)
    assert "Er was niets te doen" in asked.run()[1]
    assert contents(asked.output) == before
    (asked.folder() / "dossier.json").unlink()
    asked.run()
    assert contents(asked.output) == before


def test_the_report_and_the_status_tell_what_a_supplement_closed(asked):
    asked.receive("aanvulling.docx", asked.filled(ANSWERS), BACK)
    asked.run()
    told = "Aanvulling 1 («aanvulling.docx»), ontvangen op 8 april 2022 om 10.00 uur. Overgenomen: Mailadres"
    assert told in asked.cli("status", NUMBER)[1]
    assert told in (asked.output / "rapport.html").read_text(encoding="utf-8")


def test_a_supplement_filled_as_pdf_by_another_program_closes_the_same(asked):
    blank = (asked.folder() / "aanvullingsformulier-1.pdf").read_bytes()
    rows = {
        "ingrepen.1.wat": "Een waterspeelplek",
        "ingrepen.1.soort": "Koelte",
        "ingrepen.1.raming": "20.000,00",
        "metingen.1.wie": "Buurtcomité",
        "metingen.1.grootheid": "Temperatuur",
        "metingen.1.hoe_vaak": "Elke dag",
    }
    plain = {key: ANSWERS[key] for key in ("mailadres", "ingrepen__1__raming", "bijdrage")}
    asked.receive("ingevuld.pdf", filled_pdf(blank, plain | rows), BACK)
    assert asked.run()[0] == ExitCode.DONE
    assert asked.state() == "volledig"


@pytest.mark.requires_soffice
@pytest.mark.parametrize("ending", ["docx", "odt", "pdf"])
def test_a_supplement_saved_again_by_libreoffice_closes_the_same(ending, asked, tmp_path):
    source = tmp_path / "word" / "aanvulling.docx"
    source.parent.mkdir()
    source.write_bytes(asked.filled(ANSWERS))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(tmp_path / "saved"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)})
    content = (tmp_path / "saved" / f"aanvulling.{ending}").read_bytes()
    asked.receive(f"aanvulling.{ending}", content, BACK)
    asked.run()
    (supplement,) = asked.dossier()["supplements"]
    assert (sorted(supplement["closed"]), supplement["told"]) == (sorted(ASKED), [])
    assert asked.state() == "volledig"


def test_an_empty_answer_leaves_its_gap_and_the_next_form_asks_only_that(asked):
    asked.receive("deel.docx", asked.filled({key: ANSWERS[key] for key in ("bijdrage", "ingrepen", "metingen")}), BACK)
    assert asked.run()[0] == ExitCode.BLOCKING
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["told"] == [f"Niet ingevuld: «{ASKED[0]}»; «{ASKED[1]}»."]
    _code, out, _err = asked.ask(NUMBER, "2022-04-12")
    assert [line[2:] for line in out.splitlines() if line.startswith("- ")] == ASKED[:2]
    rest = {"mailadres": "buurt@example.org", "ingrepen__1__raming": "40.000"}
    asked.receive("rest.docx", asked.filled(rest, sequence=2), "2022-04-14T10:00:00+02:00")
    assert asked.run("2022-04-15")[0] == ExitCode.DONE
    assert (asked.state(), len(asked.dossier()["supplements"])) == ("volledig", 2)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"wat": "-", "soort": "–", "raming": "---"}, "Niet ingevuld: «{rows}»."),
        ({"wat": "nvt", "raming": "-"}, "«{rows}» is nog niet duidelijk: «nvt» is geen antwoord"),
    ],
)
def test_a_new_row_that_says_nothing_closes_nothing(asked, row, told):
    asked.receive("aanvulling.docx", asked.filled(ANSWERS | {"ingrepen": [row]}), BACK)
    asked.run()
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["closed"] == [question for question in ASKED if question != ASKED[2]]
    assert any(line.startswith(told.format(rows=ASKED[2])) for line in supplement["told"])


def test_a_question_that_another_answer_makes_idle_is_no_gap(tmp_path, capsys):
    desk = lacking(tmp_path, capsys, **(WHOLE | {"eerder_gesteund": None}))
    _code, out, _err = desk.ask()
    assert [line[2:] for line in out.splitlines() if line.startswith("- ")] == [
        "Kreeg deze buurt eerder klimaatsteun?",
        "Welke steun, en wanneer",
    ]
    desk.receive("terug.docx", desk.filled({"eerder_gesteund": False}), BACK)
    assert desk.run()[0] == ExitCode.DONE
    (supplement,) = desk.dossier()["supplements"]
    assert (supplement["closed"], supplement["told"]) == (["Kreeg deze buurt eerder klimaatsteun?"], [])


def test_a_doubtful_answer_in_a_supplement_stays_doubtful_and_is_told(asked):
    asked.receive("aanvulling.docx", asked.filled(ANSWERS | {"bijdrage": "42,000"}), BACK)
    assert asked.run()[0] == ExitCode.BLOCKING
    (supplement,) = asked.dossier()["supplements"]
    assert "Gevraagde bijdrage" not in supplement["closed"]
    assert supplement["told"][0].startswith("«Gevraagde bijdrage» is nog niet duidelijk:")
    answer = asked.dossier()["answers"]["bijdrage"]
    assert (answer["state"], answer["text"]) == ("doubtful", "42,000")


def test_what_was_not_asked_is_told_and_never_applied(asked):
    form = asked.filled(ANSWERS)
    asked.receive("aanvulling.docx", _with_row(form, "Eigen deel van de stad", "99.000,00"), BACK)
    asked.run()
    assert asked.dossier()["answers"]["eigen_deel"]["value"] == "18000.00"
    (supplement,) = asked.dossier()["supplements"]
    assert any("Eigen deel van de stad" in told for told in supplement["told"])


def test_a_call_that_says_nothing_of_supplements_has_one_all_the_same(tmp_path, capsys):
    call = copy_call(tmp_path / "oproep")
    change(call, "oproep.toml", '[supplement]\nletter = "antwoordbrief"\n', "")
    desk = Desk(tmp_path, capsys, str(call))
    put(desk.inbox)
    desk.receive("gent.docx", proposal(**(WHOLE | {"bijdrage": None})), "2022-03-01T09:00:00+01:00")
    desk.run("2022-04-01")
    _code, out, _err = desk.ask()
    assert [path.rpartition("/")[2] for path in out.splitlines()[-2:]] == [
        "aanvullingsformulier-1.docx",
        "aanvullingsformulier-1.pdf",
    ]
    desk.receive("terug.docx", desk.filled({"bijdrage": "42.000"}), BACK)
    assert desk.run()[0] == ExitCode.DONE
    assert desk.state() == "volledig"


def _with_row(docx, label, answer):
    """Add a row under the last table of a Word file, as a person does."""
    document = Document(io.BytesIO(docx))
    cells = document.tables[-1].add_row().cells
    cells[0].text, cells[1].text = label, answer
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


# -------------------------------------------------------------------------------- the right dossier


def test_a_supplement_for_an_unknown_number_is_refused_with_its_number(asked):
    asked.receive("aanvulling.docx", _renamed(asked.filled(ANSWERS), NUMBER, "KLIMA-009-22"))
    code, _out, _err = asked.run()
    assert code == ExitCode.UNREADABLE
    page = (asked.output / "rapport.html").read_text(encoding="utf-8")
    assert "Het dossier waarnaar het formulier verwijst, is niet gekend (KLIMA-009-22)." in page
    assert asked.dossier()["supplements"] == []


def test_a_supplement_for_a_dossier_that_was_asked_none_is_refused_until_it_is(asked):
    second = "KLIMA-002-22"
    asked.receive("genk.docx", proposal(**(LACKING | {"stad": "Genk"})), "2022-03-02T09:00:00+01:00")
    asked.run()
    asked.receive("aanvulling.docx", _renamed(asked.filled(ANSWERS), NUMBER, second))
    assert asked.run()[0] == ExitCode.UNREADABLE
    page = (asked.output / "rapport.html").read_text(encoding="utf-8")
    assert f"Bij dit dossier is geen aanvulling gevraagd ({second})." in page
    asked.ask(second)
    asked.run()
    (supplement,) = asked.dossier(second)["supplements"]
    assert supplement["applied"] is False
    assert supplement["told"][0] == (
        "In de kop staat bij «Indiener» «Gent», en in dit dossier «Genk»; er is niets uit overgenomen."
    )
    assert "«Gevraagde bijdrage»: «42.000»" in supplement["told"][1]
    assert asked.dossier(second)["answers"]["bijdrage"]["state"] == "doubtful"


def test_an_applicant_that_writes_its_name_longer_is_the_same(asked):
    asked.receive("aanvulling.docx", _renamed(asked.filled(ANSWERS), ">Gent<", ">Stad Gent<"), BACK)
    asked.run()
    assert asked.state() == "volledig"


def test_a_line_of_the_heading_that_was_changed_is_told_and_changes_nothing(asked):
    asked.receive("aanvulling.docx", _renamed(asked.filled(ANSWERS), "2 april 2022", "9 mei 2023"), BACK)
    asked.run()
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["told"] == [
        "In de kop staat bij «Gevraagd op» nu «9 mei 2023» in plaats van «2 april 2022»; dat is niet overgenomen."
    ]
    assert asked.state() == "volledig"


def test_a_supplement_without_its_number_is_refused_and_opens_no_dossier(asked):
    asked.receive("aanvulling.docx", _renamed(asked.filled(ANSWERS), NUMBER, ""))
    assert asked.run()[0] == ExitCode.UNREADABLE
    assert len(list(asked.output.glob("KLIMA-*"))) == 1


def _renamed(docx, old, new):
    """Change words of a Word file."""
    source = zipfile.ZipFile(io.BytesIO(docx))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return made.getvalue()


def test_a_supplement_typed_anew_line_by_line_closes_what_it_answers(asked):
    typed = Document()
    typed.add_heading("Aanvullingsformulier klimaatwijken", 0)
    for line in (f"Dossiernummer: {NUMBER}", "Mailadres van de contactpersoon: buurt@example.org"):
        typed.add_paragraph(line)
    typed.add_paragraph("Gevraagde bijdrage: 42.000 euro")
    content = io.BytesIO()
    typed.save(content)
    asked.receive("getypt.docx", content.getvalue(), BACK)
    asked.run()
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["closed"] == ["Mailadres van de contactpersoon", "Gevraagde bijdrage"]
    assert asked.dossier()["answers"]["bijdrage"]["value"] == "42000.00"


# ------------------------------------------------------------------------------------ more than one


def test_the_word_file_and_its_pdf_together_are_one_supplement(asked):
    blank = (asked.folder() / "aanvullingsformulier-1.pdf").read_bytes()
    asked.receive("Gent/ingevuld.docx", asked.filled({"bijdrage": "42.000"}), BACK)
    asked.receive("Gent/ingevuld.pdf", filled_pdf(blank, {"bijdrage": "42.000,00"}))
    asked.run()
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["closed"] == ["Gevraagde bijdrage"]


@pytest.mark.parametrize(("filled", "blank"), [("docx", "pdf"), ("pdf", "docx")])
def test_the_kind_of_form_that_came_back_blank_beside_the_filled_one_says_nothing(filled, blank, asked):
    sent = {ending: (asked.folder() / f"aanvullingsformulier-1.{ending}").read_bytes() for ending in ("docx", "pdf")}
    answers = {"bijdrage": "42.000"}
    back = {"docx": asked.filled(answers), "pdf": filled_pdf(sent["pdf"], answers)}
    asked.receive(f"Gent/ingevuld.{filled}", back[filled], BACK)
    asked.receive(f"Gent/aanvullingsformulier-1.{blank}", sent[blank])
    asked.run()
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["closed"] == ["Gevraagde bijdrage"]
    assert (
        f"«aanvullingsformulier-1.{blank}» is hetzelfde formulier, maar niet ingevuld; «ingevuld.{filled}» telt."
        in supplement["told"]
    )


def test_the_whole_form_sent_along_with_a_supplement_is_told_and_not_read(asked):
    asked.receive("Gent/aanvulling.docx", asked.filled(ANSWERS), BACK)
    asked.receive("Gent/ons voorstel.docx", proposal(bijdrage="1.000"))
    asked.run()
    assert len(list(asked.output.glob("KLIMA-*"))) == 1
    assert asked.dossier()["answers"]["bijdrage"]["value"] == "42000.00"
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["told"] == [
        "«ons voorstel.docx» is het formulier «Voorstel voor een klimaatwijk»; naast een aanvulling telt het niet."
    ]


def test_a_word_file_and_a_pdf_that_differ_are_refused_with_the_question(asked):
    blank = (asked.folder() / "aanvullingsformulier-1.pdf").read_bytes()
    asked.receive("Gent/ingevuld.docx", asked.filled({"bijdrage": "42.000"}), BACK)
    asked.receive("Gent/ingevuld.pdf", filled_pdf(blank, {"bijdrage": "41.000"}))
    assert asked.run()[0] == ExitCode.UNREADABLE
    assert asked.dossier()["supplements"] == []
    page = (asked.output / "rapport.html").read_text(encoding="utf-8")
    assert "maar zeggen iets anders bij: Gevraagde bijdrage" in page


NEW = {"wat": "Een waterspeelplek", "soort": "Koelte", "raming": "20.000,00"}
MORE = {"wat": "Zestig geveltuinen", "soort": "Groen", "raming": "9.000,00"}


def _in_pdf(asked, number, row, **others):
    """Fill the form of a supplement, or the sheet that goes on where its rows end, as another program does."""
    name = "aanvullingsformulier-1.pdf" if number == 1 else "aanvullingsformulier-1-vervolgblad.pdf"
    blank = (asked.folder() / name).read_bytes()
    return filled_pdf(blank, {f"ingrepen.{number}.{column}": text for column, text in row.items()} | others)


def test_the_rows_of_a_continuation_sheet_of_a_supplement_follow_those_of_its_form(asked):
    asked.receive("Gent/ingevuld.pdf", _in_pdf(asked, 1, NEW), BACK)
    asked.receive("Gent/meer.pdf", _in_pdf(asked, 3, MORE))
    asked.run()
    rows = asked.dossier()["answers"]["ingrepen"]["rows"]
    assert [row["wat"]["value"] for row in rows] == ["Veertig bomen", NEW["wat"], MORE["wat"]]
    assert {row["raming"]["state"] for row in rows[1:]} == {"given"}
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["closed"] == ["Ingrepen: nieuwe rijen"]
    assert any("vervolgblad «meer.pdf»: 1 in «Ingrepen: nieuwe rijen»" in line for line in supplement["told"])


def test_the_rows_of_a_sheet_of_another_dossier_are_not_taken_over_and_that_is_told(asked):
    asked.receive("Gent/ingevuld.pdf", _in_pdf(asked, 1, NEW), BACK)
    asked.receive("Gent/meer.pdf", _in_pdf(asked, 3, MORE, dossier__nummer="KLIMA-999-22"))
    asked.run()
    assert [row["wat"]["value"] for row in asked.dossier()["answers"]["ingrepen"]["rows"]] == [
        "Veertig bomen",
        NEW["wat"],
    ]
    (supplement,) = asked.dossier()["supplements"]
    assert any("«meer.pdf» hoort bij een ander formulier" in line for line in supplement["told"])


def test_the_rows_of_a_sheet_of_another_request_make_the_table_doubtful(asked):
    asked.receive("Gent/ingevuld.pdf", _in_pdf(asked, 1, NEW), BACK)
    asked.receive("Gent/meer.pdf", _in_pdf(asked, 3, MORE, dossier__aanvulling="7"))
    asked.run()
    table = asked.dossier()["answers"]["ingrepen"]
    assert (table["state"], "noemt «7»" in table["problem"]) == ("doubtful", True)
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["closed"] == []


def test_the_same_supplement_twice_counts_once(asked):
    asked.receive("een.docx", asked.filled(ANSWERS), BACK)
    asked.run()
    asked.receive("nogmaals.docx", (asked.inbox / "een.docx").read_bytes())
    _code, _out, err = asked.run()
    assert len(asked.dossier()["supplements"]) == 1
    assert "tweemaal of vaker ontvangen" in err


def test_of_two_that_differ_the_one_proven_later_counts_and_that_is_told(asked):
    asked.receive("een.docx", asked.filled(ANSWERS | {"bijdrage": "41.000"}), "2022-04-08T10:00:00+02:00")
    asked.receive("twee.docx", asked.filled(ANSWERS), "2022-04-09T10:00:00+02:00")
    asked.run()
    assert asked.dossier()["answers"]["bijdrage"]["value"] == "42000.00"
    told = [line for supplement in asked.dossier()["supplements"] for line in supplement["told"]]
    assert told == ["«Gevraagde bijdrage»: aanvulling 1 zei «41.000»; deze latere zegt «42.000» en telt."]


def test_of_two_that_differ_without_proof_of_their_order_neither_counts(asked):
    asked.receive("een.docx", asked.filled(ANSWERS | {"bijdrage": "41.000"}))
    asked.receive("twee.docx", asked.filled(ANSWERS))
    assert asked.run()[0] == ExitCode.BLOCKING
    answer = asked.dossier()["answers"]["bijdrage"]
    assert (answer["state"], answer["problem"][:33]) == ("doubtful", "Twee aanvullingen zeggen iets and")
    for supplement in asked.dossier()["supplements"]:
        assert supplement["closed"] == [label for label in ASKED if label != "Gevraagde bijdrage"]
        assert [line[:43] for line in supplement["told"]] == ["«Gevraagde bijdrage» is nog niet duidelijk: "[:43]]


def test_a_third_supplement_that_answers_the_newest_request_settles_two_that_differ(asked):
    asked.receive("een.docx", asked.filled(ANSWERS | {"bijdrage": "41.000"}))
    asked.receive("twee.docx", asked.filled(ANSWERS))
    asked.run()
    asked.ask(NUMBER, "2022-04-11")
    asked.receive("drie.docx", asked.filled({"bijdrage": "42.000"}, sequence=2), "2022-04-12T10:00:00+02:00")
    asked.run("2022-04-13")
    assert asked.dossier()["answers"]["bijdrage"]["value"] == "42000.00"
    *_two, last = asked.dossier()["supplements"]
    assert last["closed"] == ["Gevraagde bijdrage"]
    assert [line for each in asked.dossier()["supplements"] for line in each["told"]] == []


def test_an_older_form_that_comes_late_does_not_undo_a_newer_one(asked):
    asked.receive("leeg.docx", asked.filled({"mailadres": "buurt@example.org"}), "2022-04-06T10:00:00+02:00")
    asked.run()
    asked.ask(NUMBER, "2022-04-07")
    newer = {key: answer for key, answer in ANSWERS.items() if key != "mailadres"}
    asked.receive("nieuw.docx", asked.filled(newer, sequence=2), "2022-04-08T10:00:00+02:00")
    asked.run()
    older = {"bijdrage": "30.000", "mailadres": "oud@example.org"}
    asked.receive("oud.docx", asked.filled(older), "2022-04-09T10:00:00+02:00")
    asked.run("2022-04-11")
    answers = asked.dossier()["answers"]
    assert answers["bijdrage"]["value"] == "42000.00"
    assert answers["mailadres"]["value"] == "oud@example.org"
    assert asked.state() == "volledig"
    first, newer, late = (supplement["closed"] for supplement in asked.dossier()["supplements"])
    assert "Gevraagde bijdrage" in newer
    assert (first, late) == ([], ["Mailadres van de contactpersoon"])


# ------------------------------------------------------------------------------ between other acts


def test_a_correction_made_meanwhile_stays_and_the_conflict_is_told(asked):
    asked.act("correct", NUMBER, "bijdrage", "40.000")
    asked.act("correct", NUMBER, "mailadres", "buurt@example.org")
    asked.receive("aanvulling.docx", asked.filled(ANSWERS), BACK)
    asked.run()
    assert asked.dossier()["answers"]["bijdrage"]["value"] == "40000.00"
    (supplement,) = asked.dossier()["supplements"]
    assert supplement["told"] == [
        (
            "«Gevraagde bijdrage» werd op 5 april 2022 verbeterd tot «40.000»; de aanvulling zegt «42.000». "
            "De verbetering blijft."
        )
    ]
    assert "Gevraagde bijdrage" not in supplement["closed"]


def test_a_correction_made_afterwards_wins_without_remark(asked):
    asked.receive("aanvulling.docx", asked.filled(ANSWERS), BACK)
    asked.run()
    asked.act("correct", NUMBER, "ingrepen.2.raming", "21.000", day="2022-04-12")
    assert asked.dossier()["answers"]["ingrepen"]["rows"][1]["raming"]["value"] == "21000.00"
    assert asked.dossier()["supplements"][0]["told"] == []


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (("withdraw", NUMBER), "Deze aanvulling kwam na de intrekking op 5 april 2022; er is niets uit overgenomen."),
        (
            ("decide", NUMBER, "--granted", "42000", "--reference", "B/1", "--today", "2022-04-06"),
            "Deze aanvulling kwam na de beslissing van 5 april 2022; er is niets uit overgenomen.",
        ),
    ],
)
def test_after_a_decision_or_a_withdrawal_a_supplement_is_told_and_not_applied(act, says, asked):
    asked.act(*act)
    before = asked.dossier()["answers"]
    asked.receive("aanvulling.docx", asked.filled(ANSWERS), BACK)
    _code, _out, err = asked.run()
    assert asked.dossier()["answers"] == before
    (supplement,) = asked.dossier()["supplements"]
    assert (supplement["applied"], supplement["told"][0]) == (False, says)
    assert says in err


def test_no_act_of_an_official_is_about_a_supplement_itself(asked):
    asked.receive("aanvulling.docx", asked.filled(ANSWERS), BACK)
    asked.run()
    code, _out, err = asked.act("correct", f"{NUMBER}/aanvulling-01", "bijdrage", "1")
    assert code == ExitCode.USAGE
    assert f"is een aanvulling bij het dossier {NUMBER}" in err


def test_a_supplement_is_no_submission_for_check_and_extract(asked, tmp_path):
    path = tmp_path / "aanvulling.docx"
    path.write_bytes(asked.filled(ANSWERS))
    for verb in ("check", "extract"):
        assert commands.run([verb, str(path), "--call", asked.call]) == ExitCode.UNREADABLE
    assert "Dit is een aanvulling bij een dossier" in asked._capsys.readouterr().err
