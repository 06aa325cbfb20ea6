"""What can stop the work: exceptions that teach their remedy, and the exit codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """How a command ended; of several the highest of 5, 4, 3 is given."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    BLOCKING = 3
    UNREADABLE = 4
    DEFINITIONS = 5
    INTERRUPTED = 130
    TERMINATED = 143


class Reason(StrEnum):
    """Why a file cannot be read: the closed list. Words and remedies stand in `readers.reasons`."""

    EMPTY = "leeg"
    DAMAGED = "beschadigd"
    ENCRYPTED = "beveiligd"
    WRONG_KIND = "verkeerde_soort"
    MACROS = "macro"
    TOO_LARGE = "te_groot"
    BOMB = "zipbom"
    DTD = "dtd"
    DUPLICATE_PARTS = "dubbele_onderdelen"
    SCAN = "scan"
    XFA = "xfa"
    NO_OFFICE = "geen_libreoffice"
    NO_OCR = "geen_tekstherkenning"
    COARSE = "te_grof"
    PHOTO = "foto"
    SHEETS = "bladzijden_per_blad"
    LETTERS = "letters_onbekend"
    NOT_A_FORM = "geen_formulier"
    SEVERAL_FORMS = "meer_formulieren"
    WITHOUT_FORM = "zonder_formulier"
    PASTED = "in_bericht"
    CLOSED = "gesloten_pakket"
    UNKNOWN_DOSSIER = "onbekend_dossier"
    NOT_ASKED = "geen_aanvulling_gevraagd"
    SUPPLEMENT = "aanvulling"
    TIMEOUT = "te_lang"
    CRASHED = "vastgelopen"
    NOT_A_FILE = "geen_bestand"
    BUSY = "nog_bezig"


class WijkcontractError(Exception):
    """The work cannot go on; the message says what, where and what to do."""

    exit_code = ExitCode.UNEXPECTED


class UsageError(WijkcontractError):
    """What was asked does not exist or does not fit."""

    exit_code = ExitCode.USAGE


class Unreadable(WijkcontractError):
    """A file cannot be read; carries one reason of the closed list.

    Args:
        reason: the entry of the closed list.
        message: what was seen, in plain Dutch, for the log and the data; may be empty.
        values: of the named places of the message, so that it can be said in another language as well.

    >>> Unreadable(Reason.DAMAGED, "het onderdeel {name} ontbreekt", name="content.xml").detail
    'het onderdeel content.xml ontbreekt'
    """

    exit_code = ExitCode.UNREADABLE

    def __init__(self, reason: Reason, message: str = "", **values: str | int) -> None:
        self.reason = reason
        self.message = message
        self.values = values
        super().__init__(self.detail or reason.value)

    @property
    def detail(self) -> str:
        """What was seen, in plain Dutch."""
        return self.message.format(**self.values) if self.values else self.message

    def __reduce__(self) -> tuple[Callable[..., Unreadable], tuple[Reason, str, dict[str, str | int]]]:
        return _again, (self.reason, self.message, self.values)


def _again(reason: Reason, message: str, values: dict[str, str | int]) -> Unreadable:
    return Unreadable(reason, message, **values)


class PaperRefused(WijkcontractError):
    """A final paper cannot be made: an answer that it states is a gap."""

    exit_code = ExitCode.BLOCKING


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a definition, rule or template."""

    file: str
    key: str
    """Key path as TOML writes it (`rule.FIN-02.case[1].check`) or the place in a template."""
    message: str
    suggestion: str = ""
    """The nearest existing name, shown as «Bedoelde u …?»."""
    code: str = ""
    """What kind of fault it is, of a template: `SJB-03`."""

    def __str__(self) -> str:
        code = f"{self.code} " if self.code else ""
        tail = f" Bedoelde u «{self.suggestion}»?" if self.suggestion else ""
        return f"{self.file}: {self.key}: {code}{self.message}{tail}"


class DefinitionError(WijkcontractError):
    """Definitions or templates are faulty; carries every fault found, not only the first."""

    exit_code = ExitCode.DEFINITIONS

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[DefinitionError], tuple[list[Fault]]]:
        return DefinitionError, (self.faults,)
