"""The supplement of a call: `[supplement]` of `oproep.toml`, or what every call does when it says nothing."""

from __future__ import annotations

from pipeline.language import _, speaking
from pipeline.library.call import Overview, SupplementDefinition, SupplementLine
from pipeline.library.entry import Entry


def read_supplement(call: Entry, overview: Overview) -> SupplementDefinition:
    """Read how the call asks for a supplement; what it does not say is said in its language.

    Args:
        call: the whole file.
        overview: says who applies, and for what.
    """
    entry = call.entry("supplement")
    with speaking(call.text("language", "")):
        title = _("Aanvullingsformulier {call}").format(call=call.text("key", ""))
        intro, head = _intro(), _head(overview)
    definition = SupplementDefinition(
        title=entry.text("title", title),
        intro=entry.text("intro", intro),
        head=tuple(_line(line) for line in entry.entries("head")) or head,
        letter=entry.text("letter", ""),
        until=entry.text("until", ""),
        until_when=entry.text("until_when", "true"),
    )
    entry.close()
    return definition


def _line(entry: Entry) -> SupplementLine:
    line = SupplementLine(entry.text("label"), entry.text("value"), entry.flag("identifies"))
    entry.close()
    return line


def _head(overview: Overview) -> tuple[SupplementLine, ...]:
    """Give who applies, for what, and the day on which the supplement is asked."""
    return (
        SupplementLine(_("Indiener"), f"{{{{ {overview.applicant} }}}}", identifies=True),
        SupplementLine(_("Onderwerp"), f"{{{{ {overview.subject} }}}}", identifies=True),
        SupplementLine(_("Gevraagd op"), "{{ paper_date }}"),
    )


def _intro() -> str:
    return _(
        "Dit formulier vraagt alleen wat in uw dossier ontbreekt of niet duidelijk is.\n"
        "Wat u niet invult, blijft open. Wat hier niet gevraagd wordt, verandert u met dit formulier niet."
    )
