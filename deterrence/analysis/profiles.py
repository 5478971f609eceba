"""Profiles: what deniability, or sanctions, do to a game, in one answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis._effects import MOST_PARAMETERS
from deterrence.analysis.measure import Measure, as_measure, payoff, probability
from deterrence.analysis.statics import Statics, statics
from deterrence.analysis.sweep import Sweep, sweep
from deterrence.analysis.threshold import Threshold, thresholds
from deterrence.errors import MechanismError
from deterrence.expression import Exact, exact_number, show_number, show_value
from deterrence.games import Game
from deterrence.parameter import Parameter

POINTS = 61
SLIGHT = 1e-6

Piece = tuple[float, float, float, float]
"""From, to, and the least and greatest value of the measure between."""


@dataclass(frozen=True, eq=False)
class Profile:
    """Hold what a mechanism does to a game: how one of its parameters moves deterrence, and who gains.

    Attributes
    ----------
    game, mechanism, parameter, measure
        The question: the mechanism found, the parameter that is moved, and what is asked.
    others
        The other parameters that the mechanism added.
    sweep
        The measure and every player's payoff over the parameter.
    thresholds
        For each of the mechanism's parameters, where the measure changes.
    statics
        How the measure moves with the parameter in each class of equilibria.
    pieces
        The stretches between changes of the set of classes, with the measure's range on each (neighbours
        put together where it is the same), from the sweep's points and the limits at either end.
    """

    game: Game
    mechanism: Any
    parameter: str
    measure: Measure
    others: tuple[str, ...]
    sweep: Sweep
    thresholds: tuple[Threshold, ...]
    statics: Statics
    pieces: tuple[Piece, ...]
    headline: str = field(repr=False)

    @property
    def data(self) -> Any:
        """The sweep's ``xarray.Dataset``."""
        return self.sweep.data

    def to_frame(self) -> Any:
        """Return a data frame with one row a stretch of the parameter."""
        import pandas as pd

        columns = ["from", "to", f"least {self.measure.name}", f"greatest {self.measure.name}"]
        return pd.DataFrame(list(self.pieces), columns=columns)

    @property
    def direction(self) -> str:
        """Whether the measure ``rises``, ``falls``, does ``both`` or ``neither`` as the parameter grows."""
        low, high = (self.data[end].sel(measure=self.measure.name).values for end in ("low", "high"))
        known = np.isfinite(low)
        steps = np.concatenate([np.diff(low[known]), np.diff(high[known])])
        up, down = bool((steps > SLIGHT).any()), bool((steps < -SLIGHT).any())
        return {(True, True): "both", (True, False): "rises", (False, True): "falls"}.get((up, down), "neither")

    @property
    def gains(self) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
        """For each player, the range of its payoff at the least and at the greatest value of the parameter."""
        found = {}
        for player in self.game.players:
            low, high = (self.data[end].sel(measure=payoff(player).name).values for end in ("low", "high"))
            known = np.flatnonzero(np.isfinite(low))
            if len(known):
                first, last = known[0], known[-1]
                found[player] = (float(low[first]), float(high[first])), (float(low[last]), float(high[last]))
        return found

    def plot(self) -> Any:
        """Draw the measure and the payoffs below each other against the parameter, thresholds dotted."""
        axes = self.sweep.plot()
        for boundary in self.thresholds[0].boundaries:
            for panel in axes.get_figure(root=True).axes:
                panel.axvline(float(boundary.value), color="0.2", linewidth=0.9, linestyle=":")
        return axes

    def __str__(self) -> str:
        lines = [self.headline]
        lines += [self._piece(*piece) for piece in self.pieces]
        lines += [self._threshold(found) for found in self.thresholds]
        lines += [self._gain(player, *ends) for player, ends in self.gains.items()]
        lines.append(self._verdict())
        lines += [str(effect) for effect in self.statics.effects]
        return "\n".join(line for line in lines if line)

    def _piece(self, start: float, end: float, low: float, high: float) -> str:
        where = f"With {self.parameter} from {show_number(start)} to {show_number(end)}"
        if np.isnan(low):
            return f"{where} there is no answer."
        if self.measure.kind != "probability":
            return f"{where} the {self.measure.name} is {_span(low, high)}."
        if high <= SLIGHT:
            return f"{where} '{self.measure.of}' never happens."
        if low >= 1 - SLIGHT:
            return f"{where} '{self.measure.of}' is certain: deterrence fails."
        return f"{where} the {self.measure.name} is {_span(low, high)}."

    def _threshold(self, found: Threshold) -> str:
        if found.main is None:
            return f"No value of {found.parameter} makes it jump, the rest being as it is."
        exact = found.exact if len(self.game.parameters) <= MOST_PARAMETERS else None
        formula = f" = {show_value(exact)}" if exact is not None and exact.free_symbols else ""
        at = f"{show_number(found.main.value)}{formula}"
        return f"The {found.measure.name} {found.direction} as {found.parameter} grows past {at}."

    def _gain(self, player: str, first: Any, last: Any) -> str:
        verdict = "gains" if last[0] > first[1] + SLIGHT else "loses" if last[1] < first[0] - SLIGHT else ""
        if not verdict:
            same = max(abs(a - b) for a, b in zip(first, last, strict=True)) < SLIGHT
            verdict = "is as well off at either end" if same else "may gain or lose"
        values = f"{_span(*first)} at its least, {_span(*last)} at its greatest"
        return f"As {self.parameter} grows {player} {verdict}: its payoff is {values}."

    def _verdict(self) -> str:
        action = f"'{self.measure.of}'" if self.measure.kind == "probability" else f"the {self.measure.name}"
        pressure = type(self.mechanism).__name__ == "Sanctions"
        grown = "More pressure" if pressure else f"More {self.parameter}"
        return {
            "rises": f"{grown} {'provokes' if pressure else 'raises'}: {action} becomes likelier.",
            "falls": f"{grown} restrains: {action} becomes less likely.",
            "both": f"{grown} does both: {action} becomes likelier on some stretches or in some equilibria, and less "
            "likely on others.",
            "neither": f"{grown} does nothing to {action}.",
        }[self.direction]

    def __repr__(self) -> str:
        return f"<Profile of {type(self.mechanism).__name__} in {self.game.name!r}: {self.parameter}>"


