"""What each pair of actions comes to in a global game: payoffs and outcomes as polynomials in the state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from deterrence.games.expression import in_sympy, is_symbolic, names_in
from deterrence.games.game import Game
from deterrence.solvers.continuum.global_games.polynomials import Poly, plus, product
from deterrence.solvers.continuum.playing import evaluated

Pairs = Mapping[tuple[int, int], tuple[tuple[Poly, ...], Mapping[str, Poly]]]


def pairs_of(game: Game, state: str, places: tuple[int, int]) -> Pairs | str:
    """Return for each pair of actions each player's payoff and each outcome's probability, or why there are none.

    Chance may follow: its probabilities are weighed in.
    """
    found = {}
    for first in (0, 1):
        for second in (0, 1):
            sums: list[Poly] = [(0,)] * len(game.players)
            likely: dict[str, Poly] = {}
            chosen = {places[0]: first, places[1]: second}
            why = _gather(game, state, chosen, (sums, likely))
            if why:
                return why
            found[first, second] = (tuple(sums), likely)
    return found


def _gather(game: Game, state: str, chosen: Mapping[int, int], into: tuple[list[Poly], dict[str, Poly]]) -> str:
    """Add up what follows a pair of actions; return a sentence where it cannot be."""
    form = game.form
    stack: list[tuple[int, Poly, frozenset[int]]] = [(0, (1,), frozenset())]
    while stack:
        node, weight, moved = stack.pop()
        name, h = form.outcome[node], form.infoset_of[node]
        if name is None and h >= 0:
            stack.append((form.children[node][chosen[h]], weight, moved | {h}))
            continue
        if name is not None and len(moved) < 2:
            return f"both players must move once whatever happens; {form.history(node)!r} ends before that."
        row: Any = form.payoffs[node] if name is not None else form.probabilities[node]
        polys = [polynomial(value, state, game) for value in row]
        if None in polys:
            return f"what follows {form.history(node)!r} must be a polynomial in {state!r}, without the signals."
        kept = [product(weight, poly) for poly in polys if poly is not None]
        if name is None:
            stack += [(child, poly, moved) for child, poly in zip(form.children[node], kept, strict=True)]
            continue
        into[0][:] = [plus(total, poly) for total, poly in zip(into[0], kept, strict=True)]
        into[1][name] = plus(into[1].get(name, (0,)), weight)
    return ""


def polynomial(value: Any, state: str, game: Game) -> Poly | None:
    """Return an expression's coefficients in the state at the game's parameter values; None where it is no such."""
    if not is_symbolic(value):
        return (value,)
    value = in_sympy(value)
    if not names_in(value) <= {state, *game.values}:
        return None
    rows = _coefficients(value, state)
    if rows is None:
        return None
    return tuple(evaluated(c, game.values) for c in rows)


@lru_cache(maxsize=1024)
def _coefficients(value: Any, state: str) -> tuple[Any, ...] | None:
    import sympy as sp

    symbol = sp.Symbol(state, real=True)
    if not value.is_polynomial(symbol):
        return None
    return tuple(reversed(sp.Poly(value, symbol).all_coeffs()))
