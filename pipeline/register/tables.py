"""The tables of the register."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

settings = Table("settings", metadata, Column("name", String, primary_key=True), Column("value", String))

dossiers = Table(
    "dossiers",
    metadata,
    Column("key", String, primary_key=True),
    Column("call", String, nullable=False),
    Column("form", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("content", String, nullable=False),
    Column("folder", String, nullable=False),
    Column("files", JSON, nullable=False),
    Column("receipt", JSON, nullable=False),
    Column("registered", String, nullable=False),
    Column("proposal", String, nullable=False),
    Column("applicant", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    UniqueConstraint("call", "owner", "form", "sequence"),
    UniqueConstraint("call", "content"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", String, nullable=False),
    Column("inbox", String, nullable=False),
    Column("path", String, nullable=False),
    Column("content", String, nullable=False),
    Column("files", JSON, nullable=False),
    Column("receipt", JSON, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("present", Boolean, nullable=False),
    UniqueConstraint("call", "inbox", "path", "content"),
)

envelopes = Table(
    "envelopes",
    metadata,
    Column("call", String, primary_key=True),
    Column("content", String, primary_key=True),
    Column("receipt", JSON, nullable=False),
)

refused = Table(
    "refused",
    metadata,
    Column("call", String, primary_key=True),
    Column("content", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("wants", String, nullable=False),
    Column("definitions", String, nullable=False),
    Column("folder", String, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("act", JSON, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("key", String, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("request", JSON, nullable=False),
)
"""Supplements that were asked."""

supplements = Table(
    "supplements",
    metadata,
    Column("key", String, primary_key=True),
    Column("acts", Integer, nullable=False),
)
"""How many acts a dossier had when a supplement joined it: what was decided then, it no longer changes."""

issued = Table(
    "issued",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("name", String, nullable=False),
    Column("issued", JSON, nullable=False),
    UniqueConstraint("key", "name"),
)
"""Papers that were issued, never changed; a later version of a paper is another row."""

copies = Table(
    "copies",
    metadata,
    Column("key", String, primary_key=True),
    Column("file", String, primary_key=True),
    Column("copy", JSON, nullable=False),
)
"""Signed copies of issued papers that came back, as they were examined last."""

papers = Table(
    "papers",
    metadata,
    Column("key", String, primary_key=True),
    Column("paper", String, primary_key=True),
    Column("final", Boolean, primary_key=True),
    Column("made_on", String, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("key", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("made_of", String, nullable=False),
    Column("problem", String, nullable=False),
)
