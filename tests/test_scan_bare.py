"""The picture of a scanned page, taken out of a PDF where the page is nothing else, and as pdfium would draw it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pipeline.readers.scan_bare import bare_picture, may_be_bare
from pipeline.readers.scan_picture import of_page

WIDE, HIGH, DPI = 1654, 2339, 200


def scan(mode: str = "1", size: tuple[int, int] = (WIDE, HIGH)) -> bytes:
    """Give a page that is one picture."""
    made = io.BytesIO()
    paper = np.random.default_rng(1).random(size[::-1]) > 0.2
    Image.fromarray(np.where(paper, np.uint8(255), np.uint8(0))).convert(mode).save(made, "PDF", resolution=DPI)
    return made.getvalue()


def changed(change: Callable[[pikepdf.Pdf, Any, Any], None]) -> bytes:
    """Give such a page with something changed, by its file, the page and its picture."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan())) as pdf:
        page = pdf.pages[0]
        (name,) = page.Resources.XObject.keys()
        change(pdf, page, page.Resources.XObject[name])
        pdf.save(made)
    return made.getvalue()


def taken(data: bytes) -> np.ndarray | None:
    """Give the picture of the first page where it is taken out; None when the page is drawn."""
    edges = may_be_bare(data).get(1)
    return None if edges is None else bare_picture(pypdfium2.PdfDocument(data)[0], edges, DPI / 72)


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
@pytest.mark.parametrize("size", [(WIDE, HIGH), (1653, 2338), (1700, 2200)])
def test_a_page_that_is_one_picture_is_the_same_as_when_it_is_drawn(mode, size):
    data = scan(mode, size)
    page = pypdfium2.PdfDocument(data)[0]
    bare, drawn = of_page(page, may_be_bare(data)[1]), of_page(page)
    assert taken(data) is not None
    assert (bare.grey.shape, bare.dpi) == (drawn.grey.shape, drawn.dpi)
    assert np.abs(bare.grey.astype(int) - drawn.grey).max() <= (mode == "RGB")


def test_a_picture_in_colours_is_taken_in_grey():
    made = io.BytesIO()
    pixels = np.full((HIGH, WIDE, 3), (200, 100, 50), np.uint8)
    Image.fromarray(pixels).save(made, "PDF", resolution=DPI, quality=100)
    picture = taken(made.getvalue())
    assert picture is not None
    assert abs(float(picture.mean()) - (0.299 * 200 + 0.587 * 100 + 0.114 * 50)) < 2


def test_a_page_whose_edges_differ_less_than_a_dot_from_its_picture_is_taken_too():
    assert taken(changed(lambda _pdf, page, _picture: page.__setattr__("MediaBox", [0, 0, 595.3, 842.2]))) is not None


def masked(pdf: pikepdf.Pdf, _page: Any, picture: Any) -> None:
    mask = pdf.make_stream(b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    mask.ColorSpace, mask.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    picture.SMask = mask


def turned_round(_pdf: pikepdf.Pdf, _page: Any, picture: Any) -> None:
    picture.Decode = [1, 0]


def rotated(_pdf: pikepdf.Pdf, page: Any, _picture: Any) -> None:
    page.Rotate = 90


def cropped(_pdf: pikepdf.Pdf, page: Any, _picture: Any) -> None:
    page.CropBox = [0, 0, 400, 842]


def in_a_layer(pdf: pikepdf.Pdf, _page: Any, picture: Any) -> None:
    picture.OC = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="laag"))


def drawn_by(template: bytes) -> Callable[[pikepdf.Pdf, Any, Any], None]:
    """Give what changes the content of a page: NAME is its picture, and WIDE and HIGH its sides."""

    def change(pdf: pikepdf.Pdf, page: Any, _picture: Any) -> None:
        (name,) = page.Resources.XObject.keys()
        sides = ((b"NAME", name.encode()), (b"WIDE", b"%f" % page.MediaBox[2]), (b"HIGH", b"%f" % page.MediaBox[3]))
        content = template
        for word, put in sides:
            content = content.replace(word, put)
        page.Contents = pdf.make_stream(content)

    return change


def remarked(pdf: pikepdf.Pdf, page: Any, _picture: Any) -> None:
    look = pdf.make_stream(b"0 0 100 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    look.BBox = [0, 0, 100, 50]
    stamp = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[100, 100, 200, 150], F=4)
    stamp.AP = pikepdf.Dictionary(N=look)
    page.Annots = [pdf.make_indirect(stamp)]


@pytest.mark.parametrize(
    "change",
    [
        masked,
        turned_round,
        rotated,
        cropped,
        in_a_layer,
        remarked,
        drawn_by(b"q WIDE 0 0 HIGH 0 0 cm NAME Do Q 100 100 200 50 re f"),
        drawn_by(b"q WIDE 0 0 HIGH 0 0 cm NAME Do Q q 90 0 0 90 9 9 cm NAME Do Q"),
        drawn_by(b"q 50 50 300 300 re W n WIDE 0 0 HIGH 0 0 cm NAME Do Q"),
        drawn_by(b"/Artifact BMC q WIDE 0 0 HIGH 0 0 cm NAME Do Q EMC"),
        drawn_by(b"q -WIDE 0 0 HIGH WIDE 0 cm NAME Do Q"),
        drawn_by(b"q WIDE 0 0 -HIGH 0 HIGH cm NAME Do Q"),
        drawn_by(b"q 500 0 0 700 40 70 cm NAME Do Q"),
        drawn_by(b"q WIDE 9 -9 HIGH 0 0 cm NAME Do Q"),
    ],
)
def test_a_page_that_shows_its_picture_otherwise_or_more_than_that_is_drawn(change):
    assert taken(scan()) is not None
    assert taken(changed(change)) is None


def test_of_bytes_that_are_no_pdf_no_page_is_one_picture():
    assert may_be_bare(b"%PDF-1.7 ...") == {}
