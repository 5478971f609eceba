"""A row of the comparison: a question, our time and a peer's, whether the answers agree, and what limits us."""

from __future__ import annotations

import importlib
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

UNITS = ((1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
WHOLE_FROM = 9.95


@dataclass(frozen=True)
class Row:
    """Hold one comparison; times in seconds for one unit of work, None where there is nothing to time.

    Attributes
    ----------
    question, unit
        What is asked, and of how much a time is told, such as "a point".
    ours, peer, theirs
        Our time, the peer's name and its time; None with the reason in ``answers``.
    target
        The least ratio of their time to ours, or the most time of ours; None where there is none.
    answers
        How the answers agree, or why they are not there.
    """

    question: str
    unit: str
    ours: float | None
    peer: str
    theirs: float | None
    answers: str
    least_ratio: float | None = None
    most_time: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times our time theirs is."""
        return None if self.ours is None or self.theirs is None else self.theirs / self.ours

    @property
    def met(self) -> bool | None:
        """Whether the targets are met; None where there are none, or nothing to judge them by."""
        verdicts = []
        if self.least_ratio is not None and self.ratio is not None:
            verdicts.append(self.ratio >= self.least_ratio)
        if self.most_time is not None and self.ours is not None:
            verdicts.append(self.ours <= self.most_time)
        return all(verdicts) if verdicts else None

    @property
    def target(self) -> str:
        """The target in words."""
        parts = []
        if self.least_ratio is not None:
            parts.append(f"ratio ≥ {ratio_text(self.least_ratio)}")
        if self.most_time is not None:
            parts.append(f"< {time_text(self.most_time)}")
        verdict = {True: ": met", False: ": **missed**", None: ""}[self.met]
        return " and ".join(parts) + verdict if parts else "none"

    def cells(self) -> list[str]:
        """Return the row as texts."""
        per = f" {self.unit}" if self.unit else ""
        mine, theirs = ("" if seconds is None else time_text(seconds) + per for seconds in (self.ours, self.theirs))
        ratio = "" if self.ratio is None else ratio_text(self.ratio)
        return [self.question, mine, self.peer, theirs, ratio, self.target, self.answers]


HEADINGS = ("question", "deterrence", "peer", "its time", "ratio", "target", "answers")


@dataclass(frozen=True)
class Section:
    """Hold the rows of one question, what was done, and what limits the speed."""

    title: str
    text: str
    rows: Sequence[Row]
    limit: str


def time_text(seconds: float) -> str:
    """Write a time with two or three digits in a fitting unit."""
    size, unit = next(((size, unit) for size, unit in UNITS if seconds >= size), UNITS[-1])
    return f"{short(seconds / size)} {unit}"


def ratio_text(ratio: float) -> str:
    """Write a ratio; below 1 as one over what we take longer."""
    return short(ratio) if ratio >= 1 else f"1/{short(1 / ratio)}"


def short(number: float) -> str:
    """Write a number with two digits, or whole from ten on."""
    return f"{number:,.0f}" if number >= WHOLE_FROM else f"{number:.2g}"


def timed(task: Callable[[], Any], repeats: int = 1) -> tuple[float, Any]:
    """Return the least processor time of some runs, and the last answer; other work on the machine counts little.

    An answer is let go before the next run begins.
    """
    best, answer = float("inf"), None
    for _ in range(repeats):
        answer = None
        began = time.process_time()
        answer = task()
        best = min(best, time.process_time() - began)
    return best, answer


def in_turn(tasks: Sequence[Callable[[], Any]], repeats: int) -> list[float]:
    """Return the least processor time of each task, run one after the other again and again."""
    rounds = [[timed(task)[0] for task in tasks] for _ in range(repeats)]
    return [min(times) for times in zip(*rounds, strict=True)]


def package(name: str) -> Any:
    """Return a package of somebody else's, or None where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except ImportError:
            return None


def missing(question: str, unit: str, ours: float | None, peer: str, **targets: Any) -> Row:
    """Return the row of a peer that is not installed."""
    return Row(question, unit, ours, peer, None, "not installed here, so not compared", **targets)


def agreement(apart: float, within: float, what: str) -> str:
    """Say how far answers are apart at most, or stop the benchmark where that is too far."""
    if not apart <= within:
        raise AssertionError(f"The answers are {apart:.3g} apart in {what}, more than {within:g}.")
    return f"agree in {what} to {apart:.0e}" if apart else f"agree in {what} exactly"
