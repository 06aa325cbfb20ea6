"""Files that begin with our paper and show something else: none of them is in order."""

from __future__ import annotations

import datetime as dt
import io
import re

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, pdf_string

from pipeline.signing import Origin, examine, read_roots
from pipeline.signing.naming import renamed
from tests.signed_papers import PLACES, held, paper, revised, sign, stamp_whole, with_revocation
from tests.signing_keys import SIGNED, authority, nothing_revoked, person

FIRST, SECOND = PLACES[0].field, PLACES[1].field
FORGED = "De subsidie is 900.000 euro"


@pytest.fixture(scope="module")
def issued():
    return paper(locking=True)


@pytest.fixture(scope="module")
def roots():
    return read_roots({"proefwortel.pem": authority("Proefwortel").pem})


def by_both(data, also=None):
    first = sign(data, person("An Peeters"), FIRST, also=also)
    return sign(first, person("Bo Maes"), SECOND, on=SIGNED + dt.timedelta(days=1))


def another(content):
    """A paper that says one line more, saved as one that stands on its own."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].contents_add(f"BT /F1 12 Tf 72 640 Td ({FORGED}) Tj ET".encode())
        made = io.BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return made.getvalue()


def behind(before, pdf):
    """Paste a PDF behind another, its table of objects moved along: readers start at the last table."""
    start = pdf.rindex(b"startxref")
    table = pdf.rindex(b"xref\n", 0, start)
    rows = re.sub(
        rb"(\d{10})( \d{5} n)",
        lambda row: b"%010d%s" % (int(row[1]) + len(before), row[2]),
        pdf[table:start],
    )
    return before + pdf[:table] + rows + b"startxref\n%d\n%%%%EOF\n" % (table + len(before))


def test_another_paper_pasted_behind_ours_and_signed_by_everybody(issued, roots):
    verdict = examine(by_both(behind(issued.content, another(issued.content))), [issued], roots)
    assert verdict.origin is Origin.ISSUED
    assert "een ander papier" in verdict.changes[0].what
    assert f"«{FORGED}» is erbij gekomen" in [change.what for change in verdict.changes]
    assert not verdict.ours
    assert held(verdict) == set()


def test_page_drawn_anew_behind_the_end(issued, roots):
    """A reader that does not find the end builds the file from all that it finds, and the last one wins."""
    with pikepdf.open(io.BytesIO(issued.content)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    words = f"BT /F1 12 Tf 72 640 Td ({FORGED}) Tj ET".encode()
    drawn = b"\n%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(words), words)
    verdict = examine(by_both(issued.content) + drawn, [issued], roots)
    assert [change.what for change in verdict.changes] == [
        "achter het einde van de pdf staat nog iets dat er niet bij hoort"
    ]
    assert held(verdict) == set()


def repeated(data):
    return b"rommel\nstartxref" + data.rpartition(b"startxref")[2]


def empty_table(data, before=b""):
    """A table without objects, that leads to the one before."""
    tail = data.rpartition(b"startxref")[2]
    sizes, roots = re.findall(rb"/Size (\d+)", data), re.findall(rb"/Root (\d+) 0 R", data)
    table = b"xref\n0 0\ntrailer\n<< /Size %s /Root %s 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    return before + table % (sizes[-1], roots[-1], tail.split()[0], len(data) + len(before))


@pytest.mark.parametrize(
    "tail",
    [
        repeated,
        empty_table,
        lambda data: empty_table(data, b"rommel\n"),
        lambda data: revised(data, lambda writer: writer.add_object(pdf_string("INGETROKKEN")))[len(data) :],
        lambda data: repeated(data) + with_revocation(data + repeated(data))[len(data + repeated(data)) :],
    ],
    ids=["end repeated", "empty table", "rubbish and empty table", "object of nobody", "rubbish before proof"],
)
def test_what_nobody_signed_behind_the_last_signature_is_a_change(issued, roots, tail):
    data = by_both(issued.content)
    verdict = examine(data + tail(data), [issued], roots)
    assert [change.what for change in verdict.changes] == [
        "achter de laatste handtekening staat nog iets dat niemand tekende en dat niets bewijst"
    ]
    assert held(verdict) == set()


def test_proof_and_time_stamps_behind_the_last_signature_are_no_change(issued, roots):
    stamper = person("Proeftijd", stamping=True)
    proven = with_revocation(by_both(issued.content))
    lasting = with_revocation(stamp_whole(proven, stamper, SIGNED + dt.timedelta(days=2)), nothing_revoked())
    for data in (proven, proven + b"\r\n", lasting):
        assert examine(data, [issued], roots).ours


def entitle(writer):
    writer.set_info(named(Title=pdf_string("INGETROKKEN")))


def test_other_title_is_a_change(issued, roots):
    verdict = examine(by_both(issued.content, also=entitle), [issued], roots)
    assert [change.what for change in verdict.changes] == ["de titel van het bestand werd «INGETROKKEN»"]
    assert held(verdict) == set()


def test_other_title_in_the_metadata_alone_is_a_change(issued):
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued.content)) as pdf:
        with pdf.open_metadata(update_docinfo=False) as told:
            told["dc:title"] = "INGETROKKEN"
        pdf.save(made)
    (change,) = renamed(made.getvalue(), issued.content)
    assert change.what == "de titel van het bestand werd «INGETROKKEN»"


def test_what_is_read_aloud_of_an_added_field_is_a_change(issued, roots):
    verdict = examine(by_both(issued.content, also=lambda one: own_part(one, TU=pdf_string(FORGED))), [issued], roots)
    assert [change.what for change in verdict.changes] == [f"van het veld «dienst» wordt voorgelezen: «{FORGED}»"]
    assert held(verdict) == set()


def test_line_ends_behind_the_end_are_nothing(issued, roots):
    assert examine(by_both(issued.content) + b"\r\n\n", [issued], roots).holds


def named(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def drawing(writer):
    font = named(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
    look = StreamObject(stream_data=f"BT /F1 12 Tf 2 5 Td ({FORGED}) Tj ET".encode())
    look.update(
        named(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            BBox=ArrayObject(map(NumberObject, (0, 0, 300, 20))),
            Resources=named(Font=named(F1=font)),
        )
    )
    return writer.add_object(look)


def seen(subtype="Widget", flags=4, **more):
    box = ArrayObject(map(NumberObject, (72, 600, 372, 620)))
    kind = NameObject(f"/{subtype}")
    return named(Type=NameObject("/Annot"), Subtype=kind, Rect=box, F=NumberObject(flags), **more)


def hang(writer, field, annotation=None):
    """Put a field in the form, and something on the first page."""
    writer.root["/AcroForm"]["/Fields"].append(field)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    if annotation is not None:
        sheet = writer.root["/Pages"]["/Kids"][0].get_object()
        sheet["/Annots"] = ArrayObject([*sheet.get("/Annots", ()), annotation])
        writer.update_container(sheet)


def field_of(writer, **more):
    return writer.add_object(named(FT=NameObject("/Sig"), T=pdf_string("dienst"), **more))


def widget_of_nobody(writer, **how):
    widget = writer.add_object(seen(AP=named(N=drawing(writer)), **how))
    hang(writer, field_of(writer, Kids=ArrayObject([widget])), widget)


def own_part(writer, subtype="Widget", **more):
    """A field that is its own annotation."""
    whole = seen(subtype, FT=NameObject("/Sig"), T=pdf_string("dienst"), **more)
    reference = writer.add_object(whole)
    hang(writer, reference, reference)


def text_below(writer):
    field = field_of(writer)
    text = seen(FT=NameObject("/Tx"), V=pdf_string(FORGED), DA=pdf_string("/Helv 12 Tf 0 g"), Parent=field)
    widget = writer.add_object(text)
    field.get_object()[NameObject("/Kids")] = ArrayObject([widget])
    hang(writer, field, widget)


def ours_below(writer):
    hang(writer, field_of(writer, Kids=ArrayObject([writer.root["/AcroForm"]["/Fields"].raw_get(1)])))


def named_elsewhere(writer):
    """What it shows would be told of another field."""
    own_part(writer, Parent=writer.add_object(named(T=pdf_string("ander"))))


FIELDS = {
    "widget that leads to no field": widget_of_nobody,
    "the same, only seen in print": lambda writer: widget_of_nobody(writer, flags=36),
    "note": lambda writer: own_part(writer, "FreeText", Contents=pdf_string(FORGED), DA=pdf_string("/Helv 12 Tf 0 g")),
    "link": lambda writer: own_part(writer, A=named(S=NameObject("/URI"), URI=pdf_string("https://voorbeeld.example"))),
    "script": lambda writer: own_part(
        writer, AA=named(E=named(S=NameObject("/JavaScript"), JS=pdf_string("app.alert(1)")))
    ),
    "text": text_below,
    "our widget": ours_below,
    "another name upwards": named_elsewhere,
}


@pytest.mark.parametrize("add", FIELDS.values(), ids=FIELDS)
class TestFieldThatIsMore:
    """A new field may only be a signature field; whatever else hangs below it is a change."""

    def test_before_the_first_signature(self, issued, roots, add):
        verdict = examine(by_both(issued.content, also=add), [issued], roots)
        assert verdict.changes or verdict.reason
        assert held(verdict) == set()

    def test_after_the_last_signature(self, issued, roots, add):
        verdict = examine(revised(by_both(issued.content), add), [issued], roots)
        assert verdict.changes or verdict.reason
        assert not any(one.alone for one in verdict.signatures)
        assert held(verdict) == set()
