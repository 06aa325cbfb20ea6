"""Fills a fillable PDF with other programs, as people do: pypdf, pikepdf and pdfium, each in its own way."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.form import Choice, Field, Form
from pipeline.values import FieldType
from tests.fill import written

YESNO = (Choice("ja", "Ja"), Choice("nee", "Nee"))


def typed(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Give what a person does for some answers: name of the field, text or state, and whether it is a box."""
    for field in form.fields():
        if field.key not in answers:
            continue
        if not field.columns:
            yield from _typed(field, field.key, answers[field.key], grid=False)
            continue
        for number, row in enumerate(answers[field.key], start=1):
            for column in field.columns:
                if column.key in row:
                    name = f"{field.key}.{number}.{column.key}"
                    yield from _typed(column, name, row[column.key], grid=field.layout != "cards")


def _typed(field: Field, name: str, answer: Any, *, grid: bool) -> Iterator[tuple[str, str, bool]]:
    if field.type is FieldType.CHOICES:
        yield from ((f"{name}={value}", "Yes", True) for value in answer)
    elif field.type is FieldType.YESNO and not grid:
        yield name, written(answer), True
    else:
        text = written(answer)
        choices = YESNO if field.type is FieldType.YESNO else field.choices
        yield name, next((choice.label for choice in choices if choice.value == text), text), False


def by_pypdf(data: bytes, form: Form, answers: Mapping[str, Any], *, incremental: bool = False) -> bytes:
    """Fill with pypdf, which draws what it fills in."""
    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True) if incremental else pypdf.PdfWriter(io.BytesIO(data))
    values = {name: f"/{text}" if box else text for name, text, box in typed(form, answers)}
    # it fills `acties.1.titel` too when it is told to fill `titel`, unless it is told otherwise
    others = {name for name in writer.get_fields() if "." in name and name.rpartition(".")[2] in values}
    values |= dict.fromkeys(others - values.keys(), "")
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def by_pikepdf(data: bytes, form: Form, answers: Mapping[str, Any], *, drawn: bool = False) -> bytes:
    """Fill with pikepdf: only the values, or with what shows them taken away."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        known = dict(_leaves(pdf))
        for name, text, box in typed(form, answers):
            field = known[name]
            field.V = pikepdf.Name(f"/{text}") if box else pikepdf.String(text)
            for widget in field.get("/Kids", [field]):
                if box:
                    states = widget.AP.N.keys()
                    widget.AS = pikepdf.Name(f"/{text}" if f"/{text}" in states else "/Off")
                elif not drawn:
                    del widget["/AP"]
        pdf.Root.AcroForm.NeedAppearances = not drawn
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def _leaves(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    def walk(node: Any, name: str) -> Iterator[tuple[str, Any]]:
        name = f"{name}.{node.T}".removeprefix(".")
        kids = [kid for kid in node.get("/Kids", []) if "/T" in kid]
        if not kids:
            yield name, node
        for kid in kids:
            yield from walk(kid, name)

    for top in pdf.Root.AcroForm.Fields:
        yield from walk(top, "")


def by_pdfium(data: bytes, form: Form, answers: Mapping[str, Any], *, flat: bool = False) -> bytes:
    """Fill with pdfium, as Chromium does: click in the field, type, leave it; `flat` makes it a part of the page."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    env = document.formenv.raw
    wanted = {(name, text if box else ""): (text, box) for name, text, box in typed(form, answers)}
    for page in document:
        for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
            _answer(env, page, annotation, wanted)
            pdfium.FPDFPage_CloseAnnot(annotation)
        pdfium.FORM_ForceToKillFocus(env)
        if flat:
            page.flatten()
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


def _answer(env: Any, page: Any, annotation: Any, wanted: Mapping[tuple[str, str], tuple[str, bool]]) -> None:
    """Tick a box with the space bar, choose from a list, type in another field."""
    box = pdfium.FPDFAnnot_GetFormFieldType(env, annotation) == pdfium.FPDF_FORMFIELD_CHECKBOX
    name = _string(lambda room, size: pdfium.FPDFAnnot_GetFormFieldName(env, annotation, room, size))
    state = _string(lambda room, size: pdfium.FPDFAnnot_GetFormFieldExportValue(env, annotation, room, size))
    found = wanted.get((name, state if box else ""))
    if found is None:
        return
    assert pdfium.FORM_SetFocusedAnnot(env, annotation)
    if box:
        pdfium.FORM_OnChar(env, page.raw, ord(" "), 0)
        return
    flags = pdfium.FPDFAnnot_GetFormFieldFlags(env, annotation)
    if flags & pdfium.FPDF_FORMFLAG_CHOICE_COMBO and not flags & pdfium.FPDF_FORMFLAG_CHOICE_EDIT:
        for number in range(pdfium.FPDFAnnot_GetOptionCount(env, annotation)):
            label = _string(
                lambda room, size, n=number: pdfium.FPDFAnnot_GetOptionLabel(env, annotation, n, room, size)
            )
            if label == found[0]:
                pdfium.FORM_SetIndexSelected(env, page.raw, number, 1)
        return
    pdfium.FORM_SelectAllText(env, page.raw)
    content = (found[0] + "\0").encode("utf-16-le")
    wide = (ctypes.c_ushort * (len(content) // 2)).from_buffer_copy(content)
    pdfium.FORM_ReplaceSelection(env, page.raw, wide)


def _string(ask: Any) -> str:
    size = ask(None, 0)
    room = (ctypes.c_ushort * (size // 2 + 1))()
    ask(room, size)
    return bytes(room)[: max(0, size - 2)].decode("utf-16-le")


def flattened(data: bytes) -> bytes:
    """Let pdfium make what fields show a part of their pages, as Chromium does when it prints."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    for page in document:
        page.flatten()
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()
