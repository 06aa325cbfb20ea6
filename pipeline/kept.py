"""What tesseract said of the pictures in a submission, kept in a file: read again, it needs no recognition."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from contextvars import ContextVar
from pathlib import Path

_LARGEST = 20_000_000
"""Bytes of a file of what was said: that of 500 pages. A larger one is neither written nor read."""


_OURS = re.compile(r"[0-9a-f]{64}\.json|\.[0-9a-f]{64}\.json\.\d+\.tmp")
"""Names of the files of submissions, whole and half written."""


class Said:
    """What was said of pictures, by the key of each.

    Args:
        before: what was kept when they were read before.
    """

    def __init__(self, before: dict[str, str]) -> None:
        self._before = before
        self.now: dict[str, str] = {}
        """What was said of the pictures that are there now."""

    @property
    def is_news(self) -> bool:
        """Whether something was said that was not kept."""
        return any(self._before.get(key) != table for key, table in self.now.items())

    def of(self, key: str) -> str | None:
        """Give what was said of a picture; None when that is not known."""
        return self.now.get(key, self._before.get(key))

    def keep(self, key: str, table: str) -> None:
        """Keep what was said of a picture."""
        self.now[key] = table


_said: ContextVar[Said | None] = ContextVar("said", default=None)


def said() -> Said | None:
    """Give where what is said is kept; None where nothing is."""
    return _said.get()


@contextlib.contextmanager
def kept_in(path: Path | None) -> Iterator[None]:
    """Keep what is said meanwhile in a file, and take from it what was said before.

    Nothing depends on it: one that is gone, damaged or of somebody else is as none, and where it cannot be written,
    the pictures are recognised again the next time.

    Args:
        path: the file, written whole or not at all; None keeps nothing.
    """
    if path is None:
        yield
        return
    current = Said(_load(path))
    token = _said.set(current)
    try:
        yield
    finally:
        _said.reset(token)
        if current.is_news:
            with contextlib.suppress(OSError):
                _save(path, current.now)


def forget(folder: Path, names: Collection[str]) -> None:
    """Remove what is kept of other submissions than these, and what a process left that was ended while writing.

    Args:
        folder: holds the files; goes when it is empty.
        names: of the files that stay.
    """
    with contextlib.suppress(OSError):  # there is none, or somebody keeps something of his own there
        for path in folder.iterdir():
            if path.name not in names and _OURS.fullmatch(path.name):
                path.unlink(missing_ok=True)
        folder.rmdir()


def _load(path: Path) -> dict[str, str]:
    """Read a file; nothing when it is not, to the bit, what was written."""
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        proof, _line, body = path.read_bytes().partition(b"\n")
        if proof != _proof(body):
            return {}
        tables = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(tables, dict) or not all(isinstance(table, str) for table in tables.values()):
        return {}
    return tables


def _save(path: Path, tables: dict[str, str]) -> None:
    body = json.dumps(tables, ensure_ascii=False, sort_keys=True, indent=0).encode()
    content = _proof(body) + b"\n" + body
    if len(content) > _LARGEST:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _proof(body: bytes) -> bytes:
    """Give what tells a damaged file: a changed bit might make another amount of one."""
    return hashlib.sha256(body).hexdigest().encode()
