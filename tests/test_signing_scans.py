"""A scan of a signed paper does not count; it is told which issued paper it looks like, or why that cannot be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.signing import IssuedPaper, Origin, Question, Roots, Scan, examine, read_scan, tell
from tests.signed_papers import paper, scanned

LOST = " Een elektronische handtekening gaat daarbij verloren; vraag het ondertekende bestand zelf."
HEAD = "Dit zijn beelden van bladzijden: geprint en ingescand, of gefotografeerd."
SAID = (
    "Afsprakenkader (fictief voorbeeld)\nDossier WVC-2021-0001\nDe subsidie bedraagt {amount} euro.\n"
    "Artikel 2\nDe looptijd is drie jaar, vanaf 1 januari 2022.\nVoor akkoord An Peeters, burgemeester"
)


@pytest.fixture(scope="module")
def issued():
    return paper()


@pytest.fixture(scope="module")
def data(issued):
    return scanned(issued.content)


def version(number: int, amount: str, **other: str) -> IssuedPaper:
    made = paper(amount=amount)
    return replace(made, issued=replace(made.issued, version=number, **other), replaced=number == 1)


def told(data, papers, scan):
    verdict = examine(data, papers, Roots(), scan=scan)
    assert verdict.origin is Origin.SCANNED
    (lines,) = [one.lines for one in tell(verdict, Roots()) if one.question is Question.PAPER]
    return lines


def test_paper_of_the_dossier_whose_number_is_legible(data, issued):
    papers = [paper("WVC-2021-0002"), issued]
    assert told(data, papers, Scan(SAID.format(amount="800.000,00"), 3)) == (
        f"{HEAD} Het lijkt op Afsprakenkader van WVC-2021-0001.{LOST}",
    )


def test_number_is_known_with_spaces_in_it(data, issued):
    words = SAID.format(amount="800.000,00").replace("WVC-2021-0001", "WVC - 2021 -0001")
    assert "Het lijkt op Afsprakenkader van WVC-2021-0001." in told(data, [issued], Scan(words, 3))[0]


@pytest.mark.parametrize(("amount", "which"), [("800.000,00", 1), ("900.000,00", 2)])
def test_version_whose_own_words_are_legible(data, amount, which):
    papers = [version(1, "800.000,00"), version(2, "900.000,00")]
    lines = told(data, papers, Scan(SAID.format(amount=amount), 3))
    name = "Afsprakenkader van WVC-2021-0001" + (" (versie 2)" if which == 2 else "")
    assert lines[0] == f"{HEAD} Het lijkt op {name}.{LOST}"
    assert any("Die versie is vervangen" in line for line in lines) == (which == 1)


def test_version_that_cannot_be_told(data):
    papers = [version(1, "800.000,00"), version(2, "900.000,00")]
    (line,) = told(data, papers, Scan(SAID.format(amount="~00.000,00"), 3))
    assert line == f"{HEAD} Het lijkt op Afsprakenkader van WVC-2021-0001; welke versie, is er niet aan te zien.{LOST}"


def test_papers_of_one_dossier_that_cannot_be_told_apart(data):
    papers = [
        version(2, "800.000,00"),
        version(2, "900.000,00", paper="engagementsverklaring", title="Engagementsverklaring"),
    ]
    (line,) = told(data, papers, Scan(SAID.format(amount="~00.000,00"), 3))
    assert "Het lijkt op een van deze papieren: Afsprakenkader van WVC-2021-0001 (versie 2) en Engagements" in line


@pytest.mark.parametrize(
    ("scan", "why"),
    [
        (Scan("Een vlek", 3), "er is geen nummer op te lezen van een dossier waarvan hier iets uitgegeven werd"),
        (Scan("WVC-2021-0001 en vlekken", 3), "het nummer van WVC-2021-0001 staat erop, maar de rest is niet goed"),
        (Scan(why="de scan is te grof om te lezen"), "de scan is te grof om te lezen"),
    ],
    ids=["number", "rest", "coarse"],
)
def test_why_it_cannot_be_told(data, issued, scan, why):
    (line,) = told(data, [issued], scan)
    assert f"{HEAD} Welk papier het is, is niet te zeggen: {why}" in line


def test_file_that_is_no_scan_is_not_read(issued):
    assert read_scan(issued.content) is None
    assert read_scan(b"geen pdf") is None


@pytest.mark.requires_tesseract
def test_letters_of_a_scan_are_read(issued):
    data = scanned(issued.content, dpi=200)
    assert told(data, [issued], read_scan(data)) == (f"{HEAD} Het lijkt op Afsprakenkader van WVC-2021-0001.{LOST}",)


@pytest.mark.requires_tesseract
def test_scan_that_is_too_coarse_says_so(data, issued):
    assert "te grof om te lezen" in told(data, [issued], read_scan(data))[0]
