"""Text to typed value and back; expectations from the conventions of the domain (3.6), by hand."""

import csv
import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.form import Choice
from pipeline.resources import FORMS
from pipeline.values import (
    FieldType,
    fold,
    format_iban,
    format_kbo,
    is_email,
    is_phone,
    is_postcode,
    known_bank,
    parse,
    valid_iban,
    valid_kbo,
    write,
)

D = Decimal


def read(text, kind, **more):
    parsed = parse(text, FieldType(kind), **more)
    return parsed.value if not parsed.problem else ("doubtful", parsed.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("800000", D(800000)),
        ("800.000", D(800000)),
        ("€800.000,-", D(800000)),
        ("€ 800.000,--", D(800000)),
        ("800.000.-", D(800000)),
        ("800 000 EUR", D(800000)),
        ("€\u00a0800.000,00", D(800000)),
        ("800\u202f000 euro", D(800000)),
        ("1.250.000,50", D("1250000.50")),
        ("1 250 000,50 €", D("1250000.50")),
        ("€ 1 200,5", D("1200.5")),
        ("0,8 miljoen", D(800000)),
        ("0,8 miljoen euro", D(800000)),
        ("4 miljoen euro", D(4000000)),
        ("1,25 mln. euro", D(1250000)),
        ("800 duizend euro", D(800000)),
        ("0", D(0)),
        ("12,50", D("12.50")),
        ("-5", D(-5)),
        ("€ -5,00", D(-5)),
        ("EUR800.000", D(800000)),
        ("− € 5,00", D(-5)),
    ],
)
def test_an_amount_as_a_belgian_writes_it_has_one_value(text, value):
    assert read(text, "amount") == value


@pytest.mark.parametrize("text", ["- 800.000", "\u2013 800.000", "-\t€ 800.000", "\u2014 800.000,00"])
def test_a_dash_apart_from_a_number_may_be_the_bullet_of_a_list(text):
    assert parse(text, FieldType.AMOUNT).problem
    for kind in (FieldType.INTEGER, FieldType.PERCENTAGE):
        assert parse("- 20", kind).problem
        assert not parse("-20", kind).problem


