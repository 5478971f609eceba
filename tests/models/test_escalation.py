"""Exchanges of any length, graded force and calibrated provocation, against hand calculations."""

import math
import pickle
import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.errors import GameError, ParameterError, ValueKindError
from deterrence.games.tree import walk
from deterrence.mechanisms import AudienceCosts, Brinkmanship, Deniability
from deterrence.models.escalation import exchange, graded_exchange, provocation


def first_choice(game):
    (found,) = dt.solve(game)
    (action,) = [name for name, p in next(iter(found.strategies.values())).items() if p == 1]
    return action


def paid(game):
    return dict(zip(game.form.outcome, game.numbers[0], strict=True))


# -- Exchanges of equal blows -----------------------------------------------------------------------


def test_one_round_is_the_strike_game():
    values = {"prize": 5, "harm": 2, "force": 1, "growth": 1, "challenger_standing": 9, "defender_standing": 4}
    payoffs = paid(exchange(1).at(values))
    strike = dt.models.load("strike").game.at(prize=5 - 1, loss=2 + 4, punishment=2, war=2 + 1)
    assert exchange(1).outcomes == strike.outcomes == ("status quo", "fait accompli", "war")
    assert [node.actions for node, _ in walk(exchange(1).tree) if hasattr(node, "actions")] == [
        ("restrain", "strike"),
        ("restrain", "retaliate"),
    ]
    assert payoffs == paid(strike)


def test_with_blows_alike_the_defender_deters_where_the_last_word_is_its_own():
    # force 1 < standing 2 < force + harm 4: an answer pays where it is not answered, so credibly every other one.
    # Struck back, the Challenger has 3 - 1 - 3 = -1; unanswered 3 - 1 = 2.
    assert [first_choice(exchange(rounds)) for rounds in range(1, 11)] == ["restrain", "strike"] * 5


def test_of_two_neighbouring_threats_one_is_empty():
    (found,) = dt.solve(exchange(7))
    answers = [play.get("retaliate") for play in list(found.strategies.values())[1:]]
    assert answers == [1, 0, 1, 0, 1, 0, 1]


def test_blows_that_must_grow_end_the_exchange_by_themselves():
    # 1.5 < 2 < 1.5**2: only the first answer can pay, so however long the exchange the Defender deters.
    assert {first_choice(exchange(rounds).at(growth=1.5)) for rounds in range(1, 11)} == {"restrain"}
    # 1.3**2 < 2 < 1.3**3: the second answer, the Challenger's, has the last word once there is one.
    assert [first_choice(exchange(rounds).at(growth=1.3)) for rounds in range(1, 11)] == ["restrain"] + ["strike"] * 9


def test_where_standing_is_worth_more_than_a_blow_both_fight_to_the_end():
    # Answered in turn an answer costs 1 + 3 = 4 < 5; the Challenger has 10 - 1 - 3 - 1 = 5.
    game = exchange(2).at(prize=10, challenger_standing=5, defender_standing=5)
    (found,) = dt.solve(game)
    assert found.outcomes["war"] == 1
    assert found.payoffs["Challenger"] == 5
    assert found.payoffs["Defender"] == -3 - 1 - 3


def by_stages(rounds, v):
    """Solve the exchange from its end with what each blow costs, and return the choices, first to last."""
    future, choices = (Fraction(0), Fraction(0)), []
    for blow in reversed(range(rounds + 1)):
        side, weight = blow % 2, v["growth"] ** blow
        act = list(future)
        act[side] -= v["force"] * weight
        act[1 - side] -= v["harm"] * weight
        rest = [Fraction(0), Fraction(0)]
        if blow == 0:
            act[0] += v["prize"]
        else:
            rest[side] -= v[("challenger_standing", "defender_standing")[side]]
        assert act[side] != rest[side]
        choices.insert(0, act[side] > rest[side])
        future = tuple(act if choices[0] else rest)
    return choices, future


@pytest.mark.parametrize("rounds", range(1, 11))
def test_backward_induction_stage_by_stage_finds_the_same_exchange(rounds):
    rng = random.Random(rounds)
    for _ in range(8):
        names = ("prize", "harm", "force", "challenger_standing", "defender_standing")
        values = {name: Fraction(rng.randint(1, 600), 101) for name in names}
        values["growth"] = Fraction(rng.randint(60, 200), 103)
        choices, payoffs = by_stages(rounds, values)
        (found,) = dt.solve(exchange(rounds).at(values), dt.SubgamePerfect())
        plays = [play.get("retaliate", play.get("strike")) == 1 for play in found.strategies.values()]
        assert plays == choices
        assert tuple(found.payoffs.values()) == payoffs


