"""Low-level parts of PDF: opening safely, form fields, the same bytes for the same paper."""

from pipeline.pdf.fields import Field, read_fields
from pipeline.pdf.guard import open_pages
from pipeline.pdf.normalise import normalise

__all__ = ["Field", "normalise", "open_pages", "read_fields"]
