"""Dossiers to papers: which ones are due, and their bytes."""

from __future__ import annotations

from pipeline.renderers.paper import Paper, Refusal, papers

__all__ = ["Paper", "Refusal", "papers"]
