"""Answers as JSON and back: values, places, rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.document import Location
from pipeline.dossier import Answer, Row, State
from pipeline.form import Field, Form
from pipeline.values import decode_value, encode_value

SCHEMA_VERSION = 1
Json = dict[str, Any]

_LOCATION_DEFAULTS: Json = {
    "source": "",
    "heading": "",
    "part": "",
    "page": None,
    "box": None,
    "table": None,
    "row": None,
    "column": None,
    "paragraph": None,
    "control": "",
    "label": "",
    "line": "",
}


def dump(data: Mapping[str, Any]) -> bytes:
    """Give the bytes of a JSON file: UTF-8, keys in the order given, a line for each answer, finding or file."""
    text = "{\n" + ",\n".join(f"{_compact(key)}: {_spread(value)}" for key, value in data.items()) + "\n}\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, from a careless PDF
        return (json.dumps(data, ensure_ascii=True) + "\n").encode()


def _spread(value: Any) -> str:
    """Give what holds several things with each on a line of its own."""
    if isinstance(value, Mapping) and value:
        return "{\n " + ",\n ".join(f"{_compact(key)}: {_compact(item)}" for key, item in value.items()) + "\n}"
    if isinstance(value, list | tuple) and value:
        return "[\n " + ",\n ".join(_compact(item) for item in value) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def encode_location(location: Location | None) -> Json | None:
    """Give a place as JSON; what is not known is left out."""
    if location is None:
        return None
    places = {name: getattr(location, name) for name in _LOCATION_DEFAULTS}
    return {
        name: list(place) if isinstance(place, tuple) else place
        for name, place in places.items()
        if place != _LOCATION_DEFAULTS[name]
    }


def decode_location(data: Json | None) -> Location | None:
    """Give back a place."""
    if data is None:
        return None
    box = data.get("box")
    return Location(**{**data, "box": tuple(box) if box else None})


def encode_answer(answer: Answer) -> Json:
    """Give an answer as JSON; a table has `rows` instead of a value."""
    data: Json = {}
    if answer.rows:
        data["rows"] = [{key: encode_answer(cell) for key, cell in row.cells.items()} for row in answer.rows]
        data["row_numbers"] = [row.number for row in answer.rows]
        data["row_locations"] = [encode_location(row.location) for row in answer.rows]
    else:
        data["value"] = encode_value(answer.value)
    data["text"] = answer.text
    data["state"] = answer.state.value
    data["method"] = answer.method
    data["confidence"] = answer.confidence
    data["location"] = encode_location(answer.location)
    if answer.problem:
        data["problem"] = answer.problem
    return data


def encode_answers(answers: Mapping[str, Answer]) -> Json:
    """Give all answers of a form as JSON."""
    return {key: encode_answer(answer) for key, answer in answers.items()}


def decode_answers(data: Json, form: Form) -> dict[str, Answer]:
    """Give back the answers of a form; what the form no longer asks is left out."""
    return {field.key: _decode_answer(field, data[field.key]) for field in form.fields() if field.key in data}


def _decode_answer(field: Field, data: Json) -> Answer:
    columns = {column.key: column for column in field.columns}
    rows = tuple(
        Row(
            number,
            {key: _decode_answer(columns[key], cell) for key, cell in cells.items() if key in columns},
            decode_location(location),
        )
        for number, cells, location in zip(
            data.get("row_numbers", ()), data.get("rows", ()), data.get("row_locations", ()), strict=True
        )
    )
    return Answer(
        field=field.key,
        state=State(data["state"]),
        text=data["text"],
        value=decode_value(field.type, data.get("value")),
        rows=rows,
        location=decode_location(data["location"]),
        method=data["method"],
        confidence=data["confidence"],
        problem=data.get("problem", ""),
    )
