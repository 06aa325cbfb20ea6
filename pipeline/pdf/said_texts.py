"""Take the tables of text of the fonts of a PDF out of its bytes without opening it, each once."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.pdf import unicode_map
from pipeline.pdf.raw_objects import RawObjects


class SaidTexts:
    """What the fonts of a file say that their codes stand for."""

    def __init__(self, objects: RawObjects) -> None:
        """Take the objects of the file."""
        self._objects = objects
        self._tables: dict[tuple[bytes, bytes], Mapping[int, str] | None] = {}

    def table(self, number: bytes, generation: bytes) -> Mapping[int, str] | None:
        """Give what the table in an object says; None when its bytes cannot be read as they are."""
        reference = number, generation
        if reference not in self._tables:
            content = self._objects.stream(number, generation)
            self._tables[reference] = None if content is None else unicode_map.parse(content)
        return self._tables[reference]
