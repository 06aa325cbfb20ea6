"""Papers: final, draft or refused; nothing blank, nothing hidden, the same bytes each time."""

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import docx
import pytest
from lxml import etree

from pipeline import language, renderers
from pipeline.document import Location
from pipeline.dossier import Answer, Request, State
from pipeline.errors import DefinitionError
from pipeline.expression import Use
from pipeline.facts import gather
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.library.load import load
from pipeline.renderers import template, word
from tests import complete_dossier as complete

DAY = dt.date(2021, 12, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ONTWERP = "ONTWERP"


@pytest.fixture(scope="module")
def call():
    return load("wijkverbeteringscontract")


@pytest.fixture
def dossier(call):
    return complete.dossier(call)


def make(call, dossier, findings=(), **named):
    return renderers.papers(call, dossier, findings=findings, today=DAY, **named)


def one(results, key):
    return next(result for result in results if result.key == key)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(content):
    """Every visible text of a Word file: body, headers and footers, a line for each paragraph."""
    lines = []
    for name, data in parts(content).items():
        if not re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
            continue
        for paragraph in etree.fromstring(data, etree.XMLParser(huge_tree=True)).iter(f"{W}p"):
            pieces = {f"{W}t": lambda n: n.text or "", f"{W}br": lambda _n: "\n", f"{W}tab": lambda _n: "\t"}
            lines.append("".join(pieces[node.tag](node) for node in paragraph.iter() if node.tag in pieces))
    return "\n".join(lines)


def headers(content):
    return [data.decode() for name, data in parts(content).items() if name.startswith("word/header")]


# --------------------------------------------------------------------------------- which papers, and how


def test_an_undecided_dossier_gets_its_letter_and_otherwise_drafts(call, dossier):
    made = make(call, dossier)
    assert [(paper.key, paper.draft) for paper in made] == [
        ("volledigheidsbrief", False),
        ("engagementsverklaring", True),
        ("partnerverklaring", True),
        ("partnerverklaring", True),
        ("afsprakenkader", True),
        ("collegebesluit", True),
    ]


def test_a_decision_lifts_the_draft_except_where_a_jurist_must_confirm_clauses(call, dossier):
    made = make(call, complete.decided(dossier))
    assert [paper.key for paper in made if paper.draft] == ["afsprakenkader"]
    assert "Te bevestigen door een jurist" in one(made, "afsprakenkader").reasons[0]


def test_a_draft_says_so_in_its_header_and_why_on_its_face(call, dossier):
    paper = one(make(call, dossier), "engagementsverklaring")
    assert all(ONTWERP in header for header in headers(paper.content))
    assert "De Vlaamse Regering heeft over dit voorstel nog niet beslist." in words(paper.content)


def test_a_final_paper_nowhere_says_that_it_is_a_draft(call, dossier):
    for paper in make(call, complete.decided(dossier)):
        if not paper.draft:
            assert ONTWERP not in words(paper.content).upper(), paper.key


def test_nothing_prints_none_and_no_tag_is_left(call, dossier):
    for made in (make(call, dossier), make(call, complete.decided(dossier))):
        for paper in made:
            shown = words(paper.content)
            assert "None" not in shown
            assert "{{" not in shown
            assert "{%" not in shown
            assert "ontbreekt:" not in shown or paper.draft


def test_a_gap_shows_in_a_draft_by_its_label(call):
    paper = one(make(call, complete.dossier(call, einddatum=None)), "engagementsverklaring")
    assert "[ontbreekt: Einddatum]" in words(paper.content)
    assert paper.reasons[-1] == "Nog in te vullen: Einddatum."


def test_a_gap_refuses_a_final_paper_and_says_which_answer_and_where(call):
    gap = complete.decided(complete.dossier(call, einddatum=None))
    refusal = one(make(call, gap), "engagementsverklaring")
    assert isinstance(refusal, renderers.Refusal)
    assert "«Einddatum» (aanvraag.docx, onder «B. Voorstel», bij «Einddatum»)" in refusal.reason


def test_a_doubtful_answer_is_a_gap_too(call, dossier):
    answers = dict(dossier.answers)
    answers["einddatum"] = Answer("einddatum", State.DOUBTFUL, text="31/02/2025", problem="Die dag bestaat niet.")
    doubtful = complete.decided(complete.replace(dossier, answers=answers))
    assert isinstance(one(make(call, doubtful), "engagementsverklaring"), renderers.Refusal)


def test_a_gap_in_a_row_names_the_table_and_the_row(call):
    acts = [dict(row) for row in complete.ANSWERS["stakeholders"]]
    acts[0]["engagement"] = None
    refusal = one(make(call, complete.decided(complete.dossier(call, stakeholders=acts))), "engagementsverklaring")
    assert "Stakeholders, rij 1: Engagement" in refusal.reason


def test_every_paper_of_an_empty_dossier_is_a_draft_full_of_gaps_and_never_blank(call):
    for paper in make(call, complete.dossier(call, {})):
        shown = words(paper.content)
        assert "None" not in shown
        if paper.key != "volledigheidsbrief":
            assert "[ontbreekt: " in shown


STOPS = Finding(
    "FIN-04",
    "Bronnen en kosten zijn gelijk",
    Outcome.FAILS,
    Severity.WARNING,
    "De bronnen zijn € 1,00 lager dan de kosten.",
    "Maak beide gelijk.",
    stops_papers=True,
)


def test_a_finding_that_stops_papers_refuses_the_final_paper(call, dossier):
    made = make(call, complete.decided(dossier), (STOPS,))
    refusal = one(made, "engagementsverklaring")
    assert isinstance(refusal, renderers.Refusal)
    assert "FIN-04: De bronnen zijn € 1,00 lager dan de kosten. Maak beide gelijk." in refusal.reason
    assert isinstance(one(made, "volledigheidsbrief"), renderers.Paper)


def test_an_accepted_finding_stops_nothing(call, dossier):
    accepted = complete.replace(STOPS, waiver=Waiver("Afronding.", "An Willems", DAY))
    assert isinstance(one(make(call, complete.decided(dossier), (accepted,)), "engagementsverklaring"), renderers.Paper)


def test_each_stakeholder_gets_a_declaration_of_its_own(call, dossier):
    made = [paper for paper in make(call, dossier) if paper.key == "partnerverklaring"]
    assert [paper.row for paper in made] == [1, 2]
    assert len({paper.filename for paper in made}) == 2
    assert "vzw Kompas" in words(made[0].content)
    assert "Bewonersgroep De Brug" in words(made[1].content)


def test_only_the_papers_asked_for_are_made(call, dossier):
    assert [p.key for p in make(call, dossier, only=["volledigheidsbrief"])] == ["volledigheidsbrief"]


def test_a_hostile_name_gives_a_harmless_file_name(call):
    rows = [dict(complete.ANSWERS["stakeholders"][0], naam="../../etc/passwd\x00 & <naam>: CON?")]
    paper = one(make(call, complete.dossier(call, stakeholders=rows)), "partnerverklaring")
    assert re.fullmatch(r"[a-z0-9_-]{1,80}", paper.filename)


# ------------------------------------------------------------------------------------------ the letter


def finding(code="VOL-01", outcome=Outcome.FAILS, severity=Severity.BLOCKING, **named):
    return Finding(code, "Verplicht antwoord", outcome, severity, **named)


def letter(call, dossier, findings):
    return words(one(make(call, dossier, findings, only=["volledigheidsbrief"]), "volledigheidsbrief").content)


def test_the_letter_says_that_a_complete_proposal_is_complete(call, dossier):
    shown = letter(call, dossier, ())
    assert "Uw voorstel is volledig." in shown
    assert "We ontvingen uw voorstel op 15 juli 2021 om 10.30 uur." in shown
    assert "niet volledig" not in shown


def test_the_letter_says_what_is_missing_where_and_what_to_do(call, dossier):
    missing = finding(
        message="«Verwevenheid» is niet ingevuld.",
        remedy="Vul dit antwoord in.",
        reference="oproep §2: «met een onderlinge verwevenheid»",
        location=Location("aanvraag.docx", "D. Omgevingsanalyse", table=12, row=2),
    )
    shown = letter(call, dossier, (missing,))
    assert "Uw voorstel is nog niet volledig." in shown
    for text in (missing.message, missing.remedy, missing.reference, "aanvraag.docx, D. Omgevingsanalyse, tabel 12"):
        assert text in shown
    assert "De oproep bepaalt geen termijn" in shown


def test_the_letter_names_the_answers_for_want_of_which_a_rule_was_not_judged(call, dossier):
    shown = letter(call, dossier, (finding(outcome=Outcome.NOT_JUDGED, missing=("Begroting", "Gevraagde subsidie")),))
    assert "Uw voorstel is nog niet volledig." in shown
    assert "Begroting en Gevraagde subsidie" in shown


def test_the_letter_shows_an_accepted_finding_with_its_reason(call, dossier):
    accepted = finding(message="Te laat.", waiver=Waiver("Overmacht door storing.", "An Willems", dt.date(2021, 9, 1)))
    shown = letter(call, dossier, (accepted,))
    assert "Uw voorstel is volledig." in shown
    assert "Overmacht door storing." in shown
    assert "Door An Willems op 01/09/2021" in shown


def test_the_letter_says_that_the_supplement_does_not_ask_what_is_filled_in_and_fails(call, dossier):
    asked = complete.replace(dossier, requests=(Request(1, dt.date(2021, 7, 20), None, (), ()),))
    said = "Het vraagt niet wat wel ingevuld is maar niet voldoet: bij elk punt hierboven leest u"
    assert said in letter(call, asked, [finding("FIN-01", message="De subsidie is te hoog.")])
    unjudged = finding(outcome=Outcome.NOT_JUDGED, missing=("Startdatum",))
    assert "Bij deze brief hoort aanvullingsformulier 1." in letter(call, asked, [unjudged])
    assert said not in letter(call, asked, [unjudged])


def test_the_letter_gives_a_term_only_when_the_call_sets_one(call, dossier):
    settings = {**call.settings, "brief": {"aanvultermijn_dagen": 14}}
    with_term = complete.replace(call, settings=settings)
    assert "aanvullen tot en met 3 januari 2022" in letter(with_term, dossier, (finding(message="Ontbreekt."),))


# -------------------------------------------------------------------------- what the other papers state


def articles(content):
    body = etree.fromstring(parts(content)["word/document.xml"])
    return [
        "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        for paragraph in body.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle[@{W}val='Artikel']") is not None
    ]


