"""Definitions, rules, templates and blank forms are held against each other before any paper is made."""

from __future__ import annotations

import shutil
import zipfile

import pytest
from docx import Document

from pipeline.blank import write_continuation, write_docx, write_pdf
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.library import load
from pipeline.lint import lint
from pipeline.lint.scope import CLAUSE, FINDING
from pipeline.renderers import paper as paper_module
from pipeline.renderers.findings import told
from tests.call_copies import SECOND_CALL, change, copy_call, templates


@pytest.fixture
def call(tmp_path):
    return copy_call(tmp_path)


def found(call):
    return [(fault.file, fault.key, fault.suggestion) for fault in lint(call)]


def in_template(call, file, old, new):
    """Change a text in the body of a Word template."""
    path = templates(call) / file
    document = Document(path)
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    holders = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    holder = next(paragraph for paragraph in holders if old in paragraph.text)
    holder.text = holder.text.replace(old, new)
    document.save(path)


def test_the_calls_of_the_project_and_of_the_tests_have_no_faults():
    assert lint("wijkverbeteringscontract") == []
    assert lint(SECOND_CALL) == []


ONE_FAULT = [
    # a misspelt field, column, parameter, filter, choice …: file, old, new, key, suggestion
    ("regels.toml", 'check = "bijdrage <=', 'check = "bijdrge <=', "rule.GELD-1.case[1].check", "bijdrage"),
    ("regels.toml", "{{ bijdrage|euro }}", "{{ bijdrge|euro }}", "rule.GELD-1.case[1].message", "bijdrage"),
    (
        "regels.toml",
        'parameters.bijdrage_maximum"',
        'parameters.bijdrage_maxium"',
        "rule.GELD-1.case[1].check",
        "bijdrage_maximum",
    ),
    ("regels.toml", 'planning.slot"', 'planning.slott"', "rule.TIJD-1.case[2].check", "slot"),
    ("regels.toml", "total('raming')", "total('ramnig')", "values.totale_kost", "raming"),
    ("regels.toml", "total('raming')", "totaal('raming')", "values.totale_kost", "total"),
    ("regels.toml", "* totale_kost /", "* totale_kosten /", "values.minimum_eigen_deel", "totale_kost"),
    ("regels.toml", "row.raming > 0", "row.ramingen > 0", "rule.GELD-3.case[1].check", "raming"),
    ("regels.toml", "{{ row.number }} ({{", "{{ row.numer }} ({{", "rule.GELD-3.case[1].message", "number"),
    ("regels.toml", 'field = "ingrepen.raming"', 'field = "ingrepen.ramig"', "rule.GELD-3.field", "ingrepen.raming"),
    ("regels.toml", 'each = "ingrepen"', 'each = "ingreepen"', "rule.GELD-3.each", "ingrepen"),
    ("regels.toml", 'each = "ingrepen"', 'each = "bijdrage"', "rule.GELD-3.each", ""),
    ("regels.toml", "lezen: {{ row.problem", "lezen: {{ row.probleem", "rule.VOL-1.case[3].message", "problem"),
    ("regels.toml", "received is given", "received is givn", "rule.TIJD-1.case[1].check", "given"),
    ("regels.toml", "|date_long }}; het", "|datum_long }}; het", "rule.TIJD-2.case[1].message", "date_long"),
    (
        "regels.toml",
        "dossiers|total('bijdrage') <=",
        "dossiers|total('bijdragen') <=",
        "rule.POT-1.case[1].check",
        "bijdrage",
    ),
    ("regels.toml", "row.raming > 0", "row.raming > 0.5", "rule.GELD-3.case[1].check", ""),
    ("regels.toml", "row.raming > 0", "row.raming > 0 or row.soort == 'gren'", "rule.GELD-3.case[1].check", "groen"),
    (
        "regels.toml",
        "row.raming > 0",
        "ingrepen|where('soort', 'wter')|length > 0",
        "rule.GELD-3.case[1].check",
        "water",
    ),
    ("regels.toml", "row.raming > 0", "row.soort in ('groen', 'koelt')", "rule.GELD-3.case[1].check", "koelte"),
    ("regels.toml", "row.raming > 0", "'koelt' in thema", "rule.GELD-3.case[1].check", "koelte"),
    ("regels.toml", "row.raming > 0", "'ramig' in row", "rule.GELD-3.case[1].check", "raming"),
    (
        "regels.toml",
        "row.raming > 0",
        "ingrepen|selectattr('soort', 'givn')|length > 0",
        "rule.GELD-3.case[1].check",
        "given",
    ),
    ("regels.toml", "row.raming > 0", "row.raming > 0 and", "rule.GELD-3.case[1].check", ""),
    ("regels.toml", "row.raming > 0", "ingrepen.raming > 0", "rule.GELD-3.case[1].check", ""),
    ("regels.toml", "row.raming > 0", "row.wat|euro == 'x'", "rule.GELD-3.case[1].check", ""),
    ("regels.toml", "row.raming > 0", "row.wat * 2 > 1", "rule.GELD-3.case[1].check", ""),
    (
        "regels.toml",
        "row.raming > 0",
        "row.raming > 0 or codelists.steden[stad].niss == '1'",
        "rule.GELD-3.case[1].check",
        "nis",
    ),
    ("regels.toml", "klaar_op <= planning.laatste_jaar", "klaar_op <= planning.slot", "rule.TIJD-2.case[1].check", ""),
    ("regels.toml", "klaar_op <= planning.laatste_jaar", "klaar_op <= bijdrage", "rule.TIJD-2.case[1].check", ""),
    (
        "regels.toml",
        'message = "Er staan {{',
        'message = "Er staan {{ afzender }} {{',
        "rule.INH-1.case[1].message",
        "",
    ),
    ("regels.toml", "kost {{ row.raming|euro }}", "kost {{ (1 / row.raming)|euro }}", "rule.GELD-3", ""),
    ("regels.toml", "row.demand == 'call'", "row.demand == 'cal'", "rule.VOL-1.case[1].check", "call"),
    ("regels.toml", "row.state in ('empty'", "row.state in ('empt'", "rule.VOL-1.case[1].check", "empty"),
    ("regels.toml", "row.raming > 0", "fields|where('key', 'burt')|length > 0", "rule.GELD-3.case[1].check", "buurt"),
    # branches that a run on ordinary data would never reach
    (
        "regels.toml",
        "received <= planning.slot",
        "received <= planning.slot or today == plannig.slot",
        "rule.TIJD-1.case[2].check",
        "planning",
    ),
    (
        "regels.toml",
        "{{ row.reference }}",
        "{% if row.required %}{{ row.reference }}{% else %}{{ row.refrence }}{% endif %}",
        "rule.VOL-1.case[1].reference",
        "reference",
    ),
    # the call and its form
    ("oproep.toml", 'requested_field = "bijdrage"', 'requested_field = "bijdrag"', "requested_field", "bijdrage"),
    ("oproep.toml", '["stad", "buurt"]', '["stad", "burt"]', "duplicate_fields", "buurt"),
    ("oproep.toml", "'%03d' % volgnummer", "'%03d' % volgnumer", "number_format", "volgnummer"),
    ("oproep.toml", "KLIMA-{{ '%03d' % volgnummer }}-22", "KLIMA-22", "number_format", ""),
    ("oproep.toml", 'value = "totale_kost"', 'value = "totale_kots"', "overview.column[4].value", "totale_kost"),
    ("oproep.toml", 'available = "parameters.pot"', 'available = "parameters.pott"', "overview.available", "pot"),
    ("oproep.toml", "[afzender]", "[bijdrage]", "section.3.field.bijdrage.key", ""),
    ("oproep.toml", "[afzender]", "[today]", "today", ""),
    ("regels.toml", "totale_kost = ", "buurt = ", "values.buurt", ""),
    (
        "voorstel.toml",
        'required_when = "eerder_gesteund"',
        'required_when = "eerder_gestuend"',
        "section.1.field.eerdere_steun.required_when",
        "eerder_gesteund",
    ),
    ("voorstel.toml", 'key = "hoe_vaak"', 'key = "number"', "section.2.field.metingen.column.number.key", ""),
    (
        "voorstel.toml",
        'label = "Waarom deze buurt"',
        'label = "naam van  de buurt"',
        "section.2.field.aanleiding.label",
        "",
    ),
    (
        "voorstel.toml",
        'label = "Wat wordt gemeten"',
        'label = "Wie"',
        "section.2.field.metingen.column.grootheid.label",
        "",
    ),
    # the supplement
    ("oproep.toml", 'letter = "antwoordbrief"', 'letter = "antwordbrief"', "supplement.letter", "antwoordbrief"),
    (
        "oproep.toml",
        'letter = "antwoordbrief"',
        'title = "Aanvulling: voorstel voor een klimaatwijk"',
        "supplement.title",
        "",
    ),
    (
        "oproep.toml",
        'letter = "antwoordbrief"',
        'intro = "Voor {{ stad }}, voor {{ planing.slot|date_long }}."',
        "supplement.intro",
        "planning",
    ),
    # what an applicant wrote has no place in the intro, which is a template again
    ("oproep.toml", 'letter = "antwoordbrief"', 'intro = "Voor {{ stad }}."', "supplement.intro", ""),
    ("oproep.toml", 'letter = "antwoordbrief"', 'until = "bijdrage"', "supplement.until", ""),
    ("oproep.toml", 'letter = "antwoordbrief"', 'until_when = "bijdrag > 0"', "supplement.until_when", "bijdrage"),
    (
        "oproep.toml",
        'letter = "antwoordbrief"',
        'head = [{ label = "Stad", value = "{{ staad }}" }]',
        "supplement.head[1].value",
        "stad",
    ),
    (
        "oproep.toml",
        'letter = "antwoordbrief"',
        'head = [{ label = "Stad", value = "{{ stad }}" }, { label = "stad", value = "{{ buurt }}" }]',
        "supplement.head[2].label",
        "",
    ),
    (
        "regels.toml",
        'remedy = "Vraag minder, of schrap een ingreep."',
        'remedy = "Vraag minder."\nattachments = "[mailadress]"',
        "rule.GELD-1.case[1].attachments",
        "mailadres",
    ),
    (
        "regels.toml",
        'remedy = "Vraag minder, of schrap een ingreep."',
        'remedy = "Vraag minder."\nattachments = "mailadres"',
        "rule.GELD-1.case[1].attachments",
        "",
    ),
    # the sentences of the call
    (
        "regels.toml",
        'reference = "oproep, Middelen: «Een klimaatwijk krijgt hoogstens 50.000 euro.»"',
        "",
        "rule.GELD-1.case[1].reference",
        "",
    ),
    (
        "regels.toml",
        "«Een klimaatwijk krijgt hoogstens 50.000",
        "«Een klimaatwijk krijgt hoogstens 60.000",
        "rule.GELD-1.case[1].reference",
        "",
    ),
    (
        "oproep.toml",
        "«Er is in totaal 120.000 euro.»",
        "«Er is in totaal 130.000 euro.»",
        "parameters.pot.reference",
        "",
    ),
    (
        "voorstel.toml",
        '"oproep, Inhoud: «elk met een geraamde kost»"',
        '"oproep, Inhoud"',
        "section.2.field.ingrepen.column.raming.reference",
        "",
    ),
    # papers
    (
        "templates/documenten.toml",
        'template = "toekenning.docx"',
        'template = "toekening.docx"',
        "document.toekenning.template",
        "toekenning.docx",
    ),
    (
        "templates/documenten.toml",
        '["terugbetaling"]',
        '["terugbetalen"]',
        "document.toekenning.clauses",
        "terugbetaling",
    ),
    (
        "templates/documenten.toml",
        "{{ ondertekenaar[0].functie }}",
        "{{ ondertekenaar[0].funtie }}",
        "document.toekenning.signatories.diensthoofd.role",
        "functie",
    ),
    (
        "templates/documenten.toml",
        "meting {{ row.grootheid }}",
        "meting {{ row.grotheid }}",
        "document.meetafspraak.filename",
        "grootheid",
    ),
    ("templates/documenten.toml", 'each = "metingen"', 'each = "meting"', "document.meetafspraak.each", "metingen"),
    (
        "templates/documenten.toml",
        "betaalt {{ stad }}",
        "betaalt {{ staad }}",
        "clausule.terugbetaling.text[1]",
        "stad",
    ),
    (
        "templates/documenten.toml",
        'final_when = "true"',
        'final_when = "granted is gven"',
        "document.antwoordbrief.final_when",
        "given",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "suggestion"), ONE_FAULT, ids=[f"{f[3]}-{f[2][:40]}" for f in ONE_FAULT]
)
def test_a_slip_is_found_before_any_paper_is_made(call, file, old, new, key, suggestion):
    change(call, file, old, new)
    where = {"templates/documenten.toml": "documenten.toml"}.get(file, file)
    if key.startswith("section."):
        where = "voorstel.toml"
    assert (where, key, suggestion) in found(call)


