"""Papers with signature fields, signed as parties and signing services do it, and tampered with in every way."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen import canvas

from pipeline.dossier import Act, Issued, Signatory, signing_of
from pipeline.signing import IssuedPaper, Verdict, copy_of
from tests.signing_keys import SIGNED, Holder, nothing_revoked


def signatory(field: str, name: str, role: str, order: int = 0) -> Signatory:
    """Somebody who signs a paper."""
    return Signatory(field, field.split("_")[1], name, role, f"Handtekening van {name}, {role}", order)


PLACES = (
    signatory("handtekening_bestuur_1", "An Peeters", "burgemeester", 1),
    signatory("handtekening_minister_1", "Bo Maes", "minister", 2),
)
_TEXT = (
    ("Afsprakenkader (fictief voorbeeld)", "Dossier {number}", "De subsidie bedraagt {amount} euro."),
    ("Artikel 2", "De looptijd is drie jaar, vanaf 1 januari 2022."),
    ("Voor akkoord", "An Peeters, burgemeester", "Bo Maes, minister"),
)


def paper(
    number: str = "WVC-2021-0001",
    amount: str = "800.000,00",
    places: tuple[Signatory, ...] = PLACES,
    *,
    locking: bool = False,
    tagged: bool = False,
) -> IssuedPaper:
    """A paper of three pages with an empty field for each signatory on the last.

    Args:
        number: of its dossier.
        amount: that it states.
        places: who sign.
        locking: whether a signature in a field locks it and allows nothing but signing, as in what we issue.
        tagged: whether it has a structure to be read aloud, as what we issue.
    """
    drawn = io.BytesIO()
    sheet = canvas.Canvas(drawn, invariant=True)
    for page in _TEXT:
        for step, line in enumerate(page):
            sheet.drawString(72, 760 - 24 * step, line.format(number=number, amount=amount))
        sheet.showPage()
    sheet.save()
    writer = IncrementalPdfFileWriter(io.BytesIO(drawn.getvalue()))
    for step, place in enumerate(places):
        lock = {
            "field_mdp_spec": fields.FieldMDPSpec(fields.FieldMDPAction.INCLUDE, fields=[place.field]),
            "doc_mdp_update_value": fields.MDPPerm.FILL_FORMS,
        }
        box = (72, 400 - 90 * step, 320, 460 - 90 * step)
        spec = fields.SigFieldSpec(place.field, on_page=2, box=box, **(lock if locking else {}))
        fields.append_signature_field(writer, spec)
    with_fields = io.BytesIO()
    writer.write(with_fields)
    content = resaved(_tagged(with_fields.getvalue()) if tagged else with_fields.getvalue())
    issued = Issued(
        paper="afsprakenkader",
        row=None,
        title="Afsprakenkader",
        version=1,
        name="afsprakenkader",
        pdf_sha256=hashlib.sha256(content).hexdigest(),
        docx_sha256="",
        on=SIGNED.date(),
        by="N. Dossier",
        signatories=places,
    )
    return IssuedPaper(content, number, issued)


def _tagged(data: bytes) -> bytes:
    """Give a PDF a structure: a document with a paragraph, and its fields."""
    from pikepdf import Array, Dictionary, Name

    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, ParentTreeNextKey=1))
        whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        words = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=whole, ActualText="Afsprakenkader"))
        field = pdf.Root.AcroForm.Fields[0]
        form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=whole))
        form.K, field.StructParent = Dictionary(Type=Name.OBJR, Obj=field), 0
        whole.K, root.K = Array([words, form]), whole
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, form])))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def held(verdict: Verdict, *acts: Act) -> set[str]:
    """The fields of a paper in which signatures count, by the copy alone or with what officials did."""
    if verdict.paper is None or verdict.of_other_dossier or verdict.paper.replaced:
        return set()
    best = signing_of(verdict.paper.issued, [copy_of(verdict, b"", SIGNED.date())], acts).best
    return set(best.held) if best else set()


def sign(
    data: bytes,
    holder: Holder,
    field: str,
    *,
    on: dt.datetime = SIGNED,
    stamp: Holder | None = None,
    own_field: tuple[int, tuple[int, int, int, int]] | None = None,
    look: Any = None,
    also: Callable[[IncrementalPdfFileWriter], object] | None = None,
    **how: Any,
) -> bytes:
    """Sign as somebody does with software of his own.

    Args:
        data: the paper.
        holder: who signs.
        field: the signature field.
        on: the moment that the signature tells.
        stamp: who stamps the time of it.
        own_field: page from 0 and box of a new field, when it is none of the paper.
        look: what the field shows, as pyHanko draws it; None: what it draws by itself.
        also: what else that software does to the file in the same revision.
        how: what else pyHanko is told, as `certify=True`.
    """
    settings = signers.PdfSignatureMetadata(
        field_name=field, **{"subfilter": fields.SigSeedSubFilter.PADES, "name": holder.name, **how}
    )
    signer = _SignerOn(
        settings,
        signer=signers.SimpleSigner(holder.asn1, holder.asn1_key, _store(holder)),
        timestamper=stamper_of(stamp, on) if stamp else None,
        new_field_spec=fields.SigFieldSpec(field, on_page=own_field[0], box=own_field[1]) if own_field else None,
        **({"stamp_style": look} if look else {}),
    )
    signer.on = on
    signed = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if also:
        also(writer)
    signer.sign_pdf(writer, output=signed, existing_fields_only=not own_field)
    return signed.getvalue()


class _SignerOn(signers.PdfSigner):
    """A signer whose clock stands at a moment that the test chooses, and who does not ask whether he may sign."""

    on: dt.datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.on
        return session

    def _enforce_certification_constraints(self, reader: Any) -> None:
        pass


def _store(holder: Holder) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple(holder.asn1_chain)
    return store


def stamper_of(holder: Holder, on: dt.datetime) -> DummyTimeStamper:
    """Somebody who stamps this moment, whenever it is."""
    return DummyTimeStamper(holder.asn1, holder.asn1_key, certs_to_embed=_store(holder), fixed_dt=on)


def stamp_whole(data: bytes, holder: Holder, on: dt.datetime) -> bytes:
    """Put a time stamp over the whole paper."""
    stamped = io.BytesIO()
    signers.PdfTimeStamper(stamper_of(holder, on)).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(data)), "sha256", output=stamped
    )
    return stamped.getvalue()


def with_revocation(data: bytes, *crls: bytes, ocsps: tuple[bytes, ...] = ()) -> bytes:
    """Add lists of revoked certificates, or answers, as a service does that makes signatures last (PAdES B-LT)."""
    from asn1crypto import crl, ocsp
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    opened = io.BytesIO(data)
    lists = crls or (() if ocsps else (nothing_revoked(),))
    DocumentSecurityStore.add_dss(
        opened,
        None,
        crls=[crl.CertificateList.load(one) for one in lists],
        ocsps=[ocsp.OCSPResponse.load(one) for one in ocsps],
    )
    return opened.getvalue()


def with_rubbish(data: bytes) -> bytes:
    """Add a store for what proves signatures, in which lies nothing that can be read."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    rubbish = [writer.add_object(StreamObject(stream_data=text)) for text in (b"", b"0", b"geen lijst")]
    store = DictionaryObject({NameObject(key): ArrayObject(rubbish) for key in ("/CRLs", "/OCSPs")})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()
    return _written(writer)


