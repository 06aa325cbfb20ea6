"""The papers as LibreOffice prints them: whole, numbered, signed where the text ends, marked for archive and reader."""

import datetime as dt
import io

import docx
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
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090775"
    "3de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def call():
    return load("wijkverbeteringscontract")


def make(call, dossier, findings=(), **named):
    return renderers.papers(call, dossier, findings=findings, today=DAY, **named)


@pytest.fixture(scope="module")
def instances():
    with office.pool() as pool:
        yield pool


@pytest.fixture(scope="module")
def convert(instances):
    """Makes PDF bytes of papers, by file name; every one must succeed."""

    def convert(papers, **named):
        documents = {paper.filename: paper.content for paper in papers}
        markers = dict.fromkeys(documents, NUMBER)
        converted = office.convert(documents, markers=markers, instances=instances, **named)
        failed = {name: reason for name, reason in converted.items() if isinstance(reason, str)}
        assert not failed
        return converted

    return convert


def pages(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def drawn_in(page, number):
    """Give the operators that show something inside one mark of a page."""
    found, inside = [], False
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "BDC":
            inside = instruction.operands[1].get("/MCID") == number
        elif operator == "EMC":
            inside = False
        elif inside and operator in {"Do", "Tj", "TJ"}:
            found.append(operator)
    return found


def test_no_line_ends_within_the_dossiers_number_and_searching_finds_it(call, instances):
    """Whatever stands before it; LibreOffice ends lines at hyphens, so that a search found half a number."""
    document = docx.Document(io.BytesIO(one(make(call, complete.dossier(call)), "volledigheidsbrief").content))
    number = "WVC-2021-0001"
    for filled in range(60, 110):
        document.add_paragraph(f"{'a' * 40} {'b' * (filled - 41)} {number}")
    document.add_paragraph(f"Muide-Meulestede, {number}/vergadering-01").runs[0].bold = True
    made = io.BytesIO()
    document.save(made)
    before = made.getvalue()
    (printed,) = office.convert({"brief": before}, markers={"brief": number}, instances=instances).values()
    (plain,) = office.convert({"brief": before}, instances=instances).values()
    wanted = "".join(pages(printed)).count(number)
    assert wanted > 51
    assert "".join(pages(plain)).count(number) < wanted


@pytest.fixture(scope="module")
def undecided(call, convert):
    """Every paper of a dossier that is not decided, as pages of text."""
    papers = make(call, complete.dossier(call, **ZONE))
    return {name: pages(data) for name, data in convert(papers).items()}


@pytest.fixture(scope="module")
def decided(call, convert):
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


def test_wherever_the_text_ends_the_signatures_stay_with_it(call, convert):
    papers = []
    for lines in range(20, 40, 2):
        long = "\n\n".join(f"Alinea {number} van de strategie." for number in range(lines))
        dossier = complete.decided(complete.dossier(call, kennisdeling_strategie=long))
        papers.append(complete.replace(one(make(call, dossier), "afsprakenkader"), filename=str(lines)))
    for name, data in convert(papers).items():
        (page,) = [text for text in pages(data) if "Opgemaakt te Gent" in text]
        for signed in ("Bijlagen", "Mia Van den Berghe", "Tom Claes", "FAMILIENAAM (FICTIEF)"):
            assert signed in page, name


def test_however_much_a_letter_finds_its_signature_stays_with_the_greeting(call, convert):
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


def test_forty_actions_stand_whole_in_the_pdf(call, convert):
    actions = [dict(complete.ANSWERS["acties"][number % 2], id=f"A{number}") for number in range(1, 41)]
    paper = one(make(call, complete.dossier(call, acties=actions)), "afsprakenkader")
    (data,) = convert([paper]).values()
    texts = pages(data)
    for number in range(1, 41):
        (page,) = [text for text in texts if f"A{number} – " in text]
        assert "Resultaat of indicator" in page.split(f"A{number} – ", 1)[1], number


def test_a_row_longer_than_a_page_loses_nothing(call, convert):
    words = [f"woord{number}" for number in range(1500)]
    rows = [dict(complete.ANSWERS["problematieken"][0], impact=" ".join(words)), complete.ANSWERS["problematieken"][1]]
    paper = one(make(call, complete.dossier(call, problematieken=rows)), "afsprakenkader")
    (data,) = convert([paper]).values()
    shown = set(" ".join(pages(data)).split())
    assert not [word for word in words if word not in shown]


def test_hostile_content_is_the_same_harmless_text_in_the_pdf(call, convert):
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


def test_the_same_paper_gives_the_same_pdf(call, convert):
    papers = make(call, complete.dossier(call), only=["volledigheidsbrief"])
    assert convert(papers) == convert(papers)


def test_a_contract_paper_is_printed_for_the_archive_that_takes_attached_files(call, convert):
    papers = make(call, complete.dossier(call), only=["afsprakenkader"])
    (data,) = convert(papers, archive=office.Archive.CONTRACT).values()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
    assert b"<pdfaid:part>3<" in metadata
    assert b"<pdfaid:conformance>B<" in metadata
    assert b"<pdfuaid:part>1<" in metadata


def test_the_articles_of_a_contract_are_its_bookmarks(decided):
    with pikepdf.open(io.BytesIO(decided["afsprakenkader"])) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[:2] == ["Artikel 1. Voorwerp en wijk", "Artikel 2. Doelstellingen en problematieken"]
    assert "Artikel 16. Bijlagen" in titles


def test_every_header_cell_says_that_it_heads_its_column(decided):
    for name, data in decided.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            heads = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
            for head in heads:
                scopes = [str(each.Scope) for each in head.A if "/Scope" in each]
                assert scopes == ["/Column"], name


def test_the_words_for_a_picture_reach_the_reader(instances):
    document = docx.Document()
    document.core_properties.title = "Fictief voorbeeld"
    document.add_paragraph("De wijk")
    document.add_picture(io.BytesIO(PNG), width=900_000)
    document.inline_shapes[0]._inline.docPr.set("descr", "Kaart van de Muide")
    made = io.BytesIO()
    document.save(made)
    with_words = made.getvalue()
    document.inline_shapes[0]._inline.docPr.set("descr", "")
    made = io.BytesIO()
    document.save(made)
    results = office.convert({"met": with_words, "zonder": made.getvalue()}, instances=instances)
    with pikepdf.open(io.BytesIO(results["met"])) as pdf:
        tags = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        (figure,) = [each for each in tags if each.get("/S") == "/Figure"]
        assert str(figure.Alt) == "Kaart van de Muide"
        assert drawn_in(pdf.pages[0], int(figure.K)) == ["Do"]
    assert results["zonder"] == "De pdf heeft een afbeelding zonder woorden; geef ze in Word een alternatieve tekst."
