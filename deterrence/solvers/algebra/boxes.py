"""Inequalities with products of unknowns on the unit box: a few subdivisions, then a decision procedure.

A box is discarded when a bound shows that some inequality fails all over it; the search ends with a point that
satisfies all of them exactly. What a few boxes do not settle is put to a decision procedure (see ``decisions``); where
that gives up or is not installed, subdivision goes on. What has no point after `MOST_BOXES` subdivisions stays
undecided. Linear inequalities are decided by elimination.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from deterrence.solvers.algebra import decisions
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.elimination import real_roots
from deterrence.solvers.algebra.polynomials import Polynomial

Row = tuple[Polynomial, bool]
Box = tuple[tuple[Fraction, Fraction], ...]
Point = dict[int, Any]
FEW_BOXES, MOST_BOXES = 24, 600
SLACK = 1e-12
ROUNDING = Fraction(1, 10**20)
"""Of a polynomial's coefficients: irrational roots are known to 40 digits."""


def without_ratios(rows: Sequence[Row], solved: Sequence[Any]) -> Iterator[list[Row]]:
    """Yield the inequalities in the free unknowns alone, once for each choice of the denominators' signs."""
    if not solved:
        yield list(rows)
        return
    (v, (top, bottom)), rest = solved[0], solved[1:]
    # v = top / bottom: multiplying a row of degree d in v by bottom**d keeps its direction only where bottom > 0, so
    # each sign of the bottom is a case of its own, in which the row is turned where d is odd.
    for sign in (1,) if list(bottom) == [()] and bottom[()] > 0 else (1, -1):
        cleared: list[Row] = [(poly.primitive(poly.scale(bottom, sign)), True)]
        for p, strict in rows:
            degree = max((monomial.count(v) for monomial in p), default=0)
            row = poly.scale(poly.substitute_ratio(p, v, top, bottom), sign**degree) if degree else p
            cleared.append((poly.primitive(row) if degree else p, strict))
        if not any(_never_holds(row) for row in cleared):
            yield from without_ratios(cleared, rest)


def _never_holds(row: Row) -> bool:
    """Tell whether an inequality that is linear in each unknown fails at all corners of the unit box."""
    p, strict = row
    signs = poly.corner_range(p)
    return signs is not None and (signs[1] < 0 or (strict and signs[1] == 0))


def decide(rows: Sequence[Row], unknowns: Sequence[int]) -> tuple[bool | None, Point]:
    """Tell whether some point of the unit box satisfies the inequalities, with such a point; None if undecided.

    Where all such points are irrational the point is one of them to 40 digits, at which rows may fail by as much.
    """
    rows = [row for row in rows if not poly.is_constant(row[0]) or not _holds(row[0].get((), 0), row[1])]
    if any(poly.is_constant(p) for p, _ in rows):
        return False, {}
    whole: Point = {}
    undecided = False
    # A point of one group completes any point of another: they share no inequality.
    for group, group_rows in linear.groups(rows, unknowns, lambda row: poly.variables(row[0])):
        verdict, point = _decide_group([(poly.scaled(p), strict) for p, strict in group_rows], group)
        if verdict is False:
            return False, {}
        undecided = undecided or verdict is None
        whole |= point
    return (None, {}) if undecided else (True, whole)


def _decide_group(rows: Sequence[Row], unknowns: Sequence[int]) -> tuple[bool | None, Point]:
    if all(poly.is_linear(p) for p, _ in rows):
        inner = linear.inner_point([linear.inequality(p, strict=strict) for p, strict in rows], unknowns)
        return inner is not None, inner or {}
    start = _start(rows, unknowns)
    if start is None:
        return False, {}
    search = _Subdivision(rows, unknowns, start)
    # A few boxes settle most questions before z3 has read one; what its first attempt leaves, many boxes may.
    for most_boxes, steps in ((FEW_BOXES, decisions.FEW_STEPS), (MOST_BOXES, decisions.MOST_STEPS)):
        verdict, point = search.continued(most_boxes)
        if verdict is None:
            verdict, point = _by_procedure(rows, unknowns, steps)
        if verdict is not None:
            return verdict, point
    return None, {}


def _by_procedure(rows: Sequence[Row], unknowns: Sequence[int], steps: int) -> tuple[bool | None, Point]:
    """Ask the decision procedure."""
    asked = [(poly.exponents(p, unknowns), strict) for p, strict in rows]
    decision = decisions.decide(asked, [0] * len(unknowns), [1] * len(unknowns), steps=steps)
    return decision.verdict, dict(zip(unknowns, decision.point, strict=False))


