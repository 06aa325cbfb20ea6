"""What people should know beside the findings: refused, received twice, changed by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline import frozen, language, report, write
from pipeline.dossier import Receipt
from pipeline.errors import Reason
from pipeline.language import _
from pipeline.register import Delivery, Entry, MadeFile, Refused, Register
from pipeline.report import Line
from pipeline.run.desk import Desk, Trouble


def refusals(desk: Desk, deliveries: Iterable[Delivery]) -> tuple[report.ToldRefusal, ...]:
    """Tell what was received and became no dossier."""
    from pipeline.readers.reasons import explain

    refused: dict[str, Refused] = desk.register.refused()
    told = []
    for delivery in deliveries:
        refusal = refused.get(delivery.content)
        if refusal:
            what, remedy = explain(Reason(refusal.reason), refusal.detail)
            told.append(report.ToldRefusal(delivery.path, refusal.reason, what, remedy, refusal.folder))
    return tuple(told)


def delivered_twice(entries: Sequence[Entry], deliveries: Sequence[Delivery]) -> list[str]:
    """Tell what lies in an inbox more than once, or in several, which are named then."""
    lying = defaultdict(list)
    for delivery in deliveries:
        lying[delivery.content].append(delivery)
    return [
        _("{key}: tweemaal of vaker ontvangen, één dossier: {paths}.").format(
            key=entry.key, paths=language.enumerate_words(f"«{path}»" for path in _paths(lying[entry.content]))
        )
        for entry in entries
        if len(lying.get(entry.content, ())) > 1
    ]


def _paths(deliveries: Sequence[Delivery]) -> list[str]:
    if len({delivery.inbox for delivery in deliveries}) == 1:
        return [delivery.path for delivery in deliveries]
    return [f"{delivery.inbox}/{delivery.path}" for delivery in deliveries]


def moments_that_differ(envelopes: Mapping[str, Receipt], deliveries: Iterable[Delivery]) -> list[str]:
    """Tell where the list of the inbox and the mail itself say another moment of receipt; the list counts."""
    from pipeline.readers.receipt import differ

    told = []
    for delivery in deliveries:
        listed, mailed = delivery.receipt, envelopes.get(delivery.content)
        if mailed and mailed.received and listed.received and differ(listed.received, mailed.received):
            text = _("«{path}»: {proof} zegt ontvangen op {listed}, de mail zelf {mailed} ({header}). De lijst telt.")
            told.append(
                text.format(
                    path=delivery.path,
                    proof=listed.proof,
                    listed=language.moment(listed.received),
                    mailed=language.moment(mailed.received),
                    header=mailed.proof,
                )
            )
    return told


def same_mail(envelopes: Mapping[str, Receipt], entries: Iterable[Entry]) -> list[str]:
    """Tell which dossiers came in one and the same mail, saved in several files (`.eml`, `.msg`)."""
    together = defaultdict(list)
    for entry in entries:
        mailed = envelopes.get(entry.content)
        if mailed and mailed.message and not entry.owner:
            together[mailed.message].append(entry.key)
    text = _("{keys} kwamen in dezelfde mail, in verschillende bestanden bewaard; trek in wat te veel is (withdraw).")
    return [text.format(keys=language.enumerate_words(keys)) for keys in together.values() if len(keys) > 1]


def changed_by_hand(
    desk: Desk, entries: Sequence[Entry], made: Mapping[str, Mapping[str, MadeFile]], trouble: Trouble
) -> dict[str, str]:
    """Tell which files a person changed, each with the hash of what it is now."""
    changed = {}
    for entry in entries:
        for file in made.get(entry.key, {}).values():
            path = desk.folder(entry) / file.name
            now = write.sha256_of(path) if file.sha256 and path.is_file() else file.sha256
            if now != file.sha256:
                text = _("«{file}» is met de hand gewijzigd en blijft zoals het is.")
                changed[text.format(file=f"{entry.folder}/{file.name}")] = now
    for kept_beside in kept(desk, trouble):
        if (desk.output / kept_beside).exists():
            text = _("«{file}» is een versie die met de hand gewijzigd was; ernaast ligt de nieuwe.")
            changed[text.format(file=kept_beside)] = ""
    return changed


def damaged(register: Register, output: Path, entries: Iterable[Entry]) -> list[str]:
    """Tell which issued papers, and which signed copies, are gone or no longer what left or came in.

    Args:
        register: of the output folder.
        output: the folder.
        entries: the dossiers to look at.
    """
    issued, copies = register.issued(), register.copies()
    told = []
    for entry in entries:
        folder = output / entry.folder
        for one in issued.get(entry.key, ()):
            told += [damage(f"{entry.folder}/{name}") for name in frozen.damaged(one, folder)]
        for copy in copies.get(entry.key, ()):
            path = folder / copy.file
            if not path.is_file() or write.sha256_of(path) != copy.sha256:
                told.append(damage(f"{entry.folder}/{copy.file}", copy=True))
    return told


def damage(file: str, *, copy: bool = False) -> str:
    """Say that a file is gone or changed, and what to do.

    Args:
        file: the file, as people find it.
        copy: whether it is a signed copy, and no issued paper.
    """
    text = (
        _("«{file}» is weg of niet meer het exemplaar dat bewaard werd. Zet het terug uit een reservekopie.")
        if copy
        else _("«{file}» is weg of niet meer wat uitgegeven werd. Zet het terug uit een reservekopie.")
    )
    return text.format(file=file)


def no_longer_so(fresh: Iterable[Line]) -> list[str]:
    """Tell which issued papers state what the dossiers just made no longer say."""
    text = _("{key}: {title}, {issued}, stemt niet meer overeen met het dossier. {why}")
    return [
        text.format(key=line.key, title=paper.title, issued=paper.issued, why=paper.differs)
        for line in fresh
        for paper in line.papers
        if paper.differs
    ]


def not_printed(entries: Iterable[Entry], made: Mapping[str, Mapping[str, MadeFile]]) -> list[str]:
    """Tell which papers have no PDF, and why."""
    return [
        _("«{file}» is er niet. {why}").format(file=f"{entry.folder}/{file.name}", why=file.problem)
        for entry in entries
        for file in made.get(entry.key, {}).values()
        if file.problem
    ]


def supplements(desk: Desk, fresh: Iterable[Line]) -> list[str]:
    """Tell what the supplements that came in today did not close, and why."""
    return [
        _("{key}: aanvulling {number} («{file}»): {told}").format(
            key=line.key, number=supplement.number, file=supplement.source.name, told=told
        )
        for line in fresh
        for supplement in line.supplements
        if supplement.registered == desk.settings.today
        for told in supplement.told
    ]


def look_again(fresh: Iterable[Line]) -> list[str]:
    """Tell which corrections of the dossiers just made ask for a look, and what of earlier versions does not hold."""
    return [f"{line.key}: {' '.join([again.text, *again.lines])}" for line in fresh for again in line.look_again]


def kept(desk: Desk, trouble: Trouble) -> list[str]:
    """Give every file that was set aside because a person had changed it, those of earlier runs too."""
    known: list[str] = json.loads(desk.register.setting("kept") or "[]")
    if trouble.kept:
        known = sorted({*known, *trouble.kept})
        with desk.register.change() as changes:
            changes.set("kept", json.dumps(known))
    return known