@pytest.mark.parametrize(
    "text",
    [
        "1,000.00",
        "1250000.50",
        "800,000",
        "1.25",
        "0.800",
        "1,234,567",
        "1.250 000",
        "80 00",
        "1.250 miljoen",
        "€ 5.000 + € 3.000",
        "tussen 5.000 en 10.000",
        "5.000 à 6.000",
        "800k",
        "800 k€",
        "0,8 M",
        "1.OOO",
        "1 OOO",
        "l.000",
        "800 kEUR",
        "500\n250",
        "500\t250",
        "500   250",
        "75.000\n5.000",
        "abc",
        "€",
    ],
)
def test_an_amount_that_can_mean_two_things_or_nothing_has_no_value_and_a_reason(text):
    parsed = parse(text, FieldType.AMOUNT)
    assert parsed.value is None
    assert text in parsed.problem


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("ca. 5.000", 5000),
        ("5.000 euro per jaar", 5000),
        ("800.000 (excl. btw)", 800000),
        ("800.000 excl. btw", 800000),
        ("750.000 te bevestigen", 750000),
        ("20 %", 20),
        ("nihil", 0),
        ("EUR800.000,00 (raming)", 800000),
        ("0,005", "0.005"),
        ("800.000,500", "800000.500"),
        ("800.000 euro (achthonderdduizend)", 800000),
        ("± 5.000", 5000),
        ("5.000 / jaar", 5000),
    ],
)
def test_words_around_an_amount_make_it_doubtful_with_its_likely_value(text, likely):
    assert read(text, "amount") == ("doubtful", D(likely))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17-3-2021", dt.date(2021, 3, 17)),
        ("17/03/2021", dt.date(2021, 3, 17)),
        ("17.03.21", dt.date(2021, 3, 17)),
        ("17 - 3 - 2021", dt.date(2021, 3, 17)),
        ("17 maart 2021", dt.date(2021, 3, 17)),
        ("17 mrt. 2021", dt.date(2021, 3, 17)),
        ("17 mrt. '21", dt.date(2021, 3, 17)),
        ("3 maart ’27", dt.date(2027, 3, 3)),
        ("woensdag 17 maart 2021", dt.date(2021, 3, 17)),
        ("1 januari 2022", dt.date(2022, 1, 1)),
        ("1\u00a0JAN\u00a02022", dt.date(2022, 1, 1)),
        ("2021-03-17", dt.date(2021, 3, 17)),
        ("29/02/2024", dt.date(2024, 2, 29)),
        ("03/04/2021", dt.date(2021, 4, 3)),
    ],
)
def test_a_date_as_a_belgian_writes_it_is_that_day(text, value):
    assert read(text, "date") == value


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2021",
        "29/02/2023",
        "39/13/2021",
        "Q3 2022",
        "maart 2022",
        "2022",
        "17 maart",
        "17 03 2021",
        "1/1/2022 - 31/12/2025",
        "17.03.85",
        "17.03.79",
        "17 maart '85",
        "17 maart 21",
        "1/5/0022",
        "1/5/2202",
        "januari 2022",
        "1/1/202",
        "begin 2022",
    ],
)
def test_what_is_no_day_has_no_value(text):
    parsed = parse(text, FieldType.DATE)
    assert parsed.value is None
    assert text in parsed.problem


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("03/17/2021", dt.date(2021, 3, 17)),
        ("vanaf 1 januari 2022", dt.date(2022, 1, 1)),
        ("dinsdag 17 maart 2021", dt.date(2021, 3, 17)),
    ],
)
def test_a_date_in_american_order_or_with_words_is_doubtful(text, likely):
    assert read(text, "date") == ("doubtful", likely)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20%", D(20)),
        ("20 %", D(20)),
        ("20\u00a0%", D(20)),
        ("20 procent", D(20)),
        ("20 percent", D(20)),
        ("20", D(20)),
        ("16,67 %", D("16.67")),
        ("0,20 %", D("0.20")),
        ("0,20", ("doubtful", None)),
        ("20.5 %", ("doubtful", None)),
        ("ongeveer 20 %", ("doubtful", D(20))),
        ("veel", ("doubtful", None)),
    ],
)
def test_percentages(text, value):
    assert read(text, "percentage") == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "1200", 1200),
        ("integer", "1.200", 1200),
        ("integer", "1 200", 1200),
        ("integer", "1\n200", ("doubtful", None)),
        ("percentage", "12\n500", ("doubtful", None)),
        ("integer", "12,5", ("doubtful", None)),
        ("integer", "1.25", ("doubtful", None)),
        ("integer", "1200 inwoners", ("doubtful", 1200)),
        ("year", "2022", 2022),
        ("year", "22", ("doubtful", None)),
        ("year", "2022-2023", ("doubtful", None)),
        ("year", "jaar 2022", ("doubtful", 2022)),
        ("year", "20225", ("doubtful", None)),
    ],
)
def test_whole_numbers_and_years(kind, text, value):
    assert read(text, kind) == value


# 0207.451.227: 97 − (02074512 modulo 97 = 70) = 27.
@pytest.mark.parametrize(
    "text", ["0207.451.227", "0207451227", "207451227", "BE 0207.451.227", "BE0207451227", "KBO: 0207 451 227"]
)
def test_an_enterprise_number_is_ten_digits_however_it_is_written(text):
    assert read(text, "kbo") == "0207451227"
    assert valid_kbo(text)
    assert format_kbo(text) == "0207.451.227"


def test_an_enterprise_number_with_wrong_check_digits_is_read_and_not_valid():
    assert read("0207.451.228", "kbo") == "0207451228"
    assert not valid_kbo("0207451228")
    assert read("0207.451.22", "kbo") == "020745122" or not valid_kbo(read("0207.451.22", "kbo"))
    assert not valid_kbo("9207451227")
    assert read("wordt aangevraagd", "kbo") == ("doubtful", None)


@pytest.mark.parametrize(
    "text", ["BE68 5390 0754 7034", "be68539007547034", "BE68-5390-0754-7034", "IBAN: BE68 5390 0754 7034"]
)
def test_an_account_number_is_read_without_its_spaces(text):
    assert read(text, "iban") == "BE68539007547034"
    assert valid_iban(text)
    assert known_bank(text)
    assert format_iban(text) == "BE68 5390 0754 7034"


def test_two_enterprise_numbers_or_an_account_with_more_behind_it_are_doubtful():
    assert read("0207.451.227 / 0207.451.228", "kbo") == ("doubtful", None)
    assert read("020745122", "kbo") == "020745122"
    assert read("BE68 5390 0754 7034 BIC GKCCBEBB", "iban") == ("doubtful", "BE68539007547034")
    assert read("BE68 5390 0754 7035 12", "iban") == ("doubtful", None)


