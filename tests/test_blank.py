"""The blank Word forms: what Word and LibreOffice find in them."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from pipeline import language, library
from pipeline.blank import write_docx
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.form import Field, Form
from pipeline.readers import read
from pipeline.values import FieldType
from tests.fill import W, fill
from tests.random_answers import Maker

CALL = library.load("wijkverbeteringscontract")
KEPT = CALL.folder / "blanco"
FORMS = sorted(CALL.forms)

# CT_SdtPr of ISO/IEC 29500-1; the newer kinds of Word stand at the end.
ORDER = ["alias", "tag", "id", "showingPlcHdr", "comboBox", "date", "dropDownList", "text"]
ORDER += ["checkbox", "repeatingSection", "repeatingSectionItem"]


def parts(docx: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(docx))
    return {name: archive.read(name) for name in archive.namelist()}


def tree(docx: bytes, part: str = "word/document.xml"):
    return etree.fromstring(parts(docx)[part])


def blank(key: str) -> bytes:
    return write_docx(CALL.forms[key], CALL)


def expected_tags(form: Form) -> set[str]:
    """Give the tags that the plan of the form names: keys, columns, and a tag for each check box."""

    def of(field: Field, prefix: str) -> set[str]:
        tag = f"{prefix}{field.key}"
        if field.type is FieldType.TABLE:
            return {tag}.union(*(of(column, f"{tag}.") for column in field.columns))
        if field.type is FieldType.CHOICES:
            return {f"{tag}={choice.value}" for choice in field.choices}
        if field.type is FieldType.YESNO and not prefix:
            return {f"{tag}=ja", f"{tag}=nee"}
        return {tag}

    return set().union(*(of(field, "") for field in form.fields()))


@pytest.mark.parametrize("key", FORMS)
def test_made_again_the_blank_form_equals_the_one_that_is_kept(key):
    kept = (KEPT / f"{key}.docx").read_bytes()
    assert parts(blank(key)) == parts(kept), f"Maak blanco/{key}.docx opnieuw met de opdracht blank."


@pytest.mark.parametrize("key", FORMS)
def test_the_same_definition_gives_the_same_bytes(key):
    assert blank(key) == blank(key)


@pytest.mark.parametrize("key", FORMS)
def test_the_tags_are_the_keys_of_the_definition(key):
    tags = {tag.get(f"{W}val") for tag in tree(blank(key)).iter(f"{W}tag")}
    assert tags == expected_tags(CALL.forms[key])


@pytest.mark.parametrize("key", FORMS)
def test_every_control_has_a_number_of_its_own_and_its_properties_in_the_order_of_the_schema(key):
    seen = set()
    for properties in tree(blank(key)).iter(f"{W}sdtPr"):
        names = [etree.QName(child).localname for child in properties]
        assert names == sorted(names, key=ORDER.index)
        seen.add(properties.find(f"{W}id").get(f"{W}val"))
    assert len(seen) == len(list(tree(blank(key)).iter(f"{W}sdtPr")))


@pytest.mark.parametrize("key", FORMS)
def test_names_and_tags_are_no_longer_than_the_64_signs_that_word_takes(key):
    document = tree(blank(key))
    for name in [*document.iter(f"{W}alias"), *document.iter(f"{W}tag")]:
        assert len(name.get(f"{W}val")) <= 64


@pytest.mark.parametrize("key", FORMS)
def test_every_heading_and_label_of_the_definition_is_printed(key):
    form = CALL.forms[key]
    text = ["".join(p.itertext()) for p in tree(blank(key)).iter(f"{W}p")]
    for section in form.sections:
        assert section.heading in text
        for field in section.fields:
            for label in (field.label, *(column.label for column in field.columns)):
                assert label in text or f"{label} *" in text, label


@pytest.mark.parametrize("key", FORMS)
def test_the_form_can_be_recognised_by_a_text_that_its_definition_names(key):
    text = "".join(tree(blank(key)).itertext())
    assert any(words in text for words in CALL.forms[key].identify)


def test_the_language_is_dutch_as_written_in_belgium():
    (language,) = tree(blank("aanvraag"), "word/styles.xml").iterfind(f".//{W}docDefaults//{W}lang")
    assert language.get(f"{W}val") == "nl-BE"
    assert tree(blank("aanvraag"), "word/settings.xml").find(f"{W}themeFontLang").get(f"{W}val") == "nl-BE"


def test_the_file_has_the_title_of_the_form():
    core = tree(blank("aanvraag"), "docProps/core.xml")
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == "Aanvraagformulier wijkverbeteringscontract"


def test_the_footer_names_call_and_version_and_counts_the_pages():
    footer = tree(blank("aanvraag"), "word/footer.xml")
    assert [code.text.strip() for code in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    text = "".join(footer.itertext())
    assert CALL.title in text
    assert "versie 2021.1" in text
    assert re.search(r"Pagina\s+PAGE\s+1\s+van\s+NUMPAGES\s+1", text)


def test_the_form_says_when_and_where_to_send_it():
    text = "".join(tree(blank("aanvraag")).itertext())
    assert "19 juli 2021" in text
    assert CALL.bodies["contact"]["email"] in text


@pytest.mark.parametrize("key", FORMS)
def test_each_grid_has_one_header_row(key):
    document = tree(blank(key))
    grids = [field for field in CALL.forms[key].fields() if field.columns and field.layout == "grid"]
    headers = [row for row in document.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(headers) == len(grids)


@pytest.mark.parametrize("key", FORMS)
def test_no_row_is_forced_to_stay_whole_for_libreoffice_loses_such_rows_at_the_end_of_a_page(key):
    assert list(tree(blank(key)).iter(f"{W}cantSplit")) == []


@pytest.mark.requires_soffice
def test_every_word_of_long_answers_is_on_the_printed_pages(tmp_path: Path):
    import pypdfium2

    for seed in (11, 29, 31):
        answers = ManyRows(seed, CALL, pieces=("R&D",), longest=40).form(CALL.form)
        folder = tmp_path / str(seed)
        folder.mkdir()
        document = pypdfium2.PdfDocument(printed(fill(blank("aanvraag"), answers, CALL.form), folder))
        pages = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        given = set(re.findall(r"regel\d{4}", repr(answers)))
        assert len(given) > 100
        assert given - set(re.findall(r"regel\d{4}", pages)) == set(), seed


class ManyRows(Maker):
    """Fills in more rows and longer cells than most, and numbers its lines."""

    lines = 0

    def rows(self, field):
        count = self.random.choice((2, 4, 7))
        return [{column.key: self.answer(column) for column in field.columns} for _number in range(count)]

    def line(self, count):
        self.lines += 1
        return f"regel{self.lines:04d} " + super().line(count * (5 if self.random.random() < 0.07 else 1))


def test_the_municipality_is_chosen_from_the_three_hundred():
    (box,) = tree(blank("aanvraag")).iter(f"{W}comboBox")
    names = [item.get(f"{W}value") for item in box]
    assert len(names) == len(set(names)) == 300
    assert "Sint-Niklaas" in names


def test_each_table_is_as_wide_as_the_page_between_its_margins():
    document = tree(blank("aanvraag"))
    size, margins = next(document.iter(f"{W}pgSz")), next(document.iter(f"{W}pgMar"))
    room = int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    for grid in document.iter(f"{W}tblGrid"):
        assert sum(int(column.get(f"{W}w")) for column in grid) == room


def test_a_filled_row_too_many_gets_numbers_of_its_own():
    rows = [{"bestand": f"bijlage-{number}.pdf"} for number in range(9)]
    filled = tree(fill(blank("aanvraag"), {"bijlagen": rows}, CALL.forms["aanvraag"]))
    numbers = [found.get(f"{W}val") for found in filled.iter(f"{W}id")]
    assert len(numbers) == len(set(numbers))
    assert "".join(filled.itertext()).count("bijlage-") == 9


@pytest.mark.requires_soffice
@pytest.mark.parametrize(("key", "pages"), [("aanvraag", range(10, 17)), ("vergadering", range(2, 6))])
def test_libreoffice_opens_it_with_a_reasonable_number_of_pages(key, pages, tmp_path: Path):
    pdf = printed(blank(key), tmp_path)
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    assert len(document) in pages
    first = document[0].get_textpage().get_text_range()
    assert CALL.forms[key].title in first
    document.close()


@pytest.mark.requires_soffice
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_libreoffice_keeps_the_lines_of_a_long_answer_apart(ending, tmp_path: Path):
    answers = {"samenvatting": "Eerste lijn\nTweede lijn", "titel": "Een titel"}
    made = printed(fill(blank("aanvraag"), answers, CALL.forms["aanvraag"]), tmp_path, ending)
    if ending == "docx":
        document = etree.fromstring(zipfile.ZipFile(made).read("word/document.xml"))
        for line_break in document.iter(f"{W}br"):
            line_break.text = "\n"
        text = "".join(document.itertext())
    else:
        import pypdfium2

        opened = pypdfium2.PdfDocument(made)
        text = "".join(page.get_textpage().get_text_range() for page in opened)
        opened.close()
    assert re.search(r"Eerste lijn\s+Tweede lijn", text)


def printed(docx: bytes, folder: Path, ending: str = "pdf") -> Path:
    """Let LibreOffice open the file and save it as another kind."""
    source = folder / "formulier.docx"
    source.write_bytes(docx)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out" / f"formulier.{ending}"


def test_the_blank_form_speaks_its_own_language_whatever_the_program_speaks():
    dutch = blank("aanvraag")
    language.use("fr_BE")
    try:
        assert blank("aanvraag") == dutch
    finally:
        language.use(language.DEFAULT)


def test_what_is_filled_in_already_is_read_back_as_answers():
    given = {
        "gemeente": "Gent",
        "samenvatting": "Eerste lijn\nTweede lijn",
        "datum_indiening": "17/03/2021",
        "gevraagde_subsidie": "125.000,00",
        "grond_afbakening": "historisch\nAndere grond",
        "regelluwe_zone": "nee",
        "btw_regime": "gemengd",
        "acties.2.titel": "Buurthuis",
        "acties.2.aard": "zacht",
        "bijlagen.6.bestand": "kaart.pdf",
    }
    document = read(write_docx(CALL.form, CALL, values=given), "aanvraag.docx")
    answers = extract(document, CALL.form, CALL).answers
    values = {key: answer.value for key, answer in answers.items() if answer.state is State.GIVEN and not answer.rows}
    assert values == {
        "gemeente": "Gent",
        "samenvatting": "Eerste lijn\nTweede lijn",
        "datum_indiening": dt.date(2021, 3, 17),
        "gevraagde_subsidie": Decimal("125000.00"),
        "grond_afbakening": ("historisch", "andere"),
        "regelluwe_zone": False,
        "btw_regime": "gemengd",
    }
    (action,), (attachment,) = answers["acties"].rows, answers["bijlagen"].rows
    assert {key: cell.value for key, cell in action.cells.items() if cell.value} == {
        "titel": "Buurthuis",
        "aard": "zacht",
    }
    assert attachment.cells["bestand"].text == "kaart.pdf"
    assert {answer.state for answer in answers.values()} == {State.GIVEN, State.EMPTY}
