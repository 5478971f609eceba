"""Selection rules in sweeps, and thresholds against a second parameter."""

import numpy as np
import pytest

import deterrence as dt
from deterrence.errors import MethodError, ParameterError, UnknownNameError
from deterrence.mechanisms import Deniability
from deterrence.models.avenhaus2002.noisy_attribution import noisy_attribution as NOISY
from deterrence.models.folklore.strike import strike as STRIKE


@dt.game("Row", "Column")
def stag_hunt(
    *,
    stag=dt.param(4, "worth of a stag", low=3, high=10),
    hare=dt.param(3, "worth of a hare", low=1, high=4),
):
    """Hunt the stag together, or a hare alone."""
    return dt.matrix(
        {
            ("stag", "stag"): dt.end("stag", stag, stag),
            ("stag", "hare"): dt.end("miss", 0, hare),
            ("hare", "stag"): dt.end("miss too", hare, 0),
            ("hare", "hare"): dt.end("hare", hare, hare),
        }
    )


def test_nothing_is_picked_unless_asked():
    assert "selected" not in dt.sweep(stag_hunt, "hare", hare=[2, 3]).data


def test_payoff_dominance_hunts_the_stag():
    found = dt.sweep(stag_hunt, "hare", select="payoff-dominant", hare=[1.5, 2.5, 3.5])
    assert list(found.data["selected"][0].values) == [0, 0, 0]
    assert "Selected by 'payoff-dominant'" in str(found)


def test_risk_dominance_turns_where_the_hare_is_worth_half_the_stag():
    # Harsanyi and Selten: (stag - hare)^2 against hare^2, equal at hare = stag/2 = 2.
    found = dt.sweep(stag_hunt, "hare", select="risk-dominant", hare=[1.5, 2.5])
    assert list(found.data["selected"][0].values) == [0, 1]


def test_a_class_name_gives_its_value_where_it_exists():
    found = dt.sweep(
        NOISY,
        "strike",
        select="Attacker: mix of wait and strike; alarm: mix of restrain and retaliate",
        detection=[0.2, 0.7],
    )
    low = found.data["low"].sel(detection=0.7).values[0]
    assert np.isnan(found.data["selected"].sel(detection=0.2).values[0])
    assert found.data["selected"].sel(detection=0.7).values[0] == pytest.approx(low)


def test_a_callable_picks_from_the_solution():
    found = dt.sweep(NOISY, "strike", select=lambda s: min(s, key=lambda e: e.probability("strike")), detection=[0.7])
    assert float(found.data["selected"][0, 0]) == pytest.approx(1 / 8)


def test_quantal_picks_the_nearest_equilibrium():
    quantal = pytest.importorskip("deterrence.solvers.quantal")
    found = dt.sweep(stag_hunt, "hare", select=quantal.Quantal(rationality=3), hare=[3])
    assert float(found.data["selected"][0, 0]) == 1


def test_a_selected_sweep_draws_one_line():
    axes = dt.sweep(stag_hunt, "hare", select="risk-dominant", hare=[1.5, 2, 2.5]).plot()
    assert len(axes.lines) == 1


def test_wrong_rules_are_refused_with_a_sentence():
    with pytest.raises(UnknownNameError, match="Did you mean 'risk-dominant'"):
        dt.sweep(stag_hunt, "hare", select="risk dominant", hare=[2])
    with pytest.raises(ParameterError, match="is no rule"):
        dt.sweep(stag_hunt, "hare", select=3, hare=[2])
    with pytest.raises(MethodError, match="must return one of the equilibria"):
        dt.sweep(stag_hunt, "hare", select=lambda solution: 1, hare=[2])


def test_a_threshold_against_a_second_parameter_is_a_curve_with_its_formula():
    # By hand: a strike that is proven with probability a pays where a * punishment < prize.
    game = STRIKE.under(Deniability("strike", "retaliate"))
    curve = dt.threshold(game, "attribution", "strike", given={"punishment": [2, 5, 8, 16]})
    assert curve.values[0] is None
    assert [float(value) for value in curve.values[1:]] == [0.8, 0.5, 0.25]
    prize, punishment = (game.parameters[name].expression for name in ("prize", "punishment"))
    assert curve.exact == prize / punishment
    assert "prize/punishment throughout" in str(curve)
    assert curve.to_frame()["attribution"].isna().sum() == 1
    assert curve.plot().get_title(loc="right") == "attribution = prize/punishment"


def test_a_curve_over_the_declared_range_has_a_formula_for_each_stretch():
    curve = dt.threshold(STRIKE, "war", "strike", given="loss")
    # War deters while war < loss, whatever the loss.
    assert curve.exact == STRIKE.parameters["loss"].expression


def test_wrong_second_parameters_are_refused():
    with pytest.raises(ParameterError, match="other than 'war'"):
        dt.threshold(STRIKE, "war", "strike", given="war")
    with pytest.raises(ParameterError, match="Did you mean 'loss'"):
        dt.threshold(STRIKE, "war", "strike", given="los")
