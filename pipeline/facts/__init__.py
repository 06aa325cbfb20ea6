"""A dossier as the names that rules, conditions and templates use."""

from pipeline.facts.gathering import PROGRAM_NAMES, gather, gather_call
from pipeline.facts.kinds import Facts

__all__ = ["PROGRAM_NAMES", "Facts", "gather", "gather_call"]
