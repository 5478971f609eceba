"""How far long work is, on standard error, wherever the answer goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Self

from deterrence.cli.streams import console, remark
from deterrence.progress import PATIENCE

PAUSE = 10.0
"""Seconds between two lines, where standard error is no terminal."""
Report = Callable[..., None]
"""What work tells its progress: the share done, and in words what it does if that varies."""


def with_progress(work: Callable[[Report], Any], doing: str, *, plain: bool = False) -> Any:
    """Run work, and tell how far it is once it has taken two seconds.

    On a terminal that is a bar, which goes when the work is done; elsewhere a line now and then.

    Parameters
    ----------
    work
        Called with a function that it may tell the share done, and what it does.
    doing
        What the work is, in a few words.
    plain
        Whether a terminal gets no colour.
    """
    stderr = console(plain=plain, stderr=True)
    with (_Bar if stderr.is_terminal else _Lines)(doing, stderr) as told:
        return work(told.report)


class _Lines:
    """Lines that a second thread writes while the work goes on."""

    def __init__(self, doing: str, stderr: Any) -> None:
        self.doing, self.stderr, self.share = doing, stderr, 0.0
        self._begun, self._done = time.monotonic(), threading.Event()
        self._teller = threading.Thread(target=self._tell, daemon=True)

    def report(self, share: float, doing: str = "") -> None:
        """Take down how far the work is."""
        self.share, self.doing = share, doing or self.doing

    def __enter__(self) -> Self:
        self._teller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._teller.join()
        self.close()

    def _tell(self) -> None:
        pause = PATIENCE
        while not self._done.wait(pause):
            self.show()
            pause = self.pause

    pause = PAUSE

    def show(self) -> None:
        """Write how far the work is."""
        done = f"{self.share:.0%} done" if self.share else "at work"
        remark(f"{self.doing}: {done} after {time.monotonic() - self._begun:.0f} s")

    def close(self) -> None:
        """Leave what was written."""


class _Bar(_Lines):
    """A bar on the terminal, which moves to and fro while no share is known."""

    pause = 0.2
    _shown: Any = None

    def show(self) -> None:
        """Draw the bar."""
        if self._shown is None:
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._shown = Progress(*columns, console=self.stderr, transient=True, redirect_stdout=False)
            self._shown.add_task(self.doing, total=None)
            self._shown.start()
        total = 1.0 if self.share else None
        self._shown.update(self._shown.task_ids[0], total=total, completed=self.share, description=self.doing)

    def close(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown.stop()