@pytest.mark.parametrize(
    ("file", "old", "new", "part", "suggestion"),
    [
        ("toekenning.docx", "{{ i.raming|euro }}", "{{ i.ramming|euro }}", "ramming", "raming"),
        ("toekenning.docx", "{{ i.raming|euro }}", "{{ i.raming|eur }}", "eur", "euro"),
        ("toekenning.docx", "{%tr for i in ingrepen %}", "{%tr for i in ingreepen %}", "ingreepen", "ingrepen"),
        ("toekenning.docx", "{{ granted|in_euro }}", "{{ grnted|in_euro }}", "grnted", "granted"),
        ("toekenning.docx", "{{ decision.date|date_long }}", "{{ decision.dat|date_long }}", "decision.dat", "date"),
        ("toekenning.docx", "{{ eerdere_steun }}", "{{ eerdre_steun }}", "eerdre_steun", "eerdere_steun"),
        ("toekenning.docx", "{{ settings.plaats }}", "{{ settings.plats }}", "settings.plats", "plaats"),
        ("antwoordbrief.docx", "{{ f.remedy }}", "{{ f.remedie }}", "f.remedie", "remedy"),
        ("meetafspraak.docx", "{{ row.hoe_vaak }}", "{{ row.hoevaak }}", "row.hoevaak", "hoe_vaak"),
        ("meetafspraak.docx", "{{ row.hoe_vaak }}", "{{ row }}", "row", ""),
    ],
)
def test_a_slip_in_a_word_template_is_found_with_the_words_around_it(call, file, old, new, part, suggestion):
    in_template(call, file, old, new)
    faults = [fault for fault in lint(call) if fault.file == file]
    assert [fault.suggestion for fault in faults] == [suggestion]
    assert faults[0].key.startswith("word/document.xml: «")
    assert part in faults[0].key


