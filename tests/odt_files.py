"""Make small OpenDocument texts by hand, so that a test says exactly what stands in one."""

from __future__ import annotations

from tests.word_files import zipped

ODT = "application/vnd.oasis.opendocument.text"
_NAMES = ("office", "text", "table", "style", "form", "manifest", "chart", "meta", "script")
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:math="http://www.w3.org/1998/Math/MathML" xmlns:ooo="http://openoffice.org/2004/office"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)


def parts(body: str, *, automatic: str = "", styles: str = "", **others: str | bytes) -> dict[str, bytes | str]:
    """Give the parts of a text: its body, its own styles, the content of styles.xml, others by name (`_` for `.`)."""
    made: dict[str, bytes | str] = {
        "mimetype": ODT,
        "content.xml": '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>{automatic}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest {SPACES} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/></manifest:manifest>',
    }
    if styles:
        made["styles.xml"] = f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
    return {**made, **{name.replace("_", "."): content for name, content in others.items()}}


def odt(body: str, **others: str) -> bytes:
    """Make a text with this body."""
    return zipped(parts(body, **others))


def flat(body: str, *, automatic: str = "", scripts: str = "", kind: str = ODT) -> bytes:
    """Make the same as one XML file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} office:mimetype="{kind}">{scripts}'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def p(inside: str, style: str = "") -> str:
    """Write a paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{inside}</text:p>"


def h(inside: str, level: int = 1) -> str:
    """Write a heading."""
    return f'<text:h text:outline-level="{level}">{inside}</text:h>'


def span(inside: str, style: str) -> str:
    """Write a stretch of text with a style."""
    return f'<text:span text:style-name="{style}">{inside}</text:span>'


def style(name: str, properties: str = "", family: str = "text", more: str = "") -> str:
    """Write a style with these properties of text."""
    inside = f"<style:text-properties {properties}/>" if properties else ""
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def td(inside: str, more: str = "") -> str:
    """Write a cell; words without markup become a paragraph."""
    if "<" not in inside:
        inside = p(inside)
    return f"<table:table-cell {more}>{inside}</table:table-cell>"


def tr(*cells: str, more: str = "") -> str:
    """Write a row."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str) -> str:
    """Write a table."""
    return f"<table:table>{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"


def control(inside: str, properties: str = "") -> str:
    """Write a content control as LibreOffice does."""
    return f"<loext:content-control {properties}>{inside}</loext:content-control>"


def deletion(identifier: str, inside: str) -> str:
    """Write a tracked deletion, which stands before the text."""
    return (
        f'<text:tracked-changes><text:changed-region text:id="{identifier}"><text:deletion>'
        "<office:change-info><dc:creator>N. Fictief</dc:creator></office:change-info>"
        f"{inside}</text:deletion></text:changed-region></text:tracked-changes>"
    )


def locked(parts: dict[str, bytes | str]) -> dict[str, bytes | str]:
    """Give the same parts with the mark of a password in the list of files."""
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    listed = str(parts["META-INF/manifest.xml"]).replace("</manifest:manifest>", entry + "</manifest:manifest>")
    return {**parts, "META-INF/manifest.xml": listed}
