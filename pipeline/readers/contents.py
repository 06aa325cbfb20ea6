"""What lies in a bundle: the files, and what the bundle itself says."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dossier import Receipt, Role
from pipeline.errors import Unreadable

LARGEST = 300_000_000
"""Bytes that a bundle may hold, all that is in it opened."""
MOST = 2_000
"""Files that a bundle may hold, all that is in it opened."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail says of itself."""

    receipt: Receipt
    """When the receiving server took it in; without a moment when the mail does not prove one."""
    subject: str = ""
    notes: tuple[str, ...] = ()
    """What people should know of its moment of receipt."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file that lies in a bundle."""

    name: str
    """Inside the bundle, with forward slashes."""
    data: bytes
    role: Role = Role.ATTACHMENT
    fault: Unreadable | None = None
    """What opening the bundle showed to be wrong with this file."""
    contents: Contents | None = None
    """Of a mail inside an Outlook file, which has no bytes of its own."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies directly in a bundle."""

    media_type: str
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    """What was left alone, and why."""
    envelope: Envelope | None = None
    """Of a mail."""
