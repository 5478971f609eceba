"""The principal branch of logit equilibria from uniform play, followed at many parameter points in lockstep.

A point of the branch is the log-odds z of the free actions with the precision λ, and solves z = λ g(z) where
g are the advantages of the actions. The branch is parametrised by its arc length, so that it may turn in λ:
each step goes along the tangent and its change, then two Newton steps in the plane across the tangent come
back. They and the next tangent solve linear equations with the matrix [1 - λ g', -g; tangent].
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.solvers.logit.form import Array, Places
from deterrence.solvers.logit.points import LogitPoints

Mask = npt.NDArray[np.bool_]

RUNNING, ARRIVED, STALLED, EXHAUSTED = 0, 1, 2, 3
FIRST_STEP = 0.25
SHORT = 1e-4
LEAST_COSINE = 0.8
CONTRACTION = 0.3
NEARLY = 1.25
FEWER = 0.75
"""Points that are done are dropped from the arrays once at most this share is left running."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How carefully a branch is followed; see :class:`~deterrence.solvers.quantal.Quantal`."""

    tolerance: float
    correction: float
    shortest_step: float
    most_steps: int


@dataclass(eq=False)
class Trail:
    """Where each point stands on its branch: places (points, unknowns + λ), tangents, folds and crossings.

    ``bend`` is how the tangent changes along the branch.
    ``sign`` is that of the determinant, which changes only where branches cross; ``folds`` counts how often
    the branch turned in λ, the first time at ``turned_at``; ``crossings`` how often others crossed it.
    """

    place: Array
    tangent: Array
    bend: Array
    step: Array
    state: npt.NDArray[np.int8]
    sign: Array
    folds: npt.NDArray[np.intp]
    turned_at: Array
    crossings: npt.NDArray[np.intp]
    crossed_at: Array
    landed: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @classmethod
    def start(cls, points: LogitPoints) -> Trail:
        """Return the beginning of every branch: uniform play at precision zero."""
        count, unknowns = points.count, len(points.tree.free)
        tangent = np.ones((count, unknowns + 1))
        tangent[:, :-1] = points.advantages(points.values(points.logs(np.zeros((unknowns, count))))).T
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        none = np.zeros(count, dtype=np.intp)
        return cls(
            place=np.zeros((count, unknowns + 1)),
            tangent=tangent,
            bend=np.zeros_like(tangent),
            step=np.full(count, FIRST_STEP),
            state=np.zeros(count, dtype=np.int8),
            sign=np.ones(count),
            folds=none,
            turned_at=np.full(count, np.nan),
            crossings=none.copy(),
            crossed_at=np.full(count, np.nan),
            landed=np.zeros(count, dtype=bool),
        )

    def at(self, places: Places | Mask) -> Trail:
        """Return some of the points."""
        return Trail(**{name: getattr(self, name)[places] for name in self.__dataclass_fields__})

    def put(self, places: Places, trail: Trail) -> None:
        """Write points back."""
        for name in self.__dataclass_fields__:
            getattr(self, name)[places] = getattr(trail, name)


def follow(points: LogitPoints, trail: Trail, target: Array, pace: Pace) -> None:
    """Move every point of a trail along its branch to the first place where λ reaches the target.

    The trail's ``state`` tells which arrived; those that did satisfy the equations to the tolerance.
    """
    trail.state[:], trail.landed[:] = RUNNING, False
    live = np.arange(points.count)
    live_points, live_trail, live_target = points, trail.at(live), target
    for _ in range(pace.most_steps):
        running = live_trail.state == RUNNING
        if not running.any():
            break
        if running.mean() <= FEWER:
            trail.put(live, live_trail)
            live, places = live[running], np.flatnonzero(running)
            live_points, live_trail, live_target = live_points.at(places), live_trail.at(places), live_target[places]
        _advance(live_points, live_trail, live_target, pace)
    live_trail.state[live_trail.state == RUNNING] = EXHAUSTED
    trail.put(live, live_trail)


def _advance(points: LogitPoints, trail: Trail, target: Array, pace: Pace) -> None:
    """Take one step at every point; a step that does not converge is undone and shortened."""
    running = trail.state == RUNNING
    rising, ahead = trail.tangent[:, -1], target - trail.place[:, -1]
    lands = ~trail.landed & (rising > 0) & (ahead >= 0) & (NEARLY * trail.step * rising >= ahead)
    length = np.where(trail.landed, 0.0, trail.step)
    length[lands] = ahead[lands] / rising[lands]
    fixed = lands | trail.landed
    # Predictor: the tangent and its change along the branch. Corrector: Newton steps across the tangent, or at the
    # target's λ where the step lands there, so that the branch may turn in λ on the way.
    place = trail.place + length[:, None] * (trail.tangent + length[:, None] / 2 * trail.bend)
    place[fixed, -1] = target[fixed]
    across = np.where(fixed[:, None], np.eye(place.shape[1])[-1], trail.tangent)
    corrected = _corrected(points, place, across)
    along = np.einsum("pi,pi->p", corrected.tangent, trail.tangent) >= LEAST_COSINE
    limit = pace.tolerance + 8 * np.finfo(float).eps * np.abs(corrected.place[:, -1])
    shrinks = corrected.second <= np.maximum(CONTRACTION * corrected.first, np.maximum(limit, 1e-7))
    near = (corrected.first <= pace.correction) & shrinks
    near &= (along | trail.landed) & (corrected.place[:, -1] >= 0)
    near &= fixed | (ahead < 0) | (corrected.place[:, -1] <= target)
    # The determinant's sign changes only at a crossing of branches (a simple bifurcation): folds leave it, because the
    # tangent is a row of the matrix. A long step may also jump to another branch, so a change counts after a short one.
    crossed = near & (corrected.sign != trail.sign) & ~trail.landed
    accepted = near & running & (~crossed | (length <= max(SHORT, 10 * pace.shortest_step)))
    _keep(trail, accepted, length, corrected, crossed)
    trail.state[accepted & fixed & (corrected.second <= limit)] = ARRIVED
    trail.state[running & trail.landed & ~accepted] = STALLED
    trail.landed |= lands & accepted
    _pace_out(trail, running & ~fixed | (lands & ~accepted), accepted, length, corrected.first, pace)


