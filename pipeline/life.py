"""Acts after intake: what an official decides, accepts, corrects or takes back; appended, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipeline import language
from pipeline.dossier import Act, ActKind, Answer, Dossier, State
from pipeline.dossier.places import as_read, place_of
from pipeline.errors import UsageError
from pipeline.finding import Finding, Outcome
from pipeline.language import _
from pipeline.library import Call, nearest
from pipeline.register import Entry, Register
from pipeline.values import encode_decimal
from pipeline.written import DOSSIER, FINDINGS, read_dossier, read_findings


def decide(
    register: Register, number: str, *, granted: Decimal, on: dt.date, reference: str, why: str = "", by: str = ""
) -> Entry:
    """Record the decision on a dossier; a later one takes the place of an earlier one, which stays recorded.

    Raises:
        UsageError: there is no such dossier, it was withdrawn, the amount or the reference is none, the day lies
            before the submission, or the very same was decided before.
    """
    entry = find(register, number)
    _must_be_dossier(entry)
    _must_stand(register, entry)
    if not granted.is_finite() or granted <= 0 or granted != round(granted, 2):
        raise UsageError(
            _("«{amount}» kan niet toegekend worden; geef een bedrag boven nul, in euro en cent.").format(
                amount=granted
            )
        )
    if not reference.strip():
        raise UsageError(_("Geef met --reference het kenmerk van de beslissing; de documenten noemen het."))
    received = entry.receipt.received
    if received and on < received.date():
        raise UsageError(
            _("De beslissing van {day} ligt voor de ontvangst van {number} op {received}. Kijk --date na.").format(
                day=language.date_long(on), number=entry.key, received=language.date_long(received.date())
            )
        )
    value = encode_decimal(granted)
    _append(register, entry, Act(ActKind.DECIDE, value=value, on=on, reference=reference.strip(), why=why, by=by))
    return entry


def accept(register: Register, output: Path, number: str, code: str, *, on: dt.date, why: str, by: str) -> Entry:
    """Accept what a finding says, with a reason; every row that fails under the code is accepted as it stands.

    Raises:
        UsageError: there is no such dossier, or no such finding that asks for something.
    """
    entry = find(register, number)
    _must_stand(register, entry)
    findings = read_findings(output / entry.folder / FINDINGS)
    open_codes = {finding.code for finding in findings if finding.counts}
    wanted = code.strip().upper()
    if wanted not in open_codes:
        raise UsageError(_no_such_finding(entry, wanted, findings, open_codes))
    messages = dict.fromkeys(f.message for f in findings if f.code == wanted and f.counts)
    acts = [Act(ActKind.ACCEPT, target=wanted, value=message, on=on, why=why, by=by) for message in messages]
    _append(register, entry, *acts)
    return entry


def correct(
    register: Register,
    output: Path,
    call: Call,
    number: str,
    field: str,
    value: str,
    *,
    on: dt.date,
    why: str,
    by: str,
) -> Entry:
    """Write an answer anew, with a reason; what was submitted stays as it is.

    Args:
        register: the register.
        output: the output folder.
        call: the call.
        number: the dossier.
        field: a field (`startdatum`) or a cell (`acties.2.kost`).
        value: the new text, as an applicant would write it.
        on: the day.
        why: the reason.
        by: who does it.

    Raises:
        UsageError: there is no such dossier, field or row, the new text cannot be read, or it was written before.
    """
    from pipeline import extract

    entry = find(register, number)
    _must_stand(register, entry)
    dossier: Dossier = read_dossier(call, output / entry.folder / DOSSIER)
    place = place_of(field)
    was = as_read(dossier, place)
    act = Act(ActKind.CORRECT, target=place.target, value=value, on=on, why=why, by=by, was=was)
    written = _at(extract.correct(dossier.answers, act, call.forms[dossier.form], call), place.target)
    if written.state is State.DOUBTFUL:
        raise UsageError(
            _("«{value}» kan niet bij «{field}» staan. {problem}").format(
                value=value, field=field, problem=written.problem
            )
        )
    _append(register, entry, act)
    return entry


def supplement(
    register: Register, output: Path, call: Call, number: str, *, on: dt.date, kinds: tuple[str, ...]
) -> Entry:
    """Record that an applicant is asked for what a dossier lacks; the same again while nothing came back is the same.

    Args:
        register: the register.
        output: the output folder.
        call: the call.
        number: the dossier.
        on: the day.
        kinds: in which the form is made: docx, pdf.

    Raises:
        UsageError: there is no such dossier, it was withdrawn or decided, or it lacks nothing that can be supplied.
    """
    from pipeline import supplement as supplements

    entry = find(register, number)
    _must_be_dossier(entry)
    _must_stand(register, entry)
    dossier: Dossier = read_dossier(call, output / entry.folder / DOSSIER)
    findings = read_findings(output / entry.folder / FINDINGS)
    if dossier.decision is not None:
        raise UsageError(
            _("Over {number} is al beslist op {on}; er valt niets meer aan te vullen.").format(
                number=entry.key, on=language.date_long(dossier.decision.on)
            )
        )
    questions = supplements.ask(call, dossier, findings, today=on)
    if not questions:
        raise UsageError(_nothing_to_ask(entry, findings))
    before = register.requests().get(entry.key, ())
    last = before[-1] if before else None
    answered = {one.request for one in dossier.supplements}
    same = last is not None and last.questions == questions and last.sequence not in answered
    if same and last is not None:
        asked = replace(last, kinds=tuple(sorted({*last.kinds, *kinds})))
    else:
        asked = supplements.request(call, dossier, questions, sequence=len(before) + 1, on=on)
        asked = replace(asked, kinds=kinds)
    with register.change() as changes:
        changes.ask(entry.key, asked)
    return entry


def _nothing_to_ask(entry: Entry, findings: Sequence[Finding]) -> str:
    open_codes = sorted({finding.code for finding in findings if finding.blocks})
    if not open_codes:
        return _("{number} is volledig; er valt niets aan te vullen.").format(number=entry.key)
    return _(
        "{number} mist geen antwoorden en geen bijlagen. Wat er niet voldoet ({codes}), kan een aanvullingsformulier "
        "niet verhelpen; de brief in de map van het dossier zegt wat de indiener kan doen."
    ).format(number=entry.key, codes=", ".join(open_codes))


def withdraw(register: Register, number: str, *, on: dt.date, why: str, by: str) -> Entry:
    """Record that the applicant takes a dossier back; nothing of it is thrown away.

    Raises:
        UsageError: there is no such dossier, or it was withdrawn already.
    """
    entry = find(register, number)
    _must_be_dossier(entry)
    if entry.key in _withdrawn(register):
        raise UsageError(_("{number} is al ingetrokken.").format(number=entry.key))
    _append(register, entry, Act(ActKind.WITHDRAW, on=on, why=why, by=by))
    return entry


def find(register: Register, number: str) -> Entry:
    """Give the dossier with this number.

    Raises:
        UsageError: there is none; the nearest number is named. Or it is a supplement, that has no state of its own.
    """
    from pipeline.supplement import KEY

    entries: Mapping[str, Entry] = {entry.key.casefold(): entry for entry in register.entries()}
    found = entries.get(number.strip().casefold())
    if found and found.form == KEY:
        raise UsageError(
            _("«{key}» is een aanvulling bij het dossier {owner}; geef het nummer van het dossier.").format(
                key=found.key, owner=found.owner
            )
        )
    if found:
        return found
    if not entries:
        raise UsageError(_("Er zijn nog geen dossiers. Verwerk eerst een inbox met «run»."))
    close = nearest(number.strip().casefold(), tuple(entries))
    tail = _(" Bedoelde u «{close}»?").format(close=entries[close].key) if close else ""
    raise UsageError(_("Het dossier «{number}» bestaat niet.{tail}").format(number=number, tail=tail))


def standing_entry(register: Register, number: str) -> Entry:
    """Give a dossier that was not withdrawn.

    Raises:
        UsageError: there is no such dossier, or it was withdrawn.
    """
    entry = find(register, number)
    _must_stand(register, entry)
    return entry


def _at(answers: Mapping[str, Answer], target: str) -> Answer:
    """Give the answer or the cell that a correction names."""
    name, _dot, inside = target.partition(".")
    if not inside:
        return answers[name]
    number, _dot, column = inside.partition(".")
    return answers[name].rows[int(number) - 1].cells[column]


def _append(register: Register, entry: Entry, *acts: Act) -> None:
    """Record acts.

    Raises:
        UsageError: the last act of this kind on the same thing is the very same. A correction once more is another one
            when the files read differently since: it is given for what they say now.
    """
    before = register.acts().get(entry.key, ())
    for act in acts:
        last = next((old for old in reversed(before) if (old.kind, old.target) == (act.kind, act.target)), None)
        same = last and (last.value, last.reference, last.was) == (act.value, act.reference, act.was)
        if last and same and (act.kind is ActKind.CORRECT or (act.kind is ActKind.DECIDE and last.on == act.on)):
            raise UsageError(
                _("Dat is bij {number} al vastgelegd door {by}: {why}").format(
                    number=entry.key, by=last.by or _("niet gezegd wie"), why=last.why or _("niet gezegd waarom")
                )
            )
    with register.change() as changes:
        for act in acts:
            changes.act(entry.key, act)


def _withdrawn(register: Register) -> set[str]:
    return {key for key, acts in register.acts().items() if any(act.kind is ActKind.WITHDRAW for act in acts)}


def _must_stand(register: Register, entry: Entry) -> None:
    if entry.number in _withdrawn(register):
        raise UsageError(_("{number} is ingetrokken; er verandert niets meer aan.").format(number=entry.number))


def _must_be_dossier(entry: Entry) -> None:
    if entry.owner:
        raise UsageError(
            _("«{key}» hoort bij het dossier {owner}; geef het nummer van het dossier.").format(
                key=entry.key, owner=entry.owner
            )
        )


def _no_such_finding(entry: Entry, code: str, findings: Sequence[Finding], open_codes: Iterable[str]) -> str:
    same = [finding for finding in findings if finding.code == code]
    if any(finding.waiver for finding in same):
        return _("{code} is bij {number} al aanvaard.").format(code=code, number=entry.key)
    if any(finding.outcome is Outcome.HOLDS for finding in same):
        return _("{code} is bij {number} in orde; er valt niets te aanvaarden.").format(code=code, number=entry.key)
    known = ", ".join(sorted(open_codes)) or _("geen")
    close = nearest(code, tuple(sorted(open_codes)))
    tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
    return _("{number} heeft geen bevinding «{code}»; wel: {known}.{tail}").format(
        number=entry.key, code=code, known=known, tail=tail
    )
