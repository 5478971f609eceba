"""The smallest change is never beaten by random points inside it, found at ties, in tiny units and in corners."""

import math
import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share, where
from deterrence.analysis.robustness import robustness
from deterrence.analysis.search.levels import at_corners
from deterrence.analysis.what_would_it_take import what_would_it_take
from deterrence.errors import ParameterError
from deterrence.solvers.supports.closed_form import Corner, FreeGroup
from tests.analysis.random_games import random_game

POINTS = 200
FAST = [pytest.param(seed, marks=[pytest.mark.slow] if seed in {0, 2} or seed > 9 else []) for seed in range(24)]
MORE = [pytest.param(seed, marks=[pytest.mark.long] if seed >= 150 else []) for seed in range(24, 500)]


def span(equilibria, measure):
    numbers = [float(value) for each in equilibria for value in measure.ends(each)]
    return min(numbers), max(numbers)


def says_otherwise(here, there, measure, jump=0.01):
    """Tell whether a prediction is overturned, as the documentation of ``robustness`` says it."""
    if {each.play for each in here} == {each.play for each in there}:
        return False
    if measure is None or not there:
        return True
    return max(abs(a - b) for a, b in zip(span(here, measure), span(there, measure), strict=True)) > jump


def beaten(game, measure, distance, rng):
    """Return points nearer than a distance, in shares of the ranges, at which the prediction is overturned."""
    here, nearer = list(dt.solve(game)), []
    for _ in range(POINTS):
        values = {}
        for p in game.parameter_list:
            by = Fraction(rng.uniform(-1, 1) * min(distance, 1) * (1 - 1e-7)) * (p.high - p.low)
            values[p.name] = min(max(p.value + by, p.low), p.high)
        try:
            there = list(dt.solve(game.at(values)))
        except ParameterError:
            continue
        if says_otherwise(here, there, measure):
            nearer.append(values)
    return nearer


def check(seed):
    game, rng = random_game(seed)
    measure = rng.choice([dt.probability(rng.choice(list(game.outcomes))), dt.payoff(rng.choice(game.players)), None])
    found = robustness(game, measure)
    assert found.distance <= min(radius.distance for radius in found.radii)
    if found.joint is not None:
        assert says_otherwise(list(dt.solve(game)), list(dt.solve(game.at(found.joint.values))), measure)
    if found.distance > 0:
        assert not beaten(game, measure, found.distance, rng)


@pytest.mark.parametrize("seed", FAST)
def test_no_random_point_nearer_than_the_smallest_change_overturns_the_prediction(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE)
def test_no_random_point_nearer_overturns_it_in_many_more_games(seed):
    check(seed)


# -- today at a tie ---------------------------------------------------------------------------------------------------


@dt.game("Sender", "Receiver")
def at_a_tie(
    stake=param(1, "what is at stake", low=0, high=3),
    cost=param(1, "cost of answering", low=-1, high=2),
    odds=share(0.4, "chance of the first type"),
):
    """The second type is indifferent between staying out and sending, the receiver between its answers."""

    def answered(*payoffs):
        return move("Receiver", yield_=end("yield", *payoffs[:2]), deny=end("deny", *payoffs[2:]), information="seen")

    first = move("Sender", information="1", out=end("out", 0.5, 2), send=answered(0, 2 * stake - cost, cost, cost))
    second = move("Sender", information="2", out=end("out", stake, 2), send=answered(-1, 0.5, 0, 0))
    return chance(first=(odds, first), second=(1 - odds, second))


def test_at_a_tie_as_small_a_change_as_one_likes_overturns_the_prediction():
    # By hand: where stake = cost the receiver is indifferent after a message of the first type; where stake is
    # larger it yields, and nobody is denied.
    found = robustness(at_a_tie, dt.probability("deny"))
    assert found.measured == (0, 0.4)
    assert found.distance == 0
    assert found.proved
    assert found.joint.measured == (0, 0)
    assert all(abs(float(value) - 1) < 1e-4 for value in found.joint.values.values())
    assert "Today's values are at a tie" in str(found)
    assert "stake alone overturns it by rising from 1 at all: a tie today." in str(found)
    assert dt.solve(at_a_tie.at(stake=Fraction(10**7 + 1, 10**7)))[0].probability("deny") == 0


def test_beside_a_tie_both_parameters_move_half_of_the_way():
    # stake = 1.001 and cost = 1 meet where both have moved by the same share of 3: 0.001 / 6.
    found = robustness(at_a_tie.at(stake=Fraction(1001, 1000)), dt.probability("deny"))
    assert found.distance == pytest.approx(0.001 / 6, rel=1e-9)
    assert found.proved


