"""Headline results of works, each by a route of its own: by hand, by bisection, by integration, by brute force."""

import numpy as np
import pytest
from scipy import integrate, optimize, stats
from scipy.stats import norm

import deterrence as dt
from deterrence import models
from deterrence.continuous import Uniform
from deterrence.errors import GameError
from deterrence.models import ask
from deterrence.models.baliga2020._signals import Attribution
from deterrence.models.baliga2020.complementarity import complementarity
from deterrence.models.baliga2020.imperfect_attribution import imperfect_attribution, with_signals


# -- attackers with gains of their own ------------------------------------------------------------------------
def attacks_by_bisection(told, quiet, gains, top, chance, start):
    """Return how often each attacks: each one's best answer by bisection, in turn, from everybody or nobody attacking.

    An attacker's best answer rises in the others' attacks, so that from nobody the steps rise to the least
    equilibrium, and from everybody they fall to the greatest.
    """
    count = len(told)
    attacks = np.full(count, start * chance / count)
    for _ in range(400):
        before = attacks.copy()
        for i in range(count):
            low, high = 0.0, chance / count
            for _ in range(50):
                attacks[i] = (low + high) / 2
                total = sum(attacks[j] * told[j] for j in range(count)) + (1 - attacks.sum()) * quiet
                blame = attacks[i] * told[i] / total
                struck = np.clip(1 - (1 - blame) / top, 0, 1)
                struck[0] = 0
                wanted = chance / count * (1 - gains[i].cdf(float((told[i] - quiet) @ struck)))
                low, high = (attacks[i], high) if wanted > attacks[i] else (low, attacks[i])
        if np.abs(attacks - before).max() < 1e-13:
            break
    return attacks


@pytest.mark.parametrize("seed", range(6))
def test_attackers_with_gains_of_their_own_have_one_equilibrium_which_bisection_finds_from_both_ends(seed):
    rng = np.random.default_rng(seed)
    count = 2 + seed % 2
    quiet = np.array([0.85, *[0.15 / count] * count])
    told = 0.2 * np.ones((count, count + 1)) + 0.1 * rng.uniform(size=(count, count + 1))
    told[np.arange(count), np.arange(count) + 1] += rng.uniform(0, 0.3, count)
    told[:, 1:] *= 0.9 / told[:, 1:].sum(axis=1, keepdims=True)
    told[:, 0] = 0.1
    gains = [stats.beta(*rng.uniform(0.8, 3, 2), loc=rng.uniform(-0.1, 0.3)) for _ in range(count)]
    solution = dt.solve(with_signals(told.tolist(), quiet.tolist(), gains, Uniform(0, 0.9)))
    assert solution.complete
    mine = [solution[0].probability(f"Attacker {i + 1} attacks") for i in range(count)]
    for start in (0, 1):
        assert mine == pytest.approx(attacks_by_bisection(told, quiet, gains, 0.9, 0.6, start), abs=1e-8)


def test_a_bolder_attacker_makes_the_others_attack_more_by_bisection_too():
    told = np.array([[0.2, 0.48, 0.32], [0.2, 0.32, 0.48]])
    quiet = np.array([0.95, 0.025, 0.025])
    for bold in (0, 0.3, 0.6):
        gains = [stats.uniform(bold, 1), stats.uniform(0, 1)]
        by_hand = attacks_by_bisection(told, quiet, gains, 1, 0.6, 0)
        one = dt.solve(complementarity.at(boldness=bold))[0]
        assert [one.probability(f"Attacker {i} attacks") for i in (1, 2)] == pytest.approx(by_hand, abs=1e-9)
    less, more = (dt.solve(complementarity.at(boldness=bold))[0].probability("Attacker 2 attacks") for bold in (0, 0.6))
    assert more > less + 0.005


def test_the_example_of_one_bolder_attacker_is_as_bisection_has_it():
    told, quiet = np.array([[0.4, 0.5, 0.1], [0.4, 0.1, 0.5]]), np.array([0.9, 0.05, 0.05])
    gains = [stats.uniform(0.3, 1), stats.uniform(0, 1)]
    assert attacks_by_bisection(told, quiet, gains, 0.6, 0.6, 1)[1].round(3) == 0.235


def test_gains_for_each_attacker_are_counted_and_kept():
    signals = [(0.4, 0.5, 0.1), (0.4, 0.1, 0.5)], (0.9, 0.05, 0.05)
    one, two = Uniform(0.0, 1.0), Uniform(0.2, 1.2)
    both = [dt.solve(with_signals(*signals, gains))[0].probability("attack") for gains in (one, [one, one])]
    assert both[0] == both[1]
    assert with_signals(*signals, [one, two]) == with_signals(*signals, (one, two))
    with pytest.raises(GameError, match="one for each of 2 attackers, not 3"):
        with_signals(*signals, [one, two, one])


