"""One batch from inbox to papers and report: the story, and the only place that knows all stages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline import inbox as boxes
from pipeline.errors import UsageError
from pipeline.kept import forget
from pipeline.language import _
from pipeline.run.desk import KEPT, UNREADABLE, Desk, Progress, Settings, Trouble, open_desk, reading
from pipeline.run.edited import Edited, issued_paper, issued_word, refuse_another
from pipeline.run.issuing import NotIssued, Wish, issue
from pipeline.run.looking import lines, render_again
from pipeline.run.originals import mend
from pipeline.run.origins import InPaper, where
from pipeline.run.printing import print_papers
from pipeline.run.processing import process
from pipeline.run.receiving import receive
from pipeline.run.remarks import damage, damaged
from pipeline.run.telling import MANIFEST, PAGE, SHEET, Result, remember, tell
from pipeline.write import discard

__all__ = [
    "MANIFEST",
    "PAGE",
    "SHEET",
    "UNREADABLE",
    "Desk",
    "Edited",
    "InPaper",
    "NotIssued",
    "Progress",
    "Result",
    "Settings",
    "Wish",
    "damage",
    "damaged",
    "issue",
    "issued_paper",
    "issued_word",
    "lines",
    "open_desk",
    "reading",
    "refuse_another",
    "render_again",
    "renew",
    "run",
    "where",
]


def run(inbox: Path, output: Path, call: str, settings: Settings) -> Result:
    """Work through an inbox: again, only what changed.

    Args:
        inbox: folder with loose files, folders with a form and its attachments, and `ontvangst.csv`.
        output: folder of the dossiers, the register and the report.
        call: key or folder of the call; empty: the one that the output folder knows, or the only one.
        settings: the day, the processes, the limits.

    Raises:
        UsageError: the inbox is not there, or another run is at work in the output folder.
        DefinitionError: the definitions of the call are faulty.
    """
    _must_lie_apart(inbox, output)
    with open_desk(output, call, settings) as place:
        at = replace(place, inbox=inbox.resolve().name)
        progress = settings.progress
        box = boxes.look(inbox, lambda done, total: progress(_("inbox bekijken"), done, total))
        remember(at, box)
        trouble = Trouble()
        readings = receive(at, box, trouble)
        made = process(at, readings, trouble)
        print_papers(at, trouble)
        result = tell(at, made, trouble)
        _clear(at)
        return result


def _must_lie_apart(inbox: Path, output: Path) -> None:
    """Keep a run from taking in what it made itself.

    Raises:
        UsageError: the inbox is no folder, or the output folder lies in it.
    """
    boxes.must_be_folder(inbox)
    if output.resolve().is_relative_to(inbox.resolve()):
        raise UsageError(
            _(
                "De uitvoermap «{output}» ligt in de inbox «{inbox}»; dan zou verwerkt worden wat het programma zelf "
                "maakt. Kies met -o een map ernaast."
            ).format(output=output, inbox=inbox)
        )


def renew(at: Desk) -> Result:
    """Make again what an act of an official changed; the inbox is not looked at.

    Args:
        at: the desk of the output folder, at which the act was recorded.
    """
    trouble = Trouble()
    mend(at)
    made = process(at, {}, trouble)
    print_papers(at, trouble)
    result = tell(at, made, trouble)
    _clear(at)
    return result


def _clear(at: Desk) -> None:
    """Remove work in progress, and what was recognised on what lies in no dossier and not in `onleesbaar`."""
    discard(at.staging)
    contents = {entry.content for entry in at.register.entries()} | set(at.register.refused())
    contents |= {copy.sha256 for copies in at.register.copies().values() for copy in copies}
    forget(at.output / KEPT, {at.kept(content).name for content in contents})
