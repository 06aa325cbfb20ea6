"""Whether a value and a text as printed say the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pipeline import language
from pipeline.values import FieldType, fold, parse


def agrees(value: Any, text: str) -> bool:
    """Tell whether a printed text says a value, and all of it.

    Args:
        value: as `gegevens.json` holds it: a choice as its key and label, an amount or a day as text.
        text: as printed.
    """
    if isinstance(value, bool):
        return fold(text) == ("ja" if value else "nee")  # papers are Dutch, whatever the program speaks
    if isinstance(value, dict):
        return fold(text) == fold(value["label"])
    if isinstance(value, list):
        return fold(text) == fold(language.enumerate_words([each["label"] for each in value], language.DEFAULT))
    if isinstance(value, int):
        return _says(text, FieldType.INTEGER, value)
    return fold(text) == fold(value) or _same_amount(value, text) or _same_day(value, text) or _same_code(value, text)


def _same_amount(value: str, text: str) -> bool:
    try:
        amount = Decimal(value)
    except ArithmeticError:
        return False
    return _says(text, FieldType.AMOUNT, amount) or _says(text, FieldType.PERCENTAGE, amount)


def _same_day(value: str, text: str) -> bool:
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return False
    return _says(text, FieldType.DATE, day)


def _same_code(value: str, text: str) -> bool:
    """Tell whether two writings of one number are the same but for the signs between: `0207451227`, `0207.451.227`."""
    return any(map(str.isdigit, value)) and value.isalnum() and _letters(text) == _letters(value)


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _says(text: str, kind: FieldType, value: Any) -> bool:
    parsed = parse(text, kind)
    return not parsed.problem and parsed.value == value
