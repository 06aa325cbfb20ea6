"""The benchmark of printing keeps working: our side takes a turn, and the aims are held against what came out."""

import pytest

from tests.bench import pdf


@pytest.mark.requires_soffice
def test_our_side_prints_and_its_time_holds_libreoffice(tmp_path):
    assert pdf.write_papers(tmp_path / "papers", 3) == 3
    told = pdf.turn("ours", tmp_path, tmp_path / "peers", 3)
    assert told["printed"] == told["papers"] == 3
    assert told["cpu"] > told["own"] + 0.3  # the start of LibreOffice alone takes more


@pytest.mark.parametrize(("other", "holds"), [(1.0, True), (0.99, False)])
def test_an_aim_is_short_as_soon_as_it_is_missed(other, holds):
    each = {"printed": 450, "papers": 450, "seconds": 59.0}
    turns = {"ours": {**each, "cpu": 0.65 * 450}, "unoserver": {**each, "cpu": other * 450}}
    first, last = pdf.aims(turns)
    assert (first.holds, last.holds) == (holds, True)
