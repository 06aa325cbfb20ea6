"""What is said when the machine fails, and where what happened is kept."""

from __future__ import annotations

import errno
import os
import sys

from pipeline.commands.frame import PREFIX
from pipeline.language import _


def of_the_system(error: OSError) -> str:
    """Say what the system refused and what to do; empty for what it should not refuse."""
    path = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("de schijf is vol. Maak plaats en typ dezelfde opdracht opnieuw; wat af is blijft staan.")
    if error.errno == errno.EROFS:
        return _("«{path}» ligt op een schijf waarop niet geschreven mag worden. Kies een andere map.").format(
            path=path
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("«{path}»: dat mag u niet lezen of schrijven. Kijk de rechten na of kies een andere map.").format(
            path=path
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return _("«{path}» is geen map. Kies een andere map.").format(path=path)
    if error.errno == errno.ENAMETOOLONG:
        return _("«{path}» is een te lang pad. Kies een map met een kortere naam.").format(path=path)
    return ""


def log(error: Exception) -> str:
    """Keep what happened in a log; give the sentence that people see."""
    import datetime as dt
    import traceback
    from pathlib import Path

    place = os.environ.get(PREFIX + "LOG")
    try:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        log = Path(place) if place else Path(state) / "wijkcontract" / "wijkcontract.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as handle:
            handle.write(f"{dt.datetime.now(dt.UTC).isoformat()} {' '.join(sys.argv[1:])}\n")
            handle.write("".join(traceback.format_exception(error)) + "\n")
    except (OSError, RuntimeError):  # nowhere to write, or nobody's home
        return _("er ging iets onverwachts mis ({kind}: {error}).").format(kind=type(error).__name__, error=error)
    return _("er ging iets onverwachts mis ({kind}). Wat er gebeurde staat in {log}.").format(
        kind=type(error).__name__, log=log
    )
