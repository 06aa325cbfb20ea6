"""A paper filled with made-up answers, so that a template shows what it does with short, long and empty ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jinja2 import nodes

from pipeline import expression
from pipeline.check import check
from pipeline.errors import DefinitionError, Fault
from pipeline.expression import NotJudged
from pipeline.language import _
from pipeline.library.call import Call, PaperDefinition
from pipeline.lint.examples import Example
from pipeline.lint.fiction import TODAY, Size, fictitious
from pipeline.lint.papers import spoiling_faults
from pipeline.renderers import Paper, papers
from pipeline.renderers.marking import marked

_ROWS = {Size.SHORT: (1, 6), Size.LONG: (12,), Size.EMPTY: (0, 1)}
"""Numbers of rows to try, until the paper has one to be made for."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper of a made-up dossier."""

    name: str
    """File name without ending."""
    content: bytes
    """The Word file, marked as a fictitious example on every page."""


def previews(call: Call, paper: PaperDefinition) -> tuple[Preview, ...]:
    """Fill a paper three times: with short, long and empty answers.

    It is made whatever its conditions say, as a draft, and marked as a fictitious example.

    Raises:
        DefinitionError: the template is wrong; with every fault in it.
    """
    faults = spoiling_faults(call, paper.key)
    if faults:
        raise DefinitionError(faults)
    said = {Size.SHORT: _("kort"), Size.LONG: _("lang"), Size.EMPTY: _("leeg")}
    return tuple(Preview(f"{paper.key} ({said[size]})", _filled(call, paper, size)) for size in Size)


def _filled(call: Call, paper: PaperDefinition, size: Size) -> bytes:
    words = _("Fictief voorbeeld: verzonnen antwoorden, geen echt dossier.")
    free = replace(paper, when="true", final_when="false", draft_reason=words)
    for attempt, rows in _attempts(free, size):
        made = _made(replace(call, papers=(attempt,)), fictitious(call, call.forms[paper.form], size, rows))
        if made is not None:
            return marked(made.content, words)
    message = _("Met verzonnen antwoorden krijgt dit document geen rij om het voor te maken.")
    raise DefinitionError([Fault("documenten.toml", f"document.{paper.key}.each", message)])


def _attempts(paper: PaperDefinition, size: Size) -> Iterator[tuple[PaperDefinition, int]]:
    """Give the paper with the number of rows to try; last with every row of its table, whatever it asks of them."""
    for rows in _ROWS[size]:
        yield paper, rows
    if paper.each:
        table = next(expression.tree(paper.each).find_all(nodes.Name), None)
        yield (replace(paper, each=table.name) if table else paper), 1


def _made(call: Call, example: Example) -> Paper | None:
    """Give the first paper that a dossier gets; none when it has no row to make one for."""
    findings = tuple(check(call, example.dossier, example.facts(call)))
    try:
        results = papers(call, example.dossier, findings=findings, today=TODAY, main=example.main)
    except NotJudged:
        return None
    return next((result for result in results if isinstance(result, Paper)), None)
