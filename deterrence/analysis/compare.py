"""Comparison: scenarios side by side, each measure as its range over all equilibria."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from deterrence.analysis.answers.comparison import Comparison
from deterrence.analysis.answers.threshold import Threshold
from deterrence.analysis.threshold import thresholds
from deterrence.answers.measure import AnyMeasure, Measure, as_measure
from deterrence.answers.method import Method
from deterrence.errors import GameError, ParameterError, UnknownNameError
from deterrence.games.game import Game
from deterrence.solvers.solve import chosen_method

UNDEFINED = (float("nan"), float("nan"))


def compare(
    scenarios: Mapping[str, Any],
    *measures: AnyMeasure,
    base: Game | None = None,
    parameter: str | None = None,
    method: Method | None = None,
) -> Comparison:
    """Compare scenarios: each measure in each of them, over all its equilibria.

    Parameters
    ----------
    scenarios
        Name -> a game, or the parameters that differ from ``base``, such as ``{"pressure": 8}``; ``{}`` is
        the base itself.
    *measures
        ``probability("war")``, ``payoff("Defender")``, names of outcomes or actions, or callables; by default
        the probability of every outcome of the first scenario.
    base
        The game that the parameters are put into.
    parameter
        Also find where the measures jump along this parameter, in every scenario.
    method
        The solution concept; each game's default one otherwise.

    Raises
    ------
    ParameterError
        If there is no scenario, a parameter is unknown or out of range, or values are given without ``base``.
    UnknownNameError
        If a measure names nothing in any of the scenarios.
    GameError
        If a scenario is neither a game nor a mapping.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.folklore.strike import strike
    >>> found = dt.compare({"today": {}, "a dear war": {"war": 8}}, "strike", base=strike)
    >>> print(found)
    Comparison of 2 scenarios: every solution is complete.
    today (war = 3): probability of 'strike' 0.
    a dear war (war = 8): probability of 'strike' 1.
    Probability of 'strike': least in 'today', greatest in 'a dear war'.
    """
    games = _games(scenarios, base)
    asked = measures or next(iter(games.values())).outcomes
    questions = tuple(map(as_measure, asked))
    _check(questions, games)
    low, high, counts, doubts = [], [], [], []
    for title, game in games.items():
        solution = chosen_method(game, method).solve(game)
        ends = [ends_over(question, game, solution) or UNDEFINED for question in questions]
        low.append([float(pair[0]) for pair in ends])
        high.append([float(pair[1]) for pair in ends])
        counts.append(min(solution.count, sys.maxsize))
        doubts += [] if solution.complete else [f"{title}: {solution.status}"]
        if solution.stand_in and any(question.kind == "other" for question in questions):
            doubts.append(f"{title}: {solution.stand_in}, of which alone your function was asked")
    answers = {} if parameter is None else {t: _thresholds(g, parameter, questions, method) for t, g in games.items()}
    data = _dataset(games, questions, low, high, counts, answers)
    status = f"other equilibria may exist ({'; '.join(doubts)})" if doubts else "every solution is complete"
    return Comparison(games, questions, data, answers, not doubts, status, parameter)


def _games(scenarios: Mapping[str, Any], base: Game | None) -> dict[str, Game]:
    if not isinstance(scenarios, Mapping) or not scenarios:
        raise ParameterError("compare takes a mapping of at least one name to a game, such as {'today': game}.")
    games = {}
    for title, given in scenarios.items():
        if isinstance(given, Game):
            games[str(title)] = given
        elif not isinstance(given, Mapping):
            raise GameError(f"The scenario {title!r} is neither a game nor a mapping of parameters, but {given!r}.")
        elif base is None:
            raise ParameterError(
                f"The scenario {title!r} gives only parameter values; pass the game they apply to as base=…"
            )
        else:
            games[str(title)] = base.at(given) if given else base
    return games


def _check(questions: tuple[Measure, ...], games: Mapping[str, Game]) -> None:
    """Refuse what no scenario knows."""
    for question in questions:
        failed: UnknownNameError | None = None
        for game in games.values():
            failed = _unknown_in(question, game)
            if failed is None:
                break
        if failed is not None:
            raise failed


def _unknown_in(question: Measure, game: Game) -> UnknownNameError | None:
    try:
        question.check(game)
    except UnknownNameError as error:
        return error
    return None


def ends_over(question: Measure, game: Game, solution: Any) -> tuple[Any, Any] | None:
    """Return the least and greatest value over all equilibria; None where the game has not what is asked, or none."""
    if _unknown_in(question, game) is not None or not solution:
        return None
    ends = [question.ends(one) for one in solution.representatives]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _thresholds(game: Game, parameter: str, questions: tuple[Measure, ...], method: Any) -> tuple[Threshold, ...]:
    known = [question for question in questions if _unknown_in(question, game) is None]
    return thresholds(game, parameter, *known, method=method)


def _dataset(games: Any, questions: Any, low: Any, high: Any, counts: Any, found: Any) -> Any:
    import xarray as xr

    dims = ["scenario", "measure"]
    names = [question.name for question in questions]
    columns: dict[str, Any] = {"low": (dims, low), "high": (dims, high), "count": ("scenario", counts)}
    if found:
        by_name = {title: {one.measure.name: one.value for one in some} for title, some in found.items()}
        rows = [[_number(by_name[title].get(name)) for name in names] for title in games]
        columns["threshold"] = (dims, rows)
    return xr.Dataset(columns, coords={"scenario": list(games), "measure": names})


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)
