"""Corrections to look at again: what is read differently now, and what was done with an earlier version."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import language, values
from pipeline.dossier import Act, ActKind, Corrected, Dossier, Earlier, Fate, Read
from pipeline.dossier.places import Place, as_read, is_same_reading, is_same_row, place_of, rows_as_read
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.report.words import act_words
from pipeline.values import fold
from pipeline.visible import visible

_LONGEST_QUOTE = 120
_LONGEST_TYPED = 200


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Something to look at again, with the lines to type; the words in capitals are up to who types them."""

    text: str
    lines: tuple[str, ...] = ()


def corrections(form: Form, dossier: Dossier, key: str) -> Iterator[LookAgain]:
    """Tell which corrections met something else than what the official saw, and what to do.

    Args:
        form: the form that was answered.
        dossier: the dossier.
        key: its key in the register.
    """
    latest = {place_of(act.target): act for act in dossier.acts if act.kind is ActKind.CORRECT}
    for corrected in dossier.corrected:
        act = latest[place_of(corrected.target)]
        told = _looked_at(form, corrected, act, key)
        if told is not None and dossier.withdrawn is None:
            yield told


def _looked_at(form: Form, corrected: Corrected, act: Act, key: str) -> LookAgain | None:
    place = place_of(act.target)
    said = act_words(act, form)
    if corrected.fate is Fate.GONE:
        text = _(
            "{act} {problem} De verbetering is bewaard en geldt nu nergens. Kijk in het bestand waar ze hoort en typ "
            "ze daar opnieuw; hoort ze nergens meer, dan hoeft er niets."
        )
        return LookAgain(text.format(act=said, problem=corrected.problem), (_line(key, _somewhere(place), act.value),))
    if corrected.fate is Fate.OTHER_ROW:
        text = _(
            "{act} De rij zei toen {before} en zegt nu {now}. Daarom is deze cel twijfelachtig en telt de verbetering "
            "niet. Hoort ze bij deze rij, typ ze dan opnieuw."
        )
        before, now = (_row_words(read.row) for read in (act.was or corrected.read, corrected.read))
        return LookAgain(text.format(act=said, before=before, now=now), (_line(key, place.target, act.value),))
    if act.was is None or is_same_reading(act.was, corrected.read):
        return None
    words = {"act": said, "before": _quoted(act.was), "now": _quoted(corrected.read)}
    if _means(form, place, corrected.read.text, act.value):
        text = _("{act} Toen werd er {before} gelezen, nu {now}: hetzelfde als de verbetering. Er hoeft niets.")
        return LookAgain(text.format(**words))
    text = _(
        "{act} Toen werd er {before} gelezen, nu {now}. De verbetering blijft gelden. Kijk het bestand na: klopt de "
        "verbetering, typ dan de eerste regel; klopt wat er nu gelezen wordt, de tweede."
    )
    lines = (_line(key, place.target, act.value), _line(key, place.target, corrected.read.text))
    return LookAgain(text.format(**words), lines)


def earlier_versions(form: Form, dossier: Dossier, key: str) -> Iterator[LookAgain]:
    """Tell of which dossiers this one may be a later version, and what of them does not hold for this one.

    Args:
        form: the form that was answered.
        dossier: the later one.
        key: its key in the register.
    """
    if dossier.withdrawn is not None:
        return
    for earlier in dossier.earlier:
        done = list(_left_behind(form, dossier, earlier, key))
        if earlier.paths or done:
            yield LookAgain(_about(earlier, key, done))
        yield from done


def _about(earlier: Earlier, key: str, done: Sequence[LookAgain]) -> str:
    words = {
        "number": earlier.number,
        "key": key,
        "paths": language.enumerate_words(f"«{visible(path)}»" for path in earlier.paths),
    }
    if not earlier.paths:
        said = _("{number} is een eerdere inzending van hetzelfde voorstel.")
    elif earlier.same_proposal:
        said = _("{paths} is gewijzigd in de inbox: {key} is een nieuwe versie van {number}.")
    elif earlier.other_applicant:
        said = _(
            "Waar nu {paths} ligt, lag eerder {number}, van een andere indiener. Kijk na of het hetzelfde voorstel is."
        )
    else:
        said = _("Waar nu {paths} ligt, lag eerder {number}. Kijk na of dit er een nieuwe versie van is.")
    tail = _("Wat bij {number} gedaan werd, geldt niet voor {key}:") if done else ""
    return " ".join(part.format(**words) for part in (said, tail) if part)


