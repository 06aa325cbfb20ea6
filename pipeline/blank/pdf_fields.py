"""The fields of a fillable PDF: the tree of their names, their places on the pages and how they look there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.blank.pdf_font import BOX, TICKED, Face, Subset
from pipeline.blank.pdf_sheet import Box, Run, wrap

TYPED, TEXT, BOXES = "Wingdings", "Tekst", "Vakjes"
"""Names of the fonts that fields are shown in: by whoever types in them, by us, and the signs of check boxes.

The first is no font of signs, but pdfium (Chromium, Edge) takes letters that Windows does not have for Western Europe
from the font of a field only when it goes by the name of one; else it draws ć, ő and “ in whatever it finds.
"""
LARGEST, SMALLEST = 10.0, 4.0
"""Size of what is filled in: smaller as more must fit."""
_LEADING = 1.2
_PAD = 2.0
_REQUIRED, _LINES, _COMBO, _EDIT = 1 << 1, 1 << 12, 1 << 17, 1 << 18
_PRINT = 4


@dataclass(frozen=True, slots=True)
class Widget:
    """A field where it stands on a page; several boxes may share one name."""

    name: str
    """Keys with a dot between the parts: `acties.1.titel`, `grond=historisch`."""
    kind: str
    """text, lines, list (choose one), combo (choose or type), box."""
    title: str
    """What a person reads who points at it, or hears it read."""
    page: int
    box: Box
    state: str = ""
    """Of a box: the name of its ticked state."""
    filled: str = ""
    """The text; of a box anything when it is ticked."""
    options: tuple[str, ...] = ()
    right: bool = False
    required: bool = False
    max_length: int | None = None


class Fields:
    """Makes the fields in a file, with the fonts that the file has."""

    def __init__(self, pdf: Any, face: Face, body: Subset, boxes: Subset, fonts: Mapping[str, Any]) -> None:
        self._pdf = pdf
        self._face = face
        self._body = body
        self._boxes = boxes
        self._fonts = fonts
        self._signs: dict[str, Any] = {}

    def build(self, widgets: Sequence[Widget], pages: Sequence[Any]) -> list[Any]:
        """Put the fields in the file and give the object of each widget, in the same order."""
        from pikepdf import Array, Dictionary, Name, String

        tops = Array()
        known: dict[str, Any] = {}
        made = []
        shared = _shared(widgets)
        for widget in widgets:
            above = self._above(widget.name, known, tops)
            own = self._look(widget, pages[widget.page])
            if widget.name not in shared:
                field = own
                self._hang(field, widget, above, tops)
            else:
                field = known.get(widget.name)
                if field is None:
                    field = known[widget.name] = self._pdf.make_indirect(Dictionary(Kids=Array()))
                    self._hang(field, widget, above, tops)
                own.Parent = field
                if widget.filled:
                    field.V = Name(f"/{widget.state}")
                own.TU = String(widget.title)
                field.Kids.append(own)
            made.append(own)
        self._pdf.Root.AcroForm = self._pdf.make_indirect(
            Dictionary(
                Fields=tops,
                DR=Dictionary(Font=Dictionary({f"/{name}": self._fonts[name] for name in (TYPED, BOXES, "ZaDb")})),
                DA=String(f"/{TYPED} 0 Tf 0 g"),
            )
        )
        return made

    def _above(self, name: str, known: dict[str, Any], tops: Any) -> Any:
        """Give the node of the tree under which a name hangs; None for one without a dot."""
        from pikepdf import Array, Dictionary, String

        above = None
        parts = name.split(".")
        for depth in range(1, len(parts)):
            path = ".".join(parts[:depth])
            node = known.get(path)
            if node is None:
                node = known[path] = self._pdf.make_indirect(Dictionary(T=String(parts[depth - 1]), Kids=Array()))
                (tops if above is None else above.Kids).append(node)
                if above is not None:
                    node.Parent = above
            above = node
        return above

    def _hang(self, field: Any, widget: Widget, above: Any, tops: Any) -> None:
        """Give a field its name, its kind and its value, and its place in the tree."""
        from pikepdf import Array, Name, String

        field.T = String(widget.name.rpartition(".")[2])
        field.TU = String(widget.title)
        field.FT = {"box": Name.Btn, "list": Name.Ch, "combo": Name.Ch}.get(widget.kind, Name.Tx)
        flags = _REQUIRED if widget.required else 0
        flags |= {"lines": _LINES, "list": _COMBO, "combo": _COMBO | _EDIT}.get(widget.kind, 0)
        if flags:
            field.Ff = flags
        if widget.kind == "box":
            field.V = Name(f"/{widget.state}") if widget.filled else Name.Off
        else:
            field.DA = String(f"/{TYPED} 0 Tf 0 g")
            if widget.filled:
                field.V = String(widget.filled.replace("\n", "\r"))
            if widget.right:
                field.Q = 2
            if widget.max_length:
                field.MaxLen = widget.max_length
            if widget.options:
                field.Opt = Array([String(option) for option in widget.options])
        if above is None:
            tops.append(field)
        else:
            field.Parent = above
            above.Kids.append(field)

    def _look(self, widget: Widget, page: Any) -> Any:
        """Make the place of a field on its page, and draw what it shows."""
        from pikepdf import Array, Dictionary, Name, String

        left, bottom, right, top = widget.box
        made = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array([round(edge, 2) for edge in (left, bottom, right, top)]),
                P=page.obj,
                F=_PRINT,
            )
        )
        width, height = round(right - left, 2), round(top - bottom, 2)
        if widget.kind == "box":
            made.MK = Dictionary(CA=String("8"))  # the cross of the standard font of signs
            made.DA = String("/ZaDb 0 Tf 0 g")
            ticked = Name(f"/{widget.state}")
            made.AS = ticked if widget.filled else Name.Off
            states = {str(ticked): self._sign(TICKED, height), "/Off": self._sign(BOX, height)}
            made.AP = Dictionary(N=Dictionary(states))
        else:
            made.AP = Dictionary(N=self._shown(widget, width, height))
        return made

    def _sign(self, sign: str, size: float) -> Any:
        """Draw a box, open or ticked; all boxes share the drawing."""
        if sign not in self._signs:
            drawn = b"BT 0 g /%s %.2f Tf 0 %.2f Td %s Tj ET"
            drawn %= (BOXES.encode(), size, size * 0.16, self._boxes.shown(sign))
            self._signs[sign] = self._drawing(drawn, size * 0.9, size, BOXES)
        return self._signs[sign]

    def _shown(self, widget: Widget, width: float, height: float) -> Any:
        """Draw a text as large as fits its place."""
        if not widget.filled:
            return self._drawing(b"/Tx BMC EMC", width, height, TEXT)
        lines, size = self._fitted(widget, width - 2 * _PAD, height - 2 * _PAD)
        first = height - _PAD - size if widget.kind == "lines" else (height - size * 0.7) / 2
        parts = []
        for number, line in enumerate(lines):
            x = width - _PAD - self._face.width(line, size) if widget.right else _PAD
            shown = self._body.shown(line)
            parts.append(b"1 0 0 1 %.2f %.2f Tm %s Tj" % (x, first - number * size * _LEADING, shown))
        clip = b"%.2f %.2f %.2f %.2f re W n" % (1, 1, width - 2, height - 2)
        drawn = b"/Tx BMC q %s BT 0 g /%s %.2f Tf %s ET Q EMC" % (clip, TEXT.encode(), size, b" ".join(parts))
        return self._drawing(drawn, width, height, TEXT)

    def _fitted(self, widget: Widget, width: float, height: float) -> tuple[list[str], float]:
        """Give the lines of a text and the largest size at which they fit; the smallest when none does."""
        size = LARGEST
        while True:
            lines = widget.filled.split("\n") if widget.kind == "lines" else [widget.filled.replace("\n", " ")]
            if widget.kind == "lines":
                wrapped = [wrap([Run(line, self._face, size, "")], width) for line in lines]
                lines = ["".join(run.text for run in line) for some in wrapped for line in some]
            fits = len(lines) * size * _LEADING <= max(height, LARGEST * _LEADING) and all(
                self._face.width(line.rstrip(), size) <= width for line in lines
            )
            if fits or size <= SMALLEST:
                return lines, size
            size -= 0.5

    def _drawing(self, drawn: bytes, width: float, height: float, font: str) -> Any:
        """Put what a field shows in the file; each text has its own, for programs write over it."""
        from pikepdf import Array, Dictionary, Name, Stream

        return self._pdf.make_indirect(
            Stream(
                self._pdf,
                drawn,
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, round(width, 2), round(height, 2)]),
                Resources=Dictionary(Font=Dictionary({f"/{font}": self._fonts[font]})),
            )
        )


def _shared(widgets: Sequence[Widget]) -> set[str]:
    """Give the names that several boxes share: of them one is ticked."""
    seen: set[str] = set()
    shared = set()
    for widget in widgets:
        if widget.name in seen:
            shared.add(widget.name)
        seen.add(widget.name)
    return shared
