"""Letters of OpenDocument that nobody sees on paper, white, tiny or seen through, are read and doubted."""

from __future__ import annotations

import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.odt_files import odt, p, span, style, table, td, tr

WHITE = 'fo:color="#ffffff"'
DARK = '<style:table-cell-properties fo:background-color="#1f3864"/>'


def doubts(body: str, automatic: str = "", styles: str = "") -> list[bool]:
    """Tell of each paragraph that says something whether it is doubted."""
    document = read(odt(body, automatic=automatic, styles=styles), "a.odt")
    return ["niemand het ziet" in part.uncertain for part in paragraphs(document.blocks) if part.text]


def default(looks: str) -> str:
    """Write what letters are by themselves."""
    look = f"<style:text-properties {looks}/>"
    return f'<office:styles><style:default-style style:family="paragraph">{look}</style:default-style></office:styles>'


@pytest.mark.parametrize(
    "looks",
    [WHITE, 'fo:color="#fefefe"', 'fo:font-size="1pt"', 'fo:font-size="0.5mm"', 'fo:color="#000000" loext:opacity="0%"',
     f'{WHITE} fo:background-color="#ffff00"', f'{WHITE} fo:background-color="transparent"'],
)  # fmt: skip
def test_letters_that_nobody_sees_are_doubted(looks: str) -> None:
    assert doubts(p("Kern " + span("800.000", "T1")) + p("Gent"), style("T1", looks)) == [True, False]


def test_letters_that_the_style_of_the_paragraph_or_what_it_builds_on_makes_white_are_doubted() -> None:
    looks = style("P0", WHITE, "paragraph") + style("P1", "", "paragraph", 'style:parent-style-name="P0"')
    assert doubts(p("800.000", "P0") + p("800.000", "P1") + p("Gent"), looks) == [True, True, False]


def test_letters_that_are_white_by_themselves_are_doubted_unless_a_style_says_otherwise() -> None:
    looks = style("P1", 'fo:color="#000000"', "paragraph") + style("P2", 'fo:font-weight="bold"', "paragraph")
    assert doubts(p("800.000") + p("Gent", "P1") + p("800.000", "P2"), looks, default(WHITE)) == [True, False, True]


@pytest.mark.parametrize(
    "looks",
    [f'{WHITE} fo:background-color="#1f3864"', f'{WHITE} style:use-window-font-color="true"', 'fo:color="#d9d9d9"',
     'fo:font-size="5pt"', 'fo:font-size="50%"', 'fo:color="#000000" loext:opacity="50%"',
     'style:use-window-font-color="true" loext:opacity="0%"', f'{WHITE} text:display="none"'],
)  # fmt: skip
def test_letters_that_are_seen_or_hidden_are_certain(looks: str) -> None:
    assert not any(doubts(p("Kern " + span("Kostprijs", "T1")), style("T1", looks)))


def test_white_letters_are_seen_in_a_dark_cell_and_not_in_the_one_beside_it() -> None:
    dark = f'<style:style style:name="C1" style:family="table-cell">{DARK}</style:style>'
    cells = [td(p(span("Kostprijs", "T1")), 'table:style-name="C1"'), td(p(span("800.000", "T1")))]
    assert doubts(table(tr(*cells)), style("T1", WHITE) + dark) == [False, True]


def test_white_letters_are_seen_on_a_dark_paragraph_and_in_a_box() -> None:
    ground = '<style:paragraph-properties fo:background-color="#000000"/>'
    dark = f'<style:style style:name="P1" style:family="paragraph">{ground}</style:style>'
    box = f"<draw:frame><draw:text-box>{p(span('Stad Gent', 'T1'))}</draw:text-box></draw:frame>"
    assert doubts(p(span("Kostprijs", "T1"), "P1") + p(box), style("T1", WHITE) + dark) == [False, False]


def test_what_a_script_says_is_no_text() -> None:
    document = read(odt(p('Gent<text:script script:language="x">x = 1</text:script>')), "a.odt")
    assert [part.text for part in paragraphs(document.blocks)] == ["Gent"]
