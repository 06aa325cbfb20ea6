"""One dossier made: judged, its papers rendered, its data written where nobody looks yet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import archive, frozen, language, report, write
from pipeline.document import Source
from pipeline.dossier import Dossier, Issued, Receipt, SignedCopy, signing_of, standing
from pipeline.facts import Facts, gather
from pipeline.finding import Finding
from pipeline.intake import Known, complete, open_call, unpack
from pipeline.library import Call
from pipeline.rule import Moment
from pipeline.stated import PaperStated, encode
from pipeline.written import DOSSIER, FINDINGS, STATED, read_dossier, written_by_us

Dates = Mapping[tuple[str, bool], dt.date]
"""Key of a paper, and whether it is final → the day on which it was first made so."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is needed to make one dossier."""

    call: str
    definitions: str
    locale: str
    key: str
    number: str
    folder: str
    packed: bytes
    """As `intake.read_submission` packed it."""
    receipt: Receipt
    known: Known
    """Acts, and the supplements that were asked and came back."""
    today: dt.date
    dates: Dates
    duplicates: tuple[str, ...] = ()
    same_applicant: tuple[str, ...] = ()
    main: Path | None = None
    """The data of the dossier that it joined."""
    staging: Path = Path()
    issued: tuple[Issued, ...] = ()
    """Papers that were issued; they are frozen."""
    place: Path = Path()
    """The folder of the dossier, in which the issued papers lie."""
    copies: tuple[SignedCopy, ...] = ()
    """Signed copies that came back."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one dossier."""

    line: report.Line
    files: tuple[write.Written, ...]
    dated: tuple[tuple[str, bool], ...]
    """Papers that were made, and whether they are final."""


def make(order: Order) -> Made:
    """Make a dossier: findings and papers, staged in the order's folder.

    Raises:
        DefinitionError: a rule or a template is faulty.
    """
    language.use(order.locale)
    call = open_call(order.call, order.definitions)
    extraction, attachments = unpack(call, order.packed)
    closed = complete(call, extraction, attachments, order.known)
    dossier = Dossier(
        number=order.number,
        call=call.key,
        form=extraction.form,
        receipt=order.receipt,
        source=Source(extraction.source.name, extraction.source.sha256, extraction.source.media_type),
        attachments=closed.attachments,
        answers=closed.answers,
        notes=extraction.notes,
        acts=order.known.acts,
        requests=order.known.requests,
        supplements=closed.supplements,
        corrected=closed.corrected,
        earlier=order.known.earlier,
    )
    main = read_dossier(call, order.main) if order.main else None
    facts = gather(
        call,
        dossier,
        today=order.today,
        duplicates=order.duplicates,
        same_applicant=order.same_applicant,
        main=main,
    )
    findings, replaced = judge_with_award(call, dossier, facts, order.today)
    papers, contents, stated = _render(call, dossier, findings, replaced, order, main)
    told = report.summarise(
        call,
        dossier,
        key=order.key,
        folder=order.folder,
        facts=facts,
        findings=findings,
        papers=papers,
        main=gather(call, main, today=order.today) if main else None,
        award=_award_facts(call, dossier, order.today),
    )
    data = {
        DOSSIER: archive.dump(archive.encode_dossier(dossier)),
        FINDINGS: archive.dump(
            {**archive.encode_findings(dossier.number, findings, replaced), "papers": report.encode_papers(papers)}
        ),
        STATED: archive.dump({"schema_version": archive.SCHEMA_VERSION, "number": dossier.number, **encode(stated)}),
    }
    files = write.stage(order.staging, {**data, **contents, **_forms(call, dossier)})
    dated = tuple(dict.fromkeys((paper.key, not paper.draft) for paper in papers if not paper.refused))
    return Made(told, files, dated)


def _forms(call: Call, dossier: Dossier) -> dict[str, bytes]:
    """Make the form of every supplement that was asked; the same request gives the same bytes."""
    from pipeline.blank import write_continuation, write_docx, write_pdf
    from pipeline.supplement import SHEET, WHOSE, files_of, form_of, values_of

    made: dict[str, bytes] = {}
    for request in dossier.requests:
        form = form_of(call, dossier.number, (request,))
        values = values_of(call, dossier.number, request)
        for name, kind in files_of(request).items():
            if kind != SHEET:
                made[name] = (write_pdf if kind == "pdf" else write_docx)(form, call, values=values)
            elif (sheet := write_continuation(form, call, whose=WHOSE, values=values)) is not None:
                made[name] = sheet
    return made


def judge(call: Call, dossier: Dossier, facts: Facts, today: dt.date) -> tuple[Finding, ...]:
    """Give the findings of a dossier; once it is decided, rules of the award speak in the place of the intake's."""
    return judge_with_award(call, dossier, facts, today)[0]


