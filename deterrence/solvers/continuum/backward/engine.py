"""Backward induction over the steps of a game: what may be done below each step, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from deterrence.solvers.continuum.backward.efforts import Efforts
from deterrence.solvers.continuum.backward.numbers import chosen_number
from deterrence.solvers.continuum.backward.reading import (
    Choosing,
    Drawing,
    Ending,
    Moving,
    Nature,
    NotTaken,
    Ratio,
    Reading,
    Step,
    powers_of,
    used,
)
from deterrence.solvers.continuum.backward.replies import (
    Line,
    Part,
    Rule,
    RuleCell,
    combined,
    in_interval,
    kept,
    with_type,
    without_type,
)
from deterrence.solvers.continuum.backward.schedules import chosen_schedule
from deterrence.solvers.continuum.backward.searched import searched_schedule
from deterrence.solvers.continuum.backward.type_cells import actions_by_type
from deterrence.solvers.continuum.backward.values import Case, Continuation, Term, expected, joined, plain

MOST_WAYS = 200
"""So many ways in which play may go on are followed where players are indifferent."""


@dataclass(frozen=True)
class Above:
    """What stands above a step: the drawn numbers by letter with who knows them, and those that moves may reveal."""

    known_to: dict[int, tuple[int, ...]]
    revealed: frozenset[int] = frozenset()

    def after(self, player: int) -> Above:
        """Return the same after a step of a player: what it knows and others do not may be revealed by it."""
        own = {t for t, who in self.known_to.items() if player in who}
        return replace(self, revealed=self.revealed | own)

    def own(self, player: int) -> frozenset[int]:
        """Return the letters of the drawn numbers that a player knows."""
        return frozenset(t for t, who in self.known_to.items() if player in who)


class Engine:
    """Backward induction on one reading of a game."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.field = reading, reading.field
        self.laws: dict[int, Any] = {}
        self.gaps: list[str] = []

    def run(self) -> list[Continuation]:
        """Return the ways in which the game may be played."""
        return self.below(self.reading.root, Above({}))

    def below(self, step: Step, above: Above) -> list[Continuation]:
        """Return the ways in which play may go on from a step."""
        if isinstance(step, Ending):
            return [Continuation((Case((Term(step.payoffs),)),))]
        if isinstance(step, Drawing):
            self.laws[step.letter] = step.law
            return self.below(step.below, replace(above, known_to={**above.known_to, step.letter: step.known_to}))
        if isinstance(step, Nature):
            return [self._drawn(step, row) for row in self._rows(step.below, above)]
        after = above.after(step.player)
        if isinstance(step, Moving):
            if len(self.reading.form.nodes_of[step.h]) > 1:
                raise NotTaken("Somebody moves without seeing all moves before; backward induction needs that they do.")
            return [way for row in self._rows(step.below, after) for way in self._moved(step, row, above)]
        hidden = self.is_hidden(step)
        ways = self.below(step.below, after)
        if hidden:
            return self._limited(
                way for below in ways for way in Efforts(self, step, below, above.own(step.player)).run()
            )
        return self._limited(way for below in ways for way in self._picked(step, below, above))

    def is_hidden(self, step: Choosing) -> bool:
        """Return whether those who move after a choice do not see it."""
        unseen = next((c for c in _choices(step.below) if c.player not in step.known_to), None)
        if unseen is not None:
            raise NotTaken(
                f"{unseen.name!r} is chosen without seeing {step.name!r}: two numbers at once are not solved."
            )
        movers = list(_movers(step.below))
        blind = [p for p in movers if p not in step.known_to]
        if blind and len(blind) < len(movers):
            raise NotTaken(f"{step.name!r} is seen by some of those who move after it, not by all.")
        return bool(blind)

    def _rows(self, below: Sequence[Step], above: Above) -> list[tuple[Continuation, ...]]:
        return self._limited(product(*(self.below(step, above) for step in below)))

    def _limited(self, ways: Any) -> list[Any]:
        found = list(islice(ways, MOST_WAYS + 1))
        if len(found) > MOST_WAYS:
            self.gaps.append(f"of the ways to play where players are indifferent {MOST_WAYS} were followed")
        return found[:MOST_WAYS]

    # -- chance ----------------------------------------------------------------------------------------------

    def _drawn(self, step: Nature, row: tuple[Continuation, ...]) -> Continuation:
        cases = []
        for conditions, each in combined([way.cases for way in row]):
            terms = tuple(
                term.times(p) for p, case in zip(step.probabilities, each, strict=True) if p for term in case.terms
            )
            cases.append(Case(terms, conditions))
        return Continuation(tuple(cases), **joined(row))

    # -- moves -----------------------------------------------------------------------------------------------

    def _moved(self, step: Moving, row: tuple[Continuation, ...], above: Above) -> Iterator[Continuation]:
        """Yield each way to move: several where actions are always worth the same."""
        if any(way.searched for way in row):
            raise NotTaken("A move stands above a choice that was found by numbers for each type.")
        options = []
        for conditions, cases in combined([way.cases for way in row]):
            options.append([(conditions, found) for found in self._replies(step, cases, above)])
        many = any(len(each) > 1 for each in options)
        for choice in product(*options):
            cells = [
                (kept((*conditions, *more)), terms, parts)
                for conditions, (_, found) in choice
                for more, terms, parts in found
            ]
            cases = tuple(Case(terms, conditions) for conditions, terms, _ in cells if conditions is not None)
            rules = tuple(RuleCell(conditions, parts) for conditions, _, parts in cells if conditions is not None)
            letter = next((t for _, (t, _) in choice if t is not None), None)
            more = joined(row)
            more["rules"][step.h] = Rule(letter, tuple(dict.fromkeys(rules)))
            if many:
                name = self.reading.form.set_names[step.h]
                more["gaps"] += (f"{name!r} is indifferent; mixed choices there are not listed",)
            yield Continuation(cases, **more)

    def _replies(self, step: Moving, cases: tuple[Case, ...], above: Above) -> Iterator[tuple[int | None, list[Any]]]:
        """Yield what may be done at a move, as the own type's letter and (conditions, terms, parts) rows."""
        own = above.own(step.player)
        worths = [self._worth(case, step.player, above) for case in cases]
        bounded = {t for case in cases for term in case.terms for t in term.bounds} & own
        letters = sorted((frozenset().union(*map(used, worths)) & own) | bounded)
        if len(letters) > 1:
            names = " and ".join(repr(self.reading.letters[t]) for t in letters[:2])
            raise NotTaken(f"A move depends on {names} at once, which its player both knows.")
        if letters and (bounded or any(not _affine(w, letters[0]) for w in worths)):
            yield letters[0], actions_by_type(step, cases, self.laws, own, letters[0])
            return
        letter = letters[0] if letters else None
        groups = _copies(worths)
        first = self._rows_of([each[0] for each in groups], worths, cases, letter)
        taken = {part.action for _, _, parts in first for part in parts}
        several = [each if each[0] in taken else each[:1] for each in groups]
        if all(len(each) == 1 for each in several):
            yield letter, first
            return
        for actions in product(*several):
            yield letter, self._rows_of(sorted(actions), worths, cases, letter)

    def _rows_of(
        self, actions: Sequence[int], worths: Sequence[Ratio], cases: Sequence[Case], letter: int | None
    ) -> list[Any]:
        found = list(
            self._by_choice(actions, worths, cases) if letter is None else self._by_type(actions, worths, cases, letter)
        )
        return next(([row] for row in found if not row[0]), found)  # one that holds whatever is chosen is all there is

    def _worth(self, case: Case, player: int, above: Above) -> Ratio:
        own = above.own(player)
        for letter in above.revealed - own:
            if any(letter in term.bounds or letter in used(term.payoffs[player]) for term in case.terms):
                name = self.reading.letters[letter]
                raise NotTaken(
                    f"A player decides on what it believes of {name!r} after a move of somebody who knows it; "
                    "backward induction does not need beliefs."
                )
        return plain(expected(case, player, self.laws, own), self.field.zero)

    def _by_choice(self, actions: Sequence[int], worths: Sequence[Ratio], cases: Sequence[Case]) -> Iterator[Any]:
        for conditions, k in without_type([worths[a] for a in actions]):
            a = actions[k]
            yield conditions, cases[a].terms, (Part(None, None, a),)

    def _by_type(
        self, actions: Sequence[int], worths: Sequence[Ratio], cases: Sequence[Case], letter: int
    ) -> Iterator[Any]:
        lines = [_line(worths[a], letter) for a in actions]
        ends = self.laws[letter].ends
        for conditions, intervals, parts in with_type(lines, ends, self.field.zero):
            terms = tuple(t for low, high, k in intervals for t in in_interval(cases[actions[k]], letter, low, high))
            yield conditions, terms, tuple(replace(part, action=actions[part.action]) for part in parts)

    # -- choices ---------------------------------------------------------------------------------------------

    def _picked(self, step: Choosing, below: Continuation, above: Above) -> Iterator[Continuation]:
        own = above.own(step.player)
        for letter in above.revealed - own:
            if any(
                letter in t.bounds or letter in used(t.payoffs[step.player]) for case in below.cases for t in case.terms
            ):
                raise NotTaken(
                    f"A choice needs what its player believes of {self.reading.letters[letter]!r} after a move of "
                    "somebody who knows it."
                )
        if below.searched:
            raise NotTaken(f"{step.name!r} stands above a choice that was found by numbers for each type.")
        rows = [(case.conditions, expected(case, step.player, self.laws, own)) for case in below.cases]
        letters = frozenset(step.low.numer.used | step.high.numer.used)
        letters = letters.union(*(used(r) for conditions, v in rows for r in (*conditions, *v.values()))) - {
            step.letter
        }
        letters |= frozenset().union(*(used(p.cutoff) for _, v in rows for key in v for p in key)) - {step.letter}
        letters |= {t for case in below.cases for term in case.terms for t in term.bounds} & own
        if not letters:
            yield from chosen_number(step, below, rows)
        elif len(letters) == 1 and letters <= own and any(v.keys() - {()} for _, v in rows):
            yield searched_schedule(step, below, rows, next(iter(letters)), self)
        elif len(letters) == 1:
            yield from chosen_schedule(self, step, below, rows, next(iter(letters)), above)
        else:
            names = ", ".join(sorted(self.reading.letters[t] for t in letters))
            raise NotTaken(f"The choice of {step.name!r} depends on {names} at once; one of them is gone through.")


