"""The sheet `overzicht.xlsx`: one row a dossier, its findings, what needs a look."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import expression
from pipeline.dossier import State
from pipeline.finding import Finding, Outcome, Severity
from pipeline.language import _
from pipeline.report.telling import Completeness, Line, Telling
from pipeline.report.words import act_words, outcome_word, request_words, severity_word, state_word, supplement_words
from pipeline.visible import visible

LIMIT = 32_767
"""Characters that a cell can hold, counted as UTF-16 does."""

_BRUSSELS = ZoneInfo("Europe/Brussels")
_EURO = '"€" #,##0.00;"€" -#,##0.00'
_LINE, _HIGHEST = 15, 405
"""Points: a line of text, and what a row can have."""
_PAGE = 330
"""Width of columns that a page in landscape shows legibly."""
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "amount": {"valign": "top", "num_format": _EURO},
    "percentage": {"valign": "top", "num_format": '0.00" %"'},
    "integer": {"valign": "top", "num_format": "#,##0"},
    "date": {"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"},
    "moment": {"valign": "top", "num_format": "dd/mm/yyyy hh:mm:ss", "align": "left"},
    "header": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "bottom": 1},
    "total": {"bold": True, "top": 1},
    "total_amount": {"bold": True, "top": 1, "num_format": _EURO},
    "total_integer": {"bold": True, "top": 1, "num_format": "#,##0"},
}

Column = tuple[str, str, int]
"""Label, kind, width."""


def workbook(telling: Telling) -> bytes:
    """Give the bytes of the sheet; the same telling gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    made = dt.datetime.combine(telling.today, dt.time.min)
    book.set_properties({"title": visible(telling.call.title), "created": made, "author": "wijkcontract"})
    formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
    _write_dossiers(book.add_worksheet(_("Dossiers")), formats, telling)
    _write_sheet(book.add_worksheet(_("Bevindingen")), formats, _finding_columns(), _findings(telling))
    _write_sheet(book.add_worksheet(_("Nakijken")), formats, _review_columns(), _reviews(telling))
    book.close()
    return buffer.getvalue()


def cell_text(text: str) -> str:
    """Give a text as a cell shows it: harmless, and cut with a word about it where a cell ends."""
    shown = visible(text)
    if len(shown.encode("utf-16-le")) // 2 <= LIMIT:
        return shown
    tail = _("… (volledig in dossier.json)")
    kept = shown.encode("utf-16-le")[: 2 * (LIMIT - len(tail))]
    return kept.decode("utf-16-le", "ignore") + tail


def _write_dossiers(sheet: Any, formats: dict[str, Any], telling: Telling) -> None:
    overview = telling.call.overview.columns
    own = all(column.value != "granted" for column in overview)
    columns: list[Column] = [
        (_("Nummer"), "text", 16),
        (_("Toestand"), "text", 16),
        *((column.label, column.kind, column.width) for column in overview),
        *([(_("Toegekend"), "amount", 18)] if own else []),
        (_("Blokkerend"), "integer", 11),
        (_("Waarschuwingen"), "integer", 15),
        (_("Niet te beoordelen"), "integer", 13),
        (_("Aanvaard"), "integer", 10),
        (_("Documenten"), "integer", 12),
        (_("Geweigerde documenten"), "integer", 13),
        (_("Map"), "text", 40),
    ]
    summed = [False, False, *(column.total for column in overview), *([True] if own else []), *[True] * 6, False]
    totals = {number for number, total in enumerate(summed) if total}
    rows = [_dossier_row(line, own=own) for line in telling.dossiers]
    _write_table(sheet, formats, columns, rows)
    if not rows:
        return
    last = len(rows)
    withdrawn = any(line.withdrawn for line in telling.dossiers)
    sheet.write_string(last + 1, 0, _("Totaal zonder ingetrokken") if withdrawn else _("Totaal"), formats["total"])
    for number in range(1, len(columns)):
        kind = columns[number][1]
        if number not in totals:
            sheet.write_blank(last + 1, number, None, formats["total"])
            continue
        letters = _letters(number)
        counted = [row for row, line in zip(rows, telling.dossiers, strict=True) if not line.withdrawn]
        numbers = [row[number] for row in counted if isinstance(row[number], Decimal | int)]
        sheet.write_formula(
            last + 1,
            number,
            _sum(letters, last + 1, without=_("ingetrokken") if withdrawn else ""),
            formats["total_amount" if kind == "amount" else "total_integer"],
            float(sum(numbers)),
        )
    requested = next((n for n, column in enumerate(overview, 2) if column.value == telling.call.overview.requested), 0)
    if telling.available is not None and requested:
        letters = _letters(requested)
        asked = (line.requested for line in telling.dossiers if line.requested is not None and not line.withdrawn)
        wanted = sum(asked, Decimal(0))
        sheet.write_string(last + 2, 0, _("Beschikbaar"), formats["text"])
        sheet.write_number(last + 2, requested, float(telling.available), formats["amount"])
        sheet.write_string(last + 3, 0, _("Verschil"), formats["text"])
        difference = float(telling.available - wanted)
        formula = f"={letters}{last + 3}-{letters}{last + 2}"
        sheet.write_formula(last + 3, requested, formula, formats["amount"], difference)