ARTICLES = [
    "Voorwerp en wijk",
    "Doelstellingen en problematieken",
    "Acties en maatregelen",
    "Engagementen van het lokaal bestuur",
    "Engagementen van de Vlaamse overheid",
    "Engagementen van de andere actoren",
    "Regelluwe zone en experiment",
    "Financiering",
    "Looptijd",
    "Stuurgroep",
    "Klankbordgroep",
    "Rapportage",
    "Kennisdeling",
    "Communicatie",
    "Wijziging en beëindiging",
    "Verantwoording, controle en terugvordering",
    "Bijlagen",
]
ZONE = {
    "regelluwe_zone": True,
    "zone_regelgeving": "Het besluit over de leegstand.",
    "zone_afwijking": "Tijdelijke invulling zonder vergunning.",
    "zone_duur": "twee jaar",
    "zone_waarborgen": "Toezicht door de stad.",
    "zone_overheid": "de Vlaamse Regering",
}


def test_the_framework_has_seventeen_articles_when_a_regelluwe_zone_is_asked(call):
    paper = one(make(call, complete.dossier(call, **ZONE)), "afsprakenkader")
    assert articles(paper.content) == ARTICLES
    assert "Het besluit over de leegstand." in words(paper.content)


def test_without_a_regelluwe_zone_its_article_is_not_there(call, dossier):
    paper = one(make(call, dossier), "afsprakenkader")
    assert articles(paper.content) == [title for title in ARTICLES if title != "Regelluwe zone en experiment"]


