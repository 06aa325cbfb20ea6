"""Edit a Word file at random, as a counterparty might: words, paragraphs, rows, looks, one thing after another."""

from __future__ import annotations

import copy
import random
from typing import Any

from lxml import etree

from tests.editors import W, rewritten

WORDS = ("nieuw", "12.345,67", "niet", "Ω", "€ 5", "twee woorden")
KINDS = ("word", "word", "word less", "gone", "twice", "elsewhere", "row", "row gone", "bold", "cut", "joined")


def edited(data: bytes, seed: int, most: int = 12) -> bytes:
    """Give a Word file with some edits in its body."""
    pick = random.Random(seed)

    def member(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        root = etree.fromstring(content)
        for _time in range(pick.randrange(1, most)):
            _edit(root, pick)
        return etree.tostring(root)

    return rewritten(data, member)


def _copied(paragraph: Any) -> Any:
    """Copy a paragraph, as Word does: without the note that only one place can refer to."""
    made = copy.deepcopy(paragraph)
    for mark in list(made.iter(W + "footnoteReference")):
        mark.getparent().remove(mark)
    return made


def _edit(root: Any, pick: random.Random) -> None:
    paragraphs = [each for each in root.iter(W + "p") if "".join(each.itertext(W + "t")).strip()]
    paragraph, kind = pick.choice(paragraphs), pick.choice(KINDS)
    parent = paragraph.getparent()
    text = pick.choice([each for each in paragraph.iter(W + "t") if (each.text or "").strip()])
    words = text.text.split(" ")
    place = pick.randrange(len(words))
    if kind == "word":
        words[place] = pick.choice(WORDS)
        text.text = " ".join(words)
    elif kind == "word less":
        del words[place]
        text.text = " ".join(words)
    elif kind == "gone":
        if len(parent.findall(W + "p")) > 1:
            parent.remove(paragraph)
    elif kind == "twice":
        paragraph.addnext(_copied(pick.choice(paragraphs)))
    elif kind == "elsewhere":
        other = pick.choice(paragraphs)
        if other is not paragraph and len(parent.findall(W + "p")) > 1:
            other.addnext(paragraph)
    elif kind in ("row", "row gone"):
        row = pick.choice(list(root.iter(W + "tr")))
        if kind == "row":
            row.addnext(copy.deepcopy(row))
        elif len(row.getparent().findall(W + "tr")) > 1:
            row.getparent().remove(row)
    elif kind == "bold":
        run = text.getparent()
        if run.find(W + "rPr") is None:
            run.insert(0, etree.Element(W + "rPr"))
        etree.SubElement(run.find(W + "rPr"), W + "b")
    elif kind == "cut":
        rest = _copied(paragraph)
        next(rest.iter(W + "t")).text = "De rest."
        paragraph.addnext(rest)
    else:
        after = paragraph.getnext()
        if after is not None and after.tag == W + "p":
            paragraph.extend([child for child in after if child.tag != W + "pPr"])
            parent.remove(after)
