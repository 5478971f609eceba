"""D1 is not said to hold where it was not applied: moves by name that nobody makes."""

from __future__ import annotations

import pytest

import deterrence as dt
from deterrence.errors import MethodError
from tests.solvers.continuum.trees import tree_of, vectors


def test_d1_is_refused_where_nobody_challenges_by_a_belief_that_it_would_strike_out():
    # By hand: a challenge pays type t below the chance of resistance 1 / (1 - max(-a, t)), which is greatest for the
    # strongest type, who would fight; against it the defender concedes, so that nobody challenges fails D1.
    crisis = tree_of(vectors("audience_costs")[0])
    assert any(each.probability("status quo") == 1 for each in dt.solve(crisis))
    with pytest.raises(MethodError, match="D1 selects among signals chosen from a continuum"):
        dt.solve(crisis, dt.D1())


def test_d1_leaves_an_equilibrium_in_which_all_places_are_reached():
    crisis = tree_of(vectors("sorted_crisis")[0])
    assert len(dt.solve(crisis, dt.D1())) == 1
