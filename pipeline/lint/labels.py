"""Questions that a reader can tell apart by their words."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.form import Field
from pipeline.language import _
from pipeline.lint.sources import Sources
from pipeline.values import fold


def hold_labels(fields: Iterable[Field], path: str, sources: Sources, kind: str = "field") -> None:
    """Report two questions that a reader cannot tell apart by their words."""
    seen: dict[str, str] = {}
    for field in fields:
        for label in dict.fromkeys(fold(word) for word in (field.label, *field.aliases)):
            if label in seen and seen[label] != field.key:
                message = _("Het opschrift «{label}» staat ook bij «{other}»; een lezer kan ze niet onderscheiden.")
                sources.fault(f"{path}.{kind}.{field.key}.label", message.format(label=label, other=seen[label]))
            seen.setdefault(label, field.key)
