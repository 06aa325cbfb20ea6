"""Filters that hold tables against each other: numbers, names, files, sums and rows that agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from jinja2 import UndefinedError

from pipeline.expression import Chosen, Gap, NotJudged, Record, Use, evaluate


def rows(*records):
    return tuple(Record(each, "rij") for each in records)


EMPTY_OPTIONAL = Gap("Subsidie", "empty", Use.JUDGE, optional=True)
DOUBTFUL = Gap("Subsidie", "doubtful", Use.JUDGE)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("P1", ["P1"]),
        ("p1, P3 en p4", ["P1", "P3", "P4"]),
        ("P1;P2/P3 & P4", ["P1", "P2", "P3", "P4"]),
        ("P1 P2", ["P1", "P2"]),
        ("P\N{NO-BREAK SPACE}1", ["P1"]),
        ("A1 - A3", ["A1", "A2", "A3"]),
        ("a1 t.e.m. 3", ["A1", "A2", "A3"]),
        ("A3 - A1", ["A3"]),
        ("A1 (regie, taal) en A2: plein", ["A1", "A2"]),
        ("P1, P1", ["P1"]),
        ("12", ["12"]),
        ("Wijkregie", ["WIJKREGIE"]),
        ("", []),
    ],
)
def test_numbers_are_found_however_a_person_writes_them(text, numbers):
    assert evaluate("cel|ids", {"cel": text}) == numbers


def test_a_range_that_no_form_could_hold_is_not_counted_out():
    assert evaluate("cel|ids", {"cel": "A1 - A999999999"}) == ["A1"]


def test_a_number_named_in_two_cells_counts_twice():
    assert evaluate("cellen|ids", {"cellen": ["P1, P1", "P1"]}) == ["P1", "P1"]


def test_names_in_a_cell_are_folded_one_by_one():
    assert evaluate("cel|parts", {"cel": "Zorghuis;  OCMW Gent\nvzw De  Brug,"}) == [
        "zorghuis",
        "ocmw gent",
        "vzw de brug",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bijlagen/Besluit GR.PDF", ["besluit gr"]),
        ("bijlagen\\besluit.docx; kaart.png", ["besluit", "kaart"]),
        ("kaart v1.2", ["kaart v1.2"]),
    ],
)
def test_file_names_lose_their_folder_and_their_ending(text, names):
    assert evaluate("cel|file_names", {"cel": text}) == names


def test_what_is_no_text_is_a_fault_of_the_definition():
    with pytest.raises(UndefinedError, match="geen tekst"):
        evaluate("cel|ids", {"cel": 12})


def test_sums_are_made_by_key_and_keep_the_order_of_the_rows():
    facts = {
        "begroting": rows(
            {"actie": "A2", "bedrag": Decimal("0.10"), "subsidie": EMPTY_OPTIONAL},
            {"actie": "a1: regie", "bedrag": Decimal("0.20"), "subsidie": Decimal(1)},
            {"actie": "A2 Plein", "bedrag": Decimal("0.30"), "subsidie": Decimal(2)},
        )
    }
    found = evaluate("begroting|sums('actie', 'bedrag', 'subsidie')", facts)
    assert [(each.key, each.total) for each in found] == [("A2", Decimal("2.40")), ("A1", Decimal("1.20"))]


def test_a_sum_over_a_doubtful_cell_is_not_judged():
    with pytest.raises(NotJudged):
        evaluate("begroting|sums('actie', 'subsidie')", {"begroting": rows({"actie": "A1", "subsidie": DOUBTFUL})})


def test_a_misspelt_column_is_a_fault_of_the_definition():
    with pytest.raises(UndefinedError, match="«bedarg»"):
        evaluate("begroting|sums('actie', 'bedarg')", {"begroting": rows({"actie": "A1", "bedrag": Decimal(1)})})


def test_sums_stand_side_by_side_with_zero_where_one_side_lacks():
    facts = {
        "links": rows({"id": "A1", "kost": Decimal(1)}, {"id": "A2", "kost": Decimal(2)}),
        "rechts": rows({"actie": "A2", "bedrag": Decimal(2)}, {"actie": "A3", "bedrag": Decimal(3)}),
    }
    found = evaluate("links|sums('id', 'kost')|against(rechts|sums('actie', 'bedrag'), 'Kost')", facts)
    assert [(each.what, each.key, each.left, each.right) for each in found] == [
        ("Kost", "A1", 1, 0),
        ("Kost", "A2", 2, 2),
        ("Kost", "A3", 0, 3),
    ]


def test_rows_agree_when_every_column_named_agrees():
    facts = {
        "begroting": rows(
            {"actie": "A1 Regie", "jaar": 2022, "soort": "werking"},
            {"actie": "A1", "jaar": 2023, "soort": "werking"},
            {"actie": "A2", "jaar": 2022, "soort": "werking"},
        ),
        "row": Record({"actie": "a1", "jaar": 2022, "soort": "werking"}, "rij"),
    }
    assert [each.actie for each in evaluate("begroting|same(row, 'actie', 'jaar', 'soort')", facts)] == ["A1 Regie"]


def test_a_row_that_may_agree_is_not_judged():
    facts = {
        "begroting": rows({"actie": "A1", "jaar": DOUBTFUL}),
        "row": Record({"actie": "A1", "jaar": 2022}, "rij"),
    }
    with pytest.raises(NotJudged):
        evaluate("begroting|same(row, 'actie', 'jaar')", facts)


def test_a_row_that_cannot_agree_does_not_stop_the_judgement():
    facts = {
        "begroting": rows({"actie": "A2", "jaar": DOUBTFUL}),
        "row": Record({"actie": "A1", "jaar": 2022}, "rij"),
    }
    assert evaluate("begroting|same(row, 'actie', 'jaar')|length", facts) == 0


def test_absent_is_empty_or_not_found_and_never_doubtful():
    facts = {state: Gap("x", state, Use.JUDGE) for state in ("empty", "not_found", "doubtful")} | {"given": "x"}
    assert [evaluate(f"{name} is absent", facts) for name in facts] == [True, True, False, False]


@pytest.mark.parametrize(
    ("name", "text"),
    [("lower", "andere kosten"), ("upper", "ANDERE KOSTEN"), ("string", "Andere kosten"), ("trim", "Andere kosten")],
)
def test_text_made_of_a_choice_is_made_of_its_label(name, text):
    assert evaluate(f"soort|{name}", {"soort": Chosen("andere", "Andere kosten")}) == text
