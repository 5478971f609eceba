"""What a profile of cutoffs, choices and mixtures comes to: payoffs, outcomes, and the probability of each action.

Types are independent, so that within cells of the types, between the cutoffs, everything is a polynomial in them:
its mean is a sum of moments, exact for uniform laws. A type on which a choice depends, or that stands in a payoff in
another way, is gone through by nodes of Gauss and Legendre between the places where something changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import isfinite
from typing import Any

from deterrence.answers.continuum.strategies import Cutoffs, Schedule, chosen_at, exact_or_float
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.expression import Exact, compile_exact, in_sympy, is_symbolic, names_in
from deterrence.games.game import Game

Number = Any
NODES = 48
"""So many nodes stand in each piece of a type that is gone through by numbers."""


@dataclass(frozen=True)
class Played:
    """What a profile comes to.

    Attributes
    ----------
    payoffs, outcomes
        Player -> expected payoff; outcome -> probability.
    actions
        (player or an empty text, action) -> the probability that it is taken somewhere along the play.
    behaviour
        For each information set the probability of each action over the types that reach it, else over all types.
    reached
        Whether each information set is reached.
    """

    payoffs: Mapping[str, Number]
    outcomes: Mapping[str, Number]
    actions: Mapping[tuple[str, str], Number]
    behaviour: tuple[tuple[Number, ...], ...]
    reached: tuple[bool, ...]


def played(game: Game, strategies: Mapping[str, Cutoffs], choices: Mapping[str, Any] | None = None) -> Played:
    """Return what a profile comes to at the game's parameter values.

    Parameters
    ----------
    game
        The game.
    strategies
        Information set -> what its types do.
    choices
        Name of a chosen number -> the number, a mixture, a schedule, or an expression in choices seen before it.
    """
    return _Play(game, strategies, choices or {}).run()


@dataclass
class _Sums:
    payoffs: list[Number]
    outcomes: dict[str, Number]
    reach: dict[int, Number] = field(default_factory=dict)
    taken: dict[tuple[int, int], Number] = field(default_factory=dict)
    actions: dict[tuple[str, str], Number] = field(default_factory=dict)


@dataclass(frozen=True)
class _Cells:
    """A cell for each type that is not known: its ends and law, its probability, and a number inside."""

    ends: Mapping[str, tuple[Number, Number, Law]]
    mass: Mapping[str, Number]
    inside: Mapping[str, Number]


_At = tuple[int, dict[str, Number], Number, frozenset[tuple[str, str]]]
"""A node, the numbers known there, its probability, and the actions taken before it."""


class _Play:
    def __init__(self, game: Game, strategies: Mapping[str, Cutoffs], choices: Mapping[str, Any]) -> None:
        self.game, self.form, self.choices = game, game.form, choices
        self.rules = [strategies[name] for name in self.form.set_names]
        self.parameters = dict(game.values)
        self.draws = [v for v in self.form.variables if v.is_draw]
        names = [v.name for v in self.draws]
        self.leaves = _leaves(game, tuple(dict.fromkeys(names)))
        self.by_numbers = self._by_numbers()

    def _by_numbers(self) -> list[str]:
        """Return the drawn numbers that are gone through by nodes, in the order of the tree."""
        need = {name for leaf in self.leaves.values() for name in leaf.other}
        need |= {c.variable for c in self.choices.values() if isinstance(c, Schedule) and not _constant(c)}
        need |= {name for v in self.draws for name in v.names}
        return [v.name for v in self.draws if v.name in need]

    def run(self) -> Played:
        form = self.form
        sums = _Sums([0] * len(form.players), dict.fromkeys(self.game.outcomes, 0))
        for known, weight in self._nodes({}, 1, list(dict.fromkeys(self.by_numbers))):
            for cells in self._cells(known):
                self._walk(known, cells, weight, sums)
        anybody: dict[tuple[str, str], Number] = {
            key: 0
            for h, actions in enumerate(form.actions_of)
            for a in actions
            for key in ((form.players[form.player_of[h]], a), ("", a))
        }
        behaviour, reached = [], []
        for h, actions in enumerate(form.actions_of):
            total = sums.reach.get(h, 0)
            reached.append(bool(total > 0))
            row = [sums.taken.get((h, a), 0) for a in range(len(actions))]
            behaviour.append(tuple(p / total for p in row) if total else self._over_all_types(h))
        return Played(
            dict(zip(form.players, sums.payoffs, strict=True)),
            sums.outcomes,
            {**anybody, **sums.actions},
            tuple(behaviour),
            tuple(reached),
        )

    def _law(self, name: str, known: Mapping[str, Number]) -> Law:
        variable = next(v for v in self.draws if v.name == name)
        assert variable.law is not None
        return variable.law.at({**self.parameters, **known})

    def _breaks(self, name: str, known: Mapping[str, Number]) -> list[Number]:
        """Return the numbers between the ends of a law at which something changes."""
        found: list[Number] = []
        for rule in self.rules:
            if rule.variable == name and not any(case.given for case in rule.cases):
                found += [c for c in rule.cutoffs if not getattr(c, "free_symbols", None)]
        for choice in self.choices.values():
            if isinstance(choice, Schedule) and choice.variable == name:
                found += choice.cutoffs
        low, high = self._law(name, known).ends
        return sorted({exact_or_float(c) for c in found if low < exact_or_float(c) < high})

    def _nodes(
        self, known: dict[str, Number], weight: Number, names: Sequence[str]
    ) -> Iterator[tuple[dict[str, Number], Number]]:
        if not names:
            yield known, weight
            return
        name, law = names[0], self._law(names[0], known)
        low, high = law.ends
        nodes, weights = gauss(NODES) if isinstance(law, Uniform) else _towards_ends()
        ends = [low, *self._breaks(name, known), high]
        for a, b in pairwise(ends):
            first, last = float(law.cdf(a)), float(law.cdf(b))
            for x, w in zip(law.ppf(first + (last - first) * nodes).tolist(), weights.tolist(), strict=True):
                yield from self._nodes({**known, name: x}, weight * w * (last - first), names[1:])

    def _cells(self, known: Mapping[str, Number]) -> Iterator[dict[str, tuple[Number, Number, Law]]]:
        """Yield for each combination of cells the ends and the law of every type that is not known."""
        left = [name for name in dict.fromkeys(v.name for v in self.draws) if name not in known]

        def deeper(names: list[str], cells: dict[str, tuple[Number, Number, Law]]) -> Iterator[dict[str, Any]]:
            if not names:
                yield cells
                return
            law = self._law(names[0], known)
            low, high = law.ends
            ends = [low, *self._all_breaks(names[0], known, law), high]
            for a, b in pairwise(ends):
                yield from deeper(names[1:], {**cells, names[0]: (a, b, law)})

        yield from deeper(left, {})

    def _all_breaks(self, name: str, known: Mapping[str, Number], law: Law) -> list[Number]:
        """Return the cutoffs in a type at every choice that may be made."""
        low, high = law.ends
        found = set()
        for rule in self.rules:
            if rule.variable != name:
                continue
            for point in self._choice_points(known):
                found |= set(rule.cutoffs_at({**known, **point}))
        for choice in self.choices.values():
            if isinstance(choice, Schedule) and choice.variable == name:
                found |= set(map(exact_or_float, choice.cutoffs))
        return sorted(c for c in found if low < c < high)

    def _choice_points(self, known: Mapping[str, Number]) -> list[dict[str, Number]]:
        points: list[dict[str, Number]] = [{}]
        for name, choice in self.choices.items():
            spread = []
            for point in points:
                if isinstance(choice, Schedule) and choice.variable not in known:
                    spread += [{**point, name: exact_or_float(v)} for _, _, v in choice.pieces]
                else:
                    spread += [
                        {**point, name: self._number(x, {**known, **point})} for x, _ in chosen_at(choice, known)
                    ]
            points = spread
        return points

    def _number(self, value: Any, known: Mapping[str, Number]) -> Number:
        if is_symbolic(value) and getattr(value, "free_symbols", None):
            return evaluated(value, {**self.parameters, **known})
        return exact_or_float(value)

    def _walk(
        self,
        known: Mapping[str, Number],
        cells: Mapping[str, tuple[Number, Number, Law]],
        weight: Number,
        sums: _Sums,
    ) -> None:
        form = self.form
        mass = {name: _mass(*cell) for name, cell in cells.items()}
        inside = {name: _inside(low, high) for name, (low, high, _) in cells.items()}
        for m in mass.values():
            weight = weight * m
        if weight == 0:
            return
        stack: list[_At] = [(0, dict(known), weight, frozenset())]
        while stack:
            node, values, w, done = stack.pop()
            branches = [(values, w)]
            above = form.variables_above.get(form.parent[node], ()) if node else ()
            for k in form.variables_above.get(node, ())[len(above) :]:
                variable = form.variables[k]
                if variable.is_draw:
                    continue
                spread = []
                for now, p in branches:
                    typed = {**inside, **now}
                    for x, q in chosen_at(self.choices[variable.name], typed):
                        spread.append(({**now, variable.name: self._number(x, now)}, p * exact_or_float(q)))
                branches = spread
            for now, p in branches:
                if p != 0:
                    stack += self._step((node, now, p, done), _Cells(cells, mass, inside), sums)

    def _step(self, at: _At, cells: _Cells, sums: _Sums) -> list[_At]:
        """Count what happens at one node, and return where play goes on."""
        node, known, weight, done = at
        form, outcome = self.form, self.form.outcome[node]
        if outcome is not None:
            sums.outcomes[outcome] += weight
            leaf = self.leaves[node]
            for i in range(len(form.players)):
                sums.payoffs[i] += weight * leaf.mean(i, known, cells, self.parameters)
            return []
        h = form.infoset_of[node]
        if h < 0:
            row = (self._number(in_sympy(p), known) if is_symbolic(p) else p for p in form.written_probabilities[node])
            return [(c, known, weight * q, done) for c, q in zip(form.children[node], row, strict=True) if q != 0]
        return self._moves(h, at, cells, sums)

    def _moves(self, h: int, at: _At, cells: _Cells, sums: _Sums) -> list[_At]:
        node, known, weight, done = at
        form = self.form
        further: list[_At] = []
        sums.reach[h] = sums.reach.get(h, 0) + weight
        player = form.players[form.player_of[h]]
        chances = self.rules[h].at({**cells.inside, **known})
        for a, (child, action) in enumerate(zip(form.children[node], form.actions_of[h], strict=True)):
            p = exact_or_float(chances.get(action, 0))
            if p == 0:
                continue
            sums.taken[h, a] = sums.taken.get((h, a), 0) + weight * p
            fresh = [key for key in ((player, action), ("", action)) if key not in done]
            for key in fresh:
                sums.actions[key] = sums.actions.get(key, 0) + weight * p
            further.append((child, known, weight * p, done.union(fresh)))
        return further

    def _over_all_types(self, h: int) -> tuple[Number, ...]:
        """Return the probability of each action at a set that is not reached, over all its player's types."""
        rule, actions = self.rules[h], self.form.actions_of[h]
        try:
            pieces = rule.pieces_at(self._choice_points({})[0])
        except Exception:  # noqa: BLE001  (a reply to a choice that is not known: any action may be played)
            return (Fraction(1, len(actions)),) * len(actions)
        if rule.variable is None or rule.variable in {
            n for v in self.draws for n in v.names if v.name == rule.variable
        }:
            return tuple(exact_or_float(dict(pieces[0][2]).get(a, 0)) for a in actions)
        law = self._law(rule.variable, {})
        totals = dict.fromkeys(actions, 0)
        for low, high, done in pieces:
            for action, p in done:
                totals[action] += _mass(low, high, law) * exact_or_float(p)
        return tuple(totals.values())


