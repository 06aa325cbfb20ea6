"""Whether a document is a supplement: by the field of its number, or by its title on a line of its own."""

from __future__ import annotations

from itertools import islice

from pipeline.document import Document
from pipeline.library.call import Call
from pipeline.supplement.paper import NUMBER
from pipeline.values import fold

_ALIKE = 92
"""Of a hundred: a letter or two may be read wrong on a scan."""
_MUCH_LONGER = 20
_FIRST = 12
"""Paragraphs among which the title stands, after a page header at most."""


def is_supplement(document: Document, call: Call) -> bool:
    """Tell whether a document is the call's supplement, filled in or not; a letter that only names it is not."""
    from rapidfuzz import fuzz

    if any(control.tag == NUMBER for control in document.controls):
        return True
    title = fold(call.supplement.title)
    others = [fold(name) for form in call.forms.values() for name in form.identify]
    said = (paragraph.text for paragraph in document.paragraphs if paragraph.text.strip())
    lines = (line for text in islice(said, _FIRST) for line in text.split("\n"))
    for line in (document.title, *lines):
        if len(line) > len(title) + _MUCH_LONGER:
            continue
        folded = fold(line)
        alike = fuzz.ratio(title, folded)
        if alike >= _ALIKE and alike > max((fuzz.ratio(other, folded) for other in others), default=0):
            return True
    return False
