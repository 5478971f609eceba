"""Sensitivity: Sobol indices against another program, distributions, assumptions and selection."""

import re

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence.analysis.search.points.sobol import sobol_indices, too_small
from deterrence.analysis.sensitivity import sensitivity
from deterrence.errors import ParameterError
from deterrence.mechanisms import Deniability

STRIKE, NOISY = (
    game.plausible(dict.fromkeys(game.parameters))
    for game in (dt.models.load("strike").game, dt.models.load("noisy_attribution").game)
)
"""Games with their admissible ranges alone: over these expected values are worked out."""


@pytest.fixture(scope="module")
def strike():
    return sensitivity(STRIKE, "strike", dt.payoff("Defender"), n=1024)


def test_the_mean_is_the_probability_worked_out_by_hand(strike):
    # Deterred where war < loss and prize < punishment: (5/25 + half of 20/25) times one half.
    assert strike.outcome("probability of 'strike'").mean() == pytest.approx(1 - (5 / 25 + 0.5 * 20 / 25) / 2, abs=0.02)


def test_indices_agree_with_salib_to_sampling_error(strike):
    sample = pytest.importorskip("SALib.sample.sobol")
    analyze = pytest.importorskip("SALib.analyze.sobol")
    names = list(strike.parameters)
    bounds = [[float(STRIKE.parameters[n].low), float(STRIKE.parameters[n].high)] for n in names]
    problem = {"num_vars": len(names), "names": names, "bounds": bounds}
    x = sample.sample(problem, 4096, calc_second_order=False, seed=7)
    prize, loss, punishment, war = (x[:, names.index(n)] for n in ("prize", "loss", "punishment", "war"))
    y = np.where((war < loss) & (prize < punishment), 0.0, 1.0)
    theirs = analyze.analyze(problem, y, calc_second_order=False, seed=7)
    ours = strike.rows("probability of 'strike'")
    assert list(ours["total"]) == pytest.approx(list(theirs["ST"]), abs=0.1)
    assert list(ours["alone"]) == pytest.approx(list(theirs["S1"]), abs=0.1)


def test_intervals_hold_their_index_and_several_measures_come_at_once(strike):
    frame = strike.to_frame()
    assert len(frame) == 2 * 4
    assert ((frame["total low"] <= frame["total"]) & (frame["total"] <= frame["total high"])).all()


def test_where_equilibria_differ_both_ends_are_told_and_how_often():
    found = sensitivity(NOISY, "strike", n=64, parameters=["benefit", "detection", "punishment"])
    assert found.labels == ("least probability of 'strike'", "greatest probability of 'strike'")
    assert 0 < found.differ["probability of 'strike'"] < 1
    assert 0.05 < found.rejected < 0.15  # detection below false_alarm = 0.1 breaks the assumption
    assert "rejected" in str(found)
    assert (found.points[1] >= 0.1).all()


def test_a_selected_class_gives_one_number():
    options = {"n": 64, "parameters": ["benefit", "detection"]}
    found = sensitivity(NOISY, "strike", select="payoff-dominant", **options)
    assert found.labels == ("probability of 'strike'",)
    with pytest.raises(ValueError, match="no selection rule or equilibrium class"):
        sensitivity(NOISY, "strike", select="bluff", **options)


def test_a_distribution_gives_the_distribution_of_the_outcome():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    given = {"attribution": stats.beta(2, 2), "doubt": stats.expon(8)}
    found = sensitivity(game, dt.payoff("Challenger"), n=128, parameters=["attribution", "doubt"], distributions=given)
    # By hand: the payoff is max(0, prize - attribution * punishment) = max(0, 4 - 9 a).
    expected = np.maximum(0, 4 - 9 * stats.beta(2, 2).ppf(np.linspace(0.001, 0.999, 2000)))
    assert found.outcome().mean() == pytest.approx(expected.mean(), abs=0.02)
    assert found.quantiles(at=(0.1,))[0.1] == pytest.approx(np.quantile(expected, 0.1), abs=0.05)
    shares, borders = found.histogram(bins=10)
    assert shares.sum() == pytest.approx(1)
    assert len(borders) == 11


