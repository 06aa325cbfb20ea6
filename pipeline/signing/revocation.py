"""Whether certificates were revoked at a moment, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pipeline.dossier.signed import Informant, Revocation
from pipeline.signing.evidence import Evidence


class Whom(Enum):
    """Of which certificates of a path revocation must be known."""

    ALL = auto()
    SIGNER = auto()
    AUTHORITIES = auto()
    """Those between the signer and the root."""


Look = Callable[[dt.datetime, Sequence[Evidence], Whom], Awaitable[Any]]
"""Judges the path of a certificate at a moment by some evidence; gives what pyHanko says of it."""
_BETTER = (Revocation.NOT_CHECKED, Revocation.SIGNER_ONLY, Revocation.CHECKED)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of revocation."""

    revocation: Revocation = Revocation.NOT_CHECKED
    sources: tuple[Informant, ...] = ()
    """Who says so."""
    revoked: dt.datetime | None = None
    """When the certificate, or that of an authority between, was revoked, if that was before the moment."""
    later: dt.datetime | None = None
    """When the certificate was revoked after the moment."""


async def known(look: Look, given: Sequence[Evidence], certificate: Any, on: dt.datetime, end: dt.datetime) -> Known:
    """Tell what is known of the revocation of a certificate and of the authorities between it and its root.

    Args:
        look: judges its path.
        given: what may tell it, each source on its own.
        certificate: of the signer.
        on: when it was signed.
        end: until when the whole path holds.
    """
    told = [one for one in given if one.tells]
    dates = {date: source.source for source in told for date in await _revocations(look, source, certificate, on, end)}
    early = [date for date in dates if date <= on]
    if early:
        return Known(Revocation.CHECKED, (dates[min(early)],), revoked=min(early))
    later = min(dates, default=None)
    best = Known(later=later)
    for some in [*([one] for one in told), *([told] if len(told) > 1 else [])]:
        if len(some) > 1 and best.revocation is Revocation.CHECKED:
            break
        revocation, revoked = await _by(look, some, on)
        sources = tuple(one.source for one in some)
        if revoked:
            return Known(Revocation.CHECKED, sources, revoked=revoked)
        if _BETTER.index(revocation) > _BETTER.index(best.revocation):
            best = Known(revocation, sources, later=later)
        elif revocation is best.revocation is Revocation.CHECKED:
            best = Known(revocation, (*best.sources, *sources), later=later)
    if later:
        return Known(Revocation.CHECKED, (dates[later],), later=later)
    return best


async def _by(look: Look, some: Sequence[Evidence], on: dt.datetime) -> tuple[Revocation, dt.datetime | None]:
    """Tell what some evidence says, and when a certificate was revoked if one was before the moment."""
    holds = {}
    for whom in Whom:
        status = await look(on, some, whom)
        if status.revocation_details is not None:
            return Revocation.CHECKED, status.revocation_details.revocation_date
        holds[whom] = status.trust_problem_indic is None
        if holds[Whom.ALL]:
            return Revocation.CHECKED, None
    return (Revocation.SIGNER_ONLY if holds[Whom.SIGNER] else Revocation.NOT_CHECKED), None


async def _revocations(
    look: Look, source: Evidence, certificate: Any, on: dt.datetime, end: dt.datetime
) -> list[dt.datetime]:
    """Give when a certificate was revoked by each list or answer that says so and that its issuer signed.

    Each is looked at alone and while it is fresh: pyHanko gives no heed to a list once an answer says that all is well.
    """
    found = []
    for piece in source.pieces():
        fresh = piece.accuses(certificate)
        if fresh is None:
            continue
        status = await look(max(on, min(fresh, end)), [piece], Whom.SIGNER)
        if status.revocation_details is not None and not status.revocation_details.ca_revoked:
            found.append(status.revocation_details.revocation_date)
    return found