def _keep(trail: Trail, accepted: Mask, length: Array, corrected: Corrected, crossed: Mask) -> None:
    turned = accepted & (corrected.tangent[:, -1] < 0) & (trail.tangent[:, -1] >= 0)
    trail.turned_at = np.where(turned & (trail.folds == 0), corrected.place[:, -1], trail.turned_at)
    trail.folds += turned
    crosses = accepted & crossed
    trail.crossed_at = np.where(crosses & (trail.crossings == 0), corrected.place[:, -1], trail.crossed_at)
    trail.crossings += crosses
    trail.sign = np.where(crosses, -trail.sign, trail.sign)
    moved = accepted & (length > 0)
    bend = (corrected.tangent - trail.tangent) / np.where(moved, length, 1.0)[:, None]
    trail.bend[moved] = bend[moved]
    trail.place[accepted], trail.tangent[accepted] = corrected.place[accepted], corrected.tangent[accepted]


def _pace_out(trail: Trail, paced: Mask, accepted: Mask, length: Array, size: Array, pace: Pace) -> None:
    """Lengthen or shorten the next step so that its correction comes near a quarter of what is allowed."""
    # The predictor is of second order, so that its error, which the first correction measures, grows with the cube of
    # the step: the cube root of the ratio is the factor that makes the two equal.
    factor = np.cbrt(pace.correction / 4 / np.maximum(size, 1e-300))
    factor = np.where(accepted, np.clip(factor, 0.3, 3.0), np.clip(factor, 0.1, 0.5))
    trail.step = np.where(paced, length * factor, trail.step)
    trail.state[paced & (trail.state == RUNNING) & (trail.step < pace.shortest_step)] = STALLED


@dataclass(frozen=True, eq=False)
class Corrected:
    """Places after two Newton steps, the sizes of both steps, and the tangents and signs there."""

    place: Array
    tangent: Array
    sign: Array
    first: Array
    second: Array


def _corrected(points: LogitPoints, place: Array, across: Array) -> Corrected:
    change, _, _ = _newton(points, place, across)
    first = _size(change)
    place = place + np.where((first < np.inf)[:, None], change, 0.0)
    change, tangent, matrix = _newton(points, place, across)
    second = _size(change)
    usable = np.isfinite(tangent).all(axis=1, keepdims=True)
    sign = np.linalg.slogdet(matrix)[0]
    return Corrected(place + change, np.where(usable, tangent, 0.0), sign, first, second)


def _size(change: Array) -> Array:
    size = np.abs(change).max(axis=1)
    return np.where(np.isnan(size), np.inf, size)


def _newton(points: LogitPoints, place: Array, across: Array) -> tuple[Array, Array, Array]:
    """Return the Newton step at each place, the unit tangent there, and the matrix of both."""
    unknowns = place.shape[1] - 1
    odds, precision = np.ascontiguousarray(place[:, :-1].T), place[:, -1]
    advantages, slopes = points.system(odds)
    matrix = np.empty((len(place), unknowns + 1, unknowns + 1))
    matrix[:, :-1, :-1] = np.eye(unknowns) - np.moveaxis(precision * slopes, -1, 0)
    matrix[:, :-1, -1] = -advantages.T
    matrix[:, -1] = across
    right = np.zeros((len(place), unknowns + 1, 2))
    right[:, :-1, 0] = (precision * advantages - odds).T
    right[:, -1, 1] = 1.0
    solutions = _solved(matrix, right)
    tangent = solutions[:, :, 1]
    with np.errstate(invalid="ignore", over="ignore"):
        tangent = tangent / np.linalg.norm(tangent, axis=1, keepdims=True)
    return solutions[:, :, 0], tangent, matrix


def _solved(matrix: Array, right: Array) -> Array:
    """Solve many systems; one that is singular gives NaN, and the others their solutions."""
    try:
        return np.asarray(np.linalg.solve(matrix, right))
    except np.linalg.LinAlgError:
        solutions: Any = np.full(right.shape, np.nan)
        for k, (rows, column) in enumerate(zip(matrix, right, strict=True)):
            try:
                solutions[k] = np.linalg.solve(rows, column)
            except np.linalg.LinAlgError:
                continue
        return np.asarray(solutions)
