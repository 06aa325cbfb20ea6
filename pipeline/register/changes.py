"""Changes of the register: numbers given, acts appended, files recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pipeline import archive
from pipeline.dossier import Act, Issued, Receipt, Request, SignedCopy
from pipeline.register import tables
from pipeline.register.entries import Delivery, Entry, MadeFile, Refused, StoredFile


class Changes:
    """Changes of the register that come true together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._connection.execute(delete(tables.settings).where(tables.settings.c.name == name))
        self._connection.execute(insert(tables.settings).values(name=name, value=value))

    def open(self, entry: Entry, name: Callable[[int], tuple[str, str]]) -> Entry | None:
        """Give a submission the next number.

        Args:
            entry: without key, sequence and folder.
            name: gives key and folder for a sequence.

        Returns:
            The entry as registered; None when the same content has a number already.
        """
        same = (
            tables.dossiers.c.call == entry.call,
            tables.dossiers.c.owner == entry.owner,
            tables.dossiers.c.form == entry.form,
        )
        while True:
            last = self._connection.scalar(select(func.max(tables.dossiers.c.sequence)).where(*same)) or 0
            key, folder = name(last + 1)
            opened = replace(entry, key=key, folder=folder, sequence=last + 1)
            try:
                with self._connection.begin_nested():
                    self._connection.execute(insert(tables.dossiers).values(_columns(opened)))
            except IntegrityError:
                known = select(tables.dossiers.c.key).where(
                    tables.dossiers.c.call == entry.call, tables.dossiers.c.content == entry.content
                )
                if self._connection.scalar(known):
                    return None
                if self._connection.scalar(select(func.max(tables.dossiers.c.sequence)).where(*same)) == last:
                    raise
                continue
            return opened

    def update(self, key: str, **values: Any) -> None:
        """Change what the register knows of a dossier: receipt, proposal, applicant, fingerprint."""
        if "receipt" in values:
            values["receipt"] = archive.encode_receipt(values["receipt"])
        self._connection.execute(update(tables.dossiers).where(tables.dossiers.c.key == key).values(values))

    def deliver(self, call: str, inbox: str, deliveries: Iterable[Delivery]) -> None:
        """Record what lies in an inbox now; what lay there before is kept as no longer present."""
        here = (tables.deliveries.c.call == call, tables.deliveries.c.inbox == inbox)
        self._connection.execute(update(tables.deliveries).where(*here).values(present=False))
        for delivery in deliveries:
            values = {
                "files": _stored(delivery.files),
                "receipt": archive.encode_receipt(delivery.receipt),
                "present": True,
            }
            same = (
                *here,
                tables.deliveries.c.path == delivery.path,
                tables.deliveries.c.content == delivery.content,
            )
            try:
                with self._connection.begin_nested():
                    self._connection.execute(
                        insert(tables.deliveries).values(
                            call=call,
                            inbox=inbox,
                            path=delivery.path,
                            content=delivery.content,
                            first_seen=delivery.first_seen.isoformat(),
                            **values,
                        )
                    )
            except IntegrityError:
                self._connection.execute(update(tables.deliveries).where(*same).values(values))

    def keep_envelope(self, call: str, content: str, receipt: Receipt) -> None:
        """Record what the mail says that brought a submission."""
        same = (tables.envelopes.c.call == call, tables.envelopes.c.content == content)
        self._connection.execute(delete(tables.envelopes).where(*same))
        values = {"call": call, "content": content, "receipt": archive.encode_receipt(receipt)}
        self._connection.execute(insert(tables.envelopes).values(values))

    def refuse(self, call: str, refused: Refused) -> None:
        """Record why a submission became no dossier."""
        self.admit(call, refused.content)
        values = {name: getattr(refused, name) for name in Refused.__slots__}
        self._connection.execute(insert(tables.refused).values(call=call, **values))

    def admit(self, call: str, content: str) -> None:
        """Forget that a submission was refused."""
        self._connection.execute(
            delete(tables.refused).where(tables.refused.c.call == call, tables.refused.c.content == content)
        )

    def act(self, key: str, act: Act) -> None:
        """Append an act of an official."""
        self._connection.execute(insert(tables.acts).values(key=key, act=archive.encode_act(act)))

    def issue(self, key: str, issued: Issued) -> None:
        """Record a paper that was issued; its name is never given again."""
        values = {"key": key, "name": issued.name, "issued": archive.encode_issued(issued)}
        self._connection.execute(insert(tables.issued).values(values))

    def keep_copy(self, key: str, copy: SignedCopy) -> None:
        """Record a signed copy; examined again, it takes the place of what was known of it."""
        same = (tables.copies.c.key == key, tables.copies.c.file == copy.file)
        self._connection.execute(delete(tables.copies).where(*same))
        values = {"key": key, "file": copy.file, "copy": archive.encode_copy(copy)}
        self._connection.execute(insert(tables.copies).values(values))

    def ask(self, key: str, request: Request) -> None:
        """Record the supplement that an applicant is asked for; the same number again takes its place."""
        same = (tables.requests.c.key == key, tables.requests.c.sequence == request.sequence)
        self._connection.execute(delete(tables.requests).where(*same))
        self._connection.execute(
            insert(tables.requests).values(key=key, sequence=request.sequence, request=archive.encode_request(request))
        )

    def come_back(self, key: str, acts: int) -> None:
        """Record how many acts the dossier has now that a supplement joins it."""
        self._connection.execute(insert(tables.supplements).values(key=key, acts=acts))

    def date_papers(self, key: str, papers: Iterable[tuple[str, bool]], today: dt.date) -> None:
        """Fix the date of papers that are made for the first time."""
        for paper, final in papers:
            try:
                with self._connection.begin_nested():
                    values = {"key": key, "paper": paper, "final": final, "made_on": today.isoformat()}
                    self._connection.execute(insert(tables.papers).values(values))
            except IntegrityError:
                continue

    def record(self, key: str, files: Iterable[MadeFile]) -> None:
        """Replace what is known of the files made for a dossier."""
        self._connection.execute(delete(tables.files).where(tables.files.c.key == key))
        rows = [
            {"key": key, "name": f.name, "sha256": f.sha256, "made_of": f.made_of, "problem": f.problem} for f in files
        ]
        if rows:
            self._connection.execute(insert(tables.files), rows)


def _stored(files: Iterable[StoredFile]) -> list[dict[str, Any]]:
    return [{"name": f.name, "sha256": f.sha256, "stored": f.stored, "form": f.form} for f in files]


def _columns(entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    return {
        **values,
        "files": _stored(entry.files),
        "receipt": archive.encode_receipt(entry.receipt),
        "registered": entry.registered.isoformat(),
    }
