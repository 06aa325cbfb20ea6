"""Content controls of Word: one for each answer, tagged with the key of its field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.blank.markup import HINT, element, run
from pipeline.form import Choice
from pipeline.language import _

_ALIAS_LENGTH = 64
"""Word refuses longer names and tags."""


class Numbers:
    """Hands out the numbers of content controls: each once, the same at every writing."""

    def __init__(self, first: int = 1000) -> None:
        self._next = first

    def take(self) -> int:
        """Give the next number."""
        self._next += 1
        return self._next


def text(numbers: Numbers, tag: str, label: str, hint: str, *, filled: str = "") -> Any:
    """Make a plain text control of one line."""
    return _control(numbers, tag, label, hint or _("Klik of tik om tekst in te voeren."), filled, element("w:text"))


def lines(numbers: Numbers, tag: str, label: str, hint: str, *, filled: str = "") -> Any:
    """Make a control for text of several lines or paragraphs.

    It is rich text, without `w:text`: of a plain text control with several lines, LibreOffice 7.4 joins the lines
    when it prints or saves ("eerste lijn" and "tweede lijn" become "eerste lijntweede lijn").
    """
    return _control(numbers, tag, label, hint or _("Klik of tik om tekst in te voeren."), filled)


def date(numbers: Numbers, tag: str, label: str, hint: str, *, filled: str = "") -> Any:
    """Make a date control that writes 17/03/2021."""
    kind = element(
        "w:date",
        element("w:dateFormat", val="dd/MM/yyyy"),
        element("w:lid", val="nl-BE"),
        element("w:storeMappedDataAs", val="dateTime"),
        element("w:calendar", val="gregorian"),
    )
    return _control(numbers, tag, label, hint or _("Klik of tik om een datum in te voeren."), filled, kind)


def drop_down(numbers: Numbers, tag: str, label: str, hint: str, choices: Iterable[Choice], *, filled: str = "") -> Any:
    """Make a list of which one is chosen."""
    items = [element("w:listItem", displayText=choice.label, value=choice.value) for choice in choices]
    return _control(numbers, tag, label, hint or _("Kies een item."), filled, element("w:dropDownList", *items))


def combo_box(numbers: Numbers, tag: str, label: str, hint: str, names: Iterable[str], *, filled: str = "") -> Any:
    """Make a list that also takes what is typed."""
    items = [element("w:listItem", displayText=name, value=name) for name in names]
    return _control(numbers, tag, label, hint or _("Kies een item."), filled, element("w:comboBox", *items))


def check_box(numbers: Numbers, tag: str, label: str, *, ticked: bool = False) -> Any:
    """Make a check box; its words follow it as text."""
    font = "MS Gothic"
    fonts = element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, hint="eastAsia")
    box = element(
        "w14:checkbox",
        element("w14:checked", val=int(ticked)),
        element("w14:checkedState", val="2612", font=font),
        element("w14:uncheckedState", val="2610", font=font),
    )
    properties = element("w:sdtPr", *_names(numbers, tag, label), box)
    sign = run("☒" if ticked else "☐")
    sign.insert(0, element("w:rPr", fonts))
    return element("w:sdt", properties, element("w:sdtContent", sign))


def repeating(numbers: Numbers, tag: str, label: str, items: Iterable[list[Any]]) -> Any:
    """Make a section of which Word can add and remove items: table rows, or blocks."""
    made = [
        element(
            "w:sdt",
            element("w:sdtPr", element("w:id", val=numbers.take()), element("w15:repeatingSectionItem")),
            element("w:sdtContent", *content),
        )
        for content in items
    ]
    properties = element("w:sdtPr", *_names(numbers, tag, label), element("w15:repeatingSection"))
    return element("w:sdt", properties, element("w:sdtContent", *made))


def _control(numbers: Numbers, tag: str, label: str, hint: str, filled: str, *kind: Any) -> Any:
    """Make a control that shows its hint as placeholder until something is filled in."""
    shows = [] if filled else [element("w:showingPlcHdr")]
    properties = element("w:sdtPr", *_names(numbers, tag, label), *shows, *kind)
    content = _lines(filled) if filled else run(hint, "PlaceholderText", colour=HINT)
    return element("w:sdt", properties, element("w:sdtContent", content))


def _lines(text: str) -> Any:
    """Make one run of a text, with breaks between its lines."""
    first, *more = text.splitlines()
    made = run(first)
    for line in more:
        made.append(element("w:br"))
        made.extend(run(line))
    return made


def _names(numbers: Numbers, tag: str, label: str) -> list[Any]:
    alias = label if len(label) <= _ALIAS_LENGTH else label[: _ALIAS_LENGTH - 1] + "…"
    return [element("w:alias", val=alias), element("w:tag", val=tag), element("w:id", val=numbers.take())]
