"""The verb `where`: where a value that a paper prints was read."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.frame import json_option, note, output_option, print_json, say, verb
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.dossier import Supplement
    from pipeline.form import Form
    from pipeline.library import Call
    from pipeline.run import InPaper
    from pipeline.stated import Origin, Stated


@verb(
    short_help=_("Zegt waar een waarde in een document gelezen werd."),
    help=_(
        "Zegt waar een waarde die in een document staat, gelezen werd: bestand, kop, bladzijde en vak, of tabel en "
        "rij; met wie ze verbeterde of aanvulde. WAARDE is wat in het document staat of een deel ervan; een bedrag of "
        "een dag mag op elke gewone manier geschreven zijn."
    ),
)
@click.argument("number", metavar=_("DOSSIER"))
@click.argument("paper", metavar=_("DOCUMENT"))
@click.argument("value", metavar=_("WAARDE"))
@output_option()
@json_option()
def where(number: str, paper: str, value: str, output: Path, as_json: bool) -> ExitCode:
    """Tell where a printed value was read."""
    from pipeline import life
    from pipeline import run as batch
    from pipeline.library import load

    if not value.strip():
        raise UsageError(_("Geef de waarde die u zoekt, zoals ze in het document staat; ze mag niet leeg zijn."))
    with batch.reading(output) as known:
        entry = life.find(known, number)
        call = load(known.setting("call_name"))
        told = batch.where(call, known, output, entry, paper, value)
    stands = any(each.found.stated or each.found.fit.value == "around" for each in told)
    if as_json:
        print_json({"dossier": entry.key, "paper": paper, "value": value, "papers": [_encode(each) for each in told]})
        return ExitCode.DONE if stands else ExitCode.USAGE
    for each in told:
        _show(each, partial(_form_of, call, entry.form))
    if not stands:
        _none(value, told)
    return ExitCode.DONE if stands else ExitCode.USAGE


def _form_of(call: Call, form: str, origin: Origin) -> Form:
    """Give the form that an origin is of: of a paper that joined a dossier, that dossier's or its own."""
    return call.form if origin.target.startswith(f"{call.main_form}.") else call.forms[form]


def _none(value: str, told: Sequence[InPaper]) -> None:
    """Say that a value stands in none of the papers, and what comes close."""
    near = list(dict.fromkeys(text for each in told for text in each.found.near))
    tail = _(" Bedoelde u {close}?").format(close=_(" of ").join(f"«{text}»" for text in near)) if near else ""
    files = ", ".join(each.file for each in told)
    note(_("«{value}» staat niet in {files}.{tail}").format(value=value, files=files, tail=tail))


def _show(told: InPaper, form_of: Callable[[Origin], Form]) -> None:
    from pipeline.stated import Fit

    if told.changed:
        note(
            _("{file} is weg of gewijzigd sinds het gemaakt werd; dit gaat over wat toen gemaakt werd.").format(
                file=told.file
            )
        )
    if told.found.fit is Fit.AROUND:
        words = (
            _("{file}: die woorden staan er; daarin is dit ingevuld:")
            if told.found.stated
            else _(
                "{file}: die woorden staan er, maar van het sjabloon of van wie het wijzigde: "
                "ze werden nergens gelezen."
            )
        )
        say(words.format(file=told.file))
    for stated, origins in zip(told.found.stated, told.origins, strict=True):
        say(f"{told.file}: «{_one_line(stated.text)}» {_how(stated)}")
        for origin in origins:
            for line in _lines(origin, form_of(origin)):
                say(f"  {line}")


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"


def _how(stated: Stated) -> str:
    from pipeline.stated import How

    if stated.how is How.COMPUTED and not stated.of:
        return _("– geteld door het sjabloon, nergens gelezen")
    return {
        How.READ: _("– gelezen:"),
        How.COMPUTED: _("– berekend of samengesteld uit:"),
        How.CHOSEN: _("– woorden van het sjabloon, gekozen door:"),
        How.MISSING: _("– staat er omdat niets zekers ingevuld is:"),
    }[stated.how]


