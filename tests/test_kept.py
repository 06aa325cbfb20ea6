"""What was recognised on a scan is kept: it is not recognised again, and only tesseract's own word is believed."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from pipeline import kept, ocr
from pipeline.kept import kept_in
from pipeline.recognition import words as recognised
from tests.conftest import do_without
from tests.inbox import contents, put
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf
from tests.supplements import NUMBER, Desk

pytestmark = pytest.mark.requires_tesseract

CONTENT = "0" * 64 + ".json"


def scan():
    """Scan a page of a proposal."""
    drawn = Drawn().text(50, 60, "Voorstel voor een klimaatwijk", size=16, font="Helvetica-Bold")
    rows = [
        ("Stad of gemeente", "Gent"),
        ("Naam van de buurt", "Muide"),
        ("Waarom deze buurt", "Het plein is van steen."),
        ("Gevraagde bijdrage", "42.000,00"),
    ]
    drawn.grid([50, 220, 550], [80 + 24 * number for number in range(len(rows) + 1)])
    for number, (label, answer) in enumerate(rows):
        drawn.text(55, 96 + 24 * number, label, font="Helvetica-Bold").text(225, 96 + 24 * number, answer)
    return as_pdf(Scanner(200).scan(drawn.bytes()), 200)


def languages_loaded(work):
    """Count the languages that are loaded for some work: nothing is recognised before one is."""
    recognised._reader.cache_clear()
    work()
    return recognised._reader.cache_info().misses


def read_line(file, line):
    """Read a line, with what is kept in a file."""
    with kept_in(file):
        (words,) = ocr.read_lines([line])
    return words


def whole(tables):
    """Give the bytes of a file that is not damaged, as anybody can make one."""
    body = json.dumps(tables).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def tables(file):
    """Give what a file keeps."""
    return json.loads(file.read_bytes().partition(b"\n")[2])


@pytest.fixture(scope="module")
def line():
    """Give the picture of a line of text."""
    drawn = Drawn().text(50, 60, "Gevraagde bijdrage: 42.000,00 euro")
    return np.asarray(Scanner(300).scan(drawn.bytes())[0])[200:280, 180:1100]


@pytest.fixture(scope="module")
def words(line):
    """Give the words of the line."""
    (words,) = ocr.read_lines([line])
    assert [word.text for word in words] == ["Gevraagde", "bijdrage:", "42.000,00", "euro"]
    return words


@pytest.fixture
def file(line, words, tmp_path):
    """Give the file of what was kept of the line."""
    assert read_line(tmp_path / CONTENT, line) == words
    return tmp_path / CONTENT


def test_a_line_read_again_gives_the_same_without_recognition(file, line, words):
    again = []
    assert languages_loaded(lambda: again.append(read_line(file, line))) == 0
    assert again == [words]


def test_what_is_kept_is_left_alone_when_nothing_new_was_said(file, line):
    before = file.stat().st_mtime_ns, file.stat().st_ino
    read_line(file, line)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_another_picture_is_read_anew_and_one_that_is_gone_is_kept_no_longer(file, line, words):
    other = line.copy()
    other[:, words[2].left - 4 :] = 255
    assert [word.text for word in read_line(file, other)] == ["Gevraagde", "bijdrage:"]
    assert len(tables(file)) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _kept: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: kept.replace(b"42.000", b"92.000"),
        lambda kept: b"\x00" * len(kept),
        lambda _kept: whole(["geen", "tabel"]),
        lambda _kept: whole({"sleutel": 7}),
    ],
    ids=["empty", "half", "another digit", "zeros", "a list", "a number"],
)
def test_a_damaged_file_is_as_none_and_is_made_anew(file, line, words, spoil):
    before = file.read_bytes()
    file.write_bytes(spoil(before))
    assert file.read_bytes() != before
    assert read_line(file, line) == words
    assert file.read_bytes() == before


ROW = "5\t1\t1\t1\t1\t1\t{left}\t0\t20\t10\t{sure}\t{text}\n"


@pytest.mark.parametrize(
    "table",
    [
        ROW.format(left=901, sure=96, text="ver"),
        ROW.format(left=-1, sure=96, text="ver"),
        ROW.format(left="links", sure=96, text="ver"),
        ROW.format(left=0, sure="zeker", text="ver"),
        ROW.format(left=0, sure=96, text="\ud800"),
        ROW.format(left=0, sure=96, text="a\x07b"),
    ],
    ids=["past the picture", "before it", "no place", "no chance", "half a character", "a bell"],
)
def test_what_tesseract_cannot_have_said_is_not_believed(file, line, words, table):
    before = file.read_bytes()
    file.write_bytes(whole(dict.fromkeys(tables(file), table)))
    assert read_line(file, line) == words
    assert file.read_bytes() == before


@pytest.fixture
def other_data(tmp_path, monkeypatch):
    """Give tesseract other data by the name of Dutch."""
    if ocr.ENGLISH not in ocr.languages():
        do_without("het Engels van Tesseract is niet geïnstalleerd")
    shutil.copy(ocr._folder() / "eng.traineddata", tmp_path / "nld.traineddata")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    found_once = (ocr._folder, ocr.languages, ocr._engine, ocr._reader)
    for found in found_once:
        found.cache_clear()
    yield
    for found in found_once:
        found.cache_clear()


def test_what_other_data_of_a_language_said_is_not_believed(file, line, other_data):
    before = set(tables(file))
    assert languages_loaded(lambda: read_line(file, line)) == 1
    assert not before & set(tables(file))


def test_a_file_that_cannot_be_written_spoils_no_reading(line, words, tmp_path):
    (tmp_path / "map").write_bytes(b"is een bestand")
    assert read_line(tmp_path / "map" / CONTENT, line) == words


def test_only_files_of_ours_are_forgotten(tmp_path):
    mine = [CONTENT, "1" * 64 + ".json", f".{CONTENT}.77.tmp"]
    for name in [*mine, "notitie.txt"]:
        (tmp_path / name).write_bytes(b"")
    kept.forget(tmp_path, {CONTENT})
    assert sorted(path.name for path in tmp_path.iterdir()) == [CONTENT, "notitie.txt"]


def test_an_act_on_a_dossier_with_a_scan_recognises_nothing(tmp_path, capsys):
    desk = Desk(tmp_path, capsys)
    put(desk.inbox)
    desk.receive("gent.pdf", scan(), "2022-03-01T09:00:00+01:00")
    desk.run()
    assert desk.dossier()["answers"]["buurt"]["text"] == "Muide"
    assert languages_loaded(lambda: desk.act("correct", NUMBER, "bijdrage", "40.000")) == 0
    made, said = contents(desk.folder()), contents(desk.output / ".herkend")
    shutil.rmtree(desk.output / ".herkend")
    (desk.folder() / "dossier.json").unlink()
    assert languages_loaded(desk.run) > 0
    assert (contents(desk.folder()), contents(desk.output / ".herkend")) == (made, said)
