"""Text, headings, notes and what is no answer in OpenDocument are told apart: one test a trap."""

from __future__ import annotations

import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.odt_files import (
    SPACES,
    deletion,
    flat,
    h,
    odt,
    p,
    parts,
    span,
    style,
    table,
    td,
    tr,
)
from tests.read_back import first, said
from tests.word_files import zipped

HIDDEN = style("T1", 'text:display="none"')


# Text ----------------------------------------------------------------------------------------------------------


def test_white_space_of_the_file_counts_as_one_space_and_marked_spaces_count_each() -> None:
    body = p('\n  Stad\n   Gent<text:s text:c="3"/>en <text:span>  Aalst</text:span>\n')
    assert said(odt(body)) == ["Stad Gent   en Aalst"]


def test_tabs_and_line_breaks_become_characters_and_page_breaks_nothing() -> None:
    assert said(odt(p("a<text:tab/>b<text:line-break/>c<text:soft-page-break/>d\u00ade"))) == ["a\tb\ncde"]


def test_a_word_in_several_spans_is_one_word() -> None:
    assert said(odt(p("Wijk" + span("verbe", "T1") + '<text:bookmark text:name="x"/>tering'))) == ["Wijkverbetering"]


def test_links_fields_and_indexes_keep_what_they_show() -> None:
    index = (
        '<text:table-of-content><text:table-of-content-source><text:index-title-template>sjabloon'
        "</text:index-title-template></text:table-of-content-source><text:index-body>"
        f"<text:index-title>{p('Inhoud')}</text:index-title>{p('A. Bestuur<text:tab/>1')}</text:index-body>"
        "</text:table-of-content>"
    )  # fmt: skip
    fields = '<text:a xlink:href="http://example.org">zie hier</text:a>, <text:page-number>4</text:page-number>'
    assert said(odt(index + p(fields))) == ["Inhoud", "A. Bestuur\t1", "zie hier, 4"]


def test_of_ruby_only_what_it_stands_over_is_text() -> None:
    ruby = "<text:ruby><text:ruby-base>onder</text:ruby-base><text:ruby-text>boven</text:ruby-text></text:ruby>"
    assert said(odt(p(ruby))) == ["onder"]


def test_numbers_that_the_program_makes_are_not_given() -> None:
    item = f"<text:list-item><text:number>1.</text:number>{p('punt')}</text:list-item>"
    assert said(odt(f"<text:list><text:list-header>{p('kop')}</text:list-header>{item}</text:list>")) == ["kop", "punt"]


def test_text_is_normalised_to_composed_characters() -> None:
    assert said(odt(p("cafe\u0301"))) == ["café"]


def test_headings_go_by_their_level_by_their_style_and_the_title_is_one() -> None:
    titled = style("P1", family="paragraph", more='style:parent-style-name="Title"')
    styled = style("P2", family="paragraph", more='style:default-outline-level="3"')
    body = p("Formulier", "P1") + h("A. Bestuur", 2) + p("Gent", "P2") + p("los")
    found = list(paragraphs(read(odt(body, automatic=titled + styled), "a.odt").blocks))
    assert [part.level for part in found] == [1, 2, 3, 0]
    assert str(found[3].location) == "a.odt, Gent, alinea 4"


def test_a_style_based_on_itself_does_not_hang() -> None:
    circle = style("P1", family="paragraph", more='style:parent-style-name="P1"')
    assert said(odt(p("x", "P1"), automatic=circle)) == ["x"]


def test_letters_in_a_symbol_font_are_signs() -> None:
    signs = '<style:font-face style:name="W" svg:font-family="&apos;Wingdings&apos;"/>'
    content = str(parts(p(span("þ", "T1") + " ja " + span("\uf0a8", "T1")))["content.xml"])
    content = content.replace(
        "<office:automatic-styles>",
        f"<office:font-face-decls>{signs}</office:font-face-decls><office:automatic-styles>"
        + style("T1", 'style:font-name="W"'),
    )
    assert said(zipped({**parts(""), "content.xml": content})) == ["☒ ja ☐"]


def test_text_that_is_struck_through_is_read_and_doubted() -> None:
    struck = style("T1", 'style:text-line-through-style="solid" style:text-line-through-type="single"')
    whole = style("T2", 'style:text-line-through-style="none" style:text-line-through-type="none"')
    body = p("Muide " + span("Dampoort", "T1")) + p(span("Rabot", "T2"))
    found = list(paragraphs(read(odt(body, automatic=struck + whole), "a.odt").blocks))
    assert found[0].text == "Muide Dampoort"
    assert "doorgehaald" in found[0].uncertain
    assert found[1].uncertain == ""


def test_digits_in_superscript_stay_apart_from_those_before_them() -> None:
    styles = style("T1", 'style:text-position="super 58%"') + style("T2", 'style:text-position="33% 58%"')
    styles += style("T3", 'style:text-position="sub 58%"') + style("T4", 'style:text-position="0% 100%"')
    body = p("75000" + span("1", "T1")) + p("75000" + span("2", "T2")) + p("CO" + span("2", "T3") + span("3", "T4"))
    assert said(odt(body, automatic=styles)) == ["75000¹", "75000²", "CO23"]


