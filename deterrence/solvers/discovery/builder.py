"""From a pattern of play to its classes of equilibria: formulas, the condition under which they hold, and a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.answers.classes import EquilibriumClass
from deterrence.errors import ParameterError
from deterrence.games.game import Game
from deterrence.solvers.algebra.signs import Domain, TooMuchWorkError
from deterrence.solvers.discovery.conditions import Conditions, conditions_of, decided, unshortened
from deterrence.solvers.discovery.written import ClassWriter
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.supports.agent_form import Pattern
from deterrence.solvers.supports.closed_form import ClosedForm, Parametric

NOWHERE = "no information set"
FIRST, AGAIN = 60, 2000
"""So many certificates may be tried to shorten a condition: when a class is found, and when time is left at the end."""


class ClassBuilder:
    """The classes of equilibria of one game, as they are derived pattern by pattern.

    Attributes
    ----------
    derived
        The patterns whose formulas are known.
    found
        Closed forms that are equilibria, with the condition of each.
    put_off
        Closed forms that hold at no sample, about which :meth:`decide` decides.
    open_patterns
        Patterns about which something stayed open.
    unresolved
        What was not decided, in words.
    boundaries
        The polynomials at whose zeros formulas may not say all.
    """

    def __init__(self, game: Game, concept: str, names: tuple[str, ...], over: Callable[[], bool]) -> None:
        self.game, self.over = game, over
        self.parametric = Parametric.of(game, names)
        self.agent = self.parametric.agent
        self.domain = Domain(game, self.parametric)
        self.writer = ClassWriter(game, concept, self.domain)
        self.found: list[tuple[ClosedForm, Conditions]] = []
        self.put_off: list[ClosedForm] = []
        self.derived: set[Pattern] = set()
        self.open_patterns: set[Pattern] = set()
        self.unresolved: list[str] = []
        self.boundaries: dict[Any, None] = {}

    def derive(self, pattern: Pattern) -> None:
        """Find the classes of a pattern, once; forms that hold at no sample are put off."""
        if pattern in self.derived:
            return
        forms, resolved = self.parametric.closed_forms(pattern)
        for polynomial in self.parametric.ties(pattern):
            self.note(polynomial)
        if not resolved:
            self._leave_open(pattern, f"mixed play at {self._mixing(pattern)} leads to equations that are not linear")
        self.derived.add(pattern)
        for form in forms:
            if not self._holds_at_a_sample(form):
                self.put_off.append(form)
            elif (conditions := self._conditions(form)) is not None:
                self.found.append((form, conditions))

    def _holds_at_a_sample(self, form: ClosedForm) -> bool:
        try:
            return unshortened(form, self.domain).witness is not None
        except TooMuchWorkError:
            return True

    def decide(self, *, thoroughly: bool) -> None:
        """Decide about the forms that were put off: by proof that they hold nowhere, or by a point where they do.

        If not thoroughly, what is left open is only noted.
        """
        put_off, self.put_off = self.put_off, []
        for form in put_off:
            if not thoroughly or self.over():
                self._leave_open(form.pattern, f"whether {self._play(form.pattern)} occurs was not decided")
            elif (conditions := self._conditions(form)) is not None:
                self.found.append((form, conditions))

    def _leave_open(self, pattern: Pattern, why: str) -> None:
        self.open_patterns.add(pattern)
        self.unresolved.append(why)

    def _conditions(self, form: ClosedForm) -> Conditions | None:
        """Return when a form exists, checked at a point where it does; None where there is none, or none is proved."""
        try:
            with self.domain.limited(FIRST, self.over):
                conditions = conditions_of(form, self.domain)
        except TooMuchWorkError:
            conditions = self._unshortened(form)
            if conditions.witness is None and not conditions.empty and not self.over():
                conditions = decided(conditions, self.domain)
        self._note_conditions(form, conditions)
        if conditions.empty:
            return None
        if not self._verified(form, conditions):
            self._leave_open(form.pattern, f"whether {self._play(form.pattern)} occurs was not decided")
            return None
        return conditions

    def _unshortened(self, form: ClosedForm) -> Conditions:
        try:
            return unshortened(form, self.domain)
        except TooMuchWorkError:
            return Conditions([[()]], None, whole=False)

    def shorten(self) -> None:
        """Shorten the conditions that were left as they were derived, while there is time."""
        for k, (form, conditions) in enumerate(self.found):
            if conditions.whole or self.over():
                continue
            if (shortened := self.shortened(form)) is not None:
                self._note_conditions(form, shortened)
                self.found[k] = form, shortened

    def shortened(self, form: ClosedForm) -> Conditions | None:
        """Return when a form exists, shortened; None where that takes too long."""
        try:
            with self.domain.limited(AGAIN, self.over):
                conditions = conditions_of(form, self.domain)
        except TooMuchWorkError:
            return None
        return None if conditions.empty or conditions.witness is None else conditions

    def classes(self) -> tuple[EquilibriumClass, ...]:
        """Return the classes in order: those with fewer mixtures first."""
        ordered = sorted(self.found, key=lambda pair: (sum(map(len, pair[0].pattern)), pair[0].pattern))
        return tuple(self.writer.written(form, conditions) for form, conditions in ordered)

    def classes_of(self, pattern: Pattern) -> tuple[EquilibriumClass, ...]:
        """Return the classes of one pattern, whose conditions are left as they are derived."""
        forms, _ = self.parametric.closed_forms(pattern)
        conditions = [(form, self._unshortened(form)) for form in forms]
        return tuple(self.writer.written(form, when) for form, when in conditions if not when.empty)

    # -- what is noted -------------------------------------------------------------------------------

    def note(self, polynomial: Any) -> None:
        """Keep a polynomial at whose zeros formulas may not say all."""
        if not polynomial.is_ground and polynomial not in self.boundaries:
            self.boundaries[polynomial] = None
            if self.parametric.atoms and self._may_tie_widely(polynomial):
                self.unresolved.append(
                    "payoffs with parts that are no ratios of polynomials (such as Max or log) may tie over a whole "
                    "region, where .at(…) solves afresh"
                )

    def _may_tie_widely(self, polynomial: Any) -> bool:
        """Tell whether a difference may be zero over a region: functions may be equal where no formula shows it."""
        parts = set(range(len(self.parametric.symbols), len(polynomial.ring.symbols)))
        return bool(parts & polynomial.used) and bool((self.domain.sample_signs(polynomial) == 0).any())

    def note_form(self, form: ClosedForm) -> None:
        """Keep the polynomials at whose zeros a closed form begins, ends or does not apply."""
        elements = [c for c, _ in form.conditions]
        for group in form.groups:
            elements += [c for corner in group.corners for c, _ in corner.conditions]
        for c in elements:
            if hasattr(c, "numer"):
                self.note(c.numer)
                self.note(c.denom)
        for polynomial in form.special:
            self.note(polynomial)

    def _note_conditions(self, form: ClosedForm, conditions: Conditions) -> None:
        self.note_form(form)
        for polynomial in conditions.atoms:
            self.note(polynomial)

    def _mixing(self, pattern: Pattern) -> str:
        names = [repr(n) for n, support in zip(self.game.form.set_names, pattern, strict=True) if len(support) > 1]
        return " and ".join(names) or NOWHERE

    def _play(self, pattern: Pattern) -> str:
        mixing = self._mixing(pattern)
        return "some pure play" if mixing == NOWHERE else f"mixed play at {mixing}"

    def _verified(self, form: ClosedForm, conditions: Conditions) -> bool:
        """Tell whether the pattern has an equilibrium at the witness: solved there exactly, with its regret checked."""
        if conditions.witness is None:
            return False
        try:
            game = self.game.at(conditions.witness)
        except ParameterError:
            return False
        return any(True for _ in PerfectBayesian().equilibria_of(game, form.pattern))
