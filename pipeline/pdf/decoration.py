"""Say of lines and shades that they are decoration: LibreOffice 7.4 leaves the borders of tables untagged."""

from __future__ import annotations

import re
from typing import Any

_TEXT = rb"\((?:[^\\()]|\\.)*\)"
_MARKS = re.compile(_TEXT + rb"|\b(?:B[DM]C|EMC)\b", re.DOTALL)
_PATHS = re.compile(
    _TEXT + rb"|<[^>]*>"
    rb"|(?<!\S)(?P<path>(?:(?:[-+.\d]+\s+)+(?:re|[mlcvy])\s+|h\s+)+(?:W\*?\s+)?(?:f\*|B\*|b\*|[fFSsBb]))(?!\S)",
    re.DOTALL,
)


def mark_decoration(pdf: Any) -> None:
    """Put every path that is drawn outside marked content in an artifact (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2).

    What a page draws as text or tags is left as it is, and so is a page whose marks do not pair.
    """
    for page in pdf.pages:
        if "/Contents" not in page:
            continue
        page.contents_coalesce()
        content = page.Contents.read_bytes()
        marked = _marked(content)
        if marked != content:
            page.Contents.write(marked)


def _marked(content: bytes) -> bytes:
    made: list[bytes] = []
    depth = done = 0
    for mark in _MARKS.finditer(content):
        if mark[0] == b"EMC":
            depth -= 1
            if depth == 0:
                made.append(content[done : mark.end()])
                done = mark.end()
        elif not mark[0].startswith(b"("):
            if depth == 0:
                made.append(_PATHS.sub(_as_artifact, content[done : mark.start()]))
                done = mark.start()
            depth += 1
    return b"".join([*made, _PATHS.sub(_as_artifact, content[done:])]) if depth == 0 else content


def _as_artifact(found: re.Match[bytes]) -> bytes:
    return b"/Artifact BMC\n" + found[0] + b"\nEMC" if found["path"] else found[0]
