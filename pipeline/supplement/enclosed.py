"""The files that came with a supplement: which of those asked they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.dossier import Answer, Ask, Attachment, Extraction, Question, Role, State
from pipeline.expression import FILTERS
from pipeline.language import _
from pipeline.supplement.paper import key_of, name_key_of

_file_names = FILTERS["file_names"]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The attachments of a dossier with those of a supplement."""

    attachments: tuple[Attachment, ...]
    closed: tuple[str, ...]
    named: tuple[str, ...]
    """Names of the files that the form says are sent along, and are."""
    told: tuple[str, ...]


def enclose(
    answers: Mapping[str, Answer],
    known: tuple[Attachment, ...],
    questions: Iterable[Question],
    extraction: Extraction,
    came: tuple[Attachment, ...],
) -> Enclosed:
    """Add the files that came with a supplement to those of the dossier.

    A file that the form names under another name gets the name by which the dossier knows it, and one that can be
    opened takes the place of one of the same name that cannot.
    """
    arrived = list(came)
    mentioned = set(_mentioned(answers.values()))
    closed: list[str] = []
    named: list[str] = []
    told: list[str] = []
    for question in questions:
        if question.ask is not Ask.FILE:
            continue
        other = _text(extraction, name_key_of(question))
        asked = _key(question.target)
        wanted = _key(other) if other else asked
        places = [
            place for place, file in enumerate(came) if file.role is Role.ATTACHMENT and _key(file.name) == wanted
        ]
        if places:
            closed.append(question.label)
            named.extend(came[place].name for place in places)
            if wanted != asked and asked in mentioned:
                told.append(_("«{file}» is de gevraagde bijlage «{asked}».").format(file=other, asked=question.target))
                for place in places:
                    arrived[place] = _called(came[place], question.target)
        elif other or _text(extraction, key_of(question)):
            told.append(
                _("Bijlage «{file}» is aangekondigd, maar zit niet bij de ontvangen bestanden.").format(
                    file=other or question.target
                )
            )
        elif asked in mentioned or not came:
            told.append(_("Niet bijgevoegd: «{file}».").format(file=question.target))
    readable = {_key(file.name) for file in arrived if not file.problem}
    again = {(_key(file.name), file.sha256) for file in arrived}
    kept = [
        file
        for file in known
        if not (file.problem and _key(file.name) in readable) and (_key(file.name), file.sha256) not in again
    ]
    return Enclosed((*kept, *arrived), tuple(closed), tuple(named), tuple(told))


def _called(file: Attachment, name: str) -> Attachment:
    """Give a file the name by which the dossier knows it, in the folder where it lies."""
    ending = _ending(file.name)
    whole = name if name.casefold().endswith(ending.casefold()) else name + ending
    return replace(file, name=f"{file.name.rpartition('/')[0]}/{whole}")


def _text(extraction: Extraction, key: str) -> str:
    answer = extraction.answers.get(key)
    return " ".join(answer.text.split()) if answer and answer.state in (State.GIVEN, State.DOUBTFUL) else ""


def _mentioned(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        if answer.text:
            yield from _file_names(answer.text)
        for row in answer.rows:
            yield from _mentioned(row.cells.values())


def _key(name: str) -> str:
    """Give a file name as rules compare it: folded, without folder and ending."""
    names = _file_names(name.replace(";", " ").replace(",", " "))
    return str(names[0]) if names else ""


def _ending(name: str) -> str:
    last = name.rpartition("/")[2]
    return f".{last.rpartition('.')[2]}" if "." in last else ""