def rows_of(content, first):
    """The rows of the table whose header starts with this text."""
    for table in docx.Document(io.BytesIO(content)).tables:
        if table.rows[0].cells[0].text == first:
            yield [[cell.text for cell in row.cells] for row in table.rows]


def test_the_budget_is_shown_per_year_and_kind_with_totals(call, dossier):
    cost, subsidy = rows_of(one(make(call, dossier), "afsprakenkader").content, "Jaar")
    zero = "€\u00a00,00"
    assert cost[1] == ["2022", "€\u00a0400.000,00", zero, zero, "€\u00a0300.000,00", zero, "€\u00a0700.000,00"]
    assert cost[2] == ["2023", "€\u00a0300.000,00", zero, zero, zero, zero, "€\u00a0300.000,00"]
    assert cost[3] == [
        "Totaal",
        "€\u00a0700.000,00",
        zero,
        zero,
        "€\u00a0300.000,00",
        zero,
        "€\u00a01.000.000,00",
    ]
    assert subsidy[3][-1] == "€\u00a0800.000,00"


def test_an_unconfirmed_clause_is_marked_and_a_confirmed_one_is_not(call, dossier):
    mark = "Te bevestigen door een jurist: de oproep bepaalt deze tekst niet."
    decided = complete.decided(dossier)
    assert words(one(make(call, decided), "afsprakenkader").content).count(mark) == 3
    confirmed = {
        key: complete.replace(clause, confirmed_by="J. Jurist (fictief)", confirmed_on=DAY)
        for key, clause in call.clauses.items()
    }
    paper = one(make(complete.replace(call, clauses=confirmed), decided), "afsprakenkader")
    assert not paper.draft
    assert mark not in words(paper.content)


