"""A threshold as a curve against a second parameter."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.analysis.answers.boundary import range_in_words
from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.questions import checked_parameter, searched_range
from deterrence.analysis.sweep import checked_axes
from deterrence.analysis.threshold import Threshold, thresholds
from deterrence.answers.measure import Measure, as_measure
from deterrence.errors import ParameterError
from deterrence.games.expression import Exact, show_number, show_value, to_sympy
from deterrence.games.game import Game

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
    between
        The least and greatest value of the parameter looked at.
    found
        The whole :class:`Threshold` at each value; ``None`` where the game's assumptions fail.
    """

    game: Game
    parameter: str
    measure: Measure
    given: str
    at: tuple[Exact, ...]
    values: tuple[Any, ...]
    pieces: tuple[tuple[Any, tuple[int, ...]], ...]
    between: tuple[Any, Any]
    found: tuple[Threshold | None, ...] = field(repr=False)

    @property
    def exact(self) -> Any:
        """The one formula that gives the threshold wherever there is one on the grid, or ``None``."""
        known = sum(value is not None for value in self.values)
        return self.pieces[0][0] if len(self.pieces) == 1 and len(self.pieces[0][1]) == known else None

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The curve as plain records."""
        return tuple({self.given: x, self.parameter: y} for x, y in zip(self.at, self.values, strict=True))

    @property
    def further(self) -> tuple[tuple[Any, ...], ...]:
        """At each value the further places at which the measure jumps, less than at the threshold or after it."""
        return tuple(
            () if one is None else tuple(jump.value for jump in one.jumps if jump is not one.main) for one in self.found
        )

    @property
    def branches(self) -> list[list[tuple[float, float]]]:
        """For each formula, the points (second parameter, parameter) at which the measure jumps and it says so."""
        told = [(k, jump.value) for k, one in enumerate(self.found) if one is not None for jump in one.jumps]
        return [
            [(float(self.at[k]), float(y)) for k, y in told if _equal(formula, self.game, self.given, self.at[k], y)]
            for formula, _ in self.pieces
        ]

    @property
    def sides(self) -> tuple[str, str]:
        """What the measure is just below and just above the threshold, in words; empty where that varies."""
        mains = [one.main for one in self.found if one is not None and one.main is not None]
        below = {range_in_words(main.below) for main in mains}
        above = {range_in_words(main.above) for main in mains}
        told = (below.pop() if len(below) == 1 else "", above.pop() if len(above) == 1 else "")
        return told if not any(self.further) else ("", "")

    @property
    def gaps(self) -> list[tuple[int, int, str]]:
        """The stretches without a threshold: the positions of their first and last value, and why."""
        why = [
            "" if value is not None else "assumptions fail" if one is None else "no jump"
            for value, one in zip(self.values, self.found, strict=True)
        ]
        stretches = [list(some) for _, some in itertools.groupby(range(len(why)), key=why.__getitem__)]
        return [(some[0], some[-1], why[some[0]]) for some in stretches if why[some[0]]]

    def to_frame(self) -> Any:
        """Return a data frame with one row a value of the second parameter."""
        import pandas as pd

        rows = [{key: None if value is None else float(value) for key, value in row.items()} for row in self.data]
        return pd.DataFrame(rows).astype(float)

    def plot(self, ax: Any = None) -> Any:
        """Draw the threshold against the second parameter."""
        from deterrence.plot.threshold import plot_threshold_curve

        return plot_threshold_curve(self, ax=ax)

    def __str__(self) -> str:
        head = f"The value of {self.parameter} at which the {self.measure.name} jumps, as {self.given} varies"
        known = [k for k, value in enumerate(self.values) if value is not None]
        if not known:
            return f"{head}: there is none at any of the {len(self.at)} values looked at."
        first, last = (f"{show_number(self.values[k])} at {show_number(self.at[k])}" for k in (known[0], known[-1]))
        lines = [f"{head}: from {first} to {last}." if len(known) > 1 else f"{head}: {first}."]
        lines += [self._piece_in_words(*piece, known) for piece in self.pieces if piece[0].free_symbols]
        if all(self.sides):
            lines.append(f"Below it the {self.measure.name} is {self.sides[0]}, above it {self.sides[1]}.")
        lines += [self._gap_in_words(*gap) for gap in self.gaps]
        if further := sum(map(bool, self.further)):
            lines.append(f"At {further} of {len(self.at)} values it jumps elsewhere too; told is the greatest jump.")
        return "\n".join(lines)

    def _piece_in_words(self, formula: Any, where: tuple[int, ...], known: list[int]) -> str:
        scope = "throughout" if len(where) == len(known) else self._span_in_words(where[0], where[-1])
        return f"It is {show_value(formula)} {scope}."

    def _gap_in_words(self, first: int, last: int, why: str) -> str:
        where = f"With {self.given} {self._span_in_words(first, last)}"
        if why == "assumptions fail":
            return f"{where} the game's assumptions fail."
        low, high = map(show_number, self.between)
        return f"{where} it does not jump between {low} and {high}."

    def _span_in_words(self, first: int, last: int) -> str:
        low, high = show_number(self.at[first]), show_number(self.at[last])
        return f"at {low}" if first == last else f"from {low} to {high}"

    def __repr__(self) -> str:
        return f"<ThresholdCurve of {self.parameter!r} against {self.given!r}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


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
    checked_parameter(game, parameter)
    ends, (other, at) = searched_range(game, parameter, between), curve_grid(game, parameter, given)
    question = as_measure(measure)
    question.check(game)
    found: list[Threshold | None] = []
    for k, value in enumerate(at):
        try:
            found.append(thresholds(game.at({other: value}), parameter, question, between=between, method=method)[0])
        except ParameterError:
            found.append(None)
        if progress is not None:
            progress((k + 1) / len(at))
    values = tuple(None if some is None else some.value for some in found)
    told = (_pieces(game, other, at, found, values), ends, tuple(found))
    return ThresholdCurve(game, parameter, question, other, at, values, *told)


def curve_grid(game: Any, parameter: str, given: Any) -> tuple[str, tuple[Exact, ...]]:
    """Return the second parameter of a curve and its values, evenly spaced over its range where none are given."""
    if isinstance(given, str):
        checked_parameter(game, given)
        if game.parameters[given].low is None or game.parameters[given].high is None:
            raise ParameterError(
                f"The parameter {given!r} has the range {game.parameters[given].range}; give its values too, such as "
                f"given={{{given!r}: [1, 2, 3]}}."
            )
        low, high = searched_range(game, given, None)
        given = {given: [low + (high - low) * Fraction(k, POINTS - 1) for k in range(POINTS)]}
    if not isinstance(given, Mapping) or len(given) != 1 or parameter in given:
        names = list(given) if isinstance(given, Mapping) else given
        raise ParameterError(
            f"given= takes one parameter other than {parameter!r}, by name or with its values; got {names!r}."
        )
    ((name, values),) = checked_axes(game, dict(given))
    return name, tuple(sorted(values))


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
