"""Every visible word of files that other programs made is read."""

from __future__ import annotations

import io
import re
import subprocess
import sysconfig
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.read_back import rows, said
from tests.visible_words import Counted
from tests.word_files import (
    W14_BOX,
    p,
    r,
    sdt,
    tbl,
    tc,
    tr,
    word,
)

# Other writers: every visible word -----------------------------------------------------------------------------


def assert_every_word(data: bytes, at_least: int) -> None:
    """Hold that all but one in a hundred of the visible words are read, and that the rest of the file is told."""
    document = read(data, "a.docx")
    given: Counter[str] = Counter()
    for part in paragraphs(document.blocks):
        given.update(f"{part.text} {part.placeholder}".split())
    counted = Counted(data)
    missing = counted.words - given
    assert counted.words.total() >= at_least
    assert 100 * missing.total() <= counted.words.total(), missing
    assert 100 * (given - counted.words).total() <= counted.words.total() + 100, given - counted.words
    for kind, words in counted.elsewhere.items():
        assert not words - given or any(kind in told for told in document.omitted), (kind, words)


def test_every_word_of_a_file_made_by_python_docx_is_read() -> None:
    made = docx.Document()
    made.add_heading("Omgevingsanalyse", 1)
    for number in range(30):
        made.add_paragraph(f"De wijk nummer {number} telt {number * 37} inwoners en ligt aan het water.")
    table = made.add_table(5, 4)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cel {number} zegt iets"
    table.cell(0, 0).merge(table.cell(1, 1))
    out = io.BytesIO()
    made.save(out)
    assert_every_word(out.getvalue(), 300)


HTML = """<html><head><meta charset="utf-8"><title>t</title></head><body><h1>A. Bestuur</h1>
<p>Naam: <b>Stad</b> Gent, <a href="https://example.org">zie hier</a>.</p>
<ul><li>eerste punt</li><li>tweede punt</li></ul>
<table border="1"><tr><th colspan="2">Samen</th><th>Apart</th></tr>
<tr><td rowspan="2">hoog</td><td>een</td><td>twee</td></tr><tr><td>drie</td>
<td><table><tr><td>diep</td></tr></table></td></tr></table>
<p>Laatste alinea met een&nbsp;vaste spatie en caf&eacute;.</p></body></html>"""


def converted(folder: Path, name: str, content: bytes, target: str) -> bytes:
    """Let LibreOffice save a file as another kind."""
    (folder / name).write_bytes(content)
    out = folder / "uit"
    filters = {"docx": "docx:Office Open XML Text", "odt": "odt:writer8"}
    loading = ["--infilter=HTML (StarWriter)"] if name.endswith(".html") else []
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profiel').as_uri()}", "--headless", *loading,
         "--convert-to", filters[target], "--outdir", str(out), str(folder / name)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (out / name).with_suffix("." + target).read_bytes()


@pytest.mark.requires_soffice
def test_every_word_of_a_file_made_by_libreoffice_is_read(tmp_path: Path) -> None:
    data = converted(tmp_path, "blad.html", HTML.encode(), "docx")
    assert_every_word(data, 26)
    assert {"Apart", "diep"} <= set(" ".join(said(data)).split())


def files_at_hand() -> list[Path]:
    """Give the Word files of this project and of the libraries that it uses, those aside that cannot be opened."""
    project, libraries = Path(__file__).parent.parent, Path(sysconfig.get_paths()["purelib"])
    found = [*project.glob("forms/**/*.docx"), *project.glob("templates/**/*.docx"), *libraries.glob("**/*.docx")]
    return sorted(path for path in found if zipfile.is_zipfile(path))


@pytest.mark.parametrize("path", files_at_hand(), ids=lambda path: path.name)
def test_every_word_of_the_word_files_at_hand_is_read(path: Path) -> None:
    assert_every_word(path.read_bytes(), 0)


@pytest.mark.requires_soffice
def test_a_copy_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    body = (
        p("A. Bestuur", '<w:outlineLvl w:val="0"/>')
        + tbl(
            tr(tc("Naam *"), tc(p(sdt(r("Gent"), '<w:tag w:val="gemeente"/><w:text/>')))),
            tr(tc("Start"), sdt(tc("01/01/2022"), '<w:tag w:val="start"/><w:date w:fullDate="2022-01-01T00:00:00Z"/>')),
            tr(tc("Zone"), tc(p(sdt(r("☒"), W14_BOX.format(tag="zone=ja", state="1")) + r(" ja")))),
        )
        + p(
            sdt(
                r("Lange tekst") + "<w:r><w:br/></w:r>" + r("regel twee"),
                '<w:tag w:val="tekst"/>',
            )
        )
        + p(r("Bedrag: ") + "<w:del><w:r><w:delText>1</w:delText></w:r></w:del>" + r("2"))
    )
    ours = word(body)
    theirs = converted(tmp_path, "kopie.docx", ours, "docx")
    assert rows(theirs) == rows(ours) == [["Naam *", "Gent"], ["Start", "01/01/2022"], ["Zone", "☒ ja"]]
    assert said(theirs) == said(ours)
    assert [c.checked for c in read(theirs, "a.docx").controls if c.kind == "checkbox"] == [True]
    assert not re.search("<w:tag ", zipfile.ZipFile(io.BytesIO(theirs)).read("word/document.xml").decode())
