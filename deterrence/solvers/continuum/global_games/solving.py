"""The equilibria of a game with a state that nobody sees and a noisy signal of it for each of two players."""

from __future__ import annotations

from math import inf
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.solvers.continuum.global_games.checking import regret_of
from deterrence.solvers.continuum.global_games.cutoff_pairs import Found, cutoff_pairs
from deterrence.solvers.continuum.global_games.exact_cutoffs import exact_pair
from deterrence.solvers.continuum.global_games.gains import is_exact
from deterrence.solvers.continuum.global_games.happening import over_states
from deterrence.solvers.continuum.global_games.reading import read
from deterrence.solvers.continuum.global_games.sentences import called, notes_of, status_of
from deterrence.solvers.continuum.global_games.shape import GlobalGame
from deterrence.solvers.nash import Nash
from deterrence.solvers.perfect_bayesian import PerfectBayesian

Number = Any
ROUNDING = 1e-9
"""How far a cutoff that is no fraction may be from the exact one."""


def objection(game: Game, method: Any = None) -> str:
    """Return why the game is not taken; an empty text where it is."""
    told = read(game)
    if isinstance(told, str):
        return told[0].upper() + told[1:]
    if method is not None and not isinstance(method, (Nash, PerfectBayesian)):
        return (
            f"A game with signals of a state that nobody sees is solved for PerfectBayesian(), or Nash(), which is the "
            f"same there; got {method!r}."
        )
    return ""


def solve(game: Game, method: Any = None) -> Solution:
    """Return all equilibria in cutoffs, those in which a player does the same whatever its signal included."""
    here = read(game)
    assert not isinstance(here, str)
    asked = method or PerfectBayesian()
    found = cutoff_pairs(here)
    equilibria = tuple(_written(here, found, pair, asked.concept) for pair in found.pairs)
    return Solution(game, asked, equilibria, status_of(here, found), not found.gaps)  # type: ignore[arg-type]


def _written(here: GlobalGame, found: Found, pair: tuple[Number, Number], concept: str) -> ContinuumEquilibrium:
    game = here.game
    pair, exact = exact_pair(here, pair)
    rules = {game.form.set_names[side.place]: _rule(here, i, pair[i]) for i, side in enumerate(here.sides)}
    strategies = tuple((name, rules[name]) for name in game.form.set_names)
    said = None if here.flat else over_states(here, pair)
    payoffs = () if said is None else tuple(said.payoffs.items())
    return ContinuumEquilibrium(
        game,
        concept,
        strategies,
        (),
        payoffs,
        () if said is None else tuple(said.outcomes.items()),
        () if said is None else tuple(said.actions.items()),
        _behaviour(here, pair) if said is None else said.behaviour,
        (True,) * len(game.form.set_names),
        tuple(None for _ in game.form.set_names),
        (),
        0.0 if exact and (here.flat or is_exact(here)) else ROUNDING,
        regret_of(game, rules, dict(payoffs)),
        called(here, pair),
        notes_of(here, found, pair),
    )


def _rule(here: GlobalGame, i: int, cutoff: Number) -> Cutoffs:
    """Return a player's strategy: its low action below a cutoff, its high one above."""
    side = here.sides[i]
    low, high = here.span(i)
    if cutoff >= high or cutoff <= low:
        return Cutoffs.always(side.low if cutoff >= high else side.high, side.signal)
    return Cutoffs.of(side.signal, (-inf, cutoff, side.low), (cutoff, inf, side.high))


def _behaviour(here: GlobalGame, pair: tuple[Number, Number]) -> tuple[tuple[Any, ...], ...]:
    """Return the probability of each action under a flat prior: None where a cutoff is finite, as there is none."""
    rows: list[tuple[Any, ...]] = [()] * len(here.game.form.set_names)
    for side, cutoff in zip(here.sides, pair, strict=True):
        actions = here.game.form.actions_of[side.place]
        sure = side.low if cutoff == inf else side.high
        rows[side.place] = tuple(int(a == sure) if abs(cutoff) == inf else None for a in actions)
    return tuple(rows)
