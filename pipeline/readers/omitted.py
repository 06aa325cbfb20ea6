"""Say what a reader saw in a document and did not give as text: pictures and their kin, remarks beside the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.document import Location, Paragraph
from pipeline.language import _, plural


def beside(source: str, words: str, page: int | None = None) -> Paragraph:
    """Give what somebody wrote beside the text: it is kept, and is no answer."""
    return Paragraph("", Location(source, part=_("opmerking"), page=page), hidden=words)


def tell(seen: Iterable[str]) -> tuple[str, ...]:
    """Say what was not read, a sentence for each kind.

    Args:
        seen: picture, chart, diagram, object, chunk, ink or ruby, once for each that was met.
    """
    seen = Counter(seen)
    if not seen:
        return ()
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
    return tuple(words for words, number in zip(told, numbers, strict=True) if number)
