"""Acts on signed copies: a person says whose a signature is, or lets through a copy that a program saved anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipeline.dossier import Act, ActKind, Issued, Origin, SignedCopy, standing
from pipeline.dossier.signing import assigned, let_through, target_of
from pipeline.errors import UsageError
from pipeline.language import _, enumerate_words
from pipeline.library import nearest
from pipeline.register import Entry, Register


def assign(register: Register, entry: Entry, copy: str, field: str, to: str, *, on: dt.date, why: str, by: str) -> None:
    """Record that a signature in a copy is that of somebody whom the paper asks to sign.

    Args:
        register: the register.
        entry: the dossier.
        copy: name of the copy.
        field: of the signature, as it is called in the copy.
        to: field of the paper for which it counts.
        on: the day.
        why: the reason.
        by: who does it.

    Raises:
        UsageError: there is no such copy, signature or field, the signature does not hold, or it was done before.
    """
    kept = find_copy(register, entry, copy)
    signed = next((one for one in kept.signatures if one.field == field and not one.stamp), None)
    if signed is None:
        known = enumerate_words(f"«{one.field}» ({one.signer})" for one in kept.signatures if not one.stamp)
        raise UsageError(
            _("In «{copy}» is geen handtekening «{field}»; wel: {known}.").format(
                copy=kept.name, field=field, known=known or _("geen enkele")
            )
        )
    issued = _of(register, entry, kept)
    fields = {one.field: one for one in issued.signatories}
    if to not in fields:
        raise UsageError(
            _("Het papier heeft geen veld «{field}»; wel: {known}.{tail}").format(
                field=to,
                known=enumerate_words(f"{one.field} ({one.who})" for one in issued.signatories),
                tail=_meant(to, fields),
            )
        )
    if not signed.holds:
        raise UsageError(
            _(
                "De handtekening «{field}» in «{copy}» houdt geen stand en kan niet toegewezen worden. Kijk met "
                "«verify» wat eraan scheelt."
            ).format(field=field, copy=kept.name)
        )
    acts = register.acts().get(entry.key, ())
    if assigned(kept, signed, acts) == to:
        raise UsageError(_("Dat is bij {number} al vastgelegd.").format(number=entry.key))
    act = Act(ActKind.ASSIGN, target_of(kept, field), to, on, reference=kept.name, why=why, by=by)
    with register.change() as changes:
        changes.act(entry.key, act)


def admit(register: Register, entry: Entry, copy: str, *, on: dt.date, why: str, by: str) -> None:
    """Record that a copy counts that says the same and was saved anew by a program.

    Raises:
        UsageError: there is no such copy, it needs no such act or cannot count, its version was replaced, or it was
            done before.
    """
    kept = find_copy(register, entry, copy)
    if kept.origin is not Origin.RESAVED:
        raise UsageError(
            _(
                "«{copy}» kan niet toegelaten worden: alleen een exemplaar dat hetzelfde zegt en door een programma "
                "opnieuw opgeslagen werd."
            ).format(copy=kept.name)
        )
    _of(register, entry, kept)
    if let_through(kept, register.acts().get(entry.key, ())):
        raise UsageError(_("Dat is bij {number} al vastgelegd.").format(number=entry.key))
    act = Act(ActKind.ADMIT, target_of(kept), kept.name, on, why=why, by=by)
    with register.change() as changes:
        changes.act(entry.key, act)


def find_copy(register: Register, entry: Entry, name: str) -> SignedCopy:
    """Give a kept copy by its name.

    Raises:
        UsageError: there is none; the nearest is named.
    """
    copies = {copy.name: copy for copy in register.copies().get(entry.key, ())}
    wanted = name.rpartition("/")[2]
    if wanted in copies:
        return copies[wanted]
    if not copies:
        raise UsageError(_("Bij {number} is nog geen ondertekend exemplaar bewaard.").format(number=entry.key))
    raise UsageError(
        _("Bij {number} ligt geen ondertekend exemplaar «{name}»; wel: {known}.{tail}").format(
            number=entry.key, name=name, known=", ".join(copies), tail=_meant(wanted, copies)
        )
    )


def _of(register: Register, entry: Entry, copy: SignedCopy) -> Issued:
    """Give the version of which something is a copy, if it still stands.

    Raises:
        UsageError: a later version took its place.
    """
    papers = register.issued().get(entry.key, ())
    issued = next((one for one in standing(papers).values() if one.name == copy.issued), None)
    if issued is None:
        raise UsageError(_("«{copy}» is van een versie die vervangen werd en telt niet meer.").format(copy=copy.name))
    return issued


def _meant(word: str, known: Iterable[str]) -> str:
    close = nearest(word, tuple(known))
    return _(" Bedoelde u «{close}»?").format(close=close) if close else ""
