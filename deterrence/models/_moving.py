"""How a measure moves along a parameter, as questions of a claim: which way, where, and with what else."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from deterrence.answers.measure import as_measure
from deterrence.errors import ParameterError
from deterrence.games.expression import show_number
from deterrence.games.words import listed
from deterrence.models.claim import Finding

Question = Callable[[Any], Any]
NEARBY = tuple(Fraction(2 * k + 1, 10) for k in range(5))
"""Where along a parameter's range a draw of the others is looked at."""
SPREAD = Fraction(1, 4)


def moves(
    parameter: str,
    measure: Any,
    direction: str,
    *,
    others: int = 4,
    spread: Fraction = SPREAD,
    method: Any = None,
) -> Question:
    """Ask whether a measure goes one way as a parameter grows: a finding with the stretches where it does.

    The claim *holds* where the measure never goes the other way, at the present values of the other parameters
    and in a sample around them; it *fails* where it never goes the way claimed; else it *depends*. A measure
    with several equilibria goes a way where an end of its range does.

    Parameters
    ----------
    parameter
        The parameter that grows, over its declared range.
    measure
        A key of the model's ``measures``, or anything that is a measure.
    direction
        ``"rises"``, ``"falls"`` or ``"stays"``.
    others
        At how many random draws of the other parameters it is asked as well.
    spread
        How far they are drawn from their present values, as a share of those.
    """

    def asked(model: Any) -> Finding:
        from deterrence.analysis.trends import trends

        at = _asked_of(model, measure)
        of = model.asked if at in model.asked else (*model.asked, at)
        trend = trends(model.game, parameter, *of, method=method)[of.index(at)]
        ways = _ways_nearby(model, parameter, at, others, spread, method)
        return _moved(trend, direction, ways)

    return asked


def exceeds(first: Any, second: Any, along: str, *, method: Any = None) -> Question:
    """Ask whether one measure is at least as great as another all along a parameter's range.

    Parameters
    ----------
    first, second
        Keys of the model's ``measures``, or anything that is a measure.
    along
        The parameter that moves, over its declared range.
    """

    def asked(model: Any) -> Finding:
        from deterrence.analysis.trends import trends

        greater, lesser = _asked_of(model, first), _asked_of(model, second)
        of = model.asked + tuple(measure for measure in (greater, lesser) if measure not in model.asked)
        answers = trends(model.game, along, *of, method=method)
        pairs = zip(answers[of.index(greater)].stretches, answers[of.index(lesser)].stretches, strict=True)
        less = [(a.start, a.stop) for a, b in pairs if a.first[0] < b.first[1] or a.last[0] < b.last[1]]
        whole = f"along the whole range of {along}"
        if not less:
            return Finding("holds", f"the first is at least the second {whole}")
        if len(less) == len(answers[0].stretches):
            return Finding("fails", f"the second is greater {whole}")
        places = ", ".join(f"from {show_number(start)} to {show_number(stop)}" for start, stop in less)
        return Finding(
            "depends", f"the second is greater for {along} {places}", f"the claim holds for other values of {along}"
        )

    return asked


def _asked_of(model: Any, measure: Any) -> Any:
    named = {candidate.name: candidate for candidate in model.asked}
    return named[measure] if isinstance(measure, str) and measure in named else as_measure(measure)


def _moved(trend: Any, direction: str, ways: list[str]) -> Finding:
    """Return the finding on how a measure moves along a parameter, here and in a sample of the others."""
    observed, against = trend.direction, [way for way in ways if way not in (direction, "stays")]
    does = "does not change" if observed == "stays" else observed
    sentence = f"{_quoted(trend.measure.name)} {does} as {trend.parameter} grows"
    if against:
        others = f"at {len(against)} of {len(ways)} random draws of the other parameters"
        sentence += f"; {others} it moves in another direction"
    elif ways:
        sentence += f"; at {len(ways)} random draws of the other parameters it moves in no other direction"
    if observed == direction and not against:
        return Finding("holds", sentence)
    if direction == "stays" and observed != "stays":
        return Finding("fails", sentence)
    if direction not in observed and direction not in ways:
        return Finding("fails", sentence)
    places = [f"{way} {listed(trend.where(way))}" for way in ("rises", "falls") if way in observed]
    return Finding("depends", sentence, f"as {trend.parameter} grows it {' and '.join(places)}" if places else "")


def _quoted(name: str) -> str:
    return f"the {name}" if "'" in name or name.startswith(("payoff of", "probability of")) else repr(name)


def _ways_nearby(model: Any, parameter: str, at: Any, others: int, spread: Fraction, method: Any) -> list[str]:
    """Return which way the measure goes along the parameter, at draws of the others."""
    from deterrence.analysis.answers.trends import direction_of
    from deterrence.analysis.trends import looked_at

    game, ways = model.game, []
    low, high = looked_at(game.parameters[parameter])
    for around in _nearby(game, parameter, others, spread):
        ends = []
        for share in NEARBY:
            solution = model.solve(method, **{**around, parameter: low + (high - low) * share})
            numbers = [
                float(at(extreme)) for equilibrium in solution for extreme in (equilibrium, *equilibrium.extremes)
            ]
            ends.append((min(numbers), max(numbers)) if numbers else (float("nan"),) * 2)
        ways.append(direction_of(ends))
    return ways


def _nearby(game: Any, parameter: str, count: int, spread: Fraction) -> list[dict[str, Fraction]]:
    """Return draws of the other parameters around their values, within their ranges and the assumptions."""
    drawn: list[dict[str, Fraction]] = []
    rng = random.Random(1962)  # noqa: S311  (a sample, no secret)
    for _ in range(100 * count):
        if len(drawn) == count:
            break
        point = {}
        for name, declared in game.parameters.items():
            if name != parameter:
                value = Fraction(declared.value) * (1 + spread * Fraction(rng.randrange(-100, 101), 100))
                value = value if declared.low is None else max(value, Fraction(declared.low))
                point[name] = value if declared.high is None else min(value, Fraction(declared.high))
        try:
            game.at(point)
        except ParameterError:
            continue
        drawn.append(point)
    return drawn
