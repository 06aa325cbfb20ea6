"""The answers to a whole form, made up by a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.bench.variants import notations
from tests.bench.variants.notations import EMPTY, Written
from tests.bench.variants.questions import Form, Question, municipalities
from tests.bench.variants.words import Writer

Row = Mapping[str, Written]
Answers = Mapping[str, "Written | list[dict[str, Written]]"]

_LEFT_EMPTY = 0.12
_TEXT_LEFT_EMPTY = 0.22


class Filler:
    """Fills a form by a seed; `paper` keeps texts and tables short, and to signs that can be told apart on paper."""

    def __init__(self, chance: random.Random, *, paper: bool = False) -> None:
        self.chance = chance
        self.writer = Writer(chance, paper=paper)
        self.brief = paper

    def fill(self, form: Form) -> dict[str, Written | list[dict[str, Written]]]:
        """Give an answer to every question; many of them empty."""
        made: dict[str, Written | list[dict[str, Written]]] = {}
        for question in form.questions:
            if question.columns:
                made[question.key] = self.rows(question)
            else:
                made[question.key] = self.perhaps(question)
        return made

    def rows(self, question: Question) -> list[dict[str, Written]]:
        """Give the rows of a table; the first column is always filled."""
        if self.chance.random() < _LEFT_EMPTY:
            return []
        few = self.chance.choice((1, 1, 2, 2, 3, 4))
        many = self.chance.randint(5, 10) if question.cards else self.chance.randint(5, 40)
        count = many if not self.brief and self.chance.random() < 0.12 else few
        return [
            {
                column.key: self.answer(column) if place == 0 else self.perhaps(column)
                for place, column in enumerate(question.columns)
            }
            for _number in range(count)
        ]

    def perhaps(self, question: Question) -> Written:
        """Give an answer, or none."""
        empty = _TEXT_LEFT_EMPTY if question.kind == "longtext" else _LEFT_EMPTY
        return EMPTY if self.chance.random() < empty else self.answer(question)

    def answer(self, question: Question) -> Written:
        """Give an answer that is not empty."""
        match question.kind:
            case "amount":
                return notations.amount(self.chance)
            case "date":
                return notations.date(self.chance)
            case "year":
                return notations.year(self.chance)
            case "kbo":
                return notations.kbo(self.chance)
            case "iban":
                return notations.iban(self.chance)
            case "phone":
                return notations.phone(self.chance)
            case "email":
                return notations.email(self.chance)
            case "yesno":
                yes = self.chance.random() < 0.5
                return Written("ja" if yes else "nee", meaning=yes)
            case "choice":
                option = self.chance.choice(question.options)
                return Written(option.label, option.key)
            case "choices":
                keys = [option.key for option in question.options if self.chance.random() < 0.4]
                keys = keys or [self.chance.choice(question.options).key]
                labels = {option.key: option.label for option in question.options}
                return Written("\n".join(labels[key] for key in keys), tuple(keys))
            case "municipality":
                name = self.chance.choice(municipalities())
                return Written(name, name)
            case "longtext":
                text = self.writer.text(2 if self.brief else 5)
            case _:
                text = self.writer.line(question.key)
        return Written(text, text)
