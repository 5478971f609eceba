"""Many parameter points of a game as arrays: their checks, and the game's numbers at all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.errors import ParameterError, nearest
from deterrence.games.expression import is_symbolic, show_number
from deterrence.games.game import Game
from deterrence.solvers.logit.form import Array, LogitForm
from deterrence.solvers.logit.points import LogitPoints
from deterrence.solvers.quantal import checked_precision

Columns = dict[str, Array]

SUM_TOLERANCE = 1e-9
"""How far the probabilities of a chance node may be from summing to one at a point."""


def checked_columns(game: Game, rationality: Any, columns: Mapping[str, Any]) -> tuple[Array, Columns]:
    """Return the precision at each point and every parameter's values there, checked."""
    arrays: Columns = {}
    for name, column in columns.items():
        if name not in game.parameters:
            hint = nearest(name, game.parameters)
            raise ParameterError(f"The game {game.name!r} has no parameter {name!r}. {hint}")
        arrays[name] = _numbers(f"column {name!r}", column)
    try:
        precisions = np.atleast_1d(np.array(rationality, dtype=float))
    except (TypeError, ValueError):
        precisions = np.array([checked_precision(rationality)])
    for wrong in precisions[~(np.isfinite(precisions) & (precisions >= 0))][:1]:
        checked_precision(float(wrong))
    sizes = {f"column {name!r}": len(column) for name, column in arrays.items()}
    sizes["the rationality"] = len(precisions)
    count = max(sizes.values())
    for what, size in sizes.items():
        if size not in (1, count):
            raise ParameterError(
                f"The points are {count} in number, but {what} holds {size} values; give one or {count}."
            )
    values = {
        name: np.array(np.broadcast_to(arrays.get(name, np.array([float(value)])), count))
        for name, value in game.values.items()
    }
    for name in arrays:
        for extreme in (values[name].min(), values[name].max()):
            game.parameters[name].at(float(extreme))
    _check_assumptions(game, values)
    return np.array(np.broadcast_to(precisions, count)), values


def _numbers(what: str, column: Any) -> Array:
    try:
        numbers = np.atleast_1d(np.array(column, dtype=float))
    except (TypeError, ValueError):
        raise ParameterError(f"The {what} must be a list of numbers, not {column!r}.") from None
    if numbers.ndim != 1 or not numbers.size or not np.isfinite(numbers).all():
        raise ParameterError(f"The {what} must be one list of finite numbers, with at least one.")
    return numbers


def _check_assumptions(game: Game, values: Mapping[str, Array]) -> None:
    for condition in game.assumptions:
        holds = np.broadcast_to(
            _evaluator((condition,), tuple(values))(*values.values())[0], len(next(iter(values.values())))
        )
        if not holds.all():
            k = int(np.argmin(holds))
            names = sorted(symbol.name for symbol in condition.free_symbols)
            at = ", ".join(f"{name}={show_number(float(values[name][k]))}" for name in names)
            raise ParameterError(
                f"The game {game.name!r} assumes {condition}, which fails at {int((~holds).sum())} "
                f"points, such as {at}."
            )


@lru_cache(maxsize=64)
def _evaluator(expressions: tuple[Any, ...], names: tuple[str, ...]) -> Callable[..., list[Any]]:
    """Return a function from parameter arrays to the arrays of expressions, compiled once."""
    import sympy as sp

    symbols = [sp.Symbol(name, real=True) for name in names]
    evaluator: Callable[..., list[Any]] = sp.lambdify(symbols, list(expressions), modules="numpy", cse=True)
    return evaluator


def points_of_columns(game: Game, tree: LogitForm, values: Mapping[str, Array], count: int) -> LogitPoints:
    """Return payoffs and chance probabilities at all points."""
    form = game.form
    rows = [
        *(form.payoffs[node] for node in tree.ends),
        [form.probabilities[node][b] for node, b in tree.draws],
    ]
    items = [item for row in rows for item in row]
    symbolic = tuple(dict.fromkeys(item for item in items if is_symbolic(item)))
    with np.errstate(all="ignore"):  # what is not finite is refused below
        arrays = _evaluator(symbolic, tuple(values))(*values.values()) if symbolic else []
    values_of = {item: np.broadcast_to(array, count) for item, array in zip(symbolic, arrays, strict=True)}
    table = [values_of[item] if is_symbolic(item) else np.full(count, float(item)) for item in items]
    cells = len(tree.ends) * len(form.players)
    payoffs = np.array(table[:cells], dtype=float).reshape(len(tree.ends), len(form.players), count)
    draws = np.array(table[cells:], dtype=float).reshape(len(tree.draws), count)
    _check_draws(game, tree, draws)
    if not np.isfinite(payoffs).all():
        raise ParameterError(f"A payoff of {game.name!r} is not finite at some of the points.")
    return LogitPoints(tree, payoffs, draws)


def _check_draws(game: Game, tree: LogitForm, draws: Array) -> None:
    nodes = np.array([node for node, _ in tree.draws], dtype=np.intp)
    for node in dict.fromkeys(nodes.tolist()):
        chances = draws[nodes == node]
        wrong = ~((chances >= 0).all(axis=0) & (np.abs(chances.sum(axis=0) - 1) <= SUM_TOLERANCE))
        if wrong.any():
            numbers = ", ".join(show_number(float(p)) for p in chances[:, np.argmax(wrong)])
            raise ParameterError(
                f"The probabilities of the chance node at {game.form.history(node)!r} are {numbers} at one of "
                "the points; they must lie between 0 and 1 and sum to 1."
            )
