"""The linear system of correlated equilibrium: nobody gains by disobeying its recommendation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm

Array = npt.NDArray[np.float64]
Question = str | Callable[[Equilibrium], Any]

MOST_TERMS = 5_000_000
"""The most numbers in the linear system: for each player, cells times its other strategies."""


@dataclass(frozen=True, eq=False)
class Programme:
    """The linear system of correlated equilibria; its unknowns are the probabilities of the strategic form's cells."""

    form: StrategicForm

    @classmethod
    def of(cls, game: Game) -> Programme:
        """Return the system of a game, or refuse one that is too large."""
        form = StrategicForm.of(game)
        sizes = [len(plans) for plans in form.plans]
        terms = int(np.prod(sizes)) * sum(size - 1 for size in sizes)
        if terms > MOST_TERMS:
            raise MethodError(
                f"Correlated() on the {' x '.join(map(str, sizes))} strategic form of {game.name!r} needs a linear "
                f"system of {terms:,} numbers; the limit is {MOST_TERMS:,}."
            )
        return cls(form)

    @cached_property
    def cells(self) -> tuple[Equilibrium, ...]:
        """Each cell's play, as a profile whose payoffs and probabilities can be asked."""
        game, plans = self.form.game, self.form.plans
        none = (None,) * len(game.form.nodes_of)
        keys = np.ndindex(self.shape)
        profiles = (self.form.behaviour([plans[i][k] for i, k in enumerate(key)]) for key in keys)
        rows = (tuple(map(tuple, behaviour)) for behaviour in profiles)
        return tuple(Equilibrium(game, "strategy profile", behaviour, none) for behaviour in rows)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many strategies each player has."""
        return tuple(len(plans) for plans in self.form.plans)

    @cached_property
    def payoffs(self) -> Mapping[str, Array]:
        """Each player's payoff in every cell."""
        return {player: self.form.table(player).ravel() for player in self.form.players}

    @cached_property
    def outcomes(self) -> Mapping[str, Array]:
        """Each outcome's probability in every cell."""
        names = self.form.game.outcomes
        table = np.array([[float(cell.outcomes[name]) for name in names] for cell in self.cells])
        return {name: table[:, k] for k, name in enumerate(names)}

    def measured(self, measure: Question) -> Array:
        """Return a measure's value in every cell."""
        if isinstance(measure, str):
            return np.array([float(cell.probability(measure)) for cell in self.cells])
        if not callable(measure):
            raise MethodError(
                f"A measure is an outcome, an action or a callable such as payoff('Defender'); got {measure!r}."
            )
        return np.array([float(measure(cell)) for cell in self.cells])

    @cached_property
    def gains(self) -> Any:
        """What disobeying pays: a row for each player, recommended and other strategy; scaled by player."""
        from scipy.sparse import coo_array

        numbers = np.arange(int(np.prod(self.shape))).reshape(self.shape)
        parts: list[tuple[Array, Any, Any]] = []
        count = 0
        for i, player in enumerate(self.form.players):
            table = np.moveaxis(self.form.table(player), i, 0).reshape(self.shape[i], -1)
            places = np.moveaxis(numbers, i, 0).reshape(self.shape[i], -1)
            width = float(np.ptp(table)) or 1.0
            # The gain from playing `other` when told to play `advised`, in each cell with that recommendation.
            for advised, other in itertools.permutations(range(self.shape[i]), 2):
                row_numbers = np.full(places.shape[1], count)
                parts.append(((table[other] - table[advised]) / width, row_numbers, places[advised]))
                count += 1
        if not parts:
            return coo_array((0, numbers.size)).tocsr()
        values, rows, columns = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        return coo_array((values, (rows, columns)), shape=(count, numbers.size)).tocsr()