@lru_cache(maxsize=1)
def _towards_ends() -> tuple[Any, Any]:
    """Return nodes and weights that crowd towards both ends, where quantiles of laws without ends rise steeply."""
    import numpy as np

    nodes, weights = gauss(2 * NODES)
    moved = nodes - np.sin(2 * np.pi * nodes) / (2 * np.pi)
    return moved, weights * (1 - np.cos(2 * np.pi * nodes))


def _constant(schedule: Schedule) -> bool:
    return not any(
        bool(getattr(v, "free_symbols", None)) or (callable(v) and not hasattr(v, "free_symbols"))
        for _, _, v in schedule.pieces
    )


def _mass(low: Number, high: Number, law: Law) -> Number:
    return law.cdf(_finite(high, law)) - law.cdf(_finite(low, law))


def _finite(x: Number, law: Law) -> Number:
    """Return an end that exact laws can be asked at."""
    if isinstance(x, float) and not isfinite(x):
        return law.ends[1] if x > 0 else law.ends[0]
    return x


def _inside(low: Number, high: Number) -> Number:
    """Return a number between two ends."""
    if isfinite(low) and isfinite(high):
        return (low + high) / 2 if isinstance(low, float) or isinstance(high, float) else Fraction(low + high) / 2
    if isfinite(low):
        return low + 1
    return high - 1 if isfinite(high) else 0


