"""The pool of LibreOffice: no bad file spoils another, nothing is fetched or run, and nothing lives on."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pypdfium2
import pytest

from pipeline import office
from pipeline.office.driver import sockets
from pipeline.office.program import find_all, write_profile
from tests.vba_files import with_macro

pytestmark = pytest.mark.requires_soffice
ROOT = Path(__file__).parents[1]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
_SLOW = 60
"""Seconds in which something ends that was killed, however busy the machine is."""


def paper(*texts, **parts):
    """Give a Word file of some paragraphs, with XML put at its end (`body`) or in its relations (`relations`)."""
    document = docx.Document()
    document.core_properties.title = "Fictief voorbeeld"
    for text in texts or ("Gent",):
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", parts.get("body", "").encode() + b"<w:sectPr", 1)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", parts.get("relations", "").encode() + b"</Relationships>")
            target.writestr(name, data)
    return out.getvalue()


def nested(depth):
    """Give tables in tables in tables: LibreOffice 7.4 lays out a hundred of them for minutes."""
    inner = "<w:p><w:r><w:t>diep</w:t></w:r></w:p>"
    opening = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
    return opening * depth + inner + "<w:p/></w:tc></w:tr></w:tbl>" * depth + "<w:p/>"


def words(data):
    document = pypdfium2.PdfDocument(data)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def children(process=None):
    """Give the processes below one, this one where none is named."""
    below = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(each.read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(each.parent.name))
    found = list(below.get(process or os.getpid(), ()))
    for child in found:
        found += below.get(child, ())
    return found


def command(process):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    return []


def offices(process=None):
    """Give the LibreOffices below a process."""
    return [child for child in children(process) if command(child)[:1] and command(child)[0].endswith("soffice.bin")]


def ended(processes):
    """Tell whether processes are gone, now or soon."""
    until = time.monotonic() + _SLOW
    while any(map(_runs, processes)):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _runs(process):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture
def new_offices():
    """Gives the LibreOffices that were started since the test began."""
    before = set(offices())
    return lambda: [process for process in offices() if process not in before]


@pytest.fixture(scope="module")
def instances():
    with office.pool(2) as pool:
        yield pool


# What fails ----------------------------------------------------------------------------------------------------


def test_a_bad_file_has_its_reason_and_spoils_no_other(instances):
    torn = bytearray(paper("WVC-2021-0003"))
    torn[60:90] = bytes(30)
    documents = {"kapot": b"PK\x03\x04 kapot", "gescheurd": bytes(torn), "brief": paper("WVC-2021-0001"), "leeg": b""}
    markers = {"leeg": "WVC-2021-0002", "kapot": "WVC-2021-0003", "gescheurd": "WVC-2021-0003"}
    made = office.convert(documents, markers=markers, instances=instances)
    assert list(made) == ["kapot", "gescheurd", "brief", "leeg"]
    assert made["kapot"] == "LibreOffice kan dit document niet openen."
    assert isinstance(made["gescheurd"], str)
    assert made["leeg"].startswith("De pdf heeft geen titel.")
    assert "WVC-2021-0001" in words(made["brief"])


def test_another_kind_of_file_is_not_taken_for_word(instances):
    made = office.convert({"tekst": b"Gent", "rtf": rb"{\rtf1 Gent}"}, instances=instances)
    assert set(made.values()) == {"LibreOffice kan dit document niet openen."}


def test_a_pdf_without_the_text_that_it_must_hold_does_not_count(instances):
    made = office.convert({"brief": paper()}, markers={"brief": "WVC-2021-9999"}, instances=instances)
    assert made["brief"] == "De pdf bevat de tekst «WVC-2021-9999» niet."


def test_a_document_that_hangs_is_stopped_and_the_others_go_on(new_offices):
    documents = {str(number): paper(f"brief {number}") for number in range(7)} | {"3": paper(body=nested(100))}
    with office.pool(2, paper_seconds=6) as pool:
        made = office.convert(documents, instances=pool)
        assert pool.given_up == ""
    assert made["3"] == "LibreOffice deed er langer dan 6 seconden over."
    assert [name for name, result in made.items() if isinstance(result, str)] == ["3"]
    assert new_offices() == []


@pytest.mark.parametrize(("which", "place"), [("soffice.bin", 0), ("driver.py", 2)])
def test_a_paper_whose_libreoffice_dies_is_printed_by_another(which, place, new_offices):
    others = children()
    with office.pool(1) as pool:
        office.convert({"eerst": paper()}, instances=pool)
        (before,) = new_offices()
        ours = [child for child in children() if child not in others]
        (victim,) = [child for child in ours if "".join(command(child)[place : place + 1]).endswith(which)]
        os.kill(victim, signal.SIGKILL)
        made = office.convert({"dan": paper("Gent"), "nog": paper("Aalst")}, instances=pool)
        assert (words(made["dan"]), words(made["nog"])) == ("Gent", "Aalst")
        (after,) = new_offices()
        assert after != before
        assert ended([before])


def test_an_instance_makes_room_for_another_after_so_many_papers(new_offices):
    seen = []
    with office.pool(1, recycle=2) as pool:
        for _number in range(3):
            assert isinstance(office.convert({"brief": paper()}, instances=pool)["brief"], bytes)
            seen.append(new_offices())
    assert [len(each) for each in seen] == [1, 0, 1]
    assert seen[0] != seen[2]


def test_nothing_lives_on_when_the_program_is_killed(tmp_path):
    lines = (
        "import sys, time; from pipeline import office; from tests.test_office_pool import paper, offices, children",
        "with office.pool(1) as pool:",
        "    office.convert({'brief': paper()}, instances=pool)",
        "    print(*offices(), *children(), flush=True)",
        "    time.sleep(600)",
    )
    surroundings = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", "\n".join(lines)]
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True) as program:
        processes = [int(word) for word in program.stdout.readline().split()]
        assert len(processes) >= 3
        (folder,) = tmp_path.iterdir()
        left = [path for path in sockets(folder) if path.exists()]
        assert len(left) == 2
        program.kill()
    assert ended(processes)
    assert list(tmp_path.iterdir()) == []
    assert not any(path.exists() for path in left)


def test_closing_the_pool_ends_what_is_at_work(new_offices):
    with office.pool(1) as pool, ThreadPoolExecutor(1) as thread:
        at_work = thread.submit(office.convert, {"hangt": paper(body=nested(100))}, instances=pool)
        while not new_offices():
            time.sleep(0.02)
        pool.close()
        assert isinstance(at_work.result(_SLOW)["hangt"], str)
    assert new_offices() == []


# A LibreOffice that does nothing -------------------------------------------------------------------------------


def pretend(monkeypatch, folder, *lines):
    """Put a program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text("\n".join(["#!/bin/sh", *lines]))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def test_a_libreoffice_that_does_nothing_is_not_believed(monkeypatch, tmp_path):
    pretend(monkeypatch, tmp_path, "exit 0")
    assert office.convert({"brief": paper()}) == {"brief": "LibreOffice start niet: LibreOffice ended with code 0."}


