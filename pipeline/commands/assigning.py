"""The verb `assign`: a person says whose a signature is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.acts import at_output, by_option, said, why_option
from pipeline.commands.frame import day_of, day_option, output_option, verb
from pipeline.errors import ExitCode
from pipeline.language import _


@verb(
    short_help=_("Wijst een handtekening toe aan wie moest tekenen."),
    help=_(
        "Wijst een handtekening in een ondertekend exemplaar toe aan wie volgens het papier moest tekenen: als ze in "
        "een veld van een ondertekendienst staat, of als het certificaat een andere naam draagt. EXEMPLAAR is de naam "
        "van het bestand in de map «ondertekend», VELD die van het veld waarin de handtekening staat."
    ),
)
@click.argument("number", metavar=_("DOSSIER"))
@click.argument("copy", metavar=_("EXEMPLAAR"))
@click.argument("field", metavar=_("VELD"))
@click.option("--for", "to", metavar=_("VELD"), required=True, help=_("Veld van het papier waarvoor ze telt."))
@why_option(required=True)
@by_option(required=True)
@day_option("--date", _("Dag van de handeling, als 2021-07-20; anders vandaag."))
@output_option()
@click.option("--pdf/--no-pdf", default=True, help=_("Maakt van elk document ook een pdf (of niet)."))
def assign(
    number: str,
    copy: str,
    field: str,
    to: str,
    why: str,
    by: str,
    day: dt.datetime | None,
    output: Path,
    pdf: bool,
) -> ExitCode:
    """Assign a signature."""
    from pipeline import countersigning, life

    on = day_of(day)
    with at_output(output, on, pdf=pdf) as (desk, done):
        entry = life.standing_entry(desk.register, number)
        countersigning.assign(desk.register, entry, copy, field, to, on=on, why=said(why), by=said(by))
        done(entry)
    return done.code
