"""What every verb shares: options, results, progress."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.run import Progress, Result, Settings

DAY = click.DateTime(formats=["%Y-%m-%d"])
PREFIX = "WIJKCONTRACT_"


def verb(**settings: Any) -> Callable[[Any], click.Command]:
    """Give the decorator that makes a function a verb."""
    return click.command(options_metavar=_("[OPTIES]"), **settings)


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """Give an option that the environment can set too: `--jobs` as `WIJKCONTRACT_JOBS`."""
    long = next(name for name in names if name.startswith("--")).removeprefix("--").partition("/")[0]
    settings.setdefault("envvar", PREFIX + long.replace("-", "_").upper())
    return click.option(*names, **settings)


def output_option() -> Callable[[Any], Any]:
    """Give the option of the output folder."""
    return option(
        "-o",
        "--output",
        metavar=_("MAP"),
        default="output",
        show_default=True,
        type=click.Path(path_type=Path),
        help=_("Map met de dossiers, het register en het rapport."),
    )


def call_option() -> Callable[[Any], Any]:
    """Give the option of the call."""
    return option(
        "--call",
        metavar=_("OPROEP"),
        default="",
        help=_("Om welke oproep het gaat: een map in forms/ of het pad van zo'n map. Niet nodig als er maar één is."),
    )


def json_option() -> Callable[[Any], Any]:
    """Give the option for output that programs read."""
    return click.option("--json", "as_json", is_flag=True, help=_("Schrijft het resultaat als JSON."))


def day_option(name: str = "--date", words: str = "") -> Callable[[Any], Any]:
    """Give the option of the day on which the work is done."""
    return option(
        name,
        "day",
        metavar=_("DATUM"),
        type=DAY,
        help=words or _("Dag van de verwerking, als 2021-07-20; anders vandaag."),
    )


def day_of(day: dt.datetime | None) -> dt.date:
    """Give the day asked, or today in Brussels."""
    from zoneinfo import ZoneInfo

    return day.date() if day else dt.datetime.now(ZoneInfo("Europe/Brussels")).date()


def print_json(data: Mapping[str, Any]) -> None:
    """Write one object as JSON to stdout."""
    text = json.dumps({"schema_version": 1, **data}, ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", "replace").decode())


def the_call(name: str, output: Path | None = None) -> str:
    """Give the call that is meant: the one named, the one of the output folder, or the only one."""
    from pipeline.run.desk import known_call, the_only_call

    return name or (known_call(output) if output else "") or the_only_call()


@contextmanager
def progress() -> Iterator[Progress]:
    """Show progress on stderr: a bar on a screen, a line for each step elsewhere."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show


def _line(what: str, done: int, total: int) -> None:
    if done == total:
        click.echo(f"{what}: {total}", err=True)


def settings(day: dt.date, *, jobs: int = 0, pdf: bool = True, show: Progress) -> Settings:
    """Give the settings of a run."""
    from pipeline.run import Settings

    return Settings(today=day, jobs=jobs, pdf=pdf, progress=show, note=note)


def say(text: str) -> None:
    """Write a result to stdout; what others wrote does nothing to the screen."""
    from pipeline.visible import visible

    click.echo(visible(text))


def note(text: str) -> None:
    """Write to stderr what people should know beside the result."""
    from pipeline.visible import visible

    click.echo(visible(text), err=True)


def tell_result(result: Result) -> ExitCode:
    """Tell on stderr what people should know beside the result; give the exit code."""
    for line in (*result.remarks, *result.faults):
        note(line)
    return result.exit_code


def read_bytes(path: Path) -> bytes:
    """Read a file that someone named.

    Raises:
        UsageError: it is not there, or is no file.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(_("Het bestand «{path}» bestaat niet.").format(path=path)) from None
    except IsADirectoryError:
        raise UsageError(_("«{path}» is een map; geef een bestand.").format(path=path)) from None
    except PermissionError:
        raise UsageError(_("«{path}» mag niet gelezen worden.").format(path=path)) from None


def program() -> str:
    """Give what a person types to start the program."""
    return os.environ.get(PREFIX + "PROGRAM") or "wijkcontract"
