"""The choice of each type where types that reply are not uniform: found by numbers, type by type.

For a type that is known the choice is sought as where nobody who chooses has a type. The kinds of best choices, by the
case and by whether it lies inside or at an end, are looked at for some types; where the kind changes between two of
them, the place is found by halving. A change there and back between two neighbours is missed, which the status says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from deterrence.answers.continuum.strategies import Schedule
from deterrence.solvers.continuum.backward.general import best_by_bisection
from deterrence.solvers.continuum.backward.reading import Choosing, NotTaken, Ratio, constant_of, put, used
from deterrence.solvers.continuum.backward.roots import near
from deterrence.solvers.continuum.backward.type_cells import support
from deterrence.solvers.continuum.backward.values import Continuation, Mixed, Partial

LOOKED_AT = 17
HALVINGS = 30
Kind = tuple[int, str]


def searched_schedule(
    step: Choosing, below: Continuation, rows: Sequence[tuple[Sequence[Ratio], Mixed]], letter: int, engine: Any
) -> Continuation:
    """Return the continuation in which each type makes its best choice."""
    if any(letter in term.bounds for case in below.cases for term in case.terms):
        raise NotTaken(f"Whoever chooses {step.name!r} moves again later, by its type; that is not gone through.")
    best = _best_of(step, rows, letter)
    law = engine.laws[letter]
    low, high = map(float, support(law))
    types = [float(law.ppf((k + 0.5) / LOOKED_AT)) for k in range(LOOKED_AT)]
    cuts = [_change(best, a, b) for a, b in pairwise(types) if best(a)[1] != best(b)[1]]
    ends = [low, *cuts, high]
    pieces = tuple((a, b, _formula(best)) for a, b in pairwise(ends))
    name = engine.reading.letters[letter]
    gap = f"{step.name} was found by numbers for each type; kinds of choices that few types make may be missed"
    choices = {**below.choices, step.name: Schedule(name, pieces)}
    return replace(below, cases=(), choices=choices, gaps=(*below.gaps, gap), searched=True)


def _best_of(
    step: Choosing, rows: Sequence[tuple[Sequence[Ratio], Mixed]], letter: int
) -> Callable[[float], tuple[float, Kind]]:
    """Return the function from a type to its best choice and the kind of it."""

    @lru_cache(maxsize=4096)
    def best(t: float) -> tuple[float, Kind]:
        by = step.low.field.of(Fraction(t))
        known = [([put(c, letter, by) for c in row], _mixed_at(value, letter, by)) for row, value in rows]
        low, high = (constant_of(put(end, letter, by)) for end in (step.low, step.high))
        found, _ = best_by_bisection(known, step.letter, low, high)
        x, cell = float(found[0].x), found[0].cell
        sides = [side for side, end in (("low", cell.low), ("high", cell.high)) if abs(x - float(near(end))) < 1e-11]
        return x, (cell.case, sides[0] if sides else "inside")

    return best


def _mixed_at(value: Mixed, letter: int, by: Ratio) -> Mixed:
    return {
        tuple(Partial(p.law, p.power, put(p.cutoff, letter, by)) for p in key): put(ratio, letter, by)
        for key, ratio in value.items()
        if used(ratio) or ratio
    }


def _formula(best: Callable[[float], tuple[float, Kind]]) -> Callable[[Any], float]:
    return lambda own: best(float(own))[0]


def _change(best: Callable[[float], tuple[float, Kind]], low: float, high: float) -> float:
    """Return the type at which the kind of the best choice changes from that of the first type."""
    kind = best(low)[1]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if best(middle)[1] == kind:
            low = middle
        else:
            high = middle
    return (low + high) / 2