def _sum(letters: str, last: int, *, without: str) -> str:
    """Give the formula that adds the rows which the filter shows, save those in one state."""
    cells = f"{letters}2:{letters}{last}"
    if not without:
        return f"=SUBTOTAL(109,{cells})"
    each = f"SUBTOTAL(109,OFFSET({letters}2,ROW({cells})-ROW({letters}2),0))"
    return f'=SUMPRODUCT({each},--($B$2:$B${last}<>"{without}"))'


def _dossier_row(line: Line, *, own: bool) -> list[Any]:
    unjudged = sum(1 for finding in line.findings if finding.counts and finding.outcome is Outcome.NOT_JUDGED)
    sound = line.completeness is Completeness.COMPLETE or line.granted is None or line.withdrawn
    return [
        line.key,
        line.state if sound else f"{line.state} (!)",
        *line.values,
        *([line.granted] if own else []),
        line.count(Severity.BLOCKING),
        line.count(Severity.WARNING),
        unjudged,
        sum(1 for finding in line.findings if finding.waiver is not None),
        sum(1 for paper in line.papers if not paper.refused),
        sum(1 for paper in line.papers if paper.refused),
        line.folder,
    ]


def _finding_columns() -> list[Column]:
    return [
        (_("Nummer"), "wrapped", 18),
        (_("Code"), "text", 9),
        (_("Regel"), "wrapped", 28),
        (_("Uitkomst"), "text", 18),
        (_("Ernst"), "text", 14),
        (_("Bevinding"), "wrapped", 60),
        (_("Wat te doen"), "wrapped", 45),
        (_("Plaats"), "wrapped", 36),
        (_("Oproep"), "wrapped", 45),
        (_("Houdt documenten tegen"), "text", 14),
        (_("Aanvaard"), "wrapped", 36),
    ]


def _findings(telling: Telling) -> Iterator[list[Any]]:
    for finding in telling.findings:
        if finding.outcome is not Outcome.HOLDS:
            yield _finding_row(_("oproep"), finding)
    for line in telling.lines:
        for finding in line.findings:
            yield _finding_row(line.key, finding)


def _finding_row(number: str, finding: Finding) -> list[Any]:
    waiver = finding.waiver
    accepted = _("{why} ({by}, {on:%d/%m/%Y})").format(why=waiver.why, by=waiver.by, on=waiver.on) if waiver else ""
    return [
        number,
        finding.code,
        finding.title,
        outcome_word(finding),
        severity_word(finding.severity),
        finding.message or _("Ontbreekt of twijfelachtig: {labels}").format(labels="; ".join(finding.missing)),
        finding.remedy,
        str(finding.location) if finding.location else "",
        finding.reference,
        _("ja") if finding.stops_papers else "",
        accepted,
    ]


