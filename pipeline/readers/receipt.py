"""When a mail was received, as the server that received it wrote down."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from email.utils import mktime_tz, parsedate_tz

from pipeline.dossier import Receipt
from pipeline.language import _
from pipeline.language import moment as words
from pipeline.readers.contents import Envelope

CHANNEL = "e-mail"
_YEARS = range(1990, 2200)
"""A server whose clock is outside these proves nothing."""
_BY = re.compile(r"\bby\s+([\w.:\[\]-]+)")
_ZONE = re.compile(r"[+-]\d{4}\b|\b(GMT|UTC|UT|Z)\b")
"""The standard library takes any other name for UTC, `CEST` included, and a moment without zone too."""
_MARGIN = dt.timedelta(minutes=1)


def envelope(name: str, received: Sequence[str], sent: str, sender: str, subject: str, message: str) -> Envelope:
    """Tell when a mail was received.

    Each server that passes a mail on writes a header above those of the servers before it, so the topmost one is
    that of the server that delivered the mail here. What stands below it, and the date of the mail itself, was
    written by others and proves nothing.

    Args:
        name: of the mail, for people.
        received: its `Received` headers, topmost first.
        sent: its `Date` header.
        sender: who sent it.
        subject: its `Subject` header.
        message: its `Message-ID` header.
    """
    if not received:
        note = _(
            "«{name}» heeft geen kop «Received»: geen server bevestigt wanneer het ontvangen is. {claim} Bewijs het "
            "moment met een rij in ontvangst.csv."
        ).format(name=name, claim=_claim(sent))
        return Envelope(Receipt(None, CHANNEL, sender, "", message), subject, (note,))
    moment = _moment(received[0].rpartition(";")[2])
    if moment is None:
        note = _(
            "«{name}»: de bovenste kop «Received» zegt geen moment met een tijdzone ({text}). {claim} Bewijs het "
            "moment met een rij in ontvangst.csv."
        ).format(name=name, text=" ".join(received[0].split())[-80:], claim=_claim(sent))
        return Envelope(Receipt(None, CHANNEL, sender, "", message), subject, (note,))
    server = _BY.search(received[0])
    place = (
        _("{name}, bovenste kop «Received» van {server}").format(name=name, server=server[1])
        if server
        else _("{name}, bovenste kop «Received»").format(name=name)
    )
    return Envelope(Receipt(moment, CHANNEL, sender, place, message), subject, _hops(name, moment, received[1:]))


def delivered(name: str, moment: dt.datetime, sender: str, subject: str, message: str) -> Envelope:
    """Tell when the mailbox of the receiver took a mail in, of a mail that carries no headers of servers."""
    place = _("{name}, tijdstip van aflevering in de mailbox").format(name=name)
    return Envelope(Receipt(moment, CHANNEL, sender, place, message), subject)


def differ(one: dt.datetime, other: dt.datetime) -> bool:
    """Say whether two moments are further apart than clocks and the work of a server explain."""
    return abs(one - other) > _MARGIN


def _hops(name: str, moment: dt.datetime, earlier: Sequence[str]) -> tuple[str, ...]:
    """Tell that the mail waited on its way: who sent it may appeal to an earlier server."""
    others = [found for text in earlier if (found := _moment(text.rpartition(";")[2])) is not None]
    if not others or moment - min(others) <= _MARGIN:
        return ()
    return (
        _(
            "«{name}» is volgens de ontvangende server ontvangen op {moment}; een eerdere server zegt {earlier}. De "
            "bovenste kop telt; telt hier een eerder moment, zet het dan in ontvangst.csv."
        ).format(name=name, moment=words(moment), earlier=words(min(others))),
    )


def _claim(sent: str) -> str:
    if not sent.strip():
        return _("Het bericht zegt ook zelf geen datum.")
    return _("De datum in het bericht ({sent}) is wat de afzender zegt en bewijst niets.").format(
        sent=" ".join(sent.split())[:60]
    )


def _moment(text: str) -> dt.datetime | None:
    """Read a moment as mail writes it; None without its offset from UTC."""
    try:
        found = parsedate_tz(text)
        if found is None or not _ZONE.search(text):
            return None
        zone = dt.timezone(dt.timedelta(seconds=found[9] or 0))
        moment = dt.datetime.fromtimestamp(mktime_tz(found), zone)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    return moment if moment.year in _YEARS else None
