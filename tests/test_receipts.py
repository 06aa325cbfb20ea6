"""`ontvangst.csv` as people and spreadsheets write it: what it proves, and what is told when it does not."""

import datetime as dt

import pytest

from pipeline.inbox import look

HEAD = "bestand;ontvangen;kanaal;afzender"
MOMENT = "2021-07-05T10:12:44+02:00"
ROW = f"gent.docx;{MOMENT};e-mail;wijken@gent.example"


@pytest.fixture
def listed(tmp_path):
    """Write the list beside two files; give what it proves of the first, and its faults."""

    def write(content, name="ontvangst.csv"):
        for file in ("gent.docx", "Genk é.docx"):
            (tmp_path / file).write_bytes(file.encode())
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        box = look(tmp_path)
        moments = {one.path: box.receipt(one).received for one in box.submissions}
        assert set(moments) == {"gent.docx", "Genk é.docx"}
        return moments, box.faults

    return write


PROVEN = dt.datetime(2021, 7, 5, 8, 12, 44, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{ROW}\n",
        f"{HEAD}\r\n{ROW}",
        f"\ufeff{HEAD}\n{ROW}\n",
        f"{HEAD}\n{ROW}\n".encode("utf-16"),
        f"{HEAD}\n{ROW}\n".replace(";", ","),
        f"{HEAD}\n{ROW}\n".replace(";", "\t"),
        f"{HEAD};nota\n{ROW};te laat?\n",
        f"{HEAD}\n{ROW}\n{ROW}\n{ROW}\n",
        f'{HEAD}\n"gent.docx";"{MOMENT}";"e-mail";"a;b"\n',
        f"{HEAD}\nGENT.DOCX ; {MOMENT} ;;\n",
        f"{HEAD}\n./gent.docx;{MOMENT};;\n".replace("./", "\\"),
    ],
)
def test_a_row_proves_its_moment_however_a_spreadsheet_saved_it(content, listed):
    assert listed(content) == ({"gent.docx": PROVEN, "Genk é.docx": None}, ())


def test_a_name_with_an_accent_is_known_from_an_old_excel_too(listed):
    moments, faults = listed(f"{HEAD}\nGenk é.docx;{MOMENT};;\n".encode("cp1252"))
    assert (moments["Genk é.docx"], faults) == (PROVEN, ())


def test_the_list_is_known_in_capitals_too(listed):
    moments, faults = listed(f"{HEAD}\n{ROW}\n", "Ontvangst.CSV")
    assert (moments["gent.docx"], faults) == (PROVEN, ())


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "rij 1: de eerste rij moet"),
        (f"{ROW}\n", "rij 1: de eerste rij moet"),
        (b"\x00\x00\x00", "rij 1: de eerste rij moet"),
        (b"\xff\xfe\x00", "rij 1: de eerste rij moet"),
        (f'{HEAD}\n"{"x" * 200_000}', "rij 1: de eerste rij moet"),
        (f"{HEAD}\ngent.docx;2021-07-05T10:12:44;;\n", "rij 2: «2021-07-05T10:12:44» zegt niet in welke tijdzone"),
        (f"{HEAD}\ngent.docx;5/07/2021 10:12;;\n", "rij 2: «5/07/2021 10:12» is geen moment"),
        (f"{HEAD}\ngent.docx;;;\n", "rij 2: er staat geen moment"),
        (f"{HEAD}\ngent.docx\n", "rij 2: er staat geen moment"),
        (f"{HEAD}\ngent.docx;0001-01-01T00:00:00+14:00;;\n", "kijk het jaartal na"),
        (f"{HEAD}\ngent.docx;9999-12-31T23:59:59-12:00;;\n", "kijk het jaartal na"),
        (f"{HEAD}\n;{MOMENT};;\n", "rij 2: er staat geen bestand"),
        (f"{HEAD}\nweg.docx;{MOMENT};;\n", "rij 2: «weg.docx» ligt niet in de inbox"),
        (f"{HEAD}\n{ROW}\ngent.docx;2021-07-06T10:12:44+02:00;;\n", "rij 3: «gent.docx» staat er twee keer in"),
    ],
)
def test_what_proves_nothing_is_told_with_its_row(content, fault, listed):
    moments, faults = listed(content)
    assert set(moments.values()) == {None}
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_row_for_two_files_that_differ_in_capitals_only_proves_nothing(listed, tmp_path):
    (tmp_path / "GENT.docx").write_bytes(b"ander")
    (tmp_path / "ontvangst.csv").write_text(f"{HEAD}\n{ROW}\n")
    (tmp_path / "gent.docx").write_bytes(b"een")
    box = look(tmp_path)
    assert [box.receipt(one).received for one in box.submissions] == [None, None]
    assert "past op meer dan één bestand" in box.faults[0]


def test_two_lists_beside_each_other_prove_nothing(listed, tmp_path):
    (tmp_path / "ONTVANGST.csv").write_text(f"{HEAD}\n{ROW}\n")
    moments, faults = listed(f"{HEAD}\n{ROW}\n")
    assert moments["gent.docx"] is None
    assert "«ONTVANGST.csv», «ontvangst.csv»" in faults[0]
