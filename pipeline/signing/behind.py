"""What stands behind the last signature of a paper: what proves signatures and makes room for them, or anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pipeline.language import _
from pipeline.signing.verdict import Change, IssuedPaper

_WHITE = b"\0\t\n\f\r "
"""What a PDF calls white space."""
_END = b"%%EOF"
_OBJECT = re.compile(rb"(?<![^\0\t\n\f\r ])\d+[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj\b")
_BEGIN = re.compile(rb"[\0\t\n\f\r ]*(?:\d+[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj\b|xref\b)")
_START = re.compile(rb"startxref[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]*$")
_PROOF = ("/Certs", "/CRLs", "/OCSPs")


def behind_end(candidate: bytes) -> Iterator[Change]:
    """Tell that something stands behind the end of a file: readers that mend files read it, and others do not.

    Args:
        candidate: the file that came back.
    """
    if candidate.rpartition(_END)[2].strip(_WHITE):
        yield Change(0, _("achter het einde van de pdf staat nog iets dat er niet bij hoort"))


def behind_signatures(reader: Any, candidate: bytes, paper: IssuedPaper) -> Iterator[Change]:
    """Tell that something stands behind the last signature that nobody signed and that proves no signature.

    Behind it may stand revisions that add proof (DSS) or signature fields, each as it ends by itself, and line ends.

    Args:
        reader: pyHanko's reader of the file that came back, which begins with the bytes of the paper.
        candidate: its bytes.
        paper: as issued.
    """
    end = max([len(paper.content), *_signed_ends(reader, len(candidate))])
    behind = candidate[end:]
    if not behind.strip(_WHITE):
        return
    starts = [reader.xrefs.get_startxref_for_revision(number) for number in range(reader.xrefs.total_revisions)]
    first = sum(start < end for start in starts)
    revisions = range(first, len(starts))
    *parts, rest = behind.split(_END)
    ended = [int(found[1]) if (found := _START.search(part)) else -1 for part in parts]
    tidy = (
        not rest.strip(_WHITE)
        and ended == starts[first:]
        and all(_BEGIN.match(part) and part.count(b"startxref") == 1 for part in parts)
        and _objects(behind, end) <= _listed(reader, revisions)
    )
    resolvers = [reader.get_historical_resolver(number) for number in range(first - 1, len(starts))]
    if not tidy or any(_proof(one) == _proof(other) for one, other in pairwise(resolvers)):
        yield Change(0, _("achter de laatste handtekening staat nog iets dat niemand tekende en dat niets bewijst"))


def _signed_ends(reader: Any, size: int) -> Iterator[int]:
    """Give where the bytes end that each signature covers, time stamps included."""
    from pyhanko.sign.fields import enumerate_sig_fields

    for _name, value, _field in enumerate_sig_fields(reader, filled_status=True):
        ranges = value.get_object().get("/ByteRange", ())
        if len(ranges) == 4 and int(ranges[2]) + int(ranges[3]) <= size:
            yield int(ranges[2]) + int(ranges[3])


def _objects(behind: bytes, offset: int) -> set[int]:
    """Give where objects begin, as readers find them that mend a file."""
    return {offset + found.start() for found in _OBJECT.finditer(behind)}


def _listed(reader: Any, revisions: range) -> set[int]:
    """Give where objects begin according to the tables of these revisions."""
    places: set[int] = set()
    for number in revisions:
        places.add(reader.xrefs.get_startxref_for_revision(number))  # a table may be an object itself
        for reference in reader.xrefs.explicit_refs_in_revision(number):
            place = reader.xrefs.get_historical_ref(reference, number)
            if isinstance(place, int):
                places.add(place)
    return places


def _proof(revision: Any) -> tuple[frozenset[object], frozenset[object]]:
    """Give what a revision holds that proves signatures, and its signature fields with whether they are filled."""
    from pyhanko.sign.fields import enumerate_sig_fields

    store = _followed(revision.root, "/DSS", {})
    held: set[object] = set(_followed(store, "/VRI", ()))
    for kind in _PROOF:
        streams = _followed(store, kind, ())
        held |= {(kind, getattr(streams.raw_get(number), "idnum", number)) for number in range(len(streams))}
    fields = {(name, value is not None) for name, value, _field in enumerate_sig_fields(revision)}
    return frozenset(held), frozenset(fields)


def _followed(within: Any, key: str, otherwise: Any) -> Any:
    """Give an entry, followed where it lies elsewhere in the file: `get` of pyHanko follows nothing."""
    if key not in within:
        return otherwise
    return within[key]
