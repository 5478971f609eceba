"""Work spread over processes: in order, without a guard in the script, here where they fail, and with none left."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from pathlib import Path

import pytest

from deterrence.grid import crew as crews
from deterrence.grid.crew import Crew
from deterrence.grid.processes import free_cores, worker_processes

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PATIENCE = 120


@pytest.fixture
def eager(monkeypatch):
    """Start processes at once, on however few cores."""
    monkeypatch.setattr(crews, "PATIENCE", -1.0)
    monkeypatch.setattr(crews, "WORTH", -1.0)
    monkeypatch.setattr(crews, "free_cores", lambda: 2)


def told(shares):
    return shares.append


def test_little_work_is_done_here():
    with Crew() as crew:
        assert list(crew.each(abs, [-1, -2], lambda _: None)) == [1, 2]
        assert crew.executor is None


def test_much_work_is_done_by_processes_in_order_and_none_is_left(eager):
    shares = []
    with Crew() as crew:
        answers = list(crew.each(os.path.basename, [f"/a/{k}" for k in range(20)], told(shares)))
        assert crew.executor is not None
    assert answers == [str(k) for k in range(20)]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert not active_children()


def test_what_cannot_be_sent_is_done_here(eager):
    with Crew() as crew:
        assert list(crew.each(lambda k: k + 1, [1, 2, 3], lambda _: None)) == [2, 3, 4]
        assert crew.executor is None  # a pool may wait for ever for what it cannot pickle


def test_tasks_that_cannot_be_sent_are_done_here(eager):
    tasks = [1, 2, lambda: 3]
    with Crew() as crew:
        assert list(crew.each(callable, tasks, lambda _: None)) == [False, False, True]


@pytest.mark.parametrize(
    "error", [OSError("no more processes"), BrokenProcessPool("ended"), AssertionError("daemonic")]
)
def test_where_processes_cannot_be_started_the_work_is_done_here(eager, monkeypatch, error):
    def refuse(_):
        raise error

    monkeypatch.setattr(crews, "worker_processes", refuse)
    with Crew() as crew:
        assert list(crew.each(abs, [-1, -2, -3], lambda _: None)) == [1, 2, 3]


def test_a_worker_that_ends_leaves_its_work_to_this_process(eager):
    with Crew() as crew:
        assert list(crew.each(_ends_elsewhere, [os.getpid()] * 3, lambda _: None)) == [True] * 3


def _ends_elsewhere(pid):
    if os.getpid() != pid:
        os._exit(1)
    return True


def test_an_error_of_the_work_is_raised(eager):
    with Crew() as crew, pytest.raises(ZeroDivisionError):
        list(crew.each(_inverse, [1, 0, 2], lambda _: None))


def _inverse(k):
    return 1 / k


def test_an_executor_of_the_users_takes_it_all():
    with ThreadPoolExecutor(1) as pool, Crew(pool) as crew:
        assert list(crew.each(abs, [-1, -2], lambda _: None)) == [1, 2]
        assert crew.executor is pool


def test_a_worker_starts_no_workers():
    with worker_processes(1) as executor:
        assert executor.submit(free_cores).result(timeout=PATIENCE) == 1


SCRIPT = """
print("once", flush=True)
from deterrence.grid import crew
crew.PATIENCE = crew.WORTH = -1.0
crew.free_cores = lambda: 2
def own(k):
    return k + 1
with crew.Crew() as workers:
    print(list(workers.each(abs, [-1, -2, -3], lambda _: None)), workers.executor is not None)
with crew.Crew() as workers:
    print(list(workers.each(own, [1, 2, 3], lambda _: None)))
"""


def test_a_script_needs_no_guard_and_is_not_run_again(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=ENVIRONMENT, timeout=PATIENCE, check=True
    )
    assert done.stdout.splitlines() == ["once", "[1, 2, 3] True", "[2, 3, 4]"]


LONG = """
import time
from deterrence.grid import crew
crew.PATIENCE = crew.WORTH = -1.0
crew.free_cores = lambda: 2
with crew.Crew() as workers:
    print("begun", flush=True)
    list(workers.each(time.sleep, [60, 60, 60], lambda _: None))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the list of processes is read from /proc")
def test_ctrl_c_ends_the_work_and_leaves_no_process():
    process = subprocess.Popen(
        [sys.executable, "-c", f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n{LONG}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=ENVIRONMENT,
    )
    assert process.stdout.readline() == "begun\n"
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert "KeyboardInterrupt" in said
    end = time.monotonic() + PATIENCE
    while _alive(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _alive(process.pid)


def _alive(group):
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, own = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if int(own) == group and state != "Z":
            found.append(path)
    return found


def test_this_process_works_beside_the_others(eager):
    with Crew() as crew:
        workers = set(crew.each(_who, [0.01] * 12, lambda _: None))
    assert os.getpid() in workers
    assert len(workers) == 2


def _who(seconds):
    time.sleep(seconds)
    return os.getpid()


def test_an_error_of_the_work_done_here_is_raised_too(eager):
    with Crew() as crew, pytest.raises(ZeroDivisionError):
        list(crew.each(_fails_in, [os.getpid()] * 6, lambda _: None))


def _fails_in(pid):
    return 1 / (os.getpid() - pid)
