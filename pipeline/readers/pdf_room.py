"""Tell by the room that was left on a line of a PDF whether it was wrapped, and where it could have been broken."""

from __future__ import annotations

from pipeline.readers.pdf_lines import Line

SLACK = 1.0
"""Points by which the measured width of a line of several words may be off."""
_SLACK_OF_SCAN = 2.5
"""The same where words and rulings were measured in a picture."""
_EXACT = 0.25
"""Points by which the measured width of a single word may be off."""
_DRIFT = 0.04
"""Points more for each word on the line."""
_WIDER = 1.4
"""A letter may be so much wider than those of its word on average, which is all that a scan tells."""
_KEPT = (" *", " :", " ;", " !", " ?")
"""Marks that keep to the word before them, whatever space is printed: that of a question that must be answered, and
those before which no line breaks (Unicode UAX #14, LB13: not even after a space)."""


def room_left(before: Line, after: Line, left: float, right: float) -> float:
    """Give the width that was still free on a line, however the text is aligned."""
    if abs(before.left - after.left) < SLACK or before.left - left < SLACK:
        return right - before.right
    if abs(before.right - after.right) < SLACK or abs(before.left + before.right - after.left - after.right) < SLACK:
        return right - before.right + before.left - left
    return right - before.right


def fits(before: Line, after: Line, left: float, right: float, *, breaks_at_marks: bool = True) -> bool:
    """Tell whether the next line's first word would have fitted on the line, so that it was not wrapped."""
    needed = after.first_piece if breaks_at_marks and not before.space else after.first_word
    if after.words == 2 and after.text.endswith(_KEPT):
        needed = after.right - after.left
    return before.end.space + needed + slack_of(before) < room_left(before, after, left, right)


def slack_of(line: Line) -> float:
    """Give by how many points the measured width of a line may be off."""
    return _SLACK_OF_SCAN if line.scanned else SLACK


def is_full(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether not even one more character fitted on the line."""
    wide = after.starts_with * (_WIDER if before.scanned else 1.0)
    return room_left(before, after, left, right) < wide + SLACK


def hides_space(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether a space would not have fitted on the line, so that none can be seen."""
    off = min(SLACK, _EXACT + _DRIFT * before.words)
    return room_left(before, after, left, right) < before.end.space + off


def may_break_inside(before: Line, after: Line, left: float, right: float, *, splits_anywhere: bool) -> bool:
    """Tell whether a line may have been broken inside its last word, which is then too long for a line."""
    if before.words == 1 or not splits_anywhere:
        return before.words == 1 and is_full(before, after, left, right)
    goes_on = after.words == 1 and right - after.right < after.starts_with + SLACK  # it may be broken once more
    too_long = goes_on or before.last_word + after.first_word + SLACK > right - left
    return too_long and room_left(before, after, left, right) < after.starts_with + before.end.space + _EXACT


def around(before: Line, after: Line) -> tuple[str, str]:
    """Give the words on both sides of a line end."""
    return before.text.rsplit(" ", 1)[-1], after.text.split(" ", 1)[0]
