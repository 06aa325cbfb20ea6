"""The signatures in a PDF, each judged on its own: whole, by whom, when, trusted, and what came after."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.dossier.issued import Signatory
from pipeline.dossier.signed import Signed, Trust
from pipeline.language import _
from pipeline.signing.asking import Asker
from pipeline.signing.evidence import evidence_of
from pipeline.signing.likeness import Named, likeness
from pipeline.signing.looks import Look, odd_words
from pipeline.signing.permitted import after_signature, signature_fields
from pipeline.signing.roots import Roots
from pipeline.signing.trust import Judge
from pipeline.signing.trusted_lists import Use
from pipeline.values.folding import plain_spaces

_KNOWN_KINDS = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161"})
_LONGEST = 300
"""Characters of the reason of a signer that are told."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What signatures are judged by."""

    roots: Roots
    seen: dt.date | None = None
    """The day on which the file was first kept here, if it was."""
    online: float = 0.0
    """Seconds that asking over the network may take; 0: nothing is fetched."""


def signatures_in(
    reader: Any, places: Sequence[Signatory], basis: Basis, looks: Mapping[str, Look]
) -> tuple[Signed, ...]:
    """Judge every signature in a file, oldest first.

    Args:
        reader: pyHanko's reader of the file.
        places: the signature fields that the issued paper has.
        basis: what they are judged by.
        looks: what each field shows.
    """
    from pyhanko.sign.fields import enumerate_sig_fields

    ours = {place.field: place for place in places}
    embedded: list[Any] = []
    broken: list[Signed] = []
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        read = _embedded(reader, name, value, field)
        if isinstance(read, str):
            broken.append(Signed(name, ours.get(name), whole=False, alone=False, signer="", detail=read))
        else:
            embedded.append(read)
    embedded.sort(key=lambda one: one.signed_revision)
    judge = Judge(basis.roots, evidence_of(reader, embedded), basis.seen)
    judged = asyncio.run(_judge_all(embedded, ours, judge, basis.online))
    judged = [
        signed if signed.alone else replace(signed, forbidden=_forbidden(one, embedded))
        for signed, one in zip(judged, embedded, strict=True)
    ]
    return (*(_shown(signed, one, looks) for signed, one in zip(judged, embedded, strict=True)), *broken)


def _embedded(reader: Any, name: str, value: Any, field: Any) -> Any:
    """Give pyHanko's view of a signature, or what is wrong with it."""
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    if str(value.get_object().get("/SubFilter", "")) not in _KNOWN_KINDS:
        return _("de handtekening is van een soort die niet nagegaan kan worden")
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        return signature if signature.signer_cert.dump() else ""
    except Exception:  # noqa: BLE001 - a stranger's bytes; whatever they make the libraries say, they are no signature
        return _("de handtekening is beschadigd en kan niet gelezen worden")


async def _judge_all(embedded: Iterable[Any], ours: dict[str, Signatory], judge: Judge, online: float) -> list[Signed]:
    if online:
        async with Asker(online) as asker:
            return await _judge_all(embedded, ours, replace(judge, asker=asker), 0.0)
    found = []
    for one in embedded:
        try:
            found.append(await _judge(one, ours.get(one.field_name), judge))
        except Exception:  # noqa: BLE001 - as above
            detail = _("de handtekening is beschadigd en kan niet nagegaan worden")
            found.append(
                Signed(one.field_name, ours.get(one.field_name), whole=False, alone=False, signer="", detail=detail)
            )
    return found


@dataclass(frozen=True, slots=True)
class _Moment:
    """When something was signed, as far as that can be said."""

    on: dt.datetime | None
    proven: bool = False


