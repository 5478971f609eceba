"""The best number to choose, where what it is worth is a rational function on each of a few intervals.

The intervals end at real roots of the conditions. On each the candidates are its two ends and the roots of the
derivative; all are compared, exactly. At an end that two intervals share both sides are candidates: whoever replies
is indifferent there, and the reply that the chooser prefers is the one in the equilibrium.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from deterrence.solvers.continuum.backward.reading import NotTaken, Ratio, at_number, row_of, used
from deterrence.solvers.continuum.backward.roots import Number, Worth, near, real_roots


@dataclass(frozen=True)
class Cell:
    """An interval of a choice, a number inside, and which case holds there."""

    low: Number
    high: Number
    inside: Fraction
    case: int


@dataclass(frozen=True)
class Best:
    """A number that is best to choose.

    Attributes
    ----------
    x
        The number.
    cell
        The interval from whose side it is approached.
    worth
        What it is worth.
    flat
        Whether every number of the interval is as good.
    """

    x: Number
    cell: Cell
    worth: Any
    flat: bool = False


def roots_between(ratios: Sequence[Ratio], letter: int, low: Number, high: Number) -> list[Number]:
    """Return the zeros and poles of rational functions of one letter strictly between two ends, ascending."""
    found: dict[Number, None] = {}
    for ratio in ratios:
        for side in (ratio.numer, ratio.denom):
            if letter in side.used:
                found.update(dict.fromkeys(real_roots(row_of(side, letter))))
    least, most = near(low), near(high)
    return sorted((x for x in found if least < near(x) < most), key=near)


def cells_of(conditions: Sequence[Sequence[Ratio]], letter: int, low: Number, high: Number) -> list[Cell]:
    """Return the intervals on which one case holds: that whose conditions are not negative inside."""
    flat = list(dict.fromkeys(c for row in conditions for c in row))
    ends = [low, *roots_between(flat, letter, low, high), high]
    cells: list[Cell] = []
    for a, b in pairwise(ends):
        inside = between(a, b)
        signs = {c: at_number(c, letter, inside) >= 0 for c in flat}
        case = next((k for k, row in enumerate(conditions) if all(signs[c] for c in row)), -1)
        if case < 0:
            continue
        if cells and cells[-1].case == case and cells[-1].high == a:
            cells[-1] = Cell(cells[-1].low, b, inside, case)
        else:
            cells.append(Cell(a, b, inside, case))
    return cells


def between(a: Number, b: Number) -> Fraction:
    """Return a short fraction between two numbers."""
    low, high = near(a), near(b)
    middle = (low + high) / 2
    return middle if low == high else middle.limit_denominator(max(16, int(8 / (high - low)) + 1))


def best_numbers(
    cases: Sequence[tuple[Sequence[Ratio], Ratio]], letter: int, low: Fraction, high: Fraction
) -> list[Best]:
    """Return the numbers between two ends that are best, of cases with their conditions and what is gained there."""
    stray = sorted(frozenset().union(*(used(r) for row, v in cases for r in (*row, v))) - {letter})
    if stray:
        name = cases[0][1].field.ring.symbols[stray[0]]
        raise NotTaken(f"A choice depends on {name} in a way that is not gone through.")
    if low == high:
        inside = next(k for k, (row, _) in enumerate(cases) if all(at_number(c, letter, low) >= 0 for c in row))
        cell = Cell(low, high, low, inside)
        return [Best(low, cell, _worth(cases[inside][1], letter, low))]
    candidates: list[Best] = []
    for cell in cells_of([row for row, _ in cases], letter, low, high):
        candidates += _in_cell(cell, cases[cell.case][1], letter)
    return _greatest(candidates)


def _in_cell(cell: Cell, value: Ratio, letter: int) -> list[Best]:
    slope = value.diff(letter)
    inner = roots_between([slope], letter, cell.low, cell.high) if slope else []
    return [Best(x, cell, _worth(value, letter, x), not slope) for x in (cell.low, *inner, cell.high)]


def _worth(value: Ratio, letter: int, x: Number) -> Worth:
    return Worth.of(row_of(value.numer, letter), row_of(value.denom, letter), x)


def _greatest(candidates: Sequence[Best]) -> list[Best]:
    best: list[Best] = []
    for each in candidates:
        sign = each.worth.sign_of_difference(best[0].worth) if best else 0
        if sign > 0:
            best = [each]
        elif sign == 0 and all(each.x != other.x for other in best):
            best.append(each)
    return best