def test_a_risk_that_answers_slip_out_of_hand_disarms_the_last_word():
    # The Defender answers if (1 - r) 4 + 20 r < 5, so up to r = 1/16.
    risky = exchange(1).under(Brinkmanship("retaliate", "Defender", disaster=20))
    assert first_choice(risky.at(risk=Fraction(6, 100))) == "restrain"
    assert first_choice(risky.at(risk=Fraction(7, 100))) == "strike"


def test_mechanisms_apply_to_an_exchange_of_any_length():
    game = exchange(3).under(
        AudienceCosts("restrain", "Challenger", threat="strike"), Deniability("strike", "retaliate", victim="Defender")
    )
    assert pickle.loads(pickle.dumps(game)) == game
    assert "answer 2 stands" in str(game)


# -- Graded force -----------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [3, 5, 10, 30])
def test_the_challenger_provokes_with_the_greatest_force_below_the_threshold(levels):
    # Answered in kind from 4e - e**2 > 3/2 on: from 2 - sqrt(10)/2 = 0.4189.
    below = math.floor((2 - math.sqrt(10) / 2) * levels)
    assert first_choice(graded_exchange(levels)) == f"strike at level {below}"


def test_an_answer_is_in_kind_up_to_what_standing_is_worth():
    # To answer e with a costs a**2 + s (e - a): as much as e up to s/2 = 3/5, and 3/5 above.
    game = graded_exchange(10).at(defender_standing=1.2, entry=0.01)
    (found,) = dt.solve(game)
    answers = [[name for name, p in play.items() if p == 1] for play in list(found.strategies.values())[1:]]
    assert answers == [[f"retaliate at level {min(k, 6)}"] for k in range(1, 11)]


def test_with_an_even_number_of_answers_the_last_word_lets_the_challenger_use_full_force():
    # An answer to full force would be answered in kind: it costs 5/2 + 6 and spares standing worth 4.
    found = [first_choice(graded_exchange(3, rounds)) for rounds in (1, 2, 3, 4)]
    assert found == ["strike at level 1", "strike at level 3"] * 2


@pytest.mark.parametrize("rounds", [1, 2, 5, 10])
def test_one_level_of_force_is_the_exchange_of_equal_blows(rounds):
    values = {"prize": 7, "harm": 3, "force": 2, "challenger_standing": 5, "defender_standing": 4}
    assert paid(graded_exchange(1, rounds).at(values, entry=0)) == paid(exchange(rounds).at(values))


def by_levels(levels, rounds, v, blow=0, last=Fraction(0)):
    """Return what is still to come in the graded exchange, and the best level of force now."""
    if blow > rounds:
        return (Fraction(0), Fraction(0)), 0
    side, found = blow % 2, []
    for k in range(levels + 1):
        e = Fraction(k, levels)
        rest = by_levels(levels, rounds, v, blow + 1, e)[0] if k else (Fraction(0), Fraction(0))
        payoffs = list(rest)
        payoffs[side] -= v["force"] * e * e
        payoffs[1 - side] -= v["harm"] * e
        if blow == 0:
            payoffs[0] += v["prize"] * e
        else:
            payoffs[side] -= v["entry"] * (k > 0)
            payoffs[side] -= v[("challenger_standing", "defender_standing")[side]] * max(last - e, 0)
        found.append((payoffs[side], k, tuple(payoffs)))
    best = max(found)
    return best[2], best[1]


@pytest.mark.parametrize(("levels", "rounds"), [(2, 1), (5, 1), (2, 2), (4, 2), (3, 3), (2, 5)])
def test_backward_induction_level_by_level_finds_the_same_graded_exchange(levels, rounds):
    rng = random.Random(10 * levels + rounds)
    for _ in range(3):
        names = ("prize", "harm", "force", "entry", "challenger_standing", "defender_standing")
        values = {name: Fraction(rng.randint(1, 900), 101) for name in names}
        payoffs, level = by_levels(levels, rounds, values)
        game = graded_exchange(levels, rounds).at(values)
        assert first_choice(game) == (f"strike at level {level}" if level else "restrain")
        assert tuple(dt.solve(game)[0].payoffs.values()) == payoffs


@pytest.mark.parametrize(
    ("risk", "choice"),
    [
        # An unanswered strike is worth (1 - r e)(3 e - e**2) - 20 r e.
        (0, "strike at level 4"),
        # The Defender runs the risk too: to answer .5 in kind is now worth .975 (-4.75) - .5 = -5.13, below -5.
        (0.05, "strike at level 5"),
        (0.12, "strike at level 2"),  # .0666 at .2, against .0608 at .3 and .0465 at .1
        (0.14, "strike at level 1"),
        (0.15, "restrain"),  # (1 - .015) 2.9 < 3
    ],
)
def test_a_risk_of_losing_control_first_disarms_the_answer_and_then_deters_the_strike(risk, choice):
    assert first_choice(graded_exchange(10, losing_control=True).at(risk=risk)) == choice


