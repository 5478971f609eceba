"""What the command line does when it must stop: one line, no half-written file, no process left behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor


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


@contextmanager
def worker_processes(count: int) -> Iterator[Executor]:
    """Give an executor with so many processes of its own, which are gone afterwards, whatever happens.

    Ctrl-C on a terminal reaches the workers too: they do not hear it, and are ended from here.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    _start_tracker()
    executor = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    with _interrupts_put_off():
        for _ in range(count):
            executor.submit(int)  # starts a process, as none is idle yet
    try:
        yield executor
    except BaseException:
        for process in active_children():
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_put_off() -> Iterator[None]:
    """Hear Ctrl-C only afterwards; processes that start meanwhile inherit that, and never hear it.

    To block the signal in this thread is not enough: where another thread of the process, such as one of NumPy's, takes
    it, Python runs the handler here all the same. So the handler only takes note meanwhile.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield  # as on Windows; and only the main thread may set handlers
        return
    heard: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if callable(handler):
            signal.signal(signal.SIGINT, handler)
    if heard and callable(handler):
        handler(heard[0], None)


def _start_tracker() -> None:
    """Start the process by which Python keeps account of others: to start it lets Ctrl-C through."""
    if os.name == "posix":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()