def judge_with_award(
    call: Call, dossier: Dossier, facts: Facts, today: dt.date
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Give the findings of a dossier, and those of the intake in whose place the award speaks."""
    from pipeline.check import accept, check

    findings = check(call, dossier, facts)
    replaced: tuple[Finding, ...] = ()
    award = _award_facts(call, dossier, today)
    if award is not None:
        again = check(call, dossier, award, Moment.AWARD)
        codes = {finding.code for finding in again}
        order = {rule.code: place for place, rule in enumerate(call.rules)}
        kept = [finding for finding in findings if finding.code not in codes]
        replaced = tuple(finding for finding in findings if finding.code in codes)
        findings = tuple(sorted([*kept, *again], key=lambda finding: order[finding.code]))
    return accept(findings, dossier.acts), accept(replaced, dossier.acts)


def _award_facts(call: Call, dossier: Dossier, today: dt.date) -> Facts | None:
    if dossier.decision is None or dossier.form != call.main_form:
        return None
    return gather(call, dossier, today=today, moment=Moment.AWARD)


def _render(
    call: Call,
    dossier: Dossier,
    findings: Sequence[Finding],
    replaced: Sequence[Finding],
    order: Order,
    main: Dossier | None,
) -> tuple[tuple[report.ToldPaper, ...], dict[str, bytes], tuple[PaperStated, ...]]:
    """Render every paper with the date on which it was first made, and take down what each states."""
    from pipeline.renderers import Paper, Refusal, papers

    def render(keys: Sequence[str], made_on: dt.date, dated: dt.date | None = None) -> list[Paper | Refusal]:
        return list(
            papers(
                call,
                dossier,
                findings=findings,
                replaced=replaced,
                today=order.today,
                made_on=made_on,
                dated=dated,
                main=main,
                only=keys,
                record=True,
            )
        )

    due = [paper.key for paper in call.papers if paper.form == dossier.form]
    guesses = {key: order.dates.get((key, True)) or order.dates.get((key, False)) or order.today for key in due}
    rendered: dict[str, list[Paper | Refusal]] = {key: [] for key in due}
    for guess in dict.fromkeys(guesses.values()):
        for result in render([key for key in due if guesses[key] == guess], guess):
            rendered[result.key].append(result)
    for key in due:
        final = any(isinstance(result, Paper) and not result.draft for result in rendered[key])
        wanted = order.dates.get((key, final)) or order.today
        if wanted != guesses[key]:
            rendered[key] = render([key], wanted)
    results = [result for key in due for result in rendered[key]]
    kept = standing(order.issued)
    to_sign = {paper.key for paper in call.papers if paper.issue}
    made = [result for result in results if isinstance(result, Paper) and (result.key, result.row) not in kept]
    names = dict(zip(map(id, made), write.distinct(f"{paper.filename}.docx" for paper in made), strict=True))
    told = []
    for result in results:
        if (result.key, result.row) in kept:
            continue
        if isinstance(result, Paper):
            told.append(report.ToldPaper(result.key, result.title, names[id(result)], result.draft, result.reasons))
        else:
            told.append(report.ToldPaper(result.key, result.title, "", draft=False, reasons=(result.reason,)))
    for issued in kept.values():
        now = render([issued.paper], order.today, issued.dated) if issued.paper in due else []
        found = next((result for result in now if result.row in (None, issued.row)), None)
        signing = report.tell_signing(
            signing_of(issued, order.copies, order.known.acts, order.issued), order.key, order.known.acts
        )
        paper = frozen.tell(issued, found, order.place)
        told.append(replace(paper, signed=signing.complete, signing=signing.lines))
    told = [replace(paper, to_sign=paper.key in to_sign) for paper in told]
    told.sort(key=lambda paper: due.index(paper.key) if paper.key in due else len(due))
    contents = {names[id(paper)]: paper.content for paper in made}
    stated = [PaperStated(names[id(one)], one.key, write.sha256(one.content), one.stated) for one in made]
    return tuple(told), contents, tuple(stated)


@dataclass(frozen=True, slots=True)
class ToReread:
    """A dossier that was made before."""

    key: str
    folder: Path
    place: str
    """The folder, relative to the output folder."""
    main: Path | None


def reread(call_name: str, definitions: str, locale: str, dossier: ToReread, today: dt.date) -> report.Line:
    """Give the line of a dossier that was made before, from its data."""
    language.use(locale)
    call = open_call(call_name, definitions)
    known = read_dossier(call, dossier.folder / DOSSIER)
    main = read_dossier(call, dossier.main) if dossier.main else None
    with written_by_us(dossier.folder / FINDINGS):
        data = json.loads((dossier.folder / FINDINGS).read_bytes())
    return report.summarise(
        call,
        known,
        key=dossier.key,
        folder=dossier.place,
        facts=gather(call, known, today=today, main=main),
        findings=archive.decode_findings(data),
        papers=report.decode_papers(data["papers"]),
        main=gather(call, main, today=today) if main else None,
        award=_award_facts(call, known, today),
    )
