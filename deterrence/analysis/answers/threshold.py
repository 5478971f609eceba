"""The answers of `threshold`: the values at which a prediction changes, and the curve of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.analysis.answers.boundary import (
    Boundary,
    drawn_values,
    move_in_words,
    place_in_words,
    range_in_words,
)
from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.questions import is_plausible, searched_range
from deterrence.answers.measure import Measure
from deterrence.continuous import ContinuousGame
from deterrence.games.expression import Exact, show_number, show_value, to_sympy
from deterrence.games.game import Game
from deterrence.views import Shown, picture

FOUND_LATE = "The search was not complete, so a change may have been missed."


@dataclass(frozen=True, eq=False)
class Threshold(Shown):
    """The values at which a parameter changes a prediction.

    Attributes
    ----------
    game, parameter, measure, method
        The question.
    boundaries
        Every value at which the set of equilibrium classes changes, in rising order.
    complete
        Whether every solution on the way was complete, and no play that bounds leave possible was left out.
    curve_of
        The function that gives :attr:`curve`; the verb that made the answer hands it in.
    between
        The least and greatest value looked at; ``None`` for the plausible values, or the declared range where none
        are declared.
    beyond
        Where nothing jumps within plausible values: the jumps at admissible values outside them.
    searched
        The admissible values searched for these; ``None`` where they were not.
    """

    game: Game | ContinuousGame
    parameter: str
    measure: Measure
    method: Any
    boundaries: tuple[Boundary, ...]
    complete: bool
    curve_of: Callable[[Threshold], Sweep] = field(repr=False)
    between: tuple[Any, Any] | None = field(default=None, repr=False)
    beyond: tuple[Boundary, ...] = field(default=(), repr=False)
    searched: tuple[Any, Any] | None = field(default=None, repr=False)

    @property
    def looked_at(self) -> tuple[Any, Any]:
        """The least and greatest value looked at."""
        return searched_range(self.game, self.parameter, self.between)

    @property
    def over_plausible(self) -> str:
        """A sentence that says that plausible values were looked at; empty where other values were."""
        if not is_plausible(self.game, self.parameter, *self.looked_at):
            return ""
        return f"Looked at over plausible values of {self.parameter}: {' to '.join(map(show_number, self.looked_at))}."

    @cached_property
    def curve(self) -> Sweep:
        """The measure along the range looked at, on both sides of every boundary: what a picture is drawn from."""
        return self.curve_of(self)

    @property
    def jumps(self) -> tuple[Boundary, ...]:
        """The boundaries at which the measure's range jumps, in rising order."""
        return tuple(boundary for boundary in self.boundaries if boundary.direction != "none")

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
        for way in (boundary.direction for boundary in self.jumps):
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
                "direction": boundary.direction,
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
        return picture("Threshold.plot", self, ax=ax)

    @property
    def values(self) -> list[Any]:
        """Values of the parameter to draw the measure at: evenly spaced, and on either side of each boundary."""
        return drawn_values(*self.looked_at, self.boundaries)

    def __str__(self) -> str:
        lines = [self._jumps_in_words()]
        quiet = [show_number(boundary.value) for boundary in self.boundaries if boundary not in self.jumps]
        if quiet and self.jumps:
            lines.append(f"The set of equilibria changes at {', '.join(quiet)} too, where it does not jump.")
        if self.searched is not None:
            lines.append(self._beyond_in_words(*map(show_number, self.searched)))
        elif self.over_plausible:
            lines.append(self.over_plausible)
        if not self.complete:
            lines.append(FOUND_LATE)
        return "\n".join(lines)

    def _beyond_in_words(self, low: str, high: str) -> str:
        """Say what lies at admissible values beyond the plausible ones, where nothing jumps within."""
        if not self.beyond:
            return f"These are its plausible values; at admissible ones, from {low} to {high}, it does not jump either."
        moves = [f"{jump.direction} past {place_in_words(jump)}, {move_in_words(jump)}" for jump in self.beyond]
        return (
            f"These are its plausible values. Beyond them, at admissible values from {low} to {high}, it "
            f"{'; then it '.join(moves)}."
        )

    def _jumps_in_words(self) -> str:
        what, jumps = f"The {self.measure.name}", self.jumps
        if not jumps:
            places = ", ".join(map(place_in_words, self.boundaries))
            rest = f", though the set of equilibria changes at {places}" if places else ""
            low, high = map(show_number, self.looked_at)
            return f"{what} does not jump as {self.parameter} goes from {low} to {high}{rest}."
        if len(jumps) == 1:
            place = place_in_words(jumps[0])
            move = move_in_words(jumps[0])
            return f"{what} {jumps[0].direction} as {self.parameter} grows past {place}: {move}."
        moves = [
            f"{jump.direction} past {place_in_words(jump, 'its .formula')}, {move_in_words(jump)}" for jump in jumps
        ]
        return f"As {self.parameter} grows the {self.measure.name} {'; then it '.join(moves)}."

    def __repr__(self) -> str:
        places = ", ".join(show_number(boundary.value) for boundary in self.jumps) or "no jump"
        return f"<Threshold of {self.parameter!r} for the {self.measure.name}: {places}>"


