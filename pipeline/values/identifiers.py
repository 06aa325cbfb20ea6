"""Numbers and addresses that identify: enterprise and account numbers, e-mail, telephone, postcode."""

from __future__ import annotations

import re

from pipeline.language import _
from pipeline.values.folding import plain_spaces
from pipeline.values.kinds import Parsed

_KBO_WORDS = re.compile(r"^(?:(?:kbo|ondernemingsnummer|btw|nummer|nr|be)\b[ .:-]*)+|^be(?=\d)", re.IGNORECASE)
_KBO_SHAPE = re.compile(r"[\d ./-]+")
_IBAN_WORDS = re.compile(r"^(?:iban\b|rekeningnummer\b)[ :]*", re.IGNORECASE)
_IBAN_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}"
)
_PHONE_SHAPE = re.compile(r"\+?[\d ()./-]+")
_BELGIAN = re.compile(r"(?:4[5-9]\d{7}|[1-9]\d{7})")

_BELGIAN_IBAN_LENGTH = 16
_KBO_LENGTH = 10


def parse_kbo(text: str) -> Parsed:
    """Read an enterprise number as its ten digits; whether the check digits hold is a rule's question."""
    digits = _kbo_digits(text)
    if digits is None:
        return Parsed(None, _("«{text}» is geen ondernemingsnummer; schrijf tien cijfers.").format(text=text))
    if len(digits) > _KBO_LENGTH:
        return Parsed(None, _("«{text}» telt meer dan tien cijfers; vul één ondernemingsnummer in.").format(text=text))
    return Parsed(digits)


def _kbo_digits(text: str) -> str | None:
    plain = _KBO_WORDS.sub("", plain_spaces(text)).strip()
    if not _KBO_SHAPE.fullmatch(plain):
        return None
    digits = re.sub(r"\D", "", plain)
    if len(digits) == _KBO_LENGTH - 1 and digits[0] != "0":
        return "0" + digits
    return digits if len(digits) >= 6 else None


def valid_kbo(value: str) -> bool:
    """Tell whether the check digits hold: 97 minus the first eight modulo 97 gives the last two."""
    digits = _kbo_digits(value)
    if digits is None or len(digits) != 10 or digits[0] not in "01":
        return False
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


def format_kbo(value: str) -> str:
    """Write an enterprise number as `0123.456.789`; anything else is left as it is."""
    digits = _kbo_digits(value)
    if digits is None or len(digits) != 10:
        return value
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def parse_iban(text: str) -> Parsed:
    """Read an account number without its spaces; whether the check digits hold is a rule's question."""
    plain = _iban(text)
    if not _IBAN_SHAPE.fullmatch(plain):
        return Parsed(
            None, _("«{text}» is geen IBAN; een Belgische begint met BE en telt 16 tekens.").format(text=text)
        )
    if plain.startswith("BE") and len(plain) > _BELGIAN_IBAN_LENGTH:
        first = plain[:_BELGIAN_IBAN_LENGTH]
        return Parsed(
            first if valid_iban(first) else None,
            _("«{text}» zegt meer dan een rekeningnummer; een Belgisch telt 16 tekens.").format(text=text),
        )
    return Parsed(plain)


def _iban(text: str) -> str:
    return re.sub(r"[ .-]", "", _IBAN_WORDS.sub("", plain_spaces(text))).upper()


def valid_iban(value: str) -> bool:
    """Tell whether the check digits hold (modulo 97 is 1) and a Belgian number has 16 characters."""
    plain = _iban(value)
    if not _IBAN_SHAPE.fullmatch(plain) or (plain.startswith("BE") and len(plain) != _BELGIAN_IBAN_LENGTH):
        return False
    return int("".join(str(int(character, 36)) for character in plain[4:] + plain[:4])) % 97 == 1


def known_bank(value: str) -> bool:
    """Tell whether a Belgian account's own check digits hold.

    There is no free list of bank codes; the last two of the twelve national digits check the ten before
    them (modulo 97, 97 for 0), so a made-up bank code or account shows. Other countries count as known.
    """
    plain = _iban(value)
    if not plain.startswith("BE"):
        return True
    national = plain[4:]
    if len(national) != 12 or not national.isdecimal():
        return False
    return (int(national[:10]) % 97 or 97) == int(national[10:])


def format_iban(value: str) -> str:
    """Write an account number in groups of four; anything else is left as it is."""
    plain = _iban(value)
    if not _IBAN_SHAPE.fullmatch(plain):
        return value
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def parse_email(text: str) -> Parsed:
    """Read an e-mail address as written; whether it can exist is a rule's question."""
    plain = re.sub(r"^mailto:", "", plain_spaces(text), flags=re.IGNORECASE).rstrip(".,;")
    if re.search(r"@[^@;,/]+[;,/][^@]*@", plain):
        return Parsed(None, _("«{text}» noemt meer dan één e-mailadres; vul er één in.").format(text=text))
    if " " not in plain and any(character.isalnum() for character in plain) and ("@" in plain or plain.count(".") < 3):
        return Parsed(plain.strip("<>"))
    found = _EMAIL.findall(plain)
    if len(found) == 1:
        return Parsed(
            found[0],
            _("«{text}» zegt meer dan een e-mailadres; gelezen als {value}.").format(text=text, value=found[0]),
        )
    if len(found) > 1:
        return Parsed(None, _("«{text}» noemt meer dan één e-mailadres; vul er één in.").format(text=text))
    return Parsed(None, _("«{text}» is geen e-mailadres.").format(text=text))


def is_email(value: str) -> bool:
    """Tell whether the text can be one e-mail address."""
    return bool(_EMAIL.fullmatch(value)) and len(value) <= 254


def parse_phone(text: str) -> Parsed:
    """Read a telephone number as written; whether it can exist is a rule's question."""
    plain = re.sub(r"^(?:tel|gsm|telefoon)\b\.?[ :]*", "", plain_spaces(text), flags=re.IGNORECASE)
    if _PHONE_SHAPE.fullmatch(plain) and len(re.sub(r"\D", "", plain)) >= 6:
        return Parsed(plain)
    return Parsed(None, _("«{text}» is geen telefoonnummer.").format(text=text))


def is_phone(value: str) -> bool:
    """Tell whether the text can be one Belgian number (`09 123 45 67`, `+32 477 12 34 56`) or a foreign one with +."""
    plain = plain_spaces(value)
    if not _PHONE_SHAPE.fullmatch(plain):
        return False
    digits = re.sub(r"\D", "", plain.replace("(0)", ""))
    if plain.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if not digits.startswith("32"):
            return 8 <= len(digits) <= 15
        return bool(_BELGIAN.fullmatch(digits[2:].removeprefix("0")))
    return digits.startswith("0") and bool(_BELGIAN.fullmatch(digits[1:]))


def is_postcode(value: str | int) -> bool:
    """Tell whether the text is a Belgian postcode: 1000 to 9999."""
    return bool(re.fullmatch(r"[1-9]\d{3}", str(value).strip()))
