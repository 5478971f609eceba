"""When a class exists: conditions on the parameters, shortened under the declared ranges and assumptions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deterrence.solvers.algebra.certificates import linear_interior
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.algebra.unit_box import values
from deterrence.solvers.supports.closed_form import ClosedForm, FreeGroup

Atom = tuple[Any, bool]
"""A polynomial in the parameters that is not negative, or positive where the flag is set."""
Branch = tuple[Atom, ...]
MOST_BRANCHES = 400
MOST_CHOICES = 64
"""Of more combinations of alternatives not each is put to the decision procedure."""


class TooManyBranchesError(TooMuchWorkError):
    """Raised when a condition has more alternatives than are kept apart."""


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
    clauses = [_alternatives(c, strict, domain) for c, strict in form.conditions]
    for group in form.groups:
        clauses += _group_clauses(group, domain)
    return _shortest(clauses, domain)


def shortened(conditions: Conditions, domain: Domain) -> Conditions:
    """Return conditions as they were derived, shortened; raise TooManyBranchesError where they are too intricate."""
    ways = ([way for branch in clause for way in _by_factors(branch, domain)] for clause in conditions.clauses)
    return _shortest([_absorbed(clause) for clause in ways], domain)


def _by_factors(branch: Branch, domain: Domain) -> list[Branch]:
    branches: list[Branch] = [()]
    for polynomial, strict in branch:
        branches = _conjunction(branches, _alternatives(domain.parametric.lifted(polynomial), strict, domain), domain)
    return branches


def _shortest(clauses: Sequence[Sequence[Branch]], domain: Domain) -> Conditions:
    branches: list[Branch] = [()]
    for clause in sorted(clauses, key=len):
        branches = _conjunction(branches, clause, domain)
        if not branches:
            return Conditions([[]], None)
    branches = [_shortened(branch, domain) for branch in _possible(branches, domain)]
    branches = _joined(branches, domain)
    return Conditions([branches], _witness(branches, domain))


def unshortened(form: ClosedForm, domain: Domain) -> Conditions:
    """Return when a closed form exists, exactly and as it was derived; raise TooManyBranchesError beyond the limit.

    Products of factors with open signs are compared with zero as they stand, and nothing is multiplied out.
    """
    clauses = plain_clauses(form, domain)
    return Conditions(clauses, witness_of_clauses(clauses, domain), whole=False)


def plain_clauses(form: ClosedForm, domain: Domain) -> list[list[Branch]]:
    """Return what must hold for a closed form to exist, as it was derived, but for what is known to hold."""
    clauses = [_plain(c, strict, domain) for c, strict in form.conditions]
    for group in form.groups:
        clauses += _group_clauses(group, domain, _plain, _all_of)
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


def _plain(c: Any, strict: bool, domain: Domain) -> list[Branch]:
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


def _all_of(branches: Sequence[Branch], clause: Sequence[Branch], domain: Domain) -> list[Branch]:  # noqa: ARG001
    merged = (_merged(branch, alternative) for branch, alternative in itertools.product(branches, clause))
    combined = _absorbed(branch for branch in merged if branch is not None)
    if len(combined) > MOST_BRANCHES:
        raise TooManyBranchesError
    return combined


def witness_of_clauses(clauses: Sequence[Sequence[Branch]], domain: Domain) -> dict[str, Any] | None:
    """Return values at which every clause holds, from the samples, or None."""
    inside = np.ones(len(domain.unit_samples), dtype=bool)
    for clause in clauses:
        inside &= np.logical_or.reduce([_inside(branch, domain) for branch in clause] or [inside & False])
    for k in np.flatnonzero(inside)[:3]:
        chosen = [next(b for b in clause if all(domain.sample_signs(p)[k] > 0 for p, _ in b)) for clause in clauses]
        point = domain.point(domain.unit_samples[k], [polynomial for branch in chosen for polynomial, _ in branch])
        if point is not None:
            return point
    return None


def _alternatives(c: Any, strict: bool, domain: Domain) -> list[Branch]:
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


def _group_clauses(
    group: FreeGroup, domain: Domain, alternatives: Any = None, conjunction: Any = None
) -> list[list[Branch]]:
    """Return what must hold for a group of free unknowns to have a solution: one clause a strict row."""
    alternatives, conjunction = alternatives or _alternatives, conjunction or _conjunction
    ways = []
    for corner in group.corners:
        branches: list[Branch] = [()]
        for c, strict in corner.conditions:
            branches = conjunction(branches, alternatives(c, strict, domain), domain)
        ways.append((corner, branches))
    strict_rows = [row for row in group.rows if row.strict]
    if not strict_rows:
        return [_absorbed(branch for _, branches in ways for branch in branches)]
    # One clause a strict row is enough: rows are linear and their solutions convex, so the average of feasible corners,
    # one for each strict row at which it is positive, makes all of them positive at once.
    clauses = []
    for row in strict_rows:
        clause: list[Branch] = []
        for corner, branches in ways:
            positive = alternatives(row.at(corner.values), True, domain)
            clause += conjunction(branches, positive, domain)
        clauses.append(_absorbed(clause))
    return clauses


def _conjunction(branches: Sequence[Branch], clause: Sequence[Branch], domain: Domain) -> list[Branch]:
    merged = (_merged(branch, alternative) for branch, alternative in itertools.product(branches, clause))
    combined = _absorbed(branch for branch in merged if branch is not None)
    if len(combined) > 8:
        combined = _possible(combined, domain)
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


def _absorbed(branches: Iterable[Branch]) -> list[Branch]:
    """Drop branches that ask for all that another one asks for, and more."""
    shortest: list[Branch] = []
    for branch in sorted(dict.fromkeys(branches), key=len):
        atoms = {polynomial for polynomial, _ in branch}
        if not any({polynomial for polynomial, _ in other} <= atoms for other in shortest):
            shortest.append(branch)
    return shortest


def _inside(branch: Branch, domain: Domain) -> np.ndarray:
    good = np.ones(len(domain.unit_samples), dtype=bool)
    for polynomial, _ in branch:
        good &= domain.sample_signs(polynomial) > 0
    return good


def _possible(branches: Sequence[Branch], domain: Domain) -> list[Branch]:
    """Return the branches that a sample satisfies, or that are not proved empty."""
    return [b for b in branches if _inside(b, domain).any() or not domain.empty([p for p, _ in b])]


def _shortened(branch: Branch, domain: Domain) -> Branch:
    """Drop the atoms that the others imply, the longest first."""
    atoms = list(branch)
    for atom in sorted(branch, key=lambda a: -len(a[0].terms())):
        others = [polynomial for polynomial, _ in atoms if polynomial != atom[0]]
        holds = _inside(tuple((p, False) for p in others), domain)
        if (domain.sample_signs(atom[0])[holds] < 0).any():
            continue
        if domain.never_negative(atom[0], others):
            atoms = [a for a in atoms if a != atom]
    return tuple(atoms)


def _joined(branches: list[Branch], domain: Domain) -> list[Branch]:
    """Shorten alternatives by one another: A or (not A and B) is A or B; drop those that imply another."""
    branches = _absorbed(branches)
    changed = True
    while changed:
        changed = False
        for branch, other in itertools.permutations(branches, 2):
            shorter = _relieved(branch, other)
            if shorter is not None:
                branches = _absorbed([shorter if b == other else b for b in branches])
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
    inside = _inside(branch, domain)
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


# -- as SymPy conditions -----------------------------------------------------------------------------------


def as_condition(conditions: Conditions, domain: Domain) -> Any:
    """Return the condition as a SymPy Boolean that reads well."""
    import sympy as sp

    related = relation if conditions.whole else _plain_relation

    def written(atom: Atom) -> Any:
        key = related, *atom
        if key not in domain.written:
            domain.written[key] = related(atom[0], domain, strict=atom[1])
        return domain.written[key]

    return sp.And(*(sp.Or(*(sp.And(*map(written, branch)) for branch in clause)) for clause in conditions.clauses))


def _plain_relation(polynomial: Any, domain: Domain, *, strict: bool) -> Any:
    """Return ``polynomial >= 0`` (or ``> 0``) by its factors."""
    import sympy as sp

    constant, factors = polynomial.factor_list()
    product = sp.Mul(*(domain.parametric.expression(factor) ** power for factor, power in factors))
    sides = (product, sp.Integer(0)) if constant > 0 else (sp.Integer(0), product)
    return _compared(*sides, strict=strict)


def oriented(polynomial: Any, domain: Domain) -> tuple[int, Any]:
    """Return a polynomial as a sign and an expression whose factors are positive where their sign is known."""
    import sympy as sp

    constant, factors = polynomial.factor_list()
    number = sp.Rational(int(constant.numerator), int(constant.denominator))
    total, parts = (1 if number > 0 else -1), [abs(number)]
    for factor, power in factors:
        sign = domain.sign(factor) or (-1 if factor.as_expr().could_extract_minus_sign() else 1)
        total *= sign**power
        parts.append(domain.parametric.expression(factor * sign) ** power)
    return total, sp.Mul(*parts)


def oriented_ratio(c: Any, domain: Domain) -> Any:
    """Return a rational function as an expression with factors oriented as in :func:`oriented`."""
    import sympy as sp

    if not c:
        return sp.Integer(0)
    (sign, top), (other, bottom) = oriented(c.numer, domain), oriented(c.denom, domain)
    return top / bottom if sign == other else -top / bottom


def relation(polynomial: Any, domain: Domain, *, strict: bool) -> Any:
    """Return ``polynomial >= 0`` (or ``> 0``) with terms on the sides where they are positive.

    Of the ways to gather the terms around one parameter the shortest is taken.
    """
    import sympy as sp

    ring, terms = polynomial.ring, polynomial.terms()
    sides = ({m: c for m, c in terms if c > 0}, {m: -c for m, c in terms if c < 0})
    candidates = [tuple(_factored(ring.from_terms(side), domain) for side in sides)]
    for k in sorted(polynomial.used):
        if polynomial.degree(k) != 1:
            continue
        generator = ring.gens[k]
        slope = polynomial.diff(k)
        rest = polynomial - slope * generator
        sign, steep = oriented(slope, domain)
        other, flat = oriented(rest, domain) if rest else (1, sp.Integer(0))
        parts = [(sign, steep * domain.parametric.expression(generator)), (other, flat)]
        candidates.append(tuple(sp.Add(*(part for turn, part in parts if turn == side)) for side in (1, -1)))
    return _compared(
        *min(candidates, key=lambda pair: (pair[0].count_ops() + pair[1].count_ops(), str(pair))), strict=strict
    )


def _factored(polynomial: Any, domain: Domain) -> Any:
    """Return a polynomial as a product of factors, with its number in front."""
    import sympy as sp
    from sympy.core.mul import _keep_coeff

    constant, factors = polynomial.factor_list() if polynomial else (0, [])
    number = sp.Rational(constant.numerator, constant.denominator)
    return _keep_coeff(number, sp.Mul(*(domain.parametric.expression(factor) ** power for factor, power in factors)))


def _compared(left: Any, right: Any, *, strict: bool) -> Any:
    """Return one side at least as great as another (or greater), in a form that is decided at numbers."""
    import sympy as sp

    open_yet = left.free_symbols or right.free_symbols
    if open_yet and _is_rational(left) and _is_rational(right):
        return (sp.StrictGreaterThan if strict else sp.GreaterThan)(left, right, evaluate=False)
    from deterrence.solvers.algebra import decided

    return (decided.StrictGreaterThan if strict else decided.GreaterThan)(left, right)


def _is_rational(side: Any) -> bool:
    """Tell whether an expression is a ratio of polynomials with rational coefficients."""
    import sympy as sp

    if not side.free_symbols:
        return bool(side.is_Rational)
    irrational = any(power.is_number for power in side.atoms(sp.Pow)) or side.has(sp.NumberSymbol)
    return bool(side.is_rational_function(*side.free_symbols)) and not irrational
