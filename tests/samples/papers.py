"""What lies beside the forms: decisions, statements, maps, files that are no form; imports nothing of `pipeline`."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document

from tests.samples.independent import LETTER

_STAMP = "Fictief voorbeeld: personen, organisaties en nummers bestaan niet."


def attachment(file: str, answers: dict[str, Any]) -> bytes:
    """Make the file that the answers refer to by this name."""
    if file == answers.get("kaart"):
        return plan(f"{answers['wijk_naam']}, {answers['gemeente']}")
    for row in answers["validaties"]:
        if row["bijlage"] == file:
            return decision(answers, row)
    for actor in answers["stakeholders"]:
        if actor.get("bewijs") == file:
            return statement(answers, actor)
    raise KeyError(file)


def decision(answers: dict[str, Any], row: dict[str, Any]) -> bytes:
    """Make the excerpt of the decision of college or council."""
    organ = {"college": "College van burgemeester en schepenen", "gemeenteraad": "Gemeenteraad"}[row["orgaan"]]
    return page(
        f"Stad {answers['gemeente']}: uittreksel uit de notulen",
        [
            f"{organ}, zitting van {LETTER.words(row['datum'])}",
            f"Besluitnummer {row['besluitnummer']}",
            f"Onderwerp: indiening bij de oproep wijkverbeteringscontracten van «{answers['titel']}». Goedkeuring.",
            f"Feiten en context. De stad wil een voorstel indienen voor de wijk {answers['wijk_naam']}.",
            "Besluit. Enig artikel. Het voorstel wordt goedgekeurd. De stad engageert zich tot de uitvoering ervan.",
            f"De eigen inbreng bedraagt {LETTER.words(_own(answers))}.",
            *(f"{signer['naam']}, {signer['functie']}" for signer in answers["ondertekenaars"]),
        ],
    )


def _own(answers: dict[str, Any]) -> Any:
    return next(row["bedrag"] for row in answers["financieringsbronnen"] if row["type"] == "eigen")


def statement(answers: dict[str, Any], actor: dict[str, Any]) -> bytes:
    """Make the signed statement of an actor."""
    return page(
        "Engagementsverklaring",
        [
            f"Ondergetekende: {actor['naam']}, vertegenwoordigd door {actor['vertegenwoordiger']}.",
            f"Wij namen kennis van het voorstel «{answers['titel']}» van {answers['gemeente']} en engageren ons:",
            actor["engagement"],
            "Looptijd: die van het wijkverbeteringscontract.",
            f"Getekend, {LETTER.words(answers['validaties'][0]['datum'])}",
            actor["vertegenwoordiger"],
        ],
    )


def page(title: str, lines: list[str]) -> bytes:
    """Draw one page of text as PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    story: list[Any] = [Paragraph(_escaped(title), styles["Title"])]
    for line in [*lines, _STAMP]:
        story += [Paragraph(_escaped(line), styles["BodyText"]), Spacer(1, 10)]
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4, title="Fictief voorbeeld", invariant=1).build(story)
    return made.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def plan(caption: str) -> bytes:
    """Draw a small map with streets, water and a border."""
    from PIL import Image, ImageDraw

    picture = Image.new("P", (480, 320), 0)
    picture.putpalette([244, 241, 232, 255, 255, 255, 150, 190, 215, 200, 60, 40, 60, 60, 60])
    draw = ImageDraw.Draw(picture)
    seed = sum(map(ord, caption))
    for step in range(6):
        draw.line((0, 40 + 50 * step, 480, 20 + 50 * step + seed % 40), fill=1, width=7)
        draw.line((60 + 75 * step, 0, 30 + 75 * step + seed % 50, 320), fill=1, width=5)
    draw.line((0, 250 + seed % 40, 480, 280 - seed % 60), fill=2, width=22)
    draw.polygon([(90, 60), (380, 50 + seed % 30), (410, 230), (120, 240 - seed % 30)], outline=3, width=4)
    draw.text((12, 300), f"{caption} - fictief voorbeeld".encode("latin-1", "replace").decode("latin-1"), fill=4)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def climate_report() -> bytes:
    """Type a report on the other instrument that bears the same name (homonym)."""
    document = Document()
    document.add_heading("Rapport wijkverbeteringscontract, Lokaal Energie- en Klimaatpact", 0)
    document.add_paragraph("Werf 2: Verrijk je wijk. Fictief voorbeeld.")
    for label, answer in (
        ("Naam van het wijkverbeteringscontract", "Deelwijk Oud-Berchem (fictief)"),
        ("Datum van lancering", "12 mei 2021"),
        ("Wat houdt het wijkverbeteringscontract in?", "Samen isoleren, delen en ontharden."),
        ("Wie zijn de partners?", "Energiehuis en buurtcomité (fictief)."),
        ("Wat is al gerealiseerd?", "Drie infoavonden en 41 inschrijvingen."),
    ):
        document.add_paragraph().add_run(label).bold = True
        document.add_paragraph(answer)
    return _docx(document)


def invoice() -> bytes:
    """Draw an invoice that got into the inbox by mistake."""
    return page(
        "Factuur 2021-118",
        [
            "Drukkerij De Letter bv (fictief), Kerkstraat 1, 9000 Gent",
            "500 affiches wijkfeest: 412,00 euro. Btw 21 percent: 86,52 euro. Totaal: 498,52 euro.",
            f"Te betalen voor {LETTER.words(dt.date(2021, 8, 15))} op BE68 5390 0754 7034.",
        ],
    )


def secret(pdf: bytes) -> bytes:
    """Lock a PDF with a password that the sender forgot to tell."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(made, encryption=pikepdf.Encryption(user="fictief", owner="fictief"), deterministic_id=False)
    return made.getvalue()


def _docx(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
