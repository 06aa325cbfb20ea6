"""Definitions become frozen types, or every fault in them is named with its place."""

from __future__ import annotations

import datetime as dt
import hashlib
import pickle
from decimal import Decimal

import pytest

from pipeline.errors import DefinitionError, UsageError
from pipeline.form import Demand
from pipeline.library import calls, load, nearest
from pipeline.rule import Moment, Scope
from pipeline.values import FieldType
from tests.call_copies import SECOND_CALL, change, copy_call


@pytest.fixture
def call(tmp_path):
    return copy_call(tmp_path)


def faults_of(call):
    with pytest.raises(DefinitionError) as met:
        load(call)
    return [(fault.file, fault.key, fault.suggestion) for fault in met.value.faults]


def test_the_call_of_the_project_loads_by_its_key():
    assert "wijkverbeteringscontract" in calls()
    call = load("wijkverbeteringscontract")
    assert call.parameters["subsidie_maximum"].value == Decimal(800000)
    assert call.planning["indienen"].value == dt.datetime(2021, 7, 19, 21, 59, 59, tzinfo=dt.UTC)
    assert len(call.codelists["gemeenten"]) == 300


def test_a_call_loads_from_a_path_with_its_templates_beside():
    call = load(SECOND_CALL)
    assert call.templates.name == "klimaatwijken"
    assert [paper.key for paper in call.papers] == ["antwoordbrief", "toekenning", "meetafspraak"]


def test_templates_may_also_stand_within_the_folder(call):
    inside = call / "templates"
    inside.mkdir()
    assert load(call).templates == inside


def test_every_number_of_the_call_is_a_decimal_and_a_moment_has_its_zone(call):
    loaded = load(call)
    assert loaded.parameters["bijdrage_maximum"].value == Decimal(50000)
    assert isinstance(loaded.parameters["eigen_deel_minimum"].value, Decimal)
    assert loaded.planning["slot"].value == dt.datetime(2022, 3, 31, 10, tzinfo=dt.UTC)
    assert loaded.planning["laatste_jaar"].value == dt.date(2024, 12, 31)


def test_a_fraction_keeps_every_digit(call):
    change(call, "oproep.toml", "value = 30\n", "value = 33.1000000000000000000001\n")
    assert load(call).parameters["eigen_deel_minimum"].value == Decimal("33.1000000000000000000001")


def test_fields_tables_and_choices_are_what_the_definition_says(call):
    form = load(call).forms["voorstel"]
    table = form.field("ingrepen")
    assert (table.type, table.layout, table.row_title, table.min_rows) == (FieldType.TABLE, "cards", "Ingreep", 2)
    assert [column.key for column in table.columns] == ["wat", "soort", "raming"]
    assert [choice.label for choice in table.column("soort").choices] == ["Groen", "Water", "Koelte"]
    assert table.column("soort").choices[1].aliases == ("Water en ontharding",)
    assert table.column("raming").demand is Demand.CALL
    assert form.field("eerdere_steun").required_when == "eerder_gesteund"


def test_rules_and_bodies_are_what_the_definition_says(call):
    loaded = load(call)
    rules = {rule.code: rule for rule in loaded.rules}
    assert rules["GELD-1"].moments == (Moment.INTAKE, Moment.AWARD)
    assert rules["POT-1"].scope is Scope.CALL
    assert rules["GELD-1"].cases[0].stops_papers
    assert loaded.bodies["ondertekenaar"][0]["functie"] == "diensthoofd"
    assert loaded.codelists["steden"]["Gent"] == {"nis": "44021", "provincie": "Oost-Vlaanderen"}


def test_every_file_of_the_call_has_its_hash_and_drafts_of_word_have_none(call):
    (call / "~$oproep.docx").write_bytes(b"x")
    loaded = load(call)
    wanted = hashlib.sha256((call / "regels.toml").read_bytes()).hexdigest()
    assert loaded.sha256["regels.toml"] == wanted
    assert "templates/toekenning.docx" in loaded.sha256
    assert not any("~$" in name for name in loaded.sha256)


def test_a_changed_file_is_read_again(call):
    assert load(call).title == "Oproep klimaatwijken 2022"
    change(call, "oproep.toml", "Oproep klimaatwijken 2022", "Oproep klimaatwijken 2023")
    assert load(call).title == "Oproep klimaatwijken 2023"


def test_a_call_travels_to_another_process():
    assert pickle.loads(pickle.dumps(load(SECOND_CALL))) == load(SECOND_CALL)


def test_a_call_that_does_not_exist_is_named_with_the_one_that_was_meant():
    with pytest.raises(UsageError, match="Bedoelde u «wijkverbeteringscontract»"):
        load("wijkverbeteringkontract")


