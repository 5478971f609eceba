"""Supports that exact signs at corners rule out hold no equilibrium, and every equilibrium found without them is found."""

import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move
from deterrence.solvers.supports.search import SupportSearch
from tests.random_games import random_game


def crisis(stages, seed):
    """Return a crisis between two sides of two types each, who stop or go on in turn, with random payoffs."""
    rng = random.Random(seed)

    def leaf(name):
        return end(name, rng.randrange(100), rng.randrange(100))

    def stage(depth, one, other):
        player, kind = ("A", one) if depth % 2 == 0 else ("B", other)
        after = leaf("war") if depth == stages - 1 else stage(depth + 1, one, other)
        return move(player, stop=leaf(f"stop {depth}"), go=after, information=f"{player} {kind} {depth}")

    def known(one):
        return chance(h=(Fraction(1, 2), stage(0, one, "h")), s=(Fraction(1, 2), stage(0, one, "s")))

    return dt.Game(("A", "B"), chance(h=(Fraction(1, 3), known("h")), s=(Fraction(2, 3), known("s"))))


def told(solution):
    """Return what each equilibrium plays and what may vary in it, whichever of its points is shown."""
    return sorted(
        (each.pattern, sorted((f.information_set, f.of, f.low, f.high) for f in each.free_list)) for each in solution
    )


def without_signs(monkeypatch):
    plain = SupportSearch.at_point

    def at_point(*arguments):
        search = plain(*arguments)
        search.corner_signs = None
        return search

    monkeypatch.setattr(SupportSearch, "at_point", at_point)


GAMES = [random_game(seed) for seed in range(300, 345)] + [crisis(3, seed) for seed in range(12)]


LONG = {"random 331", "random 342"}
BOTH_WAYS = [
    pytest.param(game, marks=[pytest.mark.slow] if game.name in LONG else [], id=game.name)
    for game in GAMES
    if game is not None
]


@pytest.mark.parametrize("game", BOTH_WAYS)
def test_the_search_finds_with_signs_what_it_finds_without(game, monkeypatch):
    found = dt.solve(game, dt.PerfectBayesian())
    without_signs(monkeypatch)
    plain = dt.solve(game, dt.PerfectBayesian())
    if plain.complete:
        assert found.complete
        assert told(found) == told(plain)


@pytest.mark.parametrize("seed", range(6))
def test_fewer_patterns_are_left(seed, monkeypatch):
    agent, numbers = _agent(crisis(4, seed))
    signed = set(SupportSearch.at_point(agent, numbers, 50_000).patterns())
    without_signs(monkeypatch)
    assert signed <= set(SupportSearch.at_point(agent, numbers, 50_000).patterns())


def _agent(game):
    from deterrence.solvers.supports.agent_form import AgentForm

    return AgentForm(game.form, *game.numbers), game.numbers


def test_a_branch_of_chance_that_never_happens_tells_nothing():
    """Beliefs after it are open, as at a set off the path."""

    def signal(gain):
        return move("B", fold=end("fold", 1, 0), fight=end("fight", 0, gain), information="B")

    game = dt.Game(("A", "B"), chance(never=(0, signal(5)), always=(1, signal(-1))))
    assert {each.outcomes["fold"] for each in dt.solve(game, dt.PerfectBayesian())} == {1}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 7, 8, 10, 12, 16])
def test_twelve_information_sets_are_solved_to_the_end(seed):
    """Among them a range that ended in a division by zero, and sets that only a decision procedure settles."""
    solution = dt.solve(crisis(6, seed))
    assert solution.complete
    assert all(each.regret <= Fraction(1, 10**12) for each in solution)
