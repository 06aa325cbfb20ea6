"""Municipalities, as the list of the call names them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.language import _
from pipeline.values.folding import fold_accents, normalise
from pipeline.values.kinds import Parsed

Codelist = Mapping[str, Mapping[str, str]]
"""Key → its other columns."""

_CLOSE = 80
"""How like a name of the list a text is that may be meant to be that name, from 0 to 100."""
_TITLES = re.compile(
    r"^(?:(?:de|het|van|lokaal bestuur|stadsbestuur|gemeentebestuur|stad|gemeente)\b[ :]*)+", re.IGNORECASE
)


def parse_municipality(text: str, codelist: Codelist) -> Parsed:
    """Read a municipality as the list names it.

    `Stad Gent`, `GENT` and a disambiguated `Aalst (Aalst)` give the list's name; a near miss, and a name with other
    words between brackets (a district), is doubtful.
    A name that is nothing like any of the list is kept as written: whether that may be is a rule's question.
    """
    plain = normalise(text)
    names = _municipalities(codelist)
    bare = _bare(plain)
    for wanted in (_name(plain), _name(bare)):
        if wanted in names:
            return Parsed(names[wanted])
    name, _bracket, inside = bare.removesuffix(")").partition("(")
    if named := names.get(_name(name)):
        if _name(inside) in {_name(column) for column in (named, *codelist[named].values())}:
            return Parsed(named)
        problem = _("«{text}» zegt meer dan de naam van een gemeente; gelezen als {name}.")
        return Parsed(named, problem.format(text=text, name=named))
    from rapidfuzz import fuzz, process

    near = process.extract(_name(bare), names.keys(), scorer=fuzz.ratio, limit=2)
    if near and near[0][1] >= _CLOSE:
        likely = names[near[0][0]]
        return Parsed(
            likely, _("«{text}» staat niet in de lijst. Bedoelde u «{likely}»?").format(text=text, likely=likely)
        )
    return Parsed(plain)


def _name(text: str) -> str:
    return fold_accents(text).replace("-", " ")


def _bare(text: str) -> str:
    return re.sub(r"^\d{4} ", "", _TITLES.sub("", text)).strip()


_KNOWN: dict[int, tuple[Codelist, dict[str, str]]] = {}


def _municipalities(codelist: Codelist) -> dict[str, str]:
    """Give folded name → name, the list's other names included; kept per list."""
    known = _KNOWN.get(id(codelist))
    if known is not None and known[0] is codelist:
        return known[1]
    names: dict[str, str] = {}
    for key, columns in codelist.items():
        for name in (key, *(text for column, text in columns.items() if column.startswith("naam"))):
            names.setdefault(_name(name), key)
    _KNOWN[id(codelist)] = (codelist, names)
    return names
