"""Processes as the system knows them: how a worker begins, what it uses, and how all that it started ends."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import tempfile
from pathlib import Path

from pipeline import language

_STATE, _SESSION = 0, 3
"""Where the state and the session of a process stand after its name in what the system says of it."""


def start_worker(groups: str, memory: int, locale: str) -> None:
    """Make this process the head of a session of its own, set its limits, and let it speak as its parent does."""
    import resource

    language.use(locale)
    with contextlib.suppress(PermissionError):
        os.setsid()
    own = Path(groups, str(os.getpid()))
    own.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def near_memory_limit() -> bool:
    """Say whether this process has been close to its memory limit: libraries report that in odd ways."""
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return False
    return _peak_address_space() > 0.9 * limit


def _peak_address_space() -> int:
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmPeak:"):
                return int(line.split()[1]) * 1024
    return 0


def end_groups(groups: Path, *, dead_only: bool) -> None:
    """Kill what workers started, once they are gone themselves: all that lives on in their sessions.

    With them goes what they kept on disk for a while.
    """
    folders = [folder for folder in groups.iterdir() if not (dead_only and _alive(int(folder.name)))]
    sessions = {folder.name for folder in folders}
    for process in _processes() if sessions else ():
        if _stat(process, _SESSION) in sessions:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _alive(process: int) -> bool:
    return _stat(process, _STATE) not in {"", "Z"}


def _stat(process: int, entry: int) -> str:
    """Give what the system says of a process; "" when there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[entry]
    except (OSError, IndexError):
        return ""


@functools.cache
def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0))
