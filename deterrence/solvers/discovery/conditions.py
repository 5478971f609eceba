"""When a class exists: conditions on the parameters, shortened under the declared ranges and assumptions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.solvers.algebra.certificates import linear_interior
from deterrence.solvers.algebra.relations import plain_relation, relation
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.algebra.unit_box import values
from deterrence.solvers.discovery.clauses import (
    Atom,
    Branch,
    absorbed,
    all_of,
    alternatives,
    conjunction,
    group_clauses,
    plain,
    possible,
    satisfying,
)
from deterrence.solvers.supports.closed_form import ClosedForm

MOST_CHOICES = 64
"""Of more combinations of alternatives not each is put to the decision procedure."""


@dataclass(eq=False)
class Conditions:
    """A condition on the parameters: all clauses must hold, each a list of alternatives of atoms that hold together.

    ``whole`` tells that there is one clause, shortened; ``witness`` gives exact parameter values that satisfy the
    condition, by name, or is None.
    """

    clauses: list[list[Branch]]
    witness: dict[str, Any] | None
    whole: bool = True

    @property
    def branches(self) -> list[Branch]:
        """The alternatives of a condition that is whole."""
        (branches,) = self.clauses
        return branches

    @property
    def empty(self) -> bool:
        """Whether it is proved that no parameter value satisfies the condition."""
        return any(not clause for clause in self.clauses)

    @property
    def atoms(self) -> list[Any]:
        """The polynomials that the condition compares with zero."""
        atoms = (atom for clause in self.clauses for branch in clause for atom in branch)
        return list(dict.fromkeys(polynomial for polynomial, _ in atoms))


def conditions_of(form: ClosedForm, domain: Domain) -> Conditions:
    """Return when a closed form exists, shortened; raise TooManyBranchesError where it is too intricate."""
    clauses = [alternatives(c, strict, domain) for c, strict in form.conditions]
    for group in form.groups:
        clauses += group_clauses(group, domain, alternatives, conjunction)
    return _shortest(clauses, domain)


def shortened(conditions: Conditions, domain: Domain) -> Conditions:
    """Return conditions as they were derived, shortened; raise TooManyBranchesError where they are too intricate."""
    ways = ([way for branch in clause for way in _by_factors(branch, domain)] for clause in conditions.clauses)
    return _shortest([absorbed(clause) for clause in ways], domain)


def _by_factors(branch: Branch, domain: Domain) -> list[Branch]:
    branches: list[Branch] = [()]
    for polynomial, strict in branch:
        branches = conjunction(branches, alternatives(domain.parametric.lifted(polynomial), strict, domain), domain)
    return branches


def _shortest(clauses: Sequence[Sequence[Branch]], domain: Domain) -> Conditions:
    branches: list[Branch] = [()]
    for clause in sorted(clauses, key=len):
        branches = conjunction(branches, clause, domain)
        if not branches:
            return Conditions([[]], None)
    branches = [_shortened(branch, domain) for branch in possible(branches, domain)]
    branches = joined(branches, domain)
    return Conditions([branches], _witness(branches, domain))


def unshortened(form: ClosedForm, domain: Domain) -> Conditions:
    """Return when a closed form exists, exactly and as it was derived; raise TooManyBranchesError beyond the limit.

    Products of factors with open signs are compared with zero as they stand, and nothing is multiplied out.
    """
    clauses = plain_clauses(form, domain)
    return Conditions(clauses, witness_of_clauses(clauses, domain), whole=False)


def plain_clauses(form: ClosedForm, domain: Domain) -> list[list[Branch]]:
    """Return what must hold for a closed form to exist, as it was derived, but for what is known to hold."""
    clauses = [plain(c, strict, domain) for c, strict in form.conditions]
    for group in form.groups:
        clauses += group_clauses(group, domain, plain, all_of)
    return [clause for clause in clauses if () not in clause]


def decided(conditions: Conditions, domain: Domain) -> Conditions:
    """Return clauses with a point at which they hold, or none where no point satisfies them, if that can be decided."""
    choices = list(itertools.islice(itertools.product(*conditions.clauses), MOST_CHOICES + 1))
    nowhere = len(choices) <= MOST_CHOICES
    for choice in choices[:MOST_CHOICES]:
        verdict, point = domain.decide(list(dict.fromkeys(p for branch in choice for p, _ in branch)))
        if point is not None:
            return Conditions(conditions.clauses, point, whole=False)
        nowhere = nowhere and verdict is False
    return Conditions([[]], None) if nowhere else conditions


def as_condition(conditions: Conditions, domain: Domain) -> Any:
    """Return the condition as a SymPy Boolean that reads well."""
    import sympy as sp

    related = relation if conditions.whole else plain_relation

    def written(atom: Atom) -> Any:
        key = related, *atom
        if key not in domain.written:
            domain.written[key] = related(atom[0], domain, strict=atom[1])
        return domain.written[key]

    return sp.And(*(sp.Or(*(sp.And(*map(written, branch)) for branch in clause)) for clause in conditions.clauses))


def witness_of_clauses(clauses: Sequence[Sequence[Branch]], domain: Domain) -> dict[str, Any] | None:
    """Return values at which every clause holds, from the samples, or None."""
    inside = np.ones(len(domain.unit_samples), dtype=bool)
    for clause in clauses:
        inside &= np.logical_or.reduce([satisfying(branch, domain) for branch in clause] or [inside & False])
    for k in np.flatnonzero(inside)[:3]:
        chosen = [next(b for b in clause if all(domain.sample_signs(p)[k] > 0 for p, _ in b)) for clause in clauses]
        point = domain.point(domain.unit_samples[k], [polynomial for branch in chosen for polynomial, _ in branch])
        if point is not None:
            return point
    return None


def _shortened(branch: Branch, domain: Domain) -> Branch:
    """Drop the atoms that the others imply, the longest first."""
    atoms = list(branch)
    for atom in sorted(branch, key=lambda a: -len(a[0].terms())):
        others = [polynomial for polynomial, _ in atoms if polynomial != atom[0]]
        holds = satisfying(tuple((p, False) for p in others), domain)
        if (domain.sample_signs(atom[0])[holds] < 0).any():
            continue
        if domain.never_negative(atom[0], others):
            atoms = [a for a in atoms if a != atom]
    return tuple(atoms)


def joined(branches: list[Branch], domain: Domain) -> list[Branch]:
    """Shorten alternatives by one another: A or (not A and B) is A or B; drop those that imply another."""
    branches = absorbed(branches)
    changed = True
    while changed:
        changed = False
        for branch, other in itertools.permutations(branches, 2):
            shorter = _relieved(branch, other)
            if shorter is not None:
                branches = absorbed([shorter if b == other else b for b in branches])
                changed = True
                break
    for branch in sorted(branches, key=len, reverse=True):
        if any(_implies(branch, other, domain) for other in branches if other != branch):
            branches = [other for other in branches if other != branch]
    return branches


def _relieved(branch: Branch, other: Branch) -> Branch | None:
    """Return ``other`` without the opposite of the only atom of ``branch`` that it does not share, or None."""
    atoms = dict(other)
    extra = [polynomial for polynomial, _ in branch if polynomial not in atoms]
    if len(extra) == 1 and -extra[0] in atoms:
        return tuple(atom for atom in other if atom[0] != -extra[0])
    return None


def _implies(branch: Branch, other: Branch, domain: Domain) -> bool:
    premises = [polynomial for polynomial, _ in branch]
    inside = satisfying(branch, domain)
    consequences = [polynomial for polynomial, _ in other if polynomial not in premises]
    if any((domain.sample_signs(polynomial)[inside] < 0).any() for polynomial in consequences):
        return False
    return all(domain.never_negative(polynomial, premises) for polynomial in consequences)


def _witness(branches: Sequence[Branch], domain: Domain) -> dict[str, Any] | None:
    """Return values well inside a branch, by parameter, or None where neither samples nor a search have one."""
    slacks = [(_slack(branch, domain, domain.unit_samples), branch) for branch in branches]
    for slack, branch in sorted(slacks, key=lambda pair: -pair[0].max(initial=-np.inf)):
        positive = [polynomial for polynomial, _ in branch]
        for k in np.argsort(-slack)[:3]:
            point = domain.point(domain.unit_samples[k], positive) if slack[k] > 0 else None
            if point is not None:
                return point
    for _, branch in slacks:
        point = domain.decide([polynomial for polynomial, _ in branch])[1] or _inner_point(branch, domain)
        if point is not None:
            return point
    return None


def _slack(branch: Branch, domain: Domain, points: np.ndarray) -> np.ndarray:
    rows = [values(domain.box.of(polynomial), points) for polynomial, _ in branch]
    least: np.ndarray = np.minimum.reduce(rows) if rows else np.ones(len(points))
    return least


def _inner_point(branch: Branch, domain: Domain) -> dict[str, Any] | None:
    """Return values at which all atoms are positive: by a linear programme, else uphill from the best samples."""
    positive = [polynomial for polynomial, _ in branch]
    rows = [domain.box.of(polynomial) for polynomial in (*positive, *domain.conditions)]
    at = linear_interior(rows)
    if at is not None:
        return domain.point(at, positive)
    return _climbed(branch, domain)


def _climbed(branch: Branch, domain: Domain) -> dict[str, Any] | None:
    """Return values at which all atoms are positive, found uphill from the best samples, or None."""
    from scipy.optimize import minimize

    positive = [polynomial for polynomial, _ in branch]
    inside = [(polynomial, False) for polynomial in domain.conditions]
    everything = (*branch, *inside)

    def loss(x: np.ndarray) -> float:
        return -float(_slack(everything, domain, x[None, :])[0])

    order = np.argsort(-_slack(branch, domain, domain.unit_samples))[:3]
    for k in order:
        minimum = minimize(loss, domain.unit_samples[k], method="Nelder-Mead", options={"maxfev": 800, "xatol": 1e-12})
        point = domain.point(minimum.x, positive) if minimum.fun < 0 else None
        if point is not None:
            return point
    return None
