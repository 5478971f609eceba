"""Logit quantal response over many parameter points at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.errors import unknown
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.solvers.logit import branch
from deterrence.solvers.logit.columns import checked_columns, points_of_columns
from deterrence.solvers.logit.form import Array, logit_form
from deterrence.solvers.logit.points import LogitPoints
from deterrence.solvers.quantal import Quantal, check_size, settled
from deterrence.values import Value

CHUNK = 1024
"""How many points are traced together, so that their arrays stay in the processor's cache."""


@dataclass(frozen=True, eq=False, repr=False)
class QuantalGrid(Value):
    """Quantal response equilibria at many parameter points; every array's first axis runs over them.

    Attributes
    ----------
    game, method
        The question: the game, and the concept (its rationality is the first point's).
    columns
        The varied parameters with their values at the points.
    rationality
        The precision at each point.
    behaviour
        Probability of every action, of shape (points, actions): information sets in order, each with its
        actions; ``strategies`` shows it by name. NaN where nothing was found.
    ends
        Probability of every end of the tree, of shape (points, ends).
    payoff_table
        Expected payoffs, of shape (points, players).
    regret
        What errors cost: the most that an error-free choice at one information set would gain.
    gap
        How far the probabilities are from the logit choice that answers them.
    converged
        Where the principal branch was followed to the precision and the gap is within the tolerance.
    turned
        Where the branch turned back on the way, or another crossed it: there several equilibria exist at
        some precisions.
    """

    game: Game
    method: Quantal
    columns: Mapping[str, Array]
    rationality: Array
    behaviour: Array
    ends: Array
    payoff_table: Array
    regret: Array
    gap: Array
    converged: npt.NDArray[np.bool_]
    turned: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rationality)

    @property
    def status(self) -> str:
        """What was found, in words."""
        missing = int(len(self) - self.converged.sum())
        words = "the principal branch was followed at every point"
        if missing:
            followed = len(self) - missing
            words = f"the principal branch was followed at {followed} of {len(self)} points, else lost"
        turned = int(self.turned.sum())
        return words + (f"; at {turned} it turned back or was crossed by another" if turned else "")

    @cached_property
    def strategies(self) -> Mapping[str, Mapping[str, Array]]:
        """Information set -> action -> probability at each point."""
        form, first = self.game.form, logit_form(self.game.form).first
        return {
            name: {action: self.behaviour[:, first[h] + a] for a, action in enumerate(form.actions_of[h])}
            for h, name in enumerate(form.set_names)
        }

    @property
    def payoffs(self) -> Mapping[str, Array]:
        """Expected payoff of each player at each point."""
        return MappingProxyType({name: self.payoff_table[:, i] for i, name in enumerate(self.game.players)})

    @property
    def outcomes(self) -> Mapping[str, Array]:
        """Probability of each outcome at each point."""
        return MappingProxyType({name: self.probability(name) for name in self.game.outcomes})

    def probability(self, name: str, by: str | None = None) -> Array:
        """Return at each point the probability of an outcome, or that an action is taken along the play.

        Parameters
        ----------
        name
            An outcome or an action; where both carry the name, the outcome is meant unless ``by`` is given.
        by
            The player who takes the action.

        Raises
        ------
        UnknownNameError
            If the game has neither.
        """
        form, tree = self.game.form, logit_form(self.game.form)
        if by is not None and by not in form.players:
            raise unknown("player", by, form.players)
        if by is None and name in self.game.outcomes:
            ends = np.array([form.outcome[node] == name for node in tree.ends])
        else:
            actions = [
                action == name and by in (None, form.players[form.player_of[h]])
                for h, set_actions in enumerate(form.actions_of)
                for action in set_actions
            ]
            if not any(actions):
                raise unknown("outcome or action", name, (*self.game.outcomes, *self.game.actions))
            ends = tree.end_actions @ np.array(actions, dtype=float) > 0
        probability: Array = self.ends[:, ends].sum(axis=1)
        return probability

    def to_frame(self) -> Any:
        """Return a data frame with one row a point: parameters, outcomes' probabilities, payoffs, regret."""
        import pandas as pd

        columns: dict[str, Any] = {**self.columns, "rationality": self.rationality, **self.outcomes}
        columns |= {f"payoff of {player}": values for player, values in self.payoffs.items()}
        return pd.DataFrame({**columns, "regret": self.regret, "converged": self.converged})

    def __str__(self) -> str:
        lines = [f"Quantal response equilibria of {self.game.name!r} at {len(self)} points: {self.status}."]
        for name, values in self.outcomes.items():
            if self.converged.any():
                low, high = (show_number(float(bound(values))) for bound in (np.nanmin, np.nanmax))
                lines.append(f"The probability of {name!r} runs from {low} to {high}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<QuantalGrid of {self.game.name!r}: {len(self)} points, {self.status}>"


def quantal_grid(
    game: Game, rationality: Any, columns: Mapping[str, Any] | None = None, /, **options: Any
) -> QuantalGrid:
    """Find quantal response equilibria at many parameter points in one vectorised pass.

    Parameters
    ----------
    game
        The game; parameters without a column keep their values.
    rationality
        The precision λ, one for all points or one for each.
    columns
        For each varied parameter its value at every point, or one value for all.
    **options
        Tolerances and limits, as fields of :class:`Quantal`.

    Returns
    -------
    QuantalGrid
        Probabilities, payoffs and regret at each point, and where the branch was followed to the end.

    Raises
    ------
    ParameterError
        If a column names no parameter, has another length, leaves its parameter's range, breaks an
        assumption of the game, or makes probabilities of a chance node not sum to one.
    MethodError
        If a precision is negative or no number.

    Notes
    -----
    The tree is compiled once, and payoffs and chance probabilities are evaluated over all points together.
    The points follow their branches in lockstep, each with its own step length; turning branches are
    followed too. A point whose branch is lost is traced again by itself with smaller steps; if that fails
    it is NaN, and ``converged`` is false there. The numbers are the same as those of
    ``Quantal(rationality).solve(game.at(…))``.

    Examples
    --------
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> grid = quantal_grid(GAME, 1, {"war": [0, 3, 6, 9]})
    >>> grid.probability("strike").round(3).tolist()
    [0.007, 0.01, 0.378, 0.973]
    """
    game.require_finite_tree()
    columns = columns or {}
    precision, values = checked_columns(game, rationality, columns)
    method = Quantal(float(precision[0]), **options)
    tree = logit_form(game.form)
    check_size(tree)
    points = points_of_columns(game, tree, values, len(precision))
    chunks = [_chunk(points, precision, slice(k, k + CHUNK), method) for k in range(0, len(precision), CHUNK)]
    arrays = [np.concatenate(parts) for parts in zip(*chunks, strict=True)]
    varied = {name: values[name] for name in columns}
    for array in (*arrays, *varied.values(), precision):
        array.setflags(write=False)
    return QuantalGrid(game, method, MappingProxyType(varied), precision, *arrays)


def _chunk(points: LogitPoints, precision: Array, places: slice, method: Quantal) -> tuple[Any, ...]:
    chunk = points.at(np.arange(points.count)[places])
    target = precision[places] * chunk.scale
    odds, arrived, turned = _traced(chunk, target, method)
    logs = chunk.logs(odds)
    gap = chunk.gap(logs, target)
    allowed = 100 * np.maximum(method.tolerance, np.finfo(float).eps * target)
    converged = arrived & (gap <= allowed)
    reach = chunk.reach(logs)
    results = [np.exp(logs).T, reach.T, chunk.expected(reach).T, chunk.regret(logs), gap]
    for result in results:
        result[~converged] = np.nan
    return (*results, converged, turned)


def _traced(points: LogitPoints, target: Array, method: Quantal) -> tuple[Array, Any, Any]:
    """Return the log-odds at every point, which arrived, and where the branch turned or was crossed."""
    none = np.zeros(points.count, dtype=bool)
    if points.tree.recursive:
        return settled(points, target), ~none, none
    trail = branch.Trail.start(points)
    branch.follow(points, trail, target, method.pace)
    careful = replace(method.pace, correction=method.correction / 10, shortest_step=method.shortest_step / 10)
    for k in np.flatnonzero(trail.state != branch.ARRIVED):
        alone = points.at(np.array([k]))
        again = branch.Trail.start(alone)
        branch.follow(alone, again, target[[k]], careful)
        trail.put(np.array([k]), again)
    odds = np.ascontiguousarray(trail.place[:, :-1].T)
    return odds, trail.state == branch.ARRIVED, (trail.folds > 0) | (trail.crossings > 0)
