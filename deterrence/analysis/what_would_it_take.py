"""The inverse question: the cheapest change of parameters that makes a prediction what one wants."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.analysis.answers.changes import Change
from deterrence.analysis.answers.robustness import Requirement
from deterrence.analysis.search.changes import measured_over
from deterrence.analysis.search.descent import NORMS
from deterrence.analysis.search.points.play_tests import Met
from deterrence.analysis.search.points.searches import search_among
from deterrence.analysis.search.radii import Alone, found_alone, just_beyond
from deterrence.analysis.search.surroundings import widths_of
from deterrence.answers.measure import AnyMeasure, Measure, as_measure
from deterrence.answers.method import Method
from deterrence.answers.solution import Equilibrium
from deterrence.errors import ParameterError, ValueKindError, unknown
from deterrence.games.expression import Exact, exact_number, show_number
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.words import number_from_text
from deterrence.grid.crew import Crew
from deterrence.solvers.solve import chosen_method

COMPARISONS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
OVER = ("all", "some")


@dataclass(frozen=True)
class Target:
    """A condition on a measure: a comparison with a number, or any test of a number."""

    words: str
    test: Callable[[float], bool]
    bar: Exact | None = None

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
            compare = COMPARISONS[compared or "<="]
            words = f"{compared or '<='} {text.strip()}"
            return cls(words, _Compared(compare, float(number)), number)
        if callable(given):
            return cls("as asked", given)
        try:
            bar = exact_number(given, "target")
        except ValueKindError as error:
            raise ParameterError(
                f"A target is a comparison such as '<= 0.1', a number or a callable: {error}"
            ) from error
        return cls(f"<= {show_number(bar)}", _Compared(operator.le, float(bar)), bar)


@dataclass(frozen=True)
class _Compared:
    """A comparison of values with a number, which processes can be sent."""

    compare: Callable[[float, float], bool]
    bar: float

    def __call__(self, value: float) -> bool:
        return self.compare(value, self.bar)


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
        Those that one can change; by default all with a finite range or plausible values.
    scales
        What counts as a change of one, parameter by parameter, and so the price of each; by default the
        width of its plausible values, or of its declared range where none are declared.
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
    here = list(chosen.solve(game).representatives)
    question_and_answer = (game, question, wanted.words, over, norm, chosen, measured_over(question, here))
    if asked.met(here):
        return Requirement(*question_and_answer, Change({}, 0.0, (), None), {}, widths)
    levels, steady = () if wanted.bar is None else (wanted.bar,), wanted.bar is not None
    tests = asked.met, Met(wanted.test, everywhere=over == "all")
    with Crew() as crew:
        names = tuple(widths)
        search = search_among(game, chosen, names, widths, question, levels, tests, norm=norm, crew=crew, steady=steady)
        land, alone = search.land, Alone(game, chosen, widths, asked.met, question, levels, steady)
        radii = list(crew.each(alone, names, lambda _: None))
        singles = {radius.parameter: found_alone(land, radius, asked.met) for radius in radii}
        each = {name: found.change for name, found in singles.items() if found is not None}
        search.best = min((f for f in singles.values() if f is not None), key=lambda f: f.distance, default=None)
        change = search.run([just_beyond(land, radius) for radius in radii if radius.nearest is not None])
    return Requirement(*question_and_answer, change, each, widths)


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