@dataclass(frozen=True)
class _Leaf:
    """The payoffs at an end: for each player the terms of a polynomial in the types, and whatever is none.

    A term is a pair of a coefficient, which may depend on parameters and choices, and the powers of types.
    """

    terms: tuple[tuple[tuple[Any, tuple[tuple[str, int], ...]], ...], ...]
    other: frozenset[str]

    def mean(
        self,
        player: int,
        known: Mapping[str, Number],
        cells: _Cells,
        parameters: Mapping[str, Exact],
    ) -> Number:
        """Return the mean of a player's payoff over cells of the types, given that these are drawn."""
        total: Number = 0
        for coefficient, powers in self.terms[player]:
            value = coefficient
            if is_symbolic(coefficient):
                value = evaluated(coefficient, {**parameters, **known})
            for name, power in powers:
                value = value * (
                    known[name] ** power if name in known else moment(*cells.ends[name], power) / cells.mass[name]
                )
            total += value
        return total


def evaluated(value: Any, known: Mapping[str, Number]) -> Number:
    """Return an expression's number: exact where all that it needs is exact, else a float."""
    names = names_in(value)
    if any(isinstance(known[name], float) for name in names):
        return float(_lambdified(value, tuple(sorted(names)))(*(float(known[name]) for name in sorted(names))))
    return _compiled(value)({name: known[name] for name in names})


