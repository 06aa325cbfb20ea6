"""Papers issued: made final, printed, given their place in `uitgegeven`, and frozen from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipeline import frozen, language, office, pdf, write
from pipeline.dossier import ISSUED_FOLDER, Act, ActKind, Issued, standing
from pipeline.errors import UsageError
from pipeline.language import _
from pipeline.library import nearest
from pipeline.register import Entry
from pipeline.renderers import Paper, Refusal
from pipeline.run.desk import Desk, Trouble
from pipeline.run.edited import Edited, Taken, disagreements, kept_name, refuse_another, take
from pipeline.run.looking import render_again
from pipeline.run.originals import mend
from pipeline.run.processing import process
from pipeline.run.sealing import about, read_where, seal
from pipeline.written import DOSSIER, read_dossier


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of `issue`."""

    by: str
    on: dt.date
    replace: bool = False
    """Whether a next version may take the place of an issued one."""
    why: str = ""
    returned: Edited | None = None
    """What a counterparty gave back of an issued paper, to be issued in its place."""


@dataclass(frozen=True, slots=True)
class NotIssued:
    """A paper that was not issued."""

    title: str
    reason: str
    """In plain Dutch, with what to do."""
    before: bool = False
    """Whether it was issued before, so that nothing is amiss."""


def issue(
    desk: Desk, entry: Entry, papers: Sequence[str], wish: Wish
) -> tuple[tuple[Issued, ...], tuple[NotIssued, ...]]:
    """Issue papers of a dossier; each that cannot be is told, and keeps no other from being issued.

    Args:
        desk: the desk of the output folder.
        entry: the dossier, or what joined it.
        papers: keys of papers, or names of their files; none: every paper that the call issues.
        wish: by whom, when, and whether issued ones are replaced.

    Returns:
        What was issued, and what was not.

    Raises:
        UsageError: a paper does not exist or is not issued.
        DefinitionError: a template is wrong.
    """
    process_first(desk)
    ready: list[tuple[Paper, Issued]] = []
    left: list[NotIssued] = []
    taken = {one.name for one in desk.register.issued().get(entry.key, ())}
    returned: dict[str, Taken] = {}
    for paper in _wanted(desk, entry, papers):
        if isinstance(paper, Refusal):
            left.append(NotIssued(paper.title, paper.reason))
            continue
        came = _returned(desk, entry, paper, wish, wish.returned) if wish.returned else None
        if isinstance(came, str):
            left.append(NotIssued(paper.title, came))
            continue
        final = came.paper if came else paper
        planned = _planned(desk, entry, final, wish, taken)
        if isinstance(planned, NotIssued):
            left.append(planned)
        else:
            taken.add(planned.name)
            ready.append((final, planned))
            if came:
                returned[planned.name] = came
    printed = office.convert(
        {issued.name: paper.content for paper, issued in ready},
        markers={issued.name: entry.number for _paper, issued in ready},
        archive=pdf.Archive.CONTRACT,
    )
    done: list[Issued] = []
    known = about(desk, entry)
    for paper, issued in ready:
        plain = printed[issued.name]
        if isinstance(plain, str):
            left.append(NotIssued(issued.title, plain))
            continue
        sealed = seal(plain, paper, issued, known)
        if sealed.faults:
            left.append(NotIssued(issued.title, "\n  ".join(sealed.faults)))
            continue
        came = returned.get(issued.name)
        beside = {kept_name(issued, each): data for each, data in came.beside.items()} if came else {}
        origins = read_where(paper, issued, known)
        files = {issued.docx: paper.content, issued.pdf: sealed.content, issued.stated: origins, **beside}
        _freeze(desk, entry, files)
        remarks = (*sealed.remarks, *(came.remarks if came else ()))
        pdf_hash, origins_hash = write.sha256(sealed.content), write.sha256(origins)
        done.append(replace(issued, pdf_sha256=pdf_hash, stated_sha256=origins_hash, remarks=remarks))
    with desk.register.change() as changes:
        for issued in done:
            changes.issue(entry.key, issued)
            if issued.name in returned:
                changes.act(entry.key, returned[issued.name].act)
            act = Act(ActKind.ISSUE, issued.title, issued.pdf, issued.on, why=issued.why, by=issued.by)
            changes.act(entry.key, act)
    return tuple(done), tuple(left)


def process_first(desk: Desk) -> None:
    """Bring the dossiers up to date, so that what is issued is what they say now.

    Raises:
        UsageError: that cannot be; nothing is issued of what may be old.
    """
    trouble = Trouble()
    mend(desk)
    process(desk, {}, trouble)
    if trouble.faults or trouble.unread:
        why = " ".join([*(str(fault) for fault in trouble.faults), *trouble.remarks])
        raise UsageError(_("Er is niets uitgegeven: de dossiers zijn niet bij. {why}").format(why=why))


