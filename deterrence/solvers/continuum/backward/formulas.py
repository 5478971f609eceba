"""The equilibria of a game with a choice before finite replies, as formulas in the parameters.

The same engine runs with the parameters as letters. A choice has a few candidates: stationary points, the places where
a reply changes, and its two ends. Each is a class of equilibria; it is there where its formula is possible, and where
every other candidate is impossible or worth no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

import sympy as sp

from deterrence.games.game import Game
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
    constant_of,
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
    when
        The condition on the parameters, as a condition of SymPy.
    """

    name: str
    choices: Mapping[str, Any]
    moves: Mapping[str, str]
    replies: Mapping[str, Any]
    payoffs: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    when: Any


@dataclass(frozen=True)
class _Class:
    """A class while it is made: what it comes to for each player and outcome, and when."""

    worths: tuple[Ratio, ...]
    when: Any
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
        self.positive = [end for v in reading.form.variables if v.law is not None for end in (_width(reading, v.law),)]

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
        worths = [self._worth(case, step.player) for case in below.cases]
        found = candidates(step, [(c.conditions, w) for c, w in zip(below.cases, worths, strict=True)])
        letters = set(range(len(self.reading.variables)))
        if any(used(r) & letters for c in found for r in (c.formula, c.worth)):
            raise NotTaken(f"The best {step.name!r} depends on a number above it; formulas do not go through that.")
        groups: dict[Ratio, list[Candidate]] = {}
        for each in found:
            groups.setdefault(each.formula, []).append(each)
        for formula, group in groups.items():
            when = self._when(group, [g for f, g in groups.items() if f != formula])
            if when is not sp.false:
                case = below.cases[group[0].case].put(step.letter, formula)
                yield _Class(self._worths(case), when, below.rules, {step.name: formula})

    def _when(self, group: Sequence[Candidate], others: Sequence[Sequence[Candidate]]) -> Any:
        """Return when a candidate is possible and no other one that is possible is worth more."""
        possible = sp.Or(*(self._all(c.conditions) for c in group))
        clauses = []
        for other in others:
            for rival in other:
                gap = self._at_least_zero(group[0].worth - rival.worth)
                if gap is not sp.true:
                    clauses.append(sp.Or(gap, *(self._negated(c) for c in rival.conditions)))
        return sp.And(possible, *clauses)

    def _all(self, conditions: Sequence[Ratio]) -> Any:
        return sp.And(*map(self._at_least_zero, conditions))

    def _at_least_zero(self, ratio: Ratio) -> Any:
        """Return the condition that a rational function is not negative, without factors of a known sign."""
        sign, rest = self._reduced(ratio)
        return sp.true if rest is None and sign >= 0 else sp.false if rest is None else sp.Ge(sign * rest, 0)

    def _negated(self, ratio: Ratio) -> Any:
        sign, rest = self._reduced(ratio)
        return sp.false if rest is None and sign >= 0 else sp.true if rest is None else sp.Lt(sign * rest, 0)

    def _reduced(self, ratio: Ratio) -> tuple[int, Any]:
        """Return a sign and the product of factors whose sign is open; None in its place where there is none."""
        if not ratio:
            return 0, None
        sign, rest = 1, []
        for side in (ratio.numer, ratio.denom):
            number, factors = side.factor_list()
            sign = -sign if number < 0 else sign
            for factor, power in factors:
                known = self._known_sign(factor)
                if known:
                    sign *= known**power
                elif power % 2:
                    rest.append(factor.as_expr())
        return sign, sp.Mul(*rest) if rest else None

    def _known_sign(self, factor: Any) -> int:
        """Return the sign of a factor that is the width of a law, or a parameter that is declared positive; else 0."""
        for width in self.positive:
            if factor == width:
                return 1
            if factor == -width:
                return -1
        names = [self.reading.letters[k] for k in factor.used]
        if len(names) == 1 and factor.total_degree == 1:
            return _sign_on(self.reading, factor, names[0])
        return 0

    # -- a move above it -----------------------------------------------------------------------------------------

    def _of_move(self, step: Moving, above: Above) -> Iterator[_Class]:
        after = above.after(step.player)
        rows = [self._branch(each, after) for each in step.below]
        ways = list(product(*rows))
        if len(ways) > MOST_CLASSES:
            raise NotTaken("There are too many combinations of classes below a move.")
        for way in ways:
            for a, best in enumerate(way):
                better = [self._at_least_zero(best.worths[step.player] - o.worths[step.player]) for o in way]
                when = sp.And(*(each.when for each in way), *better)
                if when is not sp.false:
                    rules = {h: rule for each in way for h, rule in each.rules.items()}
                    choices = {name: formula for each in way for name, formula in each.choices.items()}
                    moves = {h: k for each in way for h, k in each.moves.items()}
                    yield _Class(best.worths, when, rules, choices, {**moves, step.h: a})

    def _branch(self, step: Step, above: Above) -> list[_Class]:
        if isinstance(step, (Choosing, Drawing)):
            return self.classes(step, above)
        ways: list[Continuation] = self.engine.below(step, above)
        if len(ways) > 1:
            raise NotTaken("Somebody is indifferent whatever the parameters.")
        return [_Class(self._worths(case), self._all(case.conditions), ways[0].rules) for case in ways[0].cases]

    # -- what it comes to ------------------------------------------------------------------------------------------

    def _worth(self, case: Case, player: int) -> Ratio:
        return plain(expected(case, player, self.engine.laws, frozenset()), self.engine.field.zero)

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
            each.when,
        )


def _width(reading: Reading, law: Any) -> Any:
    """Return the width of a uniform law as a polynomial that is above zero."""
    made = reading.law(law)
    if not isinstance(made, UniformOf):
        raise NotTaken("Formulas are found for uniform laws.")
    return (made.high - made.low).numer


def _sign_on(reading: Reading, factor: Any, name: str) -> int:
    """Return the sign of a factor of one parameter over the parameter's admissible range; 0 where it changes."""
    parameter = reading.game.parameters[name]
    k = reading.letters.index(name)
    slope = factor.diff(k).LC
    level = constant_of(reading.field.of(factor) - reading.field.gens[k] * slope)
    ends = [None if end is None else Fraction(end) * slope + level for end in (parameter.low, parameter.high)]
    low, high = ends if slope > 0 else reversed(ends)
    if low is not None and low >= 0:
        return 1
    return -1 if high is not None and high <= 0 else 0
