"""Numbers as people write them in Belgium: amounts, whole numbers, percentages, years."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.language import _
from pipeline.values.folding import plain_spaces
from pipeline.values.kinds import Parsed

_NUMBER = r"[+-]? ?\d(?:[\d .,']*\d)?"
_SCALES = {
    "duizend": 1000,
    "miljoen": 1_000_000,
    "mio": 1_000_000,
    "mln": 1_000_000,
    "miljard": 1_000_000_000,
}
_CURRENCY = r"(?:€|eur(?:o|os|o's)?(?![^\W\d_])\.?)"
_AMOUNT = re.compile(
    rf"(?:{_CURRENCY} ?)?(?P<number>(?P<early>[+-] ?{_CURRENCY} ?)?{_NUMBER})(?P<dash> ?[.,] ?-+)?"
    rf" ?(?P<scale>(?:{'|'.join(_SCALES)})\b\.?)? ?{_CURRENCY}?",
    re.IGNORECASE,
)
_NOTHING = {"nihil", "geen", "nul"}
_LETTERS_BEFORE = re.compile(r"[^\W\d_][.,]?$")
_LETTERS_AFTER = re.compile(r"[.,]?[^\W\d_]| ?(?:[km](?:€|eur\w*|\b)|ton\b|[oil]{2,}\b)", re.IGNORECASE)
_APART = re.compile(r"(?<=\d)(?:\s{2,}|[\t\n\v\f])(?=\d)")
"""White space that parts two numbers; a single space may stand between thousands."""
_MOST_DECIMALS = 2
_ITEM = re.compile("[-\u2010-\u2015]\\s")
"""A dash that may be the bullet of a list, and no minus."""

_AS_ASKED = re.compile(
    r"(?:(?:€|EUR) ?)?(?P<whole>\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<cents>\d\d))?(?: ?(?:€|EUR))?", re.ASCII
)
"""How nearly all amounts are written; then there is nothing to look for."""
_PLAIN = re.compile(r"(?P<whole>\d+)(?:,(?P<cents>\d+))?")
_DOTS = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<cents>\d+))?")
_SPACED = re.compile(r"(?P<whole>[1-9]\d{0,2}(?: \d{3})+)(?:,(?P<cents>\d+))?")
_AMBIGUOUS_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")


def _decimal(text: str) -> Decimal | None:
    """Give the one number that a Belgian text can mean; None when it may mean another."""
    sign, digits = ("-", text[1:].strip()) if text.startswith("-") else ("", text.lstrip("+ "))
    if _AMBIGUOUS_COMMA.fullmatch(digits):
        return None
    for pattern in (_PLAIN, _DOTS, _SPACED):
        if match := pattern.fullmatch(digits):
            whole = match["whole"].replace(".", "").replace(" ", "")
            return Decimal(f"{sign}{whole}.{match['cents'] or '0'}") if match["cents"] else Decimal(sign + whole)
    return None


def _on_one_line(text: str) -> str:
    """Give the text on one line, numbers that stood apart still apart: two lines are no thousands."""
    return plain_spaces(_APART.sub("; ", text))


def _ambiguous(text: str) -> str:
    return _(
        "«{text}» kan op meer dan één manier gelezen worden; "
        "schrijf een punt voor de duizendtallen en een komma voor de decimalen."
    ).format(text=text)


def _beside(text: str, value: str) -> str:
    return _("«{text}» zegt meer dan het gevraagde; gelezen als {value}.").format(text=text, value=value)


def parse_amount(text: str) -> Parsed:
    """Read an amount in euro: `€ 1.250.000,50`, `800 000 EUR`, `0,8 miljoen`, `800.000,-`."""
    if plainly := _AS_ASKED.fullmatch(text):
        return Parsed(Decimal(f"{plainly['whole'].replace('.', '')}.{plainly['cents'] or ''}"))
    plain = _on_one_line(text)
    if plain.casefold() in _NOTHING:
        return Parsed(Decimal(0), _("«{text}» is geen getal; gelezen als 0.").format(text=text))
    found = list(_AMOUNT.finditer(plain))
    if not found:
        return Parsed(None, _("«{text}» is geen bedrag.").format(text=text))
    if len(found) > 1:
        return Parsed(None, _("«{text}» noemt meer dan één getal; vul één bedrag in.").format(text=text))
    match = found[0]
    number = match["number"]
    if match["early"]:
        number = match["early"][0] + number[len(match["early"]) :]
    value = _decimal(number)
    if value is None or (match["scale"] and "." in number):
        return Parsed(None, _ambiguous(text))
    if match["scale"]:
        value = _scaled(value, _SCALES[match["scale"].rstrip(".").casefold()])
    said = match.group()
    before, after = plain[: match.end() - len(said.lstrip())], plain[match.start() + len(said.rstrip()) :]
    if _LETTERS_BEFORE.search(before) or _LETTERS_AFTER.match(after):
        return Parsed(None, _ambiguous(text))
    rest = (before + " " + after).strip()
    if rest in {"", "."} and not _ITEM.match(text):
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > _MOST_DECIMALS:
            return Parsed(
                value, _("«{text}» telt meer dan twee cijfers na de komma; zie na of het klopt.").format(text=text)
            )
        return Parsed(value)
    return Parsed(value, _beside(text, str(value).replace(".", ",")))


def _scaled(value: Decimal, scale: int) -> Decimal:
    product = value * scale
    return product.quantize(Decimal(1)) if product == product.to_integral_value() else product


def parse_integer(text: str) -> Parsed:
    """Read a whole number: `1.200`, `1 200`, `1200`."""
    plain = _on_one_line(text)
    found = re.findall(_NUMBER, plain)
    if not found:
        return Parsed(None, _("«{text}» is geen geheel getal.").format(text=text))
    if len(found) > 1:
        return Parsed(None, _("«{text}» noemt meer dan één getal; vul één getal in.").format(text=text))
    value = _decimal(found[0])
    if value is None:
        return Parsed(None, _ambiguous(text))
    if value != value.to_integral_value():
        return Parsed(None, _("«{text}» is geen geheel getal.").format(text=text))
    if found[0] != plain or _ITEM.match(text):
        return Parsed(int(value), _beside(text, str(int(value))))
    return Parsed(int(value))


_PERCENTAGE = re.compile(
    rf"(?P<number>{_NUMBER}) ?(?P<sign>%|procent\b|percent\b|pct\b\.?|ten honderd\b)?", re.IGNORECASE
)


def parse_percentage(text: str) -> Parsed:
    """Read a percentage; 20 stands for 20 %. A share such as `0,20` is doubtful."""
    plain = _on_one_line(text)
    found = list(_PERCENTAGE.finditer(plain))
    if not found:
        return Parsed(None, _("«{text}» is geen percentage.").format(text=text))
    if len(found) > 1:
        return Parsed(None, _("«{text}» noemt meer dan één getal; vul één percentage in.").format(text=text))
    match = found[0]
    value = _decimal(match["number"])
    if value is None:
        return Parsed(None, _ambiguous(text))
    if not match["sign"] and 0 < abs(value) < 1:
        return Parsed(
            None,
            _("«{text}» kan een aandeel of een percentage zijn; schrijf het met een procentteken.").format(text=text),
        )
    if match.group() != plain or _ITEM.match(text):
        return Parsed(value, _beside(text, f"{value} %".replace(".", ",")))
    return Parsed(value)


def parse_year(text: str) -> Parsed:
    """Read a year of four digits, 1900 to 2100."""
    plain = plain_spaces(text)
    years = re.findall(r"(?<!\d)(?:19\d\d|20\d\d|2100)(?!\d)", plain)
    if plain in years:
        return Parsed(int(plain))
    if len(years) == 1 and not re.search(r"\d", plain.replace(years[0], "", 1)):
        return Parsed(int(years[0]), _beside(text, years[0]))
    return Parsed(None, _("«{text}» is geen jaartal; schrijf vier cijfers, zoals 2022.").format(text=text))
