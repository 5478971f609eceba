"""Small polynomials in the unknowns of an equilibrium: probabilities and beliefs.

A polynomial is a mapping from monomials (sorted tuples of variable numbers) to coefficients, which may be
fractions or elements of a SymPy field of rational functions in the parameters. Zero is the empty mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

Monomial = tuple[int, ...]
Polynomial = dict[Monomial, Any]
MOST_CORNERS = 8
"""The corners of a polynomial in more unknowns than this are not tried."""


def constant(value: Any) -> Polynomial:
    """Return a constant polynomial."""
    return {(): value} if value else {}


def variable(number: int, one: Any = 1) -> Polynomial:
    """Return the polynomial that is one variable."""
    return {(number,): one}


def add(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return the sum of two polynomials."""
    total = dict(p)
    for monomial, c in q.items():
        value = total.get(monomial, 0) + c
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def total(polynomials: Iterable[Polynomial]) -> Polynomial:
    """Return the sum of polynomials."""
    result: Polynomial = {}
    for p in polynomials:
        result = add(result, p)
    return result


def scale(p: Polynomial, factor: Any) -> Polynomial:
    """Return a polynomial times a coefficient."""
    if factor == 1:
        return p
    return {monomial: c * factor for monomial, c in p.items()} if factor else {}


