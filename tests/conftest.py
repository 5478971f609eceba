"""Record which places of the library make an error while the tests run, for ``python -m tests.reached``.

Nothing is recorded unless the environment variable DETERRENCE_REACHED names a folder. Each process writes a file of its
own there, so that several may run side by side, and several runs add up.
"""

import os
import sys
from pathlib import Path

import pytest

from deterrence.errors import DeterrenceError

FOLDER = "DETERRENCE_REACHED"
PACKAGE = Path(__file__).resolve().parent.parent / "deterrence"
DEEPEST = 6
"""How many calls may lie between a site and the error's own making: functions that put a message together."""


class Recorder:
    """Remember the lines of the package from which errors were made."""

    def __init__(self):
        self.lines = set()

    def note(self, frame):
        """Note the calls in the package that led to an error, the nearest first."""
        for _ in range(DEEPEST):
            if frame is None or not frame.f_code.co_filename.startswith(str(PACKAGE)):
                return
            self.lines.add((Path(frame.f_code.co_filename).relative_to(PACKAGE.parent).as_posix(), frame.f_lineno))
            frame = frame.f_back

    def watch(self, error):
        """Have a class of errors tell where it is made; return what undoes it."""
        made = error.__dict__.get("__init__")

        def tell(this, *given, **named):
            self.note(sys._getframe(1))
            super(error, this).__init__(*given, **named)

        error.__init__ = tell
        return (lambda: setattr(error, "__init__", made)) if made else (lambda: delattr(error, "__init__"))

    def write(self, folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        text = "".join(f"{file}:{line}\n" for file, line in sorted(self.lines))
        with (Path(folder) / f"{os.getpid()}.txt").open("a", encoding="utf-8") as file:
            file.write(text)


def pytest_configure(config):
    if os.environ.get(FOLDER):
        config.reached = Recorder()
        config.add_cleanup(config.reached.watch(DeterrenceError))


def pytest_unconfigure(config):
    if hasattr(config, "reached"):
        config.reached.write(os.environ[FOLDER])


@pytest.fixture
def recorder():
    """Record the errors made during one test."""
    recorder = Recorder()
    undo = recorder.watch(DeterrenceError)
    yield recorder
    undo()


@pytest.fixture(autouse=True)
def _figures_are_closed():
    """Close the figures that a test leaves with pyplot, which warns of many."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
