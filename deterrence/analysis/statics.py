"""Comparative statics: the derivative of a prediction in each class of equilibria, and its sign."""

from __future__ import annotations

from typing import Any

from deterrence.analysis.answers.statics import Statics
from deterrence.analysis.answers.threshold import Threshold
from deterrence.analysis.questions import checked_number, checked_question, searched_range
from deterrence.analysis.search.effects import Effects
from deterrence.analysis.search.one_parameter import ParameterSearch
from deterrence.analysis.search.written.effects import written_effects
from deterrence.analysis.threshold import curve_of
from deterrence.answers.measure import AnyMeasure
from deterrence.answers.method import Method
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.solvers.solve import chosen_method


def statics(
    game: Game,
    parameter: str,
    measure: AnyMeasure,
    *,
    between: tuple[Any, Any] | None = None,
    budget: float = 20.0,
    method: Method | None = None,
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
        The least and greatest value at which to look for classes; by default the plausible values, or the
        declared range where none are declared.
    budget
        Seconds for formulas in all parameters. What remains after that is told in the moving parameter
        alone, the others at their present values; so is all of a game with more than 16 parameters.
    method
        The solution concept; the game's default one otherwise.

    Raises
    ------
    ParameterError
        If the parameter is unknown, or has neither plausible values nor a finite range and ``between`` is not given.

    Notes
    -----
    The classes are those that exist somewhere along the range looked at. A sign is *proved* over the
    declared ranges and assumptions together with the class's own conditions (by factors, corners, linear
    programs or sums of products); otherwise it is reported for a sample of 1500 points and said to be. A
    measure that no formula gives (a callable), or that something free on the path leaves open, has its
    slope taken between exact solutions.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.analysis.statics import statics
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> print(statics(GAME, "punishment", dt.payoff("Challenger"), between=(0, 20)))
    How the payoff of Challenger in 'strike' moves as punishment grows: formulas hold for all parameter values.
    In 'war' it falls, by 1 per unit (proved wherever the class exists).
    In 'deterrence' it does not change (proved wherever the class exists).
    It jumps nowhere from 0 to 20.
    """
    chosen = chosen_method(checked_game(game), method)
    (question,) = checked_question(game, parameter, (measure,), "statics")
    seconds = checked_number(budget, "budget", 0)
    low, high = searched_range(game, parameter, between)
    search = ParameterSearch(game, parameter, chosen, low, high, None)
    (boundaries,) = search.boundaries([question])
    effects_search = Effects(game, parameter, question, search, seconds)
    written = written_effects(game, parameter, question, search) if game.has_continuum else None
    effects = tuple(effects_search.effects() if written is None else written)
    answer = Threshold(
        game, parameter, question, chosen, boundaries, search.complete, curve_of, between and (low, high)
    )
    rest = (search.complete, effects_search.status, (low, high), answer)
    return Statics(game, parameter, question, chosen, effects, boundaries, *rest)
