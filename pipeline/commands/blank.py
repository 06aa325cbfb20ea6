"""The verb `blank`: the empty forms of a call."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.frame import option, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _


@verb(
    short_help=_("Schrijft de blanco formulieren van een oproep."),
    help=_("Schrijft de blanco formulieren van een oproep, om in te vullen in Word of als invulbare PDF."),
)
@click.argument("call", metavar=_("OPROEP"))
@option("--form", metavar=_("FORMULIER"), default="", help=_("Alleen dit formulier; anders alle."))
@click.option(
    "--format",
    "kind",
    metavar="docx|pdf",
    type=click.Choice(["docx", "pdf"]),
    default="docx",
    show_default=True,
    help=_("Soort bestand."),
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar=_("MAP"),
    default=".",
    show_default=True,
    type=click.Path(path_type=Path),
    help=_("Map waarin de formulieren komen."),
)
def blank(call: str, form: str, kind: str, folder: Path) -> ExitCode:
    """Write blank forms."""
    from pipeline import write
    from pipeline.blank import write_docx, write_pdf
    from pipeline.library import load, nearest

    loaded = load(call)
    if form and form not in loaded.forms:
        close = nearest(form, loaded.forms)
        tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
        raise UsageError(_("De oproep heeft geen formulier «{form}».{tail}").format(form=form, tail=tail))
    make = write_docx if kind == "docx" else write_pdf
    contents = {key: make(one, loaded) for key, one in loaded.forms.items() if not form or key == form}
    for key, content in contents.items():
        path = folder / f"{key}.{kind}"
        write.write(path, content)
        click.echo(str(path))
    return ExitCode.DONE
