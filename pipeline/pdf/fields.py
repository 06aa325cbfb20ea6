"""Read the form fields of a PDF: what each holds and where it stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Reason, Unreadable

_MOST = 20_000
_DEEPEST = 40
_HIDDEN = 2 | 32
_PUSH_BUTTON, _RADIO = 1 << 16, 1 << 15
_PLAIN_STATES = frozenset({"yes", "on", "1", "true", "ja", "checked", ""})


@dataclass(frozen=True, slots=True)
class Field:
    """A form field where it stands on a page; one with several boxes is given once for each."""

    name: str
    title: str
    kind: str
    """text, choice or checkbox."""
    text: str
    checked: bool | None
    page: int
    box: tuple[float, float, float, float]
    """left, bottom, right, top, as the file has it."""


def read_fields(data: bytes, *, xfa: bool) -> tuple[Field, ...]:
    """Give the filled and empty form fields of a PDF, page by page.

    Args:
        data: the whole file.
        xfa: the file says that it is a form of the XFA kind.

    Raises:
        Unreadable: a form of the XFA kind without ordinary fields, or too many fields.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if xfa and pdf.Root.get("/NeedsRendering") == True:  # noqa: E712 - an object of pikepdf
                raise Unreadable(Reason.XFA, "het formulier is van de soort XFA, zonder gewone bladzijden")
            found = tuple(_fields(pdf))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise Unreadable(Reason.DAMAGED, "de formuliervelden van de pdf kunnen niet gelezen worden") from error
    if xfa and not found:
        raise Unreadable(Reason.XFA, "het formulier is van de soort XFA, zonder gewone velden")
    return found


def _fields(pdf: Any) -> Iterator[Field]:
    count = 0
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get("/Annots")
        for annotation in annotations if _is_array(annotations) else ():
            count += 1
            if count > _MOST:
                raise Unreadable(Reason.TOO_LARGE, "de pdf heeft meer dan 20.000 formuliervelden")
            if _is_dictionary(annotation) and annotation.get("/Subtype") == "/Widget":
                field = _field(annotation, number)
                if field is not None:
                    yield field


def _field(widget: Any, page: int) -> Field | None:
    chain = _chain(widget)
    kind = _text(_inherited(chain, "/FT"))
    flags = _number(_inherited(chain, "/Ff"))
    if kind not in ("/Tx", "/Ch", "/Btn") or _number(widget.get("/F")) & _HIDDEN:
        return None
    if kind == "/Btn" and flags & _PUSH_BUTTON:
        return None
    name = ".".join(reversed([_text(each.get("/T")) for each in chain if "/T" in each]))
    title = _text(_inherited(chain, "/TU"))
    box = _box(widget.get("/Rect"))
    if box is None:
        return None
    value = _inherited(chain, "/V")
    if kind == "/Btn":
        state, checked = _state(widget, value)
        several = flags & _RADIO or state.lower() not in _PLAIN_STATES
        return Field(
            f"{name}={state}" if several else name, title, "checkbox", "☒" if checked else "☐", checked, page, box
        )
    if kind == "/Ch":
        return Field(name, title, "choice", _chosen(value, _inherited(chain, "/Opt")), None, page, box)
    return Field(name, title, "text", _lines(_text(value)), None, page, box)


def _chain(widget: Any) -> list[Any]:
    """Give the field and those above it, however the tree is tangled."""
    chain = [widget]
    seen = {widget.objgen}
    while len(chain) < _DEEPEST:
        above = chain[-1].get("/Parent")
        if not _is_dictionary(above) or (above.objgen in seen and above.objgen != (0, 0)):
            break
        seen.add(above.objgen)
        chain.append(above)
    return chain


def _inherited(chain: list[Any], key: str) -> Any:
    return next((each.get(key) for each in chain if key in each), None)


def _state(widget: Any, value: Any) -> tuple[str, bool]:
    """Give the name of the ticked state of a box, and whether it is ticked."""
    appearances = widget.get("/AP")
    normal: Any = appearances.get("/N") if _is_dictionary(appearances) else None
    states = [str(name).removeprefix("/") for name, _appearance in normal.items()] if _is_dictionary(normal) else []
    ticked = next((state for state in states if state != "Off"), "")
    shown = widget.get("/AS")
    now = _text(shown if shown is not None else value).removeprefix("/")
    return ticked or ("" if now == "Off" else now), now not in ("", "Off")


def _chosen(value: Any, options: Any) -> str:
    """Give the words that a choice shows, not the codes that it keeps."""
    shown = {}
    for option in options if _is_array(options) else ():
        if _is_array(option) and len(option) == 2:
            shown[_text(option[0])] = _text(option[1])
    values = [_text(each) for each in value] if _is_array(value) else [_text(value)]
    return "; ".join(shown.get(each, each) for each in values if each)


def _box(rectangle: Any) -> tuple[float, float, float, float] | None:
    if not _is_array(rectangle) or len(rectangle) != 4:
        return None
    left, bottom, right, top = (float(number) for number in rectangle)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _text(value: Any) -> str:
    if value is None:
        return ""
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        content = value.read_bytes()
        return content.decode("utf-16") if content[:2] in (b"\xfe\xff", b"\xff\xfe") else content.decode("pdfdoc")
    return str(value) if isinstance(value, pikepdf.String | pikepdf.Name) else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(value: Any) -> int:
    try:
        return int(value) if value is not None else 0
    except (TypeError, ValueError, OverflowError):
        return 0


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _is_dictionary(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream)
