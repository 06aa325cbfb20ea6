"""`compare` tells each change in a returned paper, in its place, and nothing that saving it anew changed."""

from __future__ import annotations

import json

import pytest

from pipeline import commands
from pipeline.compare import NotComparable, aligning, closest, compare
from pipeline.compare.telling import lines
from pipeline.errors import UsageError
from tests.editors import rewritten
from tests.redline_dress import BREAK, DRESSED, FIRST, NEW_PAGE, WHOLE, DressEdit
from tests.redline_edits import EDITS, GROUP_AT, Edit
from tests.redline_hostile import HOSTILE, TRACKED
from tests.redline_paper import BODY, FOOTER, GROUP, INTENT, MONEY, REPORT, SCOPE, STYLES, article, paper
from tests.redline_resaves import REWRITINGS
from tests.test_roundtrip import convert
from tests.word_files import p, r, word

PAPER = paper()
PAGED = [edit for edit in DRESSED if edit.note == NEW_PAGE]
DEFAULT_SPACING = '<w:pPrDefault><w:pPr><w:spacing w:line="120" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
LOST_BY_LIBREOFFICE = {"an embedded object put in"}
"""LibreOffice leaves an object without any content out."""


def told(edited: bytes) -> list[tuple[str, str, str, str]]:
    found = compare(PAPER, edited).comparison.changes
    return sorted((change.kind.value, str(change.place), change.before, change.after) for change in found)


@pytest.mark.parametrize("edit", [*EDITS, *HOSTILE], ids=lambda edit: edit.name)
def test_what_a_counterparty_edits_is_told(edit: Edit):
    assert told(edit.made()) == sorted(edit.told)


@pytest.mark.parametrize("edit", [*EDITS, *HOSTILE], ids=lambda edit: edit.name)
def test_amounts_numbers_and_dates_that_changed_are_named(edit: Edit):
    found = compare(PAPER, edit.made()).comparison.changes
    values = [(value.before, value.after) for change in found for value in change.values]
    assert sorted(values) == sorted(edit.values)


@pytest.mark.parametrize("edit", DRESSED, ids=lambda edit: edit.name)
def test_what_changes_around_words_is_told_with_its_place(edit: DressEdit):
    found = compare(paper(WHOLE), edit.made()).comparison.changes
    assert [(change.kind.value, str(change.place), change.note) for change in found] == [
        ("layout", *each) for each in ((edit.place, edit.note), *edit.also)
    ]


def test_a_page_break_that_is_gone_is_told():
    paged = WHOLE.replace(GROUP, p(BREAK) + GROUP)
    (change,) = compare(paper(paged), paper(WHOLE)).comparison.changes
    assert (change.kind.value, change.note) == ("layout", "begint niet meer op een nieuwe bladzijde")


def test_how_a_break_is_written_is_no_change():
    first, *others = (edit.made() for edit in PAGED)
    assert [compare(first, other).comparison.changes for other in others] == [()] * 3


def test_what_changes_around_words_is_told_apart_with_that_our_paper_keeps_its_own():
    edit = next(edit for edit in DRESSED if edit.name == "lines closer")
    said = list(lines(compare(paper(WHOLE), edit.made()).comparison, "kader", "terug.docx"))
    assert said[1:] == [
        "1 wijziging: 1 van bladzijde of alinea.",
        "",
        "LETTERTYPE, AFSTANDEN, RANDEN EN BLAD (ons papier houdt zijn eigen)",
        GROUP_AT,
        f"  regelafstand 1 wordt 0,75: «{FIRST[:39]}…»",
    ]


def test_the_same_change_in_the_whole_paper_is_told_once_with_where_it_is():
    smaller = STYLES.replace("</w:docDefaults>", DEFAULT_SPACING + "</w:docDefaults>")
    (change,) = compare(PAPER, paper(styles=smaller)).comparison.changes
    assert change.note == "regelafstand 1 wordt 0,5"
    assert change.context.startswith("en op nog ")
    assert "Artikel 2. Financiering; " in change.context


@pytest.mark.parametrize("name", REWRITINGS)
def test_saving_anew_is_no_change(name: str):
    assert told(REWRITINGS[name](PAPER)) == []


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_an_edit_is_told_the_same_after_runs_are_cut_and_styles_renamed(edit: Edit):
    data = edit.made()
    for name in ("session numbers", "styles with other identifiers", "runs cut into letters"):
        data = REWRITINGS[name](data)
    assert told(data) == sorted(edit.told)


