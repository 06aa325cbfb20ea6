"""The verb `issue`: papers that go out to be signed, frozen from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.checking import note_standing
from pipeline.commands.frame import (
    day_of,
    day_option,
    note,
    output_option,
    progress,
    read_bytes,
    say,
    settings,
    tell_result,
    verb,
)
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.dossier import Issued
    from pipeline.register import Entry
    from pipeline.run import Desk


@verb(
    short_help=_("Geeft documenten uit om te ondertekenen."),
    help=_(
        "Geeft documenten van een dossier uit om te ondertekenen: definitief, als pdf met het Word-bestand ernaast, in "
        "de map «uitgegeven» van het dossier. Wat uitgegeven is, verandert nooit meer; wat niet uitgegeven kan worden, "
        "staat er met de reden. DOCUMENT is een sleutel zoals afsprakenkader of de naam van een bestand; zonder: alles "
        "wat uitgegeven wordt."
    ),
)
@click.argument("number", metavar=_("DOSSIER"))
@click.argument("papers", metavar=_("[DOCUMENT …]"), nargs=-1)
@click.option("--by", metavar=_("WIE"), required=True, help=_("Door wie."))
@day_option("--on", _("Dag van de uitgifte, als 2022-01-10; anders vandaag."))
@click.option(
    "--replace", is_flag=True, help=_("Maakt een volgende versie van wat uitgegeven is; de oude blijft liggen.")
)
@click.option(
    "--from",
    "back",
    metavar=_("TERUGGEKREGEN"),
    type=click.Path(path_type=Path),
    help=_(
        "Het Word-bestand dat een tegenpartij van een uitgegeven document teruggaf: wordt de volgende versie, als "
        "iemand de wijzigingen erin aanvaardt."
    ),
)
@click.option(
    "--accept-changes", "accept", is_flag=True, help=_("Aanvaardt alle wijzigingen in het teruggekregen bestand.")
)
@click.option(
    "--why",
    metavar=_("REDEN"),
    default="",
    help=_("Waarom er een volgende versie komt of waarom de wijzigingen aanvaard worden."),
)
@output_option()
@click.option("--pdf/--no-pdf", default=True, help=_("Maakt ook van de andere documenten een pdf (of niet)."))
def issue(
    number: str,
    papers: tuple[str, ...],
    by: str,
    day: dt.datetime | None,
    why: str,
    output: Path,
    back: Path | None,
    *,
    accept: bool,
    replace: bool,
    pdf: bool,
) -> ExitCode:
    """Issue papers."""
    from pipeline import life
    from pipeline import run as batch

    if not by.strip():
        raise UsageError(_("Zeg met --by door wie; dat mag niet leeg zijn."))
    if replace and not why.strip():
        raise UsageError(_("Zeg met --why waarom er een nieuwe versie komt van wat uitgegeven is."))
    if accept and back is None:
        raise UsageError(_("Bij --accept-changes hoort --from: het bestand dat teruggekomen is."))
    if accept and not why.strip():
        raise UsageError(_("Zeg met --why waarom de wijzigingen aanvaard worden."))
    if back is not None and len(papers) != 1:
        raise UsageError(_("Zeg van welk document «{file}» komt: één, na het dossier.").format(file=back))
    if why.strip() and not replace and back is None:
        raise UsageError(_("Bij --why hoort --replace: alleen een nieuwe versie heeft een reden."))
    with batch.reading(output):
        pass  # says clearly that nothing was worked through there, before a register is made
    on = day_of(day)
    returned = batch.Edited(back.name, read_bytes(back), accept) if back is not None else None
    wish = batch.Wish(by.strip(), on, replace or back is not None, why.strip(), returned)
    with progress() as show, batch.open_desk(output, "", settings(on, pdf=pdf, show=show)) as desk:
        entry = life.find(desk.register, number)
        issued, left = batch.issue(desk, entry, papers, wish)
        code = tell_result(batch.renew(desk))
        standing = note_standing(desk, entry)
        folder = desk.folder(entry)
        lost = {one.name: tuple(_lost(desk, entry, one)) for one in issued}
    for one in issued:
        say(_("{title}: uitgegeven.").format(title=one.title))
        for remark in one.remarks:
            note(remark)
        for told in lost[one.name]:
            note(told)
        say(str(folder / one.pdf))
        say(str(folder / one.docx))
    for other in left:
        note(_("{title}: niet uitgegeven. {reason}").format(title=other.title, reason=other.reason))
    if code in (ExitCode.UNREADABLE, ExitCode.DEFINITIONS):
        return code
    amiss = any(not other.before for other in left) or (left and (papers or not issued))
    return ExitCode.BLOCKING if amiss else standing


def _lost(desk: Desk, entry: Entry, issued: Issued) -> Iterator[str]:
    """Tell which signatures no longer count now that a version took the place of the one that bears them."""
    from pipeline.dossier import signing_of
    from pipeline.dossier.signing import sound_signatures
    from pipeline.language import enumerate_words

    copies = desk.register.copies().get(entry.key, ())
    for copy in signing_of(issued, copies, (), desk.register.issued().get(entry.key, ())).outdated:
        yield _(
            "Let op: op een vorige versie staan handtekeningen van {names} («{file}»). Die tellen niet meer: laat de "
            "nieuwe versie ondertekenen."
        ).format(names=enumerate_words(f"«{signed.signer}»" for signed in sound_signatures(copy)), file=copy.name)
