"""A paper that came back edited: held against what was issued, and taken over once a person accepts the changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pipeline import write
from pipeline.compare import Compared, closest, compare
from pipeline.compare.accepting import accepted
from pipeline.compare.change import WORDS, Change, Kind
from pipeline.compare.redline import redline
from pipeline.compare.telling import sentences, summary
from pipeline.compare.words import fold
from pipeline.dossier import Act, ActKind, Answer, Dossier, Issued, standing
from pipeline.errors import UsageError
from pipeline.form import Form
from pipeline.language import _
from pipeline.library import nearest
from pipeline.printed import paragraphs
from pipeline.register import Entry, Register
from pipeline.renderers import Paper
from pipeline.stated import Stated

_SHORT = 80
"""Letters of an answer of which a word is known again; longer ones are prose, in which any word may stand."""
_LEAST = 3
_LEFT = frozenset({Kind.COMMENT, Kind.INVISIBLE, Kind.LAYOUT})
"""Changes of which nothing is taken over: our own paper says and shows what it did."""
_TOLD = 12
"""Changes that a refusal names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file that a counterparty gave back."""

    name: str
    content: bytes
    accept: bool
    """Whether the person who issues accepts its changes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is issued of it."""

    paper: Paper
    act: Act
    """By which the changes were accepted."""
    beside: dict[str, bytes]
    """What is kept beside the issued paper, by the end of its name."""
    remarks: tuple[str, ...]
    """Where it no longer says what the dossier says."""


def issued_paper(register: Register, entry: Entry, asked: str) -> Issued:
    """Give the version of a paper that stands.

    Args:
        register: of the output folder.
        entry: the dossier.
        asked: the key of a paper, or the name of its file.

    Raises:
        UsageError: it was not issued, or once for each row, so that a name is needed.
    """
    stands = list(standing(register.issued().get(entry.key, ())).values())
    name = asked.removesuffix(".docx").removesuffix(".pdf")
    found = [one for one in stands if name in (one.paper, one.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            _("«{paper}» is meer dan eens uitgegeven: {names}. Geef één van die namen.").format(
                paper=asked, names=", ".join(one.name for one in found)
            )
        )
    known = [*dict.fromkeys(one.paper for one in stands), *(one.name for one in stands)]
    close = nearest(name, tuple(known))
    tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
    said = _("Van {number} is geen document «{paper}» uitgegeven; wel: {names}.").format(
        number=entry.key, paper=asked, names=", ".join(dict.fromkeys(known)) or _("geen enkel document")
    )
    raise UsageError(said + tail)


def issued_word(issued: Issued, folder: Path) -> bytes:
    """Give the Word file that a paper was issued from.

    Args:
        issued: the paper.
        folder: of its dossier.

    Raises:
        UsageError: it is gone, or no longer what was issued.
    """
    path = folder / issued.docx
    content = path.read_bytes() if path.is_file() else b""
    if write.sha256(content) != issued.docx_sha256:
        raise UsageError(
            _("«{file}» is weg of niet meer wat uitgegeven werd; zet het terug uit een reservekopie.").format(file=path)
        )
    return content


def refuse_another(register: Register, entry: Entry, issued: Issued, folder: Path, returned: bytes, name: str) -> None:
    """Refuse a file that came of a paper for another row: those differ in a few names only.

    Args:
        register: of the output folder.
        entry: the dossier.
        issued: the paper that it should be of.
        folder: of the dossier.
        returned: the file.
        name: how people know it.

    Raises:
        UsageError: it has more in common with another one.
        NotComparable: it cannot be read.
    """
    stands = standing(register.issued().get(entry.key, ())).values()
    others = [one for one in stands if one.paper == issued.paper and one.row != issued.row]
    if not others:
        return
    papers = {one.name: issued_word(one, folder) for one in (issued, *others)}
    found = closest(returned, papers)
    if found != issued.name:
        raise UsageError(
            _("«{name}» is een bewerking van «{found}», niet van «{paper}». Kijk na welk bestand u gaf.").format(
                name=name, found=found, paper=issued.name
            )
        )


def take(
    issued: Issued, folder: Path, number: str, paper: Paper, returned: Edited, *, by: str, why: str, on: dt.date
) -> Taken | str:
    """Give what is issued of a returned file, or why nothing is.

    What goes out is our own paper with the accepted changes, never the bytes that came back: what those hold beside
    the words that a person saw (hidden text, properties, macros of others) stays out.

    Args:
        issued: the version that the counterparty got.
        folder: of its dossier.
        number: of the dossier.
        paper: the paper as the dossier would make it now.
        returned: what came back.
        by: who issues, and accepts the changes.
        why: why they are accepted.
        on: the day.

    Raises:
        NotComparable: the file cannot be read.
        UsageError: it is another paper, or the issued one is gone.
    """
    compared = compare(issued_word(issued, folder), returned.content, returned.name, number)
    comparison = compared.comparison
    if not comparison.changes:
        return _("«{file}» zegt wat uitgegeven is; er is niets nieuws uit te geven.").format(file=returned.name)
    if all(change.kind in _LEFT for change in comparison.changes):
        told = "\n  ".join(sentences(comparison.changes))
        return _(
            "«{file}» zegt wie leest hetzelfde als wat uitgegeven is; er is niets nieuws uit te geven. "
            "Wel te bekijken:\n  {told}"
        ).format(file=returned.name, told=told)
    if not returned.accept:
        return _refusal(compared, returned.name)
    made = redline(compared, on)
    if made.missing:
        told = "\n  ".join(sentences(made.missing))
        return _(
            "Dit kan het programma niet overnemen: vraag het als gewone tekst, of haal het in Word uit «{file}» en "
            "geef dat opnieuw op; dan blijven de andere wijzigingen te aanvaarden.\n  {told}"
        ).format(file=returned.name, told=told)
    content = accepted(made.content)
    act = Act(
        ActKind.ACCEPT_CHANGES,
        target=issued.title,
        value="\n".join(_accepted(comparison.changes)),
        on=on,
        reference=f"sha256 {comparison.issued_sha256} → {comparison.returned_sha256}",
        why=why,
        by=by,
    )
    beside = {"teruggekregen": returned.content, "vergeleken": made.content}
    return Taken(replace(paper, content=content, stated=still_stated(paper, content)), act, beside, ())


def _accepted(changes: Sequence[Change]) -> Iterator[str]:
    """Tell what was accepted, and what of it our own paper does not take over."""
    yield from sentences([change for change in changes if change.kind not in _LEFT])
    for told in sentences([change for change in changes if change.kind in _LEFT]):
        yield _("Niet overgenomen: {told}").format(told=told)


def still_stated(paper: Paper, content: bytes) -> tuple[Stated, ...]:
    """Give what an accepted paper states of what the dossier would: each value that stands in it as often as before."""
    before, after = (" ".join(fold("\n".join(paragraphs(data))).split()) for data in (paper.content, content))

    def stands(stated: Stated) -> bool:
        words = " ".join(fold(stated.text).split())
        if not words:
            return True
        wanted = re.compile(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d)")
        return len(wanted.findall(after)) >= len(wanted.findall(before))

    return tuple(stated for stated in paper.stated if stands(stated))


def _refusal(compared: Compared, name: str) -> str:
    changes = compared.comparison.changes
    told = list(sentences(changes))
    more = [_("… en nog {number}").format(number=len(told) - _TOLD)] if len(told) > _TOLD else []
    lines = "\n  ".join([*told[:_TOLD], *more])
    return _(
        "«{name}» verschilt van wat uitgegeven werd, en niemand aanvaardde dat. {summary}\n  {lines}\n"
        "Bekijk alles met «compare»; wie de wijzigingen aanvaardt, geeft --accept-changes met --why en --by."
    ).format(name=name, summary=summary(compared.comparison), lines=lines)


def disagreements(now: bytes, content: bytes, dossier: Dossier, form: Form) -> tuple[str, ...]:
    """Say where an accepted paper no longer says what the dossier says: amounts, dates, answers.

    Args:
        now: the paper as the dossier makes it.
        content: the paper as it is issued.
        dossier: the dossier.
        form: its form, for the names of the questions.
    """
    return tuple(
        dict.fromkeys(
            sentence
            for change in compare(now, content).comparison.changes
            if change.kind in WORDS
            for sentence in _disagreement(change, dossier, form)
        )
    )


def _disagreement(change: Change, dossier: Dossier, form: Form) -> Iterator[str]:
    said = _("{where}: het dossier zegt «{before}»{name}, het document «{after}».")
    nothing = _("niets")
    for value in change.values:
        if value.before:
            name = _name(value.before, dossier, form)
            yield said.format(where=change.place, before=value.before, name=name, after=value.after or nothing)
    if not change.values and len(change.before) >= _LEAST:
        name = _name(change.before, dossier, form)
        if name:
            yield said.format(where=change.place, before=change.before, name=name, after=change.after or nothing)


def _name(text: str, dossier: Dossier, form: Form) -> str:
    """Name what of the dossier a text is; empty when it is nothing known."""
    decision = dossier.decision
    if decision is not None and _amount(text) == decision.granted:
        return _(" (het toegekende bedrag)")
    short = [(target, fold(answer.text)) for target, answer in _answers(dossier) if len(answer.text) <= _SHORT]
    wanted = re.compile(rf"(?<!\w){re.escape(fold(text))}(?!\w)")
    found = [target for target, said in short if said == fold(text)]
    found += [target for target, said in short if wanted.search(said)]
    return f" ({form.label_of(found[0])})" if found else ""


def _answers(dossier: Dossier) -> Iterator[tuple[str, Answer]]:
    for key, answer in dossier.answers.items():
        yield key, answer
        for row in answer.rows:
            yield from ((f"{key}.{row.number}.{column}", cell) for column, cell in row.cells.items())


def _amount(text: str) -> Decimal | None:
    found = re.fullmatch(r"(?:€\s*)?(\d{1,3}(?:[.\s]\d{3})*|\d+)(?:,(\d{1,2}))?(?:\s*euro)?", text.strip())
    if found is None:
        return None
    return Decimal(re.sub(r"\D", "", found[1]) + "." + (found[2] or "0"))


def kept_name(issued: Issued, what: str) -> str:
    """Give where something that is kept beside an issued paper lies, relative to the folder of the dossier."""
    return f"{issued.docx.removesuffix('.docx')} {what}.docx"
