"""Which file of a submission is the form; the others are attachments."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Document
from pipeline.dossier import Attachment, Extraction, Receipt, Role
from pipeline.errors import Reason, Unreadable
from pipeline.form import Form
from pipeline.intake.copies import FoundForm, the_one_that_counts
from pipeline.intake.opening import Opened, Piece, ToRead, open_file
from pipeline.intake.telling import notes, what_came
from pipeline.language import _
from pipeline.library import Call
from pipeline.supplement import KEY, WHOSE, form_of, is_supplement

_NOT_THE_FORM = frozenset(
    {
        Reason.NOT_A_FORM,
        Reason.WRONG_KIND,
        Reason.SCAN,
        Reason.PHOTO,
        Reason.COARSE,
        Reason.SHEETS,
        Reason.LETTERS,
    }
)
"""Reasons why a file beside others is an attachment and nothing to worry about."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The form of a submission, read, and what came with it."""

    extraction: Extraction
    """With notes on what was opened and what was left alone."""
    attachments: tuple[Attachment, ...]
    receipt: Receipt | None
    """What the mail says that brought the form; None when no mail did."""
    bundles: tuple[str, ...]
    """Names of the files that were opened into others."""


FormsOf = Callable[[str, str], Form]
"""Number of a dossier, and of a request to it as a supplement writes it → the form with which that is read."""


def choose(call: Call, files: Sequence[ToRead], supplement: FormsOf | None = None) -> Chosen:
    """Read every file, and choose the one that is a form of the call.

    Args:
        call: the call.
        files: a loose file, or all files of a folder; a mail or zip stands for what is in it.
        supplement: with which a supplement is read; without it only the heading of one is read.

    Raises:
        Unreadable: none of them is a form, or several are; or the only file cannot be read.
    """
    if not files:
        raise Unreadable(Reason.EMPTY, "de map bevat geen bestanden")
    found = _Found(call, supplement, alone=len(files) == 1)
    for file in files:
        found.take(file.name, open_file(file))
    if not found.forms:
        raise found.refusal(alone=len(files) == 1)
    forms = tuple(found.forms.values())
    supplements = tuple(form for form in forms if form.form.key == KEY)
    return found.chosen(the_one_that_counts(call, supplements or forms))