def test_a_draw_that_is_impossible_today_overturns_the_prediction_at_once():
    @dt.game("A")
    def drawn(odds=share(0, "chance of the good draw"), cost=param(Fraction(1, 2), "cost", low=0, high=2)):
        return move("A", out=end("out", 0), go=chance(good=(odds, end("good", 5)), bad=(1 - odds, end("bad", 0))))

    found = robustness(drawn, "go")
    assert found.measured == (0, 1)
    assert found.distance == 0


# -- corners that no single parameter reaches -------------------------------------------------------------------------


@dt.game("Sender", "Receiver")
def corner(
    x=param(1, "first", low=0, high=3),
    y=param(Fraction(1, 2), "second", low=0, high=2),
    z=param(1, "third", low=-1, high=2),
    p=share(Fraction(2, 5), "fourth"),
):
    """Only several parameters together make the sender play b and the receiver answer u."""
    second = move("Sender", f=end("o3", x * y - 1, x - y), s=end("o4", 0, z))
    return move(
        "Sender",
        out=end("o1", 2 * x - z, z - p * y),
        a=move("Receiver", u=end("o2", x, y * z - x), d=second),
        b=move("Receiver", u=end("o5", z - p * y, x * (1 - p)), d=end("o6", y, 1)),
    )


def test_a_region_that_only_several_parameters_together_reach_is_found():
    found = robustness(corner, "o5")
    assert all(radius.nearest is None for radius in found.radii)
    # At x = 6/5, p = 4/25, z = 7/5 the changes are 1/15, 6/25 and 2/15 of the ranges, and o5 is certain.
    assert dt.solve(corner.at(x=Fraction(6, 5), p=Fraction(4, 25), z=Fraction(7, 5)))[0].probability("o5") == 1
    assert found.distance < 0.24
    assert dt.solve(corner.at(found.joint.values))[0].probability("o5") > 0
    assert not beaten(corner, dt.probability("o5"), found.distance, random.Random(1))


def test_the_inverse_question_finds_it_too():
    needed = what_would_it_take(corner, "o5", ">= 1", norm="max")
    assert needed.change.distance == pytest.approx(robustness(corner, "o5").distance, rel=1e-3)


def test_two_products_meet_where_they_do_by_hand():
    # go pays x·y - 1 at x = y = 1/2 on [0, 4]: both rise to 1, an eighth of their ranges; alone, one rises to 2.
    @dt.game("A")
    def product(x=param(0.5, "x", low=0, high=4), y=param(0.5, "y", low=0, high=4)):
        return move("A", stay=end("stay", 0), go=end("go", x * y - 1))

    found = robustness(product, "go")
    assert found.distance == pytest.approx(1 / 8, rel=1e-9)
    assert found.proved
    assert [radius.nearest for radius in found.radii] == [2, 2]
    euclidean = robustness(product, "go", norm="euclidean")
    assert euclidean.distance == pytest.approx(2**0.5 / 8, rel=1e-6)
    assert robustness(product, "go", norm="sum").distance == pytest.approx(1 / 4, rel=1e-6)


# -- units and scales -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [Fraction(1, 10**12), Fraction(1, 10**6), 1, 10**6, 10**12])
def test_units_do_not_matter(unit):
    # The larger risk is avoided: 1/4 and 1/3 of the range meet where each has moved by 1/24 of it.
    @dt.game("State")
    def accident(
        warn=param(unit / 4, "risk of one", low=0, high=unit), ride=param(unit / 3, "other", low=0, high=unit)
    ):
        return move("State", warn=end("warned", -warn), ride=end("ridden", -ride))

    accident = accident.at(warn=Fraction(1, 4) * unit, ride=Fraction(1, 3) * unit)
    found = robustness(accident, "ridden")
    assert [radius.distance for radius in found.radii] == pytest.approx([1 / 12] * 2)
    assert found.distance == pytest.approx(1 / 24, rel=1e-9)
    assert found.proved
    assert found.joint.measured == (1, 1)


@pytest.mark.parametrize("high", [10**3, 10**9, 10**12])
def test_a_threshold_far_below_the_range_is_found(high):
    @dt.game("A")
    def bill(cost=param(3, "cost in dollars", low=0, high=high), fee=param(1, "fee in dollars", low=0, high=high)):
        return move("A", pay=end("pay", -cost - fee), other=end("other", -6))

    found = robustness(bill, "pay")
    assert found.radii[0].nearest == 5
    assert found.distance == pytest.approx(1 / high, rel=1e-6)  # 3 + 1 and 1 + 1 make 6


