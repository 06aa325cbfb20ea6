"""Which form a document is."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice, pairwise

from pipeline.document import Document, Paragraph, every_paragraph
from pipeline.errors import Reason, Unreadable
from pipeline.extract.names import keys, names_of
from pipeline.form import Form
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.values import fold

_LONGEST_TITLE = 160
_NAMED_SHARE = 0.15
_UNNAMED_SHARE = 0.4
_GLIMPSE = 0.05
"""Share of a form's questions that its first pages show at least."""
_A_SIZE = 1
_MARGIN = 0.15
_BOTH = 0.6
_FIRST_LINES, _LAST_LINES = 15, 5
"""Of a document, in which its version may stand."""
MARGINS = frozenset({"koptekst", "voettekst"})
"""Parts of a document at the rims of its pages; what stands in one is in it with all that it holds."""
_MARK = re.compile(r"[:\t]")
_BETWEEN = "\0"
"""Stands between titles, and in no name of a form; white space would be folded away."""
_VERSION = re.compile(r"\bversie\s*:?\s*(?P<version>\d[\w.]*\w|\d)", re.IGNORECASE)


def identify(document: Document, call: Call) -> str:
    """Give the key of the form that a document is.

    A form shows itself by its title and by its questions: a letter that only names the form has too few of
    them, and a copy whose title was taken off still has most.

    Raises:
        Unreadable: NOT_A_FORM, or SEVERAL_FORMS when two forms stand in one file.
    """
    said = _said(document)
    asked = _asked(said)
    tags = {tag.partition("=")[0] for tag in {control.tag for control in document.controls}}
    shares = {form.key: max(_share(form, asked), _tagged_share(form, tags)) for form in call.forms.values()}
    near = [share for share in shares.values() if share >= _NAMED_SHARE]
    # the title is nothing to the only form that comes near with questions enough, and takes a fifth of the time
    titles = "" if len(near) == 1 and near[0] >= _UNNAMED_SHARE else _titles(said, document.title)
    ranked = sorted(
        ((shares[form.key], _named(form, titles), form.key) for form in call.forms.values()),
        reverse=True,
    )
    fitting = [
        (share, named, key) for share, named, key in ranked if share >= (_NAMED_SHARE if named else _UNNAMED_SHARE)
    ]
    if not fitting:
        raise Unreadable(Reason.NOT_A_FORM, _("Geen van de formulieren van de oproep is erin herkend."))
    if len(fitting) == 1:
        _refuse_twice(call.forms[fitting[0][2]], said)
        return fitting[0][2]
    named_ones = [item for item in fitting if item[1]]
    if len(named_ones) == 1 and named_ones[0][0] >= fitting[0][0] - _MARGIN:
        return named_ones[0][2]
    if fitting[0][0] - fitting[1][0] >= _MARGIN and fitting[1][0] < _BOTH:
        return fitting[0][2]
    raise Unreadable(
        Reason.SEVERAL_FORMS,
        _("Het bestand lijkt op meer dan één formulier: {forms}.").format(
            forms=", ".join(call.forms[key].title for _share_, _named_, key in fitting)
        ),
    )


def resembles(document: Document, call: Call) -> bool:
    """Tell whether the first pages of a document may be those of a form, so that the rest is worth reading."""
    said = _said(document)
    titles = _titles(said)
    asked = _asked(said)
    return any(_named(form, titles) or _share(form, asked) >= _GLIMPSE for form in call.forms.values())


def asked_in(document: Document) -> set[str]:
    """Give the keys of everything that can be the label of a question."""
    return _asked(_said(document))


def _asked(said: Iterable[Paragraph]) -> set[str]:
    return set().union(*map(_label_keys, {paragraph.text for paragraph in said}))


def _said(document: Document) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.text.strip()]


def _titles(said: list[Paragraph], known: str = "") -> str:
    """Give what may be the title, folded, as one text: to fold each by itself takes five times as long.

    That of a print or a scan may have broken into two headings, one under the other. Letters of a scan are measured:
    without tails, the second half may seem a size larger or smaller than the first.
    """
    short = [paragraph for paragraph in said if len(paragraph.text) <= _LONGEST_TITLE]
    pairs = [(one, two) for one, two in pairwise(short) if one.level and two.level]
    broken = [f"{one.text} {two.text}" for one, two in pairs if abs(one.level - two.level) <= _A_SIZE]
    return fold(_BETWEEN.join((known, *(paragraph.text for paragraph in short), *broken)))


def _refuse_twice(form: Form, said: list[Paragraph]) -> None:
    """Refuse a file in which the headings of most sections stand twice: two copies of the form."""
    titles = {name: section for edition in form.editions for name, section in names_of(edition).titles.items()}
    seen: Counter[str] = Counter()
    for paragraph in said:
        if paragraph.level and not paragraph.location.part and len(paragraph.text) <= _LONGEST_TITLE:
            section = next((titles[name] for name in keys(paragraph.text.strip()) if name in titles), None)
            if section is not None:
                seen[section.key] += 1
    if 2 * sum(count > 1 for count in seen.values()) > len(form.sections):
        raise Unreadable(
            Reason.SEVERAL_FORMS, _("Het formulier «{form}» staat er meer dan eens in.").format(form=form.title)
        )


@functools.lru_cache(maxsize=4096)
def _label_keys(text: str) -> tuple[str, ...]:
    """Give the keys that a paragraph can be the label of, by its text; what a form prints stands in each copy."""
    line = text.strip()
    if "\n" in line:
        line = line[: line.index("\n")]
    whole = keys(line) if len(line) <= _LONGEST_TITLE else ()
    mark = _MARK.search(line, 0, _LONGEST_TITLE) if ":" in line or "\t" in line else None
    return (*whole, *keys(line[: mark.start()])) if mark else whole


def _named(form: Form, titles: str) -> bool:
    return any(fold(name) in titles for edition in form.editions for name in edition.identify)


def _share(form: Form, asked: set[str]) -> float:
    """Give the share of the form's sections, questions and columns that the document shows, in its best version."""
    every = [names_of(edition).labels for edition in form.editions]
    return max(len(labels & asked) / len(labels) if labels else 0.0 for labels in every)


def _tagged_share(form: Form, tags: set[str]) -> float:
    """Give the share of the form's questions that have a control with their tag, a table by any of its columns."""
    if not tags:
        return 0.0
    every = [names_of(edition).tags for edition in form.editions]
    asked = [({*questions.values()}, {questions[tag] for tag in questions.keys() & tags}) for questions in every]
    return max(len(found) / len(wanted) if wanted else 0.0 for wanted, found in asked)


def version_of(document: Document) -> str:
    """Give the version that the copy itself says, in its headers, footers or first lines."""
    outside = [block for block in document.blocks if block.location.part in MARGINS]
    every = document.paragraphs
    first = islice((paragraph for paragraph in every if paragraph.text.strip()), _FIRST_LINES)
    last = list(islice((paragraph for paragraph in reversed(every) if paragraph.text.strip()), _LAST_LINES))
    for paragraph in (*every_paragraph(outside), *first, *reversed(last)):
        if match := _VERSION.search(paragraph.text):
            return match["version"]
    return ""


def says_version(line: str) -> bool:
    """Tell whether a line says nothing but the version of the form."""
    return _VERSION.fullmatch(line.strip()) is not None
