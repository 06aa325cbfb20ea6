"""What a supplement says, in a few words."""

from __future__ import annotations

from pipeline.dossier import Answer
from pipeline.dossier.quoting import short
from pipeline.language import plural


def shown(answer: Answer) -> str:
    """Give what an answer says, on a line; of a table how many rows it has."""
    if answer.rows:
        return plural("{number} rij", "{number} rijen", len(answer.rows))
    return short(answer.text)
