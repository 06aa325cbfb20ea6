"""Drive one LibreOffice by UNO: runs under the Python of the system, which has `uno`, and speaks lines of JSON.

Started as `python3 -I driver.py PROGRAM FOLDER`; it imports nothing of ours. It says `{"ready": true}` once LibreOffice
listens, then answers each line on stdin (`{"file", "pdf", "options"}`, paths) with one on stdout: `{"pages": 6}`, or
`{"error": "load"}` with `"detail"`. When stdin ends, by whatever death of its parent, LibreOffice is killed and the
folder with its profile removed.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import platform
import queue
import resource
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_MEMORY = 4 * 1024**3
"""Bytes of address space of LibreOffice; a paper of forty actions takes a quarter of it."""
_AGAIN = 81
"""With this code LibreOffice ends when it has set up a new profile and wants another start."""
_NO_LINKS = 0
_NO_MACROS = 0

_NO_NEW_PRIVILEGES, _DIE_WITH_PARENT, _SECCOMP, _FILTER = 38, 1, 22, 2
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""What Linux calls the machine, and its number of the call `socket`."""
_RINGS = 425
"""Number of the call that would let a process open sockets without `socket`."""
_OTHER_NUMBERS = 0x40000000
"""From here x86 counts its calls once more."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def take_network() -> None:
    """Take the network from this process and all that it starts: of sockets only those between local processes open.

    Raises:
        OSError: this system has no way to do so.
    """
    if platform.machine() not in _MACHINES:
        raise OSError(f"no filter known for {platform.machine()}")
    machine, socket_call = _MACHINES[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    allow, deny = 0x7FFF0000, 0x00050000 | 13  # the call fails with EACCES
    lines = (
        (load, 0, 0, 4),
        (equal, 0, 7, machine),
        (load, 0, 0, 0),
        (at_least, 5, 0, _OTHER_NUMBERS),
        (equal, 4, 0, _RINGS),
        (equal, 0, 2, socket_call),
        (load, 0, 0, 16),
        (equal, 0, 1, 1),  # AF_UNIX
        (give, 0, 0, allow),
        (give, 0, 0, deny),
    )
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    kept = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(lines), ctypes.addressof(kept))
    system = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)):
        if system.prctl(*call):
            raise OSError(ctypes.get_errno(), "the network cannot be taken from a process here")


def die_with_parent() -> None:
    """Have this process killed when the one that started it ends; limit its memory, and let it leave no core."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    lowest = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sockets(folder: Path) -> Iterator[Path]:
    """Give the sockets that a LibreOffice with this folder leaves behind when it is killed."""
    profile = (folder / "profile").as_uri()
    digest = "".join(f"{byte:x}" for byte in hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest())
    for place in ("/tmp", "/var/tmp"):  # noqa: S108 - LibreOffice's own choice, whatever TMPDIR says
        for name in (folder.name, f"SingleOfficeIPC_{digest}"):
            yield Path(place, f"OSL_PIPE_{os.getuid()}_{name}")


def clear(folder: Path) -> None:
    """Remove what lies on disk of a LibreOffice that ended."""
    for left in sockets(folder):
        with contextlib.suppress(OSError):
            left.unlink()
    shutil.rmtree(folder, ignore_errors=True)


class Office:
    """One LibreOffice."""

    def __init__(self, program: str, folder: Path) -> None:
        self._command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={folder.name};urp;",
        ]
        self._pipe = folder.name
        """Others connect to no pipe of this person; two of ours never have one name."""
        self._running = self._start()
        self._desktop: Any = None

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the program was found on the PATH, the arguments are ours
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread runs yet when LibreOffice starts
        )

    def connect(self) -> None:
        """Wait until it listens.

        Raises:
            OSError: it ended instead.
        """
        import uno
        from com.sun.star.connection import NoConnectException

        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
        starts = 1
        while True:
            try:
                there = resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.02)
            code = self._running.poll()
            if code == _AGAIN and starts == 1:
                self._running = self._start()
                starts = 2
            elif code is not None:
                raise OSError(f"LibreOffice ended with code {code}")
        self._desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)

    def load(self, file: str) -> Any:
        """Open a Word file, with nothing of it run and nothing that it names looked up; None when it is none."""
        reading = {
            "Hidden": True,
            "ReadOnly": True,
            "MacroExecutionMode": _NO_MACROS,
            "UpdateDocMode": _NO_LINKS,
            "FilterName": "MS Word 2007 XML",
        }
        return self._desktop.loadComponentFromURL(_url(file), "_blank", 0, _properties(reading))

    def save_as_pdf(self, file: str, pdf: str, options: dict[str, Any]) -> dict[str, Any]:
        """Make a PDF of a Word file; the answer says how many pages it has, or why there is none."""
        import uno

        document = self.load(file)
        if document is None:
            return {"error": "load"}
        try:
            filter_data = uno.Any("[]com.sun.star.beans.PropertyValue", _properties(options))
            document.storeToURL(_url(pdf), _properties({"FilterName": "writer_pdf_Export", "FilterData": filter_data}))
            return {"pages": document.CurrentController.PageCount}
        finally:
            document.close(True)  # noqa: FBT003 - UNO knows no names of arguments

    def wait(self) -> None:
        """Wait until it has ended."""
        self._running.wait()

    def kill(self) -> None:
        """End it at once."""
        self._running.kill()
        self._running.wait()


def _url(path: str) -> str:
    return Path(path).as_uri()


def _properties(values: dict[str, Any]) -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def _listen(jobs: queue.SimpleQueue[dict[str, Any]], at_end: Callable[[], None]) -> None:
    for line in sys.stdin.buffer:
        jobs.put(json.loads(line))
    at_end()


def _say(**answer: Any) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def main() -> int:
    """Start LibreOffice and do what is asked, until stdin ends."""
    program, folder = sys.argv[1], Path(sys.argv[2])
    try:
        take_network()
        office = Office(program, folder)
    except OSError as refused:
        _say(error="start", detail=str(refused))
        return 1
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    left = threading.Event()

    def leave() -> None:
        left.set()
        office.kill()
        clear(folder)
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)  # with what LibreOffice itself may have started
        os._exit(0)

    def follow() -> None:
        office.wait()
        if not left.is_set():
            os._exit(1)  # whatever is asked of it would wait for ever

    threading.Thread(target=_listen, args=(jobs, leave), daemon=True).start()
    try:
        office.connect()
    except OSError as refused:
        _say(error="start", detail=str(refused))
        return 1
    threading.Thread(target=follow, daemon=True).start()
    _say(ready=True)
    while True:
        job = jobs.get()
        try:
            answer = office.save_as_pdf(job["file"], job["pdf"], job["options"])
        except Exception as wrong:  # noqa: BLE001 - of UNO anything may come; the parent decides
            answer = {"error": "print", "detail": f"{type(wrong).__name__}: {wrong}"}
        _say(**answer)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
