"""Arrays of payoff tables: their checks, and the exact solution of single games of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.errors import GameError, MethodError, NumberError, ValueKindError
from deterrence.games.expression import exact_number
from deterrence.solvers.bimatrix.vertices import extreme_equilibria

LARGEST = 4
"""The most actions that a player may have in a game that is solved in bulk."""
GREATEST = 1e300
"""The greatest size of a payoff, so that sums and differences of payoffs are finite."""

Line = tuple[list[float], list[float], tuple[float, float]]


def checked_tables(A: Any, B: Any) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return both arrays of payoffs, checked."""
    first, second = _table(A, "A"), _table(B, "B")
    if first.shape != second.shape:
        raise GameError(f"A has shape {first.shape} and B {second.shape}; they must be the same.")
    if 0 in first.shape:
        raise GameError(f"A and B have shape {first.shape}; they must hold at least one game, row and column.")
    if max(first.shape[1:]) > LARGEST:
        rows, columns = first.shape[1:]
        raise MethodError(
            f"solve_many takes games of up to {LARGEST} × {LARGEST} actions, not {rows} × {columns}. "
            "Solve larger ones one at a time, with solve(bimatrix(A[i], B[i]), Nash())."
        )
    return first, second


def _table(payoffs: Any, called: str) -> npt.NDArray[Any]:
    try:
        table = np.asarray(payoffs)
    except ValueError as error:
        raise GameError(f"The games in {called} must all have the same numbers of rows and columns.") from error
    if table.dtype.kind not in "iuf":
        raise ValueKindError(
            f"{called} must hold floats or integers, not {table.dtype.name!r} values. "
            "Fractions are solved exactly one game at a time, with solve(bimatrix(A[i], B[i]))."
        )
    if table.ndim != 3:
        hint = f" For a single game write {called}[None]." if table.ndim == 2 else ""
        raise GameError(f"{called} must have three axes (games, rows, columns), not shape {table.shape}.{hint}")
    return _finite(table.astype(float), called) if table.dtype.kind == "f" else table.copy()


def _finite(table: npt.NDArray[np.float64], called: str) -> npt.NDArray[np.float64]:
    usable = np.abs(table) <= GREATEST
    if not usable.all():
        game, row, column = (int(k) for k in np.argwhere(~usable)[0])
        raise NumberError(
            f"{called}[{game}, {row}, {column}] is {table[game, row, column]}, in game {game}; "
            f"every payoff must be a finite number, of at most {GREATEST:g} in size."
        )
    return table


def solved_exactly(A: npt.NDArray[Any], B: npt.NDArray[Any], games: npt.NDArray[np.intp]) -> Iterator[tuple[int, Line]]:
    """Yield the games' extreme equilibria with their places, found in rational arithmetic; equal games once."""
    solutions: dict[tuple[bytes, bytes], list[Line]] = {}
    for game in games.tolist():
        key = (A[game].tobytes(), B[game].tobytes())
        if key not in solutions:
            solutions[key] = _extremes(A[game].tolist(), B[game].tolist())
        yield from ((game, line) for line in solutions[key])


def _extremes(A: list[list[Any]], B: list[list[Any]]) -> list[Line]:
    first, second = ([[exact_number(entry) for entry in row] for row in table] for table in (A, B))
    return [
        (list(map(float, x)), list(map(float, y)), (_expected(first, x, y), _expected(second, x, y)))
        for x, y in extreme_equilibria(first, second)
    ]


def _expected(table: list[list[Any]], x: Any, y: Any) -> float:
    return float(sum(p * q * entry for p, row in zip(x, table, strict=True) for q, entry in zip(y, row, strict=True)))