def test_two_equilibria_are_found_where_an_attack_makes_a_signal_rarer_and_tastes_are_nearly_known():
    # One attacker, two signals; the second is rarer after an attack, yet answered if attacks are frequent. With
    # gains on [0, 1] and an opportunity for sure the attack chance is 1 - x, and x = sum of (pi - pi_0) r. By hand:
    # tastes lie in [0.3, 0.35], so r = 1 once suspicion is 0.7, and 0 below 0.65. Signals: pi = (0.1, 0.6, 0.3),
    # pi_0 = (0.5, 0.05, 0.45). If both are answered x = 0.55 - 0.15 = 0.4: the attack chance 0.6 gives a suspicion of
    # 0.947 and 0.18/(0.18 + 0.18) = 0.5 < 0.65, so it is not answered; if the first alone is, x = 0.55.
    model = Attribution(np.array([[0.1, 0.6, 0.3]]), np.array([0.5, 0.05, 0.45]), Uniform(0, 1), Uniform(0.3, 0.35), 1)
    assert model.surely_one is False
    assert [play.strategies["gain from which Attacker attacks"] for play in model.answer().plays] == pytest.approx(
        [0.55]
    )
    # With gains on [0.4, 0.6] the attack chance is 1 where both are answered (x = 0.4) and 1/4 where one is (x = 0.55):
    # suspicion of the second signal is then 1, and 0.25 * 0.3/(0.25 * 0.3 + 0.75 * 0.45) = 2/11.
    twice = Attribution(
        np.array([[0.1, 0.6, 0.3]]), np.array([0.5, 0.05, 0.45]), Uniform(0.4, 0.6), Uniform(0.3, 0.35), 1
    ).answer()
    assert not twice.complete
    cutoffs = sorted(play.strategies["gain from which Attacker attacks"] for play in twice.plays)
    assert cutoffs[0] == pytest.approx(0.4)
    assert cutoffs[-1] == pytest.approx(0.55)
    assert max(play.gain for play in twice.plays) < 1e-9


def test_the_usual_models_are_complete_where_wrong_names_are_no_rarer_than_false_alarms():
    assert dt.solve(imperfect_attribution(2)).complete
    doubtful = dt.solve(imperfect_attribution(2).at(correctness=0.99, taste=1))
    assert not doubtful.complete
    assert "1 found from 3 starts" in doubtful.status


# -- once a crisis has begun ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("costs", "ranges"), [((1, 1), (2, 6)), ((1, 1), (12, 6)), ((2, 0.7), (3, 1)), ((0.5, 1.5), (1, 4))]
)
def test_who_backs_down_once_a_crisis_has_begun_is_as_simulation_has_it(costs, ranges):
    # Each side's soft types are to be indifferent at all times: the other has not backed down by the time t with
    # 1/(1 + own cost * t), given that the crisis began. Draw when each would back down, up to the horizon at which the
    # side that never conceded at the start is out of types that would rather quit than fight.
    def out_of_soft(time, side):
        return (1 + costs[1 - side] * time) * min(1, costs[side] * time / ranges[side]) - 1

    horizon = min(optimize.brentq(out_of_soft, 1e-9, 50, args=(side,)) for side in (0, 1))
    rng, size = np.random.default_rng(1994), 400_000
    times = [(1 / rng.uniform(size=size) - 1) / costs[1 - side] for side in (0, 1)]
    first = (times[0] < times[1]) & (times[0] <= horizon)
    second = (times[1] < times[0]) & (times[1] <= horizon)
    game = models.load("audience_costs").game
    one = dt.solve(game.at(first_cost=costs[0], second_cost=costs[1], first_range=ranges[0], second_range=ranges[1]))[0]
    assert one.strategies["horizon"] == pytest.approx(horizon, abs=1e-9)
    at_once = [one.strategies[f"chance that {name} concedes at once"] for name in ("First", "Second")]
    began = (1 - at_once[0]) * (1 - at_once[1])
    for name, share, start in (("First", first, at_once[0]), ("Second", second, at_once[1])):
        assert (one.probability(f"{name} concedes") - start) / began == pytest.approx(share.mean(), abs=0.003)


# -- threats in degrees ---------------------------------------------------------------------------------------
def between(x, y, quo, behind):
    """Return Row's payoff between the corners of Chicken: both at 0, Row alone at 1, Column alone at 1, both at 1."""
    return np.array([1 - x, x]) @ np.array([[quo, behind], [1.0, 0.0]]) @ np.array([1 - y, y])


