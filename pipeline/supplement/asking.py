"""What a supplement asks: the answers that lack or are doubtful, and the files that findings miss."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.dossier import Answer, Ask, Dossier, Question, Row, State
from pipeline.dossier.quoting import about_row, line, short
from pipeline.errors import DefinitionError, Fault
from pipeline.expression import FILTERS, ExpressionFault, Gap, NotJudged, Record, asks_whether, evaluate, holds, show
from pipeline.facts import Facts, gather
from pipeline.finding import Finding, Severity
from pipeline.form import Field
from pipeline.language import _, speaking
from pipeline.library.call import Call
from pipeline.rule import Case, Rule
from pipeline.values import FieldType, fold
from pipeline.visible import visible

_HEAVY = frozenset({Severity.BLOCKING, Severity.WARNING})
_ABSENT = frozenset({State.EMPTY.value, State.NOT_FOUND.value})
_LONGEST_QUOTE = 160
_PIECES = re.compile(r"[;,\n]")
_file_names = FILTERS["file_names"]
_IMPOSSIBLE = (ArithmeticError, ValueError)


def ask(call: Call, dossier: Dossier, findings: Sequence[Finding], *, today: dt.date) -> tuple[Question, ...]:
    """Give what an applicant has to answer or send, in the order of the form, the files last.

    Asked is every answer that is doubtful; every one that is absent and required, or of which the absence makes a
    rule fail or leaves it unjudged; and every answer that a rule over the fields finds wrong. What an official
    accepted is not asked. An answer on which another question depends brings that question with it.

    Args:
        call: the call.
        dossier: a submission of its main form.
        findings: what the check said of it, waivers included.
        today: the date of the run.
    """
    facts = gather(call, dossier, today=today)
    desk = _Desk(call, dossier, findings, facts)
    with speaking(call.language):
        return tuple(desk.questions())


class _Desk:
    """One dossier, with what its findings want."""

    def __init__(self, call: Call, dossier: Dossier, findings: Sequence[Finding], facts: Facts) -> None:
        self.call = call
        self.dossier = dossier
        self.facts = facts
        self.records: dict[str, Record] = {record.read("key"): record for record in facts["fields"]}
        self.rules = {rule.code: rule for rule in call.rules}
        heavy = [finding for finding in findings if finding.severity in _HEAVY]
        self.standing = [finding for finding in heavy if finding.counts]
        self.accepted = {finding.field for finding in heavy if finding.waiver is not None}
        self.accepted -= {finding.field for finding in self.standing}
        self.written = dict(_files_named(dossier.answers.values()))
        self.wrong: dict[str, str] = {}
        """Answers that a rule over the fields finds wrong, each with what it says."""

    def questions(self) -> Iterator[Question]:
        """Give the questions."""
        wanted = {key for key, record in self.records.items() if self._lacks(key, record)}
        files: dict[str, str] = {}
        for finding in self.standing:
            wanted |= self._wanted_by(finding)
            for name in self._files_of(finding):
                files.setdefault(fold(name), name)
        wanted |= self._depending_on(wanted)
        for field in self.call.form.fields():
            yield from self._about(field, wanted)
        for name in files.values():
            shown = short(name, _LONGEST_QUOTE)
            yield Question(Ask.FILE, shown, _("Bijlage «{file}»").format(file=shown), needed=True)

    def _about(self, field: Field, wanted: set[str]) -> Iterator[Question]:
        """Give the questions about one field: the field itself or else its cells, then the rows that it lacks."""
        if field.key in wanted:
            yield self._question(field.key)
        if field.key not in wanted or self.records[field.key].read("state") == State.GIVEN.value:
            yield from (
                self._question(key) for key in self.records if key.startswith(f"{field.key}.") and key in wanted
            )
        if self._is_short(field.key):
            yield self._more_rows(field.key)

    def _lacks(self, key: str, record: Record) -> bool:
        if key in self.accepted:
            return False
        state = record.read("state")
        doubtful = state == State.DOUBTFUL.value or (
            state == State.GIVEN.value and isinstance(record.read("value"), Gap)
        )
        return doubtful or (state in _ABSENT and bool(record.read("required")))

    def _is_absent(self, key: str) -> bool:
        return key in self.records and self.records[key].read("state") in _ABSENT

    def _is_short(self, key: str) -> bool:
        """Tell whether a table has rows, and fewer than its form asks."""
        record = self.records[key]
        given = record.read("state") == State.GIVEN.value and record.read("type") == FieldType.TABLE.value
        return given and bool(record.read("required")) and record.read("rows") < record.read("min_rows")

    def _wanted_by(self, finding: Finding) -> set[str]:
        labels = set(finding.missing)
        wanted = {key for key, record in self.records.items() if record.read("label") in labels}
        for case, row in self._open_cases(finding):
            tested = asks_whether(case.check)
            if row is None:
                wanted |= {name for name in tested if self._is_absent(name)}
                wanted |= {key for key in self.records if key.count(".") == 2 and self._is_tested(key, case, tested)}
            elif row.about == "fields":
                key = row.read("key")
                wanted.add(key)
                if key in self.records and not self._lacks(key, self.records[key]):
                    self.wrong[key] = finding.message
            else:
                keys = (f"{row.about}.{row.read('number')}.{column}" for column in tested) if row.has("number") else ()
                wanted |= {key for key in keys if self._is_absent(key)}
        return {key for key in wanted if key in self.records}

    def _is_tested(self, key: str, case: Case, tested: frozenset[str]) -> bool:
        """Tell whether an empty cell is one that a check over its table asks for."""
        table, _number, column = key.split(".")
        return column in tested and table in _words(case.check) and self._is_absent(key)

    def _open_cases(self, finding: Finding) -> Iterator[tuple[Case, Record | None]]:
        """Give the case that speaks and those after it that do not hold either, with the row it is about."""
        rule = self.rules.get(finding.code)
        if rule is None or not finding.case:
            return
        row = self._row_of(rule, finding)
        if rule.each and row is None:
            return
        around = {**self.facts, "row": row}
        for number, case in enumerate(rule.cases[finding.case - 1 :], start=finding.case):
            if case.severity in _HEAVY and (number == finding.case or not self._holds(case, around)):
                yield case, row

    def _holds(self, case: Case, around: Facts) -> bool:
        try:
            return holds(case.check, around)
        except (NotJudged, *_IMPOSSIBLE):
            return False

    def _row_of(self, rule: Rule, finding: Finding) -> Record | None:
        if not rule.each:
            return None
        try:
            rows: Iterable[Any] = evaluate(rule.each, self.facts)
        except (NotJudged, *_IMPOSSIBLE):
            return None
        for row in rows:
            if not isinstance(row, Record):
                continue
            if row.about == "fields":
                is_cell = "." in row.read("key")
                if row.read("key") == finding.field and is_cell == (finding.row is not None):
                    return row
            elif row.has("number") and row.read("number") == finding.row and finding.field in (rule.field, row.about):
                return row
        return None

    def _files_of(self, finding: Finding) -> Iterator[str]:
        for case, row in self._open_cases(finding):
            if not case.attachments:
                continue
            try:
                names = evaluate(case.attachments, {**self.facts, "row": row})
            except ExpressionFault as wrong:
                key = f"rule.{finding.code}.case.attachments"
                raise DefinitionError([Fault("regels.toml", key, str(wrong))]) from wrong
            except (NotJudged, *_IMPOSSIBLE):
                continue
            yield from (self._as_written(name) for name in (line(show(each)) for each in names) if name)

    def _as_written(self, name: str) -> str:
        """Give the name of a file as the form writes it: rules compare names without their ending."""
        return self.written.get(fold(name), name)

    def _depending_on(self, wanted: set[str]) -> set[str]:
        """Give the absent answers that are required only when one of those wanted says so."""
        found: set[str] = set()
        for field in self.call.form.fields():
            if field.required_when and self._is_absent(field.key) and wanted & _words(field.required_when):
                found.add(field.key)
            for column in field.columns:
                if not column.required_when:
                    continue
                names = _words(column.required_when)
                for key in self.records:
                    table, _dot, cell = key.partition(".")
                    number, _dot, name = cell.partition(".")
                    beside = {each.rpartition(".")[2] for each in wanted if each.startswith(f"{table}.{number}.")}
                    if (table, name) == (field.key, column.key) and self._is_absent(key) and beside & names:
                        found.add(key)
        return found

    def _question(self, key: str) -> Question:
        record = self.records[key]
        table, _dot, cell = key.partition(".")
        field = self.call.form.field(table)
        needed = bool(record.read("required"))
        help_ = self._help(key, record)
        if field.columns and not cell:
            rows = self._rows_to_look_over(field)
            return Question(Ask.ROWS, key, field.label, help_, needed, rows=rows)
        filled = visible(record.read("text")).strip() if self._is_to_look_over(record) else ""
        if not cell:
            return Question(Ask.ANSWER, key, field.label, help_, needed, filled=filled)
        number, _dot, column = cell.partition(".")
        about = about_row(field, self._row(table, int(number)))
        label = _label(field.label, number, about, field.column(column).label)
        return Question(Ask.ANSWER, key, label, help_, needed, about, filled)

    @staticmethod
    def _is_to_look_over(record: Record) -> bool:
        """Tell whether an answer is a longer text that is not certain: nobody has to write that again."""
        return bool(record.read("type") == FieldType.LONGTEXT.value and record.read("state") == State.DOUBTFUL.value)

    def _row(self, table: str, number: int) -> Row:
        return next(row for row in self.dossier.answers[table].rows if row.number == number)

    def _more_rows(self, key: str) -> Question:
        record = self.records[key]
        field = self.call.form.field(key)
        said = _("In uw formulier staan er {rows}; nodig zijn er minstens {wanted}. Vul hier alleen de nieuwe in.")
        help_ = _joined(field.help, said.format(rows=record.read("rows"), wanted=field.min_rows))
        label = _("{field}: nieuwe rijen").format(field=field.label)
        return Question(Ask.MORE_ROWS, key, label, help_, needed=True)

    def _help(self, key: str, record: Record) -> str:
        text = short(record.read("text"), _LONGEST_QUOTE)
        if key in self.wrong:
            return _joined(self.wrong[key], _("Kijk het na en schrijf hier wat het moet zijn."), record.read("help"))
        if record.read("state") in _ABSENT:
            return _joined(record.read("problem"), record.read("help"))
        if record.read("type") == FieldType.TABLE.value:
            said = _("We zijn niet zeker van de rijen van deze tabel. Kijk na wat hier staat, verbeter het en vul aan.")
            return _joined(record.read("problem"), said)
        if self._is_to_look_over(record):
            said = _("We zijn niet zeker van deze tekst. Kijk na wat hier staat en verbeter het waar nodig.")
            return _joined(record.read("problem"), said)
        said = _("In uw formulier lezen we «{text}». Bevestig of verbeter dat: schrijf hier wat het moet zijn.")
        return _joined(said.format(text=text) if text else "", record.read("problem"), record.read("help"))

    def _rows_to_look_over(self, field: Field) -> tuple[dict[str, str], ...]:
        """Give the rows that were read, without the cells that are not certain."""
        answer = self.dossier.answers.get(field.key)
        rows = answer.rows if answer else ()
        return tuple(
            {
                column: visible(cell.text)
                for column, cell in row.cells.items()
                if cell.state is State.GIVEN and cell.text.strip()
            }
            for row in rows
        )


def _files_named(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Give what may be names of files in the answers, as rules compare them and as they are written."""
    for answer in answers:
        for piece in _PIECES.split(answer.text):
            for name in _file_names(piece):
                yield name, line(piece)
        for row in answer.rows:
            yield from _files_named(row.cells.values())


def _label(table: str, number: str, about: str, column: str) -> str:
    if not about:
        return _("{field}, rij {row}: {column}").format(field=table, row=number, column=column)
    return _("{field}, rij {row} ({about}): {column}").format(field=table, row=number, about=about, column=column)


def _joined(*sentences: str) -> str:
    return " ".join(sentence.strip() for sentence in sentences if sentence.strip())


def _words(source: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() or c == "_" else " " for c in source).split())
