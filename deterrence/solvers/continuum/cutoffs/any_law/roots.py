"""All solutions of a pattern's equations where laws are any: boxes are excluded by bounds until few tiny ones are left.

In one unknown the scale is that of the logarithm of the odds, so that roots near 0 and 1 are told apart. A box is left
out when bounds show that some equation has no zero in it. What is left are bunches of tiny boxes; each holds a solution
where the equation changes its sign in it. So every equilibrium of the pattern lies in the bunch of one that is found.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from deterrence.solvers.continuum.cutoffs.any_law.equations import Cut, Equations, Number
from deterrence.solvers.continuum.cutoffs.any_law.spans import Span
from deterrence.solvers.continuum.cutoffs.off_path import Solved
from deterrence.solvers.continuum.cutoffs.patterns import Pattern
from deterrence.solvers.continuum.cutoffs.reading import Reading

EDGE = 1e-13
"""How near to the ends of its range an unknown is sought."""
NARROW = 1e-8
WIDE = 1e-5
"""A bunch of boxes wider than this lies where two equilibria meet, or nearly so."""
SCANNED = 400
NARROW_MANY = 1e-6
"""A box narrower than this, with several unknowns, is handed to Newton's method."""
MOST_BOXES = 40_000
Box = tuple[Span, ...]
UNSETTLED = "in some pattern of play a root was neither found nor excluded"


def solved_by_bounds(reading: Reading, chosen: Sequence[Pattern | None], gaps: list[str]) -> Iterator[Solved]:
    """Yield the solutions of a pattern; what stays open is added to the gaps."""
    equations = Equations(reading, chosen)
    search = _Search(equations, gaps)
    for point in search.points():
        play = equations.play(point)
        if play is not None and equations.holds(*play):
            yield equations.solved(*play)


class _Search:
    def __init__(self, equations: Equations, gaps: list[str]) -> None:
        self.equations, self.gaps = equations, gaps
        self.ends = [equations.span_of(unknown) for unknown in equations.driving]
        self.cuts = [isinstance(unknown, Cut) for unknown in equations.driving]

    def points(self) -> list[tuple[float, ...]]:
        """Return the solutions."""
        if not self.ends:
            return [()]
        if any(high - low <= 2 * EDGE for low, high in self.ends):
            return []
        kept = self._kept()
        return self._roots_of_one(kept) if len(self.ends) == 1 else self._roots_of_many(kept)

    def value(self, k: int, x: float) -> float:
        """Return an unknown from its place on the scale of the search: the logarithm of the odds."""
        low, high = self.ends[k]
        return low + (high - low) / (1 + math.exp(-x))

    def _kept(self) -> list[Box]:
        """Return the narrow boxes that bounds do not exclude; where there are too many, those found so far."""
        far = -math.log(EDGE)
        stack: list[Box] = [tuple(Span(-far, far) for _ in self.ends)]
        kept: list[Box] = []
        narrow = NARROW if len(self.ends) == 1 else NARROW_MANY
        for _ in range(MOST_BOXES):
            if not stack:
                return kept
            box = stack.pop()
            if not self._may_hold(box):
                continue
            widths = [span.high - span.low for span in box]
            if max(widths) < narrow:
                kept.append(box)
                continue
            k = widths.index(max(widths))
            middle = (box[k].low + box[k].high) / 2
            stack += [(*box[:k], half, *box[k + 1 :]) for half in (Span(box[k].low, middle), Span(middle, box[k].high))]
        self.gaps.append(UNSETTLED)
        return kept

    def _may_hold(self, box: Box) -> bool:
        spans = [Span(self.value(k, span.low), self.value(k, span.high)) for k, span in enumerate(box)]
        play = self.equations.play(spans)
        rest = None if play is None else self.equations.residuals(*play)
        return rest is not None and all(_has_zero(value) for value in rest)

    def residual(self, x: Sequence[float]) -> list[float] | None:
        """Return what must be zero at a point of the scale."""
        play = self.equations.play([self.value(k, at) for k, at in enumerate(x)])
        return None if play is None else self.equations.residuals(*play)

    def _roots_of_one(self, kept: Sequence[Box]) -> list[tuple[float, ...]]:
        far = -math.log(EDGE)
        found: list[tuple[float, ...]] = []
        for low, high in _clusters([box[0] for box in kept]):
            a, b = low - NARROW, high + NARROW
            roots = self._sign_changes(a, b)
            inside = abs(low) < far - 1 and abs(high) < far - 1
            nowhere = all(self.residual((x,)) is None for x in (a, b))
            if inside and ((not roots and not nowhere) or b - a > WIDE):
                self.gaps.append(UNSETTLED)
            found += [(self.value(0, root),) for root in roots]
        return found

    def _sign_changes(self, low: float, high: float) -> list[float]:
        """Return the places in a bunch of boxes where an equation changes its sign."""
        from scipy.optimize import brentq

        count = SCANNED if high - low > WIDE else 1
        points = [low + (high - low) * k / count for k in range(count + 1)]
        rows = [self.residual((x,)) for x in points]
        roots = []
        for (a, first), (b, last) in itertools.pairwise(zip(points, rows, strict=True)):
            if first is None or last is None:
                continue
            k = next((i for i, r in enumerate(first) if r != 0), 0)
            if first[k] * last[k] <= 0:
                function = lambda x, k=k: (self.residual((x,)) or [math.nan] * (k + 1))[k]  # noqa: E731
                roots.append(float(brentq(function, a, b, xtol=1e-15, rtol=1e-15)))
        return roots

    def _roots_of_many(self, kept: Sequence[Box]) -> list[tuple[float, ...]]:
        from scipy.optimize import root

        found: list[tuple[float, ...]] = []
        for box in kept:
            start = [(span.low + span.high) / 2 for span in box]
            answer = root(lambda x: (self.residual(x) or [1.0] * len(x))[: len(x)], start, tol=1e-14)
            values = tuple(self.value(k, float(x)) for k, x in enumerate(answer.x))
            if max(map(abs, answer.fun)) > 1e-10:
                self.gaps.append(UNSETTLED)
            elif not any(max(abs(a - b) for a, b in zip(values, old, strict=True)) < 1e-8 for old in found):
                found.append(values)
        return found


def _has_zero(value: Number) -> bool:
    return value.has_zero if isinstance(value, Span) else bool(abs(value) < 1e-12)


def _clusters(spans: Sequence[Span]) -> list[tuple[float, float]]:
    """Return the joined spans that touch."""
    joined: list[list[float]] = []
    for span in sorted(spans, key=lambda s: s.low):
        if joined and span.low <= joined[-1][1] + NARROW:
            joined[-1][1] = max(joined[-1][1], span.high)
        else:
            joined.append([span.low, span.high])
    return [(low, high) for low, high in joined]