async def _judge(one: Any, place: Signatory | None, judge: Judge) -> Signed:
    """Judge one signature, or one time stamp over the whole paper."""
    from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    stamp = one.sig_object_type == "/DocTimeStamp"
    if stamp:
        judge = replace(judge, use=Use.STAMPING)
    when = _Moment(_stamped(one.signed_data), proven=True) if stamp else await _when(one, judge)
    looked = False

    async def validate(context: Any) -> Any:
        nonlocal looked
        check = async_validate_pdf_timestamp if stamp else async_validate_pdf_signature
        status = await check(one, context, diff_policy=after_signature(), skip_diff=looked)
        looked = True
        return status

    first = await validate(judge.context(when.on or _some_moment(one)))
    covers = one.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    trusted = await judge.judge(validate, one.signer_cert, when.on, proven=when.proven)
    alone = bool(first.docmdp_ok) if not stamp else covers
    signer = Named.of(one.signer_cert)
    signed = Signed(
        field=one.field_name,
        place=place,
        whole=bool(first.intact and first.valid and covers),
        alone=alone,
        signer=signer.common,
        organisation=_one(one.signer_cert.subject.native.get("organization_name")),
        certificate=one.signer_cert.sha256.hex(),
        on=when.on,
        proven=when.proven and (not stamp or trusted.trust is Trust.TRUSTED),
        trust=trusted.trust,
        root=trusted.root,
        revocation=trusted.revocation,
        sources=trusted.sources,
        unanswered=trusted.unanswered,
        likeness=likeness(signer, place),
        stamp=stamp,
        detail=trusted.detail,
        reason=_reason(one),
    )
    if first.intact and first.valid and not covers:
        return replace(signed, detail=_("ze dekt niet het hele papier"))
    return signed


async def _when(one: Any, judge: Judge) -> _Moment:
    """Give when a signature was set: by a time stamp that is trusted, otherwise as the signer says."""
    from pyhanko.sign.validation.generic_cms import (
        extract_tst_data_iter,
        message_imprint_checker,
        validate_tst_signed_data,
    )
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    judge = replace(judge, use=Use.STAMPING)
    for token in extract_tst_data_iter(one.signer_info, signed=False):
        stamped = _stamped(token)
        if stamped is None:
            continue

        async def validate(context: Any, token: Any = token) -> Any:
            told = await validate_tst_signed_data(token, context, message_imprint_checker(one.signer_info))
            return TimestampSignatureStatus(**told)

        status = await validate(judge.context(stamped))
        trusted = await judge.judge(validate, status.signing_cert, stamped, proven=True)
        if status.intact and status.valid and trusted.trust is Trust.TRUSTED:
            return _Moment(stamped, proven=True)
    return _Moment(_aware(one.self_reported_timestamp))


def _stamped(token: Any) -> dt.datetime | None:
    """Give the moment in a time stamp."""
    content = token["encap_content_info"]["content"].parsed
    return _aware(content["gen_time"].native) if content is not None else None


def _some_moment(one: Any) -> dt.datetime:
    """Give a moment at which to look whether a signature is whole: that says nothing of trust."""
    moment: dt.datetime = one.signer_cert["tbs_certificate"]["validity"]["not_before"].native
    return moment


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=dt.UTC) if moment is not None and moment.tzinfo is None else moment


def _forbidden(one: Any, embedded: Sequence[Any]) -> tuple[str, ...]:
    """Give the fields of later signatures that a signature forbade; none when more came after it than signatures."""
    from pyhanko.sign.diff_analysis import DiffResult
    from pyhanko.sign.fields import MDPPerm

    later = [
        other.field_name
        for other in embedded
        if other.signed_revision > one.signed_revision and other.sig_object_type != "/DocTimeStamp"
    ]
    came = after_signature().review_file(one.reader, one.signed_revision)  # as if it asked nothing
    if not isinstance(came, DiffResult) or came.changed_form_fields - signature_fields(one.reader):
        return ()
    if one.docmdp_level is MDPPerm.NO_CHANGES:
        return tuple(later)
    return tuple(name for name in later if one.fieldmdp and one.fieldmdp.is_locked(name))


def _reason(one: Any) -> str:
    """Give why somebody says to sign, on one line; empty when that is no text."""
    told = one.sig_object.get("/Reason", "")
    return plain_spaces(told)[:_LONGEST] if isinstance(told, str) else ""


def _shown(signed: Signed, one: Any, looks: Mapping[str, Look]) -> Signed:
    """Add what a signature shows on the page."""
    look = looks.get(signed.field, Look())
    holder = " ".join([signed.signer, signed.organisation, _name_in(one)])
    return replace(signed, shown=odd_words(look.words, holder), unread=look.unread, pages=look.pages)


def _name_in(one: Any) -> str:
    try:
        return str(one.signer_cert.subject.human_friendly)
    except Exception:  # noqa: BLE001 - a stranger's bytes, as above
        return ""


def _one(name: Any) -> str:
    """Give a name of a certificate, which may hold several."""
    return ", ".join(map(str, name)) if isinstance(name, list) else str(name or "")
