"""Start LibreOffice: the program, a profile that trusts nothing, a process group that dies with its time."""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INSTALL = (
    "sudo apt-get install --no-install-recommends libreoffice-writer-nogui python3-uno"
    " fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea"
)
"""The line to type on Debian where LibreOffice is missing."""
INSTALL_UNO = "sudo apt-get install --no-install-recommends python3-uno"
"""The line to type on Debian where only what drives LibreOffice is missing."""

START_SECONDS = 90.0
MEMORY = 2 * 1024**3
"""Bytes of address space that it may use; a form of forty actions takes a quarter of this."""
_PROFILE = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Misc", "CrashReport", "false"),
    ("Common/Misc", "CollectUsageInformation", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "true"),
    ("Writer/AutoFunction/Completion", "Enable", "false"),
    ("Writer/AutoFunction/Completion", "CollectWords", "false"),
    ("Linguistic/SpellChecking", "IsSpellAuto", "false"),
    ("Recovery/AutoSave", "Enabled", "false"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
    ("Common/Undo", "Steps", "0"),
    ("Inet/Settings", "ooInetProxyType", "0"),
    ("Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)
"""Settings of every profile: macros off, nothing fetched, no questions."""


def available() -> str | None:
    """Give the version of LibreOffice, or None where there is none that starts."""
    program = find()
    return _version(program) if program else None


def start(
    program: str, place: Path, files: Sequence[Path], target: str, seconds: float, memory: int | None = None
) -> bool:
    """Convert files in one start, with a profile and a process group of its own.

    What it makes lies in `place / "out"`, under the names of the files. The exit code says nothing.

    Args:
        program: what `find` gave.
        place: an empty folder of this start alone.
        files: what to convert.
        target: extension, export filter and its options, as `--convert-to` wants them.
        seconds: when no further file comes for so long, it is stopped with all that it started.
        memory: bytes of address space that it may use.

    Returns:
        Whether it ended by itself.
    """
    out, profile = place / "out", place / "profile"
    out.mkdir()
    write_profile(profile)
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nologo",
        "--convert-to",
        target,
        "--outdir",
        str(out),
        *map(str, files),
    ]
    # Its group is its own, so that it can be stopped; its session is that of whoever started it, so that it is
    # found and stopped when that process dies.
    with subprocess.Popen(  # noqa: S603 - the program was found on the PATH, the arguments are ours
        command,
        env=environment(place),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as process:
        try:
            if memory is not None:
                _limit(process.pid, memory)
            return _wait(process, out, seconds)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _limit(process: int, memory: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        soft, hard = resource.prlimit(process, resource.RLIMIT_AS)
        lowest = min(limit for limit in (soft, hard, memory) if limit != resource.RLIM_INFINITY)
        resource.prlimit(process, resource.RLIMIT_AS, (lowest, hard))


def _wait(process: subprocess.Popen[bytes], out: Path, seconds: float) -> bool:
    seen = -1
    while (made := len(list(out.iterdir()))) > seen:
        seen = made
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
            return True
    return False


def environment(place: Path) -> dict[str, str]:
    """Give the environment of a start: no proxy, no home of a person, no screen."""
    kept = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    return {**kept, "HOME": str(place), "SAL_USE_VCLPLUGIN": "svp", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def write_profile(profile: Path) -> None:
    """Write the settings that LibreOffice reads at its first start with this profile."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _PROFILE
    ).replace("/org.openoffice.Office.Inet", "/org.openoffice.Inet")
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        encoding="utf-8",
    )


def find() -> str | None:
    """Give the program, or None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True, slots=True)
class Programs:
    """What a LibreOffice that is driven over UNO needs."""

    office: str
    python: str
    """A Python that has `uno`; ours never has it."""


def find_all() -> Programs | None:
    """Give both programs, or None where one is missing."""
    program, python = find(), find_python()
    if program is None or python is None:
        return None
    itself = Path(program).resolve().with_name("soffice.bin")  # without the script and the splash screen around it
    return Programs(str(itself) if itself.is_file() else program, python)


def find_python() -> str | None:
    """Give the first Python on the PATH that has `uno`: the one of the system, where python3-uno is installed."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = dict.fromkeys(shutil.which("python3", path=folder) for folder in folders if folder)
    return next((python for python in found if python and _has_uno(python)), None)


@functools.cache
def _has_uno(python: str) -> bool:
    command = [python, "-I", "-c", "import uno"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=START_SECONDS, check=False)  # noqa: S603 - fixed
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@functools.cache
def _version(program: str) -> str | None:
    with tempfile.TemporaryDirectory(prefix="wijkcontract-") as home:
        try:
            done = subprocess.run(  # noqa: S603 - the program was found on the PATH, the arguments are ours
                [program, f"-env:UserInstallation={Path(home).as_uri()}", "--version"],
                capture_output=True,
                text=True,
                timeout=START_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    words = done.stdout.split()
    return " ".join(words[:2]) if done.returncode == 0 and words else None
