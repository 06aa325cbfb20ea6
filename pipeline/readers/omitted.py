"""Say what a reader saw in a document and did not give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.language import _, plural


def tell(seen: Iterable[str], *, comments: bool) -> tuple[str, ...]:
    """Say what was not read, a sentence for each kind.

    Args:
        seen: picture, chart, diagram, object or chunk, once for each that was met.
        comments: whether the document has comments in its margin.
    """
    seen = Counter(seen)
    pictures, charts, diagrams, objects, chunks = (
        seen[kind] for kind in ("picture", "chart", "diagram", "object", "chunk")
    )
    told = [
        plural("{number} afbeelding is niet gelezen", "{number} afbeeldingen zijn niet gelezen", pictures),
        plural("{number} grafiek is niet gelezen", "{number} grafieken zijn niet gelezen", charts),
        plural("{number} diagram is niet gelezen", "{number} diagrammen zijn niet gelezen", diagrams),
        plural("{number} ingesloten object is niet gelezen", "{number} ingesloten objecten zijn niet gelezen", objects),
        plural(
            "{number} ingevoegd document is niet gelezen", "{number} ingevoegde documenten zijn niet gelezen", chunks
        ),
    ]
    said = [words for words, number in zip(told, (pictures, charts, diagrams, objects, chunks), strict=True) if number]
    if comments:
        said.append(_("opmerkingen in de kantlijn zijn niet gelezen"))
    return tuple(said)
