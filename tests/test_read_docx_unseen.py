"""Letters of Word that nobody sees on paper, white or tiny, are read and doubted, whatever makes them so."""

from __future__ import annotations

import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.word_files import p, r, styles, word

WHITE = '<w:color w:val="FFFFFF"/>'


def cell(inside: str, looks: str = "") -> str:
    return f"<w:tbl>{looks}<w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "body",
    [
        p(r("800.000", '<w:color w:val="FFFFFF"/>')),
        p(r("800.000", '<w:color w:val="fefefe"/>')),
        p(r("800.000", '<w:color w:val="FFFFFF" w:themeColor="background1"/>')),
        p(r("800.000", '<w:sz w:val="2"/>')),
        cell(f'<w:tcPr><w:shd w:val="clear" w:fill="FFFFFF"/></w:tcPr>{p(r("800.000", WHITE))}'),
        p(r("€ ") + r("800.000", WHITE)),
    ],
)
def test_text_that_nobody_sees_on_paper_is_read_and_doubted_with_its_control(body: str) -> None:
    control = '<w:sdt><w:sdtPr><w:tag w:val="bedrag"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    document = read(word(control.format(body)), "a.docx")
    assert "niemand het ziet" in document.controls[0].uncertain
    assert [part.text[-7:] for part in paragraphs(document.blocks) if "niemand" in part.uncertain] == ["800.000"]


@pytest.mark.parametrize(
    "body",
    [
        cell(f'<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>{p(r("Kostprijs", WHITE))}'),
        cell(p(r("Kostprijs", WHITE)), '<w:tblPr><w:shd w:val="clear" w:fill="1F3864"/></w:tblPr>'),
        cell(p(r("Kostprijs", WHITE)), '<w:tblPr><w:tblStyle w:val="Raster"/></w:tblPr>'),
        p(r("Kostprijs", WHITE), '<w:shd w:val="clear" w:fill="000000"/>'),
        p(r("Kostprijs", f'<w:highlight w:val="black"/>{WHITE}')),
        p(f"<w:r><w:pict><w:txbxContent>{p(r('Kostprijs', WHITE))}</w:txbxContent></w:pict></w:r>"),
        p(r(" ", WHITE) + r("Kostprijs")),
        p(r("Kostprijs", '<w:sz w:val="10"/><w:color w:val="D9D9D9"/>')),
        p(r("Kostprijs", f"<w:vanish/>{WHITE}")),
    ],
)
def test_white_letters_on_what_is_shaded_or_may_be_are_certain(body: str) -> None:
    shades = (
        '<w:style w:type="table" w:styleId="Donker"><w:name w:val="Donker"/><w:tblStylePr w:type="firstRow">'
        '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
        '<w:style w:type="table" w:styleId="Raster"><w:name w:val="Raster"/><w:basedOn w:val="Donker"/></w:style>'
    )
    document = read(word(body, styles=styles(shades)), "a.docx")
    assert [part.uncertain for part in paragraphs(document.blocks) if part.uncertain] == []


def style(kind: str, name: str, looks: str, more: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}" {more}><w:name w:val="{name}"/><w:rPr>{looks}</w:rPr></w:style>'
    )


def based(kind: str, name: str, under: str) -> str:
    return style(kind, name, "").replace("<w:rPr>", f'<w:basedOn w:val="{under}"/><w:rPr>')


def defaults(looks: str) -> str:
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{looks}</w:rPr></w:rPrDefault></w:docDefaults>"


IN_TABLE = cell(p("800.000"), '<w:tblPr><w:tblStyle w:val="Wit"/></w:tblPr>')


