"""Perfect Bayesian equilibrium: strategies and beliefs at every information set, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.games.expression import check_limit, shortest
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
    """The solution concept of perfect Bayesian equilibrium: optimal choices at each information set, given beliefs.

    Beliefs follow Bayes' rule wherever play, or the belief at an earlier information set, determines them.
    Moves common to all histories of an information set carry no news, however unlikely they were: so play
    is an equilibrium in every proper subgame, and no deviation reveals what its author did not know.
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
        return solved_by_patterns(self, game, partial(self.of_pattern, game))

    def equilibria_of(self, game: Game, pattern: Pattern, concept: str = "") -> list[Equilibrium]:
        """Return the equilibria of one choice of support at every information set."""
        agent = AgentForm(game.form, *game.numbers)
        equilibria = list(self.of_pattern(game, agent, pattern, []))
        return [replace(e, concept=concept) for e in equilibria] if concept else equilibria

    def of_pattern(self, game: Game, agent: AgentForm, pattern: Pattern, gaps: list[str]) -> Iterator[Equilibrium]:
        """Yield the equilibria of one choice of support, from a game's agent form; gaps tell what stayed open."""
        for system in agent.systems(pattern):
            for reduced in elimination.reduce(system, elimination.Fractions()):
                equilibrium = self._realized(game, agent, pattern, system, reduced, gaps)
                if equilibrium is not None:
                    yield equilibrium

    def _realized(
        self,
        game: Game,
        agent: AgentForm,
        pattern: Pattern,
        system: System,
        reduced: elimination.Reduced,
        gaps: list[str],
    ) -> Equilibrium | None:
        free = reduced.free(system)
        solution = decided(reduced, free, agent.played(pattern, free), gaps)
        if solution is None:
            return None
        point, spans, extremes = solution
        behaviour, belief = profile(agent, pattern, system, point)
        ranges = tuple(free_range(agent, v, *spans[v]) for v in sorted(spans))
        ends = tuple(dict.fromkeys(profile(agent, pattern, system, at) for at in extremes))
        equilibrium = Equilibrium(game, self.concept, behaviour, belief, ranges, ends if len(ends) > 1 else ())
        # The equations were derived from the tree; the regret is computed without them, as an independent check.
        return equilibrium if equilibrium.regret <= (0 if reduced.exact else TOLERANCE) else None


def solved_by_patterns(
    method: Any,
    game: Game,
    equilibria_of: Callable[[AgentForm, Pattern, list[str]], Iterable[Equilibrium]],
    notes: Sequence[str] = (),
    settled: Mapping[int, int] | None = None,
    limit: int = 0,
) -> Solution:
    """Return the equilibria of all patterns of supports; the status names what stayed open, and the notes.

    ``equilibria_of(agent, pattern, gaps)`` adds to ``gaps`` what it could not decide; ``settled`` gives the action
    at information sets where it is known, ``limit`` the most equilibria to list, if any.
    """
    agent = AgentForm(game.form, *game.numbers)
    equilibria: list[Equilibrium] = []
    gaps: list[str] = []
    try:
        search = SupportSearch.at_point(agent, game.numbers, max(method.limit, PARTIAL * limit))
        for pattern in search.patterns(settled, limit):
            equilibria.extend(equilibria_of(agent, pattern, gaps))
            if limit and len(equilibria) > limit:
                del equilibria[limit:]
                gaps.append(f"no more than the limit of {limit} equilibria are listed")
                break
    except SearchLimitError:
        gaps.append(f"the search stopped at its limit of {search.limit} partial patterns")
    if search.unmixed:
        notes = [*notes, _unmixed_note(game, search.unmixed)]
    status = "solved" if equilibria else "there is none"
    if gaps:
        status = "incomplete: " + "; ".join(dict.fromkeys(gaps))
    status = "; ".join([status, *dict.fromkeys(notes)])
    return Solution(game, method, tuple(sorted(equilibria, key=order)), status, complete=not gaps)


def _unmixed_note(game: Game, sets: Sequence[int]) -> str:
    names = ", ".join(repr(game.form.set_names[h]) for h in sets[:MOST_NAMES])
    more = f" and {len(sets) - MOST_NAMES} more places" if len(sets) > MOST_NAMES else ""
    return f"every mixture of the choices listed at {names}{more} is an equilibrium too, and not listed apart"


def order(equilibrium: Equilibrium) -> Any:
    """Return the key by which equilibria are listed: those with fewer mixtures first."""
    return sum(len(row) for row in equilibrium.pattern), [tuple(-p for p in row) for row in equilibrium.behaviour]


