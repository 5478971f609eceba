"""The verb ``characterize``: every class of equilibria as formulas, with the condition for each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.classes import Characterization, EquilibriumClass
from deterrence.answers.method import Method
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import MethodError, ParameterError, unknown
from deterrence.games.equations import equations_in
from deterrence.games.expression import check_limit, compile_exact, is_rounded
from deterrence.games.game import Game
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.conditions import (
    Conditions,
    TooManyBranchesError,
    as_condition,
    conditions_of,
    oriented_ratio,
)
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.nash import Nash
from deterrence.solvers.perfect_bayesian import PerfectBayesian, order
from deterrence.solvers.solve import chosen_method
from deterrence.solvers.subgame_perfect import SubgamePerfect
from deterrence.solvers.supports.agent_form import Pattern
from deterrence.solvers.supports.closed_form import ClosedForm, FreeGroup, Parametric
from deterrence.solvers.supports.measured import outcome_polynomials
from deterrence.solvers.supports.range_search import RangeSearch
from deterrence.solvers.supports.search import SearchLimitError

NEAR = Fraction(1, 10**20)
"""So near to a boundary that is no ratio of polynomials, and rounded, a game is solved afresh."""
NOWHERE = "no information set"


def characterize(
    game: Game, method: Method | None = None, *, parameters: Sequence[str] | None = None, limit: int = 5_000
) -> Characterization:
    """Find every class of equilibria of a parametric game in closed form, with the condition for each.

    Parameters
    ----------
    game
        The game; its declared ranges and assumptions matter, and the present values of parameters held fixed.
    method
        ``SubgamePerfect()``, ``Nash()`` for a simultaneous game, or ``PerfectBayesian()``; by default the one
        that suits the game. Nash equilibria of a tree are those of its strategic form.
    parameters
        The parameters that may stand in the formulas; the others are held at their present values. By default
        all. A game with many parameters is often out of reach in all of them, but not in one or two.
    limit
        The most partial patterns of play to visit; beyond it the search stops, and ``complete`` is False.

    Returns
    -------
    Characterization
        The classes with strategies, beliefs, payoffs and outcomes as expressions in the parameters, each with
        ``when`` it exists. Equilibria that exist only where payoffs happen to tie are left out; ``at(…)``
        finds them at such a point.

    Raises
    ------
    MethodError
        If the concept has no closed form here.
    UnknownNameError
        If a name is no parameter.

    Notes
    -----
    For each choice of support at every information set that the parameters' ranges leave possible, the
    indifference conditions are solved over the field of rational functions of the parameters. A support is
    excluded only by proof. Each class is verified at a point where it exists.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Challenger", "Defender")
    ... def strike(war=dt.param(3, "cost of retaliating", low=0, high=20)):
    ...     "Strike or not; the defender loses 6 if it does not answer."
    ...     return dt.move(
    ...         "Challenger",
    ...         restrain=dt.end("peace", 0, 0),
    ...         strike=dt.move(
    ...             "Defender", give=dt.end("grab", 4, -6), retaliate=dt.end("war", -5, -war)
    ...         ),
    ...     )
    >>> [str(equilibria.when) for equilibria in dt.characterize(strike)]
    ['6 >= war', 'war >= 6']
    """
    concept = chosen_method(game, method)
    if not isinstance(concept, (SubgamePerfect, Nash, PerfectBayesian)):
        raise MethodError(
            f"There is no closed form for {concept!r}; SubgamePerfect(), Nash() and PerfectBayesian() have one."
        )
    if isinstance(concept, SubgamePerfect) and not game.form.perfect_information:
        concept.solve(game)
    if isinstance(concept, Nash) and not game.form.simultaneous:
        raise MethodError(
            "Nash equilibria of a tree in closed form are not given: most of them rest on threats that would not be "
            "carried out. Use the default method, or write the strategic form as a matrix."
        )
    check_limit(limit, "characterize")
    names = tuple(game.parameters) if parameters is None else tuple(parameters)
    for name in names:
        if name not in game.parameters:
            raise unknown("parameter", name, game.parameters)
    return _ClassBuilder(game, concept, names).run(limit)


class _ClassBuilder:
    """The classes of equilibria of one game, as they are derived pattern by pattern."""

    def __init__(self, game: Game, method: Any, names: tuple[str, ...]) -> None:
        self.game, self.method, self.names = game, method, names
        self.parametric = Parametric.of(game, names)
        self.agent = self.parametric.agent
        self.domain = Domain(game, self.parametric)
        self.unresolved: list[str] = []
        self.boundaries: dict[Any, None] = {}
        self._oriented: dict[Any, Any] = {}

    def run(self, limit: int) -> Characterization:
        """Return the characterization."""
        search = RangeSearch(self.agent, self.domain, limit)
        classes: list[EquilibriumClass] = []
        for equation in equations_in(self.game.assumptions):
            if not self.parametric.solved_by_ties(equation):
                self.unresolved.append(f"the assumption {equation.lhs} = {equation.rhs} gives no parameter by itself")
        try:
            for pattern in search.patterns():
                classes += self._classes(pattern)
        except SearchLimitError:
            self.unresolved.append(f"the search stopped at its limit of {search.limit} partial patterns of play")
        for polynomial in search.struck:
            self._note(polynomial)
        classes.sort(key=lambda item: (sum(map(len, item.pattern)), item.pattern))
        return Characterization(
            self.game,
            self.method,
            tuple(classes),
            not self.unresolved,
            tuple(dict.fromkeys(self.unresolved)),
            tuple(map(self.parametric.expression, self.boundaries)),
            solution_at,
            tuple(name for name in self.game.parameters if name not in self.names),
        )

    def _note(self, polynomial: Any) -> None:
        if not polynomial.is_ground and polynomial not in self.boundaries:
            self.boundaries[polynomial] = None
            if self.parametric.atoms and self._may_tie_widely(polynomial):
                self.unresolved.append(
                    "payoffs with parts that are no ratios of polynomials (such as Max or log) may tie over a whole "
                    "region, where .at(…) solves afresh"
                )

    def _may_tie_widely(self, polynomial: Any) -> bool:
        """Tell whether a difference may be zero over a region: functions may be equal where no formula shows it."""
        parts = range(len(self.parametric.symbols), len(polynomial.ring.gens))
        return any(polynomial.degree(k) > 0 for k in parts) and bool((self.domain.sample_signs(polynomial) == 0).any())

    def _classes(self, pattern: Pattern) -> list[EquilibriumClass]:
        forms, resolved = self.parametric.closed_forms(pattern)
        for polynomial in self.parametric.ties(pattern):
            self._note(polynomial)
        if not resolved:
            self.unresolved.append(f"mixed play at {self._mixing(pattern)} leads to equations that are not linear")
        classes = []
        for form in forms:
            try:
                conditions = conditions_of(form, self.domain)
            except TooManyBranchesError:
                self.unresolved.append(f"the condition for mixed play at {self._mixing(pattern)} is too intricate")
                continue
            self._note_conditions(form, conditions)
            if conditions.empty:
                continue
            if not self._verified(form, conditions):
                self.unresolved.append(f"whether {self._play(pattern)} occurs was not decided")
                continue
            classes.append(self._class(form, conditions))
        return classes

    def _mixing(self, pattern: Pattern) -> str:
        names = [repr(n) for n, support in zip(self.game.form.set_names, pattern, strict=True) if len(support) > 1]
        return " and ".join(names) or NOWHERE

    def _play(self, pattern: Pattern) -> str:
        mixing = self._mixing(pattern)
        return "some pure play" if mixing == NOWHERE else f"mixed play at {mixing}"

    def _note_conditions(self, form: ClosedForm, conditions: Conditions) -> None:
        elements = [c for c, _ in form.conditions]
        for group in form.groups:
            elements += [c for corner in group.corners for c, _ in corner.conditions]
        for c in elements:
            if hasattr(c, "numer"):
                self._note(c.numer)
                self._note(c.denom)
        for polynomial in (*form.special, *conditions.atoms):
            self._note(polynomial)

    def _verified(self, form: ClosedForm, conditions: Conditions) -> bool:
        """Tell whether the pattern has an equilibrium at the witness: solved there exactly, with its regret checked."""
        if conditions.witness is None:
            return False
        try:
            game = self.game.at(conditions.witness)
        except ParameterError:
            return False
        return any(True for _ in PerfectBayesian().equilibria_of(game, form.pattern))

    # -- one class in expressions -------------------------------------------------------------------------

    def _class(self, form: ClosedForm, conditions: Conditions) -> EquilibriumClass:
        game, tree = self.game, self.game.form
        reached = outcome_polynomials(self.agent, form.pattern)
        behaviour = tuple(
            tuple(self._expression(form, self.agent.probability(form.pattern, h, a)) for a in range(len(actions)))
            for h, actions in enumerate(tree.actions_of)
        )
        ends: dict[str, Polynomial] = {name: {} for name in game.outcomes}
        for node, weight in reached.items():
            name = tree.outcome[node]
            if name is not None:
                ends[name] = poly.add(ends[name], weight)
        return EquilibriumClass(
            game,
            self.method.concept,
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

    def _actions(self, form: ClosedForm, reached: dict[int, Polynomial]) -> tuple[Any, ...]:
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


def solution_at(characterization: Characterization, game: Game) -> Solution:
    """Return the solution at a game's values: from the classes, or solved anew where a boundary is near.

    Backward induction is quick, and Nash equilibria of two players are listed by their extreme ones: those concepts
    are asked themselves, so that the answer is the one that they give.
    """
    known = characterization.complete and isinstance(characterization.method, PerfectBayesian)
    if not known or _on_boundary(characterization.boundaries, game):
        fresh: Solution = characterization.method.solve(game)
        return fresh
    method = characterization.method
    equilibria: list[Equilibrium] = []
    for pattern in dict.fromkeys(item.pattern for item in characterization.classes):
        equilibria += PerfectBayesian().equilibria_of(game, pattern, method.concept)
    return Solution(game, method, tuple(sorted(equilibria, key=order)), "solved", complete=True)


def _on_boundary(boundaries: Sequence[Any], game: Game) -> bool:
    slack = NEAR if any(is_rounded(expression) for expression in boundaries) else 0
    numbers = (Fraction(compile_exact(expression)(game.values)) for expression in boundaries)
    return any(-slack <= number <= slack for number in numbers)
