"""Full lines below each other in a print: one text or two, by how far apart they stand."""

from __future__ import annotations

import pytest
from reportlab.lib.utils import simpleSplit

from pipeline.document import Paragraph, paragraphs
from pipeline.readers import read
from tests.pdf_files import Drawn

FULL = "Stadhuis van Gent, Botermarkt 1, ingang langs de Poeljemarkt, tweede verdieping, kantoor 4, te 9000"
TEXT = (
    "De buurt ligt tussen het kanaal en de spoorweg en de meeste huizen zijn er vijftig jaar oud, en de bewoners "
    "vragen al jaren om een plein waar hun kinderen kunnen spelen en waar zij elkaar kunnen ontmoeten na het werk."
)
WRAPPED = tuple(simpleSplit(TEXT, "Helvetica", 11, 500))


def printed(*runs: tuple[float, tuple[str, ...]]) -> list[Paragraph]:
    """Print runs of lines, each with the points from one of its lines to the next, without spaces at line ends."""
    drawn, y = Drawn(), 60.0
    for step, texts in runs:
        for text in texts:
            drawn.text(50, y, text, size=11)
            y += step
    return list(paragraphs(read(drawn.page().bytes(), "druk.pdf").blocks))


@pytest.mark.parametrize("step", [13, 18, 24])
def test_where_no_line_is_seen_to_be_wrapped_a_full_line_does_not_silently_take_in_the_next_question(step):
    read_back = printed((step, ("Gent", "Adres", FULL, "IBAN", "BE68 5390 0754 7034", "Antwoord")))
    (held,) = [paragraph for paragraph in read_back if FULL in paragraph.text]
    assert "misschien twee" in held.uncertain
    assert [each.uncertain for each in read_back if each.text in ("Gent", "Adres", "BE68 5390 0754 7034")] == [""] * 3


def test_lines_much_further_apart_than_those_of_a_wrapped_text_are_paragraphs_of_their_own():
    read_back = printed((13, WRAPPED), (24, ("Adres", FULL, "IBAN", "BE68 5390 0754 7034")))
    assert [paragraph.text for paragraph in read_back][:4] == [TEXT, "Adres", FULL, "IBAN"]
    assert not any(paragraph.uncertain for paragraph in read_back)


def test_a_text_set_wide_whose_words_go_on_is_one():
    read_back = printed((20, WRAPPED))
    assert [(paragraph.text, paragraph.uncertain) for paragraph in read_back] == [(TEXT, "")]


def test_wide_lines_are_not_settled_by_what_stands_close_together_in_a_cell():
    drawn = Drawn().grid([50, 200], [300, 360]).text(55, 315, "De buurt vraagt al jaren om", size=10)
    drawn.text(55, 327, "een plein voor haar kinderen", size=10)
    for number, text in enumerate(("Adres", FULL, "IBAN", "Antwoord")):
        drawn.text(50, 60 + 22 * number, text, size=11)
    read_back = list(paragraphs(read(drawn.page().bytes(), "druk.pdf").blocks))
    assert [(each.text, bool(each.uncertain)) for each in read_back[:3]] == [
        ("Adres", False),
        (FULL, True),
        ("IBAN", True),
    ]
    assert read_back[-1].text == "De buurt vraagt al jaren om een plein voor haar kinderen"
