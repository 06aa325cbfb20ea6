"""Who signs a paper, and the words of the mark where each does."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier import Signatory
from pipeline.expression import Record, evaluate, fill
from pipeline.facts import Facts
from pipeline.language import _
from pipeline.library.call import PaperDefinition, SignatoryDefinition

NAME = "handtekening"
"""Under which templates find the marks."""


def signatories(paper: PaperDefinition, facts: Facts) -> tuple[Signatory, ...]:
    """Give everybody who signs a paper, in its order; no two have the same label.

    Raises:
        PaperRefused: a final paper lacks who signs.
    """
    found: list[Signatory] = []
    labels: dict[str, int] = {}
    for party in paper.signatories:
        for one in _of_party(party, facts):
            labels[one.label] = labels.get(one.label, 0) + 1
            if labels[one.label] > 1:
                again = _("{label} ({number})").format(label=one.label, number=labels[one.label])
                one = Signatory(one.field, one.key, one.name, one.role, again, one.order)  # noqa: PLW2901
            found.append(one)
    return tuple(found)


def _of_party(party: SignatoryDefinition, facts: Facts) -> list[Signatory]:
    rows = list(evaluate(party.each, facts)) if party.each else [None]
    found = []
    for number, row in enumerate(rows, start=1):
        known = facts if row is None else {**facts, "signer": row}
        name, role = fill(party.name, known).strip(), fill(party.role, known).strip()
        label = (
            fill(party.label, {**known, "name": name, "role": role}).strip()
            if party.label
            else _("Handtekening van {name}, {role}").format(name=name, role=role)
        )
        found.append(Signatory(f"{NAME}_{party.key}_{number}", party.key, name, role, label, party.order))
    return found


def told(found: Sequence[Signatory]) -> tuple[Record, ...]:
    """Give them as templates read them."""
    return tuple(
        Record({"key": one.key, "name": one.name, "role": one.role, "label": one.label}, "signatories") for one in found
    )


def marks(paper: PaperDefinition, facts: Facts, found: Sequence[Signatory]) -> Record:
    """Give the words of every mark by its party; of a party with rows, by the number of the row.

    The role stands on a line of its own, so that the marks of two who sign beside each other are equally high.
    """
    words: dict[str, str | dict[int, str]] = {}
    for party in paper.signatories:
        labels = [
            one.label.replace(f"{one.name}, {one.role}", f"{one.name},\n{one.role}", 1)
            for one in found
            if one.key == party.key
        ]
        if party.each:
            numbers = [row.number for row in evaluate(party.each, facts)]
            words[party.key] = dict(zip(numbers, labels, strict=True))
        else:
            words[party.key] = labels[0]
    return Record(words, NAME)
