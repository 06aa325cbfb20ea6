"""Where a value that a paper prints was read, told from what a run left."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import write
from pipeline.archive import decode_origin
from pipeline.dossier import standing
from pipeline.errors import UsageError
from pipeline.language import _
from pipeline.library import Call, nearest
from pipeline.ooxml.texts import all_text
from pipeline.register import Entry, Register
from pipeline.stated import Found, Origin, PaperStated, decode, origin, seek
from pipeline.written import DOSSIER, STATED, damaged, read_dossier, read_stated

Frozen = Mapping[str, Origin]
"""Of an issued paper: target → where it was read; empty where the dossier of today tells it."""


@dataclass(frozen=True, slots=True)
class InPaper:
    """What one paper states of a value."""

    file: str
    """Relative to the output folder."""
    found: Found
    origins: tuple[tuple[Origin, ...], ...]
    """Of each that was found."""
    changed: bool
    """The Word file was changed, or is gone, since it was made: this is about what was made."""


def where(call: Call, register: Register, output: Path, entry: Entry, paper: str, value: str) -> tuple[InPaper, ...]:
    """Find where a value that a paper prints was read.

    Args:
        call: the call.
        register: of the output folder.
        output: the folder.
        entry: the dossier.
        paper: key of the paper, or its file; of one made for each row of a table, all of them.
        value: as it stands in the paper, or a part of it; an amount or a day in any usual spelling.

    Raises:
        UsageError: the dossier has no such paper, or its data is gone or no longer what was written.
    """
    folder = output / entry.folder
    owner = next((other for other in register.entries() if other.key == entry.owner), None)
    _must_be_ours(register, output, [entry, *([owner] if owner else [])])
    papers = _named(_known(register, folder, entry), paper, entry)
    dossier = read_dossier(call, folder / DOSSIER)
    main = read_dossier(call, output / owner.folder / DOSSIER) if owner else None

    told = []
    for each, frozen_origins in papers:
        content = _content(folder / each.file)
        changed = write.sha256(content) != each.sha256
        found = seek(each.stated, value, "" if changed else all_text(content))
        origins = tuple(
            tuple(
                frozen_origins[target] if frozen_origins else origin(call, dossier, main, target)
                for target in stated.of
            )
            for stated in found.stated
        )
        told.append(InPaper(f"{entry.folder}/{each.file}", found, origins, changed))
    return tuple(told)


def _must_be_ours(register: Register, output: Path, entries: Sequence[Entry]) -> None:
    """See that the data which tells the places is, byte for byte, what a run left.

    Raises:
        UsageError: it is not.
    """
    made = register.made()
    for entry in entries:
        for name in (DOSSIER, STATED):
            path = output / entry.folder / name
            known = made.get(entry.key, {}).get(name)
            if known is None or write.sha256(_content(path)) != known.sha256:
                raise damaged(path)


def _known(register: Register, folder: Path, entry: Entry) -> list[tuple[PaperStated, Frozen]]:
    """Give what each paper states: those made last, and those issued with what was true when they were.

    Raises:
        UsageError: the data of an issued paper is gone or no longer what was written.
    """
    known: list[tuple[PaperStated, Frozen]] = [(each, {}) for each in read_stated(folder / STATED)]
    issued = register.issued().get(entry.key, ())
    in_force = {one.name for one in standing(issued).values()}
    for one in issued:
        if not one.stated_sha256:
            continue
        content = _content(folder / one.stated)
        if write.sha256(content) != one.stated_sha256:
            raise UsageError(
                _("«{file}» is weg of gewijzigd; zet het terug uit een reservekopie.").format(file=folder / one.stated)
            )
        data = json.loads(content)
        (paper,) = decode(data)
        key = paper.key if one.name in in_force else ""
        known.append((replace(paper, key=key), {name: decode_origin(each) for name, each in data["origins"].items()}))
    return known


def _named(papers: Sequence[tuple[PaperStated, Frozen]], name: str, entry: Entry) -> list[tuple[PaperStated, Frozen]]:
    """Give the papers that a person means: by key, those in force; or by file with any ending."""
    wanted = name.strip().casefold()
    file = re.sub(r"\.(?:docx|pdf)\Z", "", wanted.rpartition("/")[2])
    found = [each for each in papers if each[0].key.casefold() == wanted]
    found = found or [each for each in papers if Path(each[0].file).stem.casefold() == file]
    if found:
        return found
    keys = list(dict.fromkeys(each.key for each, _origins in papers if each.key))
    close = nearest(wanted, [*keys, *(each.file for each, _origins in papers)])
    message = _("{number} heeft geen document «{paper}»; wel: {keys}.").format(
        number=entry.key, paper=name, keys=", ".join(keys) or "–"
    )
    raise UsageError(message + (_(" Bedoelde u «{close}»?").format(close=close) if close else ""))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
