"""Whether reading gives the visible words of any Word file: counted by itself over the XML, on every file at hand."""

from __future__ import annotations

import re
import sysconfig
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from tests.bench.aims import Aim
from tests.bench.making import Case, ours, retyped
from tests.bench.variants import programs, structures

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_LEAST = 99.0
_MADE = 6
_GONE = {W + "del", W + "moveFrom", W + "delText", MC + "Fallback", W + "instrText", W + "rPr", W + "pPr", W + "sdtPr"}
_BETWEEN = {W + "tab", W + "br", W + "cr", W + "ptab"}


@dataclass(frozen=True)
class Counted:
    """One file: how many visible words it holds, how many of them reading gives."""

    path: str
    held: int
    given: int
    told: tuple[str, ...]

    @property
    def share(self) -> float:
        """Give the percentage of the words that reading gives."""
        return 100 * self.given / self.held if self.held else 100.0


def measure(seed: str) -> list[Aim]:
    """Count over all files; print those that lose a word, and give the aim."""
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as name:
        folder = Path(name)
        files = [path for path in (*at_hand(), *make(folder, seed)) if is_read(path)]
        if lacking := programs.missing("soffice"):
            print(f"left out: files that LibreOffice saved; {', '.join(lacking)} is not installed")
        else:
            files += resave(files, folder)
        counted = [count(path) for path in files]
    print(f"{'file':70} {'words':>7} {'given %':>8}  told")
    for each in counted:
        if each.share < 100:
            print(f"{each.path[-70:]:70} {each.held:7} {each.share:8.2f}  {'; '.join(each.told)}")
    whole = sum(each.share == 100 for each in counted)
    print(f"{whole} of {len(counted)} Word files give every word\n")
    short = [each for each in counted if each.share < _LEAST and not each.told]
    least = min((each.share for each in counted if not each.told), default=100.0)
    figure = f"{len(counted) - len(short)} of {len(counted)} files; the least that tells nothing {least:.2f} %"
    return [
        Aim("words of any Word file", figure, f"≥ {_LEAST:.0f} % or told what is left out, in every file", not short)
    ]


def at_hand() -> list[Path]:
    """Find the Word files of this project and of the libraries installed."""
    libraries = Path(sysconfig.get_paths()["purelib"])
    found = [path for folder in ("forms", "templates") for path in sorted((ROOT / folder).rglob("*.docx"))]
    return [*found, *sorted(libraries.rglob("*.docx"))]


def is_read(path: Path) -> bool:
    """Tell whether a file is read at all; one that is refused is named with its reason."""
    from pipeline import readers
    from pipeline.errors import Unreadable

    try:
        readers.read(path.read_bytes(), path.name)
    except Unreadable as refusal:
        print(f"left out: {path.name} is refused: {refusal.reason}, {refusal.detail}")
        return False
    return True


def make(folder: Path, seed: str) -> Iterator[Path]:
    """Make files: one with every structure, filled forms and typed ones."""
    whole = folder / "alles.docx"
    whole.write_bytes(structures.write())
    yield whole
    for number in range(1, _MADE + 1):
        yield ours(Case("words-ours", number, seed, folder)).path
        yield retyped(Case("words-retyped", number, seed, folder)).path


def resave(files: list[Path], folder: Path) -> list[Path]:
    """Have LibreOffice save all of them anew."""
    numbered = []
    for number, path in enumerate(files):
        copy = folder / f"{number:03d}-{path.stem}.docx"
        copy.write_bytes(path.read_bytes())
        numbered.append(copy)
    made = folder / "resaved"
    made.mkdir()
    return programs.libreoffice(numbered, "docx", made)


def count(path: Path) -> Counted:
    """Hold what reading gives against what the XML says."""
    from pipeline import readers
    from pipeline.document import paragraphs

    data = path.read_bytes()
    held = Counter(visible(path))
    document = readers.read(data, path.name)
    given: Counter[str] = Counter()
    for paragraph in paragraphs(document.blocks):
        given.update(f"{paragraph.text} {paragraph.placeholder}".split())
    return Counted(str(path), held.total(), (held & given).total(), document.omitted)


def visible(path: Path) -> Iterator[str]:
    """Give the words that somebody sees who opens the file: no deletions, no field codes, each text box once."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if _PARTS.fullmatch(name):
                root = etree.fromstring(archive.read(name).replace(_STRICT, W[1:-1].encode()))
                for paragraph in root.iter(W + "p"):
                    if not any(parent.tag in _GONE for parent in paragraph.iterancestors()):
                        yield from "".join(_said(paragraph)).split()


def _said(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or child.tag == W + "p" or _hidden(child):
            continue
        if child.tag in {W + "t", MATH}:
            yield child.text or ""
        elif child.tag in _BETWEEN:
            yield " "
        elif child.tag == W + "noBreakHyphen":
            yield "\u2011"
        else:
            yield from _said(child)


def _hidden(run: Any) -> bool:
    if run.tag != W + "r":
        return False
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "true") not in {"0", "false", "off"}
