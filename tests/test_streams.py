"""What a library writes on stderr goes elsewhere for a while."""

from __future__ import annotations

import contextlib
import os

from pipeline.streams import no_stderr, stderr_to


def test_what_is_written_meanwhile_goes_there_and_the_rest_to_stderr(capfd, tmp_path):
    with (tmp_path / "said").open("wb") as file:
        os.write(2, b"before\n")
        with stderr_to(file.fileno()):
            os.write(2, b"meanwhile\n")
        os.write(2, b"after\n")
    assert (tmp_path / "said").read_bytes() == b"meanwhile\n"
    assert capfd.readouterr().err == "before\nafter\n"


def test_stderr_is_back_after_an_error_too(capfd):
    with contextlib.suppress(ValueError), no_stderr():
        os.write(2, b"meanwhile\n")
        raise ValueError("wrong")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"