def _lines(origin: Origin, form: Form) -> list[str]:
    """Tell an origin: what it is, where it stands, who had a hand in it."""
    from pipeline.report import act_words, state_word
    from pipeline.stated import Kind

    if origin.kind is Kind.DEFINITION:
        return [_("{label}, uit {file}").format(label=origin.label, file=origin.source) + _reference(origin.reference)]
    if origin.kind is Kind.RECEIPT:
        return [f"{origin.label}: {origin.source or _('niet bewezen')}"]
    if origin.kind is Kind.FILE:
        return [f"{origin.label}: {origin.source}"]
    if origin.kind is Kind.PROGRAM:
        return [_("van het programma zelf: {label}").format(label=origin.label)]
    if origin.kind is Kind.ACT:
        return [f"{origin.label}: {act_words(origin.act, form) if origin.act else _('geen handeling gevonden')}"]
    place = place_words(origin)
    said = f"«{_one_line(origin.text)}»" if origin.text else state_word(origin.state) if origin.state else ""
    lines = [f"{origin.label}: {', '.join(word for word in (said, place, _certainty(origin)) if word)}"]
    if origin.act:
        lines.append("  " + act_words(origin.act, form))
        if origin.was:
            was = f"«{_one_line(origin.was.text)}»" if origin.was.text else state_word(origin.was.state)
            lines.append("  " + _("in het bestand staat daar: {was}").format(was=was))
    if origin.supplement:
        lines.append("  " + _supplement_words(origin.supplement))
    if origin.problem:
        lines.append("  " + origin.problem)
    return lines


def _supplement_words(supplement: Supplement) -> str:
    from pipeline import language

    received = supplement.receipt.received
    return _("uit aanvulling {number} («{file}»), ontvangen op {when}").format(
        number=supplement.number,
        file=supplement.source.name,
        when=language.moment(received) if received else _("een moment dat niet bewezen is"),
    )


def _reference(reference: str) -> str:
    return f" ({reference})" if reference else ""


def place_words(origin: Origin) -> str:
    """Say the place of an answer: file, heading, page, box or table and row."""
    if origin.location is None:
        return _("op geen plaats in een bestand")
    words = str(origin.location)
    if origin.location.box:
        left, top, right, bottom = (round(side) for side in origin.location.box)
        words += ", " + _("vak {left},{top} tot {right},{bottom} (punten, van linksboven)").format(
            left=left, top=top, right=right, bottom=bottom
        )
    return _("{place} (de rij)").format(place=words) if origin.of_row else words


def _certainty(origin: Origin) -> str:
    methods = {
        "control": _("in het invulveld"),
        "label": _("naast het label"),
        "heading": _("onder de kop"),
        "grid": _("in de tabel"),
        "cards": _("in de fiche"),
        "correction": _("verbeterd"),
    }
    if not origin.method or origin.confidence is None:
        return ""
    from decimal import Decimal

    from pipeline import language

    return _("{method}, zekerheid {chance}").format(
        method=methods.get(origin.method, origin.method),
        chance=language.percent(Decimal(round(100 * origin.confidence))),
    )


def _encode(told: InPaper) -> dict[str, Any]:
    return {
        "file": told.file,
        "changed": told.changed,
        "fit": told.found.fit.value,
        "hits": [
            {"text": stated.text, "how": stated.how.value, "origins": [_encode_origin(each) for each in origins]}
            for stated, origins in zip(told.found.stated, told.origins, strict=True)
        ],
        "near": list(told.found.near),
    }


def _encode_origin(origin: Origin) -> dict[str, Any]:
    from pipeline.archive import encode_origin

    data = encode_origin(origin)
    return data | {"place": place_words(origin)} if origin.state else data
