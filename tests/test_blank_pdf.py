"""The fillable PDF: what other programs find in its fields, its structure and its fonts."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from pipeline import language, library
from pipeline.blank import write_continuation, write_pdf
from pipeline.form import Field, Form
from pipeline.values import FieldType

CALL = library.load("wijkverbeteringscontract")
KEPT = CALL.folder / "blanco"
FORMS = sorted(CALL.forms)


def blank(key: str) -> bytes:
    return write_pdf(CALL.forms[key], CALL)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def leaves(data: bytes) -> dict[str, pikepdf.Dictionary]:
    """Give the fields by their whole names, found through the tree from the root."""
    found: dict[str, pikepdf.Dictionary] = {}

    def walk(node, name):
        name = f"{name}.{node.T}".strip(".") if "/T" in node else name
        kids = [kid for kid in node.get("/Kids", []) if "/T" in kid]
        if not kids:
            assert name not in found
            found[name] = node
        for kid in kids:
            assert kid.Parent.objgen == node.objgen
            walk(kid, name)

    pdf = opened(data)
    found["__keep__"] = pdf.Root
    for top in pdf.Root.AcroForm.Fields:
        walk(top, "")
    del found["__keep__"]
    return found | {"": pdf}


def names(data: bytes) -> set[str]:
    return set(leaves(data)) - {""}


def expected(form: Form) -> set[str]:
    """Give the names that the plan of the form asks for, by hand from its keys."""

    def of(field: Field, prefix: str) -> set[str]:
        name = f"{prefix}{field.key}"
        if field.type is FieldType.TABLE:
            rows = range(1, max(field.blank_rows, field.min_rows, 1) + 1)
            return {each for row in rows for column in field.columns for each in of(column, f"{name}.{row}.")}
        if field.type is FieldType.CHOICES:
            return {f"{name}={choice.value}" for choice in field.choices}
        return {name}

    return set().union(*(of(field, "") for field in form.fields()))


def look(data: bytes) -> dict[str, object]:
    """Give what two files must share to be the same form: fields, structure and text."""
    fields = {
        name: tuple(str(node.get(key)) for key in ("/FT", "/Ff", "/TU", "/V", "/Opt", "/MaxLen"))
        for name, node in leaves(data).items()
        if name
    }
    document = pypdfium2.PdfDocument(data)
    text = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return {"fields": fields, "tags": kinds(data), "text": text}


def kinds(data: bytes) -> list[str]:
    """Give the kinds of the elements of the structure, in reading order."""
    found: list[str] = []

    def walk(node):
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S))
            for kid in node.get("/K", []):
                walk(kid)

    pdf = opened(data)
    for kid in pdf.Root.StructTreeRoot.K:
        walk(kid)
    return found


@pytest.mark.parametrize("key", FORMS)
def test_made_again_the_blank_pdf_equals_the_one_that_is_kept_in_fields_tags_and_text(key):
    kept = (KEPT / f"{key}.pdf").read_bytes()
    assert look(blank(key)) == look(kept), f"Maak blanco/{key}.pdf opnieuw met de opdracht blank --format pdf."


@pytest.mark.parametrize("key", FORMS)
def test_the_same_definition_gives_the_same_bytes(key):
    assert blank(key) == blank(key)


@pytest.mark.parametrize("key", FORMS)
def test_the_names_of_the_fields_are_the_keys_of_the_definition_with_the_number_of_each_row(key):
    assert names(blank(key)) == expected(CALL.forms[key])


@pytest.mark.parametrize("key", FORMS)
def test_another_library_finds_the_same_fields(key):
    found = pypdf.PdfReader(io.BytesIO(blank(key))).get_fields()
    assert {name for name, field in found.items() if "/FT" in field} == expected(CALL.forms[key])


@pytest.mark.parametrize("key", FORMS)
def test_the_form_without_answers_says_nothing_in_any_field(key):
    for name, node in leaves(blank(key)).items():
        if name:
            assert str(node.get("/V", "")) in {"", "/Off"}, name


@pytest.mark.parametrize("key", FORMS)
def test_every_place_of_a_field_lies_on_its_page_and_on_no_other_field(key):
    pdf = opened(blank(key))
    for page in pdf.pages:
        boxes = [[float(edge) for edge in widget.Rect] for widget in page.obj.Annots]
        for index, (left, bottom, right, top) in enumerate(boxes):
            assert 50 < left < right < 545
            assert 50 < bottom < top < 790
            for other in boxes[:index]:
                assert right <= other[0] or other[2] <= left or top <= other[1] or other[3] <= bottom


@pytest.mark.parametrize("key", FORMS)
def test_every_field_says_what_it_asks(key):
    form = CALL.forms[key]
    fields = leaves(blank(key))
    for field in form.fields():
        if not field.columns and field.type is not FieldType.CHOICES:
            assert str(fields[field.key].TU).startswith(field.label.rstrip("."))
    if key == "aanvraag":
        assert str(fields["acties.2.titel"].TU) == "Actie 2: Titel"
        assert str(fields["begroting.3.jaar"].TU) == "Begroting, rij 3: Jaar"
        assert str(fields["nis_code"].TU) == "NIS-code. Vijf cijfers, bijvoorbeeld 44021."


def test_the_kinds_of_the_fields_fit_their_questions():
    fields = leaves(blank("aanvraag"))
    edit, combo, lines = 1 << 18, 1 << 17, 1 << 12
    assert int(fields["samenvatting"].Ff) & lines
    assert int(fields["gemeente"].Ff) & combo
    assert int(fields["gemeente"].Ff) & edit
    assert len(fields["gemeente"].Opt) == 300
    assert int(fields["btw_regime"].Ff) & combo
    assert not int(fields["btw_regime"].Ff) & edit
    assert [str(each) for each in fields["acties.1.aard"].Opt] == [" ", "Harde maatregel", "Zachte maatregel"]
    assert int(fields["titel"].MaxLen) == 150
    assert fields["grond_afbakening=historisch"].FT == "/Btn"
    states = [set(kid.AP.N.keys()) - {"/Off"} for kid in fields["regelluwe_zone"].Kids]
    assert states == [{"/ja"}, {"/nee"}]


@pytest.mark.parametrize("key", FORMS)
def test_the_structure_names_every_field_once_and_every_field_names_its_place_in_the_structure(key):
    pdf = opened(blank(key))
    parents = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    widgets = [widget for page in pdf.pages for widget in page.obj.Annots]
    told: Counter = Counter()

    def walk(node):
        for kid in node.get("/K", []):
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            if kid.get("/Type") == "/OBJR":
                assert node.S == "/Form"
                told[kid.Obj.objgen] += 1
            elif "/S" in kid:
                walk(kid)

    walk(pdf.Root.StructTreeRoot)
    assert told == Counter(widget.objgen for widget in widgets)
    numbers = {int(number) for number in parents}
    assert len({int(widget.StructParent) for widget in widgets} & numbers) == len(widgets)
    for page in pdf.pages:
        assert page.obj.Tabs == "/S"


@pytest.mark.parametrize("key", FORMS)
def test_all_that_is_drawn_is_marked_and_each_mark_belongs_to_an_element(key):
    pdf = opened(blank(key))
    parents = dict(zip(*[(each for each in pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    for page in pdf.pages:
        open_marks, numbers = 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                open_marks += 1
                if name == "BDC" and "/MCID" in operands[1]:
                    numbers.append(int(operands[1].MCID))
            elif name == "EMC":
                open_marks -= 1
            elif name in {"Tj", "f", "S"}:
                assert open_marks == 1
        assert open_marks == 0
        assert numbers == list(range(len(numbers)))
        assert len(parents[int(page.obj.StructParents)]) == len(numbers)


@pytest.mark.parametrize("key", FORMS)
def test_the_tables_have_header_cells_and_the_headings_are_those_of_the_form(key):
    found = Counter(kinds(blank(key)))
    form = CALL.forms[key]
    assert found["/H1"] == 1
    assert found["/H2"] == len(form.sections)
    assert found["/H3"] == sum(1 for field in form.fields() if field.columns)
    assert found["/TH"] > 0
    assert found["/TR"] > 0


@pytest.mark.parametrize("write", [write_pdf, write_continuation])
@pytest.mark.parametrize("key", FORMS)
def test_no_page_ends_with_a_heading(key, write):
    form = CALL.forms[key]
    headings = {section.heading for section in form.sections}
    headings |= {field.label for field in form.fields() if field.columns}
    helps = [each.help for field in form.fields() for each in (field, *field.columns) if field.columns and each.help]
    for page in pypdfium2.PdfDocument(write(form, CALL)):
        said = [line.strip() for line in page.get_textpage().get_text_bounded().split("\n") if line.strip()]
        *body, _head, _foot = said
        while any(body[-1].rpartition("»: ")[2] in text for text in helps):
            body.pop()
        assert body[-1].strip(" *\u00a0") not in headings


@pytest.mark.parametrize("key", FORMS)
def test_the_file_says_its_language_its_title_and_its_bookmarks(key):
    pdf = opened(blank(key))
    form = CALL.forms[key]
    assert str(pdf.Root.Lang) == "nl-BE"
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712 - an object of pikepdf
    assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    assert str(pdf.docinfo["/Title"]) == form.title
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [section.heading for section in form.sections]


@pytest.mark.parametrize("key", FORMS)
def test_every_heading_and_label_of_the_definition_is_printed(key):
    form = CALL.forms[key]
    document = pypdfium2.PdfDocument(blank(key))
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    for section in form.sections:
        assert "".join(section.heading.split()) in text
        for field in section.fields:
            for label in (field.label, *(column.label for column in field.columns)):
                assert "".join(label.split()) in text, label


@pytest.mark.parametrize("key", FORMS)
def test_every_font_that_draws_is_embedded(key):
    pdf = opened(blank(key))
    for font in pdf.Root.AcroForm.DR.Font.values():
        if font.Subtype == "/Type0":
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        elif font.Subtype == "/TrueType":
            assert "/FontFile2" in font.FontDescriptor
        else:
            assert font.BaseFont == "/ZapfDingbats"
    for page in pdf.pages:
        for font in page.obj.Resources.Font.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_what_is_filled_in_already_stands_in_its_field_and_on_its_page():
    values = {
        "gemeente": "Gent",
        "contact_familienaam": "Łukasz Bőhm-Đorđević – ćwir €",
        "samenvatting": "Eerste lijn\nTweede lijn",
        "acties.2.aard": "zacht",
        "regelluwe_zone": "nee",
        "grond_afbakening": "historisch\nandere",
        "bijlagen.7.bestand": "kaart.pdf",
    }
    data = write_pdf(CALL.form, CALL, values=values)
    found = pypdf.PdfReader(io.BytesIO(data)).get_fields()
    shown = {name: field["/V"] for name, field in found.items() if field.get("/V", "/Off") != "/Off"}
    assert shown == {
        "gemeente": "Gent",
        "contact_familienaam": "Łukasz Bőhm-Đorđević – ćwir €",
        "samenvatting": "Eerste lijn\rTweede lijn",
        "acties.2.aard": "Zachte maatregel",
        "regelluwe_zone": "/nee",
        "grond_afbakening=historisch": "/Yes",
        "grond_afbakening=andere": "/Yes",
        "bijlagen.7.bestand": "kaart.pdf",
    }
    pages = "\n".join(page.extract_text() for page in flattened(data))
    for words in ("Łukasz Bőhm-Đorđević – ćwir €", "Eerste lijn", "Tweede lijn", "kaart.pdf"):
        assert words in pages
    assert pages.count("☒") == 3


def flattened(data: bytes) -> list[pypdf.PageObject]:
    """Let pdfium make what the fields show a part of their pages."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    for page in document:
        page.flatten()
    made = io.BytesIO()
    document.save(made)
    document.close()
    return list(pypdf.PdfReader(made).pages)


