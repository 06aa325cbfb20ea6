"""Bring over another format of numbers: «a)» that became «1.» (ISO/IEC 29500-1, 17.9).

The issued paper gets the list of the returned file beside its own. Its paragraphs point to the new one, and keep as a
tracked change that they pointed to the old one.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline.compare.carrying import Carrier
from pipeline.compare.comparing import StoryPair, flat
from pipeline.compare.marks import Marks, place_property, properties_of
from pipeline.compare.version import Line, Version
from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import VAL, W
from pipeline.readers.numbers import whole

_PPR, _NUMPR = W + "pPr", W + "numPr"
_ABSTRACT, _NUM = W + "abstractNum", W + "num"
_OWN = frozenset(W + name for name in ("nsid", "tmpl", "styleLink", "numStyleLink", "pStyle", "lvlPicBulletId"))
"""What ties a list to styles, pictures or copies in its own file."""
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


def renumber(
    old: Version, new: Version, plan: Sequence[StoryPair], placed: Mapping[Any, Any], marks: Marks, carrier: Carrier
) -> None:
    """Let the paragraphs of the lists of which the format changed count as they do in the returned file.

    Args:
        old: the issued paper, with its words edited.
        new: the returned file.
        plan: what became what.
        placed: paragraphs of the returned file → where they stand in the issued paper.
        marks: gives the marks of tracked changes.
        carrier: keeps what the package gets.
    """
    pairs = [pair for story in plan if story.new is not None and not story.new.part for pair in flat(story.blocks)]
    changed = {
        pair.new.numbering.list
        for pair in pairs
        if isinstance(pair.old, Line)
        and isinstance(pair.new, Line)
        and pair.old.numbering is not None
        and pair.new.numbering is not None
        and pair.old.numbering.formats != pair.new.numbering.formats
        and pair.old.label != pair.new.label
    }
    lists = _bring(old, new, sorted(changed), carrier) if changed else {}
    for pair in pairs:
        line = pair.new
        if not isinstance(line, Line) or line.numbering is None or line.numbering.list not in lists:
            continue
        target = None if isinstance(line.element, list) else placed.get(line.element)
        if target is not None:
            former = copy.deepcopy(target.find(_PPR))
            _point(target, lists[line.numbering.list], line.numbering.depth)
            if pair.old is not None and target.find(f"{_PPR}/{W}pPrChange") is None:
                marks.paragraph(target, former)


def _point(paragraph: Any, number: str, depth: int) -> None:
    properties = properties_of(paragraph)
    own = properties.find(_NUMPR)
    if own is not None:
        properties.remove(own)
    made = etree.Element(_NUMPR)
    etree.SubElement(made, W + "ilvl").set(VAL, str(depth))
    etree.SubElement(made, W + "numId").set(VAL, number)
    place_property(properties, made)


def _bring(old: Version, new: Version, wanted: Sequence[str], carrier: Carrier) -> dict[str, str]:
    """Copy lists into the issued paper; give the number that each has there."""
    source = _numbering(new)
    if source is None:
        return {}
    name, root = _numbering(old) or (f"{posixpath.dirname(old.main)}/numbering.xml", None)
    if root is None:
        root = etree.Element(W + "numbering", nsmap={"w": W[1:-1]})
        carrier.add_part(old.main, name, "numbering", _KIND)
    abstracts, numbers = (_last(root, tag, key) for tag, key in ((_ABSTRACT, "abstractNumId"), (_NUM, "numId")))
    lists: dict[str, str] = {}
    known: dict[str, str] = {}
    for number in wanted:
        num = next((one for one in source[1].iterchildren(_NUM) if one.get(W + "numId") == number), None)
        kept = "" if num is None else num.find(W + "abstractNumId").get(VAL, "")
        abstract = next((a for a in source[1].iterchildren(_ABSTRACT) if a.get(W + "abstractNumId") == kept), None)
        if num is None or abstract is None:
            continue
        if kept not in known:
            abstracts += 1
            known[kept] = str(abstracts)
            _put(root, _alone(abstract, "abstractNumId", known[kept]))
        numbers += 1
        made = _alone(num, "numId", str(numbers))
        made.find(W + "abstractNumId").set(VAL, known[kept])
        root.append(made)
        lists[number] = str(numbers)
    carrier.added[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return lists


def _numbering(version: Version) -> tuple[str, Any] | None:
    related = version.package.relations(version.main).values()
    name = next((each.target for each in related if each.kind == "numbering" and not each.external), "")
    return (name, parse(version.package.read(name))) if name and name in version.package else None


def _last(root: Any, tag: str, key: str) -> int:
    return max((whole(one.get(W + key)) or 0 for one in root.iterchildren(tag)), default=0)


def _alone(element: Any, key: str, number: str) -> Any:
    """Give a copy of a list that is tied to nothing in its own file."""
    made = copy.deepcopy(element)
    for each in [each for each in made.iter() if each.tag in _OWN]:
        each.getparent().remove(each)
    made.set(W + key, number)
    for name in [name for name in made.attrib if not name.startswith(W)]:
        del made.attrib[name]
    return made


def _put(root: Any, abstract: Any) -> None:
    """Lists come before what points to them."""
    first = next(root.iterchildren(_NUM), None)
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)
