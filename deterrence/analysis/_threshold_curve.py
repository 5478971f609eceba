"""A threshold as a curve against a second parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.analysis.measure import Measure, as_measure
from deterrence.analysis.sweep import checked_axes
from deterrence.analysis.threshold import Threshold, _range, thresholds
from deterrence.errors import ParameterError, nearest
from deterrence.expression import Exact, show_number, show_value, to_sympy
from deterrence.games import Game

POINTS = 21
SAME = 1e-9


@dataclass(frozen=True, eq=False)
class ThresholdCurve:
    """Hold where a parameter changes a prediction, against a second parameter.

    Attributes
    ----------
    game, parameter, measure, given
        The question; ``given`` is the second parameter.
    at
        Its values.
    values
        The threshold at each of them, or ``None`` where the measure does not jump or the game's assumptions
        fail.
    pieces
        Formulas for the threshold, each with the positions on the grid at which it is equal to it.
    """

    game: Game
    parameter: str
    measure: Measure
    given: str
    at: tuple[Exact, ...]
    values: tuple[Any, ...]
    pieces: tuple[tuple[Any, tuple[int, ...]], ...]

    @property
    def exact(self) -> Any:
        """The one formula that gives the threshold wherever there is one on the grid, or ``None``."""
        known = sum(value is not None for value in self.values)
        return self.pieces[0][0] if len(self.pieces) == 1 and len(self.pieces[0][1]) == known else None

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The curve as plain records."""
        return tuple({self.given: x, self.parameter: y} for x, y in zip(self.at, self.values, strict=True))

    def to_frame(self) -> Any:
        """Return a data frame with one row a value of the second parameter."""
        import pandas as pd

        rows = [{key: None if value is None else float(value) for key, value in row.items()} for row in self.data]
        return pd.DataFrame(rows).astype(float)

    def plot(self, ax: Any = None) -> Any:
        """Draw the threshold against the second parameter."""
        from deterrence.plot.tornado import plot_threshold_curve

        return plot_threshold_curve(self, ax=ax)

    def __str__(self) -> str:
        head = f"The value of {self.parameter} at which the {self.measure.name} jumps, as {self.given} varies"
        known = [(x, y) for x, y in zip(self.at, self.values, strict=True) if y is not None]
        if not known:
            return f"{head}: there is none at any of the {len(self.at)} values looked at."
        (x, y), (last_x, last_y) = known[0], known[-1]
        spans = f"from {show_number(y)} at {show_number(x)} to {show_number(last_y)} at {show_number(last_x)}"
        lines = [f"{head}: {spans}."]
        for formula, where in self.pieces:
            if formula.free_symbols:
                first, last = show_number(self.at[where[0]]), show_number(self.at[where[-1]])
                scope = "throughout" if len(where) == len(known) else f"from {first} to {last}"
                lines.append(f"It is {show_value(formula)} {scope}.")
        if len(known) < len(self.at):
            lines.append(f"At {len(self.at) - len(known)} of {len(self.at)} values there is no such value.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<ThresholdCurve of {self.parameter!r} against {self.given!r}>"


def threshold_curve(
    game: Game,
    parameter: str,
    measure: Any,
    given: str | Mapping[str, Any],
    between: tuple[Any, Any] | None,
    method: Any,
    progress: Callable[[float], None] | None,
) -> ThresholdCurve:
    """Find the threshold at every value of a second parameter, and the formulas that give it."""
    other, at = _grid(game, parameter, given)
    found: list[Threshold | None] = []
    for k, value in enumerate(at):
        if progress is not None:
            progress(k / len(at))
        try:
            moved = game.at({other: value})
        except ParameterError:
            found.append(None)
            continue
        found.append(thresholds(moved, parameter, measure, between=between, method=method)[0])
    values = tuple(None if some is None else some.value for some in found)
    question = as_measure(measure)
    return ThresholdCurve(game, parameter, question, other, at, values, _pieces(game, other, at, found, values))


def _grid(game: Game, parameter: str, given: str | Mapping[str, Any]) -> tuple[str, tuple[Exact, ...]]:
    if isinstance(given, str):
        if given not in game.parameters:
            raise ParameterError(
                f"The game {game.name!r} has no parameter {given!r}. {nearest(given, game.parameters)}"
            )
        low, high = _range(game, given, None)
        given = {given: [low + (high - low) * Fraction(k, POINTS - 1) for k in range(POINTS)]}
    listed = checked_axes(game, dict(given))
    if len(listed) != 1 or listed[0][0] == parameter:
        raise ParameterError(
            f"given= takes one parameter other than {parameter!r} with its values; got "
            f"{', '.join(repr(name) for name, _ in listed)}."
        )
    return listed[0][0], tuple(sorted(listed[0][1]))


def _pieces(game: Game, other: str, at: Any, found: Any, values: Any) -> tuple[tuple[Any, tuple[int, ...]], ...]:
    """Return formulas that give the threshold, derived at as few values as explain all."""
    open_places = [k for k, value in enumerate(values) if value is not None]
    pieces: list[tuple[Any, tuple[int, ...]]] = []
    while open_places:
        place = open_places[len(open_places) // 2]
        formula = found[place].exact
        if formula is None:
            open_places.remove(place)
            continue
        same = tuple(k for k in open_places if _equal(formula, game, other, at[k], values[k]))
        pieces.append((formula, same or (place,)))
        open_places = [k for k in open_places if k not in (same or (place,))]
    return tuple(sorted(pieces, key=lambda piece: piece[1]))


def _equal(formula: Any, game: Game, other: str, value: Exact, threshold: Any) -> bool:
    at = {p.expression: to_sympy(value if p.name == other else p.value) for p in game.parameter_list}
    number = formula.xreplace(at)
    return bool(number.is_finite) and abs(float(number) - float(threshold)) <= SAME * (1 + abs(float(threshold)))
