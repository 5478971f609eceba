"""Perfect Bayesian equilibrium: strategies and beliefs at every information set, exactly."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.errors import MethodError
from deterrence.games import Game
from deterrence.solution import Equilibrium, Free, Solution
from deterrence.solvers import _elimination as elimination
from deterrence.solvers import _inequalities as linear
from deterrence.solvers import _polynomials as poly
from deterrence.solvers._agent_form import AgentForm, Pattern, System
from deterrence.solvers._polynomials import Polynomial
from deterrence.solvers._search import Search, SearchLimit

TRIALS = (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(1, 100), Fraction(99, 100), Fraction(0), Fraction(1))
MOST_TRIALS = 343
MOST_REFUTED = 10
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

    limit: int = 200_000

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise MethodError(f"The limit of PerfectBayesian must be at least 1, not {self.limit}.")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "perfect Bayesian equilibrium"

    def solve(self, game: Game) -> Solution:
        """Return every class of perfect Bayesian equilibrium at the parameter values."""
        agent = AgentForm(game.form, *game.numbers)
        search = Search(agent, *_as_bounds(game.numbers), self.limit)
        found: list[Equilibrium] = []
        gaps: list[str] = []
        try:
            for pattern in search.patterns():
                for equilibrium in self._of_pattern(game, agent, pattern, gaps):
                    found.append(equilibrium)
        except SearchLimit:
            gaps.append(f"the search stopped at its limit of {self.limit} partial patterns")
        found.sort(key=lambda e: (sum(len(row) for row in e.pattern), [tuple(-p for p in row) for row in e.behaviour]))
        status = "solved" if not gaps else "incomplete: " + "; ".join(dict.fromkeys(gaps))
        if not found and not gaps:
            status = "there is none"
        return Solution(game, self, tuple(found), status, complete=not gaps)

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
        free = _free_unknowns(agent, pattern, system, reduced)
        found = _solution_set(reduced, free)
        if found is None:
            return None
        if found == "unresolved":
            gaps.append("some mixed play leads to inequalities that are not linear and were not decided")
            return None
        point, spans, extremes = found
        behaviour, belief = _profile(agent, pattern, system, point)
        listed = tuple(_free(agent, v, *spans[v]) for v in sorted(spans))
        ends = tuple(dict.fromkeys(_profile(agent, pattern, system, at)[0] for at in extremes))
        made = Equilibrium(game, self.concept, behaviour, belief, listed, ends if len(ends) > 1 else ())
        return made if made.regret <= (0 if reduced.exact else TOLERANCE) else None


def _as_bounds(numbers: Any) -> tuple[list[Any], list[Any]]:
    payoffs, chances = numbers
    return (
        [[(float(x), float(x)) for x in row] for row in payoffs],
        [[(float(x), float(x)) for x in row] for row in chances],
    )


def _free_unknowns(agent: AgentForm, pattern: Pattern, system: System, reduced: Any) -> list[int]:
    """Return the unknowns of this pattern that the equations leave open."""
    unknown = linear.unknowns_of([*system.weak, *system.strict, *system.equations])
    solved = {v for v, _ in reduced.solved}
    return sorted(unknown - solved)


Point = dict[int, Any]
Spans = dict[int, tuple[Any, Any]]


def _solution_set(reduced: Any, free: Sequence[int]) -> tuple[Point, Spans, list[Point]] | str | None:
    """Return a point, the range of each unknown that varies, and the extreme points; None where empty."""
    ratios = any(not poly.is_constant(bottom) for _, (_, bottom) in reduced.solved)
    if ratios:
        return _checked_point(reduced) if not free else "unresolved"
    rows = [(p, False) for p in reduced.weak] + [(p, True) for p in reduced.strict]
    if not all(poly.is_linear(p) for p, _ in rows):
        return _by_trial(reduced, rows, free)
    return _polytope(reduced, rows, free)


def _polytope(reduced: Any, rows: Sequence[Any], free: Sequence[int]) -> tuple[Point, Spans, list[Point]] | None:
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
        extremes.append(linear.corners(some, unknowns))
    whole = elimination.back_substituted(reduced.solved, point)
    if whole is None:
        return None
    ends = [elimination.back_substituted(reduced.solved, {**point, **corner}) for some in extremes for corner in some]
    return whole, spans, [end for end in ends if end is not None]


def _by_trial(reduced: Any, rows: Sequence[Any], free: Sequence[int]) -> Any:
    """Decide products of unknowns: refute them by bounds, or fix some unknowns at values that make them linear."""
    if any(_refuted(p, strict=strict) for p, strict in rows):
        return None
    fixed: list[int] = []
    left = [p for p, _ in rows]
    while any(not poly.is_linear(p) for p in left):
        tangled = [v for p in left for monomial in p if len(monomial) > 1 for v in monomial]
        fixed.append(max(set(tangled), key=tangled.count))
        left = [poly.substitute(p, fixed[-1], poly.constant(Fraction(1, 2))) for p in left]
    found: list[tuple[Point, Spans, list[Point]]] = []
    for trial in itertools.islice(itertools.product(TRIALS, repeat=len(fixed)), MOST_TRIALS):
        at = dict(zip(fixed, trial, strict=True))
        some = rows
        for v, number in at.items():
            some = [(poly.substitute(p, v, poly.constant(number)), strict) for p, strict in some]
        state = elimination.Reduced([*reduced.solved, *((v, (poly.constant(x), {(): 1})) for v, x in at.items())])
        inside = _polytope(state, some, [v for v in free if v not in fixed])
        if inside is not None:
            found.append(inside)
    if not found:
        return "unresolved"
    tried = {v: [point[v] for point, _, _ in found] for v in fixed}
    point, spans, ends = found[len(found) // 2]
    return point, {**spans, **{v: (min(some), max(some)) for v, some in tried.items()}}, ends


def _refuted(p: Polynomial, *, strict: bool) -> bool:
    """Tell whether an inequality linear in each unknown fails over the whole unit box: at all its corners."""
    unknowns = sorted(poly.variables(p))
    if len(unknowns) > MOST_REFUTED or any(len(set(m)) < len(m) for m in p):
        return False
    corners = itertools.product((0, 1), repeat=len(unknowns))
    most = max(poly.value(p, dict(zip(unknowns, corner, strict=True))) for corner in corners)
    return bool(most <= 0 if strict else most < 0)


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
    what = form.actions_of[h][of] if kind == "p" else form.history(form.nodes_of[h][of])
    return Free(form.set_names[h], "probability" if kind == "p" else "belief", what, _short(low), _short(high))


def _short(value: Any) -> Any:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
