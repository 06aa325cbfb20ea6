"""Where work runs: processes of their own, with limits of time and memory, that die with what they started."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pipeline import language
from pipeline.errors import Reason, WijkcontractError
from pipeline.language import _
from pipeline.streams import stderr_to
from pipeline.workers.processes import end_groups, start_worker

Result = TypeVar("Result")
_START_SECONDS = 60
"""How long a process may take to start on a machine that is busy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use."""

    seconds: float = 60
    """For a task of one share."""
    memory: int = 2 * 1024**3
    """Bytes of address space of a worker."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What a task gave."""

    result: Result


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that gave nothing; the others go on."""

    reason: Reason
    detail: str
    error: BaseException | None = None
    """What the task raised itself; None when its process died or had to be stopped."""


class CannotStart(WijkcontractError):
    """No process of our own can be started here."""


def silent(_message: str) -> None:
    """Tell nobody."""


class Workers:
    """Processes that do tasks; they start with the first task and serve until `close`.

    Args:
        jobs: how many processes; 0 does the work in this process, without limits.
        limits: of each task.
        note: told when the work is done in this process though processes were asked.
    """

    def __init__(self, jobs: int, limits: Limits | None = None, note: Callable[[str], None] = silent) -> None:
        self._jobs = jobs
        self._limits = limits or Limits()
        self._note = note
        self._pool: Any = None
        self._groups: tempfile.TemporaryDirectory[str] | None = None

    def run(
        self,
        function: Callable[..., Result],
        tasks: Sequence[tuple[Any, ...]],
        shares: Sequence[int] | None = None,
    ) -> Iterator[Done[Result] | Lost]:
        """Do a task for each tuple of arguments, and give the outcomes in the order of the tasks.

        Args:
            function: a function of a module, so that another process can find it.
            tasks: the arguments of each task.
            shares: for each task how many times the usual time it may take; otherwise once.

        Yields:
            `Done`, or `Lost` for a task that raised, took too long, or whose process died.

        Raises:
            CannotStart: a process of our own dies before its first task.
        """
        if self._jobs > 0 and tasks and self._groups is None:
            self._look_for_locks()
        if self._jobs <= 0 or not tasks:
            for arguments in tasks:
                yield _here(function, arguments)
            return
        groups = self._start(function, len(tasks))
        try:
            times = [self._limits.seconds * share for share in shares or [1] * len(tasks)]
            futures = [
                self._pool.schedule(function, args=arguments, timeout=seconds)
                for arguments, seconds in zip(tasks, times, strict=True)
            ]
            for future, seconds in zip(futures, times, strict=True):
                try:
                    yield Done(future.result())
                except Exception as error:  # noqa: BLE001 - one bad file never stops the others; the caller tells it
                    yield _lost(error, seconds)
                    end_groups(groups, dead_only=True)
        except BaseException:
            self.stop()
            raise

    def _look_for_locks(self) -> None:
        """Do the work here where the system gives no locks to share between processes."""
        from multiprocessing import get_context

        try:
            get_context("spawn").Lock()
        except (ImportError, OSError) as missing:
            self._jobs = 0
            self._note(
                _(
                    "Aparte processen gaan hier niet ({why}; kijk of /dev/shm beschrijfbaar is). Het werk gebeurt in "
                    "één proces, zonder grenzen aan tijd en geheugen."
                ).format(why=missing)
            )

    def _start(self, function: Callable[..., Any], tasks: int) -> Path:
        from multiprocessing import get_context

        from pebble import ProcessPool

        if self._groups is None:
            self._groups = tempfile.TemporaryDirectory(prefix="wijkcontract-")
            try:
                _rehearse(function, self._groups.name, self._limits)
            except BaseException:
                self._groups.cleanup()
                self._groups = None
                raise
            self._pool = ProcessPool(
                max_workers=min(self._jobs, tasks),
                max_tasks=200,
                initializer=start_worker,
                initargs=(self._groups.name, self._limits.memory, language.current()),
                context=get_context("spawn"),
            )
        return Path(self._groups.name)

    def close(self) -> None:
        """Let the processes end."""
        self._end(at_once=False)

    def stop(self) -> None:
        """End the processes at once, with all that they started."""
        self._end(at_once=True)

    def _end(self, *, at_once: bool) -> None:
        if self._groups is None:
            return
        if at_once:
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()
        end_groups(Path(self._groups.name), dead_only=False)
        self._groups.cleanup()
        self._groups = None


def _rehearse(function: Callable[..., Any], groups: str, limits: Limits) -> None:
    """Start one process that ends at once: a pool would start those that die again and again.

    Raises:
        CannotStart: it did not come as far as its first task.
    """
    from multiprocessing import get_context

    process = get_context("spawn").Process(target=rehearse, args=(function, groups, limits.memory, language.current()))
    with tempfile.TemporaryFile() as said:
        try:
            with stderr_to(said.fileno()):
                process.start()
            process.join(_START_SECONDS)
        except OSError as refused:
            raise CannotStart(_cannot_start(str(refused))) from refused
        if process.exitcode == 0:
            return
        process.kill()
        process.join()
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    raise CannotStart(_cannot_start(last or _("geen antwoord na {seconds} seconden").format(seconds=_START_SECONDS)))


def _cannot_start(why: str) -> str:
    return _("Een apart proces kan niet starten ({why}). Werk zonder aparte processen: --jobs 0.").format(why=why)


def _here(function: Callable[..., Result], arguments: tuple[Any, ...]) -> Done[Result] | Lost:
    try:
        return Done(function(*arguments))
    except Exception as error:  # noqa: BLE001 - one bad file never stops the others; the caller tells it
        return _lost(error)


def rehearse(_function: Callable[..., Any], groups: str, memory: int, locale: str) -> None:
    """Start as a worker does, the function that it is for found, and end."""
    start_worker(groups, memory, locale)


def _lost(error: BaseException, seconds: float = 0) -> Lost:
    from pebble import ProcessExpired

    if isinstance(error, FutureTimeoutError):
        return Lost(Reason.TIMEOUT, _("langer dan {seconds} seconden").format(seconds=f"{seconds:g}"))
    if isinstance(error, ProcessExpired):
        return Lost(Reason.CRASHED, _("het proces eindigde met code {code}").format(code=error.exitcode))
    if isinstance(error, MemoryError):
        return Lost(Reason.CRASHED, _("te veel geheugen nodig"))
    if isinstance(error, WijkcontractError):
        return Lost(Reason.CRASHED, str(error), error)
    return Lost(Reason.CRASHED, f"{type(error).__name__}: {error}", error)
