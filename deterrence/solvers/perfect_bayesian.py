"""Perfect Bayesian equilibrium: strategies and beliefs at every information set, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from deterrence.answers.solution import Equilibrium, Free, Solution
from deterrence.games.expression import check_limit
from deterrence.games.game import Game
from deterrence.solvers.algebra import boxes, elimination
from deterrence.solvers.algebra import inequalities as linear
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.search import SearchLimitError, SupportSearch

TOLERANCE = Fraction(1, 10**12)
"""How far an equilibrium with irrational probabilities, kept to 40 digits, may be from exact."""


@dataclass(frozen=True, slots=True)
class PerfectBayesian:
    """Ask for perfect Bayesian equilibria: choices optimal at every information set, given beliefs there.

    Beliefs follow Bayes' rule wherever play, or the belief at an earlier information set, determines them.
    Moves common to all histories of an information set carry no news, however unlikely they were: so play
    is an equilibrium in every proper subgame, and nobody's deviation tells what that player did not know.
    Other beliefs are free, and are shown with their range.

    Attributes
    ----------
    limit
        The most partial patterns of play to visit; beyond it the search stops and says so.

    Notes
    -----
    For each choice of support at every information set, indifference gives equations in the others'
    probabilities; they are solved exactly, and the remaining inequalities are decided exactly. Supports are
    pruned by bounds on values and beliefs. Every sequential equilibrium is among the answers.

    References
    ----------
    Fudenberg and Tirole (1991), "Perfect Bayesian equilibrium and sequential equilibrium"; Kreps and Wilson
    (1982).
    """

    limit: int = 50_000

    def __post_init__(self) -> None:
        check_limit(self.limit, "PerfectBayesian")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "perfect Bayesian equilibrium"

    def solve(self, game: Game) -> Solution:
        """Return every class of perfect Bayesian equilibrium at the parameter values."""
        agent = AgentForm(game.form, *game.numbers)
        search = SupportSearch(agent, *_as_bounds(game.numbers), self.limit)
        found: list[Equilibrium] = []
        gaps: list[str] = []
        try:
            for pattern in search.patterns():
                found.extend(self._of_pattern(game, agent, pattern, gaps))
        except SearchLimitError:
            gaps.append(f"the search stopped at its limit of {self.limit} partial patterns")
        found.sort(key=order)
        status = "solved" if not gaps else "incomplete: " + "; ".join(dict.fromkeys(gaps))
        if not found and not gaps:
            status = "there is none"
        return Solution(game, self, tuple(found), status, complete=not gaps)

    def equilibria_of(self, game: Game, pattern: Pattern, concept: str = "") -> list[Equilibrium]:
        """Return the equilibria of one choice of support at every information set."""
        agent = AgentForm(game.form, *game.numbers)
        found = list(self._of_pattern(game, agent, pattern, []))
        return [replace(e, concept=concept) for e in found] if concept else found

    def _of_pattern(self, game: Game, agent: AgentForm, pattern: Pattern, gaps: list[str]) -> Iterator[Equilibrium]:
        for system in agent.systems(pattern):
            for reduced in elimination.reduce(system, elimination.Fractions()):
                equilibrium = self._realized(game, agent, pattern, system, reduced, gaps)
                if equilibrium is not None:
                    yield equilibrium

    def _realized(
        self, game: Game, agent: AgentForm, pattern: Pattern, system: System, reduced: Any, gaps: list[str]
    ) -> Equilibrium | None:
        if reduced.unresolved:
            gaps.append("some mixed play leads to equations that are not linear and were not solved")
            return None
        free = _free_unknowns(system, reduced)
        found = _solution_set(reduced, free, agent.played(pattern, free))
        if found is None:
            return None
        if isinstance(found, str):
            gaps.append("some mixed play leads to inequalities that are not linear and were not decided")
            return None
        point, spans, extremes = found
        behaviour, belief = _profile(agent, pattern, system, point)
        listed = tuple(_free(agent, v, *spans[v]) for v in sorted(spans))
        ends = tuple(dict.fromkeys(_profile(agent, pattern, system, at) for at in extremes))
        made = Equilibrium(game, self.concept, behaviour, belief, listed, ends if len(ends) > 1 else ())
        return made if made.regret <= (0 if reduced.exact else TOLERANCE) else None


def order(equilibrium: Equilibrium) -> Any:
    """Return the key by which equilibria are listed: those with fewer mixtures first."""
    return sum(len(row) for row in equilibrium.pattern), [tuple(-p for p in row) for row in equilibrium.behaviour]


def _as_bounds(numbers: Any) -> tuple[list[Any], list[Any]]:
    payoffs, chances = numbers
    return (
        [[(float(x), float(x)) for x in row] for row in payoffs],
        [[(float(x), float(x)) for x in row] for row in chances],
    )


def _free_unknowns(system: System, reduced: Any) -> list[int]:
    """Return the unknowns of this pattern that the equations leave open."""
    unknown = linear.unknowns_of([*system.weak, *system.strict, *system.equations])
    solved = {v for v, _ in reduced.solved}
    return sorted(unknown - solved)


Point = dict[int, Any]
Spans = dict[int, tuple[Any, Any]]


def _solution_set(reduced: Any, free: Sequence[int], plays: set[int]) -> tuple[Point, Spans, list[Point]] | str | None:
    """Return a point, the range of each unknown that varies, and extreme points; None where empty.

    Extreme points are sought in the groups with a probability of an action on the path (``plays``).
    """
    rows = [(p, False) for p in reduced.weak] + [(p, True) for p in reduced.strict]
    ratios = any(not poly.is_constant(bottom) for _, (_, bottom) in reduced.solved)
    if ratios and not free:
        return _checked_point(reduced)
    if ratios or not all(poly.is_linear(p) for p, _ in rows):
        return _by_subdivision(reduced, rows, free)
    return _polytope(reduced, rows, free, plays)


def _polytope(
    reduced: Any, rows: Sequence[Any], free: Sequence[int], plays: set[int]
) -> tuple[Point, Spans, list[Point]] | None:
    """Decide linear inequalities in the free unknowns exactly."""
    listed = [linear.inequality(p, strict=strict) for p, strict in rows]
    if not all(linear.possible(row) for row in listed if not row.coefficients):
        return None
    point: Point = {}
    spans: Spans = {}
    extremes: list[list[Point]] = []
    for unknowns, some in linear.groups([row for row in listed if row.coefficients], free):
        inner = linear.inner_point(some, unknowns)
        if inner is None:
            return None
        point |= inner
        spans |= {v: linear.span(some, unknowns, v) for v in unknowns}
        if plays & set(unknowns):
            extremes.append(linear.corners(some, unknowns))
    whole = elimination.back_substituted(reduced.solved, point)
    if whole is None:
        return None
    ends = [elimination.back_substituted(reduced.solved, {**point, **corner}) for some in extremes for corner in some]
    return whole, spans, [end for end in ends if end is not None]


def _by_subdivision(reduced: Any, rows: Sequence[Any], free: Sequence[int]) -> Any:
    """Decide products of unknowns; the ranges are those of the points found, to the fineness of the search."""
    points: list[Point] = []
    undecided = False
    for some in boxes.without_ratios(rows, reduced.solved):
        found = boxes.decide(some, free)
        undecided = undecided or found is None
        points += found or []
    whole = [elimination.back_substituted(reduced.solved, point) for point in points]
    known = [at for at in whole if at is not None]
    if not known:
        return "unresolved" if undecided else None
    spans = {v: (min(at[v] for at in known), max(at[v] for at in known)) for v in free}
    return known[0], spans, known[1:]


def _checked_point(reduced: Any) -> tuple[Point, Spans, list[Point]] | None:
    """Return the point that nonlinear equations determine, where the inequalities hold there."""
    values = elimination.back_substituted(reduced.solved, {})
    if values is None:
        return None
    slack = 0 if reduced.exact else TOLERANCE
    fits = all(poly.value(p, values) >= -slack for p in reduced.weak)
    fits = fits and all(poly.value(p, values) > 0 for p in reduced.strict)
    return (values, {}, []) if fits else None


def _profile(agent: AgentForm, pattern: Pattern, system: System, at: Point) -> tuple[Any, Any]:
    form = agent.form
    behaviour = tuple(
        tuple(_short(poly.value(agent.probability(pattern, h, a), at)) for a in range(len(form.actions_of[h])))
        for h in range(len(form.nodes_of))
    )
    beliefs = []
    for h in range(len(form.nodes_of)):
        weights = [Fraction(poly.value(weight, at)) for weight in system.weights[h]]
        total = sum(weights)
        beliefs.append(tuple(_short(w / total) for w in weights) if total else tuple(weights))
    return behaviour, tuple(beliefs)


def _free(agent: AgentForm, v: int, low: Any, high: Any) -> Free:
    kind, h, of = agent.names[v]
    form = agent.form
    if kind == "p":
        return Free(form.set_names[h], "probability", form.actions_of[h][of], _short(low), _short(high))
    members = agent.members[h, of] if kind == "group" else (of,)
    what = " or ".join(form.history(form.nodes_of[h][k]) for k in members)
    return Free(form.set_names[h], "belief", what, _short(low), _short(high))


def _short(value: Any) -> Any:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
