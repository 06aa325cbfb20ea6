"""What the fictitious municipalities answer: one TOML each, as answers by field key; imports nothing of `pipeline`."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"

_PERSON = ("voornaam", "familienaam", "functie", "telefoon", "email")
_COLUMNS = {
    "kwetsbaarheidsindicatoren": ("indicator", "waarde", "vergelijking", "eenheid", "jaar", "bron"),
    "kwetsbare_groepen": ("groep", "omvang", "bron"),
    "belemmeringen": ("regelgeving", "overheid", "knelpunt", "oplossing"),
    "vlaamse_engagementen": ("beleidsdomein", "vraag"),
    "mijlpalen": ("mijlpaal", "actie", "datum", "resultaat"),
    "indicatoren": ("indicator", "nulmeting", "streefwaarde", "meetmoment", "bron"),
    "begroting": ("actie", "jaar", "kostensoort", "bedrag", "subsidie"),
    "financieringsbronnen": ("bron", "type", "bedrag", "status"),
    "ondertekenaars": ("naam", "functie"),
    "validaties": ("orgaan", "datum", "besluitnummer", "aard", "bijlage"),
}
_AMOUNTS = {"bedrag", "subsidie"}


def kbo(first: str) -> str:
    """Give a number that no one has, with the right check digits: `@1001` stands for 0999.100.1xx."""
    digits = f"0999{first.removeprefix('@')}"
    whole = f"{digits}{97 - int(digits) % 97:02d}"
    return f"{whole[:4]}.{whole[4:7]}.{whole[7:]}"


def load(name: str) -> dict[str, Any]:
    """Give the answers of one municipality, by field key."""
    raw = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    raw |= raw.pop("tabellen")
    for role, persons in (("contact", raw.pop("contact")), ("politiek", raw.pop("politiek"))):
        raw |= {f"{role}_{part}": value for part, value in zip(_PERSON, persons, strict=True)}
    raw["validaties"] = [raw.pop("validatie")]
    raw["ondernemingsnummer"] = kbo(raw["ondernemingsnummer"])
    raw["samenvatting"] = raw["samenvatting"].strip()
    for key, columns in _COLUMNS.items():
        if key in raw:
            raw[key] = [dict(zip(columns, row, strict=True)) for row in raw[key]]
    raw["begroting"] = [
        row | {"jaar": year, "bedrag": Decimal(row["bedrag"]), "subsidie": Decimal(row["subsidie"])}
        for row in raw["begroting"]
        for year in _years(row["jaar"])
    ]
    for row in raw["financieringsbronnen"]:
        row["bedrag"] = Decimal(row["bedrag"])
    if "." in raw["gevraagde_subsidie"]:
        raw["gevraagde_subsidie"] = Decimal(raw["gevraagde_subsidie"])
    for number, problem in enumerate(raw["problematieken"], start=1):
        problem["id"] = f"P{number}"
    for number, action in enumerate(raw["acties"], start=1):
        _complete(action, f"A{number}", raw)
    for actor in raw["stakeholders"]:
        if "kbo" in actor:
            actor["kbo"] = kbo(actor["kbo"])
    raw |= {
        "kennisdeling_engagement": True,
        "verklaring_geen_dubbele_subsidie": True,
        "verklaring_gedragen_engagement": True,
        "naar_waarheid": True,
        "engagementsverklaringen": [
            {"actor": actor["naam"], "bijlage": actor["bewijs"]} for actor in raw["stakeholders"] if "bewijs" in actor
        ],
        "bijlagen": [{"bestand": file, "omschrijving": about} for file, about in attachments(raw)],
    }
    return raw


def attachments(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the files that the answers refer to, each with what it is."""
    found = [(row["bijlage"], "Beslissing van het lokale bestuur") for row in answers["validaties"]]
    if "kaart" in answers:
        found.append((answers["kaart"], "Kaart van de wijk"))
    found += [(row["bewijs"], f"Verklaring van {row['naam']}") for row in answers["stakeholders"] if "bewijs" in row]
    return found


def _years(text: int | str) -> range:
    first, _dash, last = str(text).partition("-")
    return range(int(first), int(last or first) + 1)


def _complete(action: dict[str, Any], key: str, raw: dict[str, Any]) -> None:
    """Give an action its number, its term when it has no own, and its sums out of the budget."""
    rows = [row for row in raw["begroting"] if row["actie"] == key]
    cost = sum((row["bedrag"] for row in rows), Decimal(0))
    subsidy = sum((row["subsidie"] for row in rows), Decimal(0))
    action |= {"id": key, "kost": cost, "subsidie": subsidy, "eigen": cost - subsidy, "andere": Decimal(0)}
    action.setdefault("start", raw["startdatum"])
    action.setdefault("einde", raw["einddatum"])
