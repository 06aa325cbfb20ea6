"""Counting on pictures of scanned pages: how light they are, where their ink is, how many pieces it has."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.readers.scan_bands import turn_bands
from pipeline.readers.scan_ink import find_ink
from pipeline.readers.scan_numbers import numbered
from pipeline.readers.scan_picture import Picture
from pipeline.readers.scan_straight import straighten
from pipeline.readers.scan_tones import quantile
from tests.pdf_files import Drawn
from tests.scan_files import Scanner


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (height, width), np.uint8)


@pytest.mark.parametrize("apart", [2, 40])
def test_each_piece_of_ink_has_a_number_however_many_there_are(apart):
    ink = np.zeros((402, 402), np.uint8)
    ink[1::apart, 1::apart] = 255
    pieces = numbered(ink)
    count = len(range(1, 402, apart)) ** 2
    assert pieces.end == count + 1
    assert sorted(pieces.labels[ink > 0].tolist()) == list(range(1, count + 1))
    assert set(pieces.stats[1:, 4].tolist()) == {1}


def test_dots_that_touch_at_a_corner_are_one_piece():
    ink = np.zeros((9, 12), np.uint8)
    ink[[2, 3, 4], [5, 6, 5]] = 255
    ink[2, 9] = 255
    pieces = numbered(ink)
    assert pieces.stats[1:].tolist() == [[5, 2, 2, 3, 3], [9, 2, 1, 1, 1]]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95, 1.0])
def test_the_lightness_of_a_share_of_the_dots_is_that_of_numpy(share):
    picture = noise(41, 30)[3:, ::2]
    assert quantile(picture, share) == pytest.approx(float(np.quantile(picture, share)))


def test_ink_is_what_is_darker_than_its_surroundings_as_cv2_thresholds_it():
    white = noise(301, 202)
    smooth = cv2.GaussianBlur(white, (3, 3), 0)
    expected = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 20)
    assert (find_ink(white) == expected).all()


def test_white_letters_on_a_black_band_become_black_ones_and_the_rest_stays():
    grey = np.full((2000, 1600), 240, np.uint8)
    grey[400:500, 200:1400] = 20
    grey[440:460, 300:310] = 240
    turned = turn_bands(grey, cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    assert (turned[420, 700], turned[450, 305], turned[1000, 700]) == (235, 15, 240)


@pytest.mark.parametrize("turns", [0, 1])
def test_a_page_with_a_few_lines_is_put_straight(turns):
    drawn = Drawn()
    words = ["de", "stuurgroep", "vergadert", "over", "pleinen", "en", "bomen", "in", "een", "wijk", "met", "scholen"]
    for number in range(16):
        drawn.text(60, 100 + 20 * number, " ".join(words[number % 5 :: 1 + number % 3] + words[: number % 4]))
    picture = Scanner(200, askew=1.3).scan(drawn.bytes())[0]
    grey = np.rot90(np.asarray(picture), turns)
    sheet = straighten(Picture(np.ascontiguousarray(grey), 200))
    rows = (sheet.white < 128).sum(axis=1)
    assert sheet.white.shape[0] > sheet.white.shape[1]
    assert (rows == 0).sum() > 0.75 * len(rows)
