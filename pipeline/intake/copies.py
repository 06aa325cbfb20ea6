"""One proposal in several files of a submission: a Word file and its signed print, most often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.dossier import Answer, Extraction, State
from pipeline.errors import Reason, Unreadable
from pipeline.form import Field, Form
from pipeline.intake.opening import Piece
from pipeline.language import _, enumerate_words
from pipeline.library import Call
from pipeline.supplement import KEY, NUMBER, is_heading
from pipeline.values import FieldType, fold

_WORDS = frozenset({FieldType.TEXT, FieldType.LONGTEXT, FieldType.EMAIL, FieldType.PHONE})
"""Answers in words: a print or scan may break them off otherwise, so they need only be alike."""
_ALIKE = 90.0
_NAMED = 5
"""Questions named in a refusal; who looks at the first sees the others."""
_PDF = "application/pdf"


@dataclass(slots=True)
class FoundForm:
    """A file that is a form of the call."""

    piece: Piece
    form: Form
    extraction: Extraction
    brought_by: list[str]
    """Names of the submitted files in which it lay."""
    names: list[str]
    """Where it lay, when it came more than once."""

    @property
    def name(self) -> str:
        """Its name inside the submission."""
        return self.piece.name

    @property
    def is_blank(self) -> bool:
        """Whether it is the form as it was sent out: every question found, nothing answered, nothing said elsewhere.

        The heading of a supplement was filled in by us.
        """
        asked = (answer for key, answer in self.extraction.answers.items() if not self._is_ours(key))
        return all(answer.state is State.EMPTY for answer in asked) and not self.extraction.notes

    def _is_ours(self, key: str) -> bool:
        return self.form.key == KEY and is_heading(key)


def the_one_that_counts(call: Call, forms: Sequence[FoundForm]) -> FoundForm:
    """Give, of several files with a form, the one whose answers count.

    They must be the same proposal and contradict each other nowhere: then it makes no difference which one is used,
    and the one that is read with most certainty is. A blank form beside a filled one, as it comes back with a mail that
    it was sent with, says nothing. Anything else is for a person to decide.

    Raises:
        Unreadable: SEVERAL_FORMS, with what keeps them from being one.
    """
    best, *others = sorted(forms, key=_certainty)
    for other in others:
        if other.is_blank and other.extraction.form == best.extraction.form:
            continue
        if best.extraction.form != other.extraction.form or not _same_proposal(call, best, other):
            raise Unreadable(Reason.SEVERAL_FORMS, enumerate_words(form.name for form in forms))
        differing = list(_differences(best.form, best.extraction, other.extraction))
        if differing:
            labels = "; ".join(differing[:_NAMED]) + ("; …" if len(differing) > _NAMED else "")
            raise Unreadable(
                Reason.SEVERAL_FORMS,
                _("«{one}» en «{other}» zijn hetzelfde voorstel maar zeggen iets anders bij: {labels}").format(
                    one=best.name, other=other.name, labels=labels
                ),
            )
    return best


def _certainty(form: FoundForm) -> tuple[bool, bool, float, str]:
    """Order files by how surely they are read, the surest first: filled before blank, and Word before PDF."""
    given = (answer.confidence for answer in form.extraction.answers.values() if answer.state is State.GIVEN)
    return form.is_blank, form.extraction.source.media_type == _PDF, -sum(given), form.name


def _same_proposal(call: Call, one: FoundForm, other: FoundForm) -> bool:
    joins = (NUMBER,) if one.extraction.form == KEY else (call.join_field,)
    fields = call.duplicate_fields if one.extraction.form == call.main_form else joins
    pairs = [(one.extraction.answers.get(field), other.extraction.answers.get(field)) for field in fields]
    return all(
        a is not None and b is not None and a.state is b.state is State.GIVEN and fold(a.text) == fold(b.text)
        for a, b in pairs
    )


def _differences(form: Form, one: Extraction, other: Extraction) -> Iterator[str]:
    """Give the questions to which both files give a certain answer, and not the same one."""
    for section in form.sections:
        yield from _differing(section.fields, one.answers, other.answers, "")


def _differing(
    fields: Sequence[Field], ones: Mapping[str, Answer], others: Mapping[str, Answer], before: str
) -> Iterator[str]:
    for field in fields:
        one, other = ones.get(field.key), others.get(field.key)
        if one is None or other is None or State.GIVEN not in (one.state, other.state):
            continue
        if {one.state, other.state} & {State.DOUBTFUL, State.NOT_FOUND}:
            continue
        label = before + field.label
        if one.state is not other.state or len(one.rows) != len(other.rows):
            yield label
        elif field.columns:
            for mine, theirs in zip(one.rows, other.rows, strict=True):
                row = _("{field}, rij {row}: ").format(field=field.label, row=mine.number)
                yield from _differing(field.columns, mine.cells, theirs.cells, row)
        elif not _same(field, one, other):
            yield label


def _same(field: Field, one: Answer, other: Answer) -> bool:
    if field.type not in _WORDS:
        return one.value == other.value
    from rapidfuzz.fuzz import ratio

    mine, theirs = (fold(answer.text).replace(" ", "") for answer in (one, other))
    return mine == theirs or ratio(mine, theirs) >= _ALIKE
