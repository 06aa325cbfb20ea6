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
from pipeline.intake.returned import Found, KnownPaper, Returned, candidates, examine_in, known_papers, look_for_copies

__all__ = [
    "CameBack",
    "Chosen",
    "Found",
    "Known",
    "KnownPaper",
    "NotRead",
    "Reading",
    "Returned",
    "ToRead",
    "candidates",
    "choose",
    "complete",
    "examine_in",
    "known_papers",
    "lay_out",
    "look_for_copies",
    "open_call",
    "read_submission",
    "unpack",
    "write_asked",
]
