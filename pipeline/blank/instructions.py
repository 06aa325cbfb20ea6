"""What a form says before its questions: what it is for, how to fill it in, when and where to send it."""

from __future__ import annotations

import datetime as dt

from pipeline import expression
from pipeline.form import Form
from pipeline.language import _, moment
from pipeline.library.call import Call


def intro(form: Form, call: Call) -> list[str]:
    """Give the lines of the intro: a text template over `parameters`, `planning` and the bodies of the call."""
    facts = {name: expression.record(value, name) for name, value in call.bodies.items()}
    for name, parameters in (("parameters", call.parameters), ("planning", call.planning)):
        facts[name] = expression.record({key: parameter.value for key, parameter in parameters.items()}, name)
    return [line.strip() for line in expression.fill(form.intro, facts).splitlines() if line.strip()]


def boxes(form: Form, call: Call, *, kind: str) -> list[tuple[str, list[str]]]:
    """Give the titles and items of what is told in a box.

    Args:
        form: the form.
        call: its call.
        kind: docx, pdf or continuation (of a pdf); they are filled in differently.
    """
    told = [(_("Zo vult u dit formulier in"), _in_word() if kind == "docx" else _in_pdf(form, kind))]
    if kind != "continuation" and form.key == call.main_form:
        told.append((_("Zo dient u het in"), _how_to_send(call)))
    return told


def _in_word() -> list[str]:
    return [
        _("Vul de witte vakken in. De hint in een vak zegt wat er moet komen en verdwijnt als u typt."),
        _("Een vraag met een sterretje (*) is verplicht. Past ze niet bij uw situatie, zeg dan waarom."),
        _("Voeg een rij of een kaart toe met het plusteken (+) onder de laatste. Wat u niet nodig hebt, blijft leeg."),
        _("Schrijf een bedrag in euro als 125.000,00 en een datum als 17/03/2021."),
        _("Laat de vragen en hun volgorde staan. Bewaar het formulier als Word-document of als pdf."),
    ]


def _in_pdf(form: Form, kind: str) -> list[str]:
    told = [
        _("Vul de witte vakken in op het scherm. De uitleg bij een vak verschijnt ook als u het aanwijst."),
        _("Een vraag met een sterretje (*) is verplicht. Past ze niet bij uw situatie, zeg dan waarom."),
    ]
    if kind == "continuation":
        told.append(_("Zijn er nog meer rijen nodig, vul dan een kopie van dit blad in, onder een andere naam."))
    elif any(field.columns for field in form.fields()):
        told.append(_("Hebt u meer rijen nodig, vul dan ook het vervolgblad in en bezorg het samen met dit formulier."))
    return [
        *told,
        _("Schrijf een bedrag in euro als 125.000,00 en een datum als 17/03/2021."),
        _("Bewaar het formulier als pdf en bezorg dat bestand zelf: druk het niet af en scan het niet."),
    ]


def _how_to_send(call: Call) -> list[str]:
    """Say when, from the moments of the planning, and where, from the contact of the call."""
    moments = [parameter.value for parameter in call.planning.values() if isinstance(parameter.value, dt.datetime)]
    contact = call.bodies.get("contact", {})
    names = [str(contact[key]) for key in ("naam", "dienst") if contact.get(key)]
    items = [
        _("Dien het formulier met zijn bijlagen in tot uiterlijk {moment}.").format(moment=moment(last))
        for last in moments
    ]
    if contact.get("email"):
        items.append(_("Mail het naar {address}.").format(address=contact["email"]))
    if names:
        telephone = f" ({contact['telefoon']})" if contact.get("telefoon") else ""
        items.append(_("Vragen? {name}{telephone}.").format(name=", ".join(names), telephone=telephone))
    return items
