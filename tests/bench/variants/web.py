"""A sheet as a web page, to be printed by a browser."""

from __future__ import annotations

from html import escape

from tests.bench.variants.sheet import Break, Grid, Line, Look, Sheet

FONTS = ("Carlito", "Caladea", "Liberation Sans", "Liberation Serif", "DejaVu Sans")


def write(sheet: Sheet, look: Look) -> str:
    """Give the page."""
    made = [
        f"<!doctype html><html lang=nl-BE><meta charset=utf-8><title>{escape(sheet.title)}</title><style>",
        f"@page {{ size: A4; margin: {look.margin}cm }}",
        f"body {{ font: {look.size}pt '{look.font}', 'DejaVu Sans' }}",
        "h1 { font-size: 160% } h2 { font-size: 130% } h3 { font-size: 110% }",
        "table { border-collapse: collapse; width: 100%; table-layout: fixed; overflow-wrap: anywhere }",
        f"th, td {{ border: {look.rule}pt solid #000; padding: {look.padding}pt }}",
        "th, td { text-align: left; vertical-align: top }",
        f"th {{ background: #{look.shade or 'FFFFFF'}; -webkit-print-color-adjust: exact }}",
        "tr { break-inside: avoid }" if look.whole else "",
        "</style><body>",
    ]
    for block in sheet.blocks:
        match block:
            case Break():
                made.append("<div style='break-before: page'></div>")
            case Line(text, level) if level:
                made.append(f"<h{level}>{escape(text)}</h{level}>")
            case Line(text, _level, bold):
                words = escape(text) or "<br>"
                made.append(f"<p>{f'<b>{words}</b>' if bold else words}</p>")
            case Grid():
                made.append(_table(block, look))
    return "\n".join(made)


def _table(grid: Grid, look: Look) -> str:
    made = ["<table><colgroup>", *(f"<col style='width: {share * 100:.2f}%'>" for share in grid.widths), "</colgroup>"]
    for number, row in enumerate(grid.rows):
        heads = grid.header and number == 0
        if number in grid.titled:
            cells = f"<th colspan={len(row)}>{escape(row[0])}</th>"
        else:
            cells = "".join(
                _cell("th" if heads or (not grid.header and place % 2 == 0) else "td", text)
                for place, text in enumerate(row)
            )
        line = f"<tr>{cells}</tr>"
        made.append(f"<thead>{line}</thead>" if heads and look.repeat else line)
    return "".join([*made, "</table>"])


def _cell(tag: str, text: str) -> str:
    return f"<{tag}>{'<br>'.join(escape(line) for line in text.split(chr(10)))}</{tag}>"
