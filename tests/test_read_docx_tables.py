"""Tracked changes, hidden text and tables of Word are read as people see them: one test a trap."""

from __future__ import annotations

from pipeline.document import Table, paragraphs
from pipeline.readers import read
from tests.read_back import first, rows, said
from tests.word_files import (
    p,
    r,
    sdt,
    styles,
    tbl,
    tc,
    tr,
    word,
)

# Tracked changes -----------------------------------------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted() -> None:
    body = p(
        r("Bedrag: ")
        + "<w:del><w:r><w:delText>800.000</w:delText></w:r></w:del>"
        + "<w:ins>" + r("750.000") + "</w:ins>"
    )  # fmt: skip
    found = first(read(word(body), "a.docx"))
    assert (found.text, found.deleted) == ("Bedrag: 750.000", "800.000")


def test_moved_text_stands_only_where_it_went() -> None:
    body = p("<w:moveFrom>" + r("verplaatst") + "</w:moveFrom>" + r("Oud")) + p(
        r("Nieuw: ") + "<w:moveTo>" + r("verplaatst") + "</w:moveTo>"
    )
    found = list(paragraphs(read(word(body), "a.docx").blocks))
    assert [(part.text, part.deleted) for part in found] == [("Oud", "verplaatst"), ("Nieuw: verplaatst", "")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p(r("Stad "), "<w:rPr><w:del/></w:rPr>") + p("Gent") + p("volgende")
    document = read(word(body), "a.docx")
    assert [part.text for part in paragraphs(document.blocks)] == ["Stad Gent", "volgende"]
    assert [part.location.paragraph for part in paragraphs(document.blocks)] == [1, 2]


def test_a_deleted_paragraph_mark_before_a_table_loses_nothing() -> None:
    body = p("Inleiding", "<w:rPr><w:del/></w:rPr>") + tbl(tr(tc("cel", "")))
    assert said(word(body)) == ["Inleiding", "cel"]


def test_a_deleted_row_is_no_row_and_its_text_is_flagged() -> None:
    gone = tr(tc("weg"), tc(p("<w:del><w:r><w:delText>ook</w:delText></w:r></w:del>")), properties="<w:del/>")
    data = word(tbl(tr(tc("a"), tc("b")), gone, tr(tc("c"), tc("d"))))
    assert rows(data) == [["a", "b"], ["c", "d"]]
    flagged = [part.deleted for part in paragraphs(read(data, "a.docx").blocks) if part.deleted]
    assert flagged == ["weg", "ook"]


def test_a_control_in_a_deletion_is_not_given() -> None:
    body = p("<w:del>" + sdt("<w:r><w:delText>Gent</w:delText></w:r>", '<w:tag w:val="gemeente"/>') + "</w:del>")
    assert read(word(body), "a.docx").controls == ()


def test_an_inserted_row_is_a_row() -> None:
    assert rows(word(tbl(tr(tc("a")), tr(tc("b"), properties="<w:ins/>")))) == [["a"], ["b"]]


# Hidden text ---------------------------------------------------------------------------------------------------


def test_hidden_text_is_flagged_and_is_no_answer() -> None:
    found = first(read(word(p(r("Gent") + r("geheim", "<w:vanish/>"))), "a.docx"))
    assert (found.text, found.hidden) == ("Gent", "geheim")


def test_text_hidden_by_a_style_or_by_what_that_is_based_on_is_flagged() -> None:
    style = styles(
        '<w:style w:type="character" w:styleId="Basis"><w:name w:val="Basis"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Intern"><w:name w:val="Intern"/><w:basedOn w:val="Basis"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p(r("Gent") + r("geheim", '<w:rStyle w:val="Intern"/>'))
        + p(r("ook") + r(" zichtbaar", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="Weg"/>')
    )  # fmt: skip
    found = list(paragraphs(read(word(body, styles=style), "a.docx").blocks))
    assert [(part.text, part.hidden) for part in found] == [("Gent", "geheim"), ("zichtbaar", "ook")]


def test_a_hidden_row_is_no_row() -> None:
    data = word(tbl(tr(tc("a")), tr(tc("geheim"), properties="<w:hidden/>")))
    assert rows(data) == [["a"]]
    assert [part.hidden for part in paragraphs(read(data, "a.docx").blocks) if part.hidden] == ["geheim"]


# Tables --------------------------------------------------------------------------------------------------------


def test_merged_cells_are_given_once_with_their_spans() -> None:
    body = tbl(
        tr(tc("boven", '<w:gridSpan w:val="2"/>'), tc("rechts")),
        tr(tc("lang", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2")),
        tr(tc("", "<w:vMerge/>"), tc("3"), tc("4")),
    )
    table = read(word(body), "a.docx").blocks[0]
    assert isinstance(table, Table)
    assert [[(c.text, c.columns, c.rows, c.location.column) for c in row] for row in table.rows] == [
        [("boven", 2, 1, 1), ("rechts", 1, 1, 3)],
        [("lang", 1, 2, 1), ("1", 1, 1, 2), ("2", 1, 1, 3)],
        [("3", 1, 1, 2), ("4", 1, 1, 3)],
    ]


def test_columns_skipped_at_the_start_of_a_row_count() -> None:
    body = tbl(tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridBefore w:val="1"/>'))
    table = read(word(body), "a.docx").blocks[0]
    assert isinstance(table, Table)
    assert table.rows[1][0].location.column == 2


def test_a_nested_table_stands_in_its_cell_with_a_number_of_its_own() -> None:
    body = tbl(tr(tc(p("voor") + tbl(tr(tc("binnen"))) + p("na")), tc("naast"))) + tbl(tr(tc("later")))
    document = read(word(body), "a.docx")
    outer, last = document.blocks
    assert isinstance(outer, Table)
    assert isinstance(last, Table)
    inner = outer.rows[0][0].blocks[1]
    assert isinstance(inner, Table)
    assert (outer.location.table, inner.location.table, last.location.table) == (1, 2, 3)
    assert outer.rows[0][0].text == "voor\nbinnen\nna"
    assert (outer.rows[0][1].location.row, outer.rows[0][1].location.column) == (1, 2)


def test_header_rows_are_marked() -> None:
    table = read(word(tbl(tr(tc("Titel"), properties="<w:tblHeader/>"), tr(tc("x")))), "a.docx").blocks[0]
    assert isinstance(table, Table)
    assert [row[0].header for row in table.rows] == [True, False]


def test_the_place_of_a_cell_reads_as_people_say_it() -> None:
    body = p("M. Financieel", '<w:outlineLvl w:val="0"/>') + tbl(tr(tc("a")), tr(tc("b")))
    table = read(word(body), "aanvraag.docx").blocks[1]
    assert isinstance(table, Table)
    assert str(table.rows[1][0].location) == "aanvraag.docx, M. Financieel, tabel 1, rij 2"
