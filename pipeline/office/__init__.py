"""Drive LibreOffice: our papers to PDF, older files of others to Word."""

from pipeline.office.pdf import convert, missing
from pipeline.office.program import INSTALL, available
from pipeline.office.word import to_docx

__all__ = ["INSTALL", "available", "convert", "missing", "to_docx"]
