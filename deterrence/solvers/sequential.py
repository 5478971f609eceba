"""Sequential equilibrium: perfect Bayesian play whose beliefs vanishing mistakes can explain, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.games import play
from deterrence.games.expression import check_limit, shortest
from deterrence.games.game import Game
from deterrence.solvers import perfect_bayesian as bayesian
from deterrence.solvers.algebra import elimination
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.consistency import Basis, is_consistent
from deterrence.solvers.supports.consistent_beliefs import Candidate, ConsistentBeliefs, KnownBases
from deterrence.solvers.supports.family import TOLERANCE, Family, family_of
from deterrence.solvers.supports.pattern_search import OfPattern

ROUNDING = Fraction(1, 10**9)
"""How far products of rounded (irrational) probabilities may be from one, relatively."""


@dataclass(frozen=True, slots=True)
class Sequential:
    """The solution concept of sequential equilibrium: play with beliefs that vanishing mistakes can explain.

    After a surprise the players need a common account of it: beliefs are limits of Bayes' rule when every
    action is taken by mistake with a probability that goes to zero, independently at each information set.
    So two players who see the same surprise cannot explain it by different mistakes, and no deviation
    reveals what its author did not know.

    Attributes
    ----------
    limit
        The most partial patterns of play to visit; beyond it the search stops and says so.
    most_bases
        The most choices of where beliefs are positive to try for one pattern of play.

    Notes
    -----
    An assessment is consistent exactly if each unplayed action can be given a label (a positive integer) and
    a positive multiplier such that beliefs are positive on the nodes of least label and there proportional to
    products of played probabilities and multipliers (Kreps and Wilson 1982, lemmas A1 and A2; Perea, Jansen
    and Peters 1997). For each choice of where beliefs are positive, labels exist or not by an exact linear
    program. Multipliers exist exactly if some products of beliefs and probabilities are equal; these
    equations join those of indifference and are solved with them. So the conditions are exact for whole
    families, not for sampled beliefs.

    What is decided exactly: for each equilibrium listed, its strategies and beliefs are consistent and
    optimal (irrational probabilities: to 12 decimals). Ranges are exact where the conditions are linear in
    what is free; else they span the points found. A range includes its ends, at which beliefs are limits of
    the family's, hence consistent. Equilibria that are limits of a listed family in this way are not listed
    apart. The status says what was not decided. Nature makes no mistakes: beliefs where all nodes
    stand behind draws of probability zero are not judged.

    References
    ----------
    Kreps and Wilson (1982), "Sequential equilibria", Econometrica 50. Perea, Jansen and Peters (1997),
    "Characterization of consistent assessments in extensive form games", Games and Economic Behavior 21.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.solvers.sequential import Sequential
    >>> @dt.game("Challenger", "Defender")
    ... def probe():
    ...     "Two ways to challenge that the Defender cannot tell apart."
    ...     answer = lambda fold, fight: dt.move(
    ...         "Defender",
    ...         fold=dt.end("gain", *fold),
    ...         fight=dt.end("war", *fight),
    ...         information="challenged",
    ...     )
    ...     return dt.move(
    ...         "Challenger",
    ...         refrain=dt.end("peace", 0, 2),
    ...         bluff=answer((1, 0), (-2, 1)),
    ...         attack=answer((1, 0), (-1, -1)),
    ...     )
    >>> sorted({e.outcomes["peace"] for e in Sequential().solve(probe)})
    [0, 1]
    """

    limit: int = 200_000
    most_bases: int = 2_000

    def __post_init__(self) -> None:
        for name in ("limit", "most_bases"):
            check_limit(getattr(self, name), "Sequential", name)

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "sequential equilibrium"

    def solve(self, game: Game) -> Solution:
        """Return every class of sequential equilibrium at the parameter values."""

        def solver_of(part: Any) -> OfPattern:
            bases = KnownBases(self.most_bases)
            return lambda agent, pattern, gaps: _PatternSolver(self, part, agent, pattern, gaps).equilibria(bases)

        # Mistakes are independent at each information set, and what leads to the root of a subgame leads to all nodes
        # in it: so beliefs are consistent exactly if they are in every part. Behind draws of probability zero, though,
        # beliefs are not judged, which a part does not know of what is above it.
        if any(0 in row for row in game.numbers[1]):
            return bayesian.solved_by_patterns(self, game, solver_of(game))
        return bayesian.solved_by_subgames(self, game, solver_of)


@dataclass(slots=True)
class _Solved:
    """The equilibria of one choice of basis, and whether they make one convex set."""

    candidate: Candidate
    equilibria: list[Equilibrium]
    convex: bool


@dataclass(slots=True)
class _PatternSolver:
    """The sequential equilibria of one pattern of supports, basis by basis."""

    method: Sequential
    game: Game
    agent: AgentForm
    pattern: Pattern
    gaps: list[str]

    def equilibria(self, bases: KnownBases) -> list[Equilibrium]:
        """Return the equilibria, without those that are limits of others."""
        beliefs = ConsistentBeliefs(self.agent, self.pattern)
        if not _may_hold(self.agent, self.pattern, beliefs.necessary()):
            return []
        allowed = bases.of(beliefs.open)
        if len(allowed) > bases.most:
            self.gaps.append(f"only {bases.most} of the ways to place beliefs were tried for some play")
        families: list[_Solved] = []
        for candidate in beliefs.candidates(allowed[: bases.most]):
            if not any(family.convex and family.candidate.closure_contains(candidate.basis) for family in families):
                solution = self._solve(candidate)
                larger = [family for family in families if _within(candidate.basis, family.candidate.basis)]
                solution.equilibria = [e for e in solution.equilibria if not self._is_limit(e, candidate.basis, larger)]
                families += [solution] if solution.equilibria else []
        return _without_faces([equilibrium for family in families for equilibrium in family.equilibria])

    def _solve(self, candidate: Candidate) -> _Solved:
        reductions = list(elimination.reduce(candidate.system, elimination.Fractions()))
        realized = [self._realized(candidate, reduced) for reduced in reductions]
        equilibria = [equilibrium for equilibrium in realized if equilibrium is not None]
        convex = len(equilibria) == 1 and all(reduced.linear for reduced in reductions)
        return _Solved(candidate, equilibria, convex)

    def _is_limit(self, equilibrium: Equilibrium, basis: Basis, larger: list[_Solved]) -> bool:
        """Tell whether an equilibrium is a limit of a listed one with a larger basis, which then says so.

        Consistent beliefs are limits of those on any larger basis; where choices stay best when beliefs
        change a little, so are the equilibria.
        """
        if not larger or not self._is_strict(equilibrium, basis):
            return False
        for family in larger:
            if family.convex:
                return True
            if len(family.equilibria) == 1:
                family.equilibria = [_widened(family.equilibria[0], equilibrium)]
                return True
        return False

    def _realized(self, candidate: Candidate, reduced: elimination.Reduced) -> Equilibrium | None:
        agent, pattern, system = self.agent, self.pattern, candidate.system
        family = family_of(agent, pattern, system, reduced, self.gaps)
        if family is None or (not family.point and reduced.solved):
            return None
        equilibrium = bayesian.realized(self.game, self.method.concept, family, self.gaps)
        following = self._following(candidate.basis, family, {(f.information_set, f.of) for f in equilibrium.free_list})
        equilibrium = replace(equilibrium, free_list=(*equilibrium.free_list, *following))
        return equilibrium if self._verified(equilibrium, exact=reduced.exact) else None

    def _following(self, basis: Basis, family: Family, names: set[tuple[str, str]]) -> tuple[Free, ...]:
        """Return the ranges of beliefs that follow from free ones."""
        form, ranges = self.game.form, []
        for h, support in basis.items():
            total = poly.total(family.system.weights[h])
            for k in support[:-1]:
                name, history = form.set_names[h], form.history(form.nodes_of[h][k])
                if (name, history) in names:
                    continue
                over = family.range_of(family.system.weights[h][k], total)
                if over.low < over.high:
                    group = family.group_of(family.system.weights[h][k], total)
                    ranges.append(Free(name, "belief", history, shortest(over.low), shortest(over.high), group))
        return tuple(ranges)

    def _verified(self, equilibrium: Equilibrium, *, exact: bool) -> bool:
        if equilibrium.regret > (0 if exact else TOLERANCE):
            return False
        slack = Fraction(0) if exact else ROUNDING
        return is_consistent(self.game.form, self.game.numbers, equilibrium.behaviour, equilibrium.belief, slack)

    def _is_strict(self, equilibrium: Equilibrium, basis: Basis) -> bool:
        """Tell whether choices at the sets with open beliefs stay best when those beliefs change a little."""
        form = self.game.form
        values = play.node_values(form, self.game.numbers, equilibrium.behaviour)
        for h in basis:
            player, beliefs = form.player_of[h], equilibrium.belief[h] or ()
            worth = [
                sum(p * values[form.children[n][a]][player] for p, n in zip(beliefs, form.nodes_of[h], strict=True))
                for a in range(len(form.actions_of[h]))
            ]
            if sum(value == max(worth) for value in worth) > 1:
                return False
        return True


def _without_faces(equilibria: list[Equilibrium]) -> list[Equilibrium]:
    """Drop the equilibria, all of one pattern, that lie in the closure of another's: each family is listed once.

    Beliefs that are zero somewhere are limits of positive ones, so that the faces of a listed set come up again.
    """
    kept: list[Equilibrium] = []
    # Families in which more varies come first: the others may be faces of them, and not the reverse.
    for equilibrium in sorted(equilibria, key=lambda each: -len(each.free_list)):
        corners = (
            equilibrium.family.all_corners() if equilibrium.family else [(equilibrium.behaviour, equilibrium.belief)]
        )
        if not corners or not any(_holds_all(larger, corners) for larger in kept):
            kept.append(equilibrium)
    return [each for each in equilibria if any(each is one for one in kept)]


def _holds_all(larger: Equilibrium, corners: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether profiles lie in the closure of a family whose conditions are linear."""
    return larger.family is not None and all(larger.family.closure_contains(*corner) for corner in corners)


