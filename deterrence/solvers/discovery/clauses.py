"""From a closed form to clauses: the ways in which its conditions hold, by signs of factors and corners of beliefs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.supports.closed_form import FreeGroup

Atom = tuple[Any, bool]
"""A polynomial in the parameters that is not negative, or positive where the flag is set."""
Branch = tuple[Atom, ...]
Ways = Callable[[Any, bool, Domain], list[Branch]]
Join = Callable[[Sequence[Branch], Sequence[Branch], Domain], list[Branch]]
MOST_BRANCHES = 400


class TooManyBranchesError(TooMuchWorkError):
    """Raised when a condition has more alternatives than are kept apart."""


def plain(c: Any, strict: bool, domain: Domain) -> list[Branch]:
    """Return the one way in which a rational function is not negative (positive)."""
    if not hasattr(c, "numer"):
        return [()] if (c > 0 if strict else c >= 0) else []
    if not c:
        return [] if strict else [()]
    sign, open_factors = _open_factors(c, domain.quick_sign)
    if not open_factors:
        return [()] if sign > 0 else []
    product = c.numer.ring.one
    for factor in open_factors:
        product = product * factor
    return [((product * sign, strict),)]


def _open_factors(c: Any, sign_of: Callable[[Any], int]) -> tuple[int, list[Any]]:
    """Return the sign of what is known of a rational function, and its factors of odd power whose sign is open."""
    sign, open_factors = 1, []
    for part in (c.numer, c.denom):
        constant, factors = part.factor_list()
        sign *= 1 if constant > 0 else -1
        for factor, power in factors:
            if power % 2:
                proved = sign_of(factor)
                sign *= proved or 1
                if proved == 0:
                    open_factors.append(factor)
    return sign, open_factors


def all_of(branches: Sequence[Branch], clause: Sequence[Branch], domain: Domain) -> list[Branch]:  # noqa: ARG001
    """Return what satisfies one of some branches and one of a clause, contradictions left out."""
    merged = (_merged(branch, alternative) for branch, alternative in itertools.product(branches, clause))
    combined = absorbed(branch for branch in merged if branch is not None)
    if len(combined) > MOST_BRANCHES:
        raise TooManyBranchesError
    return combined


def alternatives(c: Any, strict: bool, domain: Domain) -> list[Branch]:
    """Return the ways in which a rational function is not negative (positive), factor by factor."""
    if not hasattr(c, "numer"):
        return [()] if (c > 0 if strict else c >= 0) else []
    if not c:
        return [] if strict else [()]
    sign, open_factors = _open_factors(c, domain.sign)
    if not open_factors:
        return [()] if sign > 0 else []
    # A product has the right sign exactly if the factors of open sign take signs whose product is the one still needed.
    choices = itertools.product((1, -1), repeat=len(open_factors))
    return [
        tuple((f * s, strict) for f, s in zip(open_factors, signs, strict=True))
        for signs in choices
        if np.prod(signs) == sign
    ]


def group_clauses(group: FreeGroup, domain: Domain, ways_of: Ways, join: Join) -> list[list[Branch]]:
    """Return what must hold for a group of free unknowns to have a solution: one clause a strict row.

    ``ways_of`` gives the ways in which a function is not negative, ``join`` what satisfies two lists of branches.
    """
    ways = []
    for corner in group.corners:
        branches: list[Branch] = [()]
        for c, strict in corner.conditions:
            branches = join(branches, ways_of(c, strict, domain), domain)
        ways.append((corner, branches))
    strict_rows = [row for row in group.rows if row.strict]
    if not strict_rows:
        return [absorbed(branch for _, branches in ways for branch in branches)]
    # One clause a strict row is enough: rows are linear and their solutions convex, so the average of feasible corners,
    # one for each strict row at which it is positive, makes all of them positive at once.
    clauses = []
    for row in strict_rows:
        clause: list[Branch] = []
        for corner, branches in ways:
            positive = ways_of(row.at(corner.values), True, domain)
            clause += join(branches, positive, domain)
        clauses.append(absorbed(clause))
    return clauses


def conjunction(branches: Sequence[Branch], clause: Sequence[Branch], domain: Domain) -> list[Branch]:
    """Return what satisfies one of some branches and one of a clause; of many what is proved empty is left out."""
    merged = (_merged(branch, alternative) for branch, alternative in itertools.product(branches, clause))
    combined = absorbed(branch for branch in merged if branch is not None)
    if len(combined) > 8:
        combined = possible(combined, domain)
    if len(combined) > MOST_BRANCHES:
        raise TooManyBranchesError
    return combined


def _merged(branch: Branch, other: Branch) -> Branch | None:
    """Return both branches' atoms; None where they contradict each other generically."""
    atoms = dict(branch)
    for polynomial, strict in other:
        if -polynomial in atoms:
            return None
        atoms[polynomial] = atoms.get(polynomial, False) or strict
    return tuple(sorted(atoms.items(), key=lambda atom: str(atom[0])))


def absorbed(branches: Iterable[Branch]) -> list[Branch]:
    """Drop branches that ask for all that another one asks for, and more."""
    shortest: list[Branch] = []
    for branch in sorted(dict.fromkeys(branches), key=len):
        atoms = {polynomial for polynomial, _ in branch}
        if not any({polynomial for polynomial, _ in other} <= atoms for other in shortest):
            shortest.append(branch)
    return shortest


def satisfying(branch: Branch, domain: Domain) -> np.ndarray:
    """Tell at which samples a branch holds beyond rounding."""
    good = np.ones(len(domain.unit_samples), dtype=bool)
    for polynomial, _ in branch:
        good &= domain.sample_signs(polynomial) > 0
    return good


def possible(branches: Sequence[Branch], domain: Domain) -> list[Branch]:
    """Return the branches that a sample satisfies, or that are not proved empty."""
    return [b for b in branches if satisfying(b, domain).any() or not domain.empty([p for p, _ in b])]
