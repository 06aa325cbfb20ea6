"""A batch: what it makes, what it leaves alone, and that nothing can cut it in half."""

import contextlib
import csv
import datetime as dt
import itertools
import json
import os
import shutil
import signal
import zipfile
from pathlib import Path

import pytest

from pipeline import run as batch
from pipeline import write
from pipeline.errors import DefinitionError, ExitCode, UsageError
from pipeline.register import MadeFile, at
from tests.inbox import DAY, SMALL, contents, filled, proposal, put, receipts, work

FIRST = "2022-03-01T09:00:00+01:00"
SECOND = "2022-03-02T09:00:00+01:00"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    put(folder, gent=proposal(), genk=proposal(stad="Genk", buurt="Waterschei"))
    receipts(folder, f"genk.docx;{FIRST};mail;genk@example.org", f"gent.docx;{SECOND};loket;")
    return folder


def entries(output):
    register = at(output)
    found = register.entries()
    register.close()
    return found


def findings(output, folder):
    data = json.loads((output / folder / "bevindingen.json").read_bytes())
    return {finding["code"]: finding for finding in data["findings"]}


def test_a_dossier_gets_its_originals_data_findings_and_papers(inbox, tmp_path):
    result = work(inbox, tmp_path / "output")
    folder = tmp_path / "output" / "KLIMA-002-22 gent-muide"
    assert result.exit_code is ExitCode.DONE
    assert sorted(contents(folder)) == [
        "antwoord-klima-002-22.docx",
        "bevindingen.json",
        "dossier.json",
        "herkomst.json",
        "ingediend/gent.docx",
        "meting-temperatuur.docx",
        "toekenning-muide.docx",
    ]
    assert (folder / "ingediend" / "gent.docx").read_bytes() == (inbox / "gent.docx").read_bytes()
    data = json.loads((folder / "dossier.json").read_bytes())
    assert data["number"] == "KLIMA-002-22"
    assert data["answers"]["bijdrage"]["value"] == "42000.00"
    assert data["answers"]["klaar_op"]["value"] == "2024-06-30"
    assert [row["raming"]["value"] for row in data["answers"]["ingrepen"]["rows"]] == ["40000.00", "20000.00"]
    assert data["receipt"]["received"] == SECOND


