"""What a person should know of a reading beside its answers: what was not found, left over, hidden."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from pipeline.document import Document, every_paragraph
from pipeline.dossier import Answer
from pipeline.extract.identification import MARGINS
from pipeline.extract.states import NOT_FOUND
from pipeline.form import Form
from pipeline.language import _

_PAGING = re.compile(r"\b(?:pagina|bladzijde|blz\.?|page|van|of|versie)\b", re.IGNORECASE)
"""What numbers the pages of a form and names its version."""
_SAYS = re.compile(r"[^\W\d_]{3}")
_MOST_NOTES = 25
_LONGEST_QUOTE = 120


def not_found(form: Form, answers: Mapping[str, Answer], absent: Collection[str] = ()) -> list[str]:
    """Name the questions without a label, but for the `absent` ones; of a section without any, only the section."""
    notes: list[str] = []
    without = NOT_FOUND
    for section in form.sections:
        asked_here = [asked for asked in section.fields if asked.key not in absent]
        lost = [asked.label for asked in asked_here if answers[asked.key].state is without]
        if lost and len(lost) == len(asked_here):
            notes.append(_("Onderdeel «{title}» is niet gevonden.").format(title=section.heading))
        elif lost:
            notes.append(
                _("In onderdeel «{title}» niet gevonden: {labels}.").format(
                    title=section.heading, labels="; ".join(f"«{label}»" for label in lost)
                )
            )
    return notes


def not_read(document: Document) -> list[str]:
    """Tell what the file holds and cannot be read as words: pictures, stamps, drawings, charts."""
    if not document.omitted:
        return []
    what = ", ".join(document.omitted)
    return [_("Niet gelezen in het bestand: {what}. Kijk na of er iets in staat dat telt.").format(what=what)]


def footnotes(document: Document) -> list[str]:
    """Tell the notes at the foot of pages and at the end: they belong to an answer, but are no part of it."""
    notes = [block for block in document.blocks if block.location.part in {"voetnoot", "eindnoot"}]
    texts = [" ".join(paragraph.text.split()) for paragraph in every_paragraph(notes)]
    return [_("Voetnoot in het bestand: «{text}».").format(text=_short(text)) for text in texts if text]


def margins(document: Document, form: Form, call_title: str) -> list[str]:
    """Tell what somebody added in the headers and footers of a text file; a print repeats them on every page."""
    own = _own((call_title, form.title, *form.identify))
    told: list[str] = []
    for part in every_paragraph(block for block in document.blocks if block.location.part in MARGINS):
        if part.location.page is None:
            rest = " ".join(own.sub(" ", part.text).split())
            if _SAYS.search(_PAGING.sub(" ", rest)):
                told.append(_("In de kop- of voettekst staat: «{text}».").format(text=_short(rest)))
    return _few(list(dict.fromkeys(told)))


@lru_cache(maxsize=64)
def _own(names: tuple[str, ...]) -> re.Pattern[str]:
    """Give what the margins of a form print: its names, and those of its call."""
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE)


def unseen(document: Document) -> list[str]:
    """Tell what stands in the file and does not count: text that is hidden or deleted, remarks beside the text."""
    aside = _("opmerking")
    parts = [part for part in document.paragraphs if part.hidden or part.deleted or part.location.part == aside]
    if not parts:
        return []
    hidden = [" ".join(part.hidden.split()) for part in parts if part.hidden.strip() and part.location.part != aside]
    remarks = [(" ".join(part.hidden.split()), part.location.page) for part in parts if part.location.part == aside]
    deleted = [" ".join(part.deleted.split()) for part in parts if part.deleted.strip()]
    notes = [_("Verborgen tekst in het bestand, die niet meetelt: «{text}».").format(text=_short(t)) for t in hidden]
    notes += [
        (
            _("Opmerking in de kantlijn van pagina {page}, die niet meetelt: «{text}».")
            if page
            else _("Opmerking in de kantlijn, die niet meetelt: «{text}».")
        ).format(page=page, text=_short(text))
        for text, page in remarks
    ]
    notes += [
        _("Een bijgehouden wijziging schrapt «{text}»; gelezen alsof ze aanvaard is.").format(text=_short(text))
        for text in deleted
    ]
    return _few(notes)


def _few(notes: list[str]) -> list[str]:
    """Give so many notes as a person reads, and the number of the rest."""
    more = len(notes) - _MOST_NOTES
    if more <= 0:
        return notes
    return [*notes[:_MOST_NOTES], _("En nog {number} zulke stukken tekst.").format(number=more)]


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def left_over(texts: Sequence[str]) -> list[str]:
    """Tell the words that no question took."""
    lines = [_short(" ".join(text.split())) for text in dict.fromkeys(texts)]
    return _few([_("Deze tekst hoort bij geen vraag: «{text}».").format(text=line) for line in lines])
