"""Words of a PDF over which something is painted: they stand in the file, but nobody sees them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.pdf_files import Drawn

COVERED = "over deze tekst is een vlak getekend; kijk op de bladzijde wat er staat"
PLACE = (202, 712, 340, 26)
"""Where the answer of the form stands: left, bottom, width, height."""

Painter = Callable[[Any], None]


def area(grey: float, alpha: float = 1) -> Painter:
    def paint(canvas: Any) -> None:
        canvas.setFillGray(grey, alpha)
        canvas.rect(*PLACE, stroke=0, fill=1)
        canvas.setFillGray(0, 1)

    return paint


def picture(alpha: int = 255) -> Painter:
    """Paint a photo, or a drawing of which one sees what lies under it."""

    def paint(canvas: Any) -> None:
        photo = Image.linear_gradient("L").resize((170, 13)).convert("RGBA")
        photo.putalpha(alpha)
        canvas.drawImage(ImageReader(photo), *PLACE, mask="auto")

    return paint


def shading(canvas: Any) -> None:
    left, bottom, width, height = PLACE
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(*PLACE)
    canvas.clipPath(path, stroke=0)
    canvas.linearGradient(left, bottom, left + width, bottom + height, ((1, 1, 0), (0, 1, 1)))
    canvas.restoreState()


def in_form(painter: Painter) -> Painter:
    """Paint in a drawing of its own that is put on the page."""

    def paint(canvas: Any) -> None:
        canvas.beginForm("over")
        painter(canvas)
        canvas.endForm()
        canvas.doForm("over")

    return paint


def put_together(*, before: Painter | None = None, after: Painter | None = None, written: str = "") -> bytes:
    """Give a form of which the answer has something painted under it or over it, and words written on that."""
    drawn = Drawn().grid([50, 200, 550], [60, 90, 120]).text(55, 80, "Functie").text(55, 110, "Andere")
    if before:
        before(drawn.canvas)
    drawn.text(205, 80, "schepen van Wonen").text(205, 110, "Ja")
    if after:
        after(drawn.canvas)
    if written:
        drawn.text(205, 80, written)
    return drawn.page().bytes()


def doubts(data: bytes) -> list[str]:
    """Give why the answer is doubted, and what was written over it."""
    parts = paragraphs(read(data, "x.pdf").blocks)
    return [part.uncertain for part in parts if part.text not in ("", "Functie", "Andere", "Ja")]


@pytest.mark.parametrize(
    "painting",
    [
        pytest.param({"after": area(1)}, id="made white"),
        pytest.param({"after": area(0)}, id="made black"),
        pytest.param({"after": area(1), "written": "burgemeester"}, id="written over"),
        pytest.param({"after": picture()}, id="under a photo"),
        pytest.param({"after": picture(), "written": "burgemeester"}, id="under a photo, written over"),
        pytest.param({"after": in_form(picture())}, id="under a photo in a drawing"),
        pytest.param({"after": shading}, id="under a gradient"),
    ],
)
def test_words_over_which_something_is_painted_are_doubtful(painting):
    """Who painted them over may have withdrawn or changed them."""
    assert doubts(put_together(**painting)) == [COVERED]


@pytest.mark.parametrize(
    "painting",
    [
        pytest.param({"before": area(0.8)}, id="a background"),
        pytest.param({"before": picture()}, id="a picture as background"),
        pytest.param({"after": area(0.8, 0.3)}, id="a marker"),
        pytest.param({"after": picture(60)}, id="a picture that lets them through"),
        pytest.param({"after": area(1), "written": "schepen van Wonen"}, id="written again"),
    ],
)
def test_words_that_are_seen_are_not(painting):
    assert doubts(put_together(**painting)) == [""]


def test_words_of_a_drawing_that_is_put_on_the_page_are_doubtful_under_what_is_painted_later():
    drawn = Drawn()
    drawn.canvas.beginForm("antwoord")
    drawn.canvas.setFont("Helvetica", 10)
    drawn.canvas.drawString(0, 0, "schepen van Wonen")
    drawn.canvas.endForm()
    drawn.canvas.translate(205, 720)
    drawn.canvas.doForm("antwoord")
    drawn.canvas.translate(-205, -720)
    area(1)(drawn.canvas)
    assert doubts(drawn.page().bytes()) == [COVERED]


def test_an_amount_of_which_the_last_figures_are_painted_over_is_doubtful():
    drawn = Drawn().text(55, 80, "Bedrag: 1.250.000")
    left = 55 + drawn.canvas.stringWidth("Bedrag: 1.250", "Helvetica", 10)
    drawn.canvas.setFillGray(1)
    drawn.canvas.rect(left, 712, 60, 26, stroke=0, fill=1)
    assert doubts(drawn.page().bytes()) == [COVERED]


def with_remark(kind: Name, **about: Any) -> bytes:
    """Give the form on whose answer somebody put something with the tools of a viewer."""
    left, bottom, width, height = PLACE
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(put_together())) as pdf:
        box = [left, bottom, left + width, bottom + height]
        remark = Dictionary(Type=Name.Annot, Subtype=kind, Rect=box, F=4, **about)
        pdf.pages[0].Annots = [pdf.make_indirect(remark)]
        pdf.save(made)
    return made.getvalue()


def test_words_under_a_filled_square_of_a_viewer_are_doubtful():
    assert doubts(with_remark(Name.Square, IC=[1, 1, 1], C=[1, 1, 1])) == [COVERED]


def test_words_within_a_frame_or_a_highlight_of_a_viewer_are_not():
    assert doubts(with_remark(Name.Square, C=[1, 0, 0])) == [""]
    corners = [202, 738, 542, 738, 202, 712, 542, 712]
    assert doubts(with_remark(Name.Highlight, C=[1, 1, 0], QuadPoints=corners)) == [""]


def test_that_somebody_marked_words_to_be_taken_out_is_told():
    assert read(with_remark(Name.Redact), "x.pdf").omitted == ("een getekende lijn of vorm op pagina 1",)


@pytest.mark.parametrize("clipped", [True, False])
def test_the_rest_of_a_text_that_did_not_fit_in_its_field_is_no_certain_answer_to_the_row_below(clipped):
    """It is cut off there, and still stands in the file, in the place of the next answer."""
    drawn = Drawn().grid([50, 200, 550], [60, 105, 150]).text(55, 80, "Functie").text(55, 125, "Andere")
    drawn.canvas.saveState()
    if clipped:
        field = drawn.canvas.beginPath()
        field.rect(202, 800 - 103, 346, 41)
        drawn.canvas.clipPath(field, stroke=0)
    for number, line in enumerate(("de straten blijven open", "en de pleinen ook,", "bij regen en wind", "en sneeuw")):
        drawn.text(205, 75 + 12 * number, line)
    drawn.text(205, 123, "of storm")
    drawn.canvas.restoreState()
    parts = paragraphs(read(drawn.page().bytes(), "x.pdf").blocks)
    (below,) = [part.uncertain for part in parts if "of storm" in part.text]
    assert ("afgesneden" in below) is clipped