def test_less_granted_than_asked_is_said_in_so_many_words(call, dossier):
    shown = words(one(make(call, complete.decided(dossier, "700000.00")), "afsprakenkader").content)
    assert "projectsubsidie toe van 700.000\u00a0euro" in shown
    assert "vroeg 800.000\u00a0euro" in shown
    assert "20 percent van de totale subsidie (oproep §4): 140.000\u00a0euro" in shown


def test_the_last_report_is_due_six_months_after_the_end(call):
    shorter = complete.dossier(call, einddatum=dt.date(2025, 8, 31))
    assert "uiterlijk op 28 februari 2026" in words(one(make(call, shorter), "afsprakenkader").content)


def test_the_declaration_is_signed_by_the_authority_the_government_and_who_engaged(call, dossier):
    shown = words(one(make(call, complete.decided(dossier)), "engagementsverklaring").content)
    signed = shown[shown.index("Opgemaakt te") :]
    for name in ("Mia Van den Berghe", "Tom Claes", "FAMILIENAAM (FICTIEF)", "Els Janssens"):
        assert name in signed
    assert "Fatima Amrani" not in signed


def test_a_draft_is_not_dated_and_a_final_paper_is(call, dossier):
    draft = words(one(make(call, dossier), "engagementsverklaring").content)
    final = words(one(make(call, complete.decided(dossier)), "engagementsverklaring").content)
    assert "Opgemaakt te Gent op de dag van de ondertekening" in draft
    assert "Opgemaakt te Gent op 20 december 2021" in final


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_every_signatory_has_a_place_to_sign(call, count):
    people = [{"naam": f"Persoon {number}", "functie": "burgemeester"} for number in range(count)]
    shown = words(one(make(call, complete.dossier(call, ondertekenaars=people)), "afsprakenkader").content)
    assert shown.count("Handtekening van ") == count + 1
    for person in people:
        assert shown.count(person["naam"]) == 3  # as a party, as a signatory, and at the mark


def test_two_who_sign_under_the_same_name_have_marks_that_tell_them_apart(call, dossier):
    people = [{"naam": "An Peeters", "functie": "burgemeester"}] * 2
    paper = one(make(call, complete.decided(complete.dossier(call, ondertekenaars=people))), "engagementsverklaring")
    labels = [who.label for who in paper.signatories if who.key == "bestuur"]
    first = "Handtekening van An Peeters, burgemeester"
    assert labels == [first, f"{first} (2)"]
    printed = "Handtekening van An Peeters,\nburgemeester"  # the function on a line of its own
    assert words(paper.content).count(printed) == 2
    assert f"{printed} (2)" in words(paper.content)


def test_a_decision_of_one_article_is_titled_enig_artikel(call, dossier):
    shown = words(one(make(call, dossier), "collegebesluit").content)
    assert "Enig artikel" in shown
    assert "Artikel 1" not in shown


def test_a_decision_of_two_articles_numbers_them(call):
    shown = words(one(make(call, complete.dossier(call, **ZONE)), "collegebesluit").content)
    assert "Enig artikel" not in shown
    assert shown.index("Artikel 1") < shown.index("Artikel 2")


