"""A file that cannot be read gets one reason of the closed list, quickly, and never another exception."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest

from pipeline.document import Document, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import inspect, read
from pipeline.readers.reasons import explain
from tests import msg_files, odt_files
from tests.word_files import SPACES, p, parts, sdt, styles, tbl, tc, tr, word, zipped

WORD_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SECONDS = 3.0


def ole(stream: str) -> bytes:
    """Make an old Office file with one stream named so."""
    return msg_files.ole({stream: bytes(5000)})


def with_part(name: str, content: bytes | str) -> bytes:
    """Make a Word file with one part replaced or added."""
    return zipped({**parts(p("Gent")), name: content})


def without(name: str) -> bytes:
    """Make a Word file that misses a part."""
    return zipped({key: value for key, value in parts(p("Gent")).items() if key != name})


def doubled(name: str) -> bytes:
    """Make a Word file that has a part twice, under these names."""
    out = io.BytesIO(word(p("Gent")))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(name, str(parts(p("Brugge"))["word/document.xml"]))
    return out.getvalue()


def lying(size: int) -> bytes:
    """Make a Word file whose directory says that the document has this size."""
    data = bytearray(word(p("Gent" * 500)))
    at = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<L", data, at + 24, size)
    return bytes(data)


def shared() -> bytes:
    """Make a zip whose directory lists the same content under many names."""
    content = zlib.compress(b"a" * 100_000, 9)[2:-4]
    name = b"word/document.xml"
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(b"a" * 100_000), len(content), 100_000, 17, 0
    )
    body = local + name + content
    directory = b""
    for number in range(50):
        other = b"word/documen%d.xml" % (number % 10) if number else name
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(b"a" * 100_000), len(content), 100_000,
            len(other), 0, 0, 0, 0, 0, 0,
        ) + other  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(directory), len(body), 0)
    return body + directory + end


def nested() -> bytes:
    """Make a zip in which one member's content holds another member."""
    inner = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(b"Gent"), 4, 4, 1, 0) + b"b" + b"Gent"
    outer = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(inner), len(inner), len(inner), 1, 0)
    body = outer + b"a" + inner
    directory = b""
    for name, content, at in ((b"a", inner, 0), (b"b", b"Gent", 31)):
        size = len(content)
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, zlib.crc32(content), size, size, 1, 0, 0, 0, 0, 0, at
        ) + name  # fmt: skip
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), len(body), 0)