def test_a_libreoffice_that_hangs_is_not_started_for_every_file_and_dies_with_what_it_started(monkeypatch, tmp_path):
    pretend(monkeypatch, tmp_path, "sleep 600 &", f"echo $! >> {tmp_path}/kinderen", "wait")
    with office.pool(1, start_seconds=1) as pool:
        made = office.convert({str(number): paper() for number in range(20)}, instances=pool)
    assert set(made.values()) == {"LibreOffice start niet: het antwoordde niet binnen 1 seconden."}
    started = (tmp_path / "kinderen").read_text().split()
    assert len(started) == 2
    assert ended(map(int, started))


def test_without_libreoffice_the_reason_gives_the_line_to_type(monkeypatch):
    monkeypatch.setenv("PATH", "/bestaat-niet")
    (reason,) = office.convert({"brief": b""}).values()
    assert "sudo apt-get install --no-install-recommends libreoffice-writer-nogui python3-uno" in reason


def test_without_a_python_that_drives_libreoffice_the_reason_gives_the_line_to_type(monkeypatch, tmp_path):
    (tmp_path / "soffice").symlink_to("/usr/bin/soffice")
    ours = tmp_path / "python3"  # that of our environment has no uno; a link to it would be the system's, which has
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    ours.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (reason,) = office.convert({"brief": b""}).values()
    assert reason.endswith("Typ: sudo apt-get install --no-install-recommends python3-uno")


# Nothing fetched, nothing run ----------------------------------------------------------------------------------


class Asked(BaseHTTPRequestHandler):
    """A server that remembers what it was asked."""

    paths: list[str] = []  # noqa: RUF012

    def do_GET(self):
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PNG)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_words):
        pass


@pytest.fixture
def server():
    Asked.paths.clear()
    listening = HTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    thread.join()
    listening.server_close()


