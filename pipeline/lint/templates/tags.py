"""The tags of a part as docxtpl reads them: what each is, and those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from jinja2 import TemplateSyntaxError

from pipeline.language import _
from pipeline.library import nearest
from pipeline.lint.templates.faults import Code, PartFaults
from pipeline.ooxml.outline import Block, Kind, Piece

_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LEVEL = re.compile(r"(p|tr|tc|r)\s")
CLOSES = {
    "for": "endfor",
    "if": "endif",
    "macro": "endmacro",
    "call": "endcall",
    "filter": "endfilter",
    "with": "endwith",
    "set": "endset",
    "raw": "endraw",
    "autoescape": "endautoescape",
    "block": "endblock",
}
"""What opens a block → what closes it; `set` only without "="."""
MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_OF_DOCXTPL = ("colspan", "cellbg", "vm", "hm")
_SINGLE = ("set", "include", "import", "from", "extends", "do")
_KNOWN = (*CLOSES, *CLOSES.values(), *MIDDLES, *_OF_DOCXTPL, *_SINGLE)
_CURLY = "“”„‟‘’‚‛′´"
_GUILLEMETS = "«»‹›"
_LOOSE = re.compile(r"\{[ \u00a0]+[{%]")
"""The begin of a tag with a space in it, which nobody reads as one."""
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")


class Sort(Enum):
    """What a tag does."""

    VALUE = "{{"
    STATEMENT = "{%"
    COMMENT = "{#"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag."""

    block: Block
    text: str
    """As it is written."""
    sort: Sort
    level: str
    """p, tr, tc or r: it takes the place of its whole paragraph, row, cell or run; empty inside a sentence."""
    body: str
    """What is inside, as Jinja reads it."""
    kind: Kind

    @property
    def word(self) -> str:
        """A statement: its first word."""
        return self.body.split(maxsplit=1)[0] if self.sort is Sort.STATEMENT and self.body else ""

    @property
    def opens(self) -> bool:
        """Whether it opens a block."""
        return self.word in CLOSES and not (self.word == "set" and "=" in self.body)

    @property
    def source(self) -> str:
        """The tag in Jinja alone, on one line; empty when it says nothing there."""
        body = re.sub(r"\s+", " ", self.body)
        if self.sort is Sort.COMMENT or self.word in ("vm", "hm"):
            return ""
        if self.word in ("colspan", "cellbg"):
            return f"{{{{ {body.partition(' ')[2]} }}}}"
        return f"{{{{ {body} }}}}" if self.sort is Sort.VALUE else f"{{% {body} %}}"


def tags_of(faults: PartFaults, environment: Any) -> list[Tag]:
    """Give the tags of a part in order, each readable; report those that were not.

    A tag that cannot be read is left out, or stands for an empty one of its kind so that its block still closes.
    """
    tags: list[Tag] = []
    raw = False
    for piece in faults.made.pieces:
        for text, whole in _texts(piece, faults, raw=raw):
            tag = _tag(piece, text)
            if raw:
                raw = tag.word != "endraw"
            elif piece.kind is Kind.DELETED:
                message = _(
                    "Deze tag staat in een bijgehouden verwijdering en wordt toch uitgevoerd; aanvaard of weiger de "
                    "wijziging in Word."
                )
                faults.add(Code.DELETED, piece.block, message, tag=text)
                continue
            else:
                raw = tag.word == "raw"
            read = _readable(tag, faults, environment) if whole and not raw else _instead(tag)
            if read is not None:
                tags.append(read)
    return tags


def _texts(piece: Piece, faults: PartFaults, *, raw: bool) -> Iterator[tuple[str, bool]]:
    """Give the text of each tag, and whether it is whole; report what only begins or only ends."""
    begin: re.Match[str] | None = None
    loose = None if raw else _LOOSE.search(piece.text)
    if loose is not None:
        message = _("Tussen de tekens van «{mark}» mag geen spatie staan; nu wordt dit letterlijk gedrukt.")
        around = piece.text[loose.start() : loose.start() + 30]
        faults.add(Code.TAG, piece.block, message.format(mark=loose[0].replace(" ", "")), tag=around)
    for mark in _MARK.finditer(piece.text):
        if begin is not None and mark[0] == _ENDS[begin[0]]:
            text = piece.text[begin.start() : mark.end()]
            raw = re.fullmatch(r"\{%-?\s*raw\s*-?%\}", text) is not None or (raw and "endraw" not in text)
            yield text, True
            begin = None
        elif begin is not None and begin[0] == "{#":
            continue
        elif mark[0] in _ENDS:
            if begin is not None:
                yield from _unended(piece, piece.text[begin.start() : mark.start()], faults)
            begin = mark
        elif not raw and mark[0] != "#}" and begin is None and loose is None:
            message = _("Hier eindigt een tag met «{end}» die nergens begint; zet «{begin}» ervoor, of haal dit weg.")
            begins = {end: start for start, end in _ENDS.items()}
            around = piece.text[max(0, mark.start() - 30) : mark.end()]
            faults.add(Code.TAG, piece.block, message.format(end=mark[0], begin=begins[mark[0]]), tag=around)
    if begin is not None:
        yield from _unended(piece, piece.text[begin.start() :], faults)


