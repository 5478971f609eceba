"""Inspectors, polices, targets and defenders of many fronts: numbers worked by hand, or by another route."""

from fractions import Fraction
from itertools import product
from math import comb, exp

import pytest

import deterrence as dt
from deterrence.errors import GameError
from deterrence.models.arce2005.counterterrorism import counterterrorism
from deterrence.models.bdm1992.international_interaction import international_interaction
from deterrence.models.dresher1962.inspection import inspection
from deterrence.models.maschler1966.announced_inspection import announced_inspection
from deterrence.models.sandler1988.targets import targets
from deterrence.models.treisman2004.rational_appeasement import rational_appeasement
from deterrence.models.tsebelis1990.penalty import penalty_game
from tests.sample_games import drawn_values

# -- few inspections for many periods -----------------------------------------------------------------------------


def value_by_recursion(periods, inspections, gain, caught):
    """Return what the Inspector gets: the value of a table of two by two, whose entries are values of smaller games."""
    if inspections == 0:
        return -gain
    if inspections == periods:
        return Fraction(0)
    inspected = value_by_recursion(periods - 1, inspections - 1, gain, caught)
    waited = value_by_recursion(periods - 1, inspections, gain, caught)
    a, b, c, d = inspected, caught, waited, -gain  # rows: inspect, wait; columns: comply, violate
    for row in ((a, b), (c, d)):
        for column, entry in enumerate(row):
            assert not (entry == min(row) and entry == max((a, b)[column], (c, d)[column])), "a saddle point"
    return (a * d - b * c) / (a + d - b - c)


SIZES = [(2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3), (5, 2)]


@pytest.mark.parametrize(("periods", "inspections"), SIZES)
def test_the_inspection_game_has_the_value_of_the_recursion_and_of_the_published_formula(periods, inspections):
    game = inspection(periods, inspections)
    published = Fraction(comb(periods - 1, inspections), sum(comb(periods, i) for i in range(inspections + 1)))
    assert value_by_recursion(periods, inspections, Fraction(1), Fraction(1)) == -published
    (one,) = dt.solve(game)
    assert one.payoffs == {"Inspector": -published, "Inspectee": published}
    for values in drawn_values(game, 3, periods + inspections):
        (one,) = dt.solve(game.at(values))
        assert one.payoffs["Inspector"] == value_by_recursion(periods, inspections, values["gain"], values["caught"])


def test_no_announced_plan_of_the_inspector_does_better_in_a_game_of_pure_conflict():
    found = dt.commitment(inspection(3, 2), "Inspector")
    assert found.value == (Fraction(-1, 7), Fraction(-1, 7))


def test_what_one_side_gains_by_a_violation_the_other_loses_wherever_the_game_ends():
    for game in (inspection(3, 1), inspection(4, 2)):
        for values in drawn_values(game, 2, 3):
            gains_, ends_ = game.at(values).numbers[0], [k for k, below in enumerate(game.form.children) if not below]
            assert len(ends_) > 3
            assert all(sum(gains_[k]) == 0 for k in ends_)


def test_there_must_be_fewer_inspections_than_periods():
    for wrong in ((3, 0), (3, 3), (2, 5)):
        with pytest.raises(GameError, match="inspections for"):
            inspection(*wrong)


# -- announced inspections ----------------------------------------------------------------------------------------


def answered(values, rate):
    """Return what the Inspector gets from a rate that is announced, if an indifferent Inspectee complies."""
    p = values["detection"]
    if rate * p * (values["gain"] + values["penalty"]) >= values["gain"]:
        return -rate * values["effort"]
    return -values["harm"] + rate * (p * values["averted"] - values["effort"])


def test_no_announced_rate_of_inspection_on_a_grid_does_better_than_the_one_that_is_found():
    values = announced_inspection.values
    found = dt.commitment(announced_inspection, "Inspector").value[1]
    assert found == answered(values, Fraction(5, 8)) == max(answered(values, Fraction(k, 200)) for k in range(201))


def test_a_rate_that_is_announced_is_answered_as_by_hand():
    for values in drawn_values(announced_inspection, 6, 1966):
        for rate in (Fraction(k, 7) for k in range(8)):
            device = dt.Commitment("Inspector", {"inspect": rate, "wait": 1 - rate})
            (one,) = {tuple(each.payoffs.items()) for each in dt.solve(announced_inspection.at(values).under(device))}
            assert dict(one)["Inspector"] == answered(values, rate)


def test_nobody_gains_by_another_action_where_inspection_is_uncertain():
    (one,) = dt.solve(announced_inspection)
    inspect, violate = one.probability("inspect"), one.probability("violate")
    assert (inspect, violate) == (Fraction(5, 8), Fraction(5, 16))
    # Violating: detected with 5/8 * 4/5 = 1/2, so that it brings 1/2 - 1/2. A violation inspected: -1 - 5 + 4/5 * 4.
    assert -violate * 5 == (1 - violate) * -1 + violate * (-6 + Fraction(16, 5))


# -- penalty and crime --------------------------------------------------------------------------------------------


