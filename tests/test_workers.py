"""Work in processes of its own: one that dies, hangs or eats memory loses only its own task."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import Reason
from pipeline.workers import Done, Limits, Lost, Workers


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


@pytest.fixture
def workers():
    """Start workers that are closed after the test."""
    started = []

    def start(jobs, **limits):
        started.append(Workers(jobs, Limits(**limits)))
        return started[-1]

    yield start
    for each in started:
        each.close()


def test_outcomes_come_in_the_order_of_the_tasks(workers):
    outcomes = workers(2).run(double, [(number,) for number in range(30)])
    assert [outcome.result for outcome in outcomes] == [2 * number for number in range(30)]


def test_the_same_workers_serve_again(workers):
    two = workers(2)
    assert list(two.run(double, [(1,), (2,)])) == [Done(2), Done(4)]
    assert list(two.run(misbehave, [("die",), ("goed",)]))[1] == Done("goed")
    assert list(two.run(double, [(3,)])) == [Done(6)]


def test_without_processes_the_outcomes_are_the_same(workers):
    tasks = [("goed",), ("raise",), ("goed",)]
    assert [type(outcome) for outcome in workers(0).run(misbehave, tasks)] == [Done, Lost, Done]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_or_eats_memory_loses_only_its_own_task(jobs, workers):
    tasks = [("goed",), ("die",), ("goed",), ("eat",), ("goed",), ("raise",), ("goed",)]
    outcomes = list(workers(jobs).run(misbehave, tasks))
    assert [isinstance(outcome, Done) for outcome in outcomes] == [True, False, True, False, True, False, True]
    lost = [outcome for outcome in outcomes if isinstance(outcome, Lost)]
    assert {outcome.reason for outcome in lost} == {Reason.CRASHED}
    assert "geheugen" in lost[1].detail
    assert "kapot" in lost[2].detail


def test_a_task_that_hangs_is_stopped_with_everything_it_started(tmp_path, workers):
    place = tmp_path / "pid"
    outcomes = list(workers(1, seconds=2).run(misbehave, [("hang", str(place)), ("goed",)]))
    assert outcomes[0] == Lost(Reason.TIMEOUT, "langer dan 2 seconden")
    assert outcomes[1] == Done("goed")
    assert not alive(int(place.read_text()))


def wait(seconds):
    time.sleep(seconds)
    return seconds


def test_a_task_of_more_shares_may_take_so_many_times_as_long(workers):
    outcomes = list(workers(2, seconds=1).run(wait, [(2,), (2,)], [1, 30]))
    assert outcomes == [Lost(Reason.TIMEOUT, "langer dan 1 seconden"), Done(2)]


def test_who_stops_listening_leaves_no_process_behind(tmp_path, workers):
    place = tmp_path / "pid"
    outcomes = workers(2).run(misbehave, [("goed",), ("hang", str(place))])
    assert next(outcomes) == Done("goed")
    deadline = time.monotonic() + 20
    while not (place.exists() and place.read_text()) and time.monotonic() < deadline:
        pass
    outcomes.close()
    assert not alive(int(place.read_text()))


def script(tmp_path, *lines, **options):
    """Run a program of a few lines that has three numbers doubled by processes of its own."""
    program = tmp_path / "programma.py"
    program.write_text(
        "\n".join(
            [
                "import sys",
                "from pathlib import Path",
                f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})",
                "from pipeline.workers import Workers",
                "from tests.test_workers import double",
                "if __name__ == '__main__':",
                *(f"    {line}" for line in lines),
                "    workers = Workers(2, note=lambda text: print(text, file=sys.stderr))",
                "    print([done.result for done in workers.run(double, [(1,), (2,), (3,)])])",
                "    workers.close()",
            ]
        )
    )
    return subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False, timeout=60, **options
    )


def test_processes_that_die_before_their_first_task_are_told_at_once(tmp_path):
    said = script(tmp_path, "Path(__file__).unlink()")
    assert said.stdout == ""
    assert "CannotStart: Een apart proces kan niet starten (FileNotFoundError" in said.stderr
    assert "--jobs 0" in said.stderr


def test_where_processes_can_share_no_lock_the_work_is_done_in_this_process(tmp_path):
    no_files = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
    said = script(tmp_path, no_files)
    assert said.stdout == "[2, 4, 6]\n"
    assert said.stderr.count("Aparte processen gaan hier niet") == 1


def alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
