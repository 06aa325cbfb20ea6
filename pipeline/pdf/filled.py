"""Open a PDF for what was filled in and written on it: its form fields, its remarks, its pages for their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.errors import Reason, Unreadable
from pipeline.pdf.field import Field
from pipeline.pdf.fields import FieldTree
from pipeline.pdf.guard import MOST_PAGES
from pipeline.pdf.imprint import Line, find_imprint
from pipeline.pdf.late import Late, NeedsMending, opened, opened_late
from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.remembered import Remembered
from pipeline.pdf.written import ITEMS, REFERENCES

_DEEPEST = 40
_HIDDEN = 2 | 32
_A4 = (0.0, 0.0, 595.28, 841.89)
_PLACE = b"/Widget"
"""Stands in each place of a field."""
_SAID = frozenset(
    {
        "FreeText", "Text", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Stamp", "Ink", "Line",
        "Square", "Circle", "Polygon", "PolyLine", "Redact",
    }
)  # fmt: skip
"""Kinds of remarks that a person leaves on a page."""


class PageBox(NamedTuple):
    """What of a page is shown."""

    box: tuple[float, float, float, float]
    """left, bottom, right, top, as the file has it."""
    turn: int
    """Quarter turns clockwise."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody put on a page with the tools of a viewer."""

    kind: str
    """FreeText (typed on the page), Text (a note beside it), Highlight, Stamp, Ink …"""
    text: str
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in and written on a file."""

    fields: tuple[Field, ...]
    remarks: tuple[Remark, ...]
    hidden: tuple[tuple[str, str], ...]
    """Names of the fields that hold something and show it nowhere, and what they hold."""
    pages: tuple[PageBox, ...]
    title: str
    printed: tuple[Line, ...] | None
    """What the pages print, when the file is a form of ours and they are as they were printed."""
    damaged: bool
    """It is a form, and had to be mended: fields may lack, or what they held."""


def open_filled(data: bytes, streams: Mapping[int, bytes] = MappingProxyType({})) -> Filled:
    """Read the fields and the remarks of a PDF; most printed ones have neither.

    Args:
        data: the whole file.
        streams: what of its streams was unpacked, by the place behind `12 0 obj`.

    Raises:
        Unreadable: a form of the XFA kind without ordinary fields, a portfolio of other files, too many fields, a
            password, or damaged.
    """
    import pikepdf

    try:
        try:
            with opened_late(data) as late:
                return _filled(late, Objects(late, data, streams, late.table), (data, *streams.values()))
        except NeedsMending:
            with opened(data) as pdf:
                return _filled(pdf, Objects(pdf, data, streams), (data, *streams.values()))
    except pikepdf.PasswordError as error:
        raise Unreadable(Reason.ENCRYPTED, "de pdf is met een wachtwoord beveiligd") from error
    except (
        pikepdf.PikepdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RecursionError,
        RuntimeError,
    ) as error:
        raise Unreadable(Reason.DAMAGED, "de formuliervelden van de pdf kunnen niet gelezen worden") from error


def _filled(pdf: Any, objects: Objects, held: Iterable[bytes]) -> Filled:
    root = objects.dictionary(pdf.trailer.get("/Root"))
    if isinstance(pdf, Late) and "/Pages" not in root:
        raise NeedsMending
    if "/Collection" in root:
        raise Unreadable(Reason.CLOSED, "een pdf-portfolio, die andere bestanden bevat")
    form = objects.dictionary(root.get("/AcroForm"))
    xfa = "/XFA" in form
    if xfa and objects.is_true(root.get("/NeedsRendering")):
        raise Unreadable(Reason.XFA, "het formulier is van de soort XFA, zonder gewone bladzijden")
    leaves = list(_leaves(objects, root.get("/Pages")))
    pages = [page for _known, page in leaves]
    placed = _placed(objects, leaves)
    tree = FieldTree(objects, form, placed.places)
    fields = tree.read()
    lacking = objects.lacking  # of the fields; a note or a drawing that lacks is no answer
    remarks = () if tree.has_all(placed.numbers) else tuple(_beside_fields(objects, tree, placed))
    if xfa and not fields:
        raise Unreadable(Reason.XFA, "het formulier is van de soort XFA, zonder gewone velden")
    printed = find_imprint(objects, root, pages) if fields else None
    damaged = (lacking or objects.mended()) and (bool(form or fields) or any(_PLACE in each for each in held))
    return Filled(
        tuple(fields),
        remarks,
        tuple(tree.hidden),
        tuple(_page_boxes(objects, pages)),
        objects.text(objects.dictionary(pdf.trailer.get("/Info")).get("/Title")),
        None if damaged else printed,
        damaged,
    )


def _leaves(objects: Objects, top: Value) -> Iterator[tuple[tuple[int, int] | None, Mapping[str, Value]]]:
    """Give the pages, in order, with their numbers; whatever their tree, it ends."""
    waiting = [top]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        value = waiting.pop()
        known = objects.reference(value)
        if known in seen:
            continue
        if known is not None:
            seen.add(known)
        node = objects.dictionary(value)
        if "/Kids" in node:
            waiting.extend(reversed(objects.array(node["/Kids"])))
        elif node:
            count += 1
            if count > MOST_PAGES:
                raise Unreadable(Reason.TOO_LARGE, "de pdf heeft meer dan {most} bladzijden", most=MOST_PAGES)
            yield known, node


class _Placed(NamedTuple):
    """What stands on the pages of a file beside what they print."""

    notes: Sequence[Sequence[Value]]
    """Of each page its places of fields, and what somebody put on it with the tools of a viewer."""
    numbers: Sequence[Sequence[tuple[int, int] | None]]
    """Those under which the file keeps them."""
    places: Mapping[tuple[int, int], int]
    """Of each the number of its page; and of the pages themselves."""


def _placed(objects: Objects, leaves: Sequence[tuple[tuple[int, int] | None, Mapping[str, Value]]]) -> _Placed:
    """Give what stands on pages; what each of them names plainly is in every copy of a form the same."""
    named = tuple((known, page.get("/Annots", "[]")) for known, page in leaves)
    if all(type(said) is str and said.startswith("[") for _known, said in named):
        return _PLACED[named]
    notes = [objects.array(said) for _known, said in named]
    return _place([known for known, _said in named], notes, [list(map(objects.reference, some)) for some in notes])


def _read_placed(named: tuple[tuple[tuple[int, int] | None, str], ...]) -> _Placed:
    notes = [ITEMS[said] for _known, said in named]
    numbers = [tuple(REFERENCES[each] for each in some) for some in notes]
    return _place([known for known, _said in named], notes, numbers)


def _place(
    pages: Sequence[tuple[int, int] | None],
    notes: Sequence[Sequence[Value]],
    numbers: Sequence[Sequence[tuple[int, int] | None]],
) -> _Placed:
    places = {known: number for number, known in enumerate(pages, start=1) if known}
    places |= {known: number for number, some in enumerate(numbers, start=1) for known in some if known}
    return _Placed(notes, numbers, places)


_PLACED = Remembered(_read_placed, 1_000_000, lambda named, _placed: sum(20 * len(said) for _known, said in named))


def _beside_fields(objects: Objects, tree: FieldTree, placed: _Placed) -> Iterator[Remark]:
    """Give the remarks; take in the places of fields that the tree does not have."""
    for number, (some, known_some) in enumerate(zip(placed.notes, placed.numbers, strict=True), start=1):
        for known, note in zip(known_some, some, strict=True):
            if known is not None and tree.has(known):
                continue
            about = objects.dictionary(note)
            if objects.name(about.get("/Subtype")) == "Widget":
                tree.add_stray(known, about, number)
            else:
                yield from _remark(objects, about, number)


def _remark(objects: Objects, note: Mapping[str, Value], page: int) -> Iterator[Remark]:
    kind = objects.name(note.get("/Subtype"))
    box = objects.box(note.get("/Rect"))
    if kind in _SAID and box is not None and not objects.number(note.get("/F")) & _HIDDEN:
        text = objects.text(note.get("/Contents")).replace("\r\n", "\n").replace("\r", "\n")
        yield Remark(kind, text, page, box)


def _page_boxes(objects: Objects, pages: Sequence[Mapping[str, Value]]) -> Iterator[PageBox]:
    """Give what is shown of each page; what it does not say itself it has from above."""
    known: dict[tuple[int, int], Mapping[str, Value]] = {}

    def handed(page: Mapping[str, Value], key: str) -> Value:
        for _step in range(_DEEPEST):
            if key in page:
                return page[key]
            if "/Parent" not in page:
                break
            above = objects.reference(page["/Parent"])
            if above is None:
                page = objects.dictionary(page["/Parent"])
                continue
            if above not in known:
                known[above] = objects.at(above)
            page = known[above]
        return None

    for page in pages:
        media = objects.box(handed(page, "/MediaBox")) or _A4
        crop = objects.box(handed(page, "/CropBox")) or media
        shown = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        turn = objects.number(handed(page, "/Rotate")) // 90 % 4
        yield PageBox(shown if shown[0] < shown[2] and shown[1] < shown[3] else media, turn)
