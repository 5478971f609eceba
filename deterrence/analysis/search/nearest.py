"""Search for the smallest change of the parameters at which something holds of the equilibria.

The surfaces at which classes of equilibria begin or end, or a measure takes a value that matters, cut the ranges into
cells; within a cell the answer is the same. One exact solution a cell tells it, and the nearest point of a cell
at which it holds is found by linear programs. Classes met on the way bring further surfaces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from deterrence.analysis.answers.changes import Change
from deterrence.analysis.search.changes import Found, Test, change_at, found_at, tidied
from deterrence.analysis.search.descent import NORMS, Corner, nearest_in_cell
from deterrence.analysis.search.landscape import Landscape
from deterrence.analysis.search.proof import Box, Shares, TooManyProgramsError
from deterrence.analysis.search.radii import HAIR
from deterrence.analysis.search.random_points import random_points

CELLS = 500
"""So many cells are looked at."""
ROUNDS = 40
DOUBTED = 60
"""So many random points nearer than what was found are solved exactly, again and again, until none is news."""
CALM = 3
CROSSINGS = 24
COARSELY, FINELY = 10, 30
"""So often the way to the present values is halved, each time and at the end."""
MOST_PLAYS = 64
"""Of a game with so few pure plays, those not met yet are looked for by their formulas."""
PROOFS = 8
Report = Callable[[float], None]


class NearestSearch:
    """The search for the smallest change at which a test holds, from points at which it is known to."""

    def __init__(self, land: Landscape, test: Test, norm: str, *, steady: bool = True) -> None:
        self.land, self.test, self.norm, self.size = land, test, norm, NORMS[norm]
        self.steady = steady
        self.best: Found | None = None
        self.cells: set[bytes] = set()
        self.holding: set[bytes] = set()
        self.rng = np.random.default_rng(1962)
        self.faces = land.brittle_ends()
        self.proved = False
        self._met = 0
        self._elsewhere: list[np.ndarray] = []
        self._extent = float(max(-land.low.min(), land.high.max()))

    @property
    def distance(self) -> float:
        """The size of the smallest change found; infinite where none was."""
        return float("inf") if self.best is None else self.best.distance

    @property
    def _by_cells(self) -> bool:
        """Whether the answer is the same throughout a cell."""
        return self.steady and self.land.whole

    def run(self, seeds: Sequence[np.ndarray] = (), report: Report = lambda _: None) -> Change | None:
        """Return the smallest change found."""
        for seed in seeds:
            self.look(seed)
        for place in self.land.places_of_unmet(self._points(), MOST_PLAYS) if self.distance > 0 else ():
            self.look(place)
        calm = rounds = 0
        while calm < CALM and rounds < ROUNDS and self.distance > 0:
            before, rounds = self.distance, rounds + 1
            news = self._cells_met() or self._doubted() or self.distance < before
            calm = 0 if news else calm + 1
            report(rounds / ROUNDS)
        if self.best is not None and self.distance > 0 and not self._by_cells:
            self._feel_inwards(self.best, FINELY)
        self.proved = self.norm == "max" and self.steady and any(self._proved() for _ in range(PROOFS))
        return None if self.best is None else tidied(self.land, self.test, self.size, self.best).change

    @property
    def in_words(self) -> str:
        """How the search went."""
        land = self.land
        among = "all" if self._met < CELLS else "not all"
        number = "One class was" if len(land.patterns) == 1 else f"{len(land.patterns)} classes were"
        whole = "" if land.whole else " Some boundaries have no formula, so that random points had to show them."
        return (
            f"{number} met at {land.solutions} points solved exactly, in {among} of the "
            f"regions between their boundaries that random points met.{whole}"
        )

    # -- looking at cells ----------------------------------------------------------------------------

    def _cells_met(self) -> bool:
        """Look at a point of every cell that random points meet, the nearest first; return whether there was news."""
        points = self._points()
        keys = self._keys(points)
        news = False
        for k in np.argsort(self.size(points)):
            if self.size(points[k]) >= self.distance or self._met >= CELLS:
                break
            if keys[k] not in self.cells or keys[k] in self.holding:
                news, self._met = True, self._met + 1
                if self.look(points[k]):
                    break
        return news

    def _points(self) -> np.ndarray:
        """Return random points nearer than what was found."""
        points = random_points(self.land, min(self.distance, self._extent), self.faces, self.rng)
        return points[self.size(points) < self.distance]

    def _doubted(self) -> bool:
        """Solve at random points nearer than what was found, whatever is known there; return whether one was news."""
        radius = min(self.distance, self._extent)
        uniform = self.rng.uniform(-radius, radius, (DOUBTED, len(self.land.low)))
        if self.best is not None and not self._by_cells:  # there nothing leads to the nearest point but trying
            far = radius * 10.0 ** self.rng.uniform(-3, 0, (DOUBTED, 1))
            uniform = np.vstack([uniform, self.best.inside + self.rng.normal(size=uniform.shape) * far])
        points = np.clip(uniform, self.land.low, self.land.high)
        before = self.distance
        return any(self.look(point) for point in points if self.size(point) < self.distance) or self.distance < before

    def look(self, point: np.ndarray) -> bool:
        """Solve at a point, and draw in from there if the test holds; return whether a new class was met."""
        equilibria = self.land.solve(self.land.exact(point))
        holds = self.test(equilibria)
        learned = self.land.learn(equilibria or [])
        if not holds:
            self._elsewhere.append(point)
        if learned:  # cells in which it holds are smaller now, and their nearest points to be found again
            self.cells = set(self._keys(np.array(self._elsewhere))) if self._elsewhere else set()
            self.holding.clear()
        self.cells.add(self._keys(point[None, :])[0])
        if holds:
            self.holding.add(self._keys(point[None, :])[0])
            self._draw_in(point)
            if self.best is not None and self.distance > 0 and not self._by_cells:
                self._feel_inwards(self.best, COARSELY)
        return learned

    def _keys(self, points: np.ndarray) -> list[bytes]:
        """Return which cell each point lies in: its side of every surface, and the ends of ranges that it lies on."""
        on = [points[:, [place]] == share for place, share in self.faces]
        signs = np.hstack([self.land.surfaces.signs(points), *on]).astype(np.int8)
        keys = [row.tobytes() for row in signs]
        if self._by_cells:
            return keys
        rings = np.ceil(4 * self.size(points) / max(self.size(points).max(initial=0), 1e-300))
        return [key + bytes([int(ring)]) for key, ring in zip(keys, rings, strict=True)]

    def _proved(self) -> bool:
        """Tell whether it holds nowhere nearer, by proof for the classes known; take a nearer place where it does."""
        box = Box.of(self.land, self.distance) if self.distance > 0 else None
        if box is None:
            return self.distance == 0
        try:
            for sides, shares in box.faces():
                equilibria = self.land.solve(self.land.at_shares(shares))
                if self.test(equilibria):
                    self._take(box.nearest(sides), shares)
                    return False
                if self.land.learn(equilibria or []):
                    return False
        except TooManyProgramsError:
            return False
        return True

    def _take(self, nearest: Shares, inside: Shares) -> None:
        """Take a point of a face for the best, computed exactly so that ties remain ties."""
        for beyond in (Fraction(1, 10**6), Fraction(1)):
            there = [a + (b - a) * beyond for a, b in zip(nearest, inside, strict=True)]
            length = float(max(map(abs, nearest if beyond < 1 else inside)))
            change = change_at(self.land, self.land.at_shares(there), self.test, length)
            if change is not None:
                point, place = (np.array([float(share) for share in row]) for row in (nearest, there))
                self.best = Found(point, place, length, change)
                return

    # -- nearer and nearer -----------------------------------------------------------------------------

    def _draw_in(self, point: np.ndarray) -> None:
        """Go to the nearest point of a cell in which the test holds, and on through those next to it while it does."""
        self._offer(point, point)
        todo: list[np.ndarray] = [point]
        entered: set[bytes] = set()
        while todo and len(entered) < CROSSINGS:
            point = todo.pop()
            key = self._keys(point[None, :])[0]
            if key in entered or not self.test(self.land.solve(self.land.exact(point))):
                continue
            entered.add(key)
            if self._touches(point) and self._offer(np.zeros_like(point), point):
                return
            for on_ends in (False, True):
                corner = self._corner(point, on_ends=on_ends)
                if self._offer(corner.point, corner.inside) or self._offer(corner.point, point):
                    break
            if self.size(corner.point) <= self.distance * (1 + HAIR):
                todo += corner.across

    def _corner(self, point: np.ndarray, *, on_ends: bool) -> Corner:
        """Return the nearest point of a cell; with ``on_ends`` parameters at an end of their range stay there."""
        land = self.land
        fixed = on_ends & ((point == land.low) | (point == land.high))
        low, high = np.where(fixed, point, land.low), np.where(fixed, point, land.high)
        near = land.surfaces.reach <= self.distance * (1 + HAIR)
        return nearest_in_cell(land.surfaces, point, low, high, self.norm, near)

    def _touches(self, point: np.ndarray) -> bool:
        """Tell whether the cell of a point comes as near to the present values as one likes: these are at a tie."""
        sides, here = self.land.surfaces.signs(np.array([point, np.zeros_like(point)]))
        return bool((sides * here >= 0).all()) and not any(share == point[place] for place, share in self.faces)

    def _offer(self, nearest: np.ndarray, inside: np.ndarray) -> bool:
        """Take a point for the best if it is nearer, and exact solutions beside it confirm it."""
        if self.size(nearest) >= self.distance:
            return False
        found = found_at(self.land, self.test, self.size, nearest, inside)
        self.best = found or self.best
        return found is not None

    def _feel_inwards(self, found: Found, times: int) -> None:
        """Halve the way to the present values, wholly and in one parameter at a time, by exact solutions."""
        point = found.inside
        for k in (None, *np.argsort(np.abs(point))):
            still = np.zeros_like(point)
            if k is not None:
                still = point.copy()
                still[k] = 0
            point = self._halved(still, point, times)
        if self.size(point) < self.distance:
            self._offer(point, point)

    def _halved(self, still: np.ndarray, holds: np.ndarray, times: int) -> np.ndarray:
        """Return the place nearest to where it need not hold at which it still does, by halving the way."""
        for _ in range(times if (still != holds).any() else 0):
            middle = (still + holds) / 2
            if self.test(self.land.solve(self.land.exact(middle))):
                holds = middle
            else:
                still = middle
        return holds
