"""Exact random points within a game's declared ranges and assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from deterrence.errors import ParameterError
from deterrence.games.expression import compile_condition, show_number

if TYPE_CHECKING:
    import numpy as np

ENOUGH = 200
"""A claim that is not proved holds only where it is true in at least so many draws."""
MOST = 10 * ENOUGH
"""So many draws are made in search of 200 of which a claim speaks."""
COUNT = 300
MOST_TRIES = 400_000
TRIES = 100
"""So many times a draw of the other parameters is made anew where it breaks an assumption."""
ALONE = 4
"""So many draws move one of the other parameters alone."""
GRAIN = 10**4
DIGITS = (1, 2, 3)
"""To so many digits the values of a counterexample are rounded."""
EDGE = Fraction(1, 1000)
"""How close to the ends of a parameter's range it is looked, as a share of it."""
SPREAD = 3
"""A range without an end is drawn from the default, up to so many times its size (at least 1) beyond."""

Point = Mapping[str, Any]
Found = TypeVar("Found")


def points(game: Any, count: int = COUNT, seed: int = 1983) -> tuple[Point, ...]:
    """Return points drawn uniformly from the ranges, kept where the assumptions hold; the defaults come first.

    Raises
    ------
    ParameterError
        If too few points satisfy the assumptions.
    """
    return _points(game, count, seed)


def in_place(point: Point) -> str:
    """Return parameter values in words."""
    return ", ".join(f"{name}={show_number(value)}" for name, value in point.items())


@lru_cache(maxsize=64)
def _points(game: Any, count: int, seed: int) -> tuple[Point, ...]:
    rng = _generator(seed)
    ends = {name: ends_of(parameter) for name, parameter in game.parameters.items()}
    conditions = _conditions(game)
    accepted: list[Point] = [dict(game.values)]
    for _ in range(MOST_TRIES):
        if len(accepted) == count:
            return tuple(accepted)
        point = _sorted_into_chains(_drawn(rng, ends), game)
        if all(holds(point) for holds in conditions):
            accepted.append(point)
    raise ParameterError(f"Only {len(accepted)} of {MOST_TRIES} random points satisfy what {game.name!r} assumes.")


def draws_of_others(game: Any, moving: str, count: int, spread: Fraction, seed: int = 1962) -> Iterator[Point]:
    """Yield draws of all parameters but one within the assumptions: first each moved alone, then all at once.

    Those of all at once lie ever further from the present values in the first half, and anywhere in the ranges from
    then on. How wide a range is does not depend on the present value, which may be zero.

    Parameters
    ----------
    moving
        The parameter that is left out; it is drawn, too, where an assumption binds it to others.
    count
        How many draws are wanted of all others at once; up to four times as many are made.
    spread
        Which share of a range, from the present value towards its ends, is drawn from.
    """
    rng, conditions = _generator(seed), _conditions(game)
    others, whole = [name for name in game.parameters if name != moving], {moving: ends_of(game.parameters[moving])}
    for name in others if count else ():
        alone = {name: _nearer(game, name, spread)}
        for _ in range(ALONE):
            yield from _accepted(game, conditions, rng, alone | whole, (name,))
    for number in range(4 * count):
        reach = spread * min(Fraction(1), Fraction(2 * (number + 1), count))
        near = {name: _nearer(game, name, reach) for name in others}
        yield from _accepted(game, conditions, rng, near | whole, others)


