"""The verb `lint`: definitions, rules and templates held against each other."""

from __future__ import annotations

import click

from pipeline.commands.frame import json_option, print_json, verb
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
@json_option()
def lint(call: str, as_json: bool) -> ExitCode:
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
    return ExitCode.DEFINITIONS if faulty else ExitCode.DONE
