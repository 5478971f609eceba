"""Costly signals with two replies: sunk costs and tied hands, by D1."""

from fractions import Fraction
from math import log, sqrt

import pytest

import deterrence as dt
from deterrence.errors import MethodError
from tests.solvers.continuum.signals.signal_games import crisis, law, sunk, tied, vectors

HALF = Fraction(1, 2)


def solved(game):
    solution = dt.solve(game, dt.D1())
    assert solution.complete
    (equilibrium,) = solution
    assert equilibrium.regret <= 1e-12
    return equilibrium


@pytest.mark.parametrize("vector", vectors("sunk_cost_continuous"))
def test_who_sinks_enough_is_left_alone(vector):
    at, expect = vector["parameters"], vector["expect"]
    equilibrium = solved(sunk(at["c"], at["k"], types=law(at["types"])))
    least, greatest = equilibrium.free["Target", "signal"]
    assert float(least) == pytest.approx(expect["least"], abs=5e-6)
    assert float(greatest) == pytest.approx(expect["greatest"], abs=5e-6)
    assert float(equilibrium.probability("peace")) == pytest.approx(expect["deterred_at_least"], abs=5e-6)


@pytest.mark.parametrize("vector", vectors("tied_hands"))
def test_who_ties_its_hands_enough_is_left_alone(vector):
    at, expect = vector["parameters"], vector["expect"]
    equilibrium = solved(tied(at["c"], at["k"], types=law(at["types"])))
    assert float(equilibrium.choices["signal"]) == pytest.approx(expect["least"], abs=5e-6)
    assert equilibrium.free["Target", "signal"][1] == 1
    assert float(equilibrium.behaviour[1][1]) == pytest.approx(expect["fight_if_attacked"], abs=5e-6)
    assert float(equilibrium.probability("peace")) == pytest.approx(1)


def test_uniform_types_are_solved_in_fractions():
    equilibrium = solved(sunk(0.6, types=dt.Uniform(0, 1)))
    assert equilibrium.free["Target", "signal"] == (Fraction(2, 5), Fraction(3, 5))
    assert equilibrium.error == 0
    assert equilibrium.payoffs == {"Target": Fraction(9, 50), "Attacker": Fraction(2, 5)}  # (1 - .4^2)/2 - .4 * .6
    assert "choice of 'signal' at 'Target' from 0.4 to 0.6" in str(equilibrium)


def test_a_signal_too_small_to_deter_for_certain_deters_as_often_as_it_is_worth_to_the_weakest_who_sends_it():
    """Those above 2/5 send 1/5, as two thirds of them fight; 2/5 is indifferent at a chance of one half."""
    equilibrium = solved(sunk(0.6, most="1/5"))
    assert equilibrium.choices["signal"].pieces == ((0, Fraction(2, 5), 0), (Fraction(2, 5), 1, Fraction(1, 5)))
    assert equilibrium.strategies["Attacker"].at(signal=Fraction(1, 5)) == {"leave": HALF, "attack": HALF}
    assert equilibrium.outcomes == {"peace": Fraction(3, 10), "concession": HALF, "conflict": Fraction(1, 5)}


def test_hands_tied_too_little_to_deter_all_deter_as_often_as_the_weakest_who_ties_them_asks():
    """At 1/10 those above 1/2 fight, two thirds of those above 1/4; 1/4 is indifferent at (1/10)/(1/4 + 1/10)."""
    equilibrium = solved(tied(0.6, most="1/10"))
    assert equilibrium.choices["signal"].pieces[1] == (Fraction(1, 4), 1, Fraction(1, 10))
    assert equilibrium.strategies["Attacker"].at(signal=Fraction(1, 10))["leave"] == Fraction(2, 7)


