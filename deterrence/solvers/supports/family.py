"""The equilibria of one pattern of play: a set that the inequalities in the free unknowns bound, and ranges over it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from deterrence.answers.assessment import Free
from deterrence.answers.measure import Measure
from deterrence.games.expression import shortest
from deterrence.solvers.algebra import boxes, elimination
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.minimum import Point, Row
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.ranges import BoundedSet, Range
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.measured import measure_polynomial, outcome_polynomials

TOLERANCE = Fraction(1, 10**12)
"""How far an equilibrium with irrational probabilities, kept to 40 digits, may be from exact."""
Within = tuple[float, float]
UNIT, ANYWHERE = (0.0, 1.0), (float("-inf"), float("inf"))
MOST_ENDS = 256
"""Of more corners than this not all are kept as extreme profiles; ranges do not depend on them."""


@dataclass(eq=False)
class Family:
    """The equilibria of one pattern of supports and one way to solve its equations.

    Attributes
    ----------
    agent, pattern, system, reduced
        What the equilibria solve: the conditions of the pattern, and their equations solved.
    sets
        The sets of free unknowns that satisfy the inequalities: one, or one for each choice of denominators' signs.
    """

    agent: AgentForm
    pattern: Pattern
    system: System
    reduced: elimination.Reduced
    sets: tuple[BoundedSet, ...]
    listed: ClassVar[bool] = True
    """Whether its extreme profiles are those of the equilibrium that it belongs to."""
    _ranges: dict[Any, Range] = field(default_factory=dict)

    @property
    def point(self) -> Point:
        """A value of every unknown, off the bounds where possible."""
        return self.completed(self.sets[0].inner)

    def completed(self, free: Point) -> Point:
        """Return the values of all unknowns from those of the free ones."""
        values = elimination.back_substituted(self.reduced.solved, free)
        return {} if values is None else values

    def range_of(self, p: Polynomial, below: Polynomial | None = None, within: Within = UNIT) -> Range:
        """Return the least and greatest value of a polynomial in the unknowns, or of its ratio to another.

        ``within`` are bounds known of it, such as 0 and 1 of a probability.
        """
        key = tuple(sorted(p.items())), tuple(sorted((below or {}).items()))
        if key not in self._ranges:
            objective = self._ratio(p, below)
            ranges = [some.range_of(objective, within) for some in self.sets]
            joined = ranges[0]
            for item in ranges[1:]:
                joined = joined.joined(item)
            self._ranges[key] = joined
        return self._ranges[key]

    def _ratio(self, p: Polynomial, below: Polynomial | None) -> elimination.Ratio:
        """Return a polynomial, or its ratio to another, in the free unknowns."""
        top, bottom = self.reduced.in_free(p)
        if below is None:
            return top, bottom
        other_top, other_bottom = self.reduced.in_free(below)
        return poly.multiply(top, other_bottom), poly.multiply(bottom, other_top)

    def group_of(self, p: Polynomial, below: Polynomial) -> int:
        """Return the number of the group with which a ratio moves."""
        occurring = set().union(*map(poly.variables, self._ratio(p, below)))
        groups = self._groups(sorted(self._free))
        return min((groups[v] for v in occurring), default=0)

    def measured(self, measure: Measure) -> Range:
        """Return the least and greatest value of a probability or payoff."""
        within = UNIT if measure.kind == "probability" else ANYWHERE
        return self.range_of(measure_polynomial(self.agent, measure, self.pattern, self._reached), within=within)

    @property
    def _reached(self) -> dict[int, Polynomial]:
        return outcome_polynomials(self.agent, self.pattern)

    # -- what lies in it -------------------------------------------------------------------------------

    def all_corners(self) -> list[tuple[Any, Any]]:
        """Return the corners of a family whose conditions are linear, as profiles; nothing where not, or too many."""
        if not all(some.linear for some in self.sets) or self.reduced.has_ratios:
            return []
        points = [at for some in self.sets for at in some.all_corners(MOST_ENDS)]
        return [self.profile(self.completed(at)) for at in points]

    def closure_contains(self, behaviour: Any, belief: Any) -> bool:
        """Tell whether a profile of the same pattern is in the closure of the family, if its conditions are linear.

        The closure of a convex set with a point inside is where the inequalities hold weakly.
        """
        if not self.reduced.linear:
            return False
        form = self.agent.form
        at = {}
        for v in (*self._free, *(v for v, _ in self.reduced.solved)):
            kind, h, of = self.agent.names[v]
            if kind == "group":
                return False
            at[v] = behaviour[h][of] if kind == "p" else belief[h][of]
        system = self.system
        if any(poly.value(p, at) != 0 for p in system.equations) or any(
            poly.value(p, at) < 0 for p in (*system.weak, *system.strict)
        ):
            return False
        return all(_agrees(system.weights[h], at, belief[h]) for h in range(len(form.nodes_of)))

    def profile(self, at: Point) -> tuple[Any, Any]:
        """Return behaviour and beliefs where every unknown has a value."""
        form = self.agent.form
        behaviour = tuple(
            tuple(shortest(poly.value(self.agent.probability(self.pattern, h, a), at)) for a in range(len(actions)))
            for h, actions in enumerate(form.actions_of)
        )
        beliefs = []
        for h in range(len(form.nodes_of)):
            weights = [Fraction(poly.value(weight, at)) for weight in self.system.weights[h]]
            total = sum(weights)
            beliefs.append(tuple(shortest(w / total) for w in weights) if total else tuple(weights))
        return behaviour, tuple(beliefs)

    # -- what varies -----------------------------------------------------------------------------------

    def varying(self) -> list[tuple[int, Range]]:
        """Return the probabilities and beliefs that vary, free or following from free ones, with their ranges."""
        unknowns = self._free | {v for v, _ in self.reduced.solved}
        ranges = [(v, self.range_of(poly.variable(v))) for v in sorted(unknowns, key=self._place)]
        return [(v, item) for v, item in ranges if item.low < item.high]

    def _place(self, v: int) -> tuple[int, str, int]:
        """Return where an unknown is listed: by information set, whichever was met first in the search."""
        kind, h, of = self.agent.names[v]
        return h, kind, of

    @property
    def _free(self) -> set[int]:
        return {v for some in self.sets for v in some.unknowns}

    def free_list(self, varying: Sequence[tuple[int, Range]]) -> tuple[Free, ...]:
        """Return what varies, by name in the game; what moves together carries the same group."""
        groups = self._groups([v for v, _ in varying])
        items = [free_range(self.agent, v, item.low, item.high, groups[v]) for v, item in varying]
        return tuple(items)

    def _groups(self, unknowns: Sequence[int]) -> dict[int, int]:
        """Return a number for each unknown, the same where they depend on free unknowns of one group."""
        parts: list[set[int]] = [set(group) for group, _ in self.sets[0].groups]
        for v in unknowns:
            top, bottom = self.reduced.in_free(poly.variable(v))
            depends = poly.variables(top) | poly.variables(bottom) | {v}
            joined = depends.union(*(part for part in parts if part & depends))
            parts = [*(part for part in parts if not part & depends), joined]
        return {v: next(k for k, part in enumerate(parts) if v in part) for v in unknowns}

    def ends(self, varying: Sequence[tuple[int, Range]]) -> Iterator[Point]:
        """Yield extreme points: corners of what varies on the path, and where outcomes are least or most likely."""
        plays = self.agent.played(self.pattern, range(len(self.agent.names)))
        moving = {v for v, _ in varying} & plays
        if not moving:
            return
        if not all(some.linear for some in self.sets):
            yield from self._ends_of(varying)
            return
        for some in self.sets:
            yield from self._corners(some, moving)

    def _corners(self, some: BoundedSet, moving: set[int]) -> Iterator[Point]:
        depend = set().union(
            *map(poly.variables, itertools.chain(*(self.reduced.in_free(poly.variable(v)) for v in moving)))
        )
        used = [k for k, (group, _) in enumerate(some.groups) if depend & set(group)]
        for choice in itertools.islice(itertools.product(*(some.corners(k) for k in used)), MOST_ENDS):
            at = dict(some.inner)
            for corner in choice:
                at |= corner
            yield self.completed(at)

    def _ends_of(self, varying: Sequence[tuple[int, Range]]) -> Iterator[Point]:
        form = self.agent.form
        reached = self._reached
        names = dict.fromkeys(name for name in form.outcome if name is not None)
        measures = [Measure(name, "probability", name) for name in names]
        ranges = [item for _, item in varying]
        ranges += [
            self.range_of(measure_polynomial(self.agent, measure, self.pattern, reached)) for measure in measures
        ]
        for item in ranges:
            for at in (item.low_at, item.high_at):
                yield self.completed(at)


def _agrees(weights: Sequence[Polynomial], at: Point, belief: Sequence[Any]) -> bool:
    """Tell whether a belief is what weights say at a point.

    Where play stops reaching the set, at a corner, weights and belief are both zero: nearer the middle they are those
    of Bayes' rule in all families of the pattern.
    """
    values = [Fraction(poly.value(weight, at)) for weight in weights]
    total = sum(values)
    if total == 0:
        return not any(values) and not any(belief)
    return all(value / total == p for value, p in zip(values, belief, strict=True))


def free_range(agent: AgentForm, v: int, low: Any, high: Any, group: int = 0) -> Free:
    """Return an unknown's range with its name in the game."""
    kind, h, of = agent.names[v]
    form = agent.form
    if kind == "p":
        return Free(form.set_names[h], "probability", form.actions_of[h][of], shortest(low), shortest(high), group)
    members = agent.members[h, of] if kind == "group" else (of,)
    what = " or ".join(form.history(form.nodes_of[h][k]) for k in members)
    return Free(form.set_names[h], "belief", what, shortest(low), shortest(high), group)


