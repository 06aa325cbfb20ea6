"""States of answers: which are filled, and how one becomes doubtful."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dossier import Answer, State
from pipeline.extract.certainty import DOUBTED

GIVEN, EMPTY, NOT_FOUND, DOUBTFUL = State.GIVEN, State.EMPTY, State.NOT_FOUND, State.DOUBTFUL
"""The states by names of their own: Python 3.11 takes some thirty times as long to find one in its enum."""
FILLED = frozenset({GIVEN, DOUBTFUL})
"""States of an answer that somebody wrote something for."""


def doubted(answer: Answer, problem: str) -> Answer:
    """Give an answer as doubtful, with the reason why; its text and value stay."""
    return replace(answer, state=DOUBTFUL, confidence=min(answer.confidence, DOUBTED), problem=problem)
