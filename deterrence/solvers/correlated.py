"""Correlated equilibrium: how likely an outcome and how large a payoff can be in any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from deterrence.errors import MethodError, unknown
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.solvers.bimatrix.obedience import Array, Programme, Question
from deterrence.views import Shown

Range = tuple[float, float]

OPTIMAL = 0


@dataclass(frozen=True, slots=True)
class Correlated:
    """The solution concept of correlated equilibrium, answered by ranges of outcomes' probabilities and payoffs.

    A mediator, or an event that all see in part, tells each player which strategy to play; in a correlated
    equilibrium none gains by playing anything else. Every Nash equilibrium is one, and so is every
    lottery over them that all observe, so the ranges cover whatever coordination could bring about.

    Attributes
    ----------
    tolerance
        How much anyone may gain by disobeying, and how far probabilities may be off, in the linear
        programmes; payoffs are first scaled to lie between 0 and 1.
    time_limit
        Seconds after which a linear programme is given up.

    Notes
    -----
    Over distributions x on combinations s of reduced strategies, for every player i and strategies a, b::

        Σ_{s: s_i = a} x(s) (u_i(b, s_-i) - u_i(a, s_-i)) ≤ 0,

    and a measure's range is the least and greatest of the sum of x(s) m(s) over s: two linear programmes (HiGHS), in
    floating point. It is the equilibrium of the strategic form, where recommendations come before play; incredible
    threats off the path are not excluded. The strategic form may have 200,000 cells, and the linear system
    5,000,000 numbers (cells times a player's other strategies, summed over players).

    References
    ----------
    Aumann (1974), "Subjectivity and correlation in randomized strategies"; Aumann (1987), "Correlated
    equilibrium as an expression of Bayesian rationality"; Hart and Schmeidler (1989) for the linear system.

    Examples
    --------
    >>> import deterrence as dt
    >>> names = ["yield", "stand"]
    >>> chicken = dt.bimatrix(
    ...     [[6, 2], [7, 0]], [[6, 7], [2, 0]], actions=[names, names], name="chicken"
    ... )
    >>> Correlated().bounds(chicken, "stand, stand")
    (0.0, 0.2)
    """

    tolerance: float = 1e-9
    time_limit: float = 60.0

    def __post_init__(self) -> None:
        if not 1e-10 <= self.tolerance <= 1e-3:
            raise MethodError(f"The tolerance of Correlated is from 1e-10 to 1e-3, not {self.tolerance!r}.")
        if not self.time_limit > 0:
            raise MethodError(f"The time_limit of Correlated is positive seconds, not {self.time_limit!r}.")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "correlated equilibrium"

    def solve(self, game: Game) -> CorrelatedSolution:
        """Return the ranges of all outcomes' probabilities and all players' payoffs.

        Raises
        ------
        MethodError
            If the strategic form is too large.
        """
        programme = Programme.of(game)
        rows = [*(programme.outcomes[name] for name in game.outcomes), *programme.payoffs.values()]
        spans, status = [], "solved"
        for row in rows:
            span, problem = self._span(programme, row)
            spans.append(span)
            status = problem or status
        outcomes = tuple(spans[: len(game.outcomes)])
        return CorrelatedSolution(
            game, self, outcomes, tuple(spans[len(outcomes) :]), status, status == "solved", programme
        )

    def bounds(self, game: Game, measure: Question) -> Range:
        """Return the least and greatest value of a measure over all correlated equilibria.

        Parameters
        ----------
        game
            The game, at its present parameter values.
        measure
            An outcome or action, for its probability; or a measure such as ``payoff("Defender")``: any
            callable from an equilibrium to a number that is an expectation over the ends of the tree.

        Raises
        ------
        MethodError
            If the strategic form is too large, or the linear programmes were not solved in time.
        UnknownNameError
            If the game has no such outcome or action.
        """
        return self._bounds(Programme.of(game), measure)

    def _bounds(self, programme: Programme, measure: Question) -> Range:
        span, problem = self._span(programme, programme.measured(measure))
        if problem:
            raise MethodError(f"The range in the game {programme.form.game.name!r} is not known: {problem}.")
        return span

    def _span(self, programme: Programme, row: Array) -> tuple[Range, str]:
        ends = []
        for sign in (1.0, -1.0):
            value, problem = self._least(programme, sign * row)
            if problem:
                return (float("nan"), float("nan")), problem
            ends.append(sign * value)
        low, high = (min(max(value, float(row.min())), float(row.max())) for value in ends)
        return (_tidy(low), _tidy(max(low, high))), ""

    def _least(self, programme: Programme, row: Array) -> tuple[float, str]:
        from scipy.optimize import linprog

        width = float(np.ptp(row))
        if width == 0:
            return float(row[0]), ""
        options = {
            "primal_feasibility_tolerance": self.tolerance,
            "dual_feasibility_tolerance": self.tolerance,
            "time_limit": self.time_limit,
        }
        gains = programme.gains
        answer = linprog(
            (row - row.min()) / width,
            A_ub=gains if gains.shape[0] else None,
            b_ub=np.zeros(gains.shape[0]) if gains.shape[0] else None,
            A_eq=np.ones((1, len(row))),
            b_eq=[1.0],
            method="highs",
            options=options,
        )
        if answer.status != OPTIMAL:
            limit = show_number(self.time_limit)
            return float("nan"), f"a linear programme was not solved within {limit} seconds"
        return float(answer.fun) * width + float(row.min()), ""


@dataclass(frozen=True, eq=False, repr=False)
class CorrelatedSolution(Shown):
    """The ranges of outcomes' probabilities and payoffs over all correlated equilibria of a game.

    Attributes
    ----------
    game, method
        The question.
    outcome_ranges, payoff_ranges
        Least and greatest values, in the order of the game's outcomes and players.
    status
        What the search says of itself, in words.
    complete
        Whether all ranges are known.
    programme
        The linear system, for further questions.
    """

    game: Game
    method: Correlated
    outcome_ranges: tuple[Range, ...]
    payoff_ranges: tuple[Range, ...]
    status: str
    complete: bool
    programme: Programme

    @property
    def outcomes(self) -> Mapping[str, Range]:
        """Outcome -> least and greatest probability."""
        return MappingProxyType(dict(zip(self.game.outcomes, self.outcome_ranges, strict=True)))

    @property
    def payoffs(self) -> Mapping[str, Range]:
        """Player -> least and greatest expected payoff."""
        return MappingProxyType(dict(zip(self.game.players, self.payoff_ranges, strict=True)))

    def probability(self, name: str, by: str | None = None) -> Range:
        """Return the least and greatest probability of an outcome, or of an action taken along the play.

        Raises
        ------
        UnknownNameError
            If the game has neither.
        """
        if by is None and name in self.game.outcomes:
            return self.outcomes[name]
        return self.method._bounds(self.programme, lambda equilibrium: equilibrium.probability(name, by))

    def payoff(self, player: str) -> Range:
        """Return the least and greatest expected payoff of a player.

        Raises
        ------
        UnknownNameError
            If there is no such player.
        """
        if player not in self.game.players:
            raise unknown("player", player, self.game.players)
        return self.payoffs[player]

    def to_frame(self) -> Any:
        """Return a data frame: one row for each outcome's probability and each player's payoff."""
        import pandas as pd

        rows = [(f"probability of {name}", *span) for name, span in self.outcomes.items()]
        rows += [(f"payoff of {player}", *span) for player, span in self.payoffs.items()]
        return pd.DataFrame(rows, columns=["measure", "low", "high"])

    def __str__(self) -> str:
        lines = [f"All correlated equilibria of {self.game.name!r}: {self.status}."]
        for name, span in self.outcomes.items():
            lines.append(f"The probability of {name!r} {_range_in_words(span)}.")
        for player, span in self.payoffs.items():
            lines.append(f"The payoff of {player} {_range_in_words(span)}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<CorrelatedSolution of {self.game.name!r}: {self.status}>"


def _tidy(value: float) -> float:
    """Drop the last digits, which a linear programme does not determine."""
    return float(f"{value:.10g}") + 0.0 if abs(value) > 1e-12 else 0.0


def _range_in_words(span: Range) -> str:
    low, high = span
    if low == high:
        return f"is {show_number(low)}"
    return f"ranges from {show_number(low)} to {show_number(high)}"
