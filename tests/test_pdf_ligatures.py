"""Letters that a browser draws as one stay in their word, also where a page is drawn small on a sheet."""

import io

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from pipeline.document import paragraphs
from pipeline.readers import read

START = b"BT /F 20 Tf 1 0 0 1 %d 700 Tm "
TOGETHER = b"/Span <</ActualText (%s)>> BDC " + START + b"(\\001) Tj ET EMC "


def drawn(*pieces, cm=b"0.5 0 0 0.5 100 200"):
    """Draw pieces of a line in a form half as large; a tuple is one glyph that stands for several letters."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    encoding = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([1, Name.fi]))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=encoding)
    font.FirstChar, font.LastChar, font.Widths = 1, 126, Array([500] * 126)
    content, left = b"", 40
    for piece in pieces:
        if isinstance(piece, tuple):
            content += TOGETHER % (piece[0], left)
            left += 10
        else:
            content += START % left + b"(%s) Tj ET " % piece
            left += 10 * len(piece)
    form = Stream(pdf, content)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 800])
    form.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(form)))
    page.Contents = Stream(pdf, b"q %s cm /X Do Q" % cm)
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("cm", [b"0.5 0 0 0.5 100 200", b"1 0 0 1 0 0"])
@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ((b"Titel: De ", (b"fi",), b"nanciering"), "Titel: De financiering"),
        ((b"Titel: Co", (b"fi",), b"nanciering"), "Titel: Cofinanciering"),
        ((b"Titel: Wijk van Ho", (b"ff",)), "Titel: Wijk van Hoff"),
        (((b"fi",), b"etspad"), "fietspad"),
    ],
)
def test_a_ligature_is_part_of_its_word(pieces, said, cm):
    document = read(drawn(*pieces, cm=cm), "a.pdf")
    assert [paragraph.text for paragraph in paragraphs(document.blocks)] == [said]