def test_the_college_and_the_council_have_their_own_signatories(call):
    council = dict(complete.ANSWERS["validaties"][0], orgaan="gemeenteraad", besluitnummer="2021_GR_00245")
    both = complete.dossier(call, validaties=[complete.ANSWERS["validaties"][0], council])
    made = make(call, both)
    college = words(one(made, "collegebesluit").content)
    raad = words(one(made, "gemeenteraadsbesluit").content)
    assert "Mia Van den Berghe" in college[college.index("Namens") :]
    assert "De voorzitter van de gemeenteraad" in raad[raad.index("Namens") :]
    assert "Mia Van den Berghe" not in raad[raad.index("Namens") :]
    assert "2021_GR_00245" in raad


def test_the_headings_of_a_decision_are_those_of_the_authority(call):
    shown = words(one(make(call, complete.dossier(call, gemeente="Meerhout")), "collegebesluit").content)
    assert "Juridische grondslag" in shown


def test_the_minutes_number_decisions_and_give_action_points_an_owner_and_a_date(call, dossier):
    meeting = complete.dossier(call, form="vergadering")
    paper = one(make(call, meeting, main=complete.decided(dossier)), "stuurgroepverslag")
    assert not paper.draft
    shown = words(paper.content)
    assert "Besluit 1. De stuurgroep stelt de opening uit tot 1 juli 2023." in shown
    assert "Besluit 2. De volgende vergadering is in de wijk." in shown
    (points,) = [rows for rows in rows_of(paper.content, "Nr.") if "Wie" in rows[0]]
    assert points[1] == ["1", "Planning van het wijkpunt aanpassen", "Leen De Smet", "01/04/2022", "Open"]


def test_minutes_not_yet_approved_are_a_draft(call, dossier):
    meeting = complete.dossier(call, form="vergadering", goedgekeurd=False)
    paper = one(make(call, meeting, main=complete.decided(dossier)), "stuurgroepverslag")
    assert paper.draft
    assert all(ONTWERP in header for header in headers(paper.content))


def test_approved_minutes_of_an_undecided_dossier_are_a_draft(call, dossier):
    meeting = complete.dossier(call, form="vergadering", goedgekeurd=True)
    paper = one(make(call, meeting, main=dossier), "stuurgroepverslag")
    assert paper.reasons == ("De Vlaamse Regering heeft over dit voorstel nog niet beslist.",)


def test_a_decision_announced_without_its_text_stops_the_minutes(call, dossier):
    points = [{"titel": "Varia", "bespreking": "Geen.", "beslist": True}]
    meeting = complete.dossier(call, form="vergadering", agendapunten=points)
    refusal = one(make(call, meeting, main=complete.decided(dossier)), "stuurgroepverslag")
    assert isinstance(refusal, renderers.Refusal)
    assert "Tekst van het besluit" in refusal.reason


def test_minutes_say_what_the_check_found(call, dossier):
    absent = finding("DAT-09", message="De Vlaamse overheid zat niet mee aan tafel.", remedy="Nodig haar uit.")
    meeting = complete.dossier(call, form="vergadering")
    shown = words(one(make(call, meeting, (absent,), main=complete.decided(dossier)), "stuurgroepverslag").content)
    assert "Opmerking DAT-09. De Vlaamse overheid zat niet mee aan tafel. Nodig haar uit." in shown


# -------------------------------------------------------------------------------------- hostile content

HOSTILE = (
    'R&D <b>vet</b> {{ 7*191 }} {% raw %} {# weg #} =HYPERLINK("http://x") \a\b\f\v\x00 \u202eom\u202c ]]> &amp; –'
)
SHOWN = (
    'R&D <b>vet</b> {{ 7*191 }} {% raw %} {# weg #} =HYPERLINK("http://x")'
    " \ufffd\ufffd\ufffd\ufffd\ufffd \ufffdom\ufffd ]]> &amp; –"
)


def test_hostile_content_shows_as_the_same_harmless_text_in_every_paper(call):
    rows = [dict(complete.ANSWERS["stakeholders"][0], naam=HOSTILE, engagement=HOSTILE)]
    hostile = complete.dossier(call, titel=HOSTILE, wijk_naam=HOSTILE, samenvatting=HOSTILE, stakeholders=rows)
    for paper in make(call, hostile, (finding(message=HOSTILE),)):
        assert SHOWN in words(paper.content), paper.key
        assert "1337" not in words(paper.content).replace(SHOWN, "")


