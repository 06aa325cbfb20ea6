"""What an examination says, in sentences: one answer for each question, whether it is well, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.dossier.issued import Signatory
from pipeline.dossier.signed import Likeness, Origin, Revocation, Trust
from pipeline.language import _, enumerate_words
from pipeline.signing.changes import other_look
from pipeline.signing.roots import Roots
from pipeline.signing.sentence import signature_words, where
from pipeline.signing.verdict import IssuedPaper, Verdict
from pipeline.stated import NAME as DATA_NAME


class Question(StrEnum):
    """What is asked of a paper that came back."""

    PAPER = "paper"
    """Is it the paper that was issued, byte for byte?"""
    CHANGES = "changes"
    """Was anything changed?"""
    DATA = "data"
    """Do its pages and the data that it carries agree?"""
    SIGNATURES = "signatures"
    """Is each signature whole, whose, when, by which root?"""
    FIELDS = "fields"
    """Which fields are empty?"""
    LOCK = "lock"
    """May the next party still sign?"""
    LOOK = "look"
    """What must a person look at?"""
    LISTS = "lists"
    """Which trusted lists are signed by whom they should be?"""
    UNCHECKED = "unchecked"
    """What nobody checked."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer."""

    question: Question
    holds: bool
    """Whether it is well."""
    lines: tuple[str, ...]


def tell(verdict: Verdict, roots: Roots) -> tuple[Told, ...]:
    """Give the answers in the order in which people ask; a question that makes no sense of a file is left out."""
    told = [Told(Question.PAPER, verdict.ours, tuple(_paper(verdict)))]
    if verdict.origin is Origin.UNREADABLE:
        return tuple(told)
    if verdict.origin in (Origin.ISSUED, Origin.ALTERED, Origin.RESAVED):
        unchanged = not (verdict.changes or verdict.looks or verdict.reason)
        told.append(Told(Question.CHANGES, unchanged, tuple(_changes(verdict))))
    if verdict.data is not None:
        agree = _("Wat op de bladzijden staat, is wat de bijlage «{name}» zegt.").format(name=DATA_NAME)
        told.append(Told(Question.DATA, not verdict.data, tuple(one.message for one in verdict.data) or (agree,)))
    well = bool(verdict.signatures) and all(
        signed.holds and (signed.stamp or signed.place is None or signed.likeness is Likeness.SAME)
        for signed in verdict.signatures
    )
    well = well and not verdict.twice and not verdict.out_of_turn
    well = well and not any(signed.reserved for signed in verdict.signatures)
    told.append(Told(Question.SIGNATURES, well, tuple(_signatures(verdict))))
    if verdict.paper and verdict.paper.places:
        told.append(Told(Question.FIELDS, not (verdict.empty or verdict.strange), tuple(_fields(verdict))))
    if verdict.signatures:
        told.append(Told(Question.LOCK, not (verdict.lock.closed and verdict.empty), (_lock(verdict),)))
        look = tuple(_to_look_at(verdict))
        if look:
            told.append(Told(Question.LOOK, holds=True, lines=look))
        if roots.checked:
            told.append(Told(Question.LISTS, holds=True, lines=roots.checked))
        unchecked = (*_unchecked(verdict), *roots.notes)
        if unchecked:
            told.append(Told(Question.UNCHECKED, holds=True, lines=unchecked))
    return tuple(told)


def name_of(paper: IssuedPaper) -> str:
    """Name a paper that was issued: `Afsprakenkader van WVC-2021-0001`, of a later version with its number."""
    name = _("{title} van {dossier}").format(title=paper.issued.title, dossier=paper.dossier)
    version = paper.issued.version
    return _("{name} (versie {version})").format(name=name, version=version) if version > 1 else name


