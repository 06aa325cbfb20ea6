"""Recognise pictures of lines of text by tesseract's models: words, each with its place and how sure it is."""

from __future__ import annotations

import functools
import hashlib
import os
import time
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline import kept
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.recognition.words import VERSION, Word, read_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey: TypeAlias = NDArray[Any]
    """A grey picture."""

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# numpy, loaded later, would else have a thread on each core turn in circles until the next small matrix comes.

INSTALL = "sudo apt-get install --no-install-recommends tesseract-ocr tesseract-ocr-nld tesseract-ocr-script-latn"
"""The line to type on Debian where the recognition of text is missing."""
LIBRARIES = "pip install 'wijkcontract[ocr]'"
"""The line to type where the libraries for it are missing."""
DUTCH = "nld"
ENGLISH = "eng"
_LATIN = ("Latin", "script/Latin")
"""What the letters of all Latin scripts are called, by where a system keeps them."""
_CHANCES = (
    (0.0, 0.1),
    (0.3, 0.3),
    (0.5, 0.45),
    (0.6, 0.58),
    (0.7, 0.72),
    (0.8, 0.88),
    (0.85, 0.94),
    (0.88, 0.97),
    (0.9, 0.99),
    (0.92, 0.997),
    (0.95, 0.9995),
    (1.0, 0.9999),
)
"""How sure tesseract says that it is of a word → how often such words were right; straight lines between.

Counted over 14,232 words of 15 scans of the development sample of `tests.bench.reading` (`--seed dev`, three of each
kind), each against the words that the scanned print holds at that place; words broken at the end of a line and what
was no text left out. An earlier count over 15,960 words gave the same within a hundredth above 0.85.

Counted again for tesseract 5.5.4 over 19,670 words of 15 other scans (`--seed 815`, five each of Word typed over,
Chromium and reportlab), the first reading alone: of those said to be 0.70 to 0.80 sure 0.90 were right where this says
0.81, of 0.80 to 0.85 0.98 for 0.92, of 0.88 to 0.92 0.993 for 0.991, of 0.92 to 0.95 0.998 for 0.998, above that 0.9997
for 0.9996. Left as it is: it errs to the side of doubt, and what was wrong from 0.94 on was codes («Al» for «A1»),
accents and names parted at «_», which are held against other readings and the ink.
"""
_FOLDERS = ("usr/share/tesseract-ocr/*/tessdata", "usr/share/tessdata", "usr/local/share/tessdata")
"""Where systems keep the languages, unless TESSDATA_PREFIX says where."""
_DPI = 300
_PSM = 7
"""How tesseract splits a page: not at all, a picture is one line."""
_START_SECONDS = 20.0
_LINE_SECONDS = 0.5


Seen: TypeAlias = Word
"""A word as tesseract, or its network alone, recognised it."""


def available() -> str | None:
    """Give the version of tesseract, or None where it or its Dutch is missing."""
    if lacks():
        return None
    import tesserocr

    version: str = tesserocr.tesseract_version().split()[1]
    return version


def lacks() -> str:
    """Say what is missing, in plain Dutch; "" when nothing is."""
    try:
        require()
    except Unreadable as unreadable:
        return unreadable.detail
    return ""


def missing() -> str:
    """Say what is missing to read scans, with the line to type."""
    lacking = _(lacks())
    what = lacking[:1].upper() + lacking[1:]
    line = INSTALL if find_spec("tesserocr") else LIBRARIES
    return _("{what}, dus scans worden niet gelezen. Typ: {line}").format(what=what, line=line)


@functools.cache
def _folder() -> Path | None:
    """Give where the languages of tesseract are kept; None when nowhere."""
    set_by_hand = os.environ.get("TESSDATA_PREFIX")
    places = [Path(set_by_hand)] if set_by_hand else [place for known in _FOLDERS for place in Path("/").glob(known)]
    return next((place for place in sorted(places, reverse=True) if place.is_dir()), None)


@functools.cache
def languages() -> frozenset[str]:
    """Give the languages that tesseract knows here."""
    folder = _folder()
    if folder is None:
        return frozenset()
    found = (path.relative_to(folder) for path in folder.rglob("*.traineddata"))
    return frozenset(path.with_suffix("").as_posix() for path in found)


def latin() -> str:
    """Give what the letters of all Latin scripts are called here; "" where tesseract does not know them."""
    return next((name for name in _LATIN if name in languages()), "")


def require() -> None:
    """Refuse when text cannot be recognised here.

    Raises:
        Unreadable: NO_OCR, with what is missing.
    """
    if find_spec("tesserocr") is None:
        raise Unreadable(Reason.NO_OCR, "de bibliotheek tesserocr ontbreekt")
    if DUTCH not in languages():
        raise Unreadable(Reason.NO_OCR, "het Nederlands van tesseract ontbreekt")


