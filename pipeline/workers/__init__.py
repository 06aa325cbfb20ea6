"""Where work runs: processes of their own, with limits of time and memory, that die with what they started."""

from pipeline.workers.pool import CannotStart, Done, Limits, Lost, Workers
from pipeline.workers.processes import near_memory_limit, processors

__all__ = ["CannotStart", "Done", "Limits", "Lost", "Workers", "near_memory_limit", "processors"]
