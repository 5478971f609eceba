"""A game's payoffs and chances at many points, each distinct expression computed once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from deterrence.games.expression import is_symbolic, to_sympy
from deterrence.games.game import Game

Array = Any
MARGIN = 1e-9
"""What rounding may leave of a sum of a player's payoffs, as a share of the largest of them: well above it."""


class Tables:
    """The numbers of a game at points, by node: payoffs of every player at ends, probabilities at chance nodes.

    ``payoffs[node][player]`` and ``chances[node][branch]`` are arrays over the points. ``margin[player]`` is the
    size below which a difference of that player's payoffs counts as open, and ``plain`` tells at which points all
    numbers are known, and no chance is so small that rounding could have made it.
    """

    def __init__(self, game: Game, names: Sequence[str], columns: Sequence[np.ndarray]) -> None:
        form, self.count = game.form, len(columns[0])
        self.form = form
        values = {p.expression: np.float64(p.value) for p in game.parameter_list}
        values |= {game.parameters[name].expression: column for name, column in zip(names, columns, strict=True)}
        rows = [item for table in (form.payoffs, form.probabilities) for row in table for item in row]
        known = self._evaluated(list(dict.fromkeys(item for item in rows if is_symbolic(item))), values)
        self.payoffs = [[self._array(item, known) for item in row] for row in form.payoffs]
        self.chances = [[self._array(item, known) for item in row] for row in form.probabilities]
        self.margin = [self._margin(player) for player in range(len(form.players))]
        self.plain = np.ones(self.count, dtype=bool)
        for array in (array for row in self.payoffs for array in row):
            self.plain &= np.isfinite(array)
        for array in (array for row in self.chances for array in row):
            self.plain &= (array == 0) | ((array > MARGIN) & (array <= 1))

    @cached_property
    def ends(self) -> Array:
        """The payoffs at ends, in order, as (end, player, point)."""
        return np.array([row for row in self.payoffs if row])

    @cached_property
    def shares(self) -> Array:
        """The probabilities of the branches of chance nodes, in order, as (branch, point)."""
        shares = [share for row in self.chances for share in row]
        return np.array(shares).reshape(len(shares), self.count)

    @cached_property
    def margins(self) -> Array:
        """The margin of each player, as (player, point)."""
        return np.array(self.margin)

    def _evaluated(self, expressions: list[Any], values: dict[Any, Any]) -> dict[Any, Array]:
        evaluate = _compiled(tuple(map(to_sympy, expressions)), tuple(values))
        with np.errstate(all="ignore"):
            return dict(zip(expressions, evaluate(*np.broadcast_arrays(*values.values())), strict=True))

    def _array(self, item: Any, known: dict[Any, Array]) -> Array:
        value = known[item] if is_symbolic(item) else float(item)
        return np.ascontiguousarray(np.broadcast_to(np.asarray(value, dtype=float), self.count))

    def _margin(self, player: int) -> Array:
        sizes = [np.abs(row[player]) for row in self.payoffs if row]
        return MARGIN * np.maximum.reduce(sizes) if sizes else np.zeros(self.count)


@lru_cache(maxsize=16)
def _compiled(expressions: tuple[Any, ...], symbols: tuple[Any, ...]) -> Any:
    import sympy as sp

    return sp.lambdify(symbols, expressions, modules="numpy", cse=True)
