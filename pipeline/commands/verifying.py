"""The verb `verify`: is this the paper that was issued, who signed it, was it changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.frame import (
    day_of,
    json_option,
    note,
    output_option,
    print_json,
    progress,
    read_bytes,
    say,
    settings,
    tell_result,
    verb,
)
from pipeline.commands.trusting import list_option, must_have_pyhanko, roots_option, signer_option, trusted_files
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.intake import KnownPaper
    from pipeline.signing import IssuedPaper, Roots, Told, Verdict

_MOST_DATA = 20
"""Disagreements between the pages and their data that are shown; JSON gives them all."""
_ONLINE_SECONDS = 30.0
"""That asking over the network may take."""
_SHARE = 2
"""Times the usual time that it may take: the letters of a scan are read too."""
_MARKS = {True: "✓", False: "✗"}


@verb(
    short_help=_("Gaat na of een pdf ons papier is en wie het tekende."),
    help=_(
        "Zegt van een pdf of dat byte voor byte een uitgegeven papier is met alleen handtekeningen erbij, of elke "
        "handtekening gaaf is, van wie, wanneer en door welke wortel vertrouwd, welke velden nog leeg zijn, en wat er "
        "gewijzigd werd. Er wordt niets opgehaald, tenzij met --online, en geen exemplaar bewaard, tenzij met --keep."
    ),
)
@click.argument("file", metavar=_("BESTAND"), type=click.Path(path_type=Path))
@roots_option()
@list_option()
@signer_option()
@click.option(
    "--online",
    is_flag=True,
    help=_("Vraagt aan wie de certificaten uitgaf of ze ingetrokken zijn (OCSP of CRL, hoogstens 30 seconden)."),
)
@click.option("--dossier", metavar=_("DOSSIER"), default="", help=_("Voor welk dossier het bezorgd werd."))
@click.option("--keep", is_flag=True, help=_("Bewaart het exemplaar bij zijn dossier, in de map «ondertekend»."))
@output_option()
@json_option()
def verify(
    file: Path,
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    signers: tuple[Path, ...],
    dossier: str,
    output: Path,
    *,
    online: bool,
    keep: bool,
    as_json: bool,
) -> ExitCode:
    """Verify one file."""
    data = read_bytes(file)
    files, vouching = trusted_files(roots, lists), trusted_files(signers, ())
    must_have_pyhanko()
    from pipeline.signing import Origin, read_roots, tell

    trusted = read_roots(files, vouching)
    verdict = _examined(data, output, dossier, trusted, _ONLINE_SECONDS if online else 0.0)
    answers = tell(verdict, trusted)
    settled = "" if verdict.holds else _settled(data, verdict, output)
    well = verdict.holds or bool(settled)
    if keep:
        _keep(data, file.name, verdict, output, day_of(None))
    if as_json:
        print_json({"file": str(file), "holds": well, **_encode(verdict, answers)})
    else:
        _show(answers)
        lost = _lost(verdict, output)
        if lost:
            say(lost)
        say(settled or (_("In orde.") if well else _("Niet in orde.")))
    if verdict.origin is Origin.UNREADABLE:
        return ExitCode.UNREADABLE
    return ExitCode.DONE if well else ExitCode.BLOCKING


def papers_in(output: Path) -> tuple[KnownPaper, ...]:
    """Give the papers issued in an output folder; none, and that said, where nothing was worked through."""
    from pipeline import run as batch
    from pipeline.intake import known_papers
    from pipeline.register import FILE

    if not (output / FILE).is_file():
        note(
            _("In «{output}» is nog niets verwerkt: er is niet nagegaan of dit van hieruit uitgegeven werd.").format(
                output=output
            )
        )
        return ()
    with batch.reading(output) as known:
        folders = {entry.key: output / entry.folder for entry in known.entries()}
        return known_papers(known.issued(), folders)


def _examined(data: bytes, output: Path, dossier: str, trusted: Roots, online: float) -> Verdict:
    """Examine a stranger's file where it can do no harm: in a process with limits."""
    from pipeline import language, life
    from pipeline import run as batch
    from pipeline.intake import examine_in
    from pipeline.run.desk import KEPT
    from pipeline.run.returned import first_kept
    from pipeline.workers import Lost, Workers

    papers = papers_in(output)
    expected, seen = "", None
    if dossier:
        with batch.reading(output) as known:
            expected = life.find(known, dossier).key
    if papers:
        with batch.reading(output) as known:
            seen = first_kept(known, data)

    recognised = output / KEPT / f"{hashlib.sha256(data).hexdigest()}.json" if papers else None
    workers = Workers(1)
    try:
        task = (language.current(), data, papers, trusted, expected, seen, online, True, recognised)
        (outcome,) = workers.run(examine_in, [task], [_SHARE])
        workers.close()
    finally:
        workers.stop()
    if not isinstance(outcome, Lost):
        return outcome.result
    if outcome.error is not None:
        raise outcome.error
    from pipeline.signing import Origin, Verdict

    return Verdict(Origin.UNREADABLE, reason=outcome.detail, expected=expected)


