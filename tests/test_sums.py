"""Sums as checks on what was read: amounts by hand, at one cent to each side of what is right."""

import functools
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from pipeline.document import Location
from pipeline.dossier import Act, ActKind, Answer, Row, State
from pipeline.errors import DefinitionError
from pipeline.extract import as_read, correct, hold_sums
from pipeline.language import NBSP
from pipeline.library import load
from tests.call_copies import change, copy_call

GIVEN, EMPTY, DOUBTFUL = State.GIVEN, State.EMPTY, State.DOUBTFUL
SCAN = ("scan.pdf",)
BUDGET = {
    "gevraagde_subsidie": "70.00",
    "acties": [
        {"id": "A1", "kost": "60.00", "subsidie": "40.00", "eigen": "20.00"},
        {"id": "A2", "kost": "40.00", "subsidie": "30.00", "eigen": "5.00", "andere": "5.00"},
    ],
    "begroting": [
        {"actie": "A1", "bedrag": "25.00", "subsidie": "15.00"},
        {"actie": "a1 Wijkteam", "bedrag": "35.00", "subsidie": "25.00"},
        {"actie": "A2", "bedrag": "40.00", "subsidie": "30.00"},
    ],
    "financieringsbronnen": [
        {"type": "subsidie", "bedrag": "70.00"},
        {"type": "eigen", "bedrag": "25.00"},
        {"type": "privaat", "bedrag": "5.00"},
    ],
}
"""A budget in which every sum of the form holds; added by hand."""


@functools.cache
def call():
    return load("wijkverbeteringscontract")


def answers(changes: Mapping[str, str | None] = MappingProxyType({}), **others) -> dict[str, Answer]:
    """Give the budget as read from a scan, with some amounts otherwise: `begroting.3.bedrag` → what was read."""
    made = {asked.key: Answer(asked.key, EMPTY) for asked in call().form.fields()}
    for name, value in BUDGET.items():
        if isinstance(value, str):
            made[name] = said(name, changes.get(name, value), **others)
            continue
        columns = {column.key: column for column in call().form.field(name).columns}
        rows = []
        for number, row in enumerate(value, 1):
            cells = {key: Answer(key, EMPTY) for key in columns}
            for key, text in row.items():
                cells[key] = said(key, changes.get(f"{name}.{number}.{key}", text), **others)
            rows.append(Row(number, cells))
        made[name] = Answer(name, GIVEN, rows=tuple(rows), method="grid")
    return made


def said(key: str, text: str | None, *, source: str = "scan.pdf", method: str = "grid", sure: float = 0.95) -> Answer:
    """Give an answer as read; None is an amount of which nothing is certain."""
    place = Location(source, page=1)
    if text is None:
        return Answer(key, DOUBTFUL, "5?,00", None, (), place, method, 0.0, "Niet zeker gelezen.")
    value = Decimal(text) if text.replace(".", "").isdecimal() else text
    return Answer(key, GIVEN, text, value, (), place, method, sure)


def held(changes: Mapping[str, str | None], inexact=SCAN, **others):
    return hold_sums(call().form, answers(changes, **others), inexact)


def at(made: Mapping[str, Answer], spot: str) -> Answer:
    name, _dot, cell = spot.partition(".")
    number, _dot, column = cell.partition(".")
    return made[name].rows[int(number) - 1].cells[column] if cell else made[name]


def doubtful(made: Mapping[str, Answer]) -> set[str]:
    found = {name for name, answer in made.items() if answer.state is DOUBTFUL}
    for name, answer in made.items():
        for row in answer.rows:
            found |= {f"{name}.{row.number}.{key}" for key, cell in row.cells.items() if cell.state is DOUBTFUL}
    return found


def test_every_sum_of_the_form_holds_and_nothing_becomes_doubtful():
    assert doubtful(held({})) == set()


@pytest.mark.parametrize("amount", ["39.99", "40.01"])
def test_an_amount_one_cent_off_in_a_scan_makes_doubtful_what_nothing_else_confirms(amount):
    made = held({"begroting.3.bedrag": amount})
    # A2 and the whole fail; kost of A2 adds up from its own sources, A1 adds up, and the requested subsidy does
    assert doubtful(made) == {"begroting.3.bedrag", "financieringsbronnen.2.bedrag", "financieringsbronnen.3.bedrag"}
    problem = at(made, "begroting.3.bedrag").problem
    assert "(A2)» klopt niet" in problem or "begroting» klopt niet" in problem
    assert amount.replace(".", ",") in problem or f"{Decimal(amount) + 60}".replace(".", ",") in problem


def test_the_reason_says_the_sum_both_amounts_and_the_amount_that_would_be_right():
    made = held({"acties.2.andere": "50.00"})
    assert doubtful(made) == {"acties.2.andere", "acties.2.eigen"}  # kost and subsidie agree with the budget
    assert at(made, "acties.2.andere").problem == (
        "«De kost van een actie is de som van haar subsidie, eigen inbreng en andere bronnen (A2)» klopt niet: "
        f"€{NBSP}40,00 tegenover €{NBSP}85,00; zie na of dit goed gelezen is."
    )