def resaved(data: bytes) -> bytes:
    """Save anew, as a program does that knows nothing of signatures."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        saved = io.BytesIO()
        pdf.save(saved, deterministic_id=True)
    return saved.getvalue()


def with_field(data: bytes, page: int, box: tuple[int, int, int, int]) -> bytes:
    """Save anew with a signature field of a service on a page from 0, that is drawn as a white box with a word."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width, height = box[2] - box[0], box[3] - box[1]
        drawn = pdf.make_stream(b"1 1 1 rg 0 0 %d %d re f 0 0 0 rg BT /F1 9 Tf 5 5 Td (dienst) Tj ET" % (width, height))
        drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawn.BBox = [0, 0, width, height]
        drawn.Resources = pdf.pages[page].obj.Resources
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T="dienst",
                F=4,
                Rect=list(box),
                AP=pikepdf.Dictionary(N=drawn),
            )
        )
        pdf.pages[page].obj.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm.Fields.append(field)
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def edited(data: bytes, page: int, line: str) -> bytes:
    """Write a line over a page in a later revision, as an editor does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    write_line(writer, page, line)
    return _written(writer)


def write_line(writer: IncrementalPdfFileWriter, page: int, line: str) -> None:
    """Write a line over a page."""
    drawn = StreamObject(stream_data=f"BT /F1 12 Tf 72 640 Td ({line}) Tj ET".encode("latin-1"))
    reference = writer.add_object(drawn)
    sheet = writer.root["/Pages"]["/Kids"][page].get_object()
    before = sheet.raw_get("/Contents")
    sheet["/Contents"] = ArrayObject([before, reference])
    writer.update_container(sheet)


def revised(data: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """Add a revision in which something is done to the file."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    return _written(writer)


