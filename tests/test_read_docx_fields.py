"""What fields of Word without a result show, and days that change by themselves, is read or told."""

from __future__ import annotations

import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.read_back import first, rows
from tests.word_files import code, field, p, r, tbl, tc, tr, word


def bare(text: str) -> str:
    """Write a field without a result."""
    return field("begin") + code(text) + field("end")


@pytest.mark.parametrize("prompt", ["[Klik hier en typ]", "Straat en nummer", "dd/mm/jjjj"])
def test_the_words_of_a_place_to_click_on_are_a_prompt_whose_place_an_answer_takes(prompt: str) -> None:
    part = first(read(word(p(r("Naam: ") + bare(f" MACROBUTTON NoMacro {prompt} ") + r("!"))), "a.docx"))
    assert (part.text, part.placeholder) == ("Naam: !", prompt)


@pytest.mark.parametrize("code", [" MACROBUTTON Kruis \u2612 ", " MACROBUTTON HtmlResAnchor \u2612 www.gent.example "])
def test_a_box_to_click_on_and_a_link_of_a_web_page_are_text(code: str) -> None:
    part = first(read(word(p(bare(code) + r("!"))), "a.docx"))
    assert (part.text, part.placeholder) == (code.split(maxsplit=2)[2].strip() + "!", "")


def test_the_words_of_a_place_to_click_on_that_is_the_code_of_another_field_are_no_text() -> None:
    outer = field("begin") + code(" IF 1 = 1 ") + bare(" MACROBUTTON NoMacro ja ") + field("separate")
    assert first(read(word(p(outer + r("nee") + field("end"))), "a.docx")).text == "nee"


@pytest.mark.parametrize("text", [" AUTONUM ", " AUTONUMLGL \\e ", " autonumout ", " LISTNUM "])
def test_a_number_that_word_makes_itself_is_told_where_it_is_all_that_stands_there(text: str) -> None:
    document = read(word(p(bare(text)) + p(bare(text) + r("Gent"))), "a.docx")
    assert ["nummer" in part.unread for part in paragraphs(document.blocks)] == [True, False]


def test_a_number_of_the_page_is_told_where_it_is_all_that_stands_there() -> None:
    assert "nummer" in first(read(word(p("<w:r><w:pgNum/></w:r>")), "a.docx")).unread


@pytest.mark.parametrize("name", ["dayLong", "dayShort", "monthLong", "monthShort", "yearLong", "yearShort"])
def test_a_part_of_the_day_of_opening_is_a_day_that_is_doubted(name: str) -> None:
    found = first(read(word(p(r("Datum: ") + f"<w:r><w:{name}/></w:r>")), "a.docx"))
    assert (found.text, "vanzelf verandert" in found.uncertain) == ("Datum: [datumveld]", True)


def test_a_day_in_parts_is_one_day() -> None:
    day = "<w:r><w:dayLong/><w:t> </w:t><w:monthLong/><w:t> </w:t><w:yearLong/></w:r>"
    assert first(read(word(p(day)), "a.docx")).text == "[datumveld]"


def test_a_cell_in_alternative_content_is_read() -> None:
    choice = (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{tc("Gent")}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
    )
    assert rows(word(tbl(tr(tc("Naam"), choice)))) == [["Naam", "Gent"]]