# -- Calibrated provocation -------------------------------------------------------------------------


def level_of(game, levels):
    action = first_choice(game)
    return Fraction(int(action.rpartition(" ")[2]) if action != "restrain" else 0, levels)


@pytest.mark.parametrize(
    ("gain", "punishment", "attribution", "force", "payoff", "answered"),
    [
        # Checked elsewhere against a grid of 20001 levels of force.
        (1, 0.5, 1, Fraction(1, 4), 0.0625, 0.25),
        (1, 0.5, 0.6, Fraction(7, 12), 0.204167, 0.35),
        (1, 2, 0.6, 0, 0, 0),
    ],
)
def test_the_reference_provocations_are_met_exactly_by_a_ladder_that_has_them(
    gain, punishment, attribution, force, payoff, answered
):
    game = provocation(12).at(gain=gain, punishment=punishment, attribution=attribution)
    (found,) = dt.solve(game)
    assert level_of(game, 12) == force
    assert float(found.payoffs["Aggressor"]) == pytest.approx(payoff, abs=1e-6)
    assert float(found.outcomes["retaliation"]) == pytest.approx(answered, abs=1e-12)


@pytest.mark.parametrize("levels", [5, 10, 20, 40])
def test_the_ladder_comes_within_half_a_step_of_the_best_force(levels):
    # e* = K/(2a) - L/(2v) = 7/12 at attribution 3/5; the payoff is a parabola, so the nearest level is the best.
    best = Fraction(7, 12)
    assert abs(level_of(provocation(levels).at(attribution=0.6), levels) - best) <= Fraction(1, 2 * levels)


@pytest.mark.parametrize(("patience", "attribution", "best"), [(0.8, 0.6, 5 / 12), (2, 1.0, 0.75), (1.3, 0.9, 17 / 36)])
def test_at_other_ranges_of_patience_the_ladder_comes_within_its_steps(patience, attribution, best):
    levels = 30
    found = level_of(provocation(levels).at(patience=patience, attribution=attribution), levels)
    assert abs(float(found) - best) <= patience / levels + 1 / levels


def test_an_impatient_defender_that_is_seldom_sure_is_provoked_at_full_force():
    # Up to the highest threshold 1/2 the best is .5 (1 - .3) - .15 = .2; beyond it full force has .7 - .15 = .55.
    assert level_of(provocation(10).at(patience=0.5, attribution=0.3), 10) == 1


def test_better_attribution_means_less_provocation_and_fewer_answers():
    # P = 1/2 - a L / (2 v K) falls with attribution.
    games = [provocation(24).at(attribution=a) for a in (0.6, 0.75, 1)]
    forces = [level_of(game, 24) for game in games]
    answers = [dt.solve(game)[0].outcomes["retaliation"] for game in games]
    assert forces == [Fraction(14, 24), Fraction(10, 24), Fraction(6, 24)]
    assert [float(p) for p in answers] == [0.35, 0.3125, 0.25]


# -- What cannot be made ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: exchange(0), "number of rounds is 0; it must be a whole number from 1 to 50"),
        (lambda: exchange(51), "from 1 to 50"),
        (lambda: exchange(2.5), r"counted: a whole number from 1 to 50, not 2\.5"),
        (lambda: graded_exchange(0), "number of levels is 0; it must be a whole number at least 1"),
        (lambda: graded_exchange(10, 6), "11,111,111 ends, and at most 5,000 .* take at most 2 rounds"),
        (lambda: graded_exchange(71), "with one round at most 70"),
        (lambda: graded_exchange(3, 0), "number of rounds is 0"),
        (lambda: provocation(101), "from 1 to 100"),
        (lambda: provocation(1.5), "counted"),
    ],
)
def test_a_number_that_makes_no_tree_is_refused_with_what_is_allowed(make, sentence):
    with pytest.raises(GameError, match=sentence):
        make()


@pytest.mark.parametrize("given", ["3", None, True, [2]])
def test_what_is_no_whole_number_is_refused(given):
    for make in (exchange, graded_exchange, provocation):
        with pytest.raises(ValueKindError, match="is a whole number"):
            make(given)


def test_parameters_keep_to_their_ranges():
    with pytest.raises(ParameterError, match="outside its range"):
        exchange(2).at(growth=0)
