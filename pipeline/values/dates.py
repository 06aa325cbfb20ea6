"""Dates as people write them in Belgium."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.language import _
from pipeline.values.folding import plain_spaces
from pipeline.values.kinds import Parsed

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari febr feb",
            "maart mrt mar",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_FIGURES = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2}) ?(?P<mark>[-./]) ?(?P<second>\d{1,2}) ?(?P=mark) ?(?P<year>\d{4}|\d{2})(?![\d/-])"
)
_WORDS = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),? )?(?<![\d./-])(?P<day>\d{{1,2}})(?:e|ste|de)?[ -]"
    rf"(?P<month>{'|'.join(_MONTHS)})\.?[ -](?:(?P<year>\d{{4}})|['’‘´`](?P<short>\d{{2}}))(?!\d)",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?<![\d./-])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:[T ]00:00(?::00)?Z?)?(?![\d/-])"
)
_LAST_SHORT_YEAR = 49
_YEARS = range(1900, 2101)


def parse_date(text: str) -> Parsed:
    """Read a day: `17-3-2021`, `17.03.21`, `1 januari 2022`, `3 mrt. '27`, `2021-03-17`; the day before the month."""
    plain = plain_spaces(text)
    if whole := _FIGURES.fullmatch(plain):
        return _from_figures(whole, text)
    found = [
        (match, read)
        for pattern, read in ((_WORDS, _from_words), (_ISO, _from_iso), (_FIGURES, _from_figures))
        for match in pattern.finditer(plain)
    ]
    if not found:
        return Parsed(None, _("«{text}» is geen dag; schrijf dag, maand en jaar, zoals 17/03/2021.").format(text=text))
    if len(found) > 1:
        return Parsed(None, _("«{text}» noemt meer dan één dag; vul één datum in.").format(text=text))
    match, read = found[0]
    parsed = read(match, text)
    if parsed.problem or match.group() == plain.rstrip("."):
        return parsed
    return Parsed(
        parsed.value,
        _("«{text}» zegt meer dan een datum; gelezen als {day}.").format(text=text, day=f"{parsed.value:%d/%m/%Y}"),
    )


def _day(year: int, month: int, day: int, text: str) -> Parsed:
    if year not in _YEARS:
        return Parsed(None, _("«{text}» heeft een onwaarschijnlijk jaar; zie de datum na.").format(text=text))
    try:
        return Parsed(dt.date(year, month, day))
    except ValueError:
        return Parsed(None, _("«{text}» is een dag die niet bestaat.").format(text=text))


def _from_words(match: re.Match[str], text: str) -> Parsed:
    year = int(match["year"] or match["short"])
    if match["short"]:
        if year > _LAST_SHORT_YEAR:
            return _too_short(text)
        year += 2000
    parsed = _day(year, _MONTHS[match["month"].casefold()], int(match["day"]), text)
    weekday = match["weekday"]
    if weekday and isinstance(parsed.value, dt.date) and _WEEKDAYS[parsed.value.weekday()] != weekday.casefold():
        return Parsed(
            parsed.value,
            _("«{text}»: die dag was geen {weekday}.").format(text=text, weekday=weekday.casefold()),
        )
    return parsed


def _too_short(text: str) -> Parsed:
    return Parsed(None, _("«{text}»: het jaar heeft maar twee cijfers; schrijf er vier.").format(text=text))


def _from_iso(match: re.Match[str], text: str) -> Parsed:
    return _day(int(match["year"]), int(match["month"]), int(match["day"]), text)


def _from_figures(match: re.Match[str], text: str) -> Parsed:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        if year > _LAST_SHORT_YEAR:
            return _too_short(text)
        year += 2000
    if second > 12 >= first >= 1:
        american = _day(year, first, second, text)
        return Parsed(
            american.value,
            american.problem or _("«{text}» heeft de maand voor de dag; schrijf dag/maand/jaar.").format(text=text),
        )
    return _day(year, second, first, text)
