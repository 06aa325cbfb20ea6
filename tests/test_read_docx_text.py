"""Headings, text boxes, notes and characters of Word are read, and what is not read is said: one test a trap."""

from __future__ import annotations

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.read_back import first, said
from tests.word_files import (
    SPACES,
    p,
    parts,
    r,
    styles,
    word,
    zipped,
)

# Headings ------------------------------------------------------------------------------------------------------


def test_headings_are_known_by_style_outline_level_and_localised_name() -> None:
    style = styles(
        '<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="Kop 3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen titel"/><w:basedOn w:val="Kop2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Plat"><w:name w:val="Plat"/><w:basedOn w:val="Kop2"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    used = ["Kop2", "a1", "Eigen", "Plat", "Heading1"]
    body = "".join(p(name, f'<w:pStyle w:val="{name}"/>') for name in used) + p("x", '<w:outlineLvl w:val="3"/>')
    found = paragraphs(read(word(body, styles=style), "a.docx").blocks)
    assert [part.level for part in found] == [2, 3, 2, 0, 1, 4]


def test_a_style_based_on_itself_does_not_hang() -> None:
    style = styles('<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style>')
    assert first(read(word(p("x", '<w:pStyle w:val="A"/>'), styles=style), "a.docx")).level == 0


# Text boxes, notes, headers ------------------------------------------------------------------------------------


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('in het vak')}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    drawing = f"<w:drawing><wp:anchor><a:graphic>{shape}</a:graphic></wp:anchor></w:drawing>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(word(p(r("voor ") + f"<w:r>{both}</w:r>" + r("na")) + p("verder")), "a.docx")
    assert [(part.text, part.location.part) for part in paragraphs(document.blocks)] == [
        ("voor na", ""), ("in het vak", "tekstvak"), ("verder", ""),
    ]  # fmt: skip


def test_an_older_text_box_is_read() -> None:
    shape = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('oud vak')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    assert said(word(p(f"<w:r>{shape}</w:r>"))) == ["oud vak"]


def test_the_branch_that_word_does_not_know_is_not_read() -> None:
    body = p(
        '<mc:AlternateContent><mc:Choice xmlns:q="http://example.org/x" Requires="q">' + r("vreemd")
        + "</mc:Choice><mc:Fallback>" + r("gewoon") + "</mc:Fallback></mc:AlternateContent>"
    )  # fmt: skip
    assert said(word(body)) == ["gewoon"]


def test_footnotes_and_endnotes_follow_the_body_when_something_refers_to_them() -> None:
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:type="separator" w:id="-1">{p("streep")}</w:footnote>'
        f'<w:footnote w:id="2">{p("bedrag zonder btw")}</w:footnote>'
        f'<w:footnote w:id="3">{p("los")}</w:footnote></w:footnotes>'
    )
    ends = f'<w:endnotes {SPACES}><w:endnote w:id="1">{p("einde")}</w:endnote></w:endnotes>'
    body = p(r("800.000") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>')
    document = read(word(body, footnotes=notes, endnotes=ends), "a.docx")
    assert [(part.text, part.location.part) for part in paragraphs(document.blocks)] == [
        ("800.000", ""), ("bedrag zonder btw", "voetnoot"), ("einde", "eindnoot"),
    ]  # fmt: skip


def test_headers_and_footers_come_last_and_only_those_that_are_shown() -> None:
    header = f"<w:hdr {SPACES}>{p('Stad Gent')}</w:hdr>"
    never = f"<w:hdr {SPACES}>{p('eerste bladzijde')}</w:hdr>"
    footer = f"<w:ftr {SPACES}>{p('bladzijde 1')}</w:ftr>"
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    document = read(word(p("tekst") + section, header1=header, header2=never, footer1=footer), "a.docx")
    assert [(part.text, part.location.part) for part in paragraphs(document.blocks)] == [
        ("tekst", ""), ("Stad Gent", "koptekst"), ("bladzijde 1", "voettekst"),
    ]  # fmt: skip


def test_a_section_without_headers_of_its_own_shows_those_of_the_section_before() -> None:
    first = f"<w:hdr {SPACES}>{p('eerste bladzijde')}</w:hdr>"
    held = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/></w:sectPr>'
    body = p("deel 1", held) + p("deel 2") + "<w:sectPr><w:titlePg/></w:sectPr>"
    document = read(word(body, header1=first), "a.docx")
    assert [(part.text, part.location.part) for part in paragraphs(document.blocks)] == [
        ("deel 1", ""), ("deel 2", ""), ("eerste bladzijde", "koptekst"),
    ]  # fmt: skip


# Text ----------------------------------------------------------------------------------------------------------


def test_a_word_split_over_runs_is_one_word() -> None:
    assert said(word(p(r("Wijk") + '<w:proofErr w:type="spellStart"/>' + r("verbe", "<w:b/>") + r("tering")))) == [
        "Wijkverbetering"
    ]


def test_hyperlinks_smart_tags_and_custom_xml_keep_their_text() -> None:
    body = p(
        '<w:hyperlink r:id="x">' + r("noor@example.org") + '</w:hyperlink><w:smartTag w:element="plaats">'
        + r(" Gent") + '</w:smartTag><w:customXml w:element="y">' + r(" Muide") + "</w:customXml>"
    )  # fmt: skip
    assert said(word(body)) == ["noor@example.org Gent Muide"]


def test_breaks_tabs_and_hyphens_become_characters() -> None:
    marks = (
        "<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t>"
    )
    assert said(word(p(f"<w:r>{marks}</w:r>"))) == ["a\nb\tc\u2011de"]


def test_text_that_is_struck_through_is_read_and_doubted_with_its_control() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>Dampoort</w:t></w:r>"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="titel"/><w:text/></w:sdtPr><w:sdtContent>{struck}</w:sdtContent></w:sdt>'
    document = read(word(p(r("Muide ") + control) + p(r("Rabot"))), "a.docx")
    assert first(document).text == "Muide Dampoort"
    assert "doorgehaald" in first(document).uncertain
    assert "doorgehaald" in document.controls[0].uncertain
    assert [part.uncertain for part in paragraphs(document.blocks)][1] == ""


def test_text_whose_strike_is_switched_off_is_certain() -> None:
    document = read(word(p('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>Muide</w:t></w:r>')), "a.docx")
    assert first(document).uncertain == ""


def style(kind: str, name: str, looks: str, based_on: str = "") -> str:
    under = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{under}<w:rPr>{looks}</w:rPr></w:style>'
    )


