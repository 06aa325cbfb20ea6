"""Every part of our papers equals what docxtpl itself makes of the same template, whatever the answers hold."""

import datetime as dt
import io
import zipfile

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import expression, extract, readers, resources
from pipeline.check import check
from pipeline.dossier import Dossier
from pipeline.errors import DefinitionError, Unreadable
from pipeline.expression import NotJudged, Use, record
from pipeline.facts import gather
from pipeline.language import speaking
from pipeline.library.load import load
from pipeline.renderers import choosing, template, word, writing
from pipeline.renderers.paper import _Desk
from pipeline.visible import visible
from tests import complete_dossier as complete
from tests import docxtpl_itself as itself
from tests.docxtpl_building import footnotes, paragraphs, several, table
from tests.docxtpl_features import FACTS, FEATURES, Feature

CALL = "wijkverbeteringscontract"
DAY = dt.date(2021, 12, 20)
EXTRA = {
    "dubbel": lambda text: text + text,
    "map_naam": lambda rows, name: [row[name] for row in rows],
}


@pytest.fixture(autouse=True, scope="module")
def filters():
    """Let both know filters of our own, as a call's templates do."""
    for environment in (writing.environment(), writing.for_docxtpl()):
        environment.filters |= EXTRA
    yield
    for environment in (writing.environment(), writing.for_docxtpl()):
        for name in EXTRA:
            del environment.filters[name]


def environment():
    """Jinja as docxtpl comes with it, but strict."""
    made = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    made.filters |= EXTRA
    return made


def ours(data, facts, objects=None):
    compiled = template.compile_template(data, "sjabloon.docx", objects)
    read = {name: record(value, name) for name, value in facts.items()}
    return compiled, word.render(compiled, read, made_on=DAY).content


@pytest.mark.parametrize("feature", FEATURES, ids=str)
def test_a_feature_gives_what_docxtpl_gives_and_is_filled_the_way_decided_when_compiling(feature):
    data = feature.template()
    objects = None
    if feature.objects:
        objects = template.Objects(
            frozenset(feature.names),
            lambda filling, facts, _wanted: feature.objects(filling, facts) if feature.names else {},
            feature.replacements,
        )
    compiled, paper = ours(data, feature.facts, objects)
    assert {why.value for why in compiled.by_docxtpl} == feature.why
    wanted = itself.rendered(data, feature.facts, environment(), feature.objects)
    made, expected = itself.parts(paper), itself.parts(wanted)
    assert made.keys() == expected.keys()
    for name, content in expected.items():
        assert made[name] == content, name
    assert itself.properties(paper) == itself.properties(wanted)
    assert ours(data, feature.facts, objects)[1] == paper


# ------------------------------------------------------------------------------------- our own templates


def plain():
    """The language of templates, without the way in which our papers write a value."""
    made = expression.markup().overlay()
    made.filters = {**made.filters, **choosing.FILTERS}
    made.tests = {**made.tests, **choosing.TESTS}
    return made


def dossiers(call):
    """Give every Word form of the demo as a dossier, every second one decided; and what each joins."""
    sources = sorted((resources.FORMS / CALL / "voorbeelden").rglob("*.docx"))
    main = complete.dossier(call)
    for number, source in enumerate(sources):
        try:
            document = readers.read(source.read_bytes(), source.name)
            form = extract.identify(document, call)
        except Unreadable:  # an attachment, or damaged
            continue
        answers = extract.extract(document, call.forms[form], call).answers
        made = Dossier("WVC-2021-0001", call.key, form, source=document.source, answers=answers)
        if form == call.main_form:
            yield source.name, complete.decided(made) if number % 2 else made, None
        else:
            yield source.name, made, complete.decided(main)


def test_every_part_of_our_papers_of_the_demo_equals_what_docxtpl_makes():
    call = load(CALL)
    seen = {}
    with speaking(call.language):
        for source, dossier, main in dossiers(call):
            findings = check(call, dossier, gather(call, dossier, today=DAY, main=main))
            desk = _Desk(call, dossier, (tuple(findings), ()), DAY, DAY, main)
            for paper in (paper for paper in call.papers if paper.form == dossier.form):
                row = 1 if paper.each else None
                try:
                    facts = desk._with_paper(paper, row, Use.DRAFT, ("Een reden.",))
                except (IndexError, NotJudged):  # there is no row to make it for
                    continue
                data = (call.templates / paper.template).read_bytes()
                compiled = template.read(call.templates / paper.template)
                assert not compiled.by_docxtpl
                made = itself.parts(word.render(compiled, facts, made_on=DAY).content)
                wanted = itself.parts(itself.rendered(data, facts, plain()), ended=True)
                assert made.keys() == wanted.keys()
                for name, content in wanted.items():
                    assert made[name] == content, (source, paper.key, name)
                seen[paper.template] = seen.get(paper.template, 0) + 1
    assert seen.keys() == {paper.template for paper in call.papers}
    assert sum(seen.values()) > 20, seen


