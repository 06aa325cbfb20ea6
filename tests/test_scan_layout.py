"""What the parts of a scanned page are: letters against rulings, letters like boxes, running heads, titles."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.document import Table, paragraphs
from pipeline.extract import identify
from pipeline.library import load
from pipeline.readers import read
from pipeline.readers.pdf_grid import grids_of
from pipeline.readers.scan_boxes import find_boxes
from pipeline.readers.scan_ink import find_ink, without_rulings
from pipeline.readers.scan_picture import Picture
from pipeline.readers.scan_straight import straighten
from pipeline.readers.symbols import TICKED, UNTICKED
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf

pytestmark = pytest.mark.requires_tesseract


def straight(drawn: Drawn, scanner: Scanner) -> Any:
    return straighten(Picture(np.asarray(scanner.scan(drawn.bytes())[0]), scanner.dpi))


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_title_whose_first_letter_stands_on_the_side_of_its_table_is_whole(dpi):
    drawn = Drawn()
    for top in (80, 180):
        drawn.text(49.5, top - 3, f"Lid van de stuurgroep {top}", font="Times-Bold")
        drawn.grid([50, 220, 550], [top, top + 24, top + 48])
        drawn.text(55, top + 16, "Naam").text(225, top + 16, "Lieve Peeters")
        drawn.text(55, top + 40, "Functie").text(225, top + 40, "burgemeester")
    document = read(as_pdf(Scanner(dpi).scan(drawn.bytes()), dpi), "scan.pdf")
    outside = [p.text for p in paragraphs(document.blocks) if p.location.table is None]
    assert outside == ["Lid van de stuurgroep 80", "Lid van de stuurgroep 180"]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for table in tables for row in table.rows] == 2 * [
        ["Naam", "Lieve Peeters"],
        ["Functie", "burgemeester"],
    ]


@pytest.mark.parametrize("size", [9, 11, 13])
def test_a_title_right_above_a_table_hides_none_of_its_rulings(size):
    drawn = Drawn()
    drawn.canvas.setLineWidth(0.5)
    drawn.canvas.setStrokeGray(0.55)
    drawn.grid([50, 220, 550], [80, 104, 128])
    drawn.text(52, 76, "Gevraagde engagementen 2", size=size, font="Helvetica-Bold")
    sheet = straight(drawn, Scanner(200))
    (grid,) = grids_of(without_rulings(sheet.white, find_ink(sheet.white), sheet.light).drawing)
    assert len(grid.rooms) == 4


@pytest.mark.parametrize(("noise", "seed"), [(4.0, 1), (6.0, 2), (6.0, 5)])
def test_no_ruling_goes_on_in_the_noise_between_two_tables(noise, seed):
    drawn = Drawn().grid([50, 220, 550], [60, 84, 108]).grid([50, 220, 550], [118, 142, 166])
    sheet = straight(drawn, Scanner(200, noise=noise, jpeg=60, seed=seed, askew=0.5))
    assert len(grids_of(without_rulings(sheet.white, find_ink(sheet.white), sheet.light).drawing)) == 2


LETTERS = (
    "nu nemen wij zonder onze buren een mooi nieuw zomerse tuinen samen wonen en zorgen voor ramen annemoon zeven "
    "maanden seconden canon naaimensen semmanenuumm"
)


@pytest.mark.parametrize(("font", "size", "blur"), [("Times-Roman", 10, 1.4), ("Times-Bold", 8, 1.0)])
def test_no_row_of_blurred_letters_is_a_ruling(font, size, blur):
    drawn = Drawn()
    for row in range(30):
        drawn.text(50, 60 + 20 * row, LETTERS[3 * row :][:80], size=size, font=font)
    sheet = straight(drawn, Scanner(200, blur=blur))
    assert without_rulings(sheet.white, find_ink(sheet.white), sheet.light).drawing.level == []


BOLD = """
######################....................
########################..................
#########################.................
##########################................
##########################................
###########....###########................
##########.......##########...............
#########.........#########..............#
#########.........#########............###
#########.........#########...........####
##########.......#########...........#####
###########....###########..........######
#########################..........#######
########################..........########
########################..........########
########################..........########
#########################........#########
##########################.......#########
##########......###########......#########
#########.........#########......#########
#########..........#########.....#########
#########..........#########.....#########
#########..........#########.....#########
#########..........#########.....#########
#########..........#########......########
##########........##########......########
##############.############.......########
###########################........#######
##########################..........######
#########################...........######
########################.............#####
######################.................###
"""
"""The ink of «Be», cut off, in DejaVu Sans Bold of 10 points, as a scanner of 200 dots to the inch saw it."""


@pytest.mark.parametrize("across", [42, 27], ids=["in a word", "apart"])
def test_no_bold_letter_is_a_box(across):
    ink = np.zeros((200, 200), np.uint8)
    dots = np.array([[255 * (dot == "#") for dot in line[:across]] for line in BOLD.split()], np.uint8)
    ink[80 : 80 + dots.shape[0], 80 : 80 + dots.shape[1]] = dots
    assert find_boxes(255 - ink, ink) == []


def test_a_box_under_a_thick_cross_from_corner_to_corner_is_ticked():
    ink = np.zeros((200, 300), np.uint8)
    for left in (60, 200):
        cv2.rectangle(ink, (left, 80), (left + 31, 111), 255, 2)
    cv2.line(ink, (196, 76), (235, 115), 255, 9)
    cv2.line(ink, (196, 115), (235, 76), 255, 9)
    found = sorted(find_boxes(255 - ink, ink))  # left to right
    assert [tick.text for tick in found] == [UNTICKED, TICKED]


def test_a_running_head_is_one_however_each_page_lies_and_is_read_and_a_numbered_title_is_none():
    pages = []
    for number, (head, askew) in enumerate(zip("·-*", (0.6, -0.7, 0.0), strict=True), start=1):
        drawn = Drawn().text(50, 30, f"Aanvraag 2021 {head} fictief voorbeeld").text(50, 740, f"Actie {number}")
        drawn.grid([50, 220, 550], [80, 104]).text(55, 96, "Naam").text(225, 96, "Lieve")
        pages += Scanner(200, askew=askew).scan(drawn.bytes())
    told = [(p.text, p.location.part) for p in paragraphs(read(as_pdf(pages, 200), "scan.pdf").blocks)]
    assert {part for text, part in told if "fictief" in text} == {"koptekst"}
    assert [part for text, part in told if text.startswith("Actie")] == ["", "", ""]


def test_a_title_broken_in_two_headings_names_the_form():
    drawn = Drawn().text(50, 70, "Notities stuurgroep", size=22).text(50, 100, "wijkverbeteringscontract", size=22)
    labels = ("Dossiernummer", "Datum van de vergadering", "Plaats", "Voorzitter", "Verslaggever", "Saldo")
    labels += (
        "Vertegenwoordigt",
        "Aanwezigheid",
        "Naam",
        "Functie",
        "Organisatie",
        "Titel van het punt",
        "Bespreking",
        "Nr.",
        "Actie",
        "Wie",
        "Status",
        "Bestandsnaam",
    )
    drawn.grid([50, 220, 550], [120 + 24 * row for row in range(len(labels) + 1)])
    for row, label in enumerate(labels):
        drawn.text(55, 136 + 24 * row, label).text(225, 136 + 24 * row, "Gent")
    document = read(as_pdf(Scanner(200).scan(drawn.bytes()), 200), "scan.pdf")
    assert identify(document, load("wijkverbeteringscontract")) == "vergadering"
