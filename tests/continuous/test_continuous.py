"""Continuous and infinitely repeated models: how they are written, what they answer, what they refuse."""

import copy
import pickle

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence import param, share
from deterrence.continuous import (
    Answer,
    Play,
    Uniform,
    all_roots,
    best_choice,
    continuous,
    family,
    fixed_point,
    largest_gain,
    types_from,
)
from deterrence.errors import GameError, MechanismError, MethodError, ParameterError, UnknownNameError

OUTCOMES = ("peace", "war")


@continuous("Aggressor", outcomes=OUTCOMES, kind="continuous action", assumes=lambda p: (p.loss < p.most,))
def probing(
    loss=param(1, "loss in a war", low=0, high=10, symbol="l"), most=param(20, "more than any loss", low=0, high=30)
):
    """Push as hard as pays; a push of size e starts a war with probability e / 2."""

    def payoff(push):
        return push - push / 2 * (push + loss)

    push = best_choice(payoff, 0, 1)
    return Play(
        outcomes={"peace": 1 - push / 2, "war": push / 2},
        payoffs={"Aggressor": payoff(push)},
        strategies={"push": push},
        gain=float(np.max(payoff(np.linspace(0, 1, 2001)))) - payoff(push),
        name="push" if push > 0 else "deterred",
    )


@continuous("Attacker", outcomes=OUTCOMES)
def trust(share_of_war=share(0.5, "how far war is expected"), idle=share(0.5, "counts for nothing")):
    """Peace is always an equilibrium, war from one half on; at 0.8 war becomes likelier by a jump."""
    likely = 0.9 if share_of_war >= 0.8 else 0.6
    plays = [Play({"peace": 1, "war": 0}, {"Attacker": 0 * idle}, 0, name="trust")]
    if share_of_war >= 0.5:
        plays.append(Play({"peace": 1 - likely, "war": likely}, {"Attacker": -1}, 0, name="fear"))
    return plays


@family
def threshold_model(limits=(0.25, 0.75), types=None):
    """Return a model in which the class changes at each of some limits."""

    @continuous("Attacker", outcomes=OUTCOMES)
    def steps(level=share(0.5, "where it stands")):
        """Count the limits passed."""
        passed = sum(level >= limit for limit in limits)
        return Play({"peace": 1, "war": 0}, {"Attacker": level}, 0, name=f"step {passed}")

    return steps


# -- the value --------------------------------------------------------------------------------------------


def test_a_model_shows_what_a_game_shows():
    assert probing.players == ("Aggressor",)
    assert probing.outcomes == OUTCOMES
    assert list(probing.parameters) == ["loss", "most"]
    assert probing.values["loss"] == 1
    assert probing.at(loss=2).values == {"loss": 2, "most": 20}
    assert probing.name == "probing"
    assert "loss" in str(probing)
    assert "continuous action" in str(probing)


def test_equal_models_are_equal_hash_alike_and_pickle():
    assert probing.at(loss=2) == probing.at({"loss": 2})
    assert probing.at(loss=2) != probing
    assert hash(probing.at(loss=2)) == hash(probing.at(loss=2))
    assert probing != 1
    assert copy.deepcopy(trust) == trust


def test_models_that_a_function_makes_compare_by_its_arguments_and_pickle():
    from deterrence.models.fearon1995.hidden_cost import with_costs

    one, other = with_costs(stats.norm(0.2, 0.05)), with_costs(stats.norm(0.2, 0.05))
    assert one == other
    assert hash(one) == hash(other)
    assert one != with_costs(stats.norm(0.2, 0.06))
    assert one.at(strength=0.3) != one
    restored = pickle.loads(pickle.dumps(one.at(strength=0.3)))
    assert restored == one.at(strength=0.3)
    assert dt.solve(restored)[0].outcomes == dt.solve(one.at(strength=0.3))[0].outcomes


def test_a_model_from_inside_a_function_says_why_it_does_not_pickle():
    @continuous("Attacker", outcomes=OUTCOMES)
    def inner():
        """Stay at peace."""
        return Play({"peace": 1, "war": 0}, {"Attacker": 0}, 0)

    with pytest.raises(TypeError, match=r"decorate that function with deterrence\.continuous\.family"):
        pickle.dumps(inner)


