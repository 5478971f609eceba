"""Proofs of what a claim says of formulas and conditions, over all declared ranges and assumptions of a game."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from deterrence.games.game import Game

MOST_COMPARISONS = 8
"""Of more comparisons in a condition its cases are too many to be written out."""


def sign_where(game: Any, formula: Any, condition: Any) -> int | None:
    """Return the sign, 1 or -1, that a formula is proved to have wherever a condition holds, else None.

    A formula that vanishes only at values of measure zero, such as where payoffs tie, counts as having a sign.
    """
    cases = _cases(game, condition)
    if cases is None:
        return None
    domain = _domain(game)
    element = domain.parametric.element(formula)
    signs = {domain.sign(element.numer * element.denom, case) for case in cases}
    return signs.pop() or None if len(signs) == 1 else None


def equivalent(game: Any, first: Any, second: Any) -> bool:
    """Tell whether it is proved that two conditions hold at the same parameter values, but for their boundaries."""
    return _implies(game, first, second) and _implies(game, second, first)


def _implies(game: Any, premise: Any, conclusion: Any) -> bool:
    """Tell whether each case of a condition is proved to lie within one case of another."""
    cases, targets = _cases(game, premise), _cases(game, conclusion)
    if cases is None or targets is None:
        return False
    domain = _domain(game)

    def inside(case: Sequence[Any], target: Sequence[Any]) -> bool:
        return all(gap in case or domain.never_negative(gap, case) for gap in target)

    return all(any(inside(case, target) for target in targets) for case in cases)


@lru_cache(maxsize=16)
def _domain(game: Game) -> Any:
    """Return the ranges and assumptions of a game's parameters, over which signs are decided."""
    from deterrence.solvers.algebra.signs import Domain
    from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas
    from deterrence.solvers.supports.closed_form import Parametric

    if game.has_continuum:  # its payoffs contain numbers that are drawn or chosen, of which no claim speaks
        return Formulas(game, game.parameters, ()).domain
    return Domain(game, Parametric.of(game))


@lru_cache(maxsize=256)
def _cases(game: Any, condition: Any) -> tuple[tuple[Any, ...], ...] | None:
    """Return a condition as alternatives, each a list of polynomials that are not negative; None where it is not one.

    Ranges of the parameters alone are understood, as everywhere.
    """
    import sympy as sp

    condition = sp.sympify(condition)
    if not isinstance(game, Game) or len(condition.atoms(sp.core.relational.Relational)) > MOST_COMPARISONS:
        return None
    if condition.has(sp.Function, sp.Abs, sp.Piecewise) or _domain(game).parametric.atoms:
        return None
    branches = sp.Or.make_args(sp.to_dnf(condition))
    cases = [[_gap(game, part) for part in sp.And.make_args(branch)] for branch in branches if branch != sp.false]
    return None if any(gap is None for case in cases for gap in case) else tuple(map(tuple, cases))


def _gap(game: Game, comparison: Any) -> Any:
    """Return the polynomial that a comparison says is not negative, or None where it is another condition."""
    import sympy as sp

    parametric = _domain(game).parametric
    if comparison == sp.true:
        return parametric.field.one.numer
    if not isinstance(comparison, (sp.Ge, sp.Gt, sp.Le, sp.Lt)):
        return None
    gap = parametric.element(sp.together(comparison.gts - comparison.lts))
    return gap.numer * gap.denom