def encrypted_zip() -> bytes:
    """Make a zip whose members say that they need a password."""
    data = bytearray(word(p("Gent")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def xlsx() -> bytes:
    """Make the smallest Excel file."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return zipped({**parts(p("x"), main_type=kind)})


ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, zipfile.ZIP_STORED)
BILLION = '<!DOCTYPE d [<!ENTITY a "Gent"><!ENTITY b "&a;&a;&a;">]>'
DEEP = "<w:sdt><w:sdtContent>" * 10_000 + "</w:sdtContent></w:sdt>" * 10_000
TABLES = "<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000
BOXES = "<w:p><w:r><w:pict><w:txbxContent>" * 3_000 + "</w:txbxContent></w:pict></w:r></w:p>" * 3_000

REFUSED: dict[str, tuple[bytes, Reason]] = {
    "nothing": (b"", Reason.EMPTY),
    "only zeros": (bytes(149), Reason.EMPTY),
    "only white space": (b"  \r\n\t", Reason.EMPTY),
    "a file encrypted by Word": (ole("EncryptedPackage"), Reason.ENCRYPTED),
    "an encrypted zip": (encrypted_zip(), Reason.ENCRYPTED),
    "an old Word file cut off": (ole("WordDocument"), Reason.DAMAGED),
    "an old Excel file": (ole("Workbook"), Reason.WRONG_KIND),
    "another old container": (ole("VisioDocument"), Reason.WRONG_KIND),
    "an old container that was cut off": (ole("VisioDocument")[:700], Reason.DAMAGED),
    "OpenDocument without a text in it": (ODT, Reason.DAMAGED),
    "OpenDocument without content": (zipped({"mimetype": odt_files.ODT, "a.txt": "x"}), Reason.DAMAGED),
    "OpenDocument with a password": (zipped(odt_files.locked(odt_files.parts("x"))), Reason.ENCRYPTED),
    "OpenDocument with macros": (
        zipped({**odt_files.parts("x"), "Basic/Standard/Module1.xml": "<m/>"}), Reason.MACROS,
    ),
    "OpenDocument with a script": (zipped({**odt_files.parts("x"), "Scripts/python/a.py": "pass"}), Reason.MACROS),
    "a flat OpenDocument with macros": (
        odt_files.flat("x", scripts="<office:scripts><office:script><ooo:source-code>Sub Main</ooo:source-code>"
                       "</office:script></office:scripts>"),
        Reason.MACROS,
    ),
    "a DTD in OpenDocument": (
        zipped({**odt_files.parts("x"), "content.xml": BILLION + "<d>&b;</d>"}), Reason.DTD,
    ),
    "a DTD in a part of OpenDocument that nobody reads": (
        zipped({**odt_files.parts("x"), "settings.xml": BILLION + "<d/>"}), Reason.DTD,
    ),
    "a DTD in a flat OpenDocument": (
        odt_files.flat("x").replace(b"<office:document ", BILLION.encode() + b"<office:document ", 1), Reason.DTD,
    ),
    "OpenDocument nested two hundred deep": (
        odt_files.odt("<text:section>" * 300 + "</text:section>" * 300), Reason.BOMB,
    ),
    "a flat OpenDocument cut in half": (odt_files.flat("Gent" * 99)[:-90], Reason.DAMAGED),
    "OpenDocument cut in half": (odt_files.odt("Gent" * 900)[:700], Reason.DAMAGED),
    "a spreadsheet of LibreOffice": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        Reason.WRONG_KIND,
    ),
    "a flat spreadsheet of LibreOffice": (
        odt_files.flat("x", kind="application/vnd.oasis.opendocument.spreadsheet"), Reason.WRONG_KIND,
    ),
    "Excel": (xlsx(), Reason.WRONG_KIND),
    "a zip of something else": (zipped({"foto.jpg": b"\xff\xd8\xff"}), Reason.WRONG_KIND),
    "RTF cut off": (b"{\\rtf1\\ansi {Gent}", Reason.DAMAGED),
    "RTF cut off in a picture": (b"{\\rtf1 Gent {\\pict\\bin9 }}}}}}", Reason.DAMAGED),
    "RTF nested a thousand deep": (b"{\\rtf1" + b"{" * 1000 + b"}" * 1001, Reason.BOMB),
    "a video": (b"\x1aE\xdf\xa3" + bytes(100), Reason.WRONG_KIND),
    "a file of Pages": (zipped({"Index/Document.iwa": "x", "preview.jpg": "x"}), Reason.WRONG_KIND),
    "a web page": (b"<!DOCTYPE html><html><body>Gent</body></html>", Reason.WRONG_KIND),
    "flat Word XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', Reason.WRONG_KIND),
    "plain text": (b"Beste, in bijlage ons voorstel.", Reason.WRONG_KIND),
    "a mail": (b"From: a@example.org\r\nSubject: voorstel\r\n\r\nGent", Reason.WRONG_KIND),
    "a zip cut in half": (word(p("Gent" * 900))[:700], Reason.DAMAGED),
    "the first bytes of a zip": (b"PK\x03\x04" + bytes(145), Reason.DAMAGED),
    "an empty zip": (b"PK\x05\x06" + bytes(18), Reason.DAMAGED),
    "no main part": (without("word/document.xml"), Reason.DAMAGED),
    "no content types": (without("[Content_Types].xml"), Reason.DAMAGED),
    "no relations": (without("_rels/.rels"), Reason.DAMAGED),
    "XML that is not well-formed": (with_part("word/document.xml", "<w:document>"), Reason.DAMAGED),
    "a main part that is no XML": (with_part("word/document.xml", b"\x89PNG\r\n"), Reason.DAMAGED),
    "a main part that is empty": (with_part("word/document.xml", b""), Reason.DAMAGED),
    "a document without a body": (with_part("word/document.xml", f"<w:document {SPACES}/>"), Reason.DAMAGED),
    "an unknown encoding": (
        with_part("word/document.xml", f'<?xml version="1.0" encoding="x-ander"?><w:document {SPACES}/>'),
        Reason.DAMAGED,
    ),
    "an encoding that hides a DTD": (
        with_part("word/document.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-'),
        Reason.DAMAGED,
    ),
    "a second declaration with another encoding": (
        with_part(
            "word/document.xml",
            '<?xml version="1.0" encoding="UTF-8"?><?xml version="1.0" encoding="ISO-8859-1"?>'
            f"<w:document {SPACES}><w:body>{p('café')}</w:body></w:document>",
        ),
        Reason.DAMAGED,
    ),
    "half a character in UTF-16": (with_part("word/document.xml", b"\xff\xfe<\x00w\x00\x00\xd8"), Reason.DAMAGED),
    "styles that are not XML": (word(p("Gent"), styles="<w:styles"), Reason.DAMAGED),
    "a name that leaves the folder": (with_part("../../weg.xml", "<a/>"), Reason.DAMAGED),
    "an absolute name": (with_part("/weg.xml", "<a/>"), Reason.DAMAGED),
    "a part that says to be larger": (lying(9_000), Reason.DAMAGED),
    "a cell over two billion columns": (
        word(tbl(tr(tc("x", f'<w:gridSpan w:val="{2**31}"/>')))), Reason.DAMAGED,
    ),
    "a cell over five thousand columns": (word(tbl(tr(tc("x", '<w:gridSpan w:val="5000"/>')))), Reason.DAMAGED),
    "a row that begins after two billion columns": (
        word(tbl(tr(tc("x"), properties=f'<w:gridBefore w:val="{2**31}"/>'))), Reason.DAMAGED,
    ),
    "a macro project": (with_part("word/vbaProject.bin", b"\0"), Reason.MACROS),
    "a macro document by another name": (zipped(parts(p("Gent"), main_type=WORD_MACROS)), Reason.MACROS),
    "a zip bomb": (with_part("word/media/x.bin", bytes(60_000_000)), Reason.BOMB),
    "a part larger than it says": (lying(10), Reason.BOMB),
    "names that the content does not bear": (shared(), Reason.DAMAGED),
    "a part inside another": (nested(), Reason.BOMB),
    "thousands of parts": (zipped({f"word/{n}.xml": b"<a/>" for n in range(2_500)}), Reason.BOMB),
    "controls ten thousand deep": (word(DEEP), Reason.BOMB),
    "tables five thousand deep": (word(TABLES), Reason.BOMB),
    "text boxes three thousand deep": (word(BOXES), Reason.BOMB),
    "a DTD in the document": (with_part("word/document.xml", f"{BILLION}<w:document {SPACES}/>"), Reason.DTD),
    "a DTD in a part that nobody reads": (with_part("customXml/item1.xml", f"{BILLION}<d/>"), Reason.DTD),
    "a DTD in UTF-16": (with_part("word/styles.xml", f"{BILLION}<d/>".encode("utf-16")), Reason.DTD),
    "a part twice": (doubled("word/document.xml"), Reason.DUPLICATE_PARTS),
    "more elements than a book": (word("<w:p/>" * 500_001), Reason.TOO_LARGE),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_gets_its_reason_at_once(case: str) -> None:
    data, reason = REFUSED[case]
    began = time.perf_counter()
    with pytest.raises(Unreadable) as refusal:
        read(data, "aanvraag.docx")
    assert refusal.value.reason is reason
    assert time.perf_counter() - began < SECONDS


def test_names_that_differ_in_case_only_are_the_same_part() -> None:
    data = zipped({**parts(p("Gent")), "Word/Document.xml": str(parts(p("Brugge"))["word/document.xml"])})
    with pytest.raises(Unreadable) as refusal:
        read(data, "a.docx")
    assert refusal.value.reason is Reason.DUPLICATE_PARTS


def test_the_name_of_a_file_does_not_make_its_kind() -> None:
    assert isinstance(read(word(p("Gent")), "scan.pdf"), Document)
    with pytest.raises(Unreadable) as refusal:
        read(ole("Workbook"), "formulier.docx")
    assert "oud Excel-bestand" in refusal.value.detail


def test_a_refusal_survives_the_way_to_another_process() -> None:
    import pickle

    refusal = pickle.loads(pickle.dumps(Unreadable(Reason.DTD, "een onderdeel bevat een DTD")))
    assert (refusal.reason, refusal.detail) == (Reason.DTD, "een onderdeel bevat een DTD")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_a_remedy(reason: Reason) -> None:
    what, remedy = explain(reason)
    for sentence in (what, remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ".." not in sentence
        assert len(sentence) > 15


def test_the_sentences_tell_the_reasons_apart() -> None:
    assert len({explain(reason)[0] for reason in Reason}) == len(Reason)


@pytest.mark.parametrize("reason", [Reason.SCAN, Reason.NO_OCR, Reason.COARSE, Reason.PHOTO, Reason.NOT_A_FORM])
def test_a_scan_may_be_of_a_signed_paper_of_which_the_file_itself_is_asked(reason: Reason) -> None:
    said = "Is het een ondertekend papier: vraag het ondertekende pdf-bestand zelf, een scan telt niet."
    assert explain(reason)[1].endswith(f". {said}")
    assert said not in explain(Reason.EMPTY)[1]


def test_what_was_seen_is_added_to_the_sentence() -> None:
    what, _ = explain(Reason.WRONG_KIND, "een Excel-bestand (.xlsx)")
    assert what == (
        "Dit is geen Word-document (.docx, .doc, .rtf), geen OpenDocument-tekst (.odt) en geen pdf "
        "(een Excel-bestand (.xlsx))."
    )


# What is odd but can be read -----------------------------------------------------------------------------------


def test_a_long_answer_of_one_letter_is_no_bomb() -> None:
    assert isinstance(read(word(p("a" * 5_000_000)), "a.docx"), Document)


def test_numbers_that_are_no_numbers_are_ignored() -> None:
    odd = '<w:gridSpan w:val="veel"/>'
    body = tbl(tr(tc("a", odd), tc("b", '<w:gridSpan w:val="-3"/>'), properties='<w:gridBefore w:val=""/>'))
    for level in ("²", "9" * 5000):
        assert isinstance(read(word(body + p("x", f'<w:outlineLvl w:val="{level}"/>')), "a.docx"), Document)


def test_tables_eighty_deep_are_read() -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 80 + p("diep") + "</w:tc></w:tr></w:tbl>" * 80
    assert next(paragraphs(read(word(nested), "a.docx").blocks)).location.table == 80
    assert "diep" in [part.text for part in paragraphs(read(word(nested), "a.docx").blocks)]


def test_thousands_of_styles_on_top_of_each_other_do_not_hang() -> None:
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n + 1}"><w:basedOn w:val="s{n}"/></w:style>' for n in range(50_000)
    )
    began = time.perf_counter()
    assert isinstance(read(word(p("x"), styles=styles(chain)), "a.docx"), Document)
    assert time.perf_counter() - began < SECONDS


def test_one_text_in_a_hundred_controls_does_not_grow_without_end() -> None:
    nested = "<w:sdt><w:sdtContent>" * 110 + p("a" * 2_000_000) + "</w:sdtContent></w:sdt>" * 110
    with pytest.raises(Unreadable) as refusal:
        read(word(nested), "a.docx")
    assert refusal.value.reason is Reason.BOMB


def test_controls_and_styles_that_lack_everything_are_read() -> None:
    body = p("<w:sdt/>") + "<w:sdt><w:sdtContent/></w:sdt>" + sdt(p("x"), "<w14:checkbox/>") + "<w:tbl/><w:p/>"
    body += p('<w:r><w:fldChar/><w:sym/><w:fldChar w:fldCharType="end"/></w:r>')
    body += tbl(tr(tc("c", '<w:vMerge/><w:hMerge w:val="continue"/>')), "<w:tr/>")
    assert isinstance(read(word(body, styles=styles("<w:style/>")), "a.docx"), Document)


# Attachments ---------------------------------------------------------------------------------------------------

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "data", "media_type", "opens"),
    [
        ("besluit.docx", word(p("Besluit")), WORD_TYPE, True),
        ("besluit.odt", ODT, "application/vnd.oasis.opendocument.text", True),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + bytes(99) + b"\xff\xd9", "image/jpeg", True),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "image/jpeg", False),
        ("plan.png", b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82", "image/png", True),
        ("cijfers.csv", b"wijk;inwoners\nMuide;4000\nSluizeken;9000\n", "text/csv", True),
        ("nota.txt", b"Zie ook de kaart.", "text/plain", True),
        ("bundel.zip", zipped({"kaart.txt": "x"}), "application/zip", True),
        ("leeg.pdf", b"", "application/pdf", False),
        ("stuk.docx", word(p("Gent" * 900))[:600], WORD_TYPE, False),
        ("vreemd.bin", bytes(range(256)), "application/octet-stream", False),
        ("stuk.pdf", b"%PDF-1.7\nniets", "application/pdf", False),
    ],
)
def test_an_attachment_is_known_by_what_it_holds(name: str, data: bytes, media_type: str, *, opens: bool) -> None:
    kind, problem = inspect(data, name)
    assert kind == media_type
    assert (problem == "") is opens
