"""Make small Word files by hand, so that a test says exactly what stands in one."""

from __future__ import annotations

import io
import zipfile

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Zip parts in the order in which they are given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 7, 19, 12, 0, 0)), content, method)
    return made.getvalue()


def parts(body: str, *, main_type: str = _WORD + "document.main+xml", **others: str) -> dict[str, bytes | str]:
    """Give the parts of a Word file with this body; others by name (styles, footnotes, header1, settings…)."""
    overrides = [f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>']
    relations = []
    for name in others:
        kind = name.rstrip("0123456789")
        overrides.append(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{kind}+xml"/>')
        relations.append(f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{name}.xml"/>')
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?>'
        f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        f"{''.join(relations)}</Relationships>",
    }
    for name, content in others.items():
        made[f"word/{name}.xml"] = content
    return made


def saved_by(program: str, body: str) -> dict[str, bytes | str]:
    """Give the parts of a Word file that says which program saved it."""
    made = parts(body)
    spaces = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    made["docProps/app.xml"] = f'<Properties xmlns="{spaces}"><Application>{program}</Application></Properties>'
    relation = f'<Relationship Id="rId2" Type="{_OFFICE}extended-properties" Target="docProps/app.xml"/>'
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace("</Relationships>", f"{relation}</Relationships>")
    return made


def word(body: str, **others: str) -> bytes:
    """Make a Word file with this body."""
    return zipped(parts(body, **others))


def p(inside: str, properties: str = "") -> str:
    """Write a paragraph; words without markup become a run."""
    if "<" not in inside:
        inside = r(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Write a run of text."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def sdt(content: str, properties: str = "") -> str:
    """Write a content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tc(inside: str, properties: str = "") -> str:
    """Write a cell; words without markup become a paragraph."""
    if "<" not in inside:
        inside = p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Write a row."""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """Write a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def styles(inside: str) -> str:
    """Write a styles part."""
    return f"<w:styles {SPACES}>{inside}</w:styles>"


W14_BOX = (
    '<w:tag w:val="{tag}"/><w14:checkbox><w14:checked w14:val="{state}"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)
"""Properties of a check box; its tag and state (0 or 1) are to be filled."""


def field(kind: str) -> str:
    """Write a mark of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def form_field(name: str, inside: str) -> str:
    """Write the beginning of an older form field."""
    data = f'<w:ffData><w:name w:val="{name}"/>{inside}</w:ffData>'
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'


def code(text: str) -> str:
    """Write the code of a field."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"
