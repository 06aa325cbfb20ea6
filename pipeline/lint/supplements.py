"""The supplement of a call held against its forms and papers: what it names exists, and its title is its own."""

from __future__ import annotations

from pipeline.errors import Fault
from pipeline.language import _
from pipeline.library import nearest
from pipeline.library.call import Call
from pipeline.lint.kinds import ANY, DATE, Scope
from pipeline.lint.sources import Sources
from pipeline.supplement import KEY
from pipeline.supplement.requesting import OF_THE_CALL
from pipeline.values import fold

_FILE = "oproep.toml"


def hold_supplement(call: Call, scopes: dict[str, Scope], faults: list[Fault]) -> None:
    """Report what is wrong in `[supplement]`."""
    definition = call.supplement
    sources = Sources(_FILE, faults)
    if KEY in call.forms:
        message = _("De sleutel «{key}» is die van het aanvullingsformulier; kies een andere.")
        Sources(f"{KEY}.toml", faults).fault("key", message.format(key=KEY))
    for form in call.forms.values():
        for name in form.identify:
            if fold(name) in fold(definition.title) or fold(definition.title) in fold(name):
                message = _("Aan deze titel herkent een lezer ook het formulier «{form}»; kies een andere.")
                sources.fault("supplement.title", message.format(form=form.title))
    letters = [paper.key for paper in call.papers if paper.form == call.main_form]
    if definition.letter and definition.letter not in letters:
        message = _("Het document «{name}» bestaat niet bij het formulier {form}.")
        sources.fault(
            "supplement.letter",
            message.format(name=definition.letter, form=call.main_form),
            nearest(definition.letter, letters),
        )
    scope = {**scopes[call.main_form], "paper_date": DATE}
    if definition.until:
        kind = sources.expression("supplement.until", definition.until, scope)
        if kind not in (DATE, ANY):
            sources.fault("supplement.until", _("Dit geeft geen datum."))
    sources.expression("supplement.until_when", definition.until_when, scope)
    labels: set[str] = set()
    for number, line in enumerate(definition.head, 1):
        if fold(line.label) in labels:
            message = _("Het opschrift «{label}» staat er meer dan één keer.").format(label=line.label)
            sources.fault(f"supplement.head[{number}].label", message)
        labels.add(fold(line.label))
        sources.text(f"supplement.head[{number}].value", line.value, scope)
    own = {name: scope[name] for name in (*call.bodies, *OF_THE_CALL) if name in scope}
    sources.text("supplement.intro", definition.intro, {**own, "until": DATE})