@pytest.fixture(scope="module")
def resaved(tmp_path_factory):
    """One edit in two as LibreOffice saves it as a Word file, one in six by way of OpenDocument."""
    chosen = list(enumerate(EDITS))[::2]
    files = {"paper.docx": PAPER} | {f"edit{number}.docx": edit.made() for number, edit in chosen}
    files |= {f"page{number}.docx": edit.made() for number, edit in enumerate(PAGED)}
    once = convert(tmp_path_factory.mktemp("once"), files, "docx:MS Word 2007 XML")
    fewer = {name: data for name, data in files.items() if name.startswith("page")} | dict(list(files.items())[::3])
    open_document = convert(tmp_path_factory.mktemp("odt"), fewer | {"edit0.docx": files["edit0.docx"]}, "odt")
    texts = {f"{name}.odt": data for name, data in open_document.items()}
    twice = convert(tmp_path_factory.mktemp("twice"), texts, "docx:MS Word 2007 XML")
    return once, twice, open_document


@pytest.mark.requires_soffice
@pytest.mark.parametrize("way", [0, 1], ids=["docx", "odt and back"])
def test_an_edit_is_told_the_same_after_libreoffice_saved_the_file(resaved, way):
    assert told(resaved[way]["paper"]) == []
    wrong = {
        edit.name: found
        for number, edit in enumerate(EDITS)
        if edit.name not in LOST_BY_LIBREOFFICE
        and f"edit{number}" in resaved[way]
        and (found := told(resaved[way][f"edit{number}"])) != sorted(edit.told)
    }
    assert wrong == {}


@pytest.mark.requires_soffice
@pytest.mark.parametrize("way", [0, 1], ids=["docx", "odt and back"])
def test_a_new_page_is_told_the_same_after_libreoffice_saved_the_file(resaved, way):
    found = [compare(paper(WHOLE), resaved[way][f"page{number}"]).comparison.changes for number in range(len(PAGED))]
    assert [[(str(change.place), change.note) for change in each] for each in found] == [[(GROUP_AT, NEW_PAGE)]] * 4


@pytest.mark.requires_soffice
def test_an_open_document_that_came_back_is_converted_and_that_is_said(resaved):
    compared = compare(PAPER, resaved[2]["edit0"], "terug.odt")
    assert [(change.before, change.after) for change in compared.comparison.changes] == [("80.000", "800.000")]
    assert "LibreOffice" in compared.comparison.notes[0]


def test_tracked_changes_of_the_counterparty_are_shown_with_their_author():
    edit = next(edit for edit in EDITS if edit.name.startswith("a tracked insertion"))
    found = compare(PAPER, edit.made()).comparison.tracked
    assert [(one.kind, one.text, one.author, one.date[:10]) for one in found] == [
        ("inserted", " of meer", "A. Jurist", "2022-02-01"),
        ("deleted", " per jaar", "A. Jurist", "2022-02-01"),
    ]


@pytest.mark.parametrize("edit", TRACKED, ids=lambda edit: edit.name)
def test_what_word_kept_track_of_counts_as_accepted_and_is_shown(edit: Edit):
    assert told(edit.made()) == sorted(edit.told)
    marked = edit.name != "only the end of a paragraph taken away"  # no words of which to show anything
    assert [one.author for one in compare(PAPER, edit.made()).comparison.tracked][:1] == ["A. Jurist"] * marked


def test_fonts_that_the_file_brings_along_are_told_since_they_can_draw_one_digit_as_another():
    back = rewritten(PAPER, lambda _name, content: content, {"word/fonts/font1.odttf": "x"})
    assert "eigen lettertypes" in compare(PAPER, back).comparison.notes[0]
    assert compare(PAPER, PAPER).comparison.notes == ()


def test_a_letter_that_looks_like_another_is_named():
    edit = next(edit for edit in EDITS if "another script" in edit.name)
    assert "CYRILLIC SMALL LETTER O" in compare(PAPER, edit.made()).comparison.changes[0].note


def test_the_paper_of_another_dossier_is_refused():
    with pytest.raises(UsageError, match=r"WVC-2021-0009.*WVC-2021-0003"):
        compare(PAPER, paper(BODY.replace("0003", "0009"), footer1=FOOTER.replace("0003", "0009")))