def _movers(step: Step) -> Iterator[int]:
    """Yield the players who move or choose in what follows."""
    if isinstance(step, (Moving, Choosing)):
        yield step.player
    for below in _below(step):
        yield from _movers(below)


def _choices(step: Step) -> Iterator[Choosing]:
    if isinstance(step, Choosing):
        yield step
    for below in _below(step):
        yield from _choices(below)


def _below(step: Step) -> tuple[Step, ...]:
    if isinstance(step, (Drawing, Choosing)):
        return (step.below,)
    return step.below if isinstance(step, (Moving, Nature)) else ()


def _affine(worth: Ratio, letter: int) -> bool:
    return letter not in worth.denom.used and worth.numer.degree(letter) <= 1


def _line(worth: Ratio, letter: int) -> Line:
    rows = powers_of(worth.numer, letter)
    field, zero = worth.field, worth.field.zero
    level, slope = (field.of(rows[k]) / field.of(worth.denom) if k in rows else zero for k in (0, 1))
    return Line(level, slope)


def _copies(worths: Sequence[Ratio]) -> list[list[int]]:
    """Return the actions, those together that are always worth the same."""
    groups: dict[Any, list[int]] = {}
    for a, worth in enumerate(worths):
        groups.setdefault(worth, []).append(a)
    return list(groups.values())
