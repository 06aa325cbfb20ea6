"""The register itself: a SQLite file in the output folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, select

from pipeline import archive
from pipeline.dossier import Act, Issued, Receipt, Request, SignedCopy
from pipeline.register import tables
from pipeline.register.changes import Changes
from pipeline.register.condition import explained
from pipeline.register.entries import Delivery, Entry, MadeFile, Refused, StoredFile

FILE = "register.sqlite"


class Register:
    """The register of one output folder.

    Args:
        path: of the file; made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(URL.create("sqlite", database=str(path)))
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        with explained(path):
            tables.metadata.create_all(self._engine)
        self._path = path

    @property
    def engine(self) -> Engine:
        """The database itself, for reading by others."""
        return self._engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def change(self) -> Iterator[Changes]:
        """Make changes that come true together, or not at all."""
        with explained(self._path), self._engine.begin() as connection:
            yield Changes(connection)

    def setting(self, name: str) -> str:
        """Give a setting; empty when there is none."""
        with explained(self._path), self._engine.connect() as connection:
            return connection.scalar(select(tables.settings.c.value).where(tables.settings.c.name == name)) or ""

    def entries(self) -> tuple[Entry, ...]:
        """Give every dossier and what joined it, in the order of their numbers."""
        order = (
            tables.dossiers.c.owner != "",
            tables.dossiers.c.sequence,
            tables.dossiers.c.owner,
            tables.dossiers.c.form,
        )
        rows = self._rows(select(tables.dossiers).order_by(*order))
        return tuple(_entry(row) for row in rows)

    def deliveries(self) -> tuple[Delivery, ...]:
        """Give everything that was ever received, by path."""
        return tuple(
            _delivery(row)
            for row in self._rows(select(tables.deliveries).order_by("inbox", "path", "first_seen", "id"))
        )

    def envelopes(self) -> dict[str, Receipt]:
        """Give what the mail says that brought a submission, by content."""
        rows = self._rows(select(tables.envelopes))
        return {row["content"]: archive.decode_receipt(row["receipt"]) for row in rows}

    def refused(self) -> dict[str, Refused]:
        """Give what became no dossier, by content."""
        rows = self._rows(select(tables.refused).order_by("content"))
        return {row["content"]: Refused(**{name: row[name] for name in Refused.__slots__}) for row in rows}

    def acts(self) -> dict[str, tuple[Act, ...]]:
        """Give the acts of officials by dossier, oldest first."""
        found: dict[str, tuple[Act, ...]] = {}
        for row in self._rows(select(tables.acts).order_by("id")):
            found[row["key"]] = (*found.get(row["key"], ()), archive.decode_act(row["act"]))
        return found

    def issued(self) -> dict[str, tuple[Issued, ...]]:
        """Give the papers issued, by dossier, oldest first."""
        found: dict[str, tuple[Issued, ...]] = {}
        for row in self._rows(select(tables.issued).order_by("id")):
            found[row["key"]] = (*found.get(row["key"], ()), archive.decode_issued(row["issued"]))
        return found

    def copies(self) -> dict[str, tuple[SignedCopy, ...]]:
        """Give the signed copies that came back, by dossier, in the order of their names."""
        found: dict[str, tuple[SignedCopy, ...]] = {}
        for row in self._rows(select(tables.copies).order_by("key", "file")):
            found[row["key"]] = (*found.get(row["key"], ()), archive.decode_copy(row["copy"]))
        return found

    def requests(self) -> dict[str, tuple[Request, ...]]:
        """Give the supplements asked, by dossier, in their order."""
        found: dict[str, tuple[Request, ...]] = {}
        for row in self._rows(select(tables.requests).order_by("key", "sequence")):
            found[row["key"]] = (*found.get(row["key"], ()), archive.decode_request(row["request"]))
        return found

    def came_back(self) -> dict[str, int]:
        """Give how many acts its dossier had when each supplement joined it, by the key of the supplement."""
        return {row["key"]: row["acts"] for row in self._rows(select(tables.supplements))}

    def paper_dates(self) -> dict[str, dict[tuple[str, bool], dt.date]]:
        """Give the day on which each paper was first made, by dossier, then by paper and whether it was final."""
        found: dict[str, dict[tuple[str, bool], dt.date]] = {}
        for row in self._rows(select(tables.papers)):
            found.setdefault(row["key"], {})[row["paper"], row["final"]] = dt.date.fromisoformat(row["made_on"])
        return found

    def made(self) -> dict[str, dict[str, MadeFile]]:
        """Give the files made, by dossier (empty: of the whole run), then by name."""
        found: dict[str, dict[str, MadeFile]] = {}
        for row in self._rows(select(tables.files).order_by("key", "name")):
            found.setdefault(row["key"], {})[row["name"]] = MadeFile(
                row["name"], row["sha256"], row["made_of"], row["problem"]
            )
        return found

    def _rows(self, query: Any) -> Sequence[Mapping[str, Any]]:
        with explained(self._path), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def at(output: Path) -> Register:
    """Give the register of an output folder."""
    output.mkdir(parents=True, exist_ok=True)
    return Register(output / FILE)


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # Python's own BEGIN comes too late for savepoints
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 10000")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        **{
            **row,
            "files": tuple(StoredFile(**file) for file in row["files"]),
            "receipt": archive.decode_receipt(row["receipt"]),
            "registered": dt.date.fromisoformat(row["registered"]),
        }
    )


def _delivery(row: Mapping[str, Any]) -> Delivery:
    return Delivery(
        inbox=row["inbox"],
        path=row["path"],
        content=row["content"],
        files=tuple(StoredFile(**file) for file in row["files"]),
        receipt=archive.decode_receipt(row["receipt"]),
        first_seen=dt.date.fromisoformat(row["first_seen"]),
        present=row["present"],
    )