class _Found:
    """What was found in the files of a submission so far."""

    def __init__(self, call: Call, supplement: FormsOf | None, *, alone: bool) -> None:
        self._call = call
        self._forms_of = supplement
        self._alone = alone
        self.forms: dict[str, FoundForm] = {}
        """By hash: a form that came twice is one form."""
        self._attachments: list[Attachment] = []
        self._known: set[tuple[str, str]] = set()
        self._opened: dict[str, Opened] = {}
        self._refused: list[tuple[Piece, Unreadable]] = []
        self._pasted: list[str] = []
        self._sheets: dict[str, Extraction] = {}
        """Rows that did not fit in the form, by hash: a sheet that came twice is one sheet."""
        self._stray: list[str] = []
        """Sheets of a supplement that was not asked, or that asked no rows."""

    def take(self, name: str, opened: Opened) -> None:
        """Take in a file of the submission, or what is in it."""
        if opened.is_bundle:
            self._opened[name] = opened
        only = self._alone and sum(piece.role is Role.ATTACHMENT for piece in opened.pieces) == 1
        for piece in opened.pieces:
            form = self.forms.get(piece.sha256)
            same = (piece.sha256, piece.name.rpartition("/")[2].casefold())
            if form is not None:
                form.brought_by.append(name)
                form.names.append(piece.name)
            elif same not in self._known and piece.sha256 not in self._sheets:
                self._known.add(same)
                self._look_at(piece, name, only=only)

    def _look_at(self, piece: Piece, brought_by: str, *, only: bool) -> None:
        from pipeline import extract, readers
        from pipeline.readers.said import read_said

        if piece.fault is not None:
            self._refuse(piece, piece.fault)
            return
        if piece.role is Role.MESSAGE:
            self._attach(piece, "text/plain", "")
            if _is_form(self._call, read_said(piece.data.decode("utf-8", "replace"), piece.name)):
                self._pasted.append(piece.name)
            return
        if piece.role is not Role.ATTACHMENT:
            media_type = piece.media_type or readers.inspect(piece.data, piece.name)[0]
            self._attach(piece, media_type, "")
            return
        try:
            wanted = None if only else self._is_wanted
            document = readers.read(piece.data, piece.name, answers_only=True, wanted=wanted)
            continued = extract.continues(document, self._titled())
            if continued is not None:
                whose = WHOSE if continued.key == KEY else ()
                whole = self._form_of(document) if whose else continued
                if whose and not any(field.columns for field in whole.fields()):
                    self._stray.append(piece.name)
                else:
                    self._sheets[piece.sha256] = extract.extract_sheet(document, whole, self._call, whose)
                sheet = replace(piece, role=Role.CONTINUATION)
                self._attach(sheet, document.source.media_type, "")
                return
            is_known = is_supplement(document, self._call)
            form = self._form_of(document) if is_known else self._call.forms[extract.identify(document, self._call)]
        except Unreadable as unreadable:
            self._refuse(piece, unreadable)
        else:
            extraction = extract.extract(document, form, self._call)
            self.forms[piece.sha256] = FoundForm(piece, form, extraction, [brought_by], [piece.name])

    def _titled(self) -> list[Form]:
        """Give the forms that may have a continuation sheet, as far as their titles go."""
        return [*self._call.forms.values(), form_of(self._call, "", ())]

    def _form_of(self, document: Document) -> Form:
        """Give the form with which a supplement is read: what was asked of the dossier by the request that it names."""
        from pipeline import extract

        heading = form_of(self._call, "", ())
        if self._forms_of is None:
            return heading
        said = extract.extract(document, heading, self._call).answers
        # questions that are not known yet are more lines of what stands above them
        number, request = (said[key].text.partition("\n")[0] for key in WHOSE)
        return self._forms_of(number, request)

    def _is_wanted(self, start: Document) -> bool:
        """Tell whether a scan, beside other files, is worth reading whole: an attachment of many pages is not."""
        from pipeline import extract

        known = is_supplement(start, self._call) or extract.continues(start, self._titled()) is not None
        return known or extract.resembles(start, self._call)

    def _refuse(self, piece: Piece, why: Unreadable) -> None:
        """List a file that is no form as an attachment, with what is wrong with it."""
        from pipeline import readers
        from pipeline.readers.reasons import tell

        self._refused.append((piece, why))
        if piece.fault is not None:
            media_type = mimetypes.guess_type(piece.name)[0] or "application/octet-stream"
            self._attach(piece, media_type, tell(why)[0])
        else:
            self._attach(piece, *readers.inspect(piece.data, piece.name))

    def _attach(self, piece: Piece, media_type: str, problem: str) -> None:
        self._attachments.append(Attachment(piece.name, piece.sha256, media_type, piece.size, problem, piece.role))

    def chosen(self, form: FoundForm) -> Chosen:
        """Give the form that counts, with what came with it."""
        from pipeline.extract import add_rows

        others = [other for other in self.forms.values() if other is not form]
        copies = [other for other in others if other.form.key == form.form.key]
        for other in others:
            self._attach(replace(other.piece, role=Role.COPY), other.extraction.source.media_type, "")
        sheets = [sheet for sheet in self._sheets.values() if sheet.form == form.extraction.form]
        whose = WHOSE if form.form.key == KEY else self._call.identifying_fields(form.form)
        whole = add_rows(form.extraction, sheets, form.form, whose) if sheets else form.extraction
        unread = _("Het vervolgblad «{name}» hoort bij een ander formulier; zijn rijen zijn niet gelezen.")
        told = [unread.format(name=sheet.source.name) for sheet in self._sheets.values() if sheet not in sheets]
        told += [unread.format(name=name) for name in self._stray]
        beside = _("«{name}» is het formulier «{title}»; naast een aanvulling telt het niet.")
        told += [beside.format(name=o.name, title=o.form.title) for o in others if o.form.key != form.form.key]
        extraction = replace(whole, notes=(*whole.notes, *told, *notes(self._opened, form, copies)))
        receipts = [e.envelope.receipt for n, e in self._opened.items() if n in form.brought_by and e.envelope]
        proven = [(receipt.received, place) for place, receipt in enumerate(receipts) if receipt.received]
        first = receipts[min(proven)[1]] if proven else next(iter(receipts), None)
        return Chosen(extraction, tuple(self._attachments), first, tuple(self._opened))

    def refusal(self, *, alone: bool) -> Unreadable:
        """Say why the submission is no dossier."""
        from pipeline.readers.reasons import seen_in

        if self._sheets or self._stray:
            return Unreadable(Reason.NOT_A_FORM, "er is alleen een vervolgblad; het formulier zelf ontbreekt")
        if alone and not self._opened:
            return self._refused[0][1]
        serious = [(piece, why) for piece, why in self._refused if not _is_aside(piece, why)]
        serious.sort(key=lambda refused: refused[1].reason is Reason.NO_OCR)  # what may be the form comes last
        if not serious and len(self._refused) == 1 and not self._pasted:
            serious = self._refused
        if serious:
            piece, why = serious[0]
            seen = seen_in(why)
            return Unreadable(why.reason, f"«{piece.name}»: {_(seen)}" if seen else f"«{piece.name}»")
        if self._pasted:
            return Unreadable(Reason.PASTED, self._pasted[0])
        return Unreadable(Reason.WITHOUT_FORM, what_came(self._opened.values(), self._attachments))


def _is_form(call: Call, document: Document) -> bool:
    from pipeline import extract

    try:
        extract.identify(document, call)
    except Unreadable as unreadable:
        return unreadable.reason is Reason.SEVERAL_FORMS
    return True


def _is_aside(piece: Piece, why: Unreadable) -> bool:
    """Tell whether a file that is no form is nothing to worry about: among others, any picture that is no scan."""
    from pipeline import readers

    if why.reason in _NOT_THE_FORM:
        return True
    return why.reason is Reason.DAMAGED and readers.inspect(piece.data, piece.name)[0].startswith("image/")
