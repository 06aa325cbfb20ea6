"""The fonts of a fillable PDF: measured, and embedded so that pages and fields show every letter of a name."""

from __future__ import annotations

import functools
import importlib.util
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

BOX, TICKED = "☐", "☒"
_UNITS = 1000
_EXTRA = "ćĆčČőŐűŰłŁńśŚşŞğĞıİęąźżŻđřěă"
"""Letters of names in the Low Countries that Windows does not have for Western Europe."""
_UNTYPED = "\ufffd\x7f¦¨¯¸¬\xad¶¤ˆ˜ªÐðÞþ¹¢¥ƒ‡‹›"
_TO_UNICODE_LINES = 100
"""Most lines of one block of a map to Unicode."""


class Face:
    """A face of the font: what its letters measure, and how it goes into a file."""

    def __init__(self, name: str, path: Path) -> None:
        self._name = name
        self._path = path
        font = _open(path)
        scale = _UNITS / font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        self._widths: dict[int, float] = {code: metrics[glyph][0] * scale for code, glyph in font.getBestCmap().items()}
        self._blank: float = metrics[".notdef"][0] * scale

    def width(self, text: str, size: float) -> float:
        """Give the width of a text in points."""
        return sum(self._widths.get(ord(letter), self._blank) for letter in text) * size / _UNITS

    def subset(self, letters: Iterable[str]) -> Subset:
        """Give the face cut down to the letters of most forms, and those of these that are others.

        Nearly every file has the same, which is cut once.
        """
        usual = frozenset(typed_letters().values())
        return self._cut("".join(sorted(set(letters) - usual)), usual)

    @functools.lru_cache(maxsize=16)  # noqa: B019 - the two faces live as long as the program
    def _cut(self, more: str, usual: frozenset[str]) -> Subset:
        from fontTools import subset

        options = subset.Options(
            notdef_outline=True, hinting=False, layout_features=[], name_IDs=[], recalc_timestamp=False
        )
        options.drop_tables += ["DSIG", "GPOS", "GSUB", "GDEF"]
        font = _open(self._path)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted({ord(letter) for letter in (*more, *usual)} & self._widths.keys()))
        cutter.subset(font)
        return Subset(self._name, font)


class Subset:
    """A face with the letters that a file needs: knows their codes in that file."""

    def __init__(self, name: str, font: Any) -> None:
        self._name = name
        self._font = font
        self._codes = {code: font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}

    def shown(self, text: str) -> bytes:
        """Give a text as an operand: the number of each glyph; a letter that the font lacks is an open box."""
        return b"<" + b"".join(b"%04X" % self._codes.get(ord(letter), 0) for letter in text) + b">"

    def embed(self, pdf: Any) -> Any:
        """Put the font in a file for text by the number of its glyphs: any letter. Gives the object for resources."""
        from pikepdf import Array, Dictionary, Name, Stream, String

        name, described = self._described(pdf)
        widths = [self._width(glyph) for glyph in self._font.getGlyphOrder()]
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=described,
            DW=widths[0],
            W=Array([0, Array(widths)]),
            CIDToGIDMap=Name.Identity,
        )
        # where two letters share a glyph, the first of Unicode speaks for it
        letters = {glyph: code for code, glyph in sorted(self._codes.items(), reverse=True)}
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(inner)]),
                ToUnicode=Stream(pdf, _to_unicode(letters, digits=4)),
            )
        )

    def embed_for_typing(self, pdf: Any) -> Any:
        """Put the font in a file for text of one byte a letter, as every program that fills in a form can write it."""
        from fontTools.agl import UV2AGL
        from pikepdf import Array, Dictionary, Name, Stream

        name, described = self._described(pdf)
        glyphs = self._font.getBestCmap()
        codes = {code: ord(letter) for code, letter in typed_letters().items()}
        differences: Any = Array()
        for code, letter in codes.items():
            if chr(letter) in _EXTRA:
                differences.extend([code, Name(f"/{UV2AGL[letter]}")])
        widths = [self._width(glyphs.get(codes.get(code, 0), ".notdef")) for code in range(32, 256)]
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=name,
                FirstChar=32,
                LastChar=255,
                Widths=Array(widths),
                Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=differences),
                FontDescriptor=described,
                ToUnicode=Stream(pdf, _to_unicode(codes, digits=2)),
            )
        )

    @functools.cached_property
    def _program(self) -> bytes:
        """The font itself."""
        made = io.BytesIO()
        self._font.save(made)
        return made.getvalue()

    def _width(self, glyph: str) -> int:
        width: float = self._font["hmtx"][glyph][0] * _UNITS / self._font["head"].unitsPerEm
        return round(width)

    def _described(self, pdf: Any) -> tuple[Any, Any]:
        """Give the name of the font in a file, and its description with the font itself."""
        from pikepdf import Array, Dictionary, Name, Stream

        font, content = self._font, self._program
        scale = _UNITS / font["head"].unitsPerEm
        head, across = font["head"], font["hhea"]
        name = Name(f"/{_tag(content)}+{self._name}")
        described = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=32,
            FontBBox=Array([round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]),
            ItalicAngle=0,
            Ascent=round(across.ascent * scale),
            Descent=round(across.descent * scale),
            CapHeight=660,
            StemV=130 if "Bold" in self._name else 80,
            FontFile2=Stream(pdf, content, Length1=len(content)),
        )
        return name, pdf.make_indirect(described)