def test_a_picture_alone_is_told_where_it_stands_and_one_beside_words_is_not() -> None:
    picture = '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    alone, beside = paragraphs(read(odt(p(picture) + p("Muide" + picture)), "a.odt").blocks)
    assert "afbeelding" in alone.unread
    assert (beside.text, beside.unread) == ("Muide", "")


def test_a_date_that_changes_by_itself_is_doubted_and_a_fixed_one_is_not() -> None:
    moving = p('<text:date text:date-value="2021-07-19">19/07/2021</text:date>')
    fixed = p('<text:date text:fixed="true" text:date-value="2021-07-19">19/07/2021</text:date>')
    one, two = paragraphs(read(odt(moving + fixed), "a.odt").blocks)
    assert (one.text, two.text) == ("19/07/2021", "19/07/2021")
    assert "vanzelf" in one.uncertain
    assert two.uncertain == ""


# What is no answer ---------------------------------------------------------------------------------------------


def test_hidden_text_paragraphs_and_sections_are_kept_apart() -> None:
    whole = style("P1", 'text:display="none"', "paragraph")
    body = (
        p("zicht" + span("geheim", "T1"))
        + p("alinea", "P1")
        + f'<text:section text:display="none">{p("afdeling")}</text:section>'
        + f'<text:section text:display="condition" text:is-hidden="true">{p("voorwaarde")}</text:section>'
        + f'<text:section text:display="condition">{p("getoond")}</text:section>'
        + p('<text:hidden-text text:is-hidden="true">veld</text:hidden-text>')
        + p('weg<text:hidden-paragraph text:is-hidden="true"/>')
        + p('<text:variable-set text:display="none">7</text:variable-set>')
        + p('<text:conditional-text text:current-value="true">wel</text:conditional-text>')
    )
    found = list(paragraphs(read(odt(body, automatic=HIDDEN + whole), "a.odt").blocks))
    assert [(part.text, part.hidden) for part in found] == [
        ("zicht", "geheim"), ("", "alinea"), ("", "afdeling"), ("", "voorwaarde"), ("getoond", ""), ("", "veld"),
        ("", "weg"), ("", "7"), ("wel", ""),
    ]  # fmt: skip


def test_text_that_shows_again_inside_hidden_text_is_text() -> None:
    shown = style("T2", 'text:display="true"')
    body = p(span("weg " + span("Gent", "T2"), "T1"))
    assert said(odt(body, automatic=HIDDEN + shown)) == ["Gent"]


def test_what_a_tracked_change_took_away_is_kept_apart_and_what_it_added_is_text() -> None:
    body = deletion("d1", p("100.000") + p("of meer")) + p(
        'Bedrag: <text:change text:change-id="d1"/><text:change-start text:change-id="i1"/>250.000'
        '<text:change-end text:change-id="i1"/> euro'
    )
    document = read(odt(body), "a.odt")
    assert (first(document).text, first(document).deleted) == ("Bedrag: 250.000 euro", "100.000\nof meer")


def test_a_deletion_between_paragraphs_is_kept_apart_too() -> None:
    body = deletion("d1", p("oud")) + p("nieuw") + '<text:change text:change-id="d1"/>'
    found = list(paragraphs(read(odt(body), "a.odt").blocks))
    assert [(part.text, part.deleted) for part in found] == [("nieuw", ""), ("", "oud")]


def test_a_deletion_that_stays_in_its_place_is_no_text() -> None:
    body = deletion("d1", p("")) + p(
        'a <text:change-start text:change-id="d1"/>weg<text:change-end text:change-id="d1"/>b'
    )
    document = read(odt(body), "a.odt")
    assert (first(document).text, first(document).deleted) == ("a b", "weg")


def test_comments_are_no_answers_and_are_given_as_remarks() -> None:
    comment = f"<office:annotation><dc:creator>Noor</dc:creator>{p('klopt dit?')}</office:annotation>"
    document = read(odt(p(f"Gent{comment}<office:annotation-end/>")), "a.odt")
    assert [(part.text, part.hidden, part.location.part) for part in paragraphs(document.blocks)] == [
        ("Gent", "", ""),
        ("", "klopt dit?", "opmerking"),
    ]
    assert document.omitted == ()


# Notes, margins, drawings --------------------------------------------------------------------------------------


def note(kind: str, text: str) -> str:
    """Write a note."""
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(text)}</text:note-body></text:note>"
    )


def test_footnotes_and_endnotes_follow_the_body() -> None:
    document = read(odt(p("800.000" + note("endnote", "einde") + note("footnote", "zonder btw"))), "a.odt")
    assert [(part.text, part.location.part) for part in paragraphs(document.blocks)] == [
        ("800.000", ""), ("zonder btw", "voetnoot"), ("einde", "eindnoot"),
    ]  # fmt: skip


