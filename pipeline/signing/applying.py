"""Put a signature in a field of a paper that was issued: PAdES, with a look that people can read."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.dossier.issued import Signatory
from pipeline.dossier.signed import Likeness, Signed, Trust
from pipeline.errors import UsageError
from pipeline.language import _, enumerate_words, moment
from pipeline.signing.keys import Key
from pipeline.signing.likeness import Named, likeness
from pipeline.signing.verdict import Verdict

_STAMP_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """How a paper is signed."""

    field: str
    now: dt.datetime
    stamper: str = ""
    """Address of a server that stamps the time; empty: none."""


def place_to_sign(verdict: Verdict, field: str, signer: Named | None = None) -> Signatory:
    """Give the place where a paper can be signed now.

    Args:
        verdict: of the paper as it lies there.
        field: the name of the field; empty: the one that is free now for this signer.
        signer: the names in the certificate; None: whoever it is.

    Raises:
        UsageError: it is no paper of ours as issued, there is no such field, it is taken, another goes first, or who
            went first is not trusted.
    """
    place = _place(verdict, field, signer or Named(""))
    amiss = [signed for signed in earlier(verdict, place) if signed.trust not in (Trust.TRUSTED, Trust.NO_ROOTS)]
    if amiss:
        raise UsageError(
            _(
                "In «{field}» tekende «{signer}» eerder, en die handtekening is niet vertrouwd: ze telt niet, dus het "
                "is nog niet de beurt van {label}. Kijk met «verify» wat eraan scheelt."
            ).format(field=amiss[0].field, signer=amiss[0].signer, label=place.who)
        )
    return place


def earlier(verdict: Verdict, place: Signatory) -> list[Signed]:
    """Give the signatures of those whose turn came before this place."""
    return [
        signed
        for signed in verdict.signatures
        if signed.place is not None and place.order and 0 < signed.place.order < place.order
    ]


def _place(verdict: Verdict, field: str, signer: Named) -> Signatory:
    if verdict.paper is None or not verdict.ours:
        raise UsageError(
            _(
                "Alleen een papier zoals het uitgegeven werd, met hoogstens handtekeningen erbij, kan ondertekend "
                "worden. Kijk met «verify» wat dit bestand is."
            )
        )
    broken = [signed for signed in verdict.signatures if not (signed.whole and signed.alone)]
    if broken:
        raise UsageError(
            _("De handtekening in «{field}» is niet gaaf; teken dit exemplaar niet.").format(field=broken[0].field)
        )
    if verdict.lock.closed:
        raise UsageError(
            _("De handtekening in «{field}» sluit het papier af; er kan niemand meer bij tekenen.").format(
                field=verdict.lock.field
            )
        )
    places = verdict.paper.places
    free = [place for place in verdict.empty if not _before(verdict, place)]
    fitting = [place for place in free if likeness(signer, place) is Likeness.SAME]
    if not fitting and len(free) == 1 and likeness(signer, free[0]) is Likeness.UNTOLD:
        fitting = free
    if not field and len(fitting) == 1:
        return fitting[0]
    known = enumerate_words(f"{place.field} ({place.who})" for place in (free or places))
    if not field:
        if not free:
            raise UsageError(_("Elk veld van dit papier is al ondertekend."))
        raise UsageError(_("Zeg met --field in welk veld: {known}.").format(known=known))
    chosen = next((place for place in places if place.field == field), None)
    if chosen is None:
        raise UsageError(_("Het papier heeft geen veld «{field}»; wel: {known}.").format(field=field, known=known))
    taken = verdict.signed(field)
    if taken:
        raise UsageError(
            _("In «{field}» staat al een handtekening, van {name}.").format(field=field, name=taken.signer)
        )
    waiting = _before(verdict, chosen)
    if waiting:
        raise UsageError(
            _("Eerst tekenen: {names}. Daarna pas {label}.").format(
                names=enumerate_words(place.who for place in waiting), label=chosen.who
            )
        )
    return chosen


def _before(verdict: Verdict, place: Signatory) -> list[Signatory]:
    """Give the places that must be signed before this one and are not."""
    return [other for other in verdict.empty if place.order and 0 < other.order < place.order]


def put_signature(content: bytes, place: Signatory, key: Key, wish: Wish) -> bytes:
    """Sign a paper in one of its fields; its bytes stay, the signature comes behind them.

    Args:
        content: the paper as it lies there.
        place: the field.
        key: to sign with.
        wish: how.

    Raises:
        UsageError: the certificate does not hold now, or the server of time stamps does not answer.
    """
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    key.must_hold(wish.now)
    settings = PdfSignatureMetadata(
        field_name=place.field,
        name=key.name,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    stamper = HTTPTimeStamper(wish.stamper, timeout=_STAMP_SECONDS) if wish.stamper else None
    signer = PdfSigner(settings, signer=key.signer, timestamper=stamper, stamp_style=_look())
    said = {"name": key.name, "when": moment(wish.now)}
    signed = io.BytesIO()
    try:
        signer.sign_pdf(
            _writer(content),
            existing_fields_only=True,
            appearance_text_params=said,
            output=signed,
        )
    except TimestampRequestError as wrong:
        raise UsageError(
            _("De tijdstempeldienst «{url}» antwoordt niet zoals het hoort; er is niet getekend.").format(
                url=wish.stamper
            )
        ) from wrong
    except SigningError as wrong:
        raise UsageError(_("Er is niet getekend: {why}").format(why=wrong)) from wrong
    return signed.getvalue()


def _writer(content: bytes) -> Any:
    """Give what adds a signature and leaves what the paper says of itself: pyHanko writes that anew, against PDF/A."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Keep title, dates and marks."""

    return Writer(io.BytesIO(content))


def _look() -> Any:
    """Give what the field shows: who signed and when, in a font that lies in the file."""
    from pyhanko.pdf_utils.font.api import FontEngineFactory
    from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
    from pyhanko.pdf_utils.text import TextBoxStyle
    from pyhanko.stamp import TextStampStyle

    class Font(FontEngineFactory):
        """The font, read once: pyHanko's own factory leaves its file open."""

        def create_font_engine(self, writer: Any, obj_stream: Any = None) -> Any:
            return GlyphAccumulator(writer, io.BytesIO(_font()), font_size=10, obj_stream=obj_stream)

    return TextStampStyle(
        stamp_text=_("Elektronisch ondertekend door\n{name}\nop {when}").format(name="%(name)s", when="%(when)s"),
        text_box_style=TextBoxStyle(font=Font(), font_size=10, leading=13),
        border_width=0,
    )


@cache
def _font() -> bytes:
    from importlib.resources import files

    return (files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf").read_bytes()
