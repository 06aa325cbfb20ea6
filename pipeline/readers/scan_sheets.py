"""Tell a scan of a sheet on which two or four pages stand, which nobody reads page by page."""

from __future__ import annotations

from typing import Any

from pipeline.readers.pdf_pages import Page

_COARSE = 50.0
"""Dots per inch at which the white between the pages of a sheet is looked for."""
_POINTS = 72.0
_GUTTER = 3.0
"""Points on each side of the middle of a sheet that are white from rim to rim."""
_RIM = 0.06
"""Share of the sheet at either end where the edge of the paper may be seen."""
_DARK = 160
"""Of 255: what is darker is ink."""
_SPECKS = 0.002
"""Share of the dots of that white that may be ink."""


def holds_pages(read: Page, seen: Any) -> bool:
    """Tell whether a scanned page is a sheet of two or four pages.

    White parts it in the middle, and ruled tables lie on both sides of that: of pages beside each other where the sheet
    is wider than high, else of pages beside and above each other.

    Args:
        read: the page as it was read, upright.
        seen: the same of pypdfium2, as it lies in the file.
    """
    middle, half = read.frame.width / 2, read.frame.height / 2
    boxes = [room.box for grid in read.grids for room in grid.rooms]
    wide = read.frame.width > read.frame.height
    if any(left < middle < right or (not wide and top < half < bottom) for left, top, right, bottom in boxes):
        return False
    sides = {(right <= middle, wide or bottom <= half) for _left, _top, right, bottom in boxes}
    if len(sides) < (2 if wide else 4):
        return False
    lying = wide != (seen.get_width() > seen.get_height())
    pixels = seen.render(scale=_COARSE / _POINTS, grayscale=True, may_draw_forms=False).to_numpy()
    ink = (pixels[:, :, 0] if pixels.ndim == 3 else pixels) < _DARK
    across, down = _is_parted(ink), _is_parted(ink.T)
    return (down if lying else across) if wide else across and down


def _is_parted(ink: Any) -> bool:
    """Tell whether a picture is white on its middle, from its upper to its lower rim."""
    high, wide = ink.shape
    reach = max(1, round(_GUTTER * _COARSE / _POINTS))
    band = ink[round(_RIM * high) : round((1 - _RIM) * high), wide // 2 - reach : wide // 2 + reach]
    return bool(band.mean() <= _SPECKS)
