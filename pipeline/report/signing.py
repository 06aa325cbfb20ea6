"""How far the signing of an issued paper has come, in sentences: who signed, who does not yet, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.dossier import Act, Counted, Origin, Signing
from pipeline.dossier.signing import let_through
from pipeline.language import _, date_long, enumerate_words
from pipeline.signing import looks_words, signature_words


@dataclass(frozen=True, slots=True)
class ToldSigning:
    """The signing of one paper."""

    complete: bool
    lines: tuple[str, ...]


def tell_signing(signing: Signing, key: str, acts: Sequence[Act]) -> ToldSigning:
    """Tell how far the signing of a paper has come.

    Args:
        signing: of the paper.
        key: of its dossier, for the lines to type.
        acts: of the dossier.
    """
    return ToldSigning(signing.complete, tuple(_lines(signing, key, acts)))


def _lines(signing: Signing, key: str, acts: Sequence[Act]) -> Iterator[str]:
    best = signing.best
    if not signing.issued.signatories:
        return
    if best is None:
        yield _("Nog door niemand ondertekend: {names}.").format(
            names=enumerate_words(one.who for one in signing.issued.signatories)
        )
    else:
        signed = enumerate_words(
            _("{who} op {day}").format(who=one.who, day=date_long(held.on.date())) if held.on else one.who
            for one in signing.issued.signatories
            if (held := best.held.get(one.field)) is not None
        )
        yield _("Ondertekend in «{file}»: {names}.").format(file=best.copy.name, names=signed)
        for one in signing.issued.signatories:
            if (held := best.held.get(one.field)) is not None and held.reason:
                yield _("{who} gaf bij het tekenen als reden «{reason}». Lees of dat een voorbehoud is.").format(
                    who=one.who, reason=held.reason
                )
        if signing.missing:
            yield _("Nog niet ondertekend: {names}.").format(names=enumerate_words(one.who for one in signing.missing))
    for one, other in signing.apart:
        yield _(
            "{who} tekende in een ander exemplaar («{other}»). Handtekeningen uit twee bestanden kunnen niet "
            "samengevoegd worden: laat {who} ook tekenen in «{file}»."
        ).format(who=one.who, other=other.copy.name, file=best.copy.name if best else "")
    if signing.outdated and not signing.complete:
        yield _("Getekend op een versie die vervangen werd, en dat telt niet meer: {files}.").format(
            files=enumerate_words(f"«{copy.name}»" for copy in signing.outdated)
        )
    for counted in signing.copies if not signing.complete else ():
        yield from _why_not(counted, key, acts)


def _why_not(counted: Counted, key: str, acts: Sequence[Act]) -> Iterator[str]:
    """Say why a copy, or a signature in it, does not count."""
    copy = counted.copy
    name = copy.name
    if copy.origin is Origin.SCANNED:
        yield _("«{file}» is een scan of foto en telt niet; vraag het ondertekende bestand zelf.").format(file=name)
    elif copy.changes:
        yield _("«{file}» telt niet, want het is niet wat uitgegeven werd: {changes}.").format(
            file=name, changes="; ".join(copy.changes)
        )
    elif copy.origin is Origin.RESAVED and not let_through(copy, acts):
        yield _(
            "«{file}» zegt hetzelfde, maar is door een programma opnieuw opgeslagen en telt daarom niet. Volstaat het "
            "toch, typ dan: wijkcontract accept {key} '{file}' --why REDEN --by WIE"
        ).format(file=name, key=key)
        if copy.looks:
            yield looks_words(copy.looks)
    elif not copy.signatures:
        yield _("«{file}» is niet ondertekend.").format(file=name)
    else:
        for signed in copy.signatures:
            if signed.stamp or any(signed is held for held in counted.held.values()):
                continue
            yield _("In «{file}» telt niet: {signature}").format(file=name, signature=signature_words(signed))
            if signed.holds and signed.reserved:
                yield _(
                    "Lees wat daarbij gezegd werd. Is het geen voorbehoud, typ dan: wijkcontract assign {key} '{file}' "
                    "'{field}' --for VELD --why REDEN --by WIE"
                ).format(key=key, file=name, field=signed.field)
            elif signed.holds:
                yield _(
                    "Is dat de handtekening van wie hier moet tekenen, typ dan: wijkcontract assign {key} '{file}' "
                    "'{field}' --for VELD --why REDEN --by WIE"
                ).format(key=key, file=name, field=signed.field)
