"""The form of a supplement: its heading filled in, and only the questions that were asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.dossier import SUPPLEMENT, Ask, HeadLine, Question, Request
from pipeline.form import Choice, Demand, Field, Form, Section
from pipeline.language import _, date_short, speaking
from pipeline.library.call import Call
from pipeline.values import FieldType, fold

KEY = SUPPLEMENT
"""Key of the form, and of what joins a dossier by it."""
_HEADING = "dossier__"
NUMBER = f"{_HEADING}nummer"
"""Field with the number of the dossier."""
REQUEST = f"{_HEADING}aanvulling"
"""Field with the number of the request."""
WHOSE = (NUMBER, REQUEST)
"""The fields that tell of which dossier and request a continuation sheet is."""
SHEET = "continuation"
"""The kind of file that holds more rows for the tables of a PDF."""
_UNTIL = f"{_HEADING}termijn"
_FILE = "aanvullingsformulier-"
_LONGEST_KEY = 44
"""Word refuses a tag of more than 64 characters; that of a check box also names its choice."""
ENCLOSED = "bijgevoegd"


def form_of(call: Call, number: str, requests: Sequence[Request]) -> Form:
    """Give the form of one request, or, for reading a copy that does not say which it is, of several together.

    Args:
        call: the call.
        number: of the dossier; empty when only the heading is to be read.
        requests: those asked; none gives the heading alone.
    """
    with speaking(call.language):
        questions = _together(requests)
        return Form(
            key=KEY,
            title=call.supplement.title,
            version=str(requests[0].sequence) if len(requests) == 1 else "",
            language=call.language,
            identify=(call.supplement.title,),
            sections=(_head(requests, number), *_asked(call, questions), *_files(call, questions)),
            intro=_literally(requests[-1].intro) if requests else "",
            totals=call.form.totals,
        )


def values_of(call: Call, number: str, request: Request) -> dict[str, str]:
    """Give what the form shows filled in: its heading, and the rows that the applicant has to look over."""
    with speaking(call.language):
        values = {NUMBER: number, REQUEST: str(request.sequence)}
        values |= {head_key(line): line.value for line in request.head}
        if request.until:
            values[_UNTIL] = date_short(request.until)
        for question in request.questions:
            if question.filled:
                values[key_of(question)] = question.filled
            for place, row in enumerate(question.rows, start=1):
                values |= {f"{question.target}.{place}.{column}": text for column, text in row.items()}
    return values


def file_of(sequence: int, ending: str) -> str:
    """Give the name of the form of a request in the folder of its dossier."""
    return f"{_FILE}{sequence}.{ending}"


def files_of(request: Request) -> dict[str, str]:
    """Give the names of the forms of a request, each with its kind: docx, pdf, or the sheet with more rows of a pdf."""
    names = {file_of(request.sequence, kind): kind for kind in request.kinds}
    if "pdf" in request.kinds and any(question.ask in (Ask.ROWS, Ask.MORE_ROWS) for question in request.questions):
        names[f"{_FILE}{request.sequence}-vervolgblad.pdf"] = SHEET
    return names


def is_form(name: str) -> bool:
    """Tell whether a file in the folder of a dossier is a form to fill in, and no paper."""
    return name.startswith(_FILE)


def key_of(question: Question) -> str:
    """Give the key of the field that answers a question: what tags it in Word and names it in a PDF."""
    if question.ask is Ask.FILE:
        return f"bijlage__{_hash(question.target)}"
    key = question.target.replace(".", "__")
    return key if len(key) <= _LONGEST_KEY else f"{key[: _LONGEST_KEY - 9]}_{_hash(key)}"


def name_key_of(question: Question) -> str:
    """Give the key of the field with the name of a file that is called otherwise."""
    return f"{key_of(question)}__naam"


def head_key(line: HeadLine) -> str:
    """Give the key of the field of a line of the heading."""
    return f"{_HEADING}{_hash(line.label)}"


def is_heading(key: str) -> bool:
    """Tell whether a field stands in the heading, which goes out filled in."""
    return key.startswith(_HEADING)


def _hash(text: str) -> str:
    return hashlib.sha256(fold(text).encode()).hexdigest()[:8]


def same_number(text: str) -> str:
    """Give the number of a dossier as it is compared: without spaces, capitals or not."""
    return "".join(fold(text).split())


def number_of(text: str) -> int | None:
    """Give the number of the request that a form names; None when it names none."""
    return int(text) if text.strip().isdecimal() and len(text) < 10 else None


def _together(requests: Iterable[Request]) -> tuple[Question, ...]:
    """Give every question once, as it was asked last."""
    return tuple({(question.ask, question.target): question for r in requests for question in r.questions}.values())


def _literally(text: str) -> str:
    """Give a text of which a template makes the same text again."""
    return text.replace("{", "{{ '{' }}")


def _head(requests: Sequence[Request], number: str) -> Section:
    fields = [
        Field(NUMBER, _("Dossiernummer"), FieldType.TEXT),
        Field(REQUEST, _("Nummer van de aanvulling"), FieldType.TEXT),
    ]
    lines = {line.label: line for request in requests for line in request.head}
    fields += [Field(head_key(line), line.label, FieldType.TEXT) for line in lines.values()]
    if any(request.until for request in requests):
        fields.append(Field(_UNTIL, _("Aan te vullen tot en met"), FieldType.DATE))
    help_ = _("Dit deel is ingevuld. Laat het staan: zo komt uw aanvulling in het juiste dossier.") if number else ""
    return Section("", _("Uw dossier"), tuple(fields), help_)


def _asked(call: Call, questions: Sequence[Question]) -> Iterator[Section]:
    """Give the sections of the main form that hold a question, with only those questions."""
    wanted: dict[str, list[Question]] = {}
    for question in questions:
        if question.ask is not Ask.FILE:
            wanted.setdefault(question.target.partition(".")[0], []).append(question)
    for section in call.form.sections:
        fields = [
            made
            for field in section.fields
            for question in wanted.get(field.key, ())
            if (made := _field(field, question)) is not None
        ]
        if fields:
            yield replace(section, fields=tuple(fields), help="")


def _field(field: Field, question: Question) -> Field | None:
    """Give the field of a question; None when its column has left the form since it was asked."""
    demand = Demand.FORM if question.needed else Demand.NONE
    if question.ask is Ask.ROWS:
        return replace(field, help=question.help, demand=demand, required_when="")
    if question.ask is Ask.MORE_ROWS:
        more = max(field.min_rows, 1)
        changed = replace(field, label=question.label, aliases=(), help=question.help, demand=demand, required_when="")
        return replace(changed, blank_rows=more, min_rows=0)
    column = question.target.rpartition(".")[2]
    asked = next((each for each in field.columns if each.key == column), None) if "." in question.target else field
    if asked is None or bool(field.columns) != ("." in question.target):
        return None
    aliases = asked.aliases if asked is field else ()
    made = replace(asked, key=key_of(question), label=question.label, aliases=aliases, help=question.help)
    return replace(made, demand=demand, required_when="")


def _files(call: Call, questions: Sequence[Question]) -> Iterator[Section]:
    fields = []
    for question in questions:
        if question.ask is Ask.FILE:
            enclosed = (Choice(ENCLOSED, _("Bijgevoegd")),)
            fields.append(
                Field(key_of(question), question.label, FieldType.CHOICES, choices=enclosed, help=question.help)
            )
            named = _("Bestandsnaam van «{file}»").format(file=question.target)
            fields.append(
                Field(name_key_of(question), named, FieldType.TEXT, help=_("Alleen als het bestand anders heet."))
            )
    if fields:
        help_ = _("Stuur deze bestanden samen met dit formulier: in dezelfde e-mail of dezelfde map.")
        yield Section(_next_key(call.form.sections[-1].key), _("Bijlagen bij deze aanvulling"), tuple(fields), help_)


def _next_key(key: str) -> str:
    """Give the key of a section after the last: `P` after `O`, `6` after `5`."""
    if key.isdecimal():
        return str(int(key) + 1)
    return chr(ord(key) + 1) if len(key) == 1 and key.isascii() and key.isalpha() and key not in "zZ" else f"{key}+"
