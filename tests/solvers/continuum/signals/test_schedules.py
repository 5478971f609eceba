"""Schedules of signals: each type sends just so much that no weaker one passes for it."""

import pickle
from fractions import Fraction
from math import log

import pytest

import deterrence as dt
from deterrence.errors import MethodError
from tests.solvers.continuum.signals.signal_games import exact, law, strength, valued, vectors


def solved(game):
    solution = dt.solve(game, dt.D1())
    (equilibrium,) = solution
    assert equilibrium.regret <= 1e-8
    return solution, equilibrium


@pytest.mark.parametrize("vector", vectors("spence"))
def test_costs_of_a_power_of_strength_give_a_power_as_schedule(vector):
    at, expect = vector["parameters"], vector["expect"]
    types = dt.Uniform(exact(at["t0"]), 1)
    solution, equilibrium = solved(strength(lambda t, m: m / t ** at["k"], types=types, opponent=law(at["opponent"])))
    assert solution.complete
    assert [float(equilibrium.choices["m"](t)) for t in at["at"]] == pytest.approx(expect["signals"], abs=3e-6)
    assert equilibrium.payoffs["Sender"] == pytest.approx(expect["mean_payoff"], abs=3e-6)


def test_the_schedule_is_a_formula_and_exact_at_exact_types():
    _, equilibrium = solved(strength(lambda t, m: m / t, types=dt.Uniform("1/2", 1)))
    assert equilibrium.choices["m"](Fraction(4, 5)) == Fraction(39, 200)  # (.8**2 - .5**2) / 2
    assert "t**2/2 - 1/8" in str(equilibrium)
    assert equilibrium.strategies["Opponent"].cutoffs_at({"m": Fraction(3, 8)}) == (0,)


def test_types_above_one_pool_where_the_signal_has_a_bound():
    """At most 1/5: t - (t/2 - 1/(8 t)) = (1 + t)/2 - 1/(5 t) at t = 13/20, which jumps."""
    solution, equilibrium = solved(strength(lambda t, m: m / t, types=dt.Uniform("1/2", 1), most="1/5"))
    assert solution.complete
    assert [float(c) for c in equilibrium.choices["m"].cutoffs] == pytest.approx([0.65], abs=1e-9)
    assert float(equilibrium.choices["m"](0.9)) == 0.2
    assert equilibrium.name == "separating up to a pool"


def test_all_pool_where_the_bound_is_so_low_that_the_weakest_send_it():
    _, equilibrium = solved(strength(lambda t, m: m / t, types=dt.Uniform("1/2", 1), most="1/10"))
    assert equilibrium.choices["m"] == Fraction(1, 10)  # 3/4 - 1/5 is more than 1/2
    assert equilibrium.payoffs["Sender"] == pytest.approx(0.75 - 0.2 * log(2), abs=1e-9)


def test_an_opponent_of_another_law_is_met_by_numbers():
    """The chance to be left alone rises by 6 t (1 - t) for a caution from a beta law: m = 2 t**3 - 3/2 t**4, less that."""
    _, equilibrium = solved(strength(lambda t, m: m / t, types=dt.Uniform("1/5", 1), opponent=dt.Beta(2, 2)))
    start = 2 * 0.2**3 - 1.5 * 0.2**4
    for t in (0.3, 0.6, 0.95):
        assert equilibrium.choices["m"](t) == pytest.approx(2 * t**3 - 1.5 * t**4 - start, abs=1e-9)
    assert pickle.loads(pickle.dumps(equilibrium)).choices["m"](0.6) == equilibrium.choices["m"](0.6)


def test_types_whom_nobody_or_everybody_attacks_send_the_same():
    """A caution between 3/10 and 7/10 leaves types below 3/10 attacked for certain, and those above 7/10 alone."""
    game = strength(lambda t, m: m / t, types=dt.Uniform("1/10", "9/10"), opponent=dt.Uniform("3/10", "7/10"))
    _, equilibrium = solved(game)
    schedule = equilibrium.choices["m"]
    assert schedule(Fraction(1, 5)) == 0
    assert schedule(Fraction(1, 2)) == Fraction(1, 5)  # (.25 - .09) / .8
    assert schedule(Fraction(4, 5)) == Fraction(1, 2)  # (.49 - .09) / .8


def test_a_reply_by_a_number_is_met_by_the_same_schedule():
    """Worth r - m/t, and the reply is the type believed: m = (t**2 - 1)/2."""
    game = valued(lambda t, m, r: r - m / t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2))
    solution, equilibrium = solved(game)
    assert solution.complete
    assert equilibrium.choices["m"](Fraction(3, 2)) == Fraction(5, 8)
    assert equilibrium.payoffs["Receiver"] == pytest.approx(0, abs=1e-9)


def test_a_pool_at_the_bound_is_answered_by_the_mean():
    """At most 1/2: t - (t**2 - 1)/(2 t) = 1 + t/2 - 1/(2 t) where 1/t = 1, so that all pool."""
    game = valued(lambda t, m, r: r - m / t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2), most="1/2")
    _, equilibrium = solved(game)
    assert equilibrium.choices["m"] == Fraction(1, 2)
    more = valued(lambda t, m, r: r - m / t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2), most=1)
    _, equilibrium = solved(more)
    # t/2 + 1/(2 t) = 1 + t/2 - 1/t at t = 3/2; the mean of those above is 7/4
    assert [float(c) for c in equilibrium.choices["m"].cutoffs] == pytest.approx([1.5], abs=1e-9)