def deniability_profile(
    game: Game, *, measure: Any = None, prefix: str | None = None, method: Any = None, points: int = POINTS
) -> Profile:
    """Ask what plausible deniability does: where deterrence fails as attribution worsens, and who gains.

    Parameters
    ----------
    game
        A game under :class:`Deniability`.
    measure
        What is asked; by default the probability of the deniable act.
    prefix
        Which mechanism is meant, by its ``prefix``, where the game has several.
    method
        The solution concept; the game's default one otherwise.
    points
        How many values of the parameter the sweep has.

    Raises
    ------
    MechanismError
        If the game has no such mechanism, or several and none is named.

    Examples
    --------
    >>> from deterrence.analysis.profiles import deniability_profile
    >>> from deterrence.mechanisms import Deniability
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = deniability_profile(GAME.under(Deniability("strike", "retaliate")), points=11)
    >>> print(found.thresholds[0])
    The probability of 'strike' falls as attribution grows past 4/9 = prize/punishment: from 1 to 0.
    """
    mechanism = _mechanism(game, "Deniability", prefix)
    question = probability(mechanism.action, mechanism.by) if measure is None else as_measure(measure)
    names = _names(game, mechanism)
    now = show_number(game.values[names["attribution"]])
    headline = (
        f"Deniability of '{mechanism.action}' in {game.name!r}: it is proven with probability {now} today "
        f"({names['attribution']})."
    )
    return _profile(game, mechanism, names, "attribution", question, headline, method, points, None)


def sanctions_profile(
    game: Game,
    *,
    measure: Any = None,
    prefix: str | None = None,
    most: Any = None,
    method: Any = None,
    points: int = POINTS,
) -> Profile:
    """Ask what sanctions do: whether more pressure provokes or restrains, from where on, and who gains.

    Parameters
    ----------
    game
        A game under :class:`Sanctions`.
    measure
        What is asked; by default the probability of the offence or, without one, of what the target first
        chooses that leads away from where the pressure bites.
    prefix
        Which mechanism is meant, by its ``prefix``, where the game has several.
    most
        The greatest pressure looked at; by default the spread of the target's payoffs.
    method
        The solution concept; the game's default one otherwise.
    points
        How many values of the pressure the sweep has.

    Raises
    ------
    MechanismError
        If the game has no such mechanism, or several and none is named.

    Examples
    --------
    >>> from deterrence.analysis.profiles import sanctions_profile
    >>> from deterrence.mechanisms import Sanctions
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = sanctions_profile(GAME.under(Sanctions("Challenger", "status quo")), points=11)
    >>> found.direction, found.thresholds[0].value == 5
    ('rises', True)
    """
    mechanism = _mechanism(game, "Sanctions", prefix)
    question = _provoked(game, mechanism) if measure is None else as_measure(measure)
    names = _names(game, mechanism)
    now = show_number(game.values[names["pressure"]])
    headline = f"Sanctions on {mechanism.target} in {game.name!r}: the pressure is {now} today ({names['pressure']})."
    return _profile(game, mechanism, names, "pressure", question, headline, method, points, most)


def _mechanism(game: Game, kind: str, prefix: str | None) -> Any:
    found = [some for some in game.mechanisms if type(some).__name__ == kind]
    chosen = [some for some in found if prefix is None or getattr(some, "prefix", "") == prefix]
    if not found:
        have = ", ".join(type(some).__name__ for some in game.mechanisms) or "none"
        raise MechanismError(
            f"The game {game.name!r} is not under {kind} (its mechanisms: {have}). Apply it first: "
            f"game.under({kind}(…))."
        )
    if len(chosen) != 1:
        prefixes = ", ".join(repr(getattr(some, "prefix", "")) for some in found)
        raise MechanismError(f"The game {game.name!r} has {kind} with the prefixes {prefixes}; say which by prefix=…")
    return chosen[0]


