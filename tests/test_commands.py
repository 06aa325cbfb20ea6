"""The command line: every verb has help and its exit codes, speaks Dutch, and never shows a traceback."""

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline import commands
from pipeline.commands import words
from pipeline.errors import ExitCode
from tests.call_copies import copy_call, templates
from tests.inbox import SMALL, proposal, put, receipts
from tests.template_files import template
from tests.word_files import p

ROOT = Path(__file__).parents[1]
ACT = ("--why", "Tikfout in het formulier.", "--by", "J. Peeters", "--no-pdf", "--date", "2022-04-02")


@pytest.fixture
def cli(tmp_path, monkeypatch, capfd):
    """Run a verb in an empty folder; give exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    for name in [name for name in os.environ if name.startswith("WIJKCONTRACT_") and name != "WIJKCONTRACT_LOG"]:
        monkeypatch.delenv(name)

    def run(*arguments):
        capfd.readouterr()
        code = commands.run([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def worked(cli, tmp_path):
    """An output folder with two dossiers."""
    put(tmp_path / "inbox", gent=proposal(), genk=proposal(stad="Genk", buurt="Waterschei", bijdrage="50.000,01"))
    receipts(tmp_path / "inbox", "gent.docx;2022-03-01T09:00:00+01:00;;", "genk.docx;2022-03-02T09:00:00+01:00;;")
    code, _out, _err = cli("run", "inbox", "--call", SMALL, "--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    assert code == ExitCode.BLOCKING
    return tmp_path / "output"


def process(*arguments, **options):
    environment = {**os.environ, **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "pipeline.commands", *map(str, arguments)],
        cwd=options.pop("cwd", ROOT),
        env={"PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def tree(group=None):
    return {name: commands.Verbs("x").get_command(None, name) for name in commands.VERBS}


@pytest.mark.parametrize("verb", commands.VERBS)
def test_every_verb_has_help_and_stands_in_the_readme(verb, cli):
    command = tree()[verb]
    assert command.help
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))
    code, out, _err = cli(verb, "--help")
    assert code == ExitCode.DONE
    assert out.startswith("Gebruik: ")
    assert re.search(rf"`{verb}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("verb", commands.VERBS)
def test_help_is_dutch_from_the_first_word_to_the_last(verb, cli):
    _code, out, _err = cli(verb, "-h")
    english = re.findall(r"\b(Usage|Options|Show|OPTIONS|TEXT|INTEGER|PATH|FILE|DIRECTORY|required|default)\b", out)
    assert english == []


def test_every_verb_says_in_one_whole_sentence_on_one_line_what_it_does(cli):
    _code, out, _err = cli("--help")
    listed = [
        line.strip() for line in out.partition("Opdrachten:")[2].partition("Afloop:")[0].splitlines() if line.strip()
    ]
    assert [line.split()[0] for line in listed] == list(commands.VERBS)
    assert [line for line in listed if not line.endswith(".") or line.endswith("..")] == []


def test_every_word_of_the_library_has_its_dutch():
    missing = []
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        if path.name in ("_termui_impl.py", "_winconsole.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                said = [part.value for part in node.args if isinstance(part, ast.Constant)]
                missing += [text for text in said if text not in words.DUTCH and not _for_programmers(text)]
    assert missing == []


def _for_programmers(text):
    return re.match(
        r"Could not determine name|No options defined|Arguments take exactly|Name '\{name\}' defined"
        r"|Boolean option|Invalid start character|Choice\(",
        text,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rn"], "Er is geen opdracht 'rn'."),
        (["read"], "Ontbreekt 'BESTAND'."),
        (["run", "inbox", "--jobs", "veel"], "geen geldig getal"),
        (["run", "inbox", "--date", "gisteren"], "'gisteren' is geen datum zoals 2021-07-19"),
        (["decide", "WVC-1"], "Ontbreekt: optie '--granted'."),
        (["read", "weg.docx"], "Het bestand «weg.docx» bestaat niet."),
        (["run", "weg"], "De map «weg» bestaat niet."),
        (["status"], "is nog niets verwerkt"),
        (["blank", "wijkverbeteringscontracten"], "Bedoelde u «wijkverbeteringscontract»?"),
        (["blank", "wijkverbeteringscontract", "--form", "anvraag"], "Bedoelde u «aanvraag»?"),
        (["--locale", "xx", "status"], "de taal «xx» is er niet"),
    ],
)
def test_wrong_use_is_told_in_dutch_with_exit_code_2(arguments, said, cli):
    code, out, err = cli(*arguments)
    assert code == ExitCode.USAGE
    assert said in err
    assert out == ""


def test_help_starts_no_library_but_the_one_that_writes_it():
    """How long it takes is for `tests.bench.start`: that depends on who else is at work."""
    asks = (
        "import sys\n"
        "from pipeline import commands\n"
        "commands.run(['--help'])\n"
        "for name, module in sorted(sys.modules.items()):\n"
        "    if '.' not in name and 'site-packages' in (getattr(module, '__file__', None) or ''):\n"
        "        print(name, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Gebruik: " in done.stdout
    assert done.stderr.split() == ["click"]


def test_the_version_is_that_of_the_project():
    said = process("-V").stdout
    assert re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE).group(1) in said


def test_progress_goes_to_stderr_and_results_to_stdout(worked, cli):
    code, out, err = cli("run", "inbox", "--no-pdf", "--jobs", "0", "--json")
    assert code == ExitCode.BLOCKING
    data = json.loads(out)
    assert data["schema_version"] == 1
    assert data["made"] == 0
    assert data["counts"]["dossiers"] == 2
    assert "inbox bekijken: 2" in err


def test_status_lists_the_dossiers_and_shows_one(worked, cli):
    code, out, _err = cli("status")
    assert code == ExitCode.DONE
    assert out.splitlines()[1].startswith("KLIMA-001-22  volledig")
    code, out, _err = cli("status", "klima-002-22")
    assert code == ExitCode.BLOCKING
    assert "hoogstens € 50.000,00 kan" in out.replace("\u00a0", " ")
    code, out, _err = cli("status", "KLIMA-002-22", "--json")
    assert json.loads(out)["dossiers"][0]["requested"] == "50000.01"
    code, _out, err = cli("status", "KLIMA-020-22")
    assert code == ExitCode.USAGE
    assert "Bedoelde u «KLIMA-0" in err


def test_a_decision_lifts_the_draft_and_judges_the_amount_granted(worked, cli):
    arguments = ("--date", "2022-05-01", "--reference", "B/22/1", "--today", "2022-05-02", "--no-pdf")
    code, out, _err = cli("decide", "KLIMA-002-22", "--granted", "50.000", *arguments)
    assert code == ExitCode.DONE
    assert "(definitief)" in out
    assert "ontwerp" not in out
    code, out, _err = cli("decide", "KLIMA-002-22", "--granted", "60.000", *arguments)
    assert code == ExitCode.BLOCKING
    code, out, _err = cli("decide", "KLIMA-002-22", "--granted", "1.2.3", *arguments)
    assert code == ExitCode.USAGE


def test_a_correction_is_judged_told_and_survives_a_rerun(worked, cli, tmp_path):
    code, out, _err = cli("correct", "KLIMA-002-22", "bijdrage", "50.000,00", *ACT)
    assert code == ExitCode.DONE
    assert "KLIMA-002-22: volledig." in out
    folder = next(worked.glob("KLIMA-002-22*"))
    (folder / "dossier.json").unlink()
    code, _out, _err = cli("run", "inbox", "--no-pdf", "--jobs", "0")
    data = json.loads((folder / "dossier.json").read_bytes())
    assert code == ExitCode.DONE
    assert data["answers"]["bijdrage"]["text"] == "50.000,00"
    assert data["acts"][0]["why"] == "Tikfout in het formulier."
    assert "verbeterd tot «50.000,00»" in (worked / "rapport.html").read_text(encoding="utf-8")
    assert (folder / "ingediend" / "genk.docx").read_bytes() == (tmp_path / "inbox" / "genk.docx").read_bytes()


def test_a_correction_names_the_field_that_was_probably_meant(worked, cli):
    code, _out, err = cli("correct", "KLIMA-002-22", "bijdrag", "1", *ACT)
    assert code == ExitCode.USAGE
    assert "Bedoelde u «bijdrage»?" in err
    assert json.loads(next(worked.glob("KLIMA-002-22*/dossier.json")).read_bytes())["acts"] == []


def test_an_accepted_finding_no_longer_blocks_and_shows_its_reason(worked, cli):
    code, out, _err = cli("accept", "KLIMA-002-22", "geld-1", *ACT)
    assert code == ExitCode.DONE
    assert "KLIMA-002-22: volledig." in out
    assert "Aanvaard op 2 april 2022 door J. Peeters" in (worked / "rapport.html").read_text(encoding="utf-8")
    code, _out, err = cli("accept", "KLIMA-002-22", "GELD-1", *ACT)
    assert code == ExitCode.USAGE
    assert "al aanvaard" in err
    code, _out, err = cli("accept", "KLIMA-002-22", "GELD-2", *ACT)
    assert "in orde" in err
    code, _out, err = cli("accept", "KLIMA-002-22", "GELT-1", *ACT)
    assert "heeft geen bevinding «GELT-1»" in err


def test_a_withdrawn_dossier_no_longer_counts(worked, cli):
    code, out, _err = cli("withdraw", "KLIMA-002-22", *ACT)
    assert (code, out.splitlines()[0]) == (ExitCode.DONE, "KLIMA-002-22: ingetrokken.")
    code, _out, _err = cli("run", "inbox", "--no-pdf", "--jobs", "0")
    assert code == ExitCode.DONE
    code, _out, err = cli("withdraw", "KLIMA-002-22", *ACT)
    assert (code, "al ingetrokken" in err) == (ExitCode.USAGE, True)


def test_an_act_needs_a_reason_and_a_name(worked, cli):
    code, _out, err = cli("withdraw", "KLIMA-002-22", "--why", " ", "--by", "x")
    assert (code, "--why" in err) == (ExitCode.USAGE, True)


def test_render_makes_one_paper_elsewhere(worked, cli, tmp_path):
    code, out, _err = cli("render", "KLIMA-001-22", "antwoordbrief", "--to", "elders")
    assert code == ExitCode.DONE
    assert out.strip() == "elders/antwoord-klima-001-22.docx"
    made = next(worked.glob("KLIMA-001-22*/antwoord-klima-001-22.docx"))
    assert (tmp_path / "elders" / "antwoord-klima-001-22.docx").read_bytes() == made.read_bytes()
    code, _out, err = cli("render", "KLIMA-001-22", "antwoordbrie")
    assert code == ExitCode.USAGE
    assert "Bedoelde u «antwoordbrief»?" in err


def test_render_with_a_template_that_became_faulty_tells_every_fault_with_its_place(cli, tmp_path):
    call = copy_call(tmp_path / "eigen")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "gent.docx").write_bytes(proposal())
    code, _out, _err = cli("run", "inbox", "--call", call, "--no-pdf", "--jobs", "0")
    assert code in (ExitCode.DONE, ExitCode.BLOCKING)
    (templates(call) / "antwoordbrief.docx").write_bytes(template(p("{% if stad %}") + p("{{ burt }}")))
    code, _out, err = cli("render", "KLIMA-001-22", "antwoordbrief", "--to", "elders")
    assert code == ExitCode.DEFINITIONS
    assert "antwoordbrief.docx: word/document.xml: «{% if stad %}» (alinea 1): SJB-03" in err
    assert "antwoordbrief.docx: word/document.xml: «{{ burt }}» (alinea 2): SJB-01" in err


def test_read_extract_and_check_say_what_a_file_holds(cli, tmp_path):
    (tmp_path / "gent.docx").write_bytes(proposal(bijdrage="51.000"))
    code, out, _err = cli("read", "gent.docx", "--json")
    document = json.loads(out)
    assert (code, document["schema_version"]) == (ExitCode.DONE, 1)
    assert {"file", "sha256", "media_type", "blocks", "controls"} <= set(document)
    code, out, _err = cli("read", "gent.docx")
    assert "Buurtcomité" in out
    code, out, _err = cli("extract", "gent.docx", "--call", SMALL, "--json")
    answers = json.loads(out)["answers"]
    assert (answers["bijdrage"]["value"], answers["bijdrage"]["state"]) == ("51000.00", "given")
    assert answers["ingrepen"]["rows"][0]["soort"]["value"] == "groen"
    code, out, _err = cli("extract", "gent.docx", "--call", SMALL)
    assert "Gevraagde bijdrage: 51.000" in out
    code, out, _err = cli("check", "gent.docx", "--call", SMALL, "--json")
    findings = {finding["code"]: finding for finding in json.loads(out)["submissions"][0]["findings"]}
    assert code == ExitCode.BLOCKING
    assert findings["GELD-1"]["outcome"] == "fails"
    assert findings["GELD-2"]["outcome"] == "holds"
    assert findings["TIJD-1"]["severity"] == "warning"


def test_check_of_a_folder_takes_it_as_one_submission_or_as_an_inbox(cli, tmp_path):
    put(tmp_path / "een", voorstel=proposal())
    (tmp_path / "een" / "bijlage.txt").write_text("bijlage")
    code, out, _err = cli("check", "een", "--call", SMALL)
    assert out.startswith("een: 0 blokkerend")
    assert code == ExitCode.DONE
    put(tmp_path / "veel", a=proposal(), b=proposal(buurt="B"))
    receipts(tmp_path / "veel", "a.docx;2022-04-01T09:00:00+02:00;;")
    code, out, _err = cli("check", "veel", "--call", SMALL)
    assert [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")] == ["a.docx", "b.docx"]
    assert code == ExitCode.BLOCKING


def test_what_cannot_be_read_has_exit_code_4_and_its_remedy(cli, tmp_path):
    (tmp_path / "stuk.docx").write_bytes(b"PK\x03\x04 afgebroken")
    for verb in ("read", "extract", "check"):
        options = () if verb == "read" else ("--call", SMALL)
        code, out, err = cli(verb, "stuk.docx", *options)
        assert (code, out) == (ExitCode.UNREADABLE, "")
        assert "beschadigd" in err
        assert "Traceback" not in err


def test_blank_forms_are_those_that_are_kept(cli, tmp_path):
    code, out, _err = cli("blank", "wijkverbeteringscontract", "-o", "formulieren")
    assert code == ExitCode.DONE
    assert sorted(Path(line).name for line in out.splitlines()) == ["aanvraag.docx", "vergadering.docx"]
    assert (tmp_path / "formulieren" / "aanvraag.docx").read_bytes()[:2] == b"PK"


def test_blank_forms_as_pdf_come_with_their_continuation_sheets_and_need_no_other_program(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    code, out, _err = cli("blank", "wijkverbeteringscontract", "--form", "aanvraag", "--format", "pdf", "-o", "pdf")
    assert code == ExitCode.DONE
    assert [Path(line).name for line in out.splitlines()] == ["aanvraag.pdf", "aanvraag-vervolgblad.pdf"]
    assert (tmp_path / "pdf" / "aanvraag.pdf").read_bytes()[:5] == b"%PDF-"


def test_lint_gives_5_for_a_fault_and_names_what_was_meant(cli, tmp_path):
    call = tmp_path / "klimaatwijken"
    shutil.copytree(SMALL, call)
    shutil.copytree(Path(SMALL).parents[1] / "templates" / "klimaatwijken", call / "templates")
    code, out, _err = cli("lint", call)
    assert (code, out.strip()) == (ExitCode.DONE, f"{call}: in orde.")
    rules = call / "regels.toml"
    rules.write_text(rules.read_text().replace('check = "bijdrage <=', 'check = "bijdragen <='))
    code, out, _err = cli("lint", call, "--json")
    assert code == ExitCode.DEFINITIONS
    assert "bijdrage" in [fault["suggestion"] for fault in json.loads(out)["calls"][0]["faults"]]


def test_doctor_names_what_is_there(cli):
    code, out, _err = cli("doctor", "--json")
    parts = {part["name"]: part for part in json.loads(out)["parts"]}
    assert code == ExitCode.DONE
    assert parts["lxml"]["version"]
    assert "LibreOffice" in parts


def test_an_unexpected_fault_is_one_sentence_and_a_log(cli, tmp_path):
    (tmp_path / "output" / ".bezig").mkdir(parents=True)
    put(tmp_path / "inbox", gent=proposal())
    code, out, err = cli("run", "inbox", "--call", SMALL, "--no-pdf")
    assert code == ExitCode.UNEXPECTED
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    assert "Traceback" in (tmp_path / "log.txt").read_text()


def test_settings_come_from_option_then_environment_then_file(cli, tmp_path, monkeypatch):
    put(tmp_path / "inbox", gent=proposal())
    settings = ('output = "uit-bestand"', f'call = "{SMALL}"', "[run]", "jobs = 0", "pdf = false")
    (tmp_path / "wijkcontract.toml").write_text("\n".join(settings))
    assert cli("run", "inbox")[0] == ExitCode.DONE
    assert (tmp_path / "uit-bestand" / "rapport.html").is_file()
    monkeypatch.setenv("WIJKCONTRACT_OUTPUT", "uit-omgeving")
    cli("run", "inbox")
    assert (tmp_path / "uit-omgeving" / "rapport.html").is_file()
    cli("run", "inbox", "-o", "uit-optie")
    assert (tmp_path / "uit-optie" / "rapport.html").is_file()


def test_a_broken_settings_file_is_told(tmp_path):
    (tmp_path / "wijkcontract.toml").write_text("jobs = ")
    said = process("status", cwd=tmp_path)
    assert said.returncode == ExitCode.USAGE
    assert "wijkcontract.toml" in said.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_says_so_with_its_own_exit_code(sent, code, tmp_path):
    put(tmp_path / "inbox", **{f"stad{number}": proposal(buurt=f"Buurt {number}") for number in range(12)})
    command = [sys.executable, "-m", "pipeline.commands", "run", "inbox", "--call", SMALL, "--no-pdf", "--jobs", "1"]
    with subprocess.Popen(
        ["env", "--default-signal=INT", *command],  # in the background of a shell it would be ignored
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        for line in running.stderr:
            if line.startswith("inbox bekijken"):
                running.send_signal(sent)
                break
        _out, err = running.communicate(timeout=60)
    assert running.returncode == code
    assert "Traceback" not in err
    assert not list((tmp_path / "output").rglob("*.tmp"))
    again = process("run", "inbox", "--no-pdf", cwd=tmp_path)
    assert again.returncode == ExitCode.DONE


def test_the_shell_can_complete_the_verbs():
    said = process(env={"_WIJKCONTRACT_COMPLETE": "bash_complete", "COMP_WORDS": "wijkcontract wi", "COMP_CWORD": "1"})
    assert said.stdout.strip() == "plain,withdraw"


def test_no_colour_is_written_where_nobody_looks(worked, cli):
    _code, out, err = cli("status")
    assert "\x1b" not in out + err
