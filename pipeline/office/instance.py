"""One LibreOffice of our own, driven over UNO by a child that speaks lines of JSON."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.language import _
from pipeline.office import driver
from pipeline.office.program import Programs, environment, write_profile

_MOST = 1_000_000
"""Bytes of an answer of the driver; a usual one has fifteen."""


class CannotStart(Exception):
    """LibreOffice does not start; no paper is to blame."""


class Failed(Exception):
    """A paper was not printed; the message is the reason, in Dutch."""


class Broken(Failed):
    """A paper was not printed, and the instance is gone with it."""


@dataclass(frozen=True, slots=True)
class Print:
    """What LibreOffice made of a Word file."""

    pdf: bytes
    pages: int
    """Pages that LibreOffice laid out."""


class Instance:
    """A LibreOffice with a profile, a folder and a process group of its own; it starts when it is made.

    Args:
        programs: what `program.find_all` gave.
        seconds: how long the start may take.

    Raises:
        CannotStart: it did not listen in time, or ended.
    """

    def __init__(self, programs: Programs, seconds: float) -> None:
        self.printed = 0
        """Papers that it was asked for."""
        self._folder = Path(tempfile.mkdtemp(prefix="wijkcontract-"))
        write_profile(self._folder / "profile")
        # Its group is its own, so that it can be stopped; its session is that of whoever started it, so that it is
        # found and stopped when that process dies.
        self._driver = subprocess.Popen(  # noqa: S603 - the programs were found on the PATH, the arguments are ours
            [programs.python, "-I", driver.__file__, programs.office, str(self._folder)],
            env={**environment(self._folder), "TMPDIR": str(self._folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        self._heard = b""
        try:
            answer = self._answer(seconds)
        except TimeoutError:
            answer = {"detail": _("het antwoordde niet binnen {seconds} seconden").format(seconds=round(seconds))}
        except BaseException:
            self.stop()
            raise
        if "ready" not in answer:
            self.stop()
            detail = answer.get("detail") or _("het stopte meteen")
            raise CannotStart(_("LibreOffice start niet: {detail}.").format(detail=detail))

    def print(self, document: bytes, options: dict[str, Any], seconds: float) -> Print:
        """Make a PDF of a Word file.

        Args:
            document: bytes of a docx.
            options: of the export filter of PDF.
            seconds: how long it may take; then the instance is stopped.

        Raises:
            Broken: it took too long, or LibreOffice died of it.
            Failed: LibreOffice cannot open or print it.
        """
        self.printed += 1
        file, pdf = self._folder / "paper.docx", self._folder / "paper.pdf"
        file.write_bytes(document)
        pdf.unlink(missing_ok=True)
        job = {"file": str(file), "pdf": str(pdf), "options": options}
        try:
            answer = self._ask(job, seconds)
        except TimeoutError:
            self.stop()
            raise Broken(
                _("LibreOffice deed er langer dan {seconds} seconden over.").format(seconds=round(seconds))
            ) from None
        if not answer:
            self.stop()
            raise Broken(_("LibreOffice bezweek aan dit document."))
        if answer.get("error") == "load":
            raise Failed(_("LibreOffice kan dit document niet openen."))
        if "pages" not in answer or not pdf.is_file():
            raise Failed(_("LibreOffice maakte van dit document geen pdf."))
        return Print(pdf.read_bytes(), int(answer["pages"]))

    def _ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        assert self._driver.stdin is not None  # noqa: S101 - it was started with pipes
        try:
            self._driver.stdin.write(json.dumps(job).encode() + b"\n")
            self._driver.stdin.flush()
        except BrokenPipeError:
            return {}
        return self._answer(seconds)

    def _answer(self, seconds: float) -> dict[str, Any]:
        """Wait for a line of the driver; an empty answer when there comes none any more.

        Raises:
            TimeoutError: none came in time.
        """
        assert self._driver.stdout is not None  # noqa: S101 - it was started with pipes
        handle = self._driver.stdout.fileno()
        until = time.monotonic() + seconds
        while b"\n" not in self._heard:
            readable, _writable, _odd = select.select([handle], [], [], max(0.0, until - time.monotonic()))
            if not readable:
                raise TimeoutError
            more = os.read(handle, 65536)
            if not more or len(self._heard) > _MOST:
                return {}
            self._heard += more
        line, self._heard = self._heard.split(b"\n", 1)
        try:
            answer = json.loads(line)
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}

    def kill(self) -> None:
        """End its processes at once; whoever waits for it clears up."""
        if self._driver.returncode is None:  # until it is waited for, its number is nobody else's
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._driver.pid, signal.SIGKILL)

    def stop(self) -> None:
        """End it at once, with all that it started, and clear up."""
        self.kill()
        for pipe in (self._driver.stdin, self._driver.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._driver.wait()
        driver.clear(self._folder)
