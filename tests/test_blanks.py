"""No paper goes out with something left to fill in; what is left is told with its page and line."""

import io
import shutil

import docx
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm

from pipeline import office, resources
from pipeline.errors import DefinitionError
from pipeline.library import BlankWords, blank_words, load
from pipeline.signing import blanks as blanks_by
from pipeline.signing import pieces
from tests.issued_demo import decided

pytestmark = pytest.mark.requires_soffice

DUTCH = blank_words("nl_BE")


def blanks(pages, typed=(), words=DUTCH):
    return blanks_by(pages, words, typed)


LEFT = {
    "Opgemaakt te Gent op [datum].": "brackets",
    "Vertegenwoordigd door [naam en functie]": "brackets",
    "De subsidie bedraagt [BEDRAG] euro.": "brackets",
    "De partijen komen overeen: […]": "brackets",
    "Het lokaal bestuur [...] verbindt zich.": "brackets",
    "Ondernemingsnummer: [ ]": "brackets",
    "Rekeningnummer [in te vullen]": "brackets",
    "Looptijd: [ontbreekt: Looptijd]": "missing",
    "Beste <naam>": "brackets",
    "Namens [de gemeente]": "brackets",
    "Budget: [door de partner in te vullen]": "brackets",
    "[Nog te bevestigen door de jurist]": "brackets",
    "Datum: ____________": "line",
    "Handtekening ...........................": "line",
    "Naam: ……………………": "line",
    "Plaats . . . . . . . . . .": "line",
    "Gedaan te … op 3 maart 2022": "line",
    "op ... 2022 in twee exemplaren": "line",
    "…": "line",
    "Ondertekend op XX/XX/2022": "date",
    "Ondertekend op xx/xx/20xx": "date",
    "Opgemaakt op dd/mm/jjjj": "date",
    "Zitting van ../../2021": "date",
    "Zitting van 12/../2021": "date",
    "Zitting van ../12/2021": "date",
    "Opgemaakt op 1 maart 20..": "date",
    "De bijdrage is € XX per jaar": "amount",
    "Opgemaakt te , op 3 maart 2022": "empty",
    "Opgemaakt te Gent, op .": "empty",
    "{{ gemeente }} verbindt zich": "template",
    "{% if draft %} tekst": "template",
    "ONTWERP": "draft",
    "Lorem ipsum dolor sit amet": "filler",
    "Zie artikel Fout! Verwijzingsbron niet gevonden.": "reference",
    "De datum is nog in te vullen": "filler",
}
"""A line that leaves something open → what kind of blank it is."""

ALONE = {
    "Voor de gemeente,": "formula",
    "Namens het college van burgemeester en schepenen,": "formula",
    "De burgemeester,": "formula",
    "Handtekening:": "formula",
    "Datum:": "dated",
}
"""A formula with nobody under it."""

SOUND = [
    "Opgemaakt te Gent op 20 december 2021, in evenveel exemplaren als er partijen zijn.",
    "De wijk telt 4.812 inwoners (bron: Statbel [1], [2]) en dat is veel [sic].",
    "Het plein is te warm, te druk, ... en dus te hard.",
    "Maatregelen rond wonen, werken enz… volgen later.",
    "De nota van 19/07/2021 en de nota van 2021-07-19.",
    "Subsidie: € 800.000,00, waarvan 20 percent infrastructuur.",
    "Voor de wijk geldt dat bewoners, verenigingen en ondernemers samen beslissen.",
    "De burgemeester en de algemeen directeur voeren dit uit.",
    "Zie https://www.vlaanderen.be/<map>/oproep en naam@voorbeeld.be",
    "De XXe eeuw, wijk XXL en het decreet van 22/12/2017.",
    "Het ontwerp van het plein werd besproken; het ontwerp is klaar.",
    "Datum: 20 december 2021",
    "Naam: An Peeters",
    "Het antwoord is ja/nee en/of misschien, van A tot Z.",
    "Vorm van de bijdrage: natura.",
    "☒ ja ☐ nee",
    "Zie [artikel 2 van het decreet], de wijk [Muide] en <Oost>; [zie de nota van het bestuur].",
    "Artikel 1. Voorwerp ........................................ 3",
    "Klasse < 5 en > 3; a_b en c__d; 3...5 jaar",
]


def printed(*pages):
    """Print a Word file of which each page holds some lines."""
    made = docx.Document()
    for number, lines in enumerate(pages):
        for line in lines:
            made.add_paragraph(line)
        if number + 1 < len(pages):
            made.add_page_break()
    return convert(made)


def convert(made):
    made.core_properties.title = "Proef"
    content = io.BytesIO()
    made.save(content)
    (result,) = office.convert({"proef": content.getvalue()}).values()
    assert isinstance(result, bytes), result
    return pieces(result)


@pytest.fixture(scope="module")
def seeded():
    """Each line on a page of its own, between two others."""
    return blanks(printed(*(("Eerste regel.", line, "Laatste regel.") for line in LEFT)))


@pytest.mark.parametrize(("number", "line", "what"), [(n, *item) for n, item in enumerate(LEFT.items(), 1)])
def test_what_is_left_to_fill_in_is_told_with_its_page_and_line(number, line, what, seeded):
    found = [blank for blank in seeded if blank.page == number]
    assert found, line
    assert {blank.line for blank in found} == {2}
    assert what in {blank.what for blank in found}
    assert f"bladzijde {number}, regel 2: «" in str(found[0])


