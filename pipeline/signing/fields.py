"""Empty signature fields in a paper that goes out: one for every signatory, at its mark."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from pipeline.blank import pdf_font
from pipeline.dossier import Signatory
from pipeline.language import _
from pipeline.signing.marks import Box, Mark, find, kids_of, pieces
from pipeline.signing.places import places

_SIZE = 7.0
"""Points of the words in an empty field."""
_PAD = 4.0
_APPEND_ONLY = 3
"""Signatures exist, and whoever adds one keeps the bytes before it."""
_UA = "pdfuaid:part"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper with its fields, or why it has none."""

    content: bytes
    """Empty when something is wrong."""
    faults: tuple[str, ...] = ()
    """In plain Dutch, with what to do."""
    remarks: tuple[str, ...] = ()
    """What the paper does not claim, and why."""


def add_fields(content: bytes, signatories: Sequence[Signatory]) -> Prepared:
    """Put an empty PAdES field for every signatory in a paper, under the mark that bears the label.

    A signature in a field locks that field and allows nothing after it but other signatures. Each field has a look in
    an embedded font, its label as tooltip and an element in the structure, right after its mark; where a reader cannot
    be shown to hear it, the paper no longer claims PDF/UA. The same paper gets the same fields.

    Args:
        content: the PDF, before anything is signed.
        signatories: who sign; no two have the same label or the same field.
    """
    import pikepdf

    if find_spec("pyhanko") is None:
        line = "pip install 'wijkcontract[sign]'"
        return Prepared(
            b"", (_("Velden voor handtekeningen maakt pyHanko, en dat ontbreekt. Typ: {line}").format(line=line),)
        )
    if not signatories:
        return Prepared(b"", (_("Niemand tekent dit papier; zonder ondertekenaar gaat het niet uit."),))
    try:
        pages = pieces(content)
    except ValueError as wrong:
        return Prepared(b"", (_("De pdf is niet te openen: {detail}").format(detail=wrong),))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if "/AcroForm" in pdf.Root:
            return Prepared(b"", (_("De pdf heeft al velden; een papier om te tekenen heeft er nog geen."),))
        marks = find(pdf, pages, [one.label for one in signatories])
        sizes = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]
    given, faults = places(signatories, marks, pages, sizes)
    if faults:
        return Prepared(b"", faults)
    with pikepdf.open(io.BytesIO(_with_fields(content, signatories, given))) as pdf:
        _dress(pdf, signatories, given)
        _told_as_before(pdf, content)
        lacking = heard(pdf)
        remarks: tuple[str, ...] = ()
        if lacking:
            _claim_no_ua(pdf)
            remarks = (_("De pdf draagt het kenmerk PDF/UA niet: {why}").format(why=" ".join(lacking)),)
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return Prepared(made.getvalue(), (), remarks)


def turn(one: Signatory, signatories: Sequence[Signatory]) -> str:
    """Say when somebody signs, where the paper asks an order."""
    turns = sorted({other.order for other in signatories if other.order})
    if not one.order or len(turns) < 2:
        return ""
    return _("beurt {number} van {count}").format(number=turns.index(one.order) + 1, count=len(turns))


