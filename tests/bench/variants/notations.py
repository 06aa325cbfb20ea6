"""Amounts, dates and numbers in the notations that people use, each with what it means, decided here by hand."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)
_SHORT = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()  # noqa: SIM905


@dataclass(frozen=True)
class Written:
    """An answer as it stands on paper, and what it means."""

    text: str
    meaning: Any = None
    """None for an empty answer. Text for amounts (`1250.50`) and dates (ISO); tuple of keys for choices."""
    sure: bool = True
    """Not sure: it can mean more than one thing or nothing, so that taking any meaning for granted is wrong."""
    asked: bool = True
    """Not asked: the question itself is not in the file."""


EMPTY = Written("")
ABSENT = Written("", asked=False)


def amount(chance: random.Random) -> Written:
    """Give an amount; the notations are those of the tolerances: dots, spaces, currency before or after, millions."""
    if chance.random() < 0.02:
        whole = chance.randint(1, 99)
        thousands = f"{chance.randint(0, 999):03d}"
        return Written(
            chance.choice((f"{whole},{thousands}.{chance.randint(10, 99)}", f"{whole},{thousands}")), sure=False
        )
    if chance.random() < 0.08:
        tens = chance.randint(10, 799)  # of ten thousand
        number = f"{tens / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        form = chance.choice(("{} miljoen", "{} miljoen euro", "€ {} miljoen"))
        return Written(form.format(number), f"{tens * 10000}.00")
    if chance.random() < 0.04:
        return Written(chance.choice(("0", "€ 0,00", "0 euro", "0,00")), "0.00")
    size = 10 ** chance.randint(1, 6)
    whole = chance.randint(1, 9 * size // 10 + 1)
    if chance.random() < 0.6:
        whole = max(1, whole // 50) * 50
        form = chance.choice(
            (
                "{dots}",
                "{dots}",
                "{plain}",
                "€ {dots}",
                "€{dots}",
                "€ {dots},00",
                "{dots},00",
                "{dots} euro",
                "{spaced} EUR",
                "€ {spaced}",
                "€{dots},-",
                "€ {dots},-",
                "{dots},00 €",
                "EUR {dots},00",
                "€\u00a0{dots},00",
                "{plain} euro",
                "{plain},00",
                "{dots} EUR",
            )
        )
        cents = 0
    else:
        cents = chance.randint(1, 99)
        form = chance.choice(
            (
                "€ {dots},{cents}",
                "{dots},{cents}",
                "{plain},{cents}",
                "{dots},{cents} euro",
                "{spaced},{cents} EUR",
                "€\u00a0{dots},{cents}",
                "€{dots},{cents}",
                "{dots},{cents} €",
            )
        )
    dots = f"{whole:,}".replace(",", ".")
    text = form.format(dots=dots, plain=whole, spaced=dots.replace(".", " "), cents=f"{cents:02d}")
    return Written(text, f"{whole}.{cents:02d}")


def date(chance: random.Random) -> Written:
    """Give a day; the day comes before the month."""
    if chance.random() < 0.02:
        year = chance.randint(2021, 2026)
        return Written(
            chance.choice((f"0{chance.randint(1, 9)}/{chance.randint(13, 28)}/{year}", f"31/02/{year}")), sure=False
        )
    day = dt.date(2020, 1, 1) + dt.timedelta(chance.randint(0, 2600))
    month = MONTHS[day.month - 1]
    text = chance.choice(
        (
            f"{day:%d/%m/%Y}",
            f"{day:%d/%m/%Y}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day}-{day.month}-{day.year}",
            f"{day:%d-%m-%Y}",
            f"{day:%d.%m.%Y}",
            f"{day:%d.%m.%y}",
            f"{day:%d/%m/%y}",
            f"{day.day} {month} {day.year}",
            f"{day.day} {month} {day.year}",
            f"{day.day} {_SHORT[day.month - 1]} {day.year}",
            f"{day.day} {month.capitalize()} {day.year}",
            f"{day:%Y-%m-%d}",
        )
    )
    return Written(text, day.isoformat())


def kbo(chance: random.Random) -> Written:
    """Give an enterprise number with right check digits."""
    first = chance.randint(2_000_000, 19_999_999)
    digits = f"{first:08d}{97 - first % 97:02d}"
    dotted = f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    shapes = [dotted, dotted, f"BE {dotted}", digits, dotted.replace(".", " "), f"BE{digits}"]
    if digits.startswith("0"):
        shapes.append(digits[1:])
    return Written(chance.choice(shapes), digits)


def iban(chance: random.Random) -> Written:
    """Give an account number with right check digits."""
    national = chance.randint(10**9, 10**10 - 1)
    body = f"{national}{national % 97 or 97:02d}"
    whole = f"BE{98 - int(body + '111400') % 97:02d}{body}"
    spaced = " ".join(whole[start : start + 4] for start in range(0, 16, 4))
    return Written(chance.choice((spaced, spaced, whole)), whole)


def year(chance: random.Random) -> Written:
    """Give a year."""
    value = chance.randint(2015, 2027)
    return Written(str(value), str(value))


def phone(chance: random.Random) -> Written:
    """Give a telephone number; what it means is what stands there."""
    area, rest = chance.randint(2, 89), f"{chance.randint(0, 999999):06d}"
    pairs = f"{rest[:2]} {rest[2:4]} {rest[4:]}"
    text = chance.choice(
        (f"0{area} {pairs}", f"04{chance.randint(60, 99)} {pairs}", f"+32 4{chance.randint(60, 99)} {pairs}",
         f"04{chance.randint(60, 99)}/{pairs.replace(' ', '.')}")
    )  # fmt: skip
    return Written(text, text)


def email(chance: random.Random) -> Written:
    """Give an address."""
    name = chance.choice(("leen", "karim.el-amrani", "j.v.d.berg", "wijk_werking", "s.oezdemir-claes", "info+wvc"))
    house = chance.choice(("gent.example", "lokaal-bestuur.example.org", "stad-sint-truiden.example", "ocmw.example"))
    return Written(f"{name}@{house}", f"{name}@{house}")
