"""The sheet and the page of a run: what stands in them, and that hostile text stays text."""

import datetime as dt
import io
import re
from decimal import Decimal as D
from html.parser import HTMLParser

import openpyxl
import pytest

from pipeline.document import Location
from pipeline.dossier import Act, ActKind, State
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.library import load
from pipeline.report import Line, Review, Telling, ToldLeft, ToldPaper, ToldRefusal, page, workbook
from pipeline.report.workbook import LIMIT, cell_text

CALL = load("wijkverbeteringscontract")
HOSTILE = '=HYPERLINK("http://kwaad.example","klik") & <b>vet</b> {{ 7*7 }} \x00\x07 \u202egespiegeld'
SHOWN = '=HYPERLINK("http://kwaad.example","klik") & <b>vet</b> {{ 7*7 }} \ufffd\ufffd \ufffdgespiegeld'
VALUES = {
    "text": "Gent",
    "amount": D("719132.50"),
    "percentage": D("16.67"),
    "integer": 4,
    "date": dt.date(2022, 1, 1),
    "moment": dt.datetime(2021, 7, 19, 21, 59, 59, tzinfo=dt.UTC),
}

COFINANCING = Finding(
    "FIN-02",
    "Minstens 20 percent cofinanciering",
    Outcome.FAILS,
    Severity.BLOCKING,
    "De eigen inbreng is € 160.000,00; nodig is minstens € 192.000,00.",
    "Verhoog de eigen inbreng.",
    "oproep §3: «minimaal tot een cofinanciering van 20 percent»",
    location=Location("aanvraag.docx", "M. Financieel", table=12, row=9),
)
ACCEPTED = Finding(
    "VOL-10",
    "Maatwerk",
    Outcome.FAILS,
    Severity.WARNING,
    "Actie 3 hoort bij geen problematiek.",
    waiver=Waiver("Mondeling toegelicht.", "J. Peeters", dt.date(2021, 8, 3)),
)
UNJUDGED = Finding("DAT-04", "Hoogstens vier jaar", Outcome.NOT_JUDGED, Severity.BLOCKING, missing=("Einddatum",))


def paper(file, *reasons):
    return ToldPaper("afsprakenkader", "Afsprakenkader", file, draft=False, reasons=reasons)


def line(number, *findings, **changes):
    known = {
        "key": f"WVC-2021-{number:04d}",
        "number": f"WVC-2021-{number:04d}",
        "form": CALL.main_form,
        "title": "Aanvraag",
        "folder": f"WVC-2021-{number:04d} gent",
        "applicant": "Gent",
        "subject": "Muide",
        "requested": D("100000.25") * number,
        "granted": None,
        "received": VALUES["moment"],
        "values": tuple(VALUES[column.kind] for column in CALL.overview.columns),
        "findings": findings,
        "review": (),
        "notes": (),
        "acts": (),
        "papers": (paper("volledigheidsbrief.docx"),),
        "call_facts": {},
    }
    return Line(**(known | changes))


def granting(amount):
    return tuple(amount if c.value == "granted" else VALUES[c.kind] for c in CALL.overview.columns)


def telling(*lines, **changes):
    known = {
        "call": CALL,
        "today": dt.date(2021, 7, 20),
        "version": "1",
        "available": D(4000000),
        "lines": lines,
        "findings": (),
    }
    return Telling(**(known | changes))


def sheets(told, **options):
    return openpyxl.load_workbook(io.BytesIO(workbook(told)), **options)


def column(sheet, label):
    place = [cell.value for cell in sheet[1]].index(label) + 1
    return [sheet.cell(row, place) for row in range(2, sheet.max_row + 1)]