def _left_behind(form: Form, dossier: Dossier, earlier: Earlier, key: str) -> Iterator[LookAgain]:
    """Tell what officials did with an earlier version and not with this one."""
    own = [act for act in dossier.acts if act.kind is ActKind.CORRECT]
    later = {
        place_of(act.target)
        for other in dossier.earlier[dossier.earlier.index(earlier) + 1 :]
        for act in other.acts
        if act.kind is ActKind.CORRECT
    }
    latest = {place_of(act.target): act for act in earlier.acts if act.kind is ActKind.CORRECT}
    for place, act in latest.items():
        told = None if place in later and not place.row else _not_carried(form, dossier, place, act, own, key)
        if told is not None:
            yield told
    done = {(act.kind, act.target) for act in dossier.acts}
    others = {(act.kind, act.target): act for act in earlier.acts if act.kind is not ActKind.CORRECT}
    for what, act in others.items():
        if what not in done:
            yield LookAgain(act_words(act, form))
    if earlier.requests:
        text = _("Er werd {times} keer een aanvulling gevraagd; vraag en antwoord horen bij {number}.")
        yield LookAgain(text.format(times=earlier.requests, number=earlier.number))


def _not_carried(
    form: Form, dossier: Dossier, place: Place, act: Act, own: Sequence[Act], key: str
) -> LookAgain | None:
    """Tell a correction that this dossier lacks; None when an official spoke about the same here."""
    here = _here(dossier, place, act)
    given = [place_of(other.target) for other in own]
    again = [place_of(other.target) for other in own if fold(other.value) == fold(act.value)]
    if here in given or (place.row and any((p.field, p.column) == (place.field, place.column) for p in again)):
        return None
    said = act_words(act, form)
    if here is None:
        text = _(
            "{act} Het is niet zeker welke rij van het nieuwe bestand dat is. Geldt de verbetering nog, typ dan, met "
            "het nummer van die rij:"
        )
        return LookAgain(text.format(act=said), (_line(key, _somewhere(place), act.value),))
    read = as_read(dossier, here)
    words = {"act": said, "row": here.row, "now": _quoted(read)}
    if _means(form, here, read.text, act.value):
        return LookAgain(_("{act} Het nieuwe bestand zegt zelf {now}. Er hoeft niets.").format(**words))
    if here.row and here.row != place.row:
        text = _("{act} In het nieuwe bestand is dat rij {row}; daar staat {now}. Geldt de verbetering nog, typ dan:")
    else:
        text = _("{act} In het nieuwe bestand staat {now}. Geldt de verbetering nog, typ dan:")
    return LookAgain(text.format(**words), (_line(key, here.target, act.value),))


def _here(dossier: Dossier, place: Place, act: Act) -> Place | None:
    """Give where in this dossier a correction of an earlier one belongs; None when not just one row is that."""
    if not place.row:
        return place
    if act.was is None or not act.was.row:
        return None
    rows = rows_as_read(dossier, place.field)
    same = [n for n, row in enumerate(rows, 1) if is_same_row(act.was, Read(act.was.state, row=row), place.column)]
    return place._replace(row=same[0]) if len(same) == 1 else None


def _field(form: Form, place: Place) -> Field | None:
    try:
        field = form.field(place.field)
        return field.column(place.column) if place.row else field
    except KeyError:
        return None


def _means(form: Form, place: Place, one: str, other: str) -> bool:
    """Tell whether two texts certainly say the same at a place, though perhaps not in the same letters."""
    field = _field(form, place)
    if fold(one) == fold(other):
        return True
    if field is None or field.columns:
        return False
    read, written = (values.parse(text, field.type, choices=field.choices) for text in (one, other))
    certain = read.value is not None and not read.problem and not written.problem
    return certain and read.value == written.value


def _quoted(read: Read) -> str:
    text = _short(read.text)
    return f"«{text}»" if text else _("niets")


def _row_words(row: Sequence[tuple[str, str]]) -> str:
    text = _short("; ".join(text for _key, text in row if text.strip()))
    return f"«{text}»" if text else _("niets")


def _short(text: str) -> str:
    whole = " ".join(visible(text).split())
    return whole if len(whole) <= _LONGEST_QUOTE else whole[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _somewhere(place: Place) -> str:
    """Give the target of which the row or the field is up to who types it."""
    return f"{place.field}.{_('RIJ')}.{place.column}" if place.row else _("VELD")


def _line(key: str, target: str, value: str) -> str:
    plain = len(value) <= _LONGEST_TYPED and value == visible(value) and "\n" not in value
    typed = shlex.quote(value) if plain else _("WAARDE")
    return f"wijkcontract correct {key} {target} {typed} --why {_('REDEN')} --by {_('WIE')}"