# ------------------------------------------------------------------------------------- whatever an answer holds

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cs", "Cc", "Co", "Cf")),
        st.sampled_from("\a\f\t\n\r\x00\x0b&<>\"'{}%_#]["),
    ),
    max_size=40,
)
PIECES = [
    "{{",
    "{%",
    "%}",
    "}}",
    "{_{",
    "}_}",
    "]]>",
    "<w:p>",
    "</w:t>",
    "&#0;",
    "&amp;",
    "\ud800",
    "\ufffe",
    "<!--",
    "{#",
]
ANSWERS = st.lists(st.one_of(HOSTILE, st.sampled_from(PIECES)), max_size=8).map("".join)
FAST = several(paragraphs("voor {{ a }} na {{ b }}", "{% if a %}¦{{ b }}{% endif %}."), table(("{{ a }}", "x")))
SLOW = several(FAST, table(("{% cellbg kleur %}{{ a }}", "{{ b }}")))
BUILT = {build: template.compile_template(Feature("", build).template(), "x.docx") for build in (FAST, SLOW)}


@pytest.mark.parametrize("build", [FAST, SLOW], ids=["compiled", "docxtpl"])
@settings(max_examples=25, deadline=None)
@given(a=ANSWERS, b=ANSWERS)
def test_whatever_an_answer_holds_the_paper_is_whole_and_shows_it_as_text(build, a, b):
    paper = word.render(BUILT[build], {"a": a, "b": b, "kleur": "FFCC00"}, made_on=DAY).content
    itself.parts(paper)
    first, second = (visible(each) for each in (a, b))
    shown = [f"voor {first} na {second}", f"{second if a else ''}.", first, "x"]
    if build is SLOW:
        shown += [first, second]
    assert itself.texts(paper) == shown
    assert word.render(BUILT[build], {"a": a, "b": b, "kleur": "FFCC00"}, made_on=DAY).content == paper


@settings(max_examples=15, deadline=None)
@given(a=ANSWERS, b=ANSWERS)
def test_whatever_an_answer_holds_when_cleaned_it_gives_what_docxtpl_gives(a, b):
    facts = {name: visible(text).replace("_", "-") for name, text in (("a", a), ("b", b))}  # it takes {_{ for a brace
    wanted = itself.parts(itself.rendered(Feature("", FAST).template(), facts, environment()))
    assert itself.parts(word.render(BUILT[FAST], facts, made_on=DAY).content) == wanted


def test_a_hostile_answer_in_an_attribute_stays_in_it():
    for nasty in ('"/><w:p/>', "{{ a }}", "\ud800\x00'\n\t", "]]>&<"):
        paper = word.render(BUILT[SLOW], {"a": "a", "b": "b", "kleur": nasty}, made_on=DAY).content
        assert itself.texts(paper) == ["voor a na b", "b.", "a", "x", "a", "b"]


@pytest.mark.parametrize("build", [FAST, SLOW], ids=["compiled", "docxtpl"])
def test_a_megabyte_in_an_answer_stands_in_the_paper_whole(build):
    long = (("Wijk & <straat> {{ x }} " * 40 + "\n") * 1100)[: 1 << 20]
    assert len(long) == 1 << 20
    paper = word.render(BUILT[build], {"a": long, "b": "b", "kleur": "FFCC00"}, made_on=DAY).content
    assert itself.texts(paper)[2] == long


# ------------------------------------------------------------------------------------- where ours is better


def test_endnotes_are_filled_too_which_docxtpl_leaves():
    for build in (footnotes("endnotes"), several(footnotes("endnotes"), table(("{% cellbg kleur %}a", "b")))):
        _compiled, paper = ours(Feature("", build).template(), FACTS)
        with zipfile.ZipFile(io.BytesIO(paper)) as archive:
            assert "Noot Gent &amp; «Zelzate»" in archive.read("word/endnotes.xml").decode()


def test_a_hostile_answer_in_an_attribute_of_an_endnote_stays_in_it():
    build = footnotes("endnotes", '<w:ind w:left="{{ kleur }}"/>')
    _compiled, paper = ours(Feature("", build).template(), {**FACTS, "kleur": '1"/><w:t>x</w:t><w:b w:val="'})
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        root = itself.etree.fromstring(archive.read("word/endnotes.xml"))
    assert [node.text for node in root.iter(f"{itself.W}t")] == ["Noot Gent & «Zelzate»"]


def test_markup_that_does_not_hold_together_is_told_and_not_mended():
    build = several(paragraphs("{% for r in rijen %}"), table(("{% endfor %}", "a")))
    with pytest.raises(DefinitionError, match=r"word/document\.xml: De tags openen en sluiten niet"):
        ours(Feature("", build).template(), FACTS)


def test_a_fault_in_a_template_that_docxtpl_fills_has_its_place():
    build = paragraphs("{% macro m() %}x{% endmacro %}", "Het {{ m() }} van {{ gemente }}")
    with pytest.raises(DefinitionError, match=r"word/document\.xml: «.*gemente.*»: 'gemente' is undefined"):
        ours(Feature("", build).template(), FACTS)


def test_a_template_that_docxtpl_fills_cannot_reach_into_python():
    build = paragraphs("{% macro m() %}x{% endmacro %}", "{{ gemeente.__class__.__mro__ }}")
    with pytest.raises(DefinitionError):
        ours(Feature("", build).template(), FACTS)