def payoffs_of(values):
    """Return what the Public and the Police get, by whether there is a violation and whether the rule is enforced."""
    gain, penalty, effort, reward, harm = (values[name] for name in ("gain", "penalty", "effort", "reward", "harm"))
    public = {(0, 0): 0, (0, 1): 0, (1, 0): gain, (1, 1): -penalty}
    police = {(0, 0): 0, (0, 1): -effort, (1, 0): -harm, (1, 1): reward - effort}
    return public, police


def gains(values, violate, enforce):
    """Return what violating brings more than complying, and enforcing more than not, against the other's mixture."""
    public, police = payoffs_of(values)
    more = [(public[1, j] - public[0, j]) * (enforce if j else 1 - enforce) for j in (0, 1)]
    other = [(police[i, 1] - police[i, 0]) * (violate if i else 1 - violate) for i in (0, 1)]
    return sum(more), sum(other)


def test_neither_the_public_nor_the_police_would_rather_do_anything_else():
    for values in drawn_values(penalty_game, 20, 1990):
        (one,) = dt.solve(penalty_game.at(values))
        violate, enforce = one.probability("violate"), one.probability("enforce")
        public, police = gains(values, violate, enforce)
        assert (violate == 1) or public == 0
        assert (enforce == 0 and police <= 0) or police == 0


@pytest.mark.parametrize("penalty", [1, 4, 10])
def test_with_errors_the_rates_are_those_of_a_fixed_point_found_by_bisection(penalty):
    values = dict(penalty_game.values) | {"penalty": penalty}
    low, high = 0.0, 1.0  # what is answered to a rate of violations falls with it, so that there is one fixed point
    for _ in range(60):
        violate = (low + high) / 2
        enforce = 1 / (1 + exp(-gains(values, violate, 0)[1]))
        answer = 1 / (1 + exp(-gains(values, 0, enforce)[0]))
        low, high = (violate, high) if answer > violate else (low, violate)
    (one,) = dt.solve(penalty_game.at(penalty=penalty), dt.Quantal(1))
    assert float(one.probability("violate")) == pytest.approx(low, abs=1e-7)


# -- two targeted states ------------------------------------------------------------------------------------------


def policies(values, prime, other):
    """Return what the two states get from a policy each."""
    weakened, effort, protected, cost, targeted = (
        values[name] for name in ("weakened", "effort", "protected", "cost", "targeted")
    )
    own = {"pre-empt": weakened - effort, "wait": 0, "deter": protected - cost}
    spill = {"pre-empt": weakened, "wait": 0, "deter": -cost}
    return own[prime] + targeted * (prime == "pre-empt") + spill[other], own[other] + spill[prime]


def test_the_only_equilibrium_of_two_targeted_states_is_the_one_from_which_neither_departs():
    names = ("pre-empt", "wait", "deter")
    for values in drawn_values(counterterrorism, 20, 2005):
        stable = [
            (prime, other)
            for prime in names
            for other in names
            if policies(values, prime, other)[0] == max(policies(values, own, other)[0] for own in names)
            and policies(values, prime, other)[1] == max(policies(values, prime, own)[1] for own in names)
        ]
        (one,) = dt.solve(counterterrorism.at(values))
        assert [tuple(next(a for a, p in row.items() if p == 1) for row in one.strategies.values())] == stable
        assert tuple(one.payoffs.values()) == policies(values, *stable[0])


# -- protect one target, and the other is attacked ----------------------------------------------------------------


def lost(values, first, second):
    """Return what the two targets get where each is protected (1) or open (0), and the Attacker does its best."""
    chances = {1: values["guarded_success"], 0: values["open_success"]}
    worth = {one: p * values["gain"] - (1 - p) * values["failure"] for one, p in chances.items()}
    shares = (Fraction(1, 2),) * 2 if first == second else (1 - first, 1 - second)
    attacks = worth[min(first, second)] > 0
    hit = [attacks * share * chances[one] * values["loss"] for share, one in zip(shares, (first, second), strict=True)]
    return -hit[0] - first * values["first_cost"], -hit[1] - second * values["second_cost"]


def test_the_targets_protect_themselves_as_in_the_table_that_the_attackers_best_replies_leave():
    sides = (0, 1)
    for values in drawn_values(targets, 25, 1988):
        stable = {
            (i, j)
            for i in sides
            for j in sides
            if lost(values, i, j)[0] >= lost(values, 1 - i, j)[0] and lost(values, i, j)[1] >= lost(values, i, 1 - j)[1]
        }
        found = dt.solve(targets.at(values))
        plays = [tuple(one.probability("protect", who) for who in ("First target", "Second target")) for one in found]
        assert {play for play in plays if set(play) <= {0, 1}} == stable
        for one, (first, second) in zip(found, plays, strict=True):
            open_, guarded = ([lost(values, i, j)[0] for j in sides] for i in sides)
            expected = [row[1] * second + row[0] * (1 - second) for row in (open_, guarded)]
            assert one.payoffs["First target"] == max(expected)
            assert first in (0, 1) or expected[0] == expected[1]


# -- strength for one fight ---------------------------------------------------------------------------------------