def family_of(
    agent: AgentForm, pattern: Pattern, system: System, reduced: elimination.Reduced, gaps: list[str]
) -> Family | None:
    """Return the equilibria of a pattern for one way to solve its equations, or None where there are none.

    What is not decided is added to the gaps.
    """
    if reduced.unresolved:
        gaps.append("some mixed play leads to equations that are not linear and were not solved")
        return None
    sets = _sets(reduced, reduced.free(system), gaps)
    return Family(agent, pattern, system, reduced, sets) if sets else None


def _sets(reduced: elimination.Reduced, free: Sequence[int], gaps: list[str]) -> tuple[BoundedSet, ...]:
    """Return the sets of free unknowns that satisfy the inequalities, each with a point of it."""
    if not free:
        return (BoundedSet([], [], {}),) if _holds_at_point(reduced) else ()
    if reduced.has_ratios and reduced.exact and reduced.is_empty:  # before the signs of all denominators are told apart
        return ()
    found, undecided = [], False
    for case in boxes.without_ratios(reduced.rows, reduced.solved) if reduced.has_ratios else [reduced.rows]:
        rows = _simplified([row for row in case if not _holds_nearly(row, reduced)])
        verdict, point = boxes.decide(rows, free)
        undecided = undecided or verdict is None
        if verdict:
            found.append(BoundedSet([row for row in rows if poly.variables(row[0])], free, point))
    if undecided:
        gaps.append("some mixed play leads to inequalities that are not linear and were not decided")
    return tuple(found)