def annotated(data: bytes, page: int, box: tuple[int, int, int, int]) -> bytes:
    """Lay a white square over part of a page, as an annotation in a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    lay_square(writer, page, box)
    return _written(writer)


def tagged_field(
    writer: IncrementalPdfFileWriter, name: str, page: int, box: tuple[int, int, int, int], **more: Any
) -> None:
    """Add a signature field with its place in the structure of a tagged PDF, as programs do that keep it accessible.

    Args:
        writer: of the PDF.
        name: of the field.
        page: from 0.
        box: on the page.
        more: other entries of its element, as `Alt="words to read aloud"`.
    """
    fields.append_signature_field(writer, fields.SigFieldSpec(name, on_page=page, box=box))
    field = next(one for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == name)
    root = writer.root["/StructTreeRoot"]
    above = root["/K"][0] if isinstance(root["/K"], ArrayObject) else root["/K"]
    above_reference = above.container_ref
    element = writer.add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Form"),
                NameObject("/P"): IndirectObject(above_reference.idnum, above_reference.generation, writer),
                NameObject("/K"): DictionaryObject(
                    {NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): field}
                ),
                **{NameObject(f"/{key}"): pdf_string(text) for key, text in more.items()},
            }
        )
    )
    kids = above["/K"] if isinstance(above["/K"], ArrayObject) else ArrayObject([above.raw_get("/K")])
    above["/K"] = ArrayObject([*kids, element])
    writer.update_container(above)
    free = int(root["/ParentTreeNextKey"])
    field.get_object()["/StructParent"] = NumberObject(free)
    numbers = root["/ParentTree"]
    while "/Kids" in numbers:
        numbers = numbers["/Kids"][-1]
    numbers["/Nums"] = ArrayObject([*numbers["/Nums"], NumberObject(free), element])
    writer.update_container(numbers)
    root["/ParentTreeNextKey"] = NumberObject(free + 1)
    writer.update_container(root)


def lay_square(writer: IncrementalPdfFileWriter, page: int, box: tuple[int, int, int, int]) -> None:
    """Lay a white square over part of a page, as an annotation."""
    width, height = box[2] - box[0], box[3] - box[1]
    look = StreamObject(stream_data=f"1 g 0 0 {width} {height} re f".encode())
    look[NameObject("/Type")] = NameObject("/XObject")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, width, height)))
    square = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Square"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, box)),
            NameObject("/F"): NumberObject(4),
            NameObject("/Contents"): pdf_string("-"),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer.add_object(look)}),
        }
    )
    sheet = writer.root["/Pages"]["/Kids"][page].get_object()
    marks = ArrayObject([*sheet.get("/Annots", ()), writer.add_object(square)])
    sheet["/Annots"] = marks
    writer.update_container(sheet)


def without_signature(data: bytes, field: str) -> bytes:
    """Take a signature out of its field in a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    for reference in writer.root["/AcroForm"]["/Fields"]:
        holder = reference.get_object()
        if holder["/T"] == field:
            del holder["/V"]
            writer.update_container(holder)
    return _written(writer)


def swapped_in_place(data: bytes) -> bytes:
    """Have the first page show what the second shows, in a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    kids = writer.root["/Pages"]["/Kids"]
    first, second = kids.raw_get(0), kids.raw_get(1)
    kids[0], kids[1] = second, first
    writer.update_container(kids)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def scanned(data: bytes, dpi: float = 108) -> bytes:
    """Print and scan: every page a picture; of 108 dpi, which is too coarse to read, unless said otherwise."""
    import pypdfium2

    made = io.BytesIO()
    sheet = canvas.Canvas(made)
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            picture = page.render(scale=dpi / 72).to_pil()
            sheet.setPageSize(page.get_size())
            sheet.drawInlineImage(picture, 0, 0, page.get_width(), page.get_height())
            sheet.showPage()
    sheet.save()
    return made.getvalue()
