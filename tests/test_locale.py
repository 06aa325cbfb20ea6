"""Every language speaks every message, with the same named places."""

from __future__ import annotations

import ast
import io
import pickle
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pipeline import language, resources
from pipeline.commands import words
from pipeline.errors import Reason, Unreadable
from pipeline.readers.reasons import explain, tell
from pipeline.workers import Workers
from pipeline.zips import open_zip

PROGRAM = Path(language.__file__).parent
LATE = {"commands/words.py", "intake/choosing.py", "language.py", "ocr.py", "readers/reasons.py"}
"""Files that translate what a variable holds: words of the library, and why a file cannot be read."""
LANGUAGES = [name for name in language.available() if name != language.DEFAULT]


def calls() -> Iterator[tuple[str, str, list[str | None]]]:
    """Give every call in the program: file, name, and its arguments, None for one that is no plain text."""
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
                yield str(path.relative_to(PROGRAM)), name, [t if isinstance(t, str) else None for t in texts]


@cache
def messages() -> frozenset[str | tuple[str, str]]:
    found: set[str | tuple[str, str]] = set(words.DUTCH.values())
    for _file, name, texts in calls():
        if name == "_" and texts and texts[0]:
            found.add(texts[0])
        elif name == "plural" and len(texts) == 3 and texts[0] and texts[1]:
            found.add((texts[0], texts[1]))
        elif name in {"Unreadable", "NotRead", "explain"} and len(texts) == 2 and texts[1]:
            found.add(texts[1])
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in resources.TEMPLATES.rglob("*.j2"):
        source = path.read_text(encoding="utf-8")
        found |= {m for _line, _name, m in environment.extract_translations(source, gettext_functions=("_",))}
    return frozenset(found)


def catalogue(locale: str) -> Catalog:
    with (resources.LOCALE / locale / "LC_MESSAGES" / "pipeline.po").open("rb") as handle:
        return read_po(handle, locale=locale)


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^}]*\}", text))


def test_french_and_german_of_belgium_are_there():
    assert {"fr_BE", "de_BE"} <= set(LANGUAGES)


def test_what_is_translated_stands_there_in_words():
    assert {file for file, name, texts in calls() if name == "_" and not (texts and texts[0])} <= LATE


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_message_is_translated(locale):
    known = catalogue(locale)
    untranslated = []
    for message in messages():
        entry = known.get(message)
        strings = entry.string if entry is not None else ""
        if not strings or (isinstance(strings, tuple) and not all(strings)) or entry.fuzzy:
            untranslated.append(message)
    assert untranslated == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_no_translation_is_left_of_a_message_that_is_gone(locale):
    ids = {entry.id for entry in catalogue(locale) if entry.id}
    assert ids - messages() == set()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_translation_has_the_named_places_of_its_message(locale):
    for entry in catalogue(locale):
        sources = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        targets = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        if entry.id:
            for target in targets:
                assert places(target) == places(sources[-1]), entry.id


def test_the_program_speaks_the_language_that_is_asked():
    language.use("fr_BE")
    try:
        assert language._("ja") == "oui"
        assert language._("nee") == "non"
    finally:
        language.use(language.DEFAULT)
    assert language._("ja") == "ja"


def test_why_a_file_cannot_be_read_is_said_in_one_language():
    language.use("fr_BE")
    try:
        what, _remedy = explain(Reason.DAMAGED, "het begin van de pdf ontbreekt")
    finally:
        language.use(language.DEFAULT)
    assert what == "Le fichier est endommagé ou est arrivé incomplet (le début du pdf manque)."


@pytest.fixture
def frisian(tmp_path, monkeypatch):
    """A language of which nothing is known but one message."""
    folder = tmp_path / "fy_NL" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    message = 'msgid "het onderdeel {name} ontbreekt"\nmsgstr "ûnderdiel {name} mist"\n'
    (folder / "pipeline.po").write_text(message, encoding="utf-8")
    monkeypatch.setattr(resources, "LOCALE", tmp_path)
    language.use("fy_NL")
    yield
    language.use(language.DEFAULT)


def test_why_a_file_cannot_be_read_is_said_with_its_values_in_one_language(frisian):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("a.xml", "a")
    with pytest.raises(Unreadable) as damaged:
        open_zip(made.getvalue()).read("b.xml")
    came_back = pickle.loads(pickle.dumps(damaged.value))
    assert came_back.detail == str(came_back) == "het onderdeel b.xml ontbreekt"
    assert "(ûnderdiel b.xml mist)" in tell(came_back)[0]


def test_why_a_file_cannot_be_read_stands_there_in_words_with_named_places():
    loose = set()
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Unreadable"):
                continue
            for said in node.args[1:]:
                named = {keyword.arg for keyword in node.keywords}
                if isinstance(said, ast.Constant):
                    assert places(str(said.value)) == named, (path, said.value)
                elif isinstance(said, ast.JoinedStr):
                    loose.add(f"{path.relative_to(PROGRAM)}: {ast.unparse(said)}")
    assert loose == set()


def test_a_worker_speaks_as_the_program_does():
    workers = Workers(1)
    language.use("de_BE")
    try:
        outcomes = [outcome.result for outcome in workers.run(language.current, [()])]
    finally:
        language.use(language.DEFAULT)
        workers.close()
    assert outcomes == ["de_BE"]
