"""Questions without a label of their own, which may stand inside the answer to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.dossier import Row
from pipeline.extract.grids import Grid
from pipeline.extract.likeness import likeness
from pipeline.extract.names import LEAST_PART, FormNames, Names, key, stems
from pipeline.extract.row_titles import row_title
from pipeline.extract.states import GIVEN
from pipeline.language import _
from pipeline.values import fold_accents

_PIECES = re.compile(r"[\t\n]| {2,}")
_LONGEST = 20_000
_LONGEST_LABEL = 100
_LONGEST_SAID = 80
_SHORTEST_NAME = 4
_REMARKED = re.compile(r"\((?:verplicht|optioneel|facultatief)\)|\*\s*$", re.IGNORECASE)
"""What stands behind a label."""
_BOX = re.compile(r"\s*(?:\[ ?[xX]? ?\]|[☐☒☑□■\uf0fe\uf0a8])\s*")


def hidden_question(text: str, missing: Sequence[str], names: Names, *, printed: bool) -> str:
    """Tell which of the questions without a label may stand inside a text; empty when none does.

    With `printed` the text comes from a page, where a label and its answer may stand on a line without a mark.
    """
    return Hidden(missing, names).find(text, printed=printed)


def hidden_in_rows(rows: Iterable[Row], grid: Grid, names: Names) -> str:
    """Tell whether a cell of a table that lacks a column begins with the name of that, or is the title of a row.

    Of rows that are cards without a line between labels and answers, the first label looks like that of a column.
    """
    lost = [name for name in names.fields if name not in grid.columns]
    if not lost:
        return ""
    title, hidden = row_title(grid.field), Hidden(lost, names)
    texts = (cell.text for row in rows for cell in row.cells.values() if cell.state is GIVEN)
    for text in texts:
        if title.match(text):
            return _may_ask(text)
        if why := hidden.find(text, printed=True):
            return why
    return ""


def broken_name(text: str, names: Names) -> str:
    """Tell whether two lines begin with the parts of a name: it stood, broken, beside them; empty when none do."""
    said = [key(line[:_LONGEST_LABEL]) for line in text.split("\n")] if "\n" in text else []
    for above, below in pairwise(said):
        for first, rest in names.broken.get(above[:LEAST_PART], ()):
            if above.startswith(first) and below.startswith(rest):
                line = next(line for line in text.split("\n") if key(line[:_LONGEST_LABEL]) == above)
                return _may_ask(line)
    return ""


def rest_of_name(label: str, text: str, names: Iterable[str]) -> str:
    """Tell whether a line of an answer begins with the rest of its own label, of which the first line stands before it.

    Where no line parts a label from its answer, the lines of both come by turns.
    """
    said = key(label)
    longer = [name for name in map(key, names) if name.startswith(said) and len(name) >= len(said) + LEAST_PART]
    rests = tuple(name.removeprefix(said) for name in longer) if said else ()
    for line in text.split("\n"):
        if (rests and key(line[:_LONGEST_LABEL]).startswith(rests)) or _REMARKED.match(line):
            return _may_ask(line)
    return ""


def _may_ask(line: str) -> str:
    problem = _("De regel «{line}» kan een vraag zijn of bij het antwoord erboven horen.")
    return problem.format(line=line.strip()[:_LONGEST_SAID])


class Hidden:
    """Questions without a label of their own, which may stand inside the answer to another."""

    def __init__(self, missing: Sequence[str], names: Names, *, capitals: bool = False) -> None:
        """Take the questions without a label; with `capitals` the file writes every label with one."""
        self._capitals = capitals
        self._missing = frozenset(missing)
        self._names = names
        self._wanted = _wanted(names, tuple(missing)) if missing else ()

    def find(self, text: str, *, printed: bool) -> str:
        """Tell which question may stand in a text."""
        if not self._wanted or len(text) > _LONGEST:
            return ""
        for piece in _PIECES.split(text):
            match = self._names.whole(piece.strip()) or (self._names.prefix(piece) if printed else None)
            if match and self._missing & set(match.fields):
                return self._say(piece.strip().removesuffix(match.rest).strip())
        if printed and "*" in text and (starred := _starred(self._wanted).search(fold_accents(" ".join(text.split())))):
            return self._say(starred.group().rstrip(" *"))
        for line in text.split("\n") if ":" in text else ():
            for marked in _marked(self._wanted).finditer(fold_accents(line)):
                if not (self._capitals and _goes_on(line, marked)):
                    return self._say(marked.group().rstrip(" :"))
        return ""

    def option(self, text: str) -> str:
        """Tell whether a text begins with a box for a choice of one of these questions."""
        box = _BOX.match(text)
        said = key(text[box.end() :].partition("\n")[0]) if box else ""
        if not said:
            return ""
        field = next((field for field in self._missing if said in self._names.options.get(field, ())), None)
        return self._say(self._names.fields[field].label) if field else ""

    def likely(self, text: str, form: FormNames) -> str:
        """Tell whether a short answer, or what a line of one says before a colon, is rather a label.

        It is with the mark of one, or where it is like a missing one.
        """
        marked = text.endswith((":", "*"))
        if not (self._missing or marked):
            return ""
        spellings = [name for field in self._missing for name in self._names.spellings[field]]
        for number, line in enumerate(text.split("\n")):
            mark = ":" if number and ":" in line else "*"
            asked, seen, _words = line[:_LONGEST_LABEL].partition(mark)
            if seen and any(likeness(asked, name).slip for name in spellings):
                return self._say(asked.strip())
        if len(text) > _LONGEST_LABEL or "\n" in text or key(text) in self._names.any_option:
            return ""
        if marked and key(text) in form.every:
            return self._say(text.rstrip(" :*"))
        words = set(stems(text))
        near = [name for name in spellings if not words.isdisjoint(stems(name))]
        if near and (marked or any(likeness(text, name).slip for name in near)):
            return self._say(text.rstrip(" :*"))
        return ""

    def _say(self, name: str) -> str:
        return _("In dit antwoord staat misschien de vraag «{name}», die elders niet gevonden is.").format(name=name)


@lru_cache(maxsize=256)
def _wanted(names: Names, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Give how the labels of some questions look in a folded text; in most forms the same ones lack, or none."""
    words = {
        fold_accents(part)
        for field in missing
        for name in (names.fields[field].label, *names.fields[field].aliases)
        for part in (name, name.rpartition(":")[2])
    }
    return tuple(sorted(word.strip(" ?") for word in words if len(word) >= _SHORTEST_NAME))


def _goes_on(line: str, name: re.Match[str]) -> bool:
    """Tell whether a name found in the folded words of a line is a word of a sentence: small, and right behind one."""
    before = name.string[: name.start()]
    words, number = line.split(), len(before.split())
    if not number or not before[-1].isspace() or len(words) != len(name.string.split()):
        return False
    return words[number][0].islower() and words[number - 1][-1].isalnum()


@lru_cache(maxsize=256)
def _marked(names: tuple[str, ...]) -> re.Pattern[str]:
    """Give what one of these names looks like with a colon after it, or with «*» or «(verplicht)» between them."""
    longest_first = sorted(names, key=len, reverse=True)
    any_name = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{any_name})(?: ?\*| ?\([^()]{{1,30}}\))? ?:")


@lru_cache(maxsize=256)
def _starred(names: tuple[str, ...]) -> re.Pattern[str]:
    """Give what one of these names looks like with «*» after it."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))}) ?\*")
