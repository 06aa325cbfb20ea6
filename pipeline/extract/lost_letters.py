"""A question mark in the place of a letter: so a program prints one that its font does not have."""

from __future__ import annotations

import re

from pipeline.language import _

_INSIDE = re.compile(r"\?(?<=[^\W\d_]\?)(?=[^\W\d_])")
"""One inside a word; an address has them too."""
_BEFORE_MORE = re.compile(r"\?(?<=[^\W\d_]\?)(?=\s+[a-zà-öø-ÿ])")
"""One at the end of a word, though the sentence goes on."""
_WHOLE = re.compile(
    r"\W*(?:aanpak|aantal|actie|bedrag|budget|datum|doel|duur|einddatum|ja|jeugd|kost|kostprijs|locatie|neen?|partners?|"
    r"periode|plaats|resultaat|startdatum|subsidie|timing|titel|trekker|wie|wijk|\w+(?:ing|heid|tie|(?<=\w{3})en))\?",
    re.IGNORECASE,
)
"""Words that are whole without another letter: «Budget? nog te bepalen»; no such ending goes on with «é» or «ć»."""
_ADDRESS = frozenset("/=@")
_NAME = re.compile(r"(?:\S+ ){0,2}(?P<word>[^\W\d_][^\s/=@]*)\?(?: \S+)?")
"""A few words, of which the last or the last but one ends in one."""
_ASKS = re.compile(r"(?:hoe|is|kan|mag|moet|waar|waarom|wanneer|wat|welk|welke|wie|zijn|zal)\b", re.IGNORECASE)


def lost_letter(text: str, *, printed: bool, short: bool) -> str:
    """Say which word may have lost a letter; empty when none has.

    Args:
        text: an answer in words.
        printed: it comes from a PDF: only there a mark at the end of a word may stand for a letter.
        short: it answers a question that wants few words, of which hardly any is a question itself.
    """
    if "?" not in text:
        return ""
    word = _word_at(_INSIDE, text) or (_word_at(_BEFORE_MORE, text) if printed else "")
    if not word and printed and short and not _ASKS.match(text) and (named := _NAME.fullmatch(text)):
        word = f"{named['word']}?"
    if not word:
        return ""
    return _("In «{word}» staat misschien een vraagteken in de plaats van een letter; vraag het na.").format(word=word)


def _word_at(mark: re.Pattern[str], text: str) -> str:
    """Give the first word with such a mark that is no address."""
    for found in mark.finditer(text):
        before, after = text[: found.end()].rsplit(maxsplit=1)[-1], text[found.end() :]
        word = before + ("" if after[:1].isspace() else after.split(maxsplit=1)[0])
        if _ADDRESS.isdisjoint(word) and not _WHOLE.fullmatch(word):
            return word
    return ""