def _review_columns() -> list[Column]:
    return [
        (_("Soort"), "text", 24),
        (_("Nummer of bestand"), "wrapped", 28),
        (_("Wat"), "wrapped", 45),
        (_("Tekst"), "wrapped", 45),
        (_("Toelichting"), "wrapped", 60),
        (_("Plaats"), "wrapped", 40),
    ]


def _reviews(telling: Telling) -> Iterator[list[Any]]:
    for refusal in telling.refused:
        yield [_("niet leesbaar"), refusal.path, refusal.what, "", refusal.remedy, refusal.folder]
    for left in telling.left:
        yield [_("niet gelezen"), left.path, left.why, "", "", ""]
    for remark in telling.remarks:
        yield [_("opmerking"), "", remark, "", "", ""]
    for line in telling.lines:
        for paper in line.papers:
            if paper.refused:
                yield [_("document geweigerd"), line.key, paper.title, "", " ".join(paper.reasons), ""]
            if paper.differs:
                yield [_("uitgegeven, stemt niet meer overeen"), line.key, paper.title, "", paper.differs, paper.file]
            if paper.pdf_problem:
                yield [_("geen pdf"), line.key, paper.title, "", paper.pdf_problem, paper.file]
        for review in line.review:
            kind = _("twijfelachtig antwoord") if review.state is State.DOUBTFUL else state_word(review.state)
            yield [kind, line.key, review.label, review.text, review.problem, review.place or review.section]
        for finding in line.findings:
            if finding.outcome is Outcome.NOT_JUDGED and finding.waiver is None:
                labels = "; ".join(finding.missing)
                yield [_("regel niet te beoordelen"), line.key, f"{finding.code} {finding.title}", "", labels, ""]
        for note in line.notes:
            yield [_("opmerking bij het lezen"), line.key, note, "", "", ""]
        for act in line.acts:
            yield [_("handeling"), line.key, act_words(act, telling.call.forms.get(line.form)), "", "", ""]
        for again in line.look_again:
            yield [_("opnieuw te bekijken"), line.key, again.text, "", "\n".join(again.lines), ""]
        for request in line.requests:
            yield [_("aanvulling gevraagd"), line.key, request_words(request), "", "", ""]
        for supplement in line.supplements:
            yield [_("aanvulling ontvangen"), line.key, supplement_words(supplement), "", "", supplement.source.name]


def _write_sheet(sheet: Any, formats: dict[str, Any], columns: list[Column], rows: Iterator[list[Any]]) -> None:
    _write_table(sheet, formats, columns, list(rows))


def _write_table(sheet: Any, formats: dict[str, Any], columns: list[Column], rows: Sequence[list[Any]]) -> None:
    for number, (label, _kind, width) in enumerate(columns):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, cell_text(label), formats["header"])
    sheet.set_row(0, _height((label, width) for label, _kind, width in columns))
    for place, row in enumerate(rows, start=1):
        wrapped = ((v, c[2]) for v, c in zip(row, columns, strict=True) if c[1] == "wrapped" and isinstance(v, str))
        sheet.set_row(place, _height(wrapped))
        for number, value in enumerate(row):
            _write_cell(sheet, place, number, value, columns[number][1], formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1 + sum(width for _label, _kind, width in columns) // _PAGE, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)


def _write_cell(sheet: Any, row: int, column: int, value: Any, kind: str, formats: dict[str, Any]) -> None:
    """Write a cell as what it is; text is always text, never a formula or an address."""
    look = formats.get(kind, formats["text"])
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_string(row, column, expression.show(value), formats["text"])
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, float(value), look)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, value.astimezone(_BRUSSELS).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time.min), formats["date"])
    else:
        sheet.write_string(
            row, column, cell_text(expression.show(value)), look if kind == "wrapped" else formats["text"]
        )


def _height(texts: Iterable[tuple[str, int]]) -> int:
    """Give the height of a row of wrapped texts, each with its width: LibreOffice makes no room by itself."""
    most = 1
    for text, width in texts:
        lines = text[: width * _HIGHEST // _LINE].split("\n")
        most = max(most, sum(max(1, len(textwrap.wrap(line, max(1, width - 2)))) for line in lines))
    return min(_HIGHEST, _LINE * most)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
