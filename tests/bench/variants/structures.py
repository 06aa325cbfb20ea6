"""A Word file with every structure in which words can hide, written as bare XML."""

from __future__ import annotations

import io
import zipfile
from itertools import count

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_NUMBER = count(1)


def write() -> bytes:
    """Give the file."""
    body = "".join(
        (
            _p(_r("gewone alinea met een", "<w:tab/>", "tab en een", "<w:br/>", "regeleinde")),
            _p(_r("zacht", "<w:softHyphen/>", "streepje en vast", "<w:noBreakHyphen/>", "streepje")),
            _p("<w:hyperlink w:anchor='x'>" + _r("tekst van een verwijzing") + "</w:hyperlink>"),
            _p("<w:ins w:id='1' w:author='x'>" + _r("ingevoegde woorden blijven") + "</w:ins>"),
            _p(_r("voor") + "<w:del w:id='2' w:author='x'>" + _deleted("geschrapte woorden") + "</w:del>" + _r("na")),
            _p("<w:moveTo w:id='3' w:author='x'>" + _r("verplaatst hierheen") + "</w:moveTo>"),
            _p("<w:moveFrom w:id='4' w:author='x'>" + _r("verplaatst hiervandaan") + "</w:moveFrom>"),
            _p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen woorden</w:t></w:r>" + _r("zichtbaar ernaast")),
            _p("<w:fldSimple w:instr='AUTHOR'>" + _r("uitkomst van een eenvoudig veld") + "</w:fldSimple>"),
            _p(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
                "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + _r("uitkomst van een veld") + "<w:r>"
                "<w:fldChar w:fldCharType='end'/></w:r>"
            ),
            _p("<w:smartTag w:uri='x' w:element='y'>" + _r("slim label") + "</w:smartTag>"),
            _p("<w:customXml w:element='y'>" + _r("eigen opmaak") + "</w:customXml>"),
            _p(
                "<w:r><w:ruby><w:rubyPr/><w:rt>" + _r("boven") + "</w:rt><w:rubyBase>" + _r("onder") + "</w:rubyBase>"
                "</w:ruby></w:r>"
            ),
            _p("<m:oMath><m:r><m:t>x = 3</m:t></m:r></m:oMath>"),
            _p("<w:bdo w:val='rtl'>" + _r("omgekeerd") + "</w:bdo>"),
            _control(_p(_r("besturingselement om een alinea"))),
            _p(_r("in de regel: ") + _control(_r("besturingselement in de regel"))),
            _table([[_p(_r("cel een")), _p(_r("cel twee")) + _p(_r("tweede alinea"))], [_nested(), _p(_r("laatste"))]]),
            "<w:tbl><w:tr>" + _control(_cell(_p(_r("element om een cel")))) + _cell(_p(_r("gewone cel"))) + "</w:tr>",
            _control("<w:tr>" + _cell(_p(_r("element om een rij"))) + _cell(_p(_r("tweede"))) + "</w:tr>") + "</w:tbl>",
            _p(_box("woorden in een tekstvak", "woorden in een tekstvak")),
            _p("<w:r>" + _old_box("oud tekstvak") + "</w:r>"),
            _p(_r("met een voetnoot") + "<w:r><w:footnoteReference w:id='2'/></w:r>"),
            _p(_r("met een eindnoot") + "<w:r><w:endnoteReference w:id='2'/></w:r>"),
            _p("<w:r><w:rPr><w:caps/></w:rPr><w:t>hoofdletters door opmaak</w:t></w:r>"),
            "<w:sectPr>" + "".join(
                f"<w:{part}Reference w:type='{kind}' r:id='{part}{number}'/>"
                for part in ("header", "footer") for number, kind in ((1, "default"), (2, "first"))
            ) + "<w:titlePg/></w:sectPr>",
        )
    )  # fmt: skip
    others = {
        "header1": _root("hdr", _p(_r("koptekst van elke bladzijde"))),
        "header2": _root("hdr", _p(_r("koptekst van de eerste"))),
        "footer1": _root("ftr", _p(_r("voettekst van elke bladzijde"))),
        "footer2": _root("ftr", _p(_r("voettekst van de eerste"))),
        "footnotes": _root("footnotes", "<w:footnote w:id='2'>" + _p(_r("woorden van de voetnoot")) + "</w:footnote>"),
        "endnotes": _root("endnotes", "<w:endnote w:id='2'>" + _p(_r("woorden van de eindnoot")) + "</w:endnote>"),
    }
    return _package(_root("document", f"<w:body>{body}</w:body>"), others)


def _r(*pieces: str) -> str:
    inner = "".join(piece if piece.startswith("<") else f"<w:t xml:space='preserve'>{piece}</w:t>" for piece in pieces)
    return f"<w:r>{inner}</w:r>"


def _deleted(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def _p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def _control(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:id w:val='{next(_NUMBER)}'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _cell(content: str) -> str:
    return f"<w:tc>{content}</w:tc>"


def _table(rows: list[list[str]]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(map(_cell, row)) + '</w:tr>' for row in rows)}</w:tbl>"


def _nested() -> str:
    return _table([[_p(_r("tabel in een tabel")), _p(_r("binnenste cel"))]]) + _p("")


def _box(text: str, fallback: str) -> str:
    """Give a text box as Word writes it: once for new programs, once more for old ones."""
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx><w:txbxContent>{_p(_r(text))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData>"
        f"</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>{_old_box(fallback)}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _old_box(text: str) -> str:
    inner = f"<w:txbxContent>{_p(_r(text))}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"


def _root(name: str, content: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {spaces}>{content}</w:{name}>'


def _package(main: str, others: dict[str, str]) -> bytes:
    kinds = {name: name.rstrip("0123456789") for name in others}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{kind}+xml"/>'
        for name, kind in {**kinds, "document": "document.main"}.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{relations}</Relationships>',
        "word/document.xml": main,
        **{f"word/{name}.xml": content for name, content in others.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