def _unended(piece: Piece, text: str, faults: PartFaults) -> Iterator[tuple[str, bool]]:
    message = _("Deze tag begint met «{begin}» en eindigt niet in dezelfde alinea met «{end}»; sluit hem af.")
    faults.add(Code.TAG, piece.block, message.format(begin=text[:2], end=_ENDS[text[:2]]), tag=text)
    yield text, False


def _tag(piece: Piece, text: str) -> Tag:
    sort = Sort(text[:2])
    inside = text[2:].removesuffix(_ENDS[text[:2]])
    level = _LEVEL.match(inside)
    body = inside[level.end() :] if level else inside
    return Tag(piece.block, text, sort, level[1] if level else "", body.strip().strip("-+").strip(), piece.kind)


def _instead(tag: Tag) -> Tag | None:
    """Give an empty tag of the same kind, so that one fault brings no second one."""
    if tag.opens:
        name = re.match(r"for\s+([A-Za-z_]\w*)", tag.body)
        body = {
            "for": f"for {name[1] if name else 'i'} in []",
            "if": "if true",
            "set": "set x",
            "macro": "macro x()",
            "with": "with",
        }
        return replace(tag, body=body[tag.word]) if tag.word in body else tag
    return replace(tag, body=tag.word) if tag.word in ("else", *CLOSES.values()) else None


def _readable(tag: Tag, faults: PartFaults, environment: Any) -> Tag | None:
    """Give a tag as Jinja can read it; report why it cannot."""
    if tag.sort is Sort.COMMENT:
        return tag
    if tag.sort is Sort.STATEMENT and tag.word in ("p", "tr", "tc", "r"):
        message = _("Tussen «{{%» en «{level}» mag geen spatie staan.").format(level=tag.word)
        faults.add(Code.TAG, tag.block, message, tag=tag.text, suggestion=f"{{%{tag.word}")
        tag = replace(tag, level=tag.word, body=tag.body.partition(" ")[2].strip())
    if tag.level in ("p", "tr", "tc", "r") and re.search(r"[%}]", tag.body):
        message = _("In een tag van een hele alinea, rij of cel kan geen «%» of «}» staan; zet de waarde vooraf apart.")
        faults.add(Code.TAG, tag.block, message, tag=tag.text)
        return _instead(tag)
    tag = _with_straight_quotes(tag, faults, environment)
    if tag.sort is Sort.STATEMENT and tag.word not in _KNOWN:
        close = nearest(tag.word, _KNOWN)
        message = _("«{word}» is geen opdracht die een sjabloon kent.").format(word=tag.word)
        faults.add(Code.TAG, tag.block, message, tag=tag.text, suggestion=close)
        return _instead(replace(tag, body=close)) if close else None
    wrong = _wrong(tag, environment)
    if wrong:
        faults.add(Code.TAG, tag.block, _("Deze tag is niet te lezen ({what}).").format(what=wrong), tag=tag.text)
        return _instead(tag)
    return tag


def _wrong(tag: Tag, environment: Any) -> str:
    """Say why Jinja cannot read a tag; nothing when it can."""
    source = tag.source
    if tag.opens:
        source += f"{{% {CLOSES[tag.word]} %}}"
    elif tag.word in MIDDLES:
        source = f"{{% if true %}}{source}{{% endif %}}"
    elif tag.word in CLOSES.values():
        return "" if tag.body == tag.word else _("na «{word}» hoort niets meer").format(word=tag.word)
    try:
        environment.parse(source)
    except TemplateSyntaxError as error:
        return str(error.message)
    return ""


def _with_straight_quotes(tag: Tag, faults: PartFaults, environment: Any) -> Tag:
    """Report typographic quotes in a tag, and give it without them."""
    outside = _TEXT.sub("''", tag.body)
    if not any(each in tag.body for each in _CURLY) and not any(each in outside for each in _GUILLEMETS):
        return tag
    straight = "'" not in tag.body and '"' not in tag.body
    body = re.sub(f"[{_CURLY}{_GUILLEMETS}]", "'" if straight else "", tag.body)
    made = replace(tag, body=body)
    message = _("In deze tag staan gekrulde aanhalingstekens of een gekrulde apostrof; typ rechte (' of \").")
    meant = f"{tag.text[:2]}{tag.level}{' ' * (tag.level != '')} {body} {_ENDS[tag.text[:2]]}".replace("  ", " ")
    faults.add(
        Code.QUOTES,
        tag.block,
        message,
        tag=tag.text,
        suggestion=meant if straight and not _wrong(made, environment) else "",
    )
    return made
