"""Edits that somebody wants nobody to see, each with what must be told of it: written before the program."""

from __future__ import annotations

from tests.redline_edits import BUDGET_AT, GROUP_AT, LAST_AT, MONEY_AT, Edit, row
from tests.redline_paper import BODY, GROUP, INTENT, MONEY, REPORT
from tests.word_files import code, field, p, r, tc, tr

SENTENCE = "Zij beslist bij consensus."
FIRST = "De stuurgroep vergadert minstens tweemaal per jaar. "
GONE = (("deleted", GROUP_AT, SENTENCE, ""), ("invisible", GROUP_AT, "", SENTENCE))


def unseen(name: str, look: str) -> Edit:
    """Give an edit that makes a sentence invisible by the look of its run."""
    return Edit(name, GROUP, p(r(FIRST) + r(SENTENCE, look)), GONE)


def unseen_paragraph(name: str, properties: str) -> Edit:
    """Give an edit that puts an invisible paragraph in by its properties."""
    words = "Het lokaal bestuur beslist alleen."
    return Edit(name, GROUP, GROUP + p(r(words), properties), (("invisible", GROUP_AT, "", words),))


SHAPE = (
    '<w:r><w:drawing><wp:anchor><wp:extent cx="6000000" cy="500000"/><wp:docPr id="12" name="Rechthoek 12"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
    '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="6000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"/>'
    '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing></w:r>"
)
LOW_ROW = tr(tc("2023"), tc("€ 60.000,00"), tc("€ 50.000,00"), properties='<w:trHeight w:val="10" w:hRule="exact"/>')
BOUND = '<w:sdtPr><w:alias w:val="rechtbank"/><w:dataBinding w:xpath="/a/b" w:storeItemID="{0}"/><w:text/></w:sdtPr>'
HEADER_TEXT = "ONTWERP – niet ondertekenen\nOproep naar wijkverbeteringscontracten"
HOSTILE = (
    unseen("white by the theme, black by its own word", '<w:color w:val="000000" w:themeColor="background1"/>'),
    unseen("letters without a fill", "<w14:textFill><w14:noFill/></w14:textFill>"),
    unseen(
        "letters with a white fill",
        '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
    ),
    unseen("almost white letters", '<w:color w:val="FCFCFC"/>'),
    unseen("black letters under a black marker", '<w:highlight w:val="black"/>'),
    unseen("letters squeezed to nothing", '<w:w w:val="1"/>'),
    unseen_paragraph("a line as low as a hair", '<w:spacing w:line="10" w:lineRule="exact"/>'),
    unseen_paragraph("a paragraph left of the paper", '<w:ind w:left="-30000"/>'),
    Edit(
        "a row as low as a hair",
        row("2023", "€ 60.000,00", "€ 50.000,00"),
        LOW_ROW,
        (
            ("deleted", BUDGET_AT + ", rij 3", "2023 | € 60.000,00 | € 50.000,00", ""),
            ("invisible", MONEY_AT, "", "2023"),
            ("invisible", MONEY_AT, "", "€ 60.000,00"),
            ("invisible", MONEY_AT, "", "€ 50.000,00"),
        ),
        values=(("2023", ""), ("€ 60.000,00", ""), ("€ 50.000,00", "")),
    ),
    Edit(
        "a white shape over the words", GROUP, GROUP + p(SHAPE), (("object", GROUP_AT, "", "tekening «Rechthoek 12»"),)
    ),
    Edit(
        "no header on the first page any more",
        '<w:pgSz w:w="11906" w:h="16838"/>',
        '<w:pgSz w:w="11906" w:h="16838"/><w:titlePg/>',
        (
            ("deleted", "koptekst", HEADER_TEXT, ""),
            (
                "deleted",
                "voettekst",
                "WVC-2021-0003 – Afsprakenkader, pagina [paginanummer] van [aantal bladzijden]",
                "",
            ),
        ),
        values=(("2021-0003", ""),),
    ),
    Edit(
        "a control that gets its words elsewhere",
        '<w:sdtPr><w:alias w:val="rechtbank"/><w:text/></w:sdtPr>',
        BOUND,
        (("invisible", LAST_AT, "", "Gent"),),
    ),
    Edit(
        "a field that computes an amount",
        "toe van 80.000 euro",
        "toe van </w:t></w:r>"
        + field("begin")
        + code(" = 400 * 2 ")
        + field("separate")
        + r("80.000")
        + field("end")
        + "<w:r><w:t xml:space='preserve'> euro",
        (("invisible", MONEY_AT, "", "= 400 * 2"),),
    ),
    Edit(
        "an amount written from right to left",
        "toe van 80.000 euro",
        "toe van </w:t></w:r><w:bdo w:val='rtl'><w:r><w:t>80.000</w:t></w:r></w:bdo>"
        "<w:r><w:t xml:space='preserve'> euro",
        (("replaced", MONEY_AT, "80.000", "\u202e80.000\u202c"),),
        values=(("80.000 euro", "\u202e80.000\u202c euro"),),
    ),
    Edit(
        "a mark that turns the direction of writing",
        "80.000 euro",
        "80.\u202e000 euro",
        (("replaced", MONEY_AT, "80.000", "80.\u202e000"),),
        values=(("80.000 euro", "80.\u202e000 euro"),),
    ),
    Edit(
        "a field that is never closed",
        "31 december 2025.",
        "31 december 2025.</w:t></w:r>" + field("begin") + "<w:r><w:t>",
        (),
    ),
    Edit(
        "another document poured in",
        GROUP,
        GROUP + '<w:altChunk r:id="rIdChunk"/>',
        (("object", GROUP_AT, "", "ingevoegd document"),),
    ),
    Edit(
        "words above a word",
        GROUP,
        p(
            r(FIRST)
            + "<w:r><w:ruby><w:rt>"
            + r("niet")
            + "</w:rt><w:rubyBase>"
            + r("Zij")
            + "</w:rubyBase></w:ruby></w:r>"
            + r(" beslist bij consensus.")
        ),
        (("inserted", GROUP_AT, "", "(niet)"),),
    ),
    Edit(
        "an insertion that somebody struck again",
        MONEY,
        MONEY.replace(
            "80.000 euro",
            "80.000 euro</w:t></w:r><w:ins w:id='1' w:author='A'><w:del w:id='2' w:author='A'><w:r>"
            "<w:delText>0</w:delText></w:r></w:del></w:ins><w:r><w:t>",
        ),
        (),
    ),
)