def test_headers_and_footers_come_last_and_only_those_that_are_shown() -> None:
    pages = (
        '<style:master-page style:name="Standard" style:next-style-name="Vervolg">'
        f"<style:header>{p('Stad Gent')}</style:header>"
        f'<style:header-left style:display="false">{p("links")}</style:header-left>'
        f"<style:header-first>{p('eerste')}</style:header-first><style:footer>{p('bladzijde 1')}</style:footer>"
        "</style:master-page>"
        f'<style:master-page style:name="Vervolg"><style:footer>{p("vervolg")}</style:footer></style:master-page>'
        f'<style:master-page style:name="Liggend"><style:header>{p("liggend")}</style:header></style:master-page>'
        f'<style:master-page style:name="Nooit"><style:header>{p("nooit")}</style:header></style:master-page>'
    )
    turned = style("P1", family="paragraph", more='style:master-page-name="Liggend"')
    made = odt(
        p("tekst") + p("meer", "P1"),
        automatic=turned,
        styles=f"<office:master-styles>{pages}</office:master-styles>",
    )
    assert [(part.text, part.location.part) for part in paragraphs(read(made, "a.odt").blocks)] == [
        ("tekst", ""), ("meer", ""), ("Stad Gent", "koptekst"), ("eerste", "koptekst"), ("bladzijde 1", "voettekst"),
        ("vervolg", "voettekst"), ("liggend", "koptekst"),
    ]  # fmt: skip


def test_text_boxes_and_shapes_follow_the_paragraph_that_holds_them() -> None:
    box = f"<draw:frame><draw:text-box>{p('in het kader')}</draw:text-box></draw:frame>"
    shape = f"<draw:g><draw:custom-shape>{p('in de vorm')}<draw:enhanced-geometry/></draw:custom-shape></draw:g>"
    page = f"<draw:frame><draw:text-box>{p('op de bladzijde')}</draw:text-box></draw:frame>"
    document = read(odt(page + p(f"voor{box} na{shape}") + p("verder")), "a.odt")
    assert [(part.text, part.location.part) for part in paragraphs(document.blocks)] == [
        ("op de bladzijde", "tekstvak"), ("voor na", ""), ("in het kader", "tekstvak"), ("in de vorm", "tekstvak"),
        ("verder", ""),
    ]  # fmt: skip


def test_formulas_are_text_and_pictures_charts_and_objects_are_named_as_not_read() -> None:
    def frame(inside: str) -> str:
        return f"<draw:frame>{inside}<draw:image/></draw:frame>"

    made = parts(
        p("som "
          + frame('<draw:object xlink:href="./Object 1"/>') + frame('<draw:object xlink:href="./Object 2"/>')
          + frame('<draw:object-ole xlink:href="./Object 3"/>') + frame("") + frame(""))
    )  # fmt: skip
    made["Object 1/content.xml"] = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi><mo>=</mo><mn>20</mn></mrow>'
        '<annotation encoding="StarMath 5.0">x = 20</annotation></semantics></math>'
    )
    made["Object 2/content.xml"] = (
        f"<office:document-content {SPACES}><office:body><office:chart><chart:chart/></office:chart></office:body>"
        "</office:document-content>"
    )
    document = read(zipped(made), "a.odt")
    assert first(document).text == "som x=20"
    assert document.omitted == (
        "2 afbeeldingen zijn niet gelezen", "1 grafiek is niet gelezen", "1 ingesloten object is niet gelezen",
    )  # fmt: skip


# The file itself -----------------------------------------------------------------------------------------------


def test_a_flat_file_a_template_and_a_zip_without_mimetype_read_the_same() -> None:
    body = h("A. Bestuur") + table(tr(td("Naam"), td("Gent")))
    template = {**parts(body), "mimetype": "application/vnd.oasis.opendocument.text-template"}
    bare = {name: content for name, content in parts(body).items() if name != "mimetype"}
    for made in (odt(body), flat(body), zipped(template), zipped(bare)):
        assert said(made) == ["A. Bestuur", "Naam", "Gent"]


def test_the_title_in_the_properties_is_given() -> None:
    meta = f"<office:document-meta {SPACES}><office:meta><dc:title> Aanvraag \n Gent </dc:title></office:meta>"
    assert read(odt(p("x"), meta_xml=meta + "</office:document-meta>"), "a.odt").title == "Aanvraag Gent"


def test_an_unknown_element_does_not_swallow_its_words() -> None:
    assert said(odt(f"<loext:iets>{p('een <loext:anders>twee</loext:anders>')}</loext:iets>")) == ["een twee"]


@pytest.mark.parametrize("count", ["-3", "veel", "9" * 5000, "²", ""])
def test_a_number_of_spaces_that_is_none_does_not_hang(count: str) -> None:
    (text,) = said(odt(p(f'a<text:s text:c="{count}"/>b')))
    assert text.startswith("a ")
    assert text.endswith("b")
