"""The room under each mark where a signature comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dossier import Signatory
from pipeline.language import _
from pipeline.signing.marks import Box, Mark, Piece

WIDEST, HIGHEST = 200.0, 56.0
"""Points that a field takes at most."""
_NARROWEST, _LOWEST = 110.0, 28.0
"""Points that a field has at least, to show who signed and when."""
_GAP = 3.0
_MARGIN = 50.0
"""Points at the edges of a page that stay free."""
_THIN = 2.0
"""Points: what is thinner is a ruling."""


def places(
    signatories: Sequence[Signatory],
    marks: Mapping[str, Sequence[Mark]],
    pages: Sequence[Sequence[Piece]],
    sizes: Sequence[tuple[float, float]],
) -> tuple[dict[str, tuple[Mark, Box]], tuple[str, ...]]:
    """Give every field its place, and say which have none.

    Args:
        signatories: who sign.
        marks: where each label stands.
        pages: what is drawn on each page.
        sizes: width and height of each page.

    Returns:
        Name of the field → its mark and its box; and what is wrong, in plain Dutch.
    """
    faults: list[str] = []
    alone: dict[str, Mark] = {}
    for one in signatories:
        found = marks[one.label]
        if len(found) == 1:
            alone[one.field] = found[0]
            continue
        where = ", ".join(_("bladzijde {page}").format(page=mark.page + 1) for mark in found)
        faults.append(
            _("«{label}» staat op geen enkele bladzijde: in het sjabloon ontbreekt het merkteken {mark}.").format(
                label=one.label, mark=f"{{{{ handtekening.{one.key} }}}}"
            )
            if not found
            else _("«{label}» staat er meer dan één keer ({where}): niet te zeggen waar getekend wordt.").format(
                label=one.label, where=where
            )
        )
    given: dict[str, tuple[Mark, Box]] = {}
    for field, mark in alone.items():
        others = [other for other in alone.values() if other is not mark and other.page == mark.page]
        box = _room(mark, others, pages[mark.page], sizes[mark.page])
        if box[2] - box[0] < _NARROWEST or box[3] - box[1] < _LOWEST:
            label = next(one.label for one in signatories if one.field == field)
            text = _(
                "Onder «{label}» (bladzijde {page}) is te weinig plaats om te tekenen; laat er in het sjabloon wit."
            )
            faults.append(text.format(label=label, page=mark.page + 1))
        given[field] = (mark, box)
    return given, tuple(faults)


def _room(mark: Mark, others: Sequence[Mark], page: Sequence[Piece], size: tuple[float, float]) -> Box:
    """Give the free room right under a mark: down to what stands below, right to the next column."""
    left, top = mark.box[0], mark.box[1] - _GAP
    right = min(left + WIDEST, size[0] - _MARGIN)
    floor = top - HIGHEST
    for other in others:
        beside = other.box[0] > left + _GAP and other.box[1] > floor and other.box[1] - HIGHEST < top
        if beside:
            right = min(right, other.box[0] - 2 * _GAP)
    for piece in page:
        if _stops(piece) and piece.box[1] < top and piece.box[3] > floor and left + _GAP < piece.box[0] < right:
            tall = piece.box[3] - piece.box[1] > _THIN
            if tall and piece.box[0] > left + _NARROWEST:  # the next column, or the ruling before it
                right = piece.box[0] - 2 * _GAP
    bottom = max(floor, _MARGIN)
    for piece in page:
        below = piece.box[3] <= top + _GAP and piece.box[0] < right and piece.box[2] > left
        if _stops(piece) and below:
            bottom = max(bottom, piece.box[3] + _GAP)
    return (round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))


def _stops(piece: Piece) -> bool:
    """Say whether a signature may not lie over a piece: words and rulings, no background."""
    thin = min(piece.box[2] - piece.box[0], piece.box[3] - piece.box[1]) <= _THIN
    return bool(piece.text.strip()) or thin
