"""Dutch text made up by a seed: words, names, sentences, with everything that people put in them."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

_WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


_ON_PAPER = re.compile(r"[\x20-\x7dàáâäçèéêëîïôöûüÉËÖÜ€«»„”“’‘…°–—]*")
"""The signs that a reader of Dutch print knows; others cannot come back from paper."""


class Writer:
    """Writes Dutch by a seed; for paper, only with signs that can be told apart there."""

    def __init__(self, chance: random.Random, *, paper: bool = False) -> None:
        self.chance = chance
        self.words = {
            name: [word for word in words if not paper or _ON_PAPER.fullmatch(word)] for name, words in _WORDS.items()
        }

    def word(self) -> str:
        """Give one word."""
        kind = self.chance.random()
        if kind < 0.46:
            return self.chance.choice(self.words["small"])
        if kind < 0.76:
            return self.chance.choice(self.words["plain"])
        if kind < 0.90:
            return self.chance.choice(self.words["compound_first"]) + self.chance.choice(self.words["compound_second"])
        if kind < 0.94:
            return self.chance.choice(self.words["accents"])
        if kind < 0.97:
            return self.chance.choice(self.words["hyphens"])
        return self.chance.choice(self.words["odd"])

    def sentence(self, shortest: int = 5, longest: int = 22) -> str:
        """Give one sentence; sometimes with a phrase that is awkward to read."""
        words = [self.word() for _ in range(self.chance.randint(shortest, longest))]
        if self.chance.random() < 0.25:
            words.insert(self.chance.randint(1, len(words)), self.chance.choice(self.words["phrases"]))
        for place in range(len(words) - 1):
            if self.chance.random() < 0.06:
                words[place] += self.chance.choice((",", ",", ";", ":"))
        first = words[0]
        return first[:1].upper() + " ".join([first[1:], *words[1:]]) + self.chance.choice((".", ".", ".", "?", "!"))

    def paragraph(self, sentences: int) -> str:
        """Give some sentences on one line."""
        return " ".join(self.sentence() for _ in range(sentences))

    def text(self, most: int) -> str:
        """Give a long answer of one to four paragraphs, `most` sentences in each."""
        count = self.chance.choice((1, 1, 1, 2, 2, 3, 4))
        return "\n".join(self.paragraph(self.chance.randint(1, most)) for _ in range(count))

    def title(self) -> str:
        """Give a short line."""
        words = [self.word() for _ in range(self.chance.randint(1, 7))]
        first = self.chance.choice(self.words["plain"]).capitalize()
        return " ".join([first, *words])

    def line(self, key: str) -> str:
        """Give a short answer as the key of its question suggests it."""
        pick = self.chance
        if key.endswith("voornaam"):
            return pick.choice(self.words["given_names"])
        if key.endswith("familienaam"):
            return pick.choice(self.words["family_names"])
        if key in {"vertegenwoordiger", "voorzitter", "verslaggever", "naam", "wie", "eigenaar"}:
            return f"{pick.choice(self.words['given_names'])} {pick.choice(self.words['family_names'])}"
        if key.endswith("functie"):
            return pick.choice(self.words["functions"])
        if key == "adres":
            bus = pick.choice(("", "", " bus 3", "/2"))
            street = f"{pick.choice(self.words['streets'])} {pick.randint(1, 250)}{bus}"
            return f"{street}, {pick.randint(1000, 9999)} {self.title()}"
        if key == "nis_code":
            return str(pick.randint(11001, 73999))
        if key in {"id", "actie"}:
            return f"{'A' if key == 'actie' else pick.choice('AP')}{pick.randint(1, 12)}"
        if key == "nummer":
            return str(pick.randint(1, 40))
        if key == "problematieken":
            return ", ".join(f"P{number}" for number in sorted(pick.sample(range(1, 9), pick.randint(1, 4))))
        if key in {"bestand", "bijlage", "bewijs", "kaart"}:
            name = pick.choice(
                ("kaart-wijk", "Besluit CBS", "bijlage_3", "verklaring (getekend)", "engagement–partner")
            )
            return f"{name}{pick.choice(('', '_v2', ' 2021-07-01', '-DEF'))}.{pick.choice(('pdf', 'docx', 'PNG'))}"
        if key in {"trekker", "actor", "organisatie", "instantie", "overheid", "zone_overheid"}:
            return pick.choice(self.words["organisations"])
        if key == "partners":
            return "; ".join(pick.sample(self.words["organisations"], pick.randint(1, 3)))
        if key in {"waarde", "vergelijking", "nulmeting", "streefwaarde", "omvang"}:
            return pick.choice(("54,2", "12 %", "1.250", "25 000", "0,8", "ca. 300", "3 op 4", "-2,5", "1.250 à 1.300"))
        if key == "eenheid":
            return pick.choice(self.words["units"])
        if key == "bron":
            return pick.choice(self.words["sources"])
        if key == "besluitnummer":
            return f"{pick.randint(2020, 2022)}_CBS_{pick.randint(1, 99999):05d}"
        if key == "dossiernummer":
            return f"WVC-{pick.randint(2021, 2023)}-{pick.randint(1, 9999):04d}"
        if key == "uur":
            return pick.choice(("14.00–16.00 uur", "9.30 u. tot 12 u.", "19u30", "van 10:00 tot 11:45"))
        return self.title()
