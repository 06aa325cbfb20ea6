"""One signature in a sentence: whose, where, when, whole, by which root, revoked or not."""

from __future__ import annotations

from pipeline.dossier.signed import Informant, Revocation, Signed, Trust
from pipeline.language import _, enumerate_words, moment


def signature_words(signed: Signed) -> str:
    """Tell one signature in a sentence."""
    parts = [_whole(signed)]
    if signed.on:
        when = moment(signed.on)
        if signed.stamp:
            parts.append(_("gestempeld op {when}").format(when=when))
        elif signed.proven:
            parts.append(_("getekend op {when} (bewezen door een tijdstempel)").format(when=when))
        else:
            parts.append(_("getekend op {when} (dat zegt wie tekende; geen tijdstempel bewijst het)").format(when=when))
    if signed.reason:
        parts.append(_("met als reden «{reason}»").format(reason=signed.reason))
    if signed.shown:
        parts.append(_("op het blad zegt ze «{words}»").format(words=signed.shown))
    if signed.whole:
        parts.append(_trust(signed))
        if signed.trust is Trust.TRUSTED:
            parts.append(_revocation(signed))
    who = f"«{signed.signer}»" if signed.signer else _("onbekend")
    if signed.organisation:
        who += f" ({signed.organisation})"
    kind = (
        _("Tijdstempel van {who}").format(who=who)
        if signed.stamp
        else _("{who} in {where}").format(who=who, where=where(signed))
    )
    return f"{kind}: {'; '.join(parts)}."


def where(signed: Signed) -> str:
    """Say in which field a signature stands."""
    if signed.place:
        return _("het veld van {label}").format(label=signed.place.who)
    return _("een eigen veld «{field}»").format(field=signed.field)


def _whole(signed: Signed) -> str:
    if not signed.whole:
        return _("niet gaaf: {why}").format(
            why=signed.detail or _("wat getekend werd, is niet wat er nu staat, of de handtekening is van elders")
        )
    if signed.forbidden:
        return _(
            "gaaf, maar ze verbood wie dan ook om daarna nog te tekenen, en dat gebeurde toch in {fields}; iets anders "
            "kwam er niet bij"
        ).format(fields=enumerate_words(f"«{field}»" for field in signed.forbidden))
    return _("gaaf") if signed.alone else _("gaaf, maar daarna werd gewijzigd wat ze niet toelaat")


def _trust(signed: Signed) -> str:
    return {
        Trust.TRUSTED: _("vertrouwd door {root}").format(root=signed.root),
        Trust.NO_ROOTS: _("niet nagegaan of het certificaat te vertrouwen is: er zijn geen wortels gegeven"),
        Trust.OTHER_ROOT: _("niet vertrouwd: het certificaat leidt naar geen van de gegeven wortels"),
        Trust.EXPIRED: _("niet vertrouwd: het certificaat was toen vervallen (op {when})").format(when=signed.detail)
        if signed.detail
        else _("niet vertrouwd: een certificaat was toen vervallen"),
        Trust.NOT_YET: _("niet vertrouwd: het certificaat gold pas vanaf {when}").format(when=signed.detail),
        Trust.REVOKED: _("niet vertrouwd: het certificaat was toen ingetrokken (op {when})").format(when=signed.detail),
        Trust.REVOKED_LATER: _(
            "niet vertrouwd: het certificaat werd ingetrokken op {when}, en niets bewijst dat er voordien getekend werd"
        ).format(when=signed.detail),
        Trust.NOT_FOR_SIGNING: _("niet vertrouwd: het certificaat dient niet om te ondertekenen"),
        Trust.NOT_GRANTED: _("niet vertrouwd: {root} was toen niet erkend volgens de vertrouwenslijst").format(
            root=signed.root
        ),
        Trust.OLD_LIST: _(
            "niet vertrouwd: {root} staat op een vertrouwenslijst die maar tot {when} gold, en er werd later getekend; "
            "geef een nieuwere lijst"
        ).format(root=signed.root, when=signed.detail),
        Trust.NO_DATE: _("niet vertrouwd: niets zegt wanneer er getekend werd"),
        Trust.FAULTY: _("niet vertrouwd: {why}").format(why=signed.detail),
    }[signed.trust]


def _revocation(signed: Signed) -> str:
    by = {
        Informant.FILE: _("de gegevens in het bestand zelf"),
        Informant.FOLDER: _("de intrekkingslijsten in de map met wortels"),
        Informant.ONLINE: _("de uitgever, nu opgevraagd"),
    }
    told = {
        Revocation.CHECKED: _("niet ingetrokken volgens {sources}"),
        Revocation.SIGNER_ONLY: _("zelf niet ingetrokken volgens {sources}, van de uitgevers ertussen niet nagegaan"),
        Revocation.NOT_CHECKED: _("intrekking niet nagegaan"),
    }[signed.revocation].format(sources=enumerate_words(by[source] for source in signed.sources))
    return f"{told}; {signed.unanswered}" if signed.unanswered else told
