"""A request for a supplement: what is asked, with its heading filled in and its last day told."""

from __future__ import annotations

import datetime as dt

from pipeline.dossier import Dossier, HeadLine, Question, Request
from pipeline.dossier.quoting import line
from pipeline.expression import Gap, NotJudged, Use, evaluate, fill, holds
from pipeline.facts import Facts, gather
from pipeline.language import _, speaking
from pipeline.library.call import Call

OF_THE_CALL = ("call", "paper_date", "parameters", "planning", "settings")
"""What the introduction of a supplement may name, beside the bodies of the call: nothing that an applicant wrote."""


def request(call: Call, dossier: Dossier, questions: tuple[Question, ...], *, sequence: int, on: dt.date) -> Request:
    """Give the supplement that asks these questions, its heading filled in and its last day told.

    Args:
        call: the call.
        dossier: the dossier.
        questions: what is asked.
        sequence: the number of the request.
        on: the day of the request, and of the letter that goes with it.
    """
    definition = call.supplement
    with speaking(call.language):
        judged = {**gather(call, dossier, today=on), "paper_date": on}
        drafted = {**gather(call, dossier, today=on, use=Use.DRAFT), "paper_date": on}
        until = (
            evaluate(definition.until, judged) if definition.until and holds(definition.until_when, judged) else None
        )
        said = {name: drafted[name] for name in (*call.bodies, *OF_THE_CALL)} | {"until": until or _no_day()}
        head = tuple(
            HeadLine(each.label, value, each.identifies and _is_known(each.value, judged))
            for each in definition.head
            if (value := line(fill(each.value, drafted)))
        )
        intro = fill(definition.intro, said)
    return Request(sequence, on, until if isinstance(until, dt.date) else None, head, questions, intro)


def _no_day() -> Gap:
    return Gap(_("laatste dag om aan te vullen"), "not_found", Use.DRAFT)


def _is_known(source: str, facts: Facts) -> bool:
    """Tell whether every answer that a line of the heading names is there."""
    try:
        return bool(fill(source, facts).strip())
    except NotJudged:
        return False
