"""What a supplement closes: its answers in the place of the gaps that were asked, everything else told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.dossier import (
    Act,
    ActKind,
    Answer,
    Ask,
    Attachment,
    Question,
    Request,
    State,
    Supplement,
    folder_of_supplement,
)
from pipeline.dossier.quoting import about_row, short
from pipeline.form import Field
from pipeline.language import _, date_long, speaking
from pipeline.library.call import Call
from pipeline.supplement.enclosed import enclose
from pipeline.supplement.paper import key_of
from pipeline.supplement.refusing import open_questions, refusal, remarks, unused
from pipeline.supplement.returned import Returned, attached, order, placed, request_of
from pipeline.supplement.weighing import Weighing, unclear
from pipeline.supplement.wording import shown
from pipeline.values import fold, parse


@dataclass(frozen=True, slots=True)
class Closed:
    """A dossier with its supplements."""

    answers: Mapping[str, Answer]
    attachments: tuple[Attachment, ...]
    supplements: tuple[Supplement, ...]


def close(
    call: Call,
    answers: Mapping[str, Answer],
    attachments: tuple[Attachment, ...],
    requests: Sequence[Request],
    returned: Sequence[Returned],
    acts: Sequence[Act],
) -> Closed:
    """Give the answers with what supplements closed, and what became of each supplement.

    Only what was asked is taken over. An answer that an official corrected before the supplement came stays; a
    supplement that came after the decision or the withdrawal, or whose heading names another dossier, closes nothing.
    Of two that say different things the later one counts where it is certain which that is; else the answer is
    doubtful.

    Args:
        call: the call.
        answers: as read from the dossier's own form, not corrected.
        attachments: that came with it.
        requests: the supplements asked.
        returned: those that came back.
        acts: of officials, in order.
    """
    with speaking(call.language):
        desk = _Desk(call, answers, attachments, requests, acts)
        told = {each.number: desk.take(each) for each in sorted(returned, key=lambda one: order(one, desk.requests))}
        told = {number: desk.weighing.without_disputed(supplement) for number, supplement in told.items()}
    return Closed(MappingProxyType(desk.answers), tuple(desk.attachments), tuple(told[n] for n in sorted(told)))


class _Desk:
    """A dossier while supplements are taken over one by one."""

    def __init__(
        self,
        call: Call,
        answers: Mapping[str, Answer],
        attachments: Iterable[Attachment],
        requests: Sequence[Request],
        acts: Sequence[Act],
    ) -> None:
        self.call = call
        self.base = answers
        self.answers = dict(answers)
        self.attachments = list(attachments)
        self.requests = {request.sequence: request for request in requests}
        self.acts = acts
        self.weighing = Weighing()
        self._rows_before: dict[tuple[str, int], int] = {}
        """Table and request → how many rows there were before that request added any."""
        self._before: Mapping[str, Answer] = answers
        """The answers before the supplement that is being taken over."""

    def take(self, returned: Returned) -> Supplement:
        """Take over one supplement; give what became of it."""
        sequence = request_of(returned, self.requests)
        supplement = Supplement(
            returned.number, returned.receipt, returned.extraction.source, returned.registered, sequence
        )
        request = self.requests[sequence] if sequence else None
        refused = refusal(returned, request or self.requests[max(self.requests)], self.acts)
        if refused:
            return replace(supplement, told=(refused, *unused(returned, self.requests.values())), applied=False)
        wanted = [request] if request else [*self.requests.values()]
        questions = {(q.ask, q.target): q for one in wanted for q in one.questions}
        told = remarks(returned, request)
        self._before = dict(self.answers)
        closed: list[str] = []
        open_: list[str] = []
        for question in questions.values():
            if question.ask is Ask.FILE:
                continue
            answer = returned.extraction.answers.get(key_of(question))
            if answer is None or answer.state in (State.EMPTY, State.NOT_FOUND):
                open_.extend([question.label] if self._is_open(question) else [])
                continue
            remark, is_closed = self._apply(
                question, placed(answer, folder_of_supplement(returned.number)), returned, sequence
            )
            told.extend([remark] if remark else [])
            if is_closed:
                closed.append(question.label)
        files = enclose(
            self.answers, tuple(self.attachments), questions.values(), returned.extraction, attached(returned)
        )
        self.attachments = list(files.attachments)
        told.extend(open_questions(open_))
        told.extend(files.told)
        told.extend(returned.extraction.notes)
        return replace(supplement, closed=(*closed, *files.closed), files=files.named, told=tuple(told))

    def _is_open(self, question: Question) -> bool:
        """Tell whether a question that was left open had to be answered: not when another answer made it idle."""
        return question.needed or not self._field(question.target).required_when

    def _apply(self, question: Question, answer: Answer, returned: Returned, sequence: int | None) -> tuple[str, bool]:
        """Put an answer in its place; give what is to be told of it, and whether it closes the question."""
        kept = self._corrected(question, answer, returned)
        if kept is not None:
            return kept, False
        lost = self._lost(question)
        if lost:
            return lost, False
        remark, weighed = self.weighing.weigh(question, answer, returned, sequence)
        self._put(question, weighed, sequence or 0)
        unsure = answer if answer.state is State.DOUBTFUL else _unsure_row(answer)
        if unsure is not None and not remark and weighed is answer:
            remark = unclear(question, unsure)
        return remark, weighed.state is State.GIVEN and unsure is None

    def _corrected(self, question: Question, answer: Answer, returned: Returned) -> str | None:
        """Say that an official answered in the meantime; empty when both say the same, None when nobody did."""
        acts = [act for act in self.acts[: returned.acts] if act.kind is ActKind.CORRECT]
        if question.ask is Ask.ANSWER:
            act = next((act for act in reversed(acts) if act.target == question.target), None)
            if act is None:
                return None
            if self._same_as(act.value, question.target, answer):
                return ""
            return _(
                "«{label}» werd op {on} verbeterd tot «{kept}»; de aanvulling zegt «{said}». De verbetering blijft."
            ).format(
                label=question.label,
                on=date_long(act.on) if act.on else "",
                kept=short(act.value),
                said=shown(answer),
            )
        known = self.base.get(question.target) if question.ask is Ask.MORE_ROWS else None
        last = len(known.rows) if known else 0
        added = [act for act in acts if _row_number(act.target, question.target) > last]
        if not added:
            return None
        return _(
            "«{label}»: een medewerker vulde intussen zelf rijen in; die van de aanvulling zijn niet overgenomen."
        ).format(label=question.label)

    def _same_as(self, text: str, target: str, answer: Answer) -> bool:
        field = self._field(target)
        parsed = parse(text, field.type, choices=field.choices, codelist=self.call.codelists.get(field.codelist))
        return fold(text) == fold(answer.text) or (parsed.value is not None and parsed.value == answer.value)

    def _field(self, target: str) -> Field:
        table, _dot, cell = target.partition(".")
        field = self.call.form.field(table)
        return field.column(cell.partition(".")[2]) if cell else field

    def _lost(self, question: Question) -> str:
        """Say that the row that was asked about is no longer what it was."""
        table, _dot, cell = question.target.partition(".")
        if not cell:
            return ""
        number = int(cell.partition(".")[0])
        field = self.call.form.field(table)
        corrected = any(_row_number(act.target, table) == number for act in self.acts if act.kind is ActKind.CORRECT)
        for answers in (self._before, self.base):
            rows = answers[table].rows if table in answers else ()
            row = next((row for row in rows if row.number == number), None)
            if row is not None and (corrected or about_row(field, row) == question.about):
                return ""
        return _("«{label}»: die rij staat niet meer zo in het dossier; dit antwoord is niet overgenomen.").format(
            label=question.label
        )

    def _put(self, question: Question, answer: Answer, sequence: int) -> None:
        table, _dot, cell = question.target.partition(".")
        if question.ask is Ask.MORE_ROWS:
            known = self.answers[table]
            own = known.rows[: self._rows_before.setdefault((table, sequence), len(known.rows))]
            rows = (*own, *(replace(row, number=n) for n, row in enumerate(answer.rows, start=len(own) + 1)))
            self.answers[table] = _as_sure(replace(known, rows=rows), answer)
        elif not cell:
            self.answers[table] = replace(answer, field=table)
        else:
            number, _dot, column = cell.partition(".")
            known = self.answers[table]
            rows = tuple(
                replace(row, cells=MappingProxyType({**row.cells, column: replace(answer, field=column)}))
                if row.number == int(number)
                else row
                for row in known.rows
            )
            self.answers[table] = replace(known, rows=rows)


def _unsure_row(answer: Answer) -> Answer | None:
    """Give the first doubtful cell of a row that says nothing for certain («nvt» and dashes); None when none does."""
    for row in answer.rows:
        if not any(cell.state is State.GIVEN for cell in row.cells.values()):
            return next((cell for cell in row.cells.values() if cell.state is State.DOUBTFUL), None)
    return None


def _as_sure(table: Answer, more: Answer) -> Answer:
    """Give a table that is no surer than the rows that were added to it."""
    if more.state is not State.DOUBTFUL or table.state is State.DOUBTFUL:
        return table
    sure = min(table.confidence, more.confidence)
    return replace(table, state=State.DOUBTFUL, confidence=sure, problem=more.problem)


def _row_number(target: str, table: str) -> int:
    """Give the row of a table that a correction names; 0 when it is about something else."""
    name, _dot, cell = target.partition(".")
    number = cell.partition(".")[0]
    return int(number) if name == table and number.isdecimal() else 0