ONE_FAULT = [
    # file, old, new, key, suggestion
    ("voorstel.toml", 'demand = "call"', 'demnd = "call"', "section.2.field.klaar_op.demnd", "demand"),
    ("voorstel.toml", 'type = "yesno"', 'type = "yesnoo"', "section.1.field.eerder_gesteund.type", "yesno"),
    ("voorstel.toml", "min_rows = 2", 'min_rows = "twee"', "section.2.field.ingrepen.min_rows", ""),
    ("voorstel.toml", "min_rows = 2", "min_rows = -2", "section.2.field.ingrepen.min_rows", ""),
    ("voorstel.toml", 'layout = "cards"', 'layout = "card"', "section.2.field.ingrepen.layout", "cards"),
    (
        "voorstel.toml",
        'choices = "ritme"',
        'choices = "ritmen"',
        "section.2.field.metingen.column.hoe_vaak.choices",
        "ritme",
    ),
    ("voorstel.toml", 'key = "gift"', 'key = "sponsor"', "section.3.field.sponsors.column.sponsor", ""),
    ("voorstel.toml", 'key = "bijdrage"', 'key = "buurt"', "section.3.field.buurt", ""),
    ("voorstel.toml", 'key = "buurt"', 'key = "Büurt"', "section.2.field.Büurt.key", ""),
    ("voorstel.toml", 'codelist = "steden"', 'codelist = "stede"', "field.stad.codelist", "steden"),
    ("voorstel.toml", 'label = "Waarom deze buurt"\n', "", "section.2.field.aanleiding.label", ""),
    ("voorstel.toml", 'groen = "Groen"', 'groen = "Koelte"', "choices.soort_ingreep.groen", ""),
    ("voorstel.toml", 'key = "voorstel"', 'key = "aanvraag"', "key", ""),
    ("regels.toml", 'severity = "info"', 'severity = "infos"', "rule.POT-1.case[1].severity", "info"),
    ("regels.toml", 'code = "DUB-1"', 'code = "VOL-1"', "rule.VOL-1", ""),
    ("regels.toml", 'scope = "call"', 'scope = "cal"', "rule.POT-1.scope", "call"),
    ("regels.toml", '"intake", "award"', '"intake", "awrad"', "rule.GELD-1.moments[2]", "award"),
    ("regels.toml", "stops_papers = true", 'stops_papers = "ja"', "rule.GELD-1.case[1].stops_papers", ""),
    ("oproep.toml", "number_format", "number_fromat", "number_fromat", "number_format"),
    ("oproep.toml", 'main_form = "voorstel"', 'main_form = "voorstl"', "main_form", "voorstel"),
    ("oproep.toml", "[planning.slot]", "[plannning.slot]", "plannning", "planning"),
    ("oproep.toml", 'unit = "euro"\n', "", "parameters.bijdrage_maximum.unit", ""),
    ("oproep.toml", "value = 50000", "value = inf", "parameters.bijdrage_maximum.value", ""),
    ("oproep.toml", "12:00:00+02:00", "12:00:00", "planning.slot.value", ""),
    ("oproep.toml", 'file = "steden.csv"', 'file = "stede.csv"', "codelists.steden.file", "steden.csv"),
    ("oproep.toml", 'key = "naam"', 'key = "namen"', "codelists.steden.key", "naam"),
    ("oproep.toml", 'kind = "amount"', 'kind = "amont"', "overview.column[3].kind", "amount"),
    ("steden.csv", "12025,Mechelen", "12025,Gent", "codelists.steden.file", ""),
    ("steden.csv", "12025,Mechelen,Antwerpen", "12025,Mechelen", "codelists.steden.file", ""),
    (
        "templates/documenten.toml",
        "stopped_by_findings",
        "stoped_by_findings",
        "document.antwoordbrief.stoped_by_findings",
        "stopped_by_findings",
    ),
    (
        "templates/documenten.toml",
        'form = "voorstel"',
        'form = "voorstellen"',
        "document.antwoordbrief.form",
        "voorstel",
    ),
    ("templates/documenten.toml", 'confirmed_by = "Noor Fictief"\n', "", "clausule.terugbetaling.confirmed_by", ""),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "suggestion"), ONE_FAULT, ids=[f"{f[0]}-{f[3]}" for f in ONE_FAULT]
)
def test_a_fault_is_named_with_file_key_and_what_was_meant(call, file, old, new, key, suggestion):
    change(call, file, old, new)
    found = faults_of(call)
    where = "oproep.toml" if file.endswith(".csv") else file
    assert (where, key, suggestion) in found


def test_every_fault_of_every_file_is_found_at_once(call):
    for file, old, new, _key, _suggestion in (ONE_FAULT[0], ONE_FAULT[13], ONE_FAULT[21]):
        change(call, file, old, new)
    assert {file for file, _key, _suggestion in faults_of(call)} == {"voorstel.toml", "regels.toml", "oproep.toml"}


def test_one_fault_gives_one_line_and_no_echoes(call):
    change(call, "voorstel.toml", 'type = "yesno"', 'type = "yesnoo"')
    assert len(faults_of(call)) == 1


def test_toml_that_is_broken_is_named_with_its_line(call):
    lines = (call / "regels.toml").read_text(encoding="utf-8").splitlines()
    lines[6] = 'title = "Hoogstens'
    (call / "regels.toml").write_text("\n".join(lines), encoding="utf-8")
    [(file, key, _suggestion)] = faults_of(call)
    assert (file, key.split(",")[0]) == ("regels.toml", "regel 7")


def test_a_file_of_the_wrong_encoding_is_named_with_its_line(call):
    content = (call / "oproep.toml").read_text(encoding="utf-8")
    (call / "oproep.toml").write_bytes(content.encode("latin-1"))
    line = content[: content.index("«")].count("\n") + 1
    assert ("oproep.toml", f"regel {line}", "") in faults_of(call)


def test_a_file_saved_with_a_byte_order_mark_and_windows_line_ends_reads_the_same(call):
    for name in ("oproep.toml", "steden.csv"):
        path = call / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert list(load(call).codelists["steden"]) == ["Gent", "Mechelen", "Genk", "Vilvoorde"]


def test_a_message_shows_file_key_and_suggestion_on_one_line(call):
    change(call, "regels.toml", 'severity = "info"', 'severity = "infos"')
    with pytest.raises(DefinitionError) as met:
        load(call)
    assert str(met.value) == (
        "regels.toml: rule.POT-1.case[1].severity: «infos» bestaat niet; kies uit blocking, warning, info. "
        "Bedoelde u «info»?"
    )


def test_nothing_is_suggested_when_nothing_is_near():
    assert nearest("xyz", ["gemeente", "wijk_naam"]) == ""
    assert nearest("Gemente", ["gemeente", "wijk_naam"]) == "gemeente"
