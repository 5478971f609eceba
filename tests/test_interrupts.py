"""Ctrl-C and a closed pipe end the command line in order: one line, no traceback, no half-written file, no process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deterrence.exchange.files import documents
from deterrence.interrupts import Interrupted
from deterrence.report import markdown, writing
from deterrence.report.document import Brief

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups are those of POSIX")

PATIENCE = 120
"""Seconds to wait for a process on a machine that may be busy: nothing here takes more than a few on an idle one."""
# A signal may come while a module is read, whose file is then not closed: of that no user is warned.
PYTHON = [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning"]
COMMAND = [*PYTHON, "-m", "deterrence"]
# Tell when the work has begun: a model is loaded after all that is needed was imported and the folder read.
ANNOUNCED = """
import sys
from deterrence.models import catalogue
from deterrence import cli
catalogue.names()  # looked up once, and kept
load = catalogue.load
def told(name):
    print("begun", flush=True)
    return load(name)
catalogue.load = told
sys.argv = ["deterrence", *sys.argv[1:]]
cli.main()
"""


@pytest.fixture(autouse=True)
def heard():
    """Hear Ctrl-C here, and so in what is started from here: a shell starts a background job with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def start(*arguments, folder, announced=False):
    """Start the command in a process group of its own, as a terminal does."""
    command = [*PYTHON, "-c", ANNOUNCED] if announced else COMMAND
    return subprocess.Popen(
        [*command, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )


def group_of(leader):
    """Return the ids of the processes in a group, from the system's own list."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if int(group) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found


def until(condition, seconds):
    """Wait until something holds; tell whether it came to hold."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def interrupt(process, sent=signal.SIGINT):
    """Send a signal to the whole group, as Ctrl-C does; return the status and what was said on stderr."""
    os.killpg(process.pid, sent)
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def test_ctrl_c_during_a_brief_leaves_no_file_and_says_one_word(tmp_path):
    process = start("brief", "iraq-2020", "--output", "x.html", folder=tmp_path, announced=True)
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.3)
    assert interrupt(process) == (130, "Interrupted.\n")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_during_solve_says_one_word(tmp_path):
    process = start("solve", "cuba-1962", folder=tmp_path, announced=True)
    assert process.stdout.readline() == "begun\n"
    assert interrupt(process) == (130, "Interrupted.\n")


def test_a_request_to_end_is_heard_too(tmp_path):
    process = start("brief", "iraq-2020", folder=tmp_path, announced=True)
    assert process.stdout.readline() == "begun\n"
    assert interrupt(process, signal.SIGTERM) == (128 + signal.SIGTERM, "Interrupted.\n")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the list of processes is read from /proc")
@pytest.mark.parametrize("workers", [1, 2], ids=["while they start", "while they work"])
def test_ctrl_c_during_a_check_leaves_no_worker_behind(tmp_path, workers):
    process = start("check", "--jobs", "2", "--output", "x.json", folder=tmp_path)
    assert until(lambda: len(group_of(process.pid)) > 1 + workers, PATIENCE), "no worker started"
    if workers > 1:
        time.sleep(1.5)
    status, said = interrupt(process)
    assert (status, said) == (130, "Interrupted.\n")
    assert until(lambda: not group_of(process.pid), PATIENCE), "a process is left"
    assert list(tmp_path.iterdir()) == []


def test_a_closed_pipe_is_met_with_silence(tmp_path):
    process = start("show", "strike", folder=tmp_path)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=PATIENCE), said) == (1, "")


def test_an_ignored_signal_stays_ignored(tmp_path):
    program = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + ANNOUNCED
    process = subprocess.Popen(
        [sys.executable, "-c", program, "solve", "strike"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert process.stdout.readline() == "begun\n"
    os.killpg(process.pid, signal.SIGINT)
    told, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, told.startswith("One subgame perfect equilibrium")) == (0, True)


@pytest.mark.parametrize("raised", [KeyboardInterrupt, Interrupted(2)])
def test_a_file_that_is_interrupted_is_not_there(tmp_path, monkeypatch, raised):
    def stop(_):
        raise raised

    monkeypatch.setattr(documents.os, "fsync", stop)
    with pytest.raises((KeyboardInterrupt, Interrupted)):
        documents.write_file(tmp_path / "game.json", "text")
    assert list(tmp_path.iterdir()) == []


def test_a_brief_that_is_interrupted_between_its_figures_leaves_none(tmp_path, monkeypatch):
    written = []

    def stop(path, text):
        written.append(path.write_text(text))
        if len(written) == 2:
            raise Interrupted(2)
        return len(text)

    monkeypatch.setattr(markdown, "as_markdown", lambda *_: ("text", {"1.svg": "<svg/>", "2.svg": "<svg/>"}))
    monkeypatch.setattr(writing, "_replace", stop)
    with pytest.raises(Interrupted):
        writing.write_brief(Brief("Brief: x", (), (), ""), tmp_path / "brief.md")
    assert list(tmp_path.iterdir()) == []
