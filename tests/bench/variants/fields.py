"""Fillable PDF filled in by other programs: pypdf, pikepdf and pdfium, each in its own way."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple


class Deed(NamedTuple):
    """What a person does to one field."""

    name: str
    text: str
    """What is typed or chosen; of a box its state."""
    box: bool = False


def by_pypdf(data: bytes, deeds: Iterable[Deed], *, incremental: bool = False) -> bytes:
    """Fill with pypdf, which draws what it fills in."""
    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True) if incremental else pypdf.PdfWriter(io.BytesIO(data))
    values = {name: f"/{text}" if box else text for name, text, box in deeds}
    # it fills `acties.1.titel` too when it is told to fill `titel`, unless it is told otherwise
    others = {name for name in writer.get_fields() or () if "." in name and name.rpartition(".")[2] in values}
    values |= dict.fromkeys(others - values.keys(), "")
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def by_pikepdf(data: bytes, deeds: Iterable[Deed], *, drawn: bool = False) -> bytes:
    """Fill with pikepdf: only the values, or with what shows them taken away."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        known = dict(leaves(pdf))
        for name, text, box in deeds:
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


def leaves(pdf: Any) -> Iterator[tuple[str, Any]]:
    """Give the name and the dictionary of every field of an open pikepdf file."""

    def walk(node: Any, name: str) -> Iterator[tuple[str, Any]]:
        name = f"{name}.{node.T}".removeprefix(".")
        kids = [kid for kid in node.get("/Kids", []) if "/T" in kid]
        if not kids:
            yield name, node
        for kid in kids:
            yield from walk(kid, name)

    for top in pdf.Root.AcroForm.Fields:
        yield from walk(top, "")


def by_pdfium(data: bytes, deeds: Iterable[Deed], *, flat: bool = False) -> bytes:
    """Fill with pdfium, as Chromium does: click in the field, type, leave it; `flat` makes it a part of the page."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    env = document.formenv.raw
    wanted = {(name, text if box else ""): (text, box) for name, text, box in deeds}
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
    import pypdfium2.raw as pdfium

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