def test_wrong_values_are_refused_with_a_sentence():
    with pytest.raises(ParameterError, match="Did you mean 'loss'"):
        probing.at(los=1)
    with pytest.raises(ParameterError, match=r"outside its range \[0, 10\]"):
        probing.at(loss=11)
    with pytest.raises(ParameterError, match="assumes loss < most, which fails at loss=1, most=1"):
        probing.at(most=1)


def test_a_model_is_checked_when_it_is_written():
    with pytest.raises(GameError, match="not @continuous alone"):
        continuous(lambda: None, outcomes=OUTCOMES)
    with pytest.raises(GameError, match="names no outcome"):
        continuous("Attacker", outcomes=())(lambda: None)
    with pytest.raises(GameError, match="'war'"):
        continuous("Attacker", outcomes=("war", "war"))(lambda: None)
    with pytest.raises(GameError, match=r"needs param\(\.\.\.\) or share"):
        continuous("Attacker", outcomes=OUTCOMES)(lambda loss=3: None)


def made(*plays, outcomes=OUTCOMES, players=("Attacker",)):
    @continuous(*players, outcomes=outcomes)
    def model():
        """Return what it is given."""
        return plays[0] if len(plays) == 1 else plays

    return model


@pytest.mark.parametrize(
    ("play", "message"),
    [
        (3, "must return a Play"),
        (Play({"peace": 1}, {"Attacker": 0}, 0), "it needs them for 'peace', 'war'"),
        (Play({"peace": 0.5, "war": 0.4}, {"Attacker": 0}, 0), "must sum to 1"),
        (Play({"peace": 1.5, "war": -0.5}, {"Attacker": 0}, 0), "must sum to 1"),
        (Play({"peace": 1, "war": 0}, {}, 0), "has payoffs for nothing"),
        (Play({"peace": 1, "war": 0}, {"Attacker": float("nan")}, 0), "each must be a finite number"),
        (Play({"peace": 1, "war": 0}, {"Attacker": 0}, 0, actions={"strike": 1}), "needs them for nothing"),
        (Play({"peace": 1, "war": 0}, {"Attacker": 0}, -1), "has the gain -1; the most that anyone gains"),
        (
            Play({"peace": 1, "war": 0}, {"Attacker": 0}, {"Attacker": -1}),
            "has the gain -1; the most that anyone gains",
        ),
        (Play({"peace": 1, "war": 0}, {"Attacker": 0}, {"Defender": 0}), "has gains for 'Defender'; it needs them"),
        (Play({"peace": 1, "war": 0}, {"Attacker": 0}, 0, recomputed={"Defender": 0}), "has recomputed payoffs for"),
    ],
)
def test_what_a_body_returns_is_checked(play, message):
    with pytest.raises(GameError, match=message):
        dt.solve(made(play))


# -- solving ----------------------------------------------------------------------------------------------


def test_a_solution_answers_as_that_of_a_game_does():
    solution = dt.solve(probing)
    (one,) = solution
    # e - e (e + 1) / 2 is greatest at e = 1/2, where it is 1/8: by hand
    assert one.strategies["push"] == pytest.approx(0.5, abs=1e-9)
    assert one.payoffs["Aggressor"] == pytest.approx(0.125)
    assert one.probability("war") == pytest.approx(0.25)
    assert one.regret < 1e-9
    assert solution.complete
    assert solution.status == "solved"
    assert "Outcome: peace with probability 0.75, war with probability 0.25." in str(solution)
    assert list(solution.to_frame()["war"]) == pytest.approx([0.25])
    with pytest.raises(UnknownNameError, match="Did you mean 'war'"):
        one.probability("wars")


