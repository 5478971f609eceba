"""Every game with reference numbers is solved from its tree, and its equilibria have the certificate."""

import pytest

import deterrence as dt
from deterrence.solvers.continuum.certificate.certified import certified
from tests.solvers.continuum.trees import VECTORS, tree_of

SIGNALS = ("sunk_cost_continuous", "tied_hands", "spence")
CERTAIN, NEARLY = 1e-9, 1e-8
"""What a certificate may be above nothing; more where a schedule is known by numbers alone."""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_nobody_gains_and_every_payoff_is_that_of_the_tree(number):
    vector = VECTORS[number]
    solution = dt.solve(tree_of(vector), dt.D1() if vector["model"] in SIGNALS else None)
    assert len(solution)
    by_numbers = vector["model"] == "spence" and vector["parameters"]["opponent"][0] != "uniform"
    for equilibrium in solution:
        allowed = NEARLY if by_numbers else CERTAIN
        assert float(equilibrium.regret) <= allowed
        if not solution.game.has_continuum:
            continue
        certificate = certified(solution.game, equilibrium)
        assert certificate.refused or float(certificate.regret) <= allowed
