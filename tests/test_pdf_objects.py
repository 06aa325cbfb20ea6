"""What a PDF keeps is read the same from its bytes as through pikepdf, however it is written."""

from __future__ import annotations

import dataclasses
import io
import logging
import subprocess
import sys
import zlib
from itertools import product

import pikepdf
import pytest

from pipeline.pdf import open_filled, refuse_at_sight
from pipeline.pdf.objects import Objects
from pipeline.pdf.packs import open_pack
from pipeline.pdf.places import Places
from pipeline.pdf.streams import unpack_streams
from tests.pdf_files import one_page, stream
from tests.test_read_fillable import CALL, FILLERS, answers_for, blank

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each letter that it cannot draw


def packed(data: bytes) -> bytes:
    """Write a file anew with its objects packed together, so that none can be read from the bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        made = io.BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def encrypted(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        made = io.BytesIO()
        pdf.save(made, encryption=pikepdf.Encryption(user="", owner="eigenaar"))
    return made.getvalue()


def displaced(data: bytes) -> bytes:
    """Move all objects away from where the table of the file says that they are."""
    return data.replace(b"\n", b"\n%displaced\n", 1)


def preceded(data: bytes) -> bytes:
    return b"From: gemeente\r\n\r\n" + data


def deflated(content: bytes, *, behind: bytes = b"", told: bytes = b"") -> bytes:
    """Write a packed stream, with something behind it, or with its length told elsewhere."""
    held = zlib.compress(content) + behind
    return b"<</Length %b/Filter/FlateDecode>>stream\n%b\nendstream\n" % (told or b"%d" % len(held), held)


WAYS = (packed, encrypted, preceded)


@pytest.mark.parametrize(("filler", "written"), [*product(FILLERS, WAYS)])
def test_a_filled_form_says_the_same_however_it_is_written(filler, written):
    data = FILLERS[filler](blank("vergadering"), CALL.forms["vergadering"], answers_for("vergadering", 302))
    made = written(data)
    assert open_filled(made) == open_filled(made, refuse_at_sight(made)) == open_filled(data)


@pytest.mark.parametrize(
    "said",
    [
        b"<</A(tekst)/B/Naam/C 12/D -3.5/E true/F[1 2 3 4]/G<</H(x)/I[/J(y)5 0 R]>>/K 5 0 R>>",
        b"<< /A (a\\)b) /B (a(b)c) /C <FEFF0041> /D (\\101\\n) /E () /F <> >>",
        b"<</A#20B(x)/C/naam#20twee/D<</ja#20graag 5 0 R>>>>",
        b"<</A null/B 99 0 R/C[null 1]>>",
        b"<</A(1)/A(2)>>",
        b"<</A 5 0 R/B [ 5 0 R 5 0 R ]/V12(x)>>",
        b"<<%(niet dit)/A(b)\n/A(wel dit)>>",
        b"<</A(endobj)/B(stream)>>",
        b"<</A(x",
        b"<</A(x)>>/B(y)>>",
        b"<</A/B/C>>",
        b"<</A\0(x)\0/B\0 1>>",
        b"<</A[1 2/B(x)>>",
        b"<</A/d\xc3\xa9j\xc3\xa0/B/\xc3\xa0>>",
        b"<</A/JaR/B[/R/R]/C/R>>",
        b"<</A(\xfe\xff\x20\xac\x00\\(\x01\\r)/B(\xe9\xe8 \x80\\051)/C(\xef\xbb\xbf\xc3\xa9)/D(\xff\xfe\xac\x20)>>",
        b"<</A(a\\\nb)/B(a\r\nb\rc\nd)/C(\\53\\0053\\777\\q\\8)/D(\\\\n)/E(\xad\xa0\x18)/F(\xfe\xff\xd8\x00)>>",
        b"<</A<feff 20ac0028>/B<e9>/C<e>/D<41 4a7>/E(\xfe\xff\x00\x1bn\x00l\x00\x1b\x00a)>>",
        b"<</AP<</N 5 0 R >>/A(1)/I[ 3]/M(D:2026)/V(x)>>",
        b"<< /V <FEFF0041> /AP << /N 5 0 R >> /V12 (y) /A 1 >>",
        b"<</A<</B 1/V(x)>>/V(y)>>",
        b"<</A/V(x)/B 1>>",
        b"<</A/V/V(x)>>",
        b"<</V(1)/A 1/V(2)>>",
        b"<</V(1)/V/Ja>>",
        b"<</V/Ja/V(1)>>",
        b"<</A(zie /I [1 2])/V(x)>>",
        b"<</A(zie/V(x))/B 1>>",
        b"<</V(x)/A",
        b"<<>>",
        b"[1 2]",
        b"(x)",
        stream(b"BT ET"),
    ],
    ids=lambda each: each.decode("latin-1")[:40],
)
def test_a_dictionary_is_read_from_the_bytes_as_pikepdf_reads_it_or_left_to_it(said):
    data = one_page(b"BT ET", stream(b"x"), said)
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        objects, number = Objects(pdf, data, {}), pdf.get_object(6, 0)
        by_pikepdf = dict(number.items()) if isinstance(number, (pikepdf.Dictionary, pikepdf.Stream)) else {}
        found = objects.dictionary("6 0 R")
        assert found.keys() == by_pikepdf.keys() or (found.keys() > by_pikepdf.keys() and b" 99 0 R" in said)
        for key, value in by_pikepdf.items():
            assert_same(objects, found[key], value)


def test_what_a_byte_means_does_not_hang_on_what_else_was_loaded():
    """reportlab has a PDFDocEncoding of its own, in which the byte that stands for nothing is a soft hyphen."""
    code = """
