"""One table of a definition file, read key by key; what is wrong becomes a fault, never an exception."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from pipeline.errors import Fault
from pipeline.language import _
from pipeline.library.nearest import nearest

Kind = TypeVar("Kind", bound=StrEnum)

_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z", re.DOTALL)


def parse(data: bytes, file: str, faults: list[Fault]) -> Entry:
    """Read TOML; fractions become Decimal. A file that is not TOML gives a fault with its line, and an empty entry."""
    try:
        values = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        faults.append(
            Fault(file, _("regel {line}").format(line=line), _("Het bestand is geen UTF-8; bewaar het als UTF-8."))
        )
        return Entry({}, file, "", faults, sound=False)
    except tomllib.TOMLDecodeError as error:
        faults.append(_syntax_fault(str(error), data, file))
        return Entry({}, file, "", faults, sound=False)
    return Entry(values, file, "", faults)


def _syntax_fault(message: str, data: bytes, file: str) -> Fault:
    match = _PLACE.match(message)
    line = match["line"] if match and match["line"] else str(data.count(b"\n") + 1)
    place = _("regel {line}").format(line=line)
    if match and match["column"]:
        place = _("regel {line}, kolom {column}").format(line=line, column=match["column"])
    what = match["what"] if match else message
    return Fault(file, place, _("De TOML klopt hier niet ({what}).").format(what=what))


class Entry:
    """One table; every reading method marks its key as known, `close` reports the others."""

    def __init__(
        self, values: Mapping[str, Any], file: str, path: str, faults: list[Fault], *, sound: bool = True
    ) -> None:
        self.values = values
        self.file = file
        self.path = path
        self.faults = faults
        self.sound = sound
        """False when the file could not be read at all, so that its lacks are no faults of their own."""
        self._known: list[str] = []

    def at(self, key: str) -> str:
        """Give the path of a key."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def fault(self, key: str, message: str, suggestion: str = "") -> None:
        """Add a fault at a key."""
        if self.sound:
            self.faults.append(Fault(self.file, self.at(key), message, suggestion))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.values

    def _take(self, key: str, kind: type | tuple[type, ...], words: str, *, required: bool) -> Any:
        self._known.append(key)
        if key not in self.values:
            if required:
                self.fault(key, _("Deze sleutel ontbreekt; vul {words} in.").format(words=words))
            return None
        value = self.values[key]
        wrong_bool = isinstance(value, bool) and bool not in (kind if isinstance(kind, tuple) else (kind,))
        if wrong_bool or not isinstance(value, kind):
            self.fault(key, _("Hier staat {found}; nodig is {words}.").format(found=_kind(value), words=words))
            return None
        return value

    def text(self, key: str, default: str | None = None, *, may_be_empty: bool = False) -> str:
        """Give a text; without `default` it must be there."""
        value = self._take(key, str, _("tekst"), required=default is None)
        if value is None:
            return default or ""
        if not value.strip() and default is None and not may_be_empty:
            self.fault(key, _("De tekst is leeg."))
        return str(value)

    def key(self, key: str = "key") -> str:
        """Give a text that is a key: small letters, digits and `_`, a letter first."""
        value = self.text(key)
        if value and not _KEY.match(value):
            self.fault(
                key,
                _("«{value}» kan geen sleutel zijn: gebruik kleine letters zonder accent, cijfers en _.").format(
                    value=value
                ),
            )
        return value

    def texts(self, key: str, default: Iterable[str] | None = ()) -> tuple[str, ...]:
        """Give a list of texts; with `default` None it must be there."""
        values = self._take(key, list, _("een lijst van teksten"), required=default is None)
        if values is None:
            return tuple(default or ())
        for index, value in enumerate(values, 1):
            if not isinstance(value, str):
                self.fault(f"{key}[{index}]", _("Hier staat {found}; nodig is tekst.").format(found=_kind(value)))
        return tuple(value for value in values if isinstance(value, str))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Give true or false."""
        value = self._take(key, bool, _("true of false"), required=False)
        return default if value is None else bool(value)

    def whole(self, key: str, default: int) -> int:
        """Give a whole number that is not negative."""
        value = self._take(key, int, _("een geheel getal"), required=False)
        if value is not None and value < 0:
            self.fault(key, _("Het getal mag niet negatief zijn."))
        return default if value is None else int(value)

    def day(self, key: str) -> dt.date | None:
        """Give a date without time, if there is one."""
        value = self._take(key, dt.date, _("een datum (2021-07-19)"), required=False)
        if isinstance(value, dt.datetime):
            self.fault(key, _("Hier staat {found}; nodig is {words}.").format(found=_kind(value), words=_("een datum")))
            return None
        return value if isinstance(value, dt.date) else None

    def kind(self, key: str, kind: type[Kind], default: Kind | None = None) -> Kind:
        """Give a member of a closed list; without `default` it must be there."""
        value = self.text(key, default.value if default is not None else None)
        return self._member(key, value, kind, default)

    def kinds(self, key: str, kind: type[Kind], default: tuple[Kind, ...]) -> tuple[Kind, ...]:
        """Give members of a closed list."""
        if not self.has(key):
            self._known.append(key)
            return default
        values = self.texts(key)
        return tuple(self._member(f"{key}[{i}]", value, kind, default[0]) for i, value in enumerate(values, 1))

    def _member(self, key: str, value: str, kind: type[Kind], default: Kind | None) -> Kind:
        options = [str(member.value) for member in kind]
        if value in options:
            return kind(value)
        if value:
            self.unknown(key, value, options)
        return default if default is not None else next(iter(kind))

    def unknown(self, key: str, value: str, options: Iterable[str]) -> None:
        """Add the fault that a name does not exist, with the nearest one that does."""
        options = list(options)
        message = _("«{value}» bestaat niet.").format(value=value)
        if len(options) <= 20:
            message = _("«{value}» bestaat niet; kies uit {options}.").format(value=value, options=", ".join(options))
        self.fault(key, message, nearest(value, options))

    def raw(self, key: str, *, required: bool = False) -> Any:
        """Give a value of any kind, or None."""
        return self._take(key, object, _("een waarde"), required=required)

    def entry(self, key: str, *, required: bool = False) -> Entry:
        """Give a table within; an empty one when it is not there."""
        values = self._take(key, dict, _("een tabel"), required=required)
        return Entry(values or {}, self.file, self.at(key), self.faults, sound=self.sound and values is not None)

    def named(self, key: str) -> dict[str, Entry]:
        """Give the tables within a table by name."""
        inner = self.entry(key)
        found = {}
        for name in inner.values:
            if not _KEY.match(name):
                inner.fault(name, _("«{value}» kan geen sleutel zijn.").format(value=name))
            found[name] = inner.entry(name, required=True)
        return found

    def entries(self, key: str, name: str = "", *, required: bool = False) -> list[Entry]:
        """Give the tables of an array; their path is their `name` (a key of theirs) or their number from 1."""
        values = self._take(key, list, _("een reeks tabellen ([[{key}]])").format(key=key), required=required) or []
        found = []
        for index, value in enumerate(values, 1):
            if not isinstance(value, dict):
                self.fault(f"{key}[{index}]", _("Hier staat {found}; nodig is een tabel.").format(found=_kind(value)))
                continue
            label = value.get(name) if name else None
            path = f"{key}.{label}" if isinstance(label, str) and label else f"{key}[{index}]"
            found.append(Entry(value, self.file, self.at(path), self.faults, sound=self.sound))
        return found

    def rest(self) -> dict[str, Any]:
        """Give what has not been read."""
        return {key: value for key, value in self.values.items() if key not in self._known}

    def known(self) -> tuple[str, ...]:
        """Give the keys that were asked for."""
        return tuple(self._known)

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.rest():
            self.fault(key, _("Deze sleutel is hier onbekend."), nearest(key, self._known))


def refuse_doubles(entries: Iterable[tuple[Entry, str]], what: str) -> None:
    """Report every name that stands more than once."""
    seen: set[str] = set()
    for entry, name in entries:
        if name and name in seen:
            entry.fault("", _("{what} «{name}» staat er meer dan één keer.").format(what=what, name=name))
        seen.add(name)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _("tekst")
    if isinstance(value, int | float | Decimal):
        return _("een getal")
    if isinstance(value, dt.date | dt.time):
        return _("een datum of tijd")
    if isinstance(value, list):
        return _("een lijst")
    return _("een tabel")
