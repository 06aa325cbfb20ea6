"""What LibreOffice itself writes of each structure of OpenDocument is read: a text put in by hand, saved by it anew."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.document import Document, paragraphs
from pipeline.readers import read
from tests.odt_files import COVERED, control, flat, h, p, span, style, table, td, tr
from tests.test_roundtrip import convert

pytestmark = pytest.mark.requires_soffice
COMPONENT = 'form:control-implementation="ooo:com.sun.star.form.component.'
CONTROLS = (
    f'<form:text form:name="gemeente" {COMPONENT}TextField" form:current-value="Gent"',
    f'<form:textarea form:name="tekst" {COMPONENT}TextField" form:current-value="een&#10;twee"',
    f'<form:checkbox form:name="ja" {COMPONENT}CheckBox" form:label="Ja" form:current-state="checked"',
    f'<form:checkbox form:name="nee" {COMPONENT}CheckBox" form:label="Nee"',
    f'<form:date form:name="start" {COMPONENT}DateField" form:current-value="2022-01-01"',
    f'<form:radio form:name="zone" {COMPONENT}RadioButton" form:label="Zone" form:current-selected="true"',
    f'<form:combobox form:name="rol" {COMPONENT}ComboBox" form:current-value="trekker"',
    f'<form:fixed-text form:name="label" {COMPONENT}FixedText" form:label="Naam van de wijk"',
    f'<form:number form:name="getal" {COMPONENT}NumericField" form:current-value="12.5"',
)
LIST = (
    f'<form:listbox form:name="soort" {COMPONENT}ListBox" xml:id="c9" form:id="c9">'
    '<form:option form:label="Personeel"/><form:option form:label="Werking" form:current-selected="true"/>'
    "</form:listbox>"
)
BOX = 'loext:checkbox="true" loext:checked="true" loext:checked-state="☒" loext:unchecked-state="☐"'


def shown_control(number: int) -> str:
    """Write the place of a control of the form."""
    size = 'draw:z-index="0" svg:width="5cm" svg:height="1cm"'
    return p(f'<draw:control text:anchor-type="as-char" {size} draw:control="c{number}"/>')


def note(kind: str, text: str) -> str:
    """Write a note."""
    body = f"<text:note-citation>1</text:note-citation><text:note-body>{p(text)}</text:note-body>"
    return f'<text:note text:note-class="{kind}">{body}</text:note>'


def hand_made() -> bytes:
    """Make the text."""
    controls = "".join(f'{one} xml:id="c{number}" form:id="c{number}"/>' for number, one in enumerate(CONTROLS))
    change = "<office:change-info><dc:creator>N. Fictief</dc:creator><dc:date>2021-07-01T00:00:00</dc:date>"
    deleted = (
        f'<text:tracked-changes><text:changed-region xml:id="d1" text:id="d1"><text:deletion>{change}'
        f"</office:change-info>{p('100.000 ')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    inner = table("<table:table-column/>", tr(td("diep")))
    head = tr(td("kop", 'table:number-columns-spanned="2"'), COVERED, td("apart"))
    cells = table(
        '<table:table-column table:number-columns-repeated="3"/>',
        f"<table:table-header-rows>{head}</table:table-header-rows>",
        tr(td("hoog", 'table:number-rows-spanned="2"'), td("een"), td("twee")),
        tr(COVERED, td("drie"), td(p("voor") + inner + p("na"))),
    )
    truth = 'text:condition="ooow:1==1"'
    choice = (
        '<text:label text:value="Personeel"/><text:label text:value="Werking" text:current-selected="true"/>Werking'
    )
    body = (
        f"<office:forms><form:form form:name='Form'>{controls}{LIST}</form:form></office:forms>{deleted}"
        + h("A. Bestuur")
        + "".join(shown_control(number) for number in range(len(CONTROLS) + 1))
        + p('Bedrag: <text:change text:change-id="d1"/>250.000 euro')
        + p("zicht" + span("geheim", "T1") + " " + span("door", "T2"))
        + p("alinea", "P1")
        + f'<text:section text:name="S1" text:display="none">{p("afdeling")}</text:section>'
        + f'<text:section text:name="S2" {truth} text:display="condition" text:is-hidden="true">{p("soms")}'
        + "</text:section>"
        + p(f'<text:hidden-text {truth} text:string-value="veld" text:is-hidden="true">veld</text:hidden-text>x')
        + p(f'weg<text:hidden-paragraph {truth} text:is-hidden="true"/>')
        + p('<text:text-input text:description="Naam">Stad Gent</text:text-input>')
        + p('<text:text-input text:description="Meer">regel een\nregel twee</text:text-input>')
        + p(f'<text:drop-down text:name="Soort">{choice}</text:drop-down>')
        + p('Naam: <text:placeholder text:placeholder-type="text">&lt;vul in&gt;</text:placeholder>')
        + p("800.000" + note("footnote", "zonder btw") + note("endnote", "einde"))
        + cells
        + p(f'voor<draw:frame svg:width="5cm"><draw:text-box>{p("in het kader")}</draw:text-box></draw:frame> na')
        + p(f"Gent<office:annotation><dc:creator>N</dc:creator>{p('klopt?')}</office:annotation>")
        + p("<text:ruby><text:ruby-base>onder</text:ruby-base><text:ruby-text>boven</text:ruby-text></text:ruby>")
        + f"<text:list><text:list-item>{p('punt')}</text:list-item></text:list>"
        + p(control("☒", BOX) + " ja")
        + p('a<text:tab/>b<text:line-break/>c<text:s text:c="3"/>d')
    )
    styles = (
        style("T1", 'text:display="none"')
        + style("T2", 'style:text-line-through-style="solid" style:text-line-through-type="single"')
        + style("P1", 'text:display="none"', "paragraph")
    )
    made = flat(body, automatic=styles)
    return made.replace(b"<office:document ", b'<office:document xmlns:ooow="http://openoffice.org/2004/writer" ', 1)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder: Path = tmp_path_factory.mktemp("odt")
    (data,) = convert(folder, {"hand.fodt": hand_made()}, "odt:writer8").values()
    return read(data, "hand.odt")


def test_every_structure_says_what_was_put_in_it(saved: Document) -> None:
    assert [part.text for part in paragraphs(saved.blocks) if part.text] == [
        "A. Bestuur", "Gent", "een\ntwee", "☒ Ja", "☐ Nee", "2022-01-01", "☒ Zone", "trekker", "Naam van de wijk",
        "12.5", "Werking", "Bedrag: 250.000 euro", "zicht door", "x", "Stad Gent", "regel een\nregel twee", "Werking",
        "Naam:", "800.000", "kop", "apart", "hoog", "een", "twee", "drie", "voor", "diep", "na", "voor na",
        "in het kader", "Gent", "onder", "punt", "☒ ja", "a\tb\nc   d", "zonder btw", "einde",
    ]  # fmt: skip


def test_what_is_no_answer_is_kept_apart(saved: Document) -> None:
    found = list(paragraphs(saved.blocks))
    assert [part.hidden for part in found if part.hidden] == [
        "geheim",
        "alinea",
        "afdeling",
        "soms",
        "veld",
        "weg",
        "klopt?",
    ]
    assert [part.deleted for part in found if part.deleted] == ["100.000"]
    assert [part.placeholder for part in found if part.placeholder] == ["<vul in>"]
    assert ["doorgehaald" in part.uncertain for part in found if part.uncertain] == [True]
    assert saved.omitted == ()


def test_every_control_is_given_with_its_name(saved: Document) -> None:
    assert [(c.tag or c.title, c.text, c.checked) for c in saved.controls if not c.placeholder] == [
        ("gemeente", "Gent", None), ("tekst", "een\ntwee", None), ("ja", "☒", True), ("nee", "☐", False),
        ("start", "2022-01-01", None), ("zone", "☒", True), ("rol", "trekker", None), ("getal", "12.5", None),
        ("soort", "Werking", None), ("Naam", "Stad Gent", None), ("Meer", "regel een\nregel twee", None),
        ("Soort", "Werking", None), ("", "☒", True),
    ]  # fmt: skip


def test_every_place_is_as_it_was_put(saved: Document) -> None:
    found = {part.text: part.location for part in paragraphs(saved.blocks)}
    assert (found["apart"].table, found["apart"].row, found["apart"].column) == (1, 1, 3)
    assert (found["drie"].row, found["drie"].column) == (3, 2)
    assert (found["diep"].table, found["na"].table) == (2, 1)
    assert (found["in het kader"].part, found["zonder btw"].part, found["einde"].part) == (
        "tekstvak", "voetnoot", "eindnoot",
    )  # fmt: skip
    assert found["punt"].heading == "A. Bestuur"


def words(document: Document) -> Counter[str]:
    """Count the words that reading gives, page numbers aside: LibreOffice counts the pages when it saves."""
    found: Counter[str] = Counter()
    for part in paragraphs(document.blocks):
        said = f"{part.text} {part.placeholder}".split()
        found.update(word for word in said if not (part.location.part == "voettekst" and word.isdecimal()))
    return found


def test_our_forms_and_papers_saved_as_opendocument_say_the_same_words(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    found = [*root.glob("forms/*/blanco/*.docx"), *root.glob("templates/**/*.docx")]
    files = {f"{number}.docx": path.read_bytes() for number, path in enumerate(sorted(found))}
    saved = convert(tmp_path, files, "odt:writer8")
    assert len(saved) == len(files) >= 3
    for name, data in saved.items():
        ours, theirs = words(read(files[f"{name}.docx"], "a.docx")), words(read(data, "a.odt"))
        assert not ours - theirs, name
        assert not theirs - ours, name
