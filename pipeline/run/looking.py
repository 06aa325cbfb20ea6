"""What an output folder holds, looked at without changing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from pipeline.errors import DefinitionError
from pipeline.language import current
from pipeline.library import Call
from pipeline.making import ToReread, reread
from pipeline.register import Entry, Register
from pipeline.renderers import Paper, Refusal
from pipeline.report import Line
from pipeline.written import DOSSIER, FINDINGS, read_dossier, read_findings, read_replaced


def lines(register: Register, output: Path, keys: Collection[str] = ()) -> tuple[Line, ...]:
    """Give the lines of the dossiers with these keys, or of all, each followed by what joined it."""
    entries = {entry.key: entry for entry in register.entries() if entry.fingerprint}
    order = {key: place for place, key in enumerate(entries)}
    chosen = sorted(
        (entry for entry in entries.values() if not keys or entry.key in keys),
        key=lambda entry: (order[entry.owner or entry.key], entry.owner != "", entry.key),
    )
    call = register.setting("call_name")
    found = []
    for entry in chosen:
        main = output / entries[entry.owner].folder / DOSSIER if entry.owner else None
        known = ToReread(entry.key, output / entry.folder, entry.folder, main)
        found.append(reread(call, "", current(), known, entry.registered))
    return tuple(found)


def render_again(
    call: Call, register: Register, output: Path, entry: Entry, paper: str, today: dt.date, *, record: bool = False
) -> tuple[Paper | Refusal, ...]:
    """Make one paper of a dossier from its data, with the date on which it was first made.

    With `record` what it states is taken down as well.

    Raises:
        DefinitionError: its template is wrong; with every fault in it, as `lint` tells them.
    """
    from pipeline.lint import spoiling_faults
    from pipeline.renderers import papers

    dossier = read_dossier(call, output / entry.folder / DOSSIER)
    findings = read_findings(output / entry.folder / FINDINGS)
    replaced = read_replaced(output / entry.folder / FINDINGS)
    owner = next((other for other in register.entries() if other.key == entry.owner), None)
    main = read_dossier(call, output / owner.folder / DOSSIER) if owner else None
    dates = register.paper_dates().get(entry.key, {})

    def render(made_on: dt.date) -> tuple[Paper | Refusal, ...]:
        return papers(
            call,
            dossier,
            findings=findings,
            replaced=replaced,
            today=today,
            made_on=made_on,
            main=main,
            only=(paper,),
            record=record,
        )

    try:
        results = render(dates.get((paper, True)) or dates.get((paper, False)) or today)
    except DefinitionError as wrong:
        raise DefinitionError(spoiling_faults(call, paper) or wrong.faults) from wrong
    final = any(isinstance(result, Paper) and not result.draft for result in results)
    return render(dates[paper, final]) if (paper, final) in dates else results
