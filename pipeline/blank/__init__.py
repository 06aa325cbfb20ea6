"""Blank forms: a form definition becomes a Word file or a fillable PDF."""

from pipeline.blank.pdf import write_continuation, write_pdf
from pipeline.blank.word import write_docx

__all__ = ["write_continuation", "write_docx", "write_pdf"]
