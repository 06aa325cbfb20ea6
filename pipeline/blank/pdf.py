"""A form as a fillable PDF: title, how to fill it in, and the sections one after the other."""

from __future__ import annotations

import io
from collections.abc import Collection
from types import MappingProxyType
from typing import Any

from pipeline.blank import instructions
from pipeline.blank.markup import LABEL_FILL
from pipeline.blank.pdf_fields import BOXES, TEXT, TYPED, Fields
from pipeline.blank.pdf_flow import INTRO, INTRO_TITLE, ITEM, LEFT, RUNNING, SUBTITLE, TITLE, Flow
from pipeline.blank.pdf_font import bold, boxes, regular, typed_letters
from pipeline.blank.pdf_layout import Layout
from pipeline.blank.pdf_sheet import PAGE, Run
from pipeline.blank.pdf_structure import attach, bookmark
from pipeline.blank.questions import WIDTH, Values
from pipeline.form import Form
from pipeline.language import _, speaking
from pipeline.library.call import Call
from pipeline.library.continuation import continuation_of
from pipeline.pdf import Line, leave_imprint

_STRONG = "Vet"
_WIDE = WIDTH / 20


def write_pdf(form: Form, call: Call, *, values: Values = MappingProxyType({})) -> bytes:
    """Write a form as a fillable PDF, in its own language, with a form field named for each answer.

    The same definition always gives the same bytes. A column of a table has the number of its row in its name:
    `acties.1.titel`.

    Args:
        form: a form of the call, or a part of one.
        call: the call.
        values: what is filled in already; without any, the form is blank.
    """
    return _write(form, call, values)


def write_continuation(
    form: Form, call: Call, *, whose: Collection[str] = (), values: Values = MappingProxyType({})
) -> bytes | None:
    """Write the continuation sheet of a form: rows for its tables, numbered on from those of the form.

    Args:
        form: a form of the call, or of a supplement to it.
        call: the call.
        whose: the fields that tell whose it is; without them, those by which the call does.
        values: what is filled in on the form already.

    Returns:
        The sheet as a fillable PDF; None when the form has no tables.
    """
    sheet = continuation_of(form, call, whose)
    return None if sheet is None else _write(sheet, call, values, continued=True)


def _write(form: Form, call: Call, values: Values, *, continued: bool = False) -> bytes:
    with speaking(form.language):
        flow = Flow()
        flow.turn()
        _opening(flow, form, call, continued=continued)
        codelists = {name: tuple(entries) for name, entries in call.codelists.items()}
        layout = Layout(flow, codelists, values, continued=continued)
        for section in form.sections:
            layout.section(flow.document, section)
        return _file(flow, form, call)


def _opening(flow: Flow, form: Form, call: Call, *, continued: bool) -> None:
    """Write the title, the intro and the box that says how to fill in and send the form."""
    top = flow.document
    flow.paragraph(top, "H1", form.title, TITLE)
    flow.paragraph(top, "P", call.title, SUBTITLE)
    for line in instructions.intro(form, call):
        flow.paragraph(top, "P", line, INTRO)
    boxes_ = [box for box in instructions.boxes(form, call, kind="continuation" if continued else "pdf") if box[1]]
    title = INTRO_TITLE.before + INTRO_TITLE.size * 1.22 + INTRO_TITLE.after
    height = sum(title + sum(flow.height_of_item(item, ITEM) for item in items) for _title, items in boxes_) + 8
    flow.need(height)
    box = (LEFT, flow.y - height, LEFT + _WIDE, flow.y)
    flow.sheet.fill(box, LABEL_FILL)
    flow.sheet.frame(box)
    bottom = flow.y - height
    for words, items in boxes_:
        flow.lead(top, words, INTRO_TITLE)
        made = top.add("L")
        for item in items:
            flow.item(made, item, ITEM)
    flow.y = bottom - 4


def _file(flow: Flow, form: Form, call: Call) -> bytes:
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    _running(flow, form, call)
    filled = {letter for widget in flow.widgets for letter in widget.filled}
    text = regular().subset(flow.sheet.letters(regular()) | filled)
    strong = bold().subset(flow.sheet.letters(bold()))
    signs = boxes()
    with pikepdf.new() as pdf:
        fonts = {TEXT: text.embed(pdf), _STRONG: strong.embed(pdf)}
        resources = pdf.make_indirect(Dictionary(Font=Dictionary({f"/{name}": font for name, font in fonts.items()})))
        faces = ((regular(), TEXT, text), (bold(), _STRONG, strong))
        for number in range(len(flow.sheet.contents)):
            page = pdf.add_blank_page(page_size=PAGE)
            page.obj.Resources = resources
            page.obj.Contents = pdf.make_stream(flow.sheet.drawn(number, faces))
            page.obj.Tabs = Name.S
        typed = regular().subset(typed_letters().values()).embed_for_typing(pdf)
        shown = {TEXT: fonts[TEXT], TYPED: typed, BOXES: signs.embed(pdf), "ZaDb": _standard_signs(pdf)}
        widgets = Fields(pdf, regular(), text, signs, shown).build(flow.widgets, list(pdf.pages))
        for number, page in enumerate(pdf.pages):
            here = zip(widgets, flow.widgets, strict=True)
            page.obj.Annots = Array([widget for widget, place in here if place.page == number])
        attach(pdf, flow.document, flow.sheet.marks, widgets)
        bookmark(pdf, flow.headings)
        pdf.Root.Lang = String(form.language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.Root.PageMode = Name.UseOutlines
        _describe(pdf, form, call)
        leave_imprint(pdf, flow.printed)
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            min_version="1.7",
        )
    return made.getvalue()


def _describe(pdf: Any, form: Form, call: Call) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = form.title
        metadata["dc:description"] = call.title
        metadata["dc:language"] = [form.language]
        metadata["xmp:CreatorTool"] = "wijkcontract"


def _standard_signs(pdf: Any) -> Any:
    """Name the signs that every viewer has, for one that draws ticks itself."""
    from pikepdf import Dictionary, Name

    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats))


def _running(flow: Flow, form: Form, call: Call) -> None:
    """Write the heads and feet of all pages."""
    face, size, colour = regular(), RUNNING.size, RUNNING.colour
    count = len(flow.sheet.contents)
    foot = _("{call} · {form}, versie {version}").format(call=call.title, form=form.title, version=form.version)
    for page in range(count):
        number = _("Pagina {page} van {pages}").format(page=page + 1, pages=count)
        for kind, y, left, right in (("Header", PAGE[1] - 42, call.title, form.title), ("Footer", 32, foot, number)):
            end = LEFT + _WIDE - face.width(right, size)
            lines = [(LEFT, y, [Run(left, face, size, colour)]), (end, y, [Run(right, face, size, colour)])]
            if page == 0 and kind == "Footer":
                flow.printed.append(Line(1, PAGE[1] - y, 0, left))
            flow.sheet.decorate(page, f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC", lines)
