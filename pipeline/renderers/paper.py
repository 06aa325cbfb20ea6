"""Which papers a dossier gets: final, draft or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.dossier import ActKind, Dossier
from pipeline.errors import DefinitionError, Fault, PaperRefused
from pipeline.expression import ExpressionFault, Gap, NotJudged, Record, Use, evaluate, fill, holds
from pipeline.facts import Facts, gather
from pipeline.finding import Finding
from pipeline.language import _, speaking
from pipeline.library.call import Call, Clause, PaperDefinition
from pipeline.renderers import recording, template, word
from pipeline.renderers import signatories as signing
from pipeline.renderers.findings import at_intake, told
from pipeline.renderers.insertions import objects_of
from pipeline.renderers.locating import located
from pipeline.renderers.made import Paper, Refusal, file_name, with_own_name
from pipeline.stated import Stated


def papers(
    call: Call,
    dossier: Dossier,
    *,
    findings: Sequence[Finding],
    today: dt.date,
    made_on: dt.date | None = None,
    dated: dt.date | None = None,
    replaced: Sequence[Finding] = (),
    main: Dossier | None = None,
    only: Iterable[str] | None = None,
    record: bool = False,
) -> tuple[Paper | Refusal, ...]:
    """Make every paper that a dossier is due, in the order of the definitions.

    A paper is final when its `final_when` holds, its clauses are confirmed, no finding stops it and it
    states no gap. While `final_when` does not hold or a clause is unconfirmed it is a draft. When it should
    be final but a finding or a gap stops it, it is refused: never silently a draft, never a blank.

    Args:
        call: the call that it answers.
        dossier: a submission of any form of the call; it gets the papers of that form.
        findings: what the check said of it, waivers included.
        today: the date of the run.
        made_on: the date on the papers; fixed when they are first made. `today` when not given. A paper that
            states a later act of an official has the date of that act.
        dated: the date on the papers whatever acts they state, to hold them against what was issued.
        replaced: what it said of the intake where the award speaks now; a letter about the intake tells that.
        main: for a form that joins a dossier (a meeting): that dossier.
        only: keys of the papers wanted; all when not given.
        record: whether to take down what each paper states.

    Raises:
        DefinitionError: a template is wrong.
    """
    wanted = None if only is None else set(only)
    due = [p for p in call.papers if p.form == dossier.form and (wanted is None or p.key in wanted)]
    if not due:
        return ()
    decided = dated or _dated(dossier, made_on or today)
    desk = _Desk(call, dossier, (tuple(findings), tuple(replaced)), today, decided, main, record=record)
    made: list[Paper | Refusal] = []
    taken: set[str] = set()
    with speaking(call.language):
        for paper in due:
            made.extend(
                with_own_name(result, taken) if isinstance(result, Paper) else result for result in desk.make(paper)
            )
    return tuple(made)


class _Desk:
    """One dossier's facts, each gathered once for each use."""

    def __init__(
        self,
        call: Call,
        dossier: Dossier,
        findings: tuple[tuple[Finding, ...], tuple[Finding, ...]],
        today: dt.date,
        made_on: dt.date,
        main: Dossier | None,
        *,
        record: bool = False,
    ) -> None:
        self.call = call
        self.dossier = dossier
        self.findings, replaced = findings
        self.intake = at_intake(call, dossier, self.findings, replaced)
        self.today = today
        self.made_on = made_on
        self.main = main
        self.record = record
        self._facts: dict[Use, Facts] = {}

    def facts(self, use: Use) -> Facts:
        """Give the facts for a use, with the findings and the date of the papers."""
        if use not in self._facts:
            facts = gather(self.call, self.dossier, today=self.today, use=use, main=self.main)
            facts = {name: _with_table_named(value) for name, value in facts.items()}
            facts["findings"] = told(self.findings)
            facts["intake_findings"] = told(self.intake)
            facts["paper_date"] = self.made_on
            self._facts[use] = facts
        return self._facts[use]

    def make(self, paper: PaperDefinition) -> list[Paper | Refusal]:
        """Make one kind of paper: none, one, or one for each row."""
        try:
            return self._make(paper)
        except ExpressionFault as wrong:
            raise DefinitionError([Fault("documenten.toml", f"document.{paper.key}", str(wrong))]) from wrong

    def _make(self, paper: PaperDefinition) -> list[Paper | Refusal]:
        judged = self.facts(Use.JUDGE)
        try:
            if not holds(paper.when, judged):
                return []
        except NotJudged as missing:
            return [Refusal(paper.key, paper.title, self._lacking(missing.gap.labels))]
        if not paper.each:
            return [self._one(paper, None)]
        drafted = evaluate(paper.each, self.facts(Use.DRAFT))
        return [self._one(paper, number) for number, _row in enumerate(drafted, start=1)]

    def _one(self, paper: PaperDefinition, row: int | None) -> Paper | Refusal:
        reasons = self._draft_reasons(paper)
        stopping = self._stopping(paper)
        if reasons:
            stopped = (f"{f.code}: {f.message}" for f in stopping)
            return self._draft(paper, row, tuple(dict.fromkeys((*reasons, *stopped))))
        if stopping:
            said = " ".join(_("{code}: {message} {remedy}").format(**_words(f)).strip() for f in stopping)
            return Refusal(paper.key, paper.title, said, row)
        try:
            facts = self._with_paper(paper, row, Use.FINAL, ())
            who = signing.signatories(paper, facts)
            rendered = self._render(paper, facts)
            name = file_name(fill(paper.filename, facts))
        except PaperRefused as refused:
            gaps = self._gaps(paper, row)
            return Refusal(paper.key, paper.title, self._lacking(gaps) if gaps else str(refused), row)
        return Paper(
            paper.key,
            paper.title,
            name,
            rendered.content,
            draft=False,
            row=row,
            signatories=who,
            dated=self._day_of(paper),
            stated=self._stated(paper, facts),
        )

    def _draft(self, paper: PaperDefinition, row: int | None, reasons: tuple[str, ...]) -> Paper:
        facts = self._with_paper(paper, row, Use.DRAFT, reasons)
        rendered = self._render(paper, facts)
        if rendered.gaps:
            lacking = _("Nog in te vullen: {labels}.").format(labels="; ".join(_labels(rendered.gaps)))
            reasons = (*reasons, lacking)
            facts = self._with_paper(paper, row, Use.DRAFT, reasons)
            rendered = self._render(paper, facts)
        name = file_name(fill(paper.filename, facts))
        stated = self._stated(paper, facts)
        return Paper(
            paper.key, paper.title, name, rendered.content, draft=True, reasons=reasons, row=row, stated=stated
        )

    def _render(self, paper: PaperDefinition, facts: Facts) -> word.Rendered:
        """Fill the template of a paper; an error in it names its place."""
        read = template.read(self.call.templates / paper.template, objects_of(self.call))
        try:
            return word.render(read, facts, made_on=self._day_of(paper))
        except DefinitionError as wrong:
            raise located(read, facts, wrong) from wrong

    def _stated(self, paper: PaperDefinition, facts: Facts) -> tuple[Stated, ...]:
        """Give what a paper states, when that is asked."""
        if not self.record:
            return ()
        return recording.record(
            template.read(self.call.templates / paper.template, objects_of(self.call)),
            facts,
            self.call,
            self.dossier.form,
        )

    def _day_of(self, paper: PaperDefinition) -> dt.date:
        """Give the date of a paper; the letter that goes with a supplement also states those asked and received."""
        if paper.key != self.call.supplement.letter or self.dossier.withdrawn is not None:
            return self.made_on
        asked = (request.on for request in self.dossier.requests)
        return max([self.made_on, *asked, *(each.on for each in self.dossier.supplements)])

    def _draft_reasons(self, paper: PaperDefinition) -> tuple[str, ...]:
        reasons = []
        judged = self.facts(Use.JUDGE)
        try:
            final = holds(paper.final_when, judged)
        except NotJudged as missing:
            final = False
            reasons.append(self._lacking(missing.gap.labels))
        if not final and not reasons:
            reasons.append(fill(paper.draft_reason, self.facts(Use.DRAFT)) or _("Dit document is nog niet definitief."))
        open_clauses = [clause.title for clause in self._clauses(paper) if not clause.confirmed]
        if open_clauses:
            reasons.append(_("Te bevestigen door een jurist: {clauses}.").format(clauses=", ".join(open_clauses)))
        return tuple(reasons)

    def _stopping(self, paper: PaperDefinition) -> list[Finding]:
        return [f for f in self.findings if paper.stopped_by_findings and f.stops_papers and f.counts]

    def _clauses(self, paper: PaperDefinition) -> list[Clause]:
        return [self.call.clauses[key] for key in paper.clauses]

    def _gaps(self, paper: PaperDefinition, row: int | None) -> tuple[str, ...]:
        facts = self._with_paper(paper, row, Use.DRAFT, ())
        return _labels(self._render(paper, facts).gaps)

    def _lacking(self, labels: Iterable[str]) -> str:
        """Say which answers are missing, each with its place in the file."""
        places: dict[str, str] = {}
        for record in self.facts(Use.JUDGE)["fields"]:
            places.setdefault(record.label, str(record.location) if record.location else "")
        named = [f"«{label}» ({places[label]})" if places.get(label) else f"«{label}»" for label in labels]
        return _("Dit ontbreekt of is twijfelachtig: {answers}. Vul of verbeter het eerst.").format(
            answers="; ".join(named)
        )

    def _with_paper(self, paper: PaperDefinition, row: int | None, use: Use, reasons: tuple[str, ...]) -> Facts:
        facts = dict(self.facts(use))
        if row is not None:
            facts["row"] = list(evaluate(paper.each, facts))[row - 1]
        facts["paper"] = Record({"key": paper.key, "title": paper.title}, "paper")
        facts["paper_date"] = self._day_of(paper)
        facts["draft"] = bool(reasons)
        facts["draft_reasons"] = reasons
        facts["clauses"] = tuple(_clause(clause, facts) for clause in self._clauses(paper))
        found = signing.signatories(paper, facts)
        facts["signatories"] = signing.told(found)
        facts[signing.NAME] = signing.marks(paper, facts, found)
        return facts


def _with_table_named(value: Any) -> Any:
    """Let the cells of a table that is missing whole say of which table they are."""
    if not isinstance(value, Gap) or not value.columns or not value.key:
        return value
    columns = {key: f"{value.label}: {label}" for key, label in value.columns.items()}
    return Gap(value.label, value.state, value.use, value.key, columns, value.labels, value.optional)


def _labels(gaps: Iterable[Gap]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for gap in gaps for label in gap.labels))


def _dated(dossier: Dossier, made_on: dt.date) -> dt.date:
    """Give the date of the papers: never before an act that they state."""
    stated = (ActKind.ACCEPT, ActKind.CORRECT, ActKind.WITHDRAW)
    return max([made_on, *(act.on for act in dossier.acts if act.kind in stated and act.on is not None)])


def _words(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "message": finding.message, "remedy": finding.remedy}


def _clause(clause: Clause, facts: Facts) -> Record:
    values: dict[str, Any] = {
        "key": clause.key,
        "title": clause.title,
        "text": tuple(fill(paragraph, facts) for paragraph in clause.text),
        "confirmed": clause.confirmed,
    }
    return Record(values, "clauses")
