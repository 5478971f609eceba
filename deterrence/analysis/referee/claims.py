"""The kinds of claims that the referee knows, each with how it is refuted and how it is tried at a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.analysis.referee.checked_profile import CheckedProfile
from deterrence.analysis.referee.ground import Case, Ground, NotRationalError, Row, UndecidedError, joined, negated
from deterrence.analysis.referee.profile import profile
from deterrence.analysis.referee.strategies import Row as Strategies
from deterrence.analysis.referee.strategies import value_of
from deterrence.analysis.referee.verification import Counterexample
from deterrence.analysis.referee.violations import MOST_ALTERNATIVES, PlayConditions
from deterrence.answers.assessment import Free
from deterrence.answers.classes import Characterization
from deterrence.answers.measure import Measure
from deterrence.answers.proposition import RELATIONS, Proposition
from deterrence.errors import ParameterError
from deterrence.games.expression import compile_exact, is_symbolic, show_value, to_sympy
from deterrence.games.game import Game

BAYESIAN = "perfect Bayesian equilibrium"


ALL_THE_SAME = "the condition fails, and the profile is an equilibrium all the same"
ROUNDED = 1000
"""Sides that differ by no more than so many times an equilibrium's error are not told apart."""
LONG = 60
"""A formula of more characters is not written out in a claim."""


def _chance(p: Any) -> str:
    text = show_value(p)
    return f"probability {text}" if len(text) <= LONG else "the probability given"


@dataclass(frozen=True)
class ProfileClaim:
    """The claim that a profile is an equilibrium; where a condition holds, or exactly there."""

    game: Game
    behaviour: tuple[Strategies, ...]
    given: tuple[Strategies | None, ...]
    method: Any
    name: str = ""
    free: tuple[Free, ...] = ()

    def __str__(self) -> str:
        return f"{self.name or self._play} is a {self.method.concept}"

    @property
    def _play(self) -> str:
        form = self.game.form
        parts = []
        for name, actions, row in zip(form.set_names, form.actions_of, self.behaviour, strict=True):
            played = [(a, p) for a, p in zip(actions, row, strict=True) if p != 0]
            words = [a if p == 1 else f"{a} with {_chance(p)}" for a, p in played]
            parts.append(f"{name}: {', '.join(words)}")
        return "; ".join(parts)

    @property
    def unproved(self) -> str:
        """Why nothing is proved of the concept; empty where it is."""
        form, concept = self.game.form, self.method.concept
        if any(row is not None for row in self.given):
            return "beliefs that are given are judged at points alone"
        same = concept == BAYESIAN or form.simultaneous or (form.perfect_information and "subgame perfect" in concept)
        return "" if same else f"a {concept} of a tree is judged at points alone"

    def conditions(self, ground: Ground) -> PlayConditions:
        """Return what makes the profile an equilibrium, over a ground."""
        return PlayConditions(ground, self.behaviour)

    def at(self, game: Game, free: Mapping[str, Any]) -> CheckedProfile:
        """Return the profile, checked at a game's values; what is free has the value given, or one in the middle."""
        import sympy as sp

        put = {}
        for item in self.free:
            middle = (sp.sympify(item.low) + sp.sympify(item.high)) / 2
            put[item.symbol] = to_sympy(free[str(item.symbol)]) if str(item.symbol) in free else middle
        behaviour = [tuple(p.xreplace(put) if is_symbolic(p) else p for p in row) for row in self.behaviour]
        written = (
            {name: dict(zip(actions, row, strict=True)) for name, actions, row in self._named(behaviour)},
            {
                name: dict(zip(actions, row, strict=True))
                for name, actions, row in self._named(self.given, histories=True)
                if row is not None
            },
        )
        return profile(game, written[0], written[1] or None, method=self.method)

    def _named(self, rows: Iterable[Any], *, histories: bool = False) -> Iterable[tuple[str, Sequence[str], Any]]:
        form = self.game.form
        names = [[form.history(n) for n in nodes] for nodes in form.nodes_of] if histories else form.actions_of
        return zip(form.set_names, names, rows, strict=True)

    def wrong_at(
        self, game: Game, changed: Mapping[str, Any], free: Mapping[str, Any], *, converse: bool = False
    ) -> Counterexample | None:
        """Return what is wrong with the claim at a game's values, or None; the converse is that it is none."""
        try:
            checked = self.at(game, free)
        except ParameterError as error:
            return None if converse else Counterexample(changed, str(error))
        if checked.is_equilibrium is None:
            raise UndecidedError
        if checked.is_equilibrium is not converse:
            return None
        words = " ".join(map(str, checked.breaks))
        return Counterexample(changed, ALL_THE_SAME if converse else words, checked)