def _generator(seed: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng(seed)


def values_along(low: Fraction, high: Fraction, count: int, rng: np.random.Generator) -> list[Fraction]:
    """Return values of a range in rising order: one close to either end, and one random in each of equal parts.

    What is the same close to both ends, and nowhere else between, was not missed by chance. At the ends themselves
    chance may exclude branches.
    """
    shares = [(k + Fraction(int(rng.integers(2, GRAIN - 1)), GRAIN)) / (count - 2) for k in range(count - 2)]
    inside = [EDGE + (1 - 2 * EDGE) * share for share in shares]
    return [low + (high - low) * share for share in (EDGE, *inside, 1 - EDGE)]


def simplified(point: Point, tried: Callable[[Point], Found | None]) -> Found | None:
    """Return what is found with as few of some parameter values as possible, and those rounded; None without any.

    Parameters
    ----------
    point
        The values, beside which the other parameters have their present ones.
    tried
        Called with fewer or other values; returns what it finds there, or None where that is not what is sought.
    """
    best = tried(point)
    if best is None:
        return None
    for step in (_fewer, _rounder, _fewer):
        best, point = step(best, point, tried)
    return best


def _fewer(best: Found, point: Point, tried: Callable[[Point], Found | None]) -> tuple[Found, Point]:
    for name in point:
        fewer = {other: value for other, value in point.items() if other != name}
        again = tried(fewer)
        best, point = (best, point) if again is None else (again, fewer)
    return best, point


def _rounder(best: Found, point: Point, tried: Callable[[Point], Found | None]) -> tuple[Found, Point]:
    for name, value in point.items():
        texts = dict.fromkeys(f"{float(value):.{digits}g}" for digits in DIGITS)
        for changed in ({**point, name: Fraction(text)} for text in texts):
            again = tried(changed)
            if again is not None:
                best, point = again, changed
                break
    return best, point


def _accepted(
    game: Any,
    conditions: Sequence[Callable[[Any], bool]],
    rng: np.random.Generator,
    ends: Mapping[str, tuple[Fraction, Fraction]],
    names: Sequence[str],
) -> Iterator[Point]:
    """Yield the values that some names have in a draw that satisfies the assumptions; nothing after many tries."""
    for _ in range(TRIES):
        point = _sorted_into_chains({**game.values, **_drawn(rng, ends)}, game)
        if all(holds(point) for holds in conditions):
            yield {name: point[name] for name in names}
            return


def _conditions(game: Any) -> list[Callable[[Any], bool]]:
    return [compile_condition(condition) for condition in getattr(game, "assumptions", ())]


def _drawn(rng: np.random.Generator, ends: Mapping[str, tuple[Fraction, Fraction]]) -> dict[str, Any]:
    shares = {name: Fraction(int(rng.integers(1, GRAIN)), GRAIN) for name in ends}
    return {name: low + (high - low) * shares[name] for name, (low, high) in ends.items()}


def _nearer(game: Any, name: str, share: Fraction) -> tuple[Fraction, Fraction]:
    """Return the ends of a part of a parameter's range around its present value."""
    value = Fraction(game.parameters[name].value)
    low, high = ends_of(game.parameters[name])
    return value + (low - value) * share, value + (high - value) * share


def ends_of(parameter: Any) -> tuple[Fraction, Fraction]:
    """Return the ends of a parameter's declared range, or where it has none as far as is drawn."""
    value = Fraction(parameter.value)
    scale = SPREAD * (abs(value) if abs(value) > 1 else Fraction(1))
    low = value - scale if parameter.low is None else Fraction(parameter.low)
    return low, value + scale if parameter.high is None else Fraction(parameter.high)


def _sorted_into_chains(point: dict[str, Any], game: Any) -> dict[str, Any]:
    """Exchange values until every assumption of the form a < b between two parameters holds, as far as that goes."""
    pairs = [pair for pair in map(_pair, getattr(game, "assumptions", ())) if pair]
    for _ in range(len(pairs) + 1):
        for below, above in pairs:
            if point[below] > point[above]:
                swapped = {below: point[above], above: point[below]}
                if all(_within(game.parameters[name], value) for name, value in swapped.items()):
                    point |= swapped
    return point


def _within(parameter: Any, value: Fraction) -> bool:
    low, high = parameter.low, parameter.high
    return (low is None or value >= low) and (high is None or value <= high)


def _pair(condition: Any) -> tuple[str, str] | None:
    lhs: Any = getattr(condition, "lts", None)
    rhs: Any = getattr(condition, "gts", None)
    if getattr(lhs, "is_Symbol", False) and getattr(rhs, "is_Symbol", False):
        return lhs.name, rhs.name
    return None
