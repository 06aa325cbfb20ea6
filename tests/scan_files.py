"""Scans for the tests: pages of a PDF as a scanner gives them, marked by hand, or photographed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

Pen = Callable[[Any, float], None]
"""Draws on a page, given its dots and how many of them go into a point."""


@dataclass(frozen=True)
class Scanner:
    """How a scanner sees paper."""

    dpi: int = 300
    askew: float = 0.0
    """Degrees counter-clockwise."""
    blur: float = 0.6
    noise: float = 4.0
    paper: float = 0.94
    """Lightness of white paper."""
    jpeg: int = 80
    seed: int = 1

    def scan(
        self, pdf: bytes, pens: Sequence[Pen | None] = (), pages: Sequence[int] | None = None
    ) -> list[Image.Image]:
        """Give the pages of a PDF as scanned; `pens` draw on them first, one for each page."""
        document = pypdfium2.PdfDocument(pdf)
        numbers = range(len(document)) if pages is None else pages
        seen = []
        for place, number in enumerate(numbers):
            sheet = document[number].render(scale=self.dpi / 72, grayscale=True).to_numpy()
            sheet = np.ascontiguousarray(sheet.reshape(sheet.shape[:2]))
            if place < len(pens) and pens[place] is not None:
                pens[place](sheet, self.dpi / 72)
            seen.append(self._see(sheet, self.seed * 1000 + number))
        document.close()
        return seen

    def _see(self, sheet: Any, seed: int) -> Image.Image:
        height, width = sheet.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), self.askew, 1)
        sheet = cv2.warpAffine(sheet, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
        sheet = cv2.GaussianBlur(sheet, (0, 0), self.blur).astype(np.float32) * self.paper
        sheet += np.random.default_rng(seed).normal(0, self.noise, sheet.shape)
        sheet = np.clip(sheet, 0, 255).astype(np.uint8)
        packed = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, self.jpeg])[1]
        return Image.fromarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))


def as_pdf(pages: Sequence[Image.Image], dpi: int = 300) -> bytes:
    """Give pages as a scanner's PDF."""
    made = io.BytesIO()
    pages[0].save(made, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return made.getvalue()


def as_tiff(pages: Sequence[Image.Image], dpi: int = 300) -> bytes:
    """Give pages as a fax gives them: one file, black and white."""
    bare = [page.point(lambda dot: 255 * (dot > 150)).convert("1") for page in pages]
    made = io.BytesIO()
    bare[0].save(made, "TIFF", save_all=True, append_images=bare[1:], dpi=(dpi, dpi), compression="group4")
    return made.getvalue()


def as_image(page: Image.Image, kind: str, dpi: int = 300) -> bytes:
    """Give a page as a PNG or JPEG."""
    made = io.BytesIO()
    page.save(made, kind, dpi=(dpi, dpi))
    return made.getvalue()


def photographed(page: Image.Image) -> Image.Image:
    """Give a page as it looks on a desk, from a camera held at a slant under a lamp."""
    sheet = np.asarray(page)
    height, width = sheet.shape
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = np.float32([[0.1, 0.06], [0.88, 0.09], [0.97, 0.95], [0.03, 0.92]]) * np.float32([width, height])
    turn = cv2.getPerspectiveTransform(corners, seen)
    sheet = cv2.warpPerspective(sheet, turn, (width, height), borderValue=70).astype(np.float32)
    lamp = np.linspace(1.0, 0.6, width, dtype=np.float32)[None, :]
    return Image.fromarray(np.clip(sheet * lamp, 0, 255).astype(np.uint8))


def slanted(page: Image.Image, over: float, way: str) -> Image.Image:
    """Give a page as an evenly lit picture taken at a slant: `over` of its top or its left side falls outside."""
    width, height = page.size
    inner, outer = (width, height), (over * width, over * height)
    corners = {
        "from below": [(-outer[0], 0), (0, height), inner, (width + outer[0], 0)],
        "from the right": [(0, -outer[1]), (0, height + outer[1]), inner, (width, 0)],
    }[way]
    plain = np.float32([(0, 0), (0, height), inner, (width, 0)])
    turn = cv2.getPerspectiveTransform(plain, np.float32(corners))
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, turn.ravel()[:8].tolist(), Image.Resampling.BICUBIC, fillcolor=235
    )


def stroke(*points: tuple[float, float], thick: float = 1.4) -> Pen:
    """Give a pen that draws a line through these points of a page, in points from its top left corner."""

    def draw(sheet: Any, scale: float) -> None:
        path = np.round(np.array(points) * scale).astype(np.int32)
        cv2.polylines(
            sheet, [path], isClosed=False, color=40, thickness=max(1, round(thick * scale)), lineType=cv2.LINE_AA
        )

    return draw


def scribble(left: float, top: float, right: float, bottom: float, seed: int, thick: float = 1.2) -> Pen:
    """Give a pen that writes something within a place: random Bézier curves, as a quick hand makes."""
    chance = np.random.default_rng(seed)
    strokes = [chance.uniform((left, top), (right, bottom), (4, 2)) for _number in range(3)]
    steps = np.linspace(0, 1, 25)[:, None]

    def curve(a: Any, b: Any, c: Any, d: Any) -> Any:
        back = 1 - steps
        return back**3 * a + 3 * back**2 * steps * b + 3 * back * steps**2 * c + steps**3 * d

    return together(*(stroke(*map(tuple, curve(*points)), thick=thick) for points in strokes))


def circle(x: float, y: float, across: float, down: float, thick: float = 1.2) -> Pen:
    """Give a pen that draws a circle, not quite closed."""
    turn = np.linspace(0.2, 2 * np.pi + 0.1, 60)
    wobble = 1 + 0.05 * np.sin(3 * turn)
    return stroke(*zip(x + across * wobble * np.cos(turn), y + down * wobble * np.sin(turn), strict=True), thick=thick)


def together(*pens: Pen) -> Pen:
    """Give a pen that draws what all of these draw."""

    def draw(sheet: Any, scale: float) -> None:
        for pen in pens:
            pen(sheet, scale)

    return draw
