"""Tell how far long work is: to a callable, or as a bar on the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from deterrence.errors import ParameterError

PATIENCE = 2.0
"""Seconds before a bar is shown."""


@contextmanager
def reporting(progress: Any, doing: str) -> Iterator[Callable[[float], None] | None]:
    """Yield what to call with the share done, given what the caller asked for.

    ``True`` is a bar on standard error, shown when the work takes long; a callable is called itself.

    Raises
    ------
    ParameterError
        If ``progress`` is neither.
    """
    if progress is None or progress is False:
        yield None
    elif progress is True:
        bar = _Bar(doing)
        try:
            yield bar
        finally:
            bar.close()
    elif callable(progress):
        yield progress
    else:
        raise ParameterError(
            f"progress={progress!r} cannot be told anything. Give True for a bar, or a callable that takes the share "
            "done."
        )


class _Bar:
    """A bar that appears once the work has taken a while."""

    def __init__(self, doing: str) -> None:
        self.doing, self._begun = doing, time.monotonic()
        self._shown: Any = None

    def __call__(self, share: float) -> None:
        """Show the share done."""
        if self._shown is None and time.monotonic() - self._begun > PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            self._shown = Progress(console=Console(stderr=True))
            self._shown.add_task(self.doing, total=1.0)
            self._shown.start()
        if self._shown is not None:
            self._shown.update(self._shown.task_ids[0], completed=share)

    def close(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown.stop()