@dataclass(frozen=True)
class PropositionClaim:
    """The claim that a proposition is true in every equilibrium, or in some, wherever a condition holds."""

    game: Game
    proposition: Proposition
    method: Any
    some: bool = False

    def __str__(self) -> str:
        return f"{self.proposition} in {'some' if self.some else 'every'} {self.method.concept}"

    @cached_property
    def right(self) -> Any:
        """The right side: a measure, a number or an expression."""
        other = self.proposition.right
        return other if isinstance(other, Measure) else value_of(self.game, other, "right side of the proposition")

    def _sides(self, equilibrium: Any) -> tuple[Any, Any]:
        right = self.right(equilibrium) if isinstance(self.right, Measure) else self.right
        return self.proposition.left(equilibrium), right

    def violations(self, ground: Ground, characterization: Characterization) -> list[Case]:
        """Return when the proposition fails in a class that exists; for *some*, when it fails in all that do."""
        ways = [self._of_class(ground, kind) for kind in characterization.classes]
        if not self.some:
            return [(*exists, *fails) for existence, failing in ways for exists in existence for fails in failing]
        alternatives = []
        for kind, (existence, failing) in zip(characterization.classes, ways, strict=True):
            if kind.free_conditions or kind.free_list:
                raise NotRationalError
            absent = list(joined(*(self._negations(exists) for exists in existence)))
            alternatives.append([*absent, *failing])
        total = 1
        for each in alternatives:
            total *= max(1, len(each))
        if total > MOST_ALTERNATIVES:
            raise NotRationalError
        return list(joined(*alternatives))

    @staticmethod
    def _negations(case: Case) -> list[Case]:
        return [other for row in case for other in negated(row)]

    def _of_class(self, ground: Ground, kind: Any) -> tuple[list[Case], list[Case]]:
        """Return when a class exists, and when the proposition fails in it."""
        left, right = self._sides(kind)
        gap = ground.element(left) - ground.element(right)
        sign = self.proposition.relation
        row = Row({(): gap} if gap else {}, {"<=": ">=", "<": ">", "==": "="}.get(sign, sign))
        if sign in ("<=", "<"):
            row = Row({(): -gap} if gap else {}, row.relation)
        free = [r for condition in kind.free_conditions for case in ground.cases(condition) for r in case]
        failing = [(*free, *case) for case in negated(row)]
        return ground.cases(kind.when), failing

    def wrong_at(self, game: Game, changed: Mapping[str, Any], free: Mapping[str, Any]) -> Counterexample | None:  # noqa: ARG002
        """Return what is wrong with the claim at a game's values, or None."""
        solution = self.method.solve(game)
        good = [self._true_in(game, equilibrium) for equilibrium in solution.representatives]
        settled = any(good) if self.some else not all(good)  # by one equilibrium; else all of them must be there
        if not good or not (settled or solution.complete):
            raise UndecidedError
        if settled is self.some:
            return None
        bad = solution.representatives[good.index(False)]
        left, right = self._values(game, bad)
        what = f"{self.proposition.left.name} is {left}"
        what += f" and {self.right.name} {right}" if isinstance(self.right, Measure) else f", against {right}"
        which = "in every equilibrium" if self.some and len(good) > 1 else f"in the equilibrium {bad.name!r}"
        return Counterexample(changed, f"{which} {what}", solution=solution)

    def _true_in(self, game: Game, equilibrium: Any) -> bool:
        holds = RELATIONS[self.proposition.relation]
        pairs = self._pairs(game, equilibrium)
        near = ROUNDED * getattr(equilibrium, "error", 0)
        if near and any(abs(a - b) <= near * (1 + abs(b)) for a, b in pairs):
            raise UndecidedError
        if not self.some:
            return all(holds(a, b) for a, b in pairs)
        if self.proposition.relation == "==" and not isinstance(self.right, Measure):  # what is free takes all between
            return min(a for a, _ in pairs) <= pairs[0][1] <= max(a for a, _ in pairs)
        return any(holds(a, b) for a, b in pairs)

    def _pairs(self, game: Game, equilibrium: Any) -> list[tuple[Any, Any]]:
        """Return both sides at the ends of what is free in an equilibrium."""
        if isinstance(self.right, Measure):  # both move together
            return [self._sides(each) for each in (equilibrium, *getattr(equilibrium, "extremes", ()))]
        return [(end, self._number(game)) for end in self.proposition.left.ends(equilibrium)]

    def _number(self, game: Game) -> Any:
        return compile_exact(self.right)(game.values) if is_symbolic(self.right) else self.right

    def _values(self, game: Game, equilibrium: Any) -> tuple[str, str]:
        pairs = self._pairs(game, equilibrium)
        words = [" to ".join(dict.fromkeys(show_value(pair[k]) for pair in pairs)) for k in (0, 1)]
        return words[0], words[1]
