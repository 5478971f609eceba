"""Imperfect attribution: against simulation, for any signals and distributions, from any start."""

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence import models
from deterrence.continuous import Uniform, fixed_point, types_from
from deterrence.errors import GameError
from deterrence.models.baliga2020._signals import Attribution, attacker_names
from deterrence.models.baliga2020.imperfect_attribution import imperfect_attribution, with_signals


def random_model(rng):
    """Return a random model in which every signal but silence is likelier after an attack, as the work assumes."""
    count, signals = int(rng.integers(1, 5)), int(rng.integers(1, 4))
    quiet = rng.dirichlet([8, *[1] * signals])
    told = np.array([rng.dirichlet([2, *[1] * signals]) for _ in range(count)])
    told[:, 1:] = np.maximum(told[:, 1:], quiet[1:])
    told /= np.maximum(1, told[:, 1:].sum(axis=1))[:, None]
    told[:, 0] = 1 - told[:, 1:].sum(axis=1)
    gains = types_from(stats.beta(*rng.uniform(0.8, 3, 2)))
    return Attribution(told, quiet, gains, Uniform(0.0, rng.uniform(0.3, 0.9)), rng.uniform(0.2, 1))


@pytest.mark.parametrize("seed", range(25))
def test_random_models_have_one_equilibrium_from_any_start(seed):
    rng = np.random.default_rng(seed)
    model = random_model(rng)
    answer = model.answer()
    assert answer.complete == model.surely_one  # scaling may leave a signal a little rarer after an attack
    assert answer.plays[0].gain < 1e-9
    mine = [answer.plays[0].strategies[f"gain from which {name} attacks"] for name in attacker_names(len(model.guilty))]
    for _ in range(3):
        found, reached = fixed_point(model._best_cutoffs, rng.uniform(0, 1, len(model.guilty)))
        assert reached
        assert found == pytest.approx(mine, abs=1e-9)


def test_the_certificate_notices_a_cutoff_that_is_a_little_off():
    told = np.array([[0.2, 0.72, 0.08], [0.2, 0.08, 0.72]])
    model = Attribution(told, np.array([0.9, 0.05, 0.05]), Uniform(0, 1), Uniform(0, 0.6), 0.6)
    cutoffs = np.array([0.38233986, 0.38233986])
    answer = model.retaliation(model.attacks(cutoffs))
    assert model._attackers_gain(cutoffs, answer) < 1e-7
    assert model._attackers_gain(cutoffs + 0.001, answer) > 5e-4
    assert model._defenders_gain(model.attacks(cutoffs), answer) < 1e-9
    assert model._defenders_gain(model.attacks(cutoffs), answer + 0.01 * (answer > 0)) > 1e-5


def test_a_simulation_of_the_game_gives_the_same_outcomes_and_payoffs():
    one = dt.solve(imperfect_attribution(2))[0]
    rng, size = np.random.default_rng(2020), 400_000
    cut, hit = (
        one.strategies["gain from which Attacker 1 attacks"],
        one.strategies["retaliation against Attacker 1 after signal 1"],
    )
    who = rng.integers(0, 2, size)
    gain = rng.uniform(0, 1, size)
    attack = (rng.uniform(0, 1, size) < 0.6) & (gain >= cut)
    draw = rng.uniform(0, 1, size)
    named = np.where(
        attack,
        np.where(draw < 0.72, who, np.where(draw < 0.8, 1 - who, -1)),
        np.where(draw < 0.05, 0, np.where(draw < 0.1, 1, -1)),
    )
    taste = rng.uniform(0, 0.6, size)
    struck = (named >= 0) & (taste >= 0.6 * (1 - hit))
    right = struck & attack & (named == who)
    assert (attack & right).mean() == pytest.approx(one.probability("answered attack"), abs=0.003)
    assert (struck & ~attack).mean() == pytest.approx(one.probability("wrongful retaliation"), abs=0.002)
    first = np.where(attack & (who == 0), gain, 0) - (struck & (named == 0))
    assert first.mean() == pytest.approx(one.payoffs["Attacker 1"], abs=0.003)
    defender = -1.0 * attack + np.where(struck, taste - ~right, 0)
    assert defender.mean() == pytest.approx(one.payoffs["Defender"], abs=0.005)


def test_better_detection_of_all_in_proportion_deters_all():
    rng = np.random.default_rng(7)
    for _ in range(20):
        model = random_model(rng)
        better = model.guilty.copy()
        better[:, 1:] *= 1 + 0.2 * (1 / better[:, 1:].sum(axis=1).max() - 1)
        better[:, 0] = 1 - better[:, 1:].sum(axis=1)
        chance = model.chance * len(model.guilty)
        before, after = (
            Attribution(told, model.quiet, model.gains, model.taste, chance).answer().plays[0]
            for told in (model.guilty, better)
        )
        assert after.actions["attack"] <= before.actions["attack"] + 1e-9


def test_any_number_of_attackers_and_any_types_may_be_asked_for():
    assert dt.solve(imperfect_attribution(20))[0].regret < 1e-9
    game = with_signals([(0.4, 0.6)], (0.9, 0.1), gains=stats.norm(0.5, 0.2), tastes=stats.beta(2, 5))
    assert dt.solve(game)[0].regret < 1e-6
    assert game == with_signals([[0.4, 0.6]], [0.9, 0.1], gains=stats.norm(0.5, 0.2), tastes=stats.beta(2, 5))


def test_wrong_numbers_of_attackers_and_wrong_signals_are_refused():
    with pytest.raises(GameError, match="1 to 20 attackers, not 0"):
        imperfect_attribution(0)
    with pytest.raises(GameError, match="sum to 1"):
        with_signals([(0.4, 0.5)], (0.9, 0.1))
    with pytest.raises(GameError, match="as many chances if nobody did"):
        with_signals([(0.4, 0.6)], (0.8, 0.1, 0.1))


def test_the_default_names_the_attackers():
    assert models.load("imperfect_attribution").game.players == ("Attacker 1", "Attacker 2", "Defender")
