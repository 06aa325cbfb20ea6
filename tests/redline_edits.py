"""Edits that a counterparty makes in a paper, each with what must be told of it: written by hand, before the program.

Told is: kind, place, what stood, what stands. The kinds `inserted`, `deleted`, `replaced` and `moved` are words that a
reader sees; `formatting`, `numbering`, `object`, `comment` and `invisible` are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.redline_paper import (
    BODY,
    BUDGET,
    DURATION,
    FOOTER,
    FOOTNOTES,
    GREEN,
    GROUP,
    HEADER,
    INTENT,
    MONEY,
    NUMBERING,
    PICTURE,
    RED,
    REPORT,
    SCOPE,
    STYLES,
    article,
    paper,
    picture,
    text_box,
)
from tests.word_files import SPACES, p, r, tbl, tc, tr

Told = tuple[str, str, str, str]
MONEY_AT = "Artikel 2. Financiering"
BUDGET_AT = "Artikel 2. Financiering, tabel 1"
TERM_AT = "Artikel 3. Looptijd"
GROUP_AT = "Artikel 4. Stuurgroep"
REPORT_AT = "Artikel 5. Rapportage"
LAST_AT = "Artikel 6. Geschillen"


@dataclass(frozen=True)
class Edit:
    """One edit."""

    name: str
    old: str = ""
    new: str = ""
    told: tuple[Told, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    drawn: bytes = RED
    values: tuple[tuple[str, str], ...] = ()
    """Amounts, numbers and dates that must be named first: what stood, what stands."""

    def made(self) -> bytes:
        """Give the paper with this edit."""
        assert not self.old or BODY.count(self.old) == 1, f"{self.name}: {BODY.count(self.old)} places"
        return paper(BODY.replace(self.old, self.new) if self.old else BODY, self.drawn, **self.parts)


def row(*cells: str) -> str:
    """Write a row of plain cells."""
    return tr(*map(tc, cells))


WHOLE_BUDGET = (
    "Jaar | Kost | Subsidie\n2022 | € 40.000,00 | € 30.000,00\n2023 | € 60.000,00 | € 50.000,00\n"
    "Totaal | € 100.000,00 | € 80.000,00"
)
RAPPORTAGE = "Rapportage\nDe stuurgroep bezorgt elk jaar voor 1 maart een voortgangsrapport aan de klankbordgroep."
BY = 'w:author="A. Jurist" w:date="2022-02-01T10:00:00Z"'
WHITE = '<w:color w:val="FFFFFF"/>'
EDITS = (
    Edit(
        "one digit of an amount",
        "80.000 euro",
        "800.000 euro",
        (("replaced", MONEY_AT, "80.000", "800.000"),),
        values=(("80.000 euro", "800.000 euro"),),
    ),
    Edit(
        "a month",
        "17 december 2021",
        "17 november 2021",
        (("replaced", MONEY_AT, "december", "november"),),
        values=(("17 december 2021", "17 november 2021"),),
    ),
    Edit(
        "a year at the end of the term",
        "31 december 2025",
        "31 december 2026",
        (("replaced", TERM_AT, "2025", "2026"),),
        values=(("31 december 2025", "31 december 2026"),),
    ),
    Edit("a «niet» taken away", "subsidie niet in", "subsidie in", (("deleted", MONEY_AT, "niet", ""),)),
    Edit("a «niet» put in", "Zij beslist", "Zij beslist niet", (("inserted", GROUP_AT, "", "niet"),)),
    Edit("one letter", "bij consensus", "bij consensys", (("replaced", GROUP_AT, "consensus", "consensys"),)),
    Edit("a capital", "De stuurgroep vergadert", "de stuurgroep vergadert", (("replaced", GROUP_AT, "De", "de"),)),
    Edit(
        "half of a compound",
        "regelt de uitvoering",
        "regelt de niet-uitvoering",
        (("replaced", "Artikel 1. Voorwerp en wijk", "uitvoering", "niet-uitvoering"),),
    ),
    Edit("a comma", "gewone werking, ", "gewone werking ", (("deleted", MONEY_AT, ",", ""),)),
    Edit(
        "two words in two places of a paragraph",
        "minstens tweemaal per jaar. Zij beslist bij",
        "hoogstens tweemaal per jaar. Zij beslist zonder",
        (("replaced", GROUP_AT, "minstens", "hoogstens"), ("replaced", GROUP_AT, "bij", "zonder")),
    ),
    Edit(
        "a number in words",
        "tweemaal per jaar",
        "driemaal per jaar",
        (("replaced", GROUP_AT, "tweemaal", "driemaal"),),
        values=(("tweemaal", "driemaal"),),
    ),
    Edit(
        "a sentence at the end of a paragraph",
        "Zij beslist bij consensus.",
        "Zij beslist bij consensus. De voorzitter beslist bij staking van stemmen.",
        (("inserted", GROUP_AT, "", "De voorzitter beslist bij staking van stemmen."),),
    ),
    Edit(
        "a paragraph put in",
        REPORT,
        REPORT + p(r("Het rapport blijft vertrouwelijk.")),
        (("inserted", REPORT_AT, "", "Het rapport blijft vertrouwelijk."),),
    ),
    Edit(
        "a paragraph taken out",
        INTENT,
        "",
        (
            (
                "deleted",
                MONEY_AT,
                "Het lokaal bestuur zet de subsidie niet in voor gewone werking, “nooit” en nergens.",
                "",
            ),
        ),
    ),
    Edit(
        "an item of a list put in",
        p(r("een vertegenwoordiger van de Vlaamse overheid."), '<w:pStyle w:val="Opsomming"/>'),
        p(r("twee leden van de jury;"), '<w:pStyle w:val="Opsomming"/>')
        + p(r("een vertegenwoordiger van de Vlaamse overheid."), '<w:pStyle w:val="Opsomming"/>'),
        (("inserted", GROUP_AT, "", "twee leden van de jury;"),),
        values=(("", "twee"),),
    ),
    Edit(
        "a row put in",
        row("Totaal", "€ 100.000,00", "€ 80.000,00"),
        row("2024", "€ 10.000,00", "€ 0,00") + row("Totaal", "€ 100.000,00", "€ 80.000,00"),
        (("inserted", BUDGET_AT + ", rij 4", "", "2024 | € 10.000,00 | € 0,00"),),
        values=(("", "2024"), ("", "€ 10.000,00"), ("", "€ 0,00")),
    ),
    Edit(
        "a row taken out",
        row("2023", "€ 60.000,00", "€ 50.000,00"),
        "",
        (("deleted", BUDGET_AT + ", rij 3", "2023 | € 60.000,00 | € 50.000,00", ""),),
        values=(("2023", ""), ("€ 60.000,00", ""), ("€ 50.000,00", "")),
    ),
    Edit(
        "a cell changed",
        tc("€ 50.000,00"),
        tc("€ 55.000,00"),
        (("replaced", BUDGET_AT + ", rij 3 «2023», kolom «Subsidie»", "50.000,00", "55.000,00"),),
        values=(("€ 50.000,00", "€ 55.000,00"),),
    ),
    Edit(
        "a cell emptied",
        tc("€ 30.000,00"),
        tc(p("")),
        (("deleted", BUDGET_AT + ", rij 2 «2022», kolom «Subsidie»", "€ 30.000,00", ""),),
        values=(("€ 30.000,00", ""),),
    ),
    Edit(
        "two rows in another order",
        row("2022", "€ 40.000,00", "€ 30.000,00") + row("2023", "€ 60.000,00", "€ 50.000,00"),
        row("2023", "€ 60.000,00", "€ 50.000,00") + row("2022", "€ 40.000,00", "€ 30.000,00"),
        (("moved", BUDGET_AT + ", rij 3", "2022 | € 40.000,00 | € 30.000,00", "2022 | € 40.000,00 | € 30.000,00"),),
    ),
    Edit(
        "a column put in",
        BUDGET,
        tbl(
            tr(tc("Jaar"), tc("Kost"), tc("Subsidie"), tc("Nota"), properties="<w:tblHeader/>"),
            row("2022", "€ 40.000,00", "€ 30.000,00", "a"),
            row("2023", "€ 60.000,00", "€ 50.000,00", "b"),
            row("Totaal", "€ 100.000,00", "€ 80.000,00", "c"),
        ),
        (("inserted", BUDGET_AT + ", kolom 4", "", "Nota | a | b | c"),),
    ),
    Edit(
        "a column taken out",
        BUDGET,
        tbl(
            tr(tc("Jaar"), tc("Subsidie"), properties="<w:tblHeader/>"),
            row("2022", "€ 30.000,00"),
            row("2023", "€ 50.000,00"),
            row("Totaal", "€ 80.000,00"),
        ),
        (("deleted", BUDGET_AT + ", kolom 2", "Kost | € 40.000,00 | € 60.000,00 | € 100.000,00", ""),),
        values=(("€ 40.000,00", ""), ("€ 60.000,00", ""), ("€ 100.000,00", "")),
    ),
    Edit(
        "a table put in",
        REPORT,
        REPORT + tbl(row("Rapport", "Dag"), row("eerste", "1 maart 2023")),
        (("inserted", REPORT_AT + ", tabel 2", "", "Rapport | Dag\neerste | 1 maart 2023"),),
        values=(("", "1 maart 2023"),),
    ),
    Edit(
        "a table taken out",
        BUDGET,
        "",
        (
            (
                "deleted",
                BUDGET_AT,
                WHOLE_BUDGET,
                "",
            ),
        ),
        values=(
            ("2022", ""),
            ("€ 40.000,00", ""),
            ("€ 30.000,00", ""),
            ("2023", ""),
            ("€ 60.000,00", ""),
            ("€ 50.000,00", ""),
            ("€ 100.000,00", ""),
            ("€ 80.000,00", ""),
        ),
    ),
    Edit(
        "an article taken out",
        article("Rapportage") + REPORT,
        "",
        (
            ("deleted", REPORT_AT, "Rapportage", ""),
            (
                "deleted",
                REPORT_AT,
                "De stuurgroep bezorgt elk jaar voor 1 maart een voortgangsrapport aan de klankbordgroep.",
                "",
            ),
            ("numbering", "Artikel 5. Geschillen", "Artikel 6.", "Artikel 5."),
        ),
        values=(("1 maart", ""),),
    ),
    Edit(
        "an article put in that resembles another",
        DURATION + article("Stuurgroep") + GROUP,
        DURATION + article("Rapportage") + REPORT.replace("bezorgt", "geeft") + article("Stuurgroep") + GROUP,
        (
            ("inserted", "Artikel 4. Rapportage", "", "Rapportage"),
            (
                "inserted",
                "Artikel 4. Rapportage",
                "",
                "De stuurgroep geeft elk jaar voor 1 maart een voortgangsrapport aan de klankbordgroep.",
            ),
            ("numbering", "Artikel 5. Stuurgroep", "Artikel 4.", "Artikel 5."),
            ("numbering", "Artikel 6. Rapportage", "Artikel 5.", "Artikel 6."),
            ("numbering", "Artikel 7. Geschillen", "Artikel 6.", "Artikel 7."),
        ),
        values=(("", "1 maart"),),
    ),
    Edit(
        "an article moved",
        BODY[BODY.index(article("Stuurgroep")) : BODY.index(article("Geschillen"))],
        article("Rapportage") + REPORT + BODY[BODY.index(article("Stuurgroep")) : BODY.index(article("Rapportage"))],
        (
            (
                "moved",
                "Artikel 4. Rapportage",
                RAPPORTAGE,
                RAPPORTAGE,
            ),
            ("numbering", "Artikel 5. Stuurgroep", "Artikel 4.", "Artikel 5."),
        ),
    ),
    Edit(
        "an article moved, with one number in it changed",
        BODY[BODY.index(article("Stuurgroep")) : BODY.index(article("Geschillen"))],
        article("Rapportage")
        + REPORT.replace("1 maart", "1 mei")
        + BODY[BODY.index(article("Stuurgroep")) : BODY.index(article("Rapportage"))],
        (
            (
                "moved",
                "Artikel 4. Rapportage",
                RAPPORTAGE,
                RAPPORTAGE.replace("1 maart", "1 mei"),
            ),
            ("replaced", "Artikel 4. Rapportage", "maart", "mei"),
            ("numbering", "Artikel 5. Stuurgroep", "Artikel 4.", "Artikel 5."),
        ),
        values=(("1 maart", "1 mei"),),
    ),
    Edit(
        "a paragraph said twice",
        GROUP,
        GROUP + MONEY,
        (
            (
                "inserted",
                GROUP_AT,
                "",
                "De Vlaamse overheid kent een projectsubsidie toe van 80.000 euro (beslissing van 17 december 2021).",
            ),
        ),
        values=(("", "80.000 euro"), ("", "17 december 2021")),
    ),
    Edit(
        "a paragraph cut in two",
        "per jaar. Zij beslist",
        "per jaar.</w:t></w:r></w:p><w:p><w:r><w:t>Zij beslist",
        (
            (
                "formatting",
                GROUP_AT,
                "De stuurgroep vergadert minstens tweemaal per jaar. Zij beslist bij consensus.",
                "De stuurgroep vergadert minstens tweemaal per jaar.\nZij beslist bij consensus.",
            ),
        ),
    ),
    Edit(
        "bold",
        GROUP,
        p(
            r("De stuurgroep vergadert ")
            + r("minstens tweemaal", "<w:b/>")
            + r(" per jaar. Zij beslist bij consensus.")
        ),
        (("formatting", GROUP_AT, "minstens tweemaal", "minstens tweemaal"),),
    ),
    Edit(
        "struck through by hand",
        GROUP,
        p(r("De stuurgroep vergadert minstens tweemaal per jaar. ") + r("Zij beslist bij consensus.", "<w:strike/>")),
        (("formatting", GROUP_AT, "Zij beslist bij consensus.", "Zij beslist bij consensus."),),
    ),
    Edit(
        "an article that is no heading any more",
        article("Rapportage"),
        p(r("Rapportage", "<w:b/>")),
        (
            ("numbering", GROUP_AT, "Artikel 5.", ""),
            ("numbering", "Artikel 5. Geschillen", "Artikel 6.", "Artikel 5."),
        ),
    ),
    Edit(
        "words hidden",
        GROUP,
        p(r("De stuurgroep vergadert minstens tweemaal per jaar. ") + r("Zij beslist bij consensus.", "<w:vanish/>")),
        (
            ("deleted", GROUP_AT, "Zij beslist bij consensus.", ""),
            ("invisible", GROUP_AT, "", "Zij beslist bij consensus."),
        ),
    ),
    Edit(
        "words in white",
        GROUP,
        p(r("De stuurgroep vergadert minstens tweemaal per jaar. ") + r("Zij beslist bij consensus.", WHITE)),
        (
            ("deleted", GROUP_AT, "Zij beslist bij consensus.", ""),
            ("invisible", GROUP_AT, "", "Zij beslist bij consensus."),
        ),
    ),
    Edit(
        "new words in white",
        GROUP,
        GROUP + p(r("Het lokaal bestuur beslist alleen.", WHITE)),
        (("invisible", GROUP_AT, "", "Het lokaal bestuur beslist alleen."),),
    ),
    Edit(
        "new words of one point",
        GROUP,
        GROUP + p(r("Het lokaal bestuur beslist alleen.", '<w:sz w:val="2"/>')),
        (("invisible", GROUP_AT, "", "Het lokaal bestuur beslist alleen."),),
    ),
    Edit(
        "a style turned white",
        parts={
            "styles": STYLES.replace(
                '<w:numId w:val="2"/></w:numPr></w:pPr>',
                f'<w:numId w:val="2"/></w:numPr></w:pPr><w:rPr>{WHITE}</w:rPr>',
            )
        },
        told=(
            ("deleted", GROUP_AT, "een vertegenwoordiger van het lokaal bestuur;", ""),
            ("deleted", GROUP_AT, "een vertegenwoordiger van de Vlaamse overheid.", ""),
            ("invisible", GROUP_AT, "", "een vertegenwoordiger van het lokaal bestuur;"),
            ("invisible", GROUP_AT, "", "een vertegenwoordiger van de Vlaamse overheid."),
        ),
    ),
    Edit(
        "the draft mark taken away",
        parts={"header1": HEADER.replace(p(r("ONTWERP – niet ondertekenen")), "")},
        told=(("deleted", "koptekst", "ONTWERP – niet ondertekenen", ""),),
    ),
    Edit(
        "a word in the header",
        parts={"header1": HEADER.replace("Oproep", "Uitnodiging")},
        told=(("replaced", "koptekst", "Oproep", "Uitnodiging"),),
    ),
    Edit(
        "words in the footer",
        parts={"footer1": FOOTER.replace("Afsprakenkader,", "Afsprakenkader versie 2,")},
        told=(("inserted", "voettekst", "", "versie 2"),),
        values=(("", "2"),),
    ),
    Edit(
        "a footnote changed",
        parts={"footnotes": FOOTNOTES.replace("4 jaar", "5 jaar")},
        told=(("replaced", "voetnoot 1", "4", "5"),),
        values=(("4 jaar", "5 jaar"),),
    ),
    Edit(
        "a footnote put in",
        "bij consensus.",
        'bij consensus.</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>',
        (
            ("inserted", GROUP_AT, "", "[voetnoot]"),
            ("inserted", "voetnoot 2", "", "Behalve in dringende gevallen."),
        ),
        parts={
            "footnotes": FOOTNOTES.replace(
                "</w:footnotes>",
                f'<w:footnote w:id="3">{p("Behalve in dringende gevallen.")}</w:footnote></w:footnotes>',
            )
        },
    ),
    Edit(
        "a footnote taken out",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "",
        (
            ("deleted", TERM_AT, "[voetnoot]", ""),
            ("deleted", "voetnoot 1", "De oproep laat hoogstens 4 jaar toe.", ""),
        ),
        values=(("4 jaar", ""),),
    ),
    Edit(
        "a text box put in",
        GROUP,
        GROUP + p(text_box("Alleen met akkoord van de burgemeester.")),
        (("inserted", GROUP_AT + ", tekstvak 1", "", "Alleen met akkoord van de burgemeester."),),
    ),
    Edit(
        "another picture",
        drawn=GREEN,
        told=(("object", LAST_AT, "afbeelding «Kaart van de wijk»", "afbeelding «Kaart van de wijk»"),),
    ),
    Edit("a picture taken out", PICTURE, "", (("object", LAST_AT, "afbeelding «Kaart van de wijk»", ""),)),
    Edit(
        "a picture put in",
        SCOPE,
        SCOPE + p(picture("rIdPicture", 2, "Stempel")),
        (("object", "Artikel 1. Voorwerp en wijk", "", "afbeelding «Stempel»"),),
    ),
    Edit(
        "an embedded object put in",
        GROUP,
        GROUP + p('<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        (("object", GROUP_AT, "", "ingesloten object «Excel.Sheet.12»"),),
    ),
    Edit("the value of a control", r("Gent"), r("Brussel"), (("replaced", LAST_AT, "Gent", "Brussel"),)),
    Edit(
        "a page number typed by hand",
        parts={"footer1": f"<w:ftr {SPACES}>" + p(r("WVC-2021-0003 – Afsprakenkader, pagina 1 van 3")) + "</w:ftr>"},
        told=(
            ("replaced", "voettekst", "[paginanummer]", "1"),
            ("replaced", "voettekst", "[aantal bladzijden]", "3"),
        ),
        values=(("", "1"), ("", "3")),
    ),
    Edit(
        "a date that changes by itself",
        "van 17 december 2021)",
        'van </w:t></w:r><w:fldSimple w:instr=" DATE "><w:r><w:t>17 december 2021</w:t></w:r></w:fldSimple><w:r><w:t>)',
        (("replaced", MONEY_AT, "17 december 2021", "[datumveld]"),),
        values=(("17 december 2021", ""),),
    ),
    Edit(
        "a comment",
        "bij consensus.",
        'bij </w:t></w:r><w:commentRangeStart w:id="1"/><w:r><w:t>consensus.</w:t></w:r><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:t>',
        (("comment", GROUP_AT, "", "Kan dit met gewone meerderheid?"),),
        parts={
            "comments": f"<w:comments {SPACES}>"
            f'<w:comment w:id="1" w:author="A. Jurist" w:date="2022-02-01T10:00:00Z">'
            f"{p('Kan dit met gewone meerderheid?')}</w:comment></w:comments>"
        },
    ),
    Edit(
        "a tracked insertion and deletion, still open",
        "tweemaal per jaar",
        f"tweemaal</w:t></w:r><w:ins w:id='1' {BY}>{r(' of meer')}</w:ins><w:del w:id='2' {BY}><w:r>"
        '<w:delText xml:space="preserve"> per jaar</w:delText></w:r></w:del><w:r><w:t>',
        (("replaced", GROUP_AT, "per jaar", "of meer"),),
    ),
    Edit(
        "a tracked change that adds and takes nothing away",
        "bij consensus.",
        f'bij consensus.</w:t></w:r><w:del w:id="2" {BY}><w:r><w:delText>vluchtig</w:delText></w:r></w:del><w:r><w:t>',
        (),
    ),
    Edit(
        "a link to somewhere",
        "de klankbordgroep.",
        'de </w:t></w:r><w:hyperlink w:anchor="elders"><w:r><w:t>klankbordgroep</w:t></w:r></w:hyperlink><w:r><w:t>.',
        (("invisible", REPORT_AT, "", "#elders"),),
    ),
    Edit(
        "a letter of another script that looks the same",
        "bij consensus",
        "bij c\u043ensensus",
        (("replaced", GROUP_AT, "consensus", "c\u043ensensus"),),
    ),
    Edit(
        "another number format",
        parts={"numbering": NUMBERING.replace("Artikel %1.", "Punt %1.")},
        told=tuple(
            ("numbering", f"Punt {number}. {title}", f"Artikel {number}.", f"Punt {number}.")
            for number, title in enumerate(
                ("Voorwerp en wijk", "Financiering", "Looptijd", "Stuurgroep", "Rapportage", "Geschillen"), 1
            )
        ),
    ),
    Edit(
        "the last paragraph of all, and one more",
        "in twee exemplaren.",
        "in drie exemplaren.</w:t></w:r></w:p><w:p><w:r><w:t>Gelezen en goedgekeurd.",
        (
            ("replaced", LAST_AT, "twee", "drie"),
            ("inserted", LAST_AT, "", "Gelezen en goedgekeurd."),
        ),
        values=(("twee", "drie"),),
    ),
    Edit(
        "a line break that cuts no word",
        "per jaar. Zij",
        "per jaar.</w:t><w:br/><w:t>Zij",
        (),
    ),
)
