"""The command line: one file a verb, imported when it is used."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import signal
import sys
from typing import Any, NoReturn

import click

import pipeline
from pipeline import language
from pipeline.commands import words
from pipeline.commands.failures import log, of_the_system
from pipeline.commands.frame import PREFIX, program
from pipeline.errors import ExitCode, Unreadable, UsageError, WijkcontractError
from pipeline.language import _

VERBS = {
    "demo": "demo",
    "test": "testing",
    "doctor": "doctor",
    "blank": "blank",
    "read": "reading",
    "extract": "extracting",
    "check": "checking",
    "run": "running",
    "render": "rendering",
    "status": "status",
    "where": "where",
    "supplement": "supplementing",
    "decide": "acts",
    "accept": "acts",
    "correct": "acts",
    "withdraw": "acts",
    "issue": "issuing",
    "compare": "comparing",
    "sign": "signing",
    "verify": "verifying",
    "assign": "assigning",
    "lint": "linting",
}
"""Verb → module that holds it, in the order of the help."""

CONFIG = "wijkcontract.toml"


class Terminated(BaseException):
    """The process was asked to end."""


class Verbs(click.Group):
    """The verbs, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as the library calls it
        """Give the verbs in the order of their use."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Give one verb."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"pipeline.commands.{VERBS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


def main() -> NoReturn:
    """Run one verb and leave with its exit code; people never see a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a screen without é and “ shows the rest
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one verb; give its exit code."""
    words.speak()
    try:
        language.use(_locale(arguments))
        outcome = _group().main(
            arguments,
            prog_name=program(),
            complete_var="_WIJKCONTRACT_COMPLETE",
            standalone_mode=False,
            default_map=_config(),
        )
        sys.stdout.flush()
        return int(outcome or ExitCode.DONE)
    except click.ClickException as wrong:
        wrong.show()
        return ExitCode.USAGE
    except Unreadable as wrong:
        from pipeline.readers.reasons import tell

        _say(" ".join(tell(wrong)))
        return wrong.exit_code
    except WijkcontractError as wrong:
        _say(str(wrong))
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say(_("onderbroken; wat af is blijft staan, dezelfde opdracht gaat verder waar het stopte."))
        return ExitCode.INTERRUPTED
    except Terminated:
        _say(_("beëindigd; wat af is blijft staan, dezelfde opdracht gaat verder waar het stopte."))
        return ExitCode.TERMINATED
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as wrong:
        told = of_the_system(wrong)
        _say(told or log(wrong))
        return ExitCode.UNEXPECTED
    except Exception as unexpected:  # noqa: BLE001 - the one place where everything else ends
        _say(log(unexpected))
        return ExitCode.UNEXPECTED


def _group() -> Verbs:
    names = ", ".join(language.available())
    codes = _(
        "Afloop: 0 klaar, niets blokkeert; 1 onverwachte fout; 2 verkeerd gebruik; 3 klaar, met blokkerende "
        "bevindingen of een geweigerd document; 4 klaar, iets was niet leesbaar; 5 fout in de definities of "
        "sjablonen; van 5, 4 en 3 telt het hoogste; 130 onderbroken; 143 beëindigd."
    )
    group = Verbs(
        name="wijkcontract",
        help=_("Formulieren lezen, controleren en er documenten van maken, voor de oproep wijkverbeteringscontracten."),
        epilog=codes,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        options_metavar=_("[OPTIES]"),
        subcommand_metavar=_("OPDRACHT [WAT U MEEGEEFT] …"),
        no_args_is_help=True,
        callback=lambda **_options: None,
    )
    group.params.append(
        click.Option(
            ["--locale"],
            metavar=_("TAAL"),
            default=language.DEFAULT,
            envvar=PREFIX + "LOCALE",
            help=_("Taal van meldingen: {names}.").format(names=names),
        )
    )
    version = click.version_option(pipeline.__version__, "-V", "--version", prog_name="wijkcontract")
    return version(group)


def _locale(arguments: list[str]) -> str:
    """Find the locale before anything speaks: option, environment, settings file, default."""
    asked = os.environ.get(PREFIX + "LOCALE") or str(_settings_file().get("locale", ""))
    for place, argument in enumerate(arguments):
        if not argument.startswith("-"):
            break
        if argument == "--locale" and place + 1 < len(arguments):
            asked = arguments[place + 1]
            break
        if argument.startswith("--locale="):
            asked = argument.partition("=")[2]
    if not asked or asked in language.available():
        return asked or language.DEFAULT
    names = ", ".join(language.available())
    raise UsageError(_("de taal «{asked}» is er niet; wel: {names}.").format(asked=asked, names=names))


def _settings_file() -> dict[str, Any]:
    from pathlib import Path

    path = Path(CONFIG)
    if not path.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise UsageError(_("«{file}» is geen geldig TOML-bestand: {wrong}").format(file=CONFIG, wrong=wrong)) from wrong


def _config() -> dict[str, Any]:
    """Give the settings file as defaults: names at the top for every verb, a table for one."""
    settings = _settings_file()
    shared = {key.replace("-", "_"): value for key, value in settings.items() if not isinstance(value, dict)}
    own = {key: value for key, value in settings.items() if isinstance(value, dict)}
    return shared | {verb: shared | own.get(verb, {}) for verb in VERBS}


def _terminate(_signal: int, _frame: object) -> None:
    raise Terminated


def _say(message: str) -> None:
    from pipeline.commands.frame import note

    with contextlib.suppress(OSError):
        note(f"wijkcontract: {message}")
