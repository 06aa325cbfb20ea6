"""Trusted lists that a person gave: read as they were signed, where it can be told by whom they should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Unreadable
from pipeline.language import _, date_long, plural
from pipeline.signing.list_signatures import (
    commission_signers,
    is_list_of_lists,
    is_the_commissions,
    named_signers,
    signed_list,
)
from pipeline.signing.trusted_lists import TrustedList, parse, services


@dataclass(frozen=True, slots=True)
class Listed:
    """What trusted lists say."""

    lists: tuple[tuple[str, TrustedList], ...]
    """By name of the file: those that count."""
    checked: tuple[str, ...]
    """Which of them are signed by whom they should be, in plain Dutch."""
    notes: tuple[str, ...]
    """Which do not count, and of which nobody checked who signed them, in plain Dutch."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A list that may count."""

    name: str
    """Of the file."""
    told: TrustedList
    signer: str = ""
    """Common name of who signed it; empty where nobody checked that."""


def read_lists(files: Mapping[str, bytes], vouched: Sequence[bytes]) -> Listed:
    """Read trusted lists, and the list of lists among them that names who signs the others.

    A list that is not signed by whom it should be does not count. Where nobody says by whom, it counts, and that is
    told.

    Args:
        files: name → contents.
        vouched: certificates, DER, of those who sign lists, as a person vouches for them.
    """
    notes: list[str] = []
    parsed: dict[str, Any] = {}
    for name, content in files.items():
        try:
            parsed[name] = parse(content)
        except Unreadable as wrong:
            notes.append(_("«{name}» is geen leesbare vertrouwenslijst: {why}.").format(name=name, why=wrong))
    above = {name: files[name] for name, root in parsed.items() if is_list_of_lists(root)}
    named, checked, refused = _named(above, vouched)
    notes += refused
    read: list[_Read] = []
    for name in parsed.keys() - above.keys():
        told = services(files[name])
        if not named and not vouched:
            read.append(_Read(name, told))
            continue
        signed = signed_list(files[name], [*vouched, *named.get(told.territory, ())])
        if signed is not None:
            read.append(_Read(name, services(signed.content), signed.signer))
            continue
        notes.append(
            _(
                "Vertrouwenslijst «{name}» telt niet mee: ze is gewijzigd, of niet getekend door wie u opgaf of "
                "door wie de Europese lijst daarvoor noemt."
            ).format(name=name)
        )
    newest, outdated = _newest(read)
    notes += outdated
    notes += [_unchecked(one.name, one.told) for one in newest if not one.signer]
    checked += [_checked(one.name, one.told, one.signer) for one in newest if one.signer]
    return Listed(tuple((one.name, one.told) for one in newest), tuple(sorted(checked)), tuple(sorted(notes)))


def _newest(read: Iterable[_Read]) -> tuple[list[_Read], list[str]]:
    """Give the newest list of each territory, by name of the file, and the notes on the others.

    Each list takes the place of those before it: what it withdrew, an older one in the same folder still grants.
    """
    newest: dict[str, _Read] = {}
    kept: list[_Read] = []
    notes: list[str] = []
    for one in sorted(read, key=lambda one: one.name):
        if not one.told.territory or one.told.issued is None:
            kept.append(one)
            continue
        other = newest.setdefault(one.told.territory, one)
        if other is one or other.told.issued is None:
            continue
        later, earlier = (one, other) if one.told.issued > other.told.issued else (other, one)
        newest[one.told.territory] = later
        notes.append(
            _(
                "Vertrouwenslijst «{name}» ({territory}, van {when}): telt niet mee, want «{other}» is van dezelfde "
                "dag of later."
            ).format(name=earlier.name, territory=one.told.territory, when=_day(earlier.told), other=later.name)
        )
    return sorted([*kept, *newest.values()], key=lambda one: one.name), notes


def _named(
    files: Mapping[str, bytes], vouched: Sequence[bytes]
) -> tuple[Mapping[str, tuple[bytes, ...]], list[str], list[str]]:
    """Give whom lists of lists name to sign the list of each territory, which of them count, and which do not.

    A person who vouches for the operator of one member state does not let that one name the operators of others.
    """
    commission = [one for one in vouched if is_the_commissions(one)]
    named: dict[str, tuple[bytes, ...]] = {}
    checked: list[str] = []
    refused: list[str] = []
    for name, content in files.items():
        signed = signed_list(content, [*commission, *commission_signers()])
        other = signed_list(content, vouched) if signed is None else None
        if other is not None:
            refused.append(
                _(
                    "De Europese lijst «{name}» telt niet mee: «{signer}» tekende ze, en dat certificaat, opgegeven "
                    "met «--eu-signer», is niet van de Europese Commissie. Het telt alleen voor de lijst van een "
                    "lidstaat."
                ).format(name=name, signer=other.signer)
            )
            continue
        if signed is None:
            refused.append(
                _(
                    "De Europese lijst «{name}» telt niet mee: ze is gewijzigd, of niet getekend met een certificaat "
                    "van de Europese Commissie dat het programma kent. Geef dat met «--eu-signer»."
                ).format(name=name)
            )
            continue
        for territory, certificates in named_signers(parse(signed.content)).items():
            named[territory] = (*named.get(territory, ()), *certificates)
        checked.append(_("Europese lijst «{name}»: getekend door «{signer}».").format(name=name, signer=signed.signer))
    return named, checked, refused


def _unchecked(name: str, told: TrustedList) -> str:
    return _(
        "Vertrouwenslijst «{name}» ({territory}, van {when}): {used} gebruikt; de handtekening onder de lijst zelf "
        "is niet nagegaan. Leg er de Europese lijst (eu-lotl.xml) bij, of geef met «--eu-signer» wie ze tekent."
    ).format(name=name, **_words(told))


def _checked(name: str, told: TrustedList, signer: str) -> str:
    return _(
        "Vertrouwenslijst «{name}» ({territory}, van {when}): {used} gebruikt; de lijst is getekend door «{signer}»."
    ).format(name=name, signer=signer, **_words(told))


def _words(told: TrustedList) -> dict[str, str]:
    certificates: Iterable[bytes] = {one.certificate for one in told.services}
    return {
        "territory": told.territory or "?",
        "when": _day(told),
        "used": plural("{number} certificaat", "{number} certificaten", len(set(certificates))),
    }


def _day(told: TrustedList) -> str:
    return date_long(told.issued.date()) if told.issued else _("een onbekende dag")