@pytest.mark.parametrize(("quo", "behind"), [(0.5, 0.3), (0.7, 0.3), (0.6, 0.4), (0.45, 0.1)])
def test_the_least_answer_in_degrees_is_what_a_scan_over_all_answers_finds(quo, behind):
    game = models.load("graded_threats").game
    answers = np.linspace(0, 1, 20001)
    for level in (0.05, 0.2, 0.375, 0.6, 0.9):
        worth = np.array([between(level, y, quo, behind) for y in answers[::100]])
        least = answers[::100][np.argmax(worth <= quo + 1e-12)]  # to a hundredth of a half
        fine = answers[np.abs(answers - least) <= 0.01]
        least = fine[np.argmax([between(level, y, quo, behind) <= quo + 1e-12 for y in fine])]
        at = game.at(row_status_quo=quo, row_behind=behind, level=level)
        found = dt.threshold(at, "small_answer", "compromise", between=(0, min(10, 1 / level))).value
        assert float(found) * level == pytest.approx(least, abs=1e-4)
    # More than proportionate at the lowest levels if and only if the compromise is worth less than taking turns.
    low = game.at(row_status_quo=quo, row_behind=behind, level=0.01)
    assert (dt.threshold(low, "small_answer", "compromise", between=(0, 10)).value > 1) == (quo < (1 + behind) / 2)


# -- weapons and fear -----------------------------------------------------------------------------------------
def best_cutoff(alone, struck, war, other, noise):
    """Return the signal below which striking is better against another's cutoff, by bisection over sums of errors."""
    errors = noise * (2 * (np.arange(4001) + 0.5) / 4001 - 1)
    low, high = -20.0, 20.0
    for _ in range(60):
        signal = (low + high) / 2
        theta = signal - errors
        strikes = np.clip((other - theta + noise) / (2 * noise), 0, 1)
        gain = np.mean(strikes * (war - struck) + (1 - strikes) * (alone - theta))
        low, high = (signal, high) if gain > 0 else (low, signal)
    return signal


@pytest.mark.parametrize(
    "values", [{}, {"weapons": 3}, {"inequality": 1}, {"inequality": 0.5, "predation": 0.5, "intervention": 0.3}]
)
def test_cutoffs_with_weapons_are_best_answers_to_each_other_and_best_answers_lead_there(values):
    # Payoffs typed again from the description of the model: own and other's stock, at the default numbers.
    stock, unequal, gain, stopped = (
        values.get(name, default)
        for name, default in (("weapons", 1), ("inequality", 0), ("predation", 0.25), ("intervention", 0))
    )
    stocks = stock * (1 + unequal), stock * (1 - unequal)
    sides = []
    for own, other in (stocks, stocks[::-1]):
        war = -other / 4
        alone, struck = 1 + gain * (own - other) - other / 4, -1 - 2 * other / (1 + other)
        sides.append(((1 - stopped) * alone + stopped * war, (1 - stopped) * struck + stopped * war, war))
    one = dt.solve(models.load("chassang2010/weapons").game.at(values))[0]
    mine = [one.strategies[f"signal below which {name} strikes"] for name in ("First", "Second")]
    assert best_cutoff(*sides[0], mine[1], 0.001) == pytest.approx(mine[0], abs=1e-6)
    assert best_cutoff(*sides[1], mine[0], 0.001) == pytest.approx(mine[1], abs=1e-6)
    for away in (-0.5, -0.01, 0.01, 0.5):  # from elsewhere best answers lead back, by small steps as the noise is small
        second = best_cutoff(*sides[1], best_cutoff(*sides[0], mine[1] + away, 0.001), 0.001)
        assert (second - mine[1] - away) * away < 0


# -- payoffs where evidence may be disrupted ------------------------------------------------------------------
def by_strategic_form(ability, benefit, punishment=4, harm=2, just=1, error=1, told=(0.7, 0.1, 0.4)):
    """Return what the able, the unable and the Defender expect, from the 4 by 2 table of plans."""
    nashpy = pytest.importorskip("nashpy")
    detection, false_alarm, disrupted = told

    def expected(strikes, answers, alarm):
        """Return both sides' payoffs for a type that strikes or not, and an answer to alarms or none."""
        hit = answers * (alarm if strikes else false_alarm)
        return strikes * benefit - hit * punishment, hit * (just if strikes else -error) - strikes * harm

    plans = [(able, unable) for able in (0, 1) for unable in (0, 1)]
    one, two, able_only, unable_only = (np.zeros((4, 2)) for _ in range(4))
    for i, (able, unable) in enumerate(plans):
        for answers in (0, 1):
            (a, da), (u, du) = expected(able, answers, disrupted), expected(unable, answers, detection)
            one[i, answers] = ability * a + (1 - ability) * u
            two[i, answers] = ability * da + (1 - ability) * du
            able_only[i, answers], unable_only[i, answers] = a, u
    rows, columns = next(nashpy.Game(one, two).support_enumeration())
    return [float(rows @ table @ columns) for table in (able_only, unable_only, two)]


