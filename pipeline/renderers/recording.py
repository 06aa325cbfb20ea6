"""Take down what a template prints, and where each value came from.

The template is filled a second time, with every value that it prints handed to a recorder instead, together with its
trace: what the template's own expression makes of the facts on the way. The usual filling knows nothing of it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.runtime import Context

from pipeline import expression
from pipeline.errors import PaperRefused
from pipeline.expression import NotJudged
from pipeline.library.call import Call
from pipeline.renderers import companion, tracers
from pipeline.renderers.template import WordTemplate
from pipeline.renderers.tracing import NOTHING, Arguments, Facts, Recorder, Trace, under_way
from pipeline.renderers.writing import FAULTS, environment, printed
from pipeline.stated import Stated


def record(template: WordTemplate, facts: Facts, call: Call, form: str) -> tuple[Stated, ...]:
    """Give what a paper states: every value that is printed in it, each once, in order.

    Args:
        template: of the paper.
        facts: with which it was filled without an error.
        call: the call.
        form: key of the form that the dossier is of.
    """
    made = template.objects.names if template.objects else ()
    facts = {**facts, **dict.fromkeys(made, "")}  # what docxtpl makes is no value of the dossier
    recorder = Recorder(call, form, facts, _trace)
    before, gaps = under_way.set(recorder), printed.set([])
    try:
        for part in template.parts.values():
            _noting(part.source).render(facts)
    finally:
        printed.reset(gaps)
        under_way.reset(before)
    return tuple(recorder.stated)


def _trace(source: str, facts: Facts) -> Trace:
    """Give the trace of an expression over facts; where it needs what is not there, of the names that it uses."""
    recorder = under_way.get()
    try:
        _tracing(source).render(facts)
    except (*FAULTS, PaperRefused, NotJudged):
        names = (each.name for each in expression.tree(source).find_all(nodes.Name))
        return Trace(tuple(dict.fromkeys(each for name in names for each in recorder.fact(name).of)))
    return Trace(recorder.kept.of)


@functools.lru_cache(maxsize=64)
def _noting(source: str) -> Any:
    return _environment().from_string(companion.rewritten(environment().parse(source)))


@functools.lru_cache(maxsize=256)
def _tracing(source: str) -> Any:
    return _environment().from_string(companion.tracing(expression.tree(source)))


@functools.cache
def _environment() -> Any:
    made = environment().overlay()
    made.filters = {**made.filters, **_FILTERS}
    return made


def _note(_context: Context, value: Any, trace: Any) -> Any:
    under_way.get().note(value, _known(trace))
    return value


def _note_call(_context: Context, value: Any, trace: Any, is_call: bool) -> Any:
    under_way.get().note_call(value, _known(trace), is_call=is_call)
    return value


def _note_block(_context: Context, markup: Any, only_writes: bool) -> Any:
    under_way.get().note_block(markup, only_writes=only_writes)
    return markup


def _note_words(_context: Context, text: str, trace: Any) -> str:
    under_way.get().note_words(text, _known(trace))
    return ""


def _open(_context: Context, nothing: str) -> str:
    under_way.get().open()
    return nothing


def _drop(_context: Context, value: Any) -> Any:
    under_way.get().gathered()
    return value


def _gather(_context: Context, _value: Any, trace: Any, only_writes: bool) -> Trace:
    return under_way.get().gathered(_known(trace), only_writes=only_writes)


def _call(_context: Context, nothing: str, given: list[Any], named: dict[str, Any], rest: Any) -> str:
    traces = {name: _known(trace) for name, trace in named.items()}
    under_way.get().begin_call(Arguments(tuple(map(_known, given)), traces, None if rest is None else _known(rest)))
    return nothing


def _called(_context: Context, value: Any) -> Any:
    under_way.get().end_call()
    return value


def _argument(_context: Context, name: str, place: int = 0, default: Any = NOTHING) -> Trace:
    return under_way.get().argument(name, place, _known(default))


def _keep(_context: Context, trace: Any) -> str:
    under_way.get().kept = _known(trace)
    return ""


def _fact(_context: Context, name: str) -> Trace:
    return under_way.get().fact(name)


def _at(_context: Context, value: Any, trace: Any, name: str) -> Trace:
    return under_way.get().at(value, _known(trace), name)


def _within(_context: Context, value: Any, trace: Any) -> Trace:
    return under_way.get().within(value, _known(trace))


def _of_column(_context: Context, rows: Any, trace: Any, column: str, each: bool) -> Trace:
    return under_way.get().cells(rows, _known(trace), column, each=each)


def _all(_context: Context, traces: list[Any]) -> Trace:
    return Trace(tuple(dict.fromkeys(each for trace in traces for each in _known(trace).of)))


def _known(trace: Any) -> Trace:
    """Give a trace; that of a name to which the template gave a value in a branch that was not taken is none."""
    return trace if isinstance(trace, Trace) else NOTHING


_NOTING: dict[str, Callable[..., Any]] = {
    companion.NOTE: _note,
    companion.NOTE_CALL: _note_call,
    companion.NOTE_BLOCK: _note_block,
    companion.NOTE_WORDS: _note_words,
    tracers.OPEN: _open,
    companion.DROP: _drop,
    tracers.GATHER: _gather,
    companion.CALL: _call,
    tracers.CALLED: _called,
    companion.ARGUMENT: _argument,
    companion.KEEP: _keep,
    tracers.FACT: _fact,
    tracers.AT: _at,
    tracers.WITHIN: _within,
    tracers.COLUMN: _of_column,
    tracers.ALL: _all,
}
_FILTERS = {name: pass_context(function) for name, function in _NOTING.items()}
"""They take values as they are, gaps too, and so are not wrapped as the filters of templates are.

A filter that takes the context is never run while a template is compiled, which would note what is not printed.
"""