@lru_cache(maxsize=4096)
def _lambdified(value: Any, names: tuple[str, ...]) -> Any:
    import sympy as sp

    return sp.lambdify([sp.Symbol(name, real=True) for name in names], value, modules="numpy")


@lru_cache(maxsize=4096)
def _compiled(value: Any) -> Any:
    return compile_exact(value)


@lru_cache(maxsize=4096)
def moment(low: Number, high: Number, law: Law, power: int) -> Number:
    """Return the integral of a power of the number over what is drawn between two ends."""
    low, high = _finite(low, law), _finite(high, law)
    if power == 0:
        return law.cdf(high) - law.cdf(low)
    return law.moment_between(low, high, power)


@lru_cache(maxsize=256)
def _leaves(game: Game, names: tuple[str, ...]) -> dict[int, _Leaf]:
    import sympy as sp

    symbols = [sp.Symbol(name, real=True) for name in names]
    leaves = {}
    for node in range(game.form.size):
        if game.form.outcome[node] is None:
            continue
        rows: list[Any] = []
        other: set[str] = set()
        for value in game.form.payoffs[node]:
            mine = [s for s in symbols if is_symbolic(value) and s in value.free_symbols]
            if not mine:
                rows.append(((value, ()),))
                continue
            strange = [s for s in mine if not value.is_polynomial(s)]
            other |= {s.name for s in strange}
            kept = [s for s in mine if s not in strange]
            if not kept:
                rows.append(((value, ()),))
                continue
            terms = sp.Poly(value, *kept).terms()
            rows.append(
                tuple(
                    (_plain(c), tuple((s.name, k) for s, k in zip(kept, powers, strict=True) if k))
                    for powers, c in terms
                )
            )
        leaves[node] = _Leaf(tuple(rows), frozenset(other))
    return leaves


def _plain(value: Any) -> Any:
    return value if value.free_symbols else exact_or_float(value)