class Texts(HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.texts, self.tags, self.addresses = [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href")]

    def handle_data(self, data):
        self.texts.append(data)


def test_a_dossier_that_says_neither_applicant_nor_subject_is_called_by_its_file():
    assert line(1).name == "Gent – Muide"
    assert line(1, subject="", source="a.docx").name == "Gent"
    nameless = line(2, applicant="", subject="", source="blanco.docx")
    assert nameless.name == "blanco.docx"
    assert "<td>blanco.docx</td>" in page(telling(nameless)).decode()


def test_the_sheet_has_a_row_for_each_dossier_with_filter_and_frozen_header():
    sheet = sheets(telling(line(1), line(2, COFINANCING)))["Dossiers"]
    assert [cell.value for cell in column(sheet, "Nummer")][:2] == ["WVC-2021-0001", "WVC-2021-0002"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith("3")
    assert [cell.value for cell in column(sheet, "Blokkerend")][:2] == [0, 1]
    assert [cell.value for cell in column(sheet, "Toestand")][:2] == ["volledig", "onvolledig"]


def test_amounts_are_numbers_in_euro_and_sums_are_formulas_that_follow_the_filter():
    told = telling(line(1, values=granting(D("400000.10"))), line(2, values=granting(D("0.05"))))
    granted = column(sheets(told)["Dossiers"], "Toegekend")
    assert [cell.value for cell in granted[:2]] == [400000.10, 0.05]
    assert "€" in granted[0].number_format
    assert re.fullmatch(r"=SUBTOTAL\(109,([A-Z]+)2:(\1)3\)", granted[2].value)
    assert column(sheets(told, data_only=True)["Dossiers"], "Toegekend")[2].value == pytest.approx(400000.15)


def test_the_available_budget_stands_under_the_total_of_what_is_asked():
    amount = CALL.overview.columns[[c.value for c in CALL.overview.columns].index(CALL.overview.requested)].label
    cells = column(sheets(telling(line(1), line(2)), data_only=True)["Dossiers"], amount)
    assert cells[3].value == 4000000
    assert cells[4].value == pytest.approx(4000000 - 300000.75)


def test_a_withdrawn_dossier_counts_in_no_sum():
    left = line(2, acts=(Act(ActKind.WITHDRAW),), values=granting(D(50)), granted=D(50), requested=VALUES["amount"])
    told = telling(line(1, requested=VALUES["amount"], values=granting(D("10.25")), granted=D("10.25")), left)
    asked, granted = (column(sheets(told)["Dossiers"], label)[2].value for label in ("Gevraagde subsidie", "Toegekend"))
    assert asked.endswith('--($B$2:$B$3<>"ingetrokken"))')
    assert granted.startswith("=SUMPRODUCT(SUBTOTAL(109,OFFSET(")
    shown = sheets(told, data_only=True)["Dossiers"]
    assert shown.cell(4, 1).value == "Totaal zonder ingetrokken"
    assert column(shown, "Toegekend")[2].value == 10.25
    assert column(shown, "Gevraagde subsidie")[2].value == 719132.5
    assert column(shown, "Gevraagde subsidie")[4].value == 4000000 - 719132.5


def test_a_correction_is_told_by_the_label_of_the_question():
    act = Act(ActKind.CORRECT, "acties.2.kost", "300.000", dt.date(2021, 8, 3), why="Telefonisch.", by="N. Dossier")
    told = telling(line(1, acts=(act,)))
    sentence = "«Acties, rij 2: Kost» verbeterd tot «300.000» op 3 augustus 2021. Reden: Telefonisch. Door N. Dossier."
    assert sentence in " ".join(Texts(page(told).decode()).texts)
    assert sentence in [cell.value for cell in column(sheets(told)["Nakijken"], "Wat")]


def test_a_paper_can_be_opened_from_the_page_whatever_its_name():
    odd = "WVC-2021-0001 a&b <c> #1%?"
    source = page(telling(line(1, folder=odd, papers=(paper("x.docx"),)))).decode()
    assert [a for a in Texts(source).addresses if not a.startswith("#")] == [
        "WVC-2021-0001%20a%26b%20%3Cc%3E%20%231%25%3F/x.docx"
    ]


def test_a_row_is_as_high_as_its_longest_text_and_no_higher_than_a_sheet_allows():
    long = Finding("X-1", "Kort", Outcome.FAILS, Severity.WARNING, "woord " * 100)
    endless = Finding("X-2", "Kort", Outcome.FAILS, Severity.WARNING, "woord " * 200_000)
    short = Finding("X-3", "Kort", Outcome.FAILS, Severity.WARNING, "woord")
    sheet = sheets(telling(line(1, long, endless, short)))["Bevindingen"]
    heights = [sheet.row_dimensions[row].height or 15 for row in (2, 3, 4)]
    assert heights == [12 * 15, 27 * 15, 15]  # nine words a line in the 60 characters of the column
    assert sheet.row_dimensions[1].height >= 30  # «Houdt documenten tegen» in a narrow column


def test_an_amount_below_zero_has_its_sign_after_the_euro():
    sheet = sheets(telling(line(1)))["Dossiers"]
    assert column(sheet, "Gevraagde subsidie")[0].number_format == '"€" #,##0.00;"€" -#,##0.00'


def test_moments_are_belgian_time_and_dates_are_dates():
    labels = {column.kind: column.label for column in CALL.overview.columns}
    sheet = sheets(telling(line(1)))["Dossiers"]
    assert column(sheet, labels["moment"])[0].value == dt.datetime.fromisoformat("2021-07-19T23:59:59")


def test_findings_stand_with_place_remedy_and_source():
    sheet = sheets(telling(line(1, COFINANCING, ACCEPTED)))["Bevindingen"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == ["FIN-02", "VOL-10"]
    assert "aanvraag.docx, M. Financieel, tabel 12, rij 9" in rows[0]
    assert "Verhoog de eigen inbreng." in rows[0]
    assert "Mondeling toegelicht. (J. Peeters, 03/08/2021)" in rows[1]


def test_the_review_sheet_lists_everything_that_a_person_should_look_at():
    told = telling(
        line(
            1,
            UNJUDGED,
            review=(Review("start", "Startdatum", "B. Voorstel", State.DOUBTFUL, "1/2/22", "dag of maand?", "rij 2"),),
            notes=("Een rij verschoof.",),
            acts=(Act(ActKind.WITHDRAW, on=dt.date(2021, 9, 1), why="Fusie.", by="de burgemeester"),),
            papers=(paper("", "FIN-04 staat nog open."),),
        ),
        refused=(ToldRefusal("stuk.docx", "beschadigd", "Het is beschadigd.", "Vraag het opnieuw.", "onleesbaar"),),
        left=(ToldLeft("~$x.docx", "slotbestand", serious=False),),
        remarks=("ontvangst.csv, rij 4: er staat geen moment.",),
    )
    kinds = [row[0] for row in sheets(told)["Nakijken"].iter_rows(min_row=2, values_only=True)]
    assert kinds == [
        "niet leesbaar",
        "niet gelezen",
        "opmerking",
        "document geweigerd",
        "twijfelachtig antwoord",
        "regel niet te beoordelen",
        "opmerking bij het lezen",
        "handeling",
    ]


def test_hostile_text_is_the_same_harmless_text_in_sheet_and_page():
    hostile = Finding("X-1", HOSTILE, Outcome.FAILS, Severity.WARNING, HOSTILE, HOSTILE, HOSTILE)
    told = telling(line(1, hostile, applicant=HOSTILE, notes=(HOSTILE,)), remarks=(HOSTILE,))
    sheet = sheets(told)["Bevindingen"]
    cell = column(sheet, "Bevinding")[0]
    assert cell.value == SHOWN
    assert cell.data_type == "s"
    assert not [c for book in sheets(told) for row in book.iter_rows() for c in row if c.hyperlink]
    read = Texts(page(told).decode())
    assert sum(SHOWN in text for text in read.texts) >= 6
    assert not [text for text in read.texts if "49" in text or "\u202e" in text or "\x07" in text]
    assert not {"script", "img", "iframe", "link"} & set(read.tags)


def test_a_cell_is_cut_at_its_limit_and_says_where_the_rest_is():
    long = "é😀" * 600_000
    shown = cell_text(long)
    assert len(shown.encode("utf-16-le")) // 2 <= LIMIT
    assert shown.endswith("… (volledig in dossier.json)")
    assert cell_text("x" * LIMIT) == "x" * LIMIT
    sheet = sheets(telling(line(1, notes=("y" * 1_000_000,))))["Nakijken"]
    assert column(sheet, "Wat")[-1].value.endswith("… (volledig in dossier.json)")


def test_a_long_text_is_not_cut_on_the_page():
    assert b"y" * 1_000_000 in page(telling(line(1, notes=("y" * 1_000_000,))))


def test_the_page_needs_nothing_from_elsewhere():
    source = page(telling(line(1, COFINANCING), line(2))).decode()
    read = Texts(source)
    assert source.startswith("<!DOCTYPE html>")
    assert '<html lang="nl-BE">' in source
    near = [address for address in read.addresses if not address.startswith("#")]
    assert near == [f"WVC-2021-000{number}%20gent/volledigheidsbrief.docx" for number in (1, 2)]
    assert "url(" not in source
    assert "@import" not in source


def test_the_pictures_say_in_words_what_they_show():
    told = telling(line(1), line(2, COFINANCING), line(3, UNJUDGED), line(4, acts=(Act(ActKind.WITHDRAW),)))
    source = page(told).decode().replace("\u00a0", " ")
    assert (
        'role="img" aria-label="Gevraagd tegenover beschikbaar. beschikbaar € 4.000.000,00, gevraagd € 600.001,50'
        in source
    )
    assert "volledig: 1, onvolledig: 1, niet te beoordelen: 1, ingetrokken: 1." in source


def test_the_page_shows_the_waiver_and_the_reason_why_a_paper_was_not_made():
    told = telling(line(1, ACCEPTED, papers=(paper("", "FIN-04 staat open."),)))
    texts = " ".join(Texts(page(told).decode()).texts)
    assert "Aanvaard op 3 augustus 2021 door J. Peeters: Mondeling toegelicht." in texts
    assert "FIN-04 staat open." in texts


def test_the_same_telling_gives_the_same_bytes():
    told = telling(line(1, COFINANCING), line(2, ACCEPTED))
    assert workbook(told) == workbook(told)
    assert page(told) == page(told)


def test_an_empty_call_still_gives_a_sheet_and_a_page():
    assert sheets(telling())["Dossiers"].max_row == 1
    assert b"Alle dossiers" in page(telling())


def doubtful(field, label, text, likely="", problem="dag of maand?"):
    return Review(field, label, "B. Voorstel", State.DOUBTFUL, text, problem, "gent.docx, tabel 2, rij 3", likely, 0.5)


def test_doubtful_answers_have_a_section_of_their_own_with_the_line_that_settles_each():
    one = line(1, review=(doubtful("startdatum", "Startdatum", "1/2/22", "01/02/2022"),))
    two = line(2, review=(doubtful("acties.2.kost", "Acties, rij 2: Kost", "1,000.00"),))
    lost = line(3, review=(Review("titel", "Titel", "B. Voorstel", State.NOT_FOUND, "", "", ""),))
    shown = page(telling(one, two, lost)).decode()
    section = shown[shown.index('<h2 id="twijfel">') : shown.index("<h2>Dossier per dossier")]
    texts = " ".join(" ".join(Texts(section).texts).split())
    for words in ("Startdatum", "1/2/22", "dag of maand?", "gent.docx, tabel 2, rij 3", "01/02/2022 kans 50"):
        assert words in texts
    assert "wijkcontract correct WVC-2021-0001 startdatum 01/02/2022 --why REDEN --by WIE" in texts
    assert "wijkcontract correct WVC-2021-0002 acties.2.kost WAARDE --why REDEN --by WIE" in texts
    assert "WVC-2021-0003" not in texts
    assert "niet in het formulier gevonden" in shown[shown.index("<h2>Dossier per dossier") :]


def test_the_line_to_type_quotes_what_a_shell_would_take_apart():
    review = doubtful("titel", "Titel", "x", "Muide; rm -rf $HOME")
    assert review.line("WVC-2021-0001").startswith(
        "wijkcontract correct WVC-2021-0001 titel 'Muide; rm -rf $HOME' --why"
    )


def test_without_doubtful_answers_the_page_has_no_section_for_them():
    assert 'id="twijfel"' not in page(telling(line(1))).decode()