import reportlab.pdfbase.pdfmetrics
from pipeline.pdf import plain, written
print(ascii([plain._decoded(b"a\\xad\\xa0"), written.read_text("(a\\xad\\xa0)")]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == r"['a\ufffd\u20ac', None]"  # the byte stands for nothing, so pikepdf is asked


def assert_same(objects: Objects, found, value) -> None:
    """Hold a value against that of pikepdf, in every way in which it can be asked."""
    for ask in (objects.text, objects.name, objects.number, objects.content, objects.is_stream, objects.box):
        assert ask(found) == ask(value), ask
    assert objects.is_true(found) is (value is True)
    assert objects.reference(found) == objects.reference(value)
    assert objects.names_in(found) == objects.names_in(value)
    for one, other in zip(objects.array(found), objects.array(value), strict=True):
        assert_same(objects, one, other)


@pytest.mark.parametrize(
    "made",
    [
        stream(b"BT (x) Tj ET"),
        b"<</Length 5>>stream\r\nab\ncd\r\nendstream",
        b"<</Length 5>>stream\r\nab\ncd\r\nendstream\n",
        b"<</Length 3>>stream\nabcde\nendstream",
        b"<</Length 6 0 R>>stream\nabcde\nendstream",
        b"<</Length 10/Filter/ASCIIHexDecode>>stream\n6162636465\nendstream",
        b"<</Length 10/Filter[/ASCIIHexDecode]>>stream\n6162636465\nendstream",
        b"<</Length 4/Filter/FlateDecode>>stream\nabcd\nendstream",
        b"<</A(stream)/Length 5>>stream\nabcde\nendstream",
        b"<</Length 5>>",
        b"<</A(x)>>",
        deflated(b"abcde"),
        deflated(b"abcde", behind=b"meer"),
        deflated(b"abcde", told=b"6 0 R"),
        deflated(b"abcde" * 1000).replace(b"/Filter", b"/DecodeParms<</Predictor 12/Columns 4>>/Filter"),
        deflated(b"abcde").replace(b"/FlateDecode", b"[/FlateDecode]"),
        deflated(deflated(b"abcde").split(b"\n")[1]).replace(b"/FlateDecode", b"[/FlateDecode/FlateDecode]"),
    ],
    ids=lambda each: each.decode("latin-1")[:40],
)
@pytest.mark.parametrize("unpacked", [lambda _data: {}, unpack_streams], ids=["", "unpacked"])
def test_a_stream_is_unpacked_as_pikepdf_does_it(made, unpacked):
    data = one_page(b"BT ET", made, b"5", deflated(b"een ander"))
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        kept = pdf.get_object(5, 0)
        try:
            wanted = kept.read_bytes() if isinstance(kept, pikepdf.Stream) else b""
        except pikepdf.PdfError:
            wanted = None
        if wanted is None:
            with pytest.raises(pikepdf.PdfError):
                Objects(pdf, data, unpacked(data)).content("5 0 R")
        else:
            assert Objects(pdf, data, unpacked(data)).content("5 0 R") == wanted


@pytest.mark.parametrize("filler", sorted(FILLERS))
def test_every_object_of_a_file_is_found_where_its_table_says(filler):
    data = FILLERS[filler](blank("vergadering"), CALL.forms["vergadering"], answers_for("vergadering", 302))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = Places(pdf, data, mended=False)
        said = {known: entry.offset for known, entry in pdf.get_xref_table().items() if entry.type == 1}
    assert {known: places.of(known) for known in said} == {
        known: start + len(b"%d %d obj" % known) for known, start in said.items()
    }


@pytest.mark.parametrize("known", [(0, 0), (1, 1), (10**6, 0), (-1, 0)])
def test_an_object_that_no_table_names_is_nowhere(known):
    data = one_page(b"BT ET")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert Places(pdf, data, mended=False).of(known) == 0


PACK = b"7 0 9 4 12 9 <<>><</A 1>>"


@pytest.mark.parametrize(
    ("content", "count", "first"),
    [(PACK, 3, 10), (PACK, 2, 13), (PACK.replace(b"4", b"-4"), 3, 14), (b"", 1, 0), (PACK, 0, 13)],
)
def test_a_pack_that_is_not_as_it_should_be_is_left_to_pikepdf(content, count, first):
    assert open_pack(content, count, first) is None


def test_an_object_is_found_in_a_pack_by_its_place_and_only_when_its_number_stands_there_too():
    pack = open_pack(PACK, 3, 13)
    assert [pack.said[slice(*pack.span(index, number))] for index, number in enumerate((7, 9))] == ["<<>>", "<</A "]
    assert [pack.span(index, number) for index, number in ((0, 9), (3, 7), (-1, 12))] == [None, None, None]


@pytest.mark.parametrize(
    "said", [b"<</A(x)/B[1 2]/C 5 0 R/D<</E/F>>>>", b"<</A(>>)/B(\\(<<)/C#42(y)>>", b"<<>>", b"[1 2]"]
)
def test_a_packed_dictionary_is_read_as_pikepdf_reads_it(said):
    data = packed(one_page(b"BT ET", stream(b"x"), said, catalogue=b"/Kept 6 0 R"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects, kept = Objects(pdf, data, unpack_streams(data)), pdf.Root["/Kept"]
        assert pdf.get_xref_table()[kept.objgen].type == 2
        by_pikepdf = dict(kept.items()) if isinstance(kept, pikepdf.Dictionary) else {}
        found = objects.at(kept.objgen)
        assert found.keys() == by_pikepdf.keys()
        for key, value in by_pikepdf.items():
            assert_same(objects, found[key], value)


@pytest.mark.parametrize("filler", sorted(FILLERS.keys() - {"pypdf, added to the end"}))  # there qpdf is at a loss
def test_a_form_of_which_the_table_had_to_be_rebuilt_says_the_same_and_that_it_is_damaged(filler):
    data = FILLERS[filler](blank("vergadering"), CALL.forms["vergadering"], answers_for("vergadering", 302))
    made = displaced(data)
    sound, mended = open_filled(data), open_filled(made)
    assert open_filled(made, unpack_streams(made)) == mended
    assert sound.printed is not None
    assert (sound.damaged, mended.damaged, mended.printed) == (False, True, None)
    assert mended == dataclasses.replace(sound, damaged=True, printed=None)
