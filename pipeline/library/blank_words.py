"""Words by which a paper that is to be signed shows that something is left to fill in: of a language, and of a call."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from pipeline import resources
from pipeline.errors import DefinitionError, Fault
from pipeline.library.entry import Entry, parse

TABLE = "invullen"
"""In documenten.toml, and the folder of templates in which each language has its words."""


@dataclass(frozen=True, slots=True)
class BlankWords:
    """The words; `templates/invullen/nl.toml` says of each kind what it is for."""

    begins: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    before_words: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    day_letters: tuple[str, ...] = ()
    """Letters; of the file one text each."""
    month_letters: tuple[str, ...] = ()
    year_letters: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    broken_references: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    joined_labels: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()

    def __add__(self, other: BlankWords) -> BlankWords:
        """Give the words of both, each once."""
        return BlankWords(
            **{
                each.name: tuple(dict.fromkeys((*getattr(self, each.name), *getattr(other, each.name))))
                for each in fields(self)
            }
        )


def read_blank_words(entry: Entry) -> BlankWords:
    """Read the words in a table, or in a file of a language."""
    words = BlankWords(
        **{
            each.name: tuple(entry.text(each.name, "")) if each.name.endswith("_letters") else entry.texts(each.name)
            for each in fields(BlankWords)
        }
    )
    entry.close()
    return words


@cache
def blank_words(language: str) -> BlankWords:
    """Give the words of a language; none of one that has no file, where signs without words still count.

    Args:
        language: of a call: `nl_BE` or `nl-BE`.

    Raises:
        DefinitionError: its file is faulty.
    """
    path = resources.TEMPLATES / TABLE / f"{language.replace('-', '_').partition('_')[0]}.toml"
    if not path.is_file():
        return BlankWords()
    faults: list[Fault] = []
    words = read_blank_words(parse(path.read_bytes(), f"{TABLE}/{path.name}", faults))
    if faults:
        raise DefinitionError(faults)
    return words