@pytest.mark.parametrize("inexact", [(), ("ander.pdf",)])
def test_a_difference_in_a_word_file_is_the_applicants(inexact):
    for spot in ("begroting.3.bedrag", "gevraagde_subsidie", "acties.1.kost"):
        assert doubtful(held({spot: "41.00"}, inexact)) == set()


@pytest.mark.parametrize("method", ["control", "correction"])
def test_what_stands_in_a_form_field_or_was_corrected_is_not_doubted(method):
    assert doubtful(held({"gevraagde_subsidie": "70.01"}, method=method)) == set()


@pytest.mark.parametrize(
    ("spot", "right"),
    [
        ("begroting.3.bedrag", "40,00"),
        ("begroting.2.subsidie", "25,00"),
        ("acties.2.andere", "5,00"),
        ("gevraagde_subsidie", "70,00"),
        ("financieringsbronnen.1.bedrag", "70,00"),
        ("financieringsbronnen.3.bedrag", "5,00"),
    ],
)
@pytest.mark.parametrize("inexact", [(), SCAN])
def test_the_only_doubtful_amount_of_a_sum_is_proposed_and_never_used(spot, right, inexact):
    made = held({spot: None}, inexact)
    answer = at(made, spot)
    assert doubtful(made) == {spot}
    assert answer.problem.startswith("Niet zeker gelezen. «")
    assert answer.problem.endswith(f"» klopt als hier €{NBSP}{right} staat.")
    assert answer.value is None


def test_two_doubtful_amounts_in_every_sum_have_no_proposal():
    made = held({"acties.2.andere": None, "acties.2.eigen": None})
    assert at(made, "acties.2.andere").problem == "Niet zeker gelezen."


def test_sums_that_would_have_different_amounts_propose_none():
    # by the budget 70, by the sources 71
    made = held({"gevraagde_subsidie": None, "financieringsbronnen.1.bedrag": "71.00"}, ())
    assert made["gevraagde_subsidie"].problem == "Niet zeker gelezen."


def test_no_amount_below_zero_is_proposed():
    made = held({"acties.2.andere": None, "acties.2.eigen": "10.01"}, ())
    assert made["acties"].rows[1].cells["andere"].problem == "Niet zeker gelezen."


def test_amounts_of_a_sum_that_holds_are_surer_and_a_doubtful_one_stays_doubtful():
    made = held({"acties.2.andere": None})
    assert at(made, "gevraagde_subsidie").confidence == 0.99
    assert at(made, "begroting.1.bedrag").confidence == 0.99
    assert at(made, "acties.2.eigen").confidence == 0.95  # nothing else adds it up
    assert at(held({}, sure=1.0), "gevraagde_subsidie").confidence == 1.0


def test_nothing_against_nothing_makes_no_amount_surer():
    nothing = {f"acties.2.{column}": "0.00" for column in ("kost", "subsidie", "eigen", "andere")}
    assert at(held(nothing, ()), "acties.2.eigen").confidence == 0.95


def test_a_row_of_which_the_choice_is_doubtful_leaves_its_sum_open():
    # of the sources 60 is subsidy, and perhaps more; the budget says 70
    read = answers({"gevraagde_subsidie": None, "financieringsbronnen.1.bedrag": "60.00"})
    rows = list(read["financieringsbronnen"].rows)
    rows[1] = replace(rows[1], cells={**rows[1].cells, "type": replace(rows[1].cells["type"], state=DOUBTFUL)})
    read["financieringsbronnen"] = replace(read["financieringsbronnen"], rows=tuple(rows))
    made = hold_sums(call().form, read, ())
    assert made["gevraagde_subsidie"].problem.endswith(f"begroting» klopt als hier €{NBSP}70,00 staat.")


def test_a_table_whose_rows_are_doubtful_proves_nothing():
    read = answers({"begroting.3.bedrag": "41.00"})
    read["begroting"] = replace(read["begroting"], state=DOUBTFUL, problem="Misschien een rij te veel.")
    made = hold_sums(call().form, read, SCAN)
    assert doubtful(made) == {"begroting"}
    assert at(made, "begroting.1.bedrag").confidence == 0.95


def test_a_required_amount_that_lacks_leaves_its_group_open_and_the_others_are_held():
    read = answers({"acties.1.eigen": "21.00"})
    rows = list(read["begroting"].rows)
    rows[2] = replace(rows[2], cells={**rows[2].cells, "bedrag": Answer("bedrag", EMPTY)})
    read["begroting"] = replace(read["begroting"], rows=tuple(rows))
    made = hold_sums(call().form, read, SCAN)
    assert doubtful(made) == {"acties.1.eigen"}


def test_a_row_in_the_wrong_group_is_doubted_where_all_amounts_add_up():
    made = held({"begroting.3.actie": "A1"})
    assert "begroting.3.actie" in doubtful(made)
    assert not {spot for spot in doubtful(made) if spot.startswith("acties")} - {"acties.1.id", "acties.2.id"}


