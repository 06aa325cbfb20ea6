"""Low-level parts of PDF: opening safely, form fields, the same bytes for the same paper."""

from pipeline.pdf.guard import open_pages
from pipeline.pdf.normalise import normalise

__all__ = ["normalise", "open_pages"]
