"""Blank forms: a form definition becomes a Word file to fill in."""

from pipeline.blank.word import write_docx

__all__ = ["write_docx"]