def test_scales_of_ones_own_are_used_beyond_one_and_named():
    @dt.game("A")
    def bill(cost=param(3, "cost", low=0, high=100), fee=param(1, "fee", low=0, high=100)):
        return move("A", pay=end("pay", -cost - fee), other=end("other", -12))

    found = robustness(bill, "pay", scales={"cost": 1})
    assert found.distance == pytest.approx(8 / 101, rel=1e-6)
    assert "shares of the scales given (1 for cost) and the declared ranges of the others" in str(found)
    assert found.plot().get_xlabel().startswith("change, in shares of the scales given")
    needed = what_would_it_take(bill, "pay", 0, parameters=["cost"], scales={"cost": 1})
    assert needed.change.distance == pytest.approx(8)


# -- what is excluded, and what is said -------------------------------------------------------------------------------


def test_a_change_through_values_that_the_assumptions_exclude_is_still_a_change():
    @dt.game("A")
    def gap(x=param(0, "x", low=0, high=10)):
        return where(move("A", stay=end("stay", 0), go=end("go", x - 1)), (x - 4) * (x - 6) > 0)

    found = robustness(gap, "go")
    assert found.radii[0].nearest == 1

    @dt.game("A")
    def wide(x=param(3, "x", low=0, high=10)):
        return where(move("A", stay=end("stay", 0), go=end("go", x - 5)), (x - 4) * (x - 6) > 0)

    assert robustness(wide, "go").distance == pytest.approx(0.3, rel=1e-6)


def test_a_value_at_which_alone_it_is_overturned_is_named_and_counts():
    @dt.game("A")
    def touched(x=param(1, "x", low=-1, high=1), y=param(0, "y", low=0, high=1)):
        return move("A", stay=end("stay", 0), go=end("go", -(x**2)))

    found = robustness(touched, "go")
    assert found.radii[0].nearest is None
    assert found.radii[0].at == (0,)
    assert found.distance == pytest.approx(1 / 2)
    assert max(dt.probability("go").ends(each)[1] for each in dt.solve(touched.at(found.joint.values))) == 1
    assert "x alone overturns it only at exactly 0." in str(found)


def test_where_nothing_can_overturn_it_that_is_proved():
    @dt.game("A")
    def sure(x=param(1, "x", low=0, high=3), y=param(1, "y", low=0, high=3)):
        return move("A", stay=end("stay", 10), go=end("go", x + y))

    found = robustness(sure, "go")
    assert found.distance == float("inf")
    assert found.proved
    assert "No change of several parameters together overturns it" in str(found)


@pytest.mark.slow
def test_payoffs_without_formulas_are_searched_by_exact_solutions_and_said_not_to_be_proved():
    # exp(x y) = 4 from x = y = 1 on [0, 2]: (1 + 2 r)² = log 4.
    import sympy as sp

    @dt.game("A")
    def curved(x=param(1, "x", low=0, high=2), y=param(1, "y", low=0, high=2)):
        return move("A", stay=end("stay", 4), go=end("go", sp.exp(x * y)))

    expected = (math.log(4) ** 0.5 - 1) / 2
    found = robustness(curved, "go")
    assert found.distance == pytest.approx(expected, rel=0.02)
    assert not found.proved
    assert "not excluded by proof" in str(found)


@pytest.mark.slow
def test_all_parameters_of_a_large_game_together_are_searched_in_bounded_work():
    from deterrence.models.cases.iraq_2020 import GAME, MEASURES

    orders = dt.Measure("orders", "probability", *MEASURES["Iran orders a strike through the militia"])
    found = robustness(GAME, orders)
    assert len(found.radii) == 25
    assert found.distance < min(radius.distance for radius in found.radii)
    there = dt.solve(GAME.at(found.joint.values))
    assert says_otherwise(list(dt.solve(GAME)), list(there), orders)
    assert "solved exactly" in found.searched


def test_a_measure_is_extreme_at_corners_only_where_it_is_linear_in_what_varies_together():
    # p and q together on p + q <= 1 have three corners, and p·q its greatest value at p = q = 1/2, which is none.
    corner = Corner({}, ())
    together, alone = FreeGroup((0, 1), (), (corner,) * 3), FreeGroup((2,), (), (corner,) * 2)
    many = FreeGroup((3,), (), (corner,) * 1000)
    assert at_corners({(0,): 1, (1,): 2, (): 3}, [together, alone])
    assert at_corners({(0, 2): 1}, [together, alone])
    assert not at_corners({(0, 1): 1}, [together, alone])
    assert not at_corners({(2, 2): 1}, [together, alone])
    assert not at_corners({(3,): 1}, [many])
