"""A submission taken in: which of its files is the form, what it answers, what is attached."""

from pipeline.intake.choosing import ToRead
from pipeline.intake.reading import NotRead, Reading, corrected, open_call, read_submission, unpack

__all__ = ["NotRead", "Reading", "ToRead", "corrected", "open_call", "read_submission", "unpack"]
