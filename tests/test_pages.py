"""Papers as the mayor, the jurist and the civil servant read them: every figure and sentence is true."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal as D

import docx
import pytest

from pipeline import pdf
from pipeline.dossier import Act, ActKind, State
from pipeline.finding import Outcome, Severity, Waiver
from pipeline.library.load import load
from tests import complete_dossier as complete
from tests.test_office import convert, instances, pages  # noqa: F401 - fixtures
from tests.test_papers import ZONE, W, articles, finding, letter, make, one, rows_of, words

LATER = dt.date(2022, 2, 1)


@pytest.fixture(scope="module")
def call():
    return load("wijkverbeteringscontract")


def shown(call, dossier, key, findings=()):
    return words(one(make(call, dossier, findings), key).content).replace("\xa0", " ")


def sources(*rows):
    """Rows of the financing, typed as (type, amount)."""
    return [{"bron": f"Bron {kind}", "type": kind, "bedrag": D(amount), "status": "verworven"} for kind, amount in rows]


# ------------------------------------------------------------------------------------------- the money


def test_less_granted_than_asked_leaves_a_difference_that_the_framework_names(call):
    text = shown(call, complete.decided(complete.dossier(call), granted="650000.50"), "afsprakenkader")
    assert "kent een projectsubsidie toe van 650.000,50 euro" in text
    assert "Het verschil van 149.999,50 euro is in de financiering van het voorstel niet gedekt." in text
    assert "voor maximaal 20 percent van de totale subsidie (oproep §4): 130.000,10 euro." in text
    assert "De bedragen zijn die van het voorstel" in text.split("Bijlage 1: de acties")[1]


def test_the_subsidy_is_granted_in_the_financing_only_when_it_is_granted_whole(call):
    def status(dossier):
        (table,) = rows_of(one(make(call, dossier), "afsprakenkader").content, "Bron")
        return table[1][2]

    dossier = complete.dossier(call)
    assert status(dossier) == "Aangevraagd"
    assert status(complete.decided(dossier)) == "Toegekend"
    assert status(complete.decided(dossier, granted="700000.00")) == "Aangevraagd"


@pytest.mark.parametrize("key", ["afsprakenkader", "engagementsverklaring", "collegebesluit"])
def test_the_own_share_counts_natura_as_the_rules_do_and_names_what_the_ocmw_adds(call, key):
    financing = sources(("subsidie", 800000), ("eigen", 120000), ("natura", 30000), ("ocmw_agb", 50000))
    text = shown(call, complete.dossier(call, financieringsbronnen=financing), key)
    assert "150.000 euro" in text
    assert "(waarvan 30.000 euro in natura)" in text
    assert "50.000 euro" in text
    assert "het OCMW of een autonoom gemeentebedrijf" in text


@pytest.mark.parametrize("key", ["afsprakenkader", "engagementsverklaring", "collegebesluit"])
def test_without_natura_and_ocmw_neither_is_named(call, key):
    text = shown(call, complete.dossier(call), key)
    assert "200.000 euro" in text
    assert "OCMW" not in text
    assert "natura" not in text.casefold().replace("natura: € 20.000,00", "")


def test_minutes_give_what_was_spent_before_the_balance(call):
    meeting = complete.dossier(call, form="vergadering", besteed_infrastructuur=D(20000))
    made = make(call, meeting, main=complete.decided(complete.dossier(call)))
    (table,) = rows_of(made[0].content, "Onderdeel")
    assert [row[0] for row in table[1:]] == [
        "Toegekende subsidie",
        "Besteed tot nu toe",
        "Waarvan besteed aan kleinschalige publieke infrastructuur",
        "Saldo",
    ]


def test_more_infrastructure_than_the_subsidy_granted_allows_is_said(call):
    dossier = complete.dossier(call)
    said = "Het voorstel voorziet daarvoor 160.000 euro van de gevraagde subsidie; dat is meer. Het maximum geldt."
    assert said in shown(call, complete.decided(dossier, granted="799999.95"), "afsprakenkader")
    assert "Het maximum geldt" not in shown(call, complete.decided(dossier), "afsprakenkader")


# --------------------------------------------------------------------------------------- the sentences


def test_choices_stand_in_a_sentence_with_a_small_letter(call):
    text = shown(call, complete.dossier(call), "afsprakenkader")
    assert "De wijk is afgebakend op grond van: wat historisch als een afgebakende buurt of wijk wordt aanzien" in text
    assert "en kenmerken van de wijk" in text
    assert "Btw-regime van de bedragen: inclusief btw" in text


def test_one_action_is_no_mix(call):
    one_action = complete.dossier(call, acties=complete.ANSWERS["acties"][:1])
    text = shown(call, one_action, "afsprakenkader")
    assert "met de betrokken actoren de volgende actie uit. Bijlage 1 beschrijft die actie." in text
    assert "De kost van de actie is 700.000 euro." in text
    both = shown(call, complete.dossier(call), "afsprakenkader")
    assert "de volgende mix van harde en zachte maatregelen uit. Bijlage 1 beschrijft elke actie." in both
    soft = [dict(action, aard="zacht") for action in complete.ANSWERS["acties"]]
    assert "de volgende acties uit." in shown(call, complete.dossier(call, acties=soft), "afsprakenkader")


def test_the_role_of_a_partner_stands_as_written(call):
    partner = dict(complete.ANSWERS["stakeholders"][0], rol="Trekker voor SAAMO")
    text = shown(call, complete.dossier(call, stakeholders=[partner]), "partnerverklaring")
    assert "Trekker voor SAAMO" in text
    assert "vzw Kompas verbindt zich tot dit engagement:" in text


def test_the_body_that_takes_note_is_named_and_asks_no_zone(call):
    noted = [dict(complete.ANSWERS["validaties"][0], aard="kennisneming")]
    text = shown(call, complete.dossier(call, validaties=noted, **ZONE), "collegebesluit")
    assert "Het college van burgemeester en schepenen neemt kennis van het voorstel" in text
    assert "Enig artikel" in text
    assert "Artikel 2" not in text


@pytest.mark.parametrize("key", ["afsprakenkader", "engagementsverklaring"])
def test_a_body_that_is_not_named_is_not_taken_for_the_council(call, key):
    text = shown(call, complete.dossier(call, answers={}), key)
    assert "ter uitvoering van de beslissing van [ontbreekt: Beslissing van het lokale bestuur: Orgaan]" in text
    council = [dict(complete.ANSWERS["validaties"][0], orgaan="gemeenteraad")]
    text = shown(call, complete.dossier(call, validaties=council), key)
    assert "ter uitvoering van de beslissing van de gemeenteraad van 8 juli 2021" in text


def test_articles_lose_no_number_whichever_are_left_out(call):
    assert len(articles(one(make(call, complete.dossier(call)), "afsprakenkader").content)) == 16
    assert "artikel 7" not in shown(call, complete.dossier(call), "afsprakenkader").casefold()


def test_a_reason_to_be_a_draft_is_said_once(call):
    twice = [finding(code="FIN-05", outcome=Outcome.NOT_JUDGED, message="Niet beoordeeld.", stops_papers=True)] * 2
    paper = one(make(call, complete.dossier(call), twice), "engagementsverklaring")
    assert paper.reasons.count("FIN-05: Niet beoordeeld.") == 1


def test_a_decision_without_the_function_of_who_signs_is_refused_by_the_row(call):
    signing = [dict(complete.ANSWERS["ondertekenaars"][0], functie=None), complete.ANSWERS["ondertekenaars"][1]]
    refused = one(make(call, complete.decided(complete.dossier(call, ondertekenaars=signing))), "collegebesluit")
    assert "«Ondertekenaars, rij 1: Functie» ontbreekt of is twijfelachtig" in refused.reason


# ------------------------------------------------------------------------------- the letter and its acts


def act(kind, *about, why="Telefonisch bevestigd."):
    return Act(kind, *about, on=LATER, why=why, by="N. Dossier")


def test_the_letter_shows_what_was_corrected_by_whom_and_why(call):
    dossier = complete.dossier(call, acts=(act(ActKind.CORRECT, "acties.2.kost", "300.000,00"),))
    content = one(make(call, dossier), "volledigheidsbrief").content
    (table,) = rows_of(content, "Antwoord")
    assert table[1:] == [["Acties, rij 2: Kost", "300.000,00", "Telefonisch bevestigd.\nDoor N. Dossier op 01/02/2022"]]
    assert "Verbeteringen" not in letter(call, complete.dossier(call), ())


def test_a_letter_is_not_older_than_what_it_tells(call):
    assert "Datum:\t20 december 2021" in letter(call, complete.dossier(call), ())
    corrected = complete.dossier(call, acts=(act(ActKind.CORRECT, "wijk_naam", "Muide"),))
    assert "Datum:\t1 februari 2022" in letter(call, corrected, ())
    assert "Datum:\t20 december 2021" in letter(call, complete.decided(complete.dossier(call)), ())


def test_the_letter_of_a_withdrawn_proposal_asks_for_nothing(call):
    dossier = complete.dossier(call, acts=(act(ActKind.WITHDRAW, why="Het bestuur ziet ervan af."),))
    text = letter(call, dossier, (finding(message="«Verwevenheid» is niet ingevuld."),))
    assert "Uw voorstel is ingetrokken op 1 februari 2022." in text
    assert "Het bestuur ziet ervan af." in text
    assert "Vragen?" in text
    for absent in ("volledig.", "Verwevenheid", "Termijn"):
        assert absent not in text


def test_a_withdrawn_proposal_is_never_ready_to_be_signed(call):
    dossier = complete.decided(complete.dossier(call, acts=(act(ActKind.WITHDRAW),)))
    papers = make(call, dossier)
    assert [paper.key for paper in papers if not paper.draft] == ["volledigheidsbrief"]
    assert "Het voorstel is ingetrokken." in one(papers, "engagementsverklaring").reasons


def test_a_letter_with_a_waiver_does_not_say_that_all_is_there(call):
    waived = finding(message="Te laat.", waiver=Waiver("Storing.", "An Willems", LATER))
    text = letter(call, complete.dossier(call), (waived,))
    assert "Het bevat alles wat de oproep vraagt." not in text
    assert "De administratie aanvaardde wat er niet voldeed" in text
    lighter = finding(message="Let op.", severity=Severity.WARNING, waiver=Waiver("Gezien.", "An Willems", LATER))
    assert "Het bevat alles wat de oproep vraagt." in letter(call, complete.dossier(call), (lighter,))


def test_the_letter_about_the_intake_does_not_tell_what_the_award_brought(call):
    asked = finding("FIN-03", Outcome.HOLDS, message="In orde.")
    award = finding("FIN-03", message="Van de toegekende subsidie dient 25 % voor infrastructuur.")
    more = finding("FIN-12", severity=Severity.WARNING, message="Het toegekende bedrag is meer dan gevraagd.")
    dossier = complete.decided(complete.dossier(call), granted="640000.00")
    papers = make(call, dossier, (award, more), replaced=(asked,))
    text = words(one(papers, "volledigheidsbrief").content)
    assert "Uw voorstel is volledig." in text
    assert "25 %" not in text
    assert "meer dan gevraagd" not in text
    failed = make(call, dossier, (award, more), replaced=(finding("FIN-03", message="Het was al te veel."),))
    assert "Het was al te veel." in words(one(failed, "volledigheidsbrief").content)


def test_rows_that_fail_in_the_same_words_stand_once_in_the_letter(call):
    twice = [finding("FIN-05", Outcome.NOT_JUDGED, missing=("Gevraagde subsidie",), row=row) for row in (1, 2)]
    (table,) = rows_of(one(make(call, complete.dossier(call), twice), "volledigheidsbrief").content, "Punt")
    assert len(table) == 2


def test_what_could_not_be_judged_is_named_with_its_place_and_its_problem(call):
    doubtful = complete.dossier(call)
    amount = complete.replace(
        doubtful.answers["gevraagde_subsidie"], state=State.DOUBTFUL, value=None, problem="«400,000» is dubbelzinnig."
    )
    doubtful = complete.replace(doubtful, answers={**doubtful.answers, "gevraagde_subsidie": amount})
    text = letter(call, doubtful, (finding(outcome=Outcome.NOT_JUDGED, missing=("Gevraagde subsidie",)),))
    place = "aanvraag.docx, onder «B. Voorstel», bij «Gevraagde subsidie»"
    assert f"Gevraagde subsidie: {place}. «400,000» is dubbelzinnig." in text


def test_a_complete_letter_has_no_heading_about_a_term(call):
    text = letter(call, complete.dossier(call), ())
    assert "U hoeft niets aan te vullen." in text
    assert "Termijn" not in text


# ------------------------------------------------------------------------------------------- the pages


@pytest.mark.requires_soffice
def test_no_last_page_holds_one_line_or_one_signature(call, convert):  # noqa: F811
    papers = []
    for count in range(3, 12):
        actors = [
            dict(complete.ANSWERS["stakeholders"][0], naam=f"Actor {number}", status="toegezegd")
            for number in range(count)
        ]
        actions = [dict(complete.ANSWERS["acties"][0], id=f"A{number}") for number in range(count)]
        dossier = complete.dossier(call, stakeholders=actors, acties=actions)
        for key in ("engagementsverklaring", "afsprakenkader"):
            paper = one(make(call, dossier), key)
            papers.append(complete.replace(paper, filename=f"{key}-{count}"))
    for name, data in convert(papers).items():
        last = pages(data)[-1]
        if name.startswith("engagementsverklaring"):
            assert last.count("Handtekening van") >= 2, name
        else:
            assert "Resultaat of indicator" in last, name


@pytest.mark.requires_soffice
@pytest.mark.parametrize("key", ["afsprakenkader", "engagementsverklaring"])
def test_two_who_sign_beside_each_other_have_their_names_on_one_line(call, convert, key):  # noqa: F811
    """Also where the mark of one of them takes two lines."""
    dossier = complete.decided(complete.dossier(call))
    first, second, *others = dossier.answers["ondertekenaars"].rows
    long = replace(second.cells["functie"], text="algemeen directeur", value="algemeen directeur")
    name = replace(second.cells["naam"], text="Jo Van den Steen tot Zuidwijk", value="Jo Van den Steen tot Zuidwijk")
    rows = (first, replace(second, cells={**second.cells, "functie": long, "naam": name}), *others)
    signing = replace(dossier.answers["ondertekenaars"], rows=rows)
    dossier = replace(dossier, answers={**dossier.answers, "ondertekenaars": signing})
    (printed,) = convert([one(make(call, dossier), key)]).values()
    with pdf.page_texts(printed) as texts:
        tops = []
        for who in (first.cells["naam"].text, name.text):
            wanted = pdf.bare(who)
            page = [each for each in texts if wanted in each.text][-1]
            tops.append(page.box(page.text.rindex(wanted), len(wanted))[1])
    assert tops[0] == pytest.approx(tops[1], abs=2)


@pytest.mark.parametrize("key", ["volledigheidsbrief", "afsprakenkader", "engagementsverklaring", "collegebesluit"])
def test_only_the_signatures_keep_their_rows_whole(call, key):
    """LibreOffice 7.4 loses rows at a page end when a table keeps them both whole and with what follows."""
    content = one(make(call, complete.dossier(call), (finding(message="Ontbreekt."),)), key).content
    for table in docx.Document(io.BytesIO(content)).tables:
        if not table.rows[0].cells[0].text.startswith("Handtekeningen bij"):
            assert not list(table._tbl.iter(f"{W}cantSplit")), table.rows[0].cells[0].text