def _settled(data: bytes, verdict: Verdict, output: Path) -> str:
    """Say that everything holds with what persons recorded of this very copy; empty when it does not."""
    from pipeline import run as batch
    from pipeline.dossier import signing_of
    from pipeline.signing import copy_of

    if verdict.paper is None or verdict.paper.replaced or verdict.of_other_dossier:
        return ""
    with batch.reading(output) as known:
        acts = known.acts().get(verdict.paper.dossier, ())
    if not signing_of(verdict.paper.issued, [copy_of(verdict, data, day_of(None))], acts).complete:
        return ""
    return _("In orde, met wat bij {dossier} vastgelegd werd over dit exemplaar.").format(dossier=verdict.paper.dossier)


def _lost(verdict: Verdict, output: Path) -> str:
    """Say which signatures a copy that was kept before has and this one lacks; empty when it lacks none."""
    from pipeline import run as batch
    from pipeline.language import enumerate_words

    if verdict.paper is None:
        return ""
    with batch.reading(output) as known:
        copies = known.copies().get(verdict.paper.dossier, ())
    here = {(signed.field, signed.certificate) for signed in verdict.signatures}
    lacking = {
        (signed.field, signed.signer): copy.name
        for copy in copies
        if copy.issued == verdict.paper.issued.name
        for signed in copy.signatures
        if not signed.stamp and (signed.field, signed.certificate) not in here
    }
    if not lacking:
        return ""
    told = enumerate_words(
        _("«{signer}» in «{field}» («{file}»)").format(signer=signer, field=field, file=file)
        for (field, signer), file in lacking.items()
    )
    return _("Dit exemplaar mist handtekeningen die een bewaard exemplaar wel draagt: {told}.").format(told=told)


def _keep(data: bytes, name: str, verdict: Verdict, output: Path, on: dt.date) -> None:
    """Keep a copy with its dossier, and make again what that changes."""
    from pipeline import run as batch
    from pipeline.intake import Found, Returned
    from pipeline.run.returned import keep
    from pipeline.signing import copy_of

    if verdict.paper is None:
        raise UsageError(_("Dit bestand hoort bij geen uitgegeven papier; het is niet bewaard."))
    with progress() as show, batch.open_desk(output, "", settings(on, show=show)) as desk:
        copy = copy_of(verdict, data, on, source=name)
        keep(desk, Found((Returned(verdict.paper.dossier, copy, data),)))
        tell_result(batch.renew(desk))
        entry = next(one for one in desk.register.entries() if one.key == verdict.paper.dossier)
        note(_("bewaard: {path}").format(path=desk.folder(entry) / copy.file))


def _show(answers: tuple[Told, ...]) -> None:
    from pipeline.signing import Question

    titles = {
        Question.PAPER: _("Is het ons papier?"),
        Question.CHANGES: _("Is er iets gewijzigd?"),
        Question.DATA: _("Stemmen de bladzijden en de gegevens overeen?"),
        Question.SIGNATURES: _("De handtekeningen"),
        Question.FIELDS: _("De velden"),
        Question.LOCK: _("Kan er nog iemand tekenen?"),
        Question.LOOK: _("Zelf te bekijken"),
        Question.LISTS: _("De vertrouwenslijsten"),
        Question.UNCHECKED: _("Wat niet nagegaan is"),
    }
    for told in answers:
        open_still = told.question in (Question.LOOK, Question.UNCHECKED)
        mark = "·" if open_still else _MARKS[told.holds]
        say(f"{mark} {titles[told.question]}")
        most = _MOST_DATA if told.question is Question.DATA else len(told.lines)
        for line in told.lines[:most]:
            say(f"  {line}")
        if len(told.lines) > most:
            say("  " + _("… en nog {number}").format(number=len(told.lines) - most))


def _encode(verdict: Verdict, answers: tuple[Told, ...]) -> dict[str, Any]:
    from pipeline.archive import encode_signed

    return {
        "origin": verdict.origin.value,
        "paper": verdict.paper and _encode_paper(verdict.paper),
        "candidates": [_encode_paper(paper) for paper in verdict.candidates],
        "illegible": verdict.illegible,
        "other_dossier": verdict.of_other_dossier,
        "reason": verdict.reason,
        "changes": [{"page": change.page or None, "what": change.what} for change in verdict.changes],
        "other_looks": list(verdict.looks),
        "signatures": [encode_signed(signed) for signed in verdict.signatures],
        "empty": [place.field for place in verdict.empty],
        "lock": {
            "closed": verdict.lock.closed,
            "field": verdict.lock.field,
            "only_signing": verdict.lock.only_signing,
        },
        "answers": {told.question.value: {"holds": told.holds, "lines": list(told.lines)} for told in answers},
    }


def _encode_paper(paper: IssuedPaper) -> dict[str, Any]:
    return {
        "dossier": paper.dossier,
        "key": paper.issued.paper,
        "row": paper.issued.row,
        "name": paper.issued.name,
        "version": paper.issued.version,
        "replaced": paper.replaced,
    }
