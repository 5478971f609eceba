"""The inverse question: the cheapest change of parameters that makes a prediction what one wants."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.analysis.answers.robustness import Change, Requirement
from deterrence.analysis.search.changes import measured_over, verified
from deterrence.analysis.search.landscape import Landscape, widths_of
from deterrence.analysis.search.nearest import NORMS, nearest_along, nearest_point
from deterrence.answers.measure import AnyMeasure, Measure, as_measure
from deterrence.answers.method import Method
from deterrence.answers.solution import Equilibrium
from deterrence.errors import ParameterError, ValueKindError, unknown
from deterrence.games.expression import exact_number, show_number
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.words import number_from_text
from deterrence.solvers.solve import chosen_method

ATTEMPTS = 8
COMPARISONS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
OVER = ("all", "some")
NEAR = 1e-9


@dataclass(frozen=True)
class Target:
    """A condition on a measure: a comparison with a number, or any test of a number."""

    words: str
    test: Callable[[float], bool]
    by: Callable[[np.ndarray], np.ndarray] | None = None
    bar: float | None = None

    def on(self, values: np.ndarray) -> np.ndarray:
        """Return whether it is met at each of many values."""
        if self.by is not None:
            return self.by(values)
        return np.array([self.test(float(value)) for value in values], dtype=bool)

    @classmethod
    def of(cls, given: Any) -> Target:
        """Read a number (at most that), text such as ``">= 0.9"``, or a callable from number to truth."""
        if isinstance(given, str):
            compared, text = re.fullmatch(r"\s*(<=|>=|<|>)?(.*)", given, re.DOTALL).groups()  # type: ignore[union-attr]
            number = number_from_text(text)
            if number is None:
                raise ParameterError(
                    f"The target {given!r} is no comparison; write '<= 0.1' or '>= 0.9', give a number (at most "
                    "that), or a callable from the measure's value to True or False."
                )
            compare, bar = COMPARISONS[compared or "<="], float(number)
            return cls(
                f"{compared or '<='} {text.strip()}",
                lambda value: bool(compare(value, bar)),
                lambda a: compare(a, bar),
                bar,
            )
        if callable(given):
            return cls("as asked", lambda value: bool(given(value)))
        try:
            bar = float(exact_number(given, "target"))
        except ValueKindError as error:
            raise ParameterError(
                f"A target is a comparison such as '<= 0.1', a number or a callable: {error}"
            ) from error
        return cls(f"<= {show_number(bar)}", lambda value: value <= bar, lambda a: a <= bar, bar)


def what_would_it_take(
    game: Game,
    measure: AnyMeasure,
    target: Any,
    *,
    parameters: Iterable[str] | None = None,
    scales: Mapping[str, Any] | None = None,
    over: str = "all",
    norm: str = "sum",
    method: Method | None = None,
) -> Requirement:
    """Find the cheapest change of the parameters that makes a prediction what one wants.

    Parameters
    ----------
    game
        The game; its present values are where one starts.
    measure
        ``probability("strike")``, ``payoff("Defender")`` or an outcome's or action's name.
    target
        A comparison such as ``"<= 0.1"`` or ``">= 0.9"``, a number (at most that), or a callable from the
        measure's value to true or false, which then must hold at both ends of its range.
    parameters
        Those that one can change; by default all with a finite range.
    scales
        What counts as a change of one, parameter by parameter, and so the price of each; by default the
        width of its declared range.
    over
        ``"all"``: the target must be met in every equilibrium; ``"some"``: in at least one.
    norm
        How scaled changes add up to a cost: ``"sum"``, ``"euclidean"`` or ``"max"``.
    method
        The solution concept; the game's default one otherwise.

    Returns
    -------
    Requirement
        The cheapest change found, its end verified by an exact solution, and what each parameter would do
        alone. The search is not a proof that no cheaper change exists.

    Raises
    ------
    ParameterError
        If a parameter is unknown or has no scale, or the target is none.
    MethodError
        If the concept or the measure has no closed form.

    Examples
    --------
    >>> from deterrence.analysis.what_would_it_take import what_would_it_take
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> print(what_would_it_take(GAME.at(punishment=3), "strike", 0, parameters=["punishment"]))
    Today the probability of 'strike' in 'strike' is 1.
    The cheapest change found that makes the probability of 'strike' at most 0 in every equilibrium:
    punishment from 3 to 4.
    It is 0 there, by an exact solution.
    """
    question, wanted = as_measure(measure), Target.of(target)
    question.check(checked_game(game))
    if question.kind == "probability" and wanted.bar is not None and not 0 <= wanted.bar <= 1:
        raise ParameterError(f"The target {target!r} asks of a probability what is not between 0 and 1.")
    for kind, value, allowed in (("norm", norm, tuple(NORMS)), ("choice of over", over, OVER)):
        if value not in allowed:
            raise unknown(kind, value, allowed)
    widths, _ = widths_of(game, parameters, scales)
    chosen = chosen_method(game, method)
    asked = _Asked(question, wanted, over)
    here = list(chosen.solve(game))
    question_and_answer = (game, question, wanted.words, over, norm, chosen, measured_over(question, here))
    if asked.met(here):
        return Requirement(*question_and_answer, Change({}, 0.0, (), None), {}, widths)
    land = Landscape(game, chosen, tuple(widths), widths, question)
    alone = {name: change for name in widths if (change := _found(land, asked, norm, only=name)) is not None}
    best = min(alone.values(), key=lambda change: change.distance, default=None)
    change = _found(land, asked, norm) if len(widths) > 1 else None
    if best is None or (change is not None and change.distance < best.distance * (1 - 1e-4)):
        best = change
    return Requirement(*question_and_answer, best, alone, widths)


@dataclass(frozen=True)
class _Asked:
    measure: Measure
    target: Target
    over: str

    def met(self, equilibria: list[Equilibrium] | None) -> bool:
        """Tell whether exact equilibria meet the target."""
        if not equilibria:
            return False
        ends = [list(map(float, self.measure.ends(e))) for e in equilibria]
        if self.over == "all":
            return all(self.target.test(value) for row in ends for value in row)
        return any(all(self.target.test(value) for value in row) for row in ends)

    def test(self, land: Landscape) -> Callable[[np.ndarray], np.ndarray]:
        """Return the same test by formulas, at many points; a hair of rounding is forgiven."""

        def good(values: np.ndarray) -> np.ndarray:
            near = (values, values - NEAR, values + NEAR)
            return np.any([self.target.on(row) for row in near], axis=0)

        def holds(points: np.ndarray) -> np.ndarray:
            at = land.at(points)
            known = at.admitted & (at.classes != 0)
            low, high = good(at.low), good(at.high)
            return known & (low & high if self.over == "all" else low | high)

        return holds


def _found(land: Landscape, asked: _Asked, norm: str, only: str | None = None) -> Change | None:
    """Return the cheapest change, of all parameters or of one alone, verified."""
    low, high = land.low, land.high
    for _ in range(ATTEMPTS):
        if only is not None:
            point = nearest_along(asked.test(land), land.names.index(only), low, high)
        else:
            starts = [np.clip(point * (1 + 1e-7), low, high) for point in land.bound()[1]]
            point = nearest_point(asked.test(land), low, high, norm, starts)
        if point is None:
            return None
        change, equilibria = verified(land, point, norm, asked.met)
        if change is not None or not land.learn(equilibria):
            return change
    return None
