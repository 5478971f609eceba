"""Threats that are nearly never made, or nearly never resisted: rounding does not decide what is done after them."""

import numpy as np
import pytest
from scipy import integrate, stats

import deterrence as dt
from tests.solvers.continuum.trees import sanctions_normal

NAMES = {
    "sender_status_quo": "SA",
    "sender_success": "VA",
    "target_concession": "CB",
    "sender_sanctions": "WA",
    "target_sanctions": "WB",
    "sender_back_down": "a",
    "target_spared": "VB",
}
PRESENT = {"SA": 0, "VA": 1, "CB": 0, "WA": -0.5, "WB": -0.8, "a": -0.6, "VB": 1, "sigma": 1}


def chances(**values):
    """The chances of a threat, of resistance, and that a resisted threat is kept, in the one equilibrium."""
    (one,) = dt.solve(sanctions_normal(**PRESENT | {NAMES[name]: value for name, value in values.items()}))
    rules = one.strategies
    assert one.regret < 1e-8
    return (
        rules["Sender | start"].at().get("threaten", 0),
        rules["Target"].at().get("resist", 0),
        rules["Sender | threaten, resist"].at().get("impose", 0),
    )


def test_resistance_that_is_nearly_certain_is_found():
    # then the better of the two is worth more than the status quo of 0 or not, and that is integrated here
    threat, resist, kept = chances(sender_back_down=3)
    assert resist == 1
    made = 1 - stats.norm.cdf(0.5) * stats.norm.cdf(-3)
    both = integrate.quad(lambda w: stats.norm.pdf(w + 0.5) * stats.norm.cdf(w - 3), 0, 12)[0]
    assert kept == pytest.approx(both / made, abs=1e-9)
    assert threat == pytest.approx(made, abs=1e-12)


def test_a_threat_that_nobody_resists_would_be_kept_as_often_as_imposing_is_better():
    # everybody threatens, as a concession is worth more than the status quo: the belief is what it was before
    threat, resist, kept = chances(
        sender_status_quo=-4.5, sender_success=3, target_spared=-3, target_concession=2.5, sender_back_down=1
    )
    assert threat == pytest.approx(1, abs=1e-12)
    assert resist < 1e-200
    assert kept == pytest.approx(stats.norm.cdf(-1.5 / np.sqrt(2)), abs=1e-9)


def test_after_a_threat_that_is_nearly_never_made_the_likelier_rare_shock_counts():
    # the status quo lies ten standard deviations above either: one needs 9 of backing down, 10 of imposing
    threat, resist, kept = chances(
        sender_status_quo=5, sender_success=5, sender_sanctions=-5, sender_back_down=-4, target_spared=5
    )
    odds = np.exp(stats.norm.logsf(10) - stats.norm.logsf(9))
    assert threat == pytest.approx(stats.norm.sf(9) + stats.norm.sf(10), rel=1e-3)
    assert kept == pytest.approx(odds / (1 + odds), rel=1e-3)
    assert resist == 1
