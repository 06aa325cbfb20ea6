"""The Word file around the parts: relations, properties and a zip with fixed times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MOMENT = "2021-03-17T00:00:00Z"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PARTS = ("styles", "settings", "header", "footer")


def pack(document: bytes, parts: Mapping[str, bytes], *, title: str, subject: str, language: str) -> bytes:
    """Give the bytes of the Word file; the same parts give the same bytes.

    Args:
        document: the part `document.xml`.
        parts: `styles`, `settings`, `header`, `footer`; their relations are rId1, rId2 … in that order.
        title: title in the file's properties.
        subject: subject in the file's properties.
        language: language of the text, as `nl-BE`.
    """
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("app", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            *((f"rId{number}", f"{_OFFICE}/{part}", f"{part}.xml") for number, part in enumerate(_PARTS, start=1))
        ),
        **{f"word/{part}.xml": parts[part] for part in _PARTS},
        "docProps/core.xml": _core(title, subject, language),
        "docProps/app.xml": _app(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return made.getvalue()


def _content_types() -> bytes:
    overrides = {"/word/document.xml": f"{_KIND}.document.main+xml"}
    overrides |= {f"/word/{part}.xml": f"{_KIND}.{part}+xml" for part in _PARTS}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    entries = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    ).encode()


def _relations(*relations: tuple[str, str, str]) -> bytes:
    entries = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in relations)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'.encode()


def _core(title: str, subject: str, language: str) -> bytes:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MOMENT}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_MOMENT}</dcterms:modified>'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    ).encode()


def _app() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{space}"><Application>wijkcontract</Application></Properties>'.encode()
