"""Comparison: scenarios side by side, each measure as its range over all equilibria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from deterrence.analysis.answers.notebook import sentences_as_html
from deterrence.analysis.threshold import Threshold, thresholds
from deterrence.answers.measure import Measure, as_measure
from deterrence.errors import GameError, ParameterError, UnknownNameError
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.solvers.solve import chosen_method

NOTABLE = 1e-9


@dataclass(frozen=True, eq=False)
class Comparison:
    """Hold scenarios side by side.

    Attributes
    ----------
    games
        The scenarios: name -> game.
    measures
        What was asked.
    data
        An ``xarray.Dataset``: ``low`` and ``high`` (scenario, measure) over all equilibria, NaN where the
        scenario's game does not have what is asked; ``count`` (scenario) of equilibria; ``threshold``
        (scenario, measure) where a parameter was given, NaN where the measure jumps nowhere.
    thresholds
        Scenario -> the thresholds of the measures, where a parameter was given.
    complete
        Whether every solution was complete.
    status
        The same in words.
    """

    games: Mapping[str, Game]
    measures: tuple[Measure, ...]
    data: Any
    thresholds: Mapping[str, tuple[Threshold, ...]]
    complete: bool
    status: str
    parameter: str | None = field(default=None, repr=False)

    @property
    def changed(self) -> dict[str, dict[str, Exact]]:
        """For each scenario the parameters that are not the same in all, with their values there."""
        names = dict.fromkeys(name for game in self.games.values() for name in game.parameters)
        differ = [n for n in names if len({game.values.get(n) for game in self.games.values()}) > 1]
        return {
            title: {name: game.values[name] for name in differ if name in game.values}
            for title, game in self.games.items()
        }

    def between(self, scenario: str, measure: Any) -> tuple[float, float]:
        """Return the least and greatest value of a measure over all equilibria of a scenario."""
        name = as_measure(measure).name if not isinstance(measure, str) else measure
        known = {one.name: one.name for one in self.measures} | {one.of: one.name for one in self.measures if one.of}
        if scenario not in self.games or name not in known:
            from deterrence.errors import unknown

            kind, given = ("scenario", scenario) if scenario not in self.games else ("measure", name)
            raise unknown(kind, given, self.games if kind == "scenario" else known)
        at = self.data.sel(scenario=scenario, measure=known[name])
        return float(at["low"]), float(at["high"])

    def to_frame(self) -> Any:
        """Return a data frame with one row a scenario and measure: low, high, count, and the threshold if asked."""
        return self.data.to_dataframe(dim_order=["scenario", "measure"]).reset_index()

    def plot(self, ax: Any = None) -> Any:
        """Draw a panel a measure and a row a scenario: a point, or a bar where equilibria differ."""
        from deterrence.plot.comparison import plot_comparison

        return plot_comparison(self, ax=ax)

    def __str__(self) -> str:
        lines = [f"Comparison of {len(self.games)} scenario{'' if len(self.games) == 1 else 's'}: {self.status}."]
        for title, changed in self.changed.items():
            values = ", ".join(f"{name} = {show_number(value)}" for name, value in changed.items())
            lines.append(f"{title}{f' ({values})' if values else ''}: {self._told(title)}.")
        lines += [self._most(measure) for measure in self.measures]
        return "\n".join(lines)

    def _told(self, title: str) -> str:
        return "; ".join(f"{measure.name} {_in_words(*self.between(title, measure))}" for measure in self.measures)

    def _most(self, measure: Measure) -> str:
        ends = {title: self.between(title, measure) for title in self.games}
        known = {title: pair for title, pair in ends.items() if not isnan(pair[0])}
        least, most = min(known.values(), key=min), max(known.values(), key=max)
        if most[1] - least[0] <= NOTABLE:
            return f"{_capital(measure.name)}: the same in all."
        low = [title for title, pair in known.items() if pair[0] - least[0] <= NOTABLE]
        high = [title for title, pair in known.items() if most[1] - pair[1] <= NOTABLE]
        if set(low) & set(high):
            both = _titles(title for title in low if title in high)
            return f"{_capital(measure.name)}: in {both} equilibria differ by as much as scenarios do."
        return f"{_capital(measure.name)}: least in {_titles(low)}, greatest in {_titles(high)}."

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(map(repr, self.games))}>"

    def _repr_html_(self) -> str:
        return sentences_as_html(self)


def compare(
    scenarios: Mapping[str, Any],
    *measures: Any,
    base: Game | None = None,
    parameter: str | None = None,
    method: Any = None,
) -> Comparison:
    """Put scenarios side by side: what is asked, in each, over all its equilibria.

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
        ends = [_ends(question, game, solution) for question in questions]
        low.append([pair[0] for pair in ends])
        high.append([pair[1] for pair in ends])
        counts.append(len(solution))
        doubts += [] if solution.complete else [f"{title}: {solution.status}"]
    found = {} if parameter is None else {t: _thresholds(g, parameter, questions, method) for t, g in games.items()}
    data = _dataset(games, questions, low, high, counts, found)
    status = f"other equilibria may exist ({'; '.join(doubts)})" if doubts else "every solution is complete"
    return Comparison(games, questions, data, found, not doubts, status, parameter)


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


def _ends(question: Measure, game: Game, solution: Any) -> tuple[float, float]:
    if _unknown_in(question, game) is not None or not len(solution):
        return float("nan"), float("nan")
    numbers = [float(question(extreme)) for one in solution for extreme in (one, *one.extremes)]
    return min(numbers), max(numbers)


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


def _in_words(low: float, high: float) -> str:
    if isnan(low):
        return "is not defined"
    first, last = show_number(low, 3), show_number(high, 3)
    return first if first == last else f"between {first} and {last}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _titles(titles: Any) -> str:
    names = [repr(title) for title in titles]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
