"""What a question may take: time, or steps."""

from __future__ import annotations

import time


class Clock:
    """A budget of seconds from now; None for no end."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds, self.began = seconds, time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    def over(self) -> bool:
        """Tell whether the time is up."""
        return self.seconds is not None and self.spent > self.seconds

    def within(self, share: float) -> Clock:
        """Return a clock that stops after a share of what is left of this one."""
        return Clock(None if self.seconds is None else share * max(self.seconds - self.spent, 0.0))


class Steps:
    """A budget of steps, the same on every machine: each time that it is asked whether it is over, one is taken."""

    def __init__(self, most: int) -> None:
        self.left = most

    def over(self) -> bool:
        """Take a step; tell whether there was none left."""
        self.left -= 1
        return self.left < 0
