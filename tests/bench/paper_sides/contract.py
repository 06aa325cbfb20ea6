"""One contract of six pages as a template of each side, and the answers that fill it: a fictitious example.

The same words in the same runs, cells and tables; only the tags differ. So every side prints the same paper.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

_ARTICLES = 16
_TABLES = (("acties", 5, 12), ("begroting", 4, 14), ("partners", 3, 8))
"""Name, columns and rows."""
_SENTENCES = (
    "Het lokaal bestuur {gemeente} voert het voorstel {titel} uit in de wijk {wijk}, zoals ingediend op {datum}.",
    (
        "De partijen volgen de uitvoering samen op in de stuurgroep, die minstens tweemaal per jaar vergadert en "
        "waarvan {voorzitter} het voorzitterschap opneemt; van elke vergadering wordt een verslag gemaakt."
    ),
    (
        "De subsidie bedraagt {subsidie}, op een totale kostprijs van {kostprijs}, en wordt uitbetaald in schijven "
        "zoals de oproep dat bepaalt, na voorlegging van de bewijsstukken aan {contact}."
    ),
)


@dataclass(frozen=True)
class Syntax:
    """How one side writes its tags."""

    value: str
    """Takes a name."""
    cell: str
    """Takes the name of a table, that of a column and what stands before and after a row."""
    first: str
    """Before the first cell of the row that is repeated; takes the name of the table."""
    last: str
    around: tuple[str, str] | None
    """Rows of their own before and after the row that is repeated, as docxtpl wants; None where cells hold the tags."""
    when: tuple[str, str]
    """Paragraphs before and after what is there on a condition only."""
    again: bool = False
    """Whether a second row shows what is repeated, as carbone wants."""


SYNTAXES = {
    "docxtpl": Syntax(
        "{{ %s }}", "{{ rij.%s }}", "", "", ("{%%tr for rij in %s %%}", "{%tr endfor %}"),
        ("{%%p if %s %%}", "{%p endif %}"),
    ),
    "docxtemplater": Syntax("{%s}", "{%s}", "{#%s}", "{/%s}", None, ("{#%s}", "{/%s}")),
    "carbone": Syntax(
        "{d.%s}", "{d.%s[i].%s}", "", "", None, ("{d.%s:ifEQ(true):showBegin}", "{d.%s:showEnd}"), again=True
    ),
}  # fmt: skip


def template(syntax: Syntax) -> bytes:
    """Make the Word template of a side."""
    import docx

    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = f"Dossier {syntax.value % 'nummer'}, fictief voorbeeld"
    section.footer.paragraphs[0].text = f"Afsprakenkader {syntax.value % 'gemeente'}"
    document.add_heading(f"Afsprakenkader {syntax.value % 'titel'}", 1)
    for number in range(1, _ARTICLES + 1):
        document.add_heading(f"Artikel {number}. Afspraken over {syntax.value % 'wijk'}", 2)
        if number == 7:
            _paragraph(document, _tag(syntax.when[0], "regelluw"))
        for sentence in _SENTENCES:
            names = {name: syntax.value % name for name in answers() if isinstance(answers()[name], str)}
            _paragraph(document, sentence.format(**names))
        if number == 7:
            _paragraph(document, _tag(syntax.when[1], "regelluw"))
        if number in {3, 8, 12}:
            _table(document, syntax, *_TABLES[(3, 8, 12).index(number)])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _tag(tag: str, name: str) -> str:
    return tag % name if "%s" in tag else tag


def _paragraph(document: Any, text: str) -> None:
    """Add a paragraph; one word in three is set apart in a run, as in what people type in Word."""
    paragraph = document.add_paragraph()
    head, comma, tail = text.partition(", ")
    paragraph.add_run(head)
    paragraph.add_run(comma + tail).italic = bool(comma)


def _table(document: Any, syntax: Syntax, name: str, columns: int, _rows: int) -> None:
    table = document.add_table(rows=1, cols=columns, style="Table Grid")
    for column in range(columns):
        table.rows[0].cells[column].text = f"Kolom {column + 1}"
    if syntax.around:
        table.add_row().cells[0].text = syntax.around[0] % name
    for again in range(1 + syntax.again):
        cells = table.add_row().cells
        for column in range(columns):
            inside = (name, f"k{column}") if syntax.cell.count("%s") == 2 else (f"k{column}",)
            text = syntax.cell % inside
            first = _tag(syntax.first, name) if column == 0 else ""
            last = _tag(syntax.last, name) if column == columns - 1 else ""
            cells[column].text = first + (text.replace("[i]", "[i+1]") if again else text) + last
    if syntax.around:
        table.add_row().cells[0].text = syntax.around[1]


def answers() -> dict[str, Any]:
    """Give what fills it: text as it stands in the paper, so that no side has to write amounts or dates."""
    made: dict[str, Any] = {
        "nummer": "WVC-2021-0001",
        "gemeente": "Gent & Zelzate",
        "titel": "«Muide leeft»",
        "wijk": "Muide – Meulestede",
        "datum": "1 juli 2021",
        "voorzitter": "An De Smet-Çelik",
        "subsidie": "800.000,00 euro",
        "kostprijs": "1.250.000,50 euro",
        "contact": "het Agentschap Binnenlands Bestuur",
        "regelluw": True,
    }
    for name, columns, rows in _TABLES:
        numbers = range(columns)
        made[name] = [
            {f"k{number}": f"{name} {row}.{number}: {'buurtwerk < 2023' if number else row}" for number in numbers}
            for row in range(1, rows + 1)
        ]
    return made