def _may_hold(agent: AgentForm, pattern: Pattern, system: System) -> bool:
    """Tell whether conditions may have a solution."""
    return any(
        reduced.unresolved or not reduced.linear or family_of(agent, pattern, system, reduced, []) is not None
        for reduced in elimination.reduce(system, elimination.Fractions())
    )


def _widened(family: Equilibrium, limit: Equilibrium) -> Equilibrium:
    """Return a family with its ranges stretched to a limit of it."""
    form = family.game.form
    limits = {(item.information_set, item.kind, item.of): item for item in limit.free_list}
    stretched = []
    for item in family.free_list:
        h = form.set_number[item.information_set]
        names = [form.history(n) for n in form.nodes_of[h]] if item.kind == "belief" else form.actions_of[h]
        row = (limit.belief[h] or ()) if item.kind == "belief" else limit.behaviour[h]
        other = limits.get((item.information_set, item.kind, item.of))
        value = row[list(names).index(item.of)]
        low, high = (other.low, other.high) if other else (value, value)
        stretched.append(replace(item, low=min(item.low, low), high=max(item.high, high)))
    return replace(family, free_list=tuple(stretched))


def _within(small: Basis, large: Basis) -> bool:
    return small.keys() == large.keys() and all(set(small[h]) <= set(large[h]) for h in small)
