"""Walks that ask an oracle of points, taken in step: each time the questions of all are one call."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")
Asking = Generator[np.ndarray, np.ndarray, T]
"""Work that yields points, one a row, is sent at which of them it holds, and returns what it found."""


def in_step(holds: Callable[[np.ndarray], np.ndarray], walks: Sequence[Asking[T]]) -> list[T]:
    """Return what each walk finds, in order; a call has a price of its own, so that all ask together."""
    found: dict[int, T] = {}
    answers: dict[int, np.ndarray | None] = dict.fromkeys(range(len(walks)))
    while answers:
        asked: dict[int, np.ndarray] = {}
        for k, answer in answers.items():
            try:
                asked[k] = next(walks[k]) if answer is None else walks[k].send(answer)
            except StopIteration as end:
                found[k] = end.value
        answers = dict(_told(holds, asked)) if asked else {}
    return [found[k] for k in range(len(walks))]


def _told(holds: Callable[[np.ndarray], np.ndarray], asked: dict[int, np.ndarray]) -> list[tuple[int, np.ndarray]]:
    """Return for each walk at which of its points it holds."""
    ends = np.cumsum([len(points) for points in asked.values()])
    return list(zip(asked, np.split(holds(np.concatenate(list(asked.values()))), ends[:-1]), strict=True))
