"""A class of equilibria in expressions: strategies, beliefs, payoffs and outcomes from a closed form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.classes import EquilibriumClass
from deterrence.answers.factors import LocalClass
from deterrence.games.game import Game
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery.conditions import Conditions, as_condition
from deterrence.solvers.supports.closed_form import ClosedForm, FreeGroup
from deterrence.solvers.supports.measured import outcome_polynomials


class ClassWriter:
    """Writes closed forms of one game as classes in SymPy expressions."""

    def __init__(self, game: Game, concept: str, domain: Domain) -> None:
        self.game, self.concept, self.domain = game, concept, domain
        self.parametric = domain.parametric
        self.agent = self.parametric.agent
        self._oriented: dict[Any, Any] = {}

    def written(self, form: ClosedForm, conditions: Conditions) -> EquilibriumClass:
        """Return a closed form with its condition as a class."""
        game, tree = self.game, self.game.form
        reached = outcome_polynomials(self.agent, form.pattern)
        behaviour = self._behaviour(form)
        ends: dict[str, Polynomial] = {name: {} for name in game.outcomes}
        for node, weight in reached.items():
            name = tree.outcome[node]
            if name is not None:
                ends[name] = poly.add(ends[name], weight)
        return EquilibriumClass(
            game,
            self.concept,
            form.pattern,
            behaviour,
            self._beliefs(form),
            as_condition(conditions, self.domain),
            tuple(free for group in form.groups for free in self._free(group)),
            tuple(
                (p, self._expression(form, self.agent.value(form.pattern, 0, i))) for i, p in enumerate(game.players)
            ),
            tuple((name, self._expression(form, weight)) for name, weight in ends.items()),
            self._actions(form, reached),
            tuple(any(node in reached for node in nodes) for nodes in tree.nodes_of),
        )

    def local(self, form: ClosedForm, conditions: Conditions, sets: Sequence[int]) -> LocalClass:
        """Return a closed form of play at some information sets, given play at the others, as a local class."""
        names = self.game.form.set_names
        beliefs = self._beliefs(form)
        return LocalClass(
            self.game,
            tuple((names[h], form.pattern[h]) for h in sets),
            tuple(self._behaviour(form)[h] for h in sets),
            tuple(beliefs[h] for h in sets),
            as_condition(conditions, self.domain),
            tuple(free for group in form.groups for free in self._free(group)),
        )

    def _behaviour(self, form: ClosedForm) -> tuple[tuple[Any, ...], ...]:
        return tuple(
            tuple(self._expression(form, self.agent.probability(form.pattern, h, a)) for a in range(len(actions)))
            for h, actions in enumerate(self.game.form.actions_of)
        )

    def _expression(self, form: ClosedForm, polynomial: Polynomial) -> Any:
        """Return a polynomial in unknowns as an expression in parameters and free unknowns."""
        import sympy as sp

        polynomial = self._in_free(form, self.parametric.lift(polynomial))
        total = sp.Integer(0)
        for monomial, c in polynomial.items():
            total += sp.Mul(self._coefficient(c), *(self._symbol(v) for v in monomial))
        return total

    def _coefficient(self, c: Any) -> Any:
        import sympy as sp

        if not hasattr(c, "numer"):
            return sp.sympify(c)
        if c not in self._oriented:
            self._oriented[c] = oriented_ratio(c, self.domain)
        return self._oriented[c]

    def _symbol(self, v: int) -> Any:
        import sympy as sp

        kind, h, of = self.agent.names[v]
        tree = self.game.form
        what = tree.actions_of[h][of] if kind == "p" else tree.history(tree.nodes_of[h][of])
        word = {"p": "Pr", "mu": "belief", "group": "weight"}[kind]
        return sp.Symbol(f"{word}({what} | {tree.set_names[h]})", real=True)

    def _beliefs(self, form: ClosedForm) -> tuple[tuple[Any, ...], ...]:
        beliefs = []
        for h in range(len(self.game.form.nodes_of)):
            weights = [self._in_free(form, weight) for weight in form.system.weights[h]]
            total: Polynomial = {}
            for weight in weights:
                total = poly.add(total, weight)
            beliefs.append(tuple(self._ratio(form, weight, total) for weight in weights))
        return tuple(beliefs)

    def _in_free(self, form: ClosedForm, polynomial: Polynomial) -> Polynomial:
        for v in sorted(poly.variables(polynomial)):
            if v in form.solved:
                polynomial = poly.substitute(polynomial, v, form.solved[v])
        return polynomial

    def _ratio(self, form: ClosedForm, top: Polynomial, bottom: Polynomial) -> Any:
        import sympy as sp

        if not top:
            return sp.Integer(0)
        if list(bottom) == [()]:
            return self._expression(form, poly.scale(top, 1 / bottom[()]))
        return self._expression(form, top) / self._expression(form, bottom)

    def _actions(self, form: ClosedForm, reached: Mapping[int, Polynomial]) -> tuple[Any, ...]:
        """Return the probability that each action is taken on the way, by anyone ('') and by each player."""
        tree, rows = self.game.form, []
        for action in self.game.actions:
            for by in ("", *self.game.players):
                sets = {
                    h: actions.index(action)
                    for h, actions in enumerate(tree.actions_of)
                    if action in actions and by in ("", tree.players[tree.player_of[h]])
                }
                if not sets:
                    continue
                total: Polynomial = {}
                for node, weight in reached.items():
                    h = tree.infoset_of[node]
                    if h in sets and not any((tree.infoset_of[at], b) in sets.items() for at, b in tree.path(node)):
                        step = self.agent.probability(form.pattern, h, sets[h])
                        total = poly.add(total, poly.multiply(weight, step))
                rows.append(((by, action), self._expression(form, total)))
        return tuple(rows)

    def _free(self, group: FreeGroup) -> list[Free]:
        tree, ranges = self.game.form, []
        for v in group.unknowns:
            kind, h, of = self.agent.names[v]
            if kind == "group":
                continue
            what = tree.actions_of[h][of] if kind == "p" else tree.history(tree.nodes_of[h][of])
            low, high = self._range(group, v)
            ranges.append(Free(tree.set_names[h], "probability" if kind == "p" else "belief", what, low, high))
        return ranges

    def _range(self, group: FreeGroup, v: int) -> tuple[Any, Any]:
        """Return the range of a free unknown: exact where it varies alone and signs are known, else [0, 1]."""
        import sympy as sp

        low, high = [sp.Integer(0)], [sp.Integer(1)]
        if len(group.unknowns) > 1:
            return low[0], high[0]
        for row in group.rows:
            c = row.of(v)
            sign = self.domain.sign(c.numer * c.denom)
            bound = self.parametric.lifted(-row.rest / c)
            beyond = self.parametric.lifted(-bound if sign > 0 else bound - 1)
            if sign != 0 and beyond and self.domain.sign(beyond.numer * beyond.denom) != 1:
                (low if sign > 0 else high).append(self._coefficient(bound))
        return sp.Max(*low), sp.Min(*high)
