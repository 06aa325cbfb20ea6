"""Trusted lists that a person gave: read as they were signed, where it can be told by whom they should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Unreadable
from pipeline.language import _, date_long, plural
from pipeline.signing.list_signatures import commission_signers, is_list_of_lists, named_signers, signed_list
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
    lists: list[tuple[str, TrustedList]] = []
    for name in parsed.keys() - above.keys():
        told = services(files[name])
        if not named and not vouched:
            lists.append((name, told))
            notes.append(_unchecked(name, told))
            continue
        signed = signed_list(files[name], [*vouched, *named.get(told.territory, ())])
        if signed is None:
            notes.append(
                _(
                    "Vertrouwenslijst «{name}» telt niet mee: ze is gewijzigd, of niet getekend door wie u opgaf of "
                    "door wie de Europese lijst daarvoor noemt."
                ).format(name=name)
            )
            continue
        told = services(signed.content)
        lists.append((name, told))
        checked.append(_checked(name, told, signed.signer))
    return Listed(tuple(sorted(lists, key=lambda one: one[0])), tuple(sorted(checked)), tuple(sorted(notes)))


def _named(
    files: Mapping[str, bytes], vouched: Sequence[bytes]
) -> tuple[Mapping[str, tuple[bytes, ...]], list[str], list[str]]:
    """Give whom lists of lists name to sign the list of each territory, which of them count, and which do not."""
    named: dict[str, tuple[bytes, ...]] = {}
    checked: list[str] = []
    refused: list[str] = []
    for name, content in files.items():
        signed = signed_list(content, [*vouched, *commission_signers()])
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
        "when": date_long(told.issued.date()) if told.issued else _("een onbekende dag"),
        "used": plural("{number} certificaat", "{number} certificaten", len(set(certificates))),
    }
