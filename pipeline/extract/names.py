"""The names under which questions are known: labels and aliases, compared by what a hand keeps of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.form import Field, Form, Section
from pipeline.records import record
from pipeline.values import FieldType, fold_accents, written_out

_NUMBERING = re.compile(
    r"^(?:(?:vraag|veld|punt)\s+)?(?:[a-z]{0,2}\.?\d{1,2}(?:\.\d{1,2})*[.):]?|[a-z][.)]|[ivx]{1,4}[.)]|[•·▪*–-])\s+"
    r"(?=[\w(\"'*])"
)
_REMARK = re.compile(
    r"\((?:verplicht|optioneel|facultatief|v|o|c|\*|in euro|in €|eur|€|"
    r"d{1,2} ?[./-] ?m{1,2}[^()]{0,8}|dag ?[/-] ?maand[^()]{0,10}|jjjj|"
    r"(?:in|x|×) ?[^()]{0,20}(?:euro|eur|€|duizend|1\.?000)[^()]{0,12}|"
    r"(?:max(?:imaal|imum)?|min(?:imaal|imum|stens)?|hoogstens)\b[^()]{0,40})\)"
)
_NO_LETTERS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W_]+")
_BREAKS = re.compile(r"[:\t?=]| {2,}| ?(?:\.{4,}|…{2,}|_{3,})|(?=[☐☒☑□■\uf0fe\uf0a8]|\[ ?[xX]? ?\])")
_MAY_BREAK = re.compile(r"[:\t?=☐☒☑□■\uf0fe\uf0a8\[]|  |\.{4}|……|___")
"""How all of these begin: most texts have none, and looking for this takes a tenth of the time."""
_SIGNS = (":", "\t", "?", "=", "[", "  ", "....", "___", "……", *"☐☒☑□■\uf0fe\uf0a8")
"""The same, one by one, which takes less in a text of some length."""
_SHORT = 100
_LONGEST_BREAK = 5
_MOST_BREAKS = 6
_MORE_LABEL = re.compile(rf"[^:.!?]{{2,60}}:(?:\s|$)|[^:]{{2,60}}(?:\*|{_REMARK.pattern})[ :*]*$", re.IGNORECASE)
"""What may stand there and be more of the label: words with a mark of their own."""
_UNITS = frozenset("%‰€$£")
_UNIT = re.compile(r"[:?=\t]\s*[%‰€$£]$")
_GOES_ON = re.compile(r"\([^()]*\)[ *:]*")
"""What may stand after a question mark and still be the question: a remark."""
LEAST_PART = 4
"""Letters of a part of a name that tell it."""
_STEM = 5
# fmt: off
_FILLERS = frozenset((
    "de", "het", "een", "der", "van", "uw", "onze", "ons", "u", "op", "in", "te", "is", "wat", "welke", "hoe",
    "gelieve", "geef", "vul", "graag", "kort", "hier", "hieronder", "dit", "deze",
))
# fmt: on
"""Words that a label may have or lack and still ask the same."""


@functools.lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Give what is left of a label when case, accents, spaces, marks and remarks such as (verplicht) do not count."""
    return _key(fold_accents(text))


def _key(folded: str) -> str:
    said = _without_remarks(written_out(folded)).replace(" ", "")
    return said if said.isalnum() else _NO_LETTERS.sub("", said)  # many labels are nothing but words


@functools.lru_cache(maxsize=16384)
def keys(text: str) -> tuple[str, ...]:
    """Give the key of a text, and that without its numbering (`A.1`, `3)`)."""
    after = _after_numbering(text, folded := fold_accents(text))
    return (_key(folded), key(folded[after:])) if after else (_key(folded),)


def _after_numbering(text: str, folded: str) -> int:
    """Give where the words after a numbering begin, 0 without one.

    «2 wijken» is an answer that counts; «2 Wijken» and «2. wijken» are numbered labels.
    """
    numbering = _NUMBERING.match(folded)
    if numbering is None:
        return 0
    before = numbering.group().split()
    words = text.split(maxsplit=len(before))
    counts = before[-1][-1].isalnum() and len(words) > len(before) and words[-1][0].islower()
    return 0 if counts else numbering.end()


