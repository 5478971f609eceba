"""The conditions for a sequential equilibrium of one pattern of supports.

There is one system of conditions for each choice of the nodes at which beliefs are positive. What mistakes
allow is written in the same polynomials as what optimality asks, so that one engine solves both.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.supports import consistency
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.consistency import Basis, Place, Way


@dataclass(slots=True)
class Candidate:
    """The conditions on unknowns when beliefs are positive exactly on a basis.

    Attributes
    ----------
    basis
        Where beliefs are positive, at the information sets that play and nature do not lead to.
    system
        Optimality and consistency as equations and inequalities.
    tied
        Sets whose beliefs follow from those at an earlier one: set -> (earlier set, node -> node there).
    bound
        Whether an equation holds unknown beliefs.
    """

    basis: Basis
    system: System
    tied: dict[int, tuple[int, dict[int, int]]] = field(default_factory=dict)
    bound: bool = False

    def closure_contains(self, other: Basis) -> bool:
        """Tell whether beliefs on a smaller basis are limits of the unknowns here, judged by the two bases alone."""
        if self.bound or other.keys() != self.basis.keys():
            return False
        if not all(set(other[h]) <= set(self.basis[h]) for h in other):
            return False
        return all(
            {k for k, m in match.items() if m in other[g]} == set(other[h]) for h, (g, match) in self.tied.items()
        )


class KnownBases:
    """The bases that each choice of unplayed actions allows, up to a number of them, computed once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._known: dict[Any, tuple[Basis, ...]] = {}

    def of(self, open_ways: Mapping[int, Sequence[Way]]) -> tuple[Basis, ...]:
        """Return the bases; one more than the number allowed where there are more."""
        key = tuple((h, *((way.unplayed, way.chance == 0) for way in set_ways)) for h, set_ways in open_ways.items())
        if key not in self._known:
            self._known[key] = tuple(itertools.islice(consistency.bases(open_ways), self.most + 1))
        return self._known[key]