def _simplified(rows: Sequence[Row]) -> list[Row]:
    """Return rows without factors that other rows hold positive, each once, and without those that always hold."""
    inner = elimination.inner_unknowns(p for p, strict in rows if strict)
    stripped = [(p if _bounds_one(p) else poly.without_inner_factors(p, inner), strict) for p, strict in rows]
    different = {(tuple(sorted(p.items())), strict): (p, strict) for p, strict in stripped}.values()
    return [row for row in different if not _always_holds(row, inner)]


def _bounds_one(p: Polynomial) -> bool:
    """Tell whether a row bounds one unknown: such rows say which probabilities are inside the box, and stay."""
    return len(poly.variables(p)) == 1 and poly.is_linear(p)


def _always_holds(row: Row, inner: frozenset[int]) -> bool:
    """Tell whether an inequality holds all over the box: linear in each unknown, it is least at a corner."""
    p, strict = row
    signs = None if poly.is_constant(p) or _bounds_one(p) else poly.corner_range(p)
    if signs is None or signs[0] < 0:
        return False
    # Inside the box the value is a mean of those at all corners: where one is above zero, so is the mean.
    return not strict or signs[0] > 0 or (signs[1] > 0 and poly.variables(p) <= inner)


def _holds_nearly(row: Row, reduced: elimination.Reduced) -> bool:
    """Tell whether a row without unknowns holds up to what the rounding of an irrational root may hide."""
    p, strict = row
    return not reduced.exact and not strict and poly.is_constant(p) and p.get((), 0) >= -TOLERANCE


def _holds_at_point(reduced: elimination.Reduced) -> bool:
    """Tell whether the inequalities hold at the one point that the equations determine."""
    values = elimination.back_substituted(reduced.solved, {})
    if values is None:
        return False
    slack = 0 if reduced.exact else TOLERANCE
    fits = all(poly.value(poly.scaled(p), values) >= -slack for p in reduced.weak)
    return fits and all(poly.value(p, values) > 0 for p in reduced.strict)
