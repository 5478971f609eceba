"""The equilibria of a game with a choice before finite replies, as formulas in the parameters.

The same engine runs with the parameters as letters. A choice has a few candidates: stationary points, the places where
a reply changes, and its two ends. Each is a class of equilibria; it is there where its formula is possible, and where
every other candidate is impossible or worth no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import sympy as sp

from deterrence.games.game import Game
from deterrence.solvers.continuum.backward.conditions import Conditions, Where
from deterrence.solvers.continuum.backward.engine import Above, Engine
from deterrence.solvers.continuum.backward.reading import (
    Choosing,
    Drawing,
    Moving,
    NotTaken,
    Ratio,
    Reading,
    Step,
    UniformOf,
    put,
    used,
)
from deterrence.solvers.continuum.backward.replies import kept
from deterrence.solvers.continuum.backward.schedules import Candidate, candidates, told
from deterrence.solvers.continuum.backward.telling import pieces_of
from deterrence.solvers.continuum.backward.values import Case, Continuation, expected, plain

MOST_CLASSES = 60
"""So many combinations of candidates are gone through at most."""


@dataclass(frozen=True)
class FormulaClass:
    """One class of equilibria as formulas in the parameters.

    Attributes
    ----------
    name
        What is chosen, in a few words, such as ``demand = l + p``.
    choices
        Name of a chosen number -> its formula.
    moves
        Information set above the choice -> the action taken.
    replies
        Information set below the choice -> pairs of conditions, each to be at least zero, and pieces of the type:
        (low, high, action) with formulas as ends.
    payoffs, outcomes
        Player -> expected payoff; outcome -> probability.
    together, alternatives
        Polynomials that must not be negative; rows of which at least one must not be.
    when
        The same as a condition of SymPy.
    """

    name: str
    choices: Mapping[str, Any]
    moves: Mapping[str, str]
    replies: Mapping[str, Any]
    payoffs: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    together: tuple[Any, ...]
    alternatives: tuple[tuple[Any, ...], ...]
    when: Any


@dataclass(frozen=True)
class _Class:
    """A class while it is made: what it comes to for each player and outcome, and when."""

    case: Case
    worths: tuple[Ratio, ...]
    where: Where
    rules: Mapping[int, Any]
    choices: Mapping[str, Ratio] = field(default_factory=dict)
    moves: Mapping[int, int] = field(default_factory=dict)


def formulas_of(game: Game) -> tuple[FormulaClass, ...]:
    """Return the classes of equilibria of a game with one choice before finite replies.

    Raises
    ------
    NotTaken
        If the game is not of that kind; the sentence says why.
    """
    reading = Reading(game, with_parameters=True)
    search = _Formulas(reading)
    return tuple(search.told(each) for each in search.classes(reading.root, Above({})))


class _Formulas:
    """The search for classes, from the choice up."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.engine = reading, Engine(reading)
        widths = [_width(reading, v.law) for v in reading.form.variables if v.law is not None]
        self.conditions = Conditions(reading, [w for w in widths if w.used])
        self._locals: dict[Any, tuple[Ratio, ...]] = {}

    def classes(self, step: Step, above: Above) -> list[_Class]:
        """Return the classes of what is below a step."""
        if isinstance(step, Drawing):
            self.engine.laws[step.letter] = step.law
            known = {**above.known_to, step.letter: step.known_to}
            return self.classes(step.below, Above(known, above.revealed))
        if isinstance(step, Choosing):
            return list(self._of_choice(step, above))
        if isinstance(step, Moving):
            return list(self._of_move(step, above))
        raise NotTaken("Formulas are found where a player moves or chooses first, after what nature draws.")

    # -- a choice --------------------------------------------------------------------------------------------

    def _of_choice(self, step: Choosing, above: Above) -> Iterator[_Class]:
        (below,) = self.engine.below(step.below, above.after(step.player)) or (None,)
        if below is None or below.gaps:
            raise NotTaken(f"After {step.name!r} somebody is indifferent whatever the parameters.")
        own = above.own(step.player)
        worths = [self._worth(case, step.player, own) for case in below.cases]
        found = candidates(step, [(c.conditions, w) for c, w in zip(below.cases, worths, strict=True)])
        letters = set(range(len(self.reading.variables)))
        if any(used(r) & letters for c in found for r in (c.formula, c.worth)):
            raise NotTaken(f"The best {step.name!r} depends on a number above it; formulas do not go through that.")
        rows = [(c.conditions, w) for c, w in zip(below.cases, worths, strict=True)]
        found = [c for c in found if not self._is_point(step, c, rows)]
        groups: dict[Ratio, list[Candidate]] = {}
        for each in found:
            groups.setdefault(each.formula, []).append(each)
        self._locals.clear()
        told_already = set()
        for formula, group in groups.items():
            others = [c for c in found if c.formula != formula]
            for first, where in self._of_group(step, group, others, rows):
                case = below.cases[first.case].put(step.letter, formula)
                worth = self._worths(case)
                if (worth, where) not in told_already:
                    told_already.add((worth, where))
                    yield _Class(case, worth, where, below.rules, {step.name: formula})

    def _of_group(
        self, step: Choosing, group: Sequence[Candidate], others: Sequence[Candidate], cases: Sequence[Any]
    ) -> Iterator[tuple[Candidate, Where]]:
        """Yield when a formula is possible, locally best in its cases, and worth no less than every other candidate."""
        for first in group:
            together = [self.conditions.atom(c) for c in (*first.conditions, *self._local(step, first, cases))]
            alternatives = []
            for rival in others:
                theirs = (*rival.conditions, *self._local(step, rival, cases))
                if self._settled(step, first, rival, cases, others, together):
                    continue
                if self.conditions.room([*together, *map(self.conditions.atom, theirs)]):
                    gap = self.conditions.atom(first.worth - rival.worth)
                    alternatives.append((*map(self._no, theirs), gap))
            for other in group:
                if other is not first:
                    for local in self._local(step, other, cases):
                        alternatives.append((*(self._no(c) for c in other.conditions), self.conditions.atom(local)))
            where = self.conditions.where(together, alternatives)
            if where is not None:
                yield first, where

    def _settled(
        self,
        step: Choosing,
        first: Candidate,
        rival: Candidate,
        cases: Sequence[Any],
        others: Sequence[Candidate],
        together: Sequence[Any],
    ) -> bool:
        """Return whether a rival lies in the case of a candidate that is best all over it, since worth is concave."""
        bend = cases[first.case][1].diff(step.letter).diff(step.letter)
        if bend and self.conditions.atom(-bend) is not True:
            return False
        twins = [c for c in others if c.formula == rival.formula and c.case == first.case]
        return bool(twins) and all(self.conditions.follows(self.conditions.atom(c), together) for c in twins[0].conditions)

    def _no(self, ratio: Ratio) -> Any:
        return self.conditions.atom(-ratio) if ratio else False

    def _is_point(self, step: Choosing, each: Candidate, cases: Sequence[Any]) -> bool:
        """Return whether the case of a candidate is that one number: two of its ends meet there."""
        x = step.low.field.gens[step.letter]
        bounds = [b for b in (*cases[each.case][0], x - step.low, step.high - x) if not put(b, step.letter, each.formula)]
        slopes = [put(b.diff(step.letter), step.letter, each.formula) for b in bounds]
        return any(a * b and self.conditions.atom(-(a * b)) is True for a, b in combinations(slopes, 2))

    def _local(self, step: Choosing, each: Candidate, cases: Sequence[Any]) -> tuple[Ratio, ...]:
        """Return what must not be negative for a candidate to be locally best in its case.

        At an end of the case the slope points outwards; at a stationary point it falls.
        """
        key = (each.formula, each.case)
        if key not in self._locals:
            conditions, value = cases[each.case]
            x = step.low.field.gens[step.letter]
            slope = value.diff(step.letter)
            found = []
            for bound in (*conditions, x - step.low, step.high - x):
                if not put(bound, step.letter, each.formula):
                    found.append(-put(bound.diff(step.letter) * slope, step.letter, each.formula))
            self._locals[key] = tuple(found or [-put(slope.diff(step.letter), step.letter, each.formula)])
        return self._locals[key]

    # -- a move above it -----------------------------------------------------------------------------------------

    def _of_move(self, step: Moving, above: Above) -> Iterator[_Class]:
        after = above.after(step.player)
        rows = [self._branch(each, after) for each in step.below]
        ways = list(product(*rows))
        if len(ways) > MOST_CLASSES:
            raise NotTaken("There are too many combinations of classes below a move.")
        for way in ways:
            worths = [self._own_worth(each.case, step, above) for each in way]
            for a, best in enumerate(way):
                better = [self.conditions.atom(worths[a] - other) for other in worths]
                where = self.conditions.where(
                    [*(c for each in way for c in each.where.together), *better],
                    [row for each in way for row in each.where.alternatives],
                )
                if where is not None:
                    rules = {h: rule for each in way for h, rule in each.rules.items()}
                    choices = {name: formula for each in way for name, formula in each.choices.items()}
                    moves = {h: k for each in way for h, k in each.moves.items()}
                    yield _Class(best.case, best.worths, where, rules, choices, {**moves, step.h: a})

    def _branch(self, step: Step, above: Above) -> list[_Class]:
        if isinstance(step, (Choosing, Drawing)):
            return self.classes(step, above)
        ways: list[Continuation] = self.engine.below(step, above)
        if len(ways) > 1:
            raise NotTaken("Somebody is indifferent whatever the parameters.")
        found = []
        for case in ways[0].cases:
            where = self.conditions.where([self.conditions.atom(c) for c in case.conditions], ())
            if where is not None:
                found.append(_Class(case, self._worths(case), where, ways[0].rules))
        return found

    # -- what it comes to ------------------------------------------------------------------------------------------

    def _worth(self, case: Case, player: int, known: frozenset[int] = frozenset()) -> Ratio:
        return plain(expected(case, player, self.engine.laws, known), self.engine.field.zero)

    def _own_worth(self, case: Case, step: Moving, above: Above) -> Ratio:
        own = above.own(step.player)
        worth = self._worth(case, step.player, own)
        if used(worth) & own or any(t in term.bounds for term in case.terms for t in own):
            raise NotTaken("What a player does before a choice depends on its type; formulas do not go through that.")
        return worth

    def _worths(self, case: Case) -> tuple[Ratio, ...]:
        return tuple(self._worth(case, k) for k in range(len(case.terms[0].payoffs)))

    def told(self, each: _Class) -> FormulaClass:
        """Return a class with SymPy's formulas."""
        form, game = self.reading.form, self.reading.game
        size = len(form.players)
        worths = [sp.factor(told(w)) for w in each.worths]
        choices = {name: sp.nsimplify(told(f)) for name, f in each.choices.items()}
        replies = {
            form.set_names[h]: tuple(
                (tuple(sp.Ge(c.as_expr(), 0) for c in kept(cell.conditions) or ()), pieces_of(cell.parts, actions))
                for cell in rule.cells
            )
            for h, rule in each.rules.items()
            for actions in (form.actions_of[h],)
        }
        moves = {form.set_names[h]: form.actions_of[h][a] for h, a in each.moves.items()}
        parts = [*moves.values(), *(f"{name} = {formula}" for name, formula in choices.items())]
        return FormulaClass(
            ", ".join(parts),
            choices,
            moves,
            replies,
            dict(zip(form.players, worths[:size], strict=True)),
            dict(zip(game.outcomes, worths[size:], strict=True)),
            each.where.together,
            each.where.alternatives,
            each.where.as_expr(),
        )


def _width(reading: Reading, law: Any) -> Any:
    """Return the width of a uniform law as a polynomial that is above zero."""
    made = reading.law(law)
    if not isinstance(made, UniformOf):
        raise NotTaken("Formulas are found for uniform laws.")
    return (made.high - made.low).numer
