"""Which games are not read as global games, and what is said."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.solvers.continuum.global_games.solving import objection, solve
from tests.solvers.continuum.global_games.coordination import drawn, gains, normal, strikes, table, uniform

HALF = Fraction(1, 2)


def game_of(tree, *players):
    """A game from a function that returns a tree."""

    @dt.game(*(players or ("First", "Second")))
    def refused(nothing=dt.param(0, "nothing")):
        "A game that is refused."
        return tree()

    return refused


def plain(state):
    """Both attack or wait, for a half and the state."""
    return table(
        state,
        lambda t: {
            ("attack", "attack"): (2 - t, 2 - t),
            ("attack", "wait"): (1 - t, 0),
            ("wait", "attack"): (0, 1 - t),
            ("wait", "wait"): (0, 0),
        },
    )


def noisy(first, second=None, moves=plain):
    return game_of(lambda: drawn(dt.Flat(), first, second or uniform(HALF), moves))


def private():
    return dt.draw(0, 1, seen_by="First", then=lambda cost: dt.move("First", a=dt.end("a", cost), b=dt.end("b", 0)))


def two_states():
    signals = drawn(dt.Flat(), uniform(HALF), uniform(HALF), plain)
    return dt.draw(0, 1, seen_by=(), then=lambda more: signals)


def both_first():
    return dt.draw(
        dt.Flat(),
        seen_by=(),
        then=lambda state: dt.draw(
            state - 1,
            state + 1,
            seen_by="First",
            then=lambda x: dt.draw(state - 1, state + 1, seen_by="First", then=lambda y: plain(state)),
        ),
    )


def early():
    """First moves before its signal is drawn."""

    def later(state):
        return dt.draw(
            state - 1,
            state + 1,
            seen_by="Second",
            then=lambda y: dt.draw(
                state - 1,
                state + 1,
                seen_by="First",
                then=lambda x: dt.move("Second", information="Second", a=dt.end("a", 0, 0), b=dt.end("b", 1, state)),
            ),
        )

    return dt.draw(dt.Flat(), seen_by=(), then=lambda state: dt.move("First", go=later(state), stay=dt.end("c", 0, 0)))


def chosen():
    return dt.choose("First", 0, 1, then=lambda effort: drawn(dt.Flat(), uniform(HALF), uniform(HALF), plain))


def only_after_an_attack(state):
    second = dt.move("Second", information="Second", attack=dt.end("war", -1, -1), wait=dt.end("gain", state, -1))
    return dt.move("First", attack=second, wait=dt.end("peace", 0, 0))


def three_actions(state):
    def second(k):
        return dt.move("Second", information="Second", a=dt.end(f"{k}a", k, 0), b=dt.end(f"{k}b", state, state))

    return dt.move("First", a=second(1), b=second(2), c=second(3))


def with_payoffs(cells):
    return lambda state: table(state, cells)


def by_signal():
    return dt.draw(
        dt.Flat(),
        seen_by=(),
        then=lambda state: dt.draw(
            state - 1,
            state + 1,
            seen_by="First",
            then=lambda x: dt.draw(state - 1, state + 1, seen_by="Second", then=lambda y: plain(x)),
        ),
    )


def twisted(t):
    """What First gains neither rises nor falls throughout."""
    return {
        ("attack", "attack"): (t**2, -t),
        ("attack", "wait"): (t**2, 0),
        ("wait", "attack"): (0, 1 - t),
        ("wait", "wait"): (0, 0),
    }


@pytest.mark.parametrize(
    ("game", "said"),
    [
        (game_of(private, "First"), "no state that nobody sees"),
        (game_of(two_states), "exactly two signals"),
        (game_of(both_first), "must have one signal"),
        (game_of(early), "moves before it sees"),
        (game_of(chosen), "no number may be chosen"),
        (noisy(uniform(HALF), moves=three_actions), "has 3"),
        (noisy(uniform(HALF), moves=only_after_an_attack), "must move once whatever happens"),
        (game_of(by_signal), "without the signals"),
        (noisy(lambda t: dt.Uniform(2 * t, 2 * t + 1)), "plus noise whose law does not depend"),
        (noisy(lambda t: dt.Normal(t, t**2 + 1)), "plus noise whose law does not depend"),
        (noisy(lambda t: dt.Beta(HALF, 2, t, t + 1)), "log-concave"),
        (noisy(uniform(HALF), moves=with_payoffs(twisted)), "must rise or fall"),
        (strikes(dt.Flat(), uniform(HALF), uniform(HALF), (1, 0, -1)), "no strategic complements"),
        (gains(dt.Flat(), normal(1), normal(1), (2, 2), (1, 1)), "no strategic complements"),
    ],
)
def test_what_is_no_global_game_is_told_why(game, said):
    assert said in objection(game)


@pytest.mark.parametrize(
    "noise",
    [
        lambda t: dt.Beta(2, 3, t - 1, t + 1),
        lambda t: dt.Triangular(t - 1, t, t + 1),
        lambda t: dt.Exponential(HALF, t),
        lambda t: dt.ExtremeValue(t, HALF),
        lambda t: dt.Logistic(t, HALF),
    ],
)
def test_the_families_with_a_location_are_taken(noise):
    solution = dt.solve(noisy(noise, noise))
    assert solution.complete
    assert len(solution) == 1
    assert solution[0].regret < 1e-7


def test_only_concepts_that_are_the_same_here_are_taken():
    game = noisy(uniform(HALF))
    assert not objection(game, dt.PerfectBayesian())
    assert solve(game, dt.Nash()).number_in_words == "One Nash equilibrium"
    assert "PerfectBayesian" in objection(game, dt.Sequential())
