"""Small models for teaching against numbers worked by hand, and against backward induction written anew."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

import deterrence as dt
from deterrence import models
from deterrence.errors import GameError
from deterrence.models.schelling1966.salami_tactics import salami_tactics

SALAMI, TRIPWIRE = map(models.load, ("salami_tactics", "tripwire"))


def drawn(game, count, seed):
    """Yield random values within the ranges and assumptions of a game, off the places where payoffs tie."""
    rng, parameters = np.random.default_rng(seed), game.parameters.values()
    for _ in range(100 * count):
        values = {p.name: p.low + (p.high - p.low) * Fraction(int(rng.integers(1, 9973)), 9973) for p in parameters}
        try:
            game.at(values)
        except dt.errors.ParameterError:
            continue
        yield values
        count -= 1
        if count == 0:
            return


# -- salami tactics -----------------------------------------------------------------------------------------------


def lost_by_hand(slices, whole, war, settles):
    """Return how many slices are lost: from the last to the first, fight where what may be saved is worth it."""
    later = Fraction(0)
    for _ in range(slices):
        if war > whole / slices + settles * later:
            later += Fraction(whole) / slices
    return later * slices / whole


@pytest.mark.parametrize("slices", [1, 2, 3, 4, 5])
def test_as_many_slices_are_lost_as_by_hand(slices):
    game = salami_tactics(slices)
    for values in drawn(game, 12, slices):
        (one,) = dt.solve(game.at(values))
        lost = lost_by_hand(slices, values["whole"], values["war"], values["settles"])
        assert one.outcomes[f"{lost} of {slices} slices lost"] == 1
        assert one.payoffs["Defender"] == -lost * values["whole"] / slices == -one.payoffs["Challenger"]


def test_nine_in_three_slices_are_lost_and_in_two_are_not():
    # A war costs 4: less than 9/2, more than 9/3 even with what it may save of the other slices, 3 + 0.1 * 6.
    assert dt.solve(salami_tactics(2))[0].payoffs["Defender"] == 0
    assert dt.solve(salami_tactics(3))[0].payoffs["Defender"] == -9
    # Where wars settle more, first the last two slices are lost, 3 + 0.2 * 6 > 4, then the last, 3 + 0.4 * 3 > 4.
    assert [SALAMI.solve(settles=s)[0].payoffs["Defender"] for s in (0.1, 0.2, 0.4)] == [-9, -6, -3]


@pytest.mark.parametrize("given", [0, 6, -1, 2.5, "3", True])
def test_a_number_of_slices_that_makes_no_tree_is_refused(given):
    with pytest.raises(GameError, match="it must be a whole number from 1 to 5"):
        salami_tactics(given)


# -- tripwire -----------------------------------------------------------------------------------------------------


def tripwire_by_hand(p):
    """Return whether the force is stationed, and the Defender's payoff."""

    def worth(in_vain, spent):
        retaliates = -p.war > -p.loss - in_vain
        if (p.prize - p.punishment if retaliates else p.prize) <= 0:
            return -spent
        return (-p.war if retaliates else -p.loss - in_vain) - spent

    alone, guarded = worth(0, 0), worth(p.blood * p.force, p.upkeep * p.force)
    return guarded > alone, max(alone, guarded)


def test_the_tripwire_agrees_with_backward_induction_by_hand():
    seen = set()
    for values in drawn(TRIPWIRE.game, 150, 66):
        (one,) = TRIPWIRE.solve(**values)
        stationed, worth = tripwire_by_hand(SimpleNamespace(**values))
        assert (one.probability("station"), one.payoffs["Defender"]) == (stationed, worth)
        assert (one.name == "tripwire") == stationed
        seen.add(one.name)
    assert seen == set(TRIPWIRE.names)


def test_a_force_of_two_thirds_is_enough_and_one_of_six_is_worth_its_upkeep():
    # Retaliation costs 8 and the ground is worth 6, so 3 n must make up for 2; at 1 a unit no more than 6 are worth it.
    sent = [TRIPWIRE.solve(force=n)[0].probability("station") for n in (0.66, 0.67, 5.9, 6.1)]
    assert sent == [0, 1, 1, 0]