@functools.lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """Give a label without its numbering and its remarks, folded."""
    folded = fold_accents(text)
    return _without_remarks(written_out(folded[_after_numbering(text, folded) :])) or folded


def _without_remarks(folded: str) -> str:
    return _REMARK.sub("", folded) if "(" in folded else folded


@functools.lru_cache(maxsize=16384)
def content_words(text: str) -> tuple[str, ...]:
    """Give the words of a label without numbering, remarks and fillers; all of them when it has no others."""
    said = fold_accents(bare(text))
    words = said.split(" ") if said.replace(" ", "").isalnum() else _LETTERS.findall(said)
    return tuple(word for word in words if word not in _FILLERS) or tuple(words)


@functools.lru_cache(maxsize=16384)
def stems(text: str) -> tuple[str, ...]:
    """Give the beginnings of the words of a label."""
    return tuple(word[:_STEM] for word in content_words(text))


@record
class Match:
    """A text that names one of the questions asked."""

    fields: tuple[str, ...]
    """Keys of the fields with this name; more than one when a form repeats a label."""
    rest: str = ""
    """What follows the name in the same text."""
    grouped: bool = False
    """The title above is the first half of the name."""


class Names:
    """The names of some fields, ready for comparison."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = {field.key: field for field in fields}
        self.spellings = {field.key: (field.label, *field.aliases) for field in self.fields.values()}
        found: dict[str, list[str]] = {}
        for field in self.fields.values():
            for name in (field.label, *field.aliases):
                owners = found.setdefault(key(name), [])
                if field.key not in owners:
                    owners.append(field.key)
        found.pop("", None)
        self.exact: dict[str, tuple[str, ...]] = {name: tuple(owners) for name, owners in found.items()}
        self._matches = {name: Match(owners) for name, owners in self.exact.items()}
        self._limit = 4 * max(map(len, self.exact), default=0) + 40
        """A text longer than this is no name, whatever remarks it has."""
        self.options = {
            field.key: frozenset(key(name) for option in field.choices for name in (option.label, *option.aliases))
            for field in self.fields.values()
            if field.choices
        }
        """Field key → the names of its choices, which are answers and no labels."""
        self._halves = frozenset(
            key(field.label.partition(":")[0]) for field in self.fields.values() if ":" in field.label
        )
        self.any_option = frozenset().union(*self.options.values())

    @functools.cached_property
    def shared(self) -> frozenset[str]:
        """The words that stand in the names of more than one question, and tell none of them apart."""
        owners: dict[str, set[str]] = {}
        for field, labels in self.spellings.items():
            for word in (word for label in labels for word in content_words(label)):
                owners.setdefault(word, set()).add(field)
        return frozenset(word for word, fields in owners.items() if len(fields) > 1)

    @functools.cached_property
    def sizes(self) -> list[tuple[str, str, int, int, int]]:
        """Every name behind its question, with its size: how many words tell it, their letters, and all its letters."""
        return [
            (field, name, len(words := content_words(name)), len("".join(words)), len(key(name)))
            for field, names in self.spellings.items()
            for name in names
        ]

    @functools.cached_property
    def broken(self) -> dict[str, list[tuple[str, str]]]:
        """Every name in two parts, as a narrow column breaks it over lines, under the letters with which it begins."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name in (name for names in self.spellings.values() for name in names):
            words = name.split()
            for count in range(1, len(words)):
                first, rest = key(" ".join(words[:count])), key(" ".join(words[count:]))
                if min(len(first), len(rest)) >= LEAST_PART:
                    found.setdefault(first[:LEAST_PART], []).append((first, rest))
        return found

    def is_first_half(self, text: str) -> bool:
        """Tell whether a text can be the title above labels: the names of several questions begin with it."""
        return key(text) in self._halves

    def whole(self, text: str, group: str = "") -> Match | None:
        """Match a text that is nothing but a name; `group` is the title above it, which may belong to the name."""
        if len(text) > self._limit:
            return None
        for name in keys(text):
            if group and name and (fields := self.exact.get(key(group) + name)):
                return Match(fields, grouped=True)
            if match := self._matches.get(name):
                return None if text[-1:] in _UNITS and self._is_answered(text, match) else match
        return None

    def _is_answered(self, text: str, match: Match) -> bool:
        """Tell whether the unit with which a text ends is the answer: «Eenheid: %», and not «Bedrag: €»."""
        return _UNIT.search(text) is not None and all(
            self.fields[field].type is FieldType.TEXT for field in match.fields
        )

    def begin(self, text: str, group: str = "") -> Match | None:
        """Match a text that is a name, a mark (`:`, tab, `?`, a box) and an answer."""
        best: Match | None = None
        until = self._limit + _LONGEST_BREAK
        if not (
            _MAY_BREAK.search(text, 0, until) if len(text) < _SHORT else any(map(text[:until].__contains__, _SIGNS))
        ):
            return None
        for number, mark in enumerate(_BREAKS.finditer(text, 0, until)):
            if number >= _MOST_BREAKS or mark.start() > self._limit:
                break
            if found := self.whole(text[: mark.start()], group):
                rest = text[mark.end() :].lstrip(" :\t*\u00a0")
                if mark.group() == "?" and _GOES_ON.fullmatch(rest):
                    rest = ""
                elif mark.group() == "?" and _MORE_LABEL.match(rest):
                    continue
                best = Match(found.fields, rest, found.grouped)
        return best

    def prefix(self, text: str) -> Match | None:
        """Match a text whose first words are a name, with no mark after it."""
        words = text.split()
        for count in range(min(len(words) - 1, 14), 0, -1):
            if found := self.whole(" ".join(words[:count])):
                return Match(found.fields, " ".join(words[count:]))
        return None


