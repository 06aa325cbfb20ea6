"""What stands beside a tag that takes the place of its paragraph, row or cell: it would vanish."""

from __future__ import annotations

from pipeline.language import _
from pipeline.lint.templates.faults import Code, PartFaults
from pipeline.lint.templates.tags import Tag
from pipeline.ooxml.outline import Block


def hold_lone_tags(tags: list[Tag], faults: PartFaults) -> None:
    """Report each paragraph of which something would vanish."""
    told: set[int] = set()
    for tag in tags:
        if tag.level in ("p", "tr", "tc"):
            for block in _taken(tag, faults):
                lost = _lost(block, tag, faults)
                if lost and block.index not in told:
                    told.add(block.index)
                    faults.add(Code.BESIDE, block, _message(tag, lost), tag=tag.text)


def _taken(tag: Tag, faults: PartFaults) -> list[Block]:
    """Give the paragraphs that a tag takes the place of."""
    here = tag.block
    if tag.level == "tr" and here.row:
        return [block for block in faults.made.blocks if block.row == here.row]
    if tag.level == "tc" and here.cell:
        return [block for block in faults.made.blocks if block.cell == here.cell]
    return [here]


def _lost(block: Block, tag: Tag, faults: PartFaults) -> str:
    text = faults.made.text(block)
    if block is tag.block:
        text = text.replace(tag.text, "", 1)
    if text.strip():
        return _("«{text}»").format(text=text.strip())
    things = {"picture": _("de afbeelding"), "page": _("het pagina-einde"), "section": _("het sectie-einde")}
    return things[block.things[0]] if block.things else ""


def _message(tag: Tag, lost: str) -> str:
    taken = {"p": _("alinea"), "tr": _("rij"), "tc": _("cel")}[tag.level]
    message = _(
        "«{tag}» neemt de plaats in van zijn hele {taken}, en {lost} zou verdwijnen; zet dat in een andere {taken}."
    )
    return message.format(tag=tag.text, taken=taken, lost=lost)
