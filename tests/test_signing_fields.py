"""The fields of a paper that goes out: one for each signatory, at the place where that person signs."""

import io
import re
import subprocess

import docx
import pdfplumber
import pikepdf
import pytest
from docx.shared import Pt
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from pipeline import office, pdf
from pipeline.dossier import Signatory
from pipeline.register import at
from pipeline.signing import IssuedPaper, Roots, add_fields, examine
from tests.inbox import contents
from tests.issued_demo import ISSUED_BY, MEETING, NUMBER, decided, run
from tests.signed_papers import sign
from tests.signing_keys import person

pytestmark = pytest.mark.requires_soffice

MINISTER = "Voornaam FAMILIENAAM (FICTIEF), Vlaams minister, bevoegd voor het Binnenlands Bestuur"
EXPECTED = {
    "engagementsverklaring": {
        "handtekening_bestuur_1": "Handtekening van Anneke De Smet (fictief), burgemeester (beurt 1 van 2)",
        "handtekening_bestuur_2": "Handtekening van Joris Callens (fictief), algemeen directeur (beurt 1 van 2)",
        "handtekening_actor_1": (
            "Handtekening van Mieke Roels (fictief), Wijkgezondheidscentrum De Dokken (fictief) (beurt 1 van 2)"
        ),
        "handtekening_actor_2": "Handtekening van Pieter Maes (fictief), Havenwerk vzw (fictief) (beurt 1 van 2)",
        "handtekening_actor_3": (
            "Handtekening van Fatma Yilmaz (fictief), Bewonersgroep Aan de Dokken (fictief) (beurt 1 van 2)"
        ),
        "handtekening_minister_1": f"Handtekening van {MINISTER} (beurt 2 van 2)",
    },
    "afsprakenkader": {
        "handtekening_bestuur_1": "Handtekening van Anneke De Smet (fictief), burgemeester (beurt 1 van 2)",
        "handtekening_bestuur_2": "Handtekening van Joris Callens (fictief), algemeen directeur (beurt 1 van 2)",
        "handtekening_minister_1": f"Handtekening van {MINISTER} (beurt 2 van 2)",
    },
    "partnerverklaring-2-havenwerk-vzw-fictief": {
        "handtekening_partner_1": "Handtekening van Pieter Maes (fictief), Havenwerk vzw (fictief)",
    },
    "stuurgroepverslag-10-maart-2022": {
        "handtekening_voorzitter_1": "Handtekening van Karim Haddad (fictief), voorzitter van de stuurgroep",
        "handtekening_verslaggever_1": "Handtekening van Lotte Verbeke (fictief), verslaggever",
    },
}
"""Paper → field → what a screen reader says of it; from the form and the minutes of the demo, and documenten.toml."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    output = decided(tmp_path_factory.mktemp("velden"))
    assert run("issue", NUMBER, *ISSUED_BY, "-o", output) == 0
    assert run("issue", MEETING, *ISSUED_BY, "-o", output) == 0
    return output


@pytest.fixture(scope="module")
def papers(demo):
    """Every issued paper by its name."""
    found = {path.stem: path.read_bytes() for path in demo.rglob("uitgegeven/*.pdf")}
    assert len(found) == 6
    return found


def fields_of(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages)}
        return {
            str(field.T): (numbers[field.P.objgen], [float(edge) for edge in field.Rect])
            for field in opened.Root.AcroForm.Fields
        }


@pytest.mark.parametrize("name", EXPECTED)
def test_each_signatory_has_an_empty_field_with_a_label_that_says_whose_it_is(name, papers):
    reader = PdfFileReader(io.BytesIO(papers[name]))
    found = {field: str(known.get_object()["/TU"]) for field, value, known in enumerate_sig_fields(reader)}
    assert found == EXPECTED[name]
    assert not any(value for _field, value, _known in enumerate_sig_fields(reader))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_field_covers_no_word_and_stands_between_its_mark_and_the_name_below(name, papers):
    with pdfplumber.open(io.BytesIO(papers[name])) as opened:
        for field, (number, (left, bottom, right, top)) in fields_of(papers[name]).items():
            page = opened.pages[number]
            label = EXPECTED[name][field].split(" (beurt")[0]
            signer = label.removeprefix("Handtekening van ").split(",")[0]
            high, low = float(page.height) - top, float(page.height) - bottom
            words = page.extract_words(use_text_flow=True)
            within = [
                w["text"] for w in words if w["x0"] < right and w["x1"] > left and w["top"] < low and w["bottom"] > high
            ]
            assert within == [], field
            above = page.crop((left - 2, high - 26, min(left + 240, page.width), high)).extract_text()
            assert label.split()[-1] in above, field
            assert signer in page.crop((left - 2, low, min(left + 240, page.width), low + 16)).extract_text(), field
            assert right - left >= 150, field
            assert top - bottom >= 40, field


@pytest.mark.parametrize("name", ["engagementsverklaring", "stuurgroepverslag-10-maart-2022"])
def test_the_words_above_fields_beside_each_other_begin_on_one_line(name, papers):
    """Also where one of two signs for a longer function: «voorzitter van de stuurgroep» beside «verslaggever»."""
    with pdfplumber.open(io.BytesIO(papers[name])) as opened:
        rows = {}
        for number, (left, _bottom, _right, top) in fields_of(papers[name]).values():
            page = opened.pages[number]
            high = float(page.height) - top
            above = page.crop((left - 2, high - 45, left + 200, high)).extract_text_lines()
            assert len(above) == 3, [line["text"] for line in above]
            rows.setdefault((number, round(top)), []).append([round(line["top"]) for line in above])
    assert any(len(row) > 1 for row in rows.values())
    assert all(one == row[0] for row in rows.values() for one in row)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_field_shows_in_an_embedded_font_who_signs_there_and_is_printed(name, papers):
    with pikepdf.open(io.BytesIO(papers[name])) as opened:
        for field in opened.Root.AcroForm.Fields:
            look = field.AP.N
            edges = [float(edge) for edge in field.Rect]
            width, height = edges[2] - edges[0], edges[3] - edges[1]
            assert [float(edge) for edge in look.BBox] == pytest.approx([0, 0, width, height], abs=0.02)
            (font,) = look.Resources.Font.values()
            inner = font.DescendantFonts[0].FontDescriptor
            assert inner.FontFile2.read_bytes()
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
            assert b"Tj" in look.read_bytes()
            assert int(field.F) & 0b100
            assert not int(field.F) & 0b100011  # not invisible, hidden, or seen on paper only


@pytest.mark.parametrize("name", EXPECTED)
def test_a_field_is_read_aloud_right_after_its_mark_and_the_paper_still_claims_what_it_did(name, papers):
    with pikepdf.open(io.BytesIO(papers[name])) as opened:
        tree = opened.Root.StructTreeRoot
        parents = pikepdf.NumberTree(tree.ParentTree)
        for field in opened.Root.AcroForm.Fields:
            element = parents[int(field.StructParent)]
            assert str(element.S) == "/Form"
            assert element.K.Obj.objgen == field.objgen
            kids = [kid.objgen for kid in element.P.K]
            before = element.P.K[kids.index(element.objgen) - 1]
            assert str(before.S) == "/Handtekeningregel"
            assert str(field.P.Tabs) == "/S"
        assert int(tree.ParentTreeNextKey) > max(parents)
        metadata = opened.Root.Metadata.read_bytes()
        assert re.search(rb"pdfaid:part(>|=\")3", metadata)
        assert b"pdfuaid:part" in metadata
        assert "pyHanko" not in str(opened.docinfo.get("/Producer"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_first_signature_locks_its_field_and_lets_the_next_party_sign(name, papers):
    with pikepdf.open(io.BytesIO(papers[name])) as opened:
        assert int(opened.Root.AcroForm.SigFlags) == 3
        for field in opened.Root.AcroForm.Fields:
            assert (str(field.Lock.Action), [str(one) for one in field.Lock.Fields]) == ("/Include", [str(field.T)])
            assert int(field.Lock.P) == 2  # ISO 32000-2, table 236: filling in and signing only
            assert [str(one) for one in field.SV.SubFilter] == ["/ETSI.CAdES.detached"]
            assert [str(one) for one in field.SV.DigestMethod] == ["SHA256", "SHA384", "SHA512"]  # table 237


@pytest.mark.requires_poppler
def test_all_parties_sign_one_after_the_other_and_every_signature_holds(demo, papers, tmp_path):
    name = "engagementsverklaring"
    register = at(demo)
    (known,) = [one for one in register.issued()[NUMBER] if one.name == name]
    register.close()
    issued = IssuedPaper(papers[name], NUMBER, known)
    places = sorted(known.signatories, key=lambda one: one.order)
    assert places[-1].key == "minister"
    signed = papers[name]
    for number, place in enumerate(places):
        signed = sign(signed, person(f"Partij {number}"), place.field)
    verdict = examine(signed, [issued], Roots(()))
    assert verdict.ours
    assert [(one.field, one.whole, one.alone) for one in verdict.signatures] == [
        (place.field, True, True) for place in places
    ]
    assert (verdict.lock.closed, verdict.empty) == (False, ())
    (tmp_path / "signed.pdf").write_bytes(signed)
    said = subprocess.run(["pdfsig", tmp_path / "signed.pdf"], capture_output=True, text=True, timeout=60, check=False)
    assert said.stdout.count("Signature is Valid.") == len(places)


def test_the_same_paper_issued_elsewhere_has_the_same_bytes(demo, papers, tmp_path):
    again = decided(tmp_path)
    assert run("issue", NUMBER, "engagementsverklaring", *ISSUED_BY, "-o", again) == 0
    (folder,) = again.rglob("uitgegeven")
    assert contents(folder)["engagementsverklaring.pdf"] == papers["engagementsverklaring"]


# ------------------------------------------------------------------------- papers that nobody could sign


ONE = Signatory(
    "handtekening_stad_1", "stad", "An Peeters", "burgemeester", "Handtekening van An Peeters, burgemeester"
)
TWO = Signatory("handtekening_minister_1", "minister", "Bo Maes", "minister", "Handtekening van Bo Maes, minister")


def word(*paragraphs, room=40):
    """Give a Word file of some paragraphs with as many points of room under each; `|` parts the cells of a row."""
    made = docx.Document()
    for text in paragraphs:
        cells = text.split("|")
        holders = made.add_table(1, len(cells)).rows[0].cells if len(cells) > 1 else [made]
        for holder, words in zip(holders, cells, strict=True):
            holder.add_paragraph(words).paragraph_format.space_after = Pt(room)
    made.core_properties.title = "Proef"
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def printed(*paragraphs, room=40):
    """Print such a file."""
    (result,) = office.convert({"proef": word(*paragraphs, room=room)}).values()
    assert isinstance(result, bytes), result
    return result


def test_a_party_without_mark_is_told_with_the_mark_that_lacks():
    made = add_fields(printed("Tekst.", ONE.label, "Slot."), (ONE, TWO))
    assert made.content == b""
    (fault,) = made.faults
    assert fault == (
        "«Handtekening van Bo Maes, minister» staat op geen enkele bladzijde: in het sjabloon ontbreekt het merkteken "
        "{{ handtekening.minister }}."
    )


def test_a_paper_that_nobody_signs_does_not_go_out():
    assert add_fields(printed("Tekst."), ()).faults == (
        "Niemand tekent dit papier; zonder ondertekenaar gaat het niet uit.",
    )


def test_a_mark_that_stands_twice_is_told_with_its_pages():
    made = add_fields(printed(ONE.label, *["Tekst."] * 20, ONE.label, "Slot."), (ONE,))
    assert made.content == b""
    assert "staat er meer dan één keer (bladzijde 1, bladzijde 2)" in made.faults[0]


def test_words_of_a_mark_inside_a_sentence_are_no_mark():
    made = add_fields(printed(f"Zie {ONE.label} hieronder.", ONE.label, "Slot."), (ONE,))
    assert list(fields_of(made.content)) == [ONE.field]


def test_a_mark_without_room_under_it_is_told():
    made = add_fields(printed(ONE.label, "Slot.", room=4), (ONE,))
    assert made.content == b""
    assert "te weinig plaats om te tekenen" in made.faults[0]


def test_fields_of_marks_beside_each_other_do_not_overlap():
    made = add_fields(printed(f"{ONE.label}|{TWO.label}|", "Slot."), (ONE, TWO))
    (_page, one), (_page, two) = fields_of(made.content).values()
    assert one[2] < two[0]


def test_fields_in_a_table_with_rulings_stay_inside_their_cells():
    made = docx.Document()
    table = made.add_table(2, 2, style="Table Grid")
    for cell, one in zip(table.rows[0].cells, (ONE, TWO), strict=True):
        cell.paragraphs[0].add_run(one.label)
        cell.paragraphs[0].paragraph_format.space_after = Pt(60)
        cell.add_paragraph(one.name)
    made.core_properties.title = "Proef"
    content = io.BytesIO()
    made.save(content)
    (plain,) = office.convert({"proef": content.getvalue()}).values()
    found = fields_of(add_fields(plain, (ONE, TWO)).content)
    with pdfplumber.open(io.BytesIO(plain)) as opened:
        page = opened.pages[0]
        cells = page.find_tables()[0].rows[0].cells
        for (left, top, right, bottom), (_page, box) in zip(cells, found.values(), strict=True):
            assert left <= box[0]
            assert box[2] <= right
            assert float(page.height) - bottom <= box[1]
            assert box[3] <= float(page.height) - top


def test_a_mark_at_the_foot_of_a_page_has_its_field_there_and_not_over_the_edge():
    files = {str(lines): word(*["Tekst."] * lines, ONE.label, room=20) for lines in range(17, 25)}
    for content in office.convert(files).values():
        made = add_fields(content, (ONE,))
        if made.content:
            ((_page, (_left, bottom, _right, _top)),) = fields_of(made.content).values()
            assert bottom >= 50
        else:
            assert "te weinig plaats" in made.faults[0]


def test_a_paper_that_cannot_read_the_field_aloud_no_longer_claims_so_and_says_it():
    with pikepdf.open(io.BytesIO(printed(ONE.label, "Slot."))) as opened:
        del opened.Root.StructTreeRoot.ParentTree
        content = io.BytesIO()
        opened.save(content)
    made = add_fields(content.getvalue(), (ONE,))
    assert made.remarks == ("De pdf draagt het kenmerk PDF/UA niet: het heeft geen structuur om voor te lezen.",)
    with pikepdf.open(io.BytesIO(made.content)) as opened:
        said = opened.open_metadata()
        assert "pdfuaid:part" not in said
        assert "pdfaid:part" in said


def test_a_paper_without_structure_has_no_place_to_sign():
    with pikepdf.open(io.BytesIO(printed(ONE.label, "Slot."))) as opened:
        del opened.Root.StructTreeRoot
        content = io.BytesIO()
        opened.save(content)
    assert "staat op geen enkele bladzijde" in add_fields(content.getvalue(), (ONE,)).faults[0]


def test_a_name_with_letters_of_elsewhere_is_shown_in_its_field():
    who = Signatory(
        "handtekening_x_1", "x", "Łukasz Şahin-Ğőč", "wethouder", "Handtekening van Łukasz Şahin-Ğőč, wethouder"
    )
    made = pdf.normalise(add_fields(printed(who.label, "Slot."), (who,)).content)
    with pikepdf.open(io.BytesIO(made)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        assert b"<0000" not in field.AP.N.read_bytes().replace(b"<0000>", b"")
        codes = field.AP.N.read_bytes().split(b"<")[1].split(b">")[0]
        assert b"0000" not in [codes[at : at + 4] for at in range(0, len(codes), 4)]  # no open box for a letter


@pytest.mark.requires_poppler
def test_a_long_name_stays_inside_its_field(tmp_path):
    name = "Maximiliaan-Alexander van den Broeck-Vanderstraeten tot Wijnendale en Oudenburg (fictief voorbeeld)"
    who = Signatory("handtekening_x_1", "x", name, "wethouder", f"Handtekening van {name}, wethouder")
    made = add_fields(printed(who.label, "Slot."), (who,))
    ((_page, (left, bottom, right, top)),) = fields_of(made.content).values()
    (tmp_path / "proef.pdf").write_bytes(made.content)
    drawn = ["pdftoppm", "-r", "72", "-png", "-singlefile", tmp_path / "proef.pdf", tmp_path / "proef"]
    subprocess.run(drawn, check=True, timeout=60)
    seen = Image.open(tmp_path / "proef.png").convert("L")

    def ink(x0, x1):
        return seen.crop((int(x0), int(seen.height - top) + 2, int(x1), int(seen.height - bottom) - 2)).getextrema()[0]

    assert ink(left + 3, right - 3) < 200  # the name is there
    assert ink(right + 2, right + 60) == 255  # and nothing of it runs out
