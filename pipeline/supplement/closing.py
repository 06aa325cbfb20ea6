"""What a supplement closes: its answers in the place of the gaps that were asked, everything else told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.dossier import (
    Act,
    ActKind,
    Answer,
    Ask,
    Attachment,
    Extraction,
    Question,
    Receipt,
    Request,
    Row,
    State,
    Supplement,
)
from pipeline.form import Field
from pipeline.language import _, date_long, enumerate_words, speaking
from pipeline.library.call import Call
from pipeline.supplement.asking import about_row
from pipeline.supplement.enclosed import enclose
from pipeline.supplement.paper import KEY, REQUEST, head_key, key_of, number_of
from pipeline.values import fold, parse
from pipeline.visible import visible

_ALIKE = 90
"""Of a hundred: a scan may read a letter of the heading wrong."""
_LONG_ENOUGH = 12
"""In a shorter line one letter makes another name: Gent and Genk, Herent and Herentals."""
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Returned:
    """A supplement that came back, as it was read."""

    number: int
    receipt: Receipt
    registered: dt.date
    acts: int
    """How many acts the dossier had when it came."""
    extraction: Extraction
    attachments: tuple[Attachment, ...]
    refused: str = ""
    """Why nothing can be taken from it, although it was asked and came."""


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
        told = {each.number: desk.take(each) for each in sorted(returned, key=desk.order)}
    return Closed(MappingProxyType(desk.answers), tuple(desk.attachments), tuple(told[n] for n in sorted(told)))


@dataclass(slots=True)
class _Said:
    """What supplements said until now of one question."""

    answer: Answer
    by: Returned
    request: int


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
        self._said: dict[tuple[Ask, str, int], _Said] = {}
        self._rows_before: dict[tuple[str, int], int] = {}
        """Table and request → how many rows there were before that request added any."""
        self._before: Mapping[str, Answer] = answers
        """The answers before the supplement that is being taken over."""

    def order(self, returned: Returned) -> tuple[int, bool, dt.datetime, int]:
        """Give the order in which supplements count: by their request, then by the moment they came in."""
        received = returned.receipt.received
        moment = received or dt.datetime.max.replace(tzinfo=dt.UTC)
        return self._request_of(returned) or 0, received is None, moment, returned.number

    def _request_of(self, returned: Returned) -> int | None:
        answer = returned.extraction.answers.get(REQUEST)
        number = number_of(answer.text) if answer else None
        return number if number in self.requests else None

    def take(self, returned: Returned) -> Supplement:
        """Take over one supplement; give what became of it."""
        sequence = self._request_of(returned)
        supplement = Supplement(
            returned.number, returned.receipt, returned.extraction.source, returned.registered, sequence
        )
        refused = returned.refused or self._too_late(returned) or self._another_dossier(returned, sequence)
        if refused:
            return replace(supplement, told=(refused, *self._unused(returned)), applied=False)
        wanted = [self.requests[sequence]] if sequence else [*self.requests.values()]
        questions = {(q.ask, q.target): q for request in wanted for q in request.questions}
        told = self._remarks(returned, sequence)
        self._before = dict(self.answers)
        closed: list[str] = []
        open_: list[str] = []
        for question in questions.values():
            if question.ask is Ask.FILE:
                continue
            answer = returned.extraction.answers.get(key_of(question))
            if answer is None or answer.state in (State.EMPTY, State.NOT_FOUND):
                open_.append(question.label)
                continue
            remark, applied = self._apply(question, _moved(answer, f"{KEY}-{returned.number:02d}"), returned, sequence)
            told.extend([remark] if remark else [])
            if applied and answer.state is State.GIVEN:
                closed.append(question.label)
        files = enclose(
            self.answers, tuple(self.attachments), questions.values(), returned.extraction, self._came(returned)
        )
        self.attachments = list(files.attachments)
        told.extend(_open(open_))
        told.extend(files.told)
        told.extend(returned.extraction.notes)
        return replace(supplement, closed=(*closed, *files.closed), files=files.named, told=tuple(told))

    def _came(self, returned: Returned) -> tuple[Attachment, ...]:
        """Give the files that came with a supplement, named by where they lie in the dossier."""
        return tuple(replace(a, name=f"{KEY}-{returned.number:02d}/{a.name}") for a in returned.attachments)

    def _too_late(self, returned: Returned) -> str:
        for act in self.acts[: returned.acts]:
            on = date_long(act.on) if act.on else ""
            if act.kind is ActKind.DECIDE:
                return _("Deze aanvulling kwam na de beslissing van {on}; er is niets uit overgenomen.").format(on=on)
            if act.kind is ActKind.WITHDRAW:
                return _("Deze aanvulling kwam na de intrekking op {on}; er is niets uit overgenomen.").format(on=on)
        return ""

    def _another_dossier(self, returned: Returned, sequence: int | None) -> str:
        """Say when the heading names another applicant or another proposal than was asked."""
        from rapidfuzz import fuzz

        request = self.requests[sequence] if sequence else max(self.requests.values(), key=lambda r: r.sequence)
        for line in request.head:
            answer = returned.extraction.answers.get(head_key(line))
            if not line.identifies or answer is None or answer.state in (State.EMPTY, State.NOT_FOUND):
                continue
            ours, theirs = fold(line.value), fold(answer.text)
            alike = len(ours) >= _LONG_ENOUGH and fuzz.ratio(ours, theirs) >= _ALIKE
            if not alike and f" {ours} " not in f" {theirs} ":
                return _(
                    "In de kop staat bij «{label}» «{theirs}», en in dit dossier «{ours}»; er is niets uit overgenomen."
                ).format(label=line.label, theirs=_quoted(answer.text), ours=line.value)
        return ""

    def _unused(self, returned: Returned) -> list[str]:
        """Tell what a supplement that closes nothing says, so that an official can weigh it."""
        questions = {key_of(q): q for request in self.requests.values() for q in request.questions}
        said = [
            _("«{label}»: «{text}»").format(label=questions[key].label, text=_shown(answer))
            for key, answer in returned.extraction.answers.items()
            if key in questions and answer.state in (State.GIVEN, State.DOUBTFUL) and questions[key].ask is not Ask.FILE
        ]
        names = [attachment.name for attachment in returned.attachments]
        told = [_("Er staat in: {answers}.").format(answers="; ".join(said))] if said else []
        return told + ([_("Erbij zat: {files}.").format(files=enumerate_words(names))] if names else [])

    def _remarks(self, returned: Returned, sequence: int | None) -> list[str]:
        """Tell that it does not say which request it answers, or that it came after its last day."""
        if sequence is None:
            return [_("Het formulier zegt niet welke aanvulling het is; gelezen met alle gevraagde vragen.")]
        until, received = self.requests[sequence].until, returned.receipt.received
        if until and received and _on(received) > until:
            return [
                _("Ontvangen op {on}, na de laatste dag om aan te vullen ({until}).").format(
                    on=date_long(_on(received)), until=date_long(until)
                )
            ]
        return []

    def _apply(self, question: Question, answer: Answer, returned: Returned, sequence: int | None) -> tuple[str, bool]:
        """Put an answer in its place; give what is to be told of it, and whether it was taken over."""
        kept = self._corrected(question, answer, returned)
        if kept is not None:
            return kept, False
        lost = self._lost(question)
        if lost:
            return lost, False
        remark, answer = self._weigh(question, answer, returned, sequence)
        self._put(question, answer, sequence or 0)
        if not remark and answer.state is State.DOUBTFUL:
            remark = _("«{label}» is nog niet duidelijk: {problem}").format(
                label=question.label, problem=answer.problem
            )
        return remark, True

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
                kept=_quoted(act.value),
                said=_shown(answer),
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

    def _weigh(
        self, question: Question, answer: Answer, returned: Returned, sequence: int | None
    ) -> tuple[str, Answer]:
        """Hold an answer against what an earlier supplement said."""
        again = sequence or 0 if question.ask is Ask.MORE_ROWS else 0  # each request has rows of its own
        key = (question.ask, question.target, again)
        before = self._said.get(key)
        self._said[key] = _Said(answer, returned, sequence or 0)
        if before is None or before.answer.state is State.DOUBTFUL or _same(before.answer, answer):
            return "", answer
        words = {
            "label": question.label,
            "first": before.by.number,
            "before": _shown(before.answer),
            "said": _shown(answer),
        }
        if _is_later(returned, sequence or 0, before):
            return _("«{label}»: aanvulling {first} zei «{before}»; deze latere zegt «{said}» en telt.").format(
                **words
            ), answer
        problem = _(
            "Twee aanvullingen zeggen iets anders («{before}» en «{said}»), en het is niet zeker welke de laatste is."
        )
        doubtful = replace(answer, state=State.DOUBTFUL, confidence=0.0, problem=problem.format(**words))
        self._said[key] = _Said(doubtful, returned, sequence or 0)
        return _("«{label}»: {problem}").format(label=question.label, problem=doubtful.problem), doubtful

    def _put(self, question: Question, answer: Answer, sequence: int) -> None:
        table, _dot, cell = question.target.partition(".")
        if question.ask is Ask.MORE_ROWS:
            known = self.answers[table]
            own = known.rows[: self._rows_before.setdefault((table, sequence), len(known.rows))]
            rows = (*own, *(replace(row, number=n) for n, row in enumerate(answer.rows, start=len(own) + 1)))
            self.answers[table] = replace(known, rows=rows)
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


def _row_number(target: str, table: str) -> int:
    """Give the row of a table that a correction names; 0 when it is about something else."""
    name, _dot, cell = target.partition(".")
    number = cell.partition(".")[0]
    return int(number) if name == table and number.isdecimal() else 0


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


def _moved(answer: Answer, folder: str) -> Answer:
    """Give an answer whose place says in which supplement it stands."""
    rows = tuple(_moved_row(row, folder) for row in answer.rows)
    if answer.location is None:
        return replace(answer, rows=rows)
    return replace(answer, rows=rows, location=replace(answer.location, source=f"{folder}/{answer.location.source}"))


def _moved_row(row: Row, folder: str) -> Row:
    cells = MappingProxyType({key: _moved(cell, folder) for key, cell in row.cells.items()})
    if row.location is None:
        return replace(row, cells=cells)
    return replace(row, cells=cells, location=replace(row.location, source=f"{folder}/{row.location.source}"))


def _on(received: dt.datetime) -> dt.date:
    from pipeline.expression import day

    return day(received)


def _open(labels: Sequence[str]) -> list[str]:
    if not labels:
        return []
    return [_("Niet ingevuld: {labels}.").format(labels="; ".join(f"«{label}»" for label in labels))]


def _shown(answer: Answer) -> str:
    if answer.rows:
        return _("{number} rijen").format(number=len(answer.rows))
    return _quoted(answer.text)


def _quoted(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
