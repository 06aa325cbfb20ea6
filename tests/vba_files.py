"""Word files with a macro ([MS-OVBA]), of which here is what LibreOffice needs to take it in."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.msg_files import ole

_MODULE = "ThisDocument"


def with_macro(docx: bytes, code: str) -> bytes:
    """Give a Word file as one with a macro."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                data = data.replace(usual, b"application/vnd.ms-word.document.macroEnabled.main+xml")
                kind = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
                data = data.replace(b"</Types>", kind + b"</Types>")
            if name == "word/_rels/document.xml.rels":
                kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
                relation = b'<Relationship Id="vba" Type="%s" Target="vbaProject.bin"/>' % kind
                data = data.replace(b"</Relationships>", relation + b"</Relationships>")
            target.writestr(name, data)
        target.writestr("word/vbaProject.bin", _project(code))
    return out.getvalue()


def _project(code: str) -> bytes:
    attributes = f'Attribute VB_Name = "{_MODULE}"\r\nAttribute VB_Base = "1Normal.{_MODULE}"\r\n'
    streams = {
        "dir": _packed(_directory()),
        "_VBA_PROJECT": b"\xcc\x61\xff\xff\0\0\0",
        _MODULE: _packed((attributes + code).encode()),
    }
    return ole({"VBA": streams, "PROJECT": f'Document={_MODULE}/&H00000000\r\nName="Project"\r\n'.encode()})


def _directory() -> bytes:
    """Give the records that describe the project ([MS-OVBA] 2.3.4.2)."""
    plain, wide = _MODULE.encode(), _MODULE.encode("utf-16-le")
    number = struct.Struct("<I").pack
    project = [
        (0x01, number(1)), (0x02, number(0x409)), (0x14, number(0x409)), (0x03, struct.pack("<H", 1252)),
        (0x04, b"Project"), (0x05, b""), (0x40, b""), (0x06, b""), (0x3D, b""), (0x07, number(0)), (0x08, number(0)),
    ]  # fmt: skip
    modules = [
        (0x0C, b""), (0x3C, b""), (0x0F, struct.pack("<H", 1)), (0x13, b"\xff\xff"), (0x19, plain), (0x47, wide),
        (0x1A, plain), (0x32, wide), (0x1C, b""), (0x48, b""), (0x31, number(0)), (0x1E, number(0)),
        (0x2C, b"\xff\xff"), (0x22, b""), (0x2B, b""), (0x10, b""),
    ]  # fmt: skip
    version = struct.pack("<HIIH", 0x09, 4, 1, 1)
    return _records(project) + version + _records(modules)


def _records(records: list[tuple[int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HI", kind, len(content)) + content for kind, content in records)


def _packed(data: bytes) -> bytes:
    """Pack as [MS-OVBA] 2.4.1 does, with nothing made smaller."""
    out = b"\x01"
    for start in range(0, len(data), 4096):
        chunk = data[start : start + 4096]
        body = b"".join(b"\0" + chunk[at : at + 8] for at in range(0, len(chunk), 8))
        out += struct.pack("<H", 0xB000 | (len(body) - 1)) + body
    return out
