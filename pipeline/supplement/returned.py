"""A supplement as it came back: which request it answers, when it counts, where its answers stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.dossier import Answer, Attachment, Extraction, Receipt, Request, Row, folder_of_supplement
from pipeline.supplement.paper import REQUEST, number_of


@dataclass(frozen=True, slots=True)
class Returned:
    """A supplement that came back, as it was read."""

    number: int
    receipt: Receipt
    registered: dt.date
    acts: int
    """How many acts the dossier had when it came."""
    extraction: Extraction
    attachments: tuple[Attachment, ...]
    refused: str = ""
    """Why nothing can be taken from it, although it was asked and came."""


def request_of(returned: Returned, requests: Mapping[int, Request]) -> int | None:
    """Give the number of the request that a supplement says it answers; None when it says none that was asked."""
    answer = returned.extraction.answers.get(REQUEST)
    number = number_of(answer.text) if answer else None
    return number if number in requests else None


def order(returned: Returned, requests: Mapping[int, Request]) -> tuple[int, bool, dt.datetime, int]:
    """Give the order in which supplements count: by their request, then by the moment they came in."""
    received = returned.receipt.received
    moment = received or dt.datetime.max.replace(tzinfo=dt.UTC)
    return request_of(returned, requests) or 0, received is None, moment, returned.number


def attached(returned: Returned) -> tuple[Attachment, ...]:
    """Give the files that came with a supplement, named by where they lie in the dossier."""
    return tuple(
        replace(file, name=f"{folder_of_supplement(returned.number)}/{file.name}") for file in returned.attachments
    )


def placed(answer: Answer, folder: str) -> Answer:
    """Give an answer whose place says in which supplement it stands."""
    rows = tuple(_row(row, folder) for row in answer.rows)
    if answer.location is None:
        return replace(answer, rows=rows)
    return replace(answer, rows=rows, location=replace(answer.location, source=f"{folder}/{answer.location.source}"))


def _row(row: Row, folder: str) -> Row:
    cells = MappingProxyType({key: placed(cell, folder) for key, cell in row.cells.items()})
    if row.location is None:
        return replace(row, cells=cells)
    return replace(row, cells=cells, location=replace(row.location, source=f"{folder}/{row.location.source}"))