def _with_fields(content: bytes, signatories: Sequence[Signatory], given: Mapping[str, tuple[Mark, Box]]) -> bytes:
    """Give the PDF with the fields that pyHanko makes, each with its lock."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import (
        FieldMDPAction,
        FieldMDPSpec,
        MDPPerm,
        SigFieldSpec,
        SigSeedSubFilter,
        SigSeedValueSpec,
        append_signature_field,
    )

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    for one in signatories:
        mark, box = given[one.field]
        when = turn(one, signatories)
        specified = SigFieldSpec(
            one.field,
            on_page=mark.page,
            box=box,  # type: ignore[arg-type]  # points, with their fractions
            seed_value_dict=SigSeedValueSpec(
                subfilters=[SigSeedSubFilter.PADES], digest_methods=["SHA256", "SHA384", "SHA512"]
            ),
            field_mdp_spec=FieldMDPSpec(FieldMDPAction.INCLUDE, fields=[one.field]),
            doc_mdp_update_value=MDPPerm.FILL_FORMS,
            readable_field_name=f"{one.label} ({when})" if when else one.label,
        )
        append_signature_field(writer, specified)
    made = io.BytesIO()
    writer.write(made)  # type: ignore[no-untyped-call]
    return made.getvalue()


def _dress(pdf: Any, signatories: Sequence[Signatory], given: Mapping[str, tuple[Mark, Box]]) -> None:
    """Give every field its look and its place in the structure."""
    from pikepdf import Array, Dictionary, Name, NumberTree

    words = {one.field: _words(one, signatories) for one in signatories}
    subset = pdf_font.regular().subset("".join(line for lines in words.values() for line in lines))
    font = subset.embed(pdf)
    form = pdf.Root.AcroForm
    form.SigFlags = _APPEND_ONLY
    tree = pdf.Root.get("/StructTreeRoot")
    parents = NumberTree(tree.ParentTree) if tree is not None and "/ParentTree" in tree else None
    free = max(parents.keys(), default=-1) + 1 if parents is not None else 0
    for field in form.Fields:
        name = str(field.T)
        mark, box = given[name]
        field.AP = Dictionary(N=_look(pdf, font, subset, box, words[name]))
        field.P.Tabs = Name.S
        if parents is None:
            continue
        above = pdf.get_object(mark.element)
        element = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=above.P,
                K=Dictionary(Type=Name.OBJR, Pg=field.P, Obj=field),
            )
        )
        beside = kids_of(above.P)
        at = next(number for number, kid in enumerate(beside) if getattr(kid, "objgen", None) == mark.element)
        above.P.K = Array([*beside[: at + 1], element, *beside[at + 1 :]])
        field.StructParent = free
        parents[free] = element
        free += 1
    if tree is not None:
        tree.ParentTreeNextKey = free


def _told_as_before(pdf: Any, content: bytes) -> None:
    """Let the file say of itself what it said before pyHanko named itself beside who made it."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as before:
        if "/Metadata" in before.Root:
            pdf.Root.Metadata = pdf.copy_foreign(before.Root.Metadata)
        for key in ("/Producer", "/ModDate"):
            if key in before.docinfo:
                pdf.docinfo[key] = before.docinfo[key]
            elif key in pdf.docinfo:
                del pdf.docinfo[key]


def _words(one: Signatory, signatories: Sequence[Signatory]) -> list[str]:
    """Give what an empty field says."""
    when = turn(one, signatories)
    return [_("Hier tekenen: {name}").format(name=one.name), *([when] if when else [])]


def _look(pdf: Any, font: Any, subset: Any, box: Box, lines: Sequence[str]) -> Any:
    """Draw an empty field: a thin frame, and who signs there."""
    from pikepdf import Array, Dictionary, Name, Stream

    width, height = box[2] - box[0], box[3] - box[1]
    face = pdf_font.regular()
    drawn = [b"q 0.45 G 0.5 w 0.25 0.25 %.2f %.2f re S Q" % (width - 0.5, height - 0.5), b"BT 0.35 g"]
    for number, line in enumerate(lines):
        size = min(_SIZE, _SIZE * (width - 2 * _PAD) / max(1.0, face.width(line, _SIZE)))
        down = height - _PAD - _SIZE - number * _SIZE * 1.25
        drawn.append(b"/F %.2f Tf 1 0 0 1 %.2f %.2f Tm %s Tj" % (size, _PAD, down, subset.shown(line)))
    drawn.append(b"ET")
    return pdf.make_indirect(
        Stream(
            pdf,
            b"\n".join(drawn),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=Dictionary(Font=Dictionary(F=font)),
        )
    )


def heard(pdf: Any) -> tuple[str, ...]:
    """Give what keeps a screen reader from finding the fields of a file; nothing when all are there."""
    from pikepdf import NumberTree

    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None or "/ParentTree" not in tree:
        return (_("het heeft geen structuur om voor te lezen."),)
    parents: Any = NumberTree(tree.ParentTree)
    lacking = []
    for field in pdf.Root.AcroForm.Fields:
        element = parents.get(int(field.get("/StructParent", -1)))
        held = element is not None and str(element.get("/S")) == "/Form" and _holds(element, field)
        reached = held and any(getattr(kid, "objgen", None) == element.objgen for kid in kids_of(element.P))
        if not (reached and str(field.get("/TU", "")) and str(field.P.get("/Tabs")) == "/S"):
            lacking.append(_("het veld «{name}» staat niet in de voorleesvolgorde.").format(name=field.T))
    return tuple(lacking)


def _holds(element: Any, field: Any) -> bool:
    return any("/Obj" in kid and kid.Obj.objgen == field.objgen for kid in kids_of(element))


def _claim_no_ua(pdf: Any) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if _UA in metadata:
            del metadata[_UA]
