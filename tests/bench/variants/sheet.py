"""A form typed over by a municipality: what stands where, before any program writes it to a file."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.bench.variants.contents import Answers
from tests.bench.variants.notations import ABSENT, EMPTY, Written
from tests.bench.variants.questions import Form, Option, Question

_TYPO = 0.03
_ALIAS = 0.08
_LEFT_OUT = 0.08
_LETTERS = "aeinorst"
_WEIGHTS = {
    "amount": 2.0, "date": 1.8, "year": 1.0, "choice": 2.4, "choices": 3.0, "longtext": 5.0, "yesno": 1.2,
    "kbo": 2.2, "text": 2.8,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of text: a heading when it has a level."""

    text: str
    level: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """A table."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    """Share of each column; together 1."""
    header: bool = False
    """The first row has the labels; otherwise each odd column."""
    titled: frozenset[int] = frozenset()
    """Rows whose first cell spans the whole."""


@dataclass(frozen=True)
class Break:
    """A new page."""


@dataclass
class Sheet:
    """What stands on the pages, and what that says."""

    title: str
    blocks: list[Line | Grid | Break] = field(default_factory=list)
    truth: dict[str, Written | list[dict[str, Written]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """How the pages look."""

    font: str
    size: float
    margin: float
    """In centimetres."""
    shade: str
    """Background of labels; empty for none."""
    rule: float
    """Thickness of the rulings in points."""
    padding: float
    """Between ruling and text in points."""
    repeat: bool
    """The header of a table is repeated on the next page."""
    whole: bool
    """Rows do not break over pages."""
    header: str
    """Line above each page; empty for none."""
    footer: bool
    """Page numbers below."""

    @staticmethod
    def by(chance: random.Random, fonts: tuple[str, ...], *, paper: bool = False) -> Look:
        """Give a look; what is read on paper is not set in the smallest size."""
        size = chance.choice((8, 9, 9, 10, 10, 10.5, 11, 12))
        return Look(
            chance.choice(fonts),
            max(size, 9) if paper else size,
            chance.choice((1.5, 2, 2, 2.5)),
            chance.choice(("", "EEEEEE", "DCE6EC", "FFF2CC")),
            chance.choice((0.5, 0.5, 0.75, 1)),
            chance.choice((2, 3, 4, 5.5)),
            chance.random() < 0.5,
            chance.random() < 0.4,
            chance.choice(("", "", "Stad Voorbeeld – dienst Wijken", "Aanvraag 2021 · fictief voorbeeld")),
            chance.random() < 0.6,
        )


class Typist:
    """Types a form over in a layout of its own, by a seed."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.label_shape = chance.choice(("{}", "{}", "{}:", "{} *", "{} (verplicht)", "{} :"))
        self.part_shape = chance.choice(("{key}. {title}", "{key} - {title}", "Deel {key}: {title}", "{title}"))
        self.numbered = chance.random() < 0.2
        self.careless = chance.random() < 0.6
        self.ticks = chance.choice(("☒☐", "☑☐", "[x][ ]", "words", "words"))
        self.share = chance.uniform(0.25, 0.45)
        self.count = 0

    def type(self, form: Form, answers: Answers) -> Sheet:
        """Give the typed form."""
        sheet = Sheet(form.title, [Line(form.title, 1)])
        sheet.blocks.append(Line("Fictief voorbeeld."))
        parts = list(form.parts)
        if self.chance.random() < 0.2:
            self.chance.shuffle(parts)
        for part in parts:
            if self.chance.random() < 0.08:
                sheet.blocks.append(Break())
            sheet.blocks.append(Line(self.part_shape.format(key=part.key, title=part.title), 2))
            self.count = 0
            run: list[Question] = []
            for question in part.questions:
                answer = answers[question.key]
                if self.left_out(answer):
                    sheet.truth[question.key] = [] if isinstance(answer, list) else ABSENT
                elif isinstance(answer, list):
                    self.simple(sheet, run, answers)
                    run = []
                    self.table(sheet, question, answer)
                else:
                    run.append(question)
            self.simple(sheet, run, answers)
        return sheet

    def left_out(self, answer: Written | list[dict[str, Written]]) -> bool:
        """Leave out some of the questions that nobody answered, and a few that somebody did."""
        empty = not answer or answer == EMPTY
        return self.chance.random() < (_LEFT_OUT * 4 if empty else _LEFT_OUT / 4)

    def label(self, question: Question | str) -> str:
        """Write the label of a question: as the form has it, by another name, or with a slip of the pen."""
        self.count += 1
        if isinstance(question, str):
            return self.label_shape.format(question)
        words = question.label
        if self.careless and question.aliases and self.chance.random() < _ALIAS:
            words = self.chance.choice(question.aliases)
        elif self.careless and self.chance.random() < _TYPO:
            words = self.slip(words)
        elif self.chance.random() < 0.02:
            words = words.upper()
        return self.label_shape.format(words)

    def slip(self, words: str) -> str:
        """Double, drop, change or swap one letter inside a long word."""
        places = [place for place in range(1, len(words) - 2) if words[place - 1 : place + 2].isalpha()]
        if len(words) < 8 or not places:
            return words
        place = self.chance.choice(places)
        before, letter, after = words[:place], words[place], words[place + 1 :]
        return self.chance.choice(
            (
                before + letter + letter + after,
                before + after,
                before + self.chance.choice(_LETTERS) + after,
                before + after[0] + letter + after[1:],
            )
        )

    def words(self, question: Question, answer: Written) -> str:
        """Write an answer: choices by label, alias or boxes; yes and no in some manner; the rest as it is."""
        if not answer.text:
            return ""
        if question.kind == "yesno":
            return self.yesno(yes=answer.meaning)
        if question.kind == "choice":
            (option,) = [option for option in question.options if option.key == answer.meaning]
            if self.ticks != "words" and self.chance.random() < 0.5:
                return "\n".join(self.box(each.label, ticked=each is option) for each in question.options)
            return self.name(option)
        if question.kind == "choices":
            if self.ticks != "words":
                return "\n".join(
                    self.box(option.label, ticked=option.key in answer.meaning) for option in question.options
                )
            chosen = [option.label for option in question.options if option.key in answer.meaning]
            between = self.chance.choice(("\n", "; "))
            if len(chosen) == len(question.options):
                between = "; "  # all of them below each other is what a form looks like that nobody ticked
            return between.join(chosen)
        return answer.text

    def yesno(self, *, yes: bool) -> str:
        if self.ticks != "words":
            between = self.chance.choice(("  ", "   ", "\n"))
            return between.join((self.box("Ja", ticked=yes), self.box("Nee", ticked=not yes)))
        return self.chance.choice(("ja", "Ja", "JA") if yes else ("nee", "Neen", "nee", "Nee"))

    def box(self, words: str, *, ticked: bool) -> str:
        full, empty = ("[x]", "[ ]") if self.ticks == "[x][ ]" else tuple(self.ticks)
        return f"{full if ticked else empty} {words}"

    def name(self, option: Option) -> str:
        if option.aliases and self.careless and self.chance.random() < 0.15:
            return self.chance.choice(option.aliases)
        return option.label.lower() if self.chance.random() < 0.1 else option.label

    def simple(self, sheet: Sheet, questions: list[Question], answers: Answers) -> None:
        """Type some simple questions in one manner."""
        if not questions:
            return
        pairs = []
        for question in questions:
            answer = answers[question.key]
            assert isinstance(answer, Written)
            sheet.truth[question.key] = answer
            pairs.append((self.label(question), self.words(question, answer)))
        manner = self.chance.choice(
            (self.lines, self.pairs, self.pairs, self.pairs, self.fours, self.stacked, self.headed)
        )
        if manner == self.lines and any("\n" in text or len(text) > 150 for _label, text in pairs):
            manner = self.pairs
        manner(sheet, pairs)
        sheet.blocks.append(Line(""))

    def lines(self, sheet: Sheet, pairs: list[tuple[str, str]]) -> None:
        for label, text in pairs:
            sheet.blocks.append(Line(f"{label.rstrip(' :*')}: {text}".rstrip(" ")))

    def pairs(self, sheet: Sheet, pairs: list[tuple[str, str]]) -> None:
        sheet.blocks.append(Grid(tuple(pairs), (self.share, 1 - self.share)))

    def fours(self, sheet: Sheet, pairs: list[tuple[str, str]]) -> None:
        short = [pair for pair in pairs if len(pair[1]) < 80 and "\n" not in pair[1]]
        rest = [pair for pair in pairs if pair not in short]
        if len(short) % 2:
            rest.insert(0, short.pop())
        if short:
            rows = [one + other for one, other in zip(short[::2], short[1::2], strict=True)]
            sheet.blocks += [Grid(tuple(rows), (0.22, 0.28, 0.22, 0.28)), Line("")]
        if rest:
            self.pairs(sheet, rest)

    def stacked(self, sheet: Sheet, pairs: list[tuple[str, str]]) -> None:
        for label, text in pairs:
            sheet.blocks += [Grid(((label,), (text,)), (1.0,), header=True), Line("")]

    def headed(self, sheet: Sheet, pairs: list[tuple[str, str]]) -> None:
        for label, text in pairs:
            sheet.blocks.append(Line(label, 3))
            sheet.blocks += [Line(line) for line in text.split("\n")]

    def table(self, sheet: Sheet, question: Question, rows: list[dict[str, Written]]) -> None:
        """Type a table in one manner; columns that nobody filled may be left out."""
        columns = [
            column
            for column in question.columns
            if any(row[column.key].text for row in rows) or self.chance.random() < 0.7
        ]
        if not rows:
            columns = list(question.columns)
        if self.chance.random() < 0.15:
            self.chance.shuffle(columns)
        sheet.truth[question.key] = [
            {column.key: row[column.key] if column in columns else ABSENT for column in question.columns}
            for row in rows
        ]
        sheet.blocks.append(Line(self.label(question), 3))
        labels = [self.label(column) for column in columns]
        texts = [[self.words(column, row[column.key]) for column in columns] for row in rows]
        wide = len(columns) > 7 or any(column.kind == "longtext" for column in columns)
        manner = self.chance.choice(
            (self.cards, self.cards, self.long_card) if wide else (self.grid, self.grid, self.cards)
        )
        if len(columns) < 2:
            manner = self.grid
        manner(sheet, question, columns, labels, texts)
        sheet.blocks.append(Line(""))

    def grid(
        self, sheet: Sheet, _question: Question, columns: list[Question], labels: list[str], texts: list[list[str]]
    ) -> None:
        weights = [_WEIGHTS.get(column.kind, 2.2) * self.chance.uniform(0.8, 1.3) for column in columns]
        whole = sum(weights)
        rows = [tuple(labels), *(tuple(row) for row in texts or [[""] * len(columns)])]
        sheet.blocks.append(Grid(tuple(rows), tuple(weight / whole for weight in weights), header=True))

    def cards(
        self, sheet: Sheet, question: Question, columns: list[Question], labels: list[str], texts: list[list[str]]
    ) -> None:
        for number, row in enumerate(texts or [[""] * len(columns)], start=1):
            sheet.blocks.append(Line(f"{question.row_title} {number}", bold=True))
            pairs = tuple(zip(labels, row, strict=True))
            sheet.blocks += [Grid(pairs, (self.share, 1 - self.share)), Line("")]

    def long_card(
        self, sheet: Sheet, question: Question, columns: list[Question], labels: list[str], texts: list[list[str]]
    ) -> None:
        rows: list[tuple[str, ...]] = []
        titled = []
        for number, row in enumerate(texts or [[""] * len(columns)], start=1):
            titled.append(len(rows))
            rows.append((f"{question.row_title} {number}", ""))
            rows.extend(zip(labels, row, strict=True))
        sheet.blocks.append(Grid(tuple(rows), (self.share, 1 - self.share), titled=frozenset(titled)))