def test_an_equilibrium_in_which_someone_would_gain_is_left_out_and_said_to_be():
    solution = dt.solve(
        made(Play({"peace": 1, "war": 0}, {"Attacker": 0}, 0.2), Play({"peace": 0, "war": 1}, {"Attacker": 0}, 0))
    )
    assert len(solution) == 1
    assert not solution.complete
    assert "someone would gain 0.2 by deviating" in solution.status


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("gain", "told"),
    [
        (NAN, "someone would gain what is no finite number"),
        (INF, "someone would gain what is no finite number"),
        ({"Attacker": NAN, "Defender": 0}, "the Attacker would gain what is no finite number"),
        ({"Attacker": 0, "Defender": NAN}, "the Defender would gain what is no finite number"),
        ({"Attacker": 0, "Defender": 0.3}, "the Defender would gain 0.3"),
    ],
)
def test_a_play_whose_gains_are_no_numbers_or_too_large_for_one_player_is_left_out_and_said_to_be(gain, told):
    play = Play({"peace": 1, "war": 0}, {"Attacker": 0, "Defender": 0}, gain)
    solution = dt.solve(made(play, players=("Attacker", "Defender")))
    assert len(solution) == 0
    assert not solution.complete
    assert f"{told} by deviating" in solution.status


def test_a_gain_of_each_player_is_asked_for_where_one_is_told():
    play = Play({"peace": 1, "war": 0}, {"Attacker": 0, "Defender": 0}, {"Attacker": 0})
    with pytest.raises(GameError, match="has gains for 'Attacker'; it needs them for 'Attacker', 'Defender'"):
        dt.solve(made(play, players=("Attacker", "Defender")))


def test_a_gain_below_zero_by_rounding_is_none():
    solution = dt.solve(made(Play({"peace": 1, "war": 0}, {"Attacker": 1}, -1e-12)))
    assert solution[0].regret == 0
    assert "Nobody gains by deviating" in str(solution)


@pytest.mark.parametrize("payoff", [1.1, 0.9])
def test_a_payoff_that_does_not_follow_from_the_play_is_noticed_on_either_side(payoff):
    right = Play({"peace": 1, "war": 0}, {"Attacker": 1}, 0, recomputed={"Attacker": 1})
    assert "not computed again" not in str(dt.solve(made(right)))
    assert "not computed again" in str(dt.solve(made(Play({"peace": 1, "war": 0}, {"Attacker": 1}, 0))))
    wrong = Play({"peace": 1, "war": 0}, {"Attacker": payoff}, 0, recomputed={"Attacker": 1})
    solution = dt.solve(made(wrong))
    assert len(solution) == 0
    assert f"the payoff of the Attacker is given as {payoff}, and the play gives 1" in solution.status
    assert len(dt.solve(made(Play({"peace": 1, "war": 0}, {"Attacker": 1}, 0, recomputed={"Attacker": NAN})))) == 0


@pytest.mark.parametrize("chance", [-0.1, 1.1])
def test_an_action_has_a_probability(chance):
    @continuous("Attacker", outcomes=OUTCOMES, actions=("strike",))
    def model():
        """Strike with some probability."""
        return Play({"peace": 1, "war": 0}, {"Attacker": 0}, 0, actions={"strike": chance})

    with pytest.raises(GameError, match="each is a probability, from 0 to 1"):
        dt.solve(model)


def test_no_equilibrium_is_a_status():
    @continuous("Attacker", outcomes=OUTCOMES)
    def none():
        """Have no equilibrium."""
        return Answer((), "no equilibrium in cutoffs")

    solution = dt.solve(none)
    assert len(solution) == 0
    assert solution.status == "no equilibrium in cutoffs"
    assert str(solution).startswith("No Bayesian equilibrium of 'none'")


# -- the verbs --------------------------------------------------------------------------------------------


def test_a_sweep_has_the_form_of_a_games_sweep():
    swept = dt.sweep(trust, share_of_war=[0.2, 0.6, 0.9])
    data = swept.data
    assert set(data) == {"low", "high", "count", "exists", "value", "masked"}
    war = data.sel(measure="probability of 'war'")
    assert list(war["low"]) == [0, 0, 0]
    assert list(war["high"]) == [0, 0.6, 0.9]
    assert list(data["count"]) == [1, 2, 2]
    assert list(data["exists"].sel({"class": "fear"})) == [False, True, True]
    assert list(war["value"].sel({"class": "fear"}).values[1:]) == [0.6, 0.9]
    assert swept.complete
    assert "Several classes of equilibrium exist at 2 of 3 points" in str(swept)