def _paper(verdict: Verdict) -> Iterator[str]:
    paper = name_of(verdict.paper) if verdict.paper else ""
    if verdict.origin is Origin.UNREADABLE:
        yield _("Dit is geen pdf die geopend kan worden: {why}. Vraag het bestand opnieuw.").format(why=verdict.reason)
    elif verdict.origin is Origin.SCANNED:
        told = _("Dit zijn beelden van bladzijden: geprint en ingescand, of gefotografeerd.")
        which = _which(verdict)
        lost = _(" Een elektronische handtekening gaat daarbij verloren; vraag het ondertekende bestand zelf.")
        yield told + which + lost
    elif verdict.origin is Origin.UNKNOWN:
        yield _("Dit is geen papier dat van hieruit uitgegeven werd.")
    elif verdict.origin is Origin.ALTERED:
        yield _(
            "Dit lijkt op {paper}, maar het zegt iets anders dan wat uitgegeven werd. Het telt niet; vraag om het "
            "uitgegeven bestand zelf te ondertekenen."
        ).format(paper=paper)
    elif verdict.origin is Origin.RESAVED:
        yield _(
            "Dit zegt hetzelfde als {paper}, met dezelfde bladzijden, maar het zijn niet onze bytes: een programma "
            "of ondertekendienst heeft het opnieuw opgeslagen. Of dat volstaat, beslist een mens."
        ).format(paper=paper)
        if verdict.looks:
            yield looks_words(verdict.looks)
    elif verdict.changes or verdict.reason:
        yield _("Dit begint met {paper} zoals uitgegeven, maar er kwam meer bij dan handtekeningen.").format(
            paper=paper
        )
    elif not verdict.signatures:
        yield _("Dit is byte voor byte {paper} zoals uitgegeven. Niemand tekende dit exemplaar.").format(paper=paper)
    else:
        yield _("Dit is byte voor byte {paper} zoals uitgegeven, met alleen handtekeningen erbij.").format(paper=paper)
    if verdict.paper and verdict.paper.replaced and len(verdict.candidates) <= 1:
        yield _("Die versie is vervangen door een latere en telt niet meer; laat de laatste versie ondertekenen.")
    if verdict.of_other_dossier and verdict.paper:
        yield _("Het is van {dossier}, niet van {expected}, en telt daar niet.").format(
            dossier=verdict.paper.dossier, expected=verdict.expected
        )


def _which(verdict: Verdict) -> str:
    """Say which issued paper a scan looks like, or that it cannot be told."""
    if verdict.illegible:
        return _(" Welk papier het is, is niet te zeggen: {why}.").format(why=verdict.illegible)
    if verdict.paper is None and verdict.candidates:
        return _(" Het lijkt op een van deze papieren: {papers}.").format(
            papers=enumerate_words(dict.fromkeys(map(name_of, verdict.candidates)))
        )
    if verdict.paper and len(verdict.candidates) > 1:
        return _(" Het lijkt op {title} van {dossier}; welke versie, is er niet aan te zien.").format(
            title=verdict.paper.issued.title, dossier=verdict.paper.dossier
        )
    return _(" Het lijkt op {paper}.").format(paper=name_of(verdict.paper)) if verdict.paper else ""


def looks_words(pages: Sequence[int]) -> str:
    """Ask to compare pages that say the same and look otherwise."""
    return _("Wat op bladzijde {pages} staat, ziet er anders uit dan bij ons; vergelijk het met het oog.").format(
        pages=enumerate_words(map(str, pages))
    )


def _changes(verdict: Verdict) -> Iterator[str]:
    if verdict.reason:
        yield _("Wat erbij kwam, kan niet nagegaan worden: {why}.").format(why=verdict.reason)
    for change in (*verdict.changes, *map(other_look, verdict.looks)):
        if change.page:
            yield _("Bladzijde {page}: {what}.").format(page=change.page, what=change.what)
        else:
            yield f"{change.what[:1].upper()}{change.what[1:]}."
    if not (verdict.changes or verdict.looks or verdict.reason):
        if verdict.origin is Origin.RESAVED:  # of the other bytes nobody can tell what they were for
            yield _("Op de bladzijden werd niets gewijzigd; of dat ook voor de rest geldt, is niet te zeggen.")
        else:
            yield _("Er werd niets gewijzigd.")


