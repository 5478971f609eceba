"""The time that a question may take."""

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