def test_one_correction_takes_back_what_the_sum_made_doubtful_elsewhere():
    read = answers({"begroting.3.bedrag": "46.00"})
    first = hold_sums(call().form, read, SCAN)
    assert len(doubtful(first)) == 3
    act = Act(ActKind.CORRECT, target="begroting.3.bedrag", value="40,00")
    after = correct(first, act, call().form, call())
    assert doubtful(hold_sums(call().form, as_read(after, first, read), SCAN)) == set()
    assert read["begroting"].rows[2].cells["bedrag"].value == Decimal(46)


SUM = """
[[sum]]
key = "kost"
title = "De kost van de ingrepen is de bijdrage, het eigen deel en de giften samen"
left = ["ingrepen.raming"]
right = ["bijdrage", "eigen_deel", "sponsors.gift"]
"""
FAULTS = [
    # old, new, key, suggestion
    ('"ingrepen.raming"', '"ingrepen.ramig"', "sum.kost.left[1]", "ingrepen.raming"),
    ('"bijdrage"', '"bijdrge"', "sum.kost.right[1]", "bijdrage"),
    ('"bijdrage"', '"buurt"', "sum.kost.right[1]", ""),
    ('"ingrepen.raming"', '"ingrepen.wat"', "sum.kost.left[1]", ""),
    ('"ingrepen.raming"', '"ingrepen"', "sum.kost.left[1]", ""),
    ('"bijdrage"', '"ingrepen.raming"', "sum.kost.right[1]", ""),
    ('"bijdrage"', '"eigen_deel"', "sum.kost.right[2]", ""),
    ('["ingrepen.raming"]', "[]", "sum.kost.left", ""),
    ('left = ["ingrepen.raming"]\n', "", "sum.kost.left", ""),
    ('title = "De', 'titel = "De', "sum.kost.titel", "title"),
    ("left =", "where.ingrepen.soort = ['gren']\nleft =", "sum.kost.where.ingrepen.soort[1]", "groen"),
    ("left =", "where.ingrepen.sort = ['groen']\nleft =", "sum.kost.where.ingrepen.sort", "soort"),
    ("left =", "where.ingrepn.soort = ['groen']\nleft =", "sum.kost.where.ingrepn", "ingrepen"),
    ("left =", "where.ingrepen.wat = ['x']\nleft =", "sum.kost.where.ingrepen.wat", ""),
    ("left =", "match.ingrepen = 'soort'\nleft =", "sum.kost.match", ""),
    ("left =", "match = {ingrepen = 'sort', sponsors = 'sponsor'}\nleft =", "sum.kost.match.ingrepen", "soort"),
    ("left =", "match = {ingrepen = 'soort', sponsors = 'sponsor'}\nleft =", "sum.kost.right[1]", ""),
    ("left =", "each = 'ingrepe'\nleft =", "sum.kost.each", "ingrepen"),
    ("left =", "each = 'ingrepen'\nleft =", "sum.kost.right[1]", ""),
    ("left =", "each = 'ingrepen'\nmatch.ingrepen = 'soort'\nleft =", "sum.kost.match", ""),
    ('totals = ["totaal"]\n', "", "totals", ""),
    ('totals = ["totaal"]', 'totals = "totaal"', "totals", ""),
    ('totals = ["totaal"]', 'totals = [" "]', "totals", ""),
]


def test_a_sum_in_the_definition_of_another_call_is_read(tmp_path):
    folder = with_sum(tmp_path)
    (found,) = load(folder).forms["voorstel"].sums
    assert [term.name for term in found.right] == ["bijdrage", "eigen_deel", "sponsors.gift"]


@pytest.mark.parametrize(("old", "new", "key", "suggestion"), FAULTS, ids=[fault[1][:40] for fault in FAULTS])
def test_a_fault_in_a_sum_is_named_with_its_place_and_what_was_meant(tmp_path, old, new, key, suggestion):
    folder = with_sum(tmp_path)
    content = (folder / "voorstel.toml").read_text(encoding="utf-8")
    before, mark, definition = content.rpartition("\n[[sum]]")
    if old in definition:
        (folder / "voorstel.toml").write_text(before + mark + definition.replace(old, new, 1), encoding="utf-8")
    else:
        change(folder, "voorstel.toml", old, new)
    with pytest.raises(DefinitionError) as met:
        load(folder)
    assert ("voorstel.toml", key, suggestion) in [(f.file, f.key, f.suggestion) for f in met.value.faults]


def test_a_sum_that_stands_twice_is_a_fault(tmp_path):
    folder = with_sum(tmp_path)
    with (folder / "voorstel.toml").open("a", encoding="utf-8") as file:
        file.write(SUM)
    with pytest.raises(DefinitionError, match="kost"):
        load(folder)


def with_sum(folder):
    made = copy_call(folder)
    with (made / "voorstel.toml").open("a", encoding="utf-8") as file:
        file.write(SUM)
    return made
