"""Answers made up by a seed: every field type, and texts with everything that people and machines put in them."""

import datetime as dt
import random
from decimal import Decimal

from pipeline.values import FieldType

# fmt: off
COMMON = (
    "de", "het", "een", "van", "in", "wijk", "buurt", "bewoners", "jongeren", "stad", "gemeente", "aanpak",
    "samen", "wonen", "werk", "school", "plein", "straat", "geïntegreerde", "coördinatie", "één", "buurthuis",
    "ondersteuning", "financiering", "maatregelen", "organisatie", "verantwoordelijke",
    "wijkverbeteringscontract", "met", "voor", "naar", "wordt", "worden", "zijn", "omdat,", "avonds.",
    "25.000", "54,2",
)
RARE = (
    "jongeren-zonder-diploma", "ruimtelijk-economische", "en/of", "17/03/2021", "'s", "(zie", "4)", "%",
    "R&D", "Œuvre", "Łódź", "Çavuş", "señor", "naïeve", "cofinancieringsregeling,",
    "ondersteuningsmaatregelen",
)
# fmt: on
PIECES = (
    "& < > <b>vet</b>",
    "{{ 7*7 }}",
    "{% if x %}",
    '„zo” en ‘zo’ en "zo"',
    '=HYPERLINK("http://x")',
    "A–Z — einde",
    "€ 1.250,50",
    "Titel: niet deze",
    "Gevraagde subsidie: 1",
    "e\u0301e\u0301n",
    "12\u00a0345",
    "☒ ja ☐ nee",
    "Ω≈ç√ Ž",
)
PRINTABLE = PIECES[:9]
"""Without what a print cannot show otherwise than it shows something else."""


class Maker:
    """Makes answers; the same seed gives the same answers."""

    def __init__(self, seed, call, *, pieces=PIECES, longest=60):
        self.random = random.Random(seed)
        self.call = call
        self.pieces = pieces
        self.longest = longest

    def form(self, form):
        made = {}
        for field in form.fields():
            if self.random.random() < 0.85:
                made[field.key] = self.rows(field) if field.columns else self.answer(field)
        return made

    def rows(self, field):
        rows = []
        for _number in range(self.random.choice((1, 1, 2, 3))):
            row = {c.key: self.answer(c) for c in field.columns if self.random.random() < 0.8}
            first = field.columns[0]
            rows.append({first.key: self.answer(first), **row})
        return rows

    def answer(self, field):
        pick = self.random
        match field.type:
            case FieldType.TEXT:
                return self.line(pick.randint(1, 8))
            case FieldType.LONGTEXT:
                return "\n".join(self.line(pick.randint(1, self.longest)) for _ in range(pick.choice((1, 1, 2, 4))))
            case FieldType.AMOUNT:
                return Decimal(pick.randint(0, 10 ** pick.randint(1, 9))) / 100
            case FieldType.INTEGER:
                return pick.randint(0, 10 ** pick.randint(1, 6))
            case FieldType.PERCENTAGE:
                return Decimal(pick.randint(100, 10000)) / 100
            case FieldType.YEAR:
                return pick.randint(2000, 2030)
            case FieldType.DATE:
                return dt.date(2021, 1, 1) + dt.timedelta(pick.randint(0, 2000))
            case FieldType.YESNO:
                return pick.random() < 0.5
            case FieldType.CHOICE:
                return pick.choice(field.choices).value
            case FieldType.CHOICES:
                values = [choice.value for choice in field.choices]
                chosen = pick.sample(values, pick.randint(1, len(values)))
                return tuple(value for value in values if value in chosen)
            case FieldType.KBO:
                first = pick.randint(2_000_000, 19_999_999)
                return f"{first:08d}{97 - first % 97:02d}"
            case FieldType.IBAN:
                national = pick.randint(10**9, 10**10 - 1)
                body = f"{national}{national % 97 or 97:02d}"
                return f"BE{98 - int(body + '111400') % 97:02d}{body}"
            case FieldType.EMAIL:
                name = pick.choice(("leen", "karim.el-amrani", "j.v.d.berg"))
                return f"{name}@{pick.choice(('gent.be', 'lokaal-bestuur.example.org'))}"
            case FieldType.PHONE:
                return pick.choice(("09 266 00 00", "0477 12 34 56", "+32 3 123 45 67"))
            case FieldType.MUNICIPALITY:
                return pick.choice(sorted(self.call.codelists[field.codelist]))
        raise AssertionError(field.type)

    def line(self, count):
        words = [self.random.choice(RARE if self.random.random() < 0.08 else COMMON) for _ in range(count)]
        if self.random.random() < 0.4:
            words.insert(self.random.randint(0, count), self.random.choice(self.pieces))
        return f"{self.random.choice('ABCDEFGH')}{self.random.randint(1, 99)} " + " ".join(words)