def subtract(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return the difference of two polynomials."""
    return add(p, {monomial: -c for monomial, c in q.items()})


def multiply(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return the product of two polynomials."""
    if len(q) == 1 and () in q:
        return scale(p, q[()])
    if len(p) == 1 and () in p:
        return scale(q, p[()])
    product: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            monomial = tuple(sorted(m + n))
            value = product.get(monomial, 0) + c * d
            if value:
                product[monomial] = value
            else:
                product.pop(monomial, None)
    return product


def variables(p: Polynomial) -> set[int]:
    """Return the variables that occur."""
    return {v for monomial in p for v in monomial}


def is_constant(p: Polynomial) -> bool:
    """Tell whether no variable occurs."""
    return not p or (len(p) == 1 and () in p)


def is_linear(p: Polynomial) -> bool:
    """Tell whether every monomial is a constant or one variable."""
    return all(len(monomial) <= 1 for monomial in p)


def split(p: Polynomial, v: int) -> tuple[Polynomial, Polynomial] | None:
    """Return (q, r) with p = q*v + r and v in neither, or None where p is not linear in v."""
    q: Polynomial = {}
    r: Polynomial = {}
    for monomial, c in p.items():
        count = monomial.count(v)
        if count > 1:
            return None
        if count:
            at = monomial.index(v)
            q[monomial[:at] + monomial[at + 1 :]] = c
        else:
            r[monomial] = c
    return q, r


def scaled(p: Polynomial) -> Polynomial:
    """Return a polynomial divided by the size of its largest coefficient: rounding is then small beside one."""
    largest = max(map(abs, p.values()), default=1)
    return {monomial: Fraction(c) / largest for monomial, c in p.items()}


def derivative(p: Polynomial, v: int) -> Polynomial:
    """Return the derivative in one variable."""
    slope: Polynomial = {}
    for monomial, c in p.items():
        if v in monomial:
            at = monomial.index(v)
            rest = monomial[:at] + monomial[at + 1 :]
            slope[rest] = slope.get(rest, 0) + c * monomial.count(v)
    return slope


def substitute(p: Polynomial, v: int, by: Polynomial) -> Polynomial:
    """Return p with a polynomial put in place of a variable."""
    if not any(v in monomial for monomial in p):
        return p
    total: Polynomial = {m: c for m, c in p.items() if v not in m}
    for monomial, c in p.items():
        if v in monomial:
            term: Polynomial = {tuple(w for w in monomial if w != v): c}
            for _ in range(monomial.count(v)):
                term = multiply(term, by)
            total = add(total, term)
    return total


def substitute_ratio(p: Polynomial, v: int, top: Polynomial, bottom: Polynomial) -> Polynomial:
    """Return p with top/bottom in place of v, times the power of bottom that clears denominators."""
    degree = max((monomial.count(v) for monomial in p), default=0)
    if not degree:
        return p
    total: Polynomial = {}
    for monomial, c in p.items():
        power = monomial.count(v)
        term: Polynomial = {tuple(w for w in monomial if w != v): c}
        for factor, times in ((top, power), (bottom, degree - power)):
            for _ in range(times):
                term = multiply(term, factor)
        total = add(total, term)
    return total


def value(p: Polynomial, at: Mapping[int, Any]) -> Any:
    """Return the value of p where every variable that occurs has a value."""
    total: Any = 0
    for monomial, c in p.items():
        term = c
        for v in monomial:
            term = term * at[v]
        total = total + term
    return total


def without_inner_factors(p: Polynomial, inner: Iterable[int]) -> Polynomial:
    """Return p divided by every factor v or 1 - v, for unknowns v known to lie strictly between 0 and 1.

    Such factors are positive, so that the quotient has the zeros and the sign of p.
    """
    for v in variables(p).intersection(inner):
        while p and all(v in monomial for monomial in p):
            p = {m[: m.index(v)] + m[m.index(v) + 1 :]: c for m, c in p.items()}
        while (quotient := _without_one_less(p, v)) is not None:
            p = quotient
    return p


def _without_one_less(p: Polynomial, v: int) -> Polynomial | None:
    """Return p divided by 1 - v, or None where that leaves a rest (or p does not hold v)."""
    at_one: Polynomial = {}
    for monomial, c in p.items():
        rest = tuple(w for w in monomial if w != v)
        at_one[rest] = at_one.get(rest, 0) + c
    if any(at_one.values()) or len(at_one) == len(p):
        return None
    powers: dict[int, Polynomial] = {}
    for monomial, c in p.items():
        powers.setdefault(monomial.count(v), {})[tuple(w for w in monomial if w != v)] = c
    quotient: Polynomial = {}
    running: Polynomial = {}
    for power in range(max(powers)):
        # (1 - v) q = p gives q_k = p_k + q_(k-1), coefficient by coefficient.
        running = add(running, powers.get(power, {}))
        quotient = add(quotient, {tuple(sorted((*m, *((v,) * power)))): c for m, c in running.items()})
    return quotient


def corner_range(p: Polynomial) -> tuple[int, int] | None:
    """Return the signs of the least and of the greatest value of p at corners of the unit box.

    A polynomial that is linear in each unknown is greatest and least on the box at corners. None if it is not linear
    in each, or has many.
    """
    unknowns = sorted(variables(p))
    if len(unknowns) > MOST_CORNERS or any(len(set(monomial)) < len(monomial) for monomial in p):
        return None
    values = _corner_values(whole(p)[0], unknowns)
    least, most = min(values), max(values)
    return (least > 0) - (least < 0), (most > 0) - (most < 0)


def _corner_values(p: Polynomial, unknowns: Sequence[int]) -> list[int]:
    """Return the values of a polynomial with whole coefficients at all corners of the unit box."""
    place = {v: 1 << k for k, v in enumerate(unknowns)}
    values = [0] * (1 << len(unknowns))
    for monomial, c in p.items():
        values[sum(place[v] for v in monomial)] = c
    # At a corner only the monomials remain whose unknowns are all one there: a sum over subsets, unknown by unknown.
    for bit in place.values():
        for k, below in enumerate(values):
            if k & bit == 0:
                values[k | bit] += below
    return values


def exponents(p: Polynomial, unknowns: Sequence[int]) -> dict[tuple[int, ...], Any]:
    """Return p with each monomial as the exponents of the unknowns, in their order."""
    return {tuple(monomial.count(v) for v in unknowns): c for monomial, c in p.items()}


def whole(p: Polynomial) -> tuple[Polynomial, int]:
    """Return p, whose coefficients are numbers, times the least number that makes them whole, and that number."""
    scale = lcm(*(int(c.denominator) for c in p.values()))
    return {monomial: int(c.numerator) * (scale // int(c.denominator)) for monomial, c in p.items()}, scale


def primitive(p: Polynomial) -> Polynomial:
    """Return the positive multiple of p, whose coefficients are numbers, that has whole ones without common factor."""
    multiple, _ = whole(p)
    factor = gcd(*multiple.values())
    return {monomial: c // factor for monomial, c in multiple.items()} if factor > 1 else multiple
