"""The chain store: a number of markets that makes no game is refused, and five unravel as one does."""

import pytest

import deterrence as dt
from deterrence.errors import GameError
from deterrence.models.selten1978.chain_store import chain_store


@pytest.mark.parametrize("given", [0, 6, -1, 2.5, "3", True])
def test_a_number_of_markets_that_makes_no_tree_is_refused(given):
    with pytest.raises(GameError, match="it must be a whole number from 1 to 5"):
        chain_store(given)


def test_five_markets_unravel_to_five_times_the_shared_profit():
    # Selten's payoffs: 2 for each shared market, to the store and to the entrant.
    (found,) = dt.solve(chain_store(5))
    assert found.outcomes["0 out, 5 shared, 0 fought"] == 1
    assert set(found.payoffs.values()) == {10, 2}
