"""Say what changed in what surrounds words; the same change in many places is told once, with these places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.compare.change import Change, Kind, Place
from pipeline.compare.dress import borders_of, cell_fill, rows_beside
from pipeline.compare.looks import Looks
from pipeline.compare.plan import Pair
from pipeline.compare.version import Dress, Grid, Line, Sheet, Version
from pipeline.language import _

_NEAR = 20
"""Twentieths of a point, a third of a millimetre: programs that count in another unit round so much."""
_NEAR_LINES = 6
"""Of 240 to a line."""
_APART = 3
"""The same change in more places than this is told once."""
_PLACES = 6
"""Places that are named of it."""


def line_words(old: Line, new: Line, usual: str) -> str:
    """Say what changed in what surrounds a paragraph, and in its fonts; empty when nothing did.

    Args:
        old: the paragraph as issued.
        new: as it came back.
        usual: the font of the returned file where nothing says another: a program writes it down where we name none.
    """
    return "; ".join([*_fonts(old, new, usual), *_dress(old.dress, new.dress), *_page(old, new)])


def _fonts(old: Line, new: Line, usual: str) -> Iterator[str]:
    """Give the fonts that came in a paragraph; a file that names none has the one that its reader chooses."""
    was, now = _named(old), _named(new)
    came = {key: font for key, font in now.items() if key not in was}
    if "" in was:
        came.pop(usual.casefold(), None)
    if was and came:
        gone = (font for key, font in was.items() if key not in now)
        yield _("lettertype {old} wordt {new}").format(old=_listed(gone), new=_listed(came.values()))


def _page(old: Line, new: Line) -> Iterator[str]:
    if new.begins_page and not old.begins_page:
        yield _("begint op een nieuwe bladzijde")
    if old.begins_page and not new.begins_page:
        yield _("begint niet meer op een nieuwe bladzijde")


def _named(line: Line) -> dict[str, str]:
    """Give the fonts of a paragraph, by their names in small letters."""
    return {look.font.casefold(): look.font for token in line.tokens for look in token.looks}


def _listed(fonts: Iterable[str]) -> str:
    return ", ".join(sorted(filter(None, fonts))) or _("niet genoemd")


def _dress(old: Dress, new: Dress) -> Iterator[str]:
    if old.rule != new.rule or abs(old.line - new.line) > (_NEAR_LINES if new.rule == "auto" else _NEAR):
        yield _("regelafstand {old} wordt {new}").format(old=_distance(old), new=_distance(new))
    for was, now, words in (
        (old.before, new.before, _("witruimte erboven {old} wordt {new}")),
        (old.after, new.after, _("witruimte eronder {old} wordt {new}")),
        (old.left, new.left, _("inspringing links {old} wordt {new}")),
        (old.right, new.right, _("inspringing rechts {old} wordt {new}")),
    ):
        if abs(was - now) > _NEAR:
            yield words.format(old=_centimetres(was), new=_centimetres(now))
    if old.bordered != new.bordered:
        yield _("andere randen")
    if old.ground != new.ground:
        yield _("andere achtergrond")


def table_words(pair: Pair[Line] | Pair[Grid], before: Looks, after: Looks) -> str:
    """Say what changed in the lines and colours of a table that kept its rows and columns."""
    old, new = pair.old, pair.new
    if not isinstance(old, Grid) or not isinstance(new, Grid) or not rows_beside(pair.rows):
        return ""
    told = []
    lines = borders_of(old, before), borders_of(new, after)
    if None not in lines and lines[0] != lines[1]:
        told.append(_("andere randen"))
    fills = ([cell_fill(cell.element) for row in grid.rows for cell in row.cells] for grid in (old, new))
    if next(fills) != next(fills):
        told.append(_("andere achtergrond"))
    return "; ".join(told)


def sheet_changes(old: Version, new: Version) -> Iterator[Change]:
    """Give what changed in the sheets: their size, margins and columns."""
    if len(old.sheets) != len(new.sheets):
        note = _("aantal soorten bladen {old} wordt {new}").format(old=len(old.sheets), new=len(new.sheets))
        yield Change(Kind.LAYOUT, Place(_("het hele document")), note=note)
        return
    for number, (was, now) in enumerate(zip(old.sheets, new.sheets, strict=True), start=1):
        told = "; ".join(_sheet(was, now))
        if told:
            where = _("soort blad {number}").format(number=number) if len(new.sheets) > 1 else _("het hele document")
            yield Change(Kind.LAYOUT, Place(where), note=told)


def _sheet(old: Sheet, new: Sheet) -> Iterator[str]:
    if max(abs(old.width - new.width), abs(old.height - new.height)) > _NEAR:
        yield _("bladformaat {old} wordt {new}").format(old=_size(old), new=_size(new))
    if old.margins and not new.margins:
        yield _("marges niet meer bepaald")
    names = (_("boven"), _("links"), _("onder"), _("rechts"))
    for name, was, now in zip(names, old.margins, new.margins, strict=False):
        if abs(was - now) > _NEAR:
            yield _("marge {side} {old} wordt {new}").format(side=name, old=_centimetres(was), new=_centimetres(now))
    if old.columns != new.columns:
        yield _("kolommen {old} wordt {new}").format(old=old.columns, new=new.columns)


def told_once(changes: Sequence[Change]) -> list[Change]:
    """Tell once what changed alike in many places, where it is first, with the others named."""
    alike: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is Kind.LAYOUT:
            alike.setdefault(change.note, []).append(change)
    told = []
    for change in changes:
        same = alike.get(change.note, []) if change.kind is Kind.LAYOUT else []
        if len(same) <= _APART:
            told.append(change)
        elif change is same[0]:
            others = list(dict.fromkeys(str(each.place) for each in same[1:] if each.place != change.place))
            named = "; ".join(others[:_PLACES]) + ("; …" if len(others) > _PLACES else "")
            context = _("en op nog {number} plaatsen").format(number=len(same) - 1)
            told.append(replace(change, context=f"{context}: {named}" if named else context))
    return told


def _distance(dress: Dress) -> str:
    if dress.rule == "auto":
        return f"{dress.line / 240:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    points = f"{dress.line / 20:g}".replace(".", ",")
    return _("precies {points} punt").format(points=points) if dress.rule == "exact" else f"≥ {points}"


def _size(sheet: Sheet) -> str:
    return f"{_centimetres(sheet.width)} × {_centimetres(sheet.height)}"


def _centimetres(twentieths: int) -> str:
    return f"{twentieths / 567:.1f} cm".replace(".", ",")
