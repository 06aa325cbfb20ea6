"""What is said of every filling of a template, before it is filled: each source is judged by hand."""

import pytest
from lxml import etree

from pipeline.library.load import load
from pipeline.renderers import template
from pipeline.renderers.soundness import Soundness, end_cells, shape, with_ends
from pipeline.renderers.writing import environment

W = 'xmlns:w="urn:w"'


def judge(body):
    return shape(environment().parse(with_ends(f"<w:document {W}>{body}</w:document>"))).soundness


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:t>{{ a }}</w:t></w:r></w:p>",
        "{% for x in a %}<w:p><w:t>{{ x }}</w:t></w:p>{% endfor %}",
        "{% if a %}<w:p/>{% elif b %}<w:p><w:r/></w:p>{% else %}{% endif %}",
        "<w:t>{% if a %}een{% else %}{{ b|upper }}{% endif %}</w:t>",
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr>{% for x in a %}<w:tr><w:tc><w:p/></w:tc></w:tr>{% endfor %}</w:tbl>",
        "{% set b = a %}<w:tbl>{% if a %}<w:tr/>{% else %}<w:tr/>{% endif %}</w:tbl>",
        "<w:tc>{% if a %}<w:tbl><w:tr/></w:tbl>{% endif %}<w:p/></w:tc>",
        "<w:tc><w:p/>{% if a %}<w:p/>{% endif %}</w:tc>",
        "<w:p><w:r><w:t>{% if a %}ja</w:t></w:r><w:r><w:b/><w:t>{% endif %}nee</w:t></w:r></w:p>",
        "<w:tc><w:p><w:t>{% for x in a %}{{ x }}</w:t></w:p><w:p><w:t>{% endfor %}</w:t></w:p></w:tc>",
    ],
)
def test_whole_elements_stay_whole_however_often_they_are_repeated(body):
    assert judge(body) is Soundness.WHOLE


@pytest.mark.parametrize(
    "body",
    [
        "<w:tc>{% for x in a %}<w:p/>{% endfor %}</w:tc>",
        "<w:tc>{% if a %}<w:p/>{% endif %}</w:tc>",
        "<w:tc><w:p/>{% if a %}<w:tbl><w:tr/></w:tbl>{% endif %}</w:tc>",
        "<w:tc><w:tcPr/></w:tc>",
    ],
)
def test_a_cell_that_may_lack_its_last_paragraph_is_known(body):
    assert judge(body) is Soundness.CELLS_MAY_END_OPEN


@pytest.mark.parametrize(
    "body",
    [
        "<w:tc>{% for x in a %}</w:tc><w:tc>{% endfor %}</w:tc>",  # opens in one cell, closes in another
        "{% if a %}<w:p>{% endif %}</w:p>",
        "{% if a %}<w:p>{% else %}<w:p>{% endif %}</w:p>",
        "<w:p><w:r><w:t>{% if a %}</w:t></w:r>{% endif %}</w:p>",
        "<w:p><w:r><w:t>{% for x in a %}</w:t></w:r><w:r>{% endfor %}</w:r></w:p>",
        "<w:tr><w:tc><w:p>{% for x in a %}</w:p></w:tc><w:tc><w:p>{% endfor %}</w:p></w:tc></w:tr>",
        "<w:tbl>{% for x in a %}<w:tr/>{% endfor %}</w:tbl>",  # no row at all when there is none
        '<w:gridSpan w:val="{{ a }}"/>',  # a line end in an attribute would break it
        '<w:vMerge w:val="{% if a %}restart{% endif %}"/>',
        "<w:p>{{ a }}</w:p>",  # a line end there is no line break
        "<w:t>{{ (a|e)[:3] }}</w:t>",  # may cut &amp; in two
        "<w:t>{{ a|replace('a', '') }}</w:t>",
        "{% macro m() %}<w:p/>{% endmacro %}{{ m() }}",
        "<w:p></w:p",
        "<w:p",
    ],
)
def test_what_cannot_be_shown_is_not_said(body):
    assert judge(body) is Soundness.UNKNOWN


def fill(body, **facts):
    """Compile and fill as `compile_template` and `render` do."""
    tree = environment().parse(with_ends(f"<w:document {W}>{body}</w:document>"))
    assert shape(tree).soundness is Soundness.CELLS_MAY_END_OPEN
    filled = end_cells(environment().from_string(tree).render(facts))
    return filled.removeprefix(f"<w:document {W}>").removesuffix("</w:document>")


def test_only_cells_without_a_last_paragraph_get_one():
    said = fill("<w:tc><w:tcPr/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p w:x='1'/></w:tc><w:tc><w:p>a</w:p></w:tc>")
    assert said == (
        "<w:tc><w:tcPr/><w:p></w:p></w:tc><w:tc><w:p></w:p></w:tc><w:tc><w:p w:x='1'></w:p></w:tc>"
        "<w:tc><w:p>a</w:p></w:tc>"
    )
    said = fill("<w:tc>{% for x in a %}<w:p/>{% endfor %}</w:tc><w:tc>{% if b %}<w:p/>{% endif %}</w:tc>", a="xy", b="")
    assert said == "<w:tc><w:p></w:p><w:p></w:p></w:tc><w:tc><w:p></w:p></w:tc>"


def test_nothing_in_an_answer_makes_a_sound_template_ill_formed():
    nasty = "R&D <w:p> ]]> &amp; \x00\x0b\r\n\t\a\f„“ \ud800 \u202e {{ x }} {% if %} </w:t></w:r></w:p>"
    for paper in load("wijkverbeteringscontract").papers:
        path = load("wijkverbeteringscontract").templates / paper.template
        for part in template.read(path).parts.values():
            assert part.shape.soundness is not Soundness.UNKNOWN, (paper.key, part.name)
    source = (
        f"<w:document {W}><w:tc>{{% for x in a %}}<w:p><w:t>{{{{ x }}}}</w:t></w:p>{{% endfor %}}</w:tc></w:document>"
    )
    tree = environment().parse(source)
    assert shape(tree).soundness is Soundness.CELLS_MAY_END_OPEN
    compiled = environment().from_string(tree)
    filled = end_cells(compiled.render(a=[nasty, nasty]))
    root = etree.fromstring(filled)
    assert len(root.findall(".//{urn:w}p")) == 2
    assert "R&D <w:p> ]]> &amp; " in root.findall(".//{urn:w}t")[0].text
    assert len(etree.fromstring(end_cells(compiled.render(a=[]))).findall(".//{urn:w}p")) == 1
