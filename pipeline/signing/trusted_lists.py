"""Trusted lists of the member states of the EU (ETSI TS 119 612): which services certify signatures, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.signing.list_signatures import certificates_in

_SPACE = "http://uri.etsi.org/02231/v2#"
_NAMES = {"tsl": _SPACE}
_CERTIFIES = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
"""A service that certifies qualified signatures and seals, or web sites."""
_STAMPS = frozenset(
    f"http://uri.etsi.org/TrstSvc/Svctype/{kind}" for kind in ("TSA/QTST", "TSA", "TSA/TSS-QC", "TSA/TSS-AdESQCandQES")
)
_GRANTED = frozenset(
    f"http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}"
    for status in ("granted", "undersupervision", "supervisionincessation", "accredited")
)
"""Recognised, in the words of today and in those of before 1 July 2016."""
_STAMPS_GRANTED = _GRANTED | {"http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/recognisedatnationallevel"}
_FOR = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/For"
_FOR_SIGNING = frozenset({f"{_FOR}eSignatures", f"{_FOR}eSeals"})
_INFORMATION = "tsl:ServiceInformationExtensions/tsl:Extension/tsl:AdditionalServiceInformation/tsl:URI"


class Use(Enum):
    """For what a certificate is a root."""

    SIGNING = auto()
    STAMPING = auto()
    """The time, and nobody's signature."""


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
    use: Use
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class TrustedList:
    """What a trusted list says."""

    territory: str
    issued: dt.datetime | None
    services: tuple[Service, ...]
    until: dt.datetime | None = None
    """By when the next one should be there (NextUpdate); None where it does not say."""


def is_trusted_list(content: bytes) -> bool:
    """Tell whether a file looks like a trusted list."""
    head = content[:4_000]
    return b"TrustServiceStatusList" in head and _SPACE.encode() in head


def services(content: bytes) -> TrustedList:
    """Read a trusted list.

    Raises:
        Unreadable: it is damaged, or made to do harm.
    """
    root = parse(content)
    issued = _moment(root.findtext("tsl:SchemeInformation/tsl:ListIssueDateTime", "", _NAMES))
    territory = (root.findtext("tsl:SchemeInformation/tsl:SchemeTerritory", "", _NAMES) or "").strip()
    found = tuple(
        service for element in root.iterfind(".//tsl:TSPServices/tsl:TSPService", _NAMES) for service in _read(element)
    )
    until = _moment(root.findtext("tsl:SchemeInformation/tsl:NextUpdate/tsl:dateTime", "", _NAMES))
    return TrustedList(territory, issued, found, until)


def parse(content: bytes) -> Any:
    """Give the element of a whole list.

    Raises:
        Unreadable: it is damaged, or made to do harm.
    """
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
    """Give a service for each of its certificates, and for each use that it was ever recognised for."""
    now = element.find("tsl:ServiceInformation", _NAMES)
    if now is None:
        return
    states = [now, *element.iterfind("tsl:ServiceHistory/tsl:ServiceHistoryInstance", _NAMES)]
    identity = now.find("tsl:ServiceDigitalIdentity", _NAMES)
    certificates = list(certificates_in(identity)) if identity is not None else []
    for use in Use:
        periods = tuple(_periods(states, use))
        if periods:
            name = _text(now, "tsl:ServiceName/tsl:Name")
            yield from (Service(name, der, use, periods) for der in certificates)


def _periods(states: list[Any], use: Use) -> Iterator[Period]:
    """Give when a service was recognised for a use; its states come newest first."""
    end: dt.datetime | None = None
    for state in states:
        start = _moment(_text(state, "tsl:StatusStartingTime"))
        if start is None:
            return  # what came before cannot be dated
        if _is_recognised(state, use):
            yield Period(start, end)
        end = start


def _is_recognised(state: Any, use: Use) -> bool:
    kind, status = _text(state, "tsl:ServiceTypeIdentifier"), _text(state, "tsl:ServiceStatus")
    if use is Use.STAMPING:
        return kind in _STAMPS and status in _STAMPS_GRANTED
    told = {(uri.text or "").strip() for uri in state.iterfind(_INFORMATION, _NAMES)}
    uses = {uri for uri in told if uri.startswith(_FOR)}  # before 1 July 2016 none is told
    return kind == _CERTIFIES and status in _GRANTED and (not uses or bool(uses & _FOR_SIGNING))


def _text(element: Any, path: str) -> str:
    return (element.findtext(path, "", _NAMES) or "").strip()


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
