"""What stands where an answer belongs and is none: prompts, dots, promises, references, errors of a program."""

from __future__ import annotations

import functools
import re

from pipeline.language import _
from pipeline.records import record
from pipeline.values import fold

_DOTS = re.compile(r"[\s.…_\-–—/·*\[\]()]*")
_INVITES = re.compile(
    r"[\[<(]?(?:klik of tik\b(?:[ .…]*|.{0,30}\b(?:om|hier)\b.{0,90})|"
    r"klik\b.{0,40}\bhier\b.{0,80}|(?:tik|typ|schrijf) hier\b.{0,80}|"
    r"klik\b.{0,40}\bom\b.{0,60}(?:voeren|voegen|vullen|typen|kiezen|selecteren)|vul hier\b.{0,60}\bin|"
    r"kies ?[.…]*|(?:kies|selecteer) (?:een|uw|uit|de|het)\b[^:.]{0,30}|selecteer ?[.…]*|"
    r"(?:hier )?invullen|in te vullen|lorem ipsum\b.*)\.?[\]>)]?",
    re.DOTALL,
)
_INVITING = (
    "[", "<", "(", "klik", "tik", "typ", "schrijf", "vul hier", "kies", "selecteer", "hier ", "invullen", "in te ",
    "lorem",
)  # fmt: skip
"""How these begin."""
_PROMPT = re.compile(
    r"(?:klik of tik|tik of klik|klik|tik)(?: hier)? om (?:tekst|een datum) in te (?:voeren|vullen)\.?"
    r"|\bklik hier als u (?:tekst|een datum) wilt invoeren\b\.?|\bkies een (?:item|datum|bouwsteen)\.",
    re.IGNORECASE,
)
"""What our forms and Word itself show in a control; somebody may type in front of it or behind."""
_PROMPTING = ("om tekst in te ", "om een datum in te ", "klik hier als u ", "kies een ")
"""One of these stands in every prompt: to look for a prompt in all that is answered takes as long as to read it."""
_HEAD = 24
"""Letters by which nearly every text shows that it is plainly an answer, without folding the whole of it."""
_ENOUGH = 12
_UNSURE = (
    *_INVITING, "n.v", "nvt", "niet van", "nog ", "nader ", "zie ", "cf", "in bijlage", "als bijlage", "bijgevoegd",
    "idem", "dit", "id.", "ibid", "hetzelfde", "zelfde", "fout!", "error!",
)  # fmt: skip
"""How so long a text begins that may be none, where that is with a letter or a figure; a shorter one too, but for a
promise of one word."""
_SHORTEST = len("kies een item.")
"""Letters of the shortest prompt; most answers in a table are shorter."""
_SAID = re.compile(r"\d|\w\w")
_NOT_APPLICABLE = frozenset({"n.v.t.", "n.v.t", "nvt", "nvt.", "niet van toepassing", "niet van toepassing."})
_PROMISES = frozenset(
    {
        "x",
        "xx",
        "xxx",
        "?",
        "??",
        "???",
        "pm",
        "p.m.",
        "tbd",
        "todo",
        "nog te bepalen",
        "nader te bepalen",
        "nog in te vullen",
        "volgt",
    }
)
_ELSEWHERE = re.compile(
    r"(?:zie|cfr?\.?) (?:[^.\n]{0,60}\b)?(?:bijlagen?|bijgevoegde?|nota|boven|hierboven|hoger|onder|hieronder|elders|"
    r"deel|rubriek|punt|tabel|vraag|begroting|formulier|vorige)\b[^.\n]{0,60}\.?"
    r"|(?:in|als) bijlage\.?|bijgevoegd\.?|(?:idem|ditt?o)(?: (?:als )?(?:hier)?boven)?\.?|id\.|ibid(?:em|\.)?"
    r"|(?:het)?zelfde(?: als (?:hier)?boven)?\.?|[\"'’”„]{1,3}"
)
_ERRORS = re.compile(
    r"(?:fout|error)! .{3,80}|#{3,}"
    r"|#(?:verw|ref|n/b|n/a|naam|name|waarde|value|deel/0|div/0|getal|num|leeg|null|overloop|spill)[!?]?"
)
_LINES = ("__", "……", "....")
"""How a line to write on begins and ends."""
_LINE_BEFORE = re.compile(r"^(?:_{2,}|…{2,}|\.{4,})\s*")
_LINE_AFTER = re.compile(r"\s*(?<![_…])(?<!\.)(?:_{2,}|…{2,}|\.{4,})$")
_LONG = 2000
"""Characters; what is longer is looked at by its beginning only."""