def read_lines(pictures: Sequence[Grey], *, language: str = DUTCH) -> list[list[Seen]]:
    """Read pictures that hold one line of text each.

    The networks of tesseract's own models read them all at once; tesseract itself reads those on which they read
    nothing, or a word or two of which they are not sure, and all where a network is of a shape that is not known here.
    It is done in this process, which loads a language once: started as a program for each page, tesseract took as long
    for that as for reading. A picture is ours, and not what came in; should it crash all the same, the process goes
    down with it, as it does for any library that draws or decodes, and the other files of the batch go on. Of a picture
    that was read before it is kept what was said, where `kept.kept_in` says so.

    Args:
        pictures: grey, dark on white.
        language: of the text.

    Returns:
        For each picture its words, left to right.

    Raises:
        Unreadable: it took too long, or tesseract failed.
    """
    late = time.monotonic() + _START_SECONDS + _LINE_SECONDS * len(pictures)
    said = kept.said()
    keys = ["" if said is None else _key(picture, language) for picture in pictures]
    tables = [None if said is None else _believed(said.of(key), pictures[n]) for n, key in enumerate(keys)]
    unread = [number for number, table in enumerate(tables) if table is None]
    try:
        at_once = read_words([pictures[number] for number in unread], _file(language))
        for number, words in zip(unread, at_once, strict=True):
            tables[number] = _recognise(pictures[number], language, late) if words is None else _table(words)
    except (RuntimeError, OSError) as failed:
        raise Unreadable(Reason.CRASHED, "de tekstherkenning is vastgelopen") from failed
    lines = []
    for key, table in zip(keys, tables, strict=True):
        lines.append(_words(table or ""))
        if said is not None and table is not None:
            said.keep(key, table)
    return lines


def _recognise(picture: Grey, language: str, late: float) -> str:
    """Give tesseract's table of a picture.

    Raises:
        Unreadable: it is late, or tesseract failed.
        RuntimeError: tesseract failed.
    """
    reader = _reader(language)
    left = round(1000 * (late - time.monotonic()))
    if left <= 0:
        raise Unreadable(Reason.TIMEOUT, "de tekstherkenning van een bladzijde duurde te lang")
    height, width = picture.shape
    reader.SetImageBytes(picture.tobytes(), width, height, 1, width)
    reader.SetSourceResolution(_DPI)
    if not reader.Recognize(left):
        raise Unreadable(Reason.CRASHED, "de tekstherkenning is vastgelopen")
    table: str = reader.GetTSVText(0)
    return table


def _key(picture: Grey, language: str) -> str:
    """Give a hash of all on which it depends what tesseract says of a picture."""
    height, width = picture.shape
    asked = f"{_engine(language)} {_PSM} {_DPI} {width} {height} "
    return hashlib.sha256(asked.encode() + picture.tobytes()).hexdigest()


@functools.cache
def _engine(language: str) -> str:
    """Give which tesseract reads a language here, and by which data."""
    import tesserocr

    with _file(language).open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return f"{tesserocr.tesseract_version()} {VERSION} {language} {digest}"


def _file(language: str) -> Path:
    return (_folder() or Path()) / f"{language}.traineddata"


def _believed(table: str | None, picture: Grey) -> str | None:
    """Give a table that was kept; None when there is none, or it cannot have been said of this picture."""
    if table is None:
        return None
    height, width = picture.shape
    try:
        words = _words(table)
    except ValueError:
        return None
    inside = all(0 <= w.left <= w.right <= width and 0 <= w.top <= w.bottom <= height for w in words)
    return table if inside and all(word.text.isprintable() for word in words) else None


@functools.cache
def _reader(language: str) -> Any:
    """Load a language, once for a process."""
    from tesserocr import PyTessBaseAPI

    reader = PyTessBaseAPI(path=f"{_folder()}/", lang=language, psm=_PSM)
    reader.SetVariable("debug_file", os.devnull)  # it would complain on stderr of a picture without letters
    return reader


def _words(table: str) -> list[Seen]:
    """Take the words out of tesseract's table: level, page, …, left, top, width, height, confidence, text."""
    words = []
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        sure = chance(max(0.0, float(cells[10])) / 100)
        words.append(Seen(cells[11].strip(), left, top, left + width, top + height, sure))
    return words


def _table(words: Sequence[Word]) -> str:
    """Write words as tesseract's table would hold them, as sure as it would be that they are so often right."""
    return "\n".join(
        f"5\t1\t1\t1\t1\t{number}\t{word.left}\t{word.top}\t{word.right - word.left}\t{word.bottom - word.top}"
        f"\t{100 * _said_of(word.sure):.2f}\t{word.text}"
        for number, word in enumerate(words, 1)
    )


def _said_of(right: float) -> float:
    """Give how sure tesseract says that it is of words that are so often right, the other way of `chance`."""
    for (less, low), (more, high) in pairwise(_CHANCES):
        if right < high:
            return less + (more - less) * (max(right, low) - low) / (high - low)
    return _CHANCES[-1][0]


def chance(sure: float) -> float:
    """Give how often a word is right of which tesseract says that it is so sure, both from 0 to 1."""
    for (less, low), (more, high) in pairwise(_CHANCES):
        if sure < more:
            return low + (high - low) * (sure - less) / (more - less)
    return _CHANCES[-1][1]
