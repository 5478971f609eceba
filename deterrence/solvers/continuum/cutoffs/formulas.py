"""All classes of equilibria in cutoffs as formulas, with the condition under which each exists.

For each order of the cutoffs of last moves, and each pattern that signs leave possible, the conditions are solved over
the field of rational functions of the parameters: the same conditions as at a point. Patterns are all gone through, so
that the list is complete where every pattern's equations are solved and every condition is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.answers.continuum.classes import ContinuumClass
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.algebra import elimination
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.signs import TooMuchWorkError
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas, RefusedError
from deterrence.solvers.continuum.cutoffs.cases import Case, cases
from deterrence.solvers.continuum.cutoffs.class_writer import written_classes
from deterrence.solvers.continuum.cutoffs.conditions import Conditions
from deterrence.solvers.continuum.cutoffs.implicit import RootForm, exists_at, factors_of, last_unknown, root_forms
from deterrence.solvers.continuum.cutoffs.off_path import UndecidedError
from deterrence.solvers.continuum.cutoffs.patterns import Pattern, Patterns
from deterrence.solvers.continuum.cutoffs.payoffs import payoffs_of
from deterrence.solvers.continuum.cutoffs.reading import Reading
from deterrence.solvers.continuum.cutoffs.replies import systems
from deterrence.solvers.discovery.conditions import Conditions as When
from deterrence.solvers.discovery.conditions import conditions_of, decided, unshortened
from deterrence.solvers.supports.agent_form import System
from deterrence.solvers.supports.closed_form import ClosedForm, _Functions

CERTIFICATES = 200
OPEN = "whether some pattern of play occurs was not decided"
NOT_LINEAR = "in some pattern of play the equations are of a degree for which no formula is given"


@dataclass
class Form:
    """The formulas of a pattern, and when they hold: a closed form, or one in terms of a root."""

    conditions: Conditions
    closed: ClosedForm | None
    when: When | None
    root: RootForm | None = None


def classes_of(
    game: Game, names: Sequence[str], over: Callable[[], bool]
) -> tuple[tuple[ContinuumClass, ...], tuple[str, ...], tuple[Any, ...]]:
    """Return the classes of a game in the named parameters, what stayed open, and the boundaries.

    Raises
    ------
    MethodError
        If formulas are not given for the game; the sentence says why.
    """
    try:
        search = _Search(game, names, over)
        found = search.run()
    except RefusedError as refused:
        raise MethodError(f"No formulas for {game.name!r}: {refused.why}") from refused
    return written_classes(search.formulas, found), tuple(dict.fromkeys(search.open)), search.boundary_expressions()


class _Search:
    def __init__(self, game: Game, names: Sequence[str], over: Callable[[], bool]) -> None:
        self.game, self.over = game, over
        self.formulas = Formulas(game, names, _coefficients(game))
        self.open: list[str] = []
        self.doubtful = 0
        self.boundaries: dict[Any, None] = {}

    def run(self) -> list[Form]:
        """Return the closed forms that exist somewhere."""
        reading = Reading(self.game, self.formulas)
        found: list[Form] = []
        for case in cases(reading, self.formulas):
            patterns = Patterns(case.reading)
            for chosen in patterns.combinations():
                if self.over():
                    self.open.append("time was up before all patterns of play were gone through")
                    return found
                found += self._of_pattern(case, patterns, chosen)
        return found

    def boundary_expressions(self) -> tuple[Any, ...]:
        """Return the polynomials at whose zeros classes begin and end, as expressions."""
        return tuple(map(self.formulas.parametric.expression, self.boundaries))

    def _of_pattern(self, case: Case, patterns: Patterns, chosen: Sequence[Pattern | None]) -> Iterator[Form]:
        try:
            asked = list(systems(case.reading, patterns, chosen, self.formulas))
        except UndecidedError as undecided:
            self.open.append(f"beliefs off the path were not decided: {undecided}")
            return
        for conditions, system in asked:
            for value, strict in case.rows:
                (system.strict if strict else system.weak).append(poly.constant(value))
            yield from self._forms(conditions, system)

    def _forms(self, conditions: Conditions, system: System) -> Iterator[Form]:
        parametric = self.formulas.parametric
        lifted = parametric._lifted(system)
        arithmetic = _Functions()
        for reduced in elimination.reduce(lifted, arithmetic):
            form = parametric._form((), lifted, reduced, arithmetic)
            if form is not None:
                when = self._when(form)
                if when is not None:
                    yield Form(conditions, form, when)
                continue
            yield from self._by_root(conditions, lifted, reduced)

    def _by_root(self, conditions: Conditions, system: System, reduced: elimination.Reduced) -> Iterator[Form]:
        """Yield the forms where one equation in one unknown is left: by its factors."""
        u = last_unknown(system, reduced)
        if u is None:
            self.open.append(NOT_LINEAR)
            return
        for factor in factors_of(reduced.unresolved[0], u, self.formulas):
            if max(map(len, factor)) == 1:
                further = system.copy()
                further.equations.append(factor)
                yield from self._forms(conditions, further)
                continue
            for root in root_forms(conditions, system, reduced, u, factor, self.formulas):
                if exists_at(root, self.formulas).any():
                    yield Form(root.conditions, None, None, root)
                else:
                    self.doubtful += 1

    def _when(self, closed: ClosedForm) -> When | None:
        """Return when a form exists; None where it is proved that it does nowhere, or that is not decided."""
        domain = self.formulas.domain
        try:
            with domain.limited(CERTIFICATES, self.over):
                when = conditions_of(closed, domain)
        except TooMuchWorkError:
            when = unshortened(closed, domain)
        if when.empty:
            return None
        if when.witness is None:
            when = decided(when, domain)
        if when.empty:
            return None
        if when.witness is None:
            self.open.append(OPEN)
            return None
        for polynomial in when.atoms:
            self.boundaries[polynomial] = None
        return when


def _coefficients(game: Game) -> Iterator[Any]:
    """Yield every expression in parameters that the search computes with."""
    payoffs = payoffs_of(game)
    for rows in payoffs.terms.values():
        for row in rows:
            yield from (c for c, _ in row)
    for common in payoffs.common:
        yield from (c for c, _ in common)
    for row in game.form.probabilities:
        yield from row
    for variable in game.form.variables:
        yield from variable.in_sympy().written_in
