"""What the types of a player do where what actions are worth is any rational function of the type, piece by piece.

The line of types is cut where a piece ends and where two actions are worth the same; between two cuts one action
is best throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.solvers.continuum.backward.choosing import between, roots_between
from deterrence.solvers.continuum.backward.reading import Moving, NotTaken, Ratio, at_number, constant_of, used
from deterrence.solvers.continuum.backward.replies import Part, in_interval
from deterrence.solvers.continuum.backward.roots import Number, as_exact, near
from deterrence.solvers.continuum.backward.values import Case, expected, plain

FAR = 40
"""A law without end is looked at up to a quantile of one less 2 to the power of minus so much."""


def support(law: Law) -> tuple[Any, Any]:
    """Return two numbers between which practically all types lie."""
    from fractions import Fraction
    from math import isfinite

    low, high = law.ends
    low = Fraction(low) if isfinite(low) else Fraction(float(law.ppf(2.0**-FAR)))
    return low, Fraction(high) if isfinite(high) else Fraction(float(law.ppf(1 - 2.0**-FAR)))


def actions_by_type(
    step: Moving, cases: Sequence[Case], laws: Mapping[int, Law], own: frozenset[int], letter: int
) -> list[Any]:
    """Return what is done as one row: no conditions, the terms of what follows, and the parts of the strategy."""
    low, high = support(laws[letter])
    pieces: list[tuple[Number, Number, int]] = []
    for a, b in pairwise([low, *_ends(cases, letter, low, high), high]):
        inside = between(a, b)
        worths = [_inside(case, step.player, laws, own, letter, inside) for case in cases]
        gaps = [x - y for x, y in combinations(worths, 2)]
        for first, last in pairwise([a, *roots_between(gaps, letter, a, b), b]):
            point = between(first, last)
            heights = [at_number(w, letter, point) for w in worths]
            best = heights.index(max(heights))
            if heights.count(max(heights)) > 1:
                raise NotTaken("Types of a player are indifferent between two actions, whatever they are.")
            if pieces and pieces[-1][2] == best:
                pieces[-1] = (pieces[-1][0], last, best)
            else:
                pieces.append((first, last, best))
    return [((), _terms(cases, letter, pieces, low, high), _parts(pieces))]


def _ends(cases: Sequence[Case], letter: int, low: Any, high: Any) -> list[Any]:
    found = set()
    for case in cases:
        for term in case.terms:
            for end in term.bounds.get(letter, ()):
                if end is not None:
                    if used(end):
                        raise NotTaken("A player with a type moves again after a choice that it sees.")
                    found.add(constant_of(end))
    return sorted(end for end in found if low < end < high)


def _inside(case: Case, player: int, laws: Any, own: frozenset[int], letter: int, t: Any) -> Ratio:
    """Return what a case is worth to types near a number, as a function of the type alone."""
    terms = tuple(term for term in case.terms if _holds(term.bounds.get(letter, (None, None)), t))
    zero = case.terms[0].payoffs[player].field.zero
    worth = plain(expected(Case(terms), player, laws, own), zero)
    if used(worth) - {letter}:
        raise NotTaken("What a player with a type does depends on its type, in pieces, and on a choice above at once.")
    return worth


def _holds(ends: tuple[Any, Any], t: Any) -> bool:
    low, high = ends
    return (low is None or constant_of(low) <= t) and (high is None or t <= constant_of(high))


def _terms(cases: Sequence[Case], letter: int, pieces: Sequence[Any], low: Any, high: Any) -> tuple[Any, ...]:
    field = cases[0].terms[0].payoffs[0].field
    terms: list[Any] = []
    for a, b, action in pieces:
        ends = [None if end in (low, high) else field.of(near(end)) for end in (a, b)]
        terms += in_interval(cases[action], letter, *ends)
    return tuple(terms)


def _parts(pieces: Sequence[tuple[Number, Number, int]]) -> tuple[Part, ...]:
    cuts = [None, *(((as_exact(low),),) for low, _, _ in pieces[1:]), None]
    return tuple(Part(cuts[k], cuts[k + 1], action) for k, (_, _, action) in enumerate(pieces))
