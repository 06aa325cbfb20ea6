"""What is told of a supplement: why nothing of it counts, what it says all the same, what it leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pipeline.dossier import Act, ActKind, Ask, Request, State
from pipeline.dossier.quoting import short
from pipeline.language import _, date_long, enumerate_words
from pipeline.supplement.paper import head_key, key_of
from pipeline.supplement.returned import Returned
from pipeline.supplement.wording import shown
from pipeline.values import fold

_ALIKE = 90
"""Of a hundred: a scan may read a letter of the heading wrong."""
_LONG_ENOUGH = 12
"""In a shorter line one letter makes another name: Gent and Genk, Herent and Herentals."""


def refusal(returned: Returned, request: Request, acts: Sequence[Act]) -> str:
    """Say why nothing of a supplement counts; empty when it does.

    Args:
        returned: the supplement.
        request: the one that it answers, or else the last.
        acts: of officials on its dossier, in order.
    """
    return returned.refused or _too_late(returned, acts) or _another_dossier(returned, request)


def _too_late(returned: Returned, acts: Sequence[Act]) -> str:
    for act in acts[: returned.acts]:
        on = date_long(act.on) if act.on else ""
        if act.kind is ActKind.DECIDE:
            return _("Deze aanvulling kwam na de beslissing van {on}; er is niets uit overgenomen.").format(on=on)
        if act.kind is ActKind.WITHDRAW:
            return _("Deze aanvulling kwam na de intrekking op {on}; er is niets uit overgenomen.").format(on=on)
    return ""


def _another_dossier(returned: Returned, request: Request) -> str:
    """Say when the heading names another applicant or another proposal than was asked."""
    from rapidfuzz import fuzz

    for line in request.head:
        answer = returned.extraction.answers.get(head_key(line))
        if not line.identifies or answer is None or answer.state in (State.EMPTY, State.NOT_FOUND):
            continue
        ours, theirs = fold(line.value), fold(answer.text)
        alike = len(ours) >= _LONG_ENOUGH and fuzz.ratio(ours, theirs) >= _ALIKE
        if not alike and f" {ours} " not in f" {theirs} ":
            return _(
                "In de kop staat bij «{label}» «{theirs}», en in dit dossier «{ours}»; er is niets uit overgenomen."
            ).format(label=line.label, theirs=short(answer.text), ours=line.value)
    return ""


def unused(returned: Returned, requests: Iterable[Request]) -> list[str]:
    """Tell what a supplement that closes nothing says, so that an official can weigh it."""
    questions = {key_of(q): q for request in requests for q in request.questions}
    said = [
        _("«{label}»: «{text}»").format(label=questions[key].label, text=shown(answer))
        for key, answer in returned.extraction.answers.items()
        if key in questions and answer.state in (State.GIVEN, State.DOUBTFUL) and questions[key].ask is not Ask.FILE
    ]
    names = [attachment.name for attachment in returned.attachments]
    told = [_("Er staat in: {answers}.").format(answers="; ".join(said))] if said else []
    return told + ([_("Erbij zat: {files}.").format(files=enumerate_words(names))] if names else [])


def _changed_lines(returned: Returned, request: Request) -> list[str]:
    """Tell which lines of the heading say something else than we wrote there: a supplement does not change them."""
    from rapidfuzz import fuzz

    told = []
    for line in request.head:
        answer = returned.extraction.answers.get(head_key(line))
        if line.identifies or answer is None or answer.state in (State.EMPTY, State.NOT_FOUND):
            continue
        if fuzz.ratio(fold(line.value), fold(answer.text)) < _ALIKE:
            text = _("In de kop staat bij «{label}» nu «{theirs}» in plaats van «{ours}»; dat is niet overgenomen.")
            told.append(text.format(label=line.label, theirs=short(answer.text), ours=short(line.value)))
    return told


def remarks(returned: Returned, request: Request | None) -> list[str]:
    """Tell that it does not say which request it answers, that its heading changed, or that it came too late."""
    if request is None:
        return [_("Het formulier zegt niet welke aanvulling het is; gelezen met alle gevraagde vragen.")]
    until, received = request.until, returned.receipt.received
    told = _changed_lines(returned, request)
    if until and received and _on(received) > until:
        text = _("Ontvangen op {on}, na de laatste dag om aan te vullen ({until}).")
        told.append(text.format(on=date_long(_on(received)), until=date_long(until)))
    return told


def _on(received: dt.datetime) -> dt.date:
    from pipeline.expression import day

    return day(received)


def open_questions(labels: Sequence[str]) -> list[str]:
    """Tell which questions were left open."""
    if not labels:
        return []
    return [_("Niet ingevuld: {labels}.").format(labels="; ".join(f"«{label}»" for label in labels))]