def test_hostile_content_in_the_minutes_too(call, dossier):
    meeting = complete.dossier(call, form="vergadering", agendapunten=[{"titel": HOSTILE, "bespreking": HOSTILE}])
    assert words(one(make(call, meeting, main=dossier), "stuurgroepverslag").content).count(SHOWN) == 2


def test_lines_become_line_breaks_and_blank_lines_paragraphs(call):
    text = "eerste regel\ntweede regel\n\nnieuwe alinea\r\n\ttab"
    shown = words(one(make(call, complete.dossier(call, samenvatting=text)), "afsprakenkader").content)
    assert "eerste regel\ntweede regel\nnieuwe alinea\n\ttab" in shown


def test_a_megabyte_of_text_stands_in_the_paper_whole(call):
    text = ("woord < & > " * 11 + "\n") * 8000
    assert len(text) > 1_000_000
    shown = words(one(make(call, complete.dossier(call, samenvatting=text)), "afsprakenkader").content)
    assert shown.count("woord < & > ") == 88_000


def test_the_title_in_the_properties_is_escaped_once_and_at_most_255_characters(call, dossier):
    rows = [dict(complete.ANSWERS["stakeholders"][0], naam="R&D " + "x" * 300)]
    paper = one(make(call, complete.dossier(call, stakeholders=rows)), "partnerverklaring")
    title = docx.Document(io.BytesIO(paper.content)).core_properties.title
    assert title.startswith("Partnerverklaring R&D xxx")
    assert len(title) == 255
    assert title.endswith("…")


# ------------------------------------------------------------------------------------------- the files


def test_the_same_dossier_gives_the_same_bytes(call):
    first = make(call, complete.dossier(call))
    again = make(call, complete.dossier(call))
    assert [paper.content for paper in first] == [paper.content for paper in again]


def test_the_date_of_a_paper_is_the_day_on_which_it_was_first_made(call, dossier):
    later = renderers.papers(
        call, dossier, findings=(), today=dt.date(2022, 5, 1), made_on=DAY, only=["volledigheidsbrief"]
    )
    properties = docx.Document(io.BytesIO(later[0].content)).core_properties
    assert properties.created.date() == DAY
    assert "20 december 2021" in words(later[0].content)


def test_papers_are_in_belgian_dutch_and_mark_the_headers_of_their_tables(call, dossier):
    for paper in make(call, dossier):
        files = parts(paper.content)
        styles = etree.fromstring(files["word/styles.xml"])
        assert styles.find(f".//{W}docDefaults//{W}lang").get(f"{W}val") == "nl-BE"
        for table in etree.fromstring(files["word/document.xml"]).iter(f"{W}tbl"):
            first = table.find(f"{W}tr")
            titled = any(style.get(f"{W}val").startswith("Tabelkop") for style in first.iter(f"{W}pStyle"))
            assert (first.find(f"{W}trPr/{W}tblHeader") is not None) == titled, paper.key


def test_forty_actions_stand_in_the_table_and_each_on_its_own_card(call):
    acts = [dict(complete.ANSWERS["acties"][0], id=f"A{number}") for number in range(1, 41)]
    paper = one(make(call, complete.dossier(call, acties=acts)), "afsprakenkader")
    (table,) = [rows for rows in rows_of(paper.content, "Nr.") if "Actie" in rows[0]]
    assert [row[0] for row in table[1:-1]] == [f"A{number}" for number in range(1, 41)]
    assert table[-1][-1] == "€\u00a028.000.000,00"
    assert words(paper.content).count("Twee buurtregisseurs leiden bewoners toe") == 40


# ---------------------------------------------------------------------------------- faults in templates


