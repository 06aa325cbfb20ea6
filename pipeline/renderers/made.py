"""What comes of a paper: the Word file, or why it cannot be made; and its name."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace

from pipeline.dossier import Signatory
from pipeline.stated import Stated

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, ready to be written."""

    key: str
    title: str
    filename: str
    """Without ending; safe on every system, and no two papers of a dossier share one."""
    content: bytes
    """The Word file."""
    draft: bool
    reasons: tuple[str, ...] = ()
    """Why it is a draft; they also stand on its first page."""
    row: int | None = None
    """Number of the row it is for, when the dossier gets one for each row of a table."""
    signatories: tuple[Signatory, ...] = ()
    """Who signs it, once it is final."""
    dated: dt.date | None = None
    """The date that it bears."""
    stated: tuple[Stated, ...] = ()
    """What is printed in it and of what; only when asked."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A paper that should be final and cannot be made."""

    key: str
    title: str
    reason: str
    """What stops it, where, and what to do; in plain Dutch."""
    row: int | None = None


def file_name(text: str) -> str:
    """Make a name that every system takes: letters, digits, hyphens and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-")[:_LONGEST_NAME].rstrip("-").lower() or "document"


def with_own_name(paper: Paper, taken: set[str]) -> Paper:
    """Give a paper a name that no other has; it is added to those taken."""
    name, count = paper.filename, 1
    while name in taken:
        count += 1
        name = f"{paper.filename}-{count}"
    taken.add(name)
    return replace(paper, filename=name)
