"""Forms typed over without controls, each by a seed in a layout of its own: test code, independent of the readers."""

import datetime as dt
import io
import random
from decimal import Decimal

import docx

from pipeline.values import FieldType

_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober")
_MONTHS += ("november", "december")


class Typist:
    """Types the answers to a form; the same seed gives the same layout."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.file = docx.Document()
        self.amount = self.random.choice(("€ {}", "{} euro", "{}", "EUR {}"))
        self.date = self.random.choice(
            ("{0.day}/{0.month}/{0.year}", "{0:%d.%m.%Y}", "{0.day} {1} {0.year}", "{0:%d-%m-%y}")
        )
        self.numbering = self.random.choice(("{key}. {title}", "{key} - {title}", "Deel {key}: {title}", "{title}"))
        self.label = self.random.choice(("{}", "{}:", "{} *", "{} (verplicht)", "{} :"))

    def type(self, form, answers):
        """Give the typed form as a Word file."""
        self.file.add_heading(form.title, 0)
        sections = list(form.sections)
        if self.random.random() < 0.3:
            self.random.shuffle(sections)
        for section in sections:
            self.file.add_heading(self.numbering.format(key=section.key, title=section.title), 1)
            run = []
            for field in section.fields:
                if field.key not in answers:
                    continue
                if field.columns:
                    self.simple(run, answers)
                    run = []
                    self.rows(field, answers[field.key])
                else:
                    run.append(field)
            self.simple(run, answers)
        made = io.BytesIO()
        self.file.save(made)
        return made.getvalue()

    def simple(self, fields, answers):
        """Type some simple questions in one manner."""
        if not fields:
            return
        manner = self.random.choice((self.lines, self.pairs, self.fours, self.stacked, self.headed))
        manner([(self.label.format(field.label), self.words(field, answers[field.key])) for field in fields])
        self.file.add_paragraph("")

    def lines(self, pairs):
        for label, text in pairs:
            first, *more = text.split("\n")
            self.file.add_paragraph(f"{label.rstrip(' :*')}: {first}")
            for line in more:
                self.file.add_paragraph(line)

    def pairs(self, pairs):
        self.table([[label, text] for label, text in pairs])

    def fours(self, pairs):
        rows = [[*one, *other] for one, other in zip(pairs[::2], pairs[1::2], strict=False)]
        self.table(rows)
        if len(pairs) % 2:
            self.table([list(pairs[-1])])

    def stacked(self, pairs):
        for label, text in pairs:
            self.table([[label], [text]])
            self.file.add_paragraph("")

    def headed(self, pairs):
        for label, text in pairs:
            self.file.add_heading(label, 2)
            for line in text.split("\n"):
                self.file.add_paragraph(line)

    def rows(self, field, rows):
        """Type a table in one manner."""
        self.file.add_heading(field.label, 2)
        columns = [column for column in field.columns if any(column.key in row for row in rows)]
        manner = self.random.choice(("grid", "shuffled", "cards", "one table"))
        if len(columns) < 2:
            manner = "grid"
        texts = [
            [self.words(column, row[column.key]) if column.key in row else "" for column in columns] for row in rows
        ]
        labels = [self.label.format(column.label) for column in columns]
        if manner == "shuffled":
            order = self.random.sample(range(len(columns)), len(columns))
            labels = [labels[number] for number in order]
            texts = [[row[number] for number in order] for row in texts]
        if manner in {"grid", "shuffled"}:
            self.table([labels, *texts])
        elif manner == "cards":
            for number, row in enumerate(texts, 1):
                self.file.add_paragraph(f"{field.row_title or field.label} {number}")
                self.table([list(pair) for pair in zip(labels, row, strict=True)])
        else:
            lines = []
            for number, row in enumerate(texts, 1):
                lines.append([f"{field.row_title or field.label} {number}", ""])
                lines.extend(list(pair) for pair in zip(labels, row, strict=True))
            self.table(lines)
        self.file.add_paragraph("")

    def table(self, rows):
        if not rows:
            return
        made = self.file.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for cells, row in zip(made.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=False):
                first, *more = text.split("\n")
                cell.text = first
                for line in more:
                    cell.add_paragraph(line)

    def words(self, field, value):
        """Give an answer as this typist writes it."""
        match value:
            case bool():
                return self.random.choice(("ja", "Ja", "JA") if value else ("nee", "Neen", "nee"))
            case Decimal() if field.type is FieldType.AMOUNT:
                return self.amount.format(f"{value:,.2f}".translate(str.maketrans(",.", ".,")))
            case Decimal():
                return f"{value} %".replace(".", ",")
            case dt.date():
                return self.date.format(value, _MONTHS[value.month - 1])
            case tuple():
                return "\n".join(self.choice(field, item) for item in value)
            case str() if field.type is FieldType.CHOICE:
                return self.choice(field, value)
            case _:
                return str(value)

    def choice(self, field, value):
        option = next(choice for choice in field.choices if choice.value == value)
        return option.label