def linked(*addresses):
    """Give a Word file with pictures that lie elsewhere."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relations = "".join(
        f'<Relationship Id="elders{number}" Type="{kind}" Target="{address}" TargetMode="External"/>'
        for number, address in enumerate(addresses)
    )
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="914400" cy="914400"/><wp:docPr id="{number}" name="beeld" descr="een beeld"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        '<pic:cNvPr id="{number}" name="beeld"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="elders{number}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    body = "".join(drawing.replace("{number}", str(number)) for number in range(len(addresses)))
    return paper("begin", "einde", body=body, relations=relations)


def pictures(data):
    document = pypdfium2.PdfDocument(data)
    found = [
        each.get_px_size() for page in document for each in page.get_objects() if isinstance(each, pypdfium2.PdfImage)
    ]
    document.close()
    return found


def test_a_picture_elsewhere_is_neither_fetched_nor_embedded(instances, server, tmp_path):
    secret = tmp_path / "geheim.png"
    secret.write_bytes(PNG)
    document = linked(f"{server}/beeld.png", secret.as_uri())
    (made,) = instances.print({"brief": document}, {"SelectPdfVersion": 2}, lambda _name, made: made.pdf).values()
    assert "begin" in words(made)
    assert (1, 1) not in pictures(made)
    (reason,) = office.convert({"brief": document}, instances=instances).values()
    assert reason == "De pdf heeft een afbeelding die een voorlezer niet vindt."  # a hole in the paper is told
    assert Asked.paths == []
    # and as anybody's LibreOffice prints it, so that the above can fail
    file = tmp_path / "brief.docx"
    file.write_bytes(document)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    usual = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(usual, check=True, capture_output=True)
    assert Asked.paths
    assert (1, 1) in pictures(file.with_suffix(".pdf").read_bytes())


def test_text_of_another_file_is_not_taken_in(instances, tmp_path, server):
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheime inhoud van een ander bestand")
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDETEXT '
        '"{place}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>leeg</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    body = "".join(field.replace("{place}", place) for place in (str(secret), f"{server}/tekst.txt"))
    (made,) = office.convert({"brief": paper(body=body)}, instances=instances).values()
    assert "geheime inhoud" not in words(made)
    assert Asked.paths == []


def test_libreoffice_has_no_network(instances, server):
    office.convert({"brief": paper()}, instances=instances)
    for process in offices():
        assert "Seccomp:\t2" in Path(f"/proc/{process}/status").read_text()
    asking = f"import urllib.request; urllib.request.urlopen('{server}/vraag').read()"
    lines = (
        "import socket, subprocess, sys; sys.path.insert(0, 'pipeline/office'); import driver; driver.take_network()",
        "socket.socketpair()",  # local ones open
        f'subprocess.run(["/usr/bin/python3", "-c", "{asking}"])',
    )
    python = office.find_python()
    done = subprocess.run([python, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Permission denied" in done.stderr
    assert Asked.paths == []
    subprocess.run([python, "-c", asking], check=True)
    assert Asked.paths == ["/vraag"]


LOADED = """
import pathlib, sys
sys.path.insert(0, "pipeline/office")
import driver
office = driver.Office(sys.argv[1], pathlib.Path(sys.argv[2]))
office.connect()
if sys.argv[4] == "as we do":
    document = office.load(sys.argv[3])
else:
    always = driver._properties({"Hidden": True, "MacroExecutionMode": 4})
    document = office._desktop.loadComponentFromURL(driver._url(sys.argv[3]), "_blank", 0, always)
print(document.BasicLibraries.getByName("Project").getElementNames(), document.AllowMacroExecution)
office.kill()
driver.clear(pathlib.Path(sys.argv[2]))
"""


@pytest.mark.parametrize(("how", "allowed"), [("as we do", False), ("as one should not", True)])
def test_libreoffice_itself_says_that_a_macro_may_not_run(how, allowed, tmp_path):
    programs = find_all()
    folder = tmp_path / "office"
    folder.mkdir()
    if not allowed:
        write_profile(folder / "profile")
    file = tmp_path / "brief.docm"
    file.write_bytes(with_macro(paper(), "Sub AutoOpen()\r\nEnd Sub\r\n"))
    command = [programs.python, "-c", LOADED, programs.office, str(folder), str(file), how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == f"('ThisDocument',) {allowed}"


def test_what_verapdf_does_not_pass_does_not_count(instances, monkeypatch, tmp_path):
    program = tmp_path / "verapdf"  # says what veraPDF says, and does not pass one of the two
    lines = (
        "#!/bin/sh",
        'echo "$1 $2 $3 $4" >> "$0.asked"',
        "flavour=$4; shift 4",
        "for file; do verdict=PASS",
        "[ $flavour = ua1 ] && case $file in *0002.pdf) verdict=FAIL;; esac",
        'echo "$verdict $file $flavour"; done',
    )
    program.write_text("\n".join(lines))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    made = office.convert({"een": paper("een"), "twee": paper("twee")}, instances=instances)
    assert isinstance(made["een"], bytes)
    assert made["twee"] == "Volgens veraPDF is de pdf geen geldige PDF/UA-1."
    asked = (tmp_path / "verapdf.asked").read_text().splitlines()
    assert asked == ["--format text --flavour 2b", "--format text --flavour ua1"]


def test_a_verapdf_that_says_nothing_passes_nothing(instances, monkeypatch, tmp_path):
    program = tmp_path / "verapdf"
    program.write_text("#!/bin/sh\nexit 2\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    made = office.convert({"een": paper("een")}, archive=office.Archive.CONTRACT, instances=instances)
    assert made == {"een": "Volgens veraPDF is de pdf geen geldige PDF/A-3b."}


# The same bytes ------------------------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes_whichever_instance_prints_it_and_after_whatever(instances):
    one = paper("WVC-2021-0001", "een brief")
    others = {str(number): paper(f"andere woorden {number} {chr(0x410 + number)}") for number in range(8)}
    made = office.convert({"eerst": one, **others, "laatst": one}, instances=instances)
    with office.pool(1) as fresh:
        again = office.convert({"opnieuw": one}, instances=fresh)
    assert isinstance(made["eerst"], bytes)
    assert made["eerst"] == made["laatst"] == again["opnieuw"]


def test_two_conversions_beside_each_other_do_not_meet():
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(office.convert, [{"brief": paper("Gent")}] * 2)
    assert first == second
    assert words(first["brief"]) == "Gent"
