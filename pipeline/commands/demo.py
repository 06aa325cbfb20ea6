"""The verb `demo`: the main job on a fictitious inbox, held against a table written by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.frame import note, program, progress, say, settings, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.library import Call
    from pipeline.run import Desk, Progress

MARK = ".demo"
_INTAKE, _AWARD, _MEETINGS = dt.date(2021, 7, 20), dt.date(2021, 12, 20), dt.date(2022, 6, 1)


@verb(
    short_help=_("Toont het hoofdwerk op een verzonnen inbox."),
    help=_(
        "Toont het hoofdwerk op een verzonnen inbox: lezen, controleren, documenten maken, beslissen, vergaderen. "
        "Vergelijkt alles met een tabel die met de hand uit de oproep geschreven is, en begint elke keer opnieuw."
    ),
)
@click.option(
    "-o",
    "--output",
    metavar=_("MAP"),
    default="output/demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help=_("Map waarin de demo werkt."),
)
@click.option("--clean", is_flag=True, help=_("Verwijdert alleen wat een vorige demo maakte."))
def demo(output: Path, clean: bool) -> ExitCode:
    """Show the main job."""
    import tomllib

    from pipeline import office
    from pipeline.commands.expected import compare_end, compare_intake, outcomes
    from pipeline.library import calls, load
    from pipeline.run import reading

    _clean(output)
    if clean:
        say(_("De map «{output}» is opgeruimd.").format(output=output))
        return ExitCode.DONE
    call = next((load(name) for name in calls() if (load(name).folder / "voorbeelden").is_dir()), None)
    if call is None:
        raise UsageError(_("Geen enkele oproep heeft voorbeelden."))
    samples = call.folder / "voorbeelden"
    table = tomllib.loads((samples / "VERWACHT.toml").read_text(encoding="utf-8"))
    acts = tomllib.loads((samples / "beslissingen.toml").read_text(encoding="utf-8"))
    decisions, supplements = acts["beslissing"], acts["aanvulling"]
    output.mkdir(parents=True)
    (output / MARK).touch()
    with progress() as show:
        _say(_("1. De inbox verwerken: {inbox}").format(inbox=samples / "inbox"))
        _run(samples / "inbox", output, call, _INTAKE, show)
        with reading(output) as register:
            differences = list(compare_intake(call, table, outcomes(call, register, output)))
        _say(_("2. {number} aanvullingen vragen").format(number=len(supplements)))
        forms = _supplement(output, supplements, show)
        _say(_("3. {number} beslissingen vastleggen").format(number=len(decisions)))
        _decide(output, decisions, show)
        _say(_("4. De verslagen van de stuurgroep verwerken: {inbox}").format(inbox=samples / "vergaderingen"))
        counts = _run(samples / "vergaderingen", output, call, _MEETINGS, show)
    with reading(output) as register:
        end = outcomes(call, register, output)
    pdf = not office.missing()
    differences += compare_end(call, table, end)
    if pdf and counts["pdf"] != counts["papers"]:
        differences.append(_("pdf: {pdf} van {papers} documenten").format(**counts))
    _show(output, counts, forms, pdf=pdf)
    if differences:
        for difference in differences:
            note(difference)
        _say(_("Niet alles is zoals de tabel het zegt: {number} verschillen.").format(number=len(differences)))
        return ExitCode.UNEXPECTED
    number = len(table["dossier"]) + len(table["geweigerd"]) + len(table["dubbel"]) + len(table["vergadering"])
    _say(_("Alle {number} uitkomsten zijn zoals de tabel het zegt.").format(number=number))
    return ExitCode.DONE


def _clean(output: Path) -> None:
    """Remove what an earlier demo made; a folder of someone else is left alone."""
    import shutil

    if not output.exists():
        return
    if not (output / MARK).is_file() and any(output.iterdir()):
        raise UsageError(_("De map «{output}» is niet van de demo. Kies met -o een andere map.").format(output=output))
    shutil.rmtree(output)


def _run(inbox: Path, output: Path, call: Call, day: dt.date, show: Progress) -> dict[str, int]:
    from pipeline import run as batch
    from pipeline.workers import processors

    chosen = settings(day, jobs=processors(), show=show)
    result = batch.run(inbox, output, call.key, chosen)
    for remark in (*result.remarks, *result.faults):
        note(remark)
    return dict(result.counts)


def _decide(output: Path, decisions: list[dict[str, Any]], show: Progress) -> None:
    from decimal import Decimal

    from pipeline import life
    from pipeline import run as batch

    with batch.open_desk(output, "", settings(_AWARD, show=show)) as desk:
        keys = _keys(desk)
        for decision in decisions:
            if decision["bestand"] in keys:
                life.decide(
                    desk.register,
                    keys[decision["bestand"]],
                    granted=Decimal(decision["toegekend"]),
                    on=decision["datum"],
                    reference=decision["referentie"],
                )
        batch.renew(desk)


def _supplement(output: Path, supplements: list[dict[str, Any]], show: Progress) -> int:
    """Ask for what lacks in some dossiers; give the number of forms."""
    from pipeline import life
    from pipeline import run as batch

    asked = 0
    for day in sorted({one["datum"] for one in supplements}):
        with batch.open_desk(output, "", settings(day, show=show)) as desk:
            keys = _keys(desk)
            for one in supplements:
                if one["datum"] == day and one["bestand"] in keys:
                    number = keys[one["bestand"]]
                    life.supplement(desk.register, output, desk.call, number, on=day, kinds=("docx", "pdf"))
                    asked += 1
            batch.renew(desk)
    return asked


def _keys(desk: Desk) -> dict[str, str]:
    keys = {entry.content: entry.key for entry in desk.register.entries()}
    return {d.path: keys[d.content] for d in desk.register.deliveries() if d.content in keys}


def _show(output: Path, counts: dict[str, int], forms: int, *, pdf: bool) -> None:
    from pipeline import office
    from pipeline.run import PAGE, SHEET, UNREADABLE

    say(_("Gemaakt in {output}:").format(output=output.resolve()))
    say(
        _(
            "- {dossiers} dossiers ({complete} volledig, {incomplete} onvolledig, {not_judged} niet te beoordelen; "
            "{decided} toegekend) en {joined} verslagen van de stuurgroep"
        ).format(**counts)
    )
    say(
        _("- {papers} documenten in Word, waarvan {drafts} met ONTWERP; {pdf} als pdf").format(**counts)
        if pdf
        else _("- {papers} documenten in Word, waarvan {drafts} met ONTWERP. {why}").format(
            **counts, why=office.missing()
        )
    )
    say(_("- {number} aanvullingsformulieren, in Word en als invulbare pdf").format(number=forms))
    say(_("- {refused} inzendingen die niet leesbaar zijn, in {folder}/").format(folder=UNREADABLE, **counts))
    say(_("Open eerst:"))
    say(f"  {output / PAGE}")
    say(f"  {output / SHEET}")
    first = next(iter(sorted(path for path in output.glob("*/afsprakenkader.*"))), None)
    if first is not None:
        say(f"  {first.parent}/")
    line = _("Een dossier bekijken: {program} status WVC-2021-0001 -o {output}")
    say(line.format(program=program(), output=output))


def _say(message: str) -> None:
    note(message)
