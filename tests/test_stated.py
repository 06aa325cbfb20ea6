"""What a paper states: every value printed in it, with the answers that it is of, and never others."""

from __future__ import annotations

import datetime as dt
import html
import io
import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from pipeline import expression, renderers
from pipeline.dossier import Act, ActKind, State
from pipeline.expression import Use
from pipeline.facts import gather
from pipeline.library.load import load
from pipeline.renderers import recording, template, word
from pipeline.stated import How, PaperStated, Stated, decode, encode, folded, seek
from pipeline.stated.statement import unfolded
from pipeline.values import FieldType
from tests import complete_dossier as complete
from tests import template_files
from tests.docxtpl_features import FEATURES
from tests.random_answers import Maker
from tests.word_files import p as paragraph

DAY = dt.date(2021, 12, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = {FieldType.TEXT, FieldType.LONGTEXT}


@pytest.fixture(scope="module")
def call():
    return load("wijkverbeteringscontract")


def papers(call, dossier, **named):
    made = renderers.papers(call, dossier, findings=(), today=DAY, record=True, **named)
    return [paper for paper in made if isinstance(paper, renderers.Paper)]


def stated(call, dossier, key="afsprakenkader"):
    return next(paper for paper in papers(call, dossier) if paper.key == key).stated


def of(statements, text):
    """What the statements with this text are of, each in order."""
    return [(each.how.value, each.of) for each in statements if each.text.replace("\u00a0", " ") == text]


def printed(content):
    """All text of a Word file, a line for each paragraph."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
                paragraphs = etree.fromstring(package.read(name)).iter(f"{W}p")
                lines += ["".join(node.text or " " for node in each.iter(f"{W}t", f"{W}br")) for each in paragraphs]
    return "\n".join(lines)


# ------------------------------------------------------------------ each answer says where it stands itself


def marked(call, dossier):
    """The dossier, in which every text names its own place, and every amount is one that stands nowhere else."""
    amounts: dict[Decimal, str] = {}

    def mark(field, answer, target):
        if field.type in _TEXT and answer.text and field.key != "id":
            said = f"«{target}»"
            return replace(answer, text=said, value=said)
        if field.type is FieldType.AMOUNT and answer.value is not None:
            amount = Decimal(3001 + 7 * len(amounts))
            amounts[amount] = target
            return replace(answer, text=str(amount), value=amount)
        return answer

    made = {}
    for field in call.forms[dossier.form].fields():
        answer = dossier.answers[field.key]
        if field.columns:
            rows = []
            for number, row in enumerate(answer.rows, start=1):
                cells = {
                    column.key: mark(column, row.cells[column.key], f"{field.key}.{number}.{column.key}")
                    for column in field.columns
                }
                rows.append(replace(row, cells=cells))
            made[field.key] = replace(answer, rows=tuple(rows))
        else:
            made[field.key] = mark(field, answer, field.key)
    return replace(dossier, answers=made), amounts


@pytest.mark.parametrize("is_decided", [False, True])
def test_each_text_and_amount_is_of_the_place_that_it_names_itself_and_none_is_left_out(call, is_decided):
    dossier, amounts = marked(call, complete.dossier(call))
    dossier = complete.decided(dossier) if is_decided else dossier
    seen = 0
    for paper in papers(call, dossier):
        in_print = set(re.findall(r"«([a-z_]+(?:\.\d+\.[a-z_]+)?)»", printed(paper.content)))
        told = {}
        for each in paper.stated:
            if each.how is How.READ and (own := re.fullmatch("«(.*)»", each.text)):
                assert each.of == (own[1],)
                told[own[1]] = each
            if each.how is How.READ and re.fullmatch(r"€\u00a0[\d.]+,\d\d|[\d.]+\u00a0euro", each.text):
                amount = Decimal(re.sub(r"[^\d,]", "", each.text).replace(",", "."))
                assert amount not in amounts or each.of == (amounts[amount],)
                seen += amount in amounts
        assert set(told) >= {name for name in in_print if re.match(r"[a-z_]+(\.\d+\.)?", name)}, paper.key
        seen += len(told)
    assert seen > 100


def test_all_that_is_stated_stands_in_the_paper(call):
    for paper in papers(call, complete.decided(complete.dossier(call))):
        text = re.sub(r"\s+", " ", printed(paper.content))
        for each in paper.stated:
            assert re.sub(r"\s+", " ", each.text).strip() in text, (paper.key, each)


def test_the_texts_of_a_paper_are_the_same_whether_they_are_taken_down_or_not(call):
    dossier = complete.decided(complete.dossier(call))
    usual = renderers.papers(call, dossier, findings=(), today=DAY)
    assert [(p.filename, p.content, p.stated) for p in usual] == [
        (p.filename, p.content, ()) for p in papers(call, dossier)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_answered_all_that_is_stated_stands_in_the_paper(call, seed):
    chance = random.Random(seed)
    dossier = complete.dossier(call, Maker(seed, call).form(call.form))
    gaps = [State.EMPTY, State.NOT_FOUND, State.DOUBTFUL]
    answers = {
        key: replace(answer, state=chance.choice(gaps), value=None, rows=()) if chance.random() < 0.1 else answer
        for key, answer in dossier.answers.items()
    }
    for made in (replace(dossier, answers=answers), complete.decided(dossier)):
        for paper in papers(call, made):
            text = re.sub(r"\s", "", printed(paper.content))
            assert [each for each in paper.stated if re.sub(r"\s", "", each.text) not in text] == [], paper.key


WITH_OWN_FILTERS = {"filters", "curly quotes in a tag"}
"""They use filters that only the test of docxtpl itself adds."""


@pytest.mark.parametrize(
    "feature", [each for each in FEATURES if not each.objects and each.name not in WITH_OWN_FILTERS], ids=str
)
def test_a_feature_of_docxtpl_states_what_it_prints(call, feature):
    compiled = template.compile_template(feature.template(), "sjabloon.docx")
    facts = {name: expression.record(value, name) for name, value in feature.facts.items()}
    with zipfile.ZipFile(io.BytesIO(word.render(compiled, facts, made_on=DAY).content)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    markup = "".join(html.unescape(data.decode()) for name, data in members.items() if name.endswith(".xml"))
    text = re.sub(r"\s", "", markup + re.sub(r"<[^<>]*>", "", markup))
    told = recording.record(compiled, facts, call, "aanvraag")
    assert [each for each in told if re.sub(r"\s", "", each.text) not in text] == []


# ------------------------------------------------------------------------------- what is not read as it is


def test_a_sum_is_of_the_cells_that_were_added(call):
    statements = stated(call, complete.decided(complete.dossier(call)))
    assert of(statements, "€ 1.000.000,00") == [
        ("computed", ("acties.1.kost", "acties.2.kost")),
        ("computed", ("begroting.1.bedrag", "begroting.2.bedrag", "begroting.3.bedrag")),
        ("computed", ("financieringsbronnen.1.bedrag", "financieringsbronnen.2.bedrag")),
    ]
    assert of(statements, "€ 560.000,00") == [("computed", ("begroting.1.subsidie", "begroting.3.subsidie"))]


def test_a_sum_over_no_rows_is_of_the_table(call):
    assert of(stated(call, complete.dossier(call)), "€ 0,00") == [("computed", ("begroting",))]


def test_a_named_value_is_of_what_its_expression_takes(call):
    # eigen_inbreng: financieringsbronnen van het eigen bestuur; alleen rij 2
    assert of(stated(call, complete.dossier(call)), "200.000 euro") == [
        ("computed", ("financieringsbronnen.2.bedrag",))
    ]


def test_a_value_that_several_rows_share_is_of_each_of_them(call):
    statements = stated(call, complete.dossier(call))
    assert of(statements, "2022") == [("read", ("begroting.1.jaar", "begroting.3.jaar"))]
    assert of(statements, "2023") == [("read", ("begroting.2.jaar",))]


def test_a_day_that_was_reckoned_is_of_the_day_and_the_parameter(call):
    assert of(stated(call, complete.dossier(call)), "30 juni 2026") == [
        ("computed", ("einddatum", "parameters.evaluatietermijn"))
    ]


def test_what_an_official_decided_is_of_the_decision_and_not_of_the_amount_asked(call):
    statements = stated(call, complete.decided(complete.dossier(call), "700000.00"))
    assert of(statements, "700.000 euro") == [("read", ("granted",))]
    assert of(statements, "800.000 euro") == [("read", ("gevraagde_subsidie",))]
    assert of(statements, "100.000 euro") == [("computed", ("gevraagde_subsidie", "granted"))]
    assert of(statements, "17 december 2021") == [("read", ("decision.date",))]


def test_words_that_an_answer_chooses_are_of_that_answer(call):
    statements = stated(call, complete.dossier(call))
    assert of(statements, "hard") == [("chosen", ("acties.2.aard",))]
    assert of(statements, "het college van burgemeester en schepenen") == [("chosen", ("validaties.1.orgaan",))]


def test_a_gap_is_told_as_missing_with_its_answer(call):
    statements = stated(call, complete.dossier(call, einddatum=None))
    assert of(statements, "[ontbreekt: Einddatum]") == [
        ("missing", ("einddatum",)),
        ("missing", ("einddatum", "parameters.evaluatietermijn")),
    ]
    assert of(statements, "–") == [("missing", ("mijlpalen.2.actie",)), ("missing", ("mijlpalen.2.resultaat",))]


def test_each_paragraph_of_a_longer_answer_is_of_that_answer(call):
    statements = stated(call, complete.dossier(call))
    assert of(statements, "Een team van twee buurtregisseurs werkt vanuit een huis in de wijk.") == [
        ("read", ("samenvatting",))
    ]


def test_a_text_of_the_definitions_is_of_these_and_of_the_answers_that_it_names(call):
    told = [
        each for each in stated(call, complete.dossier(call)) if each.text.startswith("Het lokaal bestuur Gent ver")
    ]
    assert [(each.how.value, each.of) for each in told] == [("computed", ("clauses.verantwoording.text", "gemeente"))]


def test_a_paper_of_a_form_that_joined_tells_which_answers_are_of_the_dossier(call):
    main = complete.decided(complete.dossier(call))
    meeting = complete.dossier(call, form="vergadering")
    (paper,) = papers(call, meeting, main=main)
    assert of(paper.stated, "Gent") == [("read", ("aanvraag.gemeente",))]
    assert of(paper.stated, "800.000 euro") + of(paper.stated, "€ 800.000,00") == [("read", ("aanvraag.granted",))]
    assert of(paper.stated, "An Willems") == [("read", ("leden.2.naam",))]


def test_a_correction_that_a_letter_tells_is_of_that_correction(call):
    act = Act(ActKind.CORRECT, "acties.2.kost", "300.000", dt.date(2021, 7, 22), why="telefonisch", by="N. Dossier")
    statements = stated(call, complete.dossier(call, acts=(act,)), "volledigheidsbrief")
    assert of(statements, "telefonisch") == [("read", ("corrections.1.why",))]


# ------------------------------------------------------------------- what a template can do with a value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ gemeente|upper }}", [("GENT", "read", ("gemeente",))]),
        ("{{ gemeente ~ ' en ' ~ wijk_naam }}", [("Gent en Muide-Meulestede", "computed", ("gemeente", "wijk_naam"))]),
        ("{% set naam = gemeente %}{{ naam }}", [("Gent", "read", ("gemeente",))]),
        (
            "{% for a in acties %}{% set t = a.titel %}{{ t }}{% endfor %}",
            [
                ("Buurtregisseurs in de wijk", "read", ("acties.1.titel",)),
                ("Wijkpunt in de oude school", "read", ("acties.2.titel",)),
            ],
        ),
        ("{{ (acties|last).titel }}", [("Wijkpunt in de oude school", "read", ("acties.2.titel",))]),
        ("{{ acties[1].titel }}", [("Wijkpunt in de oude school", "read", ("acties.2.titel",))]),
        (
            "{% if acties|length == 1 %}een{% elif acties %}meer{% else %}geen{% endif %}",
            [("meer", "chosen", ("acties",))],
        ),
        ("{{ acties|length }}", [("2", "computed", ("acties",))]),
        ("{% for a in acties %}{{ loop.index }}{% endfor %}", [("1", "computed", ()), ("2", "computed", ())]),
        ("{{ gemeente if startdatum is given else adres }}", [("Gent", "read", ("gemeente",))]),
        ("{{ 'ja' if regelluwe_zone else 'nee' }}", [("nee", "computed", ("regelluwe_zone",))]),
        (
            "{% for a in acties|where('aard', 'hard') %}{{ a.titel }}{% endfor %}",
            [("Wijkpunt in de oude school", "read", ("acties.2.titel",))],
        ),
        (
            "{% for gemeente in acties %}{{ gemeente.titel }}{% endfor %}{{ gemeente }}",
            [
                ("Buurtregisseurs in de wijk", "read", ("acties.1.titel",)),
                ("Wijkpunt in de oude school", "read", ("acties.2.titel",)),
                ("Gent", "read", ("gemeente",)),
            ],
        ),
        (
            "{{ acties|column('titel')|words }}",
            [
                (
                    "Buurtregisseurs in de wijk en Wijkpunt in de oude school",
                    "computed",
                    ("acties.1.titel", "acties.2.titel"),
                )
            ],
        ),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(gemeente) }}", [("Gent", "read", ("gemeente",))]),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(x=gemeente)|upper }}", [("GENT", "computed", ("gemeente",))]),
        ("{% macro m(x=wijk_naam) %}{{ x }}{% endmacro %}{{ m() }}", [("Muide-Meulestede", "read", ("wijk_naam",))]),
        ("{% macro m() %}{{ gemeente }}{% endmacro %}{{ m() }}", [("Gent", "read", ("gemeente",))]),
        ("{% macro m() %}{{ gemeente }}{% endmacro %}{% set n = m() %}{{ n }}", [("Gent", "computed", ("gemeente",))]),
        (
            "{% macro m() %}{{ gemeente }}{% endmacro %}{% if m() %}{{ wijk_naam }}{% endif %}",
            [("Muide-Meulestede", "read", ("wijk_naam",))],
        ),
        (
            (
                "{% macro m(x) %}{{ x }}{% endmacro %}{% macro n(x) %}{{ m(x) }} en {{ m(wijk_naam) }}{% endmacro %}"
                "{{ n(gemeente) }}"
            ),
            [("Gent", "read", ("gemeente",)), ("Muide-Meulestede", "read", ("wijk_naam",))],
        ),
        (
            (
                "{% macro m(x) %}{{ x }}: {{ caller(wijk_naam) }}{% endmacro %}"
                "{% call(naam) m(gemeente) %}{{ naam }} ({{ startdatum|date_short }}){% endcall %}"
            ),
            [
                ("Gent", "read", ("gemeente",)),
                ("Muide-Meulestede", "read", ("wijk_naam",)),
                ("01/01/2022", "read", ("startdatum",)),
            ],
        ),
        ("{% filter upper %}{{ gemeente }}{% endfilter %}", [("GENT", "read", ("gemeente",))]),
        (
            "{% filter upper %}stad {{ gemeente }}, {{ wijk_naam }}{% endfilter %}",
            [("STAD GENT, MUIDE-MEULESTEDE", "computed", ("gemeente", "wijk_naam"))],
        ),
        (
            "{% filter upper %}{% for a in acties %}{{ a.titel }} {% endfor %}{% endfilter %}",
            [
                (
                    "BUURTREGISSEURS IN DE WIJK WIJKPUNT IN DE OUDE SCHOOL ",
                    "computed",
                    ("acties.1.titel", "acties.2.titel"),
                )
            ],
        ),
        ("{{ gemeente.replace('G', 'g') }}", [("gent", "computed", ("gemeente",))]),
        ("{% filter upper %}vaste woorden{% endfilter %}", []),
        ("{% with naam = gemeente %}{{ naam }}{% endwith %}", [("Gent", "read", ("gemeente",))]),
        (
            "{% with a = acties|first, b = gemeente %}{{ a.titel }}{{ b }}{% endwith %}{{ wijk_naam }}",
            [
                ("Buurtregisseurs in de wijk", "read", ("acties.1.titel",)),
                ("Gent", "read", ("gemeente",)),
                ("Muide-Meulestede", "read", ("wijk_naam",)),
            ],
        ),
        ("{% set naam %}{{ gemeente }}{% endset %}{{ naam }}", [("Gent", "read", ("gemeente",))]),
        ("{% set naam %}stad {{ gemeente }}{% endset %}{{ naam }}", [("stad Gent", "computed", ("gemeente",))]),
        (
            "{% if regelluwe_zone %}{% set w = 'wel' %}{% else %}{% set w = 'niet' %}{% endif %}{{ w }}",
            [("niet", "computed", ("regelluwe_zone",))],
        ),
        ("{% block kop %}{{ gemeente }}{% endblock %}", [("Gent", "read", ("gemeente",))]),
        ("{% autoescape true %}{{ gemeente }}{% endautoescape %}", [("Gent", "read", ("gemeente",))]),
        ("{{ acties|selectattr('aard', 'equalto', 'hard')|list|length }}", [("1", "computed", ("acties",))]),
        ("{{ grond_afbakening|length }}", [("2", "computed", ("grond_afbakening",))]),
    ],
)
def test_what_a_template_makes_of_a_value_keeps_its_place_or_says_that_it_was_computed(call, source, expected):
    read = template.compile_template(template_files.template(paragraph(source)), "proef.docx")
    facts = gather(call, complete.dossier(call), today=DAY, use=Use.FINAL)
    word.render(read, facts, made_on=DAY)
    told = recording.record(read, facts, call, "aanvraag")
    assert [(each.text, each.how.value, each.of) for each in told] == expected


# --------------------------------------------------------------------------------------- kept and found


def test_what_papers_state_is_kept_and_comes_back(call):
    made = papers(call, complete.decided(complete.dossier(call)))
    listed = [PaperStated(f"{p.filename}.docx", p.key, "0" * 64, p.stated) for p in made]
    back = decode(encode(listed))
    assert [(each.file, each.key, each.sha256) for each in back] == [(e.file, e.key, e.sha256) for e in listed]
    assert [set(each.stated) for each in back] == [set(each.stated) for each in listed]


@pytest.mark.parametrize(
    ("targets", "short"),
    [
        (("acties.1.kost", "acties.2.kost", "acties.4.kost"), ["acties.1-2,4.kost"]),
        (("gemeente", "acties.3.kost"), ["gemeente", "acties.3.kost"]),
        (("aanvraag.acties.1.kost", "aanvraag.acties.2.kost"), ["aanvraag.acties.1-2.kost"]),
        (("acties.1", "acties.2"), ["acties.1-2"]),
        (("findings.FIN-02.message",), ["findings.FIN-02.message"]),
    ],
)
def test_cells_of_a_column_are_written_short_and_come_back(targets, short):
    assert folded(targets) == short
    assert unfolded(short) == targets


STATEMENTS = (
    Stated("€ 800.000,00", How.READ, ("acties.1.kost",)),
    Stated("800.000\u00a0euro", How.READ, ("granted",)),
    Stated("800", How.READ, ("indicatoren.1.streefwaarde",)),
    Stated("1 januari 2022", How.READ, ("startdatum",)),
    Stated("0207.451.227", How.READ, ("ondernemingsnummer",)),
    Stated("We starten op 1 januari 2022 met 800.000 euro.", How.READ, ("monitoring",)),
    Stated("Muide-Meulestede", How.READ, ("wijk_naam",)),
)


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ("800000", ["acties.1.kost", "granted"]),
        ("€ 800.000", ["acties.1.kost", "granted"]),
        ("800 000,00 EUR", ["acties.1.kost", "granted"]),
        ("0,8 miljoen", ["acties.1.kost", "granted"]),
        ("800", ["indicatoren.1.streefwaarde"]),
        ("2022-01-01", ["startdatum"]),
        ("1/1/2022", ["startdatum"]),
        ("0207451227", ["ondernemingsnummer"]),
        ("muide", ["wijk_naam"]),
        ("starten op 1 januari 2022", ["monitoring"]),
        ("met 800.000 euro", ["monitoring"]),
        ("00", []),
        ("80.000", []),
        ("2022", ["startdatum", "monitoring"]),
        ("", []),
    ],
)
def test_a_value_is_found_in_any_usual_spelling_and_as_a_part_but_not_inside_a_larger_number(value, places):
    assert [each.of[0] for each in seek(STATEMENTS, value, "").stated] == places


def test_what_is_not_there_gives_what_comes_close():
    assert seek(STATEMENTS, "Muide-Meulestde", "").near[0] == "Muide-Meulestede"