def test_the_same_call_gives_the_same_points_and_another_rng_others(strike):
    again = sensitivity(STRIKE, "strike", n=1024)
    assert np.array_equal(again.points, strike.points)
    other = sensitivity(STRIKE, "strike", n=64, rng=np.random.default_rng(1))
    assert not np.array_equal(other.points[:, :10], strike.points[:, :10])


def test_drawings_have_a_bar_for_each_parameter(strike):
    assert len(strike.plot().get_yticklabels()) == 4
    assert strike.plot_outcome().get_xlabel()


def test_the_same_call_prints_the_same_intervals_and_another_seed_others():
    first, again = (str(sensitivity(STRIKE, "strike", n=64)) for _ in range(2))
    assert first == again
    seeded, other = (str(sensitivity(STRIKE, "strike", n=64, seed=seed)) for seed in (7, 8))
    assert seeded == str(sensitivity(STRIKE, "strike", n=64, seed=7))
    assert len({first, seeded, other}) == 3


def test_indices_are_those_that_scipy_computes_and_their_intervals_about_as_wide():
    # SciPy's are the second opinion: the same formulas on the same numbers, and its own bootstrap.
    source = np.random.default_rng(5)
    a, b, noise = source.normal(size=(3, 512))
    rows = np.array([a + 2 * b, b + 2 * noise, b + 2 * b, a + 2 * noise])
    ours = sobol_indices(rows, ("first", "second"), "sum", 0.95, seed=1)
    theirs = stats.sobol_indices(func={"f_A": rows[:1], "f_B": rows[1:2], "f_AB": rows[2:, None, :]}, n=512)
    assert list(ours["alone"]) == pytest.approx(list(theirs.first_order.ravel()), abs=1e-12)
    assert list(ours["total"]) == pytest.approx(list(theirs.total_order.ravel()), abs=1e-12)
    interval = theirs.bootstrap(confidence_level=0.95, n_resamples=499).total_order.confidence_interval
    widths = np.ravel(interval.high - interval.low)
    assert list(ours["total high"] - ours["total low"]) == pytest.approx(list(widths), rel=0.3)


def test_a_design_that_is_too_small_grows_and_keeps_its_first_points():
    small = sensitivity(STRIKE, "strike", n=16, limit=16)
    assert small.too_small
    assert "The design is too small for" in str(small)
    assert "doubled" not in small.status
    grown = sensitivity(STRIKE, "strike", n=16)
    assert "complete rows of the design, doubled from 16" in grown.status
    assert not grown.too_small
    assert np.array_equal(grown.points[:, :32], small.points)
    assert np.array_equal(grown.sample[:, :32], small.sample)
    assert grown.points.shape[1] == grown.sample.shape[1] > 32
    widths = [(each.rows()["total high"] - each.rows()["total low"]).max() for each in (small, grown)]
    assert widths[1] < widths[0]


def test_a_design_that_has_grown_gives_what_a_large_one_gives():
    grown, large = sensitivity(NOISY, "strike", n=32, seed=3), sensitivity(NOISY, "strike", n=1024, seed=4)
    for label in large.labels:
        assert list(grown.rows(label)["total"]) == pytest.approx(list(large.rows(label)["total"]), abs=0.15)
    assert grown.rejected == pytest.approx(large.rejected, abs=0.1)


