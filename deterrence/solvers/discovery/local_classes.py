"""The classes of a local game: what may be played from the root of a subgame down to the subgames in it, and where.

The subgames that stand as ends have worths that are rational functions of the parameters. All choices of supports are
looked at, or all that a proof leaves, so that no class is missed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.solvers.algebra import elimination, unit_box
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.signs import TooMuchWorkError
from deterrence.solvers.discovery.builder import ClassBuilder
from deterrence.solvers.discovery.cloud import OutOfTimeError, TooManySupportsError
from deterrence.solvers.discovery.conditions import plain_clauses
from deterrence.solvers.discovery.possible import PossiblePlays
from deterrence.solvers.discovery.regions import Region, region_of
from deterrence.solvers.supports.agent_form import AgentForm, Pattern
from deterrence.solvers.supports.closed_form import ClosedForm, Parametric
from deterrence.solvers.supports.family import family_of
from deterrence.solvers.supports.measured import outcome_polynomials
from deterrence.solvers.supports.search import SearchLimitError, supports_of
from deterrence.solvers.supports.subgames import Part, Worth

FEW_PATTERNS = 100
"""Of no more patterns each is derived; of more, those that bounds do not exclude by proof."""
MOST_PATTERNS = 2_000
"""And not of more than so many."""


@dataclass(eq=False)
class LocalForm:
    """A closed form of a local game, with the region in which its own conditions hold."""

    parametric: Parametric
    form: ClosedForm
    region: Region

    @cached_property
    def reached(self) -> dict[int, Polynomial]:
        """The probability of reaching each node that play reaches, as a polynomial in what is free."""
        agent, form, lift = self.parametric.agent, self.form, self.parametric.lift
        return outcome_polynomials(
            agent, form.pattern, lambda h, action: form.in_free(lift(agent.probability(form.pattern, h, action)))
        )

    def worth(self, payments: Mapping[int, Any]) -> Any:
        """Return what play expects of a payment at ends; None where it varies with what is free."""
        expected = poly.total(poly.scale(weight, payments[k]) for k, weight in self.reached.items() if k in payments)
        return expected.get((), self.parametric.field.zero) if poly.is_constant(expected) else None

    def verified(self, at: Mapping[str, Fraction]) -> bool:
        """Tell whether its play is optimal at parameter values, solved there in fractions."""
        agent, lifted = self.parametric.agent, self.parametric.lifted
        point = [Fraction(at[symbol.name]) for symbol in self.parametric.symbols]
        rows = [
            [tuple(_at(lifted(c), point) for c in row) for row in table] for table in (agent.payoffs, agent.chances)
        ]
        there = AgentForm(agent.form, *rows)
        return any(
            family_of(there, self.form.pattern, system, reduced, []) is not None
            for system in there.systems(self.form.pattern)
            for reduced in elimination.reduce(system, elimination.Fractions())
        )


def _at(c: Any, point: Sequence[Fraction]) -> Fraction:
    return unit_box.exact_value(c.numer, point) / unit_box.exact_value(c.denom, point)


@dataclass(slots=True)
class LocalClasses:
    """The closed forms of a local game, and the patterns about which something stayed open."""

    forms: list[LocalForm] = field(default_factory=list)
    open: list[Pattern] = field(default_factory=list)


class LocalSearch:
    """Finds the classes of local games, equal ones (up to names and units) once.

    ``builder`` holds the whole game's formulas, and is told at which polynomials' zeros these may not say all; ``over``
    tells whether time is up.
    """

    def __init__(self, builder: ClassBuilder, over: Callable[[], bool]) -> None:
        self.builder, self.parametric, self.domain, self.over = builder, builder.parametric, builder.domain, over
        self._known: dict[Any, LocalClasses] = {}

    def classes(self, part: Part, worths: Mapping[int, Worth]) -> LocalClasses:
        """Return the classes of a part, given what each end and subgame is worth, by node of the part.

        Raises
        ------
        SearchLimitError
            If there are many patterns and the proof that most occur nowhere does not end, or if time is up.
        """
        key, local = part.game(worths, self.parametric.agent.chances, in_own_units)
        if key not in self._known:
            lifted = self.parametric.lifted
            payoffs, chances = ([tuple(map(lifted, row)) for row in table] for table in local.numbers)
            self._known[key] = self._found(self.parametric.of_part(part.form, payoffs, chances))
        return self._known[key]

    def _found(self, parametric: Parametric) -> LocalClasses:
        found, agent = LocalClasses(), parametric.agent
        patterns = self._patterns(agent)
        for pattern in sorted(patterns):
            self._derive(parametric, pattern, found)
        if found.open:
            known = patterns - set(found.open)
            left = self._left(PossiblePlays(agent, self.domain, self.over), known)
            found.open = [pattern for pattern in found.open if left is None or pattern in left]
        return found

    def _derive(self, parametric: Parametric, pattern: Pattern, found: LocalClasses) -> None:
        """Add the closed forms of a pattern, and the pattern itself where something stays open about it."""
        if self.over():
            raise SearchLimitError
        forms, resolved = parametric.closed_forms(pattern)
        for polynomial in parametric.ties(pattern):
            self.builder.note(polynomial)
        for form in forms:
            try:
                region = region_of(plain_clauses(form, self.domain))
            except TooMuchWorkError:
                resolved = False
                continue
            if region is not None:
                self.builder.note_form(form)
                found.forms.append(LocalForm(parametric, form, region))
        found.open += [] if resolved else [pattern]

    def _patterns(self, agent: AgentForm) -> set[Pattern]:
        """Return the patterns that may occur: all, or those that bounds leave possible at points or anywhere."""
        supports = [supports_of(range(len(actions)), len(actions)) for actions in agent.form.actions_of]
        if math.prod(map(len, supports)) <= FEW_PATTERNS:
            return set(itertools.product(*supports))
        plays = PossiblePlays(agent, self.domain, self.over)
        try:
            seen = {pattern for pattern, _ in plays.at(self.domain.unit_samples)}
        except (OutOfTimeError, TooManySupportsError):
            raise SearchLimitError from None
        left = self._left(plays, seen)
        if left is None or len(seen) + len(left) > MOST_PATTERNS:
            raise SearchLimitError
        return seen | left

    def _left(self, plays: PossiblePlays, known: set[Pattern]) -> frozenset[Pattern] | None:
        """Return the patterns that a proof leaves beyond the known ones; None where it does not end in time."""
        left = plays.left(known, self.over)
        if left is None:
            return None
        for polynomial in left.apart_from:
            self.builder.note(polynomial)
        return left.patterns


def in_own_units(column: Sequence[Any]) -> list[Any]:
    """Return payoffs less the first that is known, without a common number: no choice depends on these."""
    start = next((x for x in column if x is not None), 0)
    gaps = [0 if x is None else x - start for x in column]
    tops = [getattr(gap, "numer", gap) for gap in gaps if gap]
    numbers = [c for top in tops for c in (top.coeffs() if hasattr(top, "coeffs") else [Fraction(top)])]
    if not numbers:
        return gaps
    common = math.lcm(*(c.denominator for c in numbers))
    scale = Fraction(common, math.gcd(*(int(c * common) for c in numbers)))
    return [gap * scale if gap else gap for gap in gaps]
