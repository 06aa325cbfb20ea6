"""Paper under a scanner: a print looked at askew, grey and grainy; boxes ticked on it by hand before."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_RULING = 1.5
"""Length in centimetres from which a straight dark run is a ruling, not a letter."""
_POINTS = 72
_BOXES = frozenset("☐☒")


@dataclass(frozen=True)
class Glass:
    """How one scanner sees a pile of paper."""

    dpi: int
    askew: float
    """Degrees at most, each page its own."""
    paper: float
    """Lightness of the paper."""
    noise: float
    blur: float
    jpeg: int
    paler: float
    """How far rulings fade into the paper."""

    @staticmethod
    def by(chance: random.Random) -> Glass:
        """Give a scanner."""
        return Glass(
            chance.choice((200, 200, 240, 300)),
            chance.choice((0, 0.5, 1, 1.5)),
            chance.uniform(0.86, 0.98),
            chance.uniform(1, 6),
            chance.uniform(0.3, 0.7),
            chance.randint(60, 90),
            chance.choice((0, 0, 0.3, 0.5)),
        )


@dataclass(frozen=True)
class Box:
    """A printed box, in points from the left and from the top of its page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def boxes(printed: Path) -> list[Box]:
    """Find the printed boxes in the order in which they are written."""
    import pdfplumber

    with pdfplumber.open(printed) as document:
        return [
            Box(number, sign["x0"], sign["top"], sign["x1"], sign["bottom"])
            for number, page in enumerate(document.pages)
            for sign in page.chars
            if sign["text"] in _BOXES
        ]


def scan(printed: Path, chance: random.Random, ticked: Sequence[Box] = ()) -> bytes:
    """Give the pages as the PDF of a scanner, with these boxes ticked by pen."""
    import numpy as np
    from PIL import Image

    glass = Glass.by(chance)
    command = ["pdftoppm", "-r", str(glass.dpi), "-gray", str(printed)]
    seen = []
    for number, sheet in enumerate(_sheets(subprocess.run(command, check=True, capture_output=True).stdout)):
        page = _faded(np.asarray(sheet), glass)
        for box in ticked:
            if box.page == number:
                _tick(page, box, glass.dpi / _POINTS, chance)
        seen.append(Image.fromarray(_look(page, glass, chance)))
    made = io.BytesIO()
    first, *rest = seen
    first.save(made, "PDF", resolution=glass.dpi, save_all=True, append_images=rest, quality=glass.jpeg)
    return made.getvalue()


def _sheets(stream: bytes) -> list[Any]:
    """Take the pictures apart that poppler wrote one after the other."""
    from PIL import Image

    made, place = [], 0
    while place < len(stream):
        kind, size, _most = stream[place : place + 100].split(b"\n", 3)[:3]
        width, height = map(int, size.split())
        place += len(kind) + len(size) + len(_most) + 3
        made.append(Image.frombytes("L", (width, height), stream[place : place + width * height]))
        place += width * height
    return made


def _faded(sheet: Any, glass: Glass) -> Any:
    """Let the rulings fade."""
    import cv2
    import numpy as np

    page = np.array(sheet)
    if not glass.paler:
        return page
    ink = (page < 200).astype(np.uint8)
    length = round(_RULING * glass.dpi / 2.54)
    ruled = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    ruled |= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    fade = ruled.astype(bool)
    page[fade] = (page[fade] + (235.0 - page[fade]) * glass.paler).clip(0, 255).astype(np.uint8)
    return page


def _tick(page: Any, box: Box, scale: float, chance: random.Random) -> None:
    """Draw a cross, a check or a scribble in a box, never quite where it should be."""
    import cv2
    import numpy as np

    width, height = box.right - box.left, box.bottom - box.top
    shapes = (
        (((0.1, 0.2), (0.9, 0.85)), ((0.9, 0.2), (0.1, 0.85))),
        (((0.15, 0.5), (0.4, 0.85), (1.0, 0.05)),),
        (((0.1, 0.3), (0.9, 0.4), (0.15, 0.55), (0.9, 0.65), (0.2, 0.8)),),
    )
    shade = chance.randint(20, 90)
    thick = max(1, round(chance.uniform(0.7, 1.5) * scale))
    for line in chance.choice(shapes):
        path = [
            (
                (box.left + (x + chance.uniform(-0.12, 0.12)) * width) * scale,
                (box.top + (y + chance.uniform(-0.1, 0.1)) * height) * scale,
            )
            for x, y in line
        ]
        points = np.round(np.array(path)).astype(np.int32)
        cv2.polylines(page, [points], isClosed=False, color=shade, thickness=thick, lineType=cv2.LINE_AA)


def _look(page: Any, glass: Glass, chance: random.Random) -> Any:
    """Lay the page askew on the glass."""
    import cv2
    import numpy as np

    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-glass.askew, glass.askew), 1)
    seen = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    seen = cv2.GaussianBlur(seen, (0, 0), glass.blur * glass.dpi / 200).astype(np.float32) * glass.paper
    grain = np.random.default_rng(chance.getrandbits(32))
    seen += grain.normal(0, glass.noise, seen.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)
