"""A print made into the paper that goes out: its data, its fields, past the gate; and what tells where it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline import archive, office, pdf, signing, write
from pipeline.dossier import Answer, Dossier, Issued, State
from pipeline.language import _
from pipeline.library import Call
from pipeline.register import Entry
from pipeline.renderers import Paper
from pipeline.run.desk import Desk
from pipeline.stated import PaperStated, Subject, carry, disagreements, encode, origin
from pipeline.written import DOSSIER, read_dossier


@dataclass(frozen=True, slots=True)
class About:
    """The dossier of which a paper is."""

    call: Call
    number: str
    """Of the dossier, which must stand in the paper."""
    dossier: Dossier
    main: Dossier | None
    """The dossier that it joined, if any."""

    @property
    def typed(self) -> tuple[str, ...]:
        """What was answered in the dossier, and in the one that it joined."""
        dossiers = [self.dossier, *([self.main] if self.main else [])]
        return tuple(text for dossier in dossiers for answer in dossier.answers.values() for text in _texts(answer))


def about(desk: Desk, entry: Entry) -> About:
    """Read the dossier of an entry, and the one that it joined."""
    owner = next((other for other in desk.register.entries() if other.key == entry.owner), None)
    main = read_dossier(desk.call, desk.folder(owner) / DOSSIER) if owner else None
    return About(desk.call, entry.number, read_dossier(desk.call, desk.folder(entry) / DOSSIER), main)


def seal(plain: bytes, paper: Paper, issued: Issued, known: About) -> signing.Prepared:
    """Make of a print the paper that goes out.

    No blank stands on any page; it carries the data that it states, has a field for each signatory, passes the gate,
    and its pages agree with its data. The steps are functions of bytes, in this order; nothing else changes the paper.
    """
    pages = signing.pieces(plain)
    left = signing.blanks(pages, known.call.blanks, known.typed)  # in an answer, signs of a template are no blank
    if left:
        said = _("Er is nog iets in te vullen, op {place}.")
        return signing.Prepared(b"", tuple(said.format(place=blank) for blank in left))
    subject = Subject(paper.key, paper.title, paper.row, paper.stated)
    files = carry(known.call, known.dossier, known.main, subject, plain)
    prepared = signing.add_fields(pdf.attach(plain, files, issued.dated or issued.on), paper.signatories)
    if prepared.faults:
        return prepared
    content = pdf.normalise(prepared.content)
    faults = (
        *pdf.faults(
            content,
            archive=pdf.Archive.CONTRACT,
            marker=known.number,
            pages=len(pages),
            accessible=not prepared.remarks,
        ),
        *(each.message for each in disagreements(content, known.call.forms[known.dossier.form])),
    )
    if not faults:
        declared = office.validate({"": content}, archive=pdf.Archive.CONTRACT, accessible=not prepared.remarks)
        faults = tuple(declared.values())
    return signing.Prepared(b"", faults) if faults else replace(prepared, content=content)


def read_where(paper: Paper, issued: Issued, known: About) -> bytes:
    """Give what tells later where each value of an issued paper was read, whatever becomes of its dossier."""
    listed = PaperStated(issued.docx, issued.paper, write.sha256(paper.content), paper.stated)
    targets = sorted({target for each in paper.stated for target in each.of})
    return archive.dump(
        {
            "schema_version": archive.SCHEMA_VERSION,
            "number": known.number,
            **encode([listed]),
            "origins": {
                target: archive.encode_origin(origin(known.call, known.dossier, known.main, target))
                for target in targets
            },
        }
    )


def _texts(answer: Answer) -> list[str]:
    cells = [text for row in answer.rows for cell in row.cells.values() for text in _texts(cell)]
    return [answer.text, *cells] if answer.state is State.GIVEN else cells