SAME = 1e-9


@dataclass(frozen=True, eq=False)
class ThresholdCurve(Shown):
    """The value at which a parameter changes a prediction, as a curve against a second parameter.

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

    game: Game | ContinuousGame
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
            () if threshold is None else tuple(jump.value for jump in threshold.jumps if jump is not threshold.main)
            for threshold in self.found
        )

    @property
    def branches(self) -> list[list[tuple[float, float]]]:
        """For each formula, the points (second parameter, parameter) at which the measure jumps and it says so."""
        places = [
            (k, jump.value)
            for k, threshold in enumerate(self.found)
            if threshold is not None
            for jump in threshold.jumps
        ]
        return [
            [(float(self.at[k]), float(y)) for k, y in places if equals(formula, self.game, self.given, self.at[k], y)]
            for formula, _ in self.pieces
        ]

    @property
    def sides(self) -> tuple[str, str]:
        """What the measure is just below and just above the threshold, in words; empty where that varies."""
        mains = [threshold.main for threshold in self.found if threshold is not None and threshold.main is not None]
        below = {range_in_words(main.below) for main in mains}
        above = {range_in_words(main.above) for main in mains}
        sides = (below.pop() if len(below) == 1 else "", above.pop() if len(above) == 1 else "")
        return sides if not any(self.further) else ("", "")

    @property
    def gaps(self) -> list[tuple[int, int, str]]:
        """The stretches without a threshold: the positions of their first and last value, and why."""
        why = [
            "" if value is not None else "assumptions fail" if threshold is None else "no jump"
            for value, threshold in zip(self.values, self.found, strict=True)
        ]
        stretches = [list(places) for _, places in itertools.groupby(range(len(why)), key=why.__getitem__)]
        return [(places[0], places[-1], why[places[0]]) for places in stretches if why[places[0]]]

    def to_frame(self) -> Any:
        """Return a data frame with one row a value of the second parameter."""
        import pandas as pd

        rows = [{key: None if value is None else float(value) for key, value in row.items()} for row in self.data]
        return pd.DataFrame(rows).astype(float)

    def plot(self, ax: Any = None) -> Any:
        """Draw the threshold against the second parameter."""
        return picture("ThresholdCurve.plot", self, ax=ax)

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
        if is_plausible(self.game, self.parameter, *self.between):
            lines.append(f"Looked at over plausible values of {self.parameter}.")
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


def equals(formula: Any, game: Any, other: str, value: Exact, threshold: Any) -> bool:
    """Tell whether a formula gives a threshold, the second parameter being at a value and the others as they are."""
    at = {p.expression: to_sympy(value if p.name == other else p.value) for p in game.parameter_list}
    number = formula.xreplace(at)
    return bool(number.is_finite) and abs(float(number) - float(threshold)) <= SAME * (1 + abs(float(threshold)))
