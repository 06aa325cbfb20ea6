"""Put elsewhere what is written on stderr, by libraries and programs too."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def stderr_to(handle: int) -> Iterator[None]:
    """Let what runs meanwhile complain there, and not to people.

    Args:
        handle: of an open file.
    """
    kept = os.dup(2)
    os.dup2(handle, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextlib.contextmanager
def no_stderr() -> Iterator[None]:
    """Let what runs meanwhile complain to nobody."""
    with Path(os.devnull).open("wb") as nowhere, stderr_to(nowhere.fileno()):
        yield
