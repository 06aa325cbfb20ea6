"""The data that a paper carries, taken back and held against its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import pdf
from pipeline.errors import Unreadable
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.pdf import PageText, bare
from pipeline.stated.agreeing import agrees
from pipeline.stated.carried import NAME, SCHEMA
from pipeline.stated.standing import OnPage, stands
from pipeline.stated.statement import How, Stated, unfolded


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement, with the pages on which it is said to stand."""

    stated: Stated
    pages: tuple[OnPage, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """The data of a paper, as it was taken back."""

    call: str
    dossier: str
    paper: str
    title: str
    form: str
    version: str
    values: Mapping[str, Any]
    """Target → value, as `gegevens.json` holds it: `gemeente`, `acties.2.kost`, `granted`, `aanvraag.gemeente`."""
    stated: tuple[Placed, ...]

    def saying(self, target: str) -> tuple[Placed, ...]:
        """Give the statements that say what stands at a target."""
        return tuple(each for each in self.stated if each.stated.how is How.READ and target in each.stated.of)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something in which the pages of a paper and the data that it carries differ."""

    message: str
    """In plain Dutch."""
    page: int | None = None
    """From 1; None when it is no matter of a page."""
    text: str = ""
    """As the data says that it is printed."""
    of: tuple[str, ...] = ()
    """Of which answers."""


def carried(data: bytes) -> Carried | None:
    """Take back the data of a paper; None when it carries none.

    Raises:
        Unreadable: the PDF cannot be opened, or the attached file is a bomb.
        ValueError: the attached file is not as its schema says.
    """
    content = pdf.attached(data, NAME)
    if content is None:
        return None
    try:
        told = json.loads(content)
        if told["$schema"] != SCHEMA:
            raise ValueError("$schema")
        return Carried(
            call=_text(told["call"]["key"]),
            dossier=_text(told["dossier"]),
            paper=_text(told["paper"]["key"]),
            title=_text(told["paper"]["title"]),
            form=_text(told["form"]["key"]),
            version=_text(told["form"]["version"]),
            values=dict(_values(told)),
            stated=tuple(_placed(each) for each in told["stated"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise ValueError(NAME) from wrong


def carries(data: bytes) -> bool:
    """Tell whether a paper carries data that can be taken out."""
    try:
        return pdf.attached(data, NAME) is not None
    except Unreadable:
        return False


def disagreements(data: bytes, form: Form | None = None, issued: bytes = b"") -> tuple[Disagreement, ...]:
    """Tell in what the pages of an issued paper and the data that it carries differ; nothing when they agree.

    Every text that the data claims must stand on the pages that it names, as often as it says, and every value must be
    what one of these texts says. A paper that carries no data, or data that cannot be read, is told as such.

    Args:
        data: the PDF.
        form: of the answers, where it is known: then the keys of choices are held against their labels as well.
        issued: the PDF as it was issued, of a copy of it: then its data must be what was issued as well, in what no
            page says too.
    """
    try:
        held = carried(data)
        if held is None:
            return (Disagreement(_("De pdf draagt geen bijlage «{name}».").format(name=NAME)),)
        with pdf.page_texts(data) as pages:
            found = [*_off_pages(held, pages), *_off_values(held), *(_off_form(held, form) if form else ())]
        if issued and (was := carried(issued)):
            told = {target for each in found for target in each.of}
            found += [each for each in _off_issued(held, was) if told.isdisjoint(each.of)]
        return tuple(found)
    except Unreadable as wrong:
        said = _("De bijlage «{name}» of een bladzijde van de pdf kan niet gelezen worden: {why}.")
        return (Disagreement(said.format(name=NAME, why=wrong.detail or wrong.reason.value)),)
    except ValueError:
        return (Disagreement(_("De bijlage «{name}» is niet zoals haar schema zegt.").format(name=NAME)),)


def _off_pages(held: Carried, pages: Sequence[PageText]) -> Iterator[Disagreement]:
    if not any(bare(held.dossier) in page.text for page in pages):
        message = _("Volgens de gegevens is dit dossier {number}; dat nummer staat op geen bladzijde.")
        yield Disagreement(message.format(number=held.dossier), text=held.dossier)
    for each in held.stated:
        if page := stands(pages, each.stated.text, each.pages):
            message = _("Volgens de gegevens staat op bladzijde {page}: «{text}». Dat staat er niet, of niet zo vaak.")
            yield Disagreement(message.format(page=page, text=each.stated.text), page, each.stated.text, each.stated.of)


def _off_values(held: Carried) -> Iterator[Disagreement]:
    for target, value in held.values.items():
        saying = held.saying(target)
        texts = [each.stated.text for each in saying]
        if any(agrees(value, text) for text in texts):
            continue
        if texts and isinstance(value, str) and agrees(value, "\n\n".join(texts)):
            continue
        page = saying[0].pages[0].page if saying else None
        said = texts[0] if texts else ""
        message = _("De gegevens zeggen van «{target}» «{value}»; het document zegt «{text}».")
        yield Disagreement(
            message.format(target=target, value=_shown(value), text=said or _("daar niets van")), page, said, (target,)
        )


def _off_form(held: Carried, form: Form) -> Iterator[Disagreement]:
    """Hold the keys of choices against the labels that their form gives them."""
    for target, value in held.values.items():
        labels = {choice.value: choice.label for choice in field.choices} if (field := field_at(form, target)) else {}
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and labels.get(each["key"], each["key"]) != each["label"]:
                message = _("De gegevens geven van «{target}» de sleutel «{key}», die niet bij «{label}» hoort.")
                yield Disagreement(
                    message.format(target=target, key=each["key"], label=each["label"]), None, each["label"], (target,)
                )


def _off_issued(held: Carried, was: Carried) -> Iterator[Disagreement]:
    """Hold the data of a copy against what was issued."""
    now, before = ({**_names(each), **each.values} for each in (held, was))
    for target in dict.fromkeys((*now, *before)):
        if now.get(target) != before.get(target):
            message = _(
                "De gegevens zeggen van «{target}» «{value}»; toen het papier werd uitgegeven, was dat «{was}»."
            )
            value, issued = _keyed(now.get(target)), _keyed(before.get(target))
            yield Disagreement(message.format(target=target, value=value, was=issued), of=(target,))


def _names(held: Carried) -> dict[str, str]:
    return {"call": held.call, "dossier": held.dossier, "paper": held.paper, "form": held.form, "version": held.version}


def _keyed(value: Any) -> str:
    """Write a value with the keys of its choices; what is not there, as nothing."""
    if isinstance(value, list):
        return ", ".join(map(_keyed, value))
    if isinstance(value, dict):
        return f"{value['label']} ({value['key']})"
    return "" if value is None else str(value)


def field_at(form: Form, target: str) -> Field | None:
    """Give the field or column that a target names, if the form has it."""
    name, _dot, cell = target.partition(".")
    try:
        field = form.field(name)
        return field.column(cell.rpartition(".")[2]) if cell else field
    except KeyError:
        return None


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    return str(value["label"]) if isinstance(value, dict) else str(value)


def _values(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from _of(told["answers"], "")
    for target, value in told["acts"].items():
        yield target, _text(value)
    if "joined" in told:
        yield from _of(told["joined"]["answers"], f"{_text(told['joined']['form'])}.")


def _of(answers: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in answers.items():
        if isinstance(value, list) and any("cells" in row for row in value):
            for row in value:
                yield from ((f"{before}{key}.{int(row['row'])}.{name}", _value(v)) for name, v in row["cells"].items())
        else:
            yield before + key, _value(value)


def _value(value: Any) -> Any:
    """Give a value when it is of a kind that the schema knows."""
    if isinstance(value, list):
        return [{"key": _text(each["key"]), "label": _text(each["label"])} for each in value]
    if isinstance(value, dict):
        return {"key": _text(value["key"]), "label": _text(value["label"])}
    if isinstance(value, str | int):
        return value
    raise TypeError


def _placed(each: Mapping[str, Any]) -> Placed:
    pages = tuple(
        OnPage(_count(place["page"]), _count(place.get("times", 0)), _count(place.get("characters", 0)))
        for place in each["pages"]
    )
    if not pages or any(bool(place.times) == bool(place.characters) or place.page < 1 for place in pages):
        raise TypeError
    targets = [_text(target) for target in each["of"]]
    return Placed(Stated(_text(each["text"]), How(each["how"]), unfolded(targets)), pages)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1_000_000:
        raise TypeError
    return value
