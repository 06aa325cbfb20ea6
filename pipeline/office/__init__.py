"""Drive LibreOffice: our papers to PDF, older files of others to Word."""

from pipeline.office.pdf import convert, missing, pool
from pipeline.office.pool import Pool
from pipeline.office.program import INSTALL, INSTALL_UNO, available, find_python
from pipeline.office.verapdf import find_verapdf, validate
from pipeline.office.word import to_docx
from pipeline.pdf import Archive

__all__ = [
    "INSTALL",
    "INSTALL_UNO",
    "Archive",
    "Pool",
    "available",
    "convert",
    "find_python",
    "find_verapdf",
    "missing",
    "pool",
    "to_docx",
    "validate",
]
