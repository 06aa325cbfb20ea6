"""A damaged fillable PDF never hides that an answer is lost: it is refused, or what may be lost is doubtful."""

from __future__ import annotations

import re

import pytest

from pipeline.dossier import Extraction, State
from pipeline.errors import Unreadable
from pipeline.extract import extract
from pipeline.readers import read
from tests.test_read_fillable import CALL, FILLERS, answers_for, blank

FORM = CALL.forms["vergadering"]
ANSWERS = answers_for("vergadering", 302)
REMARK = "Het bestand is beschadigd"


def filled(filler: str) -> bytes:
    return FILLERS[filler](blank("vergadering"), FORM, ANSWERS)


def extracted(data: bytes) -> Extraction:
    return extract(read(data, "f.pdf", answers_only=True), FORM, CALL)


def entry_of(data: bytes, name: bytes) -> int:
    """Give where the table of a file says where the field with this name stands."""
    number = int(re.findall(rb"(\d+) 0 obj", data[: data.index(b"/T (%b)" % name)])[-1])
    table = data.index(b"\nxref\n0 ") + 1
    return data.index(b"\n", table + 5) + 1 + 20 * number


def is_told(extraction: Extraction) -> bool:
    return any(note.startswith(REMARK) for note in extraction.notes)


def without_object(data: bytes, name: bytes) -> bytes:
    """Let the table say that the object of a field is not in use."""
    at = entry_of(data, name) + 17
    assert data[at : at + 1] == b"n"
    return data[:at] + b"f" + data[at + 1 :]


def test_nothing_is_doubtful_or_told_of_a_sound_file_however_it_was_filled_in():
    for filler in FILLERS:
        extraction = extracted(filled(filler))
        assert not is_told(extraction), filler
        assert State.DOUBTFUL not in {answer.state for answer in extraction.answers.values()}, filler


def test_an_answer_whose_field_is_not_in_the_file_any_more_is_not_empty_but_doubtful():
    data = filled("pypdf")
    assert extracted(data).answers["verslaggever"].state is State.GIVEN
    extraction = extracted(without_object(data, b"verslaggever"))
    assert is_told(extraction)
    assert extraction.answers["verslaggever"].state is State.DOUBTFUL


def test_the_rows_of_a_table_are_doubtful_in_a_damaged_file_for_some_may_lack():
    extraction = extracted(without_object(filled("pypdf"), b"verslaggever"))
    table = extraction.answers["agendapunten"]
    assert (table.state, bool(table.rows)) == (State.DOUBTFUL, True)


def test_what_still_stands_in_a_file_whose_table_had_to_be_rebuilt_is_read():
    data = filled("pdfium")
    sound, mended = extracted(data), extracted(data.replace(b"startxref", b"startxrff"))
    assert is_told(mended)
    for name, answer in sound.answers.items():
        if answer.state is State.GIVEN and not answer.rows:
            assert (mended.answers[name].state, mended.answers[name].value) == (State.GIVEN, answer.value), name


def test_a_file_that_breaks_off_in_what_was_added_to_it_last_is_told_or_refused():
    data = filled("pypdf, added to the end")
    end = data.index(b"%%EOF") + 5
    for behind in (12, 500, 1_900):
        assert is_told(extracted(data[: end + behind]))
    with pytest.raises(Unreadable):
        extracted(data[: end + 5_000])


@pytest.mark.parametrize(
    ("row", "instead"),
    [(b" 00000 n", b" 0000 0n"), (b" 00000 n", b" 00000 m"), (b"00 65535 f", b"0 065535 f"), (b"/Size ", b"/Size 9")],
)
def test_a_table_that_is_wrong_where_nothing_was_asked_is_told_too(row, instead):
    data = filled("pypdf")
    table = data.rindex(b"\nxref\n")
    assert not is_told(extracted(data))
    assert is_told(extracted(data[:table] + data[table:].replace(row, instead, 1)))


@pytest.mark.parametrize("root", [b"/Root 9999 0 R", b"/Root 3 1 R", b"/Rook 1 0 R"])
def test_a_file_that_says_wrongly_where_it_begins_is_mended_or_refused(root):
    data = filled("pypdf")
    at = data.rindex(b"trailer")
    made = data[:at] + re.sub(rb"/Root \d+ 0 R", root, data[at:])
    assert made != data
    try:
        extraction = extracted(made)
    except Unreadable:
        return
    assert is_told(extraction)
