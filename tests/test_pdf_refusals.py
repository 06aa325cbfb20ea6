"""What of PDF cannot be read: each gets its reason, quickly, and never another exception."""

from __future__ import annotations

import contextlib
import io
import random
import subprocess
import sys
import zlib

import pikepdf
import pytest

from pipeline import library
from pipeline.blank import write_pdf
from pipeline.errors import Reason, Unreadable
from pipeline.pdf import normalise
from pipeline.readers import read
from pipeline.readers.reasons import explain
from tests.pdf_files import FONT, Drawn, WordFile, objects, one_page, printed, stream

LINE = b"BT /F 10 Tf 60 700 Td (Een gewone regel tekst) Tj ET"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"


def refused(data: bytes) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read(data, "stuk.pdf")
    what, remedy = explain(caught.value.reason, caught.value.detail)
    assert what
    assert remedy
    return caught.value.reason


def sound() -> bytes:
    drawn = Drawn().grid([50, 150, 250], [40, 60, 80]).text(55, 54, "Naam").text(155, 54, "Gent")
    return drawn.page().bytes()


def saved(data: bytes, **choices: object) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(made, **choices)
    return made.getvalue()


def long_print() -> bytes:
    drawn = Drawn()
    for _page in range(300):
        for y in range(40, 780, 12):
            drawn.text(50, y, f"Regel {y} van een bladzijde met wat woorden om te lezen, en nog wat")
        drawn.page()
    return drawn.bytes()


def packed_much() -> bytes:
    return one_page(LINE, stream(zlib.compress(bytes(2**26)), b"/Filter/FlateDecode"))