def small(tmp_path, *paragraphs):
    """A Word template with these paragraphs, as python-docx makes it."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    path = tmp_path / "sjabloon.docx"
    made.save(path)
    return path


def faults(run):
    with pytest.raises(DefinitionError) as caught:
        run()
    return caught.value.faults


def render(call, dossier, path, use=Use.DRAFT):
    facts = gather(call, dossier, today=DAY, use=use)
    return word.render(template.read(path), facts, made_on=DAY).content


def test_a_misspelt_name_is_found_with_the_text_around_it(call, dossier, tmp_path):
    path = small(tmp_path, "Eerste alinea", "De gemeente {{ gemente }} verklaart")
    (fault,) = faults(lambda: render(call, dossier, path))
    assert fault.file == "sjabloon.docx"
    assert fault.key.startswith("word/document.xml: «")
    assert "De gemeente {{ gemente }} verklaart" in fault.key
    assert "gemente" in fault.message


def test_a_tag_that_is_not_closed_is_found_with_the_text_around_it(tmp_path):
    path = small(tmp_path, "{%p if gemeente %}", "De gemeente {{ gemeente }}")
    (fault,) = faults(lambda: template.read(path))
    assert "De gemeente" in fault.key


def test_text_beside_a_tag_that_takes_the_whole_paragraph_is_refused(tmp_path):
    path = small(tmp_path, "Dit zou verdwijnen {%p if gemeente %}", "x", "{%p endif %}")
    (fault,) = faults(lambda: template.read(path))
    assert "Dit zou verdwijnen" in fault.key


def test_low_quotes_that_word_puts_in_a_tag_are_understood(call, dossier, tmp_path):
    path = small(tmp_path, "{{ financieringsbronnen|where(„type”, „eigen”)|total(„bedrag”)|in_euro }}")
    assert "200.000\u00a0euro" in words(render(call, dossier, path))


def test_a_tag_cut_into_runs_by_word_still_works(call, dossier, tmp_path):
    made = docx.Document()
    paragraph = made.add_paragraph("Gemeente {")
    for piece in ("{ ge", "meente", " }", "}."):
        paragraph.add_run(piece).bold = True
    made.save(tmp_path / "sjabloon.docx")
    assert "Gemeente Gent." in words(render(call, dossier, tmp_path / "sjabloon.docx"))


def test_a_template_cannot_reach_into_python(call, dossier, tmp_path):
    path = small(tmp_path, "{{ gemeente.__class__.__mro__ }}")
    assert faults(lambda: render(call, dossier, path))


def test_a_template_that_is_no_word_file_is_refused(tmp_path):
    path = tmp_path / "sjabloon.docx"
    path.write_bytes(b"geen zip")
    (fault,) = faults(lambda: template.read(path))
    assert fault.message == "Het sjabloon is geen Word-bestand (.docx)."


def test_columns_repeated_in_a_table_widen_its_grid(call, dossier, tmp_path):
    made = docx.Document()
    table = made.add_table(1, 3)
    cells = ("{%tc for b in financieringsbronnen %}", "{{ b.bron }}", "{%tc endfor %}")
    for cell, text in zip(table.rows[0].cells, cells, strict=True):
        cell.text = text
    made.save(tmp_path / "sjabloon.docx")
    content = render(call, dossier, tmp_path / "sjabloon.docx")
    body = etree.fromstring(parts(content)["word/document.xml"])
    assert len(body.findall(f".//{W}gridCol")) == len(body.findall(f".//{W}tc")) == 2


def test_a_decimal_is_written_the_belgian_way(call, dossier, tmp_path):
    path = small(tmp_path, "{{ bedrag }}")
    facts = {"bedrag": Decimal("1234.5"), "paper_date": DAY}
    assert "1.234,5" in words(word.render(template.read(path), facts, made_on=DAY).content)


def test_papers_speak_the_language_of_the_call_whatever_the_program_speaks(call, dossier):
    dutch = [paper.content for paper in make(call, dossier)]
    language.use("fr_BE")
    try:
        assert [paper.content for paper in make(call, dossier)] == dutch
    finally:
        language.use(language.DEFAULT)


def test_a_template_with_broken_xml_is_a_fault_that_names_its_part():
    data = (load("wijkverbeteringscontract").templates / "besluit.docx").read_bytes()
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(broken, "w") as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info, part.replace(b"</w:body>", b"") if info.filename == "word/document.xml" else part)
    with pytest.raises(DefinitionError, match=r"besluit\.docx: word/document\.xml: Dit onderdeel is beschadigd"):
        template.compile_template(broken.getvalue(), "besluit.docx")
