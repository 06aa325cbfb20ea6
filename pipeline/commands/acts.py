"""The verbs `decide`, `accept`, `correct` and `withdraw`: acts of an official, that survive every rerun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import language
from pipeline.commands.checking import note_standing
from pipeline.commands.frame import (
    DAY,
    day_of,
    day_option,
    output_option,
    progress,
    say,
    settings,
    tell_result,
    verb,
)
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.register import Entry
    from pipeline.run import Desk

_NUMBER = click.argument("number", metavar=_("DOSSIER"))
_NO_PDF = click.option("--pdf/--no-pdf", default=True, help=_("Maakt van elk document ook een pdf (of niet)."))


def why_option(*, required: bool) -> Callable[[Any], Any]:
    """Give the option of the reason."""
    return click.option(
        "--why", metavar=_("REDEN"), required=required, default=None if required else "", help=_("Waarom.")
    )


def by_option(*, required: bool) -> Callable[[Any], Any]:
    """Give the option of who does it."""
    return click.option(
        "--by", metavar=_("WIE"), required=required, default=None if required else "", help=_("Door wie.")
    )


@verb(
    short_help=_("Legt de beslissing over een dossier vast."),
    help=_(
        "Legt de beslissing over een dossier vast en maakt de documenten ervan opnieuw, zonder ONTWERP waar dat mag. "
        "Een latere beslissing komt in de plaats van een eerdere, die in het register blijft staan."
    ),
)
@_NUMBER
@click.option("--granted", metavar=_("BEDRAG"), required=True, help=_("Toegekend bedrag, zoals 400000 of 400.000,00."))
@click.option("--date", "on", metavar=_("DATUM"), type=DAY, required=True, help=_("Dag van de beslissing."))
@click.option("--reference", metavar=_("KENMERK"), required=True, help=_("Kenmerk van de beslissing."))
@why_option(required=False)
@by_option(required=False)
@day_option("--today")
@output_option()
@_NO_PDF
def decide(
    number: str,
    granted: str,
    on: dt.datetime,
    reference: str,
    why: str,
    by: str,
    day: dt.datetime | None,
    output: Path,
    pdf: bool,
) -> ExitCode:
    """Record a decision."""
    from pipeline import life

    amount = _amount(granted)
    if on.date() > day_of(day):
        raise UsageError(
            _("De beslissing van {day} ligt in de toekomst. Kijk --date na.").format(day=language.date_long(on.date()))
        )
    with at_output(output, day_of(day), pdf=pdf) as (desk, done):
        done(
            life.decide(
                desk.register, number, granted=amount, on=on.date(), reference=reference.strip(), why=why, by=by
            )
        )
        if done.code in (ExitCode.DONE, ExitCode.BLOCKING):
            note_standing(desk, life.find(desk.register, number))
    return done.code


@verb(
    short_help=_("Aanvaardt een bevinding met een reden."),
    help=_(
        "Aanvaardt een bevinding met een reden: ze blijft zichtbaar in rapport en brief, maar houdt niets meer tegen. "
        "Zegt de bevinding later iets anders, dan vervalt de aanvaarding. Is CODE de naam van een ondertekend "
        "exemplaar (.pdf) dat een programma opnieuw opsloeg, dan telt dat exemplaar voortaan mee."
    ),
)
@_NUMBER
@click.argument("code", metavar=_("CODE"))
@why_option(required=True)
@by_option(required=True)
@day_option("--date", _("Dag van de handeling, als 2021-07-20; anders vandaag."))
@output_option()
@_NO_PDF
def accept(number: str, code: str, why: str, by: str, day: dt.datetime | None, output: Path, pdf: bool) -> ExitCode:
    """Accept a finding."""
    from pipeline import countersigning, life

    with at_output(output, day_of(day), pdf=pdf) as (desk, done):
        if code.lower().endswith(".pdf"):
            entry = life.standing_entry(desk.register, number)
            countersigning.admit(desk.register, entry, code, on=day_of(day), why=said(why), by=said(by))
            done(entry)
            return done.code
        done(life.accept(desk.register, output, number, code, on=day_of(day), why=said(why), by=said(by)))
    return done.code


@verb(
    short_help=_("Verbetert een antwoord met een reden."),
    help=_(
        "Verbetert een antwoord met een reden: VELD is een sleutel zoals startdatum, of een cel zoals acties.2.kost. "
        "Wat ingediend werd, blijft onaangeroerd in de map «ingediend»."
    ),
)
@_NUMBER
@click.argument("field", metavar=_("VELD"))
@click.argument("value", metavar=_("WAARDE"))
@why_option(required=True)
@by_option(required=True)
@day_option("--date", _("Dag van de handeling, als 2021-07-20; anders vandaag."))
@output_option()
@_NO_PDF
def correct(
    number: str,
    field: str,
    value: str,
    why: str,
    by: str,
    day: dt.datetime | None,
    output: Path,
    pdf: bool,
) -> ExitCode:
    """Correct an answer."""
    from pipeline import life

    on = day_of(day)
    with at_output(output, on, pdf=pdf) as (desk, done):
        done(life.correct(desk.register, output, desk.call, number, field, value, on=on, why=said(why), by=said(by)))
    return done.code


@verb(
    short_help=_("Legt vast dat een dossier ingetrokken is."),
    help=_("Legt vast dat een indiener zijn dossier intrekt; er wordt niets weggegooid."),
)
@_NUMBER
@why_option(required=True)
@by_option(required=True)
@day_option("--date", _("Dag van de handeling, als 2021-07-20; anders vandaag."))
@output_option()
@_NO_PDF
def withdraw(number: str, why: str, by: str, day: dt.datetime | None, output: Path, pdf: bool) -> ExitCode:
    """Withdraw a dossier."""
    from pipeline import life

    with at_output(output, day_of(day), pdf=pdf) as (desk, done):
        done(life.withdraw(desk.register, number, on=day_of(day), why=said(why), by=said(by)))
    return done.code


class _Done:
    """What an act led to: the dossier made again and told."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.code = ExitCode.DONE

    def __call__(self, entry: Entry) -> None:
        """Make the dossier again and tell how it stands."""
        from pipeline import run as batch

        result = batch.renew(self._desk)
        tell_result(result)
        line = result.lines.get(entry.key)
        if result.faults:
            self.code = ExitCode.DEFINITIONS
        elif line is None:
            self.code = ExitCode.UNREADABLE
        elif any(finding.blocks for finding in line.findings) or any(paper.refused for paper in line.papers):
            self.code = ExitCode.DONE if line.withdrawn else ExitCode.BLOCKING
        if line is None:
            say(_("{key}: vastgelegd, maar het dossier kon niet opnieuw gemaakt worden.").format(key=entry.key))
            return
        say(_("{key}: {state}.").format(key=entry.key, state=line.state))
        for paper in line.papers:
            if paper.refused:
                say(_("- {title}: niet gemaakt. {why}").format(title=paper.title, why=" ".join(paper.reasons)))
            else:
                say(
                    _("- {title} ({kind}): {path}").format(
                        title=paper.title, kind=paper.kind, path=self._desk.output / entry.folder / paper.file
                    )
                )


@contextmanager
def at_output(output: Path, day: dt.date, *, pdf: bool) -> Iterator[tuple[Desk, _Done]]:
    """Sit down at an output folder that exists."""
    from pipeline import run as batch

    with batch.reading(output):
        pass  # says clearly that nothing was worked through there, before a register is made
    with progress() as show, batch.open_desk(output, "", settings(day, pdf=pdf, show=show)) as desk:
        yield desk, _Done(desk)


def said(text: str) -> str:
    """Give a reason or a name without white space around it.

    Raises:
        UsageError: it is empty.
    """
    if not text.strip():
        raise UsageError(_("Zeg met --why waarom en met --by wie; beide mogen niet leeg zijn."))
    return text.strip()


def _amount(text: str) -> Decimal:
    """Read an amount as people write it; what may mean two things is refused."""
    from pipeline.values import FieldType, parse

    parsed = parse(text, FieldType.AMOUNT)
    if not isinstance(parsed.value, Decimal) or parsed.problem:
        why = f" ({parsed.problem.rstrip('.')})" if parsed.problem else ""
        raise UsageError(
            _("«{text}» is geen bedrag{why}. Schrijf het zoals 400000 of 400.000,00.").format(text=text, why=why)
        )
    return parsed.value