@pytest.mark.parametrize("ability", [0.02, 0.1, 0.6])
@pytest.mark.parametrize("benefit", [1, 2, 3])
def test_payoffs_under_disruption_are_those_of_the_table_of_plans(ability, benefit):
    one = dt.solve(models.load("disruption").game.at(ability=ability, benefit=benefit))[0]
    mine = [float(ask.payoff_from(f"{who} to disrupt")(one)) for who in ("able", "unable")]
    assert [*mine, float(one.payoffs["Defender"])] == pytest.approx(by_strategic_form(ability, benefit))


# -- what a threat of sanctions reveals -----------------------------------------------------------------------
def after_a_threat(back_down, cutoff, sanctions, impose=-0.5):
    """Return how often a threat is made and kept, and how often it is resisted, if it is made from a cutoff on."""
    kept_and_made = integrate.quad(lambda w: norm.pdf(w - impose) * norm.cdf(w - back_down), cutoff, 12)[0]
    made = 1 - norm.cdf(cutoff - impose) * norm.cdf(cutoff - back_down)
    kept = kept_and_made / made
    return made, kept, norm.cdf((kept * sanctions + (1 - kept)) / kept)


@pytest.mark.parametrize("back_down", [-1.6, -0.6, 0.4])
@pytest.mark.parametrize("sanctions", [-0.8, -1.6])
def test_what_a_threat_reveals_is_as_integration_over_the_shocks_has_it(back_down, sanctions):
    # A status quo as good as a concession fixes the cutoff at 1; with one much worse everybody threatens.
    game = models.load("sanction_threats").game.at(sender_back_down=back_down, target_sanctions=sanctions)
    for quo, cutoff in ((1, 1), (-5, -12)):
        one = dt.solve(game.at(sender_status_quo=quo))[0]
        mine = [
            one.strategies[name]
            for name in (
                "chance of a threat",
                "chance that a resisted threat is kept",
                "chance of resistance to a threat",
            )
        ]
        assert mine == pytest.approx(after_a_threat(back_down, cutoff, sanctions), abs=1e-8)


@pytest.mark.parametrize(("impose", "back_down"), [(-0.5, -1.6), (0.3, 0), (-0.5, 0.4), (-1, 0.5)])
def test_a_choosier_threat_tells_more_of_the_side_that_is_better_on_average(impose, back_down):
    kept = [after_a_threat(back_down, cutoff, -1, impose)[1] for cutoff in (-6, -1, 0, 1, 2)]
    assert (np.diff(kept) * np.sign(impose - back_down) > 0).all()


# -- sponsorship as a signal ----------------------------------------------------------------------------------
@pytest.mark.parametrize("values", [{}, {"resolve": 0.7}, {"damage": 0.8}, {"slippage": 0.3, "price": 0.15}])
def test_sponsorship_is_played_as_the_table_of_plans_has_it(values):
    nashpy = pytest.importorskip("nashpy")
    t, c, s, z, w, b, d = (
        values.get(name, default)
        for name, default in (
            ("resolve", 0.3), ("price", 0.1), ("slippage", 0.1), ("mishap", 0.5), ("violence", 0.2), ("retreat", 0.3),
            ("damage", 2),
        )
    )  # fmt: skip
    conceded = (1 - s) - s * z - c, -(1 - s) - s * d
    rows = [(resolute, bluffing) for resolute in (0, 1) for bluffing in (0, 1)]
    sponsor, target = np.zeros((4, 2)), np.zeros((4, 2))
    for i, (resolute, bluffing) in enumerate(rows):
        for j, (if_resolute, if_bluffing) in enumerate(((conceded, conceded), ((w - c, -d), (-b - c, 0)))):
            sponsor[i, j] = t * resolute * if_resolute[0] + (1 - t) * bluffing * if_bluffing[0]
            target[i, j] = t * resolute * if_resolute[1] + (1 - t) * bluffing * if_bluffing[1]
    (plans, answers), *more = nashpy.Game(sponsor, target).support_enumeration()
    assert not more
    one = dt.solve(models.load("sponsorship_signal").game.at(values))[0]
    assert float(one.strategies["bluffing"]["sponsor"]) == pytest.approx(plans[1] + plans[3])
    assert float(one.strategies["Target"]["concede"]) == pytest.approx(answers[0])
    assert [float(one.payoffs[who]) for who in ("Sponsor", "Target")] == pytest.approx(
        [plans @ sponsor @ answers, plans @ target @ answers]
    )
