"""Quoted sentences of the call: they stand where they must, and the call says them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import Fault
from pipeline.finding import Severity
from pipeline.form import Demand
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.values import fold

TEXT_OF_CALL = "oproep.md"
_QUOTE = re.compile(r"«(.*?)»", re.DOTALL)
_LAYOUT = re.compile(r"\*\*|^\s*(?:[-•] |o )+", re.MULTILINE)


def hold_quotes(call: Call, faults: list[Fault]) -> None:
    """Report a lacking quotation where something blocks, and every quotation that the call does not say."""
    said = _said(call.folder / TEXT_OF_CALL)
    for file, key, reference, blocks in _references(call):
        quotes = _QUOTE.findall(reference)
        if blocks and not quotes and "{{" not in reference:
            message = _("Wat blokkeert heeft een zin uit de oproep nodig, tussen « en ».")
            faults.append(Fault(file, key, message))
        for quote in quotes:
            if said and _plain(quote) not in said:
                message = _("De zin «{quote}» staat niet in {text}.").format(quote=quote, text=TEXT_OF_CALL)
                faults.append(Fault(file, key, message))


def _said(path: Path) -> str:
    """Give the text of the call for comparing; nothing when the folder does not hold it."""
    return _plain(path.read_text(encoding="utf-8")) if path.is_file() else ""


def _plain(text: str) -> str:
    """Fold a text: no layout marks, no spaces around a slash, single white space, no closing full stop."""
    return re.sub(r"\s*/\s*", "/", fold(_LAYOUT.sub("", text))).strip(" .")


def _references(call: Call) -> Iterator[tuple[str, str, str, bool]]:
    """Give file, key, reference and whether it must hold a quotation."""
    for about, parameters in (("planning", call.planning), ("parameters", call.parameters)):
        for key, parameter in parameters.items():
            yield "oproep.toml", f"{about}.{key}.reference", parameter.reference, False
    for name, body in call.bodies.items():
        for key, reference in _within(body, name):
            yield "oproep.toml", key, reference, False
    for form in call.forms.values():
        for section in form.sections:
            for field in section.fields:
                for each in (field, *field.columns):
                    key = f"section.{section.key}.field.{field.key}"
                    key += f".column.{each.key}" if each is not field else ""
                    yield f"{form.key}.toml", f"{key}.reference", each.reference, each.demand is Demand.CALL
        for each_sum in form.sums:
            yield f"{form.key}.toml", f"sum.{each_sum.key}.reference", each_sum.reference, False
    for rule in call.rules:
        for number, case in enumerate(rule.cases, 1):
            blocks = case.severity is Severity.BLOCKING
            yield "regels.toml", f"rule.{rule.code}.case[{number}].reference", case.reference, blocks


def _within(body: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(body, Mapping):
        for key, value in body.items():
            if key == "reference" and isinstance(value, str):
                yield f"{path}.{key}", value
            else:
                yield from _within(value, f"{path}.{key}")
    elif isinstance(body, list | tuple):
        for number, value in enumerate(body, 1):
            yield from _within(value, f"{path}[{number}]")
