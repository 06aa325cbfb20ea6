"""The gate: a print of ours passes, and whatever keeps a PDF from archive or reader is found and said."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest

from pipeline import office, pdf
from pipeline.pdf import Archive, faults

pytestmark = pytest.mark.requires_soffice
NUMBER = "WVC-2021-0001"


def word():
    """Give a Word file with a heading and a table on its two pages."""
    document = docx.Document()
    document.core_properties.title = "Fictief voorbeeld"
    document.add_heading("Artikel 1", 1)
    document.add_paragraph(f"Dossier {NUMBER}")
    document.add_table(1, 2).cell(0, 0).text = "cel"
    document.add_page_break()
    document.add_paragraph("einde")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def prints():
    """The same paper as a letter and as a contract, as LibreOffice prints it."""
    with office.pool(1) as pool:
        return {
            archive: office.convert({"brief": word()}, archive=archive, instances=pool)["brief"] for archive in Archive
        }


@pytest.fixture
def changed(prints):
    """Makes the letter anew after a change."""

    def change(how, archive=Archive.LETTER, **saving):
        made = io.BytesIO()
        with pikepdf.open(io.BytesIO(prints[archive])) as document:
            how(document)
            document.save(made, **saving)
        return made.getvalue()

    return change


def found(data, archive=Archive.LETTER, **wanted):
    return faults(data, archive=archive, **wanted)


@pytest.mark.parametrize("archive", list(Archive))
def test_a_print_of_ours_passes(prints, archive):
    assert found(prints[archive], archive, marker=NUMBER, pages=2) == ()


def test_a_letter_is_no_contract_and_the_other_way_round(prints):
    assert found(prints[Archive.LETTER], Archive.CONTRACT) == ("De pdf mist het kenmerk van PDF/A-3b.",)
    assert found(prints[Archive.CONTRACT], Archive.LETTER) == ("De pdf mist het kenmerk van PDF/A-2b.",)


def test_the_number_of_the_dossier_must_stand_on_a_page_however_its_line_breaks(prints):
    assert found(prints[Archive.LETTER], marker="WVC-2021-0002") == ("De pdf bevat de tekst «WVC-2021-0002» niet.",)
    said = pdf.text(prints[Archive.LETTER]).replace(NUMBER, "WVC-\n2021-\n0001")
    assert found(prints[Archive.LETTER], marker=NUMBER, said=said) == ()


def test_the_pages_are_counted(prints):
    assert found(prints[Archive.LETTER], pages=3) == ("De pdf heeft 2 bladzijden in plaats van 3.",)


@pytest.mark.parametrize("data", [b"", b"geen pdf", b"%PDF-1.7 en dan niets"])
def test_what_does_not_open_is_said(data):
    (said,) = found(data)
    assert said.startswith("De pdf is niet te openen: ")


def test_an_encrypted_pdf_is_found(changed):
    closed = changed(lambda document: None, encryption=pikepdf.Encryption(owner="x"))
    assert "De pdf is versleuteld." in found(closed)


def drop(*keys):
    """Give what takes something out of the root of a PDF."""

    def change(document):
        place = document.Root
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return change


def unmark(key):
    def change(document):
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            del metadata[key]

    return change


def strip_font(document):
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each["/FontFile2"]


def tag(kind, **entries):
    def change(document):
        element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(kind), **entries)
        element.P = document.Root.StructTreeRoot
        document.Root.StructTreeRoot.K.append(document.make_indirect(element))

    return change


def annotate(**entries):
    def change(document):
        document.pages[0].obj.Tabs = pikepdf.Name.S
        annotation = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **entries))
        document.pages[0].obj.Annots = pikepdf.Array([annotation])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[annotation])

    return change


def run_script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def untagged_page(document):
    del document.pages[1].obj["/StructParents"]


def loose_order(document):
    annotate(Subtype=pikepdf.Name.Link, Contents="adres", StructParent=9)(document)
    del document.pages[0].obj["/Tabs"]


LOOK = pikepdf.Dictionary()
MUTE = "De pdf heeft een link of een veld zonder woorden of zonder tag."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop("/Metadata"), "De pdf heeft geen metagegevens."),
        (unmark("pdfaid:part"), "De pdf mist het kenmerk van PDF/A-2b."),
        (unmark("pdfaid:conformance"), "De pdf mist het kenmerk van PDF/A-2b."),
        (drop("/OutputIntents"), "De pdf mist het kenmerk van PDF/A-2b."),
        (unmark("pdfuaid:part"), "De pdf mist het kenmerk van PDF/UA-1."),
        (unmark("dc:title"), "De pdf heeft geen titel."),
        (drop("/ViewerPreferences"), "De pdf toont zijn titel niet."),
        (drop("/Lang"), "De pdf zegt niet in welke taal hij staat."),
        (drop("/MarkInfo"), "De pdf is niet getagd."),
        (drop("/StructTreeRoot"), "De pdf is niet getagd."),
        (untagged_page, "De pdf heeft een bladzijde zonder tags."),
        (tag("/Vreemd"), "De pdf heeft tags «Vreemd» die geen lezer kent."),
        (tag("/Figure", K=0), "De pdf heeft een afbeelding zonder woorden; geef ze in Word een alternatieve tekst."),
        (tag("/Figure", Alt="een kaart"), "De pdf heeft een afbeelding die een voorlezer niet vindt."),
        (annotate(Subtype=pikepdf.Name.Link, StructParent=9), MUTE),
        (annotate(Subtype=pikepdf.Name.Link, Contents="adres"), MUTE),
        (annotate(Subtype=pikepdf.Name.Widget, StructParent=9, AP=LOOK), MUTE),
        (
            annotate(Subtype=pikepdf.Name.Widget, StructParent=9, TU="Handtekening"),
            "De pdf heeft een veld of een opmerking zonder beeld.",
        ),
        (loose_order, "De pdf volgt op een bladzijde met links of velden de leesvolgorde niet."),
        (run_script, "De pdf bevat opdrachten die bij het lezen uitgevoerd worden."),
    ],
)
def test_a_fault_is_found_and_no_other(changed, change, said):
    assert found(changed(change)) == (said,)


@pytest.mark.parametrize(
    "change",
    [
        tag("/Figure", Alt="een kaart", K=0),
        annotate(Subtype=pikepdf.Name.Link, Contents="adres", StructParent=9),
        annotate(Subtype=pikepdf.Name.Widget, TU="Handtekening van de burgemeester", StructParent=9, AP=LOOK),
    ],
)
def test_what_has_words_passes(changed, change):
    assert found(changed(change)) == ()


def test_a_font_that_is_not_in_the_file_is_named(changed):
    said = found(changed(strip_font))
    assert said
    assert all(each.startswith("Het lettertype «") and each.endswith("» zit niet in de pdf.") for each in said)


def test_a_paper_that_is_not_claimed_accessible_may_not_say_that_it_is(prints, changed):
    said = "De pdf draagt het kenmerk van PDF/UA, maar is niet nagekeken als toegankelijk."
    assert found(prints[Archive.LETTER], accessible=False) == (said,)
    assert found(changed(unmark("pdfuaid:part")), accessible=False) == ()


def attach(**entries):
    def change(document):
        stream = document.make_stream(b"{}", Type=pikepdf.Name.EmbeddedFile, Subtype=pikepdf.Name("/application/json"))
        file = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec, F="a.json", UF="a.json", EF=pikepdf.Dictionary(F=stream), **entries
            )
        )
        document.Root.AF = pikepdf.Array([file])
        document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=["a.json", file]))

    return change


def test_only_a_contract_carries_a_file_and_says_what_it_is(changed):
    known = attach(AFRelationship=pikepdf.Name.Data)
    assert found(changed(known, Archive.CONTRACT), Archive.CONTRACT) == ()
    assert found(changed(known)) == ("De pdf draagt een bijgevoegd bestand; dat mag alleen in PDF/A-3.",)
    said = ("Van een bestand bij de pdf staat er niet bij wat het is.",)
    assert found(changed(attach(), Archive.CONTRACT), Archive.CONTRACT) == said