def test_account_numbers_that_cannot_be():
    assert not valid_iban("BE69 5390 0754 7034")
    assert not valid_iban("BE68 5390 0754 703")
    assert valid_iban("NL91 ABNA 0417 1643 00")
    assert known_bank("NL91ABNA0417164300")
    assert not known_bank("BE68 5390 0754 7035")
    assert read("zie bijlage", "iban") == ("doubtful", None)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("leen.desmet@example.org", True),
        ("leen.desmet@stad-gent.be", True),
        ("leen@gent", False),
        ("leen.gent.be", False),
        ("leen@@gent.be", False),
        ("leen.@gent.be", False),
    ],
)
def test_an_email_address_is_read_as_written_and_judged_apart(text, possible):
    assert read(text, "email") == text
    assert is_email(text) is possible


def test_an_email_address_among_words_is_doubtful():
    assert read("Leen <leen@gent.be>", "email") == ("doubtful", "leen@gent.be")
    assert read("a@gent.be; b@gent.be", "email") == ("doubtful", None)
    assert read("a@gent.be;b@gent.be", "email") == ("doubtful", None)
    assert read("leen@gent.be.", "email") == "leen@gent.be"
    assert read("niet bekend", "email") == ("doubtful", None)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("09 266 00 00", True),
        ("09/266.00.00", True),
        ("0477 12 34 56", True),
        ("+32 477 12 34 56", True),
        ("+32 (0)9 266 00 00", True),
        ("0032 9 266 00 00", True),
        ("0800 12 345", True),
        ("+31 20 123 45 67", True),
        ("266 00 00", False),
        ("09 266 00 0", False),
        ("0477 12 34 567", False),
    ],
)
def test_a_telephone_number_is_read_as_written_and_judged_apart(text, possible):
    assert read(text, "phone") == text
    assert is_phone(text) is possible


def test_postcodes_run_from_1000_to_9999():
    assert [is_postcode(text) for text in ("0999", "1000", "9999", "10000", "9 00")] == [
        False,
        True,
        True,
        False,
        False,
    ]


def municipalities():
    with (FORMS / "wijkverbeteringscontract" / "gemeenten.csv").open(encoding="utf-8") as handle:
        return {row.pop("naam"): row for row in csv.DictReader(handle)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gent", "Gent"),
        ("GENT", "Gent"),
        ("Stad Gent", "Gent"),
        ("Gemeente Hove", "Hove"),
        ("Hove (Antwerpen)", "Hove"),
        ("Aalst (Aalst)", "Aalst"),
        ("lokaal bestuur Genk", "Genk"),
        ("sint niklaas", "Sint-Niklaas"),
        ("Heist\u2011op\u2011den\u2011Berg", "Heist-op-den-Berg"),
        ("9000 Gent", "Gent"),
        ("Antwerpn", ("doubtful", "Antwerpen")),
        ("Antwerpen (district Borgerhout)", ("doubtful", "Antwerpen")),
        ("OCMW Gent", "OCMW Gent"),
    ],
)
def test_a_municipality_is_named_as_the_list_names_it(text, value):
    assert read(text, "municipality", codelist=municipalities()) == value


GROUNDS = (
    Choice("historisch", "Historisch gegroeide wijk", ("historisch",)),
    Choice("kenmerken", "Kenmerken van de wijk (demografisch, sociaaleconomisch)", ("kenmerken",)),
    Choice("programmas", "Bestaande programma's"),
    Choice("andere", "Andere grond", ("andere",)),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Historisch gegroeide wijk", "historisch"),
        ("historisch gegroeid wijk", "historisch"),
        ("Bestaande programma’s", "programmas"),
        ("andere", "andere"),
        ("☐ Historisch gegroeide wijk ☒ Andere grond", "andere"),
        ("[ ] Historisch gegroeide wijk\n[x] Andere grond", "andere"),
        ("\uf0a8 Historisch gegroeide wijk \uf0fe Andere grond", "andere"),
        ("☐ Historisch gegroeide wijk ☐ Andere grond", None),
        ("☒ Historisch gegroeide wijk ☒ Andere grond", ("doubtful", None)),
        ("historisch; andere", ("doubtful", None)),
        ("Historisch gegroeide wijk ☐ Andere grond ☒", "andere"),
        ("☒", ("doubtful", None)),
        ("Andere grond: de school", ("doubtful", "andere")),
        ("geen van deze", ("doubtful", None)),
    ],
)
def test_one_choice(text, value):
    assert read(text, "choice", choices=GROUNDS) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("andere, historisch", ("historisch", "andere")),
        ("historisch en kenmerken", ("historisch", "kenmerken")),
        ("Kenmerken van de wijk (demografisch, sociaaleconomisch)\nAndere grond", ("kenmerken", "andere")),
        ("☒ Historisch gegroeide wijk\n☐ Bestaande programma's\n☒ Andere grond", ("historisch", "andere")),
        ("historisch; iets anders", ("doubtful", ("historisch",))),
    ],
)
def test_several_choices(text, value):
    assert read(text, "choices", choices=GROUNDS) == value


