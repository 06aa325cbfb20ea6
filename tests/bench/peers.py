"""What a user would take instead of our reader: each reads a file into text, none of them into answers."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CALL = "wijkverbeteringscontract"


def installed(name: str) -> bool:
    """Tell whether a peer can take its turn."""
    if name == "poppler":
        return shutil.which("pdftotext") is not None
    if name == "ocrmypdf":
        return find_spec(name) is not None and shutil.which("tesseract") is not None
    return find_spec({"python-docx": "docx", "pypdf + drawn": "pypdf"}.get(name, name)) is not None


def ours(path: Path) -> Any:
    """Read a file to answers, as the pipeline does: recognise the form, extract and judge every answer."""
    from pipeline import extract, readers

    call = _call()
    document = readers.read(path.read_bytes(), path.name)
    return extract.extract(document, call.forms[extract.identify(document, call)], call)


def ours_answers(path: Path) -> Any:
    """Read a fillable PDF as a batch does: what a form prints may be left out where it cannot hold an answer."""
    from pipeline import extract, readers

    call = _call()
    document = readers.read(path.read_bytes(), path.name, answers_only=True)
    return extract.extract(document, call.forms[extract.identify(document, call)], call)


@cache
def _call() -> Any:
    """Give the call; the pipeline loads it once for a batch."""
    from pipeline.library import load

    return load(CALL)


def python_docx(path: Path) -> list[str]:
    """Walk all text of a Word file: paragraphs, and the cells of every table."""
    import docx

    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return texts


def docx2python(path: Path) -> Any:
    """Read a Word file to nested tables."""
    from docx2python import docx2python as read

    with read(path) as document:
        return document.body


def mammoth(path: Path) -> str:
    """Read a Word file to HTML."""
    import mammoth as reader

    return str(reader.convert_to_html(io.BytesIO(path.read_bytes())).value)


def pdfplumber(path: Path) -> list[Any]:
    """Read the words and the tables of every page."""
    import pdfplumber as reader

    with reader.open(path) as document:
        return [(page.extract_words(), page.extract_tables()) for page in document.pages]


def poppler(path: Path) -> list[tuple[float, float, str]]:
    """Have poppler place every word, and gather them: no rulings, no tables."""
    from lxml import etree

    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True)
    words = etree.fromstring(done.stdout, etree.XMLParser(recover=True)).iter("{*}word")
    return [(float(word.get("xMin")), float(word.get("yMin")), word.text) for word in words]


def pypdf(path: Path) -> Any:
    """Read the fields of a fillable PDF: what each holds, but neither where it stands nor what it shows."""
    from pypdf import PdfReader

    return PdfReader(path).get_fields()


def pypdf_drawn(path: Path) -> tuple[Any, list[tuple[int, Any, bytes]]]:
    """Read the fields of a fillable PDF, and unpack what each shows at its place, without making text of it."""
    from pypdf import PdfReader
    from pypdf.generic import StreamObject

    reader = PdfReader(path)
    drawn = []
    for number, page in enumerate(reader.pages, start=1):
        for note in page.get("/Annots", ()):
            place = note.get_object()
            normal = place.get("/AP", {}).get("/N")
            shown = normal.get_object() if normal is not None else None
            drawn.append((number, place.get("/Rect"), shown.get_data() if isinstance(shown, StreamObject) else b""))
    return reader.get_fields(), drawn


def ocrmypdf(path: Path) -> str:
    """Recognise the text of a scan, one page at a time."""
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-ocr-") as folder:
        made, text = Path(folder) / "made.pdf", Path(folder) / "text.txt"
        command = [
            sys.executable,
            "-m",
            "ocrmypdf",
            "--force-ocr",
            "-l",
            "nld",
            "--jobs",
            "1",
            "--sidecar",
            str(text),
            "-q",
        ]
        subprocess.run([*command, str(path), str(made)], check=True, capture_output=True)
        return text.read_text(encoding="utf-8")
