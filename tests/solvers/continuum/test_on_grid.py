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
from tests.solvers.continuum.trees import tree_of, vectors

import deterrence as dt
from deterrence.answers.continuum.strategies import chosen_at

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
grids("attribution_two", 0, 2)
grids("mobilise_two_levels", 0, 12)
grids("sunk_cost_continuous", 0, 5)
grids("tied_hands", 0, 5, signal=15)
grids("spence", 0, 4)
grids("chain_store", 0, 12)
grids("mobilisation", 0, 10)
grids("inspection", 0, 8)
grids("provocation", 0, 6)
grids("cheap_talk", 0, 3, message=5, reply=10)


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


def rounded(equilibrium: Any, grid: dt.Game) -> dict[str, Any]:
    """An equilibrium of the continuum as strategies of the game on a grid."""
    played = {}
    for label, actions in zip(grid.form.set_names, grid.form.actions_of, strict=True):
        place, known = known_in(label)
        number = CHOOSES.fullmatch(place)
        if not number:
            played[label] = dict(equilibrium.strategies[place].at(known))
            continue
        row = dict.fromkeys(actions, Fraction(0))
        for value, chance in chosen(equilibrium.choices[number[1]], known):
            row[min(actions, key=lambda action: abs(Fraction(action.rpartition(" = ")[2]) - value))] += chance
        played[label] = row
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
            there = dt.profile(grid, rounded(equilibrium, grid), method=dt.Nash())
            off = max(abs(there.outcomes[outcome] - p) for outcome, p in equilibrium.outcomes.items())
            rows.append((float(there.regret / spread(grid)), float(off), min(counts.values(), default=1)))
        found.append(rows)
    return found


@pytest.mark.parametrize(("model", "which"), CASES)
def test_an_equilibrium_of_the_continuum_is_one_of_the_grid_up_to_a_cell(model, which):
    assert len(solution(model, which)) > 0
    for rows in compared(model, which):
        for gain, off, n in rows:
            assert gain <= 1 / n
            assert off <= 2 / n
