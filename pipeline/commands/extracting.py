"""The verb `extract`: the answers of filled forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.frame import call_option, json_option, note, print_json, read_bytes, say, the_call, verb
from pipeline.errors import ExitCode, Unreadable
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.dossier import Answer, Extraction
    from pipeline.form import Field
    from pipeline.library import Call

_PDF = b"%PDF-"


@verb(
    short_help=_("Toont de antwoorden van ingevulde formulieren."),
    help=_(
        "Toont de antwoorden van ingevulde formulieren, elk met zijn toestand en plaats; van een uitgegeven document "
        "de antwoorden die het in zijn bijlage gegevens.json draagt."
    ),
)
@click.argument("files", metavar=_("BESTAND…"), nargs=-1, required=True, type=click.Path(path_type=Path))
@call_option()
@json_option()
def extract(files: tuple[Path, ...], call: str, as_json: bool) -> ExitCode:
    """Extract the answers of each file; one that cannot be read stops no other."""
    from pipeline.archive import encode_extraction
    from pipeline.library import load
    from pipeline.readers.reasons import tell

    loaded = load(the_call(call))
    code = ExitCode.DONE
    found: list[dict[str, object]] = []
    for file in files:
        try:
            extraction = _extract(file, loaded)
        except Unreadable as unreadable:
            code = ExitCode.UNREADABLE
            what, remedy = tell(unreadable)
            note(f"{file}: {what} {remedy}")
            found.append({"file": str(file), "reason": unreadable.reason.value, "message": what, "remedy": remedy})
            continue
        place = f"{file}{extraction.source.name.removeprefix(file.name)}"  # inside a mail or zip, too
        found.append(encode_extraction(extraction) | {"file": place})
        if not as_json:
            _show(place, extraction, loaded)
    if as_json:
        print_json(found[0] if len(found) == 1 else {"files": found})
    return code


def _extract(file: Path, call: Call) -> Extraction:
    from pipeline.errors import Reason
    from pipeline.extract import hold_sums
    from pipeline.intake import ToRead, choose
    from pipeline.stated import returned
    from pipeline.supplement import KEY
    from pipeline.write import sha256

    data = read_bytes(file)
    carried = returned(data, file.name, call) if data.startswith(_PDF) else None
    if carried is not None:
        return carried
    extraction = choose(call, (ToRead(file.name, file, sha256(data)),)).extraction
    if extraction.form == KEY:
        raise Unreadable(Reason.SUPPLEMENT)
    answers = hold_sums(call.forms[extraction.form], extraction.answers, extraction.inexact)
    return replace(extraction, answers=answers)


def _show(file: str, extraction: Extraction, call: Call) -> None:
    form = call.forms[extraction.form]
    say(f"{file}: {form.title}")
    for section in form.sections:
        say(f"\n{section.heading}")
        for field in section.fields:
            _show_answer(field, extraction.answers[field.key], "  ")
    for remark in extraction.notes:
        note(_("opmerking: {note}").format(note=remark))


def _show_answer(field: Field, answer: Answer, margin: str) -> None:
    from pipeline.report import state_word
    from pipeline.visible import visible

    state = "" if answer.state.value == "given" else f" [{state_word(answer.state)}]"
    problem = f" ({answer.problem})" if answer.problem else ""
    text = " ⏎ ".join(visible(answer.text).splitlines()) if not answer.rows else ""
    say(f"{margin}{field.label}: {text}{state}{problem}")
    columns = {column.key: column for column in field.columns}
    for row in answer.rows:
        say(f"{margin}  {_('rij {number}').format(number=row.number)}")
        for key, cell in row.cells.items():
            if cell.text or cell.problem:
                _show_answer(columns[key], cell, f"{margin}    ")
