"""A call from its folders: every file read, held together, every fault collected."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from pipeline import resources
from pipeline.errors import DefinitionError, Fault, UsageError
from pipeline.form import Form
from pipeline.language import _
from pipeline.library.blank_words import BlankWords
from pipeline.library.call import Call, PaperDefinition
from pipeline.library.calls import CALL, read_call
from pipeline.library.codelists import read_codelist
from pipeline.library.entry import Entry, parse
from pipeline.library.forms import read_form
from pipeline.library.nearest import nearest
from pipeline.library.papers import read_papers
from pipeline.library.rules import read_rules

RULES = "regels.toml"
PAPERS = "documenten.toml"


def calls() -> tuple[str, ...]:
    """Give the keys of the calls in `forms/`."""
    return tuple(sorted(path.parent.name for path in resources.FORMS.glob(f"*/{CALL}")))


def load(call: str | Path) -> Call:
    """Read a call.

    Args:
        call: its key (a folder in `forms/`), or the path of a folder of forms. The templates of such a
            folder are `templates/` within it, or else `templates/<name>` beside the `forms` above it.

    Raises:
        UsageError: there is no such call.
        DefinitionError: its files are faulty; every fault is in it.
    """
    folder, templates = _folders(call)
    files = _files(folder, templates)
    return _load(folder, templates, tuple((name, hashlib.sha256(data).hexdigest()) for name, data in files.items()))


def _folders(call: str | Path) -> tuple[Path, Path]:
    if isinstance(call, str) and call in calls():
        return resources.FORMS / call, resources.TEMPLATES / call
    folder = Path(call).resolve()
    if not (folder / CALL).is_file():
        names = calls()
        close = nearest(str(call), names)
        tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
        known = ", ".join(names)
        raise UsageError(
            _("De oproep «{call}» bestaat niet; deze zijn er: {known}.{tail}").format(call=call, known=known, tail=tail)
        )
    if (folder / "templates").is_dir():
        return folder, folder / "templates"
    return folder, folder.parent.parent / "templates" / folder.name


def _files(folder: Path, templates: Path) -> dict[str, bytes]:
    """Give every file that says what the call is; drafts of Word and hidden files are none of them."""
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file() and _counts(path)}
    if templates.is_dir():
        for path in sorted(templates.rglob("*")):
            if path.is_file() and _counts(path):
                found[f"templates/{path.relative_to(templates).as_posix()}"] = path.read_bytes()
    return found


def _counts(path: Path) -> bool:
    return not path.name.startswith((".", "~$"))


@lru_cache(maxsize=16)
def _load(folder: Path, templates: Path, hashes: tuple[tuple[str, str], ...]) -> Call:
    files = _files(folder, templates)
    faults: list[Fault] = []
    entry = parse(files[CALL], CALL, faults)
    forms = {
        name.removesuffix(".toml"): read_form(data, name, faults)
        for name, data in files.items()
        if name.endswith(".toml") and "/" not in name and name not in (CALL, RULES)
    }
    codelists = {name: read_codelist(listed, files) for name, listed in entry.named("codelists").items()}
    values, rules = read_rules(files[RULES], RULES, faults) if RULES in files else ({}, ())
    main_form = entry.text("main_form")
    papers_name = f"templates/{PAPERS}"
    papers, clauses, insertions, settings, blanks = (
        read_papers(files[papers_name], papers_name, main_form, faults)
        if papers_name in files
        else ((), {}, (), {}, BlankWords())
    )
    if main_form and main_form not in forms:
        entry.unknown("main_form", main_form, forms)
    if entry.sound:
        _hold_codelists(forms, tuple(codelists), faults)
    _hold_forms(papers, forms, papers_name, faults)
    for rule in rules:
        if rule.form and rule.form not in forms:
            Entry({}, RULES, f"rule.{rule.code}", faults).unknown("form", rule.form, forms)
    call = read_call(
        entry,
        folder=folder,
        templates=templates,
        main_form=main_form,
        forms=forms,
        values=values,
        rules=rules,
        papers=papers,
        clauses=clauses,
        insertions=insertions,
        settings=settings,
        blanks=blanks,
        codelists=codelists,
        sha256=dict(hashes),
    )
    if faults:
        raise DefinitionError(list(dict.fromkeys(faults)))
    return call


def _hold_codelists(forms: dict[str, Form], known: tuple[str, ...], faults: list[Fault]) -> None:
    for name, form in forms.items():
        for field in form.fields():
            for each in (field, *field.columns):
                if each.codelist and each.codelist not in known:
                    path = f"field.{field.key}" + (f".column.{each.key}" if each is not field else "")
                    Entry({}, f"{name}.toml", path, faults).unknown("codelist", each.codelist, known)
        for earlier in form.earlier:
            for field in earlier.form.fields():
                if field.key in earlier.gone and field.codelist and field.codelist not in known:
                    path = f"earlier.{earlier.form.version}.field.{field.key}"
                    Entry({}, f"{name}.toml", path, faults).unknown("codelist", field.codelist, known)


def _hold_forms(papers: tuple[PaperDefinition, ...], forms: dict[str, Form], file: str, faults: list[Fault]) -> None:
    for paper in papers:
        if paper.form and paper.form not in forms:
            Entry({}, file, f"document.{paper.key}", faults).unknown("form", paper.form, forms)
