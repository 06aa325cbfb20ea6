"""The expression language: gaps in three uses, filters, the sandbox."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from pipeline.errors import PaperRefused
from pipeline.expression import (
    Chosen,
    Gap,
    NotJudged,
    Record,
    Use,
    evaluate,
    fill,
    holds,
    markup,
    missing,
    plus_days,
    plus_months,
    plus_years,
    sketch,
)

NBSP = "\u00a0"


def gap(use=Use.JUDGE, state="empty", label="Naam van de wijk", **more):
    return Gap(label, state, use, "wijk", **more)


def row(**cells):
    return Record(cells, "begroting")


def rows(*amounts):
    return tuple(row(bedrag=amount) for amount in amounts)


# --------------------------------------------------------------------------------- gaps


@pytest.mark.parametrize(
    "use_of_gap",
    [
        "wijk == 'Rabot'",
        "wijk != 'Rabot'",
        "'Rabot' == wijk",
        "wijk in ('Rabot', 'Sluizeken')",
        "'a' in wijk",
        "not wijk",
        "wijk and true",
        "wijk|length > 3",
        "wijk|upper",
        "wijk + 1",
        "1 - wijk",
        "1 < wijk",
        "wijk.lengte",
        "wijk[0]",
        "wijk is number",
        "wijk is none",
        "3 is divisibleby wijk",
        "10|percent(wijk)",
        "-wijk",
    ],
)
def test_a_rule_that_uses_a_gap_is_not_judged(use_of_gap):
    with pytest.raises(NotJudged) as met:
        holds(use_of_gap, {"wijk": gap()})
    assert met.value.gap.label == "Naam van de wijk"


def test_a_gap_that_is_the_whole_condition_is_not_judged_either():
    with pytest.raises(NotJudged):
        holds("wijk", {"wijk": gap()})


@pytest.mark.parametrize(
    ("state", "true", "false"),
    [
        ("empty", ("empty", "absent"), ("given", "not_found", "doubtful")),
        ("not_found", ("not_found", "absent"), ("given", "empty", "doubtful")),
        ("doubtful", ("doubtful",), ("given", "empty", "not_found", "absent")),
    ],
)
def test_only_the_tests_of_state_may_ask_about_a_gap(state, true, false):
    facts = {"wijk": gap(state=state)}
    assert all(holds(f"wijk is {test}", facts) for test in true)
    assert not any(holds(f"wijk is {test}", facts) for test in false)


def test_an_answer_that_is_not_needed_because_of_what_stands_before_it_is_not_met():
    facts = {"wijk": gap(), "kost": Decimal(5)}
    assert holds("kost > 1 or wijk == 'x'", facts)
    assert not holds("kost > 9 and wijk == 'x'", facts)


def test_a_draft_shows_a_gap_wherever_it_is_printed():
    facts = {"wijk": gap(Use.DRAFT), "kost": gap(Use.DRAFT, label="Kost")}
    shown = fill(
        "{{ wijk }} / {{ wijk|upper }} / {{ (kost * 2)|euro }} / {{ wijk.deel }} / {{ 3|percent(kost) }}", facts
    )
    wijk, kost = "[ontbreekt: Naam van de wijk]", "[ontbreekt: Kost]"
    assert shown == f"{wijk} / {wijk} / {kost} / {wijk} / {kost}"


def test_a_draft_shows_one_row_of_gaps_for_a_table_that_is_a_gap():
    table = gap(Use.DRAFT, label="Acties", columns={"titel": "Titel", "kost": "Kost"})
    shown = fill("{% for a in t %}{{ loop.length }}: {{ a.titel }} {{ a.kost|euro }}{% endfor %}", {"t": table})
    assert shown == "1: [ontbreekt: Titel] [ontbreekt: Kost]"


def test_a_draft_shows_a_gap_over_which_a_loop_goes():
    assert (
        fill("{% for t in thema %}{{ t }}{% endfor %}", {"thema": gap(Use.DRAFT, label="Thema")})
        == "[ontbreekt: Thema]"
    )


@pytest.mark.parametrize(
    "template", ["{{ wijk }}", "{{ wijk|upper }}", "{% if wijk %}x{% endif %}", "{% for w in wijk %}{% endfor %}"]
)
def test_a_final_paper_is_refused_for_a_gap_and_says_which(template):
    with pytest.raises(PaperRefused, match="Naam van de wijk"):
        fill(template, {"wijk": gap(Use.FINAL)})


def test_a_final_paper_may_leave_out_what_is_not_given():
    assert fill("{% if wijk is given %}{{ wijk }}{% endif %}.", {"wijk": gap(Use.FINAL)}) == "."


def test_a_table_that_nobody_has_to_fill_is_no_rows_when_left_empty():
    facts = {"sponsors": gap(label="Sponsors", columns={"gift": "Gift"}, optional=True)}
    assert evaluate("sponsors|total('gift')", facts) == 0
    assert evaluate("sponsors|length", facts) == 0
    assert not holds("sponsors", facts)
    assert fill("{% for s in sponsors %}x{% endfor %}", facts) == ""
    assert holds("sponsors is empty", facts)


def test_a_table_that_nobody_has_to_fill_stays_a_gap_when_it_is_doubtful_or_not_found():
    for state in ("doubtful", "not_found"):
        with pytest.raises(NotJudged):
            evaluate("sponsors|total('gift')", {"sponsors": gap(state=state, columns={"gift": "Gift"}, optional=True)})


def test_a_message_may_be_sketched_from_the_facts_of_a_rule():
    assert sketch("De wijk is {{ wijk }}.", {"wijk": gap(), "kost": 1}) == "De wijk is [ontbreekt: Naam van de wijk]."


def test_every_answer_that_an_expression_needs_is_named_the_one_met_first_in_front():
    first, second, third = gap(label="Eén"), gap(label="Twee"), gap(label="Drie", optional=True)
    facts = {"a": first, "b": second, "c": third, "d": Decimal(1)}
    assert missing("b > 1 and a + c > d", facts, second) == ("Twee", "Eén")
    assert missing("(a is given or d > 1) and b > 1", facts, second) == ("Twee",)


# ------------------------------------------------------------------------------ filters


def test_total_adds_decimals_to_the_cent():
    facts = {"begroting": rows(Decimal("0.10"), Decimal("0.20"), Decimal("799999.71"))}
    assert evaluate("begroting|total('bedrag')", facts) == Decimal("800000.01")


def test_total_counts_an_empty_cell_of_an_optional_column_as_nothing():
    facts = {"begroting": rows(Decimal(5), gap(optional=True))}
    assert evaluate("begroting|total('bedrag')", facts) == 5


@pytest.mark.parametrize(
    "cell", [gap(), gap(state="doubtful", optional=True), gap(state="not_found", optional=True), gap(state="doubtful")]
)
def test_total_is_not_judged_with_a_cell_that_is_needed_or_doubtful(cell):
    with pytest.raises(NotJudged):
        evaluate("begroting|total('bedrag')", {"begroting": rows(Decimal(5), cell)})


def test_total_in_a_draft_is_a_gap_when_one_cell_is():
    facts = {"begroting": rows(Decimal(5), gap(Use.DRAFT, label="Bedrag"))}
    assert fill("{{ begroting|total('bedrag')|euro }}", facts) == "[ontbreekt: Bedrag]"


def test_where_keeps_the_rows_with_one_of_the_values():
    kosten = tuple(row(soort=Chosen(soort, soort.title()), bedrag=Decimal(n)) for n, soort in enumerate("abca", 1))
    assert evaluate("kosten|where('soort', 'a', 'c')|total('bedrag')", {"kosten": kosten}) == 1 + 3 + 4


def test_where_finds_a_value_among_several_choices():
    acties = (row(thema=(Chosen("wonen", "Wonen"), Chosen("werk", "Werk"))), row(thema=(Chosen("zorg", "Zorg"),)))
    assert evaluate("acties|where('thema', 'werk')|length", {"acties": acties}) == 1


def test_where_in_a_draft_loses_no_row_of_which_the_kind_is_a_gap_and_totals_nothing_silently():
    kosten = (row(soort="a", bedrag=Decimal(1)), row(soort=gap(Use.DRAFT, label="Soort"), bedrag=Decimal(2)))
    facts = {"kosten": kosten}
    assert fill("{% for k in kosten|where('soort', 'a') %}{{ k.soort }};{% endfor %}", facts) == "a;[ontbreekt: Soort];"
    assert fill("{{ kosten|where('soort', 'a')|total('bedrag') }}", facts) == "[ontbreekt: Soort]"


def test_column_leaves_out_only_what_nobody_has_to_answer():
    facts = {"r": (row(naam="An"), row(naam=gap(optional=True)))}
    assert evaluate("r|column('naam')", facts) == ["An"]
    with pytest.raises(NotJudged):
        evaluate("r|column('naam')", {"r": (row(naam="An"), row(naam=gap()))})


def test_what_a_filter_keeps_can_be_counted_and_is_false_when_empty():
    facts = {"r": (row(naam="An"), row(naam=gap()))}
    assert evaluate("r|selectattr('naam', 'given')|length", facts) == 1
    assert not holds("r|selectattr('naam', 'doubtful')", facts)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (dt.date(2025, 12, 31), 6, dt.date(2026, 6, 30)),
        (dt.date(2025, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2022, 1, 15), 12, dt.date(2023, 1, 15)),
        (dt.date(2022, 3, 31), -1, dt.date(2022, 2, 28)),
        (dt.date(2022, 11, 30), 1, dt.date(2022, 12, 30)),
    ],
)
def test_months_are_added_and_clipped_to_the_end_of_the_month(day, months, result):
    assert plus_months(day, Decimal(months)) == result


def test_years_are_added_and_29_february_becomes_28():
    assert plus_years(dt.date(2024, 2, 29), Decimal(4)) == dt.date(2028, 2, 29)
    assert plus_years(dt.date(2024, 2, 29), Decimal(1)) == dt.date(2025, 2, 28)
    assert plus_days(plus_years(dt.date(2022, 1, 1), 4), -1) == dt.date(2025, 12, 31)


def test_months_keep_the_hour_of_a_moment():
    assert plus_months(dt.datetime(2021, 8, 31, 14, 30, tzinfo=dt.UTC), 6) == dt.datetime(
        2022, 2, 28, 14, 30, tzinfo=dt.UTC
    )


def test_half_a_month_is_refused():
    with pytest.raises(UndefinedError):
        evaluate("d|plus_months(m)", {"d": dt.date(2021, 1, 1), "m": Decimal("1.5")})


def test_the_day_of_a_moment_is_that_of_brussels():
    facts = {"m": dt.datetime(2021, 7, 19, 22, 0, tzinfo=dt.UTC)}
    assert evaluate("m|day", facts) == dt.date(2021, 7, 20)
    assert fill("{{ m|date_long }} {{ m|date_short }}", facts) == "20 juli 2021 20/07/2021"


def test_amounts_numbers_and_dates_are_written_as_in_dutch():
    facts = {"b": Decimal("1234567.5"), "n": 12, "d": dt.date(2021, 3, 1), "p": Decimal("16.666"), "j": True}
    assert fill("{{ b|euro }}", facts) == f"€{NBSP}1.234.567,50"
    assert fill("{{ n|in_euro }}", facts) == f"12{NBSP}euro"
    assert fill("{{ d }}; {{ d|date_short }}; {{ j }}", facts) == "1 maart 2021; 01/03/2021; ja"
    assert fill("{{ p|percent }}", facts) == f"16,67{NBSP}%"


def test_a_percentage_just_under_its_limit_never_shows_as_the_limit():
    share = Decimal("143826.00") * 100 / Decimal("719132.50")
    assert fill("{{ p|percent(g) }}", {"p": share, "g": Decimal(20)}) == f"19,9999{NBSP}%"


@pytest.mark.parametrize("source", ["naam|euro", "naam|number", "naam|date_long", "rij", "rijen|total('naam')", "leeg"])
def test_a_value_of_the_wrong_kind_is_a_fault_and_never_text(source):
    facts = {"naam": "x", "rij": row(naam="x"), "rijen": (row(naam="x"),), "leeg": None}
    with pytest.raises(UndefinedError):
        fill("{{ " + source + " }}", facts)


def test_numbers_that_identify_are_written_and_tested():
    facts = {"kbo": "0207500123", "iban": "BE68539007547034", "goed": "naam@voorbeeld.be", "fout": "naam@"}
    assert fill("{{ kbo|kbo }} {{ iban|iban }}", facts) == "0207.500.123 BE68 5390 0754 7034"
    assert holds("iban is valid_iban and goed is email and fout is not email and '9000' is postcode", facts)


# ------------------------------------------------------------------- choices and records


def test_a_choice_compares_by_its_key_and_prints_as_its_label():
    facts = {"aard": Chosen("hard", "Hard & kordaat"), "aarden": (Chosen("a", "A"), Chosen("b", "B & C"))}
    assert holds("aard == 'hard' and aard in ('hard', 'zacht')", facts)
    assert fill("{{ aard }}; {{ aard ~ '!' }}; {{ aarden|join(', ') }}; {{ aarden|words }}", facts) == (
        "Hard & kordaat; Hard & kordaat!; A, B & C; A en B & C"
    )
    assert markup().from_string("{{ aard }} {{ aarden|join(', ') }}").render(facts) == (
        "Hard &amp; kordaat A, B &amp; C"
    )


def test_choices_and_records_survive_a_trip_to_another_process():
    made = pickle.loads(pickle.dumps((Chosen("a", "A"), row(naam=Chosen("b", "B")))))
    assert (made[0], made[0].label, made[1].naam.label) == ("a", "A", "B")
    back = pickle.loads(pickle.dumps(gap(columns={"kost": "Kost"}, optional=True)))
    assert (back.label, back.columns, back.is_no_rows) == ("Naam van de wijk", {"kost": "Kost"}, True)


@pytest.mark.parametrize(
    "source",
    [
        "rij.naan",
        "rij['naan']",
        "rijen|total('naan')",
        "rijen|where('naan', 1)",
        "rijen|column('naan')",
        "wikj",
        "wikj is given",
        "rij.naan is given",
    ],
)
def test_a_misspelt_name_is_never_nothing(source):
    with pytest.raises(UndefinedError, match=r"naan|wikj"):
        evaluate(source, {"rij": row(naam="x"), "rijen": (row(naam="x"),)})


@pytest.mark.parametrize(
    "source", ["a|defalt", "a|default(1)", "a is defined", "a|sum", "a|attr('b')", "a|map('upper')", "1 +"]
)
def test_what_would_hide_a_slip_or_lose_a_cent_does_not_exist(source):
    with pytest.raises(TemplateSyntaxError):
        evaluate(source, {"a": 1})


# ------------------------------------------------------------------------------ sandbox


@pytest.mark.parametrize(
    "source",
    [
        "''.__class__",
        "''.__class__.__mro__",
        "rij.__class__",
        "rij._values",
        "rij.mapped",
        "rijen.__getitem__",
        "gekozen.__reduce__",
        "''.format.__globals__",
        "'{0.__class__}'.format(rij)",
        "lijst.append(1)",
        "range(9)",
        "cycler",
        "getal.__init__.__globals__",
    ],
)
def test_an_expression_reaches_nothing_but_its_facts(source):
    facts = {
        "rij": row(naam="x"),
        "rijen": (row(naam="x"),),
        "gekozen": Chosen("a", "A"),
        "lijst": [],
        "getal": Decimal(1),
    }
    with pytest.raises((TemplateError, TypeError)):
        str(evaluate(source, facts))
    assert facts["lijst"] == []


def test_a_gap_gives_nothing_of_itself_to_a_template():
    for name in ("__class__", "_refuse", "meet", "used_by", "use", "columns"):
        assert fill("{{ wijk." + name + " }}", {"wijk": gap(Use.DRAFT)}) == "[ontbreekt: Naam van de wijk]"


def test_what_an_answer_says_is_never_a_template():
    facts = {"wijk": "{{ 7*7 }} <b>&"}
    assert fill("{{ wijk }}", facts) == "{{ 7*7 }} <b>&"
    assert markup().from_string("{{ wijk }}").render(facts) == "{{ 7*7 }} &lt;b&gt;&amp;"
