"""Payoffs at the ends as sums of terms: a coefficient, and the drawn numbers that it is multiplied with.

A term that stands in a player's payoff at every end alike, such as the square of its own type, changes no comparison
and is left out. What remains is affine in each drawn number, or the game is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.games.expression import is_symbolic
from deterrence.games.game import Game

Term = tuple[Any, frozenset[str]]
"""A coefficient, an expression in parameters, and the drawn numbers that stand beside it."""


@dataclass(frozen=True)
class Payoffs:
    """The payoffs of a game as terms.

    Attributes
    ----------
    terms
        By end and by player the terms.
    common
        By player the terms that stand in its payoff at every end alike and are left out of ``terms``: a coefficient,
        and the powers of drawn numbers by name.
    objection
        Why payoffs are not affine in the drawn numbers; empty where they are.
    """

    terms: Mapping[int, tuple[tuple[Term, ...], ...]]
    common: tuple[tuple[tuple[Any, Mapping[str, int]], ...], ...] = ()
    objection: str = ""


def payoffs_of(game: Game) -> Payoffs:
    """Return the payoffs of a game as terms, without what is common to all ends."""
    names = tuple(dict.fromkeys(v.name for v in game.form.variables if v.is_draw))
    own = {v.name: v.known_to for v in game.form.variables if v.is_draw}
    form = game.form
    ends = [node for node in range(form.size) if form.outcome[node] is not None]
    rows = {node: [_monomials(value, names) for value in form.payoffs[node]] for node in ends}
    if any(row is None for node in ends for row in rows[node]):
        return Payoffs({}, (), "payoffs are not polynomials in the numbers that nature draws.")
    common: list[list[tuple[Any, Mapping[str, int]]]] = [[] for _ in form.players]
    for i, player in enumerate(form.players):
        mine = [rows[node][i] for node in ends]
        for powers in {p for row in mine for p in row or ()}:
            if all(k <= 1 for k in powers):
                continue
            coefficients = {str((row or {}).get(powers, 0)) for row in mine}
            known = all(player in own[name] for name, k in zip(names, powers, strict=True) if k)
            if len(coefficients) > 1 or not known:
                shown = " times ".join(f"{n}**{k}" if k > 1 else n for n, k in zip(names, powers, strict=True) if k)
                return Payoffs(
                    {},
                    (),
                    f"the payoff of {player} has {shown} at some ends and not at others; differences "
                    "between ends must be affine in each number that nature draws.",
                )
            common[i].append(((mine[0] or {})[powers], {n: k for n, k in zip(names, powers, strict=True) if k}))
            for row in mine:
                (row or {}).pop(powers, None)
    terms = {
        node: tuple(
            tuple(
                (c, frozenset(n for n, k in zip(names, powers, strict=True) if k)) for powers, c in (row or {}).items()
            )
            for row in rows[node]
        )
        for node in ends
    }
    return Payoffs(terms, tuple(map(tuple, common)))


def _monomials(value: Any, names: tuple[str, ...]) -> dict[tuple[int, ...], Any] | None:
    """Return the coefficients of an expression by the powers of drawn numbers; None where it is no polynomial."""
    nothing = (0,) * len(names)
    if not is_symbolic(value) or not ({s.name for s in value.free_symbols} & set(names)):
        return {nothing: value} if value != 0 else {}
    import sympy as sp

    symbols = [sp.Symbol(name, real=True) for name in names]
    if not all(value.is_polynomial(symbol) for symbol in symbols):
        return None
    return {tuple(map(int, powers)): c for powers, c in sp.Poly(value, *symbols).terms()}
