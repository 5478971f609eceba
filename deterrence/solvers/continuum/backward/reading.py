"""A game with numbers without end, read as steps from the root: draws, choices, chance, moves and ends.

Payoffs, probabilities and ends become rational functions of the drawn and chosen numbers; parameters have their
values, or stay letters where formulas are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.games.bodies.written import OPERATIONS, PARAMETER, Written
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.game import Game
from deterrence.solvers.algebra.functions import ParameterRatio, RationalFunctions

Ratio = ParameterRatio


class NotTaken(Exception):  # noqa: N818  (no error: the sentence says why another solver must be asked)
    """Says in a sentence why backward induction does not take a game."""


@dataclass(frozen=True)
class UniformOf:
    """A uniform law whose ends are rational functions of parameters."""

    low: Ratio
    high: Ratio

    @property
    def ends(self) -> tuple[Ratio, Ratio]:
        """The two ends."""
        return self.low, self.high


@dataclass(frozen=True)
class Ending:
    """An end with a payoff for each player."""

    payoffs: tuple[Ratio, ...]


@dataclass(frozen=True)
class Nature:
    """A chance node with a probability for each branch."""

    probabilities: tuple[Ratio, ...]
    below: tuple[Step, ...]


@dataclass(frozen=True)
class Drawing:
    """A number that nature draws, its number among the letters, its law, and who knows it."""

    name: str
    letter: int
    law: Any
    known_to: tuple[int, ...]
    below: Step


@dataclass(frozen=True)
class Choosing:
    """A number that a player chooses between two ends."""

    name: str
    letter: int
    player: int
    low: Ratio
    high: Ratio
    known_to: tuple[int, ...]
    below: Step


@dataclass(frozen=True)
class Moving:
    """A move at an information set."""

    h: int
    node: int
    player: int
    actions: tuple[str, ...]
    below: tuple[Step, ...]


Step = Ending | Nature | Drawing | Choosing | Moving


class Reading:
    """A game read as steps.

    Attributes
    ----------
    game
        The game.
    letters
        The names that stay letters: of drawn and chosen numbers in the order of the tree, then of parameters if asked.
    field
        The rational functions of these.
    root
        The first step.
    """

    def __init__(self, game: Game, parameters: Sequence[str] | None = None) -> None:
        import sympy as sp

        self.game, self.form, self.symbolic = game, game.form, parameters is not None
        self.variables = tuple(dict.fromkeys(v.name for v in self.form.variables))
        self.parameters = tuple(parameters or ())
        self.letters = (*self.variables, *self.parameters)
        self.symbols = tuple(sp.Symbol(name, real=True) for name in self.letters)
        self.field = RationalFunctions(self.symbols)
        self.known: dict[str, Ratio] = {
            **{name: self.field.of(Fraction(value)) for name, value in game.values.items()},
            **dict(zip(self.letters, self.field.gens, strict=True)),
        }
        self._check_names()
        self.root = self._step(0)

    def _check_names(self) -> None:
        if len(self.variables) < len(self.form.variables):
            names = [v.name for v in self.form.variables]
            twice = next(name for name in names if names.count(name) > 1)
            raise NotTaken(f"{twice!r} is drawn or chosen at several places; backward induction needs a name for each.")

    def ratio(self, value: Any) -> Ratio:
        """Return a payoff, probability or end as a rational function."""
        try:
            found = self._evaluated(value)
        except (ValueError, TypeError, ZeroDivisionError) as error:
            raise NotTaken(f"{value} is no ratio of polynomials; backward induction needs one.") from error
        return found if isinstance(found, Ratio) else self.field.of(Fraction(found))

    def _evaluated(self, value: Any) -> Any:
        if isinstance(value, (int, Fraction)):
            return value
        if isinstance(value, Written):
            if value.operation == PARAMETER:
                return self.known[value.left]
            left = self._evaluated(value.left)
            if value.operation == "**":
                return left**value.right
            right = self._evaluated(value.right)
            if value.operation == "/" and not isinstance(left, Ratio):
                left = Fraction(left)
            return OPERATIONS[value.operation](left, right)
        return self._from_sympy(value)

    def _from_sympy(self, value: Any) -> Any:
        if value.is_Symbol:
            return self.known[value.name]
        if value.is_Add or value.is_Mul:
            total = self._from_sympy(value.args[0])
            for part in value.args[1:]:
                total = total + self._from_sympy(part) if value.is_Add else total * self._from_sympy(part)
            return total
        if value.is_Pow and value.exp.is_Integer:
            return self._from_sympy(value.base) ** int(value.exp)
        return self.field.from_expr(value)

    def law(self, law: Law) -> Any:
        """Return a law at the parameter values; with letters as its ends where they are asked for."""
        inside = law.names & set(self.variables)
        if inside:
            raise NotTaken(f"The law of a drawn number depends on {min(inside)!r}, which is drawn or chosen too.")
        if not self.symbolic:
            return law.at(self.game.values)
        if not isinstance(law, Uniform):
            raise NotTaken("Formulas are found for uniform laws.")
        return UniformOf(self.ratio(law.low), self.ratio(law.high))

    def _step(self, node: int) -> Step:
        form = self.form
        above = form.variables_above[form.parent[node]] if node else ()
        step = self._node(node)
        for k in reversed(form.variables_above[node][len(above) :]):
            variable = form.variables[k]
            letter = self.letters.index(variable.name)
            known = tuple(form.players.index(player) for player in variable.known_to)
            if variable.law is not None:
                step = Drawing(variable.name, letter, self.law(variable.law), known, step)
            else:
                player = form.players.index(str(variable.player))
                ends = self.ratio(variable.low), self.ratio(variable.high)
                step = Choosing(variable.name, letter, player, *ends, known, step)
        return step

    @cached_property
    def asked(self) -> tuple[Any, ...]:
        """What counts beside payoffs where formulas or schedules are found: outcomes, actions by name and by set."""
        form = self.form
        steps = [(h, a) for h, actions in enumerate(form.actions_of) for a in range(len(actions))]
        names = [key for h, a in steps for key in self._named(h, a)]
        private = {player for v in form.variables if v.is_draw for player in v.known_to}
        schedules = any(v.player in private for v in form.variables if not v.is_draw)
        return (*self.game.outcomes, *dict.fromkeys(names), *steps) if self.symbolic or schedules else ()

    @property
    def laws(self) -> dict[int, Any]:
        """The laws of the drawn numbers by letter."""
        drawn = [v for v in self.form.variables if v.law is not None]
        return {self.letters.index(v.name): self.law(v.law) for v in drawn if v.law is not None}

    def _named(self, h: int, a: int) -> tuple[tuple[str, str], ...]:
        action = self.form.actions_of[h][a]
        return (self.form.players[self.form.player_of[h]], action), ("", action)

    def _hits(self, node: int) -> Iterator[Ratio]:
        """Yield one for each thing asked that happens on the way to an end, else zero."""
        steps = [(self.form.infoset_of[at], branch) for at, branch in self.form.path(node)] if self.asked else []
        taken = {step for step in steps if step[0] >= 0}
        happened = {self.form.outcome[node], *taken, *(key for h, a in taken for key in self._named(h, a))}
        for each in self.asked:
            yield self.field.one if each in happened else self.field.zero

    def _node(self, node: int) -> Step:
        form = self.form
        if form.outcome[node] is not None:
            return Ending((*map(self.ratio, form.written_payoffs[node]), *self._hits(node)))
        below = tuple(map(self._step, form.children[node]))
        h = form.infoset_of[node]
        if h < 0:
            return Nature(tuple(map(self.ratio, form.written_probabilities[node])), below)
        return Moving(h, node, form.player_of[h], form.actions_of[h], below)


def used(ratio: Ratio) -> frozenset[int]:
    """Return the numbers of the letters that occur in a rational function."""
    return ratio.numer.used | ratio.denom.used


def powers_of(polynomial: Any, letter: int) -> dict[int, Any]:
    """Return a polynomial as power of one letter -> its coefficient, a polynomial without it."""
    rows: dict[int, dict[tuple[int, ...], Fraction]] = {}
    for powers, c in polynomial.terms():
        rest = (*powers[:letter], 0, *powers[letter + 1 :])
        row = rows.setdefault(powers[letter], {})
        row[rest] = row.get(rest, Fraction(0)) + c
    return {power: polynomial.ring.from_terms(row) for power, row in rows.items()}


def put(ratio: Ratio, letter: int, by: Ratio) -> Ratio:
    """Return a rational function with another in the place of a letter."""
    if letter not in used(ratio):
        return ratio
    return _put(ratio.numer, letter, by, ratio.field) / _put(ratio.denom, letter, by, ratio.field)


def _put(polynomial: Any, letter: int, by: Ratio, field: RationalFunctions) -> Ratio:
    rows = powers_of(polynomial, letter)
    total = field.zero
    for power in range(max(rows, default=0), -1, -1):
        total = total * by + (field.of(rows[power]) if power in rows else 0)
    return total


def row_of(polynomial: Any, letter: int) -> list[Fraction]:
    """Return the coefficients of a polynomial in one letter alone, the constant first."""
    row = [Fraction(0)] * (polynomial.degree(letter) + 1) if polynomial else [Fraction(0)]
    for powers, c in polynomial.terms():
        row[powers[letter]] += c
    return row


def constant_of(ratio: Ratio) -> Fraction:
    """Return the number that a rational function without letters is."""
    zero = (0,) * len(ratio.field.ring.symbols)
    top, bottom = (dict(side.terms()).get(zero, Fraction(0)) for side in (ratio.numer, ratio.denom))
    return Fraction(top) / bottom


def at_number(ratio: Ratio, letter: int, x: Fraction) -> Fraction:
    """Return what a rational function of one letter is worth at a fraction."""
    values = []
    for side in (ratio.numer, ratio.denom):
        total = Fraction(0)
        for c in reversed(row_of(side, letter)):
            total = total * x + c
        values.append(total)
    return values[0] / values[1]
