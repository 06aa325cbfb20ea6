"""Leave out of a Word file what stands in other copies of its form byte for byte: it is read once for all of them.

Most of a filled form is the form itself. Its bytes are cut behind each paragraph and behind the properties of each
control; what was met before, but for the one text in it, is replaced by one element with a number, which the reader
takes for what it came to then. What is kept hangs on nothing but the bytes, the styles and the opening of the part, so
that no file tells anything of another. A file in which bytes may mean something else is read as it is, and so is one
where the reader did not come to all that was left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import count
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from pipeline.errors import Unreadable
from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import W
from pipeline.readers.docx_controls import Properties
from pipeline.readers.docx_known import HOLE, Known, know_paragraph, know_properties
from pipeline.readers.docx_looks import find_looks
from pipeline.readers.docx_styles import NONE, Look, Styles, read_styles
from pipeline.records import record
from pipeline.trees import LARGEST

NUMBER = "KNOWN"
"""The attribute with the number of what was left out; a file that has this word itself is read as it is."""
_MARK = NUMBER.encode()
_OPENING = re.compile(rb"""(?:<\?xml[^<>]*\?>\s*)?(<w:document\s[^<>]*[^<>/]>)""")
_SPACE = b'xmlns:w="%s"' % W[1:-1].encode()
_GAP = b"\0"
"""Stands in a piece for the one text in it; no XML has it."""
_TEXT_END = b"</w:t>"
_ODD = re.compile(rb"\xe2[\x97\x98\x9d]|\xef")
"""In a text that may have an empty box, or a sign of a symbol font."""
_NOT_ALONE = (b"xmlns", b"<!", b"<?", _MARK, HOLE.encode())
"""In a piece with one of these, or under it, bytes may mean something else than in another place."""
_MOST, _LONGEST = 500_000, 8_000
"""Letters of the pieces of one kind that are kept of one form, and of one of them."""
_FORMS = 8
_LARGEST_STYLES = 500_000
_SEEN = 20_000
"""So many pieces are known by their hash, to keep only what comes again."""


_Read: TypeAlias = Known | Properties


class Bypassed(Exception):
    """Something looks at a place from which a paragraph was left out."""


@dataclass(slots=True)
class LeftOut:
    """What was left out of a part."""

    found: dict[str, _Read] = field(default_factory=dict)
    """By its number."""
    waiting: int = 0
    """Paragraphs of which the place was not met yet."""

    def paragraph(self, place: Any) -> Known | None:
        """Give the paragraph that was left out here, if one was."""
        known = self.found.get(place.get(NUMBER, ""))
        if not isinstance(known, Known):
            return None
        self.waiting -= 1
        return known

    def properties(self, place: Any) -> Properties | None:
        """Give the properties of a control that were left out here, if they were."""
        known = self.found.get(place.get(NUMBER, ""))
        return known if isinstance(known, Properties) else None


@record
class _Place:
    number: str
    read: _Read
    text: bytes
    """What stands in the place of the piece: what is before it there, and an element with the number."""


_numbers = count(1)


class _Pieces:
    """The pieces that are known of one kind, by all that stands before their end since the piece before."""

    def __init__(
        self, name: bytes, know: Callable[[Any, Mapping[Any, Look], Callable[..., Any]], _Read | None]
    ) -> None:
        self._name = name
        self._know = know
        self.end = b"</w:%s>" % name
        self._start = re.compile(rb"""<w:%s(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*>""" % name)
        self._other = re.compile(rb"<w:%s[\s/>]" % name)
        self.known: dict[bytes, _Place] = {}
        self._left = _MOST
        self._seen: set[int] = set()
        """Hashes of what was met once: only what comes again is worth to be known."""
        self._tried: set[int] = set()
        """Those of what was met again, known since then or not to be known apart."""

    def meet(self, pieces: Sequence[bytes], opening: bytes, styles: Styles) -> None:
        """Get to know those of some pieces that were met before, all at once: to parse each takes ten times as long."""
        seen, tried = self._seen, self._tried
        again = {piece for piece in pieces if hash(piece) in seen and hash(piece) not in tried}
        seen.update(map(hash, pieces))
        if len(seen) > _SEEN or len(tried) > _SEEN:
            self._forget()
        tried.update(map(hash, again))
        whole = {piece: start for piece in again if (start := self._begin(piece)) >= 0}
        if not whole:
            return
        texts = [piece[start:] + self.end for piece, start in whole.items()]
        try:
            root = parse(b"%s%s</w:document>" % (opening, b"".join(texts).replace(_GAP, HOLE.encode())))
        except Unreadable:  # one of a damaged file, which must not keep the others unknown
            tried.difference_update(map(hash, again))
            return
        looks = find_looks(root, styles)
        for (piece, start), text, element in zip(whole.items(), texts, root, strict=True):
            made = self._know(element, looks, partial(_element, opening, text))
            if made is not None:
                self._keep(piece, start, made)

    def _begin(self, piece: bytes) -> int:
        """Give where the element begins with which a piece ends; -1 when it may be none, or mean something else."""
        start = max(piece.rfind(b"<w:%s>" % self._name), piece.rfind(b"<w:%s " % self._name))
        if start < 0 or len(piece) > _LONGEST or self._start.match(piece, start) is None:
            return -1
        alone = self._other.search(piece, start + 1) is None and not any(piece.find(o, start) >= 0 for o in _NOT_ALONE)
        return start if alone else -1

    def _keep(self, piece: bytes, start: int, made: _Read) -> None:
        if self._left < len(piece):
            self._forget()
        self._left -= len(piece)
        number = str(next(_numbers))
        ends = b"" if _GAP in piece else b"/"
        text = b'%s<w:%s %s="%s"%s>' % (piece[:start], self._name, _MARK, number.encode(), ends)
        self.known[piece] = _Place(number, made, text)

    def _forget(self) -> None:
        self.known.clear()
        self._seen.clear()
        self._tried.clear()
        self._left = _MOST


class _Copies:
    """What is known of files with one opening and the same styles."""

    def __init__(self, opening: bytes, styles: Styles) -> None:
        self._opening = opening
        self._styles = styles
        self._paragraphs = _Pieces(b"p", lambda element, looks, again: know_paragraph(element, looks, styles, again))
        self._open = _Pieces(b"p", lambda element, looks, again: know_paragraph(element, looks, styles, again))
        """Paragraphs with a gap for their text."""
        self._properties = _Pieces(b"sdtPr", lambda element, _looks, again: know_properties(element, again))

    def shorten(self, data: bytes, left_out: LeftOut) -> bytes:
        """Leave out what is known, and get to know what was met before."""
        paragraphs, properties, found = self._paragraphs, self._properties, left_out.found
        framed = self._open.known
        new: list[bytes] = []
        frames: list[bytes] = []
        heads: list[bytes] = []
        texts: list[bytes] = []
        marks = 0
        *pieces, rest = data.split(paragraphs.end)
        for piece in pieces:
            place = paragraphs.known.get(piece)
            if place is not None:
                found[place.number] = place.read
                texts.append(place.text)
                left_out.waiting += 1
                continue
            frame, text = _frame(piece)
            if frame:
                place = framed.get(frame)
                if place is not None:
                    found[place.number] = place.read
                    texts += (place.text, text, paragraphs.end)
                    left_out.waiting += 1
                    continue
                frames.append(frame)
            new.append(piece)
            *before, tail = piece.split(properties.end)
            for head in before:
                place = properties.known.get(head)
                if place is None:
                    heads.append(head)
                    texts += (head, properties.end)
                else:
                    found[place.number] = place.read
                    texts.append(place.text)
                    marks += 1
            texts += (tail, paragraphs.end)
        paragraphs.meet(new, self._opening, self._styles)
        self._open.meet(frames, self._opening, self._styles)
        properties.meet(heads, self._opening, self._styles)
        if not found:
            return data
        texts.append(rest)
        shortened = b"".join(texts)
        if self._is_plain(shortened, left_out.waiting + marks):
            return shortened
        found.clear()
        left_out.waiting = 0
        return data

    def _is_plain(self, shortened: bytes, marks: int) -> bool:
        """Tell whether what is left of a file lets its pieces mean what they do by themselves."""
        return (
            shortened.count(_MARK) == marks
            and shortened.count(b"xmlns") == self._opening.count(b"xmlns")
            and not _follows(shortened, b"!")
            and not _follows(shortened, b"?")
            and b"dataBinding" not in shortened  # what a control keeps is held against that
            and b"txbxContent" not in shortened
        )


def _frame(piece: bytes) -> tuple[bytes, bytes]:
    """Give a piece with a gap in the place of the one text in it, and that text; nothing when it has no one text."""
    end = piece.find(_TEXT_END)
    if end < 0 or piece.find(_TEXT_END, end + 1) > 0:
        return b"", b""
    start = piece.rfind(b">", 0, end) + 1
    text = piece[start:end]
    if not text or b"[" in text or b"&#" in text or not (text.isascii() or _ODD.search(text) is None):
        return b"", b""
    return b"%s\0%s" % (piece[:start], piece[end:]), text


def _element(opening: bytes, piece: bytes, own: str = "") -> Any:
    """Give a piece as an element, with the text that a file has in its gap."""
    return parse(b"%s%s</w:document>" % (opening, piece.replace(_GAP, escape(own).encode())))[0]


def _follows(data: bytes, sign: bytes) -> bool:
    """Tell whether a sign follows «<» anywhere but at the start; to look for both together takes a hundred times."""
    at = data.find(sign, 2)
    while at > 0:
        if data[at - 1] == ord("<"):
            return True
        at = data.find(sign, at + 1)
    return False


@lru_cache(maxsize=_FORMS)
def _copies(opening: bytes, part: bytes) -> _Copies:
    return _Copies(opening, read_styles(part) if part else NONE)


def parse_copy(data: bytes, part: bytes, styles: Styles) -> tuple[Any, LeftOut]:
    """Parse the main part of a document without what is known of it; give its root, and what was left out.

    Args:
        data: the part as it stood in the package.
        part: that with its styles; empty when there is none.
        styles: what that says.

    Raises:
        Unreadable: as for any part.
    """
    left_out = LeftOut()
    if styles.whitens or len(part) > _LARGEST_STYLES:  # then letters are read by what is around them
        return parse(data), left_out

    def shorten(plain: bytes) -> bytes:
        opening = _OPENING.match(plain)
        if opening is None or _SPACE not in opening[1] or (len(plain) > LARGEST and plain.count(b"<") > LARGEST):
            return plain
        return _copies(opening[1], part).shorten(plain, left_out)

    return parse(data, shorten), left_out