def test_among_papers_that_differ_in_a_name_the_right_one_is_found():
    bodies = {
        name: BODY.replace("Ninove", f"Ninove, met {name}") for name in ("Huurdershuis", "Buurtwerking", "Havenwerk")
    }
    issued = {name: paper(body) for name, body in bodies.items()}
    for name, body in bodies.items():
        back = paper(body.replace("80.000 euro", "90.000 euro").replace(INTENT, ""))
        assert closest(back, issued) == name


def test_another_paper_of_the_same_dossier_is_refused():
    other = word(
        p(r("Engagementsverklaring"), '<w:pStyle w:val="Titel"/>')
        + p(r("De partijen verklaren zich in dossier WVC-2021-0003 bereid om samen te werken aan de wijk."))
        + p(r("Zij ondertekenen dit document in drievoud en delen het met hun diensten."))
    )
    with pytest.raises(UsageError, match="geen bewerking"):
        compare(PAPER, other)


def test_a_paper_of_which_half_was_struck_is_compared():
    body = BODY.replace(MONEY, "").replace(INTENT, "").replace(GROUP, "").replace(REPORT, "")
    kinds = {change.kind.value for change in compare(PAPER, paper(body)).comparison.changes}
    assert kinds == {"deleted"}


def test_a_pdf_is_refused_with_what_to_do():
    with pytest.raises(NotComparable, match="Vraag het Word-bestand"):
        compare(PAPER, b"%PDF-1.7\n%%EOF\n", "terug.pdf")


def test_a_damaged_file_is_refused_with_what_to_do():
    with pytest.raises(NotComparable, match="opnieuw"):
        compare(PAPER, PAPER[:400], "terug.docx")


def test_the_verb_tells_by_article_and_ends_with_3(tmp_path, capsys):
    edit = EDITS[0]
    (tmp_path / "uit.docx").write_bytes(PAPER)
    (tmp_path / "terug.docx").write_bytes(edit.made())
    assert commands.run(["compare", str(tmp_path / "uit.docx"), str(tmp_path / "terug.docx")]) == 3
    said = capsys.readouterr().out
    assert said.index("80.000 euro → 800.000 euro") < said.index("\nArtikel 2. Financiering\n")
    assert "vervangen: «80.000» → «800.000»" in said
    assert commands.run(["compare", str(tmp_path / "uit.docx"), str(tmp_path / "uit.docx")]) == 0
    assert "Niets gewijzigd" in capsys.readouterr().out


def test_the_verb_gives_json(tmp_path, capsys):
    (tmp_path / "uit.docx").write_bytes(PAPER)
    (tmp_path / "terug.docx").write_bytes(next(edit for edit in EDITS if edit.name == "a cell changed").made())
    commands.run(["compare", str(tmp_path / "uit.docx"), str(tmp_path / "terug.docx"), "--json"])
    data = json.loads(capsys.readouterr().out)
    assert data["schema_version"] == 1
    (change,) = data["changes"]
    assert (change["heading"], change["table"], change["row"], change["column"]) == ("Artikel 2. Financiering", 1, 3, 3)
    assert change["values"] == [{"before": "€ 50.000,00", "after": "€ 55.000,00"}]


class Counted(str):
    """A word that counts how often it is held against another."""

    __slots__ = ()
    times = 0

    def __eq__(self, other):
        Counted.times += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


@pytest.mark.parametrize("same", [1, 50], ids=["all different", "many the same"])
def test_the_work_grows_with_the_length_and_not_with_its_square(same):
    def steps(length: int) -> int:
        Counted.times = 0
        old = [Counted(f"alinea {number // same}") for number in range(length)]
        new = [Counted(f"alinea {number // same}") for number in range(length) if number % 7]
        aligning.matches(old, new)
        return Counted.times

    assert steps(8_000) < 10 * max(1, steps(1_000))


def test_changed_paragraphs_are_held_against_their_neighbours_only():
    held = []
    aligning.pairs(range(2_000), range(2_000), lambda one, other: held.append(1) or float(one == other), 0.5)
    assert len(held) <= 2_000 * 50


def test_articles_that_all_say_the_same_do_not_confuse():
    body = "".join(article("Artikel") + SCOPE for _number in range(40))
    changed = body.replace(SCOPE, SCOPE.replace("Ninove", "Gent"), 1)
    found = compare(word(body), word(changed)).comparison.changes
    assert [(change.before, change.after) for change in found] == [("Ninove", "Gent")]
