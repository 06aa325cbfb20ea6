"""Say of lines and shades that they are decoration: LibreOffice 7.4 leaves the borders of tables untagged."""

from __future__ import annotations

import re
from typing import Any

_TOKENS = re.compile(
    rb"\((?:[^\\()]|\\.)*\)|<[^>]*>"  # a text, or the properties of a mark
    rb"|\b(?P<mark>BDC|BMC|EMC)\b"
    rb"|(?<!\S)(?P<path>(?:(?:[-+.\d]+\s+)+(?:re|[mlcvy])\s+|h\s+)+(?:W\*?\s+)?(?:f\*|B\*|b\*|[fFSsBb]))(?!\S)",
    re.DOTALL,
)
_BEGIN = b"/Artifact BMC\n"
_END = b"\nEMC"


def mark_decoration(pdf: Any) -> None:
    """Put every path that is drawn outside marked content in an artifact (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2).

    What a page draws as text or tags is left as it is, and so is a page whose marks do not pair.
    """
    for page in pdf.pages:
        content = page.Contents.read_bytes()
        marked = _marked(content)
        if marked != content:
            page.Contents.write(marked)


def _marked(content: bytes) -> bytes:
    made: list[bytes] = []
    depth = done = 0
    for token in _TOKENS.finditer(content):
        if mark := token["mark"]:
            depth += -1 if mark == b"EMC" else 1
        elif token["path"] and not depth:
            made += content[done : token.start()], _BEGIN, token[0], _END
            done = token.end()
    return b"".join([*made, content[done:]]) if not depth else content
