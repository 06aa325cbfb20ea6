"""Definitions: the TOML of a call, as frozen types."""

from pipeline.library.blank_words import BlankWords, blank_words
from pipeline.library.call import Call, Clause, Overview, OverviewColumn, PaperDefinition
from pipeline.library.load import calls, load
from pipeline.library.nearest import nearest

__all__ = [
    "BlankWords",
    "Call",
    "Clause",
    "Overview",
    "OverviewColumn",
    "PaperDefinition",
    "blank_words",
    "calls",
    "load",
    "nearest",
]
