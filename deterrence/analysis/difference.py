"""Difference: what a mechanism or another assumption changes in a game, and the condition that separates the two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from deterrence.analysis.answers.differences.difference import Difference
from deterrence.analysis.differences.places import Shared
from deterrence.analysis.differences.question import Question
from deterrence.analysis.questions import checked_number
from deterrence.answers.measure import AnyMeasure
from deterrence.answers.method import Method
from deterrence.errors import GameError, MethodError
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.words import listed
from deterrence.progress import reporting
from deterrence.solvers.solve import chosen_method

BUDGET = 30.0
"""Seconds for the classes of both games, by the clock, unless another budget is given."""


def difference(
    game_a: Game,
    game_b: Game,
    *,
    measure: AnyMeasure | None = None,
    parameters: Sequence[str] | None = None,
    method: Method | tuple[Method, Method] | None = None,
    budget: float | None = None,
    progress: bool | Callable[[float], None] | None = None,
) -> Difference:
    """Tell what a mechanism or another assumption changes: play, classes, thresholds, and the condition that separates.

    Parameters
    ----------
    game_a, game_b
        The games: a game and the same one under a mechanism, at other values, or under another assumption.
    measure
        What thresholds are those of: ``probability("war")``, ``payoff("Defender")``, or an outcome's or action's
        name; by default the outcomes that both games have.
    parameters
        The parameters that conditions are in and thresholds are looked for along; those of one game alone may be
        among them. The others are held at each game's present values. By default all of them in small games, but for
        those whose values differ; else the two that matter most, those of one game alone first.
    method
        The solution concept, or a pair of them, one a game; each game's default one otherwise.
    budget
        Seconds for the classes of both games, by the clock; by default half a minute.
    progress
        ``True`` for a bar on the terminal when it takes more than two seconds, or a callable that is told the
        share done, from 0 to 1.

    Returns
    -------
    Difference
        How the games differ as written, in play at the present values, in classes of equilibria and their conditions,
        and in thresholds, with the condition under which predictions differ. ``same`` is True only when proved.

    Raises
    ------
    GameError
        If the games have no player in common.
    ParameterError
        If a parameter is in neither game, or none of its values is admissible in both.
    UnknownNameError
        If a measure is in neither game.

    Notes
    -----
    Classes are matched by what is played on the path at the information sets that both games have. A set of one game
    may stand for several of the other, such as those after proof and without proof; their actions are then put
    together. Conditions that differ only at borders, where payoffs tie, count as the same.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.folklore.strike import strike
    >>> found = dt.difference(strike, strike.at(punishment=3), parameters=["prize"])
    >>> print(found.separates)
    (9 > prize) & (prize > 3)
    """
    games = checked_game(game_a), checked_game(game_b)
    for game in games:
        if game.has_continuum:
            raise MethodError(
                f"The game {game.name!r} has numbers without end ({listed(game.variables)}), and differences are told "
                "from formulas of classes, which it has not. Put the two side by side at their values with "
                "dt.compare({'one': game_a, 'other': game_b}, parameter='…'), or ask of finite versions, "
                "game.on_grid(…)."
            )
    shared = Shared(games)
    if not shared.players:
        raise GameError(
            f"The games have no player in common: {listed(games[0].players)} in the first, {listed(games[1].players)} "
            "in the second. Give the players one name in both."
        )
    with reporting(progress, f"Difference of {games[0].name} and {games[1].name}") as tell:
        question = Question(shared, _methods(games, method), tell)
        return question.answer(measure, parameters, BUDGET if budget is None else checked_number(budget, "budget", 0))


def _methods(games: tuple[Game, Game], method: Any) -> tuple[Any, Any]:
    pair = method if isinstance(method, tuple) else (method, method)
    if len(pair) != 2:
        raise MethodError(f"method= takes one concept or a pair, one a game; got {len(pair)}.")
    return chosen_method(games[0], pair[0]), chosen_method(games[1], pair[1])
