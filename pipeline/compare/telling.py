"""Tell what was changed, in plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from pipeline.compare.change import WORDS, Change, Comparison, Kind
from pipeline.compare.tracked import Tracked
from pipeline.language import _, plural
from pipeline.visible import visible

_LONGEST = 400
"""Letters of one quotation."""
_SECTIONS = (
    (WORDS, "words"),
    (frozenset({Kind.NUMBERING}), "numbering"),
    (frozenset({Kind.OBJECT}), "objects"),
    (frozenset({Kind.COMMENT}), "comments"),
    (frozenset({Kind.INVISIBLE}), "invisible"),
    (frozenset({Kind.FORMATTING}), "formatting"),
    (frozenset({Kind.LAYOUT}), "layout"),
)


def lines(comparison: Comparison, issued: str, returned: str) -> Iterator[str]:
    """Tell a comparison, line by line.

    Args:
        comparison: what was found.
        issued: how people know the issued paper.
        returned: how they know the returned file.
    """
    yield _("«{returned}» tegenover «{issued}», zoals uitgegeven:").format(returned=returned, issued=issued)
    yield from comparison.notes
    if comparison.saved_by:
        yield _("Laatst opgeslagen door {who}, zegt het bestand.").format(who=comparison.saved_by)
    yield from _tracked(comparison.tracked)
    if not comparison.changes:
        yield _("Niets gewijzigd: elk woord staat er zoals het uitgegeven is.")
        return
    yield summary(comparison)
    yield from _values(comparison.changes)
    for kinds, name in _SECTIONS:
        found = comparison.of(*kinds)
        if found:
            yield ""
            yield _title(name)
            yield from section(found)


def summary(comparison: Comparison) -> str:
    """Say how many changes there are, of each kind."""
    counts = {name: len(comparison.of(*kinds)) for kinds, name in _SECTIONS}
    said = (
        plural("{number} in de tekst", "{number} in de tekst", counts["words"]),
        plural("{number} in de nummering", "{number} in de nummering", counts["numbering"]),
        plural("{number} niet te vergelijken", "{number} niet te vergelijken", counts["objects"]),
        plural("{number} opmerking", "{number} opmerkingen", counts["comments"]),
        plural("{number} onzichtbaar", "{number} onzichtbaar", counts["invisible"]),
        plural("{number} alleen van opmaak", "{number} alleen van opmaak", counts["formatting"]),
        plural("{number} van bladzijde of alinea", "{number} van bladzijde of alinea", counts["layout"]),
    )
    parts = [words for words, number in zip(said, counts.values(), strict=True) if number]
    total = plural("{number} wijziging", "{number} wijzigingen", len(comparison.changes))
    return f"{total}: {', '.join(parts)}."


def _title(name: str) -> str:
    return {
        "words": _("TEKST"),
        "numbering": _("NUMMERING"),
        "objects": _("NIET TE VERGELIJKEN, ZELF TE BEKIJKEN"),
        "comments": _("OPMERKINGEN IN DE KANTLIJN"),
        "invisible": _("ONZICHTBAAR VOOR WIE LEEST"),
        "formatting": _("ALLEEN OPMAAK"),
        "layout": _("LETTERTYPE, AFSTANDEN, RANDEN EN BLAD (ons papier houdt zijn eigen)"),
    }[name]


def _tracked(tracked: Sequence[Tracked]) -> Iterator[str]:
    if not tracked:
        return
    yield plural(
        "Het bestand houdt zelf {number} wijziging bij; vergeleken is met wat er staat als die aanvaard is:",
        "Het bestand houdt zelf {number} wijzigingen bij; vergeleken is met wat er staat als die alle aanvaard zijn:",
        len(tracked),
    )
    kinds = {"inserted": _("toegevoegd"), "deleted": _("geschrapt"), "formatting": _("opmaak")}
    for one in tracked:
        by = ", ".join(filter(None, (one.author, one.date[:10]))) or _("onbekend door wie")
        yield f"  {kinds[one.kind]}: {_quoted(one.text)} ({by})"


def _values(changes: Sequence[Change]) -> Iterator[str]:
    told = [(change, value) for change in changes for value in change.values]
    if told:
        yield ""
        yield _("BEDRAGEN, GETALLEN EN DATA")
    for change, value in told:
        yield f"  {value.before or '–'} → {value.after or '–'}  ({change.place})"


def sentences(changes: Sequence[Change]) -> Iterator[str]:
    """Tell each change in one line, with its place."""
    for change in changes:
        if change.kind is Kind.NUMBERING:
            yield f"{change.place}: {change.before or '–'} → {change.after or '–'}"
        else:
            yield f"{change.place}: {next(_told(change)).strip()}"


def section(changes: Sequence[Change]) -> Iterator[str]:
    """Tell changes by their place, line by line."""
    for change in changes:
        if change.kind is Kind.NUMBERING:
            yield f"  {change.before or '–'} → {change.after or '–'}  ({change.place})"
    changes = [change for change in changes if change.kind is not Kind.NUMBERING]
    for place, group in groupby(changes, key=lambda change: str(change.place)):
        yield place
        for change in group:
            yield from _told(change)


def _told(change: Change) -> Iterator[str]:
    words = {
        Kind.INSERTED: _("toegevoegd"),
        Kind.DELETED: _("geschrapt"),
        Kind.REPLACED: _("vervangen"),
        Kind.MOVED: _("verplaatst"),
        Kind.OBJECT: _("gewijzigd"),
        Kind.COMMENT: _("opmerking"),
        Kind.INVISIBLE: _("onzichtbaar"),
        Kind.FORMATTING: change.note,
        Kind.LAYOUT: change.note,
    }
    name = words[change.kind]
    if change.kind is Kind.LAYOUT:
        yield f"  {name}: {_quoted(change.after)}" if change.after else f"  {name}"
        if change.context:
            yield f"    {change.context}"
        return
    if change.kind in (Kind.FORMATTING, Kind.MOVED):
        quoted = _quoted(change.after)
    elif change.before and change.after:
        quoted = f"{_quoted(change.before)} → {_quoted(change.after)}"
    elif change.before:
        quoted = _quoted(change.before)
        name = name if change.kind is Kind.DELETED else _("{what}, weg").format(what=name)
    else:
        quoted = _quoted(change.after)
        name = name if change.kind is Kind.INSERTED else _("{what}, nieuw").format(what=name)
    yield f"  {name}: {quoted}"
    if change.context and change.kind in WORDS:
        yield f"    {_('in')}: {change.context}"
    if change.note and change.kind is not Kind.FORMATTING:
        yield f"    {change.note}"


def _quoted(text: str) -> str:
    words = visible(text).replace("\n", " ¶ ")
    return f"«{words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}»"


def encode(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as JSON."""
    return {
        "issued_sha256": comparison.issued_sha256,
        "returned_sha256": comparison.returned_sha256,
        "counts": {kind.value: len(comparison.of(kind)) for kind in Kind},
        "changes": [encode_change(change) for change in comparison.changes],
        "tracked": [
            {"kind": one.kind, "text": one.text, "author": one.author, "date": one.date} for one in comparison.tracked
        ],
        "notes": list(comparison.notes),
        "saved_by": comparison.saved_by,
    }


def encode_change(change: Change) -> dict[str, Any]:
    """Give a change as JSON."""
    place = change.place
    return {
        "kind": change.kind.value,
        "where": str(place),
        "heading": place.heading,
        "item": place.item,
        "part": place.part,
        "table": place.table or None,
        "row": place.row or None,
        "column": place.column or None,
        "before": change.before,
        "after": change.after,
        "note": change.note,
        "context": change.context,
        "values": [{"before": value.before, "after": value.after} for value in change.values],
    }
