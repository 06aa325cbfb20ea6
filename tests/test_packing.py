"""Word files with members that never change: what another reader of zips sees in them."""

import io
import zipfile

import pytest

from pipeline.ooxml.packing import Packing


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def test_a_packed_file_holds_every_member_in_order_as_zipfile_reads_it():
    members = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"old", "word/media/één.png": b"\x89PNG" * 500}
    made = Packing(members, {"word/document.xml"}).write({"word/document.xml": "€ 800.000".encode() * 1000})
    with opened(made) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(members)
        assert archive.read("word/document.xml") == "€ 800.000".encode() * 1000
        assert archive.read("word/media/één.png") == b"\x89PNG" * 500
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o644}


def test_the_same_members_give_the_same_bytes_and_one_file_leaves_nothing_in_the_next():
    packing = Packing({"a": b"1" * 99, "b": b""}, {"b"})
    first, second = packing.write({"b": b"x" * 5000}), packing.write({"b": b"y"})
    assert packing.write({"b": b"x" * 5000}) == first
    with opened(second) as archive:
        assert archive.read("b") == b"y"


def test_a_member_that_changes_must_be_given():
    with pytest.raises(KeyError):
        Packing({"a": b"", "b": b""}, {"b"}).write({})