def test_text_struck_through_by_its_style_is_doubted_unless_the_run_itself_takes_the_line_away() -> None:
    looks = styles(style("character", "Weg", "<w:strike/>") + style("paragraph", "Vervallen", "", "Weg"))
    body = (
        p(r("Rabot ") + r("Dampoort", '<w:rStyle w:val="Weg"/>'))
        + p(r("Dampoort"), '<w:pStyle w:val="Vervallen"/>')
        + p(r("Muide", '<w:strike w:val="0"/><w:dstrike w:val="0"/>'), '<w:pStyle w:val="Vervallen"/>')
        + p(r("Muide", '<w:strike/><w:dstrike w:val="0"/>'))
    )
    document = read(word(body, styles=looks), "a.docx")
    assert ["doorgehaald" in part.uncertain for part in paragraphs(document.blocks)] == [True, True, False, True]


def test_a_mark_of_a_note_in_superscript_by_its_style_is_no_digit() -> None:
    looks = styles(style("character", "Noot", '<w:vertAlign w:val="superscript"/>'))
    assert said(word(p(r("75") + r("1", '<w:rStyle w:val="Noot"/>')), styles=looks)) == ["75\u00b9"]


def test_a_no_break_space_inside_text_stays() -> None:
    assert said(word(p("€\u00a0800.000"))) == ["€\u00a0800.000"]


def test_text_is_normalised_to_composed_characters() -> None:
    assert said(word(p("cafe\u0301"))) == ["café"]


def test_what_a_tracked_change_took_out_of_a_formula_is_no_text() -> None:
    formula = "<m:oMath><m:r><m:t>12</m:t></m:r><w:del><m:r><m:t>99</m:t></m:r></w:del></m:oMath>"
    document = read(word(p(formula)), "a.docx")
    assert (first(document).text, first(document).deleted) == ("12", "99")


def test_the_words_of_a_formula_are_text() -> None:
    assert said(word(p("<m:oMath><m:r><m:t>x=20</m:t></m:r></m:oMath>"))) == ["x=20"]


def test_a_file_in_strict_open_xml_reads_the_same() -> None:
    made = parts(p("Gent"))
    made["word/document.xml"] = str(made["word/document.xml"]).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    assert said(zipped(made)) == ["Gent"]


def test_a_part_in_utf_16_reads_the_same() -> None:
    made = parts(p("Café"))
    made["word/document.xml"] = str(made["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")
    assert said(zipped(made)) == ["Café"]


def test_an_escape_of_spreadsheets_is_plain_text_in_word() -> None:
    assert said(word(p("a_x000D_b"))) == ["a_x000D_b"]


def test_a_megabyte_of_one_letter_is_read_whole() -> None:
    assert len(said(word(p("a" * 1_000_000)))[0]) == 1_000_000


# What is not read is said --------------------------------------------------------------------------------------


def test_pictures_embedded_documents_and_objects_are_named_as_not_read() -> None:
    blip = "<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic>"
    picture = f"<w:drawing><wp:inline><a:graphic>{blip}</a:graphic></wp:inline></w:drawing>"
    body = (
        p(f"<w:r>{picture}</w:r><w:r>{picture}</w:r><w:r><w:object><o:OLEObject/></w:object></w:r>")
        + '<w:altChunk r:id="x"/>'
    )
    assert read(word(body), "a.docx").omitted == (
        "2 afbeeldingen zijn niet gelezen",
        "1 ingesloten object is niet gelezen",
        "1 ingevoegd document is niet gelezen",
    )


def test_comments_are_no_answers_and_are_given_as_remarks() -> None:
    comments = f'<w:comments {SPACES}><w:comment w:id="0">{p("klopt dit?")}</w:comment></w:comments>'
    document = read(word(p("Gent"), comments=comments), "a.docx")
    assert [(part.text, part.hidden, part.location.part) for part in paragraphs(document.blocks)] == [
        ("Gent", "", ""),
        ("", "klopt dit?", "opmerking"),
    ]
    assert document.omitted == ()


def test_a_paragraph_that_shows_only_a_number_of_word_itself_says_so_and_one_with_a_bullet_does_not() -> None:
    formats = {"1": "decimal", "2": "bullet"}
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        for key, kind in formats.items()
    ) + "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in formats)
    part = f"<w:numbering {SPACES}>{lists}</w:numbering>"
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    empty = [f"<w:p><w:pPr>{listed.format(key)}</w:pPr></w:p>" for key in "120"]
    body = "".join([*empty, p("Gent", listed.format(1))])
    found = [*paragraphs(read(word(body, numbering=part), "a.docx").blocks)]
    assert [bool(each.unread) for each in found] == [True, False, False, False]
    assert "nummer" in found[0].unread
