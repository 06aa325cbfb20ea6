"""Say what a reader saw in a document and did not give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.language import _, plural


def tell(seen: Iterable[str], *, comments: bool) -> tuple[str, ...]:
    """Say what was not read, a sentence for each kind.

    Args:
        seen: picture, chart, diagram, object, chunk, ink or ruby, once for each that was met.
        comments: whether the document has comments in its margin.
    """
    seen = Counter(seen)
    kinds = ("picture", "chart", "diagram", "object", "chunk", "ink", "ruby")
    pictures, charts, diagrams, objects, chunks, inks, rubies = numbers = [seen[kind] for kind in kinds]
    told = [
        plural("{number} afbeelding is niet gelezen", "{number} afbeeldingen zijn niet gelezen", pictures),
        plural("{number} grafiek is niet gelezen", "{number} grafieken zijn niet gelezen", charts),
        plural("{number} diagram is niet gelezen", "{number} diagrammen zijn niet gelezen", diagrams),
        plural("{number} ingesloten object is niet gelezen", "{number} ingesloten objecten zijn niet gelezen", objects),
        plural(
            "{number} ingevoegd document is niet gelezen", "{number} ingevoegde documenten zijn niet gelezen", chunks
        ),
        plural("{number} stuk handschrift is niet gelezen", "{number} stukken handschrift zijn niet gelezen", inks),
        plural(
            "{number} uitspraak boven een woord is niet gelezen",
            "{number} uitspraken boven een woord zijn niet gelezen",
            rubies,
        ),
    ]
    said = [words for words, number in zip(told, numbers, strict=True) if number]
    if comments:
        said.append(_("opmerkingen in de kantlijn zijn niet gelezen"))
    return tuple(said)
