"""Low-level parts of PDF: opening safely, form fields and remarks, the gate, the same bytes for the same paper."""

from pipeline.pdf.attached import Attached, Relation, attach, attached
from pipeline.pdf.field import Field
from pipeline.pdf.field_boxes import OPEN, TICKED
from pipeline.pdf.figures import place_figures
from pipeline.pdf.filled import Filled, PageBox, Remark, open_filled
from pipeline.pdf.fonts import legible
from pipeline.pdf.gate import Archive, faults, text
from pipeline.pdf.guard import open_pages, refuse_at_sight
from pipeline.pdf.imprint import Line, leave_imprint
from pipeline.pdf.marks import LIKELY, UNKNOWN, UNSEEN
from pipeline.pdf.normalise import normalise
from pipeline.pdf.page_texts import PageText, bare, page_texts
from pipeline.pdf.remembered import Remembered
from pipeline.pdf.same_text import is_same

__all__ = [
    "LIKELY",
    "OPEN",
    "TICKED",
    "UNKNOWN",
    "UNSEEN",
    "Archive",
    "Attached",
    "Field",
    "Filled",
    "Line",
    "PageBox",
    "PageText",
    "Relation",
    "Remark",
    "Remembered",
    "attach",
    "attached",
    "bare",
    "faults",
    "is_same",
    "leave_imprint",
    "legible",
    "normalise",
    "open_filled",
    "open_pages",
    "page_texts",
    "place_figures",
    "refuse_at_sight",
    "text",
]
