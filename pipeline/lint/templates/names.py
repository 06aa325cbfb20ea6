"""What the tags of a part say, held against the names of the call: names, columns, filters, floats, markup."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from pipeline.language import _
from pipeline.lint.kinds import INSERTED, Scope
from pipeline.lint.templates.faults import Code, PartFaults
from pipeline.lint.templates.tags import Sort, Tag
from pipeline.lint.walk import TemplateWalker
from pipeline.ooxml.outline import Kind
from pipeline.renderers.places import TAG

_BODY = "word/document.xml"
_NAME = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*")
_SINGLE = re.compile(r"(?<!\{)\{\s*([A-Za-z_]\w*)[^{}%#]*\}(?!\})")


def hold_names(lines: list[tuple[str, Tag]], scope: Scope, faults: PartFaults, environment: Any) -> None:
    """Report every name that does not exist or does not fit, and what would print markup.

    Args:
        lines: each line of the Jinja source with the tag that it came from.
        scope: what every name stands for.
        faults: where they go.
        environment: that of Word templates.
    """
    for _source, tag in lines:
        if not _hold_inserted(tag, scope, faults):
            _hold_raw(tag, faults)
    _hold_single_braces(scope, faults)

    def report(code: Code, line: int, message: str, suggestion: str = "") -> None:
        tag = lines[line - 1][1]
        faults.add(code, tag.block, message, tag=tag.text, suggestion=suggestion)

    try:
        tree = environment.parse("\n".join(source for source, _tag in lines))
    except TemplateSyntaxError as error:
        message = _("Hier kloppen de tags niet samen ({what}).").format(what=error.message)
        report(Code.BLOCK, min(error.lineno, len(lines)), message)
        return
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe":
            message = _(
                "«safe» maakt van een antwoord opmaak, en dan breekt elk «<» of «&» het document; haal het weg."
            )
            report(Code.SAFE, node.lineno, message)
            node.name = "trim"
    for node in tree.find_all(nodes.Const):
        if isinstance(node.value, float):
            message = _("{value} is geen nauwkeurig getal; zet het als parameter in de oproep.")
            report(Code.FLOAT, node.lineno, message.format(value=node.value))
            node.value = 1
    walker = TemplateWalker(environment, lambda line, *said: report(Code.NAME, line, *said))
    walker.statements(tree.body, dict(scope))


def _hold_single_braces(scope: Scope, faults: PartFaults) -> None:
    """Report a name of the call between single braces: it would be printed as it stands."""
    message = _("Hier staan enkele accolades, en dan wordt «{text}» letterlijk gedrukt; een tag heeft er twee.")
    for piece in faults.made.pieces:
        for single in _SINGLE.finditer(TAG.sub("", piece.text)) if piece.kind is Kind.SHOWN else ():
            if single[1] in scope:
                meant = f"{{{{ {single[0][1:-1].strip()} }}}}"
                said = message.format(text=single[0])
                faults.add(Code.TAG, piece.block, said, tag=single[0], suggestion=meant)


def _hold_inserted(tag: Tag, scope: Scope, faults: PartFaults) -> bool:
    """Report a tag that prints a picture, a Word file or a link otherwise than alone; tell whether it names any."""
    named = [name for name in _NAME.findall(tag.body) if name in scope and scope[name] in INSERTED.values()]
    if not named:
        return False
    level = next(level for level, kind in INSERTED.items() if scope[named[0]] == kind)
    meant = f"{{{{{level} {named[0]} }}}}"
    if tag.sort is not Sort.VALUE or tag.level != level or tag.body.strip() != named[0]:
        message = _("Een afbeelding, bestand of koppeling staat alleen in haar tag.")
        faults.add(Code.RAW, tag.block, message, tag=tag.text, suggestion=meant)
    elif level and faults.part != _BODY:
        message = _(
            "Een bestand of koppeling kan alleen in de tekst zelf staan, niet in een koptekst, voettekst of noot."
        )
        faults.add(Code.RAW, tag.block, message, tag=tag.text)
    return True


def _hold_raw(tag: Tag, faults: PartFaults) -> None:
    if tag.word == "autoescape":
        message = _("«autoescape» laat antwoorden als opmaak afdrukken; haal het weg.")
        faults.add(Code.SAFE, tag.block, message, tag=tag.text)
    if tag.sort is Sort.VALUE and tag.level:
        message = _(
            "«{{{{{level}» drukt een waarde af als opmaak: wat een aanvrager typte, kan het document breken. "
            "Druk ze af als tekst."
        )
        said = message.format(level=tag.level)
        faults.add(Code.RAW, tag.block, said, tag=tag.text, suggestion=f"{{{{ {tag.body} }}}}")
