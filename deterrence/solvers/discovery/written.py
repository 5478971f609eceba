"""A class of equilibria in expressions: strategies, beliefs, payoffs and outcomes from a closed form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.classes import EquilibriumClass
from deterrence.answers.factors import LocalClass
from deterrence.games.game import Game
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.inequalities import Inequality
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
        sets = range(len(tree.nodes_of))
        steps = self._steps(form, sets)
        reached = outcome_polynomials(self.agent, form.pattern, lambda h, action: steps[h][action])
        ends: dict[str, Polynomial] = {name: {} for name in game.outcomes}
        for node, weight in reached.items():
            name = tree.outcome[node]
            if name is not None:
                ends[name] = poly.add(ends[name], weight)
        return EquilibriumClass(
            game,
            self.concept,
            form.pattern,
            self._behaviour(steps, sets),
            self._beliefs(form, sets),
            as_condition(conditions, self.domain),
            tuple(free for k, group in enumerate(form.groups) for free in self._free(group, k)),
            tuple((p, self._expression(self._payoff(reached, i))) for i, p in enumerate(game.players)),
            tuple((name, self._expression(weight)) for name, weight in ends.items()),
            self._actions(reached),
            tuple(any(node in reached for node in nodes) for nodes in tree.nodes_of),
            tuple(self._free_condition(row) for group in form.groups for row in group.rows),
        )

    def local(self, form: ClosedForm, conditions: Conditions, sets: Sequence[int]) -> LocalClass:
        """Return a closed form of play at some information sets, given play at the others, as a local class."""
        names = self.game.form.set_names
        return LocalClass(
            self.game,
            tuple((names[h], form.pattern[h]) for h in sets),
            self._behaviour(self._steps(form, sets), sets),
            self._beliefs(form, sets),
            as_condition(conditions, self.domain),
            tuple(free for k, group in enumerate(form.groups) for free in self._free(group, k)),
        )

    def _steps(self, form: ClosedForm, sets: Iterable[int]) -> dict[int, list[Polynomial]]:
        """Return the probability of each action at some information sets, in what is free."""
        lift, probability, actions_of = self.parametric.lift, self.agent.probability, self.game.form.actions_of
        return {
            h: [form.in_free(lift(probability(form.pattern, h, a))) for a in range(len(actions_of[h]))] for h in sets
        }

    def _behaviour(self, steps: Mapping[int, list[Polynomial]], sets: Iterable[int]) -> tuple[tuple[Any, ...], ...]:
        return tuple(tuple(map(self._expression, steps[h])) for h in sets)

    def _payoff(self, reached: Mapping[int, Polynomial], player: int) -> Polynomial:
        payoffs = self.agent.payoffs
        return poly.total(
            poly.scale(weight, payoffs[node][player]) for node, weight in reached.items() if payoffs[node]
        )

    def _expression(self, polynomial: Polynomial) -> Any:
        """Return a polynomial in what is free as an expression in parameters and free unknowns."""
        import sympy as sp

        total = sp.Integer(0)
        for monomial, c in polynomial.items():
            total += sp.Mul(self._coefficient(self.parametric.lifted(c)), *(self._symbol(v) for v in monomial))
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

    def _beliefs(self, form: ClosedForm, sets: Iterable[int]) -> tuple[tuple[Any, ...], ...]:
        beliefs = []
        for h in sets:
            weights = [form.in_free(weight) for weight in form.system.weights[h]]
            total = poly.total(weights)
            beliefs.append(tuple(self._ratio(weight, total) for weight in weights))
        return tuple(beliefs)

    def _ratio(self, top: Polynomial, bottom: Polynomial) -> Any:
        import sympy as sp

        if not top:
            return sp.Integer(0)
        if list(bottom) == [()]:
            return self._expression(poly.scale(top, 1 / bottom[()]))
        return self._expression(top) / self._expression(bottom)

    def _actions(self, reached: Mapping[int, Polynomial]) -> tuple[Any, ...]:
        """Return the probability that each action is taken on the way, by anyone ('') and by each player."""
        tree, rows = self.game.form, []
        for action in self.game.actions:
            for by in ("", *self.game.players):
                sets = {
                    h: actions.index(action)
                    for h, actions in enumerate(tree.actions_of)
                    if action in actions and by in ("", tree.players[tree.player_of[h]])
                }
                if sets:
                    rows.append(((by, action), self._expression(self._taken(reached, sets))))
        return tuple(rows)

    def _taken(self, reached: Mapping[int, Polynomial], sets: Mapping[int, int]) -> Polynomial:
        """Return the probability that one of some actions is taken on the way, the first time that it may be."""
        tree = self.game.form
        total: Polynomial = {}
        for node in reached:
            h = tree.infoset_of[node]
            if h in sets and not any((tree.infoset_of[at], b) in sets.items() for at, b in tree.path(node)):
                total = poly.add(total, reached.get(tree.children[node][sets[h]], {}))
        return total

    def _free(self, group: FreeGroup, number: int) -> list[Free]:
        tree, ranges = self.game.form, []
        for v in group.unknowns:
            kind, h, of = self.agent.names[v]
            if kind == "group":
                continue
            what = tree.actions_of[h][of] if kind == "p" else tree.history(tree.nodes_of[h][of])
            low, high = self._range(group, v)
            named = "probability" if kind == "p" else "belief"
            ranges.append(Free(tree.set_names[h], named, what, low, high, number, self._symbol(v)))
        return ranges

    def _free_condition(self, row: Inequality) -> Any:
        """Return a linear inequality in free unknowns as a relation."""
        import sympy as sp

        terms = [sp.Mul(self._coefficient(c), self._symbol(v)) for v, c in row.coefficients]
        left = sp.Add(*terms, self._coefficient(row.rest))
        return left > 0 if row.strict else left >= 0

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
