"""Worker processes of one's own: started when there is enough to do, and gone afterwards, whatever happens."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor


def free_cores() -> int:
    """Return how many processes may work at once; one in a process that is a worker itself."""
    from multiprocessing import parent_process

    if parent_process() is not None:
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextmanager
def worker_processes(count: int) -> Iterator[Executor]:
    """Give an executor with so many processes of its own, which are gone afterwards, whatever happens.

    Ctrl-C on a terminal reaches the workers too: they do not hear it, and are ended from here. They start from
    nothing, so that threads of this process do no harm, and do not run the script that this process runs.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _start_tracker()
    executor = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    workers = []
    try:
        with _interrupts_put_off(), _script_put_aside():
            for _ in range(count):
                executor.submit(int)  # starts a process, as none is idle yet
            workers = list(executor._processes.values())
        yield executor
    except BaseException:
        for process in workers or list((executor._processes or {}).values()):
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _script_put_aside() -> Iterator[None]:
    """Start processes meanwhile that do not run again what this one runs: a script need not guard itself."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


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
