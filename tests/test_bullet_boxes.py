"""A box that is the bullet of a list is a box: Word and LibreOffice draw it, though the text does not have it."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from pipeline.document import Table
from pipeline.extract import extract
from pipeline.readers import read
from tests.odt_files import h, odt, p
from tests.pdf_files import W
from tests.test_extract import GIVEN, call
from tests.test_roundtrip import convert

HEAD, QUESTION = "C. Wijk", "Grond van de afbakening"
CHOICES = {
    "historisch": "Wat historisch als een afgebakende buurt of wijk wordt aanzien",
    "kenmerken": "Kenmerken van de wijk (demografisch, sociaaleconomisch, enzovoort)",
    "andere": "Andere grond",
}
PAIRS = {
    "unicode": (("Segoe UI Symbol", "☐"), ("Segoe UI Symbol", "☒")),
    "wingdings": (("Wingdings", "\uf0a8"), ("Wingdings", "\uf0fe")),
    "old wingdings": (("Wingdings", "q"), ("Wingdings", "x")),
    "tick": (("Segoe UI Symbol", "❑"), ("Wingdings", "\uf0fc")),
}


def asked(data, name):
    answer = extract(read(data, name), call().form, call()).answers["grond_afbakening"]
    return answer.state, answer.value


def answer_of(document):
    """Give the lines of the cell beside the question."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [line.text for line in table.rows[0][1].blocks if line.text]


def bullet(font, sign):
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>'
    return f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{fonts}</w:lvl>'


def in_word(boxes, ticked=("andere",), *, how="own"):
    """Make the answer a list with such boxes; the list of the paragraph itself, of its style, or another made so."""
    made = docx.Document()
    lists = made.part.numbering_part.element
    for number, box in enumerate(boxes, start=91):
        levels = bullet("Symbol", "\uf0b7") if how == "override" else bullet(*box)
        lists.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{levels}</w:abstractNum>'))
        own = f'<w:lvlOverride w:ilvl="0">{bullet(*box)}</w:lvlOverride>' if how == "override" else ""
        one = f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{own}</w:num>'
        lists.append(parse_xml(one))
    made.add_heading(HEAD, 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text = QUESTION
    cell = table.cell(0, 1)
    for key, words in CHOICES.items():
        paragraph = cell.add_paragraph(words)
        named = f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{91 + (key in ticked)}"/></w:numPr>'
        if how == "style":
            paragraph.style = made.styles.add_style(f"Vak {key}", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
            paragraph.style.element.get_or_add_pPr().append(parse_xml(named))
        else:
            paragraph._p.get_or_add_pPr().append(parse_xml(named))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("how", ["own", "style", "override"])
@pytest.mark.parametrize("signs", PAIRS)
def test_in_word(signs, how):
    assert asked(in_word(PAIRS[signs], how=how), "a.docx") == (GIVEN, ("andere",))


def test_several_are_ticked():
    data = in_word(PAIRS["unicode"], ("historisch", "andere"))
    assert asked(data, "a.docx") == (GIVEN, ("historisch", "andere"))


def test_another_bullet_is_no_part_of_the_text():
    data = in_word([("Symbol", "\uf0b7"), ("Courier New", "o")])
    assert answer_of(read(data, "a.docx")) == list(CHOICES.values())


def item(sign, words, more=""):
    return f'<text:list text:style-name="{sign}"><text:list-item>{p(words)}{more}</text:list-item></text:list>'


def in_odt(looks, open_box, ticked_box, more=""):
    styles = "".join(
        f'<text:list-style style:name="{name}"><text:list-level-style-bullet text:level="1" text:bullet-char="{sign}">'
        f"<style:text-properties {looks}/></text:list-level-style-bullet></text:list-style>"
        for name, sign in (("L1", open_box), ("L2", ticked_box))
    )
    answer = "".join(item("L2" if key == "andere" else "L1", words, more) for key, words in CHOICES.items())
    cells = "".join(f"<table:table-cell>{inside}</table:table-cell>" for inside in (p(QUESTION), answer))
    body = h(HEAD) + f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    return odt(body, automatic=styles)


@pytest.mark.parametrize(
    ("looks", "open_box", "ticked_box"), [("", "☐", "☑"), ('fo:font-family="Wingdings"', "\uf0a8", "\uf0fe")]
)
def test_in_odt(looks, open_box, ticked_box):
    assert asked(in_odt(looks, open_box, ticked_box), "a.odt") == (GIVEN, ("andere",))


def test_only_the_first_paragraph_of_an_item_has_its_bullet():
    lines = answer_of(read(in_odt("", "☐", "☒", p("(zie bijlage)")), "a.odt"))
    assert [line[:1] for line in lines] == ["☐", "(", "☐", "(", "☒", "("]


@pytest.mark.requires_soffice
@pytest.mark.parametrize("kind", ["odt:writer8", "rtf:Rich Text Format", "doc:MS Word 97"])
def test_as_libreoffice_saves_it(kind, tmp_path):
    (data,) = convert(tmp_path, {"a.docx": in_word(PAIRS["wingdings"])}, kind).values()
    assert asked(data, f"a.{kind[:3]}") == (GIVEN, ("andere",))
