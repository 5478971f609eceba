"""A number that is chosen and not seen by those who move after it: a hidden effort.

What others do answers the effort that they expect. So the effort is first taken as if it were seen; then an effort is
an equilibrium where what it is worth against the answers to it, held fixed, is greatest there. Its slope against
answers held fixed must vanish, or point outwards at an end. Where an answer jumps, whoever gives it is indifferent,
and mixes so that the slope vanishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from deterrence.answers.continuum.strategies import Mixture
from deterrence.solvers.continuum.backward.choosing import Cell, best_numbers, cells_of, roots_between
from deterrence.solvers.continuum.backward.general import roots_by_bisection
from deterrence.solvers.continuum.backward.numbers import Chosen, near_number
from deterrence.solvers.continuum.backward.reading import Choosing, NotTaken, Ratio, at_number, constant_of, put, used
from deterrence.solvers.continuum.backward.replies import Part, Rule
from deterrence.solvers.continuum.backward.roots import Number, Root, as_exact, near
from deterrence.solvers.continuum.backward.values import Case, Continuation, Mixed, Term, expected, plain

CONCAVE, AFFINE, OTHER = "concave", "affine", "other"
TINY = Fraction(1, 10**15)


@dataclass(frozen=True)
class Effort:
    """An effort that may be an equilibrium.

    Attributes
    ----------
    x
        The effort.
    cell
        Where the answers to it are found.
    other
        Where an answer jumps: the interval on the other side, and the probability of the answer there.
    """

    x: Any
    cell: Cell
    other: Cell | None = None
    share: Fraction = Fraction(0)


class Efforts:
    """The search for the efforts of one step that are equilibria against the answers to them."""

    def __init__(self, engine: Any, step: Choosing, below: Continuation, own: frozenset[int]) -> None:
        self.engine, self.step, self.below, self.own = engine, step, below, own
        self.letter, self.field = step.letter, step.low.field
        stray = used(step.low) | used(step.high)
        stray |= frozenset().union(*(used(c) for case in below.cases for c in case.conditions)) - {self.letter}
        if stray or any(self._of(case).keys() and self._strays(case) for case in below.cases):
            raise NotTaken(f"The hidden {step.name!r} depends on a number above it; that is not gone through.")
        self.low, self.high = constant_of(step.low), constant_of(step.high)
        self.cells = cells_of([case.conditions for case in below.cases], self.letter, self.low, self.high)
        self.shape = self._shape()

    def _of(self, case: Case) -> Mixed:
        return expected(case, self.step.player, self.engine.laws, self.own)

    def _strays(self, case: Case) -> bool:
        letters = frozenset().union(*map(used, self._of(case).values())) - {self.letter}
        return bool(letters) or any(t in term.bounds for term in case.terms for t in self.own)

    def _slope(self, cell: Cell) -> Mixed:
        """Return the slope of what an effort is worth against the answers to it, held fixed."""
        case = self.below.cases[cell.case]
        terms = tuple(Term(tuple(p.diff(self.letter) for p in t.payoffs), t.bounds) for t in case.terms)
        return self._of(Case(terms))

    def _shape(self) -> str:
        """Return whether what an effort is worth is concave in it, or affine, whatever is answered."""
        player, laws = self.step.player, self.engine.laws
        bends = []
        for case in self.below.cases:
            whole: dict[Any, Ratio] = {}
            for term in case.terms:
                key = tuple(term.bounds.items())
                whole[key] = whole.get(key, self.field.zero) + term.payoffs[player]
            for payoff in whole.values():
                bend = payoff.diff(self.letter).diff(self.letter)
                if not used(bend):  # then it is so wherever types are, whatever their law
                    bends.append(bend)
                    continue
                bends.append(
                    plain(expected(Case((Term((bend,) * (player + 1)),)), player, laws, self.own), self.field.zero)
                )
        if any(used(b) for b in bends):
            return OTHER
        signs = [constant_of(b) for b in bends]
        if not any(signs):
            return AFFINE
        return CONCAVE if max(signs) <= 0 else OTHER

    def run(self) -> Iterator[Continuation]:
        """Yield the continuation at each effort that is an equilibrium."""
        gaps = () if self.shape != OTHER else (f"mixtures of several numbers as {self.step.name!r} were not searched",)
        found: list[Effort] = []
        for effort in self._efforts():
            same = any(near_number(e.x) == near_number(effort.x) and e.share == effort.share for e in found)
            if not same and self._is_best(effort):
                found.append(effort)
        if not found:
            raise NotTaken(
                f"No single {self.step.name!r} is best against the answers to it; mixtures of several are not searched."
            )
        for effort in found:
            yield self._after(effort, gaps)

    def _efforts(self) -> Iterator[Effort]:
        for cell in self.cells:
            yield from self._in_cell(cell)
        for left, right in pairwise(self.cells):
            if left.high == right.low:
                yield from self._at_jump(left, right)

    def _in_cell(self, cell: Cell) -> Iterator[Effort]:
        slope = self._slope(cell)
        if slope.keys() - {()}:
            for x in roots_by_bisection(slope, self.letter, cell.low, cell.high):
                yield Effort(x, cell)
            yield from (Effort(x, cell) for x in (self.low, self.high) if x in (cell.low, cell.high))
            return
        value = slope.get((), self.field.zero)
        if value:
            yield from (Effort(x, cell) for x in roots_between([value], self.letter, cell.low, cell.high))
        elif self.shape == AFFINE:
            raise NotTaken(f"Every {self.step.name!r} is as good for whoever chooses it, unseen.")
        yield Effort(cell.low, cell)
        yield Effort(cell.high, cell)

    def _at_jump(self, left: Cell, right: Cell) -> Iterator[Effort]:
        mixed = [self._slope(cell) for cell in (left, right)]
        if any(slope.keys() - {()} for slope in mixed):  # types of a law without jumps answer without a jump
            return
        slopes = [plain(slope, self.field.zero) for slope in mixed]
        x = near(left.high)
        a, b = (at_number(s, self.letter, x) for s in slopes)
        if a * b < 0:
            yield Effort(left.high, left, right, a / (a - b))

    def _is_best(self, effort: Effort) -> bool:
        """Return whether no other effort is worth more against the answers to this one, held fixed."""
        x = near_number(effort.x)
        value = self.field.zero
        for cell, share in ((effort.cell, 1 - effort.share), (effort.other, effort.share)):
            if cell is None or not share:
                continue
            terms = tuple(self._fixed(term, x) for term in self.below.cases[cell.case].terms)
            value = value + plain(self._of(Case(terms)), self.field.zero) * share
        best = best_numbers([((), value)], self.letter, self.low, self.high)
        top, here = best[0].worth.near(), at_number(value, self.letter, x)
        return any(near(each.x) == x for each in best) or top - here <= TINY * (1 + abs(top))

    def _fixed(self, term: Term, x: Fraction) -> Term:
        by = self.field.of(x)
        bounds = {
            t: tuple(None if end is None else put(end, self.letter, by) for end in ends)
            for t, ends in term.bounds.items()
        }
        return Term(term.payoffs, bounds)  # type: ignore[arg-type]

    # -- what follows ------------------------------------------------------------------------------------

    def _after(self, effort: Effort, gaps: Sequence[str]) -> Continuation:
        by = self.field.of(near_number(effort.x))
        terms = self._terms(effort.cell, by, 1 - effort.share)
        if effort.other is not None:
            terms += self._terms(effort.other, by, effort.share)
        rules = {h: self._rule(rule, effort, by) for h, rule in self.below.rules.items()}
        choices: Mapping[str, Any] = {**self.below.choices, self.step.name: self._told(effort)}
        return replace(
            self.below,
            cases=(Case(terms),),
            rules=rules,
            choices=choices,
            gaps=(*self.below.gaps, *gaps),
        )

    def _terms(self, cell: Cell, by: Ratio, share: Fraction) -> tuple[Term, ...]:
        weight = self.field.of(share)
        return tuple(t.put(self.letter, by).times(weight) for t in self.below.cases[cell.case].terms) if share else ()

    def _rule(self, rule: Rule, effort: Effort, by: Ratio) -> Rule:
        parts = self._parts(rule, effort.cell, by)
        cells = [replace(rule.cells[0], conditions=(), parts=parts)]
        if effort.other is not None:
            others = self._parts(rule, effort.other, by)
            if others != parts:
                if len(parts) > 1 or len(others) > 1:
                    raise NotTaken("The order in which types take actions turns with an effort that they do not see.")
                rows = ((parts[0].action, 1 - effort.share), (others[0].action, effort.share))
                cells = [replace(cells[0], parts=(Part(None, None, parts[0].action, rows),))]
        return Rule(rule.letter, tuple(cells))

    def _parts(self, rule: Rule, cell: Cell, by: Ratio) -> tuple[Part, ...]:
        held = next(
            each for each in rule.cells if all(at_number(c, self.letter, cell.inside) >= 0 for c in each.conditions)
        )
        return tuple(replace(p, low=self._bound(p.low, by), high=self._bound(p.high, by)) for p in held.parts)

    def _bound(self, bound: Any, by: Ratio) -> Any:
        if bound is None:
            return None
        return tuple(tuple(put(x, self.letter, by) if isinstance(x, Ratio) else x for x in row) for row in bound)

    def _told(self, effort: Effort) -> Any:
        x: Number = effort.x
        if self.shape == AFFINE and self.low < near_number(x) < self.high:
            share = (near_number(x) - self.low) / (self.high - self.low)
            return Mixture(((self.low, 1 - share), (self.high, share)), any_with_mean=True)
        if isinstance(x, float):
            return Chosen(x, effort.cell.inside, 1e-9)
        return Chosen(as_exact(x), effort.cell.inside, 1e-28 if isinstance(x, Root) else 0.0)
