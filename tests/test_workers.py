"""Work in processes of its own: one that dies, hangs or eats memory loses only its own task."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.errors import Reason
from pipeline.workers import Done, Limits, Lost


def double(number):
    return 2 * number


def misbehave(what, place=""):
    if what == "die":
        os._exit(9)
    if what == "hang":
        child = subprocess.Popen(["sleep", "600"])
        Path(place).write_text(str(child.pid))
        child.wait()
    if what == "eat":
        return len(bytearray(8 * 1024**3))
    if what == "raise":
        raise ValueError("kapot")
    return what


def test_outcomes_come_in_the_order_of_the_tasks():
    outcomes = workers.run(double, [(number,) for number in range(30)], jobs=2)
    assert [outcome.result for outcome in outcomes] == [2 * number for number in range(30)]


def test_without_processes_the_outcomes_are_the_same():
    tasks = [("goed",), ("raise",), ("goed",)]
    assert [type(outcome) for outcome in workers.run(misbehave, tasks, jobs=0)] == [Done, Lost, Done]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_or_eats_memory_loses_only_its_own_task(jobs):
    tasks = [("goed",), ("die",), ("goed",), ("eat",), ("goed",), ("raise",), ("goed",)]
    outcomes = list(workers.run(misbehave, tasks, jobs=jobs))
    assert [isinstance(outcome, Done) for outcome in outcomes] == [True, False, True, False, True, False, True]
    lost = [outcome for outcome in outcomes if isinstance(outcome, Lost)]
    assert {outcome.reason for outcome in lost} == {Reason.CRASHED}
    assert "geheugen" in lost[1].detail
    assert "kapot" in lost[2].detail


def test_a_task_that_hangs_is_stopped_with_everything_it_started(tmp_path):
    place = tmp_path / "pid"
    outcomes = list(workers.run(misbehave, [("hang", str(place)), ("goed",)], jobs=1, limits=Limits(seconds=2)))
    assert outcomes[0] == Lost(Reason.TIMEOUT, "langer dan 2 seconden")
    assert outcomes[1] == Done("goed")
    assert not alive(int(place.read_text()))


def test_who_stops_listening_leaves_no_process_behind(tmp_path):
    place = tmp_path / "pid"
    outcomes = workers.run(misbehave, [("goed",), ("hang", str(place))], jobs=2)
    assert next(outcomes) == Done("goed")
    deadline = time.monotonic() + 20
    while not place.exists() and time.monotonic() < deadline:
        pass
    outcomes.close()
    assert not alive(int(place.read_text()))


def alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
