"""The samples that a municipality typed itself: other layouts, no content controls; imports nothing of `pipeline`."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

_ASKED = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
TITLE = "Aanvraagformulier wijkverbeteringscontract"


@dataclass(frozen=True)
class Manner:
    """How one municipality writes."""

    amount: str
    date: str
    yes: str = "Ja"
    no: str = "Neen"

    def words(self, value: Any, words: str = "") -> str:
        """Give an answer as this municipality writes it."""
        match value:
            case bool():
                return self.yes if value else self.no
            case Decimal():
                return self.amount.format(f"{value:,.2f}".translate(str.maketrans(",.", ".,")))
            case dt.date():
                month = _MONTHS[value.month - 1]
                return self.date.format(d=value, month=month)
            case list():
                return "; ".join(self.words(item, words) for item in value)
            case str() if words:
                return str(_ASKED["words"][words][value])
            case _:
                return str(value)


LETTER = Manner(amount="€ {}", date="{d.day} {month} {d.year}")
REGISTER = Manner(amount="{} euro", date="{d.day:02}.{d.month:02}.{d.year}", yes="ja", no="nee")
NUMBERED = Manner(amount="{} EUR", date="{d.day}-{d.month}-{d.year}")


def letter(answers: dict[str, Any]) -> bytes:
    """Type the form as a report: "Label: waarde", a heading above each text, tables between them."""
    document = _document("Liberation Serif", 11)
    document.add_heading(TITLE, 0)
    document.add_paragraph(f"Ingediend door {answers['gemeente']}. Dit is een fictief voorbeeld.")
    for section in _ASKED["section"]:
        document.add_heading(f"{section['key']}. {section['title']}", 1)
        for question, value in _asked(section, answers):
            label = question["label"]
            match question["kind"]:
                case "short":
                    line = document.add_paragraph()
                    line.add_run(f"{label}: ").bold = True
                    line.add_run(LETTER.words(value, question.get("words", "")))
                case "yesno":
                    document.add_paragraph(
                        f"{label} {LETTER.words(value)}" if "?" in label else f"{label}: {LETTER.words(value)}"
                    )
                case "choices":
                    document.add_heading(label, 2)
                    for key, words in _ASKED["words"][question["words"]].items():
                        document.add_paragraph(f"{'☒' if key in value else '☐'} {words}")
                case "long":
                    document.add_heading(label, 2)
                    for line_of_text in value.splitlines():
                        document.add_paragraph(line_of_text)
                case "grid":
                    document.add_heading(label, 2)
                    _grid(document, question, value, LETTER)
                case "cards":
                    document.add_heading(label, 2)
                    for number, row in enumerate(value, start=1):
                        _card(document, question, row, LETTER, f"{question['row_title']} {number}")
    return _bytes(document)


def register(answers: dict[str, Any]) -> bytes:
    """Type the form as one table of two columns a section, texts included."""
    document = _document("Liberation Sans", 10)
    document.add_paragraph(TITLE.upper()).runs[0].bold = True
    document.add_paragraph(f"Gemeente {answers['gemeente']} · fictief voorbeeld")
    for section in _ASKED["section"]:
        heading = document.add_paragraph()
        heading.add_run(f"{section['key']}. {section['title']}").bold = True
        table = None
        for question, value in _asked(section, answers):
            kind = question["kind"]
            if kind in {"grid", "cards"}:
                table = None
                document.add_paragraph().add_run(question["label"]).bold = True
                if kind == "grid":
                    _grid(document, question, value, REGISTER)
                    continue
                for number, row in enumerate(value, start=1):
                    _card(document, question, row, REGISTER, f"{question['row_title']} {number}")
                continue
            if table is None:
                table = document.add_table(0, 2, style="Table Grid")
            cells = table.add_row().cells
            cells[0].text = question["label"]
            cells[1].text = REGISTER.words(value, question.get("words", ""))
            cells[0].width, cells[1].width = Cm(5.5), Cm(11.5)
        document.add_paragraph()
    return _bytes(document)


def numbered(answers: dict[str, Any]) -> bytes:
    """Type the form as a numbered questionnaire: the question in bold, the answer on the next line."""
    document = _document("Liberation Sans", 10)
    document.add_paragraph(TITLE).runs[0].bold = True
    document.add_paragraph("Fictief voorbeeld")
    for section in _ASKED["section"]:
        document.add_paragraph().add_run(f"Deel {section['key']}: {section['title']}").bold = True
        for number, (question, value) in enumerate(_asked(section, answers), start=1):
            document.add_paragraph().add_run(f"{section['key']}.{number} {question['label']}").bold = True
            match question["kind"]:
                case "choices":
                    for key, words in _ASKED["words"][question["words"]].items():
                        document.add_paragraph(f"[{'x' if key in value else ' '}] {words}")
                case "yesno":
                    document.add_paragraph("[x] Ja   [ ] Nee" if value else "[ ] Ja   [x] Nee")
                case "grid":
                    _grid(document, question, value, NUMBERED)
                case "cards":
                    for row_number, row in enumerate(value, start=1):
                        _card(document, question, row, NUMBERED, f"{question['row_title']} {row_number}")
                case _:
                    for line in NUMBERED.words(value, question.get("words", "")).splitlines():
                        document.add_paragraph(line)
    return _bytes(document)


def printed(answers: dict[str, Any]) -> bytes:
    """Draw the form as a PDF with ruled tables, as a city's own form software prints it."""
    from reportlab.lib.colors import black, lightgrey
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    family = _fonts()
    body = ParagraphStyle("body", fontName=family, fontSize=9, leading=11)
    strong = ParagraphStyle("strong", parent=body, fontName=f"{family}-Bold")
    heading = ParagraphStyle("heading", parent=strong, fontSize=13, leading=16, spaceBefore=8, spaceAfter=4)
    title = ParagraphStyle("title", parent=getSampleStyleSheet()["Title"], fontName=f"{family}-Bold")
    ruled = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]

    def text(value: Any, words: str = "", style: Any = body) -> Any:
        escaped = REGISTER.words(value, words).replace("&", "&amp;").replace("<", "&lt;")
        return Paragraph(escaped.replace("\n", "<br/>"), style)

    def flushed(pairs: list[list[Any]]) -> list[Any]:
        made = [Table(list(pairs), colWidths=[160, 350], style=TableStyle(ruled)), Spacer(1, 6)] if pairs else []
        pairs.clear()
        return made

    story: list[Any] = [Paragraph(TITLE, title), text("Fictief voorbeeld")]
    for section in _ASKED["section"]:
        story.append(text(f"{section['key']}. {section['title']}", style=heading))
        pairs: list[list[Any]] = []

        for question, value in _asked(section, answers):
            words = question.get("words", "")
            if question["kind"] not in {"grid", "cards"}:
                pairs.append([text(question["label"], style=strong), text(value, words)])
                continue
            story += flushed(pairs)
            story.append(text(question["label"], style=strong))
            story.append(Spacer(1, 3))
            columns = question["columns"]
            if question["kind"] == "grid":
                rows = [[text(label, style=strong) for _key, label, _list in columns]]
                rows += [
                    [text(row.get(key, ""), lst if row.get(key) else "") for key, _label, lst in columns]
                    for row in value
                ]
                shade = [("BACKGROUND", (0, 0), (-1, 0), lightgrey)]
                story.append(
                    Table(
                        rows,
                        colWidths=[510 / len(columns)] * len(columns),
                        repeatRows=1,
                        style=TableStyle(ruled + shade),
                    )
                )
            else:
                for number, row in enumerate(value, start=1):
                    rows = [[text(f"{question['row_title']} {number}", style=strong), ""]]
                    rows += [
                        [text(label, style=strong), text(row[key], lst)] for key, label, lst in columns if key in row
                    ]
                    shade = [("SPAN", (0, 0), (1, 0)), ("BACKGROUND", (0, 0), (1, 0), lightgrey)]
                    story += [Table(rows, colWidths=[160, 350], style=TableStyle(ruled + shade)), Spacer(1, 6)]
            story.append(Spacer(1, 6))
        story += flushed(pairs)
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4, margins=40, title=TITLE, author="Fictief voorbeeld", invariant=1).build(story)
    return made.getvalue()


