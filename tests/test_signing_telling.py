"""Every answer about a paper that came back is a sentence that says what to do."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.stamp import StaticStampStyle, TextStampStyle

from pipeline.archive.signed import decode_copy, encode_copy
from pipeline.signing import Question, copy_of, examine, read_roots, tell
from tests.signed_papers import PLACES, edited, paper, scanned, sign
from tests.signing_keys import SIGNED, authority, nothing_revoked, person

FIRST, SECOND = PLACES[0].field, PLACES[1].field


@pytest.fixture(scope="module")
def issued():
    return paper()


@pytest.fixture(scope="module")
def roots():
    return read_roots({"w.pem": authority("Proefwortel").pem, "w.crl": nothing_revoked()})


@pytest.fixture(scope="module")
def half(issued):
    return sign(issued.content, person("An Peeters"), FIRST)


def said(verdict, roots, question):
    (one,) = [told for told in tell(verdict, roots) if told.question is question]
    return one.holds, " ".join(one.lines)


def test_paper_of_ours_with_signatures(half, issued, roots):
    assert said(examine(half, [issued], roots), roots, Question.PAPER) == (
        True,
        "Dit is byte voor byte Afsprakenkader van WVC-2021-0001 zoals uitgegeven, met alleen handtekeningen erbij.",
    )


def test_where_nothing_is_trusted_it_says_what_to_give(half, issued):
    nothing = read_roots({"brief.docx": b"PK"})
    words = said(examine(half, [issued], nothing), nothing, Question.UNCHECKED)[1]
    assert "Geef met «--roots» een map met certificaten" in words
    assert "«brief.docx» bevat geen certificaat en telt niet mee." in words


def test_paper_that_nobody_signed(issued, roots):
    holds, words = said(examine(issued.content, [issued], roots), roots, Question.PAPER)
    assert holds
    assert words.endswith("Niemand tekende dit exemplaar.")


def test_signature_says_who_where_when_by_which_root_and_what_was_checked(half, issued, roots):
    holds, words = said(examine(half, [issued], roots), roots, Question.SIGNATURES)
    assert holds
    assert words == (
        "«An Peeters» in het veld van An Peeters, burgemeester: gaaf; getekend op 20 januari 2022 om 10.30 uur (dat "
        "zegt wie tekende; geen tijdstempel bewijst het); vertrouwd door Proefwortel (w.pem); niet ingetrokken "
        "volgens de intrekkingslijsten in de map met wortels."
    )


def test_reason_of_the_signer_is_told_and_kept(issued, roots):
    """Somebody may sign for receipt only: a person must read that."""
    signed = sign(issued.content, person("An Peeters"), FIRST, reason="Enkel voor ontvangst,\n niet voor akkoord")
    verdict = examine(signed, [issued], roots)
    _holds, words = said(verdict, roots, Question.SIGNATURES)
    assert "; met als reden «Enkel voor ontvangst, niet voor akkoord»; vertrouwd door" in words
    copy = copy_of(verdict, signed, SIGNED.date())
    assert decode_copy(json.loads(json.dumps(encode_copy(copy)))) == copy


@pytest.mark.parametrize("colour", [(0, 0, 0), (1, 1, 1)], ids=["black", "white"])
def test_words_drawn_as_the_look_of_a_signature_are_told(issued, roots, colour):
    """A reservation may be drawn and no reason given; what is white is in the file as well."""
    words = "Enkel voor ontvangst, NIET voor akkoord. Bijdrage: 0 euro"
    verdict = examine(drawn_as(words, issued.content, colour), [issued], roots)
    _holds, told = said(verdict, roots, Question.SIGNATURES)
    assert f"; op het blad zegt ze «{words}»; vertrouwd door" in told


def test_name_and_moment_as_the_look_of_a_signature_are_nothing_odd(issued, roots):
    words = "Elektronisch ondertekend door\nAn Peeters\nop 20 januari 2022 om 10.30 uur"
    (one,) = examine(drawn_as(words, issued.content), [issued], roots).signatures
    assert (one.shown, one.unread) == ("", False)


def test_words_drawn_in_an_empty_field_that_was_added_are_a_change(half, issued, roots):
    """Nobody signed there, and the words stand on the page all the same."""
    made = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(half))
    append_signature_field(writer, SigFieldSpec("extra", on_page=2, box=(72, 500, 400, 560)))
    field = next(one.get_object() for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == "extra")
    font = DictionaryObject(
        {NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Courier")}
    )
    font[NameObject("/Type")] = NameObject("/Font")
    drawn = StreamObject(stream_data=b"BT /F1 12 Tf 5 5 Td (NIET voor akkoord) Tj ET")
    drawn[NameObject("/Subtype")] = NameObject("/Form")
    drawn[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 328, 60)))
    drawn[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer.add_object(drawn)})
    writer.write(made)
    verdict = examine(made.getvalue(), [issued], roots)
    assert [change.what for change in verdict.changes] == [
        "in het lege veld «extra» is iets getekend dat wij er niet in zetten: «NIET voor akkoord»"
    ]


def test_picture_as_the_look_of_a_signature_asks_for_the_eye(issued, roots):
    from PIL import Image
    from pyhanko.pdf_utils.images import PdfImage

    look = StaticStampStyle(background=PdfImage(Image.new("L", (60, 20), 200)))
    verdict = examine(sign(issued.content, person("An Peeters"), FIRST, look=look), [issued], roots)
    _holds, told = said(verdict, roots, Question.LOOK)
    assert told == (
        "Bladzijde 3: de handtekening van «An Peeters» toont een beeld of een tekening, en die leest het programma "
        "niet. Open de pdf en kijk of er iets bij staat dat het akkoord beperkt, zoals «enkel voor ontvangst»."
    )


def test_name_and_moment_in_words_need_no_looking_at(issued, roots):
    verdict = examine(drawn_as("Elektronisch ondertekend door\nAn Peeters", issued.content), [issued], roots)
    assert Question.LOOK not in [one.question for one in tell(verdict, roots)]


def drawn_as(words, content, colour=(0, 0, 0)):
    """The paper, signed by An Peeters with a look that says these words."""
    look = TextStampStyle(stamp_text=words, background=None, text_box_style=TextBoxStyle(text_color=colour))
    return sign(content, person("An Peeters"), FIRST, look=look)


def test_moment_that_is_proven(issued, roots):
    signed = sign(issued.content, person("An Peeters"), FIRST, stamp=person("Proeftijd", stamping=True), on=SIGNED)
    _holds, words = said(examine(signed, [issued], roots), roots, Question.SIGNATURES)
    assert "getekend op 20 januari 2022 om 10.30 uur (bewezen door een tijdstempel)" in words


def test_fields_that_wait(half, issued, roots):
    told = (False, "Nog niet ondertekend: Bo Maes, minister.")
    assert said(examine(half, [issued], roots), roots, Question.FIELDS) == told


def test_revocation_that_was_not_checked_is_said(half, issued):
    roots = read_roots({"w.pem": authority("Proefwortel").pem})
    verdict = examine(half, [issued], roots)
    assert "intrekking niet nagegaan" in said(verdict, roots, Question.SIGNATURES)[1]
    assert "Met «--online» vraagt het programma het aan wie ze uitgaf" in said(verdict, roots, Question.UNCHECKED)[1]


def test_other_name_asks_for_a_person(issued, roots):
    verdict = examine(sign(issued.content, person("Cas Stroobants"), FIRST), [issued], roots)
    holds, words = said(verdict, roots, Question.SIGNATURES)
    assert not holds
    assert "«Cas Stroobants» is niet de naam die het papier daar noemt (An Peeters, burgemeester)" in words


def test_damaged_signature_asks_nobody_whose_it_is(half, issued, roots):
    """The digits of the signature itself are changed: nothing can be read of it, and nothing assigned."""
    at = half.rfind(b"/Contents <") + len(b"/Contents <")
    damaged = half[:at] + b"00" * 40 + half[at + 80 :]
    holds, words = said(examine(damaged, [issued], roots), roots, Question.SIGNATURES)
    assert not holds
    assert words == (
        "onbekend in het veld van An Peeters, burgemeester: niet gaaf: de handtekening is beschadigd en kan niet "
        "gelezen worden."
    )


def test_field_of_a_service_asks_for_a_person(issued, roots):
    signed = sign(issued.content, person("An Peeters"), "Signature1", own_field=(2, (350, 400, 520, 460)))
    holds, words = said(examine(signed, [issued], roots), roots, Question.FIELDS)
    assert not holds
    assert "staat in een veld van een ondertekendienst («Signature1»)" in words


def test_change_names_its_page(half, issued, roots):
    verdict = examine(edited(half, 1, "Artikel 3"), [issued], roots)
    assert said(verdict, roots, Question.CHANGES) == (False, "Bladzijde 2: «Artikel 3» is erbij gekomen.")
    assert not said(verdict, roots, Question.SIGNATURES)[0]


def test_one_person_in_two_fields(half, issued, roots):
    verdict = examine(sign(half, person("An Peeters"), SECOND), [issued], roots)
    assert "«An Peeters» tekende twee keer" in said(verdict, roots, Question.SIGNATURES)[1]


def test_other_dossier_and_replaced_version(half, issued, roots):
    other = examine(half, [issued], roots, expected="WVC-2021-0002")
    assert "Het is van WVC-2021-0001, niet van WVC-2021-0002" in said(other, roots, Question.PAPER)[1]
    old = examine(half, [replace(issued, replaced=True)], roots)
    assert "Die versie is vervangen" in said(old, roots, Question.PAPER)[1]


def test_scan_asks_for_the_file(half, issued, roots):
    told = tell(examine(scanned(half), [issued], roots), roots)
    assert [(one.question, one.holds) for one in told] == [(Question.PAPER, False), (Question.SIGNATURES, False)]
    assert "vraag het ondertekende bestand zelf" in told[0].lines[0]


@pytest.mark.parametrize("data", [b"", b"geen pdf", b"%PDF-1.4 en niets meer"])
def test_no_pdf_has_one_answer(issued, roots, data):
    (one,) = tell(examine(data, [issued], roots), roots)
    assert one.lines[0].startswith("Dit is geen pdf die geopend kan worden")
