"""A blank form as a Word file: title, how to fill it in, and the sections one after the other."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from pipeline.blank import instructions, style
from pipeline.blank.layout import Layout
from pipeline.blank.markup import LABEL_FILL, cell, element, field_code, paragraph, root, row, run, serialise, table
from pipeline.blank.package import pack
from pipeline.blank.questions import WIDTH, Values
from pipeline.form import Form
from pipeline.language import _, speaking
from pipeline.library.call import Call


def write_docx(form: Form, call: Call, *, values: Values = MappingProxyType({})) -> bytes:
    """Write a form as Word, in its own language, with a content control tagged for each answer.

    The same definition always gives the same bytes. The intro of the form is a text template over
    `parameters`, `planning` and the bodies of the call.

    Args:
        form: a form of the call, or a part of one.
        call: the call.
        values: what is filled in already; without any, the form is blank.
    """
    with speaking(form.language):
        return _write(form, call, values)


def _write(form: Form, call: Call, values: Values) -> bytes:
    layout = Layout({name: tuple(entries) for name, entries in call.codelists.items()}, values)
    blocks: list[Any] = [paragraph("Title", form.title), paragraph("Subtitle", call.title)]
    blocks.extend(_intro(form, call))
    for section in form.sections:
        blocks.extend(layout.section(section))
    document = root("w:document", element("w:body", *blocks, _page()))
    parts = {
        "styles": style.styles(form.language),
        "settings": style.settings(form.language),
        "header": _header(form, call),
        "footer": _footer(form, call),
    }
    return pack(serialise(document), parts, title=form.title, subject=call.title, language=form.language)


def _intro(form: Form, call: Call) -> list[Any]:
    boxes = instructions.boxes(form, call, kind="docx")
    blocks = [
        block
        for title, items in boxes
        for block in (
            paragraph("IntroTitle", title, keep_next=True),
            *(paragraph("IntroItem", "•", element("w:r", element("w:tab")), item) for item in items),
        )
        if items
    ]
    return [
        *(paragraph("Intro", line) for line in instructions.intro(form, call)),
        table([WIDTH], row(cell(WIDTH, *blocks, fill=LABEL_FILL)), caption=boxes[0][0]),
        paragraph("Spacer"),
    ]


def _page() -> Any:
    """Give the section properties: A4, margins of two centimetres, header and footer."""
    reference = {"header": "rId3", "footer": "rId4"}
    made = [element(f"w:{part}Reference", type="default") for part in reference]
    for piece, number in zip(made, reference.values(), strict=True):
        piece.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
    size = element("w:pgSz", w=11906, h=16838)
    margins = element("w:pgMar", top=1304, right=1134, bottom=1134, left=1134, header=624, footer=567, gutter=0)
    return element("w:sectPr", *made, size, margins)


def _header(form: Form, call: Call) -> bytes:
    words = [run(call.title), element("w:r", element("w:tab")), run(form.title)]
    return serialise(root("w:hdr", paragraph("Header", *words)))


def _footer(form: Form, call: Call) -> bytes:
    left = _("{call} · {form}, versie {version}").format(call=call.title, form=form.title, version=form.version)
    # The words around the numbers are split at the fields, so that a translation may move them.
    before, middle, after = _("Pagina {page} van {pages}").replace("{pages}", "{page}").split("{page}")
    words = [run(left), element("w:r", element("w:tab")), run(before), *field_code("PAGE", "1"), run(middle)]
    words += [*field_code("NUMPAGES", "1"), *([run(after)] if after else [])]
    return serialise(root("w:ftr", paragraph("Footer", *words)))
