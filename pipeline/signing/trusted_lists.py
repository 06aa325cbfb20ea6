"""Trusted lists of the member states of the EU (ETSI TS 119 612): which services may certify signatures, and when."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.language import _, date_long, plural

_SPACE = "http://uri.etsi.org/02231/v2#"
_NAMES = {"tsl": _SPACE}
_KINDS = frozenset(
    {
        "http://uri.etsi.org/TrstSvc/Svctype/CA/QC",
        "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST",
        "http://uri.etsi.org/TrstSvc/Svctype/TSA",
        "http://uri.etsi.org/TrstSvc/Svctype/TSA/TSS-QC",
    }
)
"""Services that certify qualified signatures and seals, and those that stamp the time."""
_GRANTED = frozenset(
    f"http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}"
    for status in ("granted", "undersupervision", "supervisionincessation", "accredited", "recognisedatnationallevel")
)
"""Recognised, in the words of today and in those of before 1 July 2016."""


@dataclass(frozen=True, slots=True)
class Period:
    """From when, and until when, a service was recognised."""

    start: dt.datetime
    end: dt.datetime | None = None

    def holds(self, moment: dt.datetime) -> bool:
        """Tell whether a moment lies in it."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Service:
    """A service on a trusted list."""

    name: str
    certificate: bytes
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class TrustedList:
    """What a trusted list says."""

    territory: str
    issued: dt.datetime | None
    services: tuple[Service, ...]

    def note(self, name: str) -> str:
        """Say what was used of it, and what nobody checked."""
        when = date_long(self.issued.date()) if self.issued else _("een onbekende dag")
        return _(
            "Vertrouwenslijst «{name}» ({territory}, van {when}): {used} gebruikt; de handtekening onder de lijst zelf "
            "is niet nagegaan."
        ).format(
            name=name,
            territory=self.territory or "?",
            when=when,
            used=plural("{number} certificaat", "{number} certificaten", len(self.services)),
        )


def is_trusted_list(content: bytes) -> bool:
    """Tell whether a file looks like a trusted list."""
    head = content[:4_000]
    return b"TrustServiceStatusList" in head and _SPACE.encode() in head


def services(content: bytes) -> TrustedList:
    """Read a trusted list.

    Raises:
        Unreadable: it is damaged, or made to do harm.
    """
    root = _parse(content)
    issued = _moment(root.findtext("tsl:SchemeInformation/tsl:ListIssueDateTime", "", _NAMES))
    territory = (root.findtext("tsl:SchemeInformation/tsl:SchemeTerritory", "", _NAMES) or "").strip()
    found = tuple(
        service for element in root.iterfind(".//tsl:TSPServices/tsl:TSPService", _NAMES) for service in _read(element)
    )
    return TrustedList(territory, issued, found)


def _parse(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as wrong:
        raise Unreadable(Reason.DAMAGED, _("de XML is beschadigd")) from wrong
    if root.getroottree().docinfo.doctype:
        raise Unreadable(Reason.DTD, _("er staat een DTD in"))
    return root


def _read(element: Any) -> Iterator[Service]:
    """Give a service once for each of its certificates."""
    now = element.find("tsl:ServiceInformation", _NAMES)
    if now is None or _text(now, "tsl:ServiceTypeIdentifier") not in _KINDS:
        return
    states = [now, *element.iterfind("tsl:ServiceHistory/tsl:ServiceHistoryInstance", _NAMES)]
    periods = tuple(_periods(states))
    if not periods:
        return
    name = _text(now, "tsl:ServiceName/tsl:Name")
    for coded in now.iterfind("tsl:ServiceDigitalIdentity/tsl:DigitalId/tsl:X509Certificate", _NAMES):
        try:
            der = base64.b64decode("".join((coded.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if _is_certificate(der):
            yield Service(name, der, periods)


def _periods(states: list[Any]) -> Iterator[Period]:
    """Give when a service was recognised; its states come newest first."""
    end: dt.datetime | None = None
    for state in states:
        start = _moment(_text(state, "tsl:StatusStartingTime"))
        if start is None:
            return  # what came before cannot be dated
        if _text(state, "tsl:ServiceStatus") in _GRANTED:
            yield Period(start, end)
        end = start


def _text(element: Any, path: str) -> str:
    return (element.findtext(path, "", _NAMES) or "").strip()


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _is_certificate(der: bytes) -> bool:
    from asn1crypto import x509

    try:
        return bool(x509.Certificate.load(der, strict=True).subject.native)
    except (ValueError, TypeError, KeyError):
        return False
