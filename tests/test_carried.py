"""The data that an issued paper carries: only what it states, taken back without parsing, held against its pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import subprocess
from decimal import Decimal
from types import SimpleNamespace

import jsonschema
import pikepdf
import pypdf
import pytest

from pipeline import commands, office, pdf, renderers, resources, stated
from pipeline.dossier import State
from pipeline.errors import ExitCode, Reason, Unreadable
from pipeline.library.load import load
from pipeline.stated.standing import spots
from tests import complete_dossier as complete

pytestmark = [pytest.mark.requires_soffice, pytest.mark.requires_poppler]

DAY = dt.date(2021, 12, 20)
NEVER_PRINTED = {
    "contact_email": "leen.desmet@example.org",
    "contact_telefoon": "09 266 00 00",
    "politiek_email": "karim.peeters@example.org",
    "politiek_telefoon": "09 266 00 01",
    "politiek_familienaam": "Peeters",
    "iban": "BE68539007547034",
}
"""Answers of the dossier that the contract does not state."""
LONG = " ".join(f"Zin {number} van een lang antwoord dat over een bladzijde heen loopt." for number in range(90))


@pytest.fixture(scope="module")
def call():
    return load("wijkverbeteringscontract")


def make(call, dossier, key="afsprakenkader"):
    """One paper of a dossier: what it states and its print, without its data yet."""
    made = renderers.papers(call, dossier, findings=(), today=DAY, record=True, only=[key])
    (paper,) = [each for each in made if isinstance(each, renderers.Paper)]
    printed = office.convert({"paper": paper.content}, archive=pdf.Archive.CONTRACT)["paper"]
    assert isinstance(printed, bytes), printed
    return stated.Subject(paper.key, paper.title, paper.row, paper.stated), printed


@pytest.fixture(scope="module")
def dossier(call):
    return complete.decided(complete.dossier(call, gebied=LONG))


@pytest.fixture(scope="module")
def made(call, dossier):
    return make(call, dossier)


@pytest.fixture(scope="module")
def paper(call, dossier, made):
    """The contract with its data."""
    subject, printed = made
    return pdf.normalise(pdf.attach(printed, stated.carry(call, dossier, None, subject, printed), DAY))


def data_of(paper):
    return json.loads(pdf.attached(paper, "gegevens.json"))


def carrying(printed, data):
    """A print that carries this data."""
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return pdf.attach(printed, [pdf.Attached("gegevens.json", content, "application/json", "Gegevens")], DAY)


def off(paper, form=None):
    return [each.message.replace("\u00a0", " ") for each in stated.disagreements(paper, form)]


# ------------------------------------------------------------------------------------------ as a PDF/A-3


def test_the_paper_passes_the_gate_of_an_issued_contract(paper):
    assert pdf.faults(paper, archive=pdf.Archive.CONTRACT, marker="WVC-2021-0001") == ()


def test_the_files_are_associated_with_the_document_as_the_standard_wants(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        files = {str(each.UF): each for each in opened.Root.AF}
        assert [str(name) for name in opened.Root.Names.EmbeddedFiles.Names[::2]] == sorted(files)
        assert {name: str(each.AFRelationship) for name, each in files.items()} == {
            "gegevens.json": "/Data",
            "gegevens.schema.json": "/Supplement",
        }
        for name, each in files.items():
            stream = each.EF.F
            content = stream.read_bytes()
            assert str(each.F) == name
            assert str(each.Desc)
            assert str(stream.Type) == "/EmbeddedFile"
            assert str(stream.Subtype) == ("/application/schema+json" if "schema" in name else "/application/json")
            assert int(stream.Params.Size) == len(content)
            assert bytes(stream.Params.CheckSum) == hashlib.md5(content, usedforsecurity=False).digest()
            assert str(stream.Params.ModDate) == "D:20211220000000Z"
        assert b"pdfaid:part>3<" in opened.Root.Metadata.read_bytes()


def test_poppler_and_pypdf_take_out_the_same_bytes(paper, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(paper)
    listed = subprocess.run(
        ["pdfdetach", "-list", tmp_path / "paper.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert listed.splitlines() == ["2 embedded files", "1: gegevens.json", "2: gegevens.schema.json"]
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, tmp_path / "paper.pdf"], check=True)
    taken = pypdf.PdfReader(io.BytesIO(paper)).attachments
    for name in ("gegevens.json", "gegevens.schema.json"):
        content = (tmp_path / name).read_bytes()
        assert content == taken[name][0] == pdf.attached(paper, name)


def test_the_same_paper_carries_the_same_bytes(call, dossier, made, paper):
    subject, printed = made
    again = pdf.normalise(pdf.attach(printed, stated.carry(call, dossier, None, subject, printed), DAY))
    assert again == paper


# ------------------------------------------------------------------------------------- only what it states


def test_the_data_is_as_the_schema_says_that_it_declares_and_carries(paper):
    schema = json.loads(pdf.attached(paper, "gegevens.schema.json"))
    kept = resources.TEMPLATES / "gegevens" / "gegevens.schema.json"
    assert schema == json.loads(kept.read_bytes())
    assert data_of(paper)["$schema"] == schema["$id"]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data_of(paper), schema)


def test_the_values_are_those_that_the_paper_states(paper):
    data = data_of(paper)
    answers = data["answers"]
    assert answers["gemeente"] == "Gent"
    assert answers["ondernemingsnummer"] == "0207451227"
    assert (answers["startdatum"], answers["einddatum"]) == ("2022-01-01", "2025-12-31")
    assert answers["gebied"] == LONG
    assert [row["cells"]["kost"] for row in answers["acties"]] == ["700000.00", "300000.00"]
    assert answers["acties"][1]["cells"]["aard"] == {"key": "hard", "label": "Harde maatregel"}
    assert data["acts"] == {
        "granted": "800000.00",
        "decision.date": "2021-12-17",
        "decision.reference": "VR 2021 1712 DOC.1",
    }
    assert (data["dossier"], data["paper"]["key"]) == ("WVC-2021-0001", "afsprakenkader")


def test_personal_data_that_the_paper_does_not_show_is_nowhere_in_its_bytes(dossier, paper):
    for key, value in NEVER_PRINTED.items():
        assert dossier.answers[key].value == value
    with pikepdf.open(io.BytesIO(paper)) as opened:
        streams = [each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream) and _readable(each)]
        held = b"\n".join([paper, *streams])
    assert b"Botermarkt 1, 9000 Gent" in held  # what it does show is there to be found
    for value in NEVER_PRINTED.values():
        for written in (value, value.replace(" ", ""), value.replace(" ", "\u00a0")):
            for coding in ("utf-8", "utf-16-be", "utf-16-le"):
                assert written.encode(coding) not in held, value
    assert not {*NEVER_PRINTED} & {*data_of(paper)["answers"]}


def _readable(stream):
    try:
        stream.read_bytes()
    except pikepdf.PdfError:
        return False
    return True


def test_a_value_of_which_the_paper_says_a_part_only_is_left_out(call):
    dossier = complete.decided(complete.dossier(call))
    subject, printed = make(call, dossier, "engagementsverklaring")
    data = json.loads(stated.carry(call, dossier, None, subject, printed)[0].content)
    assert [sorted(row["cells"]) for row in data["answers"]["problematieken"]] == [["titel"], ["titel"]]
    assert "samenvatting" not in data["answers"]


# ------------------------------------------------------------------------------------------- taken back


def test_extract_takes_the_answers_from_the_data_with_the_page_of_their_text(call, paper, tmp_path):
    (tmp_path / "contract.pdf").write_bytes(paper)
    extraction = stated.returned(paper, "contract.pdf", call)
    answers = extraction.answers
    assert extraction.form == "aanvraag"
    assert answers["gemeente"].value == "Gent"
    assert answers["startdatum"].value == dt.date(2022, 1, 1)
    assert answers["grond_afbakening"].value == ("historisch", "kenmerken")
    assert [row.cells["kost"].value for row in answers["acties"].rows] == [Decimal(700000), Decimal(300000)]
    assert answers["contact_email"].state is State.NOT_FOUND
    place = answers["startdatum"].location
    assert str(place) == f"contract.pdf, bijlage gegevens.json, pagina {place.page}"
    left, top, right, bottom = (round(edge) for edge in place.box)
    words = subprocess.run(
        [
            *("pdftotext", "-f", str(place.page), "-l", str(place.page), "-x", str(left - 1), "-y", str(top - 2)),
            *("-W", str(right - left + 2), "-H", str(bottom - top + 4), tmp_path / "contract.pdf", "-"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert words.split() == ["1", "januari", "2022"]


def test_the_verb_extract_prefers_the_data(paper, tmp_path, capsys):
    (tmp_path / "contract.pdf").write_bytes(paper)
    assert commands.run(["extract", str(tmp_path / "contract.pdf"), "--json"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["answers"]["gemeente"]["method"] == "data"
    assert told["answers"]["acties"]["rows"][0]["kost"]["value"] == "700000.00"
    assert "bijlage «gegevens.json» van «Afsprakenkader», dossier WVC-2021-0001" in told["notes"][0]


def test_an_answer_that_data_and_page_say_differently_is_doubtful(call, made, paper):
    data = data_of(paper)
    data["answers"]["startdatum"] = "2023-01-01"
    answer = stated.returned(carrying(made[1], data), "contract.pdf", call).answers["startdatum"]
    assert (answer.state, answer.value) == (State.DOUBTFUL, None)
    assert "2023-01-01" in answer.problem
    assert "1 januari 2022" in answer.problem.replace("\u00a0", " ")


def test_a_paper_of_another_call_and_a_print_without_data_are_read_as_any_file(call, made, paper):
    data = data_of(paper)
    data["call"]["key"] = "klimaatwijken"
    assert stated.returned(carrying(made[1], data), "x.pdf", call) is None
    assert stated.returned(made[1], "x.pdf", call) is None


# ------------------------------------------------------------------------------------ text against data


def test_an_untouched_paper_agrees_with_its_data(call, paper):
    assert off(paper, call.form) == []


def test_an_answer_that_runs_over_a_page_is_found_on_both(paper):
    (told,) = [each for each in data_of(paper)["stated"] if each["text"] == LONG]
    first, second = told["pages"]
    assert second["page"] == first["page"] + 1
    assert first["characters"] + second["characters"] == len(LONG.replace(" ", ""))


def test_a_page_that_says_another_amount_is_named(call, made, paper):
    other = complete.dossier(call, gebied=LONG, startdatum=dt.date(2022, 2, 1))
    _subject, printed = make(call, complete.decided(other))
    found = stated.disagreements(carrying(printed, data_of(paper)))
    (told,) = [each for each in found if each.of == ("startdatum",)]
    assert told.text == "1 januari 2022"
    words = pdf.text(made[1])
    assert "1 januari 2022" in words.replace("\u00a0", " ")
    assert f"bladzijde {told.page}" in told.message


def test_swapped_and_missing_pages_are_found(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.pages.reverse()
        assert off(_saved(opened)) != []
    with pikepdf.open(io.BytesIO(paper)) as opened:
        del opened.pages[2]
        pages = {each.page for each in stated.disagreements(_saved(opened))}
        assert 3 in pages


def _saved(opened):
    made = io.BytesIO()
    opened.save(made)
    return made.getvalue()


def _kost(data):
    data["answers"]["acties"][0]["cells"]["kost"] = "70000.00"


def _text(data):
    next(each for each in data["stated"] if each["of"] == ["einddatum"])["text"] = "31 december 2026"


def _both(data):
    data["answers"]["einddatum"] = "2026-12-31"
    _text(data)


def _granted(data):
    data["acts"]["granted"] = "8000000.00"


def _label(data):
    data["answers"]["acties"][1]["cells"]["aard"] = {"key": "zacht", "label": "Zachte maatregel"}


def _key(data):
    data["answers"]["acties"][1]["cells"]["aard"]["key"] = "zacht"


def _more(data):
    data["answers"]["iban"] = "BE68539007547034"


def _number(data):
    data["dossier"] = "WVC-2021-0002"


def _sum(data):
    next(each for each in data["stated"] if each["how"] == "computed")["text"] = "9.999.999 euro"


def _page(data):
    next(each for each in data["stated"] if each["of"] == ["einddatum"])["pages"][0]["page"] = 1


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (_kost, "«acties.1.kost» «70000.00»; het document zegt «€ 700.000,00»"),
        (_text, "staat op bladzijde"),
        (_both, "«31 december 2026»"),
        (_granted, "«granted» «8000000.00»; het document zegt «800.000 euro»"),
        (_label, "«acties.2.aard» «Zachte maatregel»; het document zegt «Harde maatregel»"),
        (_key, "de sleutel «zacht», die niet bij «Harde maatregel» hoort"),
        (_more, "«iban» «BE68539007547034»; het document zegt «daar niets van»"),
        (_number, "dit dossier WVC-2021-0002; dat nummer staat op geen bladzijde"),
        (_sum, "«9.999.999 euro»"),
        (_page, "bladzijde 1: «31 december 2025»"),
    ],
)
def test_each_change_in_the_data_is_found(call, made, paper, tamper, said):
    data = data_of(paper)
    tamper(data)
    found = off(carrying(made[1], data), call.form)
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff\xfe{", b'{"$schema": "x"}', b"[" * 100_000, b'{"a": 1' + b"0" * 5000 + b"}"]
)
def test_data_that_is_none_is_told_and_never_a_crash(call, made, content):
    assert off(carrying(made[1], content)) == ["De bijlage «gegevens.json» is niet zoals haar schema zegt."]
    with pytest.raises(Unreadable):
        stated.returned(carrying(made[1], content), "x.pdf", call)


def test_a_paper_without_data_is_told_as_such(made):
    assert off(made[1]) == ["De pdf draagt geen bijlage «gegevens.json»."]


# ------------------------------------------------------------------------------------------------ bombs


def test_an_attached_file_that_unfolds_to_far_too_much_is_refused_before_it_fills_the_memory(made):
    bomb = carrying(made[1], b'{"a": "' + b" " * 40_000_000 + b'"}')
    assert len(bomb) < 400_000
    with pytest.raises(Unreadable) as refused:
        pdf.attached(bomb, "gegevens.json")
    assert refused.value.reason is Reason.BOMB


def test_a_tree_of_names_that_goes_round_holds_nothing(made):
    with pikepdf.open(io.BytesIO(made[1])) as opened:
        tree = opened.make_indirect(pikepdf.Dictionary())
        tree.Kids = pikepdf.Array([tree, tree])
        opened.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)
        assert pdf.attached(_saved(opened), "gegevens.json") is None


def test_two_files_of_the_same_name_are_not_chosen_between(made):
    twice = carrying(made[1], {})
    with pikepdf.open(io.BytesIO(twice)) as opened:
        names = opened.Root.Names.EmbeddedFiles.Names
        opened.Root.Names.EmbeddedFiles.Names = pikepdf.Array([*names, pikepdf.String("zz"), names[1]])
        with pytest.raises(Unreadable):
            pdf.attached(_saved(opened), "gegevens.json")


# -------------------------------------------------------------------------------------------- the gate


@pytest.mark.parametrize("lacking", ["/AFRelationship", "/UF", "/AF", "/Subtype"])
def test_the_gate_refuses_an_attached_file_without_its_marks(paper, lacking):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        file = opened.Root.AF[0]
        holder = {"/AF": opened.Root, "/Subtype": file.EF.F}.get(lacking, file)
        del holder[lacking]
        faults = pdf.faults(_saved(opened), archive=pdf.Archive.CONTRACT)
    assert faults
    assert {*faults} == {"Van een bestand bij de pdf staat er niet bij wat het is."}


# ------------------------------------------------------------------------------- what answers may hold


def test_whatever_is_answered_data_and_pages_agree_and_no_value_is_another(call):
    odd = {
        "titel": "☒ ja ☐ nee: «50 % – buurt-gerichte ﬁnanciën»",
        "adres": "café “De Zwaan” 1-3, 9000 Gent",
        "draagvlak": "Eerste regel\nTweede regel met a–b en x-y\n\nNieuwe alinea. " + LONG,
        "monitoring": "محمد الأمين en de vzw «جمعية النور للثقافة» (2021), met עמותת אור 12-34 שלום",
        "evaluatie": "zacht\u00adafbreken en nul\u200bbreed",
        "kennisdeling_strategie": LONG,
    }
    dossier = complete.decided(complete.dossier(call, **odd))
    subject, printed = make(call, dossier)
    carrying_paper = pdf.attach(printed, stated.carry(call, dossier, None, subject, printed), DAY)
    assert off(carrying_paper, call.form) == []
    answers = stated.returned(carrying_paper, "x.pdf", call).answers
    for key, value in odd.items():
        assert answers[key].value == value, key


@pytest.mark.parametrize(
    ("page", "text", "places"),
    [
        ("Naam: עולם שלום en verder", "שלום עולם", (5,)),
        ("שלום עולם", "שלום עולם", (0,)),
        ("vzw «)2021( »النور nv", "«النور» (2021)", (3,)),
        ("محمد النور محمد النور", "النور محمد", (0, 9)),
        ("جمعية اولاد للاطفال", "جمعية أولاد الأطفال", ()),
        ("محمد االمين", "محمد الامين", (0,)),  # lam and alef are one sign
        ("מלוש עולם", "שלום עולם", ()),  # the letters of a word stand in another order
        ("שלום עולים", "שלום עולם", ()),
        ("שלום 13-34", "שלום 12-34", ()),
        ("עולם", "שלום עולם", ()),
    ],
)
def test_words_from_right_to_left_are_found_whole_in_whatever_order_a_page_draws_them(page, text, places):
    assert spots(SimpleNamespace(text=pdf.bare(page)), text) == places
