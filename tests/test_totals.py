"""Totals that somebody typed under a table: no rows, and held against the rows; by hand, at one cent to each side."""

import io
from decimal import Decimal

import docx
import pytest

from pipeline.blank import write_docx, write_pdf
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.language import NBSP
from pipeline.readers import read
from tests.fill import fill
from tests.fill_pdf import by_pikepdf
from tests.pdf_files import WordFile, printed
from tests.test_certainty import page
from tests.test_extract import Typed, call, rows

GIVEN, DOUBTFUL = State.GIVEN, State.DOUBTFUL
HEAD = ["Actie", "Jaar", "Kostensoort", "Bedrag", "Waarvan subsidie"]
ROWS = [
    ["A1", "2022", "Personeel", "75.000,00", "60.000,00"],
    ["A1", "2023", "Werking", "12.500,50", ""],
    ["A2", "2022", "Werking", "20.000,00", "20.000,00"],
]
"""Together 107.500,50 and 80.000,00; A1 87.500,50 and 60.000,00; 2022 95.000,00 and 80.000,00."""
AMOUNTS = [Decimal("75000.00"), Decimal("12500.50"), Decimal("20000.00")]


def budget(*more, head=HEAD, before=ROWS):
    """Read a budget typed in Word, with more rows."""
    return Typed().head("M. Financieel").say("Begroting").table(head, *before, *more).extract()


def amounts(extraction):
    return [row.cells["bedrag"].value for row in extraction.answers["begroting"].rows]


def told(extraction):
    return [note for note in extraction.notes if "otaal" in note]


@pytest.mark.parametrize(
    "total",
    [
        ["Totaal", "", "", "107.500,50", "80.000,00"],
        ["TOTAAL:", "", "", "€ 107.500,50", "€ 80.000"],
        ["", "", "Algemeen totaal", "107.500,50", "80.000,00"],
        ["Totaal", "", "", "107.500,50", ""],
        ["Totale kostprijs", "", "", "107.500,50", "80.000,00"],
    ],
)
def test_a_total_that_agrees_is_no_row_and_raises_nothing(total):
    extraction = budget(total)
    assert amounts(extraction) == AMOUNTS
    assert extraction.answers["begroting"].state is GIVEN
    assert told(extraction) == []


@pytest.mark.parametrize("amount", ["107.500,49", "107.500,51"])
def test_a_total_one_cent_off_makes_the_table_doubtful_and_says_both(amount):
    extraction = budget(["Totaal", "", "", amount, "80.000,00"])
    answer = extraction.answers["begroting"]
    assert amounts(extraction) == AMOUNTS
    assert answer.state is DOUBTFUL
    assert answer.problem == (
        f"De rij «Totaal» zegt €{NBSP}{amount} bij «Bedrag», maar de rijen zijn samen €{NBSP}107.500,50; "
        "zie na welke rij of welk bedrag niet klopt."
    )


def test_totals_of_parts_add_up_the_rows_since_the_total_before():
    extraction = budget(
        ["Subtotaal", "", "", "87.500,50", "60.000,00"],
        ROWS[2],
        ["Subtotaal", "", "", "20.000,00", "20.000,00"],
        ["Totaal", "", "", "107.500,50", "80.000,00"],
        before=ROWS[:2],
    )
    assert amounts(extraction) == AMOUNTS
    assert (extraction.answers["begroting"].state, told(extraction)) == (GIVEN, [])
    assert [row.number for row in extraction.answers["begroting"].rows] == [1, 2, 3]


def test_a_total_above_its_rows_is_one_too():
    extraction = budget(*ROWS, before=[["Totaal", "", "", "107.500,50", "80.000,00"]])
    assert (amounts(extraction), extraction.answers["begroting"].state) == (AMOUNTS, GIVEN)


@pytest.mark.parametrize(
    "total",
    [
        ["Totaal A1", "", "", "87.500,50", "60.000,00"],
        ["Totaal actie A1", "", "", "87.500,50", ""],
        ["Totaal 2022", "", "", "95.000,00", "80.000,00"],
        ["Totaal", "2022", "", "95.000,00", "80.000,00"],
        ["Totaal", "", "Werking", "32.500,50", "20.000,00"],
    ],
)
def test_a_total_of_an_action_a_year_or_a_kind_is_no_row_when_it_adds_up_and_is_told(total):
    extraction = budget(total)
    assert (amounts(extraction), extraction.answers["begroting"].state) == (AMOUNTS, GIVEN)
    assert len(told(extraction)) == 1


