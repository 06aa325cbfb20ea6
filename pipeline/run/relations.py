"""Which dossiers are about the same: one proposal, one applicant, or a later version of one file."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import archive
from pipeline.dossier import Act, ActKind, Earlier
from pipeline.library import Call
from pipeline.register import Entry
from pipeline.run.rereading import State
from pipeline.supplement import KEY as SUPPLEMENT
from pipeline.values import fold


@dataclass(frozen=True, slots=True)
class Related:
    """The dossiers that one dossier has to do with."""

    duplicates: tuple[str, ...] = ()
    """Numbers of the others that stand and propose the same."""
    same_applicant: tuple[str, ...] = ()
    """Numbers of the others that stand and come from the same applicant."""
    earlier: tuple[Earlier, ...] = ()
    """Those that came in before it and propose the same, or lay at the same place in the inbox."""

    def encode(self) -> list[Any]:
        """Give all of it as JSON, for the hash of what a dossier is made of."""
        earlier = [archive.encode_earlier(one) for one in self.earlier]
        return [list(self.duplicates), list(self.same_applicant), earlier]


def relate(call: Call, everyone: Sequence[Entry], state: State) -> Mapping[str, Related]:
    """Give what each dossier, and each form that joined one, has to do with others, by key."""
    proposals, applicants = defaultdict(list), defaultdict(list)
    standing = [
        entry
        for entry in everyone
        if not entry.owner and not any(act.kind is ActKind.WITHDRAW for act in state.acts.get(entry.key, ()))
    ]
    for entry in standing:
        proposals[entry.proposal or entry.key].append(entry.key)
        applicants[entry.applicant or entry.key].append(entry.key)
    stand = {entry.key for entry in standing}
    earlier = _earlier(call, everyone, state)
    return {
        entry.key: Related(
            tuple(key for key in proposals[entry.proposal or entry.key] if key != entry.key),
            tuple(key for key in applicants[entry.applicant or entry.key] if key != entry.key),
            earlier.get(entry.key, ()),
        )
        if entry.key in stand
        else Related(earlier=earlier.get(entry.key, ()))
        for entry in everyone
    }


def _earlier(call: Call, everyone: Sequence[Entry], state: State) -> Mapping[str, tuple[Earlier, ...]]:
    """Give the earlier versions of each, oldest first; also those withdrawn, as happens when a new one comes."""
    paths = _paths_in_common(everyone, state)
    proposals: dict[str, list[Entry]] = defaultdict(list)
    proposed = {
        entry.key: _as_ever_read(entry.proposal, call.duplicate_fields, state.acts.get(entry.key, ()))
        for entry in everyone
        if not entry.owner
    }
    applied = {
        entry.key: _as_ever_read(entry.applicant, call.applicant_fields, state.acts.get(entry.key, ()))
        for entry in everyone
        if not entry.owner
    }
    for entry in everyone:
        for proposal in proposed.get(entry.key, ()):
            proposals[proposal].append(entry)
    found = {}
    for entry in everyone:
        same = {other.key: other for proposal in proposed.get(entry.key, ()) for other in proposals[proposal]}
        others = same | {other.key: other for other in paths.get(entry.key, {})}
        before = sorted(
            (other for other in others.values() if other.sequence < entry.sequence), key=lambda o: o.sequence
        )
        found[entry.key] = tuple(
            Earlier(
                other.key,
                tuple(sorted(paths.get(entry.key, {}).get(other, ()))),
                other.key in same,
                bool(applied.get(other.key) and applied.get(entry.key)) and not applied[other.key] & applied[entry.key],
                state.acts.get(other.key, ()),
                len(state.requests.get(other.key, ())),
            )
            for other in before
        )
    return found


def _paths_in_common(everyone: Iterable[Entry], state: State) -> Mapping[str, Mapping[Entry, set[str]]]:
    """Give the others of the same kind that ever lay at the same place in the inbox, with the places."""
    by_content = {entry.content: entry for entry in everyone if entry.form != SUPPLEMENT}
    at: dict[tuple[str, str], set[Entry]] = defaultdict(set)
    for delivery in state.deliveries:
        entry = by_content.get(delivery.content)
        if entry is not None:
            at[delivery.inbox, delivery.path].add(entry)
    found: dict[str, dict[Entry, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (_inbox, path), here in at.items():
        for one, other in itertools.permutations(here, 2):
            if (one.form, one.owner) == (other.form, other.owner):
                found[one.key][other].add(path)
    return found


def _as_ever_read(folded: str, fields: Sequence[str], acts: Sequence[Act]) -> set[str]:
    """Give what identifies a dossier, as it is and as it was read before officials corrected it.

    A later version of the file says again what was corrected in this one.
    """
    if not folded:
        return set()
    said = [{word} for word in folded.split("\n")]
    for act in acts:
        if act.kind is ActKind.CORRECT and act.target in fields and act.was is not None and fold(act.was.text):
            said[fields.index(act.target)].add(fold(act.was.text))
    return {"\n".join(words) for words in itertools.product(*said)}
