"""What was changed, as it is told: each change with its place, what stood and what stands."""

from __future__ import annotations

from enum import StrEnum

from pipeline.compare.tracked import Tracked
from pipeline.language import _
from pipeline.records import record


class Kind(StrEnum):
    """What kind of change it is; the first four are words that a reader sees."""

    INSERTED = "inserted"
    DELETED = "deleted"
    REPLACED = "replaced"
    MOVED = "moved"
    NUMBERING = "numbering"
    OBJECT = "object"
    COMMENT = "comment"
    INVISIBLE = "invisible"
    FORMATTING = "formatting"
    LAYOUT = "layout"
    """Fonts, distances, borders, shading, the sheet: our own paper keeps those that it has."""


WORDS = frozenset({Kind.INSERTED, Kind.DELETED, Kind.REPLACED, Kind.MOVED})


@record
class Place:
    """Where a change stands; deletions where it stood."""

    heading: str = ""
    item: str = ""
    """The number before the paragraph itself: `(4)`, `2°`; empty for a heading or none."""
    part: str = ""
    """Empty for the body; else koptekst, voettekst, voetnoot, eindnoot, tekstvak."""
    number: int = 0
    """Of the note or text box."""
    table: int = 0
    row: int = 0
    row_name: str = ""
    column: int = 0
    column_name: str = ""

    def __str__(self) -> str:
        words = [self.heading, self.item]
        if self.part:
            name = {
                "koptekst": _("koptekst"),
                "voettekst": _("voettekst"),
                "voetnoot": _("voetnoot"),
                "eindnoot": _("eindnoot"),
                "tekstvak": _("tekstvak"),
            }[self.part]
            words.append(f"{name} {self.number}" if self.number else name)
        if self.table:
            words.append(_("tabel {table}").format(table=self.table))
        if self.row:
            words.append(_("rij {row}").format(row=self.row) + (f" «{self.row_name}»" if self.row_name else ""))
        if self.column_name:
            words.append(_("kolom «{name}»").format(name=self.column_name))
        elif self.column:
            words.append(_("kolom {column}").format(column=self.column))
        return ", ".join(word for word in words if word) or _("vóór het eerste artikel")


@record
class Value:
    """An amount, number or date that changed; empty where it is new or gone."""

    before: str
    after: str


@record
class Change:
    """One change."""

    kind: Kind
    place: Place
    before: str = ""
    after: str = ""
    note: str = ""
    """What else should be known of it."""
    context: str = ""
    """The words around it, as they stand now."""
    values: tuple[Value, ...] = ()
    at: int = 0
    """Where it comes in the order of reading."""


@record
class Comparison:
    """What a returned file changes in an issued paper."""

    issued_sha256: str
    returned_sha256: str
    changes: tuple[Change, ...]
    tracked: tuple[Tracked, ...] = ()
    """The changes that the returned file itself keeps track of; they count as accepted."""
    notes: tuple[str, ...] = ()
    """What should be known beside the changes."""
    saved_by: str = ""
    """Who saved the returned file last, and with what, as it says itself: that is no proof."""

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """Give the changes of these kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)
