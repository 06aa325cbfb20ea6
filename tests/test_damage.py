"""A damaged Word file or OpenDocument text is read or refused; nothing else comes out, whatever was damaged."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.errors import Unreadable
from pipeline.readers import read
from pipeline.readers.gate import identify
from tests import odt_files
from tests.word_files import p, parts, sdt, tbl, tc, tr, word, zipped


def real_file() -> bytes:
    """Make a Word file as a library of somebody else writes it."""
    made = docx.Document()
    made.add_heading("A. Indienend bestuur", 1)
    table = made.add_table(3, 2)
    table.cell(0, 0).text = "Naam"
    table.cell(0, 1).text = "Gent"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


REAL = real_file()
UNPACKED = word(
    p("A. Bestuur", '<w:outlineLvl w:val="0"/>')
    + tbl(tr(tc("Naam"), sdt(tc("Gent"), '<w:tag w:val="gemeente"/>')), tr(tc("x", '<w:gridSpan w:val="2"/>')))
)


def assert_read_or_refused(data: bytes) -> None:
    """Read, and let any exception but a refusal fail the test."""
    with contextlib.suppress(Unreadable):
        assert isinstance(read(data, "a.docx"), Document)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(REAL) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_file_with_flipped_bytes_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    data = bytearray(REAL)
    for at, value in flips:
        data[at] = value
    assert_read_or_refused(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(REAL)))
def test_a_file_that_stops_early_is_read_or_refused(length: int) -> None:
    assert_read_or_refused(REAL[:length])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=3)), min_size=1, max_size=4))
def test_a_document_with_flipped_characters_is_read_or_refused(flips: list[tuple[int, bytes]]) -> None:
    made = parts(p("x"))
    with zipfile.ZipFile(io.BytesIO(UNPACKED)) as archive:
        content = archive.read("word/document.xml")
    for place, value in flips:
        at = place % len(content)
        content = content[:at] + value + content[at + len(value) :]
    made["word/document.xml"] = content
    assert_read_or_refused(zipped(made))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_document_with_tags_and_values_swapped_is_read_or_refused(data: st.DataObject) -> None:
    made = parts(p("x"))
    with zipfile.ZipFile(io.BytesIO(UNPACKED)) as archive:
        content = archive.read("word/document.xml").decode()
    names = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:gridSpan", "w:ins", "w:del"]
    for _ in range(data.draw(st.integers(1, 4))):
        old, new = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
        for opening in (f"<{old}>", f"<{old} ", f"<{old}/", f"</{old}>"):
            content = content.replace(opening, opening.replace(old, new))
    made["word/document.xml"] = content
    assert_read_or_refused(zipped(made))


OPEN = odt_files.parts(
    odt_files.deletion("d1", odt_files.p("oud"))
    + odt_files.h("A. Bestuur")
    + odt_files.p('<text:change text:change-id="d1"/>x<text:s text:c="3"/>' + odt_files.control("Gent"))
    + odt_files.table(
        odt_files.tr(odt_files.td("Naam", 'table:number-columns-spanned="2"'), odt_files.COVERED),
        odt_files.tr(odt_files.td("a", 'table:number-columns-repeated="2"'), more='table:number-rows-repeated="2"'),
    )
    + odt_files.p("<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>")
    + odt_files.p("<text:note><text:note-citation>1</text:note-citation><text:note-body/></text:note>")
)
"""The parts of a small text of OpenDocument."""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=3)), min_size=1, max_size=4))
def test_an_opendocument_with_flipped_characters_is_read_or_refused(flips: list[tuple[int, bytes]]) -> None:
    content = str(OPEN["content.xml"]).encode()
    for place, value in flips:
        at = place % len(content)
        content = content[:at] + value + content[at + len(value) :]
    assert_read_or_refused(zipped({**OPEN, "content.xml": content}))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_opendocument_with_tags_and_values_swapped_is_read_or_refused(data: st.DataObject) -> None:
    content = str(OPEN["content.xml"])
    names = [
        "text:p", "text:h", "text:s", "text:note", "text:change", "table:table", "table:table-row", "table:table-cell",
        "table:covered-table-cell", "draw:frame", "draw:text-box", "loext:content-control", "text:tracked-changes",
        "field:fieldmark-start", "field:fieldmark-end", "draw:control", "text:section", "text:list", "text:span",
    ]  # fmt: skip
    for _ in range(data.draw(st.integers(1, 4))):
        old, new = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
        for opening in (f"<{old}>", f"<{old} ", f"<{old}/", f"</{old}>"):
            content = content.replace(opening, opening.replace(old, new))
    values = {'"2"': data.draw(st.sampled_from(['"2"', '"-1"', '"²"', '"9999999999"', '""', '"x"']))}
    for old, new in values.items():
        content = content.replace(old, new)
    assert_read_or_refused(zipped({**OPEN, "content.xml": content}))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_follows_the_first_bytes_of_rtf_and_of_an_older_office_file_is_no_fault_of_ours(rest: bytes) -> None:
    for start in (b"{\\rtf1 ", b"{\\rtf1 \\bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with contextlib.suppress(Unreadable):
            identify(start + rest)
