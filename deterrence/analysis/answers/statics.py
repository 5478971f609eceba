"""The answer of `statics`: how a prediction moves inside each class of equilibria, and between classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deterrence.analysis.answers.boundary import Boundary, move_in_words, place_in_words
from deterrence.analysis.answers.threshold import FOUND_LATE, Threshold
from deterrence.analysis.search.effects import Effect
from deterrence.answers.measure import Measure
from deterrence.games.expression import show_number, show_value
from deterrence.games.game import Game
from deterrence.views import Shown, picture


@dataclass(frozen=True, eq=False)
class Statics(Shown):
    """The comparative statics of a prediction: its slope in each class of equilibria, and its jumps between classes.

    Attributes
    ----------
    game, parameter, measure, method
        The question.
    effects
        One for each class found along the parameter's range, the other parameters at their values.
    boundaries
        The values at which the set of classes changes, with the measure's range on either side.
    complete
        Whether every solution on the way was complete.
    status
        What was done, in words.
    between
        The least and greatest value of the parameter looked at.
    threshold
        The same boundaries as :func:`deterrence.threshold` answers them.
    """

    game: Game
    parameter: str
    measure: Measure
    method: Any
    effects: tuple[Effect, ...]
    boundaries: tuple[Boundary, ...]
    complete: bool
    status: str
    between: tuple[Any, Any]
    threshold: Threshold = field(repr=False)

    @property
    def jumps(self) -> tuple[Boundary, ...]:
        """The boundaries at which the measure's range jumps."""
        return self.threshold.jumps

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The effects as plain records."""
        keys = ("formula", "derivative", "sign", "proved", "rising", "falling", "slope", "scope")
        return tuple({"class": effect.name, **{key: getattr(effect, key) for key in keys}} for effect in self.effects)

    def to_frame(self) -> Any:
        """Return a data frame with one row a class."""
        import pandas as pd

        rows = [
            {**row, **{key: None if row[key] is None else show_value(row[key]) for key in ("formula", "derivative")}}
            for row in self.data
        ]
        return pd.DataFrame(rows)

    def plot(self, ax: Any = None) -> Any:
        """Draw the measure in every class against the parameter, each with the direction of its slope."""
        return picture("Statics.plot", self, ax=ax)

    def __str__(self) -> str:
        lines = [f"How the {self.measure.name} in {self.game.name!r} moves as {self.parameter} grows: {self.status}."]
        lines += map(str, self.effects)
        for jump in self.jumps:
            lines.append(
                f"At {self.parameter} = {place_in_words(jump, 'its .formula')} it jumps {move_in_words(jump)}."
            )
        if not self.jumps:
            low, high = map(show_number, self.between)
            lines.append(f"It jumps nowhere from {low} to {high}.")
        if self.threshold.over_plausible:
            lines.append(self.threshold.over_plausible)
        if not self.complete:
            lines.append(FOUND_LATE)
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Statics of the {self.measure.name} in {self.parameter!r}: {len(self.effects)} classes>"
