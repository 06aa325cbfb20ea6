"""Reading PDF files that LibreOffice printed or that were drawn: each test is a trap."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.document import Document, Paragraph, Table, paragraphs
from pipeline.readers import read
from tests.pdf_files import WordFile, printed

PROSE = [
    *("de", "bewoners", "van", "deze", "wijk", "vragen", "al", "jaren", "om", "een", "ontmoetingsplaats", "waar"),
    *("jongeren", "en", "ouderen", "elkaar", "zien", "niet-begeleide", "sociaal-economische", "65-plussers"),
    *("coördinatie", "efficiënt", "officieel", "één", "Ćosić", "Kőszegi", "flatgebouw", "en/of", "€", "1.250,50"),
    *("verantwoordelijkheidsgevoel", "samenwerkingsovereenkomst", "m²", "‘huis’", "“wijk”", "cofinanciering"),
]
NARROW = [
    "851.787,50",
    "€ 851.787,50",
    "Cofinancieringsregeling",
    "01/01/2022",
    "jan.peeters@gemeente-aalst.be",
    "2022",
]
BOTH = pytest.mark.parametrize("tagged", [False, True], ids=["untagged", "tagged"])


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(document: Document) -> list[list[str]]:
    """Give the rows of all tables, white space collapsed."""
    return [[" ".join(cell.text.split()) for cell in row] for table in tables(document) for row in table.rows]


def running(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph) and not block.location.part]


def prose(seed: int, count: int) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(PROSE) for _ in range(count))


def print_of(folder: Path, word: WordFile, tagged: bool = False, **choices: bool) -> Document:
    return read(printed(folder, word.bytes(), UseTaggedPDF=tagged, **choices), "formulier.pdf")


@pytest.mark.requires_soffice
@BOTH
def test_labels_and_answers_come_back_as_rows_of_two_cells(tmp_path, tagged):
    word = WordFile()
    word.line("A. Indienend bestuur", "Heading 1")
    word.table([["Naam lokaal bestuur *", "Gent"], ["Adres", ""], ["E-mail", "wijken@gent.be"]], [6, 11])
    document = print_of(tmp_path, word, tagged)
    assert rows(document) == [["Naam lokaal bestuur *", "Gent"], ["Adres", ""], ["E-mail", "wijken@gent.be"]]
    (heading,) = running(document)
    assert (heading.text, heading.level) == ("A. Indienend bestuur", 1)
    place = tables(document)[0].rows[0][1].location
    assert (place.page, place.heading, place.table, place.row, place.column) == (1, "A. Indienend bestuur", 1, 1, 2)


@pytest.mark.requires_soffice
@BOTH
@pytest.mark.parametrize("font", ["Carlito", "Liberation Sans"])
def test_long_prose_over_pages_is_joined_word_by_word(tmp_path, tagged, font):
    word = WordFile(font)
    texts = [prose(seed, 700) for seed in range(3)]
    for number, text in enumerate(texts):
        word.table([[f"Vraag {number}"], [text]], [17])
    document = print_of(tmp_path, word, tagged)
    assert rows(document) == [cell for number, text in enumerate(texts) for cell in ([f"Vraag {number}"], [text])]


@pytest.mark.requires_soffice
@BOTH
@pytest.mark.parametrize("width", [1.9, 2.1, 2.43, 2.7, 3.3])
def test_a_word_broken_in_a_narrow_cell_is_whole_or_said_to_be_doubtful(tmp_path, tagged, width):
    word = WordFile(size=11)
    texts = [NARROW, [prose(seed, 6) for seed in range(6)]]
    word.table([["Kop"] * 6, *texts], [width] * 6, header=True)
    cells = [cell for row in tables(print_of(tmp_path, word, tagged))[0].rows[1:] for cell in row]
    wanted = [text for row in texts for text in row]
    wrong = [
        (cell.text, text)
        for cell, text in zip(cells, wanted, strict=True)
        if " ".join(cell.text.split()) != text and not cell.uncertain
    ]
    assert wrong == []
    assert sum(not cell.uncertain for cell in cells) >= (8 if tagged else 6)


@pytest.mark.requires_soffice
def test_the_lines_as_they_stood_are_kept_beside_the_joined_text(tmp_path):
    word = WordFile()
    word.table([["Vraag"], [prose(5, 60)]], [17])
    (paragraph,) = paragraphs(tables(print_of(tmp_path, word))[0].rows[1][0].blocks)
    assert len(paragraph.lines) > 2
    assert " ".join(paragraph.lines).replace("- ", "-") == paragraph.text.replace("- ", "-")


@pytest.mark.requires_soffice
def test_a_space_after_a_hyphen_at_the_end_of_a_line_is_kept(tmp_path):
    word = WordFile()
    texts = ["x" * (number + 1) + " kind- en jeugdwerking sociaal-economisch" * 8 for number in range(12)]
    word.table([[text, "."] for text in texts], [9, 8], labels=False)
    cells = [row[0] for table in tables(print_of(tmp_path, word)) for row in table.rows]
    assert any(line.endswith("kind-") for cell in cells for line in next(paragraphs(cell.blocks)).lines)
    wrong = [cell.text for cell, text in zip(cells, texts, strict=True) if cell.text != text and not cell.uncertain]
    assert wrong == []
    assert sum(not cell.uncertain for cell in cells) > 6


@pytest.mark.requires_soffice
def test_a_hyphen_that_nobody_typed_is_doubtful(tmp_path):
    word = WordFile()
    word.table([["x" * number + " jongeren\u00adwerking" * 40] for number in range(6)], [9], labels=False)
    cells = [row[0] for row in tables(print_of(tmp_path, word))[0].rows]
    broken = [cell for cell in cells if any(line.endswith("-") for line in next(paragraphs(cell.blocks)).lines)]
    assert broken
    assert all(cell.uncertain for cell in broken)


@pytest.mark.requires_soffice
@BOTH
def test_header_rows_repeated_after_a_page_break_come_once(tmp_path, tagged):
    word = WordFile()
    body = [[f"A{number}", f"{number}.000,00", str(2022 + number % 4)] for number in range(120)]
    word.table([["Actie", "Bedrag", "Jaar"], *body], [6, 6, 5], header=True, whole=True)
    document = print_of(tmp_path, word, tagged)
    assert rows(document) == [["Actie", "Bedrag", "Jaar"], *body]
    first, *others = tables(document)
    assert others
    assert not first.continues
    assert all(table.continues for table in others)
    assert all(cell.header for cell in first.rows[0])


@pytest.mark.requires_soffice
@BOTH
def test_a_row_that_runs_over_a_page_break_is_one_row(tmp_path, tagged):
    word = WordFile()
    texts = [prose(seed, 260) for seed in range(6)]
    word.table([[f"Vraag {number} *", text] for number, text in enumerate(texts)], [5, 12])
    document = print_of(tmp_path, word, tagged)
    assert document.pages is not None
    assert document.pages > 1
    assert rows(document) == [[f"Vraag {number} *", text] for number, text in enumerate(texts)]


@pytest.mark.requires_soffice
@BOTH
def test_running_heads_and_page_numbers_are_no_answers(tmp_path, tagged):
    word = WordFile()
    word.document.sections[0].header.paragraphs[0].text = "Aanvraagformulier"
    word.footer("Versie 2021.1,")
    for number in range(90):
        word.line(f"Alinea {number}.")
    document = print_of(tmp_path, word, tagged)
    assert [paragraph.text for paragraph in running(document)] == [f"Alinea {number}." for number in range(90)]
    parts = {block.text: block.location.part for block in document.blocks if block.location.part}
    assert parts["Aanvraagformulier"] == "koptekst"
    assert parts[f"Versie 2021.1, pagina 1 van {document.pages}"] == "voettekst"


@pytest.mark.requires_soffice
def test_form_fields_exported_or_not_read_the_same(tmp_path):
    blank = Path(__file__).parent.parent / "forms/wijkverbeteringscontract/blanco/vergadering.docx"
    both = []
    for exported in (True, False):
        folder = tmp_path / str(exported)
        folder.mkdir()
        document = read(printed(folder, blank.read_bytes(), ExportFormFields=exported), "formulier.pdf")
        both.append([paragraph.text for paragraph in paragraphs(document.blocks)])
    assert both[0] == both[1]
    assert len(both[0]) > 20


@pytest.mark.requires_soffice
def test_check_boxes_of_every_font_read_as_boxes(tmp_path):
    word = WordFile()
    table = word.table([["Zone", "☒ Ja ☐ Nee"], ["Andere", ""]], [6, 11])
    run = table.cell(1, 1).paragraphs[0].add_run("\uf0fe")
    run.font.name = "Wingdings"
    table.cell(1, 1).paragraphs[0].add_run(" Ja [ ] Nee")
    assert [row[1] for row in rows(print_of(tmp_path, word))] == ["☒ Ja ☐ Nee", "☒ Ja [ ] Nee"]
