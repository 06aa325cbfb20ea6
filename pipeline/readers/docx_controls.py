"""Read the properties of the controls of Word: content controls and older form fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.ooxml.markup import value
from pipeline.ooxml.names import OFF, VAL, W14, W15, W
from pipeline.readers.controls import Open
from pipeline.readers.docx_styles import is_on
from pipeline.readers.numbers import whole
from pipeline.readers.symbols import sign, signs

_KINDS = {
    W + "text": "text",
    W + "date": "date",
    W + "dropDownList": "choice",
    W + "comboBox": "choice",
    W14 + "checkbox": "checkbox",
    W + "group": "group",
    W15 + "repeatingSection": "repeating",
    W15 + "repeatingSectionItem": "item",
    W + "picture": "picture",
}
_PROPERTIES, _CONTENT = W + "sdtPr", W + "sdtContent"
_DETAILED = frozenset({"checkbox", "choice", "date"})
"""Of which more is read than that they are of this kind."""
_DAY = W + "fullDate"
_ITEM, _VALUE, _SHOWN = W + "listItem", W + "value", W + "displayText"
_TAG, _ALIAS, _SHOWING, _BINDING = W + "tag", W + "alias", W + "showingPlcHdr", W + "dataBinding"


@dataclass(slots=True)
class _Stored:
    """What a control keeps beside its text; a list is looked through only where a text was chosen."""

    day: str = ""
    """Of a date, as ISO writes it."""
    lists: list[Any] = field(default_factory=list)

    def __call__(self, text: str) -> str:
        """Give the value of the first item that shows a text, else the day."""
        for item in (each for listed in self.lists for each in listed[:]) if text else ():
            if text in item.values() and item.tag == _ITEM:  # costs a quarter of asking for each by its name
                kept = str(item.get(_VALUE, ""))
                if (item.get(_SHOWN) or kept) == text:
                    return kept or self.day
        return self.day


def read_control(sdt: Any) -> tuple[Open, Any]:
    """Read the properties of a content control; give it with the element that holds its content, if any."""
    control = Open("rich")
    content = None
    for part in sdt[:]:
        tag = part.tag
        if tag == _CONTENT:
            content = part
        elif tag == _PROPERTIES:
            _read_properties(control, part)
    return control, content


def words_in(content: Any) -> str:
    """Give the words that the content of a control keeps, a paragraph on a line."""
    lines = (paragraph.itertext(W + "t") for paragraph in content.iter(W + "p"))
    return "\n".join("".join(texts) for texts in lines)


def _read_properties(control: Open, properties: Any) -> None:
    for entry in properties[:]:
        name = entry.tag
        if name == _TAG:
            control.tag = value(entry)
        elif name == _ALIAS:
            control.title = value(entry)
        elif name == _SHOWING:
            control.placeholder = is_on(entry)
        elif name == _BINDING:
            control.binding = entry
        elif kind := _KINDS.get(name):
            control.kind = kind
            if kind in _DETAILED:
                _read_details(control, entry)


def _read_details(control: Open, entry: Any) -> None:
    if control.kind == "checkbox":
        checked = entry.find(W14 + "checked")
        control.checked = checked is not None and checked.get(W14 + "val", "1") not in OFF
        control.glyphs = (_glyph(entry, "checkedState", "☒"), _glyph(entry, "uncheckedState", "☐"))
        return
    stored = control.stored if isinstance(control.stored, _Stored) else _Stored()
    if control.kind == "choice":
        stored.lists.append(entry)
        stored.day = ""
    else:
        stored.day = entry.get(_DAY, "")[:10]
    control.stored = stored


def _glyph(checkbox: Any, state: str, usual: str) -> str:
    entry = checkbox.find(W14 + state)
    code = "" if entry is None else entry.get(W14 + "val", "")
    try:
        return sign(int(code, 16), entry.get(W14 + "font", "")) if code else usual
    except ValueError:
        return usual


def read_form_field(data: Any) -> Open | None:
    """Read the data of an older form field; nothing when it is none of the three kinds."""
    name = data.find(W + "name")
    tag = "" if name is None else name.get(VAL, "")
    for entry in data:
        if entry.tag == W + "textInput":
            return Open("text", tag)
        if entry.tag == W + "checkBox":
            state = entry.find(W + "checked")
            state = entry.find(W + "default") if state is None else state
            return Open("checkbox", tag, checked=state is not None and is_on(state))
        if entry.tag == W + "ddList":
            return Open("choice", tag, pieces=[_chosen(entry)])
    return None


def _chosen(choices: Any) -> str:
    texts = [entry.get(VAL, "") for entry in choices.iterchildren(W + "listEntry")]
    number = choices.find(W + "result")
    number = choices.find(W + "default") if number is None else number
    index = "0" if number is None else number.get(VAL, "0")
    place = whole(index)
    return signs(texts[place]) if place is not None and place < len(texts) else ""
