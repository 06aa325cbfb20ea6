"""What a paper needs to be read, by eye and aloud: rows as high as their words, its language, words for pictures."""

from __future__ import annotations

import re
from typing import Any

from pipeline.language import _
from pipeline.lint.templates.faults import Code, PartFaults, TemplateFault
from pipeline.ooxml.names import VAL, W
from pipeline.ooxml.outline import TableLook

STYLES = "word/styles.xml"


def hold_language(styles: Any, language: str) -> list[TemplateFault]:
    """Report a template that does not say in which language it is, or says another one than the call's.

    Args:
        styles: the root of its styles; None when it has none.
        language: that of the call: `nl_BE`.
    """
    meant = language.replace("_", "-")
    said = "" if styles is None else _said(styles)
    if not said:
        message = _(
            "Het sjabloon zegt niet in welke taal het is, en dan leest een schermlezer het verkeerd voor; kies in Word "
            "bij Controleren, Taal: {language} als standaard."
        ).format(language=meant)
        return [TemplateFault(Code.LANGUAGE, STYLES, "", "", "", message)]
    if said.partition("-")[0].casefold() != meant.partition("-")[0].casefold():
        message = _("De standaardtaal van het sjabloon is {said}; de oproep is in {language}.")
        said = message.format(said=said, language=meant)
        return [TemplateFault(Code.LANGUAGE, STYLES, "", "", "", said, meant)]
    return []


def _said(styles: Any) -> str:
    """Give the language of the normal paragraph style, or else of the whole."""
    normal = (
        each
        for each in styles.iter(W + "style")
        if each.get(W + "type") == "paragraph" and each.get(W + "default") in ("1", "true", "on")
    )
    marks = [style.find(f"{W}rPr/{W}lang") for style in normal]
    marks.append(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"))
    return next((mark.get(VAL) for mark in marks if mark is not None and mark.get(VAL)), "")


def hold_pictures(faults: PartFaults) -> None:
    """Report pictures without alt text."""
    message = _(
        "Deze afbeelding heeft geen alternatieve tekst; typ die in Word (rechtsklikken, Alternatieve tekst) of duid "
        "haar aan als decoratief."
    )
    for block in faults.made.unnamed:
        faults.add(Code.ALT, block, message)


def hold_heights(faults: PartFaults) -> None:
    """Report rows of a fixed height that print a value."""
    message = _(
        "Deze rij heeft een vaste hoogte, en een langer antwoord wordt daarin afgesneden; kies in Word bij "
        "Tabeleigenschappen, Rij: «Minstens» in plaats van «Exact»."
    )
    for table in faults.made.tables:
        for row in table.rows:
            if row.fixed and "{{" in row.text and row.block is not None:
                faults.add_at(Code.CUT, row.block, row.block.steps[: len(table.steps) + 1], message)


def hold_tables(faults: PartFaults) -> None:
    """Report tables whose header row is not marked."""
    message = _(
        "De eerste rij is de kop van deze tabel, maar is niet zo aangeduid; kies in Word bij Tabel, Indeling: "
        "Veldnamenrijen herhalen."
    )
    for table in faults.made.tables:
        rows = [row for row in table.rows if not re.fullmatch(r"\s*\{[%#]tr\s[^}]*[%#]\}\s*", row.text)]
        if rows and rows[0].block is not None and not rows[0].marked and _has_header(table, rows[0].text):
            row = rows[0].block
            place = row.steps[: len(table.steps) + 1]
            faults.add_at(Code.HEADER, row, place, message)


def _has_header(table: TableLook, words: str) -> bool:
    """Tell whether the first row of words is a header: fixed words over rows that repeat, or it alone is bold."""
    texts = [row.text for row in table.rows]
    first = texts.index(words)
    repeats = any(re.search(r"\{%tr\s+for\s", text) for text in texts[first + 1 :])
    above = any(re.search(r"\{%tr\s+for\s", text) for text in texts[:first])
    later = [row for row in table.rows[first + 1 :] if row.text.strip()]
    alone = table.rows[first].bold and bool(later) and not any(row.bold for row in later)
    return bool(words.strip()) and not above and ((repeats and "{{" not in words) or alone)
