"""Thresholds: at which value of a parameter the prediction changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.analysis._continuous_threshold import continuous_threshold, continuous_thresholds
from deterrence.analysis.answers.boundary import (
    Boundary,
    direction_at,
    drawn_values,
    move_in_words,
    place_in_words,
)
from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.progress import reporting
from deterrence.analysis.questions import checked_game, checked_parameter, searched_range
from deterrence.analysis.search.one_parameter import Search
from deterrence.answers.measure import Measure, as_measure
from deterrence.continuous import ContinuousGame
from deterrence.errors import ParameterError
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.solvers.solve import chosen_method

__all__ = ["Boundary", "Threshold", "threshold", "thresholds"]

FOUND_LATE = "The search was not complete, so a change may have been missed."


@dataclass(frozen=True, eq=False)
class Threshold:
    """Hold where a parameter changes a prediction.

    Attributes
    ----------
    game, parameter, measure, method
        The question.
    boundaries
        Every value at which the set of equilibrium classes changes, in rising order.
    complete
        Whether every solution on the way was complete.
    between
        The least and greatest value looked at; ``None`` for the declared range.
    """

    game: Game
    parameter: str
    measure: Measure
    method: Any
    boundaries: tuple[Boundary, ...]
    complete: bool
    between: tuple[Any, Any] | None = field(default=None, repr=False)

    @property
    def jumps(self) -> tuple[Boundary, ...]:
        """The boundaries at which the measure's range jumps, in rising order."""
        return tuple(boundary for boundary in self.boundaries if direction_at(boundary) != "none")

    @property
    def main(self) -> Boundary | None:
        """The boundary at which the measure jumps most, the first of them; ``None`` where it never jumps."""
        return max(self.jumps, key=lambda boundary: boundary.jump, default=None)

    @property
    def value(self) -> Exact | float | None:
        """The value of the parameter at the greatest jump of the measure, or ``None``."""
        return None if self.main is None else self.main.value

    @property
    def exact(self) -> Any:
        """The same as a formula in the other parameters, or ``None``."""
        return None if self.main is None else self.main.formula

    @property
    def direction(self) -> str:
        """How the measure jumps as the parameter grows: rises, falls, widens, narrows, or none.

        Where it jumps in several ways they are told in order, such as ``"rises, then falls"``.
        """
        ways: list[str] = []
        for way in map(direction_at, self.jumps):
            if not ways or ways[-1] != way:
                ways.append(way)
        return ", then ".join(ways) or "none"

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The boundaries as plain records."""
        return tuple(
            {
                self.parameter: boundary.value,
                "formula": boundary.formula,
                "direction": direction_at(boundary),
                "low below": boundary.below[0],
                "high below": boundary.below[1],
                "low above": boundary.above[0],
                "high above": boundary.above[1],
                "classes that end": boundary.gone,
                "classes that begin": boundary.new,
            }
            for boundary in self.boundaries
        )

    def to_frame(self) -> Any:
        """Return a data frame with one row a boundary, numbers as floats."""
        import pandas as pd

        exact = ("formula", "direction", "classes that end", "classes that begin")
        columns = (self.parameter, "formula", "direction", "low below", "high below", "low above", "high above")
        rows = [{key: v if key in exact else float(v) for key, v in row.items()} for row in self.data]
        return pd.DataFrame(rows, columns=[*columns, *exact[2:]])

    def plot(self, ax: Any = None) -> Any:
        """Draw the measure over the range looked at; dotted lines mark where it jumps."""
        from deterrence.plot.threshold import plot_threshold

        return plot_threshold(self, ax=ax)

    @property
    def values(self) -> list[Any]:
        """Values of the parameter to draw the measure at: evenly spaced, and on either side of each boundary."""
        return drawn_values(*searched_range(self.game, self.parameter, self.between), self.boundaries)

    def __str__(self) -> str:
        lines = [self._jumps_in_words()]
        quiet = [show_number(boundary.value) for boundary in self.boundaries if boundary not in self.jumps]
        if quiet and self.jumps:
            lines.append(f"The set of equilibria changes at {', '.join(quiet)} too, where it does not jump.")
        if not self.complete:
            lines.append(FOUND_LATE)
        return "\n".join(lines)

    def _jumps_in_words(self) -> str:
        what, jumps = f"The {self.measure.name}", self.jumps
        if not jumps:
            places = ", ".join(map(place_in_words, self.boundaries))
            rest = f", though the set of equilibria changes at {places}" if places else ""
            low, high = map(show_number, searched_range(self.game, self.parameter, self.between))
            return f"{what} does not jump as {self.parameter} goes from {low} to {high}{rest}."
        if len(jumps) == 1:
            place = place_in_words(jumps[0])
            move = move_in_words(jumps[0])
            return f"{what} {direction_at(jumps[0])} as {self.parameter} grows past {place}: {move}."
        told = [
            f"{direction_at(one)} past {place_in_words(one, 'its .formula')}, {move_in_words(one)}" for one in jumps
        ]
        return f"As {self.parameter} grows the {self.measure.name} {'; then it '.join(told)}."

    def __repr__(self) -> str:
        places = ", ".join(show_number(boundary.value) for boundary in self.jumps) or "no jump"
        return f"<Threshold of {self.parameter!r} for the {self.measure.name}: {places}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def threshold(
    game: Game | ContinuousGame,
    parameter: str,
    measure: Any,
    *,
    given: str | Mapping[str, Any] | None = None,
    between: tuple[Any, Any] | None = None,
    method: Any = None,
    progress: bool | Callable[[float], None] | None = None,
) -> Any:
    """Find where a prediction changes as a parameter grows, the other parameters at their values.

    Parameters
    ----------
    game
        The game.
    parameter
        The name of the parameter that moves.
    measure
        ``probability("war")``, ``payoff("Defender")``, the name of an outcome or action, or any callable
        ``Equilibrium -> number``.
    given
        A second parameter, by name (over its declared range) or with its values, such as
        ``{"punishment": [5, 10, 15]}``: the answer is then the threshold as a curve against it.
    between
        The least and greatest value to look at; by default the parameter's declared range.
    method
        The solution concept; the game's default one otherwise.
    progress
        ``True`` for a bar on the terminal when it takes more than two seconds, or a callable that is told the
        share done, from 0 to 1.

    Returns
    -------
    Threshold
        Every value at which the measure jumps, in order, exact where rational, as a formula in the other
        parameters where there is one, with the direction (``jumps``; ``value`` and ``exact`` are those of the
        greatest jump), and every other value at which the set of equilibria changes (``boundaries``). With
        ``given`` a :class:`ThresholdCurve`.

    Raises
    ------
    ParameterError
        If the parameter is unknown, or has no finite range and ``between`` is not given.
    UnknownNameError
        If the game has no such outcome, action or player.

    Notes
    -----
    Equilibria are solved exactly at points of the range and derived in closed form with the parameter as the
    one symbol; the zeros of their conditions cut the range into pieces, and each piece is solved exactly at
    a point inside until no new class appears.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Challenger", "Defender")
    ... def strike(war=dt.param(3, "cost of retaliating", low=0, high=20)):
    ...     "Strike or not; the defender loses 6 if it does not answer."
    ...     return dt.move(
    ...         "Challenger",
    ...         restrain=dt.end("peace", 0, 0),
    ...         strike=dt.move(
    ...             "Defender", give=dt.end("grab", 4, -6), retaliate=dt.end("war", -5, -war)
    ...         ),
    ...     )
    >>> dt.threshold(strike, "war", "grab").value
    6
    """
    if given is not None:
        with reporting(progress, f"Threshold of {parameter}") as told:
            if isinstance(game, ContinuousGame):
                return continuous_threshold(game, parameter, measure, given, between, method, told)
            from deterrence.analysis._threshold_curve import threshold_curve

            return threshold_curve(checked_game(game), parameter, measure, given, between, method, told)
    return thresholds(game, parameter, measure, between=between, method=method, progress=progress)[0]


def thresholds(
    game: Game | ContinuousGame,
    parameter: str,
    *measures: Any,
    between: tuple[Any, Any] | None = None,
    method: Any = None,
    progress: bool | Callable[[float], None] | None = None,
) -> tuple[Threshold, ...]:
    """Find the thresholds of several measures in one search; see :func:`threshold`."""
    if not measures:
        raise ParameterError("Thresholds are those of a measure; name at least one, such as 'war' or payoff('…').")
    with reporting(progress, f"Thresholds of {parameter}") as told:
        if isinstance(game, ContinuousGame):
            return continuous_thresholds(game, parameter, measures, between, method, told)
        chosen = chosen_method(checked_game(game), method)
        questions = tuple(as_measure(measure) for measure in measures)
        for question in questions:
            question.check(game)
        checked_parameter(game, parameter)
        search = Search(game, parameter, chosen, *searched_range(game, parameter, between), told)
        found = search.boundaries(questions)
    ends = None if between is None else (search.low, search.high)
    pairs = zip(questions, found, strict=True)
    return tuple(Threshold(game, parameter, one, chosen, some, search.complete, ends) for one, some in pairs)
