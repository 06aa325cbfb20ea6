"""Edits of what surrounds words, each with what must be told of it: written by hand, before the program.

Nobody reads these in a list of changed words, and any of them can make a clause hard to find or to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.redline_edits import BUDGET_AT, GROUP_AT
from tests.redline_paper import BODY, BUDGET, GROUP, MONEY, STYLES, paper
from tests.word_files import SPACES, p, r, tc, tr

SHEET = '<w:pgSz w:w="11906" w:h="16838"/>'
MARGINS = '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709"/>'
WHOLE = BODY.replace(SHEET, SHEET + MARGINS)
LINES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right"))
FIRST = "De stuurgroep vergadert minstens tweemaal per jaar. "
SENTENCE = "Zij beslist bij consensus."
WHOLE_AT = "het hele document"
NEW_PAGE = "begint op een nieuwe bladzijde"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


@dataclass(frozen=True)
class DressEdit:
    """One edit."""

    name: str
    old: str
    new: str
    place: str
    note: str
    parts: dict[str, str] = field(default_factory=dict)
    also: tuple[tuple[str, str], ...] = ()
    """What else must be told, each with its place."""

    def made(self) -> bytes:
        """Give the paper with this edit."""
        assert WHOLE.count(self.old) == 1
        return paper(WHOLE.replace(self.old, self.new), **self.parts)


def dressed(name: str, properties: str, note: str) -> DressEdit:
    """Give an edit of the properties of a paragraph."""
    return DressEdit(name, GROUP, p(r(FIRST + SENTENCE), properties), GROUP_AT, note)


DRESSED = (
    DressEdit(
        "a sentence in another font",
        GROUP,
        p(r(FIRST) + r(SENTENCE, '<w:rFonts w:ascii="Papyrus" w:hAnsi="Papyrus"/>')),
        GROUP_AT,
        "lettertype niet genoemd wordt Papyrus",
    ),
    DressEdit(
        "a style in a font of the theme",
        GROUP,
        GROUP,
        "Afsprakenkader",
        "lettertype Arial wordt Comic Sans MS",
        {
            "styles": STYLES.replace('w:ascii="Arial" w:hAnsi="Arial"', 'w:asciiTheme="majorHAnsi"'),
            "theme": f"<a:theme {SPACES}><a:themeElements><a:fontScheme><a:majorFont>"
            '<a:latin typeface="Comic Sans MS"/></a:majorFont></a:fontScheme></a:themeElements></a:theme>',
        },
    ),
    dressed("lines closer", '<w:spacing w:line="180" w:lineRule="auto"/>', "regelafstand 1 wordt 0,75"),
    dressed(
        "lines of a fixed height",
        '<w:spacing w:line="120" w:lineRule="exact"/>',
        "regelafstand 1 wordt precies 6 punt",
    ),
    dressed("far from the article before", '<w:spacing w:before="5670"/>', "witruimte erboven 0,0 cm wordt 10,0 cm"),
    dressed("white after it", '<w:spacing w:after="2835"/>', "witruimte eronder 0,0 cm wordt 5,0 cm"),
    dressed("moved to the right", '<w:ind w:left="4536"/>', "inspringing links 0,0 cm wordt 8,0 cm"),
    dressed("in a narrow column", '<w:ind w:right="5670"/>', "inspringing rechts 0,0 cm wordt 10,0 cm"),
    dressed("a box around it", f"<w:pBdr>{LINES}</w:pBdr>", "andere randen"),
    dressed("a grey ground", '<w:shd w:val="clear" w:fill="7F7F7F"/>', "andere achtergrond"),
    DressEdit(
        "lines around a table",
        BUDGET,
        BUDGET.replace("<w:tbl>", f"<w:tbl><w:tblPr><w:tblBorders>{LINES}</w:tblBorders></w:tblPr>", 1),
        BUDGET_AT,
        "andere randen",
    ),
    DressEdit(
        "a cell with a dark ground",
        tr(tc("2023"), tc("€ 60.000,00"), tc("€ 50.000,00")),
        tr(tc("2023"), tc("€ 60.000,00", '<w:shd w:val="clear" w:fill="404040"/>'), tc("€ 50.000,00")),
        BUDGET_AT,
        "andere achtergrond",
    ),
    DressEdit(
        "a sheet of half the size",
        SHEET,
        '<w:pgSz w:w="8391" w:h="11906"/>',
        WHOLE_AT,
        "bladformaat 21,0 cm × 29,7 cm wordt 14,8 cm × 21,0 cm",
    ),
    DressEdit(
        "another margin",
        'w:left="1418"',
        'w:left="4253"',
        WHOLE_AT,
        "marge links 2,5 cm wordt 7,5 cm",
    ),
    DressEdit("two columns", MARGINS, MARGINS + '<w:cols w:num="2"/>', WHOLE_AT, "kolommen 1 wordt 2"),
    dressed("on a page of its own, as a paragraph asks", "<w:pageBreakBefore/>", NEW_PAGE),
    DressEdit("on a page of its own, after a break in it", GROUP, p(BREAK + r(FIRST + SENTENCE)), GROUP_AT, NEW_PAGE),
    DressEdit("on a page of its own, after an empty paragraph", GROUP, p(BREAK) + GROUP, GROUP_AT, NEW_PAGE),
    DressEdit(
        "on a page of its own, after the end of a section",
        GROUP,
        p("", f"<w:sectPr>{SHEET}{MARGINS}</w:sectPr>") + GROUP,
        GROUP_AT,
        NEW_PAGE,
    ),
    DressEdit(
        "another margin on a sheet of its own",
        MONEY,
        MONEY.replace("<w:p>", f"<w:p><w:pPr><w:sectPr>{SHEET}</w:sectPr></w:pPr>"),
        WHOLE_AT,
        "aantal soorten bladen 1 wordt 2",
        also=(("Artikel 2. Financiering", NEW_PAGE),),
    ),
)
