"""Papers as PDF, many at a time; what has one already is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline import office, write
from pipeline.language import _
from pipeline.register import Entry, MadeFile
from pipeline.run.desk import Desk, Trouble
from pipeline.supplement import is_form

_AT_ONCE = 50
"""Papers after which what was made is installed and recorded."""
_SEVERAL = 3
"""Papers that all fail are no longer each at fault."""
_WORD = ".docx"


def print_papers(desk: Desk, trouble: Trouble) -> None:
    """Make the PDF of every paper that has none."""
    if not desk.settings.pdf:
        return
    made = desk.register.made()
    entries = {entry.key: entry for entry in desk.register.entries()}
    tasks = [
        (entry, file, known)
        for key, entry in entries.items()
        for file, known in _without(desk, entry, made.get(key, {}))
    ]
    if not tasks:
        return
    with office.pool() as instances:
        if instances is None:
            trouble.remarks.append(office.missing())
            return
        for start in range(0, len(tasks), _AT_ONCE):
            desk.settings.progress(_("pdf maken"), start, len(tasks))
            why = _print(desk, instances, tasks[start : start + _AT_ONCE], trouble)
            if why:
                again = _("Niet elke pdf kwam er: {why} De volgende keer wordt het opnieuw geprobeerd.")
                trouble.remarks.append(again.format(why=why))
                return
    desk.settings.progress(_("pdf maken"), len(tasks), len(tasks))


def _without(desk: Desk, entry: Entry, made: Mapping[str, MadeFile]) -> Iterator[tuple[MadeFile, MadeFile | None]]:
    """Give the papers without a PDF of what they say now, with what is known of an older one."""
    for file in made.values():
        if not file.name.endswith(_WORD) or is_form(file.name):
            continue
        known = made.get(file.name.removesuffix(_WORD) + ".pdf")
        current = known is not None and known.made_of == file.sha256
        if known and current and (known.problem or (desk.folder(entry) / known.name).is_file()):
            continue
        yield file, known


def _print(
    desk: Desk, instances: office.Pool, tasks: list[tuple[Entry, MadeFile, MadeFile | None]], trouble: Trouble
) -> str:
    """Print some papers; say why when that stopped through no fault of theirs, which is then not kept."""
    contents = {}
    for number, (entry, file, _known) in enumerate(tasks):
        content = (desk.folder(entry) / file.name).read_bytes()
        if write.sha256(content) == file.sha256:  # what a person changed is theirs to print
            contents[str(number)] = content
    numbers = {name: tasks[int(name)][0].number for name in contents}
    results = office.convert(contents, markers=numbers, instances=instances)
    reasons = [result for result in results.values() if isinstance(result, str)]
    if len(reasons) == len(results) >= _SEVERAL:
        return reasons[0]
    stopped = instances.given_up
    written: dict[str, list[MadeFile]] = {}
    for name, result in results.items():
        if stopped and result == stopped:
            continue
        entry, file, known = tasks[int(name)]
        pdf = MadeFile(file.name.removesuffix(_WORD) + ".pdf", "", file.sha256)
        if isinstance(result, bytes):
            pdf = replace(pdf, sha256=write.sha256(result))
            staging = desk.staging / "pdf"
            staged = write.stage(staging, {pdf.name: result})
            before = {known.name: known.sha256} if known and known.sha256 else {}
            installed = write.install(staging, desk.folder(entry), staged, before)
            trouble.kept.extend(f"{entry.folder}/{kept}" for kept in installed.kept)
        else:
            pdf = replace(pdf, problem=result)
        written.setdefault(entry.key, []).append(pdf)
    made = desk.register.made()
    with desk.register.change() as changes:
        for key, files in written.items():
            changes.record(key, (made.get(key, {}) | {file.name: file for file in files}).values())
    return stopped