def test_where_most_would_fight_anyway_nobody_need_signal_but_may():
    """Nineteen of twenty fight, and ten of eleven are enough; a signal up to the war's cost can be asked for."""
    equilibrium = solved(sunk("0.05", "0.1"))
    assert equilibrium.choices["signal"] == 0
    assert equilibrium.free["Target", "signal"] == (0, Fraction(1, 20))
    assert equilibrium.outcomes["peace"] == 1
    hands = solved(tied("0.05", "0.1"))
    assert hands.free["Target", "signal"] == (0, 1)


@pytest.mark.parametrize("game", [sunk(1.2), tied(2.2)])
def test_where_nobody_would_ever_fight_nobody_signals(game):
    equilibrium = solved(game)
    assert equilibrium.choices["signal"] == 0
    assert equilibrium.outcomes["concession"] == 1


def test_where_nobody_is_worth_attacking_nobody_signals():
    equilibrium = solved(sunk(0.6, prize="-1/10"))
    assert equilibrium.choices["signal"] == 0
    assert equilibrium.free == {}


def test_a_tied_hand_that_all_types_can_tie_deters_though_none_would_fight_without_it():
    """A war costs 6/5; at m those above 6/5 - m fight, and two thirds must: m = 6/5 - 1/3."""
    assert solved(tied(1.2)).choices["signal"] == Fraction(13, 15)


def test_a_type_counted_the_other_way_gives_the_same():
    """Weakness 1 - t in the place of resolve t."""
    game = crisis(lambda t, m: 1 - t - m, lambda _, m: -m, lambda t, m: 1 - t - Fraction(3, 5) - m)
    equilibrium = solved(game)
    assert equilibrium.free["Target", "signal"] == (Fraction(2, 5), Fraction(3, 5))
    assert equilibrium.choices["signal"].pieces == ((0, Fraction(3, 5), Fraction(2, 5)), (Fraction(3, 5), 1, 0))
    hands = crisis(lambda t, _: 1 - t, lambda _, m: -m, lambda t, _: 1 - t - Fraction(3, 5))
    assert solved(hands).choices["signal"] == Fraction(4, 15)
    short = crisis(lambda t, _: 1 - t, lambda _, m: -m, lambda t, _: 1 - t - Fraction(3, 5), most="1/10")
    assert solved(short).choices["signal"].pieces[0] == (0, Fraction(3, 4), Fraction(1, 10))


def test_a_signal_that_costs_less_the_greater_it_is_counts_from_the_other_end():
    game = crisis(lambda t, m: t + m, lambda _, m: m, lambda t, m: t - Fraction(3, 5) + m)
    equilibrium = solved(game)
    assert equilibrium.free["Target", "signal"] == (Fraction(2, 5), Fraction(3, 5))  # 1 less 3/5, 1 less 2/5
    assert equilibrium.choices["signal"].pieces[0][2] == 1
    assert equilibrium.choices["signal"].pieces[1][2] == Fraction(3, 5)


def test_a_cost_that_rises_with_the_square_of_the_signal_asks_for_its_root():
    game = crisis(lambda t, m: t - m**2, lambda _, m: -(m**2), lambda t, m: t - Fraction(3, 5) - m**2)
    least, greatest = solved(game).free["Target", "signal"]
    assert float(least) == pytest.approx(sqrt(0.4), abs=1e-9)
    assert float(greatest) == pytest.approx(sqrt(0.6), abs=1e-9)


def test_hands_tied_by_the_square_of_the_signal_ask_for_its_root():
    game = crisis(lambda t, _: t, lambda _, m: -(m**2), lambda t, _: t - Fraction(3, 5))
    assert float(solved(game).choices["signal"]) == pytest.approx(sqrt(4 / 15), abs=1e-9)