def test_a_sweep_masks_where_the_assumptions_fail_and_picks_what_it_is_told():
    swept = dt.sweep(probing, "war", loss=[0.5, 1], most=[0.8, 3])
    assert swept.data["masked"].values.tolist() == [[False, False], [True, False]]
    assert np.isnan(swept.data["low"].values[0, 1, 0])
    picked = dt.sweep(trust, "war", share_of_war=[0.2, 0.6], select="fear").data["selected"].values
    assert np.isnan(picked[0, 0])
    assert picked[0, 1] == 0.6
    last = dt.sweep(trust, "war", share_of_war=[0.2, 0.6], select=lambda found: found[-1]).data["selected"].values
    assert last.tolist() == [[0, 0.6]]
    with pytest.raises(MethodError, match="is not available for continuous models; give a class's name"):
        dt.sweep(trust, "war", share_of_war=[0.6], select="risk-dominant")


def test_a_sweep_of_one_and_of_two_parameters_is_drawn():
    import matplotlib.pyplot as plt

    for axes in ({"loss": [0.5, 1, 1.5]}, {"loss": [0.5, 1, 1.5], "most": [3, 4]}):
        drawn = dt.sweep(probing, "war", **axes).plot()
        drawn.figure.canvas.draw()
        plt.close(drawn.figure)


def test_a_threshold_finds_where_classes_change_and_where_a_measure_jumps():
    found = dt.threshold(trust, "share_of_war", "war")
    assert [boundary.value for boundary in found.boundaries] == pytest.approx([0.5, 0.8], abs=1e-9)
    assert found.value == pytest.approx(0.5, abs=1e-9)
    assert found.exact is None
    assert found.direction == "rises"
    assert found.boundaries[0].new == ("fear",)
    assert found.boundaries[1].jump == pytest.approx(0.3)
    assert not found.complete


def test_a_threshold_without_a_jump_still_lists_where_the_class_changes():
    found = dt.threshold(probing, "loss", "war")
    # the push (2 - l) / 2 ends at l = 2, continuously: by hand
    assert found.value is None
    assert [boundary.value for boundary in found.boundaries] == pytest.approx([2], abs=1e-6)
    assert "does not jump" in str(found)


def test_two_changes_within_one_step_of_the_scan_are_both_found():
    limits = (0.5001, 0.5002)
    found = dt.threshold(threshold_model(limits), "level", "war")
    assert [boundary.value for boundary in found.boundaries] == pytest.approx(limits, abs=1e-9)


def test_a_threshold_against_a_second_parameter_is_a_curve():
    from deterrence.models.green1984.repeated_deterrence import repeated_deterrence

    curve = dt.threshold(repeated_deterrence, "patience", "attack", given={"alarm": [0.15, 0.6, 1]})
    # g / ((alpha - f) l + (1 - f) g) with g = 1, l = 2, f = 0.1, and none where that is above the range
    assert curve.values[0] == pytest.approx(1 / 1.0, abs=1e-9) or curve.values[0] is None
    assert curve.values[1:] == pytest.approx([1 / 1.9, 1 / 2.7], abs=1e-8)


def test_several_thresholds_are_asked_for_at_once_and_misspellings_named():
    war, peace = dt.thresholds(trust, "share_of_war", "war", "peace")
    assert (war.direction, peace.direction) == ("rises", "falls")
    with pytest.raises(ParameterError, match="Did you mean 'share_of_war'"):
        dt.threshold(trust, "share_of_wars", "war")
    unbounded = continuous("Attacker", outcomes=OUTCOMES)(
        lambda cost=param(1, "a cost without limits"): Play({"peace": 1, "war": 0}, {"Attacker": cost}, 0)
    )
    with pytest.raises(ParameterError, match=r"give between=\(low, high\)"):
        dt.threshold(unbounded, "cost", "war")


