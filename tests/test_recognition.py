"""Lines are read by tesseract's own networks, all at once: as tesseract itself reads them, or left to it."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline import ocr
from pipeline.recognition.lines import Reader
from pipeline.recognition.traineddata import Foreign, load
from pipeline.recognition.words import read_words
from tests.pdf_files import Drawn
from tests.scan_files import Scanner

pytestmark = pytest.mark.requires_tesseract

TEXT = """\
Het plein in de wijk Muide is vandaag vooral een parkeerplaats.
De stad en de bewoners willen er samen een groene plek van maken.
Gevraagde bijdrage: 42.000,00 euro
Cofinanciering door de stad: 10.500,00 euro
Looptijd van 01/01/2022 tot 31/12/2024
Contactpersoon: An Peeters, dienst Ruimte en Mobiliteit
an.peeters@gent.example
In het eerste jaar verdwijnen twintig parkeerplaatsen, daarna nog tien.
De school, het dienstencentrum en de jeugdbeweging werken mee.
Er komen bomen, banken, een speeltuin en een fontein.
nee
Ja
Bijlage 3: plan van het plein
Wie onderhoudt het groen na afloop van het contract?
De groendienst doet dat, samen met de buurtploeg.
Nieuwe bewoners krijgen een brief in vier talen.
Gent
2021-0034
Het overleg is elke eerste maandag van de maand om 20 uur.
Aantal huishoudens dat wordt bereikt: 1.250"""
WHOLE_NUMBERS = (0x81, 0x85)
"""How a matrix begins of which the weights are whole numbers, each row with its scale."""
FONTS = ("Helvetica", "Times-Roman")


def strips(font: str) -> list[np.ndarray]:
    """Scan the lines of the text, and cut them out as high as scans are recognised."""
    drawn = Drawn()
    lines = TEXT.split("\n")
    for number, said in enumerate(lines):
        drawn.text(50, 60 + 24 * number, said, font=font)
    page = np.asarray(Scanner(300).scan(drawn.bytes())[0])
    dots = 300 / 72
    rows = [round((60 + 24 * number) * dots) for number in range(len(lines))]
    return [cv2.resize(page[row - 48 : row + 24, 180:1900], None, fx=0.55, fy=0.66) for row in rows]


def by_tesseract(pictures: list[np.ndarray], language: str) -> list[list[ocr.Seen]]:
    return [ocr._words(ocr._recognise(picture, language, time.monotonic() + 60)) for picture in pictures]


@pytest.fixture(scope="module")
def dutch() -> Path:
    return ocr._file(ocr.DUTCH)


@pytest.fixture(scope="module")
def reader(dutch) -> Reader:
    return Reader(load(dutch))


@pytest.fixture(scope="module", params=FONTS)
def pictures(request) -> list[np.ndarray]:
    return strips(request.param)


def compared(pictures: list[np.ndarray], language: str) -> tuple[int, int, int]:
    """Count the words that tesseract gives, those that the network gives too, and those it gives at the same place."""
    read = Reader(load(ocr._file(language))).read(pictures)
    given = same = placed = 0
    for ours, theirs in zip(read, by_tesseract(pictures, language), strict=True):
        given += len(theirs)
        if [word.text for word in ours] != [word.text for word in theirs]:
            continue
        same += len(theirs)
        placed += sum(one[1:5] == other[1:5] for one, other in zip(ours, theirs, strict=True))
    return given, same, placed


def test_the_network_reads_what_tesseract_reads_where_tesseract_reads_it(pictures):
    given, same, placed = compared(pictures, ocr.DUTCH)
    assert given > 100
    assert same >= 0.95 * given
    assert placed >= 0.98 * same


@pytest.mark.requires_latin
def test_letters_of_all_latin_scripts_are_read_so_too(pictures):
    given, same, placed = compared(pictures, ocr.latin())
    assert same >= 0.95 * given
    assert placed >= 0.98 * same


def test_what_is_said_surely_is_what_stands_there(pictures, dutch):
    read = read_words(pictures, dutch)
    lines = TEXT.split("\n")
    both = zip(read, lines, strict=True)
    told = [(words, said) for words, said in both if words and all(word.sure >= 0.9 for word in words)]
    assert len(told) > len(lines) / 2
    assert [" ".join(word.text for word in words) for words, _said in told] == [said for _words, said in told]


def test_each_line_of_text_has_its_words(pictures, dutch):
    read = read_words(pictures, dutch)
    right = [
        word.text == said
        for words, line in zip(read, TEXT.split("\n"), strict=True)
        for word, said in zip(words or (), line.split(), strict=False)
    ]
    assert sum(right) > 0.95 * len(TEXT.split())


def test_a_line_is_read_alone_as_among_others(pictures, reader):
    together = reader.read(pictures)
    assert [reader.read([picture]) for picture in pictures] == [[words] for words in together]


def test_what_is_no_text_is_left_to_tesseract(dutch):
    blank = np.full((48, 300), 255, np.uint8)
    speckled = np.random.default_rng(1).integers(0, 256, (48, 300), np.uint8)
    narrow = np.full((48, 2), 255, np.uint8)
    large = np.zeros((2000, 300), np.uint8)
    assert read_words([blank, speckled, narrow, large], dutch) == [None] * 4


def in_doubles(content: bytes) -> bytes:
    """Write the weights of a network as fractions of eight bytes, as the languages in tessdata_best have them."""
    made, at = bytearray(), 0
    while at < len(content):
        is_matrix = content[at] in WHOLE_NUMBERS and at + 10 < len(content)
        rows, columns = struct.unpack_from("<II", content, at + 1) if is_matrix else (0, 0)
        start, size = at + 10, rows * columns
        count = int.from_bytes(content[start + size : start + size + 4], "little")
        if not (0 < rows < 1000 and 0 < columns < 1000 and rows <= count < rows + 64):
            made.append(content[at])
            at += 1
            continue
        whole = np.frombuffer(content, "i1", size, start).reshape(rows, columns)
        scale = np.frombuffer(content, "<f8", count, start + size + 4)[:rows, None]
        made += b"\x80" + struct.pack("<IId", rows, columns, 0.0) + (whole * scale).astype("<f8").tobytes()
        at = start + size + 4 + 8 * count
    return bytes(made)


def parts(path: Path) -> dict[int, bytes]:
    """Give the parts of a language that are used, by their number."""
    content = path.read_bytes()
    (count,) = struct.unpack_from("<I", content)
    starts = struct.unpack_from(f"<{count}q", content, 4)
    ends = sorted([*(start for start in starts if start >= 0), len(content)])
    return {n: content[s : next(end for end in ends if end > s)] for n, s in enumerate(starts) if n in (17, 21, 22)}


def written(path: Path, held: dict[int, bytes]) -> Path:
    starts, body = [-1] * 24, b""
    for number, part in held.items():
        starts[number] = 4 + 8 * 24 + len(body)
        body += part
    path.write_bytes(struct.pack("<I24q", 24, *starts) + body)
    return path


def test_weights_that_are_fractions_read_the_same(pictures, dutch, reader, tmp_path):
    held = parts(dutch)
    fractions = written(tmp_path / "nld.traineddata", {**held, 17: in_doubles(held[17])})
    assert fractions.stat().st_size > 4 * len(held[17])
    same = Reader(load(fractions)).read(pictures)
    assert [[word[:5] for word in line] for line in same] == [
        [word[:5] for word in line] for line in reader.read(pictures)
    ]


@pytest.mark.parametrize("share", [0, 0.0001, 0.3, 0.9])
def test_a_language_that_is_cut_off_is_left_to_tesseract(pictures, dutch, tmp_path, share):
    held = written(tmp_path / "whole.traineddata", parts(dutch)).read_bytes()
    cut = tmp_path / "nld.traineddata"
    cut.write_bytes(held[: int(share * len(held))])
    with pytest.raises(Foreign):
        load(cut)
    assert read_words(pictures[:2], cut) == [None, None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\x03\x00\x00\x00\x03\x00\x00\x00", b"\x02\x00\x00\x00\x02\x00\x00\x00"),
        (b"XYTranspose", b"TTBReversed"),
        (b"SummLSTM", b"TensFlow"),
    ],
    ids=["squares of two dots", "turned over", "another kind"],
)
def test_a_network_of_another_shape_is_left_to_tesseract(pictures, dutch, tmp_path, old, new):
    held = parts(dutch)
    assert old in held[17]
    other = written(tmp_path / "nld.traineddata", {**held, 17: held[17].replace(old, new, 1)})
    with pytest.raises(Foreign):
        load(other)
    assert read_words(pictures[:2], other) == [None, None]


def test_a_line_of_marks_only_is_read_without_a_fault(reader):
    marks = np.full((48, 200), 255, np.uint8)
    marks[10:13, 20:24] = marks[30:33, 120:124] = 0
    assert len(reader.read([marks])) == 1


def test_a_language_that_is_not_there_is_left_to_tesseract(pictures, tmp_path):
    assert read_words(pictures[:1], tmp_path / "nld.traineddata") == [None]


def test_where_all_is_left_to_tesseract_the_words_are_tesseracts(pictures, dutch, tmp_path, monkeypatch):
    garbage = tmp_path / "nld.traineddata"
    garbage.write_bytes(b"no language")
    monkeypatch.setattr(ocr, "_file", lambda _language: garbage)
    assert ocr.read_lines(pictures[:3]) == by_tesseract(pictures[:3], ocr.DUTCH)
