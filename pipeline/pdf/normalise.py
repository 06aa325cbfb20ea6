"""Make the bytes of a PDF depend on what it says only: the same paper, the same bytes."""

from __future__ import annotations

import io
from typing import Any

from pipeline.pdf.decoration import mark_decoration
from pipeline.pdf.memory import at_path

_MOMENTS = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:InstanceID")
_ICC_DATE = slice(24, 36)
_ICC_ID = slice(84, 100)
_NO_DATE = bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
"""1 January 2000, as a colour profile writes it."""
_UA = b"pdfuaid:part"
_SCHEMA = b"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What PDF/A asks of a property that it does not know itself (ISO 19005-2, 6.6.2.3), here the mark of PDF/UA."""
_END_OF_METADATA = b"</rdf:RDF>"


def normalise(data: bytes, title: str = "") -> bytes:
    """Take out of a PDF what differs from one run to the next, and say in it what LibreOffice leaves unsaid.

    Gone are dates, identifiers and checksums; added are the definition of the mark of PDF/UA, and that lines around
    tables and paragraphs are decoration.

    Args:
        data: a PDF made by LibreOffice.
        title: shown as the name of the document; "" keeps the one it has.

    Returns:
        A PDF that says the same; made again from the same paper it has the same bytes.
    """
    import pikepdf

    # inheriting the attributes of pages would read every object once more
    with at_path(data) as path, pikepdf.open(path, inherit_page_attributes=False) as pdf:
        for key in ("/DocChecksum", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        if title:
            pdf.docinfo["/Title"] = title
            _show_title(pdf)
        if "/Metadata" in pdf.Root:
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                for key in _MOMENTS:
                    if key in metadata:
                        del metadata[key]
                if title:
                    metadata["dc:title"] = title
            _define_ua(pdf.Root.Metadata)
        mark_decoration(pdf)
        _undate_profiles(pdf)
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            linearize=False,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            compress_streams=True,
        )
    return made.getvalue()


def _show_title(pdf: Any) -> None:
    """Have viewers show the title instead of the name of the file."""
    import pikepdf

    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root["/ViewerPreferences"] = pikepdf.Dictionary()
    pdf.Root.ViewerPreferences["/DisplayDocTitle"] = True


def _define_ua(metadata: Any) -> None:
    """Say in the metadata what the mark of PDF/UA is, where they bear it."""
    said = metadata.read_bytes()
    if _UA in said and b"pdfaExtension:schemas" not in said:
        metadata.write(said.replace(_END_OF_METADATA, _SCHEMA + _END_OF_METADATA))


def _undate_profiles(pdf: Any) -> None:
    """Fix the date and the identifier in the colour profiles of the output."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is None:
            continue
        content = bytearray(profile.read_bytes())
        if len(content) >= _ICC_ID.stop:
            content[_ICC_DATE] = _NO_DATE
            content[_ICC_ID] = bytes(16)
            profile.write(bytes(content))