class _Subdivision:
    """The search for a point by halving boxes, which can be taken up again where it stopped."""

    def __init__(self, rows: Sequence[Row], unknowns: Sequence[int], start: Box) -> None:
        self.rows, self.unknowns, self.count = rows, unknowns, 0
        self.queue: list[tuple[int, int, Box]] = [(0, 0, start)]

    def continued(self, most: int) -> tuple[bool | None, Point]:
        """Go on until so many boxes were looked at in all."""
        while self.queue and self.count < most:
            self.count += 1
            depth, _, box = heapq.heappop(self.queue)
            if _refuted(self.rows, self.unknowns, box):
                continue
            for point in _points(self.unknowns, box):
                if _fits(self.rows, point):
                    return True, point
            for number, half in enumerate(_halves(box)):
                heapq.heappush(self.queue, (depth + 1, 2 * self.count + number, half))
        return (None if self.queue else False), {}


def _start(rows: Sequence[Row], unknowns: Sequence[int]) -> Box | None:
    """Return the box that the inequalities linear in one unknown leave of the unit box; None where it is empty."""
    ends: dict[int, list[tuple[Fraction, bool]]] = {v: [(Fraction(0), False), (Fraction(1), False)] for v in unknowns}
    for p, strict in rows:
        if len(poly.variables(p)) != 1 or not poly.is_linear(p):
            continue
        (v,) = poly.variables(p)
        slope = p[v,]
        zero = -Fraction(p.get((), 0)) / slope
        low, high = ends[v]
        if slope > 0:
            ends[v][0] = max(low, (zero, strict))
        else:
            ends[v][1] = min(high, (zero, strict), key=lambda end: (end[0], not end[1]))
    for (least, open_below), (most, open_above) in ends.values():
        if least > most or (least == most and (open_below or open_above)):
            return None
    # A nonlinear inequality in one unknown changes its verdict only at roots, so testing between them suffices.
    spans = {v: (least, most) for v, ((least, _), (most, _)) in ends.items()}
    for v in unknowns:
        own_rows = [row for row in rows if poly.variables(row[0]) == {v}]
        if any(not poly.is_linear(p) for p, _ in own_rows):
            parts = pieces(own_rows, v, *spans[v])
            if not parts:
                return None
            spans[v] = min(low for low, _ in parts), max(high for _, high in parts)
    return tuple(spans.values())


def pieces(rows: Sequence[Row], v: int, low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Return the pieces, between neighbouring roots, on which inequalities in one unknown hold, and single roots."""
    roots = {root for p, _ in rows for root, _ in real_roots(p) if low <= root <= high}
    ends = sorted({low, high, *roots})
    intervals = [(a, b) for a, b in itertools.pairwise(ends) if _fits(rows, {v: (a + b) / 2})]
    return intervals + [(at, at) for at in ends if all(_nearly(p, {v: at}, strict) for p, strict in rows)]


def _nearly(p: Polynomial, point: dict[int, Any], strict: bool) -> bool:
    """Tell whether an inequality holds, up to what the rounding of an irrational root may hide."""
    number, slack = poly.value(p, point), ROUNDING * sum(map(abs, p.values()))
    return bool(number > slack if strict else number >= -slack)


def _holds(number: Any, strict: bool) -> bool:
    return bool(number > 0 if strict else number >= 0)


def _fits(rows: Sequence[Row], point: dict[int, Any]) -> bool:
    return all(_holds(poly.value(p, point), strict) for p, strict in rows)


def _points(unknowns: Sequence[int], box: Box) -> Iterator[dict[int, Any]]:
    yield dict(zip(unknowns, ((low + high) / 2 for low, high in box), strict=True))
    for corner in itertools.islice(itertools.product(*box), 16):
        yield dict(zip(unknowns, corner, strict=True))


def _halves(box: Box) -> tuple[Box, Box]:
    widths = [high - low for low, high in box]
    k = widths.index(max(widths))
    low, high = box[k]
    middle = (low + high) / 2
    return (*box[:k], (low, middle), *box[k + 1 :]), (*box[:k], (middle, high), *box[k + 1 :])


def _refuted(rows: Sequence[Row], unknowns: Sequence[int], box: Box) -> bool:
    place = {v: (float(low), float(high)) for v, (low, high) in zip(unknowns, box, strict=True)}
    return any(_bound(p, place) < -SLACK for p, _ in rows)


def _bound(p: Polynomial, place: dict[int, tuple[float, float]]) -> float:
    """Return an upper bound of p over a box of numbers that are not negative."""
    occurring = sorted(poly.variables(p))
    # A polynomial linear in each unknown is greatest at a corner of the box; else each term is bounded by itself.
    if len(occurring) <= 4 and all(len(set(monomial)) == len(monomial) for monomial in p):
        corners = itertools.product(*(place[v] for v in occurring))
        return max(float(poly.value(p, dict(zip(occurring, corner, strict=True)))) for corner in corners)
    total = 0.0
    for monomial, c in p.items():
        term = float(c)
        for v in monomial:
            term *= place[v][1] if c > 0 else place[v][0]
        total += term
    return total
