"""The answer of `compare`: scenarios side by side, each measure as its range over all equilibria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from deterrence.analysis.answers.threshold import Threshold
from deterrence.answers.measure import Measure, as_measure
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.views import Shown, picture


@dataclass(frozen=True, eq=False)
class Comparison(Shown):
    """Scenarios side by side: each measure in each of them, over all equilibria.

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
        known = {measure.name: measure.name for measure in self.measures} | {
            measure.of: measure.name for measure in self.measures if measure.of
        }
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
        return picture("Comparison.plot", self, ax=ax)

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


NOTABLE = 1e-9


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
