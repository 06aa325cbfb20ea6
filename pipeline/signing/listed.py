"""Trusted lists that a person gave: read as they were signed, where it can be told by whom they should be."""

from __future__ import annotations

import datetime as dt
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
    late: bool = False
    """Whether it is of after the day until which the list of lists says who signs it."""


@dataclass(frozen=True, slots=True)
class _Above:
    """The list of lists that counts."""

    name: str
    """Of the file."""
    signers: Mapping[str, tuple[bytes, ...]]
    """Who sign the list of each territory: certificates, DER."""
    until: dt.datetime | None

    def tells_of(self, told: TrustedList) -> bool:
        """Tell whether it says by whom a list should be signed: one of after its own next one it cannot know."""
        return self.until is None or told.issued is None or told.issued.date() <= self.until.date()


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
    of_lists = {name: files[name] for name, root in parsed.items() if is_list_of_lists(root)}
    above, checked, refused = _above(of_lists, vouched)
    notes += refused
    read: list[_Read] = []
    for name in parsed.keys() - of_lists.keys():
        told = services(files[name])
        if above is None and not vouched:
            read.append(_Read(name, told))
            continue
        if (signed := signed_list(files[name], vouched)) is not None:
            read.append(_Read(name, services(signed.content), signed.signer))
            continue
        if above and (signed := signed_list(files[name], above.signers.get(told.territory, ()))) is not None:
            told = services(signed.content)
            read.append(_Read(name, told, signed.signer, late=not above.tells_of(told)))
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
    checked += [_checked(one.name, one.told, one.signer) for one in newest if one.signer and not one.late]
    notes += [_late(one, above) for one in newest if above and one.late]
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


def _above(files: Mapping[str, bytes], vouched: Sequence[bytes]) -> tuple[_Above | None, list[str], list[str]]:
    """Give the newest list of lists that counts, who signed it, and which do not count, in plain Dutch.

    A person who vouches for the operator of one member state does not let that one name the operators of others.
    """
    commission = [one for one in vouched if is_the_commissions(one)]
    read: list[_Read] = []
    signers: dict[str, Mapping[str, tuple[bytes, ...]]] = {}
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
        signers[name] = named_signers(parse(signed.content))
        read.append(_Read(name, services(signed.content), signed.signer))
    newest, outdated = _newest(read)
    if not newest:
        return None, [], refused
    one = max(newest, key=lambda one: one.told.issued or dt.datetime.min.replace(tzinfo=dt.UTC))
    checked = _("Europese lijst «{name}»: getekend door «{signer}».").format(name=one.name, signer=one.signer)
    return _Above(one.name, signers[one.name], one.told.until), [checked], [*refused, *outdated]


def _unchecked(name: str, told: TrustedList) -> str:
    return _(
        "Vertrouwenslijst «{name}» ({territory}, van {when}): {used} gebruikt; de handtekening onder de lijst zelf "
        "is niet nagegaan. Leg er de Europese lijst (eu-lotl.xml) bij, of geef met «--eu-signer» wie ze tekent."
    ).format(name=name, **_words(told))


def _checked(name: str, told: TrustedList, signer: str) -> str:
    return _(
        "Vertrouwenslijst «{name}» ({territory}, van {when}): {used} gebruikt; de lijst is getekend door «{signer}»."
    ).format(name=name, signer=signer, **_words(told))


def _late(one: _Read, above: _Above) -> str:
    return _(
        "Vertrouwenslijst «{name}» ({territory}, van {when}): {used} gebruikt; «{signer}» tekende de lijst, maar de "
        "Europese lijst «{above}» zegt alleen tot {until} wie dat mag. Leg er een nieuwere bij."
    ).format(
        name=one.name,
        signer=one.signer,
        above=above.name,
        until=date_long(above.until.date()) if above.until else "",
        **_words(one.told),
    )


def _words(told: TrustedList) -> dict[str, str]:
    certificates: Iterable[bytes] = {one.certificate for one in told.services}
    return {
        "territory": told.territory or "?",
        "when": _day(told),
        "used": plural("{number} certificaat", "{number} certificaten", len(set(certificates))),
    }


def _day(told: TrustedList) -> str:
    return date_long(told.issued.date()) if told.issued else _("een onbekende dag")
