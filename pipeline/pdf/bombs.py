"""Refuse a PDF that would fill all memory when opened: a few bytes that promise or unfold to far too much."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

from pipeline.errors import Reason, Unreadable

_PROMISE = re.compile(
    rb"/(?:N\s+(?P<most>\d{6,20})|Size\s+(?P<size>\d{6,20})|Count\s+(?P<count>\d{6,20})|First\s+(?P<first>\d{6,20})"
    rb"|Index\s*\[(?=(?P<numbers>[^\]]{0,2000})\])|E(?P<sealed>ncrypt)"
    rb"|W\s*\[(?=\s*(?P<widths>\d{1,20}\s+\d{1,20}\s+\d{1,20})\s*\])"
    rb"|Filter\s*\[(?=[^\]]{0,200}/(?:Flate|LZW)Decode[^\]]{0,200}/(?P<twice>Flate|LZW)Decode))"
)
"""What promises something, whatever of it: each looked for apart would go through the whole file again."""
_FORM = re.compile(rb"/Subtype\s*/Form")
_DO = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
_WIDEST = 4_096
"""Bytes of a number in the table of objects."""
_LARGEST = 64_000_000
"""Bytes that are unpacked of one drawing."""
_MOST_PIECES = 200_000
"""Pieces of drawing that forms within forms may unfold to."""


def refuse_promises(data: bytes) -> bool:
    """Look for a file that promises more than it holds, without opening it.

    Returns:
        Whether it may be encrypted.

    Raises:
        Unreadable: it is one.
    """
    sealed = False
    most = 10 * len(data) + 100_000
    for found in _PROMISE.finditer(data):
        if found.lastgroup == "sealed":
            sealed = True
        elif _is_too_much(found, most):
            raise Unreadable(Reason.BOMB, "de pdf belooft meer onderdelen dan er in het bestand passen")
    return sealed


def refuse_drawings(data: bytes) -> None:
    """Look for drawings that unfold without end once a page is drawn or its text is taken.

    Raises:
        Unreadable: it has one.
    """
    if _FORM.search(data) and _pieces(data) > _MOST_PIECES:
        raise Unreadable(Reason.BOMB, "tekeningen in de pdf herhalen zichzelf abnormaal vaak")


def _is_too_much(found: re.Match[bytes], most: int) -> bool:
    """Tell whether the file speaks of far more objects than its bytes can hold: readers make room for them all."""
    what = found.lastgroup
    if what == "twice":
        return True
    largest = _WIDEST if what == "widths" else most
    return any(int(number) > largest for number in re.findall(rb"\d{1,20}", found[what or 0]))


def _pieces(data: bytes) -> int:
    """Count the pieces of drawing on the page that unfolds most, forms within forms included."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            known: dict[Any, int] = {}
            most = 0
            for page in pdf.pages:
                contents = page.obj.get("/Contents")
                parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
                streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
                forms = _forms(page.obj.get("/Resources"))
                most = max(most, sum(_cost(stream, forms, known, 0) for stream in streams))
            return most
    except (pikepdf.PikepdfError, ValueError, TypeError, AttributeError, KeyError):
        return 0


def _cost(stream: Any, forms: dict[str, Any], known: dict[Any, int], depth: int) -> int:
    drawn = _DO.findall(_content(stream))
    total = 1 + len(drawn)
    for raw in drawn:
        form = forms.get(raw.decode("latin-1"))
        if form is None or depth > 30 or total > _MOST_PIECES:
            continue
        key = form.objgen
        if key not in known:
            known[key] = 1  # a form inside itself: readers stop there
            known[key] = _cost(form, _forms(form.get("/Resources")), known, depth + 1)
        total += known[key]
    return total


def _forms(resources: Any) -> dict[str, Any]:
    import pikepdf

    drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(drawn, pikepdf.Dictionary):
        return {}
    return {
        str(name).removeprefix("/"): form
        for name, form in drawn.items()
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form"
    }


def _content(stream: Any) -> bytes:
    """Give what a stream draws, cut where it becomes too much to matter."""
    raw = bytes(stream.read_raw_bytes())
    if stream.get("/Filter") == "/FlateDecode":
        try:
            return zlib.decompressobj().decompress(raw, _LARGEST)
        except zlib.error:
            return b""
    return raw if "/Filter" not in stream else bytes(stream.read_bytes())
