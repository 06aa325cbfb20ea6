"""Every print is what its marks say, as a checker sees it that knows nothing of us (page, MIT)."""

from __future__ import annotations

import pikepdf
import pytest
from page import ValidationProfile, validate_pdf

from pipeline import commands
from pipeline.pdf.decoration import mark_decoration

MISTAKEN = "STREAM-LENGTH-001"
"""The checker takes a stream that ends in a carriage return, before the line end, for one byte too long."""


def broken_rules(path, *profiles: ValidationProfile) -> list[tuple[str, str]]:
    """Give the rules of PDF/A or PDF/UA that a file breaks, with what is wrong."""
    return [
        (each.rule_id, each.message)
        for profile in profiles
        for each in validate_pdf(path, profile=profile).failures
        if not each.rule_id.endswith(MISTAKEN)
    ]


@pytest.mark.requires_soffice
@pytest.mark.parametrize("document", ["volledigheidsbrief", "gemeenteraadsbesluit", "afsprakenkader"])
def test_a_draft_is_an_archive_and_can_be_read_aloud(document, tmp_path):
    assert commands.run(["render", "--preview", document, "--to", str(tmp_path), "--format", "pdf"]) == 0
    prints = sorted(tmp_path.glob("*.pdf"))
    assert len(prints) == 3
    for path in prints:
        assert broken_rules(path, ValidationProfile.PDF_A_2B, ValidationProfile.PDF_UA_1) == [], path.name


def page_of(content: bytes) -> pikepdf.Pdf:
    made = pikepdf.new()
    made.add_blank_page()
    made.pages[0].Contents = made.make_stream(content)
    return made


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"q 1 w\n0 0 m\n9 0 l S\nQ\n", b"q 1 w\n/Artifact BMC\n0 0 m\n9 0 l S\nEMC\nQ\n"),
        (
            b"0 0 9 9 re f*\n5 5 m 1 1 2 2 3 3 c h b\n",
            b"/Artifact BMC\n0 0 9 9 re f*\nEMC\n/Artifact BMC\n5 5 m 1 1 2 2 3 3 c h b\nEMC\n",
        ),
        (b"/P <</MCID 0>>BDC\n0 0 m\n9 0 l S\nEMC\n", None),
        (b"/Artifact BMC\n/Span <</Lang (nl)>> BDC\nEMC\n0 0 9 9 re f\nEMC\n", None),
        (b"q 0 0 9 9 re\nW* n\nQ\n", None),
        (b"/P <</MCID 0>>BDC\nBT (0 0 9 9 re f EMC \\) ) Tj ET\n0 0 9 9 re f\nEMC\n", None),
        (b"BT 1 0 0 1 5 5 Tm <0S>Tj ET\n", None),
        (b"EMC\n0 0 9 9 re f\n", None),
    ],
    ids=["line", "two shapes", "tagged", "within an artifact", "clip", "words of a text", "no path", "marks unpaired"],
)
def test_only_what_is_drawn_outside_the_tags_becomes_decoration(content, expected):
    made = page_of(content)
    mark_decoration(made)
    assert made.pages[0].Contents.read_bytes() == (content if expected is None else expected)


def test_a_page_in_pieces_and_one_without_content_are_no_fault():
    made = page_of(b"q 1 w\n")
    made.pages[0].Contents = pikepdf.Array([made.make_stream(b"q 1 w\n"), made.make_stream(b"0 0 9 9 re f\nQ\n")])
    made.add_blank_page()
    del made.pages[1].obj["/Contents"]
    mark_decoration(made)
    assert b"/Artifact BMC\n0 0 9 9 re f\nEMC" in made.pages[0].Contents.read_bytes()
    assert "/Contents" not in made.pages[1]
