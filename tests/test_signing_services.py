"""A party signs in a field that its own service adds, after another signed in ours: that changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from PIL import Image
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, pdf_string
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)
from pyhanko.stamp import StaticStampStyle, TextStampStyle

from pipeline.dossier import Act, ActKind
from pipeline.dossier.signing import target_of
from pipeline.signing import Origin, Question, copy_of, examine, read_roots, tell
from tests.signed_papers import (
    PLACES,
    annotated,
    edited,
    held,
    lay_square,
    paper,
    resaved,
    revised,
    sign,
    stamp_whole,
    tagged_field,
    with_revocation,
    write_line,
)
from tests.signing_keys import SIGNED, authority, person

FIRST, SECOND = PLACES[0].field, PLACES[1].field
OWN = (2, (350, 400, 520, 460))
"""Page from 0 and box of a field of a service, in the white beside ours."""
LATER = SIGNED + dt.timedelta(days=3)


@pytest.fixture(scope="module")
def issued():
    return paper(locking=True)


@pytest.fixture(scope="module")
def roots():
    return read_roots({"proefwortel.pem": authority("Proefwortel").pem})


@pytest.fixture(scope="module")
def tagged():
    return paper(locking=True, tagged=True)


@pytest.fixture(scope="module")
def plain():
    """As one is issued, but its fields lock nothing: a signature may then forbid more."""
    return paper()


@pytest.fixture(scope="module")
def closed(plain):
    return sign(plain.content, person("An Peeters"), FIRST, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)


@pytest.fixture(scope="module")
def half(issued):
    return sign(issued.content, person("An Peeters"), FIRST)


def by_service(data, name="Signature1", *, own_field=OWN, **how):
    return sign(data, person("Bo Maes"), name, on=LATER, own_field=own_field, **how)


def state(verdict):
    return [(one.field, one.whole, one.alone, one.forbidden) for one in verdict.signatures]


def told(verdict):
    return [f"{change.page}: {change.what}" for change in verdict.changes]


def picture():
    return StaticStampStyle(background=PdfImage(Image.new("L", (60, 20), 90)))


WAYS = {
    "same page": {},
    "other page": {"own_field": (0, (350, 300, 520, 360))},
    "invisible": {"own_field": (2, (0, 0, 0, 0))},
    "picture": {"look": picture()},
    "words": {"look": TextStampStyle(stamp_text="Digitaal ondertekend door\nBo Maes\n2022-01-23", background=None)},
    "named as the other party": {"name": "handtekening_minister_2"},
    "named as a person": {"name": "Bo Maes, minister"},
    "acrobat's name": {"name": "Signature 3f2a"},
    "not PAdES": {"subfilter": SigSeedSubFilter.ADOBE_PKCS7_DETACHED},
}


class TestAllowed:
    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_both_signatures_hold_and_the_one_of_the_service_waits_for_a_person(self, half, issued, roots, way):
        verdict = examine(by_service(half, **way), [issued], roots)
        name = way.get("name", "Signature1")
        assert verdict.origin is Origin.ISSUED
        assert told(verdict) == []
        assert state(verdict) == [(FIRST, True, True, ()), (name, True, True, ())]
        assert held(verdict) == {FIRST}
        assert [one.field for one in verdict.strange] == [name]
        assert verdict.empty == PLACES[1:]
        assert not verdict.holds

    def test_it_counts_once_a_person_assigned_it(self, half, issued, roots):
        verdict = examine(by_service(half), [issued], roots)
        target = target_of(copy_of(verdict, b"", SIGNED.date()), "Signature1")
        act = Act(ActKind.ASSIGN, target, SECOND, SIGNED.date(), why="itsme", by="N. Dossier")
        assert held(verdict, act) == {FIRST, SECOND}

    def test_field_prepared_in_one_revision_and_signed_in_the_next(self, half, issued, roots):
        prepared = revised(half, lambda writer: append_signature_field(writer, SigFieldSpec("S", *OWN)))
        verdict = examine(sign(prepared, person("Bo Maes"), "S", on=LATER), [issued], roots)
        assert (told(verdict), state(verdict)[0]) == ([], (FIRST, True, True, ()))

    def test_service_that_makes_its_signature_last(self, half, issued, roots):
        lasting = stamp_whole(with_revocation(by_service(half)), person("Proeftijd", stamping=True), LATER)
        verdict = examine(lasting, [issued], roots)
        assert (told(verdict), [one.alone for one in verdict.signatures]) == ([], [True, True, True])

    def test_party_signs_in_ours_after_the_service(self, half, issued, roots):
        both = sign(by_service(half, "S"), person("Cas Stroobants"), SECOND, on=LATER)
        assert [one[1:] for one in state(examine(both, [issued], roots))] == [(True, True, ())] * 3

    def test_two_services_after_each_other(self, issued, roots):
        first = sign(issued.content, person("An Peeters"), "A", own_field=(2, (350, 300, 520, 360)))
        verdict = examine(by_service(first), [issued], roots)
        assert (told(verdict), [one[1:] for one in state(verdict)]) == ([], [(True, True, ())] * 2)

    def test_one_that_certifies_the_paper_and_allows_signing_allows_it_in_a_new_field(self, plain, roots):
        first = sign(plain.content, person("An Peeters"), FIRST, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
        verdict = examine(by_service(first), [plain], roots)
        assert (told(verdict), [one[1:] for one in state(verdict)]) == ([], [(True, True, ())] * 2)


def say_otherwise(writer):
    words = writer.root["/StructTreeRoot"]["/K"]["/K"][0]
    words["/ActualText"] = pdf_string("Geen afsprakenkader")
    writer.update_container(words)


def add_element(writer):
    whole = writer.root["/StructTreeRoot"]["/K"]
    spoken = DictionaryObject({NameObject("/S"): NameObject("/P"), NameObject("/ActualText"): pdf_string("Niets")})
    spoken[NameObject("/P")] = whole["/K"][0].raw_get("/P")
    whole["/K"].append(writer.add_object(spoken))
    writer.update_container(whole)


def take_out(writer):
    whole = writer.root["/StructTreeRoot"]["/K"]
    whole["/K"] = ArrayObject(list(whole["/K"])[1:])
    writer.update_container(whole)


def lead_elsewhere(writer):
    parents = writer.root["/StructTreeRoot"]["/ParentTree"]
    numbers = list(parents["/Nums"])
    parents["/Nums"] = ArrayObject([numbers[0], numbers[-1], *numbers[2:]])
    writer.update_container(parents)


class TestTagged:
    """A program that keeps a PDF accessible gives its field a place in the structure; nothing else there may change."""

    @pytest.fixture
    def signed(self, tagged):
        return sign(tagged.content, person("An Peeters"), FIRST)

    def service(self, data, change=None, **more):
        def also(writer):
            tagged_field(writer, "Signature1", *OWN, **more)
            if change:
                change(writer)

        return sign(data, person("Bo Maes"), "Signature1", on=LATER, also=also)

    def test_field_with_its_place_in_the_structure(self, tagged, signed, roots):
        verdict = examine(self.service(signed), [tagged], roots)
        assert (told(verdict), state(verdict)) == ([], [(FIRST, True, True, ()), ("Signature1", True, True, ())])

    def test_so_it_is_when_the_service_signs_first(self, tagged, roots):
        both = sign(self.service(tagged.content), person("An Peeters"), FIRST)
        verdict = examine(both, [tagged], roots)
        assert (told(verdict), [one[1:] for one in state(verdict)]) == ([], [(True, True, ())] * 2)

    @pytest.mark.parametrize(
        "harm",
        [
            {"Alt": "NIET voor akkoord"},
            {"ActualText": "NIET voor akkoord"},
            {"change": say_otherwise},
            {"change": add_element},
            {"change": take_out},
            {"change": lead_elsewhere},
        ],
        ids=["alt", "actual text", "words of another", "another element", "element gone", "parent of another"],
    )
    def test_what_is_read_aloud_is_what_it_was(self, tagged, signed, roots, harm):
        verdict = examine(self.service(signed, **harm), [tagged], roots)
        assert verdict.changes
        assert not verdict.signatures[0].alone


class TestForbidden:
    """What came was only a signature; the first one says that nothing may come."""

    def test_first_signature_that_allows_nothing_after_it(self, closed, plain, roots):
        verdict = examine(by_service(closed), [plain], roots)
        assert told(verdict) == []
        assert state(verdict) == [(FIRST, True, False, ("Signature1",)), ("Signature1", True, True, ())]
        assert held(verdict) == set()
        (answer,) = [one for one in tell(verdict, roots) if one.question is Question.SIGNATURES]
        assert (
            "gaaf, maar ze verbood wie dan ook om daarna nog te tekenen, en dat gebeurde toch in «Signature1»"
            in (answer.lines[0])
        )

    def test_so_it_is_in_a_field_of_ours(self, closed, plain, roots):
        verdict = examine(sign(closed, person("Bo Maes"), SECOND), [plain], roots)
        assert state(verdict)[0] == (FIRST, True, False, (SECOND,))

    def test_first_signature_that_locks_every_field(self, plain, roots):
        slot = SigFieldSpec("Slot", 2, (350, 300, 520, 360), field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL))
        with_slot = revised(plain.content, lambda writer: append_signature_field(writer, slot))
        first = sign(with_slot, person("An Peeters"), "Slot")
        verdict = examine(by_service(first), [plain], roots)
        assert (told(verdict), state(verdict)[0]) == ([], ("Slot", True, False, ("Signature1",)))

    def test_what_else_came_is_a_change_and_nothing_that_was_only_forbidden(self, closed, plain, roots):
        verdict = examine(edited(by_service(closed), 0, "Meer"), [plain], roots)
        assert told(verdict) == ["1: «Meer» is erbij gekomen"]
        assert state(verdict) == [(FIRST, True, False, ()), ("Signature1", True, False, ())]


def add_page(writer):
    nothing = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=nothing, media_box=(0, 0, 595, 842)))


def our_field(writer, name):
    return next(one.get_object() for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == name)


def retitle(writer):
    field = our_field(writer, SECOND)
    field["/TU"] = pdf_string("Handtekening voor ontvangst")
    writer.update_container(field)


def move(writer):
    field = our_field(writer, SECOND)
    field["/Rect"] = ArrayObject(map(NumberObject, (72, 700, 320, 760)))
    writer.update_container(field)


def unlock(writer):
    field = our_field(writer, SECOND)
    del field["/Lock"]
    writer.update_container(field)


def add_text_field(writer):
    field = writer.add_object(
        DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): pdf_string("bedrag"),
                NameObject("/V"): pdf_string("900.000"),
            }
        )
    )
    writer.root["/AcroForm"]["/Fields"].append(field)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


CHANGES = {
    "page": (add_page, "deze bladzijde is erbij gekomen"),
    "text": (lambda writer: write_line(writer, 0, "Meer"), "1: «Meer» is erbij gekomen"),
    "text on its own page": (lambda writer: write_line(writer, 2, "Meer"), "3: «Meer» is erbij gekomen"),
    "annotation": (lambda writer: lay_square(writer, 0, (70, 700, 400, 720)), "1: de woorden zijn dezelfde"),
    "annotation on its own page": (lambda writer: lay_square(writer, 2, (70, 700, 400, 800)), "3: de woorden zijn"),
    "label of our field": (retitle, "niet te zien"),
    "place of our field": (move, "niet te zien"),
    "lock of our field": (unlock, "niet te zien"),
    "another field": (add_text_field, "niet te zien"),
}


class TestChanged:
    @pytest.mark.parametrize(("change", "says"), CHANGES.values(), ids=CHANGES)
    def test_change_in_the_revision_in_which_the_service_signs(self, half, issued, roots, change, says):
        verdict = examine(by_service(half, also=change), [issued], roots)
        assert says in "\n".join(told(verdict))
        assert state(verdict) == [(FIRST, True, False, ()), ("Signature1", True, True, ())]
        assert held(verdict) == set()

    def test_change_after_the_service_signed(self, half, issued, roots):
        verdict = examine(annotated(by_service(half), 0, (70, 700, 400, 720)), [issued], roots)
        assert [one.alone for one in verdict.signatures] == [False, False]
        assert held(verdict) == set()

    def test_field_of_the_service_that_covers_words(self, half, issued, roots):
        look = StaticStampStyle(background=PdfImage(Image.new("L", (60, 20), 255)), background_opacity=1)
        verdict = examine(by_service(half, own_field=(0, (60, 700, 400, 780)), look=look), [issued], roots)
        assert told(verdict) == ["1: over wat er stond, ligt iets anders"]
        assert held(verdict) == set()

    def test_field_with_the_name_of_ours(self, half, issued, roots):
        """Two fields of one name: which of them is ours, no program can tell."""

        def twin(writer):
            append_signature_field(writer, SigFieldSpec("tijdelijk", on_page=2, box=(350, 300, 520, 360)))
            field = our_field(writer, "tijdelijk")
            field["/T"] = pdf_string(SECOND)

        verdict = examine(by_service(half, also=twin), [issued], roots)
        assert verdict.changes or verdict.reason
        assert held(verdict) == set()

    def test_saved_anew_by_the_service_breaks_the_first_signature(self, half, issued, roots):
        verdict = examine(by_service(resaved(half)), [issued], roots)
        assert verdict.origin is Origin.RESAVED
        assert held(verdict) == set()