def test_a_formula_of_signing_under_which_nobody_stands_is_told():
    found = blanks(printed(*((*(["Tekst."] * 3), line) for line in ALONE)))
    assert [(blank.page, blank.line, blank.text, blank.what) for blank in found] == [
        (page, 4, line, what) for page, (line, what) in enumerate(ALONE.items(), 1)
    ]


def test_a_formula_with_somebody_under_or_beside_it_is_sound():
    made = docx.Document()
    for row in (("Voor de gemeente,", "Voor de Vlaamse overheid,"), ("An Peeters", "Bo Maes"), ("Datum:", "3/3/2022")):
        cells = made.add_table(1, 2).rows[0].cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    assert blanks(convert(made)) == ()


def test_the_party_in_one_column_does_not_stand_for_the_other():
    made = docx.Document()
    for row in (("Voor de gemeente,", "Voor de Vlaamse overheid,"), ("An Peeters", "")):
        cells = made.add_table(1, 2).rows[0].cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    assert [blank.text for blank in blanks(convert(made))] == ["Voor de Vlaamse overheid,"]


def test_a_line_of_a_tab_and_a_blank_over_two_lines_are_seen():
    made = docx.Document()
    leader = made.add_paragraph("Datum en handtekening:\t")
    leader.paragraph_format.tab_stops.add_tab_stop(Cm(12), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
    narrow = made.add_paragraph("Vertegenwoordigd door [naam van wie tekent en zijn functie in de organisatie]")
    narrow.paragraph_format.right_indent = Cm(9)
    found = [(blank.line, blank.what) for blank in blanks(convert(made))]
    assert (1, "line") in found
    assert (2, "brackets") in found


def test_signs_of_a_template_that_an_applicant_typed_are_no_blank_and_others_are():
    title = "Huizen {{ 7*7 }} voor {% iedereen %} in de wijk"
    pages = printed([f"Het voorstel «{title}» werd ingediend.", "Namens {{ gemeente }} getekend."])
    assert {blank.line for blank in blanks(pages)} == {1, 2}
    assert [(blank.line, blank.what) for blank in blanks(pages, [title])] == [(2, "template")]
    assert {blank.line for blank in blanks(printed(["Titel: [datum]."]), ["[datum]"])} == {1}


def test_sound_lines_give_no_alarm():
    assert [str(blank) for blank in blanks(printed(*((line, "Slot van de bladzijde.") for line in SOUND)))] == []


def test_words_of_another_language_are_data():
    """A call in French says in its `documenten.toml` by which words its papers show that something is open."""
    pages = printed(["Fait à [lieu], le [date].", "Le montant est de [..] francs.", "Pour la commune,", "An Peeters"])
    assert [blank.what for blank in blanks(pages, words=BlankWords())] == ["brackets"]
    french = BlankWords(begins=("date", "lieu"), signing=("pour",))
    assert [(blank.line, blank.what) for blank in blanks(pages, words=french)] == [(1, "brackets"), (2, "brackets")]
    alone = printed(["Pour la commune,"])
    assert [blank.what for blank in blanks(alone, words=french)] == ["formula"]


def test_call_adds_its_words_to_those_of_its_language(tmp_path):
    folder = shutil.copytree(resources.ROOT / "tests" / "calls", tmp_path / "calls")
    papers = folder / "templates" / "klimaatwijken" / "documenten.toml"
    papers.write_text(papers.read_text() + '\n[invullen]\nbegins = ["kleur"]\n')
    words = load(folder / "forms" / "klimaatwijken").blanks
    assert {"datum", "kleur"} <= set(words.begins)
    assert words.signing == DUTCH.signing


def test_call_that_issues_papers_in_a_language_without_words_is_faulty(tmp_path):
    """Nobody would see that its papers are not held against any word."""
    folder = shutil.copytree(resources.ROOT / "tests" / "calls", tmp_path / "calls")
    call = folder / "forms" / "klimaatwijken" / "oproep.toml"
    call.write_text(call.read_text().replace('language = "nl-BE"', 'language = "fr_BE"'))
    with pytest.raises(DefinitionError) as raised:
        load(folder / "forms" / "klimaatwijken")
    assert [fault.key for fault in raised.value.faults] == ["language"]


def test_word_kind_that_does_not_exist_is_a_fault_with_what_was_meant(tmp_path):
    folder = shutil.copytree(resources.ROOT / "tests" / "calls", tmp_path / "calls")
    papers = folder / "templates" / "klimaatwijken" / "documenten.toml"
    papers.write_text(papers.read_text() + '\n[invullen]\nbegin = ["kleur"]\n')
    with pytest.raises(DefinitionError) as raised:
        load(folder / "forms" / "klimaatwijken")
    (fault,) = raised.value.faults
    assert (fault.key, fault.suggestion) == ("invullen.begin", "begins")


def test_papers_of_the_demo_that_are_issued_have_no_blank_and_those_signed_by_hand_have_their_line(tmp_path):
    output = decided(tmp_path)
    files = {path.name: path.read_bytes() for path in output.rglob("*.docx") if "ingediend" not in path.parts}
    assert {"afsprakenkader.docx", "engagementsverklaring.docx", "stuurgroepverslag-10-maart-2022.docx"} <= set(files)
    for name, content in office.convert(files).items():
        by_hand = name.startswith(("collegebesluit", "volledigheidsbrief"))
        assert {blank.what for blank in blanks(pieces(content))} == ({"line"} if by_hand else set()), name
