"""Tell what in the place of an answer may be another question, or only looks like a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.likeness import likeness
from pipeline.extract.names import FormNames, bare, key
from pipeline.extract.units import Unit
from pipeline.language import _

_ASKS = re.compile(
    r"(?:[A-Za-z]{0,2}\.?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[A-Za-z][.)]\s+)?"
    r"(?=[^\W\d_a-z])[^:.;!?\n]{2,60}(?::(?=\s|$)|\?$)"
)
_MOST_WORDS = 9
_LONGEST_LABEL = 160


def another_question(texts: Sequence[str], form: FormNames, *, marked: bool) -> str:
    """Tell which line of an answer in running text looks like another question.

    Any question of the form does, of whatever section. Where the label is `marked` by a colon, nothing but such a mark
    says where an answer ends, so that a line with one may be a question that the form does not have.
    """
    for line in (line.strip() for text in texts for line in text.split("\n")):
        several = " " in bare(line) or line.endswith((":", "?", "*"))  # one word alone is as likely an answer
        known = form.all.begin(line) or (form.all.whole(line) if several else None)
        found = _ASKS.match(line) if marked and not known else None
        alike = "" if known or found else _alike(line, form)
        if known or alike or (found and len(found.group().split()) <= _MOST_WORDS):
            asked = alike or (found.group() if found else line.removesuffix(known.rest) if known else line)
            return _("De regel «{line}» kan een andere vraag zijn of bij dit antwoord horen.").format(
                line=asked.strip()
            )
    return ""


def _alike(line: str, form: FormNames) -> str:
    """Give what stands before a colon when it is like the label of any question of the form."""
    asked = line[:_LONGEST_LABEL].partition(":")[0]
    if ":" not in line[:_LONGEST_LABEL] or not asked:
        return ""
    return asked if any(likeness(asked, name).score for names in form.all.spellings.values() for name in names) else ""


def seems_title(unit: Unit, form: FormNames) -> bool:
    """Tell whether a unit is a title by its looks only, which a scan shows badly: no words that the form knows."""
    paragraph = unit.paragraph
    if paragraph is None or not paragraph.level or paragraph.confidence == 1:
        return False
    text = paragraph.text.strip()
    return not (key(text) in form.titles or key(text) in form.every or form.all.begin(text))
