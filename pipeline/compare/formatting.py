"""Say how words look different from before."""

from __future__ import annotations

from dataclasses import replace

from pipeline.compare.looks import Look
from pipeline.language import _


def look_words(old: tuple[Look, ...], new: tuple[Look, ...]) -> str:
    """Say what changed in the look of a word; empty when nothing did.

    Args:
        old: its looks as issued, one or several.
        new: as it came back.
    """
    if old == new:
        return ""
    if len(old) == len(new) == 1:
        return ", ".join(_differences(old[0], new[0]))
    was, now = ({replace(look, font="") for look in looks} for looks in (old, new))
    return "" if was == now else _("een deel van het woord ziet er anders uit")


def _differences(old: Look, new: Look) -> list[str]:
    told = []
    for was, now, on, off in (
        (old.struck, new.struck, _("doorgestreept"), _("niet meer doorgestreept")),
        (old.bold, new.bold, _("vet"), _("niet meer vet")),
        (old.italic, new.italic, _("cursief"), _("niet meer cursief")),
        (old.underlined, new.underlined, _("onderstreept"), _("niet meer onderstreept")),
        (old.capitals, new.capitals, _("in hoofdletters"), _("niet meer in hoofdletters")),
        (old.small_capitals, new.small_capitals, _("in kleine hoofdletters"), _("niet meer in kleine hoofdletters")),
        (bool(old.raised), bool(new.raised), _("hoger of lager gezet"), _("niet meer hoger of lager gezet")),
        (bool(old.marked), bool(new.marked), _("gemarkeerd"), _("niet meer gemarkeerd")),
        (old.backwards, new.backwards, _("van rechts naar links"), _("niet meer van rechts naar links")),
    ):
        if was != now:
            told.append(on if now else off)
    if old.colour != new.colour:
        told.append(_("andere kleur"))
    if abs(old.size - new.size) > 1:
        told.append(_("{old} punt wordt {new} punt").format(old=_points(old.size), new=_points(new.size)))
    return told


def _points(size: int) -> str:
    return f"{size / 2:g}".replace(".", ",")
