"""Let the fonts of a PDF say which characters they draw, and mark those of which nobody can tell."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from pipeline.pdf import glyph_names, glyph_shapes, unicode_map
from pipeline.pdf.blank_glyphs import let_be_seen, may_draw_nothing
from pipeline.pdf.marks import LIKELY, UNKNOWN
from pipeline.pdf.raw_objects import RawObjects
from pipeline.pdf.said_texts import SaidTexts
from pipeline.pdf.table_gaps import doubles, may_have_gaps

_FONTS = re.compile(rb"/Subtype\s*/(?:Type[013]|MMType1|TrueType)\b")
_STANDARD = re.compile(rb"/Subtype\s*/Type1\b")
_OWN = (b"/FontDescriptor", b"/ToUnicode", b"/Differences", b"#")
"""One of these stands in a font that brings its own glyphs, table of text or encoding, or that names them in code."""
_NAMED = re.compile(rb"/Encoding\s*/\w")
_PACKED = b"/ObjStm"
_GHOSTSCRIPT = b"Ghostscript"
_MOST_FONTS = 500
_DEEPEST = 5
_MARGIN = 0.1
"""By so much, for each glyph, the shapes must fit better than those of the next best characters."""
_ASCII = range(0x21, 0x7F)
_LEAST_PROOF = 12
"""Glyphs that together show that the codes of a font are those of ASCII."""
_PROOF = 0.85
"""Share of them that must look so."""
_SWAPPED = re.compile("[\u4100-\u5a00\u6100-\u7a00]+")
_THREE = {ord(text[1]) + ord(text[2]): text for text in ("ffi", "ffl", "fft", "ffb", "ffh", "ffj", "ffk", "tti", "ttf")}
"""Ligatures of three letters by the sum of the last two."""
_PAGES = (0x01, 0x02, 0x20, 0x21, 0x22, 0x25, 0x26, 0x27, 0xFB)
"""First bytes of the characters that European texts use beyond the first 256."""
_FOLDED = 0x1FE
_LONGEST_FOLDED = 3
"""Neighbours beyond U+00FF that a document uses at a time; more are letters of the alphabet, or digits."""


def legible(data: bytes, streams: Mapping[int, bytes]) -> bytes:
    """Give a PDF whose fonts say which characters they draw, as far as they can be known.

    A glyph of which nothing tells the character becomes UNKNOWN; what is only likely has LIKELY behind it. A file
    whose fonts all say it comes back as it is.

    Args:
        data: the whole file.
        streams: what its plainly packed streams hold, by the place behind `12 0 obj`.
    """
    if not _may_be_silent(data, streams):
        return data
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            rewritten = _GHOSTSCRIPT in data or _GHOSTSCRIPT.decode() in str(pdf.docinfo.get("/Producer", ""))
            told = [(font, texts) for font in _fonts(pdf) if (texts := _texts(pdf, font, rewritten=rewritten))]
            for font, texts in told:
                width = 2 if font.get("/Subtype") == "/Type0" else 1
                font.ToUnicode = pdf.make_stream(unicode_map.make(texts, width))
            if not told:
                return data
            made = io.BytesIO()
            with warnings.catch_warnings(action="ignore", category=pikepdf.PageCopyWarning):  # of a stray field
                pdf.save(made)
            return made.getvalue()
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
        RuntimeError,
    ):
        return data  # whoever reads it next tells what is wrong with it


def _may_be_silent(data: bytes, streams: Mapping[int, bytes]) -> bool:
    """Tell from its bytes whether a file may have a font without a table of text, or with a wrong one."""
    if _PACKED in data or _GHOSTSCRIPT in data:
        return True
    silent = len(_FONTS.findall(data)) - data.count(b"/ToUnicode")
    if silent > 0 and silent > _standard_fonts(data):
        return True
    objects = RawObjects(data, streams)
    texts = SaidTexts(objects)
    return may_have_gaps(data, texts) or may_draw_nothing(objects, texts)


def _standard_fonts(data: bytes) -> int:
    """Count the fonts that every viewer has, in an encoding that every viewer knows: those need say nothing."""
    count = 0
    for font in _STANDARD.finditer(data):
        said = data[data.rfind(b" obj", 0, font.start()) : data.find(b"endobj", font.start())]
        alone = len(_FONTS.findall(said)) == 1 and not any(own in said for own in _OWN)
        count += alone and said.count(b"/Encoding") == len(_NAMED.findall(said))
    return count


def _fonts(pdf: Any) -> Iterator[Any]:
    """Give every font that a page or a drawing on it uses, once."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        yield from _fonts_of(page.obj.get("/Resources"), seen, 0)
        for remark in page.obj.get("/Annots", ()):
            normal = remark.get("/AP", {}).get("/N")
            if normal is not None:
                yield from _fonts_of(normal.get("/Resources"), seen, 0)


