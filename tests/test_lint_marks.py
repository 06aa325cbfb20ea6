"""Templates of papers that are issued: every party has its mark, where a signature can come, and nothing is left open.

Codes and places stand here as they were written by hand, before the checks.
"""

import pytest

from pipeline.library import load
from pipeline.library.call import SignatoryDefinition
from pipeline.lint import hold_work
from pipeline.lint.scope import of_forms, of_paper
from pipeline.lint.templates import examine
from tests.call_copies import SECOND_CALL, copy_call, templates
from tests.template_files import note, part, rows, template
from tests.word_files import p

BODY = "word/document.xml"
PARTIES = (
    SignatoryDefinition("stad", "{{ stad }}", "begunstigde"),
    SignatoryDefinition("meter", "{{ signer.wie }}", "meter", each="metingen"),
)
STAD = p("{{ handtekening.stad }}")
LAST = p("{%p endfor %}")
METERS = p("{%p for m in metingen %}") + p("{{ handtekening.meter[m.number] }}") + LAST


@pytest.fixture(scope="module")
def scope():
    return of_paper(of_forms(load(SECOND_CALL))["voorstel"], PARTIES)


def seen(data, scope):
    return [(f.code, f.part, f.place, f.suggestion) for f in examine(data, scope, "nl_BE", PARTIES)]


FAULTS = {
    "no mark of one party": (template(METERS), ("SJB-16", BODY, "", "")),
    "no mark of a party with rows": (template(STAD), ("SJB-16", BODY, "", "")),
    "the same mark twice": (template(STAD + METERS + STAD), ("SJB-16", BODY, "alinea 5", "")),
    "the same row twice in a loop": (
        template(
            STAD + METERS.replace(p("{%p endfor %}"), p("{{ handtekening.meter[m.number] }}") + p("{%p endfor %}"))
        ),
        ("SJB-16", BODY, "alinea 4", ""),
    ),
    "the mark of one person in a loop": (
        template(METERS.replace(LAST, STAD + LAST)),
        ("SJB-16", BODY, "alinea 3", "{{ handtekening.stad }}"),
    ),
    "a mark without its row": (
        template(STAD + p("{{ handtekening.meter }}")),
        ("SJB-16", BODY, "alinea 2", "{{ handtekening.meter[rij.number] }}"),
    ),
    "a row for one person": (
        template(p("{{ handtekening.stad[1] }}") + METERS),
        ("SJB-16", BODY, "alinea 1", "{{ handtekening.stad }}"),
    ),
    "words beside a mark": (
        template(p("Getekend: {{ handtekening.stad }}") + METERS),
        ("SJB-16", BODY, "alinea 1", ""),
    ),
    "words beside a mark in a cell": (
        template(rows(["Wie"], ["{{ handtekening.stad }} (burgemeester)"]) + METERS),
        ("SJB-16", BODY, "tabel 1, rij 2, cel 1", ""),
    ),
    "a mark in a footer": (
        template(STAD + METERS, footer1=part("ftr", STAD)),
        ("SJB-16", "word/footer1.xml", "alinea 1", ""),
    ),
    "a mark in a footnote": (
        template(STAD + METERS, footnotes=note("footnote", STAD)),
        ("SJB-16", "word/footnotes.xml", "alinea 1", ""),
    ),
    "a placeholder in brackets": (template(p("Te Gent op [datum].") + STAD + METERS), ("SJB-17", BODY, "alinea 1", "")),
    "a line to write on": (template(p("Datum: ________") + STAD + METERS), ("SJB-17", BODY, "alinea 1", "")),
    "dots to write on in a cell": (
        template(rows(["Datum"], ["................"]) + STAD + METERS),
        ("SJB-17", BODY, "tabel 1, rij 2, cel 1", ""),
    ),
    "a date to fill in": (template(p("Gent, xx/xx/20xx") + STAD + METERS), ("SJB-17", BODY, "alinea 1", "")),
}
SOUND = {
    "a mark for each party": STAD + METERS,
    "marks in cells": rows(["Wie"], ["{{ handtekening.stad }}"]) + METERS,
    "a mark in either branch": (
        p("{%p if buurt %}") + STAD + p("{%p else %}") + p("Zonder buurt.") + STAD + p("{%p endif %}") + METERS
    ),
    "a loop over everybody": p("{%p for who in signatories %}") + p("{{ who.label }}") + p("{%p endfor %}"),
    "two rows beside each other": STAD
    + rows(
        ["Een", "Twee"],
        ["{%tr for m in metingen|pairs %}", ""],
        ["{{ handtekening.meter[m[0].number] }}", "{{ handtekening.meter[m[1].number] }}"],
        ["{%tr endfor %}", ""],
    ),
    "tags where a blank could seem to be": p("Te {{ stad }}, op {{ paper_date }}. Zie [1]…") + STAD + METERS,
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_seeded_fault_is_found_at_its_place(name, scope):
    data, expected = FAULTS[name]
    assert expected in seen(data, scope)
    assert {found[0] for found in seen(data, scope)} <= {expected[0], "SJB-16"}


def test_a_mark_of_nobody_is_told_with_who_was_probably_meant(scope):
    found = seen(template(p("{{ handtekening.stat }}") + METERS), scope)
    assert ("SJB-01", BODY, "alinea 1", "stad") in found
    assert ("SJB-16", BODY, "", "") in found


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_template_gives_no_fault(name, scope):
    assert seen(template(SOUND[name]), scope) == []


def test_a_template_without_a_mark_stops_the_run_before_the_first_paper(tmp_path):
    folder = copy_call(tmp_path)
    (templates(folder) / "toekenning.docx").write_bytes(template(p("{{ stad }}")))
    faults = [fault for fault in hold_work(load(folder)) if fault.code == "SJB-16"]
    assert [fault.file for fault in faults] == ["toekenning.docx", "toekenning.docx"]
    assert "{{ handtekening.diensthoofd }}" in faults[0].message


def test_papers_that_are_not_issued_need_no_marks(tmp_path):
    folder = copy_call(tmp_path)
    (templates(folder) / "antwoordbrief.docx").write_bytes(template(p("{{ stad }}, datum: ________")))
    assert hold_work(load(folder)) == []