@pytest.mark.parametrize(
    ("looks", "body"),
    [
        (style("character", "Wit", WHITE), p(r("800.000", '<w:rStyle w:val="Wit"/>'))),
        (style("character", "Wit", WHITE) + based("character", "A", "Wit"), p(r("800.000", '<w:rStyle w:val="A"/>'))),
        (style("paragraph", "Wit", WHITE), p("800.000", '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Wit", '<w:sz w:val="2"/>'), p("800.000", '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Wit", '<w:color w:val="auto" w:themeColor="background1"/>'),
         p("800.000", '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Normal", WHITE, 'w:default="1"'), p("800.000")),
        (style("paragraph", "Normal", "", 'w:default="1"') + defaults(WHITE), p("800.000")),
        (defaults('<w:sz w:val="2"/>') + style("paragraph", "A", ""), p("800.000", '<w:pStyle w:val="A"/>')),
        (style("table", "Wit", WHITE), IN_TABLE),
        (style("table", "Wit", WHITE) + style("paragraph", "Normal", "", 'w:default="1"'), IN_TABLE),
    ],
    ids=["text", "text, based", "paragraph", "paragraph, tiny", "theme", "by itself", "all", "all, tiny", "table",
         "table, usual paragraph"],
)  # fmt: skip
def test_letters_that_a_style_makes_white_or_tiny_are_doubted(looks: str, body: str) -> None:
    document = read(word(body, styles=styles(looks)), "a.docx")
    assert [bool(part.uncertain) for part in paragraphs(document.blocks) if part.text] == [True]


BLACK = '<w:color w:val="000000"/>'
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'


@pytest.mark.parametrize(
    ("looks", "body"),
    [
        (style("paragraph", "Wit", WHITE), p(r("Kostprijs", BLACK), '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Wit", WHITE), p(r("Kostprijs", '<w:color w:val="B00020"/>'), '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Wit", WHITE),
         cell(f"<w:tcPr>{DARK}</w:tcPr>" + p("Kostprijs", '<w:pStyle w:val="Wit"/>'))),
        (style("paragraph", "Wit", WHITE + DARK), p("Kostprijs", '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Wit", '<w:sz w:val="2"/>'),
         p(r("Kostprijs", '<w:sz w:val="20"/>'), '<w:pStyle w:val="Wit"/>')),
        (style("paragraph", "Zwart", BLACK) + defaults(WHITE), p("Kostprijs", '<w:pStyle w:val="Zwart"/>')),
        (style("table", "Wit", WHITE + DARK), IN_TABLE),
        (style("table", "Wit", WHITE) + style("paragraph", "Zwart", BLACK, 'w:default="1"'), IN_TABLE),
        (style("table", "Wit", WHITE), cell(p("Kostprijs"))),
    ],
    ids=["black run", "red run", "dark cell", "dark style", "usual size", "black style", "dark table",
         "black by itself", "no such style"],
)  # fmt: skip
def test_letters_that_are_seen_all_the_same_are_certain(looks: str, body: str) -> None:
    document = read(word(body, styles=styles(looks)), "a.docx")
    assert [part.uncertain for part in paragraphs(document.blocks) if part.uncertain] == []


@pytest.mark.parametrize(
    ("colour", "seen"),
    [
        ('w:val="000000" w:themeColor="background1"', False),
        ('w:val="F2F2F2" w:themeColor="background1" w:themeShade="F2"', False),
        ('w:val="FFFFFF" w:themeColor="background1" w:themeShade="80"', True),
        ('w:val="FFFFFF" w:themeColor="text1"', False),
        ('w:val="000000" w:themeColor="text1" w:themeTint="0D"', False),
        ('w:val="7F7F7F" w:themeColor="text1" w:themeTint="80"', True),
        ('w:val="F4F4F4"', False),
    ],
)
def test_the_colour_of_a_theme_goes_before_the_one_beside_it(colour: str, seen: bool) -> None:
    document = read(word(p(r("800.000", f"<w:color {colour}/>"))), "a.docx")
    assert [not part.uncertain for part in paragraphs(document.blocks)] == [seen]


@pytest.mark.parametrize(
    ("ground", "seen"),
    [
        ('<w:shd w:val="clear" w:fill="FEFEFE"/>', False),
        ('<w:shd w:val="clear" w:fill="F2F2F2" w:themeFill="background1" w:themeFillShade="F2"/>', False),
        ('<w:shd w:val="clear" w:fill="FFF2CC"/>', False),
        ('<w:highlight w:val="yellow"/>', False),
        ('<w:highlight w:val="red"/>', True),
        ('<w:shd w:val="clear" w:fill="92D050"/>', True),
        ('<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>', True),
        ('<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>', True),
    ],
)
def test_white_letters_on_a_pale_shade_are_as_little_seen_as_on_paper(ground: str, seen: bool) -> None:
    document = read(word(p(r("800.000", WHITE + ground))), "a.docx")
    assert [not part.uncertain for part in paragraphs(document.blocks)] == [seen]


@pytest.mark.parametrize(
    "more", ["", '<w:tcPr><w:shd w:val="clear" w:fill="D9E2F3"/></w:tcPr>'], ids=["plain", "bands"]
)
def test_a_style_that_shades_only_the_first_row_shades_no_other(more: str) -> None:
    band = f'<w:tblStylePr w:type="band1Horz">{more}</w:tblStylePr>'
    grid = style("table", "Raster", "").replace(
        "</w:style>", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr>{band}</w:style>'
    )
    row = f"<w:tr><w:tc>{p(r('800.000', WHITE))}</w:tc></w:tr>"
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="Raster"/></w:tblPr><w:tblGrid/>{row}{row}</w:tbl>'
    document = read(word(table, styles=styles(grid)), "a.docx")
    assert [bool(part.uncertain) for part in paragraphs(document.blocks)] == [False, True]


@pytest.mark.parametrize("looks", [WHITE, "<w:strike/>"], ids=["white", "struck"])
def test_a_sign_that_is_white_or_struck_through_is_doubted(looks: str) -> None:
    tick = f'<w:r><w:rPr>{looks}</w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    document = read(word(p(tick + r(" ja"))), "a.docx")
    assert [(part.text, bool(part.uncertain)) for part in paragraphs(document.blocks)] == [("☒ ja", True)]
