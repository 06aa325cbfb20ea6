"""A form field of a PDF, as it is given."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A form field where it stands on a page; one with several boxes is given once for each."""

    name: str
    """Its whole name; of one box of several with its value: `zone=ja`."""
    title: str
    kind: str
    """text, choice or checkbox."""
    text: str
    checked: bool | None
    page: int
    """From 1; 0 when it stands on no page."""
    box: tuple[float, float, float, float] | None
    """left, bottom, right, top, as the file has it."""
    drawn: str = ""
    """What its page shows in its place, where that is another text, or another state of a box, than it holds."""
    formatted: bool = False
    """A script of the file says how what it holds is shown: an amount with its sign, a date in words."""
