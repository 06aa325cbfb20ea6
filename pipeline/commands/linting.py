"""The verb `lint`: definitions, rules and templates held against each other."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.frame import day_of, json_option, note, print_json, verb
from pipeline.errors import ExitCode
from pipeline.language import _


@verb(
    short_help=_("Zoekt fouten in definities, regels en sjablonen."),
    help=_(
        "Houdt definities, regels, sjablonen en blanco formulieren van een oproep tegen elkaar, en noemt elke fout met "
        "bestand, sleutel en wat er waarschijnlijk bedoeld was."
    ),
)
@click.argument("call", metavar=_("[OPROEP]"), required=False, default="")
@click.option(
    "--comments",
    metavar=_("MAP"),
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Schrijft van elk fout sjabloon een kopie met de fouten als opmerkingen van Word."),
)
@json_option()
def lint(call: str, comments: Path | None, as_json: bool) -> ExitCode:
    """Lint one call, or all of them."""
    from pipeline import lint as linting
    from pipeline.library import calls

    names = (call,) if call else calls()
    found = {name: linting.lint(name) for name in names}
    faulty = any(found.values())
    if as_json:
        print_json(
            {
                "calls": [
                    {
                        "call": name,
                        "faults": [
                            {
                                "file": fault.file,
                                "key": fault.key,
                                "message": fault.message,
                                "suggestion": fault.suggestion,
                                "code": fault.code,
                            }
                            for fault in faults
                        ],
                    }
                    for name, faults in found.items()
                ]
            }
        )
    else:
        for name, faults in found.items():
            for fault in faults:
                click.echo(str(fault))
            if not faults:
                click.echo(_("{call}: in orde.").format(call=name))
    if comments is not None:
        for name in names:
            _write_comments(name, comments / Path(name).name if len(names) > 1 else comments)
    return ExitCode.DEFINITIONS if faulty else ExitCode.DONE


def _write_comments(call: str, folder: Path) -> None:
    """Write the commented copies of one call; never over a template."""
    from pipeline import lint as linting
    from pipeline import write

    for name, content in linting.commented(call, day_of(None)).items():
        path = folder / _("{name} (opmerkingen).docx").format(name=Path(name).stem)
        write.write(path, content)
        note(str(path))
