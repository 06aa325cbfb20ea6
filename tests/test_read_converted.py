"""Older Word files are read through LibreOffice: the same answers, nothing fetched, and a reason when it fails."""

from __future__ import annotations

import hashlib
import stat
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline import office
from pipeline.document import paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import inspect, read
from pipeline.readers.reasons import explain
from pipeline.workers import Done, Limits, Lost, Workers
from tests.fill import fill
from tests.random_answers import Maker
from tests.test_roundtrip import blank, call, convert, differences
from tests.word_files import p, tbl, tc, tr, word

WORD_RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Calibri;}{\f1\fnil\fcharset2 Wingdings;}}
{\*\revtbl{Unknown;}{N. Fictief;}}{\stylesheet{Normal;}{\s1\outlinelevel0 heading 1;}}
\pard\s1\outlinelevel0 A. Bestuur\par
\pard Naam: {\field{\*\fldinst { FORMTEXT }{{\*\formfield{\fftype0\fftypetxt0{\*\ffname Naam}}}}}{\fldrslt Stad Gent}}\par
Vak: {\field{\*\fldinst { FORMCHECKBOX }{{\*\formfield{\fftype1\ffres1\ffhps20{\*\ffname Vak1}\ffdefres0}}}}{\fldrslt }} ja\par
Vak: {\field{\*\fldinst { FORMCHECKBOX }{{\*\formfield{\fftype1\ffres0\ffhps20{\*\ffname Vak2}\ffdefres1}}}}{\fldrslt }} nee\par
Vak: {\field{\*\fldinst { FORMCHECKBOX }{{\*\formfield{\fftype1\ffres25\ffhps20{\*\ffname Vak3}\ffdefres1}}}}{\fldrslt }} standaard\par
Soort: {\field{\*\fldinst { FORMDROPDOWN }{{\*\formfield{\fftype2\ffres1\ffhaslistbox{\*\ffname L1}\ffdefres0{\*\ffl Personeel}{\*\ffl Werking}}}}}{\fldrslt }}\par
Teken: {\f1\'fe} ja\par
zicht{\v verborgen} {\deleted\revauthdel1 weg }{\revised\revauth1 erbij}\par
Euro \'80 accent \u263?\'e9 \u8211?\par
Voet{\super\chftn}{\footnote\pard {\super\chftn} zonder btw}\par
{\shp{\*\shpinst\shpleft0\shptop0\shpright3000\shpbottom1000{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard in het tekstvak\par}}}\par
\trowd\cellx3000\cellx6000\intbl Titel\cell Muide\cell\row\pard
{\field{\*\fldinst DATE \\@ "dd/MM/yyyy"}{\fldrslt 19/07/2021}} is vandaag\par
{\*\annotation klopt dit?}{\header kop}{\footer voet}einde\par}"""  # noqa: E501 - as Word writes it
"""RTF with the marks that Word gives form fields, changes, notes and text boxes (Rich Text Format 1.9.1)."""


def made_by_libreoffice(folder: Path, body: str, kind: str = "doc:MS Word 97") -> bytes:
    """Let LibreOffice save a small Word file the older way."""
    (data,) = convert(folder, {"klein.docx": word(body)}, kind).values()
    return data


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small .doc."""
    body = p("Titel", '<w:outlineLvl w:val="0"/>') + tbl(tr(tc("Naam"), tc("Stad Gent"))) + p("einde")
    return made_by_libreoffice(tmp_path_factory.mktemp("doc"), body)


# What it says --------------------------------------------------------------------------------------------------


@pytest.mark.requires_soffice
@pytest.mark.parametrize("kind", ["doc:MS Word 97", "rtf:Rich Text Format"])
@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
def test_random_answers_come_back_from_an_older_word_file(tmp_path: Path, kind: str, form: str) -> None:
    asked = call().forms[form]
    answers = Maker(len(form) + len(kind), call()).form(asked)
    (data,) = convert(tmp_path, {"f.docx": fill(blank(form), answers, asked)}, kind).values()
    assert differences(asked, answers, data, f"f.{kind[:3]}") == ([], 0)


