"""The continuation sheet of a form: more rows for its tables, and the questions that say whose they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.form import Form
from pipeline.language import _, speaking
from pipeline.library.call import Call


def continuation_of(form: Form, call: Call, whose: Collection[str] = ()) -> Form | None:
    """Give the continuation sheet as a form: the tables, and what identifies the submission.

    Args:
        form: of the call, or of a supplement to it.
        call: the call.
        whose: the fields that tell whose it is; without them, those by which the call does.

    Returns:
        The sheet, with the title by which it is recognised; None when the form has no tables.
    """
    if not any(field.columns for field in form.fields()):
        return None
    whose = whose or call.identifying_fields(form)
    sections = [
        replace(section, fields=tuple(f for f in section.fields if f.columns or f.key in whose), help="")
        for section in form.sections
    ]
    with speaking(form.language):
        intro = _(
            "Gebruik dit blad alleen als het formulier te weinig rijen heeft. Vul het samen met het formulier in en "
            "bezorg ze samen: de rijen hieronder volgen op die van het formulier."
        )
    return replace(
        form,
        title=form.continuation_title,
        sections=tuple(section for section in sections if section.fields),
        intro=intro,
        sums=(),
        earlier=(),
    )
