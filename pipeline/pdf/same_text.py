"""Tell whether the drawing of a form field shows the text that the field holds."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import AnyStr

from pipeline.pdf.remembered import Remembered

_SHOWS = re.compile(rb"T[jJ]\b|['\"]\s")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LEAST_CUT = 40
"""Letters that a field of several lines shows at least where the rest may be cut off below."""
_ALIKE = str.maketrans("‘’‚‛`´“”„–—−‐‑", "''''''\"\"\"-----", "\u00ad\u200b\u2060\ufeff")
_REPLACED = re.compile(r"[?\x00-\x1f\x7f\ufffd·•]")
"""What programs draw for a letter that their font lacks; others draw nothing."""
_BLANKS = b" \t\r\n\x0c\xa0"
_BESIDE_LATIN = "pipeline.beside_latin"
_SHOWN = (b" Tj\n", b" Tj\r", b" Tj ")
_SIGNS = (b"Tj", b"TJ", b"'", b'"', b"(", b")", b"\\")
"""What shows a text, or is part of one."""
_BRACKETS = b"()\\"
"""What stands in a drawing with an escape."""
_CONTROLS = re.compile("[\x80-\x9f]")
"""What latin-1 has in the place of the signs of cp1252."""
_LOST = bytes(range(0x21)) + b"?\x7f"
"""What says nothing where letters may be lost."""
_NOT_ASCII = bytes(range(0x80, 0x100))


def is_alone(drawing: bytes, codes: bytes) -> bool:
    """Tell at first sight whether a drawing shows some codes as they stand, all of them and nothing else.

    Args:
        drawing: what the drawing holds.
        codes: what they are.
    """
    if len(codes.translate(None, _BRACKETS)) < len(codes):
        return False
    before, found, behind = drawing.partition(b"(%b)" % codes)
    if found:
        return _AROUND[before, behind]
    before, _opened, rest = drawing.partition(b"(")  # in several lines, each as far from the one before
    lines, _closed, behind = rest.rpartition(b")")
    end = lines.find(b")")
    between = lines[end : lines.find(b"(", end) + 1]
    if end < 0 or not between or lines.find(b"()") >= 0:
        return False
    if lines.replace(between, b"").translate(None, _BLANKS) != codes.translate(None, _BLANKS):
        return False
    return _AROUND[before, behind] and _AROUND[b"", between[1:-1]]


def _shows_nothing(drawing: tuple[bytes, bytes]) -> bool:
    """Tell whether a drawing shows what stands between two parts of it in brackets, and nothing else."""
    before, behind = drawing
    if not behind.startswith(_SHOWN):
        return False
    beside = before + behind[len(b" Tj") :]
    return all(beside.find(sign) < 0 for sign in _SIGNS)


_AROUND = Remembered(_shows_nothing, 2_000_000, lambda drawing, _nothing: sum(map(len, drawing)))
"""What stands before and behind the texts that are filled in is the same in many copies."""


def shows(drawing: bytes) -> bool:
    """Tell whether a drawing may show text."""
    find = drawing.find
    may = find(b"Tj") >= 0 or find(b"TJ") >= 0 or find(b"'") >= 0 or find(b'"') >= 0
    return may and _SHOWS.search(drawing) is not None


def is_plain(plainly: list[bytes], text: str, said: bytes | None, *, cut: bool) -> bool:
    """Tell whether codes say what the field holds as they stand, whatever the font; most do.

    Args:
        plainly: the codes.
        text: what the field holds.
        said: the same, coded.
        cut: only its begin need be shown.
    """
    codes = b" ".join([each or b"?" for each in plainly])
    if codes.find(b"\\") >= 0:
        codes = _ESCAPED.sub(rb"\1", codes)
    if said is None:  # then the codes of other letters are those of another table
        if _is_begun(codes.translate(None, _NOT_ASCII + _LOST), _ascii(text), cut=cut):
            return True
    elif codes == said or codes.translate(None, _BLANKS) == said.translate(None, _BLANKS):
        return True
    return is_same(codes.decode("cp1252", "replace"), text, cut=cut)


def coded(text: str) -> bytes | None:
    """Give a text in cp1252, for which the codec itself takes ten times as long; None when letters are not in it."""
    if text.isascii():
        return text.encode()
    try:
        codes = text.encode("latin-1", _BESIDE_LATIN)
        return text.encode("cp1252") if _CONTROLS.search(text) else codes
    except UnicodeEncodeError:
        return None


def _beside_latin(wrong: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(wrong, UnicodeEncodeError):
        raise wrong
    return wrong.object[wrong.start : wrong.end].encode("cp1252"), wrong.end


codecs.register_error(_BESIDE_LATIN, _beside_latin)


def _ascii(text: str) -> bytes:
    """Give of a text what every font has."""
    return text.encode("ascii", "ignore").translate(None, _LOST)


def is_same(shown: str, text: str, *, cut: bool) -> bool:
    """Tell whether a field shows what it holds, wherever its lines end and whichever letters its font lacks."""
    seen, held = _bare(shown), _bare(text)
    if _is_begun(seen, held, cut=cut) or _is_begun(_alike(seen), _alike(held), cut=cut):
        return True
    if not unicodedata.is_normalized("NFC", text):  # a font often lacks the accents that stand apart
        seen, held = _unaccented(seen), _unaccented(held)
    elif not _REPLACED.search(seen) and len(seen) >= len(held):
        return False
    return _is_begun(seen, held, cut=cut) or _is_begun(_ascii(seen), _ascii(held), cut=cut)


def _is_begun(seen: AnyStr, held: AnyStr, *, cut: bool) -> bool:
    return seen == held or (cut and len(seen) >= _LEAST_CUT and held.startswith(seen))


def _bare(text: str) -> str:
    return "".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def _alike(text: str) -> str:
    """Give a text with one letter for each that is drawn alike: ligatures, fractions, quotes, dashes."""
    return unicodedata.normalize("NFKC", text.translate(_ALIKE))


def _unaccented(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