def _fonts_of(resources: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[Any]:
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    if resources.is_indirect:
        if resources.objgen in seen:
            return
        seen.add(resources.objgen)
    for font in resources.get("/Font", {}).values():
        if isinstance(font, pikepdf.Dictionary) and font.objgen not in seen and len(seen) < _MOST_FONTS:
            if font.is_indirect:
                seen.add(font.objgen)
            yield font
    for drawing in resources.get("/XObject", {}).values():
        if isinstance(drawing, pikepdf.Stream) and drawing.get("/Subtype") == "/Form" and drawing.objgen not in seen:
            seen.add(drawing.objgen)
            yield from _fonts_of(drawing.get("/Resources"), seen, depth + 1)


def _texts(pdf: Any, font: Any, *, rewritten: bool) -> dict[int, str] | None:
    """Give the texts of the codes of a font that it does not say itself, says wrongly, or draws as nothing."""
    import pikepdf

    told = _told(font, rewritten=rewritten)
    table = font.get("/ToUnicode")
    texts = told or (unicode_map.parse(table.read_bytes()) if isinstance(table, pikepdf.Stream) else {})
    seen = let_be_seen(pdf, font, texts)
    return texts | seen if seen else told


def _told(font: Any, *, rewritten: bool) -> dict[int, str] | None:
    """Give the texts of the codes of a font that it does not say itself, or says wrongly."""
    import pikepdf

    table = font.get("/ToUnicode")
    if isinstance(table, pikepdf.Stream):
        texts = unicode_map.parse(table.read_bytes())
        mended = _mended(font, texts) if rewritten else {**texts, **_doubtful_doubles(font, texts)}
        mended |= _gaps(font, texts)
        return None if mended == texts else mended
    texts = glyph_names.said_by_glyphs(font) or {}
    if not any(not text for text in texts.values()):
        return texts or None
    simple = font.get("/Subtype") != "/Type0"
    program = glyph_names.program_of(font) if simple else None
    glyphs = {} if program is None else glyph_names.by_code(program)
    alike = [glyph_shapes.looks_like(program, glyphs[code], chr(code)) for code in _ASCII if code in glyphs]
    known = len(alike) >= _LEAST_PROOF and sum(alike) >= _PROOF * len(alike)

    def likely(code: int) -> str:
        if simple and code in _ASCII:
            return chr(code) if known else chr(code) + LIKELY
        return glyph_shapes.blank_or_box(program, glyphs[code]) or UNKNOWN if code in glyphs else UNKNOWN

    return {code: text or likely(code) for code, text in texts.items()}


def _gaps(font: Any, texts: dict[int, str]) -> dict[int, str]:
    """Give the texts of the codes of a simple font that its table leaves out and its encoding does not tell."""
    if font.get("/Subtype") == "/Type0" or not texts:
        return {}
    said = glyph_names.said_by_glyphs(font) or {}
    return {
        code: text or UNKNOWN for code, text in said.items() if code not in texts and glyph_names.is_wide(font, code)
    }


def _doubtful_doubles(font: Any, texts: dict[int, str]) -> dict[int, str]:
    """Doubt the codes that stand for a character for which another does too, and whose glyph is not drawn like it."""
    double = doubles(texts)
    program = glyph_names.program_of(font) if double else None
    if program is None:
        return {}
    if font.get("/Subtype") == "/Type0":
        glyphs = glyph_names.glyph_of(font) or {code: code for code in texts}
    else:
        glyphs = glyph_names.by_code(program)
    known = {code: glyph for code, glyph in glyphs.items() if 0 < glyph < len(program.getGlyphOrder())}
    found: dict[int, str] = {}
    for text, codes in double.items():
        drawn = {code: known[code] for code in codes if code in known}
        if drawn and not glyph_shapes.are_one(program, set(drawn.values())):
            found |= dict.fromkeys(_unlike(program, drawn, text), text + LIKELY)
    return found


def _unlike(program: Any, drawn: dict[int, int], text: str) -> list[int]:
    """Give the codes of glyphs that may be of another character: all but the one that clearly is most alike."""
    ranked = sorted((glyph_shapes.unlikeness(program, glyph, text), code) for code, glyph in drawn.items())
    (least, first), (next_, _code) = [*ranked, (inf, 0)][:2]
    alike = drawn[first] if least < inf and least + _MARGIN < next_ else 0
    return [code for code, glyph in drawn.items() if glyph != alike]


def _mended(font: Any, texts: dict[int, str]) -> dict[int, str]:
    """Set right what Ghostscript 10 gets wrong in the table of text of a font.

    It swaps the bytes of ligatures, adds up their last letters where they have three, and lays both bytes of a
    character beyond U+00FF over each other where it stood in a range with its neighbour.
    """
    mended = {code: _swapped_back(text) if len(text) > 1 else text for code, text in texts.items()}
    if font.get("/Subtype") == "/Type0":
        mended |= _unfolded(font, texts)
    return mended


def _swapped_back(text: str) -> str:
    """Give a text of several letters whose bytes were swapped as it was; UNKNOWN when that cannot be told."""
    if _SWAPPED.fullmatch(text):
        return "".join(chr(ord(letter) >> 8) for letter in text)
    first, last = ord(text[0]), ord(text[-1])
    if len(text) == 2 and first & 0xFF == 0 and last & 0xFF == 0 and _SWAPPED.match(text):
        found = _THREE.get(last >> 8, "")
        return found if found.startswith(chr(first >> 8)) else UNKNOWN
    return text


def _unfolded(font: Any, texts: dict[int, str]) -> dict[int, str]:
    """Give the characters of the codes whose text may be two bytes in one: those whose neighbour's goes on."""
    runs = _runs({code: ord(text) for code, text in texts.items() if len(text) == 1 and ord(text) <= _FOLDED})
    program = glyph_names.program_of(font) if runs else None
    if program is None:
        return {}
    glyphs = glyph_names.glyph_of(font)

    def apart(code: int, character: int) -> float:
        return glyph_shapes.unlikeness(program, code if glyphs is None else glyphs.get(code, 0), chr(character))

    found: dict[int, str] = {}
    for run in runs:
        right = {code for code, total in run.items() if apart(code, total) < inf}
        if len(right) == len(run) or (len(run) > _LONGEST_FOLDED and 2 * len(right) > len(run)):
            continue
        codes = list(run)
        starts = sorted(
            (sum(map(apart, codes, range(start, start + len(run)))), start) for start in _folding_to(run[codes[0]])
        )
        (least, start), (next_, _start) = [*starts, (inf, 0), (inf, 0)][:2]
        if least + _MARGIN * len(run) < next_:
            found |= {code: chr(start + step) for step, code in enumerate(codes)}
        else:
            found |= {code: chr(total) + LIKELY if total in _ASCII else UNKNOWN for code, total in run.items()}
    return found


def _folding_to(total: int) -> list[int]:
    """Give the characters of which both bytes, laid over each other, are a number."""
    return [page << 8 | low for page in _PAGES for low in range(0x100) if page | low == total]


def _runs(numbers: dict[int, int]) -> list[dict[int, int]]:
    """Give the runs of at least two codes that follow each other and whose numbers do as well."""
    runs: list[dict[int, int]] = []
    for code, number in sorted(numbers.items()):
        if runs and runs[-1].get(code - 1) == number - 1:
            runs[-1][code] = number
        else:
            runs.append({code: number})
    return [run for run in runs if len(run) > 1]