def _fonts() -> str:
    """Register a font that has every sign of the answers."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path("/usr/share/fonts/truetype/liberation")
    pdfmetrics.registerFont(TTFont("Liberation", str(folder / "LiberationSans-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Liberation-Bold", str(folder / "LiberationSans-Bold.ttf")))
    return "Liberation"


def _asked(section: dict[str, Any], answers: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Give the questions of a section that are answered, as a person leaves out what he has nothing to say to."""
    for question in section["question"]:
        if question["key"] in answers:
            yield question, answers[question["key"]]


def _document(font: str, size: int) -> Any:
    document = Document()
    document.styles["Normal"].font.name = font
    document.styles["Normal"].font.size = Pt(size)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    return document


def _grid(document: Any, question: dict[str, Any], rows: list[dict[str, Any]], manner: Manner) -> None:
    columns = question["columns"]
    table = document.add_table(1, len(columns), style="Table Grid")
    for cell, (_key, label, _words) in zip(table.rows[0].cells, columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(label).bold = True
    for row in rows:
        cells = table.add_row().cells
        for cell, (key, _label, words) in zip(cells, columns, strict=True):
            cell.text = manner.words(row[key], words) if key in row else ""
    document.add_paragraph()


def _card(document: Any, question: dict[str, Any], row: dict[str, Any], manner: Manner, title: str) -> None:
    table = document.add_table(1, 2, style="Table Grid")
    merged = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    merged.text = ""
    merged.paragraphs[0].add_run(title).bold = True
    for key, label, words in question["columns"]:
        if key in row:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, manner.words(row[key], words)
            cells[0].width, cells[1].width = Cm(5.5), Cm(11.5)
    document.add_paragraph()


def _bytes(document: Any) -> bytes:
    document.core_properties.author = "Fictief voorbeeld"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
