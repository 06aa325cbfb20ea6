"""Dutch abbreviations written out, so that «incl. btw» asks and answers the same as «inclusief btw»."""

from __future__ import annotations

import re

_WORDS = {
    "a.d.h.v.": "aan de hand van",
    "afd.": "afdeling",
    "bijl.": "bijlage",
    "bijv.": "bijvoorbeeld",
    "blz": "bladzijde",
    "d.m.v.": "door middel van",
    "d.w.z.": "dat wil zeggen",
    "evt": "eventueel",
    "excl": "exclusief",
    "i.p.v.": "in plaats van",
    "i.v.m.": "in verband met",
    "incl": "inclusief",
    "m.b.t.": "met betrekking tot",
    "n.a.v.": "naar aanleiding van",
    "nr": "nummer",
    "nrs": "nummers",
    "o.a.": "onder andere",
    "o.b.v.": "op basis van",
    "omschr.": "omschrijving",
    "opm.": "opmerking",
    "prov.": "provincie",
    "t.e.m.": "tot en met",
    "t.o.v.": "ten opzichte van",
    "t/m": "tot en met",
    "tel": "telefoon",
    "verantw.": "verantwoordelijke",
}
"""What means one thing only: «min.», «max.» and «gem.» do not. The point of those without one here may stand or not."""
_ROW_NUMBERS = frozenset({"nr", "nrs"})
# «nr.» stands at the end of words too, «dossiernr.»; «partenrs» is a slip of the pen
_ANY = re.compile(
    r"(?<=\w)(?:nr\b\.?|nrs\.)|(?<!\w)(?:"
    + "|".join(re.escape(short) if "." in short else rf"{short}\b\.?" for short in _WORDS)
    + ")"
)
_SIGNS = (".", *(short for short in _WORDS if "." not in short))
"""One of these stands in every text with an abbreviation: to look for all of them takes ten times as long."""


def written_out(folded: str) -> str:
    """Write out the abbreviations of a folded text; «nr.» alone numbers the rows of a table and stays.

    >>> written_out("bedrag (incl. btw)")
    'bedrag (inclusief btw)'
    >>> written_out("dossiernr.")
    'dossiernummer'
    """
    for sign in _SIGNS:
        if sign in folded:
            break
    else:
        return folded
    return folded if folded.strip(" .:") in _ROW_NUMBERS else _ANY.sub(_written, folded)


def _written(found: re.Match[str]) -> str:
    short = found.group()
    return _WORDS.get(short) or _WORDS[short.rstrip(".")]
