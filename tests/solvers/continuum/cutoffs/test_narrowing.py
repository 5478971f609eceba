"""Spans of best replies: what they leave out, and the equilibrium that they find."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.solvers.continuum.cutoffs.narrowing import Narrowing
from deterrence.solvers.continuum.cutoffs.reading import Reading
from tests.solvers.continuum.trees import attribution, attribution_two, tree_of, vectors


def narrowed(game):
    return Narrowing(Reading(game))


def test_an_attack_that_makes_the_alarm_rarer_is_made_by_every_type():
    # An attack sets off the alarm with 0.4, a false alarm has 0.8: whoever gains anything attacks. So an alarm comes
    # from an attack with 0.5 0.4 / (0.5 0.4 + 0.5 0.8) = 1/3, and a taste of 2/3 is what retaliation takes.
    game = attribution(0.4, 0.8, 0.5, ["uniform", 0, 1], ["uniform", 0, 1])
    solution = dt.solve(game)
    assert solution.complete
    (one,) = solution
    assert one.cutoffs["Suspect"] == ()
    assert one.cutoffs["alarm"] == (Fraction(2, 3),)
    assert len(dt.characterize(game)) == 2


@pytest.mark.parametrize("vector", vectors("attribution_two")[:3])
def test_two_suspects_are_narrowed_to_the_one_equilibrium(vector):
    narrowing = narrowed(tree_of(vector))
    assert narrowing.point
    (wanted,) = vector["expect"]["equilibria"]
    attacks = [narrowing.spans[a.number] for a in narrowing.reading.agents if a.variable.startswith("worth")]
    for (low, high), cutoff in zip(attacks, wanted["cutoffs"], strict=True):
        assert high - low <= 1e-9
        assert low == pytest.approx(cutoff, abs=3e-6)  # the second plan is to refrain


def test_where_a_race_has_three_equilibria_no_span_becomes_a_point():
    several = next(v for v in vectors("arms_race") if len(v["expect"]["equilibria"]) > 1)
    narrowing = narrowed(tree_of(several))
    assert not narrowing.point
    assert narrowing.pattern is None
    assert all(high - low == 1 for low, high in narrowing.spans.values())


def test_laws_of_any_kind_are_narrowed_too():
    signals = [[0.2, 0.72, 0.08], [0.2, 0.08, 0.72]], [0.9, 0.05, 0.05]
    game = attribution_two(*signals, 0.6, ["beta", 2, 2], ["uniform", 0, 0.6])
    solution = dt.solve(game)
    assert solution.complete
    assert len(solution) == 1
    assert solution[0].regret < 1e-9
