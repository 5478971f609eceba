"""The numbers that are tried for a choice: a grid, where others' replies have kinks, and then closer to the best."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from deterrence.answers.continuum.strategies import Mixture, Schedule
from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.own_types import NEAR, cutoffs
from deterrence.solvers.continuum.certificate.reading import Array, Told, moves
from deterrence.solvers.continuum.certificate.walk import AXES, FIRST_TRIED

GRID, INNER, CLOSE = 401, 41, 21
"""So many numbers are tried for a first choice, for one after it, and then around the best."""
FEWER = 16
"""In fractions so many times fewer, since floats have tried them all."""


def grid(tree: Tree, profile: Told, name: str, known: Mapping[str, Array], tried: int) -> Array:
    """Return the numbers that are tried for a choice, on an axis of their own."""
    import numpy as np

    variable, arithmetic = tree.game.variables[name], profile.arithmetic
    low, high = (arithmetic.evaluated(end, {**tree.values, **known}) for end in (variable.low, variable.high))
    count = GRID if tried == 0 else INNER
    count = 1 + max(count // FEWER, 4) if arithmetic.exact else count
    shares = [Fraction(k, count - 1) for k in range(count)]
    if getattr(low, "ndim", 0) or getattr(high, "ndim", 0):
        return low + (high - low) * _on_axis(arithmetic.array(shares), tried)
    values = [low + (high - low) * arithmetic.number(share) for share in shares]
    marks = said(profile, name) + _kinks(tree, profile, name, low, high)
    near = arithmetic.number(NEAR)
    values += [x for mark in marks for x in (mark - near, mark, mark + near) if low <= x <= high]
    return _on_axis(np.sort(arithmetic.array(list(dict.fromkeys(values)))), tried)


def _on_axis(values: Array, tried: int) -> Array:
    shape = [1] * AXES
    shape[FIRST_TRIED + tried] = len(values)
    return values.reshape(shape)


def said(profile: Told, name: str) -> list[Any]:
    """Return the numbers that the equilibrium says are chosen, and where replies to the choice change."""
    rule, number = profile.choices[name], profile.arithmetic.number
    found = []
    if isinstance(rule, Mixture):
        found = [number(x) for x, _ in rule.numbers]
    elif isinstance(rule, Schedule):
        found = [number(v) for _, _, v in rule.pieces if not moves(v, rule.variable) and not _loose(v)]
    elif not _loose(rule):
        found = [number(rule)]
    return found + _marks(profile, name)


def _marks(profile: Told, name: str) -> list[Any]:
    ends = [end for rule in profile.rules for at, end in rule.breaks if at == name]
    return [number for end in ends if isfinite(number := profile.arithmetic.number(end))]


def _loose(value: Any) -> bool:
    return bool(getattr(value, "free_symbols", None)) or callable(value)


def _kinks(tree: Tree, profile: Told, name: str, low: Any, high: Any) -> list[Any]:
    """Return the choices at which a cutoff that depends on them passes an end of what is drawn."""
    arithmetic = profile.arithmetic
    values = arithmetic.array([low + (high - low) * arithmetic.number(Fraction(k, 40)) for k in range(41)])
    found: list[Any] = []
    for draw, law in tree.laws.items():
        try:
            ends = [arithmetic.number(end) for end in law.ends if isfinite(end)]
            cuts = [cut for cut in cutoffs(tree, profile, draw, {name: values}) if getattr(cut, "ndim", 0)]
        except KeyError:
            continue
        for cut in cuts:
            for end in ends:
                found += _crossings(values, cut - end)
    return found


def _crossings(x: Array, y: Array) -> list[Any]:
    """Return where a function given at points crosses zero, by straight lines between them."""
    import numpy as np

    y = np.broadcast_to(y, x.shape)
    return [
        x[k] - y[k] * (x[k + 1] - x[k]) / (y[k + 1] - y[k])
        for k in range(len(x) - 1)
        if y[k] * y[k + 1] <= 0 and y[k] != y[k + 1]
    ]


def around_best(tried: Array, worth: Array, axis: int, arithmetic: Any) -> Array:
    """Return numbers on both sides of the best that was tried, for each type its own."""
    import numpy as np

    shape = np.broadcast_shapes(np.shape(tried), np.shape(worth))
    worth, tried = np.broadcast_to(worth, shape), np.broadcast_to(tried, shape)
    best = np.expand_dims(np.asarray(worth).argmax(axis=axis), axis)
    last = shape[axis] - 1
    low = np.take_along_axis(tried, np.maximum(best - 1, 0), axis)
    high = np.take_along_axis(tried, np.minimum(best + 1, last), axis)
    count = 5 if arithmetic.exact else CLOSE
    shares = arithmetic.array([Fraction(k, count - 1) for k in range(count)])
    return low + (high - low) * _on_axis(shares, axis - FIRST_TRIED)
