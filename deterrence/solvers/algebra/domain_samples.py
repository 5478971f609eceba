"""Points of a game's admissible parameter values, drawn by hit-and-run in the unit box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")


CHAINS = 8
"""So many chains start at the same point."""


def hit_and_run(start: np.ndarray, rows: tuple[np.ndarray, np.ndarray], count: int, seed: int) -> np.ndarray:
    """Return about ``count`` points x with ``a x + b >= 0`` for ``rows = (a, b)``, the start first.

    Keeping each third step makes neighbours less alike.
    """
    if not len(start):  # without parameters there is one point
        return start[None, :]
    rng = np.random.default_rng(seed)
    points, state = [start], np.repeat(start[None, :], CHAINS, axis=0)
    for step in range(count // CHAINS * 3):
        state = _stepped(state, rows, rng)
        if step % 3 == 2:
            points.extend(state)
    return np.array(points)


def _stepped(state: np.ndarray, rows: tuple[np.ndarray, np.ndarray], rng: np.random.Generator) -> np.ndarray:
    a, b = rows
    size = state.shape[1]
    directions = rng.normal(size=state.shape)
    single = rng.integers(size, size=len(state))
    axis = rng.random(len(state)) < 0.5
    directions[axis] = np.eye(size)[single[axis]]
    speed = directions @ a.T
    slack = np.maximum(state @ a.T + b, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = -slack / speed
    high = np.where(speed < 0, times, np.inf).min(axis=1)
    low = np.where(speed > 0, times, -np.inf).max(axis=1)
    # Hit and run: a uniform point of the chord, whose ends are the first rows met forwards and backwards.
    where = low + (high - low) * rng.random(len(state))
    where = np.where(np.isfinite(where), where, 0.0)
    moved: np.ndarray = state + directions * where[:, None]
    return moved


def linear_rows(size: int, polynomials: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return (a, b) with a x + b >= 0 on the unit box where the linear ones of some polynomials are not negative."""
    a, b = [*np.eye(size), *-np.eye(size)], [*np.zeros(size), *np.ones(size)]
    for polynomial in polynomials:
        row = linear_row(polynomial, size)
        if row is not None:
            a.append(row[0])
            b.append(row[1])
    return np.array(a), np.array(b)


def linear_row(polynomial: Any, size: int) -> tuple[np.ndarray, float] | None:
    """Return a linear polynomial as (coefficients, constant), rounded; None for another one."""
    row, rest = np.zeros(size), 0.0
    for monomial, c in polynomial.terms():
        if sum(monomial) > 1:
            return None
        if sum(monomial) == 0:
            rest = float(c)
        else:
            row[monomial.index(1)] = float(c)
    return row, rest
