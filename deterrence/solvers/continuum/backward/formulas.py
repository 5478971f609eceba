"""The equilibria of a game with a choice before finite replies, as formulas in the parameters.

The same engine runs with the parameters as letters. A choice has a few candidates: stationary points, the places where
a reply changes, and its two ends. Each is a class of equilibria; it is there where its formula is possible, and where
every other candidate is impossible or worth no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from typing import Any

from deterrence.answers.continuum.classes import ContinuumClass
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.continuum.backward.class_writer import Found, written
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
from deterrence.solvers.continuum.backward.schedules import Candidate, candidates
from deterrence.solvers.continuum.backward.values import Case, Continuation, expected, plain

MOST_CLASSES = 60
"""So many combinations of candidates are gone through at most."""


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
        reading = Reading(game, names)
        found = _Formulas(reading, over).classes(reading.root, Above({}))
        classes = tuple(written(reading, each) for each in found)
    except NotTaken as why:
        raise MethodError(f"No formulas for {game.name!r}: {why}") from why
    atoms = [a for each in found for row in (each.where.together, *each.where.alternatives) for a in row]
    return classes, (), tuple(dict.fromkeys(atom.as_expr() for atom in atoms))


class _Formulas:
    """The search for classes, from the choice up."""

    def __init__(self, reading: Reading, over: Callable[[], bool]) -> None:
        self.reading, self.engine, self.over = reading, Engine(reading), over
        widths = [_width(reading, v.law) for v in reading.form.variables if v.law is not None]
        self.conditions = Conditions(reading, [w for w in widths if w.used])
        self._locals: dict[Any, tuple[Ratio, ...]] = {}

    def classes(self, step: Step, above: Above) -> list[Found]:
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

    def _of_choice(self, step: Choosing, above: Above) -> Iterator[Found]:
        if self.engine.is_hidden(step):
            raise NotTaken(f"{step.name!r} is not seen by those who move after it.")
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
            if self.over():
                raise NotTaken("Time was up before all candidates were compared.")
            others = [c for c in found if c.formula != formula]
            for first, where in self._of_group(step, group, others, rows):
                case = below.cases[first.case].put(step.letter, formula)
                worth = self._worths(case)
                if (worth, where) not in told_already:
                    told_already.add((worth, where))
                    yield Found(case, worth, where, below.rules, {step.name: formula})

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
                    unless = tuple(self._no(c) for c in other.conditions)
                    alternatives += [(*unless, self.conditions.atom(x)) for x in self._local(step, other, cases)]
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
        return bool(twins) and all(
            self.conditions.follows(self.conditions.atom(c), together) for c in twins[0].conditions
        )

    def _no(self, ratio: Ratio) -> Any:
        return self.conditions.atom(-ratio) if ratio else False

    def _is_point(self, step: Choosing, each: Candidate, cases: Sequence[Any]) -> bool:
        """Return whether the case of a candidate is that one number: two of its ends meet there."""
        x = step.low.field.gens[step.letter]
        bounds = [
            b for b in (*cases[each.case][0], x - step.low, step.high - x) if not put(b, step.letter, each.formula)
        ]
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
            bounds = (*conditions, x - step.low, step.high - x)
            met = [bound for bound in bounds if not put(bound, step.letter, each.formula)]
            found = [-put(bound.diff(step.letter) * slope, step.letter, each.formula) for bound in met]
            self._locals[key] = tuple(found or [-put(slope.diff(step.letter), step.letter, each.formula)])
        return self._locals[key]

    # -- a move above it -----------------------------------------------------------------------------------------

    def _of_move(self, step: Moving, above: Above) -> Iterator[Found]:
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
                    yield Found(best.case, best.worths, where, rules, choices, {**moves, step.h: a})

    def _branch(self, step: Step, above: Above) -> list[Found]:
        if isinstance(step, (Choosing, Drawing)):
            return self.classes(step, above)
        ways: list[Continuation] = self.engine.below(step, above)
        if len(ways) > 1:
            raise NotTaken("Somebody is indifferent whatever the parameters.")
        found = []
        for case in ways[0].cases:
            where = self.conditions.where([self.conditions.atom(c) for c in case.conditions], ())
            if where is not None:
                found.append(Found(case, self._worths(case), where, ways[0].rules))
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


def _width(reading: Reading, law: Any) -> Any:
    """Return the width of a uniform law as a polynomial that is above zero."""
    made = reading.law(law)
    if not isinstance(made, UniformOf):
        raise NotTaken("Formulas are found for uniform laws.")
    return (made.high - made.low).numer
