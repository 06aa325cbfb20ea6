"""Rules against facts: what holds, fails or cannot be judged, and where it stood."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.check import accept, check, check_call
from pipeline.document import Location, Source
from pipeline.dossier import Act, ActKind, Answer, Attachment, Dossier, Receipt, Row, State
from pipeline.errors import DefinitionError
from pipeline.facts import gather
from pipeline.finding import Outcome, Severity, Waiver
from pipeline.library import load
from pipeline.rule import Case, Moment, Rule, Scope
from tests.call_copies import SECOND_CALL

NBSP = "\u00a0"
TODAY = dt.date(2022, 4, 1)
FILE = "voorstel.docx"


def at(**place):
    return Location(source=FILE, **place)


def given(key, value, **place):
    return Answer(key, State.GIVEN, str(value), value, location=at(**place))


def empty(key, **place):
    return Answer(key, State.EMPTY, location=at(**place))


def ingrepen(*amounts):
    rows = []
    for number, amount in enumerate(amounts, 1):
        place = {"table": 4, "row": number + 1}
        raming = (
            empty("raming", **place, column=3)
            if amount is None
            else given("raming", Decimal(amount), **place, column=3)
        )
        cells = {"wat": given("wat", "Bomen", **place), "soort": given("soort", "groen", **place), "raming": raming}
        rows.append(Row(number, cells, at(**place)))
    return Answer("ingrepen", State.GIVEN, rows=tuple(rows), location=at(table=4))


def dossier(call, number="KLIMA-001-22", received=dt.datetime(2022, 3, 31, 10, tzinfo=dt.UTC), **answers):
    """A complete submission of the second call, with other answers where given."""
    complete = {
        "stad": given("stad", "Gent"),
        "mailadres": given("mailadres", "klimaat@voorbeeld.be"),
        "eerder_gesteund": given("eerder_gesteund", value=False),
        "eerdere_steun": empty("eerdere_steun"),
        "buurt": given("buurt", "Rabot", table=2, row=1),
        "aanleiding": given("aanleiding", "Hitte."),
        "thema": given("thema", ("groen",)),
        "klaar_op": given("klaar_op", dt.date(2024, 12, 31), table=2, row=4),
        "ingrepen": ingrepen(60000, 40000),
        "metingen": Answer(
            "metingen",
            State.GIVEN,
            rows=(
                Row(
                    1,
                    {
                        "wie": given("wie", "An"),
                        "grootheid": given("grootheid", "hitte"),
                        "hoe_vaak": given("hoe_vaak", "dagelijks"),
                    },
                ),
            ),
            location=at(table=6),
        ),
        "bijdrage": given("bijdrage", Decimal(50000), heading="3. Geld", table=7, row=1),
        "eigen_deel": given("eigen_deel", Decimal(30000), heading="3. Geld", table=7, row=2),
        "sponsors": empty("sponsors"),
    }
    return Dossier(
        number,
        call.key,
        "voorstel",
        Receipt(received, "mail", "stad@voorbeeld.be", "ontvangst.csv, rij 2"),
        Source(FILE, "0" * 64, "x"),
        answers=complete | answers,
    )


@pytest.fixture(scope="module")
def call():
    return load(SECOND_CALL)


def judge(call, submission, moment=Moment.INTAKE, **around):
    return check(call, submission, gather(call, submission, today=TODAY, moment=moment, **around), moment)


def by_code(findings, code):
    return [finding for finding in findings if finding.code == code]


def only(findings, code):
    [finding] = by_code(findings, code)
    return finding


def with_rules(call, *rules):
    return replace(call, rules=rules)


def a_rule(check="true", message="Fout.", severity=Severity.WARNING, reference="", remedy="", **rule):
    return Rule("X-1", "Een regel", (Case(severity, check, message, remedy, reference),), **rule)


def test_a_complete_dossier_has_one_finding_a_rule_and_every_one_holds(call):
    findings = judge(call, dossier(call))
    assert [finding.code for finding in findings] == [
        rule.code for rule in call.rules if rule.scope is Scope.DOSSIER
    ]  # fmt: skip
    assert {finding.outcome for finding in findings} == {Outcome.HOLDS}


def test_one_cent_too_much_fails_and_says_what_was_found_what_is_needed_where_and_why(call):
    finding = only(
        judge(call, dossier(call, bijdrage=given("bijdrage", Decimal("50000.01"), table=7, row=1))), "GELD-1"
    )
    assert (finding.outcome, finding.severity, finding.stops_papers) == (Outcome.FAILS, Severity.BLOCKING, True)
    assert finding.message == f"De bijdrage is €{NBSP}50.000,01; hoogstens €{NBSP}50.000,00 kan."
    assert finding.remedy == "Vraag minder, of schrap een ingreep."
    assert finding.reference == "oproep, Middelen: «Een klimaatwijk krijgt hoogstens 50.000 euro.»"
    assert (finding.field, str(finding.location)) == ("bijdrage", "voorstel.docx, bij «Gevraagde bijdrage»")
    assert finding.blocks


def test_thirty_percent_to_the_cent_holds_and_one_cent_less_fails(call):
    assert only(judge(call, dossier(call)), "GELD-2").outcome is Outcome.HOLDS
    less = dossier(call, eigen_deel=given("eigen_deel", Decimal("29999.99")))
    assert only(judge(call, less), "GELD-2").outcome is Outcome.FAILS


def test_the_last_second_is_in_time_and_the_next_is_late_in_the_time_of_brussels(call):
    last = dt.datetime(2022, 3, 31, 12, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert only(judge(call, dossier(call, received=last)), "TIJD-1").outcome is Outcome.HOLDS
    late = only(judge(call, dossier(call, received=last + dt.timedelta(seconds=1))), "TIJD-1")
    assert late.severity is Severity.BLOCKING
    assert late.message == "Ontvangen op 31 maart 2022 om 12.00.01 uur; het kon tot 31 maart 2022 om 12.00 uur."


def test_the_first_case_that_fails_speaks(call):
    finding = only(judge(call, dossier(call, received=None)), "TIJD-1")
    assert (finding.severity, finding.message) == (Severity.WARNING, "Het moment van ontvangst is niet bewezen.")


# ---------------------------------------------------------------------------- not judged


def test_a_rule_that_needs_a_missing_answer_is_not_judged_and_names_it(call):
    finding = only(judge(call, dossier(call, bijdrage=empty("bijdrage", table=7, row=1))), "GELD-1")
    assert (finding.outcome, finding.missing) == (Outcome.NOT_JUDGED, ("Gevraagde bijdrage",))
    assert finding.severity is Severity.BLOCKING
    assert finding.blocks
    assert finding.stops_papers
    assert str(finding.location) == "voorstel.docx, bij «Gevraagde bijdrage»"
    assert finding.message == "Niet beoordeeld: «Gevraagde bijdrage» ontbreekt of is twijfelachtig."


def test_a_rule_over_a_sum_names_the_cell_that_lacks(call):
    finding = only(judge(call, dossier(call, ingrepen=ingrepen(60000, None))), "GELD-2")
    assert finding.missing == ("Ingrepen, rij 2: Geraamde kost",)


def test_a_doubtful_answer_is_never_used_even_with_a_likely_value(call):
    doubtful = Answer("bijdrage", State.DOUBTFUL, "1,000.00", Decimal(1000), location=at(), problem="Dubbelzinnig.")
    findings = judge(call, dossier(call, bijdrage=doubtful))
    assert only(findings, "GELD-1").outcome is Outcome.NOT_JUDGED
    assert "Dubbelzinnig." in only(findings, "VOL-1").message


def test_a_question_that_was_not_found_has_the_place_where_it_should_have_stood(call):
    submission = dossier(call, bijdrage=Answer("bijdrage", State.NOT_FOUND))
    assert str(only(judge(call, submission), "GELD-1").location) == "voorstel.docx, 3. Geld"


def test_an_unjudged_case_weighs_as_the_heaviest_that_is_still_open(call):
    cases = (
        Case(Severity.INFO, "bijdrage > 0", "", "", ""),
        Case(Severity.BLOCKING, "eigen_deel > 0", "", "", "oproep: «x»", stops_papers=True),
    )
    ruled = with_rules(call, Rule("X-1", "Een regel", cases))
    [finding] = judge(ruled, dossier(call, bijdrage=empty("bijdrage")))
    assert (finding.severity, finding.reference, finding.stops_papers) == (Severity.BLOCKING, "oproep: «x»", True)


def test_a_rule_that_cannot_be_calculated_is_not_judged_and_stops_nothing_else(call):
    division = with_rules(call, a_rule("100 / eigen_deel > 1"), *call.rules)
    findings = judge(division, dossier(call, eigen_deel=given("eigen_deel", Decimal(0))))
    assert only(findings, "X-1").outcome is Outcome.NOT_JUDGED
    assert only(findings, "GELD-1").outcome is Outcome.HOLDS


def test_a_gap_in_the_message_of_a_rule_that_fails_shows_as_missing(call):
    ruled = with_rules(call, a_rule("bijdrage < 1", "{{ bijdrage|euro }} tegenover {{ eigen_deel|euro }}."))
    [finding] = judge(ruled, dossier(call, eigen_deel=empty("eigen_deel")))
    assert finding.message == f"€{NBSP}50.000,00 tegenover [ontbreekt: Eigen deel van de stad]."


def test_a_faulty_rule_stops_the_work_and_names_its_key(call):
    for expression in ("bijdrge > 1", "klaar_op > bijdrage", "bijdrage >"):
        with pytest.raises(DefinitionError) as met:
            judge(with_rules(call, a_rule(expression)), dossier(call))
        assert (met.value.faults[0].file, met.value.faults[0].key) == ("regels.toml", "rule.X-1.case[1].check")


# ----------------------------------------------------------------------------------- rows


def test_a_rule_over_rows_gives_one_finding_for_each_row_at_the_place_of_its_cell(call):
    findings = by_code(judge(call, dossier(call, ingrepen=ingrepen(5, 0, None, 7))), "GELD-3")
    assert [(f.row, f.outcome, f.location.row, f.location.column) for f in findings] == [
        (2, Outcome.FAILS, 3, 3),
        (3, Outcome.NOT_JUDGED, 4, 3),
    ]
    assert findings[0].message == f"Ingreep 2 (Groen) kost €{NBSP}0,00."
    assert findings[0].field == "ingrepen.raming"


def test_a_rule_over_a_table_that_is_a_gap_is_not_judged(call):
    finding = only(judge(call, dossier(call, ingrepen=Answer("ingrepen", State.NOT_FOUND))), "GELD-3")
    assert (finding.outcome, finding.missing) == (Outcome.NOT_JUDGED, ("Ingrepen",))


def test_a_rule_over_a_table_that_nobody_has_to_fill_holds_when_it_is_empty(call):
    ruled = with_rules(call, a_rule("row.gift > 0", each="sponsors", field="sponsors.gift"))
    assert [f.outcome for f in judge(ruled, dossier(call))] == [Outcome.HOLDS]


def test_a_condition_may_look_at_the_row(call):
    ruled = with_rules(call, a_rule("false", each="ingrepen", when="row.raming > 50000"))
    assert [f.row for f in judge(ruled, dossier(call))] == [1]


def test_a_rule_whose_condition_is_false_does_not_apply_and_so_holds(call):
    [finding] = judge(with_rules(call, a_rule("false", when="eerder_gesteund")), dossier(call))
    assert (finding.outcome, finding.message) == (Outcome.HOLDS, "Niet van toepassing.")


def test_an_attachment_is_named_by_its_file(call):
    ruled = with_rules(call, a_rule("row.problem == ''", "{{ row.name }}: {{ row.problem }}", each="attachments"))
    submission = replace(
        dossier(call), attachments=(Attachment("kaart.pdf", "0", "application/pdf", 9, "Beschadigd."),)
    )
    [finding] = judge(ruled, submission)
    assert (finding.message, str(finding.location)) == ("kaart.pdf: Beschadigd.", "kaart.pdf")


# --------------------------------------------------------------------------- completeness


def test_what_the_call_demands_blocks_and_what_only_the_form_asks_warns(call):
    submission = dossier(call, klaar_op=empty("klaar_op", table=2, row=4), buurt=empty("buurt", table=2, row=1))
    found = {f.field: f for f in by_code(judge(call, submission), "VOL-1")}
    assert {key: f.severity for key, f in found.items()} == {"buurt": Severity.WARNING, "klaar_op": Severity.BLOCKING}
    assert found["klaar_op"].reference == "oproep, Termijn: «Alle ingrepen zijn klaar op 31 december 2024.»"
    assert str(found["klaar_op"].location) == "voorstel.docx, bij «Laatste ingreep klaar op»"


def test_an_empty_cell_is_named_with_its_row_and_stands_at_its_place(call):
    finding = only(judge(call, dossier(call, ingrepen=ingrepen(5, None))), "VOL-1")
    assert (finding.field, finding.row, finding.location.row) == ("ingrepen.2.raming", 2, 3)
    assert finding.message == "«Ingrepen, rij 2: Geraamde kost» is niet ingevuld."
    assert str(finding.location) == "voorstel.docx, rij 2 («Bomen, Groen»), kolom «Geraamde kost»"


def test_a_field_is_asked_only_when_its_condition_holds(call):
    assert only(judge(call, dossier(call)), "VOL-1").outcome is Outcome.HOLDS
    supported = dossier(call, eerder_gesteund=given("eerder_gesteund", value=True))
    assert only(judge(call, supported), "VOL-1").field == "eerdere_steun"


# ------------------------------------------------------------------------- award and call


def test_at_the_award_only_the_rules_for_it_run_and_see_the_amount_granted(call):
    decided = replace(dossier(call), acts=(Act(ActKind.DECIDE, value="50000.01", on=TODAY, reference="VR 1"),))
    findings = judge(call, decided, Moment.AWARD)
    assert [(f.code, f.outcome) for f in findings] == [("GELD-1", Outcome.FAILS)]
    assert only(judge(call, decided), "GELD-1").outcome is Outcome.HOLDS


def test_other_dossiers_of_the_same_proposal_are_named(call):
    finding = only(judge(call, dossier(call), duplicates=("KLIMA-002-22", "KLIMA-003-22")), "DUB-1")
    assert finding.message == "Dezelfde buurt staat ook in KLIMA-002-22 en KLIMA-003-22."


def test_all_dossiers_together_are_held_against_the_budget_to_the_cent(call):
    amounts = [Decimal(50000), Decimal(50000), Decimal(20000)]
    submissions = [dossier(call, bijdrage=given("bijdrage", amount)) for amount in amounts]
    facts = [gather(call, each, today=TODAY) for each in submissions]
    assert only(check_call(call, facts, today=TODAY), "POT-1").outcome is Outcome.HOLDS
    over = [*facts[:2], gather(call, dossier(call, bijdrage=given("bijdrage", Decimal("20000.01"))), today=TODAY)]
    finding = only(check_call(call, over, today=TODAY), "POT-1")
    assert finding.message == f"Alle voorstellen samen vragen €{NBSP}120.000,01; er is €{NBSP}120.000,00."
    assert check_call(call, [], today=TODAY)[0].outcome is Outcome.HOLDS


# ------------------------------------------------------------------------------- waivers


def accepted(message, code="GELD-1", by="An Peeters", day=1):
    return Act(ActKind.ACCEPT, code, message, dt.date(2022, 4, day), why="Afgesproken.", by=by)


def too_much(call, amount="50000.01"):
    return judge(call, dossier(call, bijdrage=given("bijdrage", Decimal(amount))))


def test_an_accepted_finding_still_shows_but_asks_nothing_more(call):
    findings = too_much(call)
    waived = only(accept(findings, [accepted(only(findings, "GELD-1").message)]), "GELD-1")
    assert waived.waiver == Waiver("Afgesproken.", "An Peeters", dt.date(2022, 4, 1))
    assert waived.outcome is Outcome.FAILS
    assert not waived.counts
    assert not waived.blocks


def test_an_acceptance_lapses_when_the_finding_says_something_else(call):
    act = accepted(only(too_much(call), "GELD-1").message)
    lapsed = only(accept(too_much(call, "60000"), [act]), "GELD-1")
    assert lapsed.waiver is None
    assert lapsed.blocks
    assert lapsed.message == (
        f"De bijdrage is €{NBSP}60.000,00; hoogstens €{NBSP}50.000,00 kan. "
        "De aanvaarding van 1 april 2022 door An Peeters past hier niet meer bij; beoordeel dit opnieuw."
    )


def test_a_lapsed_finding_can_be_accepted_again_as_it_stands(call):
    first = accepted(only(too_much(call), "GELD-1").message)
    lapsed = only(accept(too_much(call, "60000"), [first]), "GELD-1")
    second = accepted(lapsed.message, by="Bo Claes", day=2)
    again = only(accept(too_much(call, "60000"), [first, second]), "GELD-1")
    assert again.waiver.by == "Bo Claes"


def test_an_acceptance_is_for_the_row_whose_message_it_was(call):
    findings = judge(call, dossier(call, ingrepen=ingrepen(0, 0)))
    first, second = by_code(findings, "GELD-3")
    after = by_code(accept(findings, [accepted(first.message, "GELD-3")]), "GELD-3")
    assert after[0].waiver is not None
    assert after[1] == second


def test_an_acceptance_of_one_rule_says_nothing_of_another_or_of_one_that_holds(call):
    findings = too_much(call)
    assert accept(findings, [accepted("x", "GELD-2"), accepted("x", "BESTAAT-NIET")]) == findings


# --------------------------------------------------------------------------------- speed


def test_a_dossier_is_judged_in_far_less_time_than_it_takes_to_read_one(call):
    submission = dossier(call)
    facts = gather(call, submission, today=TODAY)
    check(call, submission, facts)
    start = time.process_time()
    for _ in range(20):
        check(call, submission, facts)
    assert (time.process_time() - start) / 20 < 0.02
