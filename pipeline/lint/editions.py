"""Earlier versions of a form held against the form: older, different, and with questions that can be told apart."""

from __future__ import annotations

import re

from pipeline.form import Form
from pipeline.language import _
from pipeline.lint.labels import hold_labels
from pipeline.lint.sources import Sources

_FIGURES = re.compile(r"\d+")


def hold_editions(form: Form, sources: Sources) -> None:
    """Report earlier versions that are no older, that stand twice, or in which two questions have the same words."""
    seen: set[str] = set()
    for earlier in form.earlier:
        then = earlier.form
        path = f"earlier.{then.version}"
        if then.version.casefold() in seen:
            sources.fault(f"{path}.version", _("Deze versie staat er meer dan één keer."))
        seen.add(then.version.casefold())
        if _order(then.version) >= _order(form.version):
            message = _("Versie {version} is niet ouder dan het formulier zelf ({known}).")
            sources.fault(f"{path}.version", message.format(version=then.version, known=form.version))
        letters = [section.key.casefold() for section in then.sections]
        for section in then.sections:
            if letters.count(section.key.casefold()) > 1:
                message = _("Twee rubrieken hadden de letter «{letter}»; geef de andere haar letter van toen.")
                sources.fault(f"{path}.section.{section.key}.letter", message.format(letter=section.key))
            hold_labels(section.fields, f"{path}.section.{section.key}", sources)
            for field in section.fields:
                hold_labels(field.columns, f"{path}.field.{field.key}", sources, "column")


def _order(version: str) -> tuple[int, ...]:
    """Give the numbers in a version, by which two are compared: `2021.1` as 2021, 1."""
    return tuple(map(int, _FIGURES.findall(version)))
