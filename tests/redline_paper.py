"""A small paper for the tests of `compare`: articles, a table, a note, a picture, a header and a footer.

It is written by hand, so that what an edit of it changes can be said by hand too.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.word_files import SPACES, field, p, parts, r, sdt, styles, tbl, tc, tr, zipped


def dot(colour: bytes) -> bytes:
    """Make a picture of one dot (PNG: ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + colour)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


RED, GREEN = dot(b"\xff\0\0"), dot(b"\0\xff\0")

STYLES = styles(
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/>'
    '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:b/><w:sz w:val="40"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Artikel"><w:name w:val="Artikel"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    '</w:numPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Opsomming"><w:name w:val="Opsomming"/><w:pPr><w:numPr>'
    '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Nadruk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)
NUMBERING = (
    f"<w:numbering {SPACES}>"
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="Artikel"/><w:suff w:val="space"/><w:lvlText w:val="Artikel %1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:pStyle w:val="Opsomming"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    "</w:numbering>"
)

FOOTNOTE_MARK = '<w:r><w:footnoteReference w:id="2"/></w:r>'
FOOTNOTES = (
    f"<w:footnotes {SPACES}>"
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" De oproep laat hoogstens 4 jaar toe."))}</w:footnote>'
    "</w:footnotes>"
)


def page_field(kind: str, shown: str) -> str:
    """Write a field that counts pages."""
    code = f'<w:r><w:instrText xml:space="preserve"> {kind} </w:instrText></w:r>'
    return field("begin") + code + field("separate") + r(shown) + field("end")


HEADER = (
    f"<w:hdr {SPACES}>"
    + p(r("ONTWERP – niet ondertekenen"))
    + p(r("Oproep naar wijkverbeteringscontracten"))
    + "</w:hdr>"
)
FOOTER = (
    f"<w:ftr {SPACES}>"
    + p(
        r("WVC-2021-0003 – Afsprakenkader, pagina ")
        + page_field("PAGE", "1")
        + r(" van ")
        + page_field("NUMPAGES", "3")
    )
    + "</w:ftr>"
)


def picture(identifier: str, number: int = 1, name: str = "Kaart van de wijk") -> str:
    """Write a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="360000"/>'
        f'<wp:docPr id="{number}" name="Afbeelding {number}" descr="{name}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="kaart.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"/>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(words: str) -> str:
    """Write a text box."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2000000" cy="500000"/><wp:docPr id="9" name="Tekstvak 9"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"/>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
    )


def article(words: str) -> str:
    """Write the heading of an article."""
    return p(r(words), '<w:pStyle w:val="Artikel"/>')


SCOPE = p(
    r("Dit afsprakenkader regelt de uitvoering van het wijkverbeteringscontract in Ninove, dossier WVC-2021-0003.")
)
MONEY = p(r("De Vlaamse overheid kent een projectsubsidie toe van 80.000 euro (beslissing van 17 december 2021)."))
INTENT = p(r("Het lokaal bestuur zet de subsidie niet in voor gewone werking, “nooit” en nergens."))
DURATION = p(r("Dit afsprakenkader loopt van 1 januari 2022 tot en met 31 december 2025.") + FOOTNOTE_MARK)
GROUP = p(r("De stuurgroep vergadert minstens tweemaal per jaar. Zij beslist bij consensus."))
REPORT = p(r("De stuurgroep bezorgt elk jaar voor 1 maart een voortgangsrapport aan de klankbordgroep."))
CHOICE = p(r("Bevoegde rechtbank: ") + sdt(r("Gent"), '<w:alias w:val="rechtbank"/><w:text/>') + r("."))
BUDGET = tbl(
    tr(tc("Jaar"), tc("Kost"), tc("Subsidie"), properties="<w:tblHeader/>"),
    tr(tc("2022"), tc("€ 40.000,00"), tc("€ 30.000,00")),
    tr(tc("2023"), tc("€ 60.000,00"), tc("€ 50.000,00")),
    tr(tc("Totaal"), tc("€ 100.000,00"), tc("€ 80.000,00")),
)
PICTURE = p(picture("rIdPicture"))
BODY = (
    p(r("Afsprakenkader"), '<w:pStyle w:val="Titel"/>')
    + article("Voorwerp en wijk")
    + SCOPE
    + article("Financiering")
    + MONEY
    + INTENT
    + BUDGET
    + article("Looptijd")
    + DURATION
    + article("Stuurgroep")
    + GROUP
    + p(r("een vertegenwoordiger van het lokaal bestuur;"), '<w:pStyle w:val="Opsomming"/>')
    + p(r("een vertegenwoordiger van de Vlaamse overheid."), '<w:pStyle w:val="Opsomming"/>')
    + article("Rapportage")
    + REPORT
    + article("Geschillen")
    + CHOICE
    + PICTURE
    + p(r("Opgemaakt te Brussel in twee exemplaren."))
    + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
    '<w:footerReference w:type="default" r:id="footer1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
)

_RELATION = (
    '<Relationship Id="rIdPicture" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    'Target="media/image1.png"/></Relationships>'
)
_PNG = '<Default Extension="png" ContentType="image/png"/></Types>'


def paper(body: str = BODY, drawn: bytes = RED, **others: str) -> bytes:
    """Give the paper as a Word file.

    Args:
        body: what stands in its body.
        drawn: the bytes of its picture.
        others: parts that differ, by name.
    """
    given = {
        "styles": STYLES,
        "numbering": NUMBERING,
        "footnotes": FOOTNOTES,
        "header1": HEADER,
        "footer1": FOOTER,
        **others,
    }
    made = parts(body, **given)
    made["word/_rels/document.xml.rels"] = str(made["word/_rels/document.xml.rels"]).replace(
        "</Relationships>", _RELATION
    )
    made["[Content_Types].xml"] = str(made["[Content_Types].xml"]).replace("</Types>", _PNG)
    made["word/media/image1.png"] = drawn
    return zipped(made)


def member(data: bytes, name: str) -> str:
    """Give the text of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()
