"""Where the data folders lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHARED = _PACKAGE / "shared"

ROOT = _SHARED if _SHARED.is_dir() else _PACKAGE.parent
FORMS = ROOT / "forms"
TEMPLATES = ROOT / "templates"
LOCALE = ROOT / "locale"
