"""Definitions: the TOML of a call, as frozen types."""

from pipeline.library.call import Call, Clause, Overview, OverviewColumn, PaperDefinition
from pipeline.library.load import calls, load
from pipeline.library.nearest import nearest

__all__ = ["Call", "Clause", "Overview", "OverviewColumn", "PaperDefinition", "calls", "load", "nearest"]