def test_a_file_that_is_cut_off_is_damaged():
    data = sound()
    assert refused(data[: len(data) // 2]) is Reason.DAMAGED
    assert refused(data[:-40]) is Reason.DAMAGED


def test_a_file_that_only_begins_as_a_pdf_is_damaged():
    assert refused(b"%PDF-1.7\nniets meer\n%%EOF") is Reason.DAMAGED


def test_a_password_is_told():
    assert refused(saved(sound(), encryption=pikepdf.Encryption(user="geheim", owner="eigenaar"))) is Reason.ENCRYPTED


@pytest.mark.parametrize("packing", [{}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}], ids=["", "packed"])
def test_a_password_on_a_fillable_form_is_told(packing):
    call = library.load("wijkverbeteringscontract")
    form = write_pdf(call.forms["vergadering"], call)
    locked = saved(form, encryption=pikepdf.Encryption(user="geheim", owner="eigenaar", R=6), **packing)
    assert refused(locked) is Reason.ENCRYPTED


def test_a_file_that_only_forbids_changes_is_read():
    document = read(saved(sound(), encryption=pikepdf.Encryption(user="", owner="eigenaar")), "stuk.pdf")
    assert document.pages == 1


@pytest.mark.parametrize("more", [0, 14])
def test_a_print_for_which_there_is_too_little_memory_is_not_damaged(more):
    """The smaller room is too little to unpack what it holds in, the larger one for the words of all its pages."""
    code = f"""if True:
        import resource
        from pipeline.errors import Unreadable
        from pipeline.readers import read
        from tests.pdf_files import one_page
        from tests.test_pdf_refusals import LINE, long_print, packed_much
        read(one_page(LINE), "stuk.pdf")
        data = long_print() if {more} else packed_much()
        pages = int(open("/proc/self/statm").read().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + {more} * 2**20, -1))
        try:
            read(data, "stuk.pdf")
        except Unreadable as refusal:
            print(refusal.reason, refusal.detail)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "vastgelopen te veel geheugen nodig\n"


def test_a_damaged_part_is_told_before_text_is_missed():
    packed = bytearray(zlib.compress(LINE * 200))
    packed[len(packed) // 2] ^= 0xFF
    data = objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources %s>>" % FONT,
        stream(bytes(packed), b"/Filter/FlateDecode"),
    )
    assert refused(data) is Reason.DAMAGED


@pytest.mark.requires_tesseract
def test_a_scan_of_a_few_dots_is_too_coarse():
    picture = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    data = one_page(
        b"q 600 0 0 800 0 0 cm /I Do Q", stream(b"\x80", picture), page=b"/Resources<</XObject<</I 5 0 R>>>>"
    )
    assert refused(data) is Reason.COARSE


def test_pages_without_anything_are_empty():
    assert refused(one_page(b"")) is Reason.EMPTY


def test_a_form_of_the_xfa_kind_is_told():
    data = one_page(LINE, stream(b"<xdp:xdp/>"), catalogue=b"/NeedsRendering true/AcroForm<</Fields[]/XFA 5 0 R>>")
    assert refused(data) is Reason.XFA


def test_an_xfa_form_that_also_has_ordinary_fields_is_read():
    data = one_page(
        LINE,
        stream(b"<xdp:xdp/>"),
        b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[60 600 300 620]/T(gemeente)/V(Gent)>>",
        catalogue=b"/AcroForm<</Fields[6 0 R]/XFA 5 0 R>>",
        page=b"/Annots[6 0 R]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    )
    (control,) = read(data, "stuk.pdf").controls
    assert (control.tag, control.text) == ("gemeente", "Gent")


def test_a_table_of_two_thousand_million_objects_in_137_bytes_is_a_bomb():
    data = (
        b"%PDF-1.5\n1 0 obj<</Type/XRef/Size 2147483647/W[1 8 8]/Root 1 0 R/Length 0/Index[0 2147483647]>>stream\n\n"
        b"endstream endobj\nstartxref\n9\n%%EOF"
    )
    assert len(data) < 150
    assert refused(data) is Reason.BOMB


def test_drawings_that_draw_each_other_ten_times_ten_times_are_a_bomb():
    chain = [
        stream(b"/X Do " * 10, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + step if step < 9 else 5))
        for step in range(10)
    ]
    assert refused(one_page(b"/X Do", *chain, page=b"/Resources<</XObject<</X 5 0 R>>>>")) is Reason.BOMB


def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_a_bomb():
    packed = zlib.compress(b"0 0 m 1 1 l S " * 10_000_000, 9)
    data = objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        stream(packed, b"/Filter/FlateDecode"),
    )
    assert refused(data) is Reason.BOMB


def test_more_pages_than_any_form_has_are_too_many():
    with pikepdf.new() as pdf:
        for _ in range(501):
            pdf.add_blank_page()
        made = io.BytesIO()
        pdf.save(made)
    assert refused(made.getvalue()) is Reason.TOO_LARGE


def test_fields_that_are_each_others_parent_end():
    data = one_page(
        LINE,
        b"<</Type/Annot/Subtype/Widget/Rect[60 600 300 620]/T(a)/Parent 6 0 R/Kids[6 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[60 600 300 620]/T(b)/V(Gent)/Parent 5 0 R/Kids[5 0 R]>>",
        catalogue=b"/AcroForm<</Fields[5 0 R]>>",
        page=b"/Annots[5 0 R]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    )
    assert [control.text for control in read(data, "stuk.pdf").controls] == ["Gent"]


def test_a_structure_tree_that_holds_itself_ends():
    data = one_page(
        b"/P<</MCID 0>>BDC " + LINE + b" EMC",
        b"<</Type/StructTreeRoot/K[6 0 R]/ParentTree<</Nums[0[6 0 R]]>>>>",
        b"<</Type/StructElem/S/P/P 5 0 R/K[6 0 R 6 0 R 0 6 0 R]/Pg 3 0 R>>",
        catalogue=b"/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R",
        page=b"/StructParents 0/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    )
    assert [block.text for block in read(data, "stuk.pdf").blocks] == ["Een gewone regel tekst"]


def test_a_page_of_a_thousand_kilometres_is_read():
    data = one_page(LINE).replace(b"[0 0 600 800]", b"[0 0 1e9 1e9]")
    assert read(data, "stuk.pdf").pages == 1


def test_a_page_full_of_lines_is_a_drawing_and_no_table():
    lines = b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (at, at, at, at) for at in range(3, 590, 2))
    document = read(one_page(LINE + lines * 3), "stuk.pdf")
    assert document.pages == 1


@pytest.mark.parametrize("seed", range(40))
def test_whatever_byte_is_changed_it_is_read_or_refused(seed):
    chosen = random.Random(seed)
    data = bytearray(sound())
    for _ in range(chosen.choice([1, 5, 50])):
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    with contextlib.suppress(Unreadable):
        assert read(bytes(data), "stuk.pdf").pages is not None


@pytest.mark.requires_soffice
def test_a_paper_printed_twice_has_the_same_bytes_once_normalised(tmp_path):
    word = WordFile()
    word.line("Volledigheidsbrief", "Heading 1")
    made = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        made.append(printed(folder, word.bytes(), PDFUACompliance=True))
    assert made[0] != made[1]
    one, other = (normalise(each, "Brief over «wijken»") for each in made)
    assert one == other
    assert normalise(one, "Brief over «wijken»") == one
    with pikepdf.open(io.BytesIO(one)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Brief over «wijken»"
        assert "/CreationDate" not in pdf.docinfo
    assert [block.text for block in read(one, "brief.pdf").blocks] == ["Volledigheidsbrief"]