def test_an_index_above_one_is_too_large_and_a_wide_interval_too_wide():
    import pandas as pd

    table = pd.DataFrame(
        {
            "parameter": ["above one", "wide", "narrow", "small"],
            "total": [1.27, 0.3, 0.3, 0.02],
            "total low": [1.2, 0.1, 0.2, 0.0],
            "total high": [1.3, 0.5, 0.4, 0.08],
        }
    )
    assert too_small(table) == ["above one", "wide"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"n": 64, "limit": 32}, "limit=32 must be a whole number of at least 64"),
        ({"seed": -1}, "seed=-1 must be a whole number of at least 0"),
        ({"seed": 1, "rng": np.random.default_rng(1)}, "Give seed= or rng=, not both"),
        ({"n": 100, "parameters": ["war"]}, "n must be a power of two (Sobol sequence); got 100, try 128."),
        ({"parameters": ["doubt"]}, "Give it a distribution"),
        ({"parameters": ["dubt"]}, "Did you mean 'doubt'"),
        ({"distributions": {"war": 3}}, "frozen one"),
        ({"distributions": {"war": stats.uniform(100, 1)}, "parameters": ["war"]}, "No random point"),
    ],
)
def test_wrong_questions_are_refused_with_a_sentence(options, said):
    with pytest.raises(ParameterError, match=re.escape(said)):
        sensitivity(STRIKE.under(Deniability("strike", "retaliate")).plausible(doubt=None), "strike", **options)


def test_probabilities_and_payoffs_are_drawn_on_axes_of_their_own():
    found = sensitivity(STRIKE, "strike", dt.payoff("Defender"), n=16)
    panels = found.plot_outcome().get_figure(root=True).axes
    assert [panel.get_xlabel() for panel in panels] == ["probability of 'strike'", "payoff of Defender"]
    assert found.plot_outcome("strike").get_figure(root=True).axes[0].get_xlabel() == "probability of 'strike'"
    with pytest.raises(ParameterError, match="different scales and cannot share axes"):
        found.plot_outcome(ax=panels[0])


def test_an_outcome_that_never_varies_is_one_number():
    # By hand: with the cost of war below the loss nobody strikes, whatever these two are.
    found = sensitivity(STRIKE, "strike", parameters=["war"], distributions={"war": stats.uniform(0, 1)}, n=16)
    assert "The probability of 'strike' is 0 at every point." in str(found)
    assert "Sobol indices are not reported" in found.plot().texts[0].get_text()


def test_quantiles_take_one_share_or_several_and_refuse_others():
    found = sensitivity(STRIKE, "strike", n=16)
    assert list(found.quantiles(at=0.5)) == [0.5]
    with pytest.raises(ParameterError, match="at=2 must be a number of at least 0 and at most 1"):
        found.quantiles(at=[2])


@pytest.mark.parametrize("unit", [10**-12, 1, 10**12])
def test_the_unit_of_payoffs_does_not_matter_to_their_shares(unit):
    @dt.game("A", "B")
    def paid(first=dt.share(0.5, "counts once"), second=dt.share(0.5, "counts twice")):
        return dt.move("A", go=dt.end("go", 1, unit * (first + 2 * second)), stay=dt.end("stay", 0, 0))

    found = sensitivity(paid, dt.payoff("B"), n=256)
    # By hand: the variances of u and 2 v are as 1 to 4.
    assert list(found.rows()["total"]) == pytest.approx([0.2, 0.8], abs=0.05)
    assert "at every point" not in str(found)


def test_in_many_parameters_points_are_solved_and_the_shares_are_those_of_formulas(monkeypatch):
    import deterrence.analysis.sensitivity as module

    by_points = sensitivity(NOISY, "strike", n=64)
    assert "other classes may exist" not in by_points.status
    monkeypatch.setattr(module, "MANY_PARAMETERS", 99)
    by_formulas = sensitivity(NOISY, "strike", n=64)
    assert by_points.labels == by_formulas.labels
    assert by_points.sample == pytest.approx(by_formulas.sample, abs=1e-9, nan_ok=True)
    assert list(by_points.indices["total"]) == pytest.approx(list(by_formulas.indices["total"]), abs=1e-6)


def test_in_many_parameters_a_rule_still_selects():
    found = sensitivity(NOISY, "strike", n=16, limit=16, select="payoff-dominant")
    assert found.labels == ("probability of 'strike'",)
    assert "selects one" in found.status


def test_in_many_parameters_progress_never_goes_back():
    shares = []
    sensitivity(NOISY, "strike", n=16, progress=shares.append, seed=4)
    assert shares == sorted(shares)
    assert shares[-1] == 1
