"""What the command line does when it must stop: one line, no half-written file, no traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(BaseException):
    """The request of a signal to stop the program; it is no error, so that no handler of errors catches it.

    Attributes
    ----------
    number
        The signal's.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Run what follows so that Ctrl-C, a request to end and a closed pipe each end it without a traceback.

    The status is 128 and the signal's number, as shells have it: 130 for Ctrl-C. What is being written is left to
    those who write it: they clear away what is not whole when an exception passes.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup: then it stays ignored
            signal.signal(number, _stop)
    try:
        yield
        sys.stdout.flush()
    except Interrupted as interruption:
        print("Interrupted.", file=sys.stderr)  # noqa: T201  (the last word of the command line)
        sys.exit(128 + interruption.number)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to fail at the very end
        sys.exit(1)


def _stop(number: int, _: FrameType | None) -> None:
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, signal.SIG_IGN)  # a second Ctrl-C must not disturb the clearing up
    raise Interrupted(number)
