"""A page of which the picture cannot be decoded is drawn as nothing: it is told, and never taken for white paper."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf
import pytest

from pipeline.document import paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf

_BROKEN = b"\xff\xd8" + bytes(200)


def written(text: str) -> Drawn:
    return Drawn().text(50, 96, text, size=14)


def damaged(*pages: Drawn, at: int) -> pikepdf.Pdf:
    """Scan pages, and put something that is no JPEG in the place of the picture of one of them."""
    scans = as_pdf([page for drawn in pages for page in Scanner(200).scan(drawn.page().bytes())], 200)
    made = pikepdf.open(io.BytesIO(scans))
    (picture,) = made.pages[at].Resources.XObject.values()
    picture.write(_BROKEN, filter=pikepdf.Name.DCTDecode)
    return made


def saved(made: pikepdf.Pdf) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_scan_with_a_picture_that_cannot_be_decoded_is_refused():
    with damaged(written("Dendermonde en Aalst"), at=0) as made:
        data = saved(made)
    with pytest.raises(Unreadable) as refusal:
        read(data, "scan.pdf")
    assert refusal.value.reason is Reason.DAMAGED


def test_beside_scans_that_can_be_read_such_a_page_is_told_by_its_number():
    with damaged(written("Dendermonde en Aalst"), written("Geraardsbergen"), at=1) as made:
        document = read(saved(made), "scan.pdf")
    assert [part.text for part in paragraphs(document.blocks) if part.text] == ["Dendermonde en Aalst"]
    assert document.omitted[0].startswith("pagina 2: Het bestand is beschadigd")
    assert document.lost == (2,)


def test_between_print_such_a_page_is_told_by_its_number_and_the_others_are_read():
    printed = written("Het lokaal bestuur van Ronse").page().bytes()
    with (
        damaged(written("Geraardsbergen"), written("Dendermonde en Aalst"), at=0) as made,
        pikepdf.open(io.BytesIO(printed)) as whole,
    ):
        whole.pages.extend(made.pages)
        document = read(saved(whole), "samen.pdf")
    said = [part.text for part in paragraphs(document.blocks) if part.text]
    assert said == ["Het lokaal bestuur van Ronse", "Dendermonde en Aalst"]
    assert document.omitted[0].startswith("pagina 2: Het bestand is beschadigd")


def test_the_white_back_of_a_sheet_is_not_damaged():
    scans = [page for drawn in (written("Ronse en Aalst"), Drawn()) for page in Scanner(200).scan(drawn.page().bytes())]
    scans[1] = scans[1].point(lambda _dot: 255)
    document = read(as_pdf(scans, 200), "scan.pdf")
    assert [part.text for part in paragraphs(document.blocks) if part.text] == ["Ronse en Aalst"]


@pytest.mark.parametrize("more", [0, 14])
def test_a_scan_for_which_there_is_too_little_memory_is_not_damaged(more):
    code = f"""if True:
        import resource
        from pipeline.errors import Unreadable
        from pipeline.readers import read
        from tests.scan_files import Scanner, as_pdf
        from tests.test_scan_damaged import written
        data = as_pdf(Scanner(300).scan(written("Ronse").page().bytes()), 300)
        read(data, "scan.pdf")
        pages = int(open("/proc/self/statm").read().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + {more} * 2**20, -1))
        try:
            read(data, "scan.pdf")
        except Unreadable as refusal:
            print(refusal.reason, refusal.detail)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "vastgelopen te veel geheugen nodig\n"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("at", [0, 2])
def test_a_page_in_strips_of_which_one_cannot_be_decoded_is_refused(at, turn):
    drawn = Drawn().text(50, 96, "Dendermonde", size=14).text(50, 400, "Geraardsbergen", size=14)
    (sheet,) = Scanner(200).scan(drawn.text(50, 700, "Aalst en Ronse", size=14).page().bytes())
    high = sheet.height // 3
    strips = [sheet.crop((0, number * high, sheet.width, (number + 1) * high)) for number in range(3)]
    with pikepdf.open(io.BytesIO(as_pdf(strips, 200))) as made:
        page = made.pages[0]
        pictures = [next(iter(each.Resources.XObject.values())) for each in made.pages]
        wide, tall = 72 * sheet.width / 200, 72 * high / 200
        page.MediaBox = [0, 0, wide, 3 * tall]
        page.Rotate = turn
        page.Resources.XObject = pikepdf.Dictionary({f"/S{number}": each for number, each in enumerate(pictures)})
        lines = [f"q {wide} 0 0 {tall} 0 {(2 - number) * tall} cm /S{number} Do Q" for number in range(3)]
        page.Contents = made.make_stream("\n".join(lines).encode())
        del made.pages[1:]
        if not turn:
            said = " ".join(part.text for part in paragraphs(read(saved(made), "scan.pdf").blocks))
            assert said.split() == ["Dendermonde", "Geraardsbergen", "Aalst", "en", "Ronse"]
        pictures[at].write(_BROKEN, filter=pikepdf.Name.DCTDecode)
        data = saved(made)
    with pytest.raises(Unreadable) as refusal:
        read(data, "scan.pdf")
    assert refusal.value.reason is Reason.DAMAGED
