"""A Word template, read once: each part that holds tags as a compiled Jinja template."""

from __future__ import annotations

import functools
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError
from lxml import etree
from markupsafe import Markup, escape

from pipeline import expression
from pipeline.errors import DefinitionError, Fault
from pipeline.expression import Gap
from pipeline.language import _
from pipeline.ooxml.packing import Packing
from pipeline.renderers import choosing
from pipeline.renderers.soundness import Soundness, soundness, with_ends
from pipeline.visible import visible

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RENDERED = re.compile(r"wordprocessingml\.(?:document\.main|template\.main|header|footer|footnotes|endnotes)\+xml$")
_LONE = {"p": f"{W}p", "tr": f"{W}tr"}
CORE = "docProps/core.xml"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a template that holds tags."""

    name: str
    """Name in the zip: `word/document.xml`."""
    source: str
    """The Jinja source, a line for each paragraph, so that an error has a place."""
    compiled: Compiled
    sound: Soundness = Soundness.UNKNOWN
    columns_vary: bool = False
    """Whether a tag repeats the cells of a row, so that the grid of its table must follow."""

    def around(self, line: int) -> str:
        """Give the words of the template at a line of the source, for a message."""
        lines = self.source.splitlines()
        words = ""
        for number in range(min(line, len(lines)), max(0, line - 4), -1):
            words = _words(lines[number - 1]) + (" " if words else "") + words
            if len(words) > 30:
                break
        return words[-160:].strip()


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word template: the parts to fill, and those that stay as they are."""

    name: str
    parts: Mapping[str, Part]
    static: Mapping[str, bytes]
    """Every member of the zip in order; of the parts to fill, the unfilled bytes."""
    properties: Mapping[str, Compiled]
    """Path of a core property (`{…}title`) → its text template, where it holds tags."""
    packing: Packing
    """The zip, ready but for the parts to fill and the properties."""


def read(path: Path) -> WordTemplate:
    """Read and compile a Word template; again only when the file has changed.

    Raises:
        DefinitionError: it is no Word file, or a tag in it is wrong; with the part and the text around it.
    """
    try:
        state = path.stat()
    except OSError:
        message = _("Het sjabloon bestaat niet.")
        raise DefinitionError([Fault(path.name, "sjabloon", message)]) from None
    return _read(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> WordTemplate:
    return compile_template(path.read_bytes(), path.name)


def compile_template(data: bytes, name: str) -> WordTemplate:
    """Compile the bytes of a Word template, with the errors of `read`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        types = etree.fromstring(members["[Content_Types].xml"])
    except (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError):
        message = _("Het sjabloon is geen Word-bestand (.docx).")
        raise DefinitionError([Fault(name, "sjabloon", message)]) from None
    faults: list[Fault] = []
    parts = {}
    for member in _rendered(types, members):
        try:
            parts[member] = _compile(member, members[member], name)
        except DefinitionError as wrong:
            faults.extend(wrong.faults)
        except etree.XMLSyntaxError as wrong:
            message = _("Dit onderdeel is beschadigd ({detail}); open het sjabloon in Word en bewaar het opnieuw.")
            faults.append(Fault(name, member, message.format(detail=wrong.msg)))
    if faults:
        raise DefinitionError(faults)
    properties = _properties(members.get(CORE), name)
    return WordTemplate(name, parts, members, properties, Packing(members, {*parts, CORE}))


def _rendered(types: etree._Element, members: Mapping[str, bytes]) -> Iterator[str]:
    for override in types:
        member = override.get("PartName", "").lstrip("/")
        if member in members and _RENDERED.search(override.get("ContentType", "")):
            yield member


def _compile(member: str, data: bytes, name: str) -> Part:
    from docxtpl import DocxTemplate

    root = etree.fromstring(data)
    faults = list(_lone_tags(root, member, name))
    if faults:
        raise DefinitionError(faults)
    source = DocxTemplate("").patch_xml(etree.tostring(root, encoding="unicode"))
    source = re.sub(r"(?<=\{[\{%])(.*?)(?=[\}%]\})", lambda tag: tag[0].replace("„", '"'), source)
    source = re.sub(r"<w:p([ >])", r"\n<w:p\1", with_ends(source))
    columns_vary = bool(re.search(r"\{%tc\s", "".join(root.itertext(f"{W}t"))))
    try:
        sound = Soundness.UNKNOWN if columns_vary else soundness(environment().parse(source))
        return Part(member, source, environment().from_string(source), sound, columns_vary)
    except TemplateSyntaxError as wrong:
        draft = Part(member, source, Compiled(""))
        raise DefinitionError([fault(name, draft, wrong.lineno, str(wrong.message))]) from None


def _lone_tags(root: etree._Element, member: str, name: str) -> Iterator[Fault]:
    """Find text beside a tag that takes the place of its whole paragraph or row: it would vanish."""
    for kind, element in _LONE.items():
        for holder in root.iter(element):
            text = "".join(node.text or "" for node in holder.iter(f"{W}t")).strip()
            taken = re.search(rf"\{{[%{{#]{kind}\s", text)
            if taken and not re.fullmatch(r"\{[%{#](?:(?!\{[%{#]).)*[%}#]\}", text):
                message = _("Naast de tag {{%{kind} … %}} staat nog tekst in dezelfde {holder}; die zou verdwijnen.")
                holder_word = _("alinea") if kind == "p" else _("rij")
                yield Fault(name, f"{member}: «{text[:160]}»", message.format(kind=kind, holder=holder_word))


def fault(name: str, part: Part, line: int, message: str) -> Fault:
    """Say what is wrong in a template, with the part and the text around it."""
    return Fault(name, f"{part.name}: «{part.around(line)}»", message)


def _words(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup)).strip()


def _properties(data: bytes | None, name: str) -> dict[str, Compiled]:
    if data is None:
        return {}
    found = {}
    for element in etree.fromstring(data):
        if element.text and "{" in element.text:
            try:
                found[str(element.tag)] = expression.text().from_string(element.text)
            except TemplateSyntaxError as wrong:
                place = f"{CORE}: «{element.text[:160]}»"
                raise DefinitionError([Fault(name, place, str(wrong.message))]) from None
    return found


@functools.cache
def environment() -> Any:
    """Give the environment of Word templates: that of markup, where a value becomes visible text of a run."""
    made = expression.markup().overlay(finalize=_in_a_run)
    made.filters = {**made.filters, **choosing.FILTERS}
    made.tests = {**made.tests, **choosing.TESTS}
    return made


_finalize: Any = expression.markup().finalize


_PLAIN = re.compile(r"[ !#-%(-;=?-~\u00a0-\u0618\u0620-\u200d\u2010-\u2027\u2070-\ud7ff]*")
"""Text that stays as it is: nothing to escape, nothing hidden, no line end; most values are."""


def _in_a_run(value: Any) -> Any:
    """Write a value into a run of text: escaped, visible, each line end a line break."""
    if type(value) is str and _PLAIN.fullmatch(value):
        return Markup(value)  # noqa: S704 - nothing in it to escape
    if isinstance(value, Gap):
        shown = str(value)
        printed.get().append(value)
    elif isinstance(value, Markup):
        return Markup(visible(value))  # noqa: S704 - already escaped: made by the template itself
    else:
        shown = _finalize(value)
        if not isinstance(shown, str):
            return shown
    text = str(escape(visible(str(shown))))
    return Markup(text.replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704 - escaped on the line above


printed: ContextVar[list[Gap]] = ContextVar("gaps printed by the rendering under way")
"""`word.render` sets a list and reads it."""