def test_a_tag_that_does_not_close_is_found_with_the_part_of_the_template(call):
    in_template(call, "meetafspraak.docx", "{%p endif %}", "klaar")
    faults = [fault for fault in lint(call) if fault.file == "meetafspraak.docx"]
    assert faults
    assert faults[0].key.startswith("word/document.xml")


def test_a_slip_in_the_footer_of_a_template_is_found(call):
    path = templates(call) / "toekenning.docx"
    document = Document(path)
    document.sections[0].footer.paragraphs[0].text = "{{ call.titel }}"
    document.save(path)
    [fault] = [fault for fault in lint(call) if fault.file == "toekenning.docx"]
    assert (fault.key.split(":")[0], fault.suggestion) == ("word/footer1.xml", "title")


def test_a_template_that_is_no_word_file_is_named(call):
    (templates(call) / "toekenning.docx").write_bytes(b"geen zip")
    assert "toekenning.docx" in {fault.file for fault in lint(call)}


def test_a_template_or_clause_that_nothing_uses_is_named(call):
    shutil.copy(templates(call) / "toekenning.docx", templates(call) / "oud.docx")
    change(call, "templates/documenten.toml", 'clauses = ["terugbetaling"]\n', "")
    assert {("oud.docx", "sjabloon", ""), ("documenten.toml", "clausule.terugbetaling", "")} <= set(found(call))


