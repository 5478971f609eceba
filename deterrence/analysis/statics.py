"""Comparative statics: the derivative of a prediction in each class of equilibria, and its sign."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deterrence.analysis.answers.boundary import move_in_words, place_in_words
from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.questions import checked_game, checked_number, checked_parameter, searched_range
from deterrence.analysis.search.effects import Effect, Effects
from deterrence.analysis.search.one_parameter import Search
from deterrence.analysis.threshold import FOUND_LATE, Boundary, Threshold
from deterrence.answers.measure import Measure, as_measure
from deterrence.games.expression import show_number, show_value
from deterrence.games.game import Game
from deterrence.solvers.solve import chosen_method


@dataclass(frozen=True, eq=False)
class Statics:
    """Hold how a prediction moves with a parameter: inside each class of equilibria, and between classes.

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
        from deterrence.plot.statics import plot_statics

        return plot_statics(self, ax=ax)

    def __str__(self) -> str:
        lines = [f"How the {self.measure.name} in {self.game.name!r} moves as {self.parameter} grows: {self.status}."]
        lines += map(str, self.effects)
        for one in self.jumps:
            lines.append(f"At {self.parameter} = {place_in_words(one, 'its .formula')} it jumps {move_in_words(one)}.")
        if not self.jumps:
            low, high = map(show_number, self.between)
            lines.append(f"It jumps nowhere from {low} to {high}.")
        if not self.complete:
            lines.append(FOUND_LATE)
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Statics of the {self.measure.name} in {self.parameter!r}: {len(self.effects)} classes>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def statics(
    game: Game,
    parameter: str,
    measure: Any,
    *,
    between: tuple[Any, Any] | None = None,
    budget: float = 20.0,
    method: Any = None,
) -> Statics:
    """Ask which way a prediction moves with a parameter: by a formula in each class, and by jumps between.

    Parameters
    ----------
    game
        The game.
    parameter
        The name of the parameter that moves.
    measure
        ``probability("war")``, ``payoff("Defender")``, an outcome's or action's name, or a callable.
    between
        The least and greatest value at which to look for classes; by default the declared range.
    budget
        Seconds for formulas in all parameters. What remains after that is told in the moving parameter
        alone, the others at their present values; so is all of a game with more than 16 parameters.
    method
        The solution concept; the game's default one otherwise.

    Raises
    ------
    ParameterError
        If the parameter is unknown, or has no finite range and ``between`` is not given.

    Notes
    -----
    The classes are those that exist somewhere along the parameter's range. A sign is *proved* over the
    declared ranges and assumptions together with the class's own conditions (by factors, corners, linear
    programs or sums of products); otherwise it is reported for a sample of 1500 points and said to be. A
    measure that no formula gives (a callable), or that something free on the path leaves open, has its
    slope taken between exact solutions.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.analysis.statics import statics
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> print(statics(GAME, "punishment", dt.payoff("Challenger")))
    How the payoff of Challenger in 'strike' moves as punishment grows: formulas hold for all parameter values.
    In 'Challenger: strike' it falls, by 1 per unit (proved wherever the class exists).
    In 'Challenger: restrain' it does not change (proved wherever the class exists).
    It jumps nowhere from 0 to 20.
    """
    chosen, question = chosen_method(checked_game(game), method), as_measure(measure)
    question.check(game)
    checked_parameter(game, parameter)
    seconds = checked_number(budget, "budget", 0)
    low, high = searched_range(game, parameter, between)
    search = Search(game, parameter, chosen, low, high, None)
    (boundaries,) = search.boundaries([question])
    found = Effects(game, parameter, question, search, seconds)
    effects = tuple(found.effects())
    answer = Threshold(game, parameter, question, chosen, boundaries, search.complete, between and (low, high))
    told = (search.complete, found.status, (low, high), answer)
    return Statics(game, parameter, question, chosen, effects, boundaries, *told)
