"""A choice that depends on one number above it: the chooser's type, or a choice that was seen.

The candidates are rational functions of that number: roots of derivatives and of conditions, and the two ends. The
line of the number is cut where a candidate appears or vanishes and where two are worth the same; between two cuts
one candidate is best throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from deterrence.answers.continuum.strategies import Schedule
from deterrence.solvers.continuum.backward.choosing import between, roots_between
from deterrence.solvers.continuum.backward.reading import (
    Choosing,
    NotTaken,
    Ratio,
    at_number,
    constant_of,
    powers_of,
    put,
    used,
)
from deterrence.solvers.continuum.backward.replies import in_interval, kept
from deterrence.solvers.continuum.backward.roots import Number, as_exact, near
from deterrence.solvers.continuum.backward.type_cells import support
from deterrence.solvers.continuum.backward.values import Case, Continuation, Mixed, plain


@dataclass(frozen=True)
class Candidate:
    """A formula for a choice: which case it lies in, on which conditions it is possible, and what it is worth."""

    formula: Ratio
    case: int
    conditions: tuple[Ratio, ...]
    worth: Ratio


def candidates(step: Choosing, cases: Sequence[tuple[Sequence[Ratio], Ratio]]) -> list[Candidate]:
    """Return the formulas that may be best.

    Raises
    ------
    NotTaken
        If one is no rational function.
    """
    x = step.low.field.gens[step.letter]
    found: dict[tuple[Ratio, int], Candidate] = {}
    for k, (conditions, value) in enumerate(cases):
        bounds = (*conditions, x - step.low, step.high - x)
        slope = value.diff(step.letter)
        sides = [slope.numer, *(side for c in bounds for side in (c.numer, c.denom))]
        for formula in dict.fromkeys(f for side in sides for f in _roots(side, step)):
            if any(not put(c.field.of(c.denom), step.letter, formula) for c in (*bounds, value)):
                continue
            on = kept([put(c, step.letter, formula) for c in bounds])
            if on is not None:
                found[formula, k] = Candidate(formula, k, on, put(value, step.letter, formula))
    return list(found.values())


def _roots(polynomial: Any, step: Choosing) -> Iterator[Ratio]:
    field = step.low.field
    if not polynomial or step.letter not in polynomial.used:
        return
    for factor, _ in polynomial.factor_list()[1]:
        rows = powers_of(factor, step.letter)
        degree = max(rows)
        if degree == 1:
            yield -(field.of(rows[0]) if 0 in rows else field.zero) / field.of(rows[1])
        elif degree > 1 and not (degree == 2 and _never_zero(rows)):
            raise NotTaken(
                f"The best {step.name} solves an equation of degree {degree} in which another number stands; "
                "formulas are found up to degree 1."
            )


def _never_zero(rows: dict[int, Any]) -> bool:
    """Return whether a quadratic has no real root, where that is plain: with numbers as coefficients."""
    if any(c.used for c in rows.values()):
        return False
    a, b, c = ((Fraction(rows[k].LC) if k in rows else Fraction(0)) for k in (2, 1, 0))
    return b * b < 4 * a * c


def chosen_schedule(
    engine: Any,
    step: Choosing,
    below: Continuation,
    rows: Sequence[tuple[Sequence[Ratio], Mixed]],
    letter: int,
    above: Any,
) -> Iterator[Continuation]:
    """Yield the continuation in which each type, or the reply to each number, is best."""
    field = step.low.field
    if any(letter in term.bounds for case in below.cases for term in case.terms):
        raise NotTaken(f"Whoever chooses {step.name!r} moves again later, by its type; that is not gone through.")
    cases = [(conditions, plain(value, field.zero)) for conditions, value in rows]
    is_type = letter in engine.laws
    low, high = support(engine.laws[letter]) if is_type else _ends_of(engine, letter)
    found = candidates(step, cases)
    pieces = _pieces(found, letter, low, high)
    del above
    if is_type:
        yield _by_type(engine, step, below, letter, pieces)
    else:
        yield _by_choice(engine, step, below, letter, pieces)


def _ends_of(engine: Any, letter: int) -> tuple[Fraction, Fraction]:
    name = engine.reading.letters[letter]
    variable = next(v for v in engine.reading.form.variables if v.name == name)
    low, high = map(engine.reading.ratio, (variable.low, variable.high))
    if used(low) or used(high):
        raise NotTaken(f"The ends of {name!r} depend on another choice, and a later choice depends on it.")
    return constant_of(low), constant_of(high)


Piece = tuple[Number, Number, Candidate]


def _pieces(found: Sequence[Candidate], letter: int, low: Fraction, high: Fraction) -> list[Piece]:
    """Return which candidate is best between which numbers."""
    stray = frozenset().union(*(used(r) for c in found for r in (c.formula, c.worth, *c.conditions))) - {letter}
    if stray:
        raise NotTaken("A choice depends on several numbers at once; one of them is gone through.")
    watched = [r for c in found for r in (*c.conditions, c.worth, c.formula)]
    watched += [a.worth - b.worth for a, b in combinations(found, 2)]
    pieces: list[Piece] = []
    for a, b in pairwise([low, *roots_between(list(dict.fromkeys(watched)), letter, low, high), high]):
        t = between(a, b)
        possible = [c for c in found if all(at_number(x, letter, t) >= 0 for x in c.conditions)]
        best = max(possible, key=lambda c: at_number(c.worth, letter, t))
        last = pieces[-1] if pieces else None
        if last and (last[2].formula, last[2].case) == (best.formula, best.case):
            pieces[-1] = (last[0], b, best)
        else:
            pieces.append((a, b, best))
    return pieces


def _by_type(engine: Any, step: Choosing, below: Continuation, letter: int, pieces: Sequence[Piece]) -> Continuation:
    low, high = pieces[0][0], pieces[-1][1]
    terms: list[Any] = []
    for a, b, best in pieces:
        ends = [None if end in (low, high) else engine.field.of(near(end)) for end in (a, b)]
        terms += in_interval(below.cases[best.case].put(step.letter, best.formula), letter, *ends)
    name = engine.reading.letters[letter]
    chosen: Any = Schedule(name, tuple((as_exact(a), as_exact(b), told(c.formula)) for a, b, c in _merged(pieces)))
    return replace(below, cases=(Case(tuple(terms)),), choices={**below.choices, step.name: chosen})


def _by_choice(engine: Any, step: Choosing, below: Continuation, letter: int, pieces: Sequence[Piece]) -> Continuation:
    import sympy as sp

    y = engine.field.gens[letter]
    cases = []
    for a, b, best in pieces:
        case = below.cases[best.case].put(step.letter, best.formula)
        cases.append(Case(case.terms, (y - near(a), near(b) - y)))
    merged = _merged(pieces)
    formula = told(merged[0][2].formula)
    if len(merged) > 1:
        symbol = engine.reading.symbols[letter]
        rows = [(told(c.formula), symbol <= sp.sympify(as_exact(b))) for _, b, c in merged[:-1]]
        formula = sp.Piecewise(*rows, (told(merged[-1][2].formula), True))
    return replace(below, cases=tuple(cases), choices={**below.choices, step.name: formula})


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with those joined that have the same formula."""
    merged: list[Piece] = []
    for a, b, best in pieces:
        if merged and merged[-1][2].formula == best.formula:
            merged[-1] = (merged[-1][0], b, best)
        else:
            merged.append((a, b, best))
    return merged


def told(ratio: Ratio) -> Any:
    """Return a formula as it is told: a fraction, or an expression of SymPy."""
    return ratio.as_expr() if used(ratio) else constant_of(ratio)
