"""Keep the controls of a document while it is read: which are open, and what is said in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Control, Location, shows_otherwise
from pipeline.errors import Reason, Unreadable

_CONTAINERS = frozenset({"repeating", "item"})
"""Hold other controls and have no text of their own."""
MOST = 30_000_000
"""So many characters may all controls together give; one in another gives the same text twice."""
_TYPED = frozenset({"text", "rich", "date", "choice"})
_SHOWN = _TYPED | {"checkbox"}
"""Kinds of which what they are bound to is shown."""
_ON, _OFF = frozenset({"1", "true"}), frozenset({"0", "false"})
"""How XML says whether a box is ticked."""
_PROMPT = re.compile(
    r"(klik|tik) (of (tik|klik) )?(hier )?(om|als u) \w[^.\n]{2,40}(voeren|voegen|vullen|typen|kiezen|selecteren)\.?"
    r"|(click|tap) (or (tap|click) )?(here )?to \w[^.\n]{2,50}\.?"
    r"|(kies|selecteer) een (item|bouwsteen|datum|element|optie)\.?|choose an? (item|building block|date)\.?"
    r"|cliquez (ou appuyez )?ici pour [^.\n]{3,40}\.?|choisissez un élément\.?",
    re.IGNORECASE,
)
"""What Word and LibreOffice put in a control that has no prompt of its own."""
_SHORTEST = len("tap to add")
"""The shortest text that fits it; most answers in a column are shorter."""
_OPENING = "ktcs"
"""How it begins, in small letters."""
SOFT_HYPHEN = "\u00ad"
"""Where a word may break: it is seen only where one does."""
_FILLER = "\u2002"
"""Word shows an empty older text field as five of these."""


@dataclass(eq=False)
class Open:
    """A control whose end has not been read.

    What few have is kept by the class until one has it: without slots such a field costs nothing to make.
    """

    kind: str
    tag: str = ""
    title: str = ""
    placeholder: bool = field(default=False, init=False)
    doubted: bool = field(default=False, init=False)
    """Says that it shows its placeholder, but may hold what somebody typed over it."""
    checked: bool | None = None
    glyphs: tuple[str, str] = field(default=("☒", "☐"), init=False)
    stored: Callable[[str], str] | None = field(default=None, init=False)
    """Gives what is kept beside a text: the value of the item of a list that shows it, the ISO form of a date."""
    group: str = field(default="", init=False)
    item: int | None = field(default=None, init=False)
    level: int = field(default=0, init=False)
    location: Location | None = field(default=None, init=False)
    pieces: list[str] = field(default_factory=list)
    prompt: list[str] = field(default_factory=list, init=False)
    at: int = field(default=-1, init=False)
    """Its place among the controls of the document; -1 of one that is not given."""
    outer: str = field(default="", init=False)
    """Name of the innermost control with one around it."""
    uncertain: str = field(default="", init=False)
    binding: Any = field(default=None, init=False)
    """Says where in the file that stands which is shown instead of its text."""
    unlike: str = field(default="", init=False)
    """Why its text is doubted, by what it is bound to."""
    items: int = field(default=0, init=False)
    """How many items of this repeating section were met."""

    @property
    def name(self) -> str:
        """What the control is called: its tag, else its title."""
        return self.tag or self.title


class Controls:
    """The controls of a document: those that are open, and those that have been read."""

    def __init__(self, *, trusting: bool = True, bound: Callable[[Any], str | None] | None = None) -> None:
        """Begin.

        Args:
            trusting: a control that says that it shows its placeholder does; what LibreOffice and its kin saved
                goes on saying so after somebody typed over it.
            bound: gives what a control is bound to.
        """
        self._trusting = trusting
        self._bound = bound
        self.open: list[Open] = []
        self._read: list[Control | None] = []
        self._repeating: list[Open] = []
        self.hearing: list[Open] = []
        """Those of the open ones that have a text, to which is added what is said."""
        self._given = 0
        self.unplaced = False
        self.name = ""
        """Name of the innermost open control that has one."""

    def enter(self, control: Open, *, counts: bool) -> None:
        """Open a control; with `counts` false (in deleted or hidden text) it is not given."""
        kind = control.kind
        if control.placeholder and not self._trusting:
            control.placeholder, control.doubted = False, True
        control.level = len(self.open)
        if self._repeating:
            section = self._repeating[-1]
            if kind == "item":
                section.items += 1
            control.group, control.item = section.tag or section.title, section.items or None
        if kind not in _CONTAINERS:
            self.hearing.append(control)
        elif kind == "repeating":
            self._repeating.append(control)
        if counts and kind != "item":
            control.at = len(self._read)
            self._read.append(None)
        self.unplaced = True
        self.open.append(control)
        control.outer = self.name
        if name := control.tag or control.title:
            self.name = name

    def leave(self, control: Open) -> None:
        """Close a control: what was said since it opened is its text."""
        kind = control.kind
        if self.open and self.open[-1] is control:
            self.open.pop()
            self.name = control.outer
        else:
            self._take_from_between(control)
        if kind not in _CONTAINERS:
            if self.hearing and self.hearing[-1] is control:
                self.hearing.pop()
            else:
                _take_out(self.hearing, control)
        elif kind == "repeating":
            _take_out(self._repeating, control)
        if control.at < 0:
            return
        text = ""
        if control.pieces:
            text = _join(control.pieces).removesuffix("\n")
            self._given += len(text)
            if self._given > MOST:
                raise Unreadable(Reason.BOMB, "de inhoud is abnormaal diep genest")
        prompt = text if control.doubted else _join(control.prompt).strip() if control.prompt else ""
        if kind in _TYPED and is_prompt(text):
            control.placeholder, text, prompt = True, "", text.strip()
        empty = control.placeholder and not text.strip()
        stored = "" if control.stored is None else control.stored(text)
        drawn = "" if control.binding is None else self._shown(control, "" if empty else text, stored)
        self._read[control.at] = Control(
            control.tag,
            control.title,
            kind,
            "" if empty else text,
            control.location or Location(),
            control.checked,
            empty,
            control.group,
            control.item,
            control.level,
            stored,
            prompt,
            control.uncertain,
            drawn,
        )

    def foresee(self, control: Open, text: str) -> str:
        """Tell why the text of a control that stands around paragraphs or cells is doubted, by what it is bound to.

        Args:
            control: the control, just opened.
            text: what it will say; that of its placeholder is none.
        """
        text = "" if control.placeholder else text
        self._shown(control, text, "" if control.stored is None else control.stored(text))
        return control.unlike

    def _shown(self, control: Open, text: str, stored: str) -> str:
        """Give what is shown in the place of a control that is bound to something else than it says; else nothing.

        Args:
            control: the control.
            text: what it says.
            stored: what it keeps beside that.
        """
        said = None if self._bound is None else self._bound(control.binding)
        if said is None or control.kind not in _SHOWN or (control.kind == "rich" and said.lstrip().startswith("<")):
            return ""
        shown = " ".join(said.split())
        if control.kind == "checkbox":
            if shown.casefold() in _ON | _OFF and (shown.casefold() in _ON) != bool(control.checked):
                control.unlike = shows_otherwise(text, shown)
                control.uncertain = control.uncertain or control.unlike
            return ""
        if shown == " ".join(text.split()) or (stored and stored in (shown, shown[:10])):
            return ""
        control.unlike = shows_otherwise(text, shown)
        if not shown:
            control.uncertain = control.uncertain or control.unlike
        return shown

    def say(self, text: str) -> None:
        """Add text to every open control."""
        for control in self.hearing:
            control.pieces.append(text)

    def doubt(self, why: str) -> None:
        """Doubt the text of every open control."""
        for control in self.hearing:
            control.uncertain = control.uncertain or why

    def mute(self) -> list[Open]:
        """Stop adding text to the controls that are open; give them, to go on later."""
        hearing, self.hearing = self.hearing, []
        return hearing

    def unmute(self, hearing: list[Open]) -> None:
        """Go on adding text to these controls, as far as they are still open."""
        self.hearing = [control for control in hearing if control in self.open]

    def prompt(self, text: str) -> None:
        """Add placeholder text to every open control that shows its placeholder."""
        for control in self.open:
            if control.placeholder:
                control.prompt.append(text)

    def place(self, location: Location) -> None:
        """Give the open controls that have no place yet the place of what they hold."""
        for control in reversed(self.open):
            if control.location is not None:
                break  # and so have those around it
            control.location = location
        self.unplaced = False

    def _take_from_between(self, control: Open) -> None:
        _take_out(self.open, control)
        self.name = ""
        for still_open in self.open:
            still_open.outer = self.name
            self.name = still_open.name or self.name

    def close(self) -> tuple[Control, ...]:
        """Close what a damaged file left open, and give all controls in the order in which they began."""
        for control in list(reversed(self.open)):
            self.leave(control)
        return tuple(control for control in self._read if control is not None)


def is_filler(text: str) -> bool:
    """Tell whether this is what Word shows in an older text field that nobody filled."""
    return bool(text) and not text.strip(_FILLER)


def is_prompt(text: str) -> bool:
    """Tell whether text is what Word itself shows in a control that nobody filled."""
    if not _SHORTEST <= len(text) < 100:
        return False
    said = text.strip()
    return said[:1].casefold() in _OPENING and _PROMPT.fullmatch(said) is not None


def _take_out(controls: list[Open], control: Open) -> None:
    """Take a control out of those that are open: nearly always the last, but an older form field may end before it.

    It may even end inside a box, of which nothing is heard.
    """
    if controls and controls[-1] is control:
        controls.pop()
    elif control in controls:
        controls.remove(control)


def _join(pieces: list[str]) -> str:
    text = "".join(pieces)
    return text if text.isascii() else unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))
