"""LibreOffice makes the papers PDF: marked, the same bytes each time, and no bad file spoils another."""

import datetime as dt
import io
import os
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pypdfium2
import pytest

from pipeline import office, renderers
from pipeline.library.load import load
from tests import complete_dossier as complete
from tests.test_papers import HOSTILE, SHOWN, ZONE, finding, one

pytestmark = pytest.mark.requires_soffice
DAY = dt.date(2021, 12, 20)
NUMBER = "WVC-2021-0001"


@pytest.fixture(scope="module")
def call():
    return load("wijkverbeteringscontract")


def make(call, dossier, findings=(), **named):
    return renderers.papers(call, dossier, findings=findings, today=DAY, **named)


def convert(papers):
    """PDF bytes of papers, by file name; every one must succeed."""
    converted = office.convert(
        {paper.filename: paper.content for paper in papers}, markers={paper.filename: NUMBER for paper in papers}
    )
    failed = {name: reason for name, reason in converted.items() if isinstance(reason, str)}
    assert not failed
    return converted


def pages(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


@pytest.fixture(scope="module")
def undecided(call):
    """Every paper of a dossier that is not decided, as pages of text."""
    papers = make(call, complete.dossier(call, **ZONE))
    return {name: pages(data) for name, data in convert(papers).items()}


@pytest.fixture(scope="module")
def decided(call):
    """Every paper of a decided dossier whose clauses are confirmed, and its minutes, as PDF."""
    clauses = {
        key: complete.replace(clause, confirmed_by="J. Jurist (fictief)", confirmed_on=DAY)
        for key, clause in call.clauses.items()
    }
    ready = complete.replace(call, clauses=clauses)
    main = complete.decided(complete.dossier(call))
    meeting = make(ready, complete.dossier(call, form="vergadering"), main=main)
    return convert((*make(ready, main), *meeting))


def test_ontwerp_stands_on_every_page_of_a_draft(undecided):
    assert len(undecided) == 6
    for name, texts in undecided.items():
        if name != "volledigheidsbrief":
            assert all("ONTWERP – niet ondertekenen" in text for text in texts), name


def test_ontwerp_stands_on_no_page_of_a_final_paper(decided):
    assert len(decided) == 7
    for name, data in decided.items():
        assert not any("ONTWERP" in text.upper() for text in pages(data)), name


def test_every_page_has_its_number_the_count_and_the_dossier(decided):
    for name, data in decided.items():
        texts = pages(data)
        for number, text in enumerate(texts, start=1):
            assert f"Pagina {number} van {len(texts)}" in text, name
            assert NUMBER in text, name


def test_articles_are_numbered_through(undecided, decided):
    with_zone = "\n".join(undecided["afsprakenkader"])
    assert "Artikel 7. Regelluwe zone en experiment" in with_zone
    assert "Artikel 8. Financiering" in with_zone
    assert "Artikel 17. Bijlagen" in with_zone
    without = "\n".join(pages(decided["afsprakenkader"]))
    assert "Artikel 7. Financiering" in without
    assert "Artikel 16. Bijlagen" in without
    assert "Artikel 17" not in without


def test_a_signature_block_is_never_torn_and_never_alone_on_a_page(decided):
    texts = pages(decided["afsprakenkader"])
    (page,) = [text for text in texts if "Opgemaakt te Gent op 20 december 2021" in text]
    for signed in (
        "Handtekeningen bij dossier WVC-2021-0001",
        "Mia Van den Berghe",
        "Tom Claes",
        "FAMILIENAAM (FICTIEF)",
        "Bijlagen",
    ):
        assert signed in page
    (page,) = [text for text in pages(decided["collegebesluit"]) if "Namens het college" in text]
    for signed in ("Enig artikel", "Mia Van den Berghe", "burgemeester", "Tom Claes", "algemeen directeur"):
        assert signed in page


def test_wherever_the_text_ends_the_signatures_stay_with_it(call):
    papers = []
    for lines in range(20, 40, 2):
        long = "\n\n".join(f"Alinea {number} van de strategie." for number in range(lines))
        dossier = complete.decided(complete.dossier(call, kennisdeling_strategie=long))
        papers.append(complete.replace(one(make(call, dossier), "afsprakenkader"), filename=str(lines)))
    for name, data in convert(papers).items():
        (page,) = [text for text in pages(data) if "Opgemaakt te Gent" in text]
        for signed in ("Bijlagen", "Mia Van den Berghe", "Tom Claes", "FAMILIENAAM (FICTIEF)"):
            assert signed in page, name


def test_however_much_a_letter_finds_its_signature_stays_with_the_greeting(call):
    letters = []
    for count in range(1, 16):
        found = [finding(message=f"«Antwoord {number}» ontbreekt.", remedy="Vul het in.") for number in range(count)]
        (letter,) = make(call, complete.dossier(call), found, only=["volledigheidsbrief"])
        letters.append(complete.replace(letter, filename=str(count)))
    for name, data in convert(letters).items():
        texts = pages(data)
        (page,) = [text for text in texts if "Met vriendelijke groeten" in text]
        assert page is texts[-1], name
        for signed in ("Vragen?", "Handtekening:", "Sam Leidend (fictief)", "leidend ambtenaar"):
            assert signed in page, name


def test_forty_actions_stand_whole_in_the_pdf(call):
    actions = [dict(complete.ANSWERS["acties"][number % 2], id=f"A{number}") for number in range(1, 41)]
    paper = one(make(call, complete.dossier(call, acties=actions)), "afsprakenkader")
    (data,) = convert([paper]).values()
    texts = pages(data)
    for number in range(1, 41):
        (page,) = [text for text in texts if f"A{number} – " in text]
        assert "Resultaat of indicator" in page.split(f"A{number} – ", 1)[1], number


def test_a_row_longer_than_a_page_loses_nothing(call):
    words = [f"woord{number}" for number in range(1500)]
    rows = [dict(complete.ANSWERS["problematieken"][0], impact=" ".join(words)), complete.ANSWERS["problematieken"][1]]
    paper = one(make(call, complete.dossier(call, problematieken=rows)), "afsprakenkader")
    (data,) = convert([paper]).values()
    shown = set(" ".join(pages(data)).split())
    assert not [word for word in words if word not in shown]


def test_hostile_content_is_the_same_harmless_text_in_the_pdf(call):
    papers = make(call, complete.dossier(call, titel=HOSTILE), only=["volledigheidsbrief", "collegebesluit"])
    for name, data in convert(papers).items():
        shown = "".join("".join(pages(data)).split())
        assert "".join(SHOWN.replace("\ufffd", "").split()) in shown.replace("\ufffd", ""), name
        # pdfium gives a glyph of another font after the line it stands in, so the marks are counted
        assert shown.count("\ufffd") % SHOWN.count("\ufffd") == 0, name
        assert "\ufffd" in shown, name


def test_the_pdf_carries_the_marks_language_and_title_that_were_asked(decided):
    for name, data in decided.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert str(pdf.Root.Lang).lower() == "nl-be", name
            assert bool(pdf.Root.MarkInfo.Marked)
            metadata = pdf.Root.Metadata.read_bytes()
            assert b"<pdfaid:part>2<" in metadata
            assert b"<pdfuaid:part>1<" in metadata
            assert NUMBER in str(pdf.docinfo["/Title"]), name


def test_header_rows_of_tables_are_header_cells_in_the_pdf(decided):
    with pikepdf.open(io.BytesIO(decided["afsprakenkader"])) as pdf:
        kinds = [str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert "/TH" in kinds


def test_the_same_paper_gives_the_same_pdf(call):
    papers = make(call, complete.dossier(call), only=["volledigheidsbrief"])
    assert convert(papers) == convert(papers)


def test_two_conversions_beside_each_other_do_not_meet(call):
    papers = make(call, complete.dossier(call), only=["volledigheidsbrief"])
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(convert, [papers, papers])
    assert first == second


def test_a_bad_file_has_its_reason_and_spoils_no_other(call):
    (good,) = make(call, complete.dossier(call), only=["volledigheidsbrief"])
    made = office.convert({"kapot": b"PK\x03\x04 kapot", "brief": good.content, "leeg": b""}, markers={"leeg": NUMBER})
    assert list(made) == ["kapot", "brief", "leeg"]
    assert made["kapot"] == "LibreOffice maakte van dit document geen pdf."
    assert isinstance(made["brief"], bytes)
    assert isinstance(made["leeg"], str)


def test_a_pdf_without_the_text_that_it_must_hold_does_not_count(call):
    (good,) = make(call, complete.dossier(call), only=["volledigheidsbrief"])
    made = office.convert({"brief": good.content}, markers={"brief": "WVC-2021-9999"})
    assert made["brief"] == "De pdf van LibreOffice bevat de tekst «WVC-2021-9999» niet."


def test_a_picture_elsewhere_is_not_fetched(call, tmp_path):
    (good,) = make(call, complete.dossier(call), only=["volledigheidsbrief"])
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheime inhoud van een ander bestand")
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDETEXT '
        f'"{secret}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>leeg</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good.content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"<w:sectPr", field.encode()) if name == "word/document.xml" else data)
    (data,) = office.convert({"brief": out.getvalue()}).values()
    assert "geheime inhoud" not in "".join(pages(data))


def test_without_libreoffice_the_reason_gives_the_line_to_type(monkeypatch):
    monkeypatch.setenv("PATH", "/bestaat-niet")
    assert office.available() is None
    (reason,) = office.convert({"brief": b""}).values()
    assert "sudo apt-get install --no-install-recommends libreoffice-writer-nogui" in reason


def test_a_libreoffice_that_says_done_and_makes_nothing_is_not_believed(monkeypatch, tmp_path, call):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (reason,) = office.convert({"brief": b"x"}).values()
    assert reason == "LibreOffice maakte van dit document geen pdf."


def test_a_libreoffice_that_hangs_is_stopped_with_everything_that_it_started(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! >> {tmp_path}/kinderen\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (reason,) = office.convert({"brief": b"x"}, start_seconds=0.5, file_seconds=0.1).values()
    assert reason.startswith("LibreOffice deed er langer dan")
    children = (tmp_path / "kinderen").read_text().split()
    assert len(children) == 2
    for child in children:
        assert not _runs(int(child))


def test_a_libreoffice_that_always_hangs_is_not_started_for_every_file(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho begonnen >> {tmp_path}/keren\nsleep 600\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    made = office.convert({str(number): b"x" for number in range(20)}, start_seconds=0.5, file_seconds=0.1)
    assert all(str(reason).startswith("LibreOffice deed er langer dan") for reason in made.values())
    assert (tmp_path / "keren").read_text().count("begonnen") == 2


def _runs(process):
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as handle:  # noqa: PTH123
            return handle.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
