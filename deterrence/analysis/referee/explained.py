"""Beliefs under which given play is optimal: found, or shown not to exist.

Once play is given, what a solution concept asks of beliefs is linear in them: so an exact linear programme decides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from deterrence.games.expression import shortest
from deterrence.games.game import Game
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra import programs
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports import consistency
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.consistent_beliefs import ConsistentBeliefs

MOST_BASES = 2_000
"""So many choices of where beliefs are positive are tried."""
EXACTLY, ROUNDING = Fraction(0), Fraction(1, 10**9)
"""By how much products of probabilities may differ where they are exact, and where they are rounded."""
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether some beliefs make play optimal as a concept asks; None where that was not decided.

    ``beliefs`` are some that do, a row for each information set.
    """

    verdict: bool | None
    beliefs: tuple[Row, ...] = ()


def pattern_of(behaviour: Sequence[Row]) -> Pattern:
    """Return which actions are played with positive probability at each information set."""
    return tuple(tuple(a for a, p in enumerate(row) if p != 0) for row in behaviour)


def explained(
    game: Game, behaviour: Sequence[Row], given: Sequence[Row | None], slack: Fraction = EXACTLY
) -> Explanation:
    """Tell whether beliefs, those given among them, make play a perfect Bayesian equilibrium.

    ``slack`` is by how much a condition may fail where numbers are rounded.
    """
    agent = AgentForm(game.form, *game.numbers)
    return _first(agent, agent.systems(pattern_of(behaviour)), behaviour, given, slack)


def sequentially_explained(
    game: Game, behaviour: Sequence[Row], given: Sequence[Row | None], slack: Fraction = EXACTLY
) -> Explanation:
    """Tell whether beliefs, those given among them, make play a sequential equilibrium; as :func:`explained`."""
    form, pattern = game.form, pattern_of(behaviour)
    agent = AgentForm(form, *game.numbers)
    asked = ConsistentBeliefs(agent, pattern)
    bases = list(islice(consistency.bases(asked.open), MOST_BASES + 1))
    systems = (candidate.system for candidate in asked.candidates(bases[:MOST_BASES]))
    found = _first(agent, systems, behaviour, given, slack)
    if found.verdict is False and len(bases) > MOST_BASES:
        return Explanation(None)
    if found.verdict and not consistency.is_consistent(
        form, game.numbers, behaviour, found.beliefs, ROUNDING if slack else EXACTLY
    ):
        return Explanation(None)
    return found


def _first(
    agent: AgentForm,
    systems: Iterable[System],
    behaviour: Sequence[Row],
    given: Sequence[Row | None],
    slack: Fraction,
) -> Explanation:
    undecided = False
    for system in systems:
        point = _BeliefProgram(agent, system, behaviour, given, slack).point()
        if point is not None and point:
            return Explanation(True, _beliefs(agent, system, behaviour, dict(point)))
        undecided = undecided or point is None
    return Explanation(None if undecided else False)


def _beliefs(agent: AgentForm, system: System, behaviour: Sequence[Row], at: dict[int, Any]) -> tuple[Row, ...]:
    rows = []
    for h in range(len(agent.form.nodes_of)):
        weights = [Fraction(poly.value(known(agent, w, behaviour), at)) for w in system.weights[h]]
        total = sum(weights)
        rows.append(tuple(shortest(w / total) for w in weights))
    return tuple(rows)


def known(agent: AgentForm, p: Polynomial, behaviour: Sequence[Row]) -> Polynomial:
    """Return a polynomial with the probabilities of actions put in, so that beliefs alone are unknown."""
    total: Polynomial = {}
    for monomial, c in p.items():
        rest, factor = [], c
        for v in monomial:
            kind, h, of = agent.names[v]
            if kind == "p":
                factor = factor * behaviour[h][of]
            else:
                rest.append(v)
        total = poly.add(total, {tuple(rest): factor} if factor else {})
    return total


class _BeliefProgram:
    """The conditions on beliefs when play is given."""

    def __init__(
        self,
        agent: AgentForm,
        system: System,
        behaviour: Sequence[Row],
        given: Sequence[Row | None],
        slack: Fraction,
    ) -> None:
        self.slack = slack
        kinds = (system.equations, system.weak, system.strict)
        in_units = poly.scaled if slack else (lambda p: p)  # conditions come with coefficients of any size
        put = [[known(agent, in_units(p), behaviour) for p in rows] for rows in kinds]
        self.equations, self.weak, self.strict = put
        for h, belief in enumerate(given):
            if belief is not None:
                weights = [known(agent, w, behaviour) for w in system.weights[h]]
                self.equations += _as_given(weights, belief)
        self.unknowns = sorted(set().union(*map(poly.variables, self._all())))

    def _all(self) -> Iterator[Polynomial]:
        yield {}
        for rows in (self.equations, self.weak, self.strict):
            yield from rows

    def point(self) -> tuple[tuple[int, Any], ...] | None:
        """Return a value of each unknown, with one more that none has; empty where none will do, None if not linear."""
        if not all(map(poly.is_linear, self._all())):
            return None
        # The last unknown is by how much all strict inequalities hold, at most one.
        equations = [] if self.slack else self.equations
        both = [poly.scale(p, sign) for p in self.equations for sign in (1, -1)] if self.slack else []
        at_most = [(self._row(p, sign=-1), p.get((), 0) + self.slack) for p in (*self.weak, *both)]
        at_most += [([*self._row(p, sign=-1)[:-1], 1], p.get((), 0)) for p in self.strict]
        at_most.append(([*([0] * len(self.unknowns)), 1], 1))
        equal = [(self._row(p), -p.get((), 0)) for p in equations]
        optimum = programs.maximize([*([0] * len(self.unknowns)), 1], equal, at_most)
        if optimum is None or not optimum.at[-1]:
            return ()
        return (*zip(self.unknowns, optimum.at, strict=False), (-1, optimum.at[-1]))

    def _row(self, p: Polynomial, sign: int = 1) -> list[Any]:
        return [*(sign * p.get((v,), 0) for v in self.unknowns), 0]


def _as_given(weights: Sequence[Polynomial], belief: Row) -> list[Polynomial]:
    """Return what must be zero where weights are in proportion to a belief."""
    total = poly.total(weights)
    return [poly.subtract(w, poly.scale(total, p)) for w, p in zip(weights, belief, strict=True)]
