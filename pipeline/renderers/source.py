"""The Jinja source of a part of a Word template: what docxtpl makes of its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.renderers.soundness import Shape, shape, with_ends
from pipeline.renderers.writing import environment

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONE = {"p": f"{W}p", "tr": f"{W}tr"}
_IN_TAG = re.compile(r"(?<=\{[\{%])(.*?)(?=[\}%]\})")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_DRAWING = re.compile(r'(<wp:docPr\b[^<>]*?\sid=")[^"]*')
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""How docxtpl lets a template print braces."""
_BODY = "what docxtpl patches"
_FIRST_DRAWING = 1001
"""docxtpl numbers the drawings of the body from here."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a template that holds tags."""

    name: str
    """Name in the zip: `word/document.xml`."""
    source: str
    """The Jinja source, a line for each paragraph, so that an error has a place."""
    compiled: Compiled
    shape: Shape = field(default_factory=Shape)
    names: frozenset[str] = frozenset()
    """Names of which it asks the values."""

    def around(self, line: int) -> str:
        """Give the words of the template at a line of the source, for a message."""
        lines = self.source.splitlines()
        words = ""
        for number in range(min(line, len(lines)), max(0, line - 4), -1):
            words = _words(lines[number - 1]) + (" " if words else "") + words
            if len(words) > 30:
                break
        return words[-160:].strip()


def patched(markup: str) -> str:
    """Give the Jinja source that docxtpl makes of markup; the low quotes that Word puts in a tag are quotes too."""
    from docxtpl import DocxTemplate

    return str(_IN_TAG.sub(lambda tag: tag[0].replace("„", '"'), DocxTemplate("").patch_xml(markup)))


def compile_part(member: str, data: bytes, name: str) -> Part:
    """Compile a part.

    Args:
        member: its name in the zip.
        data: its markup.
        name: name of the template, for messages.

    Raises:
        DefinitionError: a tag in it is wrong; with the text around it.
        etree.XMLSyntaxError: it is damaged.
    """
    root = etree.fromstring(data)
    faults = list(_lone_tags(root, member, name))
    if faults:
        raise DefinitionError(faults)
    source = _PARAGRAPH.sub(r"\n<w:p\1", with_ends(_source(root)))
    try:
        tree = environment().parse(source)
        names = frozenset(each.name for each in tree.find_all(nodes.Name) if each.ctx == "load")
        _finish(tree, body=root.tag == f"{W}document")
        seen = shape(tree)
        return Part(member, source, environment().from_string(tree), seen, names)
    except TemplateSyntaxError as wrong:
        draft = Part(member, source, Compiled(""))
        raise DefinitionError([fault(name, draft, wrong.lineno, str(wrong.message))]) from None


def _source(root: etree._Element) -> str:
    """Give the source of a part; of the main one docxtpl patches the body only."""
    body = root.find(f"{W}body")
    if body is None:
        return patched(etree.tostring(root, encoding="unicode"))
    inside = patched(etree.tostring(body, encoding="unicode", with_tail=False))
    place = root.index(body)
    root[place] = etree.Comment(_BODY)
    around = str(etree.tostring(root, encoding="unicode"))
    return around.replace(f"<!--{_BODY}-->", re.sub(r"<w:body( [^<>]*)?>", "<w:body>", inside, count=1))


def _finish(tree: nodes.Template, *, body: bool) -> None:
    """Do in the tree, once, what docxtpl does in each paper: drop line ends, print braces, number drawings."""
    drawings = _FIRST_DRAWING - 1

    def numbered(found: re.Match[str]) -> str:
        nonlocal drawings
        drawings += 1
        return f"{found[1]}{drawings}"

    for piece in tree.find_all(nodes.TemplateData):
        data = piece.data.replace("\n<w:p", "<w:p")
        for written, printed in _ESCAPES.items():
            data = data.replace(written, printed)
        piece.data = _DRAWING.sub(numbered, data) if body and "<wp:docPr" in data else data


def _lone_tags(root: etree._Element, member: str, name: str) -> Iterator[Fault]:
    """Find text beside a tag that takes the place of its whole paragraph or row: it would vanish."""
    for kind, element in _LONE.items():
        for holder in root.iter(element):
            texts = (node for node in holder.iter(f"{W}t") if next(node.iterancestors(element)) is holder)
            text = "".join(node.text or "" for node in texts).strip()
            taken = re.search(rf"\{{[%{{#]{kind}\s", text)
            if taken and not re.fullmatch(r"\{[%{#](?:(?!\{[%{#]).)*[%}#]\}", text):
                message = _("Naast de tag {{%{kind} … %}} staat nog tekst in dezelfde {holder}; die zou verdwijnen.")
                holder_word = _("alinea") if kind == "p" else _("rij")
                yield Fault(name, f"{member}: «{text[:160]}»", message.format(kind=kind, holder=holder_word))


def fault(name: str, part: Part, line: int, message: str) -> Fault:
    """Say what is wrong in a template, with the part and the text around it."""
    return Fault(name, f"{part.name}: «{part.around(line)}»", message)


def line(wrong: BaseException) -> int:
    """Give the line of the source where it went wrong: Jinja puts its own frames in the traceback."""
    found = 1
    trace = wrong.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def parsed(data: bytes) -> etree._Element:
    """Parse a filled part; etree.XMLSyntaxError when it is ill-formed."""
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))


def ill_formed(name: str, part: str, wrong: etree.XMLSyntaxError) -> DefinitionError:
    """Say that the markup of a filled part does not hold together."""
    message = _("De tags openen en sluiten niet in dezelfde alinea, cel of rij: {detail}").format(detail=wrong)
    return DefinitionError([Fault(name, part, message)])


def _words(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup)).strip()
