"""Typed values as JSON holds them, and back: amounts and dates as text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.values.kinds import FieldType, Value


def encode_value(value: Value) -> Any:
    """Give a typed value as JSON: amounts and dates as text."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, Decimal):
        return encode_decimal(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value)


def encode_decimal(value: Decimal) -> str:
    """Give an amount as text with at least two decimals, none of its own lost: `800000.00`."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}"


def decode_value(kind: FieldType, value: Any) -> Value:
    """Give back a typed value; None for an amount that is none."""
    if value is None:
        return None
    if kind in (FieldType.AMOUNT, FieldType.PERCENTAGE):
        try:
            return Decimal(value)
        except InvalidOperation:
            return None
    if kind is FieldType.DATE:
        return dt.date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(value)
    return value  # type: ignore[no-any-return]
