"""Random answers, a blank form filled with them, and what is read back: the same, or said to be doubtful."""

import functools
import io
import os
import re
import subprocess
import unicodedata
import zipfile

import pytest

from pipeline.dossier import State
from pipeline.extract import extract, identify
from pipeline.library.load import load
from pipeline.readers import read
from pipeline.resources import FORMS
from tests.fill import fill
from tests.random_answers import PIECES, PRINTABLE, Maker
from tests.typed_forms import Typist

PRINTED_FORMS = 40
MOST_DOUBTFUL = 0.03


@functools.cache
def call():
    return load("wijkverbeteringscontract")


@functools.cache
def blank(form):
    return (FORMS / "wijkverbeteringscontract" / "blanco" / f"{form}.docx").read_bytes()


def without_tags(data):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for info in source.infolist():
            part = source.read(info.filename)
            target.writestr(
                info, re.sub(rb"<w:tag [^>]*/>", b"", part) if info.filename.endswith("document.xml") else part
            )
    return made.getvalue()


def as_read(value):
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n")) if isinstance(value, str) else value


def collapsed(value):
    return " ".join(value.split()) if isinstance(value, str) else value


def expected(form, answers):
    """Give every answer by its full name; None where nothing was filled in."""
    wanted = {}
    for field in form.fields():
        if not field.columns:
            wanted[field.key] = as_read(answers.get(field.key))
            continue
        for number, row in enumerate(answers.get(field.key, ()), 1):
            for column in field.columns:
                wanted[f"{field.key}.{number}.{column.key}"] = as_read(row.get(column.key))
    return wanted


def answered(extraction):
    """Give every answer read by its full name."""
    found = {}
    for name, answer in extraction.answers.items():
        if answer.rows:
            for row in answer.rows:
                found.update({f"{name}.{row.number}.{key}": cell for key, cell in row.cells.items()})
        else:
            found[name] = answer
    return found


def differences(form, answers, data, name, same=lambda one, other: one == other, *, left_out=False, answers_only=False):
    """Give what was read otherwise than it was filled in, and how many answers were doubtful.

    With `left_out`, a question that was not answered is not in the file either; with `answers_only`, the words that
    the form prints need not be read.
    """
    document = read(data, name, answers_only=answers_only)
    assert identify(document, call()) == form.key
    extraction = extract(document, form, call())
    found = answered(extraction)
    unsure = {name for name, answer in extraction.answers.items() if answer.state is State.DOUBTFUL}
    wanted = expected(form, answers)
    wrong, doubtful = [], 0
    for key, value in wanted.items():
        answer = found.pop(key, None)
        if "." in key and key.split(".")[0] in unsure:
            doubtful += 1
        elif answer is None:
            wrong.append((key, value, "niet gelezen"))
        elif answer.state is State.DOUBTFUL:
            doubtful += 1
            if value is None:
                wrong.append((key, value, answer.text))
        elif value is None:
            if answer.state is not State.EMPTY and not (left_out and answer.state is State.NOT_FOUND):
                wrong.append((key, value, answer.state, answer.text))
        elif answer.state is not State.GIVEN or not same(answer.value, value):
            wrong.append((key, value, answer.state, answer.value))
    wrong.extend(
        (key, None, answer.text) for key, answer in found.items() if answer.text and key.split(".")[0] not in unsure
    )
    return wrong, doubtful


@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
@pytest.mark.parametrize("tags", [True, False], ids=["with tags", "tags gone"])
def test_random_answers_come_back_from_a_word_form_as_they_were(form, tags):
    asked = call().forms[form]
    for seed in range(16):
        answers = Maker(seed, call()).form(asked)
        data = fill(blank(form), answers, asked, keep_blank_rows=seed % 2 == 0)
        assert differences(asked, answers, data if tags else without_tags(data), "f.docx") == ([], 0), seed


CALM = tuple(piece for piece in PIECES if not piece.startswith(("Titel", "Gevraagde", "☒")))
"""Without what, in running text, is a label or a ticked box and cannot be told from one."""