class ConsistentBeliefs:
    """The conditions of one pattern of supports."""

    def __init__(self, agent: AgentForm, pattern: Pattern) -> None:
        self.agent, self.pattern = agent, pattern
        ways = consistency.ways(agent, pattern)
        self.ways = {h: ways[h] for h in agent.order if h in ways}
        self.never = [h for h, set_ways in self.ways.items() if all(way.chance == 0 for way in set_ways)]
        reached = {
            h for h, set_ways in self.ways.items() if any(way.chance != 0 and not way.unplayed for way in set_ways)
        }
        self.open = {h: set_ways for h, set_ways in self.ways.items() if h not in reached and h not in self.never}

    def necessary(self) -> System:
        """Return conditions that every candidate satisfies: open beliefs may be anything, each for itself."""
        system = self._start()
        for h in self.open:
            self.agent._add_free_belief(system, h)
        self.agent._add_optimality(self.pattern, system, range(len(self.pattern)))
        return system

    def candidates(self, bases: Iterable[Basis]) -> Iterator[Candidate]:
        """Yield the conditions for each of the bases."""
        start = self._start()
        for basis in bases:
            candidate = Candidate(basis, start.copy())
            free_sets = [h for h in self.open if self._believe(candidate, h)]
            if self._add_products(candidate, free_sets):
                self.agent._add_optimality(self.pattern, candidate.system, range(len(self.pattern)))
                unknown = {v for p in candidate.system.equations for v in poly.variables(p)}
                candidate.bound = any(self.agent.names[v][0] == "mu" for v in unknown)
                yield candidate

    def _start(self) -> System:
        system = System()
        for h, support in enumerate(self.pattern):
            if len(support) > 1:
                system.strict.extend(self.agent.probability(self.pattern, h, a) for a in support)
        for h in range(len(self.agent.form.nodes_of)):
            if h not in self.ways:
                system.weights[h] = [poly.constant(self.agent.one)]
            elif h in self.never:
                self.agent._add_free_belief(system, h)
            elif h not in self.open:
                system.weights[h] = [
                    {} if way.unplayed else self._product(Counter(way.played), way.chance) for way in self.ways[h]
                ]
        return system

    # -- beliefs at one information set --------------------------------------------------------------

    def _believe(self, candidate: Candidate, h: int) -> bool:
        """Set the weights at an information set; tell whether they are unknowns of their own."""
        basis, ways = candidate.basis[h], self.ways[h]
        if len({ways[k].unplayed for k in basis}) == 1:
            # The same mistakes lead to all believed nodes, so their probabilities cancel and Bayes' rule is left.
            unit = poly.constant(self.agent.one)
            candidate.system.weights[h] = self._weights(h, dict.fromkeys(basis, (unit, None)))
            return False
        for g in candidate.basis:
            if g == h:
                break
            nodes = self._match(candidate.basis, h, g)
            if nodes is not None:
                weights, others = candidate.system.weights[g], self.ways[g]
                sources = {k: (weights[m], others[m]) for k, m in nodes.items()}
                candidate.system.weights[h] = self._weights(h, sources)
                candidate.tied[h] = (g, nodes)
                return False
        self._add_unknowns(candidate.system, h, basis)
        return True

    def _match(self, basis: Basis, h: int, g: int) -> dict[int, int] | None:
        """Return, for each node believed at h, one believed at g that the same mistakes lead to."""
        first, ways, others = self.ways[h][basis[h][0]], self.ways[h], self.ways[g]
        for m in basis[g]:
            matches: dict[int, int] = {}
            for k in basis[h]:
                mistakes = _difference(ways[k], first)
                same = next((n for n in basis[g] if _difference(others[n], others[m]) == mistakes), None)
                if same is None:
                    break
                matches[k] = same
            else:
                return matches
        return None

    def _weights(self, h: int, sources: Mapping[int, tuple[Polynomial, Way | None]]) -> list[Polynomial]:
        """Return weights that follow from those of other ways by the same mistakes, or from played moves alone."""
        powers: dict[int, Counter[Place]] = {}
        for k, (_, other) in sources.items():
            powers[k] = Counter(self.ways[h][k].played)
            powers[k].subtract(other.played if other else ())
        places = {place for power in powers.values() for place in power}
        # Weights are relative: taking the least power of each action out of all of them leaves no negative power.
        least = {place: min(power[place] for power in powers.values()) for place in places}
        weights: list[Polynomial] = [{} for _ in self.ways[h]]
        for k, (weight, other) in sources.items():
            power = Counter({place: powers[k][place] - least[place] for place in places})
            chance = Fraction(self.ways[h][k].chance) / (other.chance if other else 1)
            weights[k] = poly.multiply(weight, self._product(power, chance))
        return weights

    def _product(self, powers: Mapping[Place, int], factor: Any) -> Polynomial:
        product = poly.constant(factor)
        for (h, a), power in powers.items():
            for _ in range(power):
                product = poly.multiply(product, self.agent.probability(self.pattern, h, a))
        return product

    def _add_unknowns(self, system: System, h: int, basis: tuple[int, ...]) -> None:
        weights: list[Polynomial] = [{} for _ in self.ways[h]]
        rest = poly.constant(self.agent.one)
        for k in basis[:-1]:
            weights[k] = poly.variable(self.agent.variable("mu", h, k), self.agent.one)
            rest = poly.subtract(rest, weights[k])
        weights[basis[-1]] = rest
        system.weights[h] = weights
        system.strict.extend(weights[k] for k in basis)

    # -- multipliers --------------------------------------------------------------------------------

    def _add_products(self, candidate: Candidate, free_sets: list[int]) -> bool:
        """Add the products that must be one for multipliers to exist; False where one cannot be."""
        pairs = [(h, candidate.basis[h][0], k) for h in free_sets for k in candidate.basis[h][1:]]
        rows = [_difference(self.ways[h][k], self.ways[h][first]) for h, first, k in pairs]
        for powers in consistency.annihilators(rows):
            equation = self._equation(candidate.system, pairs, powers)
            if poly.is_constant(equation) and equation:
                return False
            if equation:
                candidate.system.equations.append(equation)
        return True

    def _equation(self, system: System, pairs: list[tuple[int, int, int]], powers: list[int]) -> Polynomial:
        """Return the equation that a product of powers of relative likelihoods is one."""
        beliefs: Counter[Place] = Counter()
        actions: Counter[Place] = Counter()
        factor = Fraction(1)
        for (h, first, k), power in zip(pairs, powers, strict=True):
            below, above = self.ways[h][first], self.ways[h][k]
            beliefs.update({(h, k): power})
            beliefs.update({(h, first): -power})
            for place, sign in [*((p, -1) for p in above.played), *((p, 1) for p in below.played)]:
                actions.update({place: sign * power})
            factor *= (Fraction(below.chance) / above.chance) ** power
        # A product of powers is one exactly if the factors of positive power and those of negative power multiply to
        # the same: written so, the equation is one of polynomials.
        sides = []
        for sign, scale in ((1, factor), (-1, Fraction(1))):
            side = self._product({p: max(0, sign * n) for p, n in actions.items()}, scale)
            for (h, k), n in beliefs.items():
                for _ in range(max(0, sign * n)):
                    side = poly.multiply(side, system.weights[h][k])
            sides.append(side)
        return poly.subtract(sides[0], sides[1])


def _difference(way: Way, other: Way) -> tuple[frozenset[Place], frozenset[Place]]:
    """Return the mistakes on one way and not the other, and the reverse."""
    return way.unplayed - other.unplayed, other.unplayed - way.unplayed
