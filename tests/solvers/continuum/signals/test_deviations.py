"""The check of deviations knows nothing of the solver, and notices what is no equilibrium."""

from dataclasses import replace
from fractions import Fraction

import deterrence as dt
from deterrence.answers.continuum.strategies import Cutoffs, Schedule
from deterrence.solvers.continuum.signals.checking import gain_of
from deterrence.solvers.continuum.signals.shape import shape_of
from tests.solvers.continuum.signals.signal_games import strength, sunk, talk

HALF = Fraction(1, 2)


def changed(game, method=None, strategies=None, choices=None, which=-1):
    """How much is gained by deviating from an equilibrium of which something was changed."""
    equilibrium = dt.solve(game, method)[which]
    rules = {**equilibrium.strategies, **(strategies or {})}
    return gain_of(shape_of(game), rules, {**equilibrium.choices, **(choices or {})})


def pieces(cut, low, high):
    return Schedule("resolve", ((0, cut, low), (cut, 1, high)))


def test_nothing_is_gained_where_nothing_is_changed():
    assert changed(sunk(0.6), dt.D1()) == 0


def test_a_cutoff_that_lets_too_weak_types_signal_is_noticed():
    """Those between 3/10 and 2/5 would save the signal, and the attacker would rather attack."""
    assert changed(sunk(0.6), dt.D1(), choices={"signal": pieces(Fraction(3, 10), 0, Fraction(2, 5))}) > 0.01


def test_a_reply_that_does_not_punish_silence_is_noticed():
    assert changed(sunk(0.6), dt.D1(), strategies={"Attacker": Cutoffs.always("leave")}) > 0.1


def test_a_last_move_that_is_not_the_best_is_noticed():
    rule = Cutoffs.of("resolve", (0, HALF, "give"), (HALF, 1, "fight"))
    always = {"Target": rule, "Attacker": Cutoffs.always("attack")}
    assert changed(sunk(0.6), dt.D1(), strategies=always, choices={"signal": 0}) > 0.01


def test_a_schedule_that_is_too_flat_is_noticed():
    """Types pass for stronger ones at too little cost, and the opponent believes them."""
    game = strength(lambda t, m: m / t, types=dt.Uniform(HALF, 1))
    schedule = dt.solve(game, dt.D1())[0].choices["m"]
    flat = replace(schedule, pieces=tuple((a, b, value * Fraction(4, 5)) for a, b, value in schedule.pieces))
    assert changed(game, dt.D1(), choices={"m": flat}) > 0.01


def test_a_cut_of_talk_at_which_types_are_not_indifferent_is_noticed():
    game = talk(lambda t: t + Fraction(1, 10))
    wrong = Schedule("t", ((0, HALF, Fraction(3, 20)), (HALF, 1, Fraction(13, 20))))
    assert changed(game, choices={"m": wrong}) > 0.01
