"""Parse XML that a stranger wrote, without entities, network, DTD or bottomless depth."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from pipeline.errors import Reason, Unreadable
from pipeline.zips import Zip

LARGEST = 500_000
"""So many opening brackets fit in one part; a form of 40 actions has one in ten of them, a book of 300 pages fewer."""
_DECLARED = re.compile(rb"""\A<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]{1,40})["']""")
_USUAL = re.compile(
    rb"""<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="(?:yes|no)")? ?\?>\s*(?=<[^?])"""
)
"""Says nothing that is not so without it, and makes the parser convert what needs no conversion."""
_KNOWN = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse(data: bytes, rename: Callable[[bytes], bytes] | None = None) -> Any:
    """Parse one XML part and give its root element.

    Args:
        data: the part as it stood in the package.
        rename: changes its text, as UTF-8, before it is parsed.

    Raises:
        Unreadable: it has a DTD, is not well-formed, is nested too deep or is too large.
    """
    data = plain(data)
    if rename is not None:
        data = rename(data)
    if len(data) > LARGEST and data.count(b"<") > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, "een onderdeel bevat honderdduizenden elementen")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    usual = _USUAL.match(data)
    try:
        return etree.fromstring(data[usual.end() :] if usual else data, parser)
    except etree.XMLSyntaxError as error:
        words = str(error)
        if "emory" in words:
            raise MemoryError(words) from error
        if "depth" in words:
            raise Unreadable(Reason.BOMB, "de inhoud is abnormaal diep genest") from error
        if "huge text node" in words:
            raise Unreadable(Reason.TOO_LARGE, "een stuk tekst is langer dan tien miljoen tekens") from error
        raise Unreadable(Reason.DAMAGED, "een onderdeel is geen geldige XML") from error
    except (ValueError, LookupError) as error:
        raise Unreadable(Reason.DAMAGED, "een onderdeel is geen geldige XML") from error


def refuse_dtds(package: Zip) -> None:
    """Look in every XML part for a DTD; other faults of a part count only when it is read.

    Raises:
        Unreadable: a part has one.
    """
    for name in package.names:
        if name.lower().endswith((".xml", ".rels", ".rdf")):
            try:
                plain(package.read(name))
            except Unreadable as error:
                if error.reason is Reason.DTD:
                    raise


def plain(data: bytes) -> bytes:
    """Give XML as UTF-8, refusing a DTD and every encoding that office programs do not write."""
    if data[:1] != b"<" or data[1:2] == b"\0":
        for mark, encoding in (*_BOMS, *_WIDE):
            if data.startswith(mark):
                data = data[3:] if encoding == "utf-8" else _from_wide(data, encoding)
                break
    declared = _DECLARED.match(data)
    if declared and declared[1].lower() not in _KNOWN:
        raise Unreadable(Reason.DAMAGED, "een onderdeel staat in een onbekende tekenset")
    if not data.lstrip(b" \t\r\n").startswith(b"<"):
        raise Unreadable(Reason.DAMAGED, "een onderdeel is geen XML")
    if b"!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):  # one letter is found far sooner than nine
        raise Unreadable(Reason.DTD, "een onderdeel bevat een DTD")
    return data


def _from_wide(data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
        return _DECLARATION.sub("", text, count=1).encode()
    except UnicodeError as error:
        raise Unreadable(Reason.DAMAGED, "een onderdeel staat in een onbekende tekenset") from error
