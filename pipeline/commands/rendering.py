"""The verb `render`: one paper of one dossier."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.frame import day_of, day_option, note, output_option, say, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _


@verb(
    short_help=_("Maakt één document van een dossier."),
    help=_("Maakt één document van een dossier, naast wat er al ligt: volledigheidsbrief, afsprakenkader …"),
)
@click.argument("number", metavar=_("DOSSIER"))
@click.argument("paper", metavar=_("DOCUMENT"))
@click.option(
    "--to", metavar=_("MAP"), default=".", show_default=True, type=click.Path(path_type=Path), help=_("Waar het komt.")
)
@click.option(
    "--format",
    "kind",
    metavar="docx|pdf",
    type=click.Choice(["docx", "pdf"]),
    default="docx",
    show_default=True,
    help=_("Soort bestand."),
)
@day_option()
@output_option()
def render(number: str, paper: str, to: Path, kind: str, day: dt.datetime | None, output: Path) -> ExitCode:
    """Render one paper."""
    from pipeline import life, office, write
    from pipeline import run as batch
    from pipeline.library import load, nearest
    from pipeline.renderers import Refusal

    with batch.reading(output) as known:
        entry = life.find(known, number)
        call = load(known.setting("call_name"))
        keys = [one.key for one in call.papers if one.form == entry.form]
        if paper not in keys:
            close = nearest(paper, keys)
            tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
            raise UsageError(
                _("{number} krijgt geen document «{paper}»; wel: {keys}.{tail}").format(
                    number=entry.key, paper=paper, keys=", ".join(keys), tail=tail
                )
            )
        results = batch.render_again(call, known, output, entry, paper, day_of(day))
    code = ExitCode.DONE
    if not results:
        note(_("{number} krijgt dit document nu niet.").format(number=entry.key))
    for result in results:
        if isinstance(result, Refusal):
            note(_("{title}: niet gemaakt. {reason}").format(title=result.title, reason=result.reason))
            code = ExitCode.BLOCKING
            continue
        content = result.content
        if kind == "pdf":
            made = office.convert({"paper": content})["paper"]
            if isinstance(made, str):
                raise UsageError(made)
            content = made
        path = to / f"{result.filename}.{kind}"
        write.write(path, content)
        say(str(path))
        for reason in result.reasons:
            note(_("ontwerp: {reason}").format(reason=reason))
    return code
