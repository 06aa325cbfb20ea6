"""One side at work, in a process of its own: so many papers for each line read, the processor time of one told.

    python turns.py SIDE TEMPLATE ANSWERS OUTPUT

It runs as a file, so that another distribution of the package `docxtpl` can take its turn as well.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Render = Callable[[], bytes]
_DAY = dt.date(2021, 7, 20)


def docxtpl(template: Path, answers: dict[str, Any]) -> Render:
    """Render as its manual says, with what an answer may hold escaped."""
    from docxtpl import DocxTemplate

    data = template.read_bytes()

    def render() -> bytes:
        document = DocxTemplate(io.BytesIO(data))
        document.render(answers, autoescape=True)
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()

    return render


def ours(template: Path, answers: dict[str, Any]) -> Render:
    """Render as a run does: the template is looked up again for each paper."""
    from pipeline.expression import record
    from pipeline.renderers import template as templates
    from pipeline.renderers import word

    facts = {name: record(value, name) for name, value in answers.items()}

    def render() -> bytes:
        return word.render(templates.read(template), facts, made_on=_DAY).content

    return render


def floor(template: Path, answers: dict[str, Any]) -> Render:
    """Do what nobody can do without: join the pieces of the parts, deflate them, write the zip."""
    from pipeline.expression import record
    from pipeline.renderers import template as templates

    facts = {name: record(value, name) for name, value in answers.items()}
    read = templates.read(template)
    core = {templates.CORE: read.static[templates.CORE]} if templates.CORE in read.static else {}
    pieces = {
        name: list(part.compiled.root_render_func(part.compiled.new_context(facts)))
        for name, part in read.parts.items()
    }

    def render() -> bytes:
        return read.packing.write(core | {name: "".join(each).encode() for name, each in pieces.items()})

    return render


def resident() -> int:
    """Give the memory of this process in KB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


def main() -> None:
    """Take a turn for each line."""
    side, template, answers, output = sys.argv[1:]
    render = {"ours": ours, "floor": floor, "docxtpl": docxtpl}[side](
        Path(template), json.loads(Path(answers).read_text(encoding="utf-8"))
    )
    made = render()
    Path(output).write_bytes(made)
    print(json.dumps({"kb": resident()}), flush=True)
    for line in sys.stdin:
        number = int(line)
        started = time.process_time()
        for _paper in range(number):
            made = render()
        taken = time.process_time() - started
        print(json.dumps({"ms": 1000 * taken / number, "kb": resident()}), flush=True)


if __name__ == "__main__":
    main()