def _to_unicode(letters: dict[int, int], *, digits: int) -> bytes:
    """Say what letter each code of a font is."""
    lines = [b"<%s> <%s>" % (b"%0*X" % (digits, code), _utf16(letter)) for code, letter in sorted(letters.items())]
    blocks = [
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part))
        for part in (lines[at : at + _TO_UNICODE_LINES] for at in range(0, len(lines), _TO_UNICODE_LINES))
    ]
    span = b"<%s> <%s>" % (b"0" * digits, b"F" * digits)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n"
        + span
        + b"\nendcodespacerange\n"
        + b"".join(blocks)
        + b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@functools.cache
def typed_letters() -> dict[int, str]:
    """Give the letters that a field shows, by their codes.

    They are those of Windows for Western Europe, so that a program that knows no other codes writes them right; in
    the places of signs that nobody types stand the letters of other names: ć, ő, ł, ş.
    """
    western = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x20, 0x100)}
    free = [code for code, letter in western.items() if letter in _UNTYPED]
    return western | dict(zip(free, _EXTRA, strict=True))


@functools.cache
def regular() -> Face:
    """Give the face of running text and of answers."""
    return _face("Regular")


@functools.cache
def bold() -> Face:
    """Give the face of headings and labels."""
    return _face("Bold")


@functools.cache
def boxes() -> Subset:
    """Make the font of the check boxes: an open one and one with a cross, which few fonts have."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def drawn(*outlines: list[tuple[int, int]]) -> Any:
        pen = TTGlyphPen(None)
        for first, *more in outlines:
            pen.moveTo(first)
            for point in more:
                pen.lineTo(point)
            pen.closePath()
        return pen.glyph()

    frame = [[(60, -90), (60, 690), (840, 690), (840, -90)], [(110, -40), (790, -40), (790, 640), (110, 640)]]
    ends = [(180, 80), (400, 300), (180, 520), (230, 570), (450, 350), (670, 570)]
    cross = [[*ends, *((900 - x, 600 - y) for x, y in ends)]]
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", "open", "ticked"])
    builder.setupCharacterMap({ord(BOX): "open", ord(TICKED): "ticked"})
    builder.setupGlyf({".notdef": drawn(), "open": drawn(*frame), "ticked": drawn(*frame, *cross)})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "open", "ticked"), (900, 60)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Vakjes", "styleName": "Regular", "psName": "Vakjes"})
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    return Subset("Vakjes", builder.font)


def _face(style: str) -> Face:
    found = importlib.util.find_spec("font_source_sans_pro")
    assert found is not None and found.origin is not None  # noqa: S101, PT018 - a library that the project depends on
    return Face(f"SourceSansPro-{style}", Path(found.origin).parent / "files" / f"SourceSansPro-{style}.ttf")


def _open(path: Path) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(path.read_bytes()), recalcTimestamp=False, lazy=True)


def _tag(content: bytes) -> str:
    """Give the six letters that mark a subset: the same for the same letters."""
    import hashlib

    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(content).digest()[:6])


def _utf16(code: int) -> bytes:
    return chr(code).encode("utf-16-be").hex().upper().encode()
