"""A tree's payoffs and chances at parameter values, as sums of products of powers of what is drawn and chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

from deterrence.answers.continuum.strategies import exact_or_float
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.continuum.variables import Variable
from deterrence.games.expression import is_symbolic
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game


@dataclass(frozen=True)
class Term:
    """A coefficient times powers of draws and choices; the coefficient may be a function of others, by name."""

    coefficient: Any
    powers: tuple[tuple[str, int], ...]
    names: tuple[str, ...] = ()


@dataclass(eq=False)
class Tree:
    """A game's tree at its parameter values."""

    game: Game

    @cached_property
    def form(self) -> ExtensiveForm:
        """The flat form."""
        return self.game.form

    @cached_property
    def values(self) -> dict[str, Any]:
        """The parameters' values."""
        return dict(self.game.values)

    @cached_property
    def draws(self) -> dict[str, Variable]:
        """What nature draws, by name."""
        return {name: variable for name, variable in self.game.variables.items() if variable.is_draw}

    def draws_of(self, player: int | None) -> tuple[str, ...]:
        """Return the draws that a player sees."""
        if player is None:
            return ()
        return tuple(name for name, v in self.draws.items() if self.form.players[player] in v.known_to)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The draws with which the laws of others move."""
        return tuple(name for name in self.draws if any(name in v.names for v in self.draws.values()))

    @cached_property
    def laws(self) -> dict[str, Any]:
        """The laws; of one that moves with a draw, the law where that is zero."""
        zero = dict.fromkeys(self.draws, Fraction(0))
        return {name: v.law.at({**self.values, **zero}) for name, v in self.draws.items() if v.law is not None}

    @cached_property
    def strange(self) -> frozenset[str]:
        """The draws of which some payoff or chance is no polynomial."""
        terms = [t for node in range(self.form.size) for t in (*self.chance(node), *self._payoff_terms(node))]
        return frozenset(name for term in terms for name in term.names if name in self.draws)

    def kinks(self, name: str) -> list[float]:
        """Return the values of a draw at which a payoff or chance has a kink that depends on nothing else."""
        if name not in self.strange:
            return []
        rows = [*self.form.payoffs, *self.form.probabilities]
        values = {value for row in rows for value in row if is_symbolic(value)}
        return sorted({x for value in values for x in _kinks(value, name, self.values)})

    @cached_property
    def is_exact(self) -> bool:
        """Whether all laws are uniform and independent, and all payoffs polynomials with rational coefficients."""
        terms = [t for node in range(self.form.size) for t in (*self.chance(node), *self._payoff_terms(node))]
        rational = all(isinstance(t.coefficient, (int, Fraction)) for t in terms)
        return rational and not self.states and all(isinstance(law, Uniform) for law in self.laws.values())

    def _payoff_terms(self, node: int) -> list[Term]:
        if self.form.outcome[node] is None:
            return []
        return [t for i in range(len(self.form.players)) for t in self.payoff(node, i)]

    def fresh(self, node: int) -> tuple[int, ...]:
        """Return which numbers are drawn or chosen directly above a node."""
        above = self.form.variables_above.get(self.form.parent[node], ()) if node else ()
        return self.form.variables_above.get(node, ())[len(above) :]

    @cached_property
    def _known(self) -> dict[tuple[int, int], tuple[Term, ...]]:
        return {}

    def chance(self, node: int) -> tuple[Term, ...]:
        """Return the probability that nature leads to a node, as terms."""
        if (node, -1) not in self._known:
            self._known[node, -1] = _terms(self._way(node), self.values)
        return self._known[node, -1]

    def payoff(self, node: int, player: int) -> tuple[Term, ...]:
        """Return that probability times a player's payoff at an end, as terms."""
        if (node, player) not in self._known:
            value = self._way(node) * _in_sympy(self.form.payoffs[node][player])
            self._known[node, player] = _terms(value, self.values)
        return self._known[node, player]

    def _way(self, node: int) -> Any:
        value: Any = 1
        for at, branch in self.form.path(node):
            if self.form.infoset_of[at] < 0:
                value = value * _in_sympy(self.form.probabilities[at][branch])
        return value


@lru_cache(maxsize=32)
def tree_of(game: Game) -> Tree:
    """Return a game's tree, made once."""
    return Tree(game)


def _kinks(value: Any, name: str, values: Mapping[str, Any]) -> list[float]:
    """Return where a greatest, least or absolute value, or a condition, switches in one variable."""
    import sympy as sp
    from sympy.core.relational import Relational

    value = value.xreplace({s: _in_sympy(values[s.name]) for s in value.free_symbols if s.name in values})
    switches = [a - b for part in value.atoms(sp.Min, sp.Max) for a, b in combinations(part.args, 2)]
    switches += [part.args[0] for part in value.atoms(sp.Abs)]
    switches += [part.lhs - part.rhs for part in value.atoms(Relational)]
    alone = [s for s in switches if [x.name for x in s.free_symbols] == [name] and s.is_polynomial(*s.free_symbols)]
    return [float(root) for switch in alone for root in sp.Poly(switch).real_roots()]


def _in_sympy(value: Any) -> Any:
    import sympy as sp

    return value if is_symbolic(value) else sp.Rational(Fraction(value).numerator, Fraction(value).denominator)


def _terms(value: Any, values: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return an expression at parameter values as terms."""
    import sympy as sp

    swap = {s: _in_sympy(values[s.name]) for s in getattr(value, "free_symbols", ()) if s.name in values}
    value = sp.sympify(value).xreplace(swap) if swap else sp.sympify(value)
    symbols = sorted(value.free_symbols, key=str)
    if not symbols:
        return (Term(exact_or_float(value), ()),) if value != 0 else ()
    plain = [s for s in symbols if value.is_polynomial(s)]
    rows = sp.Poly(value, *plain).terms() if plain else [((), value)]
    return tuple(_term(coefficient, tuple(zip(plain, powers, strict=True))) for powers, coefficient in rows)


def _term(coefficient: Any, powers: tuple[tuple[Any, int], ...]) -> Term:
    import sympy as sp

    named = tuple((symbol.name, power) for symbol, power in powers if power)
    symbols = sorted(coefficient.free_symbols, key=str)
    if not symbols:
        return Term(exact_or_float(coefficient), named)
    return Term(sp.lambdify(symbols, coefficient, modules="numpy"), named, tuple(s.name for s in symbols))