@pytest.mark.requires_soffice
def test_rtf_as_word_writes_it_says_the_same_as_a_word_file_would() -> None:
    document = read(WORD_RTF.encode(), "map/aanvraag.rtf")
    said = [(part.text, part.location.part) for part in paragraphs(document.blocks) if part.text]
    assert said == [
        ("A. Bestuur", ""), ("Naam: Stad Gent", ""), ("Vak: ☒ ja", ""), ("Vak: ☐ nee", ""), ("Vak: ☒ standaard", ""),
        ("Soort: Werking", ""), ("Teken: ☒ ja", ""), ("zicht erbij", ""), ("Euro € accent ćé –", ""), ("Voet", ""),
        ("in het tekstvak", "tekstvak"), ("Titel", ""), ("Muide", ""), ("[datumveld] is vandaag", ""), ("einde", ""),
        ("zonder btw", "voetnoot"), ("kop", "koptekst"), ("voet", "voettekst"),
    ]  # fmt: skip
    kept_apart = [(part.hidden, part.deleted) for part in paragraphs(document.blocks) if part.hidden or part.deleted]
    assert kept_apart == [("verborgen", "weg"), ("klopt dit?", "")]
    assert [(c.kind, c.text, c.checked) for c in document.controls] == [
        ("text", "Stad Gent", None), ("checkbox", "☒", True), ("checkbox", "☐", False), ("checkbox", "☒", True),
        ("choice", "Werking", None),
    ]  # fmt: skip


@pytest.mark.requires_soffice
def test_a_date_that_libreoffice_makes_today_is_not_given_and_doubted() -> None:
    document = read(WORD_RTF.encode(), "a.rtf")
    (today,) = [part for part in paragraphs(document.blocks) if part.text.endswith("is vandaag")]
    assert today.text == "[datumveld] is vandaag"
    assert "vanzelf" in today.uncertain


@pytest.mark.requires_soffice
def test_the_places_name_the_file_itself_and_the_conversion_is_told(small: bytes) -> None:
    document = read(small, "map/aanvraag.doc")
    assert (document.source.name, document.source.media_type) == ("map/aanvraag.doc", "application/msword")
    assert document.source.sha256 == hashlib.sha256(small).hexdigest()
    (name,) = [part for part in paragraphs(document.blocks) if part.text == "Stad Gent"]
    assert str(name.location) == "map/aanvraag.doc, Titel, tabel 1, rij 1"
    assert document.notes == ("Het bestand is met LibreOffice omgezet naar .docx om het te lezen.",)


# What is refused -----------------------------------------------------------------------------------------------


def patched(data: bytes, at: int, value: int) -> bytes:
    """Give an older Word file with a number of its opening words changed."""
    start = next(place for place in range(512, len(data), 64) if data[place : place + 2] == struct.pack("<H", 0xA5EC))
    changed = bytearray(data)
    struct.pack_into("<H", changed, start + at, value)
    return bytes(changed)


def renamed(data: bytes, name: str, other: str) -> bytes:
    """Give an OLE file with one of its streams under another name."""
    at = data.index(name.encode("utf-16-le") + b"\0\0")
    field = other.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(other) + 2)
    return data[:at] + field + data[at + len(field) :]