class FormNames:
    """Everything of a form that is compared with the words of a file."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.sections = {section.key: Names(section.fields) for section in form.sections}
        self.columns = {field.key: Names(field.columns) for field in form.fields() if field.columns}
        self.all = Names(form.fields())
        self.tables = tuple(field for field in form.fields() if field.columns)
        self.titles: dict[str, Section] = {}
        for section in form.sections:
            for title in (section.title, *section.aliases):
                self.titles.setdefault(key(title), section)
        self.letters = {section.key.casefold(): section for section in form.sections}
        self.help = frozenset(
            key(line) for text in self._helps(form) for line in (text, *text.split("\n")) if key(line)
        )
        self.every = set(self.all.exact) | {name for names in self.columns.values() for name in names.exact}
        self.labels = set(self.titles).union(*(section.exact for section in self.sections.values()))
        """The titles of sections and the names of questions."""
        self.tags = {
            tag: field.key
            for field in form.fields()
            for tag in (field.key, *(f"{field.key}.{column.key}" for column in field.columns))
        }
        """Tag that a control has → its question: the key of that, or that of one of its columns."""
        self._own: dict[str, Field | None] = {}

    def unmistakable(self, asked: Field) -> Field | None:
        """Give a question of the form under only those names that no other question or column has."""
        if asked.key not in self._own:
            own = [name for name in (asked.label, *asked.aliases) if self._owners(key(name)) == 1]
            self._own[asked.key] = replace(asked, label=own[0], aliases=tuple(own[1:])) if own else None
        return self._own[asked.key]

    def _owners(self, name: str) -> int:
        return sum(len(some.exact.get(name, ())) for some in (self.all, *self.columns.values()))

    @staticmethod
    def _helps(form: Form) -> Iterable[str]:
        yield from (form.title, form.intro)
        for section in form.sections:
            yield section.help
            for field in section.fields:
                yield field.help
                for column in field.columns:
                    yield column.help
                    yield f"Bij «{column.label}»: {column.help}"


_KEPT: dict[int, FormNames] = {}


def names_of(form: Form) -> FormNames:
    """Give the names of a form; they are made once for each form."""
    kept = _KEPT.get(id(form))
    if kept is None or kept.form is not form:
        kept = _KEPT[id(form)] = FormNames(form)
    return kept
