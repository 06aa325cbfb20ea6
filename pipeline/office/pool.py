"""A pool of LibreOffice instances: all cores, recycled, and a paper that fails takes no other with it."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Self, TypeVar

from pipeline.language import _
from pipeline.office.instance import Broken, CannotStart, Failed, Instance, Print
from pipeline.office.program import START_SECONDS, Programs

Result = TypeVar("Result")
RECYCLE = 150
"""Papers that one instance prints before another takes its place: it grows."""
PAPER_SECONDS = 30.0
_LARGE = 1_000_000
"""Bytes of Word for which a paper may take as long once more."""
_WORTH_A_START = 6
"""Papers for which it pays to start one more instance."""
_DEATHS = 3
"""When so many papers take their instances down and no instance ever answered, no paper is to blame."""


class Pool:
    """Instances of LibreOffice, started when they are first needed and ended by `close`.

    Args:
        programs: what `program.find_all` gave.
        jobs: how many instances at most; by default one for each processor that this process may use.
        start_seconds: how long the start of one may take.
        paper_seconds: how long a paper may take; a large one longer.
        recycle: papers that one instance prints.
    """

    def __init__(
        self,
        programs: Programs,
        jobs: int | None = None,
        *,
        start_seconds: float = START_SECONDS,
        paper_seconds: float = PAPER_SECONDS,
        recycle: int = RECYCLE,
    ) -> None:
        self._programs = programs
        self._jobs = jobs or len(os.sched_getaffinity(0))
        self._start_seconds = start_seconds
        self._paper_seconds = paper_seconds
        self._recycle = recycle
        self._idle: list[Instance] = []
        self._busy: set[Instance] = set()
        self._lock = threading.Lock()
        self._works = False
        """Whether an instance ever answered about a paper."""
        self._deaths = 0
        self._closed = False
        self.given_up = ""
        """Why no paper can be printed here at all, in Dutch; empty as long as that is not so."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End every instance at once, with all that it started."""
        with self._lock:
            self._closed = True
            idle = list(self._idle)
            self._idle.clear()
            for instance in self._busy:  # whoever waits for it there sees that it ended, and clears up
                instance.kill()
        for instance in idle:
            instance.stop()

    def print(
        self, documents: Mapping[str, bytes], options: dict[str, Any], look: Callable[[str, Print], Result]
    ) -> dict[str, Result | str]:
        """Print Word files; one that fails is tried once more, by an instance that has done nothing else.

        Args:
            documents: name → bytes of a docx.
            options: of the export filter of PDF.
            look: takes what was made of the document of that name; it raises `Failed` when that does not count.
                It is called in threads.

        Returns:
            Every name, in the same order, with what `look` gave, or with the reason in Dutch.
        """
        wanted = min(self._jobs, math.ceil(len(documents) / _WORTH_A_START))
        threads = ThreadPoolExecutor(max(1, wanted), thread_name_prefix="libreoffice")
        try:
            futures = {  # each in a copy of this context, so that it speaks the same language
                name: threads.submit(copy_context().run, self._twice, name, document, options, look)
                for name, document in documents.items()
            }
            return {name: future.result() for name, future in futures.items()}
        except BaseException:
            self.close()
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def _twice(
        self, name: str, document: bytes, options: dict[str, Any], look: Callable[[str, Print], Result]
    ) -> Result | str:
        """Print one paper, at most twice; give the reason when that does not help."""
        reason = ""
        for fresh in (False, True):
            if self.given_up:
                return self.given_up
            try:
                made = self._once(document, options, fresh=fresh)
                return look(name, made)
            except CannotStart as refused:
                self.given_up = str(refused)
                return self.given_up
            except Failed as failed:
                reason = str(failed)
                broken = isinstance(failed, Broken)
        if broken and not self._works:
            with self._lock:
                self._deaths += 1
                if self._deaths == _DEATHS:
                    self.given_up = reason
        return reason

    def _once(self, document: bytes, options: dict[str, Any], *, fresh: bool) -> Print:
        """Print one paper.

        Raises:
            Failed: it was not printed.
            CannotStart: no instance starts.
        """
        instance = self._take(fresh=fresh)
        lives = True
        try:
            return instance.print(document, options, self._paper_seconds * (1 + len(document) // _LARGE))
        except Broken:
            lives = False
            raise
        finally:
            self._works = self._works or lives
            self._give_back(instance, lives=lives)

    def _take(self, *, fresh: bool) -> Instance:
        """Give an instance: a new one where that is asked, or where none is idle.

        Raises:
            CannotStart: not even the second time.
        """
        with self._lock:
            idle = self._idle.pop() if self._idle else None
        if idle is not None and fresh:
            idle.stop()
        instance = self._start() if idle is None or fresh else idle
        with self._lock:
            self._busy.add(instance)
            if self._closed:
                instance.kill()
        return instance

    def _start(self) -> Instance:
        if self._closed:
            raise CannotStart(_("LibreOffice is gestopt."))
        try:
            return Instance(self._programs, self._start_seconds)
        except CannotStart:
            return Instance(self._programs, self._start_seconds)

    def _give_back(self, instance: Instance, *, lives: bool) -> None:
        with self._lock:
            self._busy.discard(instance)
            keep = lives and not self._closed and instance.printed < self._recycle
            if keep:
                self._idle.append(instance)
        if not keep:
            instance.stop()
