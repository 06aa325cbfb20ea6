"""Where a value that a paper prints was read, told from what a run left."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import write
from pipeline.errors import UsageError
from pipeline.language import _
from pipeline.library import Call, nearest
from pipeline.making import DOSSIER, STATED, damaged, read_dossier, read_stated
from pipeline.register import Entry, Register
from pipeline.stated import Found, Origin, PaperStated, Stated, origin, seek

_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


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
    papers = _named(read_stated(folder / STATED), paper, entry)
    dossier = read_dossier(call, folder / DOSSIER)
    main = read_dossier(call, output / owner.folder / DOSSIER) if owner else None

    def origins(stated: Stated) -> tuple[Origin, ...]:
        return tuple(origin(call, dossier, main, target) for target in stated.of)

    told = []
    for each in papers:
        content = _content(folder / each.file)
        changed = write.sha256(content) != each.sha256
        found = seek(each.stated, value, "" if changed else _text(content))
        told.append(InPaper(f"{entry.folder}/{each.file}", found, tuple(map(origins, found.stated)), changed))
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


def _named(papers: Sequence[PaperStated], name: str, entry: Entry) -> tuple[PaperStated, ...]:
    """Give the papers that a person means: by key, or by file with any ending."""
    wanted = name.strip().casefold()
    file = re.sub(r"\.(?:docx|pdf)\Z", "", wanted.rpartition("/")[2])
    found = tuple(each for each in papers if each.key.casefold() == wanted)
    found = found or tuple(each for each in papers if each.file.removesuffix(".docx").casefold() == file)
    if found:
        return found
    keys = list(dict.fromkeys(each.key for each in papers))
    close = nearest(wanted, [*keys, *(each.file for each in papers)])
    message = _("{number} heeft geen document «{paper}»; wel: {keys}.").format(
        number=entry.key, paper=name, keys=", ".join(keys) or "–"
    )
    raise UsageError(message + (_(" Bedoelde u «{close}»?").format(close=close) if close else ""))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _text(docx: bytes) -> str:
    """Give all text of a Word file that we made, a line for each paragraph."""
    from lxml import etree

    from pipeline.ooxml.names import W

    lines = []
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            if _PRINTED.fullmatch(name):
                root = etree.fromstring(package.read(name), etree.XMLParser(huge_tree=True, resolve_entities=False))
                for paragraph in root.iter(f"{W}p"):
                    texts = paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
                    lines.append("".join(each.text or "" if each.tag == f"{W}t" else " " for each in texts))
    return "\n".join(lines)