@continuous("Attacker", outcomes=OUTCOMES)
def linear(first=share(0.5, "counts once"), second=share(0.5, "counts twice"), third=share(0.5, "counts for nothing")):
    """Be a sum of two parameters."""
    war = (first + 2 * second) / 3
    return Play({"peace": 1 - war, "war": war}, {"Attacker": -war}, 0)


def test_sensitivity_finds_the_shares_of_variance_of_a_sum():
    found = dt.sensitivity(linear, "war", n=256)
    total = found.rows().set_index("parameter")["total"]
    # variances of u and 2 v, both uniform, are as 1 to 4
    assert total["first"] == pytest.approx(0.2, abs=0.02)
    assert total["second"] == pytest.approx(0.8, abs=0.05)
    assert total["third"] == pytest.approx(0, abs=1e-6)
    assert found.outcome().mean() == pytest.approx(0.5, abs=0.01)


def test_sensitivity_tells_the_least_and_greatest_apart_where_equilibria_differ():
    found = dt.sensitivity(trust, "war", n=32)
    assert found.labels == ("least probability of 'war'", "greatest probability of 'war'")
    assert found.differ["probability of 'war'"] == pytest.approx(0.5, abs=0.05)
    with pytest.raises(ParameterError, match=r"n must be a power of two \(Sobol sequence\); got "):
        dt.sensitivity(trust, "war", n=33)


def test_one_parameter_alone_accounts_for_all_of_the_variance():
    from deterrence.models.folklore.strike import strike

    for game, parameter, measure in ((linear, "first", "war"), (strike, "war", "fait accompli")):
        found = dt.sensitivity(game, measure, parameters=[parameter], n=32)
        assert found.rows()["total"].tolist() == [1]
        assert found.plot() is not None


def test_other_verbs_say_which_ones_answer():
    asked = (
        lambda: dt.characterize(trust),
        lambda: dt.regions(linear, first=[0.1, 0.2], second=[0.1, 0.2]),
        lambda: dt.statics(trust, "share_of_war", "war"),
        lambda: dt.robustness(trust, "war"),
    )
    for ask in asked:
        with pytest.raises(MethodError, match="It answers solve, sweep, threshold and sensitivity"):
            ask()


def test_mechanisms_and_other_concepts_are_refused():
    with pytest.raises(MechanismError, match="Mechanisms apply to trees"):
        trust.under(dt.Deniability("Attacker", "war", ("peace",)))
    with pytest.raises(MechanismError):
        dt.Sanctions("Attacker", outcomes=("war",))(trust)
    with pytest.raises(MechanismError, match="Mechanisms apply to trees"):
        trust.tree  # noqa: B018  (what a mechanism of a user's own asks for)
    with pytest.raises(MethodError, match="answers in its own concept, Bayesian equilibrium"):
        dt.solve(trust, dt.Nash())
    with pytest.raises(MethodError, match="answers in its own concept"):
        dt.sweep(trust, "war", share_of_war=[0.1], method=dt.Nash())
    with pytest.raises(UnknownNameError, match="Did you mean 'war'"):
        dt.sweep(trust, "wars", share_of_war=[0.1])
    with pytest.raises(UnknownNameError, match="by= is not available for continuous models; name the action alone"):
        dt.sweep(trust, dt.probability("war", by="Attacker"), share_of_war=[0.1])


# -- the search -------------------------------------------------------------------------------------------


def test_all_roots_are_found_the_ends_included():
    assert all_roots(lambda x: (x - 0.25) * (x - 0.5) * (x - 1), 0, 1) == pytest.approx((0.25, 0.5, 1), abs=1e-12)
    assert all_roots(lambda x: x * 0 + 1, 0, 1) == ()
    assert all_roots(lambda x: np.minimum(0, x - 0.5), 0, 1) == pytest.approx((0.5, 1), abs=0.003)


