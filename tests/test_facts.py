"""What officials did with a dossier is there for rules and papers to say."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.document import Location
from pipeline.dossier import Act, ActKind, Corrected, Dossier, Fate, Read, State
from pipeline.expression import Use, fill, holds
from pipeline.facts import gather
from pipeline.library import load

DAY = dt.date(2021, 7, 22)


def facts_of(*acts: Act, use: Use = Use.JUDGE):
    dossier = Dossier("WVC-2021-0001", "wijkverbeteringscontract", "aanvraag", answers={}, acts=acts)
    return gather(load("wijkverbeteringscontract"), dossier, today=DAY, use=use)


def test_a_correction_names_its_question_by_label_and_row():
    facts = facts_of(
        Act(ActKind.CORRECT, "startdatum", "01/01/2022", DAY, why="tikfout", by="N. Dossier"),
        Act(ActKind.CORRECT, "acties.2.kost", "1.000,00", DAY, why="telefonisch", by="N. Dossier"),
    )
    text = (
        "{% for c in corrections %}{{ c.label }} = {{ c.value }} "
        "({{ c.why }}, {{ c.by }}, {{ c.date|date_short }}); {% endfor %}"
    )
    assert fill(text, facts) == (
        "Startdatum = 01/01/2022 (tikfout, N. Dossier, 22/07/2021); "
        "Acties, rij 2: Kost = 1.000,00 (telefonisch, N. Dossier, 22/07/2021); "
    )


def test_a_correction_of_a_question_that_left_the_form_keeps_its_key():
    facts = facts_of(Act(ActKind.CORRECT, "vervallen.1.veld", "x", DAY, why="w", by="b"))
    assert facts["corrections"][0].label == "vervallen.1.veld"


def test_papers_do_not_speak_of_a_correction_that_holds_nowhere():
    acts = (
        Act(ActKind.CORRECT, "startdatum", "01/01/2022", DAY, why="w", by="b"),
        Act(ActKind.CORRECT, "acties.9.kost", "1.000,00", DAY, why="w", by="b"),
        Act(ActKind.CORRECT, "acties.2.kost", "2.000,00", DAY, why="w", by="b"),
    )
    there, gone = Read(State.GIVEN, "1 januari"), Read(State.NOT_FOUND)
    corrected = (
        Corrected("startdatum", Fate.APPLIED, there),
        Corrected("acties.9.kost", Fate.GONE, gone, "Rij 9 bestaat niet."),
        Corrected("acties.2.kost", Fate.OTHER_ROW, there),
    )
    dossier = Dossier("WVC-2021-0001", "wijkverbeteringscontract", "aanvraag", acts=acts, corrected=corrected)
    facts = gather(load("wijkverbeteringscontract"), dossier, today=DAY)
    assert [correction.value for correction in facts["corrections"]] == ["01/01/2022"]


def test_a_withdrawal_says_when_why_and_by_whom():
    facts = facts_of(Act(ActKind.WITHDRAW, on=DAY, why="vervangen", by="N. Dossier"))
    assert fill("{{ withdrawn.date|date_long }}, {{ withdrawn.why }}, {{ withdrawn.by }}", facts) == (
        "22 juli 2021, vervangen, N. Dossier"
    )


def test_a_dossier_that_nobody_withdrew_is_not_withdrawn():
    assert not holds("withdrawn is given", facts_of())


def test_a_place_is_said_without_the_mark_of_a_required_question():
    assert str(Location("aanvraag.docx", "Begroting *", table=54, row=2)) == "aanvraag.docx, Begroting, tabel 54, rij 2"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"label": "Bedrag", "line": "2 («A1»)"}, "onder «Begroting», rij 2 («A1»), kolom «Bedrag»"),
        ({"line": "2"}, "onder «Begroting», rij 2"),
        ({"label": "Btw-regime", "page": 12}, "pagina 12, onder «Begroting», bij «Btw-regime»"),
        ({"label": "Begroting"}, "onder «Begroting»"),
    ],
)
def test_a_place_is_said_by_what_a_person_finds_it_by_where_that_is_known(known, words):
    assert str(Location("aanvraag.docx", "Begroting *", table=54, row=2, **known)) == f"aanvraag.docx, {words}"
