"""Small Word templates made by hand: those with one seeded fault, and sound ones."""

from __future__ import annotations

from collections.abc import Iterable

from tests.word_files import SPACES, p, parts, r, styles, tbl, tc, tr, zipped

DUTCH = styles('<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="nl-BE"/></w:rPr></w:rPrDefault></w:docDefaults>')
HEADER = "<w:tblHeader/>"
WIDTH = '<w:tcW w:w="2000" w:type="dxa"/>'
"""Every cell that Word writes has a width; docxtpl merges no cell without one."""


def template(body: str, *, styled: str | None = DUTCH, more: dict[str, str] | None = None, **others: str) -> bytes:
    """Make a Word template with this body; it says that it is Dutch unless `styled` says otherwise."""
    if styled is not None:
        others["styles"] = styled
    made = parts(body + "<w:sectPr/>", **others)
    return zipped({**made, **(more or {})})


def part(name: str, inside: str) -> str:
    """Write another part than the body: `hdr`, `ftr`, `footnotes` …"""
    return f"<w:{name} {SPACES}>{inside}</w:{name}>"


def note(kind: str, inside: str) -> str:
    """Write a part with one footnote or endnote."""
    return part(f"{kind}s", f'<w:{kind} w:id="2">{inside}</w:{kind}>')


def rows(*each: Iterable[str], header: bool = True) -> str:
    """Write a table; its first row is a marked header."""
    made = [
        tr(*(tc(cell, WIDTH) for cell in row), properties=HEADER if header and not n else "")
        for n, row in enumerate(each)
    ]
    return tbl(*made)


def picture(words: str = "", inside: str = "<pic:pic/>") -> str:
    """Write a run with a drawing and its alt text."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Beeld 1"{words}/>'
        f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def core(inside: str) -> dict[str, str]:
    """Write the core properties."""
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return {"docProps/core.xml": f"<cp:coreProperties {spaces}>{inside}</cp:coreProperties>"}


def box(inside: str) -> str:
    """Write a run with a text box."""
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
    return picture("", shape)


def bold(text: str) -> str:
    """Write a paragraph in bold."""
    return p(r(text, "<w:b/>"))
