"""What a paragraph says while it is read: text, and apart from it what does not count."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from pipeline.language import _
from pipeline.readers.controls import SOFT_HYPHEN, is_prompt

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Line:
    """What a paragraph says, by what counts."""

    text: list[str] = field(default_factory=list)
    placeholder: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    styled: list[int] = field(default_factory=list)
    """Which pieces of the text are in the style of placeholders, though no control says that they are one."""
    boxes: list[tuple[Any, bool, bool]] = field(default_factory=list)
    """Text boxes anchored here, whether they are deleted, whether they are hidden."""
    uncertain: str = ""
    pictured: bool = False
    """Whether something stands here that is seen and not read: a picture, a chart, an object, ink."""

    numbered: bool = False
    """Whether the program puts a number here by itself."""
    marked: list[str] = field(default_factory=list)
    """The words that stand out, with a line end where others stand between them."""

    unlike: str = ""
    """Why something else is shown here than is said, perhaps nothing."""

    def doubt(self, why: str) -> None:
        """Doubt what is said here; the first reason stays."""
        self.uncertain = self.uncertain or why

    def belie(self, why: str) -> None:
        """Doubt what is said here, if only nothing, where something else is shown."""
        self.doubt(why)
        self.unlike = why

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but text."""
        aside = self.placeholder or self.deleted or self.hidden or self.styled or self.boxes or self.marked
        return not (aside or self.uncertain or self.pictured or self.numbered)

    def unread(self, text: str) -> str:
        """Say what stands here instead of text; nothing when there is text, which then is what was said."""
        if text or not (self.pictured or self.numbered):
            return "" if text else self.unlike
        return pictured() if self.pictured else numbered()


def pictured() -> str:
    """Say that something stands where text is looked for, and is not read."""
    return _("Hier staat een afbeelding of ingevoegd object en geen tekst; zie na wat erin staat.")


def raised(text: str) -> str:
    """Give text in superscript with the digits that are one: «75.000¹» is not 75.0001, and «m²» is not m2."""
    return text.translate(_RAISED)


def struck() -> str:
    """Say why text with a line through it is doubted."""
    return _("Een deel van de tekst is doorgehaald; zie na wat geldt.")


def unseen() -> str:
    """Say why text is doubted that whoever reads the page does not see."""
    return _("Een deel van de tekst is wit of zo klein dat niemand het ziet; zie na wat geldt.")


def box_differs() -> str:
    """Say why a check box is doubted that is drawn otherwise than it is kept."""
    return _("Het aankruisvakje toont iets anders dan wat het bewaart.")


def moves() -> str:
    """Say why a date is doubted that is always the day on which the file is opened."""
    return _("De datum is een veld dat vanzelf verandert; zie na welke dag bedoeld is.")


def slid_out() -> str:
    """Say why a field is doubted before which a line break stands."""
    return _(
        "Vóór het invulveld staat een regeleinde; het stond misschien tussen twee antwoorden, die nu aan elkaar hangen."
    )


def numbered() -> str:
    """Say that a number which the program makes itself is all that stands here."""
    return _("Hier staat alleen een nummer dat het tekstprogramma zelf zet, en geen tekst; zie na wat bedoeld is.")


def move_prompt(line: Line) -> None:
    """Take Word's own prompt out of the text when only its style still tells that it is one."""
    prompt = "".join(line.text[at] for at in line.styled)
    if is_prompt(prompt):
        line.placeholder.append(prompt)
        line.text = [piece for at, piece in enumerate(line.text) if at not in line.styled]


def clean(pieces: list[str]) -> str:
    """Give text as it is kept: without white space around it, without soft hyphens, composed."""
    text = "".join(pieces).strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))
