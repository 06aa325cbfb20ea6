"""A submission taken in: which of its files is the form, what it answers, what is attached."""

from pipeline.intake.choosing import Chosen, choose
from pipeline.intake.opening import ToRead, lay_out
from pipeline.intake.reading import (
    CameBack,
    Known,
    NotRead,
    Reading,
    complete,
    open_call,
    read_submission,
    unpack,
    write_asked,
)

__all__ = [
    "CameBack",
    "Chosen",
    "Known",
    "NotRead",
    "Reading",
    "ToRead",
    "choose",
    "complete",
    "lay_out",
    "open_call",
    "read_submission",
    "unpack",
    "write_asked",
]
