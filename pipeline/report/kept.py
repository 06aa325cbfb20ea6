"""Told papers as JSON and back, so that they are told again without being made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.report.telling import ToldPaper


def encode_papers(papers: Sequence[ToldPaper]) -> list[dict[str, Any]]:
    """Give told papers as JSON."""
    return [
        {
            "key": paper.key,
            "title": paper.title,
            "file": paper.file,
            "draft": paper.draft,
            "refused": paper.refused,
            "reasons": list(paper.reasons),
            **({"pdf": paper.pdf, "issued": paper.issued, "differs": paper.differs} if paper.issued else {}),
            **({"to_sign": True, "signed": paper.signed, "signing": list(paper.signing)} if paper.to_sign else {}),
        }
        for paper in papers
    ]


def decode_papers(data: Sequence[Mapping[str, Any]]) -> tuple[ToldPaper, ...]:
    """Give back told papers."""
    return tuple(
        ToldPaper(
            paper["key"],
            paper["title"],
            paper["file"],
            paper["draft"],
            tuple(paper["reasons"]),
            **{name: paper.get(name, "") for name in ("pdf", "issued", "differs")},
            to_sign=paper.get("to_sign", False),
            signed=paper.get("signed", False),
            signing=tuple(paper.get("signing", ())),
        )
        for paper in data
    )
