"""A choice that somebody marked in its list and did not tick is doubtful, in every kind of file."""

import io

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import RGBColor

from pipeline.extract import extract
from pipeline.readers import read
from tests.odt_files import h, odt
from tests.odt_files import p as odt_p
from tests.pdf_files import Drawn, W
from tests.test_extract import DOUBTFUL, EMPTY, GIVEN, Typed, call

HEAD, QUESTION = "J. Haalbaarheid", "Ziet u risico's voor de uitvoering?"
LOOKS = {
    "highlight": '<style:text-properties fo:background-color="#ffff00"/>',
    "bold": '<style:text-properties fo:font-weight="bold"/>',
    "underline": '<style:text-properties style:text-underline-style="solid"/>',
    "red": '<style:text-properties fo:color="#c9211e"/>',
}
COLOURS = {"red": RGBColor(0xC0, 0, 0), "all red": RGBColor(0xC0, 0, 0), "grey": RGBColor(0x40, 0x40, 0x40)}


def asked(data, name, field="risicos_aanwezig"):
    return extract(read(data, name), call().form, call()).answers[field]


def in_word(look, *, box="☐", marked="Nee"):
    made = docx.Document()
    made.add_heading(HEAD, 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text = QUESTION
    paragraph = table.cell(0, 1).paragraphs[0]
    for word in ("Ja", "Nee"):
        paragraph.add_run(f" {box} ")
        run = paragraph.add_run(word)
        if word == marked and look == "highlight":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif word == marked and look == "shading":
            run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FFFF00"/>'))
        elif word == marked or look.startswith("all"):
            run.font.color.rgb = COLOURS.get(look)
            run.bold, run.underline = look in ("bold", "all bold"), look == "underline"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("look", ["highlight", "shading", "bold", "underline", "red"])
@pytest.mark.parametrize("box", ["☐", "□", "[ ]"])
def test_in_word(look, box):
    answer = asked(in_word(look, box=box), "a.docx")
    assert answer.state is DOUBTFUL
    assert "«Nee»" in answer.problem


@pytest.mark.parametrize("look", ["all bold", "all red", "grey"])
def test_choices_that_all_look_alike_are_not_marked(look):
    assert asked(in_word(look), "a.docx").state is EMPTY


def test_a_ticked_box_counts_whatever_is_bold():
    ticked = docx.Document(io.BytesIO(in_word("bold")))
    run = ticked.tables[0].cell(0, 1).paragraphs[0].runs[0]
    run.text = run.text.replace("☐", "☒")
    file = io.BytesIO()
    ticked.save(file)
    answer = asked(file.getvalue(), "a.docx")
    assert (answer.state, answer.value) == (GIVEN, True)


@pytest.mark.parametrize("look", ["highlight", "red"])
def test_some_of_a_list_without_boxes_in_word(look):
    """The whole list of the form, of which somebody highlighted two: it read as if all were chosen."""
    (grounds,) = [field for field in call().form.fields() if field.key == "grond_afbakening"]
    made = docx.Document()
    made.add_heading("C. Wijkafbakening", 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text = grounds.label
    for number, choice in enumerate(grounds.choices):
        run = table.cell(0, 1).add_paragraph().add_run(choice.label)
        if number in (0, 2):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW if look == "highlight" else None
            run.font.color.rgb = COLOURS.get(look)
    file = io.BytesIO()
    made.save(file)
    answer = asked(file.getvalue(), "a.docx", "grond_afbakening")
    assert answer.state is DOUBTFUL
    assert grounds.choices[2].label in answer.problem


@pytest.mark.parametrize("look", LOOKS)
def test_in_odt(look):
    style = f'<style:style style:name="T1" style:family="text">{LOOKS[look]}</style:style>'
    cells = "".join(
        f"<table:table-cell>{odt_p(inside)}</table:table-cell>"
        for inside in (QUESTION, '☐ Ja ☐ <text:span text:style-name="T1">Nee</text:span>')
    )
    body = h(HEAD) + f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    answer = asked(odt(body, automatic=style), "a.odt")
    assert answer.state is DOUBTFUL
    assert "«Nee»" in answer.problem


@pytest.mark.parametrize(
    ("look", "state"), [*((look, DOUBTFUL) for look in LOOKS), ("nothing", EMPTY), ("shaded cells", EMPTY)]
)
def test_in_a_print(look, state):
    made = Drawn()
    made.canvas.setFillGray(0.8)
    if look == "highlight":
        made.canvas.rect(305, made.height - 123, 18, 12, stroke=0, fill=1)
    elif look == "shaded cells":
        made.canvas.rect(240, made.height - 130, 260, 30, stroke=0, fill=1)
    made.canvas.setFillGray(0)
    made.text(45, 80, HEAD, size=14, font="Helvetica-Bold").grid([40, 240, 500], [100, 130]).text(45, 120, QUESTION)
    for x, word in ((245, "Ja"), (290, "Nee")):
        bold = look == "bold" and word == "Nee"
        made.text(x, 120, "[ ]")
        made.canvas.setFillColorRGB(0.75 if look == "red" and word == "Nee" else 0, 0, 0)
        made.text(x + 15, 120, word, font="Helvetica-Bold" if bold else "Helvetica")
    if look == "underline":
        made.canvas.line(305, made.height - 121.2, 322.8, made.height - 121.2)
    answer = asked(made.bytes(), "a.pdf")
    assert answer.state is state
    assert state is EMPTY or "Nee" in answer.problem


@pytest.mark.parametrize(("marks", "value"), [(("", "X"), False), (("x", ""), True), (("", "✓"), False)])
def test_a_mark_under_the_name_of_a_choice_is_that_choice_and_doubtful(marks, value):
    """A mark under «Nee» was given as yes."""
    extraction = Typed().head(HEAD).table(["", "Ja", "Nee"], [QUESTION, *marks]).extract()
    answer = extraction.answers["risicos_aanwezig"]
    assert (answer.state, answer.value) == (DOUBTFUL, value)


def test_a_mark_beside_a_question_under_another_is_an_answer():
    rows = ["Verklaart u dit?", "Nee"], [QUESTION, "X"]
    answer = Typed().head(HEAD).table(["Vraag", "Antwoord"], *rows).extract().answers["risicos_aanwezig"]
    assert (answer.state, answer.value) == (DOUBTFUL, False)
    alone = Typed().head(HEAD).table(["Vraag", "Antwoord"], rows[1]).extract().answers["risicos_aanwezig"]
    assert (alone.state, alone.value) == (GIVEN, True)
