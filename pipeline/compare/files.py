"""Compare two files: what kind they are, whether they are versions of one paper, what was changed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline import office
from pipeline.compare.change import Comparison
from pipeline.compare.comparing import StoryPair, changes, kept_share, lay_all
from pipeline.compare.reading import read_version
from pipeline.compare.version import Line, Version
from pipeline.errors import ExitCode, Unreadable, UsageError, WijkcontractError
from pipeline.language import _
from pipeline.odf.package import FLAT
from pipeline.readers.converted import EXTENSIONS
from pipeline.readers.gate import DOCX, PDF, identify
from pipeline.readers.reasons import explain, name_kind

_NUMBER = re.compile(r"\b[A-Z]{2,}-\d{4}-\d{3,}\b")
"""The number of a dossier, as most calls write it."""
_LEAST = 0.25
"""With less in common than this two files are not versions of one paper."""
_OTHER_TITLE = 0.6
"""The same, when their titles differ."""


class NotComparable(WijkcontractError):
    """A file is of a kind that cannot be compared, or cannot be read; the message says what to do."""

    exit_code = ExitCode.UNREADABLE


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a paper beside each other."""

    old: Version
    new: Version
    plan: list[StoryPair]
    comparison: Comparison


def compare(issued: bytes, returned: bytes, name: str = "", number: str = "") -> Compared:
    """Compare a returned file with the paper that was issued.

    Args:
        issued: the Word file that the paper was issued from.
        returned: the file as it came back: docx, or odt, doc or rtf, which LibreOffice then makes a docx of.
        name: how people know the returned file, for messages.
        number: of the dossier, where it is known; else what looks like one is taken for it.

    Raises:
        NotComparable: one of them cannot be read, or is no text that can be edited.
        UsageError: it is another paper, or of another dossier.
    """
    old, _notes = _open(issued, _("het uitgegeven document"))
    new, notes = _open(returned, name or _("het teruggekregen bestand"))
    plan = lay_all(old, new)
    _refuse_other(old, new, plan, name, _shape(number))
    found = changes(old, new, plan)
    if _fonts(new) and not _fonts(old):
        notes = (
            *notes,
            _("Het bestand brengt eigen lettertypes mee: een cijfer kan er anders uitzien dan het hier staat."),
        )
    before, after = (hashlib.sha256(data).hexdigest() for data in (issued, returned))
    return Compared(old, new, plan, Comparison(before, after, found, tuple(new.tracked), notes, new.saved_by))


def _fonts(version: Version) -> bool:
    """Tell whether a file brings fonts of its own, in which any letter can be drawn as another."""
    return any(name.lower().endswith((".odttf", ".ttf", ".otf")) for name in version.package.names)


def _open(data: bytes, name: str) -> tuple[Version, tuple[str, ...]]:
    try:
        kind = identify(data)
        if kind.media_type == DOCX and kind.package is not None:
            return read_version(kind.package, kind.main), ()
        if kind.media_type == PDF:
            raise NotComparable(
                _(
                    "«{name}» is een pdf: daarin is niet woord voor woord te zien wat gewijzigd is. Vraag het "
                    "Word-bestand waarin gewerkt werd; is het een ondertekende pdf, controleer die dan met verify."
                ).format(name=name)
            )
        extension = EXTENSIONS.get(kind.media_type, "")
        if kind.odf is not None:
            extension = "fodt" if kind.media_type == FLAT else "odt"
        if not extension:
            what = name_kind(kind.media_type) or _("geen tekstdocument")
            raise NotComparable(_("«{name}» is {what}. Vraag het Word-bestand.").format(name=name, what=what))
        made = identify(office.to_docx(data, extension))
        if made.package is None:
            raise NotComparable(_("«{name}» is niet om te zetten naar Word.").format(name=name))
        note = _("«{name}» is geen docx: LibreOffice zette het om. De woorden zijn vergeleken, de opmaak niet.").format(
            name=name
        )
        return read_version(made.package, made.main, converted=True), (note,)
    except Unreadable as error:
        what = explain(error.reason, error.detail)[0]
        raise NotComparable(
            _("«{name}» is niet te vergelijken: {what} Vraag het bestand opnieuw, als gewone .docx.").format(
                name=name, what=what
            )
        ) from error


def closest(returned: bytes, papers: Mapping[str, bytes]) -> str:
    """Give the name of the paper with which a returned file has most in common; of several the first.

    Args:
        returned: the file as it came back.
        papers: Word files that were issued, by name.

    Raises:
        NotComparable: one of them cannot be read.
    """
    new, _notes = _open(returned, _("het teruggekregen bestand"))
    shares = {name: kept_share(lay_all(_open(data, name)[0], new)) for name, data in papers.items()}
    return max(shares, key=lambda name: shares[name])


def _shape(number: str) -> re.Pattern[str]:
    """Give how numbers of dossiers look: as this one, its digits any digits."""
    if not number:
        return _NUMBER
    return re.compile(rf"(?<!\w){re.sub('[0-9]', '[0-9]', re.escape(number))}(?!\w)")


def _refuse_other(old: Version, new: Version, plan: list[StoryPair], name: str, shape: re.Pattern[str]) -> None:
    """Refuse a file that is no version of the paper.

    Raises:
        UsageError: it bears the number of another dossier, or has too little in common with the paper.
    """
    name = name or _("het teruggekregen bestand")
    ours, theirs = _numbers(old, shape), _numbers(new, shape)
    if ours and theirs and not set(ours) & set(theirs):
        raise UsageError(
            _(
                "«{name}» is van dossier {theirs}, het uitgegeven document van {ours}. Kijk na welk bestand u gaf."
            ).format(
                name=name,
                theirs=max(theirs, key=lambda each: theirs[each]),
                ours=max(ours, key=lambda each: ours[each]),
            )
        )
    share = kept_share(plan)
    titles = _title(old), _title(new)
    if share < (_LEAST if titles[0] == titles[1] else _OTHER_TITLE):
        raise UsageError(
            _(
                "«{name}» is geen bewerking van het uitgegeven document: {share} percent van de woorden staat in "
                "beide. Uitgegeven is «{ours}», dit is «{theirs}». Kijk na welk bestand u gaf."
            ).format(name=name, share=round(share * 100), ours=titles[0], theirs=titles[1])
        )


def _numbers(version: Version, shape: re.Pattern[str]) -> Counter[str]:
    return Counter(
        found.group() for story in version.stories for block in story.blocks for found in shape.finditer(block.text)
    )


def _title(version: Version) -> str:
    """Give the first heading of a version, or its first line."""
    lines = [block for block in version.stories[0].blocks if isinstance(block, Line)]
    first = next((line for line in lines if line.level), lines[0] if lines else None)
    return "" if first is None else " ".join(first.text.split())[:80]
