"""What facts are."""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]
"""Name → typed value, `Gap`, `Record`, or tuple of these."""
