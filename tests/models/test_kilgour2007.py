"""Classes of asymmetric escalation exist where conditions derived by hand say so, at random payoffs and types."""

from types import SimpleNamespace

import numpy as np
import pytest

from deterrence.errors import UnknownNameError
from deterrence.models.kilgour2007._escalation import ORDERS, asymmetric_escalation
from deterrence.models.kilgour2007.asymmetric_escalation import PLAYS, equilibria


def drawn(rng):
    """Return random payoffs of the order assumed, and probabilities of types that sum to less than one."""
    values = {}
    for order in ORDERS:
        ranked = np.sort(rng.choice(np.arange(-100, 101), size=len(order), replace=False))
        values |= {name: int(value) for name, value in zip(order, ranked, strict=True)}
    parts = rng.multinomial(96, rng.dirichlet(np.ones(4))) + 1
    shares = {f"share_{name}": float(part) / 100 for name, part in zip(("hh", "hs", "sh"), parts, strict=False)}
    return values | shares | {"challenger_credibility": float(rng.integers(1, 100)) / 100}


def conditions(values):
    """Return which classes exist, by the last choices' payoffs and indifferences alone."""
    v = SimpleNamespace(**values)
    p, hh, hs, sh = v.challenger_credibility, v.share_hh, v.share_hs, v.share_sh
    gain = v.challenger_escalation_won - v.challenger_limited_conflict
    q_hard = gain / (v.challenger_escalation_won - v.challenger_hard_war)
    step = v.defender_escalation_won - v.defender_concession
    r_hard = step / (v.defender_escalation_won - v.defender_hard_war)
    tempted = v.challenger_gain - v.challenger_status_quo
    c_tactical = tempted / (v.challenger_gain - v.challenger_limited_conflict)
    c_strategic = tempted / (v.challenger_gain - v.challenger_hard_war)
    w = (v.defender_hard_limited - v.defender_concession) / (v.defender_hard_limited - v.defender_escalation_lost)
    first = p >= r_hard
    share = hh * (1 - q_hard) / (q_hard * hs)
    escalating = p * v.defender_hard_war + (1 - p) * v.defender_escalation_won
    answering = (1 - w) * v.defender_hard_limited + w * v.defender_hard_war
    return {
        "no response": first,
        "constrained limited response": first and hh / (hh + hs) >= q_hard and hh + hs <= c_tactical,
        "escalatory limited response": first
        and p >= w
        and hh / (hh + hs) < q_hard
        and escalating <= answering
        and limited_is_worth_it(v, hh, hs, share),
        "escalatory deterrence": hh + sh >= c_strategic,
        "deterrence by escalation of all": True,
    }


def limited_is_worth_it(v, hh, hs, share):
    """Tell whether both types of Challenger defect where Hard ones escalate at times, being indifferent."""
    answered = hh + hs * share
    return answered * v.challenger_limited_conflict + (1 - answered) * v.challenger_gain >= v.challenger_status_quo


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4))])
def test_each_class_exists_where_its_conditions_hold(seed):
    rng = np.random.default_rng(seed)
    for _ in range(8):
        values = drawn(rng)
        expected = conditions(values)
        assert {name: bool(equilibria(name, **values)) for name in PLAYS} == expected


def test_a_type_of_defender_that_does_not_exist_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="Allowed: 'HH', 'HS', 'SH', 'SS'"):
        asymmetric_escalation(("HX", "SS"))
