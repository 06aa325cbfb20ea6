"""Abbreviations in labels and answers ask and say the same as the words in full."""

import pytest

from pipeline.values import written_out
from tests.test_extract import Typed, values


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("bedrag (incl. btw)", "bedrag (inclusief btw)"),
        ("bedrag excl btw", "bedrag exclusief btw"),
        ("dossiernr.", "dossiernummer"),
        ("nr. van de actie", "nummer van de actie"),
        ("nr.", "nr."),
        ("risico's m.b.t. de planning", "risico's met betrekking tot de planning"),
        ("2022 t/m 2025", "2022 tot en met 2025"),
        ("hotel en nrj", "hotel en nrj"),
        ("voorlopig", "voorlopig"),
        ("partenrs", "partenrs"),
    ],
)
def test_an_abbreviation_is_written_out_and_a_word_that_only_begins_so_is_not(short, whole):
    assert written_out(short) == whole


@pytest.mark.parametrize(
    ("section", "label", "field"),
    [
        ("M. Financieel", "Bedragen incl. of excl. btw", "btw_regime"),
        ("A. Indienend bestuur", "Tel. van de contactpersoon", "contact_telefoon"),
        ("A. Indienend bestuur", "Tel.nr. contactpersoon", "contact_telefoon"),
        ("A. Indienend bestuur", "Nr. van het dossier", "dossiernummer"),
    ],
)
def test_a_label_with_abbreviations_is_that_of_the_question(section, label, field):
    said = {"btw_regime": "excl. btw", "contact_telefoon": "09 266 00 00", "dossiernummer": "2021/14"}[field]
    value = {"btw_regime": "exclusief"}.get(field, said)
    assert values(Typed().head(section).table([label, said]).extract()) == {field: value}


def test_a_choice_whose_other_name_ends_in_a_point_is_known_by_it():
    extraction = Typed().head("M. Financieel").table(["Btw-regime", "incl."]).extract()
    assert values(extraction) == {"btw_regime": "inclusief"}
