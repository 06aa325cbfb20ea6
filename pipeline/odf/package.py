"""Open an OpenDocument text: its parts as trees, whether it is a zip or one flat file."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.odf.names import DC, MANIFEST, OFFICE, OOO
from pipeline.trees import parse, refuse_dtds
from pipeline.zips import Zip

ODT = "application/vnd.oasis.opendocument.text"
FLAT = "application/vnd.oasis.opendocument.text-flat-xml"
_READ = frozenset({ODT, ODT + "-template"})
_NO_MACROS = re.compile(r"Basic/([^/]+/)?(script|dialog)-l[bc]\.xml")
"""Lists of macros, which LibreOffice writes though there are none."""
_FLAT_KIND = re.compile(rb"""\boffice:mimetype\s*=\s*["']([\w./+-]{1,80})["']""")
_HEAD = 16_384


class OpenDocument:
    """The parts of an OpenDocument text.

    Raises:
        Unreadable: it is encrypted, has macros, a DTD, or a part is damaged.
    """

    def __init__(self, opened: Zip | None, flat: Any = None) -> None:
        self._zip = opened
        self._flat = flat
        self._embedded: dict[str, Any] = {}
        if opened is not None:
            refuse_dtds(opened)
            self._refuse_encrypted(opened)
            if any(_is_macro(name) for name in opened.names):
                raise Unreadable(Reason.MACROS, "het bestand bevat macro's")
        if any(True for module in self.content.iterfind(OFFICE + "scripts//*") if module.tag == OOO + "source-code"):
            raise Unreadable(Reason.MACROS, "het bestand bevat macro's")

    @cached_property
    def content(self) -> Any:
        """The root of what the document says."""
        return self._part("content.xml")

    @cached_property
    def styles(self) -> Any:
        """The root of its styles, headers and footers; None when it has none."""
        return self._part("styles.xml") if self._flat is not None or self._has("styles.xml") else None

    @cached_property
    def title(self) -> str:
        """The title in the file's own properties."""
        if self._flat is None and not self._has("meta.xml"):
            return ""
        entry = self._part("meta.xml").find(f"{OFFICE}meta/{DC}title")
        return "" if entry is None or not entry.text else " ".join(entry.text.split())

    def embedded(self, address: str) -> Any:
        """Give the root of an embedded object; None when it is no OpenDocument or MathML of this file."""
        name = posixpath.normpath(address) + "/content.xml"
        if name not in self._embedded:
            self._embedded[name] = self._part(name) if self._has(name) else None
        return self._embedded[name]

    def _has(self, name: str) -> bool:
        return self._zip is not None and name in self._zip

    def _part(self, name: str) -> Any:
        return self._flat if self._zip is None else parse(self._zip.read(name))

    def _refuse_encrypted(self, opened: Zip) -> None:
        if "META-INF/manifest.xml" in opened:
            manifest = parse(opened.read("META-INF/manifest.xml"))
            if next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
                raise Unreadable(Reason.ENCRYPTED, "het document is met een wachtwoord beveiligd")


def declared(opened: Zip) -> str:
    """Give the media type that a zip declares for itself as OpenDocument does; "" when it declares none."""
    if "mimetype" in opened:
        return opened.read("mimetype")[:200].decode("ascii", "replace").strip()
    if "META-INF/manifest.xml" in opened and "content.xml" in opened:
        for entry in parse(opened.read("META-INF/manifest.xml")).iter(MANIFEST + "file-entry"):
            if entry.get(MANIFEST + "full-path") == "/":
                return str(entry.get(MANIFEST + "media-type", ""))
    return ""


def is_text(media_type: str) -> bool:
    """Tell whether this is the media type of a text or of a template for one."""
    return media_type in _READ


def flat_kind(data: bytes) -> str:
    """Give the media type that a flat OpenDocument file declares; "" for another file."""
    if OFFICE[1:-1].encode() not in data[:_HEAD]:
        return ""
    kind = _FLAT_KIND.search(data[:_HEAD])
    return kind[1].decode() if kind else ""


def open_flat(data: bytes) -> OpenDocument:
    """Open an OpenDocument text that is one XML file."""
    return OpenDocument(None, parse(data))


def _is_macro(name: str) -> bool:
    return name.startswith("Scripts/") or (name.startswith("Basic/") and _NO_MACROS.fullmatch(name) is None)
