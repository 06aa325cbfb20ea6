"""One locale: its catalogue of messages, and amounts, dates and lists as it writes them.

Source strings are Dutch. Another language is a catalogue in `locale/<lang>/LC_MESSAGES/pipeline.po`,
compiled in memory.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache, lru_cache

from pipeline import resources

DEFAULT = "nl_BE"
NBSP = "\u00a0"
_current: ContextVar[str] = ContextVar("locale", default=DEFAULT)


def available() -> tuple[str, ...]:
    """Give the locales that can be asked for, the default first."""
    folders = sorted(path.parent.parent.name for path in resources.LOCALE.glob("*/LC_MESSAGES/pipeline.po"))
    return (DEFAULT, *(name for name in folders if name != DEFAULT))


def use(locale: str) -> None:
    """Speak this locale from here on; it must be one of `available`."""
    _current.set(locale)


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak the language of a form or paper (`nl-BE`) for a while, whatever the program speaks."""
    before = _current.set(tag.replace("-", "_"))
    try:
        yield
    finally:
        _current.reset(before)


def current() -> str:
    """Give the locale that is spoken."""
    return _current.get()


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    path = resources.LOCALE / locale / "LC_MESSAGES" / "pipeline.po"
    if not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as handle:
        catalogue = read_po(handle, locale=locale)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """Translate a message; fill its named places after, with `.format`."""
    return _catalogue(_current.get()).gettext(message)


def plural(one: str, many: str, number: int) -> str:
    """Translate a message that counts, and fill `{number}`."""
    return _catalogue(_current.get()).ngettext(one, many, number).format(number=number)


@lru_cache(maxsize=4096)
def euro(amount: Decimal, locale: str = DEFAULT) -> str:
    """Write an amount for a table or a finding: `€ 800.000,00`, with a no-break space.

    Digits beyond the cent are shown, never rounded away.
    """
    from babel.numbers import format_currency

    if -amount.normalize().as_tuple().exponent > 2:  # type: ignore[operator]
        digits = -int(amount.normalize().as_tuple().exponent)
        return format_currency(
            amount, "EUR", format="¤\u00a0#,##0." + "0" * digits, locale=locale, currency_digits=False
        )
    return format_currency(amount, "EUR", locale=locale)


def amount_in_words(amount: Decimal, locale: str = DEFAULT) -> str:
    """Write an amount in running text: `800.000 euro`, `719.132,50 euro`."""
    whole = amount == amount.to_integral_value()
    return number(amount, 0 if whole else 2, locale) + NBSP + "euro"


@lru_cache(maxsize=4096)
def number(value: Decimal | int, digits: int | None = None, locale: str = DEFAULT) -> str:
    """Write a number with thousands marks: `1.234,5`; `digits` fixes the decimals, never fewer than it has."""
    from babel.numbers import format_decimal

    decimal = Decimal(value).normalize()
    present = max(0, -int(decimal.as_tuple().exponent))
    places = max(present, digits or 0)
    return format_decimal(decimal, format="#,##0" + ("." + "0" * places if places else ""), locale=locale)


def percent(value: Decimal, limit: Decimal | None = None, locale: str = DEFAULT) -> str:
    """Write a percentage (20 for 20 %): `16,67 %`, cut to two decimals.

    When that would look equal to `limit` though it is not, more digits are shown (19.99993 gives `19,9999 %`).
    """
    digits = 2
    shown = round(value, digits)
    while limit is not None and shown == limit != value and digits < 12:
        digits += 1
        shown = round(value, digits)
    return number(shown, 0, locale) + NBSP + "%"


def date_long(day: dt.date, locale: str = "") -> str:
    """Write a date in running text, in the locale that is spoken unless another is given: `17 maart 2021`."""
    return _date(day, "d MMMM y", locale or current())


@lru_cache(maxsize=4096)
def _date(day: dt.date, form: str, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, form, locale=locale)


def date_short(day: dt.date) -> str:
    """Write a date in a table: `17/03/2021`."""
    return _date(day, "dd/MM/y", DEFAULT)


def moment(when: dt.datetime) -> str:
    """Write a moment in Brussels time: `19 juli 2021 om 23.59.59 uur`."""
    from zoneinfo import ZoneInfo

    local = when.astimezone(ZoneInfo("Europe/Brussels"))
    seconds = f".{local:%S}" if local.second else ""
    return _("{date} om {time} uur").format(date=date_long(local.date()), time=f"{local:%H.%M}{seconds}")


def enumerate_words(words: Iterable[str], locale: str = "") -> str:
    """Join words as a sentence does, in the locale that is spoken unless another is given: `a, b en c`."""
    return _enumerated(tuple(words), locale or current())


@lru_cache(maxsize=4096)
def _enumerated(words: tuple[str, ...], locale: str) -> str:
    from babel.lists import format_list

    return format_list(list(words), style="standard", locale=locale)
