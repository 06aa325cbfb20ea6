"""The redline of `compare`: the issued paper, accepting all gives what came back, rejecting all what was issued."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline import commands, pdf
from pipeline.compare import compare
from pipeline.compare.accepting import accepted
from pipeline.compare.change import Kind
from pipeline.compare.reading import read_version
from pipeline.compare.redline import Redline, redline
from pipeline.compare.tracked import Side
from pipeline.compare.version import Line
from pipeline.ooxml import Package
from pipeline.zips import open_zip
from tests.conftest import do_without
from tests.redline_edits import EDITS, Edit
from tests.redline_hostile import HOSTILE
from tests.redline_paper import BODY, GROUP, NUMBERING, article, paper
from tests.redline_random import edited
from tests.redline_resaves import REWRITINGS
from tests.test_roundtrip import convert
from tests.tracked_words import words
from tests.word_files import p, r

PAPER = paper()
DAY = dt.date(2022, 2, 1)
PYTHON = "/usr/bin/python3"
"""The Python of the system, which has UNO."""
NOT_CARRIED = {"an embedded object put in"}
"""What no tracked change of Word can say: told as missing from the redline."""
ORDER = [
    "pStyle",
    "keepNext",
    "numPr",
    "spacing",
    "ind",
    "rStyle",
    "ins",
    "del",
    "b",
    "i",
    "strike",
    "jc",
    "color",
    "sz",
    "u",
    "vertAlign",
    "rPr",
    "rPrChange",
    "pPrChange",
]
"""Some properties in the order that the schema asks, of paragraphs and of runs (ISO/IEC 29500-1, 17.3)."""
STRUCTURES = {
    "a row put in",
    "a row taken out",
    "a column put in",
    "a table put in",
    "a table taken out",
    "a footnote put in",
    "a text box put in",
    "a picture put in",
    "the last paragraph of all, and one more",
}
"""Edits that LibreOffice takes beside one in five of the others."""
UNSEEN = {
    "words hidden",
    "words in white",
    "new words in white",
    "new words of one point",
    "a style turned white",
}
"""Words that a reader does not see are not in the redline; who reads the XML or the text of LibreOffice meets them."""


def made(edit: Edit) -> Redline:
    return redline(compare(PAPER, edit.made()), DAY)


def flat(said: dict[str, list[list[str]]]) -> dict[str, str]:
    return {part: " ".join(word for line in lines for word in line) for part, lines in said.items()}


@pytest.mark.parametrize("edit", [*EDITS, *HOSTILE], ids=lambda edit: edit.name)
def test_rejecting_all_gives_the_issued_paper(edit: Edit):
    assert words(made(edit).content, "rejected") == words(PAPER, "accepted")


@pytest.mark.parametrize("edit", [each for each in EDITS if each.name not in UNSEEN], ids=lambda edit: edit.name)
def test_accepting_all_gives_what_came_back(edit: Edit):
    assert words(made(edit).content, "accepted") == words(edit.made(), "accepted")


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_what_tracked_changes_cannot_carry_is_told(edit: Edit):
    assert bool(made(edit).missing) == (edit.name in NOT_CARRIED)


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_the_file_is_a_sound_word_file_with_marks_of_one_author_and_day(edit: Edit):
    content = made(edit).content
    assert content == made(edit).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        roots = [
            etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))
        ]
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = [mark for root in roots for mark in root.iter(w + "ins", w + "del", w + "rPrChange", w + "pPrChange")]
    assert {(mark.get(w + "author"), mark.get(w + "date")) for mark in marks} <= {
        ("vergelijking", "2022-02-01T00:00:00Z")
    }
    assert len({mark.get(w + "id") for mark in marks}) == len(marks)
    for root in roots:
        for properties in root.iter(w + "pPr", w + "rPr"):
            names = [child.tag.removeprefix(w) for child in properties]
            last = [name for name in names if name in ORDER]
            assert last == sorted(last, key=ORDER.index), names
        for text in root.iter(w + "t"):
            assert not any(each.tag == w + "del" for each in text.iterancestors()), "text in a deletion"


@pytest.mark.parametrize("name", ["as Google Docs", "as Word for the web", "styles with other identifiers"])
def test_a_redline_of_a_file_that_another_program_saved_carries_the_edit_alone(name):
    edit = next(edit for edit in EDITS if edit.name == "two words in two places of a paragraph")
    content = redline(compare(PAPER, REWRITINGS[name](edit.made())), DAY).content
    assert words(content, "rejected") == words(PAPER, "accepted")
    assert words(content, "accepted") == words(edit.made(), "accepted")


LETTERS = NUMBERING.replace('<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="lowerLetter"/>').replace(
    "Artikel %1.", "%1)"
)
"""Articles that count a), b), c)."""


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY.replace(GROUP, GROUP + article("Een nieuw artikel") + p(r("Dat niemand vroeg."))),
        BODY.replace(GROUP, ""),
    ],
    ids=["nothing else", "an article put in", "a paragraph taken out"],
)
def test_another_format_of_numbers_is_taken_over_and_rejecting_it_gives_the_old_one(body):
    back = paper(body, numbering=LETTERS)
    made = redline(compare(PAPER, back), DAY)
    assert made.missing == ()
    assert compare(accepted(made.content), back).comparison.changes == ()
    package = Package(open_zip(made.content))
    body_lines = read_version(package, "word/document.xml", side=Side.REJECTED).stories[0].blocks
    labels = [line.label for line in body_lines if isinstance(line, Line) and line.label not in ("", "•")]
    assert labels == [f"Artikel {number}." for number in range(1, 7)]


@pytest.mark.requires_soffice
def test_libreoffice_counts_accepted_articles_as_the_returned_file_does(tmp_path):
    back = paper(numbering=LETTERS)
    final = accepted(redline(compare(PAPER, back), DAY).content)
    printed = convert(tmp_path, {"x.docx": final}, "pdf")["x"]
    with pdf.page_texts(printed) as pages:
        assert "b)Financiering" in "".join(page.text for page in pages)


@pytest.mark.parametrize("seed", range(60))
def test_edits_at_random_come_back_whole_both_ways(seed):
    back = edited(PAPER, seed)
    compared = compare(PAPER, back)
    if not compared.comparison.changes:
        return
    line = redline(compared, DAY)
    assert words(line.content, "rejected") == words(PAPER, "accepted")
    assert words(line.content, "accepted") == words(back, "accepted")
    assert [change for change in line.missing if change.kind is not Kind.NUMBERING] == []


@pytest.mark.requires_soffice
def test_libreoffice_accepts_and_rejects_all_to_the_same_words(tmp_path):
    if subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        do_without("python3-uno is niet geïnstalleerd")
    inside_a_control = {"the value of a control"}  # LibreOffice 7.4 keeps no track of changes in those
    own_tracks = {edit.name for edit in EDITS if "tracked" in edit.name or edit.name == "a comment"}
    left_out = UNSEEN | inside_a_control | own_tracks
    fit = {f"{number:02}": edit for number, edit in enumerate(EDITS) if edit.name not in left_out}
    chosen = {number: edit for number, edit in fit.items() if int(number) % 5 == 0 or edit.name in STRUCTURES}
    (tmp_path / "issued.docx").write_bytes(PAPER)
    for number, edit in chosen.items():
        (tmp_path / f"{number}.docx").write_bytes(edit.made())
        (tmp_path / f"{number}.redline.docx").write_bytes(made(edit).content)
    script = Path(__file__).with_name("redline_office.py")
    soffice = shutil.which("soffice") or ""
    command = [PYTHON, str(script), soffice, str(tmp_path / "profile"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    wrong = {}
    for number, edit in chosen.items():
        accepted, rejected = (shown(tmp_path / f"{number}.redline.{way}.txt") for way in ("accepted", "rejected"))
        if accepted != shown(tmp_path / f"{number}.shown.txt"):
            wrong[edit.name, "accepted"] = accepted
        if rejected != shown(tmp_path / "issued.shown.txt"):
            wrong[edit.name, "rejected"] = rejected
    assert wrong == {}


def shown(path: Path) -> list[str]:
    """Give the words of a text, without the labels of lists: LibreOffice counts those anew as it likes."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [word for line in lines for word in re.sub(r"^\s*(?:(?:Artikel|Punt) \d+\.|•)\s+", "", line).split()]


def test_the_verb_writes_the_word_file_where_asked(tmp_path, capsys):
    (tmp_path / "uit.docx").write_bytes(PAPER)
    (tmp_path / "terug.docx").write_bytes(EDITS[0].made())
    arguments = ["compare", str(tmp_path / "uit.docx"), str(tmp_path / "terug.docx"), "--to", str(tmp_path / "naar")]
    assert commands.run([*arguments, "--date", "2022-02-01"]) == 3
    content = (tmp_path / "naar" / "terug vergeleken.docx").read_bytes()
    assert words(content, "accepted") == words(EDITS[0].made(), "accepted")
    assert "terug vergeleken.docx" in capsys.readouterr().err
