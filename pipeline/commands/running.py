"""The verb `run`: a whole inbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import click

from pipeline.commands.frame import (
    call_option,
    day_of,
    day_option,
    json_option,
    option,
    output_option,
    print_json,
    progress,
    settings,
    tell_result,
    verb,
)
from pipeline.commands.trusting import roots_option, trusted_files
from pipeline.errors import ExitCode
from pipeline.language import _


@verb(
    short_help=_("Verwerkt een hele inbox; nog een keer: alleen wat veranderde."),
    help=_(
        "Verwerkt een inbox: leest elke inzending, controleert ze, maakt de documenten, het overzicht en het rapport. "
        "Nog een keer: alleen wat veranderde."
    ),
)
@click.argument("inbox", metavar=_("INBOX"), type=click.Path(path_type=Path))
@output_option()
@option(
    "-j",
    "--jobs",
    metavar=_("AANTAL"),
    type=click.IntRange(min=0),
    default=None,
    help=_(
        "Aantal processen; anders zoveel als er processoren zijn. 0 werkt zonder aparte processen en zonder grenzen."
    ),
)
@day_option()
@call_option()
@click.option("--pdf/--no-pdf", default=True, help=_("Maakt van elk document ook een pdf (of niet)."))
@roots_option()
@json_option()
def run(
    inbox: Path,
    output: Path,
    jobs: int | None,
    day: dt.datetime | None,
    call: str,
    pdf: bool,
    roots: tuple[Path, ...],
    as_json: bool,
) -> ExitCode:
    """Work through an inbox."""
    from pipeline import run as batch
    from pipeline.workers import processors

    with progress() as show:
        chosen = settings(day_of(day), jobs=processors() if jobs is None else jobs, pdf=pdf, show=show)
        chosen = replace(chosen, roots=trusted_files(roots, ()))
        result = batch.run(inbox, output, call, chosen)
    code = tell_result(result)
    if as_json:
        print_json(
            {
                "output": str(output),
                "exit_code": int(code),
                "counts": dict(result.counts),
                "made": result.made,
                "remarks": list(result.remarks),
                "faults": list(result.faults),
            }
        )
        return code
    counts = result.counts
    click.echo(
        _(
            "{dossiers} dossiers: {complete} volledig, {incomplete} onvolledig, {not_judged} niet te beoordelen, "
            "{withdrawn} ingetrokken. {refused} niet leesbaar. {papers} documenten, {pdf} pdf."
        ).format(**counts)
    )
    if result.faults:
        click.echo(_("Niet elk dossier is gemaakt: herstel eerst de definities en sjablonen."))
    elif result.made:
        click.echo(_("{made} gemaakt of opnieuw gemaakt.").format(made=result.made))
    else:
        click.echo(_("Er was niets te doen: alles is zoals het hoort."))
    click.echo(_("Open eerst {page}.").format(page=output / batch.PAGE))
    return code