def test_the_blank_form_speaks_its_own_language_whatever_the_program_speaks():
    dutch = blank("vergadering")
    language.use("fr_BE")
    try:
        assert blank("vergadering") == dutch
    finally:
        language.use(language.DEFAULT)


@pytest.mark.requires_poppler
def test_poppler_names_no_font_that_is_not_embedded_and_each_letter_can_be_copied(tmp_path: Path):
    path = tmp_path / "aanvraag.pdf"
    path.write_bytes(write_pdf(CALL.form, CALL, values={"gemeente": "Gent"}))
    told = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    lines = [line.split() for line in told.splitlines()[2:]]
    assert {tuple(line[-5:-2]) for line in lines} == {("yes", "yes", "yes")}


@pytest.mark.parametrize("key", FORMS)
def test_the_continuation_sheet_has_rows_numbered_on_and_the_questions_that_tell_whose_they_are(key):
    form = CALL.forms[key]
    whose = {"gemeente", "wijk_naam"} if key == "aanvraag" else {"dossiernummer"}
    wanted = set(whose)
    for field in form.fields():
        shown = max(field.blank_rows, field.min_rows, 1)
        for row in range(shown + 1, 2 * shown + 1):
            for column in field.columns:
                name = f"{field.key}.{row}.{column.key}"
                boxes = {f"{name}={choice.value}" for choice in column.choices}
                wanted |= boxes if column.type is FieldType.CHOICES else {name}
    assert names(write_continuation(form, CALL)) == wanted


@pytest.mark.parametrize("key", FORMS)
def test_made_again_the_continuation_sheet_equals_the_one_that_is_kept(key):
    kept = (KEPT / f"{key}-vervolgblad.pdf").read_bytes()
    assert look(write_continuation(CALL.forms[key], CALL)) == look(kept)


def test_a_form_without_tables_has_no_continuation_sheet():
    plain = tuple(replace(s, fields=tuple(f for f in s.fields if not f.columns)) for s in CALL.form.sections)
    assert write_continuation(replace(CALL.form, sections=plain), CALL) is None
