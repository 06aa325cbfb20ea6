"""The verb `supplement`: the form that asks an applicant for what a dossier lacks, with its letter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.frame import (
    day_of,
    day_option,
    option,
    output_option,
    progress,
    say,
    settings,
    tell_result,
    verb,
)
from pipeline.errors import ExitCode
from pipeline.language import _, enumerate_words, plural

if TYPE_CHECKING:
    from pipeline.run import Desk


@verb(
    short_help=_("Vraagt de indiener aan te vullen wat ontbreekt."),
    help=_(
        "Maakt voor een onvolledig dossier een formulier met alleen wat ontbreekt of twijfelachtig is, en de brief die "
        "erbij hoort. Komt het ingevuld terug in de inbox, dan sluit «run» precies die gaten en controleert opnieuw."
    ),
)
@click.argument("number", metavar=_("DOSSIER"))
@option(
    "--format",
    "kind",
    metavar="docx|pdf|both",
    type=click.Choice(["docx", "pdf", "both"]),
    default="both",
    show_default=True,
    help=_("Soort formulier: Word, invulbare pdf, of allebei."),
)
@day_option()
@output_option()
@click.option("--pdf/--no-pdf", default=True, help=_("Maakt van de brief ook een pdf (of niet)."))
def supplement(number: str, kind: str, day: dt.datetime | None, output: Path, pdf: bool) -> ExitCode:
    """Ask for a supplement."""
    from pipeline import life
    from pipeline import run as batch

    with batch.reading(output):
        pass  # says clearly that nothing was worked through there, before a register is made
    on = day_of(day)
    kinds = ("docx", "pdf") if kind == "both" else (kind,)
    with progress() as show, batch.open_desk(output, "", settings(on, pdf=pdf, show=show)) as desk:
        entry = life.supplement(desk.register, output, desk.call, number, on=on, kinds=kinds)
        result = batch.renew(desk)
        code = tell_result(result)
        _tell(desk, entry.key)
    return code if code in (ExitCode.UNREADABLE, ExitCode.DEFINITIONS) else ExitCode.DONE


def _tell(desk: Desk, key: str) -> None:
    """Tell what was asked, and print the paths of the form and of its letter."""
    from pipeline.dossier import Ask
    from pipeline.run import lines
    from pipeline.supplement import files_of

    request = desk.register.requests()[key][-1]
    files = sum(1 for question in request.questions if question.ask is Ask.FILE)
    answers = len(request.questions) - files
    wanted = [
        *([plural("{number} antwoord", "{number} antwoorden", answers)] if answers else []),
        *([plural("{number} bijlage", "{number} bijlagen", files)] if files else []),
    ]
    said = _("{key}: aanvulling {sequence} vraagt {wanted}.")
    say(said.format(key=key, sequence=request.sequence, wanted=enumerate_words(wanted)))
    for question in request.questions:
        say(f"- {question.label}")
    (line,) = lines(desk.register, desk.output, (key,))
    folder = desk.output / line.folder
    names = list(files_of(request))
    for paper in line.papers:
        if paper.key == desk.call.supplement.letter and paper.file:
            pdf = Path(paper.file).with_suffix(".pdf").name
            names += [paper.file, *([pdf] if (folder / pdf).is_file() else [])]
    for name in names:
        say(str(folder / name))
