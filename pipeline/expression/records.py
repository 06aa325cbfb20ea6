"""Named values as expressions read them: strict records, and choices that print as their label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Self

from pipeline import language
from pipeline.expression.gaps import Gap, Use

_ABSENT = object()


class Chosen(str):
    """The value of a choice: compares by its key, prints as its label."""

    __slots__ = ("label",)
    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the text of the key, with its label beside it."""
        made = super().__new__(cls, value)
        made.label = label
        return made

    @property
    def key(self) -> str:
        """The plain key."""
        return str.__str__(self)

    def __str__(self) -> str:
        return self.label

    def __format__(self, specification: str) -> str:
        return format(self.label, specification)

    def __html__(self) -> str:
        from markupsafe import escape

        return str(escape(self.label))

    def __reduce__(self) -> tuple[type[Chosen], tuple[str, str]]:
        return Chosen, (self.key, self.label)


class Record:
    """Named values read by attribute; a name that is not there raises instead of giving nothing."""

    __slots__ = ("_about", "_extra", "_nested", "_values")

    def __init__(
        self, values: Mapping[str, Any], about: str, extra: Mapping[str, Any] | None = None, *, nested: bool = False
    ) -> None:
        self._values = values
        self._nested = nested
        """Whether tables within are read as records too, when they are asked for: large code lists cost nothing."""
        self._about = about
        self._extra = extra or {}

    def has(self, name: str) -> bool:
        """Whether the name can be read."""
        return name in self._values or name in self._extra

    def read(self, name: str) -> Any:
        """Give a value; KeyError, in words for a person, if there is none."""
        values = self._values
        value = values[name] if name in values else self._extra.get(name, _ABSENT)
        if value is _ABSENT:
            raise KeyError(self.lacks(name))
        return value if not self._nested or not isinstance(value, Mapping) else self._within(name, value)

    def _within(self, name: str, value: Mapping[str, Any]) -> Record:
        return Record(value, f"{self._about}.{name}", nested=True)

    def lacks(self, name: object) -> str:
        """Say that a name is not there."""
        return language._("{about} heeft geen «{name}»").format(about=self._about, name=name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self.read(name)
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __getitem__(self, name: str) -> Any:
        return self.read(name)

    def __contains__(self, name: object) -> bool:
        if isinstance(name, Gap):
            name.meet()
            return False
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @staticmethod
    def column(rows: Sequence[Any], name: str) -> list[Any] | None:
        """Give the cells of a column, quicker than one by one; None where that cannot be."""
        if set(map(type, rows)) != {Record}:
            return None
        try:
            cells = [row._values[name] for row in rows]  # noqa: SLF001 - rows are of this class
        except KeyError:
            return None
        return None if dict in set(map(type, cells)) else cells

    def mapped(self, change: Callable[[Any], Any]) -> Record:
        """Give the same record with every value changed."""
        changed = {key: change(value) for key, value in self._values.items()}
        return Record(changed, self._about, self._extra, nested=self._nested)

    @property
    def about(self) -> str:
        """What it holds, for messages."""
        return self._about

    @property
    def names(self) -> tuple[str, ...]:
        """Names that can be read."""
        return (*self._values, *self._extra)


def record(value: Any, about: str) -> Any:
    """Wrap nested mappings so that templates read them strictly, by attribute."""
    if isinstance(value, Mapping):
        return Record({key: record(item, f"{about}.{key}") for key, item in value.items()}, about)
    if isinstance(value, list | tuple):
        return tuple(record(item, about) for item in value)
    return value


def as_used(value: Any, use: Use) -> Any:
    """Give the same value with every gap in it for another use."""
    if isinstance(value, Gap):
        return value if value.use is use else value.used_by(use)
    if isinstance(value, tuple):
        return tuple(as_used(item, use) for item in value)
    if isinstance(value, list):
        return [as_used(item, use) for item in value]
    if isinstance(value, Record):
        return value.mapped(lambda item: as_used(item, use))
    return value
