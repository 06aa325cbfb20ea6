"""A call: everything its folders say, as frozen types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.form import Form
from pipeline.library.blank_words import BlankWords
from pipeline.rule import Parameter, Rule


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that the call does not state; unconfirmed, it keeps every paper that prints it a draft."""

    key: str
    title: str
    text: tuple[str, ...]
    """Paragraphs; each a text template over the facts."""
    confirmed_by: str = ""
    confirmed_on: dt.date | None = None

    @property
    def confirmed(self) -> bool:
        """Whether a jurist confirmed the text."""
        return bool(self.confirmed_by) and self.confirmed_on is not None


@dataclass(frozen=True, slots=True)
class SignatoryDefinition:
    """A party that signs a paper: one person, or one for each row of a table."""

    key: str
    """Of its mark in the template, `{{ handtekening.KEY }}`, and in the names of its fields."""
    name: str
    """Text template over the facts, and over `signer` when there are rows."""
    role: str
    """Text template, as `name`."""
    label: str = ""
    """Text template over `name` and `role` as well: what the mark says. Empty: «Handtekening van» both."""
    each: str = ""
    """Expression that gives rows: a person for each, as `signer`. Its mark is `{{ handtekening.KEY[row.number] }}`."""
    order: int = 0
    """Turn in which it is signed; 0: at any time."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """What papers hold beside text, the same in each: a picture, a whole Word file, a link, or what replaces one."""

    key: str
    """Name under which templates print it; of what replaces something, how faults name it."""
    file: str = ""
    """Name of the picture or other file in the template folder."""
    replaces: str = ""
    """Of what stands in a template and is replaced by the file: its name or alt text in Word, or its file's name."""
    alt: str = ""
    """Of a picture: words for who cannot see it."""
    width: int = 0
    """Of a picture: millimetres."""
    link: str = ""
    """Address to which a link leads."""
    text: str = ""
    """Words of a link."""

    @property
    def level(self) -> str:
        """How its tag begins: `{{ logo }}` a picture, `{{p deel }}` a file, `{{r website }}` a link."""
        return "r" if self.link else "p" if self.file.endswith(".docx") else ""


@dataclass(frozen=True, slots=True)
class PaperDefinition:
    """One kind of paper that the call gives out."""

    key: str
    title: str
    template: str
    """File name in the template folder of the call."""
    form: str
    """Key of the form whose answers it states."""
    filename: str
    """Text template over the facts, without ending."""
    when: str = "true"
    """Expression: whether this dossier gets the paper."""
    final_when: str = "granted is given"
    """Expression: while false, the paper carries ONTWERP on every page."""
    draft_reason: str = ""
    """Text template: why it is a draft, while `final_when` is false."""
    each: str = ""
    """Expression that gives rows: one paper for each, as `row`."""
    clauses: tuple[str, ...] = ()
    """Keys of the clauses that it prints."""
    stopped_by_findings: bool = True
    """Whether a finding that stops papers refuses the final paper."""
    signatories: tuple[SignatoryDefinition, ...] = ()
    """Who signs, in the order of the paper."""
    issue: bool = False
    """Whether it is issued to be signed: frozen, with a field for every signatory."""


@dataclass(frozen=True, slots=True)
class OverviewColumn:
    """A column of the register sheet and of the report."""

    label: str
    value: str
    """Expression over the facts."""
    kind: str = "text"
    """text, amount, date, percentage, integer, moment."""
    total: bool = False
    width: int = 16


@dataclass(frozen=True, slots=True)
class Overview:
    """What the register and the report show of a dossier."""

    columns: tuple[OverviewColumn, ...]
    applicant: str
    """Expression: who applies, in the report's charts and in folder names."""
    subject: str
    """Expression: what it is about (the neighbourhood)."""
    requested: str
    """Expression: amount requested."""
    available: str
    """Expression: amount available for the whole call."""


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """A line of the heading of a supplement."""

    label: str
    value: str
    """Text template over the facts; where it gives nothing, the line is left out."""
    identifies: bool = False
    """Whether a form that says something else here belongs to another dossier."""


@dataclass(frozen=True, slots=True)
class SupplementDefinition:
    """The form with which an applicant supplies what a dossier lacks."""

    title: str
    """By which it is recognised when it comes back."""
    intro: str
    """Text template over `parameters`, `planning`, `settings`, the bodies, `paper_date` and `until`."""
    head: tuple[SupplementLine, ...]
    """After the number of the dossier and that of the supplement, which every form has."""
    letter: str = ""
    """Key of the paper that goes with it; empty when none does."""
    until: str = ""
    """Expression that gives the last day to answer; empty: the call sets none."""
    until_when: str = "true"
    """Expression; where false there is no last day."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its forms, rules, papers and code lists."""

    key: str
    title: str
    language: str
    folder: Path
    templates: Path
    main_form: str
    """Key of the form that opens a dossier; the others join one by `join_field`."""
    number_format: str
    """Text template with `volgnummer`: `WVC-2021-{{ '%04d' % volgnummer }}`."""
    join_field: str
    """Field of the other forms that names the dossier they belong to; may be empty."""
    duplicate_fields: tuple[str, ...]
    """Two dossiers with the same values here are the same proposal."""
    applicant_fields: tuple[str, ...]
    """Two dossiers with the same values here come from the same applicant."""
    requested_field: str
    """Field that a decision's amount replaces when award rules run again."""
    planning: Mapping[str, Parameter]
    parameters: Mapping[str, Parameter]
    bodies: Mapping[str, Any]
    """Everything else that papers name: `afzender`, `contact`, `partij` …, nested as the TOML gives it."""
    forms: Mapping[str, Form]
    values: Mapping[str, str]
    """Named intermediate values: expressions over the facts, in the order of the file."""
    rules: tuple[Rule, ...]
    papers: tuple[PaperDefinition, ...]
    clauses: Mapping[str, Clause]
    insertions: tuple[Insertion, ...]
    settings: Mapping[str, Any]
    """`[instellingen]` of documenten.toml, for templates."""
    blanks: BlankWords
    """By which a paper shows that something is left to fill in: those of its language, and its own."""
    codelists: Mapping[str, Mapping[str, Mapping[str, str]]]
    """Name of the list → key → its other columns."""
    overview: Overview
    supplement: SupplementDefinition
    sha256: Mapping[str, str] = field(default_factory=dict)
    """File name → hash of every definition, rule, code list and template of the call."""

    @property
    def form(self) -> Form:
        """The form that opens a dossier."""
        return self.forms[self.main_form]

    def identifying_fields(self, form: Form) -> tuple[str, ...]:
        """Give the fields of a form that tell whose submission it is, in the order of the form."""
        wanted = {*self.applicant_fields, *self.duplicate_fields} if form.key == self.main_form else {self.join_field}
        return tuple(field.key for field in form.fields() if field.key in wanted and not field.columns)

    def paper(self, key: str) -> PaperDefinition:
        """Give the paper with this key; KeyError if there is none."""
        for paper in self.papers:
            if paper.key == key:
                return paper
        raise KeyError(key)
