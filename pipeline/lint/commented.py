"""Faulty templates as copies in which every fault is a Word comment beside the words that are wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.errors import DefinitionError
from pipeline.language import _
from pipeline.library import load
from pipeline.lint.papers import faults_of_templates
from pipeline.lint.scope import of_forms
from pipeline.lint.templates import Code, TemplateFault
from pipeline.renderers.remarks import Remark, with_remarks


def commented(call: str | Path, on: dt.date) -> dict[str, bytes]:
    """Give a commented copy of each faulty template of a call that can be read, by the file name of the template.

    Args:
        call: its key, or the path of a folder of forms.
        on: the day that the comments bear.

    Raises:
        UsageError: there is no such call.
    """
    try:
        loaded = load(call)
    except DefinitionError:
        return {}
    copies = {}
    for name, faults in faults_of_templates(loaded, of_forms(loaded)).items():
        remarks = [Remark(fault.part, fault.index, _words(fault), fault.place) for fault in faults]
        if remarks and not any(fault.code is Code.UNREADABLE for fault in faults):
            copies[name] = with_remarks((loaded.templates / name).read_bytes(), remarks, on)
    return copies


def _words(fault: TemplateFault) -> str:
    """Say a fault in a comment: its code, what is wrong, what was meant."""
    lines = [f"{fault.code}: {fault.message}"]
    if fault.suggestion:
        lines.append(_("Bedoelde u «{suggestion}»?").format(suggestion=fault.suggestion))
    if fault.tag:
        lines.append(_("De tag: {tag}").format(tag=fault.tag))
    return "\n".join(lines)
