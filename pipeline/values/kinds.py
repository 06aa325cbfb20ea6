"""The kinds of answers, and what a text means as one of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from pipeline.records import record

Value: TypeAlias = str | Decimal | int | bool | dt.date | tuple[str, ...] | None


class FieldType(StrEnum):
    """The kinds of answers a form asks."""

    TEXT = "text"
    LONGTEXT = "longtext"
    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"
    AMOUNT = "amount"
    INTEGER = "integer"
    PERCENTAGE = "percentage"
    YEAR = "year"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    KBO = "kbo"
    IBAN = "iban"
    MUNICIPALITY = "municipality"
    TABLE = "table"

    __hash__ = str.__hash__  # that of Enum is a call of Python for each look in a set or a dict


@record
class Parsed:
    """What a text means as a type.

    `value` is None when the text has no value of that type; `problem` then says why, in plain Dutch.
    A value with a problem is doubtful: it must never be used silently. Neither value nor problem: nothing
    was filled in.
    """

    value: Value
    problem: str = ""