@pytest.mark.parametrize("other", ["Fase 1", "Fase 3"])
def test_a_close_match_never_crosses_figures(other):
    assert read(other, "choice", choices=(Choice("twee", "Fase 2"),)) == ("doubtful", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", True),
        ("Neen", False),
        ("☒ ja ☐ nee", True),
        ("☐ ja ☒ nee", False),
        ("[ ] ja [X] nee", False),
        ("☒", True),
        ("☒ Wij verklaren dat", True),
        ("☐ Wij verklaren dat", None),
        ("☐ ja ☐ nee", None),
        ("☒ ja ☒ nee", ("doubtful", None)),
        ("ja ☒ nee ☐", True),
        ("ja ☐ nee ☒", False),
        ("ja [ ] nee [x]", False),
        ("nee ☒", False),
        ("● ja ○ nee", True),
        ("ja ☐\nnee ☒\nzie bijlage", ("doubtful", False)),
        ("Nog niet beslist. ☒ ja ☐ nee", ("doubtful", True)),
        ("nee ☐ ja ☒ nee", ("doubtful", None)),
        ("ja ☒ nee", ("doubtful", None)),
        ("☐ ja ☒", ("doubtful", None)),
        ("X Ja ☐ Nee", ("doubtful", None)),
        ("☐ ja ☐ nee: later", ("doubtful", None)),
        ("☐ Ja   x Nee", ("doubtful", None)),
        ("☒ ja ☐ nee\nmaar enkel voor de kaai", ("doubtful", True)),
        ("☒ ja\nmaar enkel voor de kaai\n☐ nee", ("doubtful", True)),
        ("onbeslist ☐ ja ☐ nee", ("doubtful", None)),
        ("✓ ja ✗ nee", ("doubtful", None)),
        ("✗", ("doubtful", None)),
        ("ja, maar later", ("doubtful", True)),
        ("ja / nee", ("doubtful", None)),
        ("misschien", ("doubtful", None)),
    ],
)
def test_yes_and_no(text, value):
    assert read(text, "yesno") == value


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind is not FieldType.TABLE])
def test_nothing_has_no_value_and_no_problem(kind):
    parsed = parse(" \u00a0\n", kind, choices=GROUNDS, codelist=municipalities())
    assert (parsed.value, parsed.problem) == (None, "")


def test_text_keeps_its_inside_and_loses_only_what_xml_forbids():
    assert (
        read("  Eén \u201ezin\u201d\r\nen  nog één {{ 7*7 }} & <b>\n", "longtext")
        == "Eén „zin”\nen  nog één {{ 7*7 }} & <b>"
    )
    assert read("a\x07b", "text") == "a\ufffdb"


def test_folding_forgets_case_spaces_dashes_and_quotes():
    assert fold(" Bestaande\u00a0programma’s – E\u0301e\u0301n ") == fold("bestaande programma's - één")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_written_is_read_as_itself(value):
    assert read(write(value, FieldType.AMOUNT), "amount") == value


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_a_date_written_is_read_as_itself(value):
    assert read(write(value, FieldType.DATE), "date") == value


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_written_is_read_as_itself(value):
    assert read(write(value, FieldType.INTEGER), "integer") == value


@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_a_percentage_written_is_read_as_itself(value):
    assert read(write(value, FieldType.PERCENTAGE), "percentage") == value


@given(st.sets(st.sampled_from([choice.value for choice in GROUNDS]), min_size=1))
def test_choices_written_are_read_as_themselves(values):
    ordered = tuple(choice.value for choice in GROUNDS if choice.value in values)
    assert read(write(ordered, FieldType.CHOICES, choices=GROUNDS), "choices", choices=GROUNDS) == ordered


@given(st.text())
def test_any_text_is_read_as_any_type_without_a_fault(text):
    for kind in FieldType:
        parsed = parse(text, kind, choices=GROUNDS, codelist=municipalities() if len(text) < 3 else {})
        assert (
            parsed.value is not None
            or parsed.problem
            or not unicodedata.normalize("NFC", text).strip()
            or kind
            in {
                FieldType.CHOICE,
                FieldType.CHOICES,
                FieldType.YESNO,
            }
        )
