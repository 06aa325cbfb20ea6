"""Papers: the TOML of what a call gives out, as papers, clauses, insertions and settings."""

from __future__ import annotations

from typing import Any

from pipeline.errors import Fault
from pipeline.language import _
from pipeline.library.blank_words import TABLE, BlankWords, read_blank_words
from pipeline.library.call import Clause, Insertion, PaperDefinition, SignatoryDefinition
from pipeline.library.entry import Entry, parse, refuse_doubles

_PICTURES = (".png", ".jpg", ".jpeg")
_ADDRESSES = ("https://", "http://", "mailto:")


def read_papers(
    data: bytes, file: str, main_form: str, faults: list[Fault]
) -> tuple[tuple[PaperDefinition, ...], dict[str, Clause], tuple[Insertion, ...], dict[str, Any], BlankWords]:
    """Read the papers, clauses, insertions, settings and the words that mark a blank; faults are added to `faults`."""
    entry = parse(data, file, faults)
    entries = entry.entries("document", "key")
    papers = tuple(_paper(paper, main_form) for paper in entries)
    refuse_doubles(zip(entries, (paper.key for paper in papers), strict=True), _("Het document"))
    clause_entries = entry.entries("clausule", "key")
    clauses = [_clause(clause) for clause in clause_entries]
    refuse_doubles(zip(clause_entries, (clause.key for clause in clauses), strict=True), _("De clausule"))
    insertion_entries = entry.entries("invoeging", "key")
    insertions = tuple(_insertion(one) for one in insertion_entries)
    refuse_doubles(zip(insertion_entries, (one.key for one in insertions), strict=True), _("De invoeging"))
    settings = dict(entry.entry("instellingen").values)
    blanks = read_blank_words(entry.entry(TABLE))
    entry.close()
    return papers, {clause.key: clause for clause in clauses}, insertions, settings, blanks


def _paper(entry: Entry, main_form: str) -> PaperDefinition:
    paper = PaperDefinition(
        key=entry.key(),
        title=entry.text("title"),
        template=entry.text("template"),
        form=entry.text("form", main_form),
        filename=entry.text("filename"),
        when=entry.text("when", "true"),
        final_when=entry.text("final_when", "granted is given"),
        draft_reason=entry.text("draft_reason", ""),
        each=entry.text("each", ""),
        clauses=entry.texts("clauses"),
        stopped_by_findings=entry.flag("stopped_by_findings", default=True),
        signatories=_signatories(entry),
        issue=entry.flag("issue"),
    )
    if paper.issue and not paper.signatories:
        entry.fault("issue", _("Een document dat uitgegeven wordt, heeft ondertekenaars ([[document.signatories]])."))
    entry.close()
    return paper


def _signatories(entry: Entry) -> tuple[SignatoryDefinition, ...]:
    entries = entry.entries("signatories", "key")
    found = []
    for one in entries:
        found.append(
            SignatoryDefinition(
                key=one.key(),
                name=one.text("name"),
                role=one.text("role"),
                label=one.text("label", ""),
                each=one.text("each", ""),
                order=one.whole("order", 0),
            )
        )
        one.close()
    refuse_doubles(zip(entries, (one.key for one in found), strict=True), _("De ondertekenaar"))
    return tuple(found)


def _insertion(entry: Entry) -> Insertion:
    made = Insertion(
        key=entry.key(),
        file=entry.text("file", ""),
        alt=entry.text("alt", ""),
        width=entry.whole("width", 0),
        link=entry.text("link", ""),
        text=entry.text("text", ""),
        replaces=entry.text("replaces", ""),
    )
    if made.replaces:
        _hold_replacing(entry, made)
    elif bool(made.file) == bool(made.link):
        entry.fault("file", _("Een invoeging heeft een bestand (file) of een adres (link), niet allebei."))
    elif made.link:
        if not made.link.startswith(_ADDRESSES):
            entry.fault("link", _("Een adres begint met https://, http:// of mailto:."))
        if not made.text:
            entry.fault("text", _("Zeg welke woorden naar het adres leiden (text)."))
    elif not made.file.endswith((*_PICTURES, ".docx")):
        entry.fault("file", _("Voeg een afbeelding (.png, .jpg) of een Word-bestand (.docx) in."))
    elif made.file.endswith(_PICTURES):
        if not made.alt:
            entry.fault("alt", _("Zeg in woorden wat de afbeelding toont (alt), voor wie ze niet ziet."))
        if not made.width:
            entry.fault("width", _("Zeg hoe breed de afbeelding is, in millimeter (width)."))
    entry.close()
    return made


def _hold_replacing(entry: Entry, made: Insertion) -> None:
    """Report what a file that replaces another lacks, or has beside it: size and alt text are those of the template."""
    if not made.file:
        entry.fault("file", _("Zeg welk bestand in de plaats komt (file)."))
    for key in ("alt", "width", "link", "text"):
        if entry.has(key):
            message = _(
                "Wat in de plaats komt (replaces), houdt maat en alternatieve tekst uit het sjabloon; haal dit weg."
            )
            entry.fault(key, message)


def _clause(entry: Entry) -> Clause:
    clause = Clause(
        key=entry.key(),
        title=entry.text("title"),
        text=entry.texts("text", None),
        confirmed_by=entry.text("confirmed_by", ""),
        confirmed_on=entry.day("confirmed_on"),
    )
    if bool(clause.confirmed_by) != (clause.confirmed_on is not None):
        entry.fault("confirmed_by", _("Een bevestiging heeft een naam (confirmed_by) én een datum (confirmed_on)."))
    entry.close()
    return clause