def test_a_row_with_such_words_that_adds_up_nothing_stays_and_is_doubtful():
    extraction = budget(["Totaal A1", "", "", "87.500,51", ""])
    assert amounts(extraction) == [*AMOUNTS, Decimal("87500.51")]
    last = extraction.answers["begroting"].rows[3]
    assert (last.cells["actie"].state, last.cells["bedrag"].state) == (DOUBTFUL, DOUBTFUL)
    assert "begint met «Totaal A1»" in last.cells["bedrag"].problem


@pytest.mark.parametrize(
    "row",
    [
        ["Totaalrenovatie", "2022", "Werking", "107.500,50", "80.000,00"],
        ["Sommige straten", "", "", "107.500,50", "80.000,00"],
        ["Totaal wonen", "2022", "Werking", "107.500,50", "80.000,00"],
    ],
)
def test_a_row_that_is_no_total_is_never_dropped(row):
    extraction = budget(row)
    assert amounts(extraction) == [*AMOUNTS, Decimal("107500.50")]
    assert {cell.state for cell in extraction.answers["begroting"].rows[3].cells.values()} <= {GIVEN, State.EMPTY}


def test_a_partner_whose_name_begins_so_stays_a_partner():
    extraction = (
        Typed()
        .head("I. Stakeholders")
        .say("Stakeholders")
        .table(
            ["Naam", "Type", "Rol", "Engagement", "Bedrag van de bijdrage"],
            ["Som vzw", "Middenveld", "Begeleiding", "Toeleiding", "5.000"],
            ["Totaal Wonen", "Middenveld", "Renovatie", "Advies", "5.000"],
        )
        .extract()
    )
    assert [row["naam"] for row in rows(extraction, "stakeholders")] == ["Som vzw", "Totaal Wonen"]


def test_a_total_over_merged_cells_and_one_in_a_column_that_is_not_asked():
    merged = Typed().head("M. Financieel").say("Begroting")
    merged.table(HEAD, *ROWS, ["Totaal", "", "", "107.500,50", "80.000,00"])
    last = merged.file.tables[-1].rows[-1].cells
    for cell in last[1:3]:
        cell.text = ""
    last[0].merge(last[2])
    numbered = budget(
        ["Totaal", "", "", "", "107.500,50", "80.000,00"],
        head=["Volgnummer", *HEAD],
        before=[[str(number), *row] for number, row in enumerate(ROWS, 1)],
    )
    for extraction in (merged.extract(), numbered):
        assert (amounts(extraction), extraction.answers["begroting"].state) == (AMOUNTS, GIVEN)
        assert told(extraction) == []


def test_a_total_of_a_table_without_amounts_is_no_row_and_is_told():
    extraction = (
        Typed().head("D. Omgevingsanalyse").table(["Groep", "Omvang"], ["Jongeren", "312"], ["Totaal", "312"]).extract()
    )
    assert rows(extraction, "kwetsbare_groepen") == [{"groep": "Jongeren", "omvang": "312"}]
    assert any("«Totaal 312»" in note for note in extraction.notes)


def test_the_only_doubtful_amount_of_a_column_is_proposed_by_its_total():
    extraction = budget(
        ["Totaal", "", "", "107.500,50", "80.000,00"],
        before=[ROWS[0], ["A1", "2023", "Werking", "12.500,5O", ""], ROWS[2]],
    )
    cell = extraction.answers["begroting"].rows[1].cells["bedrag"]
    assert (cell.state, cell.value) == (DOUBTFUL, None)
    assert cell.problem.endswith(f"«Totaal» klopt als hier €{NBSP}12.500,50 staat.")
    assert extraction.answers["begroting"].state is GIVEN


