"""The verb `render`: one paper of one dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from pipeline.commands.frame import call_option, day_of, day_option, note, output_option, say, the_call, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _


@verb(
    short_help=_("Maakt één document van een dossier, of een voorproef ervan."),
    help=_(
        "Maakt één document van een dossier, naast wat er al ligt: volledigheidsbrief, afsprakenkader … Met --preview "
        "en alleen de naam van een document: drie voorproeven van zijn sjabloon, met verzonnen korte, lange en lege "
        "antwoorden."
    ),
)
@click.argument("number", metavar=_("[DOSSIER]"), required=False, default="")
@click.argument("paper", metavar=_("DOCUMENT"), required=False, default="")
@click.option("--preview", is_flag=True, help=_("Vult het sjabloon met verzonnen antwoorden; geen dossier nodig."))
@call_option()
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
def render(
    number: str, paper: str, call: str, to: Path, kind: str, day: dt.datetime | None, output: Path, *, preview: bool
) -> ExitCode:
    """Render one paper, or previews of it."""
    if not number:
        raise UsageError(_("Welk document? Geef een dossier en een document, of --preview en een document."))
    if preview and paper:
        raise UsageError(
            _("Een voorproef is niet van een dossier: geef alleen het document, zonder «{number}».").format(
                number=number
            )
        )
    if preview:
        return _preview(call, number, to, kind)
    if not paper:
        raise UsageError(_("Welk document van {number}? Geef na het dossier ook het document.").format(number=number))
    return _render(number, paper, to, kind, day, output)


def _preview(name: str, key: str, to: Path, kind: str) -> ExitCode:
    """Make the previews of one paper."""
    from pipeline.library import load
    from pipeline.lint.preview import previews

    call = load(the_call(name))
    known = {paper.key: paper for paper in call.papers}
    if key not in known:
        raise UsageError(_unknown(_("{call} heeft geen document «{paper}»; wel: {keys}."), key, known, call=call.key))
    made = {preview.name: preview.content for preview in previews(call, known[key])}
    return _write(made, to, kind)


def _render(number: str, paper: str, to: Path, kind: str, day: dt.datetime | None, output: Path) -> ExitCode:
    """Make one paper of a dossier."""
    from pipeline import frozen, life
    from pipeline import run as batch
    from pipeline.dossier import standing
    from pipeline.library import load
    from pipeline.renderers import Refusal

    with batch.reading(output) as known:
        entry = life.find(known, number)
        call = load(known.setting("call_name"))
        keys = [one.key for one in call.papers if one.form == entry.form]
        if paper not in keys:
            raise UsageError(
                _unknown(_("{number} krijgt geen document «{paper}»; wel: {keys}."), paper, keys, number=entry.key)
            )
        issued = standing(known.issued().get(entry.key, ()))
        results = batch.render_again(call, known, output, entry, paper, day_of(day))
    code = ExitCode.DONE
    made: dict[str, bytes] = {}
    if not results:
        note(_("{number} krijgt dit document nu niet.").format(number=entry.key))
    for result in results:
        before = issued.get((result.key, result.row))
        if before:
            why = frozen.why_left(before, entry.key, output / entry.folder)
            note(_("{title}: niet gemaakt. {reason}").format(title=before.title, reason=why))
            code = ExitCode.BLOCKING
            continue
        if isinstance(result, Refusal):
            note(_("{title}: niet gemaakt. {reason}").format(title=result.title, reason=result.reason))
            code = ExitCode.BLOCKING
            continue
        made[result.filename] = result.content
        for reason in result.reasons:
            note(_("ontwerp: {reason}").format(reason=reason))
    return max(code, _write(made, to, kind, entry.number))


def _unknown(message: str, paper: str, keys: Iterable[str], **named: str) -> str:
    """Say that there is no such paper, which ones there are, and which was probably meant."""
    from pipeline.library import nearest

    close = nearest(paper, keys)
    tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
    return message.format(paper=paper, keys=", ".join(keys), **named) + tail


def _write(papers: Mapping[str, bytes], to: Path, kind: str, number: str = "") -> ExitCode:
    """Write papers as Word or PDF, and tell where; of one that cannot be printed why, and the others are made."""
    from pipeline import office, write

    made: Mapping[str, bytes | str] = papers
    if kind == "pdf":
        if papers and (why := office.missing()):
            raise UsageError(why)
        made = office.convert(papers, markers=dict.fromkeys(papers, number))
    code = ExitCode.DONE
    for name, content in made.items():
        if isinstance(content, str):
            note(_("{title}: niet gemaakt. {reason}").format(title=name, reason=content))
            code = ExitCode.BLOCKING
            continue
        path = to / f"{name}.{kind}"
        write.write(path, content)
        say(str(path))
    return code