BY = "w:id='1' w:author='A. Jurist' w:date='2022-02-01T10:00:00Z'"
GROUP_SAID = "De stuurgroep vergadert minstens tweemaal per jaar. Zij beslist bij consensus."
MONEY_SAID = "De Vlaamse overheid kent een projectsubsidie toe van 80.000 euro (beslissing van 17 december 2021)."
INTENT_SAID = "Het lokaal bestuur zet de subsidie niet in voor gewone werking, “nooit” en nergens."


def deleted(words: str) -> str:
    """Write a run as taken away."""
    return f"<w:del {BY}><w:r><w:delText xml:space='preserve'>{words}</w:delText></w:r></w:del>"


TRACKED = (
    Edit(
        "a row taken away",
        row("2023", "€ 60.000,00", "€ 50.000,00"),
        tr(tc("2023"), tc("€ 60.000,00"), tc("€ 50.000,00"), properties=f"<w:del {BY}/>"),
        (("deleted", BUDGET_AT + ", rij 3", "2023 | € 60.000,00 | € 50.000,00", ""),),
        values=(("2023", ""), ("€ 60.000,00", ""), ("€ 50.000,00", "")),
    ),
    Edit(
        "a row put in",
        row("2023", "€ 60.000,00", "€ 50.000,00"),
        row("2023", "€ 60.000,00", "€ 50.000,00")
        + tr(tc("2024"), tc("€ 1,00"), tc("€ 1,00"), properties=f"<w:ins {BY}/>"),
        (("inserted", BUDGET_AT + ", rij 4", "", "2024 | € 1,00 | € 1,00"),),
        values=(("", "2024"), ("", "€ 1,00")),
    ),
    Edit(
        "a paragraph taken away with its end",
        INTENT,
        p(deleted(INTENT_SAID), f"<w:rPr><w:del {BY}/></w:rPr>"),
        (("deleted", MONEY_AT, INTENT_SAID, ""),),
    ),
    Edit(
        "only the end of a paragraph taken away",
        MONEY,
        p(r(MONEY_SAID), f"<w:rPr><w:del {BY}/></w:rPr>"),
        (("formatting", MONEY_AT, f"{MONEY_SAID}\n{INTENT_SAID}", f"{MONEY_SAID}{INTENT_SAID}"),),
    ),
    Edit(
        "a paragraph moved",
        BODY[BODY.index(GROUP) : BODY.index(REPORT) + len(REPORT)],
        p(f"<w:moveFrom {BY}>{r(GROUP_SAID)}</w:moveFrom>", f"<w:rPr><w:moveFrom {BY}/></w:rPr>")
        + BODY[BODY.index(GROUP) + len(GROUP) : BODY.index(REPORT) + len(REPORT)]
        + p(f"<w:moveTo {BY}>{r(GROUP_SAID)}</w:moveTo>", f"<w:rPr><w:moveTo {BY}/></w:rPr>"),
        (("moved", "Artikel 5. Rapportage", GROUP_SAID, GROUP_SAID),),
    ),
    Edit(
        "bold put on",
        GROUP,
        p(r(FIRST) + r(SENTENCE, f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>")),
        (("formatting", GROUP_AT, SENTENCE, SENTENCE),),
    ),
    Edit(
        "a cell taken away and one put in",
        row("2022", "€ 40.000,00", "€ 30.000,00"),
        tr(tc("2022"), tc("€ 40.000,00", f"<w:cellDel {BY}/>"), tc("€ 30.000,00"), tc("€ 9,00", f"<w:cellIns {BY}/>")),
        (
            ("replaced", BUDGET_AT + ", rij 2 «2022», kolom «Kost»", "40.000,00", "30.000,00"),
            ("replaced", BUDGET_AT + ", rij 2 «2022», kolom «Subsidie»", "30.000,00", "9,00"),
        ),
        values=(("€ 40.000,00", "€ 30.000,00"), ("€ 30.000,00", "€ 9,00")),
    ),
)
"""Edits that Word kept track of: what counts is what stands there once they are accepted."""