MOST_NAMES = 5
PARTIAL = 50
"""So many partial patterns of play are visited for each equilibrium that may be listed."""
Point = dict[int, Any]
Spans = dict[int, tuple[Any, Any]]


def decided(
    reduced: elimination.Reduced, free: Sequence[int], plays: set[int], gaps: list[str]
) -> tuple[Point, Spans, list[Point]] | None:
    """Return a point, the range of each unknown that varies, and extreme points; None where empty or undecided.

    Extreme points are sought in the groups with a probability of an action on the path (``plays``). What is not
    decided is added to the gaps.
    """
    if reduced.unresolved:
        gaps.append("some mixed play leads to equations that are not linear and were not solved")
        return None
    if reduced.linear:
        return _polytope(reduced, free, plays)
    if reduced.has_ratios and not free:
        return _checked_point(reduced)
    return _by_subdivision(reduced, free, gaps)


def _polytope(
    reduced: elimination.Reduced, free: Sequence[int], plays: set[int]
) -> tuple[Point, Spans, list[Point]] | None:
    """Decide linear inequalities in the free unknowns exactly."""
    rows = [linear.inequality(p, strict=strict) for p, strict in reduced.rows]
    if not all(linear.possible(row) for row in rows if not row.coefficients):
        return None
    point: Point = {}
    spans: Spans = {}
    extremes: list[list[Point]] = []
    for unknowns, own_rows in linear.groups([row for row in rows if row.coefficients], free, lambda row: row.unknowns):
        inner = linear.inner_point(own_rows, unknowns)
        if inner is None:
            return None
        point |= inner
        spans |= {v: linear.span(own_rows, unknowns, v) for v in unknowns}
        if plays & set(unknowns):
            extremes.append(linear.corners(own_rows, unknowns))
    values = elimination.back_substituted(reduced.solved, point)
    if values is None:
        return None
    points = ({**point, **corner} for corners in extremes for corner in corners)
    ends = [elimination.back_substituted(reduced.solved, at) for at in points]
    return values, spans, [end for end in ends if end is not None]


def _by_subdivision(
    reduced: elimination.Reduced, free: Sequence[int], gaps: list[str]
) -> tuple[Point, Spans, list[Point]] | None:
    """Decide products of unknowns; the ranges are those of the points found, to the fineness of the search."""
    points: list[Point] = []
    undecided = False
    for rows in boxes.without_ratios(reduced.rows, reduced.solved):
        solutions = boxes.decide(rows, free)
        undecided = undecided or solutions is None
        points += solutions or []
    substituted = (elimination.back_substituted(reduced.solved, point) for point in points)
    values = [at for at in substituted if at is not None]
    if not values:
        if undecided:
            gaps.append("some mixed play leads to inequalities that are not linear and were not decided")
        return None
    spans = {v: (min(at[v] for at in values), max(at[v] for at in values)) for v in free}
    return values[0], spans, values[1:]


def _checked_point(reduced: elimination.Reduced) -> tuple[Point, Spans, list[Point]] | None:
    """Return the point that nonlinear equations determine, where the inequalities hold there."""
    values = elimination.back_substituted(reduced.solved, {})
    if values is None:
        return None
    slack = 0 if reduced.exact else TOLERANCE
    fits = all(poly.value(p, values) >= -slack for p in reduced.weak)
    fits = fits and all(poly.value(p, values) > 0 for p in reduced.strict)
    return (values, {}, []) if fits else None


def profile(agent: AgentForm, pattern: Pattern, system: System, at: Point) -> tuple[Any, Any]:
    """Return behaviour and beliefs where every unknown has a value."""
    form = agent.form
    behaviour = tuple(
        tuple(shortest(poly.value(agent.probability(pattern, h, a), at)) for a in range(len(form.actions_of[h])))
        for h in range(len(form.nodes_of))
    )
    beliefs = []
    for h in range(len(form.nodes_of)):
        weights = [Fraction(poly.value(weight, at)) for weight in system.weights[h]]
        total = sum(weights)
        beliefs.append(tuple(shortest(w / total) for w in weights) if total else tuple(weights))
    return behaviour, tuple(beliefs)


def free_range(agent: AgentForm, v: int, low: Any, high: Any) -> Free:
    """Return an unknown's range with its name in the game."""
    kind, h, of = agent.names[v]
    form = agent.form
    if kind == "p":
        return Free(form.set_names[h], "probability", form.actions_of[h][of], shortest(low), shortest(high))
    members = agent.members[h, of] if kind == "group" else (of,)
    what = " or ".join(form.history(form.nodes_of[h][k]) for k in members)
    return Free(form.set_names[h], "belief", what, shortest(low), shortest(high))
