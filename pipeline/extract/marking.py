"""A choice that somebody marked in its list, and did not tick or keep alone."""

from __future__ import annotations

from pipeline.extract.said import Said
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import FieldType, boxes, named

_LISTED = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.YESNO})


def marked_choice(asked: Field, said: Said) -> str:
    """Say that some of the choices that stand here are marked and others are not; empty where a box is ticked."""
    if asked.type not in _LISTED or boxes(said.text, asked.choices).ticked:
        return ""
    marked = [stretch.strip() for stretch in said.marked.split("\n")]
    marked = [stretch for stretch in marked if stretch and stretch in said.text]
    chosen = named(" ".join(marked), asked.choices)
    if not chosen or not named(said.text, asked.choices) - chosen:
        return ""
    return _("Van de keuzes is «{text}» gemarkeerd en niets aangekruist; zie na of dat de keuze is.").format(
        text=" ".join(marked)
    )
