"""The parts of a difference between two games: a measure now, a class of equilibria, a border, and a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.analysis.answers.boundary import Boundary, range_in_words
from deterrence.analysis.answers.threshold import Threshold
from deterrence.answers.measure import Measure
from deterrence.answers.when_in_words import when_in_words
from deterrence.games.expression import Exact, show_number, show_value
from deterrence.values import Value

Ends = tuple[Any, Any]
TINY = 1e-9
"""Numbers that are no fractions count as the same so near to each other."""


@dataclass(frozen=True, eq=False)
class MeasureNow(Value):
    """A measure at the present values: its least and greatest value over all equilibria, in the first game and second.

    ``first`` or ``second`` is None where there is no equilibrium.
    """

    measure: Measure
    first: Ends | None
    second: Ends | None

    @property
    def change(self) -> str:
        """What the range does from the first game to the second: same, rises, falls, widens, narrows, or not known."""
        if self.first is None or self.second is None:
            return "same" if self.first is self.second else "not known"
        low, high = (_step(a, b) for a, b in zip(self.first, self.second, strict=True))
        if low == high == 0:
            return "same"
        if low >= 0 and high >= 0:
            return "rises"
        if low <= 0 and high <= 0:
            return "falls"
        return "widens" if low < 0 else "narrows"

    @property
    def size(self) -> float:
        """The larger of the moves of the two ends."""
        if self.first is None or self.second is None:
            return 0.0
        return max(abs(float(b) - float(a)) for a, b in zip(self.first, self.second, strict=True))

    def in_words(self, side: int) -> str:
        """Return the range in one of the games."""
        ends = self.second if side else self.first
        return "no equilibrium" if ends is None else range_in_words(ends)


def _step(before: Any, after: Any) -> int:
    gap = after - before
    tiny = TINY * max(1.0, abs(float(before))) if isinstance(gap, float) else 0
    return int(gap > tiny) - int(gap < -tiny)


@dataclass(frozen=True, eq=False)
class PlayNow(Value):
    """What is played in some equilibrium at the present values, and in which of the games."""

    play: str
    first: bool
    second: bool


@dataclass(frozen=True, eq=False)
class ClassDifference(Value):
    """A class of equilibria in both games, as told by what is played at the information sets that they share.

    Attributes
    ----------
    play
        What is played, in words.
    names
        What the first game calls such classes, and the second.
    when
        The conditions under which one exists in the first game, and in the second; None where the game has none.
    relation
        From the first game to the second: ``same``, ``narrower``, ``wider``, ``elsewhere`` (lost here and gained
        there), ``only in the first``, ``only in the second``, or ``not decided``. All but the last are proved, up to
        the borders of the conditions and to what each game's characterization found.
    lost, gained
        Where it exists in the first game alone, and in the second alone, as conditions.
    formulas
        What differs where both have it: measure, formula in the first game, formula in the second.
    alike
        Whether it is proved that where it exists in both it has the same probabilities of shared outcomes and actions.
    """

    play: str
    names: tuple[tuple[str, ...], tuple[str, ...]]
    when: tuple[Any, Any]
    relation: str
    lost: Any
    gained: Any
    formulas: tuple[tuple[str, Any, Any], ...]
    alike: bool

    def condition_in_words(self, side: int) -> str:
        """Return when it exists in one of the games."""
        return "never" if self.when[side] is None else when_in_words(self.when[side])

    def formulas_in_words(self) -> str:
        """Return what differs where both games have the class."""
        return "; ".join(f"{name} {show_value(one)}, then {show_value(other)}" for name, one, other in self.formulas)


@dataclass(frozen=True, eq=False)
class Border(Value):
    """Where predictions differ along one parameter, the others at their present values.

    Attributes
    ----------
    parameter
        Its name.
    value
        Its present value.
    stretches
        The parts of its range in rising order: from, to, and whether the classes that exist differ there. An end is
        None where the range has none. What breaks the games' assumptions is left out.
    formulas
        A formula in the other parameters for the end of each part but the last; None where there is none.
    """

    parameter: str
    value: Exact
    stretches: tuple[tuple[Any, Any, bool], ...]
    formulas: tuple[Any, ...]

    @property
    def differing(self) -> tuple[tuple[Any, Any], ...]:
        """The parts in which predictions differ."""
        return tuple((low, high) for low, high, differ in self.stretches if differ)

    @property
    def nearest(self) -> Any:
        """The end between two parts that is nearest to the present value; None where there is one part alone."""
        ends = [low for low, _, _ in self.stretches[1:]]
        return min(ends, key=lambda end: abs(float(end) - float(self.value)), default=None)

    @property
    def distance(self) -> float:
        """How far the nearest end is from the present value, in shares of the range; infinite where there is none.

        Where the range has no end, in shares of the present value.
        """
        if self.nearest is None:
            return float("inf")
        low, high = self.stretches[0][0], self.stretches[-1][1]
        width = (abs(float(self.value)) or 1.0) if None in (low, high) else float(high) - float(low)
        return abs(float(self.nearest) - float(self.value)) / width

    @property
    def differs_now(self) -> bool:
        """Whether the classes that exist differ at the present value, off a border."""
        return any(
            (low is None or low < self.value) and (high is None or self.value < high) for low, high in self.differing
        )

    def __str__(self) -> str:
        if len(self.stretches) < 2:
            return f"{self.parameter}: {'differ' if self.differing else 'the same'} at all values"
        parts = [
            f"{'differ' if differ else 'the same'} {self._span(k)}" for k, (*_, differ) in enumerate(self.stretches)
        ]
        return f"{self.parameter} (now {show_number(self.value)}): {'; '.join(parts)}"

    def _span(self, k: int) -> str:
        if k == 0:
            return f"below {self._end(0)}"
        if k == len(self.stretches) - 1:
            return f"above {self._start(k)}"
        return f"from {self._start(k)} to {self._end(k)}"

    def _start(self, k: int) -> str:
        adjoining = self.stretches[k - 1][1] == self.stretches[k][0]
        return self._end(k - 1) if adjoining else show_number(self.stretches[k][0])

    def _end(self, k: int) -> str:
        value, formula = show_number(self.stretches[k][1]), self.formulas[k]
        return value if formula is None else f"{value} = {show_value(formula)}"


@dataclass(frozen=True, eq=False)
class Thresholds(Value):
    """The thresholds of some measures along one parameter in both games; none in a game without the parameter."""

    parameter: str
    first: tuple[Threshold, ...]
    second: tuple[Threshold, ...]

    @property
    def complete(self) -> bool:
        """Whether both searches were complete."""
        return all(threshold.complete for threshold in (*self.first, *self.second))


@dataclass(frozen=True, eq=False)
class Jump(Value):
    """A threshold in both games, or in one of them.

    Attributes
    ----------
    parameter
        Along which parameter.
    measures
        What jumps there, in words, such as ``"probability of 'war' rises"``.
    first, second
        The boundary in the first game and the second; None where it is missing.
    """

    parameter: str
    measures: tuple[str, ...]
    first: Boundary | None
    second: Boundary | None

    @property
    def kind(self) -> str:
        """What becomes of it: stays, moves, appears, or vanishes."""
        if self.first is None or self.second is None:
            return "appears" if self.first is None else "vanishes"
        return "moves" if _step(self.first.value, self.second.value) else "stays"