def pure_appeasement(values):
    """Yield the equilibria without chance: who challenges first, which types fight, who challenges after appeasement.

    Beliefs that Bayes leaves open may be anything.
    """
    r, d = values["resolve"], values["defeat"]
    v, w, costs = values["first_stake"], values["second_stake"], (values["cost"], values["irresolute_cost"])
    shares = (r, 1 - r)
    for plan in product((0, 1), repeat=4):
        first, *fights, second = plan
        appeasing = [share * (1 - fight) for share, fight in zip(shares, fights, strict=True)]
        if sum(appeasing) > 0:  # the Resolute alone resist a second challenge
            resisted = appeasing[0] / sum(appeasing)
            worth = 1 - resisted - resisted * d
            if (second and worth < 0) or (not second and worth > 0):
                continue
        later = (min(costs[0], w), min(costs[1], w))
        fighting = [cost + w for cost in costs]
        yielding = [v + second * loss for loss in later]
        if any((f > y) if fight else (f < y) for fight, f, y in zip(fights, fighting, yielding, strict=True)):
            continue
        fought = sum(share * fight for share, fight in zip(shares, fights, strict=True))
        worth = 1 - fought - fought * d
        if not ((first and worth < 0) or (not first and worth > 0)):
            yield plan


def test_pure_equilibria_of_appeasement_are_those_of_a_search_through_all_plans():
    sets = ("First Challenger", "Resolute Defender", "Irresolute Defender", "Second Challenger, after appeasement")
    yes = ("challenge", "fight", "fight", "challenge")
    for values in drawn_values(rational_appeasement, 30, 2004):
        found = dt.solve(rational_appeasement.at(values))
        plays = {tuple(one.strategies[where][what] for where, what in zip(sets, yes, strict=True)) for one in found}
        assert {play for play in plays if set(play) <= {0, 1}} == set(pure_appeasement(values))


def test_every_end_of_appeasement_pays_what_was_done_on_the_way_there():
    game, v = rational_appeasement, rational_appeasement.values
    form, numbers, checked = game.form, game.numbers[0], 0
    for node in (k for k, below in enumerate(form.children) if not below):
        done = [form.labels[above][branch] for above, branch in form.path(node)]
        fight = v["cost"] if "resolute" in done else v["irresolute_cost"]
        first = {"appease": 1, "fight": -v["defeat"]}.get(done[2], 0)
        second = {"resist": -v["defeat"], "refrain": 0}.get(done[-1], 1)
        defender = -fight * (("fight" in done) + ("resist" in done)) - v["first_stake"] * ("appease" in done)
        assert tuple(numbers[node]) == (first, second, defender - v["second_stake"] * (second == 1))
        checked += 1
    assert checked == 16


def test_the_belief_that_mixing_leaves_makes_the_second_challenger_indifferent():
    found = dt.solve(rational_appeasement.at(first_stake=5, resolve=Fraction(1, 2), defeat=2))
    (one,) = [one for one in found if one.strategies["Resolute Defender"]["fight"] not in (0, 1)]
    fight = one.strategies["Resolute Defender"]["fight"]
    belief = (1 - fight) / (2 - fight)  # both types are as likely, and the Irresolute all appease
    assert 1 - belief - 2 * belief == 0
    assert one.payoffs["First Challenger"] == 1 - 3 * fight / 2


# -- war that both foresee ----------------------------------------------------------------------------------------


def interaction_by_hand(v):
    """Return what both get in the international interaction game, looked back from its ends."""
    n, s, t = v["balance"], v["surprise"], v["demand"]
    first = (n + s - v["war_a"], -n - s - v["war_b"])  # the war that A begins
    second = (n - s - v["war_a"], -n + s - v["war_b"])
    a_gives_in, b_gives_in = (-1 - v["attacked"], 1 - v["force"]), (1 - v["force"], -1 - v["attacked"])
    a_strikes = max(first, b_gives_in, key=lambda pair: pair[1])
    b_strikes = max(second, a_gives_in, key=lambda pair: pair[0])
    talks = (n, -n)
    over_a = max(a_strikes, max(b_strikes, talks, key=lambda pair: pair[1]), key=lambda pair: pair[0])
    over_b = max(b_strikes, max(a_strikes, talks, key=lambda pair: pair[0]), key=lambda pair: pair[1])
    answer_b = max(over_a, (1, -1), key=lambda pair: pair[1])
    answer_a = max(over_b, (-1, 1), key=lambda pair: pair[0])
    quiet = max((answer_a[0], answer_a[1] - t), (0, 0), key=lambda pair: pair[1])
    return max((answer_b[0] - t, answer_b[1]), quiet, key=lambda pair: pair[0])


def test_the_international_interaction_ends_as_backward_induction_by_hand_says():
    seen = set()
    for values in (international_interaction.values, *drawn_values(international_interaction, 100, 1992)):
        (one,) = dt.solve(international_interaction.at(values))
        assert tuple(one.payoffs.values()) == interaction_by_hand(values)
        seen |= {name for name, p in one.outcomes.items() if p}
    assert seen >= {"A acquiesces", "B acquiesces", "negotiation", "status quo", "war begun by A"}
