"""The verb `status`: what the register knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.checking import show_finding
from pipeline.commands.frame import json_option, note, output_option, print_json, say, verb
from pipeline.errors import ExitCode
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.report import Line


@verb(
    short_help=_("Toont de dossiers, of één dossier."),
    help=_("Toont de dossiers in het register, of één dossier met bevindingen, documenten en handelingen."),
)
@click.argument("number", metavar=_("[DOSSIER]"), required=False, default="")
@output_option()
@json_option()
def status(number: str, output: Path, as_json: bool) -> ExitCode:
    """Show the register."""
    from pipeline import life
    from pipeline import run as batch

    with batch.reading(output) as known:
        keys = (life.find(known, number).key,) if number else ()
        lines = batch.lines(known, output, keys)
        entries = [entry for entry in known.entries() if not keys or entry.key in keys]
        damaged = batch.damaged(known, output, entries)
    if as_json:
        dossiers = [_encode(line, full=bool(number)) for line in lines]
        print_json({"output": str(output), "dossiers": dossiers, "damaged": damaged})
    elif number:
        _show(lines[0])
    else:
        _show_all(lines)
    for told in damaged:
        note(told)
    standing = [line for line in lines if not line.withdrawn]
    blocking = any(finding.blocks for line in standing for finding in line.findings)
    return ExitCode.BLOCKING if number and blocking else ExitCode.DONE


def _encode(line: Line, *, full: bool) -> dict[str, Any]:
    from pipeline.archive import encode_act, encode_finding, encode_request, encode_supplement
    from pipeline.finding import Severity
    from pipeline.values import encode_decimal

    data: dict[str, Any] = {
        "key": line.key,
        "number": line.number,
        "form": line.form,
        "folder": line.folder,
        "applicant": line.applicant,
        "subject": line.subject,
        "state": "withdrawn" if line.withdrawn else line.completeness.value,
        "signed": line.signed,
        "requested": encode_decimal(line.requested) if line.requested is not None else None,
        "granted": encode_decimal(line.granted) if line.granted is not None else None,
        "received": line.received.isoformat() if line.received else None,
        "blocking": line.count(Severity.BLOCKING),
        "warnings": line.count(Severity.WARNING),
    }
    if full:
        data["findings"] = [encode_finding(finding) for finding in line.findings]
        data["papers"] = [
            {
                "key": paper.key,
                "title": paper.title,
                "file": paper.file,
                "draft": paper.draft,
                "refused": paper.refused,
                "reasons": list(paper.reasons),
                "issued": bool(paper.issued),
                "differs": paper.differs,
                "to_sign": paper.to_sign,
                "signed": paper.signed,
                "signing": list(paper.signing),
            }
            for paper in line.papers
        ]
        data["acts"] = [encode_act(act) for act in line.acts]
        data["requests"] = [encode_request(request) for request in line.requests]
        data["supplements"] = [encode_supplement(supplement) for supplement in line.supplements]
        data["earlier"] = list(line.earlier)
        data["look_again"] = [{"text": again.text, "lines": list(again.lines)} for again in line.look_again]
        data["notes"] = list(line.notes)
    return data


def _show_all(lines: tuple[Line, ...]) -> None:
    from pipeline.finding import Severity
    from pipeline.visible import visible

    head = (_("nummer"), _("toestand"), _("blokkerend"), _("waarschuwingen"), _("dossier"))
    rows = [
        (
            line.key,
            line.state,
            str(line.count(Severity.BLOCKING)),
            str(line.count(Severity.WARNING)),
            visible(line.name),
        )
        for line in lines
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        say("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())


def _show(line: Line) -> None:
    from pipeline import language
    from pipeline.report import act_words, request_words, supplement_words
    from pipeline.visible import visible

    say(f"{line.key} – {visible(line.name)}: {line.state}")
    say(_("map: {folder}").format(folder=line.folder))
    if line.received:
        say(_("ontvangen: {moment}").format(moment=language.moment(line.received)))
    if line.requested is not None:
        say(_("gevraagd: {amount}").format(amount=language.euro(line.requested)))
    for act in line.acts:
        say(act_words(act))
    for request in line.requests:
        say(request_words(request))
    for supplement in line.supplements:
        say(supplement_words(supplement))
    for again in line.look_again:
        say("\n  ".join([again.text, *again.lines]))
    for finding in line.findings:
        show_finding(finding)
    for paper in line.papers:
        say(f"{paper.title} ({paper.kind}): {paper.file or ' '.join(paper.reasons)}")
        for told in paper.signing:
            say(f"  {told}")
        if paper.differs:
            say("  " + _("Stemt niet meer overeen met het dossier. {why}").format(why=paper.differs))
