"""Work on many points, in order: here, by an executor of the user's, or by processes where it takes long."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, as_completed, wait
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from deterrence.errors import MethodError
from deterrence.grid.processes import free_cores, worker_processes

PATIENCE = 0.5
"""Seconds of work here before processes are thought of."""
WORTH = 4.0
"""Seconds of work that must be left, so that to start processes pays."""
Report = Callable[[float], None]


class Crew:
    """Those who do tasks: this process, an executor given, or with it processes of its own once it is known to be long.

    Use it in a ``with`` statement: its processes end with it. Where processes cannot be started, or cannot be sent the
    question, as a function defined in a script, or end before they are done, the work is done here.
    """

    def __init__(self, executor: Executor | None = None) -> None:
        self.executor = executor
        self.given = executor is not None
        self._stack = ExitStack()
        self._count = 1 if self.given else free_cores()

    def __enter__(self) -> Self:
        self._stack.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._stack.__exit__(kind, error, trace)

    def each(self, work: Callable[[Any], Any], tasks: Sequence[Any], report: Report) -> Iterator[Any]:
        """Yield what work makes of each task, in order."""
        if self.given:
            yield from self._by_executor(work, tasks, report)
            return
        begun, done = time.monotonic(), 0
        while done < len(tasks):
            if self._pays(time.monotonic() - begun, done, len(tasks)):
                for answer in self._by_processes(work, tasks[done:], _part(report, done, len(tasks))):
                    done += 1
                    yield answer
                continue
            answer = work(tasks[done])
            done += 1
            report(done / len(tasks))
            yield answer

    def _pays(self, passed: float, done: int, count: int) -> bool:
        """Tell whether what is left is enough for processes, which are there or may be started."""
        if self._count < 2 or count - done < 2:
            return False
        if self.executor is not None:
            return True
        return passed > PATIENCE and passed / max(1, done) * (count - done) > WORTH

    def _by_processes(self, work: Callable[[Any], Any], tasks: Sequence[Any], report: Report) -> Iterator[Any]:
        """Yield the answers of processes, as many as they give: what they leave is to be done here."""
        # Python's pool may wait for ever for what it could not pickle: that is found out before anything is sent.
        if not _can_be_sent((work, tasks)):
            self._count = 1
            return
        try:
            if self.executor is None:
                self.executor = self._stack.enter_context(worker_processes(self._count - 1))
            yield from _Shared(self.executor, self._count - 1, work, tasks).answers(report)
        except (OSError, BrokenExecutor, pickle.PicklingError, AttributeError, TypeError, RuntimeError, AssertionError):
            self._count = 1  # an error of the work itself comes again here

    def _by_executor(self, work: Callable[[Any], Any], tasks: Sequence[Any], report: Report) -> Iterator[Any]:
        from concurrent.futures import ProcessPoolExecutor

        try:
            if isinstance(self.executor, ProcessPoolExecutor):  # as above: it may wait for ever
                pickle.dumps((work, tasks))
            yield from _answers(self.executor, work, tasks, report)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            if "pickle" not in str(error):
                raise
            raise MethodError(
                "The executor works in other processes, to which the question cannot be sent: "
                f"{error}. Define the measure or method in a module, with def and not lambda, or use a "
                "ThreadPoolExecutor."
            ) from error


class _Shared:
    """Tasks of which other processes take the first that are left, and this one, meanwhile, the last."""

    def __init__(self, executor: Executor, workers: int, work: Callable[[Any], Any], tasks: Sequence[Any]) -> None:
        self.executor, self.workers, self.work, self.tasks = executor, workers, work, tasks
        self.sent: dict[Future[Any], int] = {}
        self.done: dict[int, Any] = {}
        self.left = range(len(tasks))

    def answers(self, report: Report) -> list[Any]:
        """Return what is made of the tasks, in order; the first that fails ends it all."""
        try:
            while len(self.done) < len(self.tasks):
                self._send()
                if self.left:
                    self.left, last = self.left[:-1], self.left[-1]
                    self.done[last] = self.work(self.tasks[last])
                self._receive(report)
        finally:
            for future in self.sent:
                future.cancel()
        return [self.done[k] for k in range(len(self.tasks))]

    def _send(self) -> None:
        """Give each worker a task and the next one, but leave this process its share of the last."""
        while self.left and len(self.sent) < min(2 * self.workers, self._share(len(self.left) + len(self.sent))):
            first, self.left = self.left[0], self.left[1:]
            self.sent[self.executor.submit(self.work, self.tasks[first])] = first

    def _share(self, count: int) -> int:
        return max(1, count * self.workers // (self.workers + 1))

    def _receive(self, report: Report) -> None:
        """Take the answers that are there; where nothing is left to do here, wait for the next one."""
        done, _ = wait(self.sent, timeout=0 if self.left else None, return_when=FIRST_COMPLETED)
        for future in done:
            self.done[self.sent.pop(future)] = future.result()
        report(len(self.done) / len(self.tasks))


def _can_be_sent(question: Any) -> bool:
    """Tell whether other processes can be given a question."""
    try:
        pickle.dumps(question)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _answers(
    executor: Executor | None, work: Callable[[Any], Any], tasks: Sequence[Any], report: Report
) -> Iterator[Any]:
    """Yield what an executor makes of tasks, in order; the first that fails ends it all."""
    assert executor is not None
    futures: list[Future[Any]] = [executor.submit(work, task) for task in tasks]
    try:
        _wait(futures, report)
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def _wait(futures: Sequence[Future[Any]], report: Report) -> None:
    """Tell the share of futures that are done; the first that fails ends it all."""
    for done, future in enumerate(as_completed(futures), 1):
        future.result()
        report(done / len(futures))


def _part(report: Report, done: int, count: int) -> Report:
    """Return what tells of the rest of some tasks."""
    return lambda share: report((done + share * (count - done)) / count)
