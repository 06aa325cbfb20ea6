"""The verb `check`: the findings of filled forms, without a register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.frame import call_option, day_of, day_option, note, print_json, say, the_call, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.dossier import Receipt
    from pipeline.finding import Finding
    from pipeline.inbox import Inbox, Submission
    from pipeline.intake import NotRead, Reading
    from pipeline.library import Call
    from pipeline.register import Entry
    from pipeline.run import Desk


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the check says of one submission."""

    path: str
    form: str
    findings: tuple[Finding, ...]
    refused: NotRead | None = None


@verb(
    short_help=_("Toont de bevindingen, zonder iets te bewaren."),
    help=_(
        "Toont de bevindingen over ingevulde formulieren, zonder iets te bewaren. Een map is één inzending (formulier "
        "met bijlagen) of een inbox; een mail of zip is één inzending."
    ),
)
@click.argument("paths", metavar=_("BESTAND|MAP…"), nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    metavar="text|json",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("Hoe de bevindingen getoond worden."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Hetzelfde als --format json."))
@call_option()
@day_option()
def check(paths: tuple[Path, ...], kind: str, as_json: bool, call: str, day: dt.datetime | None) -> ExitCode:
    """Check each file or folder; one that cannot be read stops no other."""
    name = the_call(call)
    checked = [outcome for path in paths for outcome in _check(path, name, day_of(day))]
    if kind == "json" or as_json:
        print_json({"submissions": [_encode(outcome) for outcome in checked]})
    else:
        for outcome in checked:
            _show(outcome)
    if any(outcome.refused for outcome in checked):
        return ExitCode.UNREADABLE
    blocking = any(finding.blocks for outcome in checked for finding in outcome.findings)
    return ExitCode.BLOCKING if blocking else ExitCode.DONE


def _check(path: Path, call_name: str, today: dt.date) -> Iterator[_Checked]:
    from pipeline.inbox import look
    from pipeline.intake import NotRead, ToRead
    from pipeline.library import load
    from pipeline.write import sha256_of

    call = load(call_name)
    if path.is_file():
        yield _judge(path.name, (ToRead(path.name, path, sha256_of(path)),), _of_mail, call_name, call, today)
        return
    if not path.is_dir():
        raise UsageError(_("«{path}» bestaat niet.").format(path=path))
    box = look(path)
    together = tuple(
        ToRead(file.name if submission.path == file.name else f"{submission.path}/{file.name}", file.path, file.sha256)
        for submission in box.submissions
        for file in submission.files
    )
    whole = _judge(path.name, together, _of_mail, call_name, call, today) if together and not box.receipts else None
    if whole and whole.refused is None:
        yield whole
        return
    for submission in box.submissions:
        yield _judge_submission(box, submission, call_name, call, today)
    if not box.submissions:
        from pipeline.errors import Reason

        yield _Checked(str(path), "", (), NotRead(Reason.EMPTY, ""))


def _judge_submission(box: Inbox, submission: Submission, call_name: str, call: Call, today: dt.date) -> _Checked:
    from pipeline.intake import ToRead

    files = tuple(ToRead(file.name, file.path, file.sha256) for file in submission.files)
    return _judge(
        submission.path,
        files,
        lambda reading: box.receipt(submission, reading.file, reading.receipt),
        call_name,
        call,
        today,
    )


def _of_mail(reading: Reading) -> Receipt:
    """Give what the mail says that brought the form: nothing else proves when a file came in."""
    from pipeline.dossier import Receipt

    return reading.receipt or Receipt()


def _judge(
    path: str,
    files: tuple[Any, ...],
    receipt: Callable[[Reading], Receipt],
    call_name: str,
    call: Call,
    today: dt.date,
) -> _Checked:
    from pipeline.dossier import Dossier
    from pipeline.errors import Reason
    from pipeline.facts import gather
    from pipeline.intake import Known, NotRead, complete, read_submission, unpack
    from pipeline.making import judge
    from pipeline.supplement import KEY

    reading = read_submission(call_name, "", files)
    if isinstance(reading, NotRead):
        return _Checked(path, "", (), reading)
    if reading.form == KEY:
        return _Checked(path, "", (), NotRead(Reason.SUPPLEMENT, reading.joins))
    extraction, attachments = unpack(call, reading.packed)
    answers = complete(call, extraction, attachments, Known()).answers
    dossier = Dossier(
        "",
        call.key,
        reading.form,
        receipt(reading),
        extraction.source,
        attachments,
        answers,
        extraction.notes,
    )
    findings = judge(call, dossier, gather(call, dossier, today=today), today)
    return _Checked(path, reading.form, findings)


def _encode(outcome: _Checked) -> dict[str, Any]:
    from pipeline.archive import encode_finding
    from pipeline.readers.reasons import explain

    data: dict[str, Any] = {"path": outcome.path, "form": outcome.form}
    if outcome.refused:
        what, remedy = explain(outcome.refused.reason, outcome.refused.detail)
        return data | {"reason": outcome.refused.reason.value, "message": what, "remedy": remedy, "findings": []}
    return data | {"findings": [encode_finding(finding) for finding in outcome.findings]}


def _show(outcome: _Checked) -> None:
    from pipeline.finding import Outcome
    from pipeline.readers.reasons import explain

    if outcome.refused:
        note(f"{outcome.path}: {' '.join(explain(outcome.refused.reason, outcome.refused.detail))}")
        return
    asked = [finding for finding in outcome.findings if finding.outcome is not Outcome.HOLDS]
    held = len({finding.code for finding in outcome.findings}) - len({finding.code for finding in asked})
    blocking = sum(1 for finding in asked if finding.blocks)
    say(
        _("{path}: {blocking} blokkerend, {other} andere bevindingen, {held} regels in orde.").format(
            path=outcome.path, blocking=blocking, other=len(asked) - blocking, held=held
        )
    )
    for finding in asked:
        show_finding(finding)


def show_finding(finding: Finding) -> None:
    """Print a finding: what, where, what to do."""
    from pipeline.report import outcome_word, severity_word

    message = finding.message or finding.title
    say(f"  {finding.code} {severity_word(finding.severity)}, {outcome_word(finding)}: {message}")
    if finding.missing:
        say("    " + _("ontbreekt of twijfelachtig: {labels}").format(labels="; ".join(finding.missing)))
    if finding.location:
        say("    " + _("plaats: {place}").format(place=finding.location))
    if finding.remedy:
        say("    " + _("wat te doen: {remedy}").format(remedy=finding.remedy))
    if finding.reference:
        say(f"    {finding.reference}")
    if finding.waiver:
        say("    " + _("aanvaard door {by}: {why}").format(by=finding.waiver.by, why=finding.waiver.why))


def note_standing(desk: Desk, entry: Entry) -> ExitCode:
    """Name on stderr what of a dossier still asks for something when it is decided or its papers go out.

    Blocking findings, those that stop papers, and warnings of rules that judge the decision, each on one line.

    Args:
        desk: the desk, with the dossier made again.
        entry: the dossier.

    Returns:
        BLOCKING when a finding blocks or a paper was refused; nothing blocks of what was withdrawn.
    """
    from pipeline import run as batch
    from pipeline.finding import Severity
    from pipeline.report import outcome_word, severity_word
    from pipeline.rule import Moment

    award = {rule.code for rule in desk.call.rules if Moment.AWARD in rule.moments}
    code = ExitCode.DONE
    for line in batch.lines(desk.register, desk.output, (entry.key,)):
        if line.withdrawn:
            continue
        for finding in line.findings:
            warns = finding.severity is Severity.WARNING and finding.code in award
            if finding.counts and (finding.blocks or finding.stops_papers or warns):
                words = (line.key, finding.code, severity_word(finding.severity), outcome_word(finding))
                said = " ".join(part for part in (finding.message or finding.title, finding.remedy) if part)
                note("{}: {} {}, {}: {}".format(*words, said))
        if any(finding.blocks for finding in line.findings) or any(paper.refused for paper in line.papers):
            code = ExitCode.BLOCKING
    return code
