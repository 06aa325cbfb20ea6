"""What a text field or a choice of a PDF holds, in words."""

from __future__ import annotations

from html.parser import HTMLParser

from pipeline.pdf.objects import Objects, Value


def typed_in(objects: Objects, value: Value, rich: Value) -> str:
    """Give what was typed in a field, its lines apart.

    Args:
        objects: gives what stands in the file.
        value: of the field.
        rich: the same with marks of how it looks.
    """
    text = ""
    if value is not None:
        text = objects.text(value) or objects.name(value)
    if rich is not None and not text.strip():
        text = _unmarked(objects.text(rich))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def shows_value(rich: Value, options: Value) -> bool:
    """Tell whether a field shows the value that it keeps: it has no marks of how that looks, and no words for codes."""
    if rich is not None:
        return False
    plain = type(options) is str and options.startswith("[")
    return options is None or (plain and options.find("[", 1) < 0 and options.find(" R") < 0)


def chosen_in(objects: Objects, value: Value, chosen: Value, options: Value) -> str:
    """Give the words that a choice shows, not the codes that it keeps.

    Args:
        objects: gives what stands in the file.
        value: the code of what was chosen, or a list of them.
        chosen: their numbers among the options.
        options: of the field.
    """
    values = [objects.text(each) for each in objects.array(value)]
    if not values and (single := objects.text(value)):
        values = [single]
    if not any(values) and chosen is None:
        return ""
    if not any(values):
        listed = objects.array(options)
        numbers = [objects.number(each) for each in objects.array(chosen)]
        return "; ".join(_option(objects, listed[number])[1] for number in numbers if 0 <= number < len(listed))
    shown = dict(_option(objects, each) for each in objects.lists_in(options))
    return "; ".join(shown.get(each, each) for each in values if each)


def _option(objects: Objects, value: Value) -> tuple[str, str]:
    """Give what a choice keeps and what it shows."""
    pair = objects.array(value)
    if len(pair) > 1:
        return objects.text(pair[0]), objects.text(pair[1])
    text = objects.text(value)
    return text, text


class _Words(HTMLParser):
    """Takes the words out of rich text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser calls it so
        """Begin a line at a break, and at a paragraph after another."""
        if tag == "br" or (tag == "p" and self.parts):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.parts.append(data)


def _unmarked(rich: str) -> str:
    """Give the words of rich text."""
    words = _Words()
    words.feed(rich)
    words.close()
    return "".join(words.parts).strip()