@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
def test_random_answers_come_back_from_forms_typed_over_in_layouts_of_their_own(form):
    asked = call().forms[form]
    for seed in range(30):
        answers = Maker(seed, call(), pieces=CALM).form(asked)
        typed = Typist(seed).type(asked, answers)
        assert differences(asked, answers, typed, "getypt.docx", left_out=True) == ([], 0), seed


def convert(folder, files, kind):
    """Let LibreOffice save every file as another kind, in one call."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    made = folder / "made"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(made),
            *(str(folder / name) for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        env={**os.environ, "HOME": str(folder)},
    )
    return {path.stem: path.read_bytes() for path in sorted(made.iterdir())}


def profile(folder, **settings):
    """Make a profile of LibreOffice with these settings of how it saves OpenDocument."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(
        '<item oor:path="/org.openoffice.Office.Common/Save/ODF">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in settings.items()
    )
    (user / "registrymodifications.xcu").write_text(
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def saved_as(folder, kind, seeds):
    """Give what was filled in by name, and the forms as LibreOffice saved them; the last is of a meeting."""
    forms = {f"f{seed}": "vergadering" if seed == seeds[-1] else "aanvraag" for seed in seeds}
    answers = {name: Maker(int(name[1:]), call()).form(call().forms[form]) for name, form in forms.items()}
    files = {f"{n}.docx": fill(blank(forms[n]), given, call().forms[forms[n]]) for n, given in answers.items()}
    saved = convert(folder, files, kind)
    assert len(saved) == len(files)
    return forms, answers, saved


@pytest.mark.requires_soffice
@pytest.mark.parametrize(
    "version", ["2", "4", "9", "10", "3"], ids=["1.1", "1.2", "1.2 extended", "1.3", "1.3 extended"]
)
def test_random_answers_come_back_from_opendocument_of_every_version(tmp_path, version):
    profile(tmp_path, DefaultVersion=version)
    forms, answers, saved = saved_as(tmp_path, "odt:writer8", range(200, 204))
    for name, data in saved.items():
        said = differences(call().forms[forms[name]], answers[name], data, f"{name}.odt")
        assert said == ([], 0), name


@pytest.mark.requires_soffice
@pytest.mark.parametrize(
    "kind",
    [
        "docx:MS Word 2007 XML",
        "docx:Office Open XML Text",
        "dotx:MS Word 2007 XML Template",
        "ott:writer8_template",
        "fodt:OpenDocument Text Flat XML",
    ],
)
def test_random_answers_come_back_from_every_kind_that_libreoffice_saves(tmp_path, kind):
    forms, answers, saved = saved_as(tmp_path, kind, range(100, 105))
    for name, data in saved.items():
        said = differences(call().forms[forms[name]], answers[name], data, f"{name}.{kind.partition(':')[0]}")
        assert said == ([], 0), name


@pytest.mark.requires_soffice
def test_random_answers_come_back_from_a_print_the_same_or_doubtful(tmp_path):
    asked = call().form
    answers = {
        f"p{seed}": Maker(seed, call(), pieces=PRINTABLE, longest=40).form(asked) for seed in range(PRINTED_FORMS)
    }
    # Here a paragraph ends in «}}» where the next word would not have fitted on the line.
    answers["p711"] = Maker(711, call()).form(asked)
    files = {f"{name}.docx": fill(blank("aanvraag"), given, asked) for name, given in answers.items()}
    prints = convert(tmp_path, files, "pdf:writer_pdf_Export")
    assert len(prints) == len(files)
    wrong, doubtful, total = {}, 0, 0
    for name, data in prints.items():
        other, unsure = differences(
            asked, answers[name], data, f"{name}.pdf", lambda one, two: collapsed(one) == collapsed(two)
        )
        if other:
            wrong[name] = other
        doubtful += unsure
        total += len(expected(asked, answers[name]))
    assert wrong == {}
    assert doubtful <= MOST_DOUBTFUL * total, f"{doubtful} van {total} antwoorden twijfelachtig"