@record
class Looks:
    """What a text looks like, whatever was asked."""

    blank: bool
    """Is no answer: dots, dashes, an invitation to type, filler."""
    not_applicable: bool
    """Says that the question does not hold here."""
    typed: str
    """What stands beside the prompt of a control; empty when that is all, or when it has none."""
    bare: str
    """The text without the line to write on that stands around it; empty when there is none."""
    plain: bool
    """None of all this."""
    opens_plainly: bool
    """Begins like nothing that is no answer."""


_PLAIN = Looks(blank=False, not_applicable=False, typed="", bare="", plain=True, opens_plainly=True)
"""How most texts look."""


@functools.lru_cache(maxsize=2048)
def look_at(text: str) -> Looks:
    """Look at a text; in a filled form most stand in a control and in its cell, and many in more than one row."""
    opens_plainly = _opens_plainly(text)
    typed, bare = beside_prompt(text), without_line(text)
    if bare == text:
        bare = ""
    if opens_plainly and not typed and not bare:
        return _PLAIN
    blank = not_applicable = False
    if not opens_plainly:
        start = _start(text)
        blank, not_applicable = _is_blank(text, start), start in _NOT_APPLICABLE
    plain = not (blank or not_applicable or typed or bare)
    return Looks(blank, not_applicable, typed, bare, plain, opens_plainly)


def _opens_plainly(text: str) -> bool:
    """Tell whether a text begins like nothing that is no answer; what begins so must be looked at as a whole."""
    head = text[:_HEAD]
    begin = " ".join(head.split()).casefold() if head.isascii() else ""
    if not begin or not begin[0].isalnum() or begin.startswith(_UNSURE):
        return False
    return len(begin) >= _ENOUGH or (len(text) <= _HEAD and begin not in _PROMISES)


def is_blank(text: str) -> bool:
    """Tell whether a text is no answer: dots, dashes, an invitation to type, filler."""
    return _is_blank(text, _start(text))


def _is_blank(text: str, start: str) -> bool:
    if not start[:1].isalnum() and _DOTS.fullmatch(start):
        return True
    return start.startswith(_INVITING) and _INVITES.fullmatch(start) is not None and not beside_prompt(text)


def is_invitation(text: str) -> bool:
    """Tell whether a text is what a form prints where one has to type."""
    return _INVITES.fullmatch(_start(text)) is not None


def beside_prompt(text: str) -> str:
    """Give what stands in a text beside the prompt of its control; empty when that is all, or when it has none.

    >>> beside_prompt("Klik of tik om tekst in te voeren. Rabot")
    'Rabot'
    """
    if not _SHORTEST <= len(text) < _LONG:
        return ""
    lowered = text.encode("utf-8", "replace").lower()  # a tenth of the time of letters that are not ASCII
    find = lowered.find  # `in` takes twice as long
    if find(b"klik") < 0 and find(b"tik") < 0 and find(b"kies") < 0:
        return ""
    flat = " ".join(text.split())
    folded = flat.casefold()
    for words in _PROMPTING:
        if words in folded:
            break
    else:
        return ""
    rest = " ".join(_PROMPT.sub(" ", flat).split())
    return rest if rest != flat and _SAID.search(rest) else ""


def without_line(text: str) -> str:
    """Give a text without the line to write on that stands around it: «____Muide____»; dots of a sentence stay.

    >>> without_line("__1/1/2022__")
    '1/1/2022'
    """
    bare = _LINE_BEFORE.sub("", text) if text.startswith(_LINES) else text
    if bare.rstrip().endswith(_LINES):
        bare = _LINE_AFTER.sub("", bare)
    return bare or text


@functools.lru_cache(maxsize=2048)
def may_answer(text: str) -> bool:
    """Tell whether nothing says that words are no answer."""
    return not why_no_answer(text)


def why_no_answer(text: str) -> str:
    """Say why words are no answer though they can be read: a promise, a reference, an error; empty when they may be."""
    folded = _start(text)
    if folded in _PROMISES:
        return _("«{text}» is nog geen antwoord.").format(text=text)
    if len(folded) < _LONG and _ELSEWHERE.fullmatch(folded):
        return _("«{text}» verwijst naar een andere plaats en is zelf geen antwoord.").format(text=text)
    if _ERRORS.fullmatch(folded):
        return _("«{text}» is een foutmelding van het programma waarmee het formulier is ingevuld.").format(text=text)
    return ""


def _start(text: str) -> str:
    return fold(text) if len(text) < _LONG else text[:200].casefold()
