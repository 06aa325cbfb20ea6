"""Copies of the second call with one thing changed, to see what is found."""

from __future__ import annotations

import shutil
from pathlib import Path

SECOND_CALL = Path(__file__).parent / "calls" / "forms" / "klimaatwijken"


def copy_call(folder: Path) -> Path:
    """Copy the second call, forms and templates, and give its folder of forms."""
    root = SECOND_CALL.parent.parent
    for part in ("forms", "templates"):
        shutil.copytree(root / part / SECOND_CALL.name, folder / part / SECOND_CALL.name)
    return folder / "forms" / SECOND_CALL.name


def change(call: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands in a file of the call."""
    path = call / file if not file.startswith("templates/") else templates(call) / file.removeprefix("templates/")
    content = path.read_text(encoding="utf-8")
    assert old in content, f"{old!r} staat niet in {file}"
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def templates(call: Path) -> Path:
    """Give the folder of templates of a copied call."""
    return call.parent.parent / "templates" / call.name