def _names(game: Game, mechanism: Any) -> dict[str, str]:
    """Return the mechanism's numeric fields that are parameters of the game, with their names there."""
    names = {}
    for name in type(mechanism).__dataclass_fields__:
        value = getattr(mechanism, name)
        own = value.name if isinstance(value, Parameter) and value.name else name
        called = "_".join(filter(None, (mechanism.prefix, own)))
        if called in game.parameters:
            names[name] = called
    return names


def _provoked(game: Game, mechanism: Any) -> Measure:
    """Return the probability of the offence, or of the target's first choice that leaves the pressure behind."""
    if mechanism.offence:
        return probability(mechanism.offence, mechanism.target)
    form = game.form
    target = form.players.index(mechanism.target)
    bites = {mechanism.outcomes} if isinstance(mechanism.outcomes, str) else set(mechanism.outcomes)
    nodes = [k for k in range(form.size) if form.infoset_of[k] >= 0 and form.player_of[form.infoset_of[k]] == target]
    if not nodes:
        return probability(game.outcomes[0])
    h, shares = form.infoset_of[nodes[0]], []
    for child in form.children[nodes[0]]:
        ends = _outcomes_below(form, child)
        shares.append(len(bites & ends) / max(1, len(ends)))
    return probability(form.actions_of[h][int(np.argmin(shares))], mechanism.target)


def _outcomes_below(form: Any, node: int) -> set[str]:
    found, stack = set(), [node]
    while stack:
        at = stack.pop()
        stack.extend(form.children[at])
        if form.outcome[at] is not None:
            found.add(form.outcome[at])
    return found


def _profile(
    game: Game,
    mechanism: Any,
    names: dict[str, str],
    main: str,
    question: Measure,
    *told: Any,
) -> Profile:
    headline, method, points, most = told
    question.check(game)
    parameter = names[main]
    low, high = _ends(game, parameter, mechanism, most)
    grid = [low + (high - low) * Fraction(k, points - 1) for k in range(points)]
    asked = (question, *map(payoff, game.players))
    axes: dict[str, Any] = {parameter: grid}
    swept = sweep(game, *asked, method=method, **axes)
    found = statics(game, parameter, question, between=(low, high), method=method)
    finite = [n for n in names.values() if n != parameter and None not in _range_of(game, n)]
    others = [thresholds(game, name, question, method=method)[0] for name in finite]
    pieces = _merged(_pieces(found, swept, question, low, high))
    rest = tuple(name for name in names.values() if name != parameter)
    return Profile(
        game, mechanism, parameter, question, rest, swept, (found.threshold, *others), found, pieces, headline
    )


def _range_of(game: Game, name: str) -> tuple[Exact | None, Exact | None]:
    return game.parameters[name].low, game.parameters[name].high


def _ends(game: Game, name: str, mechanism: Any, most: Any) -> tuple[Exact, Exact]:
    low, high = _range_of(game, name)
    start = 0 if low is None else low
    if most is not None:
        return start, exact_number(most, f"greatest {name}")
    if high is not None:
        return start, high
    player = game.players.index(mechanism.target)
    values = [row[player] for node, row in enumerate(game.numbers[0]) if game.form.outcome[node] is not None]
    return start, max(start + max(values) - min(values), game.values[name], start + 1)


def _pieces(found: Statics, swept: Sweep, question: Measure, low: Exact, high: Exact) -> Iterable[Piece]:
    data = swept.data.sel(measure=question.name)
    at = swept.data[found.parameter].values
    cuts = [float(low), *(float(boundary.value) for boundary in found.boundaries), float(high)]
    for index, (start, end) in enumerate(itertools.pairwise(cuts)):
        inside = (at > start) & (at < end)
        values = [*data["low"].values[inside], *data["high"].values[inside]]
        if index > 0:
            values += [float(x) for x in found.boundaries[index - 1].above]
        if index < len(cuts) - 2:
            values += [float(x) for x in found.boundaries[index].below]
        known = [value for value in values if np.isfinite(value)]
        yield (start, end, min(known), max(known)) if known else (start, end, np.nan, np.nan)


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put neighbouring stretches together where the measure is the same on both."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and np.allclose(merged[-1][2:], piece[2:], atol=SLIGHT, equal_nan=True):
            merged[-1] = (merged[-1][0], *piece[1:])
        else:
            merged.append(piece)
    return tuple(merged)


def _span(low: float, high: float) -> str:
    return (
        show_number(low, 3) if abs(high - low) < SLIGHT else f"between {show_number(low, 3)} and {show_number(high, 3)}"
    )
