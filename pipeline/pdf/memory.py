"""Bytes with a path: pikepdf reads a file in less than half the time that it takes for a stream of Python."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def at_path(data: bytes) -> Iterator[Path]:
    """Give bytes a path as long as the block lasts; nothing is written on disk."""
    with os.fdopen(os.memfd_create("pdf"), "wb") as file:
        file.write(data)
        file.flush()
        yield Path(f"/proc/self/fd/{file.fileno()}")