def test_a_cost_that_rises_ever_faster_is_solved_by_numbers():
    """(1 + m) m' = t from m(1) = 0: (1 + m)**2 = t**2."""
    game = valued(lambda t, m, r: r - (m + m**2 / 2) / t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2))
    _, equilibrium = solved(game)
    assert equilibrium.choices["m"](1.7) == pytest.approx(0.7, abs=1e-9)


def test_a_cost_by_the_square_of_the_signal_starts_steeply():
    """2 m m' / t = 1 from m(1) = 0: m**2 = (t**2 - 1)/2."""
    game = valued(lambda t, m, r: r - m**2 / t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2))
    solution, equilibrium = solved(game)
    assert solution.complete
    assert float(equilibrium.choices["m"](1.5)) == pytest.approx(0.625**0.5, abs=1e-12)
    # the mean of t - m**2/t = t/2 + 1/(2 t) between 1 and 2
    assert equilibrium.payoffs["Sender"] == pytest.approx(0.75 + log(2) / 2, abs=1e-9)


def test_those_who_want_to_be_thought_weak_signal_from_the_top():
    """Worth -r - m t: the cost is lower for low types, and m' = -1/t from m(2) = 0: m = log(2/t)."""
    game = valued(lambda t, m, r: -r - m * t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2))
    _, equilibrium = solved(game)
    assert equilibrium.choices["m"](1.3) == pytest.approx(log(2 / 1.3), abs=1e-9)


def test_a_polynomial_schedule_whose_way_back_has_no_short_formula():
    """Worth r - m/(t + t**2): m' = t + t**2."""
    game = valued(lambda t, m, r: r - m / (t + t**2), lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2), most=6)
    _, equilibrium = solved(game)
    assert equilibrium.choices["m"](Fraction(2)) == Fraction(3, 2) + Fraction(7, 3)


def test_what_holds_where_it_was_tried_is_not_called_complete():
    """The cost falls by a function of which it is not proved that it falls for all types."""
    import sympy as sp

    game = valued(
        lambda t, m, r: r - m * (3 - sp.sin(t)), lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(0, 1), most=6
    )
    solution, _ = solved(game)
    assert not solution.complete
    assert "not proved" in solution.status


PARABOLA = lambda t, _, r: -((r - t) ** 2)  # noqa: E731
REFUSED = {
    "the marginal cost does not fall in the type": valued(lambda t, m, r: r - m * t, PARABOLA, types=dt.Uniform(1, 2)),
    "have no weakest one": valued(lambda t, m, r: r - m * (3 - t), PARABOLA, types=dt.Normal(1, 1)),
    "must cost every type of Sender something": valued(lambda t, m, r: r + m / t, PARABOLA, types=dt.Uniform(1, 2)),
    "Some types of Sender gain by another reply": valued(
        lambda t, m, r: r * (t - 1.5) - m / t, PARABOLA, types=dt.Uniform(1, 2)
    ),
    "costs nothing at the margin": strength(lambda t, m: m**2 / t, types=dt.Uniform("1/2", 1), opponent=dt.Beta(2, 2)),
    "give it more room": valued(lambda t, m, r: r - m / t, PARABOLA, types=dt.Uniform(1, 2), reply=(0, 1)),
    "its payoff is a parabola in 'r'": valued(lambda t, m, r: r - m / t, lambda t, _, r: t * r, types=dt.Uniform(1, 2)),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_not_solved_is_refused_in_words(sentence):
    with pytest.raises(MethodError, match=sentence):
        dt.solve(REFUSED[sentence], dt.D1())


def with_replies(replies):
    @dt.game("Sender", "Opponent")
    def signalling():
        "A signal to an opponent with a type of its own."
        return dt.draw(
            1,
            2,
            seen_by="Sender",
            then=lambda t: dt.draw(
                0, 1, seen_by="Opponent", then=lambda y: dt.choose("Sender", 0, 1, then=lambda m: replies(t, y, m))
            ),
        )

    return signalling


def test_three_replies_of_a_typed_opponent_are_refused():
    game = with_replies(
        lambda t, y, m: dt.move(
            "Opponent",
            leave=dt.end("deterred", 1 - m / t, 0),
            press=dt.end("pressed", -m / t, t - y),
            fight=dt.end("clash", -m / t, 1 - y),
        )
    )
    with pytest.raises(MethodError, match="has two replies and the game ends then"):
        dt.solve(game, dt.D1())


def test_a_gain_that_is_no_straight_line_in_the_types_is_refused():
    game = with_replies(
        lambda t, y, m: dt.move(
            "Opponent", leave=dt.end("deterred", 1 - m / t, 0), fight=dt.end("clash", -m / t, 2 - t - y**2)
        )
    )
    with pytest.raises(MethodError, match="its gain by a reply is a straight line in both types"):
        dt.solve(game, dt.D1())