def test_every_slip_is_named_not_only_the_first(call):
    for file, old, new, _key, _suggestion in (ONE_FAULT[0], ONE_FAULT[4], ONE_FAULT[-2]):
        change(call, file, old, new)
    keys = {key for _file, key, _suggestion in found(call)}
    assert {"rule.GELD-1.case[1].check", "values.totale_kost", "clausule.terugbetaling.text[1]"} <= keys


def test_a_quotation_may_differ_from_the_call_in_layout_only(call):
    change(call, "oproep.md", "Er is in totaal **120.000 euro**. Een", "Er is in   totaal **120.000\neuro**. Een")
    assert found(call) == []


def test_without_the_text_of_the_call_quotations_are_not_held_against_it(call):
    (call / "oproep.md").unlink()
    assert found(call) == []


def test_faults_in_the_toml_itself_are_given_too(call):
    change(call, "regels.toml", 'severity = "info"', 'severity = "infos"')
    assert found(call) == [("regels.toml", "rule.POT-1.case[1].severity", "info")]


# ------------------------------------------------------------------------------- blank forms


@pytest.fixture
def with_blank(call):
    """The second call with its own blank forms, made from the definition."""
    folder = call / "blanco"
    folder.mkdir()
    loaded = load(call)
    form = loaded.forms["voorstel"]
    (folder / "voorstel.docx").write_bytes(write_docx(form, loaded))
    (folder / "voorstel.pdf").write_bytes(write_pdf(form, loaded))
    (folder / "voorstel-vervolgblad.pdf").write_bytes(write_continuation(form, loaded))
    return call


