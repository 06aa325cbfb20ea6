"""Forms that somebody made anew: other order, other words, questions gone and added. Test code, no reader of ours.

A `Retyper` types the answers to a form under one or more *changes*; the same seed gives the same file. What it typed
at which question is what must come back, or be doubtful, or not be found.
"""

import dataclasses
import io
from dataclasses import dataclass

from tests.typed_forms import Typist

OTHER_WORDS = {
    "gemeente": "Hoe heet uw stad?",
    "adres": "Waar vinden we u",
    "contact_voornaam": "Voornaam van wie we mogen bellen",
    "contact_email": "Digitaal adres van de medewerker",
    "datum_indiening": "Verzonden op",
    "titel": "Opschrift van het project",
    "samenvatting": "Het project in het kort",
    "startdatum": "Aanvang van de werken",
    "einddatum": "Laatste dag van de werken",
    "gevraagde_subsidie": "Hoeveel geld vraagt u aan Vlaanderen?",
    "wijk_naam": "Om welke buurt gaat het",
    "gebied": "Grenzen en ligging",
    "motivering_afbakening": "Waarom net deze buurt",
    "verwevenheid": "Hoe problemen elkaar raken",
    "btw_regime": "Zijn de bedragen met belasting",
    "kennisdeling_strategie": "Hoe deelt u wat u leert",
    "monitoring": "Opvolging",
    "evaluatie": "Beoordeling achteraf",
    "dossiernummer": "Referentie",
    "vergadering": "Bijeenkomst",
}
"""Field key → a question in other words, that no alias of the definition knows."""

EXTRA = (
    ("Telefoon algemeen", "02 555 00 00"),
    ("E-mail algemeen", "info@stadhuis.example"),
    ("Datum van het vorige contract", "15/03/2017"),
    ("Subsidie vorige oproep", "€ 125.000,00"),
    ("Naam van de wijkmanager", "An Peeters"),
    ("Startdatum wijkwerking", "1/9/2016"),
    ("Interne referentie", "2021-SOC-17"),
    ("Aantal inwoners van de gemeente", "36.123"),
    ("Opmerkingen van de dienst", "Graag antwoord voor de zomer."),
    ("Budgetcode", "0470-00/64930000"),
    ("Naam van de dienst", "Dienst Samenleven"),
    ("Goedgekeurd door het diensthoofd", "ja"),
)
"""Questions of the municipality's own, some of them much like those of the form."""

CHANGES = (
    "sections in another order",
    "sections under other titles",
    "two sections in one",
    "no section titles",
    "questions in another order",
    "questions removed",
    "labels by an alias",
    "labels with a typing error",
    "labels with words around them",
    "labels with a number",
    "questions in other words",
    "questions of their own",
    "columns of their own",
    "columns in another order",
    "columns removed",
    "a column of remarks",
    "one big table",
)

_TITLES = {
    "A": "Wie bent u",
    "B": "Het project in het kort",
    "C": "De buurt",
    "D": "Wat er aan de hand is",
    "E": "Wat we gaan doen",
    "K": "Tijdspad en opvolging",
    "M": "Geld",
    "N": "Handtekeningen",
    "O": "Lijst van bestanden",
}
_AROUND = ("Geef hier: {}", "{} (graag kort)", "{} van uw bestuur", "Vul in: {}", "{} zoals gevraagd", "De {}")
_NUMBERS = ("{letter}.{number} {label}", "{number}) {label}", "Vraag {number}: {label}", "{letter}{number}. {label}")


@dataclass(frozen=True)
class Asked:
    """A question as it is typed: its words, its text, and whose answer that is."""

    label: str
    text: str
    field: object = None
    """None: a question of the municipality's own."""
    rows: tuple = ()


