"""The verb `blank`: the empty forms of a call."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.frame import option, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.form import Form
from pipeline.language import _
from pipeline.library.call import Call


@verb(
    short_help=_("Schrijft de blanco formulieren van een oproep."),
    help=_("Schrijft de blanco formulieren van een oproep, om in te vullen in Word of als invulbare pdf."),
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
    from pipeline.blank import write_docx
    from pipeline.library import load, nearest

    loaded = load(call)
    if form and form not in loaded.forms:
        close = nearest(form, loaded.forms)
        tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
        raise UsageError(_("De oproep heeft geen formulier «{form}».{tail}").format(form=form, tail=tail))
    for key, one in loaded.forms.items():
        if form and key != form:
            continue
        files = {key: write_docx(one, loaded)} if kind == "docx" else _as_pdf(one, loaded)
        for name, content in files.items():
            path = folder / f"{name}.{kind}"
            write.write(path, content)
            click.echo(str(path))
    return ExitCode.DONE


def _as_pdf(form: Form, call: Call) -> dict[str, bytes]:
    """Give the fillable PDF of a form and, where it has tables, the sheet with more rows."""
    from pipeline.blank import write_continuation, write_pdf

    more = write_continuation(form, call)
    return {form.key: write_pdf(form, call)} | ({f"{form.key}-vervolgblad": more} if more is not None else {})
