"""Tell whether the drawing of a form field shows the text that the field holds."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import AnyStr

_SHOWS = re.compile(rb"T[jJ]\b|['\"]\s")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LEAST_CUT = 40
"""Letters that a field of several lines shows at least where the rest may be cut off below."""
_ALIKE = str.maketrans("‘’‚‛`´“”„–—−‐‑", "''''''\"\"\"-----", "\u00ad\u200b\u2060\ufeff")
_REPLACED = re.compile(r"[?\x00-\x1f\x7f\ufffd·•]")
"""What programs draw for a letter that their font lacks; others draw nothing."""
_BLANKS = b" \t\r\n\x0c\xa0"
_BESIDE_LATIN = "pipeline.beside_latin"
_CONTROLS = re.compile("[\x80-\x9f]")
"""What latin-1 has in the place of the signs of cp1252."""
_LOST = bytes(range(0x21)) + b"?\x7f"
"""What says nothing where letters may be lost."""
_NOT_ASCII = bytes(range(0x80, 0x100))


def is_line(drawing: bytes, text: str) -> bool:
    """Tell at first sight whether a drawing shows a text as the one line of it; if not, more must be looked at."""
    if drawing.count(b"Tj") != 1:
        return False
    try:
        line = b"(%b) Tj" % (text.encode() if text.isascii() else _coded(text))
    except UnicodeEncodeError:
        return False
    find = drawing.find  # `in` takes four times as long
    start = find(line)
    end = start + len(line)
    alone = start >= 0 and drawing.count(b"(") == 1 == drawing.count(b")") and find(b"\\") < 0
    if not alone or drawing[end : end + 1].isalnum():
        return False
    if find(b"TJ") < 0 and find(b"'") < 0 and find(b'"') < 0:
        return True
    return not shows(drawing[:start] + b" ") and not shows(drawing[end:])


def shows(drawing: bytes) -> bool:
    """Tell whether a drawing may show text."""
    find = drawing.find
    may = find(b"Tj") >= 0 or find(b"TJ") >= 0 or find(b"'") >= 0 or find(b'"') >= 0
    return may and _SHOWS.search(drawing) is not None


def is_plain(plainly: list[bytes], text: str, *, cut: bool) -> bool:
    """Tell whether codes say what the field holds as they stand, whatever the font; most do."""
    codes = b" ".join([each or b"?" for each in plainly])
    if codes.find(b"\\") >= 0:
        codes = _ESCAPED.sub(rb"\1", codes)
    try:
        said = _coded(text)
        if codes == said or codes.translate(None, _BLANKS) == said.translate(None, _BLANKS):
            return True
    except UnicodeEncodeError:  # then the codes of other letters are those of another table
        if _is_begun(codes.translate(None, _NOT_ASCII + _LOST), _ascii(text), cut=cut):
            return True
    return is_same(codes.decode("cp1252", "replace"), text, cut=cut)


def _coded(text: str) -> bytes:
    """Give a text in cp1252, for which the codec itself takes ten times as long.

    Raises:
        UnicodeEncodeError: it has letters that are not in it.
    """
    codes = text.encode("latin-1", _BESIDE_LATIN)
    return codes if text.isascii() or not _CONTROLS.search(text) else text.encode("cp1252")


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
