"""The manifest: the hash of everything that went in and came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pipeline
from pipeline import archive, language, write
from pipeline.register import FILE, Delivery, Entry, MadeFile
from pipeline.run.desk import Desk


def manifest(
    desk: Desk,
    entries: Sequence[Entry],
    made: Mapping[str, Mapping[str, MadeFile]],
    deliveries: Iterable[Delivery],
    tellings: Mapping[str, bytes],
) -> dict[str, Any]:
    """Give the hash of everything that went in and came out; only the register and the manifest itself are left out."""
    numbers = {entry.content: entry.key for entry in entries}
    outputs = [
        {"path": f"{entry.folder}/{file.name}", "sha256": file.sha256}
        for entry in entries
        for file in made.get(entry.key, {}).values()
        if file.sha256
    ]
    issued = [(entry, one) for entry in entries for one in desk.register.issued().get(entry.key, ())]
    for entry, one in issued:
        outputs.append({"path": f"{entry.folder}/{one.docx}", "sha256": one.docx_sha256})
        outputs.append({"path": f"{entry.folder}/{one.pdf}", "sha256": one.pdf_sha256})
        if one.stated_sha256:
            outputs.append({"path": f"{entry.folder}/{one.stated}", "sha256": one.stated_sha256})
    copies = [(entry, one) for entry in entries for one in desk.register.copies().get(entry.key, ())]
    outputs += [{"path": f"{entry.folder}/{one.file}", "sha256": one.sha256} for entry, one in copies]
    outputs += [{"path": name, "sha256": write.sha256(content)} for name, content in tellings.items()]
    return {
        "schema_version": archive.SCHEMA_VERSION,
        "tool": {"name": "wijkcontract", "version": pipeline.__version__},
        "call": {"key": desk.call.key, "title": desk.call.title},
        "date": desk.settings.today.isoformat(),
        "locale": language.current(),
        "register": FILE,
        "definitions": dict(sorted(desk.call.sha256.items())),
        "inputs": [
            {
                "inbox": delivery.inbox,
                "path": _path(delivery, file.name),
                "sha256": file.sha256,
                "dossier": numbers.get(delivery.content),
                "receipt": archive.encode_receipt(delivery.receipt),
            }
            for delivery in deliveries
            for file in delivery.files
        ],
        "issued": [{"dossier": entry.key, **archive.encode_issued(one)} for entry, one in issued],
        "signed": [{"dossier": entry.key, **archive.encode_copy(one)} for entry, one in copies],
        "outputs": sorted(outputs, key=lambda output: output["path"]),
    }


def _path(delivery: Delivery, name: str) -> str:
    """Give the path of a file inside the inbox; a loose file is its own submission."""
    return name if name == delivery.path else f"{delivery.path}/{name}"
