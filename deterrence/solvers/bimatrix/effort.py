"""How an enumeration of vertices goes on, and whether its limit can be enough."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

STEPS = 3
"""Growth is that of so many steps."""
VERTICES_OVER, COMPARISONS_OVER = 3, 100
"""The enumeration is given up where so many times the limit is expected."""
PART = 20
"""A trial goes on to this part of the limit."""
TRIAL_COMPARISONS = 10**8
LEAST_TRIAL = 1_000
"""Under a lower limit there is no trial."""


class VertexLimit(Exception):  # noqa: N818 (a limit that was asked for is no error)
    """Raised when the enumeration of vertices is stopped at its limit, or foresees that it will be.

    Attributes
    ----------
    reached
        How many vertices the polytope would have had with the last reply that was inserted.
    inserted
        How many replies had been inserted, that one included.
    replies
        How many replies there are.
    limit
        The limit that was given.
    expected
        How many vertices it may have in the end, where that was foreseen; else 0.
    """

    def __init__(self, reached: int, inserted: int, replies: int, limit: int, expected: float = 0) -> None:
        super().__init__(reached, inserted, replies, limit, expected)
        self.reached, self.inserted, self.replies, self.limit, self.expected = (
            reached,
            inserted,
            replies,
            limit,
            expected,
        )

    def __str__(self) -> str:
        foreseen = " and, as it grows, will have" if self.expected else ""
        return (
            f"a best-reply polytope has {self.reached} vertices after {self.inserted} of {self.replies} "
            f"replies{foreseen}, more than the limit of {self.limit}; raise the limit, or remove dominated actions, "
            "which dt.dominance(game) names"
        )


class TrialOver(Exception):  # noqa: N818 (a trial that ends is no error)
    """Raised when a trial has done its part and the limit may be enough."""


@dataclass(slots=True)
class Effort:
    """The work of an enumeration, step after step, under a limit.

    Attributes
    ----------
    replies
        How many replies are to be inserted.
    limit
        The most vertices, and the root of the most comparisons of them in one step; None for no limit.
    trial
        Whether to do a part alone, and to give up where the growth until then leads far beyond the limit.
    """

    replies: int
    limit: int | None
    trial: bool = False
    inserted: int = 0
    vertices: list[int] = field(default_factory=list)
    comparisons: list[int] = field(default_factory=list)

    def reach(self, count: int, inserted: int) -> None:
        """Note how many vertices there are with so many replies."""
        self.inserted = inserted
        if self.limit is None:
            return
        self.vertices.append(count)
        if count > self.limit:
            raise VertexLimit(count, inserted, self.replies, self.limit)
        if self.trial and count > self.limit / PART:
            self._foresee(self.vertices, VERTICES_OVER * self.limit)

    def compare(self, count: int) -> None:
        """Note that so many comparisons are to be made."""
        if self.limit is None:
            return
        self.comparisons.append(max(1, count))
        if self.trial and count > TRIAL_COMPARISONS:
            self._foresee(self.comparisons, COMPARISONS_OVER * self.limit**2)
        if count > max(self.limit**2, TRIAL_COMPARISONS):
            raise self._stopped(float(count))

    def _foresee(self, counts: list[int], most: float) -> None:
        # Growth slows down evenly, to none at the last reply: that fits polytopes of random games within a factor of
        # two, from a tenth of the replies on.
        steps = min(STEPS, len(counts) - 1)
        growth = math.log(counts[-1] / counts[-1 - steps]) / steps if steps else 0.0
        logarithm = math.log(counts[-1]) + max(growth, 0.0) * (self.replies - self.inserted) / 2
        if logarithm > math.log(most):
            raise self._stopped(math.exp(min(logarithm, 700)))
        raise TrialOver

    def _stopped(self, expected: float) -> VertexLimit:
        assert self.limit is not None
        return VertexLimit(self.vertices[-1] if self.vertices else 0, self.inserted, self.replies, self.limit, expected)
