"""What is left of a game below a step: cases by the choices above, in each a sum of payoffs over intervals of types.

A value is kept unintegrated. What a player expects of it is asked by :func:`expected`, which integrates over all types
that the player does not know: exactly for uniform laws; for others the distribution function and the partial mean at
a cutoff stand as letters of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.solvers.continuum.backward.reading import (
    NotTaken,
    Ratio,
    UniformOf,
    constant_of,
    powers_of,
    put,
    used,
)
from deterrence.solvers.continuum.playing import moment

Bound = Ratio | None
"""An end of an interval of a type; None where it is the end of the support."""


@dataclass(frozen=True)
class Partial:
    """The integral of a power of a type over what is drawn up to a cutoff: of the power 0 the probability."""

    law: Law
    power: int
    cutoff: Ratio

    def value(self, x: Fraction | float) -> Any:
        """Return it at a number in place of the cutoff."""
        return moment(self.law.ends[0], x, self.law, self.power)


Mixed = dict[tuple[Partial, ...], Ratio]
"""A sum of products of rational functions and partial integrals; the empty product stands for what has none."""


@dataclass(frozen=True)
class Term:
    """Payoffs that count where types lie in intervals: letter of the type -> its two ends."""

    payoffs: tuple[Ratio, ...]
    bounds: Mapping[int, tuple[Bound, Bound]] = field(default_factory=dict)

    def times(self, factor: Ratio) -> Term:
        """Return the term with its payoffs multiplied."""
        return Term(tuple(p * factor for p in self.payoffs), self.bounds)

    def within(self, letter: int, low: Bound, high: Bound) -> Term:
        """Return the term where a type lies in an interval too, which it was not before."""
        return Term(self.payoffs, {**self.bounds, letter: (low, high)})

    def put(self, letter: int, by: Ratio) -> Term:
        """Return the term with a rational function in the place of a letter."""
        bounds = {
            t: tuple(None if end is None else put(end, letter, by) for end in ends) for t, ends in self.bounds.items()
        }
        return Term(tuple(put(p, letter, by) for p in self.payoffs), bounds)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Case:
    """What is left where some rational functions of the choices above are not negative."""

    terms: tuple[Term, ...]
    conditions: tuple[Ratio, ...] = ()

    def put(self, letter: int, by: Ratio) -> Case:
        """Return the case with a rational function in the place of a letter; conditions that are plain are left out."""
        conditions = tuple(put(c, letter, by) for c in self.conditions)
        return Case(tuple(t.put(letter, by) for t in self.terms), tuple(c for c in conditions if used(c)))


@dataclass(frozen=True)
class Continuation:
    """One way in which play may go on below a step.

    Attributes
    ----------
    cases
        What it comes to.
    rules
        Information set -> what is done there.
    choices
        Name of a chosen number -> what is chosen.
    gaps
        Sentences on what was not searched.
    notes
        Sentences on the equilibrium.
    searched
        Whether a choice in it was found by numbers for each type, so that what it comes to has no formula.
    """

    cases: tuple[Case, ...]
    rules: Mapping[int, Any] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    searched: bool = False


def joined(parts: Iterable[Continuation]) -> dict[str, Any]:
    """Return the rules, choices, gaps and notes of several continuations together."""
    made: dict[str, Any] = {"rules": {}, "choices": {}, "gaps": (), "notes": (), "searched": False}
    for part in parts:
        made["rules"].update(part.rules)
        made["choices"].update(part.choices)
        made["gaps"] += part.gaps
        made["notes"] += part.notes
        made["searched"] |= part.searched
    return made


def expected(case: Case, player: int, laws: Mapping[int, Law], known: frozenset[int]) -> Mixed:
    """Return what a player expects of a case, integrated over the drawn numbers that it does not know.

    ``laws`` are those of all drawn numbers by letter, ``known`` the letters that the player knows.
    """
    total: Mixed = {}
    for term in case.terms:
        for key, value in _integrated(term, player, laws, known).items():
            total[key] = total.get(key, 0) + value
    return {key: value for key, value in total.items() if value}


def _integrated(term: Term, player: int, laws: Mapping[int, Law], known: frozenset[int]) -> Mixed:
    total: Mixed = {(): term.payoffs[player]}
    for letter in _in_turn(term, [t for t in laws if t not in known]):
        law = laws[letter]
        low, high = term.bounds.get(letter, (None, None))
        if low is None and high is None and not any(letter in used(value) for value in total.values()):
            continue
        fresh: Mixed = {}
        for key, value in total.items():
            for more, part in _over(value, letter, law, low, high).items():
                product = tuple(sorted((*key, *more), key=hash))
                fresh[product] = fresh.get(product, 0) + part
        total = fresh
    return total


def _in_turn(term: Term, letters: Sequence[int]) -> list[int]:
    """Return letters so that each comes after those whose intervals end at a function of it."""
    left, turn = list(letters), []
    while left:
        free = (t for t in left if not any(s != t and t in _letters_of(term.bounds.get(s, ())) for s in left))
        turn.append(next(free))
        left.remove(turn[-1])
    return turn


def _letters_of(ends: Iterable[Bound]) -> frozenset[int]:
    return frozenset().union(*(used(end) for end in ends if end is not None))


def _over(value: Ratio, letter: int, law: Any, low: Bound, high: Bound) -> Mixed:
    """Return the integral of a polynomial in a type between two ends."""
    if letter in value.denom.used:
        raise NotTaken("A payoff is divided by a number that is hidden from the player who decides; it must not be.")
    rows = powers_of(value.numer, letter)
    total: Mixed = {}
    for power, coefficient in rows.items():
        factor = value.field.of(coefficient) / value.field.of(value.denom)
        for sign, end, is_high in ((1, high, True), (-1, low, False)):
            for key, part in _up_to(law, power, end, is_high, value).items():
                total[key] = total.get(key, 0) + sign * factor * part
    return total


def _up_to(law: Any, power: int, end: Bound, is_high: bool, like: Ratio) -> Mixed:
    """Return the integral of a power of a type up to an end."""
    if isinstance(law, (Uniform, UniformOf)):
        low, high = (like.field.of(e) if isinstance(e, (int, Fraction)) else e for e in law.ends)
        z = (high if is_high else low) if end is None else end
        return {(): z ** (power + 1) / ((high - low) * (power + 1))}
    if end is None:
        least, most = law.ends
        whole = 1 if power == 0 else Fraction(moment(least, most, law, power))
        return {(): like.field.of(whole if is_high else 0)}
    if not used(end):
        return {(): like.field.of(Fraction(Partial(law, power, end).value(float(constant_of(end)))))}
    return {(Partial(law, power, end),): like.field.one}


def plain(mixed: Mixed, zero: Ratio) -> Ratio:
    """Return a sum without partial integrals as the rational function that it is."""
    if any(mixed.keys() - {()}):
        raise NotTaken(
            "What a player decides depends on a reply of types that are not uniform, and on a choice above it; "
            "backward induction needs uniform laws there."
        )
    return mixed.get((), zero)
