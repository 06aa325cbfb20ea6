"""What a form asks, from its definition: the bench's own reading of the TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FORMS = Path(__file__).parents[3] / "forms" / "wijkverbeteringscontract"


@dataclass(frozen=True)
class Option:
    """One of the possible answers."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question, or a column of a table."""

    key: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    columns: tuple[Question, ...] = ()
    cards: bool = False
    row_title: str = ""
    blank_rows: int = 1


@dataclass(frozen=True)
class Part:
    """A section."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """A form."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give every question in order."""
        return tuple(question for part in self.parts for question in part.questions)


@cache
def load(key: str) -> Form:
    """Read the definition of a form."""
    found = tomllib.loads((FORMS / f"{key}.toml").read_text(encoding="utf-8"))
    lists = {name: _options(options) for name, options in found.get("choices", {}).items()}
    parts = [
        Part(part["key"], part["title"], tuple(_question(each, lists) for each in part["field"]))
        for part in found["section"]
    ]
    return Form(found["key"], found["title"], tuple(parts))


@cache
def municipalities() -> tuple[str, ...]:
    """Give the names that a municipality can have."""
    lines = (FORMS / "gemeenten.csv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(line.split(",")[1] for line in lines)


def _options(found: dict[str, Any]) -> tuple[Option, ...]:
    made = []
    for key, said in found.items():
        known = said if isinstance(said, dict) else {"label": said}
        made.append(Option(key, known["label"], tuple(known.get("aliases", ()))))
    return tuple(made)


def _question(found: dict[str, Any], lists: dict[str, tuple[Option, ...]]) -> Question:
    return Question(
        found["key"],
        found["label"],
        found["type"],
        tuple(found.get("aliases", ())),
        lists.get(found.get("choices", ""), ()),
        tuple(_question(each, lists) for each in found.get("column", ())),
        found.get("layout") == "cards",
        found.get("row_title", found["label"]),
        found.get("blank_rows", 1),
    )