def test_numbers_follow_the_moment_of_receipt_and_are_never_given_again(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    assert [(entry.key, entry.files[0].name) for entry in entries(output)] == [
        ("KLIMA-001-22", "genk.docx"),
        ("KLIMA-002-22", "gent.docx"),
    ]
    put(inbox, mechelen=proposal(stad="Mechelen", buurt="Arsenaal"))
    receipts(inbox, "mechelen.docx;2022-02-01T09:00:00+01:00;mail;", f"gent.docx;{SECOND};;", f"genk.docx;{FIRST};;")
    work(inbox, output)
    assert [(entry.key, entry.files[0].name) for entry in entries(output)] == [
        ("KLIMA-001-22", "genk.docx"),
        ("KLIMA-002-22", "gent.docx"),
        ("KLIMA-003-22", "mechelen.docx"),
    ]


def test_a_second_run_over_the_same_inbox_writes_nothing(inbox, tmp_path):
    output = tmp_path / "output"
    put(inbox, stuk=b"PK\x03\x04 afgebroken")
    work(inbox, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    result = work(inbox, output, day=DAY + dt.timedelta(days=40))
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before
    assert result.made == 0
    assert result.exit_code is ExitCode.UNREADABLE


def test_the_same_inbox_and_day_give_the_same_bytes_however_many_processes_work(inbox, tmp_path):
    work(inbox, tmp_path / "one")
    work(inbox, tmp_path / "two", jobs=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_bad_file_among_good_ones_is_kept_with_its_reason_and_stops_no_other(inbox, tmp_path):
    put(inbox, stuk=b"PK\x03\x04 afgebroken", leeg=b"")
    (inbox / "nota.txt").write_text("geen formulier")
    result = work(inbox, tmp_path / "output")
    kept = contents(tmp_path / "output" / "onleesbaar")
    assert result.counts["dossiers"] == 2
    assert result.counts["refused"] == 3
    assert result.exit_code is ExitCode.UNREADABLE
    assert sorted(name.split(" (")[0] for name in kept if name.endswith("reden.txt")) == ["leeg", "nota", "stuk"]
    reason = next(content.decode() for name, content in kept.items() if name.startswith("stuk") and "reden" in name)
    assert "beschadigd" in reason
    assert b"PK\x03\x04 afgebroken" in kept.values()


def test_what_was_refused_becomes_a_dossier_once_a_good_copy_comes(inbox, tmp_path):
    put(inbox, mechelen=b"PK\x03\x04 afgebroken")
    work(inbox, tmp_path / "output")
    put(inbox, mechelen=proposal(stad="Mechelen"))
    result = work(inbox, tmp_path / "output")
    assert result.counts["refused"] == 0
    assert result.counts["dossiers"] == 3


def test_the_same_bytes_twice_are_one_dossier_with_two_deliveries(inbox, tmp_path):
    put(inbox, nogmaals=(inbox / "gent.docx").read_bytes())
    result = work(inbox, tmp_path / "output")
    assert result.counts["dossiers"] == 2
    assert any("«gent.docx» en «nogmaals.docx»" in remark for remark in result.remarks)
    register = at(tmp_path / "output")
    assert [delivery.path for delivery in register.deliveries()] == ["genk.docx", "gent.docx", "nogmaals.docx"]
    register.close()


def test_what_lies_in_two_inboxes_is_told_with_the_inbox_of_each(inbox, tmp_path):
    work(inbox, tmp_path / "output")
    inbox.rename(tmp_path / "post")
    result = work(tmp_path / "post", tmp_path / "output")
    assert any("«inbox/gent.docx» en «post/gent.docx»" in remark for remark in result.remarks)


def test_two_proposals_for_one_neighbourhood_name_each_other(inbox, tmp_path):
    put(inbox, nieuw=proposal(bijdrage="41.000"))
    work(inbox, tmp_path / "output")
    assert "KLIMA-003-22" in findings(tmp_path / "output", "KLIMA-002-22 gent-muide")["DUB-1"]["message"]
    assert "KLIMA-002-22" in findings(tmp_path / "output", "KLIMA-003-22 gent-muide")["DUB-1"]["message"]


def test_a_moment_without_its_offset_proves_nothing_and_is_told_with_its_row(inbox, tmp_path):
    receipts(inbox, "gent.docx;2022-03-02T09:00:00;mail;", f"weg.docx;{FIRST};;", "genk.docx;gisteren;;")
    result = work(inbox, tmp_path / "output")
    assert (
        findings(tmp_path / "output", next((tmp_path / "output").glob("* gent-*")).name)["TIJD-1"]["outcome"] == "fails"
    )
    assert [remark.partition(":")[0] for remark in result.remarks] == [
        "ontvangst.csv, rij 2",
        "ontvangst.csv, rij 3",
        "ontvangst.csv, rij 4",
    ]


def test_a_moment_proven_later_is_taken_in_without_a_new_number(inbox, tmp_path):
    (inbox / "ontvangst.csv").unlink()
    work(inbox, tmp_path / "output")
    numbers = {entry.files[0].name: entry.key for entry in entries(tmp_path / "output")}
    receipts(inbox, f"gent.docx;{SECOND};mail;")
    result = work(inbox, tmp_path / "output")
    assert result.made == 1
    assert {entry.files[0].name: entry.key for entry in entries(tmp_path / "output")} == numbers


def test_a_folder_is_one_submission_with_its_attachments(inbox, tmp_path):
    put(inbox, mechelen__voorstel=proposal(stad="Mechelen", buurt="Arsenaal"))
    (inbox / "mechelen" / "bijlagen").mkdir()
    (inbox / "mechelen" / "bijlagen" / "besluit.txt").write_text("Het college keurt goed.")
    receipts(inbox, f"mechelen;{FIRST};mail;stad@example.org")
    work(inbox, tmp_path / "output")
    folder = next((tmp_path / "output").glob("* mechelen-*"))
    data = json.loads((folder / "dossier.json").read_bytes())
    assert data["source"]["name"] == "voorstel.docx"
    assert data["receipt"]["received"] == FIRST
    assert [attachment["name"] for attachment in data["attachments"]] == ["bijlagen/besluit.txt"]
    assert (folder / "ingediend" / "bijlagen" / "besluit.txt").read_text() == "Het college keurt goed."


def test_a_folder_with_two_forms_or_none_is_refused_as_a_whole(inbox, tmp_path):
    put(inbox, twee__a=proposal(buurt="A"), twee__b=proposal(buurt="B"))
    (inbox / "geen").mkdir()
    (inbox / "geen" / "brief.txt").write_text("Beste,")
    (inbox / "niets").mkdir()
    result = work(inbox, tmp_path / "output")
    assert result.counts["dossiers"] == 2
    reasons = {path.parent.name.split(" (")[0]: path.read_text() for path in tmp_path.rglob("reden.txt")}
    assert set(reasons) == {"geen", "niets", "twee"}
    assert "a.docx" in reasons["twee"]
    assert "b.docx" in reasons["twee"]


def test_links_pipes_lock_files_and_hidden_files_are_left_alone_and_told(inbox, tmp_path):
    secret = tmp_path / "geheim.docx"
    secret.write_bytes(proposal(buurt="Geheim"))
    (inbox / "link.docx").symlink_to(secret)
    (inbox / "map").symlink_to(tmp_path)
    os.mkfifo(inbox / "pijp.docx")
    (inbox / "~$gent.docx").write_bytes(b"slot")
    (inbox / ".verborgen.docx").write_bytes(b"x")
    (inbox / "groot.docx.part").write_bytes(b"half")
    result = work(inbox, tmp_path / "output")
    assert result.counts["dossiers"] == 2
    assert result.exit_code is ExitCode.UNREADABLE
    page = (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")
    for name in ("link.docx", "map", "pijp.docx", "~$gent.docx", ".verborgen.docx", "groot.docx.part"):
        assert f"<li>{name}: " in page


def test_hostile_file_names_become_safe_ones(inbox, tmp_path):
    (inbox / "CON.docx").write_bytes(proposal(buurt="Een"))
    (inbox / "a\u202excod.docx").write_bytes(proposal(buurt="Twee"))
    (inbox / ("x" * 200 + ".docx")).write_bytes(proposal(buurt="Drie"))
    (inbox / 'regel\neinde: "?*.docx').write_bytes(proposal(buurt="<b>../../etc"))
    work(inbox, tmp_path / "output")
    names = {path.name for path in (tmp_path / "output").rglob("ingediend/*")}
    assert {"_CON.docx", "axcod.docx", "regel einde- -.docx"} < names
    assert max(map(len, names)) == 80
    assert (tmp_path / "output" / "KLIMA-006-22 gent-b-etc").is_dir() or any(
        path.name.endswith("gent-b-etc") for path in (tmp_path / "output").iterdir()
    )


def test_nothing_is_done_twice_when_a_run_is_killed_at_any_moment(inbox, tmp_path):
    whole = tmp_path / "whole"
    moments = []
    work(inbox, whole, progress=lambda *event: moments.append(event))
    for number in range(len(moments)):
        output = tmp_path / f"killed-{number}"
        child = os.fork()
        if child == 0:
            counter = itertools.count()
            work(
                inbox,
                output,
                progress=lambda *_event: next(counter) == number and os.kill(os.getpid(), signal.SIGKILL),  # noqa: B023
            )
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        assert not [path for path in output.rglob("*.docx") if path.stat().st_size == 0]
        work(inbox, output)
        assert contents(output) == contents(whole), moments[number]
        assert [entry.key for entry in entries(output)] == [entry.key for entry in entries(whole)]


def test_an_interrupted_run_leaves_nothing_half_written_and_goes_on_where_it_stopped(inbox, tmp_path):
    whole = tmp_path / "whole"
    work(inbox, whole)

    def interrupt(what, done, total):
        if what == "dossiers maken" and done == 1:
            raise KeyboardInterrupt

    output = tmp_path / "output"
    with pytest.raises(KeyboardInterrupt):
        work(inbox, output, progress=interrupt)
    assert not (output / "rapport.html").exists()
    assert not list(output.rglob("*.tmp"))
    result = work(inbox, output)
    assert result.made == 1
    assert contents(output) == contents(whole)


def test_two_runs_at_once_on_one_output_folder_are_not_let_in(inbox, tmp_path):
    with write.lock(tmp_path / "output"), pytest.raises(UsageError, match="al een verwerking bezig"):
        work(inbox, tmp_path / "output")


def test_another_call_does_not_get_into_the_same_output_folder(inbox, tmp_path):
    work(inbox, tmp_path / "output")
    with pytest.raises(UsageError, match="klimaatwijken"):
        work(inbox, tmp_path / "output", call="wijkverbeteringscontract")


def test_a_paper_that_is_gone_is_made_again_with_the_date_it_had(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    before = contents(output)
    (output / "KLIMA-002-22 gent-muide" / "antwoord-klima-002-22.docx").unlink()
    result = work(inbox, output, day=DAY + dt.timedelta(days=3))
    assert result.made == 1
    after = contents(output)
    assert {name for name in before if before[name] != after[name]} <= {
        "manifest.json",
        "rapport.html",
        "overzicht.xlsx",
    }


def test_a_paper_changed_by_hand_stays_and_is_told(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    paper = output / "KLIMA-002-22 gent-muide" / "toekenning-muide.docx"
    paper.write_bytes(b"met de hand")
    result = work(inbox, output)
    assert paper.read_bytes() == b"met de hand"
    assert any("toekenning-muide.docx" in remark and "met de hand" in remark for remark in result.remarks)


def test_a_paper_changed_by_hand_is_kept_beside_a_new_version(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    folder = output / "KLIMA-002-22 gent-muide"
    (folder / "antwoord-klima-002-22.docx").write_bytes(b"met de hand")
    receipts(inbox, "gent.docx;2022-04-02T09:00:00+02:00;mail;")
    result = work(inbox, output)
    assert (folder / "antwoord-klima-002-22 (gewijzigd).docx").read_bytes() == b"met de hand"
    assert (folder / "antwoord-klima-002-22.docx").read_bytes()[:2] == b"PK"
    assert any("(gewijzigd)" in remark for remark in result.remarks)
    assert any("(gewijzigd)" in remark for remark in work(inbox, output).remarks)


def test_a_changed_definition_makes_the_dossiers_again(inbox, tmp_path):
    call = tmp_path / "klimaatwijken"
    shutil.copytree(SMALL, call)
    shutil.copytree(Path(SMALL).parent.parent / "templates" / "klimaatwijken", call / "templates")
    output = tmp_path / "output"
    assert work(inbox, output, call=str(call)).exit_code is ExitCode.DONE
    rules = call / "oproep.toml"
    changed = rules.read_text().replace("value = 50000", "value = 41999").replace("50.000 euro.»", "41.999 euro.»")
    rules.write_text(changed)
    (call / "oproep.md").write_text((call / "oproep.md").read_text().replace("50.000", "41.999"))
    result = work(inbox, output, call=str(call))
    assert result.made == 2
    assert result.exit_code is ExitCode.BLOCKING
    assert findings(output, "KLIMA-002-22 gent-muide")["GELD-1"]["outcome"] == "fails"


def test_a_faulty_definition_stops_the_run_before_anything_is_made(inbox, tmp_path):
    call = tmp_path / "klimaatwijken"
    shutil.copytree(SMALL, call)
    shutil.copytree(Path(SMALL).parent.parent / "templates" / "klimaatwijken", call / "templates")
    (call / "regels.toml").write_text("[[rule]]\ncode = 1\n")
    with pytest.raises(DefinitionError):
        work(inbox, tmp_path / "output", call=str(call))
    assert not (tmp_path / "output" / "rapport.html").exists()


def with_template(tmp_path, old, new):
    """Copy the small call with one tag of a Word template written otherwise."""
    call = tmp_path / "klimaatwijken"
    shutil.copytree(SMALL, call)
    shutil.copytree(Path(SMALL).parent.parent / "templates" / "klimaatwijken", call / "templates")
    template = call / "templates" / "toekenning.docx"
    with zipfile.ZipFile(template) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(template, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return str(call)


def test_a_misspelt_name_in_a_template_stops_the_run_before_any_paper(inbox, tmp_path):
    call = with_template(tmp_path, "{{ stad }}", "{{ stat }}")
    with pytest.raises(DefinitionError, match="Bedoelde u «stad»"):
        work(inbox, tmp_path / "output", call=call)
    assert list((tmp_path / "output").glob("KLIMA-*")) == []


def test_a_template_that_fails_on_one_dossier_is_told_and_the_others_are_made(inbox, tmp_path):
    put(inbox, mechelen=proposal(stad="Mechelen", bijdrage="40.000"))
    only_for_mechelen = "{{ stad }}{{ 1 // (bijdrage - 40000) }}"
    result = work(inbox, tmp_path / "output", call=with_template(tmp_path, "{{ stad }}", only_for_mechelen))
    assert result.exit_code is ExitCode.DEFINITIONS
    assert "toekenning.docx" in result.faults[0]
    assert (result.counts["dossiers"], result.made) == (2, 2)


def test_the_manifest_holds_the_hash_of_everything_that_went_in_and_came_out(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    manifest = json.loads((output / "manifest.json").read_bytes())
    assert {entry["path"]: entry["sha256"] for entry in manifest["inputs"]} == {
        name: write.sha256((inbox / name).read_bytes()) for name in ("genk.docx", "gent.docx")
    }
    listed = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    made = {
        name: write.sha256(content)
        for name, content in contents(output, but=("register.sqlite", "manifest.json", ".bezig")).items()
        if "/ingediend/" not in name
    }
    assert listed == made
    assert manifest["date"] == "2022-04-01"
    assert "regels.toml" in manifest["definitions"]
    assert "templates/toekenning.docx" in manifest["definitions"]


def test_a_withdrawn_dossier_no_longer_counts_as_the_same_proposal(inbox, tmp_path):
    from pipeline import life

    output = tmp_path / "output"
    put(inbox, nieuw=proposal(bijdrage="41.000"))
    work(inbox, output)
    with batch.open_desk(output, "", batch.Settings(DAY, pdf=False)) as desk:
        life.withdraw(desk.register, "KLIMA-002-22", on=DAY, why="Vervangen door de nieuwe versie.", by="J. Peeters")
        result = batch.renew(desk)
    assert result.counts["withdrawn"] == 1
    assert findings(output, "KLIMA-003-22 gent-muide")["DUB-1"]["outcome"] == "holds"


def test_the_meeting_form_joins_the_dossier_that_it_names(tmp_path):
    inbox, output = tmp_path / "inbox", tmp_path / "output"
    call = "wijkverbeteringscontract"
    application = filled({"gemeente": "Gent", "wijk_naam": "Muide"}, call, "aanvraag")
    meeting = {"dossiernummer": "WVC-2021-0001", "datum": dt.date(2022, 3, 15), "voorzitter": "Lotte Verbeke"}
    put(inbox, verslag=filled(meeting, call, "vergadering"))
    result = work(inbox, output, call=call)
    assert (result.counts["dossiers"], result.counts["refused"]) == (0, 1)
    assert "WVC-2021-0001" in next(output.rglob("reden.txt")).read_text()
    put(inbox, aanvraag=application)
    result = work(inbox, output, call=call)
    if result.counts["refused"]:
        result = work(inbox, output, call=call)
    assert (result.counts["dossiers"], result.counts["refused"], result.counts["joined"]) == (1, 0, 1)
    folder = output / "WVC-2021-0001 gent-muide" / "vergadering-01"
    assert (folder / "ingediend" / "verslag.docx").is_file()
    assert json.loads((folder / "dossier.json").read_bytes())["number"] == "WVC-2021-0001"
    assert list(output.glob("onleesbaar/*")) == []


def test_an_answer_with_hostile_content_stays_raw_in_the_data(inbox, tmp_path):
    hostile = '=HYPERLINK("http://x") {{ 7*7 }} <b>&'
    put(inbox, mechelen=proposal(stad="Mechelen", buurt=hostile))
    work(inbox, tmp_path / "output")
    folder = next((tmp_path / "output").glob("* mechelen-*"))
    data = json.loads((folder / "dossier.json").read_bytes())
    assert data["answers"]["buurt"]["text"] == hostile


def test_receipts_are_read_as_a_spreadsheet_writes_them(inbox, tmp_path):
    with (inbox / "ontvangst.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        rows = csv.writer(handle, delimiter=";")
        rows.writerow(["Bestand", "Ontvangen", "Kanaal", "Afzender"])
        rows.writerow([])
        rows.writerow(["Gent.docx ", SECOND, "mail", "; rare; afzender"])
    work(inbox, tmp_path / "output")
    folder = next((tmp_path / "output").glob("* gent-*"))
    receipt = json.loads((folder / "dossier.json").read_bytes())["receipt"]
    assert receipt == {
        "received": SECOND,
        "channel": "mail",
        "sender": "; rare; afzender",
        "proof": "ontvangst.csv, rij 3",
    }


def test_an_output_folder_with_signs_of_an_address_in_its_name_holds_its_own_register(inbox, tmp_path):
    output = tmp_path / "klaar? 100%25 #1"
    assert work(inbox, output).counts["dossiers"] == 2
    assert (output / "register.sqlite").is_file()
    assert work(inbox, output).made == 0


def test_a_libreoffice_that_makes_nothing_is_told_once(inbox, tmp_path, monkeypatch):
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ncase "$*" in *--version*) echo LibreOffice 7.4;; esac\n')
    program.chmod(0o755)
    before = os.environ["PATH"]
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{before}")
    result = work(inbox, tmp_path / "output", pdf=True)
    assert result.counts["pdf"] == 0
    assert [remark for remark in result.remarks if "Niet elke pdf kwam er: LibreOffice start niet" in remark]
    assert result.exit_code is ExitCode.DONE


@pytest.mark.requires_soffice
def test_papers_that_could_not_be_printed_are_printed_once_libreoffice_works(inbox, tmp_path, monkeypatch):
    output = tmp_path / "output"
    with monkeypatch.context() as without:
        without.setenv("PATH", "/bestaat-niet")
        result = work(inbox, output, pdf=True)
        assert result.counts["pdf"] == 0
        assert any("LibreOffice ontbreekt" in remark for remark in result.remarks)
    result = work(inbox, output, pdf=True)
    assert (result.counts["pdf"], result.made, result.remarks) == (6, 0, ())
    work(inbox, tmp_path / "whole", pdf=True)
    assert contents(output) == contents(tmp_path / "whole")


def test_a_paper_that_cannot_be_printed_is_named_with_the_reason_and_in_every_rerun(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    with contextlib.closing(at(output)) as register, register.change() as changes:
        known = register.made()["KLIMA-001-22"]
        word = known["antwoord-klima-001-22.docx"]
        pdf = MadeFile("antwoord-klima-001-22.pdf", "", word.sha256, "LibreOffice maakte van dit document geen pdf.")
        changes.record("KLIMA-001-22", [*known.values(), pdf])
    for _time in range(2):
        remarks = work(inbox, output).remarks
        assert [remark for remark in remarks if "antwoord-klima-001-22.pdf» is er niet. LibreOffice" in remark]