def _signatures(verdict: Verdict) -> Iterator[str]:
    if not verdict.signatures:
        yield _("Er staat geen elektronische handtekening in.")
    for signed in verdict.signatures:
        yield signature_words(signed)
        if not signed.whole:  # nobody can say whose it is
            continue
        if signed.likeness is Likeness.OTHER and signed.place:
            yield _(
                "«{signer}» is niet de naam die het papier daar noemt ({label}). Kijk na of die voor hem of haar mag "
                "tekenen en leg dat vast met «assign»."
            ).format(signer=signed.signer, label=signed.place.who)
        elif signed.likeness is Likeness.UNTOLD and signed.place:
            yield _(
                "Het papier noemt daar geen naam van een mens ({label}). Kijk na of «{signer}» dat is en leg dat vast "
                "met «assign»."
            ).format(signer=signed.signer, label=signed.place.who)
        if signed.reserved:
            yield _(
                "Lees wat «{signer}» bij het tekenen zei. Is het geen voorbehoud, leg dat dan vast met «assign»; tot "
                "dan telt de handtekening niet."
            ).format(signer=signed.signer)
    for signed in verdict.out_of_turn:
        yield _("«{signer}» tekende voor zijn of haar beurt: het papier vraagt dat anderen eerst tekenen.").format(
            signer=signed.signer
        )
    for first, second in verdict.twice:
        yield _("«{signer}» tekende twee keer: in {first} en in {second}. Een handtekening telt één keer.").format(
            signer=first.signer, first=where(first), second=where(second)
        )


def _fields(verdict: Verdict) -> Iterator[str]:
    if verdict.empty:
        yield _("Nog niet ondertekend: {labels}.").format(labels=_labels(verdict.empty))
    else:
        yield _("Elk veld is ondertekend.")
    for signed in verdict.strange:
        yield _(
            "De handtekening van «{signer}» staat in een veld van een ondertekendienst («{field}»), in geen van de "
            "onze. Wijs ze met «assign» toe aan wie getekend heeft."
        ).format(signer=signed.signer, field=signed.field)


def _labels(places: tuple[Signatory, ...]) -> str:
    return enumerate_words(place.who for place in places)


def _lock(verdict: Verdict) -> str:
    if verdict.lock.closed and verdict.empty:
        return _("De handtekening in «{field}» sluit het papier af: wie nog niet tekende, kan het niet meer.").format(
            field=verdict.lock.field
        )
    if verdict.lock.closed:
        return _("De handtekening in «{field}» sluit het papier af.").format(field=verdict.lock.field)
    if verdict.lock.only_signing:
        return _("De handtekeningen laten toe dat er nog iemand tekent, en niets anders.")
    return _("De handtekeningen laten toe dat er nog iemand tekent.")


def _to_look_at(verdict: Verdict) -> Iterator[str]:
    """Say which signatures a person must look at: a reservation may be drawn, and no program reads it."""
    for signed in verdict.signatures:
        if not signed.unread:
            continue
        yield _(
            "Bladzijde {page}: de handtekening van «{signer}» toont een beeld of een tekening, en die leest het "
            "programma niet. Open de pdf en kijk of er iets bij staat dat het akkoord beperkt, zoals «enkel voor "
            "ontvangst»."
        ).format(page=enumerate_words(map(str, signed.pages)), signer=signed.signer)


def _unchecked(verdict: Verdict) -> Iterator[str]:
    if any(signed.trust is Trust.NO_ROOTS for signed in verdict.signatures):
        yield _(
            "Of de certificaten te vertrouwen zijn. Geef met «--roots» een map met certificaten (.pem, .crt of .cer) "
            "van wie ze uitgaf, of met «--eu-list» een vertrouwenslijst."
        )
    unknown = [signed for signed in verdict.signatures if signed.trust is Trust.TRUSTED and not signed.unanswered]
    if any(signed.revocation is not Revocation.CHECKED for signed in unknown):
        yield _(
            "Of certificaten ingetrokken waren, is alleen nagegaan met wat het bestand en de map met wortels bevatten. "
            "Met «--online» vraagt het programma het aan wie ze uitgaf."
        )
    if any(signed.on and not signed.proven for signed in verdict.signatures):
        yield _("Een dag zonder tijdstempel is wat de computer van de ondertekenaar zei.")
