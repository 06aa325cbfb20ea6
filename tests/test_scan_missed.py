"""A page of a scanned form that cannot be read is told, the others are read, and what may stand on it is doubtful."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from functools import cache

import pikepdf
import pytest
from PIL import Image

from pipeline.dossier import Extraction, State
from pipeline.errors import Reason, Unreadable
from pipeline.extract import extract, identify
from pipeline.library import load
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf, photographed

pytestmark = pytest.mark.requires_tesseract

CALL = load("wijkverbeteringscontract")
DPI = 200
HEADER = ("Naam", "Functie", "Organisatie", "Vertegenwoordigt", "Aanwezigheid")
MEMBERS = (
    ("Lieve Peeters", "burgemeester", "Stad Ronse", "Lokaal bestuur", "Aanwezig"),
    ("Karel Maes", "adviseur", "Kabinet", "Vlaamse minister", "Aanwezig"),
    ("Griet Wouters", "dossierbeheerder", "Agentschap", "Vlaamse administratie", "Afwezig"),
)
ACTIONS = ("Nr.", "Actie", "Wie", "Tegen wanneer", "Status"), ("1", "Plan tekenen", "Maes", "12/05/2022", "Open")


class Page:
    """A page of a form, drawn from its top."""

    def __init__(self) -> None:
        self.drawn = Drawn()
        self.top = 60.0

    def title(self, words: str, size: float = 14) -> Page:
        self.drawn.text(50, self.top, words, size=size, font="Helvetica-Bold")
        self.top += 24
        return self

    def table(self, widths: Sequence[float], *rows: Sequence[str]) -> Page:
        edges = [50 + sum(widths[:number]) for number in range(len(widths) + 1)]
        self.drawn.grid(edges, [self.top + 24 * number for number in range(len(rows) + 1)])
        for number, row in enumerate(rows):
            for left, words in zip(edges, row, strict=False):
                self.drawn.text(left + 4, self.top + 24 * number + 16, words, size=9)
        self.top += 24 * len(rows) + 36
        return self


FIELDS, COLUMNS = (180.0, 320.0), (100.0, 100.0, 90.0, 115.0, 95.0)


@cache
def drawn() -> tuple[bytes, ...]:
    """Give the pages of the notes of a meeting, as printed: the list of members goes on on the second."""
    first = Page().title("Notities stuurgroep wijkverbeteringscontract", 18).title("1. Vergadering")
    first.table(FIELDS, ("Dossiernummer", "WVC-2021-0004"), ("Datum van de vergadering", "10/03/2022"), ("Uur", ""))
    first.title("2. Aanwezigheid").title("Leden van de stuurgroep", 11).table(COLUMNS, HEADER, *MEMBERS[:2])
    second = Page().table(COLUMNS, MEMBERS[2])
    second.title("3. Agenda en bespreking").title("Agendapunt 1", 11)
    second.table(FIELDS, ("Titel van het punt", "Stand van zaken"), ("Bespreking", "Alles loopt volgens plan."))
    third = Page().title("4. Actiepunten").title("Lijst van actiepunten", 11)
    third.table((40, 160, 100, 100, 100), *ACTIONS)
    third.title("5. Financiën en vervolg").table(FIELDS, ("Saldo", "€ 12.500,00"), ("Besteed bedrag tot nu toe", ""))
    return tuple(page.drawn.page().bytes() for page in (first, second, third))


@cache
def pages() -> tuple[Image.Image, ...]:
    """Give them as scanned."""
    return tuple(Scanner(DPI).scan(page)[0] for page in drawn())


def as_damaged(scans: Sequence[Image.Image], at: int) -> bytes:
    with pikepdf.open(io.BytesIO(as_pdf(scans, DPI))) as made:
        (picture,) = made.pages[at].Resources.XObject.values()
        picture.write(b"\xff\xd8" + bytes(200), filter=pikepdf.Name.DCTDecode)
        held = io.BytesIO()
        made.save(held)
    return held.getvalue()


def as_photo(scans: Sequence[Image.Image], at: int) -> bytes:
    return as_pdf([photographed(scan) if place == at else scan for place, scan in enumerate(scans)], DPI)


def as_photo_in_images(scans: Sequence[Image.Image], at: int) -> bytes:
    """Give a TIFF, for a photograph among scans is not always in a PDF."""
    seen = [photographed(scan) if place == at else scan.copy() for place, scan in enumerate(scans)]
    made = io.BytesIO()
    seen[0].save(made, "TIFF", save_all=True, append_images=seen[1:], dpi=(DPI, DPI), compression="tiff_deflate")
    return made.getvalue()


WAYS = [as_damaged, as_photo, as_photo_in_images]


def extracted(data: bytes) -> Extraction:
    document = read(data, "scan")
    assert identify(document, CALL) == "vergadering"
    return extract(document, CALL.forms["vergadering"], CALL)


@pytest.mark.parametrize("spoil", WAYS)
def test_of_a_form_with_a_page_that_cannot_be_read_the_others_are_read_and_the_page_is_told(
    spoil: Callable[[Sequence[Image.Image], int], bytes],
) -> None:
    extraction = extracted(spoil(pages(), 1))
    answers = extraction.answers
    assert answers["dossiernummer"].state is State.GIVEN
    assert answers["datum"].value == dt.date(2022, 3, 10)
    assert answers["uur"].state is State.EMPTY
    assert [row.cells["actie"].text for row in answers["actiepunten"].rows] == ["Plan tekenen"]
    assert answers["actiepunten"].state is State.GIVEN
    assert answers["saldo"].state is State.GIVEN
    assert any("pagina 2: " in note for note in extraction.notes)


@pytest.mark.parametrize("spoil", WAYS)
def test_what_may_stand_on_a_page_that_cannot_be_read_is_doubtful_and_never_whole_or_missing(
    spoil: Callable[[Sequence[Image.Image], int], bytes],
) -> None:
    answers = extracted(spoil(pages(), 1)).answers
    assert len(answers["leden"].rows) == 2  # of three
    for name in ("leden", "agendapunten", "plaats"):
        assert answers[name].state is State.DOUBTFUL
        assert answers[name].problem.startswith("Pagina 2 kon niet gelezen worden")


def test_rows_after_such_a_page_and_before_the_first_title_are_doubtful() -> None:
    first, second, third = pages()
    answers = extracted(as_damaged((first, third, second, third), 1)).answers
    assert answers["leden"].state is State.DOUBTFUL
    assert [answers[name].state for name in ("agendapunten", "saldo")] == [State.GIVEN, State.GIVEN]


def printed(*order: int | None) -> bytes:
    """Give printed pages in this order; None is a damaged scan."""
    with pikepdf.open(io.BytesIO(as_damaged(pages(), 1))) as made:
        damaged = made.pages[1]
        for at in order:
            if at is None:
                made.pages.append(damaged)
                continue
            with pikepdf.open(io.BytesIO(drawn()[at])) as page:
                made.pages.append(page.pages[0])
        del made.pages[:3]
        held = io.BytesIO()
        made.save(held)
    return held.getvalue()


def test_between_printed_pages_it_is_as_doubtful() -> None:
    answers = extracted(printed(0, None, 2)).answers
    assert [answers[name].state for name in ("datum", "saldo")] == [State.GIVEN, State.GIVEN]
    assert [answers[name].state for name in ("leden", "agendapunten")] == [State.DOUBTFUL, State.DOUBTFUL]


def test_behind_printed_pages_it_is_as_doubtful_where_the_form_lacks_a_part() -> None:
    answers = extracted(printed(0, 1, None)).answers
    assert [answers[name].state for name in ("datum", "leden")] == [State.GIVEN, State.GIVEN]
    assert [answers[name].state for name in ("agendapunten", "saldo")] == [State.DOUBTFUL, State.DOUBTFUL]


def test_behind_a_whole_printed_form_it_is_an_annex() -> None:
    extraction = extracted(printed(0, 1, 2, None))
    states = [extraction.answers[name].state for name in ("datum", "leden", "agendapunten", "actiepunten", "saldo")]
    assert states == [State.GIVEN] * 5
    assert any("pagina 4: " in note for note in extraction.notes)


def test_when_the_last_page_cannot_be_read_only_what_ended_before_it_is_sure() -> None:
    answers = extracted(as_damaged(pages(), 2)).answers
    assert [answers[name].state for name in ("leden", "agendapunten")] == [State.GIVEN, State.DOUBTFUL]
    assert answers["saldo"].state is State.DOUBTFUL


@pytest.mark.parametrize("spoil", WAYS)
def test_a_file_of_which_most_pages_cannot_be_read_is_refused_with_the_reason(
    spoil: Callable[[Sequence[Image.Image], int], bytes],
) -> None:
    scans = pages()[:1]
    with pytest.raises(Unreadable) as refusal:
        read(spoil(scans, 0), "scan")
    assert refusal.value.reason is (Reason.DAMAGED if spoil is as_damaged else Reason.PHOTO)


def test_an_annex_of_which_the_first_pages_are_not_all_readable_is_refused_as_before() -> None:
    asked: list[int] = []

    def no(document: object) -> bool:
        asked.append(document.pages)
        return False

    with pytest.raises(Unreadable) as refusal:
        read(as_photo(pages(), 0), "scan.pdf", wanted=no)
    assert refusal.value.reason is Reason.PHOTO
    assert asked == [1]
