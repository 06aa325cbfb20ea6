"""Dossiers to papers: which ones are due, and their bytes."""

from __future__ import annotations

from pipeline.renderers.made import Paper, Refusal
from pipeline.renderers.paper import papers

__all__ = ["Paper", "Refusal", "papers"]
