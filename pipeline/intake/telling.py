"""What people should know of how a submission was opened, and of one that has no form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.dossier import Attachment, Role
from pipeline.intake.copies import FoundForm
from pipeline.intake.opening import Opened, Piece
from pipeline.language import _, enumerate_words, moment

_QUOTED = 200
"""Characters of the message of a mail that are shown; the whole message lies with the originals."""
_LISTED = 10
"""Files that are named when none of them is a form."""
_HOST = re.compile(r"https?://([\w.-]+)")


def notes(opened: Mapping[str, Opened], form: FoundForm, copies: Sequence[FoundForm]) -> list[str]:
    """Tell what was opened, what was left alone, and what people should read themselves.

    Args:
        opened: the mails and zips of the submission, by name.
        form: the form that counts.
        copies: the same form in other files.
    """
    told = [note for each in opened.values() for note in each.notes]
    if len(form.names) > 1:
        told.append(_("Hetzelfde formulier zit er meer dan eens bij: {names}.").format(names=_quoted(form.names)))
    for copy in copies:
        text = _("«{copy}» is hetzelfde formulier en spreekt «{form}» nergens tegen; «{form}» telt.")
        if copy.is_blank:
            text = _("«{copy}» is hetzelfde formulier, maar niet ingevuld; «{form}» telt.")
        told.append(text.format(copy=copy.name, form=form.name))
    for name, each in opened.items():
        if each.envelope is None:
            continue
        if name in form.brought_by:
            told.extend(each.envelope.notes)
        elif each.envelope.receipt.received is not None:
            text = _("«{name}» is ontvangen op {moment}; het formulier zit er niet in.")
            told.append(text.format(name=name, moment=moment(each.envelope.receipt.received)))
    pieces = [piece for each in opened.values() for piece in each.pieces]
    message = _("Bericht bij de inzending («{name}»): {text}")
    told += [message.format(name=p.name, text=_start(p)) for p in pieces if p.role is Role.MESSAGE]
    inline = [piece.name for piece in pieces if piece.role is Role.INLINE]
    if inline:
        text = _("Deze beelden staan in de tekst van een bericht en tellen niet als bijlage: {names}.")
        told.append(text.format(names=_quoted(inline)))
    return told


def what_came(opened: Iterable[Opened], attachments: Sequence[Attachment]) -> str:
    """Say what came in without a form: of whom, about what, with which files, or where they may lie instead."""
    mails = [each for each in opened if each.envelope is not None]
    words = []
    for envelope in [each.envelope for each in mails[:1] if each.envelope is not None]:
        if envelope.receipt.sender:
            words.append(_("van {sender}").format(sender=envelope.receipt.sender))
        if envelope.subject:
            words.append(_("onderwerp «{subject}»").format(subject=envelope.subject[:_QUOTED]))
    files = [attachment.name for attachment in attachments if attachment.role is Role.ATTACHMENT]
    if files:
        listed = files if len(files) <= _LISTED else [*files[:_LISTED], "…"]
        words.append(_("met {names}").format(names=_quoted(listed)))
    else:
        words.append(_("zonder bijlagen"))
        said = " ".join(_text(piece) for each in mails for piece in each.pieces if piece.role is Role.MESSAGE)
        hosts = sorted(set(_HOST.findall(said)))
        if hosts:
            words.append(_("wel met koppelingen naar {hosts}").format(hosts=enumerate_words(hosts[:_LISTED])))
    return ", ".join(words)


def _quoted(names: Sequence[str]) -> str:
    return enumerate_words(f"«{name}»" for name in names)


def _text(piece: Piece) -> str:
    return piece.data.decode("utf-8", "replace")


def _start(piece: Piece) -> str:
    text = " ".join(_text(piece).split())
    return text if len(text) <= _QUOTED else text[:_QUOTED].rpartition(" ")[0] + " …"
