"""Tell whether anything is shaded around a paragraph of OpenDocument: white letters are seen only there."""

from __future__ import annotations

from typing import Any

from pipeline.odf.names import DRAW, TABLE, TEXT
from pipeline.readers.odt_styles import Styles

_SHADES = {
    TABLE + "table-cell": "table-cell",
    TABLE + "table-row": "table-row",
    TABLE + "table": "table",
    TEXT + "section": "section",
}
"""What may be shaded behind a paragraph, and the family of its styles."""


def is_on_shade(paragraph: Any, styles: Styles) -> bool:
    """Tell whether a paragraph stands on a shade.

    A box has a colour that is not looked up: white letters in one are taken to be seen.
    """
    return any(
        around.tag.startswith(DRAW) or (around.tag in _SHADES and styles.get(*_style_of(around)).shaded)
        for around in paragraph.iterancestors()
    )


def _style_of(element: Any) -> tuple[str, str]:
    """Give the family and the name of the style of what may be shaded."""
    space = TEXT if element.tag == TEXT + "section" else TABLE
    return _SHADES[element.tag], element.get(space + "style-name", "")