def _wanted(desk: Desk, entry: Entry, papers: Sequence[str]) -> list[Paper | Refusal]:
    """Render the papers that are meant."""
    known = [paper.key for paper in desk.call.papers if paper.form == entry.form and paper.issue]
    rendered = {
        key: render_again(desk.call, desk.register, desk.output, entry, key, desk.settings.today, record=True)
        for key in known
    }
    if not papers:
        return [result for key in known for result in rendered[key]]
    names = {result.filename: result for key in known for result in rendered[key] if isinstance(result, Paper)}
    chosen: list[Paper | Refusal] = []
    for asked in papers:
        name = asked.removesuffix(".docx").removesuffix(".pdf")
        if name in rendered:
            if not rendered[name]:
                raise UsageError(_("{key} krijgt het document «{paper}» nu niet.").format(key=entry.key, paper=name))
            chosen += rendered[name]
        elif name in names:
            chosen.append(names[name])
        else:
            raise UsageError(_not_issued(desk, entry, asked, list(dict.fromkeys((*known, *names)))))
    return list({id(result): result for result in chosen}.values())


def _not_issued(desk: Desk, entry: Entry, asked: str, known: Collection[str]) -> str:
    others = [paper.key for paper in desk.call.papers if paper.form == entry.form and not paper.issue]
    if asked in others:
        return _("«{paper}» wordt niet uitgegeven om te ondertekenen; wel: {keys}.").format(
            paper=asked, keys=", ".join(known) or _("geen enkel document")
        )
    close = nearest(asked, tuple(known))
    tail = _(" Bedoelde u «{close}»?").format(close=close) if close else ""
    return (
        _("{number} krijgt geen document «{paper}» dat uitgegeven wordt; wel: {keys}.").format(
            number=entry.key, paper=asked, keys=", ".join(known) or _("geen enkel document")
        )
        + tail
    )


def _returned(desk: Desk, entry: Entry, paper: Paper, wish: Wish, returned: Edited) -> Taken | str:
    """Give what is issued of a file that came back, or why nothing is."""
    before = standing(desk.register.issued().get(entry.key, ())).get((paper.key, paper.row))
    if before is None:
        return _("Het is nog niet uitgegeven: er is niets om «{file}» mee te vergelijken.").format(file=returned.name)
    folder = desk.folder(entry)
    refuse_another(desk.register, entry, before, folder, returned.content, returned.name)
    came = take(before, folder, entry.number, paper, returned, by=wish.by, why=wish.why, on=wish.on)
    if isinstance(came, str):
        return came
    dossier = read_dossier(desk.call, folder / DOSSIER)
    told = disagreements(paper.content, came.paper.content, dossier, desk.call.forms[entry.form])
    return replace(came, remarks=told)


def _planned(desk: Desk, entry: Entry, paper: Paper, wish: Wish, taken: Collection[str]) -> Issued | NotIssued:
    """Say under which name and as which version a paper is issued, or why it is not."""
    title = paper.title if paper.row is None else f"{paper.title} {paper.row}"
    before = standing(desk.register.issued().get(entry.key, ())).get((paper.key, paper.row))
    hash_ = write.sha256(paper.content)
    if before and not wish.replace:
        return NotIssued(title, frozen.why_left(before, entry.key, desk.folder(entry)), before=True)
    if paper.draft:
        return NotIssued(title, _("Het is nog een ontwerp: {why}").format(why=" ".join(paper.reasons)))
    if before and before.docx_sha256 == hash_:
        return NotIssued(title, _("Een nieuwe versie zou hetzelfde zeggen als «{file}».").format(file=before.pdf))
    if wish.replace and not before:
        return NotIssued(title, _("Het is nog niet uitgegeven; laat --replace weg."))
    if paper.dated and paper.dated > wish.on:
        return NotIssued(
            title,
            _("Het is gedateerd op {dated}, na {on}. Kijk --on na.").format(
                dated=language.date_long(paper.dated), on=language.date_long(wish.on)
            ),
        )
    for file in desk.register.made().get(entry.key, {}).values():
        path = desk.folder(entry) / file.name
        if file.sha256 == hash_ and path.is_file() and write.sha256_of(path) != hash_:
            return NotIssued(
                title,
                _(
                    "«{file}» is met de hand gewijzigd, en dat zou verloren gaan. Verbeter de gegevens met «correct», "
                    "of verwijder het bestand en doe «issue» opnieuw."
                ).format(file=path),
            )
    version = before.version + 1 if before else 1
    name, number = paper.filename if version == 1 else f"{paper.filename}-{version}", version
    while name in taken:
        number += 1
        name = f"{paper.filename}-{number}"
    return Issued(
        paper=paper.key,
        row=paper.row,
        title=title,
        version=version,
        name=name,
        pdf_sha256="",
        docx_sha256=hash_,
        on=wish.on,
        by=wish.by,
        why=wish.why,
        dated=paper.dated,
        signatories=paper.signatories,
    )


def _freeze(desk: Desk, entry: Entry, files: dict[str, bytes]) -> None:
    """Give an issued paper its place; what lies there unknown to the register is kept beside it."""
    staging = desk.staging / ISSUED_FOLDER
    staged = write.stage(staging, files)
    (desk.folder(entry) / ISSUED_FOLDER).mkdir(parents=True, exist_ok=True)
    write.install(staging, desk.folder(entry), staged, {})
    write.settle(desk.folder(entry) / ISSUED_FOLDER)
