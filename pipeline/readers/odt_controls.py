"""Read the controls of OpenDocument: content controls, input fields, older form fields, controls of a form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from pipeline.odf.names import FIELD, FORM, LOEXT, TEXT, XML
from pipeline.readers.controls import Open
from pipeline.readers.numbers import whole
from pipeline.readers.symbols import TICKED, UNTICKED

_VALUES = frozenset({"text", "textarea", "formatted-text", "number", "date", "time", "combobox", "file"})
_BOXES = {"checkbox": "state", "radio": "selected"}
_LABELS = frozenset({"fixed-text", "button", "frame"})
_NEVER = frozenset({"hidden", "password"})
_FIELD_KIND = "vnd.oasis.opendocument.field."
_TEXTS = frozenset({_FIELD_KIND + "FORMTEXT", _FIELD_KIND + "FORMDATE"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a control of a form shows where it stands."""

    control: Open
    text: str
    label: str = ""
    """What stands beside a box."""


def read_content_control(element: Any) -> Open:
    """Read the properties of a content control as LibreOffice writes it."""
    control = Open("rich", element.get(LOEXT + "tag", ""), element.get(LOEXT + "alias", ""))
    control.placeholder = _is_on(element.get(LOEXT + "showing-place-holder"))
    items = element.findall(LOEXT + "list-item")
    if _is_on(element.get(LOEXT + "checkbox")):
        control.kind = "checkbox"
        control.checked = _is_on(element.get(LOEXT + "checked"))
        control.glyphs = (element.get(LOEXT + "checked-state", "☒"), element.get(LOEXT + "unchecked-state", "☐"))
    elif _is_on(element.get(LOEXT + "date")):
        control.kind = "date"
        day = element.get(LOEXT + "current-date", "")[:10]
        control.stored = lambda _text: day
    elif _is_on(element.get(LOEXT + "picture")):
        control.kind = "picture"
    elif items or _is_on(element.get(LOEXT + "dropdown")) or _is_on(element.get(LOEXT + "combobox")):
        control.kind = "choice"
        control.stored = partial(_value_of, items)
    elif _is_on(element.get(LOEXT + "plain-text")):
        control.kind = "text"
    return control


def _value_of(items: list[Any], text: str) -> str:
    """Give the value of the first item of a list that shows a text."""
    for item in items if text else ():
        value = str(item.get(LOEXT + "value", ""))
        if (item.get(LOEXT + "display-text") or value) == text:
            return value
    return ""


def _is_on(value: str | None) -> bool:
    return value == "true"


def read_input(element: Any) -> Open:
    """Read an input field or a list of Writer itself; neither has a tag."""
    if element.tag == TEXT + "drop-down":
        return Open("choice", element.get(TEXT + "name", ""))
    return Open("text", "", element.get(TEXT + "description", ""))


def read_field_mark(mark: Any) -> Open | None:
    """Read an older form field of Word as LibreOffice keeps it; nothing when it is another kind of field."""
    kind = mark.get(FIELD + "type", "")
    tag = mark.get(TEXT + "name", "")
    said: dict[str, list[str]] = {}
    for parameter in mark.iterchildren(FIELD + "param"):
        said.setdefault(parameter.get(FIELD + "name", ""), []).append(parameter.get(FIELD + "value", ""))
    if kind in _TEXTS:
        return Open("text", tag)
    if kind == _FIELD_KIND + "FORMCHECKBOX":
        return Open("checkbox", tag, checked=said.get("Checkbox_Checked", [""])[-1] == "true")
    if kind == _FIELD_KIND + "FORMDROPDOWN":
        chosen, entries = said.get("Dropdown_Selected", [""])[-1], said.get("Dropdown_ListEntry", [])
        place = whole(chosen)
        return Open("choice", tag, pieces=[entries[place] if place is not None and place < len(entries) else ""])
    return None


def read_forms(root: Any) -> dict[str, Any]:
    """Find the controls of the forms of a document by identifier."""
    found = {}
    for control in root.iter(FORM + "*"):
        identifier = control.get(XML + "id") or control.get(FORM + "id")
        if identifier:
            found[identifier] = control
    return found


def read_form_control(element: Any) -> Shown | None:
    """Read a control of a form; nothing when it shows nothing, or nothing that can be read."""
    kind = str(element.tag).removeprefix(FORM)
    name, title = element.get(FORM + "name", ""), element.get(FORM + "title", "")
    if kind in _VALUES:
        return Shown(Open("choice" if kind == "combobox" else "text", name, title), _value(element))
    if kind in _BOXES:
        attribute = _BOXES[kind]
        state = element.get(f"{FORM}current-{attribute}", element.get(FORM + attribute, ""))
        checked = state in {"checked", "true"}
        box = Open("checkbox", name, title, checked=checked)
        return Shown(box, TICKED if checked else UNTICKED, element.get(FORM + "label", ""))
    if kind == "listbox":
        return Shown(Open("choice", name, title), _chosen(element))
    if kind in _LABELS:
        return Shown(Open("label"), "", element.get(FORM + "label", ""))
    return Shown(Open("label"), "") if kind in _NEVER else None


def _value(element: Any) -> str:
    lines = ["".join(paragraph.itertext()) for paragraph in element.iterchildren(TEXT + "p")]
    value = element.get(FORM + "current-value", element.get(FORM + "value", ""))
    return "\n".join(lines) if lines else value.replace("\r\n", "\n")


def _chosen(element: Any) -> str:
    options = list(element.iterchildren(FORM + "option"))
    for attribute in ("current-selected", "selected"):
        chosen = [o.get(FORM + "label", "") for o in options if _is_on(o.get(FORM + attribute))]
        if chosen:
            return "\n".join(chosen)
    return ""