@pytest.mark.requires_soffice
def test_a_password_macros_and_a_cut_are_seen_before_anything_opens_the_file(
    small: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/bestaat-niet")
    refused = {
        Reason.ENCRYPTED: patched(small, 10, 0x13F0),
        Reason.MACROS: renamed(small, "\x01CompObj", "_VBA_PROJECT"),
        Reason.DAMAGED: small[: len(small) * 9 // 10],
    }
    for reason, data in refused.items():
        with pytest.raises(Unreadable) as refusal:
            read(data, "a.doc")
        assert refusal.value.reason is reason
        assert inspect(data, "a.doc") == ("application/msword", explain(reason, refusal.value.detail)[0])
    assert inspect(small, "a.doc") == ("application/msword", "")


def test_without_libreoffice_the_reason_gives_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/bestaat-niet")
    with pytest.raises(Unreadable) as refusal:
        read(rb"{\rtf1 Gent}", "a.rtf")
    assert refusal.value.reason is Reason.NO_OFFICE
    assert "sudo apt-get install --no-install-recommends libreoffice-writer-nogui" in explain(refusal.value.reason)[1]


class Asked(BaseHTTPRequestHandler):
    """Counts what is asked of it."""

    paths: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Give the address of a server of our own."""
    listening = HTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    thread.join()
    listening.server_close()


@pytest.mark.requires_soffice
def test_nothing_is_fetched_and_no_other_file_is_read(server: str, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.rtf"
    secret.write_text(r"{\rtf1 GEHEIM\par}")
    fields = [
        rf'INCLUDEPICTURE "{server}/beeld.png" \\d', f'INCLUDETEXT "{server}/tekst.rtf"', f'INCLUDETEXT "{secret}"',
        f'LINK Word.Document.8 "{secret}" \\\\a', f'HYPERLINK "{server}/adres"', f'DDEAUTO soffice "{secret}" x',
    ]  # fmt: skip
    body = "".join(rf"{{\field{{\*\fldinst {code}}}{{\fldrslt oud}}}}\par " for code in fields)
    linked = r"{\object\objlink\objupdate{\*\objclass Word.Document.8}{\*\objdata 0105000001}{\result beeld}}\par "
    data = (
        rf"{{\rtf1\ansi{{\*\template {server}/sjabloon.dot}}begin\par {body}{linked}{{\*\subdoc {server}/deel.rtf}}}}"
    )
    said = " ".join(part.text for part in paragraphs(read(data.encode(), "a.rtf").blocks))
    assert said.startswith("begin")
    assert "oud" in said
    assert "GEHEIM" not in said
    assert Asked.paths == []


# A LibreOffice that fails --------------------------------------------------------------------------------------


def pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> None:
    """Put a program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text("\n".join(["#!/bin/sh", *lines]))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_a_libreoffice_that_makes_nothing_means_a_damaged_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path, "exit 0")
    with pytest.raises(Unreadable) as refusal:
        read(rb"{\rtf1 Gent}", "a.rtf")
    assert refusal.value.reason is Reason.DAMAGED


def test_a_libreoffice_that_hangs_is_stopped_with_everything_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path, "sleep 600 &", f"echo $! > {tmp_path}/kind", "wait")
    with pytest.raises(Unreadable) as refusal:
        office.to_docx(b"x", "doc", seconds=0.5)
    assert refusal.value.reason is Reason.TIMEOUT
    assert ended(int((tmp_path / "kind").read_text()))


def words_of(data: bytes) -> str:
    """Give the text of an older Word file; what a worker does."""
    return "|".join(part.text for part in paragraphs(read(data, "a.doc").blocks))


@pytest.mark.requires_soffice
def test_several_workers_convert_beside_each_other(small: bytes) -> None:
    workers = Workers(2, Limits(seconds=120))
    outcomes = list(workers.run(words_of, [(small,), (small,), (b"{\\rtf1 Gent}",)]))
    workers.close()
    assert outcomes == [*[Done("Titel|Naam|Stad Gent|einde")] * 2, Done("Gent")]


def test_what_a_stopped_task_started_is_stopped_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path, "sleep 600 &", f"echo $! > {tmp_path}/kind", "wait")
    workers = Workers(1, Limits(seconds=5))
    (outcome,) = workers.run(words_of, [(b"{\\rtf1 Gent}",)])
    workers.close()
    assert isinstance(outcome, Lost)
    assert outcome.reason is Reason.TIMEOUT
    assert ended(int((tmp_path / "kind").read_text()))


def ended(process: int) -> bool:
    """Tell whether a process is gone, at once or very soon."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
