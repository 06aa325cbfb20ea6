"""Say in plain Dutch why a file cannot be read, with what to do: one sentence each for the closed list."""

from __future__ import annotations

from pipeline import ocr
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.office import INSTALL
from pipeline.readers.gate import PAGES, PPTX, XLSX

_MAYBE_SIGNED = frozenset({Reason.SCAN, Reason.NO_OCR, Reason.COARSE, Reason.PHOTO, Reason.NOT_A_FORM})
"""Of what may be a paper that people printed, signed and scanned."""
_MAYBE_ADDED = frozenset({Reason.NOT_A_FORM, Reason.WITHOUT_FORM})
"""Of what may answer a letter that asked for files: those come back without any form."""


def explain(reason: Reason, detail: str = "") -> tuple[str, str]:
    """Give what is wrong with a file, then what to do about it.

    Args:
        reason: the entry of the closed list.
        detail: what was seen, in plain Dutch; translated where it is a message, and added to the first sentence.

    >>> explain(Reason.EMPTY)
    ('Het bestand is leeg.', 'Vraag de indiener om het ingevulde formulier opnieuw te bezorgen.')
    """
    what, remedy = _sentences(reason)
    if reason in _MAYBE_ADDED:
        added = _("Vult het een dossier aan: leg er in één map het aanvullingsformulier van dat dossier bij, ook leeg.")
        remedy = f"{remedy} {added}"
    if reason in _MAYBE_SIGNED:
        signed = _("Is het een ondertekend papier: vraag het ondertekende pdf-bestand zelf, een scan telt niet.")
        remedy = f"{remedy} {signed}"
    if detail:
        seen = _(detail).rstrip(".")  # readers below the catalogue say it in Dutch
        what = _("{what} ({detail}).").format(what=what.removesuffix("."), detail=seen)
    return what, remedy


def tell(unreadable: Unreadable) -> tuple[str, str]:
    """Give what is wrong with a file that cannot be read, then what to do about it."""
    return explain(unreadable.reason, seen_in(unreadable))


def seen_in(unreadable: Unreadable) -> str:
    """Give what was seen in a file: what holds values in the language that is spoken, for it cannot be told later."""
    return _(unreadable.message).format(**unreadable.values) if unreadable.values else unreadable.message


def name_kind(media_type: str) -> str:
    """Name a kind of file that is no form, in plain Dutch; "" for one without a name."""
    if media_type.startswith("image/"):
        return _("een afbeelding")
    return {
        "application/msword+xml": _("een Word-bestand in XML (.xml)"),
        "application/vnd.oasis.opendocument.text-master": _("een hoofddocument van LibreOffice (.odm)"),
        "application/vnd.oasis.opendocument.presentation": _("een OpenDocument-presentatie (.odp)"),
        "application/vnd.oasis.opendocument.spreadsheet": _("een OpenDocument-rekenblad (.ods)"),
        XLSX: _("een Excel-bestand (.xlsx)"),
        "application/vnd.ms-excel": _("een oud Excel-bestand (.xls)"),
        PPTX: _("een PowerPoint-bestand (.pptx)"),
        "application/vnd.ms-powerpoint": _("een oud PowerPoint-bestand (.ppt)"),
        "application/vnd.ms-outlook": _("een e-mailbericht (.msg)"),
        "message/rfc822": _("een e-mailbericht (.eml)"),
        PAGES: _("een bestand van Pages, het tekstprogramma van Apple (.pages)"),
        "application/zip": _("een zipbestand"),
        **_closed(),
        "text/html": _("een webpagina"),
        "text/csv": _("een csv-bestand"),
        "text/plain": _("een tekstbestand"),
    }.get(media_type, "")


def is_closed(media_type: str) -> bool:
    """Say whether a kind of file holds others and is not opened here."""
    return media_type in _closed()


