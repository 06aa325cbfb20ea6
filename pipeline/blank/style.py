"""The look of a blank form: styles and settings of the Word file."""

from __future__ import annotations

from pipeline.blank.markup import HINT, LINE, W

ACCENT = "1D4F6B"
"""The one colour, dark enough to read on white (contrast 8.9)."""
GREY = "595959"
REQUIRED = "B00020"
"""Of the mark of a required question."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def styles(language: str) -> bytes:
    """Give the part `styles.xml`."""
    parts = [
        _HEAD,
        (
            f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
            '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
            f'<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
            '<w:spacing w:after="80" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        ),
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        (
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        ),
        (
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
            '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        ),
        _table(),
        _style("Title", "Title", after=60, size=44, colour=ACCENT, bold=True),
        _style("Subtitle", "Subtitle", after=200, size=26, colour=GREY),
        _style("Heading1", "heading 1", before=360, after=120, size=30, colour=ACCENT, bold=True, outline=0, rule=True),
        _style("Heading2", "heading 2", before=160, after=60, size=23, colour=ACCENT, bold=True, outline=1),
        _style("Intro", "Intro", after=100, size=21),
        _style("IntroTitle", "Intro Title", before=120, after=40, size=21, bold=True, colour=ACCENT),
        _style("IntroItem", "Intro Item", after=40, size=20, indent=284),
        _style("SectionHelp", "Section Help", after=100, size=19, colour=GREY),
        _style("Label", "Label", before=30, after=30, size=19, bold=True),
        _style("Help", "Help", after=40, size=17, colour=GREY),
        _style("Answer", "Answer", before=30, after=30),
        _style("CardTitle", "Card Title", before=40, after=40, bold=True, colour=ACCENT),
        _style("GridHeader", "Grid Header", before=30, after=30, size=17, bold=True),
        _style("GridCell", "Grid Cell", before=30, after=30, size=18),
        _style("Spacer", "Spacer", after=0, size=12),
        _style("Header", "header", after=0, size=17, colour=GREY, tabs=True),
        _style("Footer", "footer", after=0, size=17, colour=GREY, tabs=True),
        (
            '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
            f'<w:uiPriority w:val="99"/><w:rPr><w:color w:val="{HINT}"/></w:rPr></w:style>'
        ),
        (
            '<w:style w:type="character" w:customStyle="1" w:styleId="Required"><w:name w:val="Required"/>'
            f'<w:rPr><w:b/><w:color w:val="{REQUIRED}"/></w:rPr></w:style>'
        ),
        "</w:styles>",
    ]
    return "".join(parts).encode()


def settings(language: str) -> bytes:
    """Give the part `settings.xml`."""
    return (
        f'{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    ).encode()


def _table() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Formulier"><w:name w:val="Formulier"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


_BUILT_IN = {"Title", "Subtitle", "Heading1", "Heading2", "Header", "Footer"}


def _style(
    key: str,
    name: str,
    *,
    before: int = 0,
    after: int,
    size: int = 20,
    colour: str = "",
    bold: bool = False,
    outline: int | None = None,
    indent: int = 0,
    rule: bool = False,
    tabs: bool = False,
) -> str:
    custom = "" if key in _BUILT_IN else ' w:customStyle="1"'
    paragraph = "<w:keepNext/><w:keepLines/>" if outline is not None else ""
    if rule:
        paragraph += f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="{ACCENT}"/></w:pBdr>'
    if tabs:
        paragraph += '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>'
    if indent:
        paragraph += f'<w:tabs><w:tab w:val="left" w:pos="{indent}"/></w:tabs>'
    line = ' w:line="240" w:lineRule="auto"' if key == "Spacer" else ""
    paragraph += f'<w:spacing w:before="{before}" w:after="{after}"{line}/>'
    if indent:
        paragraph += f'<w:ind w:left="{indent}" w:hanging="{indent}"/>'
    if outline is not None:
        paragraph += f'<w:outlineLvl w:val="{outline}"/>'
    text = "<w:b/>" if bold else ""
    text += f'<w:color w:val="{colour}"/>' if colour else ""
    text += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )
