"""Answers kept for the next time they are asked for, and no more of them than fit."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any


class Remembered:
    """The latest answers to questions that are asked again: at most ``most`` of them, shared by all threads.

    With ``room`` they take no more bytes than that together, as told by their ``nbytes``; one that alone takes more is
    not kept.
    """

    def __init__(self, most: int, room: int | None = None) -> None:
        self.most, self.room = most, room
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def of(self, question: Any, answer: Callable[[], Any]) -> Any:
        """Return what was answered before, or answer; the answer longest unasked for is let go."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        new = answer()  # outside the lock: it may take long, and ask for other answers that are kept here
        with self._lock:
            kept = self._answers.setdefault(question, new)
            while len(self._answers) > self.most or self._crowded():
                self._answers.popitem(last=False)
        return kept

    def _crowded(self) -> bool:
        return self.room is not None and sum(answer.nbytes for answer in self._answers.values()) > self.room
