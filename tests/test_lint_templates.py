"""Every seeded fault in a template is found at its place, and a sound template gives none.

The codes and places stand here as they were written by hand, before the checks.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from pipeline.expression import Use
from pipeline.facts import gather
from pipeline.library import load
from pipeline.lint import hold, hold_work
from pipeline.lint.examples import TODAY, first
from pipeline.lint.papers import faults_of_templates
from pipeline.lint.scope import of_forms, of_paper
from pipeline.lint.templates import examine
from pipeline.renderers import word, writing
from pipeline.renderers.template import compile_template
from tests.call_copies import SECOND_CALL, copy_call, templates
from tests.template_files import DUTCH, HEADER, bold, box, core, note, part, picture, rows, template
from tests.word_files import SPACES, p, parts, r, styles, tbl, tc, tr, zipped

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
BODY = "word/document.xml"
FIXED = '<w:trHeight w:val="300" w:hRule="exact"/>'
LOOP = "{%tr for i in ingrepen %}"
END = "{%tr endfor %}"


@pytest.fixture(scope="module")
def scope():
    call = load(SECOND_CALL)
    return of_paper(of_forms(call)["voorstel"])


def seen(data, scope):
    return [(fault.code, fault.part, fault.place, fault.suggestion) for fault in examine(data, scope, "nl_BE")]


def split(*texts):
    """Write a paragraph whose text lies in several runs, as Word leaves it after edits."""
    return p("".join(r(text) for text in texts))


FAULTS = {
    # unknown names: against the definitions of the call
    "a misspelt field": (template(p("Stad: {{ staad }}")), "SJB-01", BODY, "alinea 1", "stad"),
    "a misspelt field in the second paragraph": (
        template(p("Een.") + p("{{ burt }}")),
        "SJB-01",
        BODY,
        "alinea 2",
        "buurt",
    ),
    "a misspelt field in a tag over three runs": (
        template(p("Een.") + split("{{ bu", "r", "t }}")),
        "SJB-01",
        BODY,
        "alinea 2",
        "buurt",
    ),
    "a misspelt field in a cell": (
        template(p("Een.") + rows(["Stad"], ["{{ staad }}"])),
        "SJB-01",
        BODY,
        "tabel 1, rij 2, cel 1",
        "stad",
    ),
    "a misspelt column of a loop": (
        template(rows(["Wat", "Kost"], [LOOP], ["{{ i.wat }}", "{{ i.raaming }}"], [END])),
        "SJB-01",
        BODY,
        "tabel 1, rij 3, cel 2",
        "raming",
    ),
    "a misspelt table of a loop": (
        template(rows(["Wat"], ["{%tr for i in ingreepen %}"], ["{{ i.wat }}"], [END])),
        "SJB-01",
        BODY,
        "tabel 1, rij 2, cel 1",
        "ingrepen",
    ),
    "a column named in a filter": (
        template(p("Samen {{ ingrepen|total('ramingen')|euro }}")),
        "SJB-01",
        BODY,
        "alinea 1",
        "raming",
    ),
    "a misspelt filter": (template(p("{{ bijdrage|eurro }}")), "SJB-01", BODY, "alinea 1", "euro"),
    "a misspelt test": (template(p("{% if stad is givn %}x{% endif %}")), "SJB-01", BODY, "alinea 1", "given"),
    "a choice that does not exist": (
        template(rows(["Wat"], [LOOP], ["{% if i.soort == 'gren' %}groen{% endif %}"], [END])),
        "SJB-01",
        BODY,
        "tabel 1, rij 3, cel 1",
        "groen",
    ),
    "a loop variable used after its loop": (
        template(p("{%p for i in ingrepen %}") + p("{{ i.wat }}") + p("{%p endfor %}") + p("{{ i.wat }}")),
        "SJB-01",
        BODY,
        "alinea 4",
        "",
    ),
    "a misspelt field in a header": (
        template(p("Een."), header1=part("hdr", p("{{ staad }}"))),
        "SJB-01",
        "word/header1.xml",
        "alinea 1",
        "stad",
    ),
    "a misspelt field in a footnote": (
        template(p("Een."), footnotes=note("footnote", p("{{ staad }}"))),
        "SJB-01",
        "word/footnotes.xml",
        "alinea 1",
        "stad",
    ),
    "a misspelt field in a text box": (
        template(p("Een.") + p(box(p("{{ staad }}")))),
        "SJB-01",
        BODY,
        "alinea 2, tekstvak, alinea 1",
        "stad",
    ),
    "a misspelt field in alt text": (
        template(p(picture(' descr="Kaart van {{ burt }}"'))),
        "SJB-01",
        BODY,
        "alinea 1",
        "buurt",
    ),
    "a name set in the body and used in the footer": (
        template(p("{%p set wie = stad %}") + p("{{ wie }}"), footer1=part("ftr", p("{{ wie }}"))),
        "SJB-01",
        "word/footer1.xml",
        "alinea 1",
        "",
    ),
    "a misspelt field in the title of the file": (
        template(p("Een."), more=core("<dc:title>{{ staad }}</dc:title>")),
        "SJB-01",
        "docProps/core.xml",
        "title",
        "stad",
    ),
    "a whole table in a sentence": (template(p("{{ ingrepen }}")), "SJB-01", BODY, "alinea 1", ""),
    # tags that cannot be read
    "a tag without its end": (template(p("Stad {{ stad en verder")), "SJB-02", BODY, "alinea 1", ""),
    "a tag without its begin": (template(p("Stad stad }} en verder")), "SJB-02", BODY, "alinea 1", ""),
    "a tag that ends in the next paragraph": (template(p("Stad {{ stad") + p("Een.")), "SJB-02", BODY, "alinea 1", ""),
    "a tag that closes with one brace": (
        template(p("Een.") + p("{{ stad } en {{ buurt }}")),
        "SJB-02",
        BODY,
        "alinea 2",
        "",
    ),
    "a statement closed as a value": (template(p("{% if stad }}x{% endif %}")), "SJB-02", BODY, "alinea 1", ""),
    "an expression that breaks off": (template(p("{{ bijdrage| }}")), "SJB-02", BODY, "alinea 1", ""),
    "a misspelt statement": (template(p("{% iff stad %}x{% endif %}")), "SJB-02", BODY, "alinea 1", "if"),
    "spaces between the braces": (template(p("Stad { % if stad % }x{ % endif % }")), "SJB-02", BODY, "alinea 1", ""),
    "a space between the two braces": (template(p("Een.") + p("{ { stad }}")), "SJB-02", BODY, "alinea 2", ""),
    "single braces": (template(p("De stad {stad} krijgt")), "SJB-02", BODY, "alinea 1", "{{ stad }}"),
    "a loop without in": (
        template(p("{% for i ingrepen %}{{ i.wat }}{% endfor %}")),
        "SJB-02",
        BODY,
        "alinea 1",
        "",
    ),
    "a word after endfor": (
        template(p("{% for i in ingrepen %}{{ i.wat }}{% endfor i %}")),
        "SJB-02",
        BODY,
        "alinea 1",
        "",
    ),
    "a space before the p": (
        template(p("{% p if stad %}") + p("x") + p("{%p endif %}")),
        "SJB-02",
        BODY,
        "alinea 1",
        "{%p",
    ),
    # blocks
    "an if that is never closed": (template(p("Een.") + p("{% if stad %}x")), "SJB-03", BODY, "alinea 2", ""),
    "a loop over rows that is never closed": (
        template(rows(["Wat"], [LOOP], ["{{ i.wat }}"])),
        "SJB-03",
        BODY,
        "tabel 1, rij 2, cel 1",
        "",
    ),
    "an endif too many": (template(p("x{% endif %}")), "SJB-03", BODY, "alinea 1", ""),
    "an else outside an if": (template(p("x{% else %}y")), "SJB-03", BODY, "alinea 1", ""),
    "crossed tags": (
        template(p("{% for i in ingrepen %}{% if stad %}x{% endfor %}{% endif %}")),
        "SJB-03",
        BODY,
        "alinea 1",
        "",
    ),
    "an unclosed block in a header": (
        template(p("Een."), header1=part("hdr", p("{%p if draft %}") + p("ONTWERP"))),
        "SJB-03",
        "word/header1.xml",
        "alinea 1",
        "",
    ),
    # blocks that break cells and paragraphs
    "a loop from one cell into the next": (
        template(rows(["A", "B"], ["{% for i in ingrepen %}{{ i.wat }}", "x{% endfor %}"])),
        "SJB-04",
        BODY,
        "tabel 1, rij 2, cel 2",
        "",
    ),
    "a condition from a cell into a later row": (
        template(rows(["A"], ["{% if stad %}x"], ["y{% endif %}"])),
        "SJB-04",
        BODY,
        "tabel 1, rij 3, cel 1",
        "",
    ),
    "a paragraph tag closed in another cell": (
        template(rows(["A", "B"], ["{%p if stad %}", "{%p endif %}"])),
        "SJB-04",
        BODY,
        "tabel 1, rij 2, cel 2",
        "",
    ),
    "a loop over rows closed in the next table": (
        template(rows(["A"], [LOOP], ["{{ i.wat }}"]) + p("Een.") + rows(["B"], [END])),
        "SJB-04",
        BODY,
        "tabel 2, rij 2, cel 1",
        "",
    ),
    "a loop over rows closed by a paragraph tag": (
        template(rows(["A"], [LOOP], ["{{ i.wat }}"], ["{%p endfor %}"])),
        "SJB-04",
        BODY,
        "tabel 1, rij 4, cel 1",
        "{%tr endfor %}",
    ),
    "a paragraph tag closed inside a sentence": (
        template(p("{%p if stad %}") + p("x {% endif %}")),
        "SJB-04",
        BODY,
        "alinea 2",
        "{%p endif %}",
    ),
    "a row tag outside a table": (
        template(p("{%tr if stad %}") + p("x") + p("{%tr endif %}")),
        "SJB-04",
        BODY,
        "alinea 1",
        "{%p if stad %}",
    ),
    # what would vanish
    "text before a paragraph tag": (
        template(p("Let op: {%p if stad %}") + p("x") + p("{%p endif %}")),
        "SJB-05",
        BODY,
        "alinea 1",
        "",
    ),
    "a value beside a paragraph tag": (
        template(p("{%p if stad %}") + p("x") + p("{%p endif %} {{ buurt }}")),
        "SJB-05",
        BODY,
        "alinea 3",
        "",
    ),
    "text in another cell of a row tag": (
        template(rows(["Wat", "Kost"], [LOOP, "in euro"], ["{{ i.wat }}", "{{ i.raming|euro }}"], [END, ""])),
        "SJB-05",
        BODY,
        "tabel 1, rij 2, cel 2",
        "",
    ),
    "two paragraph tags in one paragraph": (
        template(p("{%p if stad %}{%p if buurt %}") + p("x") + p("{%p endif %}") + p("{%p endif %}")),
        "SJB-05",
        BODY,
        "alinea 1",
        "",
    ),
    "a picture beside a paragraph tag": (
        template(p(r("{%p if stad %}") + picture(' descr="Kaart"')) + p("x") + p("{%p endif %}")),
        "SJB-05",
        BODY,
        "alinea 1",
        "",
    ),
    "a page break beside a paragraph tag": (
        template(p("{%p if stad %}") + p("x") + p(r("{%p endif %}") + '<w:r><w:br w:type="page"/></w:r>')),
        "SJB-05",
        BODY,
        "alinea 3",
        "",
    ),
    # text as markup
    "safe": (template(p("{{ aanleiding|safe }}")), "SJB-06", BODY, "alinea 1", ""),
    "safe after another filter": (template(p("{{ aanleiding|trim|safe }}")), "SJB-06", BODY, "alinea 1", ""),
    "escaping switched off": (
        template(p("{% autoescape false %}{{ stad }}{% endautoescape %}")),
        "SJB-06",
        BODY,
        "alinea 1",
        "",
    ),
    "accents for quotes": (
        template(p("{{ ingrepen|total(´raming´)|euro }}")),
        "SJB-09",
        BODY,
        "alinea 1",
        "{{ ingrepen|total('raming')|euro }}",
    ),
    "raw rich text": (template(p("Zie {{r aanleiding }}")), "SJB-07", BODY, "alinea 1", "{{ aanleiding }}"),
    "a raw subdocument": (template(p("{{p aanleiding }}")), "SJB-07", BODY, "alinea 1", "{{ aanleiding }}"),
    # numbers and quotes
    "a float": (template(p("{{ (bijdrage * 0.5)|euro }}")), "SJB-08", BODY, "alinea 1", ""),
    "a float in a condition": (
        template(p("{% if bijdrage > 1.5 %}x{% endif %}")),
        "SJB-08",
        BODY,
        "alinea 1",
        "",
    ),
    "curly quotes in a tag": (
        template(p("{{ ingrepen|total(“raming”)|euro }}")),
        "SJB-09",
        BODY,
        "alinea 1",
        "{{ ingrepen|total('raming')|euro }}",
    ),
    "low quotes in a tag": (
        template(p("{{ ingrepen|total(„raming”)|euro }}")),
        "SJB-09",
        BODY,
        "alinea 1",
        "{{ ingrepen|total('raming')|euro }}",
    ),
    "a curly apostrophe in a text": (
        template(p("{{ eerdere_steun|optional('geen foto’s') }}")),
        "SJB-09",
        BODY,
        "alinea 1",
        "",
    ),
    # where tags are never filled in
    "a misspelt field in an endnote": (
        template(p("Een."), endnotes=note("endnote", p("{{ staad }}"))),
        "SJB-01",
        "word/endnotes.xml",
        "alinea 1",
        "stad",
    ),
    "a tag in a comment": (
        template(
            p("Een."), comments=part("comments", f'<w:comment w:id="0" w:author="Noor">{p("{{ stad }}")}</w:comment>')
        ),
        "SJB-10",
        "word/comments.xml",
        "alinea 1",
        "",
    ),
    "a tag in a property of the program": (
        template(p("Een."), more={"docProps/app.xml": "<Properties><Company>{{ stad }}</Company></Properties>"}),
        "SJB-10",
        "docProps/app.xml",
        "Company",
        "",
    ),
    "a tag in a property of one's own": (
        template(
            p("Een."),
            more={"docProps/custom.xml": '<Properties><property name="Stad"><x>{{ stad }}</x></property></Properties>'},
        ),
        "SJB-10",
        "docProps/custom.xml",
        "x",
        "",
    ),
    "a tag in the keywords": (
        template(p("Een."), more=core("<cp:keywords>{{ stad }}</cp:keywords>")),
        "SJB-10",
        "docProps/core.xml",
        "keywords",
        "",
    ),
    "a tag in the address of a link": (
        template(
            p("Een."),
            more={
                "word/_rels/header9.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                'relationships"><Relationship Id="a" Type="hyperlink" Target="https://{{ stad }}.be" '
                'TargetMode="External"/></Relationships>'
            },
        ),
        "SJB-10",
        "word/_rels/header9.xml.rels",
        "Relationship",
        "",
    ),
    # language, pictures, tables
    "no styles and no language": (template(p("Een."), styled=None), "SJB-11", "word/styles.xml", "", ""),
    "styles without a language": (template(p("Een."), styled=styles("")), "SJB-11", "word/styles.xml", "", ""),
    "the language of python-docx": (
        template(p("Een."), styled=DUTCH.replace("nl-BE", "en-US")),
        "SJB-11",
        "word/styles.xml",
        "",
        "nl-BE",
    ),
    "a picture without alt text": (template(p("Een.") + p(picture())), "SJB-12", BODY, "alinea 2", ""),
    "a picture with empty alt text": (
        template(p("Een.") + rows(["Kaart"], [p(picture(' descr=" "'))])),
        "SJB-12",
        BODY,
        "tabel 1, rij 2, cel 1",
        "",
    ),
    "a picture of older Word without alt text": (
        template(p('<w:r><w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>')),
        "SJB-12",
        BODY,
        "alinea 1",
        "",
    ),
    "a logo in the header without alt text": (
        template(p("Een."), header1=part("hdr", p(picture()))),
        "SJB-12",
        "word/header1.xml",
        "alinea 1",
        "",
    ),
    "a header row that is not marked, above a loop": (
        template(rows(["Wat"], [LOOP], ["{{ i.wat }}"], [END], header=False)),
        "SJB-13",
        BODY,
        "tabel 1, rij 1",
        "",
    ),
    "a value in a row of a fixed height": (
        template(p("Een.") + tbl(tr(tc("Stad"), tc("{{ stad }}"), properties=FIXED))),
        "SJB-18",
        BODY,
        "tabel 1, rij 1",
        "",
    ),
    "a bold header row that is not marked": (
        template(p("Een.") + tbl(tr(tc(bold("Wat")), tc(bold("Kost"))), tr(tc("a"), tc("b")))),
        "SJB-13",
        BODY,
        "tabel 1, rij 1",
        "",
    ),
    "a header mark that is switched off": (
        template(
            tbl(
                tr(tc("Wat"), properties='<w:tblHeader w:val="0"/>'),
                tr(tc(LOOP)),
                tr(tc("{{ i.wat }}")),
                tr(tc(END)),
            )
        ),
        "SJB-13",
        BODY,
        "tabel 1, rij 1",
        "",
    ),
    "a part that is damaged": (
        template(p("Een."), header1="<w:hdr>"),
        "SJB-15",
        "word/header1.xml",
        "",
        "",
    ),
    "a file that is no Word file": (b"Geachte {{ staad }}", "SJB-15", "sjabloon", "", ""),
    "a template of Word itself": (
        zipped(parts(p("{{ stad }}"), main_type=f"{WORD}template.main+xml", styles=DUTCH)),
        "SJB-15",
        "sjabloon",
        "",
        "",
    ),
    "a percent sign in a paragraph tag": (
        template(p("{%p set helft = bijdrage % 2 %}") + p("x")),
        "SJB-02",
        BODY,
        "alinea 1",
        "",
    ),
    "a tag in a tracked deletion": (
        template(p(r("Een.") + '<w:del w:id="1"><w:r><w:delText>{{ stad }}</w:delText></w:r></w:del>')),
        "SJB-14",
        BODY,
        "alinea 1",
        "",
    ),
}


def test_there_are_at_least_forty_seeded_faults():
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_the_one_that_is_found(name, scope):
    data, *expected = FAULTS[name]
    assert seen(data, scope) == [tuple(expected)]


def test_all_faults_of_a_template_are_told_at_once(scope):
    body = (
        p("{{ staad }} en {{ bijdrage|safe }}")
        + p("{% if stad %}x")
        + rows(["Wat"], ["{%tr for i in ingrepen %}"], ["{{ i.waat }}"], ["{%tr endfor %}"])
        + p("{{ buurt")
        + p(picture())
    )
    assert [(code, place) for code, _part, place, _meant in seen(template(body, styled=None), scope)] == [
        ("SJB-01", "alinea 1"),
        ("SJB-06", "alinea 1"),
        ("SJB-03", "alinea 2"),
        ("SJB-01", "tabel 1, rij 3, cel 1"),
        ("SJB-02", "alinea 3"),
        ("SJB-12", "alinea 4"),
        ("SJB-11", ""),
    ]


def test_a_fault_shows_the_words_around_it(scope):
    data = template(p("De stad {{ staad }} krijgt {{ bijdrage|euro }}."))
    (fault,) = examine(data, scope, "nl_BE")
    assert fault.around == "De stad {{ staad }} krijgt {{ bijdrage|euro }}."
    assert fault.tag == "{{ staad }}"


SOUND = {
    "plain words": p("Een gewone brief."),
    "a value": p("{{ stad }}"),
    "a value without spaces": p("{{stad}}"),
    "a value over several runs": split("{", "{ st", "ad }", "}"),
    "a value with a filter": p("{{ bijdrage|euro }}"),
    "a value from a record": p("{{ afzender.naam }}"),
    "a value from a list": p("{{ ondertekenaar[0].naam }}"),
    "a parameter of the call": p("{{ parameters.bijdrage_maximum|euro }}"),
    "a total of a column": p("{{ ingrepen|total('raming')|in_euro }}"),
    "a condition in a sentence": p("{% if bijdrage > 100 %}veel{% elif bijdrage > 10 %}wat{% else %}weinig{% endif %}"),
    "a condition within a condition": p("{% if stad %}{% if buurt %}x{% endif %}{% endif %}"),
    "a condition over paragraphs": p("{%p if stad is given %}")
    + p("x")
    + p("{%p else %}")
    + p("y")
    + p("{%p endif %}"),
    "a sentence that a condition opens and a later one closes": p("a{% if stad %}b") + p("c{% endif %}d"),
    "a loop in a sentence": p("{% for i in ingrepen %}{{ i.wat }}{% if not loop.last %}, {% endif %}{% endfor %}"),
    "a loop with a condition of its own": p("{% for i in ingrepen if i.raming > 0 %}{{ i.wat }}{% endfor %}"),
    "a loop with an else": p("{% for i in ingrepen %}{{ i.wat }}{% else %}geen{% endfor %}"),
    "a loop over paragraphs": p("{%p for i in ingrepen %}") + p("{{ i.wat }}") + p("{%p endfor %}"),
    "a loop over rows": rows(["Wat", "Kost"], [LOOP, ""], ["{{ i.wat }}", "{{ i.raming|euro }}"], [END, ""]),
    "a row loop within a row loop": rows(
        ["Wat"], [LOOP], ["{%tr for t in thema %}"], ["{{ i.wat }}: {{ t }}"], ["{%tr endfor %}"], [END]
    ),
    "a condition on rows": rows(["Wat"], ["{%tr if stad is given %}"], ["{{ stad }}"], ["{%tr endif %}"]),
    "a loop over cells": rows(["Wat"], ["{%tc for i in ingrepen %}", "{{ i.wat }}", "{%tc endfor %}"]),
    "a loop within a cell": rows(["Wat"], ["{% for i in ingrepen %}{{ i.wat }} {% endfor %}"]),
    "paragraphs in a cell": rows(["Wat"], [p("{%p for i in ingrepen %}") + p("{{ i.wat }}") + p("{%p endfor %}")]),
    "a loop around a table": p("{%p for i in ingrepen %}") + rows(["Wat"], ["{{ i.wat }}"]) + p("{%p endfor %}"),
    "a table within a cell": rows(["Wat"], [rows(["Deel"], [LOOP], ["{{ i.wat }}"], [END]) + p("x")]),
    "a run tag": p(r("{%r if stad is given %}") + r("x") + r("{%r endif %}")),
    "a comment": p("x{# hier komt niets #}y"),
    "a comment with a misspelt name": p("x{# {{ staad }} #}y"),
    "a paragraph that is a comment": p("{#p niets #}"),
    "a name that is set": p("{%p set wie = stad %}") + p("{{ wie }}"),
    "a block that is set": p("{% set zin %}{{ stad }}{% endset %}{{ zin }}"),
    "a macro": p("{% macro twee(x) %}{{ x }} en {{ x }}{% endmacro %}{{ twee(stad) }}"),
    "a with": p("{% with wie = stad %}{{ wie }}{% endwith %}"),
    "merged paragraphs": p("a {%- if stad %}") + p("b") + p("{%- endif %}"),
    "a column span": rows(["Wat", "Kost"], ["{% colspan ingrepen|length %}{{ stad }}", "x"]),
    "a colour of a cell": rows(["Wat"], ["{% cellbg '33AAFF' %}{{ stad }}"]),
    "cells merged down": rows(["Wat"], [LOOP], ["{% vm %}{{ stad }}"], [END]),
    "cells merged across": rows(["Wat"], ["{%tc for i in ingrepen %}", "{% hm %}{{ stad }}", "{%tc endfor %}"]),
    "quotes around a tag": p("«{{ stad }}» en “{{ buurt }}”, foto’s van {{ stad }}"),
    "guillemets in a text of a tag": p("{{ eerdere_steun|optional('«geen»') }}"),
    "a whole number and a percentage in the text": p("1.5 is geen tag, {{ bijdrage + 2 }} wel"),
    "braces that are no tag": p("{a} en } en { en 100 %"),
    "a percent sign in a tag": p("{{ '%03d' % bijdrage }}"),
    "a text that looks like a closing tag": p("{{ eerdere_steun|optional('%') }}"),
    "raw": p("{% raw %}{{ niets }}{% endraw %}"),
    "a text box": p(box(p("{{ stad }}"))),
    "a text box in a loop": p(r("{% for i in ingrepen %}") + box(p("{{ i.wat }}")) + r("{% endfor %}")),
    "a picture with alt text": p(picture(' descr="Kaart van {{ buurt }}"')),
    "a picture that is decoration": p(
        picture(
            "",
            "<pic:pic/>",
        ).replace(
            'name="Beeld 1"/>',
            'name="Beeld 1"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
            "</wp:docPr>",
        )
    ),
    "a row of a fixed height that keeps distance": tbl(tr(tc("{{ stad }}")), tr(tc(""), properties=FIXED)),
    "a row that is at least so high": tbl(tr(tc("{{ stad }}"), properties=FIXED.replace("exact", "atLeast"))),
    "a layout table without a header": tbl(tr(tc("Stad"), tc("{{ stad }}")), tr(tc("Buurt"), tc("{{ buurt }}"))),
    "a layout table with bold labels": tbl(
        tr(tc(bold("Stad")), tc("{{ stad }}")), tr(tc(bold("Buurt")), tc("{{ buurt }}"))
    ),
    "a row of a label and a value above a loop": rows(
        ["Stad", "{{ stad }}"], [LOOP, ""], ["{{ i.wat }}", "{{ i.raming }}"], [END, ""], header=False
    ),
    "a table of signatures that repeats": tbl(tr(tc("{%tr for m in metingen %}")), tr(tc("{{ m.wie }}")), tr(tc(END))),
    "a header row of two rows": tbl(
        tr(tc("Wat"), properties=HEADER), tr(tc("en hoe"), properties=HEADER), tr(tc(LOOP)), tr(tc("x")), tr(tc(END))
    ),
    "a content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{p('{{ stad }}')}</w:sdtContent></w:sdt>",
    "a field with a tag in its code": p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE "{{ stad }}"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "an inserted tag": p(f'<w:ins w:id="1">{r("{{ stad }}")}</w:ins>'),
    "a tracked deletion without tags": p(
        r("{{ stad }}") + '<w:del w:id="1"><w:r><w:delText>oud</w:delText></w:r></w:del>'
    ),
}
WHOLE = {
    "tags in header and footer": template(
        p("x"),
        header1=part("hdr", p("{%p if draft %}") + p("ONTWERP") + p("{%p endif %}")),
        footer1=part("ftr", p("{{ number }}")),
    ),
    "a tag in a footnote": template(p("x"), footnotes=note("footnote", p("{{ stad }}"))),
    "a tag in the title": template(p("x"), more=core("<dc:title>{{ stad }}</dc:title>")),
    "the title as Word repeats it": template(
        p("x"),
        more={
            **core("<dc:title>{{ stad }}</dc:title>"),
            "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'extended-properties"><TitlesOfParts><lpstr>{{ stad }}</lpstr></TitlesOfParts></Properties>',
        },
    ),
    "a comment without tags": template(
        p("x"), comments=part("comments", f'<w:comment w:id="0" w:author="Noor">{p("Nog na te kijken")}</w:comment>')
    ),
    "the language in the normal style": template(
        p("x"),
        styled=f'<w:styles {SPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Standaard">'
        '<w:rPr><w:lang w:val="nl-NL"/></w:rPr></w:style></w:styles>',
    ),
}


def test_there_are_at_least_forty_sound_templates():
    assert len(SOUND) + len(WHOLE) >= 40


@pytest.mark.parametrize("name", [*SOUND, *WHOLE])
def test_a_sound_template_gives_no_fault(name, scope):
    assert seen(template(SOUND[name]) if name in SOUND else WHOLE[name], scope) == []


@pytest.fixture(scope="module")
def facts():
    """A dossier in which everything is filled in, as a paper of it reads that."""
    call = load(SECOND_CALL)
    example = first(call, call.form)
    made = gather(call, example.dossier, today=TODAY, use=Use.DRAFT)
    return {**made, "draft": True, "paper_date": TODAY}


def test_a_tag_in_an_endnote_is_filled_and_no_fault(scope):
    data = template(p("Een."), endnotes=note("endnote", p("{{ stad }}")))
    assert seen(data, scope) == []
    made = word.render(compile_template(data, "x.docx"), {"stad": "Gent"}, made_on=dt.date(2021, 12, 20)).content
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b">Gent<" in archive.read("word/endnotes.xml")


@pytest.mark.parametrize("name", [*SOUND, *WHOLE])
def test_docxtpl_itself_fills_every_sound_template(name, facts):
    """What counts as sound is not ours to say: docxtpl must fill it, and leave whole XML without a tag."""
    filled = DocxTemplate(io.BytesIO(template(SOUND[name]) if name in SOUND else WHOLE[name]))
    filled.render(facts, writing.environment())
    made = io.BytesIO()
    filled.save(made)
    with zipfile.ZipFile(made) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part.startswith("word/")}
    for part_name, content in parts.items():
        etree.fromstring(content)
        if name != "raw":
            assert b"{{" not in content, part_name
            assert b"{%" not in content, part_name


@pytest.mark.parametrize(("call", "count"), [("wijkverbeteringscontract", 6), (SECOND_CALL, 3)])
def test_the_templates_of_the_project_and_of_the_tests_are_sound(call, count):
    loaded = load(call)
    found = faults_of_templates(loaded, of_forms(loaded))
    assert len(found) == count
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_what_only_a_screen_reader_misses_is_told_and_stops_no_run(tmp_path):
    folder = copy_call(tmp_path)
    (templates(folder) / "antwoordbrief.docx").write_bytes(template(p("{{ stad }}") + p(picture()), styled=None))
    call = load(folder)
    assert [fault.code for fault in hold(call)] == ["SJB-12", "SJB-11"]
    assert hold_work(call) == []
