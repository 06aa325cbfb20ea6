"""Wherever words can stand in a Word file they are read, or what holds them is told: one line a structure."""

from __future__ import annotations

import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.word_files import SPACES, p, r, sdt, tbl, tc, tr, word

MORE = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:lc="http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:q="http://example.org/onbekend"'
)


def drawing(inside: str) -> str:
    """Write a drawing in a run."""
    return (
        f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData {MORE}>{inside}</a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


def box(*texts: str) -> str:
    """Write a shape with text in it."""
    return f"<wps:wsp><wps:txbx><w:txbxContent>{''.join(map(p, texts))}</w:txbxContent></wps:txbx></wps:wsp>"


def formula(text: str) -> str:
    """Write a formula."""
    return f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>"


WORD = "Muide"
PICTURE = "<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic>"
STRUCTURES: dict[str, tuple[str, list[str], str]] = {
    # name: body, the words that are read, the words with which what is not read is told
    "a chart": (p(drawing('<c:chart r:id="x"/>')), [], "1 grafiek is niet gelezen"),
    "SmartArt": (p(drawing('<dgm:relIds r:dm="x"/>')), [], "1 diagram is niet gelezen"),
    "a picture": (p(drawing(PICTURE)), [], "1 afbeelding is niet gelezen"),
    "handwriting": (
        p(
            '<w:r><mc:AlternateContent><mc:Choice xmlns:wpi="http://schemas.microsoft.com/office/word/2010/'
            'wordprocessingInk" Requires="wpi"><w:drawing><wp:inline><a:graphic><a:graphicData>'
            '<w14:contentPart r:id="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>'
            f"<mc:Fallback>{drawing(PICTURE)}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        [],
        "1 stuk handschrift is niet gelezen",
    ),
    "an embedded file": (
        p("<w:r><w:object><o:OLEObject/></w:object></w:r>"),
        [],
        "1 ingesloten object is niet gelezen",
    ),
    "a control of ActiveX": (p('<w:r><w:object><w:control r:id="x"/></w:object></w:r>'), [], "1 ingesloten object"),
    "an inserted document": ('<w:altChunk r:id="x"/>', [], "1 ingevoegd document is niet gelezen"),
    "a part of a master document": (p('<w:subDoc r:id="x"/>'), [], "1 ingevoegd document is niet gelezen"),
    "ruby": (
        p(f"<w:r><w:ruby><w:rt>{r('boven')}</w:rt><w:rubyBase>{r('onder')}</w:rubyBase></w:ruby></w:r>"),
        ["onder"],
        "1 uitspraak boven een woord is niet gelezen",
    ),
    "a group of shapes": (
        p(drawing(f"<wpg:wgp>{box('een')}<wpg:grpSp>{box('twee', 'drie')}</wpg:grpSp></wpg:wgp>")),
        ["een", "twee", "drie"],
        "",
    ),
    "a text box in a text box": (
        p(
            drawing(
                f"<wps:wsp><wps:txbx><w:txbxContent>{p(r('buiten') + drawing(box('binnen')))}"
                "</w:txbxContent></wps:txbx></wps:wsp>"
            )
        ),
        ["buiten", "binnen"],
        "",
    ),
    "a drawing of an older program": (
        p(
            drawing(
                "<lc:lockedCanvas><a:sp><a:txSp><a:txBody><a:p><a:r><a:t>eerste</a:t></a:r><a:br/><a:fld><a:t>tweede"
                "</a:t></a:fld></a:p><a:p><a:r><a:t>derde</a:t></a:r></a:p></a:txBody></a:txSp></a:sp>"
                "</lc:lockedCanvas>"
            )
        ),
        ["eerste\ntweede", "derde"],
        "",
    ),
    "letters that are a drawing": (
        p(
            '<w:r><w:pict><v:shape><v:path textpathok="t"/><v:textpath on="t" string="CONCEPT"/></v:shape></w:pict>'
            "</w:r>"
        ),
        ["CONCEPT"],
        "",
    ),
    "an older text box": (
        p(
            f"<w:r><w:pict><v:group><v:shape><v:textbox><w:txbxContent>{p('oud')}</w:txbxContent></v:textbox></v:shape>"
            "</v:group></w:pict></w:r>"
        ),
        ["oud"],
        "",
    ),
    "formulas in and between paragraphs": (
        p(r("y ") + formula("= 3x")) + f"<m:oMathPara>{formula('z=9')}</m:oMathPara>",
        ["y = 3x", "z=9"],
        "",
    ),
    "text inside a formula": (
        p(f"<m:oMath><m:sSup><m:e>{r('oppervlakte')}</m:e></m:sSup></m:oMath>"),
        ["oppervlakte"],
        "",
    ),
    "smart tags and own XML around all things": (
        f'<w:customXml w:element="a">{p("alinea")}<w:smartTag w:element="b">{p("slim")}</w:smartTag></w:customXml>'
        + tbl(f"<w:customXml>{tr(tc('rij'), f'<w:customXml>{tc(WORD)}</w:customXml>')}</w:customXml>"),
        ["alinea", "slim", "rij", WORD],
        "",
    ),
    "an element of Word that nobody knows": (
        f"<w:om>{p('erin')}</w:om>{p(f'<w:in>{r(WORD)}</w:in>')}",
        ["erin", WORD],
        "",
    ),
    "an element of others, which Word passes over": (f"<q:om {MORE}>{p('weg')}</q:om>{p('wel')}", ["wel"], ""),
    "writing from right to left": (
        p(f'<w:dir w:val="rtl">{r("rechts")}</w:dir><w:bdo w:val="rtl">{r("links")}</w:bdo>'),
        ["rechtslinks"],
        "",
    ),
    "controls around rows, cells and paragraphs": (
        tbl(sdt(tr(sdt(tc(sdt(p(sdt(r("diep"))))))))),
        ["diep"],
        "",
    ),
    "a run outside a paragraph": (
        r("los") + f"<w:hyperlink>{r('verwijzing')}</w:hyperlink>",
        ["losverwijzing"],
        "",
    ),
    "a bookmark and a mark of the speller": (
        p('<w:bookmarkStart w:id="1" w:name="x"/>' + r("een") + '<w:proofErr w:type="spellStart"/>' + r("twee")),
        ["eentwee"],
        "",
    ),
    "a moved paragraph": (p(f"<w:moveTo>{r('hier')}</w:moveTo>"), ["hier"], ""),
}


@pytest.mark.parametrize(("body", "words", "told"), STRUCTURES.values(), ids=STRUCTURES)
def test_words_in(body: str, words: list[str], told: str) -> None:
    document = read(word(body), "a.docx")
    assert [part.text for part in paragraphs(document.blocks) if part.text] == words
    assert any(sentence.startswith(told) for sentence in document.omitted) if told else document.omitted == ()


def test_words_in_a_drawing_of_a_header_are_read_there() -> None:
    header = (
        f"<w:hdr {SPACES}>"
        + p('<w:r><w:pict><v:shape><v:textpath string="ONTWERP"/></v:shape></w:pict></w:r>')
        + "</w:hdr>"
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    document = read(word(p("tekst") + section, header1=header), "a.docx")
    found = [(part.text, part.location.part) for part in paragraphs(document.blocks) if part.text]
    assert found == [("tekst", ""), ("ONTWERP", "koptekst")]


def test_words_in_a_deleted_drawing_are_not_text() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="OUD"/></v:shape></w:pict></w:r>'
    document = read(word(p(r("nieuw") + f"<w:del>{shape}</w:del>")), "a.docx")
    assert [(part.text, part.deleted) for part in paragraphs(document.blocks)] == [("nieuw", ""), ("", "OUD")]


def test_runs_with_an_open_box_that_stand_in_no_paragraph_are_read_as_one() -> None:
    (loose,) = read(word(tbl(tr("<w:tc>" + r("☐ ja ") + r("☐ nee", "<w:b/>") + "</w:tc>"))), "a.docx").blocks
    (piece,) = paragraphs((loose,))
    assert (piece.text, piece.marked) == ("☐ ja ☐ nee", "☐ nee")