def test_a_blank_form_made_from_the_definition_fits_it(with_blank):
    assert found(with_blank) == []


@pytest.mark.parametrize("blank", ["blanco/voorstel.docx", "blanco/voorstel.pdf"])
def test_a_blank_form_that_lags_behind_its_definition_is_named(with_blank, blank):
    change(with_blank, "voorstel.toml", 'key = "mailadres"', 'key = "mailadressen"')
    change(with_blank, "voorstel.toml", 'version = "2022.1"', 'version = "2022.2"')
    keys = {(file, key) for file, key, _suggestion in found(with_blank)}
    assert {(blank, "mailadres"), (blank, "mailadressen"), (blank, "version")} <= keys


@pytest.mark.parametrize("blank", ["blanco/voorstel.docx", "blanco/voorstel.pdf"])
def test_a_choice_that_the_definition_no_longer_has_is_named(with_blank, blank):
    change(with_blank, "voorstel.toml", "koelte = ", "schaduw = ")
    assert (blank, "thema=koelte") in {(file, key) for file, key, _ in found(with_blank)}


def test_a_blank_form_that_cannot_be_read_is_named(with_blank):
    path = with_blank / "blanco" / "voorstel.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("leeg", "")
    assert "blanco/voorstel.docx" in {file for file, _key, _suggestion in found(with_blank)}


def test_a_continuation_sheet_with_another_version_than_its_definition_is_named(with_blank):
    change(with_blank, "voorstel.toml", 'version = "2022.1"', 'version = "2022.2"')
    assert ("blanco/voorstel-vervolgblad.pdf", "version") in {(file, key) for file, key, _ in found(with_blank)}


# ------------------------------------------------------------------- what papers are told


def test_lint_knows_what_papers_are_told_of_findings_and_clauses():
    import datetime as dt

    waived = Finding("A", "", Outcome.FAILS, Severity.INFO, waiver=Waiver("", "", dt.date(2022, 1, 1)))
    (shown,) = told([waived])
    assert set(shown.names) == set(FINDING.parts)
    clause = paper_module._clause(load(SECOND_CALL).clauses["terugbetaling"], {"stad": "Gent"})
    assert set(clause.names) == set(CLAUSE.parts)
