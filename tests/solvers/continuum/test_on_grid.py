"""Finite games in the place of games with numbers without end: both say the same, up to the width of a cell.

An equilibrium of the continuum is played on a grid: each type does what the equilibrium has it do, and each number is
rounded to the nearest of the grid. What anybody gains by deviating there, and what outcomes become likelier, is
computed by the engine for finite trees, which knows nothing of the continuum. On a grid of n values both are of the
order 1/n: a cutoff falls into a cell of mass 1/n, and rounding moves a number by 1/(2n) of its range.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import sympy as sp

import deterrence as dt
from deterrence.answers.continuum.strategies import chosen_at
from deterrence.games import play
from tests.solvers.continuum.trees import tree_of, vectors

CHOOSES = re.compile(r".* chooses (\w+)( after .*)?")
D1 = ("sunk_cost_continuous", "tied_hands", "spence")

CASES: dict[tuple[str, int], tuple[dict[str, int], ...]] = {}
"""A vector's model and number -> the grids, each of twice as many values as the one before."""


def grids(model: str, which: int, n: int, **counts: int) -> None:
    """Put a case on the list: n types and n steps of each choice, and then twice as many, unless counts say else."""
    variables = tree_of(vectors(model)[which]).variables
    CASES[model, which] = tuple(
        {
            name: m * counts.get(name, n) if one.kind == "draw" else m * counts.get(name, n) + 1
            for name, one in variables.items()
        }
        for m in (1, 2)
    )


grids("ultimatum_hidden_cost", 0, 6)
grids("ultimatum_both_costs", 0, 4)
grids("ultimatum_offers", 0, 8)
grids("arms_race", 0, 6)
grids("strike_resolve", 0, 16)
grids("audience_costs", 0, 6)
grids("sorted_crisis", 0, 7)
grids("sanctions_resolve", 0, 7)
grids("attribution", 0, 6)
grids("mobilise_two_levels", 0, 12)
grids("sunk_cost_continuous", 0, 5)
grids("tied_hands", 0, 5, signal=15)
grids("spence", 0, 4)
grids("chain_store", 0, 12)
grids("mobilisation", 0, 10)
grids("inspection", 0, 8)
grids("provocation", 0, 6)
grids("cheap_talk", 0, 3, message=5, reply=10)
grids("attribution_two", 0, 2)
SLOW = ("attribution_two",)


def known_in(label: str) -> tuple[str, dict[str, Fraction]]:
    """The information set of the tree that one of a grid stands for, and the numbers that are known there."""
    words = [part.rpartition(" = ") for part in label.split(", ")]
    place = ", ".join(part for _, sign, part in words if not sign)
    return place, {name: Fraction(value) for name, sign, value in words if sign}


def chosen(choice: Any, known: Mapping[str, Fraction]) -> tuple[tuple[Any, Any], ...]:
    """The numbers that are chosen, each with its chance."""
    if isinstance(choice, sp.Basic) and choice.free_symbols:
        return ((choice.subs({sp.Symbol(name, real=True): value for name, value in known.items()}), 1),)
    return tuple(chosen_at(choice, known))


def rounded(equilibrium: Any, grid: dt.Game) -> list[list[Any]]:
    """An equilibrium of the continuum as strategies of the game on a grid: rows of probabilities by information set."""
    played = []
    for label, actions in zip(grid.form.set_names, grid.form.actions_of, strict=True):
        place, known = known_in(label)
        number = CHOOSES.fullmatch(place)
        if number:
            row = dict.fromkeys(actions, Fraction(0))
            for value, chance in chosen(equilibrium.choices[number[1]], known):
                row[min(actions, key=lambda action: abs(Fraction(action.rpartition(" = ")[2]) - value))] += chance
        else:
            row = dict(equilibrium.strategies[place].at(known))
        played.append([row.get(action, 0) for action in actions])
    return played


@cache
def solution(model: str, which: int) -> Any:
    """The equilibria of the continuum."""
    return dt.solve(tree_of(vectors(model)[which]), dt.D1() if model in D1 else None)


def spread(game: dt.Game) -> Fraction:
    """The difference between the greatest and least payoff of any player."""
    payoffs = [Fraction(number) for row in game.numbers[0] if row for number in row if number is not None]
    return max(payoffs) - min(payoffs)


@cache
def compared(model: str, which: int) -> list[list[tuple[float, float, int]]]:
    """For each equilibrium and grid the gain from deviating, the most that an outcome's chance is off, and the size."""
    game, found = tree_of(vectors(model)[which]), []
    for equilibrium in solution(model, which):
        rows = []
        for counts in CASES[model, which]:
            grid = game.on_grid(**counts)
            form, numbers = grid.form, grid.numbers
            behaviour = rounded(equilibrium, grid)
            gain = play.deviation_gain(form, numbers, behaviour) / spread(grid)
            happens = dict.fromkeys(equilibrium.outcomes, Fraction(0))
            for node, chance in play.reach(form, numbers, behaviour).items():
                if not form.children[node]:
                    happens[form.outcome[node]] += chance
            off = max(abs(happens[outcome] - p) for outcome, p in equilibrium.outcomes.items())
            rows.append((float(gain), float(off), min(counts.values(), default=1)))
        found.append(rows)
    return found


@pytest.mark.parametrize(
    ("model", "which"), [pytest.param(*case, marks=[pytest.mark.slow] if case[0] in SLOW else []) for case in CASES]
)
def test_an_equilibrium_of_the_continuum_is_one_of_the_grid_up_to_a_cell(model, which):
    found = compared(model, which)
    assert found
    for gain, off, n in (row for rows in found for row in rows):
        assert 0 <= gain <= 1 / n
        assert off <= 2 / n


def test_taken_together_gains_and_differences_fall_with_the_width_of_a_cell():
    rows = [row for case in CASES if case[0] not in SLOW for row in compared(*case)]
    for k in (0, 1):
        coarse, fine = (sum(each[grid][k] for each in rows) for grid in (0, 1))
        assert fine < 0.75 * coarse


@pytest.mark.parametrize(
    ("model", "counts"),
    [
        ("strike_resolve", {"war_cost": 20}),
        ("provocation", {"patience": 16, "push": 17}),
        ("ultimatum_hidden_cost", {"war_cost": 16, "demand": 17}),
        ("ultimatum_both_costs", {"own_cost": 4, "war_cost": 6, "demand": 9}),
        pytest.param("ultimatum_both_costs", {"own_cost": 5, "war_cost": 5, "demand": 11}, marks=pytest.mark.slow),
        ("mobilise_two_levels", {"resolve": 10}),
        ("inspection", {"effort": 7}),
        ("arms_race", {"first_cost": 14, "second_cost": 14}),
        ("chain_store", {"fight_cost": 16}),
        ("attribution", {"worth": 10, "liking": 10}),
        ("mobilisation", {"war_cost": 16, "signal": 15}),
    ],
)
def test_equilibria_of_the_grid_are_those_of_the_continuum_up_to_a_cell(model, counts):
    there = dt.solve(tree_of(vectors(model)[0]).on_grid(**counts))
    assert there.complete
    for one in solution(model, 0):  # each of the continuum has one of the grid beside it
        assert min(apart(one, other) for other in there) <= 2 / min(counts.values())
    for other in there:  # and none of the grid stands alone
        assert min(apart(one, other) for one in solution(model, 0)) <= 2 / min(counts.values())


def apart(one: Any, other: Any) -> float:
    """How far the probability of an outcome differs at most."""
    return max(abs(float(p) - float(other.outcomes[outcome])) for outcome, p in one.outcomes.items())
