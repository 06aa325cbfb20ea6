"""The verb `read`: the neutral document of any Word file, OpenDocument text or PDF, or what is in a mail or zip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.frame import json_option, note, print_json, read_bytes, say, verb
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.document import Block, Document


@verb(
    short_help=_("Toont wat een Word-document, odt-bestand of pdf zegt."),
    help=_(
        "Toont wat een Word-document (.docx, .doc, .rtf), odt-bestand of pdf zegt: koppen, tekst, tabellen, velden, "
        "elk met zijn plaats. Van een mail of zip toont het wat erin zit."
    ),
)
@click.argument("file", metavar=_("BESTAND"), type=click.Path(path_type=Path))
@json_option()
def read(file: Path, as_json: bool) -> None:
    """Read one file."""
    from pipeline import readers
    from pipeline.readers.bundles import unpack

    data = read_bytes(file)
    unpacked = unpack(data, file.name)
    if unpacked is not None:
        from pipeline.commands.bundled import show

        show(unpacked, as_json=as_json)
        return
    document = readers.read(data, file.name)
    if as_json:
        print_json(encode(document))
        return
    for line in lines(document.blocks, ""):
        say(line)
    for told in document.notes:
        note(told)
    for omitted in document.omitted:
        note(_("niet gelezen: {what}").format(what=omitted))


def lines(blocks: tuple[Block, ...], margin: str) -> Iterator[str]:
    """Give what a document says, line by line."""
    from pipeline.document import Paragraph

    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text:
                mark = "#" * block.level + " " if block.level else ""
                yield f"{margin}{mark}{block.text}"
        else:
            for row in block.rows:
                cells = [" / ".join(lines(cell.blocks, "")) for cell in row]
                yield f"{margin}| {' | '.join(cells)} |"
            yield ""


def encode(document: Document) -> dict[str, Any]:
    """Give a document as JSON."""
    from pipeline.archive import encode_location

    return {
        "file": document.source.name,
        "sha256": document.source.sha256,
        "media_type": document.source.media_type,
        "title": document.title,
        "pages": document.pages,
        "blocks": [_encode_block(block) for block in document.blocks],
        "controls": [
            {
                "tag": control.tag,
                "title": control.title,
                "kind": control.kind,
                "text": control.text,
                "checked": control.checked,
                "placeholder": control.placeholder,
                "group": control.group,
                "item": control.item,
                "location": encode_location(control.location),
            }
            for control in document.controls
        ],
        "omitted": list(document.omitted),
        "notes": list(document.notes),
    }


def _encode_block(block: Block) -> dict[str, Any]:
    from pipeline.archive import encode_location
    from pipeline.document import Paragraph

    if isinstance(block, Paragraph):
        said = {
            "text": block.text,
            "level": block.level,
            "placeholder": block.placeholder,
            "deleted": block.deleted,
            "hidden": block.hidden,
            "uncertain": block.uncertain,
            "unread": block.unread,
        }
        kept = {name: value for name, value in said.items() if value or name == "text"}
        return {"kind": "paragraph", **kept, "location": encode_location(block.location)}
    return {
        "kind": "table",
        "location": encode_location(block.location),
        "rows": [
            [
                {
                    "columns": cell.columns,
                    "rows": cell.rows,
                    "header": cell.header,
                    "blocks": [_encode_block(inner) for inner in cell.blocks],
                }
                for cell in row
            ]
            for row in block.rows
        ],
    }
