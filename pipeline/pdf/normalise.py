"""Make the bytes of a PDF depend on what it says only: the same paper, the same bytes."""

from __future__ import annotations

import io
from typing import Any

from pipeline.pdf.memory import at_path

_MOMENTS = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:InstanceID")
_ICC_DATE = slice(24, 36)
_ICC_ID = slice(84, 100)
_NO_DATE = bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
"""1 January 2000, as a colour profile writes it."""


def normalise(data: bytes, title: str = "") -> bytes:
    """Take out of a PDF what differs from one run to the next: dates, identifiers, checksums.

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
