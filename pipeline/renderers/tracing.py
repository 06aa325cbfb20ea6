"""Where a value came from while a template is filled: traces, and what they become on the way to the paper."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeAlias

from jinja2 import Undefined
from markupsafe import Markup

from pipeline import expression
from pipeline.expression import Gap, Record
from pipeline.library.call import Call
from pipeline.stated import How, Stated
from pipeline.visible import visible

Facts: TypeAlias = Mapping[str, Any]

_UNKNOWN = object()
_MARKUP = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"</w:p>")
_BREAK = re.compile(r"<w:br/>")
_KEYED = frozenset({"clauses", "fields", "findings", "intake_findings"})
_SIGNING = frozenset({"handtekening", "signatories"})
_TOLD = frozenset({"draft_reasons", "findings", "intake_findings"})
_ACTS = frozenset({"corrections", "decision", "granted", "requested", "supplements", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a value came from."""

    of: tuple[str, ...] = ()
    """Targets, as `Stated.of` names them."""
    read: bool = False
    """Whether the value is what stands there, or a part of it; else it was computed from it."""
    each: bool = False
    """Whether it is a list, and each of its values is what stands at one or more of these places."""


NOTHING = Trace()


@dataclass(frozen=True, slots=True)
class Arguments:
    """The traces of what a macro is called with."""

    given: tuple[Trace, ...]
    """In order."""
    named: Mapping[str, Trace]
    rest: Trace | None
    """Of arguments that were unpacked, so that any other may be one of these."""

    def all(self) -> Trace:
        """Give the trace of what is computed of all of them."""
        return _together((*self.given, *self.named.values(), *([self.rest] if self.rest else [])))


under_way: ContextVar[Recorder] = ContextVar("recording under way")
"""`recording.record` sets it."""