class Retyper(Typist):
    """Types a form anew under some changes."""

    def __init__(self, seed, changes):
        super().__init__(seed)
        self.changes = frozenset(changes)
        assert self.changes <= set(CHANGES), self.changes - set(CHANGES)
        self.typed = {}
        """What was typed: field key → value, or for a table its rows."""

    def type(self, form, answers):
        """Give the file; `typed` then says what stands in it."""
        self.file.add_heading(form.title, 0)
        sections = [[section, self.questions(section, answers)] for section in form.sections]
        if "sections in another order" in self.changes:
            self.random.shuffle(sections)
        if "two sections in one" in self.changes:
            at = self.random.randrange(len(sections) - 1)
            (one, its), (other, theirs) = sections[at : at + 2]
            sections[at : at + 2] = [
                [dataclasses.replace(one, title=f"{one.title} en {other.title.lower()}"), its + theirs]
            ]
        if "one big table" in self.changes:
            self.big(sections)
        else:
            for section, questions in sections:
                self.head(section)
                self.ask(questions)
        made = io.BytesIO()
        self.file.save(made)
        return made.getvalue()

    def head(self, section):
        if "no section titles" not in self.changes:
            self.file.add_heading(self.title(section), 1)

    def title(self, section):
        title = section.title
        if "sections under other titles" in self.changes:
            title = _TITLES.get(section.key, title)
        return self.numbering.format(key=section.key, title=title)

    def questions(self, section, answers):
        """Give the questions of a section as they will be asked."""
        asked = []
        for number, field in enumerate(section.fields, 1):
            if "questions removed" in self.changes and self.random.random() < 0.3:
                continue
            label = self.renamed(field.label, field, section.key, number)
            value = answers.get(field.key)
            if field.columns:
                rows = tuple(value or ())
                asked.append(Asked(label, "", field, rows))
                self.typed[field.key] = rows
            else:
                asked.append(Asked(label, "" if value is None else self.words(field, value), field))
                self.typed[field.key] = value
        if "questions in another order" in self.changes:
            self.random.shuffle(asked)
        if "questions of their own" in self.changes:
            for label, text in self.random.sample(EXTRA, self.random.randint(1, 3)):
                asked.insert(self.random.randint(0, len(asked)), Asked(label, text))
        return asked

    def renamed(self, label, field, letter, number, *, column=False):
        """Give a label under the changes that touch it."""
        if "labels by an alias" in self.changes and field.aliases and self.random.random() < 0.5:
            label = self.random.choice(field.aliases)
        if not column and "questions in other words" in self.changes and self.random.random() < 0.6:
            label = OTHER_WORDS.get(field.key, label)
        if "labels with words around them" in self.changes and self.random.random() < 0.3:
            label = self.random.choice(_AROUND).format(label)
        if "labels with a typing error" in self.changes and len(label) > 6 and self.random.random() < 0.4:
            label = self.mistyped(label)
        if not column and "labels with a number" in self.changes:
            label = self.random.choice(_NUMBERS).format(letter=letter, number=number, label=label)
        return label

    def mistyped(self, label):
        at = self.random.randrange(1, len(label) - 2)
        manner = self.random.choice(("twice", "gone", "swapped", "other"))
        return {
            "twice": label[:at] + label[at] + label[at:],
            "gone": label[:at] + label[at + 1 :],
            "swapped": label[:at] + label[at + 1] + label[at] + label[at + 2 :],
            "other": label[:at] + self.random.choice("aeions") + label[at + 1 :],
        }[manner]

    def ask(self, questions):
        """Type questions, those in a row that are no tables in one manner."""
        run = []
        for asked in questions:
            if asked.field is not None and asked.field.columns:
                self.say(run)
                run = []
                self.grid(asked)
            else:
                run.append(asked)
        self.say(run)

    def say(self, run):
        if not run:
            return
        pairs = [(self.label.format(asked.label), asked.text) for asked in run]
        if "a column of remarks" in self.changes:
            self.table([["Vraag", "Antwoord", "Opmerking"], *([*pair, ""] for pair in pairs)])
        else:
            self.random.choice((self.lines, self.pairs, self.fours, self.stacked, self.headed))(pairs)
        self.file.add_paragraph("")

    def grid(self, asked):
        """Type a table, as a grid or as cards."""
        self.file.add_heading(asked.label, 2)
        columns, rows = self.columns(asked)
        if self.random.random() < 0.5 and len(columns) > 2 and rows:
            for number, row in enumerate(rows, 1):
                self.file.add_paragraph(f"{asked.field.row_title or asked.field.label} {number}")
                self.table([list(pair) for pair in zip(columns, row, strict=True)])
        else:
            self.table([columns, *(rows or [[""] * len(columns)])])

    def columns(self, asked):
        """Give the labels of the columns, and the texts of each row, under the changes."""
        field, kept = asked.field, list(asked.field.columns)
        if "columns removed" in self.changes:
            kept = [column for number, column in enumerate(kept) if number == 0 or self.random.random() < 0.75]
        if "columns in another order" in self.changes:
            self.random.shuffle(kept)
        labels = [self.label.format(self.renamed(column.label, column, "", 0, column=True)) for column in kept]
        rows = [
            [self.words(column, row[column.key]) if column.key in row else "" for column in kept] for row in asked.rows
        ]
        self.typed[field.key] = tuple(
            {column.key: row[column.key] for column in kept if column.key in row} for row in asked.rows
        )
        if "columns of their own" in self.changes:
            at = self.random.randint(0, len(labels))
            label = self.random.choice(("Opmerking", "Bedrag vorig jaar", "Nr.", "Contactpersoon", "Gewijzigd op"))
            labels.insert(at, label)
            for number, row in enumerate(rows, 1):
                row.insert(
                    at,
                    {"Nr.": str(number), "Bedrag vorig jaar": "€ 1.000", "Gewijzigd op": "2/2/2021"}.get(
                        label, "zie nota"
                    ),
                )
        return labels, rows

    def big(self, sections):
        """Type everything but the tables in one table of two columns, the titles in it as rows."""
        rows = []
        for section, questions in sections:
            rows.append([self.title(section), ""])
            rows += [[self.label.format(a.label), a.text] for a in questions if a.field is None or not a.field.columns]
        self.table(rows)
        for section, questions in sections:
            tables = [asked for asked in questions if asked.field is not None and asked.field.columns]
            if tables:
                self.head(section)
                for asked in tables:
                    self.grid(asked)
