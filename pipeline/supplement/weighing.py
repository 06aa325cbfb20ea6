"""What several supplements say of one question: the later one counts where it is certain which that is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.dossier import Answer, Ask, Question, State, Supplement
from pipeline.language import _
from pipeline.supplement.returned import Returned
from pipeline.supplement.wording import shown
from pipeline.values import fold


@dataclass(slots=True)
class _Said:
    """What supplements said until now of one question."""

    answer: Answer
    by: Returned
    request: int


class Weighing:
    """Holds each answer of a supplement against what earlier ones said."""

    def __init__(self) -> None:
        self._said: dict[tuple[Ask, str, int], _Said] = {}
        self._disputed: dict[tuple[Ask, str, int], tuple[str, str, set[int]]] = {}
        """Of a question to which supplements give two answers: its label, what is told of it, and the supplements."""
        self._outdone: set[tuple[int, str]] = set()
        """Supplements of which another answer counts, with the label of the question."""

    def weigh(self, question: Question, answer: Answer, returned: Returned, sequence: int | None) -> tuple[str, Answer]:
        """Hold an answer against what an earlier supplement said."""
        again = sequence or 0 if question.ask is Ask.MORE_ROWS else 0  # each request has rows of its own
        key = (question.ask, question.target, again)
        before = self._said.get(key)
        self._said[key] = _Said(answer, returned, sequence or 0)
        if before is None or before.answer.state is State.DOUBTFUL or _same(before.answer, answer):
            if answer.state is State.GIVEN:
                self._disputed.pop(key, None)
            return "", answer
        words = {
            "label": question.label,
            "first": before.by.number,
            "before": shown(before.answer),
            "said": shown(answer),
        }
        if _is_later(returned, sequence or 0, before):
            self._outdone.add((before.by.number, question.label))
            return _("«{label}»: aanvulling {first} zei «{before}»; deze latere zegt «{said}» en telt.").format(
                **words
            ), answer
        problem = _(
            "Twee aanvullingen zeggen iets anders («{before}» en «{said}»), en het is niet zeker welke de laatste is."
        )
        doubtful = replace(answer, state=State.DOUBTFUL, confidence=0.0, problem=problem.format(**words))
        self._said[key] = _Said(doubtful, returned, sequence or 0)
        self._disputed[key] = question.label, unclear(question, doubtful), {before.by.number, returned.number}
        return "", doubtful

    def without_disputed(self, supplement: Supplement) -> Supplement:
        """Give a supplement that closes nothing of which another, maybe a later one, says something else."""
        told = list(supplement.told)
        closed = tuple(each for each in supplement.closed if (supplement.number, each) not in self._outdone)
        for label, remark, numbers in self._disputed.values():
            if supplement.number in numbers:
                told.append(remark)
                closed = tuple(each for each in closed if each != label)
        return replace(supplement, closed=closed, told=tuple(told))


def unclear(question: Question, answer: Answer) -> str:
    """Say that an answer of a supplement leaves its question open, and why."""
    return _("«{label}» is nog niet duidelijk: {problem}").format(label=question.label, problem=answer.problem)


def _is_later(returned: Returned, sequence: int, before: _Said) -> bool:
    """Tell whether it is certain that a supplement came after another: it answers a later request, or came later."""
    if sequence != before.request and sequence and before.request:
        return sequence > before.request
    one, other = before.by.receipt.received, returned.receipt.received
    return one is not None and other is not None and other > one


def _same(one: Answer, other: Answer) -> bool:
    if one.rows or other.rows:
        return _words(one) == _words(other)
    return one.value == other.value if one.value is not None else fold(one.text) == fold(other.text)


def _words(answer: Answer) -> list[dict[str, str]]:
    return [{key: fold(cell.text) for key, cell in row.cells.items()} for row in answer.rows]