def test_a_receiver_who_gains_more_from_weaker_types_is_tempted_by_a_line():
    """The attacker gains 1/2 - t from type t: those above m are 1/2 or more on average from m = 0; D1 asks m <= 1/2."""

    @dt.game("Target", "Attacker")
    def raid():
        "An attack that pays against the weak."
        return dt.draw(
            0,
            1,
            seen_by="Target",
            then=lambda t: dt.choose(
                "Target",
                0,
                1,
                then=lambda m: dt.move(
                    "Attacker",
                    leave=dt.end("peace", t - m, 0),
                    attack=dt.chance(
                        won=("1/2", dt.end("loss", -m, "3/2")),
                        lost=("1/2", dt.end("stand", -m, -2 * t - Fraction(1, 2))),
                    ),
                ),
            ),
        )

    # (3/2 + (-2 t - 1/2)) / 2 = 1/2 - t
    equilibrium = solved(raid)
    assert equilibrium.free["Target", "m"] == (0, HALF)


def test_types_without_an_upper_end_are_solved_too():
    """Those above 3/5 fight, and must be two thirds of those who signal: of an exponential type, 3/5 less log(3/2)/2."""
    equilibrium = solved(sunk(0.6, types=dt.Exponential("1/2"), most=3))
    assert equilibrium.free["Target", "signal"][0] == pytest.approx(0.6 - log(1.5) / 2, abs=1e-8)


def test_types_who_would_rather_be_attacked_are_refused():
    with pytest.raises(MethodError, match="every type of Target prefers the same reply"):
        dt.solve(sunk(0.6, types=dt.Normal(0.5, 0.3)), dt.D1())


# -- what D1 leaves, by brute force ----------------------------------------------------------------------------


def passes_on_a_grid(signal, cost=0.6, war=0.5, steps=60, types=200):
    """Tell by the definition of D1, on grids of types, signals and replies, whether a signal passes.

    Types above the signal send it and are left alone; for each lesser signal it is asked which types want to send
    it for the fewest replies, and whether the attacker attacks these.
    """
    resolve = [(i + 0.5) / types for i in range(types)]
    have = [
        max(t - signal, 0) - max(t - cost, 0) if t < cost else max(t - signal, t - cost) - (t - cost) for t in resolve
    ]
    worth = [min(t, cost) for t in resolve]
    senders = [t for t in resolve if min(t, cost) >= signal]
    if not senders or sum(1 if t < cost else -war for t in senders) > 0:
        return False
    for i in range(1, steps):
        other = signal * i / steps
        asked = [(h + other) / w for h, w in zip(have, worth, strict=True)]
        least = min(asked)
        blamed = [t for t, a in zip(resolve, asked, strict=True) if a <= least + 1e-9]
        if not any(t < cost for t in blamed) and min(asked) < 1:
            return False
    return True


@pytest.mark.parametrize(("signal", "passes"), [(0.3, False), (0.42, True), (0.5, True), (0.58, True), (0.62, False)])
def test_brute_force_finds_the_same_signals(signal, passes):
    least, greatest = solved(sunk(0.6)).free["Target", "signal"]
    assert passes_on_a_grid(signal) == passes == (least <= signal <= greatest)


# -- what is refused ----------------------------------------------------------------------------------------------


REFUSED = {
    "must rise or fall all along": crisis(
        lambda t, m: t - (m - 0.5) ** 2, lambda _, m: -((m - 0.5) ** 2), lambda t, m: t - 0.6 - (m - 0.5) ** 2
    ),
    "every type of Target prefers the same reply": crisis(
        lambda t, m: t - 0.5 - m, lambda _, m: -m, lambda t, m: t / 2 - 1 - m
    ),
    "Here it is neither": crisis(lambda t, m: t - m * t, lambda _, m: -m, lambda t, m: t - 0.6 - m),
    "does not sort the types": sunk(0.6, prize="-1", war="-1"),
    "payoffs are straight lines in the type": crisis(lambda t, m: t**2 - m, lambda _, m: -m, lambda t, m: t - 0.6 - m),
    "must depend on its type in a straight line": crisis(
        lambda t, m: t - m, lambda _, m: -m, lambda t, m: t**2 - 0.6 - m
    ),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_not_solved_is_refused_in_words(sentence):
    with pytest.raises(MethodError, match=sentence):
        dt.solve(REFUSED[sentence], dt.D1())