class Recorder:
    """Takes down what a template prints of the facts of one paper."""

    def __init__(self, call: Call, form: str, facts: Facts, trace: Callable[[str, Facts], Trace]) -> None:
        """Begin.

        Args:
            call: the call.
            form: key of the form that the dossier is of.
            facts: what the template is filled with.
            trace: gives the trace of an expression over facts.
        """
        self.stated: dict[Stated, None] = {}
        self.kept = NOTHING
        self._call = call
        self._facts = facts
        self._trace = trace
        self._rows = dict(_rows(facts, ""))
        self._values: dict[str, Trace] = {}
        self._frames: list[list[Stated]] = []
        self._calls: list[Arguments] = []
        self._of_values = {"": facts} if form == call.main_form else {}
        main = facts.get(call.main_form)
        if isinstance(main, Record):
            self._of_values[call.main_form] = {name: main.read(name) for name in main.names}

    def note(self, value: Any, trace: Trace) -> None:
        """Take down a value that is printed."""
        text = _printed(value)
        if not text.strip():
            return
        if isinstance(value, Gap) or (trace.read and self._lacks(trace)):
            how = How.MISSING
        else:
            how = How.READ if trace.read and trace.of and not any(map(_is_told, trace.of)) else How.COMPUTED
        self._add(Stated(text, how, trace.of))

    def note_words(self, text: str, trace: Trace) -> None:
        """Take down words of the template that answers or acts made it print."""
        of = tuple(target for target in trace.of if self._is_answer(target))
        if of:
            self._add(Stated(text, How.CHOSEN, of))

    def open(self) -> None:
        """Hold what is noted from here on, until it is known what becomes of it."""
        self._frames.append([])

    def note_call(self, value: Any, trace: Trace, *, is_call: bool) -> None:
        """Take down what is printed of an expression with calls in it: what these printed, or what was made of that."""
        held = self._frames.pop()
        if is_call and held:
            for each in held:
                self._add(each)
        else:
            self.note(value, _together((trace, *(Trace(each.of) for each in held))) if held else trace)

    def note_block(self, markup: str, *, only_writes: bool) -> None:
        """Take down what a block made of what was printed in it, paragraph by paragraph."""
        held = self._frames.pop()
        how = held[0].how if only_writes and len(held) == 1 else How.COMPUTED
        of = _together(Trace(each.of) for each in held).of
        for paragraph in _PARAGRAPH.split(markup):
            text = html.unescape(_MARKUP.sub("", _BREAK.sub("\n", paragraph)))
            if held and text.strip():
                self._add(Stated(text, how, of))

    def gathered(self, trace: Trace = NOTHING, *, only_writes: bool = False) -> Trace:
        """Give the trace of what was held, which is not printed here, together with another."""
        held = self._frames.pop()
        if only_writes and len(held) == 1 and not trace.of:
            return Trace(held[0].of, read=held[0].how in (How.READ, How.MISSING))
        return _together((trace, *(Trace(each.of) for each in held)))

    def begin_call(self, arguments: Arguments) -> None:
        """Hand over the traces of what is called with."""
        self._calls.append(arguments)

    def end_call(self) -> None:
        """Take back what was handed over last."""
        self._calls.pop()

    def argument(self, name: str, place: int, default: Trace) -> Trace:
        """Give the trace of an argument of the macro that was called; without a name, that of all of them."""
        if not self._calls:
            return default
        called = self._calls[-1]
        if not name:
            return called.all()
        given = called.given[place] if place < len(called.given) else called.named.get(name)
        return given or called.rest or default

    def _add(self, stated: Stated) -> None:
        if self._frames:
            self._frames[-1].append(stated)
        else:
            self.stated[stated] = None

    def fact(self, name: str) -> Trace:
        """Give the trace of a fact by its name."""
        if name not in self._facts:
            return NOTHING
        if name in _SIGNING:
            return self._written(name, self._signing())
        return self._named(name) or Trace((name,), read=True)

    def at(self, value: Any, trace: Trace, name: str) -> Trace:
        """Give the trace of what stands under a name in a value."""
        if not isinstance(value, Record | Gap):
            return Trace(trace.of)
        row = self._rows.get(id(value))
        if row is None and not (trace.read and len(trace.of) == 1):
            return Trace(trace.of)
        if row is not None and isinstance(value, Record) and name not in value:
            return Trace((row,))  # its number or its place, and no answer
        target = f"{row or trace.of[0]}.{name}"
        return self._named(target) or self._clause(target) or Trace((target,), read=True)

    def within(self, value: Any, trace: Trace) -> Trace:
        """Give the trace of one of the values of a list."""
        row = self._rows.get(id(value))
        if row is not None:
            return Trace((row,), read=True)
        if not trace.each:
            return trace
        same = tuple(target for target in trace.of if _is_same(self._value(target), value))
        return Trace(same or trace.of, read=bool(same))

    def cells(self, rows: Any, trace: Trace, column: str, *, each: bool) -> Trace:
        """Give the trace of what comes of a column of rows."""
        found = [self._rows.get(id(row)) for row in rows] if isinstance(rows, list | tuple) else [None]
        if not found or None in found:
            return Trace(trace.of)
        return Trace(tuple(f"{row}.{column}" for row in found), each=each)

    def _named(self, target: str) -> Trace | None:
        """Give the trace of a named value of the call: that of its expression."""
        before, _dot, name = target.rpartition(".")
        if name not in self._call.values or before not in self._of_values:
            return None
        if target not in self._values:
            found = self._trace(self._call.values[name], self._of_values[before])
            self._values[target] = found if not before else Trace(tuple(f"{before}.{each}" for each in found.of))
        return self._values[target]

    def _clause(self, target: str) -> Trace | None:
        """Give the trace of the text of a clause: of the definition, and of the facts that it names."""
        kind, _dot, rest = target.partition(".")
        key = rest.removesuffix(".text")
        if kind != "clauses" or key == rest or key not in self._call.clauses:
            return None
        return self._written(target, self._call.clauses[key].text)

    def _signing(self) -> Iterator[str]:
        """Give the texts of the definitions that say who signs the paper."""
        for party in self._call.paper(self._facts["paper"].read("key")).signatories:
            yield from (party.name, party.role, party.label, f"{{{{ {party.each} }}}}" if party.each else "")

    def _written(self, target: str, texts: Iterable[str]) -> Trace:
        """Give the trace of texts of the definitions: of these, and of the facts that they name."""
        names = (name for text in texts for name in expression.named(text))
        return Trace(tuple(dict.fromkeys((target, *(each for name in names for each in self.fact(name).of)))))

    def _lacks(self, trace: Trace) -> bool:
        return any(isinstance(self._value(target), Gap) for target in trace.of)

    def _value(self, target: str) -> Any:
        """Give what stands at a target, or what is equal to nothing where that cannot be looked up."""
        value: Any = self._facts
        for step in target.split("."):
            if isinstance(value, Gap):
                return value
            if isinstance(value, Mapping) and step in value:
                value = value[step]
            elif isinstance(value, Record) and value.has(step):
                value = value.read(step)
            elif isinstance(value, list | tuple) and step.isdecimal() and 0 < int(step) <= len(value):
                value = value[int(step) - 1]
            else:
                return _UNKNOWN
        return value

    def _is_answer(self, target: str) -> bool:
        name = target.removeprefix(f"{self._call.main_form}.").partition(".")[0]
        return name in _ACTS or any(name == field.key for form in self._call.forms.values() for field in form.fields())


def _rows(facts: Facts, before: str) -> Iterator[tuple[int, str]]:
    """Give every row among facts by what it is in memory, with its target; of clauses and findings, by key or code."""
    for name, value in facts.items():
        if isinstance(value, Record) and not before:
            yield from _rows({each: value.read(each) for each in value.names}, f"{name}.")
        if isinstance(value, tuple) and name not in _SIGNING:
            for number, row in enumerate(value, start=1):
                if isinstance(row, Record):
                    key = next((str(row.read(own)) for own in ("key", "code") if name in _KEYED and row.has(own)), "")
                    yield id(row), f"{before}{name}.{key or number}"


def _together(traces: Iterable[Trace]) -> Trace:
    """Give the trace of what is computed of several."""
    return Trace(tuple(dict.fromkeys(each for trace in traces for each in trace.of)))


def _is_told(target: str) -> bool:
    """Tell whether it is something that the program tells of answers, and not an answer itself."""
    name, _dot, rest = target.partition(".")
    return name in _TOLD or (name == "fields" and rest.rpartition(".")[2] not in ("text", "value"))


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same; to compare a gap would be to meet it."""
    return one is other if isinstance(one, Gap) or isinstance(other, Gap) else bool(one == other)


def _printed(value: Any) -> str:
    """Give the text of a value as a paper shows it."""
    if isinstance(value, Markup):
        return visible(value.unescape())
    if isinstance(value, Undefined | Gap):
        return str(value)
    return visible(expression.show(value))