def test_the_best_choice_is_exact_inside_at_corners_and_at_the_ends():
    assert best_choice(lambda x: -((x - 1 / 3) ** 2), 0, 1) == pytest.approx(1 / 3, abs=1e-12)
    assert best_choice(lambda x: -abs(x - 0.1234567), 0, 1, corners=(0.1234567,)) == 0.1234567
    assert best_choice(lambda x: x, 0, 1) == 1
    assert best_choice(lambda x: -x, 0, 1) == 0
    assert best_choice(lambda x: 0 * x, 0, 1) == 0
    assert best_choice(lambda x: x, 0.5, 0.5) == 0.5
    two_peaks = best_choice(lambda x: np.sin(9 * x) + 0.01 * x, 0, 1)
    assert two_peaks == pytest.approx((np.pi / 2 + 2 * np.pi + 0.01 / 9) / 9, abs=1e-6)


def test_a_fixed_point_is_found_where_plain_iteration_diverges():
    found, reached = fixed_point(lambda x: np.clip(1 - 30 * (x - 0.4), 0, 1), [0.9])
    assert reached
    assert found[0] == pytest.approx(13 / 31, abs=1e-10)  # x = 1 - 30 (x - 0.4), by hand
    _, reached = fixed_point(lambda x: x + 1, [0.0], most=100)
    assert not reached


def test_the_largest_gain_is_over_types_and_alternatives_and_never_negative():
    assert largest_gain([1, 2], ([0, 2.5], [[1, 1], [1.2, 0]])) == pytest.approx(0.5)
    assert largest_gain([1, 2], ([0, 0],)) == 0
    assert largest_gain([1, 2], ()) == 0
    assert largest_gain([1, 2], ([-INF, -INF],)) == 0


@pytest.mark.parametrize(
    ("chosen", "alternatives"),
    [([0, 0], ([NAN, 5],)), ([0, 0], ([5, 0], [NAN, 0])), ([NAN, 0], ([0, 5],)), ([INF, 0], ([INF, 0],))],
)
def test_a_gain_is_not_hidden_behind_what_is_no_number(chosen, alternatives):
    with np.errstate(invalid="ignore"):
        assert largest_gain(chosen, alternatives) == INF


# -- types ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [-0.2, 0.1, 0.25, 0.7, 1.5])
def test_uniform_types_agree_with_those_of_scipy(at):
    ours, theirs = Uniform(0.1, 0.9), types_from(stats.uniform(0.1, 0.8))
    assert ours.cdf(at) == pytest.approx(theirs.cdf(at))
    assert ours.mean_below(at) == pytest.approx(theirs.mean_below(at), abs=1e-9)
    assert ours.mean_above(at) == pytest.approx(theirs.mean_above(at), abs=1e-9)


def test_the_partial_means_of_a_normal_are_those_of_the_textbook():
    normal = types_from(stats.norm(2, 0.5))
    z = (1.7 - 2) / 0.5
    wanted = 2 * stats.norm.cdf(z) - 0.5 * stats.norm.pdf(z)  # E[X; X <= x] = m F - s f
    assert normal.mean_below(1.7) == pytest.approx(wanted, abs=1e-5)
    assert normal.mean_above(1.7) == pytest.approx(2 - wanted, abs=1e-5)


def test_what_is_no_continuous_distribution_is_refused():
    for wrong in (3, stats.poisson(2), "uniform"):
        with pytest.raises(GameError, match="frozen continuous SciPy distribution"):
            types_from(wrong)


def test_every_answer_is_drawn_and_listed():
    import matplotlib.pyplot as plt

    found = dt.sensitivity(linear, "war", n=16)
    swept = dt.sweep(trust, "war", share_of_war=[0.2, 0.6], idle=[0, 1])
    drawings = (
        dt.threshold(trust, "share_of_war", "war").plot,
        dt.threshold(trust, "share_of_war", "war", given={"idle": [0, 0.5, 1]}).plot,
        found.plot,
        found.plot_outcome,
        swept.plot,
        swept.plot_classes,
    )
    for draw in drawings:
        axes = draw()
        axes.figure.canvas.draw()
        plt.close(axes.figure)
    assert len(swept.to_frame()) == 4
    assert len(dt.threshold(trust, "share_of_war", "war").to_frame()) == 2
