"""States of answers: which are filled, and how one becomes doubtful."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dossier import Answer, State
from pipeline.extract.certainty import DOUBTED

FILLED = frozenset({State.GIVEN, State.DOUBTFUL})
"""States of an answer that somebody wrote something for."""


def doubted(answer: Answer, problem: str) -> Answer:
    """Give an answer as doubtful, with the reason why; its text and value stay."""
    return replace(answer, state=State.DOUBTFUL, confidence=min(answer.confidence, DOUBTED), problem=problem)
