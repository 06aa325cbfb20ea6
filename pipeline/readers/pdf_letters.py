"""Tell a print of which the file does not say which letters it shows."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pdf import UNKNOWN
from pipeline.readers.pdf_pages import Page


def says_no_letters(pages: Sequence[Page]) -> bool:
    """Tell whether of most characters in sight the file does not say which they are."""
    lines = (line for page in pages for held in (page.sorted.running, *page.sorted.cells.values()) for line in held)
    return 2 * sum(line.text.count(UNKNOWN) for line in lines) > sum(page.visible for page in pages)
