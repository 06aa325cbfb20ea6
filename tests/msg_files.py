"""Mails as Outlook saves them: an OLE file ([MS-CFB]) of properties ([MS-OXMSG]), written from those two texts.

Outlook's own files are laid out the same way; what a test needs of them is here and no more.
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field
from typing import Any

UNICODE, ANSI, BINARY, NUMBER, TRUTH, MOMENT = 0x001F, 0x001E, 0x0102, 0x0003, 0x000B, 0x0040
SUBJECT, BODY, HTML, HEADERS, RTF = 0x0037, 0x1000, 0x1013, 0x007D, 0x1009
DELIVERED, SENT, FLAGS, SENDER, CODEPAGE = 0x0E06, 0x0039, 0x0E07, 0x0C1F, 0x3FFD
METHOD, DATA, LONG_NAME, SHORT_NAME, MIME, CONTENT_ID, HIDDEN = 0x3705, 0x3701, 0x3707, 0x3704, 0x370E, 0x3712, 0x7FFE
CLASS, MESSAGE = 0x001A, 0x1035
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_SECTOR, _SMALL = 512, 64
_CUTOFF = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Properties = dict[tuple[int, int], Any]
"""Identifier and type → value."""
Tree = dict[str, Any]
"""Name → bytes of a stream, or another tree."""


@dataclass
class Attached:
    """A file attached, or a mail."""

    name: str = ""
    data: bytes | None = None
    inner: Outlook | None = None
    more: Properties = field(default_factory=dict)

    def tree(self) -> Tree:
        properties: Properties = {(METHOD, NUMBER): 5 if self.inner else 1}
        if self.name:
            properties[LONG_NAME, UNICODE] = self.name
        if self.data is not None:
            properties[DATA, BINARY] = self.data
        tree = _properties(properties | self.more, b"\0" * 8)
        return tree | ({"__substg1.0_3701000D": self.inner.tree(nested=True)} if self.inner else {})


@dataclass
class Outlook:
    """A mail as Outlook has it."""

    properties: Properties = field(default_factory=dict)
    attached: tuple[Attached, ...] = ()

    def tree(self, *, nested: bool = False) -> Tree:
        count = len(self.attached)
        header = struct.pack("<8xIIII", 0, count, 0, count) + (b"" if nested else b"\0" * 8)
        tree = _properties({(CLASS, UNICODE): "IPM.Note"} | self.properties, header)
        for number, attached in enumerate(self.attached):
            tree[f"__attach_version1.0_#{number:08X}"] = attached.tree()
        return tree

    def as_bytes(self) -> bytes:
        return ole(self.tree() | {"__nameid_version1.0": {"__substg1.0_00020102": b""}})


def outlook(*files: tuple[str, bytes], **changes: Any) -> Outlook:
    """Give a mail of the city, delivered in the mailbox of the administration."""
    properties: Properties = {
        (SUBJECT, UNICODE): "Voorstel klimaatwijk Muide",
        (BODY, UNICODE): "Beste,\r\n\r\nin bijlage ons voorstel.\r\n",
        (SENDER, UNICODE): "wijken@gent.example",
        (DELIVERED, MOMENT): dt.datetime(2022, 3, 30, 7, 15, 2, tzinfo=dt.UTC),
        (SENT, MOMENT): dt.datetime(2022, 3, 30, 7, 14, 40, tzinfo=dt.UTC),
    }
    return Outlook(properties | changes.get("properties", {}), tuple(Attached(*file) for file in files))


def _properties(properties: Properties, header: bytes) -> Tree:
    tree: Tree = {}
    entries = []
    for (identifier, kind), value in properties.items():
        if value is None:
            continue
        if kind in (UNICODE, ANSI, BINARY):
            content = value.encode("utf-16-le") if kind == UNICODE else value
            tree[f"__substg1.0_{identifier:04X}{kind:04X}"] = content
            packed = struct.pack("<II", len(content) + (2 if kind == UNICODE else 1 if kind == ANSI else 0), 0)
        elif kind == MOMENT:
            packed = struct.pack("<Q", int((value - _EPOCH).total_seconds()) * 10_000_000)
        else:
            packed = struct.pack("<II", value, 0)
        entries.append(struct.pack("<HHI", kind, identifier, 6) + packed)
    tree["__properties_version1.0"] = header + b"".join(entries)
    return tree


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    kids: list[int] = field(default_factory=list)
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    size: int = 0


def ole(tree: Tree) -> bytes:
    """Give an OLE file of streams and storages."""
    entries = [_Entry("Root Entry", 5)]
    _enter(entries, 0, tree)
    small = b""
    sectors: list[bytes] = []
    chain: list[int] = []
    small_chain: list[int] = []

    def keep(content: bytes) -> int:
        first = len(chain)
        pieces = [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
        sectors.extend(pieces)
        chain.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    for entry in entries[1:]:
        entry.size = len(entry.content)
        if entry.kind != 2 or not entry.content:
            continue
        if entry.size >= _CUTOFF:
            entry.start = keep(entry.content)
            continue
        entry.start = len(small_chain)
        pieces = -(-entry.size // _SMALL)
        small += entry.content.ljust(pieces * _SMALL, b"\0")
        small_chain.extend([*range(entry.start + 1, entry.start + pieces), _END])
    if small:
        entries[0].start, entries[0].size = keep(small), len(small)
    small_start = keep(struct.pack(f"<{len(small_chain)}I", *small_chain).ljust(_SECTOR, b"\xff")) if small else _END
    small_count = -(-len(small_chain) * 4 // _SECTOR)
    entries += [_Entry("", 0) for _ in range(-len(entries) % 4)]
    directory = keep(b"".join(_packed(entry) for entry in entries))
    tables = 1
    while tables * _SECTOR // 4 < len(chain) + tables:
        tables += 1
    assert tables <= 109  # more would need sectors of their own for where they stand
    first = len(chain)
    fat = chain + [_FAT] * tables
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    places = [*range(first, first + tables)] + [_FREE] * (109 - tables)
    header = struct.pack(
        "<8s16xHHHHH6x9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        directory,
        0,
        _CUTOFF,
        small_start,
        small_count,
        _END,
        0,
        *places,
    )
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _enter(entries: list[_Entry], parent: int, tree: Tree) -> None:
    kids = []
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        value = tree[name]
        number = len(entries)
        kids.append(number)
        entries.append(_Entry(name, 2, value) if isinstance(value, bytes) else _Entry(name, 1))
        if not isinstance(value, bytes):
            _enter(entries, number, value)
    entries[parent].child = _balance(entries, kids)


def _balance(entries: list[_Entry], kids: list[int]) -> int:
    if not kids:
        return _FREE
    middle = len(kids) // 2
    entries[kids[middle]].left = _balance(entries, kids[:middle])
    entries[kids[middle]].right = _balance(entries, kids[middle + 1 :])
    return kids[middle]


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ",
        name,
        len(name) + 2 if name else 0,
        entry.kind,
        1,
        entry.left,
        entry.right,
        entry.child,
        0,
        entry.start if entry.kind in (2, 5) else 0,
        entry.size,
    )