def test_under_totals_of_parts_no_amount_is_proposed():
    extraction = budget(
        ["Subtotaal", "", "", "87.500,50", ""],
        ROWS[2],
        ["Subtotaal", "", "", "20.000,00", ""],
        before=[ROWS[0], ["A1", "2023", "Werking", "12.500,5O", ""]],
    )
    assert "klopt als" not in extraction.answers["begroting"].rows[1].cells["bedrag"].problem
    assert len(told(extraction)) == 2


def test_a_total_in_one_cell_with_its_words_stays_a_doubtful_row():
    extraction = budget(["", "", "", "Totaal: 107.500,50", ""])
    assert len(amounts(extraction)) == 4
    assert extraction.answers["begroting"].rows[3].cells["bedrag"].state is DOUBTFUL


def test_an_amount_badly_scanned_is_proposed_by_its_total_and_stays_doubtful():
    sure = [[(text, 1.0) for text in row] for row in (HEAD, *ROWS, ["Totaal", "", "", "107.500,50", "80.000,00"])]
    sure[2][3] = ("12.600,50", 0.6)
    extraction = extract(page("M. Financieel", [[("Begroting", 1.0)]], sure), call().form, call())
    cell = extraction.answers["begroting"].rows[1].cells["bedrag"]
    assert (cell.state, cell.value) == (DOUBTFUL, Decimal("12600.50"))
    assert f"«Totaal» klopt als hier €{NBSP}12.500,50 staat." in cell.problem


@pytest.mark.parametrize("last", ["107.500,50", "107.500,51"])
def test_a_total_typed_in_the_rows_of_the_form_itself_is_no_row(last):
    form = call().form
    named = ["actie", "jaar", "kostensoort", "bedrag", "subsidie"]
    kinds = {"Personeel": "personeel", "Werking": "werking"}
    filled = [{key: kinds.get(text, text) for key, text in zip(named, row, strict=True) if text} for row in ROWS]
    filled.append({"actie": "Totaal", "bedrag": last, "subsidie": "80.000,00"})
    answers = {"begroting": filled}
    for data, name in (
        (fill(write_docx(form, call()), answers, form), "f.docx"),
        (by_pikepdf(write_pdf(form, call()), form, answers), "f.pdf"),
    ):
        extraction = extract(read(data, name), form, call())
        assert amounts(extraction) == AMOUNTS
        assert (extraction.answers["begroting"].state is GIVEN) == (last == "107.500,50")


def test_a_total_typed_in_a_row_of_its_own_under_the_rows_of_the_form_is_no_row():
    form = call().form
    filled = [{"actie": "A1", "bedrag": "75.000,00"}, {"actie": "A2", "bedrag": "12.500,50"}]
    document = docx.Document(io.BytesIO(fill(write_docx(form, call()), {"begroting": filled}, form)))
    (table,) = [each for each in document.tables if each.rows[0].cells[-1].text == HEAD[-1]]
    for cell, text in zip(table.add_row().cells, ["Totaal", "", "", "87.500,50", ""], strict=True):
        cell.text = text
    made = io.BytesIO()
    document.save(made)
    extraction = extract(read(made.getvalue(), "f.docx"), form, call())
    assert amounts(extraction) == [Decimal("75000.00"), Decimal("12500.50")]
    assert extraction.answers["begroting"].state is GIVEN
    assert {row.cells["bedrag"].method for row in extraction.answers["begroting"].rows} == {"control"}


@pytest.mark.parametrize("tagged", [False, True], ids=["untagged", "tagged"])
def test_a_print_with_a_typed_total_gives_the_same(tmp_path, tagged):
    word = WordFile()
    word.line("M. Financieel", "Heading 1")
    word.line("Begroting", "Heading 2")
    widths = [3.0, 2.0, 4.0, 4.0, 4.0]
    word.table([HEAD, *ROWS, ["Totaal", "", "", "107.500,50", "80.000,01"]], widths, header=True)
    document = read(printed(tmp_path, word.bytes(), UseTaggedPDF=tagged), "formulier.pdf")
    extraction = extract(document, call().form, call())
    assert amounts(extraction) == AMOUNTS
    assert f"€{NBSP}80.000,01 bij «Waarvan subsidie»" in extraction.answers["begroting"].problem
    assert document.exact is tagged