def _closed() -> dict[str, str]:
    return {
        "application/x-7z-compressed": _("een 7z-pakket"),
        "application/vnd.rar": _("een rar-pakket"),
        "application/gzip": _("een gz-pakket"),
        "application/x-bzip2": _("een bz2-pakket"),
        "application/x-xz": _("een xz-pakket"),
        "application/x-tar": _("een tar-pakket"),
        "application/vnd.ms-cab-compressed": _("een cab-pakket"),
        "application/vnd.ms-outlook-pst": _("een mailbox van Outlook (.pst)"),
        "application/mbox": _("een mailbox met verschillende berichten (.mbox)"),
        "application/ms-tnef": _("winmail.dat, de bijlagen van een bericht in de eigen vorm van Outlook"),
        "application/pgp-encrypted": _("een bericht dat met PGP versleuteld is"),
        "application/pkcs7-mime": _("een bericht dat met een certificaat versleuteld of verzegeld is (.p7m)"),
    }


def _sentences(reason: Reason) -> tuple[str, str]:
    return {
        Reason.EMPTY: (
            _("Het bestand is leeg."),
            _("Vraag de indiener om het ingevulde formulier opnieuw te bezorgen."),
        ),
        Reason.DAMAGED: (
            _("Het bestand is beschadigd of onvolledig overgekomen."),
            _(
                "Open een Word-bestand in Word en bewaar het opnieuw; lukt dat niet, of is het een pdf, vraag "
                "de indiener dan om het opnieuw te bezorgen."
            ),
        ),
        Reason.ENCRYPTED: (
            _("Het bestand is met een wachtwoord beveiligd."),
            _("Vraag de indiener om het zonder wachtwoord te bewaren en opnieuw te bezorgen."),
        ),
        Reason.WRONG_KIND: (
            _("Dit is geen Word-document (.docx, .doc, .rtf), geen OpenDocument-tekst (.odt) en geen pdf."),
            _("Bewaar het formulier als Word-document (.docx), als odt-bestand of als pdf en bezorg het opnieuw."),
        ),
        Reason.MACROS: (
            _("Het bestand bevat macro's; zulke bestanden worden niet geopend."),
            _("Bewaar het als gewoon document zonder macro's (.docx of .odt) of als pdf en bezorg het opnieuw."),
        ),
        Reason.TOO_LARGE: (
            _("Het bestand is te groot om te lezen."),
            _("Verklein de afbeeldingen of bezorg ze als aparte bijlagen, en bezorg het formulier opnieuw."),
        ),
        Reason.BOMB: (
            _("Het bestand is zo opgebouwd dat het een computer kan doen vastlopen; het wordt niet geopend."),
            _("Vraag de indiener om het formulier in Word te openen, opnieuw te bewaren en opnieuw te bezorgen."),
        ),
        Reason.DTD: (
            _("Het bestand bevat een documenttypedefinitie (DTD), die in een formulier niet thuishoort."),
            _("Vraag de indiener om het formulier in Word te openen, opnieuw te bewaren en opnieuw te bezorgen."),
        ),
        Reason.DUPLICATE_PARTS: (
            _("Het bestand bevat tweemaal hetzelfde onderdeel, zodat niet vaststaat wat het zegt."),
            _("Vraag de indiener om het formulier in Word te openen, opnieuw te bewaren en opnieuw te bezorgen."),
        ),
        Reason.SCAN: (
            _("Het bestand bevat alleen beelden, zonder leesbare tekst."),
            _("Vraag het ingevulde Word-document, of een pdf die rechtstreeks uit Word of LibreOffice is gemaakt."),
        ),
        Reason.NO_OCR: (
            _("Het bestand is een scan, en op deze computer ontbreekt wat nodig is om scans te lezen."),
            _(
                "Typ (als beheerder): {apt}; in een eigen omgeving ook: {pip}. Of vraag het ingevulde Word-document."
            ).format(apt=ocr.INSTALL, pip=ocr.LIBRARIES),
        ),
        Reason.COARSE: (
            _("De scan is te grof om te lezen."),
            _("Scan het papier opnieuw met 300 dpi (minstens 150), of vraag het ingevulde Word-document."),
        ),
        Reason.PHOTO: (
            _("Dit is een foto van papier, of een scheve of ongelijk belichte scan; dat is niet zeker te lezen."),
            _("Scan het papier met een scanner (300 dpi), of vraag het ingevulde Word-document."),
        ),
        Reason.SHEETS: (
            _("Op een blad staan meer bladzijden bij elkaar; dat is zo niet zeker te lezen."),
            _("Vraag een pdf of een scan met één bladzijde per blad, of het ingevulde Word-document."),
        ),
        Reason.LETTERS: (
            _("De pdf toont letters, maar zegt niet welke het zijn."),
            _("Vraag het ingevulde Word-document, of een pdf die rechtstreeks uit Word of LibreOffice is gemaakt."),
        ),
        Reason.XFA: (
            _("De pdf is een XFA-formulier, dat alleen Adobe Reader kan tonen."),
            _("Open het in Adobe Reader, druk het af naar pdf en bezorg die, of gebruik het Word-formulier."),
        ),
        Reason.NO_OFFICE: (
            _("Dit is een ouder Word-document (.doc of .rtf); het lezen vraagt LibreOffice, en dat ontbreekt."),
            _("Typ: {line} en start opnieuw, of bewaar het document als .docx.").format(line=INSTALL),
        ),
        Reason.NOT_A_FORM: (
            _("In het bestand is geen formulier van deze oproep herkend."),
            _("Kijk na of het juiste bestand is ingediend; gebruik het blanco formulier van deze oproep."),
        ),
        Reason.SEVERAL_FORMS: (
            _("Het bestand of de map bevat meer dan één ingevuld formulier."),
            _(
                "Geef elke indiening een eigen bestand of een eigen map in de inbox; pak een mail of zip met meer "
                "indieningen daarvoor eerst uit. Is het tweemaal hetzelfde, laat dan het formulier staan dat telt."
            ),
        ),
        Reason.WITHOUT_FORM: (
            _("Bij de bestanden zit geen formulier van deze oproep."),
            _(
                "Hoort het bij een inzending met een formulier, leg dan alles samen in één map in de inbox; vraag "
                "anders de indiener om het ingevulde formulier."
            ),
        ),
        Reason.PASTED: (
            _("Het formulier staat in de tekst van het e-mailbericht en zit er niet als bestand bij."),
            _("Vraag de indiener om het ingevulde formulier als bijlage te bezorgen, in Word of als pdf."),
        ),
        Reason.CLOSED: (
            _("Het bestand bevat andere bestanden en wordt hier niet geopend."),
            _(
                "Open het zelf en leg alles wat erin zit samen in één map in de inbox, of vraag de indiener om gewone "
                "bijlagen of een gewoon zipbestand."
            ),
        ),
        Reason.UNKNOWN_DOSSIER: (
            _("Het dossier waarnaar het formulier verwijst, is niet gekend."),
            _("Verbeter het dossiernummer in het formulier, of dien eerst de aanvraag van dat dossier in."),
        ),
        Reason.NOT_ASKED: (
            _("Bij dit dossier is geen aanvulling gevraagd."),
            _("Kijk het dossiernummer na, of vraag eerst een aanvulling met «supplement»."),
        ),
        Reason.SUPPLEMENT: (
            _("Dit is een aanvulling bij een dossier en geen volledig formulier."),
            _("Leg ze in de inbox en verwerk die met «run»; dan komt ze in het dossier."),
        ),
        Reason.TIMEOUT: (
            _("Het lezen van het bestand duurde te lang en is gestopt."),
            _("Open het in Word, bewaar het opnieuw, of splits het; bezorg het daarna opnieuw."),
        ),
        Reason.CRASHED: (
            _("Het lezen van het bestand is vastgelopen."),
            _("Open het in Word en bewaar het opnieuw; blijft het misgaan, vraag het formulier als pdf."),
        ),
        Reason.NOT_A_FILE: (
            _("Dit is geen gewoon bestand."),
            _("Zet het bestand zelf in de map, geen snelkoppeling, apparaat of verwijzing."),
        ),
        Reason.BUSY: (
            _("Het bestand wordt nog geschreven of is elders in gebruik."),
            _("Wacht tot het volledig is overgekomen en sluit het in andere programma's; start daarna opnieuw."),
        ),
    }[reason]
