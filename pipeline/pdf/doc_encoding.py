"""PDFDocEncoding (ISO 32000-1, annex D), in which a PDF writes its texts.

By its name as a codec of Python it may be that of reportlab, where that was loaded first: there a byte that stands for
nothing is a soft hyphen.
"""

from __future__ import annotations

from pikepdf.codec import PdfDocCodec

_CODEC = PdfDocCodec()


def decode(content: bytes, errors: str = "strict") -> str:
    """Give the text of some bytes.

    Raises:
        UnicodeDecodeError: one of them stands for nothing, and `errors` does not say to replace it.
    """
    return _CODEC.decode(content, errors)[0]
