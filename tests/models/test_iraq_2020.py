"""The case of Iraq in spring 2020 solves, and behaves as its text says. All values are our own."""

import pickle
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.models import catalogue
from deterrence.models.cases import iraq_2020
from deterrence.models.cases.iraq_2020 import (
    ANSWER,
    GAME,
    MEASURES,
    OPEN_STRIKE,
    OUTCOMES,
    PROXY_STRIKE,
    SCENARIOS,
    STEPS,
    VARIANTS,
    WHY,
)


def only(game):
    """Return the one equilibrium, or several that an observer cannot tell apart."""
    solution = dt.solve(game)
    assert solution.complete
    assert len(solution.distinct_outcomes()) == 1
    return solution[0]


def ordered(**values):
    return only(GAME.at(**values)).probability(PROXY_STRIKE, "Iran")


def answered(**values):
    return only(GAME.at(**values)).probability(ANSWER, "United States")


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[title for title, _, _ in STEPS])
def test_every_stage_solves_completely_and_without_regret(step):
    title, sentence, game = STEPS[step]
    solution = dt.solve(game)
    assert title
    assert sentence.endswith(".")
    assert solution.complete
    assert len(solution) > 0
    assert all(each.regret == 0 for each in solution)


def test_each_stage_adds_one_mechanism():
    assert [len(game.mechanisms) for _, _, game in STEPS] == list(range(len(STEPS)))
    assert STEPS[-1][2] == GAME


def test_the_tree_stays_small():
    assert GAME.form.size == 105
    assert len(GAME.information_sets) == 16


def test_every_parameter_says_what_it_means_and_why_it_stands_where_it_does():
    assert set(WHY) == set(GAME.parameters)
    assert all(parameter.meaning and parameter.low is not None for parameter in GAME.parameters.values())
    assert all(parameter.high is not None for parameter in GAME.parameters.values())


def test_the_named_outcomes_and_measures_are_those_of_the_game():
    assert set(OUTCOMES) == set(GAME.outcomes)
    equilibrium = only(GAME)
    assert all(0 <= equilibrium.probability(*question) <= 1 for question in MEASURES.values())
    assert set(iraq_2020.AXES) <= set(GAME.parameters)


def test_the_game_prints_and_pickles():
    assert "militia strike, hawk, deaths, no proof" in str(GAME)
    assert pickle.loads(pickle.dumps(GAME)) == GAME


def test_at_the_defaults_open_strikes_are_deterred_and_deniable_ones_are_not():
    equilibrium = only(GAME)
    assert equilibrium.probability(OPEN_STRIKE, "Iran") == 0
    assert equilibrium.probability(PROXY_STRIKE, "Iran") == Fraction(13, 28)


def test_hawks_and_casualties_alone_would_deter_the_militia():
    by_title = {title: game for title, _, game in STEPS}
    assert only(by_title["The bare exchange"]).probability(PROXY_STRIKE, "Iran") == 1
    assert only(by_title["Loose control of the militia"]).probability(PROXY_STRIKE, "Iran") == 1
    assert only(by_title["Casualties"]).probability(PROXY_STRIKE, "Iran") == 0


def test_the_belief_that_iran_gave_the_order_keeps_the_hawk_indifferent_when_there_is_proof():
    # -2 mu - 16 (1 - mu) = -3, relative to the harm: mu = 13/14.
    belief = only(GAME).beliefs["militia strike, hawk, deaths, proof"]
    assert sorted(belief.values()) == [Fraction(1, 14), Fraction(13, 14)]


def test_below_an_attribution_of_31_over_75_iran_always_orders_the_strike():
    # Hawks answering all proof: an order gains 0.8 - 1.8 a on the status quo, holding the militia back 0.056.
    assert ordered(attribution=Fraction(413, 1000)) == 1
    assert ordered(attribution=Fraction(414, 1000)) < Fraction(3, 5)


def test_more_attribution_means_fewer_orders():
    found = [ordered(attribution=a) for a in (0.2, 0.45, 0.6, 0.8, 1)]
    assert found == sorted(found, reverse=True)
    assert found[-1] < found[1] < found[0]


def test_pressure_provokes_in_steps():
    # Without strikes on Iran an order gains 1.2 + 0.3 p - 1.6: nothing below p = 4/3.
    assert ordered(pressure=1) == 0
    assert ordered(pressure=Fraction(133, 100)) == 0
    assert ordered(pressure=Fraction(134, 100)) > 0
    assert 0 < ordered(pressure=4) < 1
    assert ordered(pressure=7) == 1


def test_a_cornered_iran_deters_the_answer_and_then_strikes_openly():
    # It escalates when struck from p = 8 on, and after an open strike from p = 9 on.
    assert answered(pressure=Fraction(79, 10)) > 0
    assert answered(pressure=Fraction(81, 10)) == 0
    assert only(GAME.at(pressure=Fraction(89, 10))).probability(OPEN_STRIKE, "Iran") == 0
    assert only(GAME.at(pressure=Fraction(91, 10))).probability(OPEN_STRIKE, "Iran") == 1


def test_war_comes_by_mistake_only_under_enough_pressure():
    # Struck without having given the order, Iran escalates where 2 - 15 - 6 - p < -21.
    assert only(GAME.at(pressure=Fraction(19, 10))).outcomes["war"] == 0
    assert only(GAME.at(pressure=Fraction(21, 10))).outcomes["war"] > 0


def test_looser_control_means_more_attacks():
    def attacks(autonomy):
        return 1 - only(GAME.at(autonomy=autonomy)).outcomes["status quo"]

    found = [attacks(autonomy) for autonomy in (0, 0.1, 0.2, 0.3, 0.5)]
    assert found == sorted(found)
    assert found[0] == 0 < found[1]


def test_doves_alone_deter_nothing_and_hawks_do():
    assert ordered(hawks=0) == 1
    assert answered(hawks=0) == 0
    assert ordered(hawks=0.3) == 1
    assert ordered(hawks=0.4) < 1


def test_deaths_raise_the_chance_of_an_answer():
    found = [answered(lethality=lethality) for lethality in (0, 0.1, 0.2, 0.3)]
    assert found == sorted(found)
    assert found[0] == 0 < found[1]


def test_false_signs_of_an_order_shelter_the_order():
    found = [ordered(false_alarm=chance) for chance in (0, 0.1, 0.2, 0.4)]
    assert found == sorted(found)
    assert found[0] == 0


def test_interception_lowers_what_gets_through_and_not_the_number_of_orders():
    assert ordered(interception=0) == ordered(interception=0.5)
    assert answered(interception=0.5) < answered(interception=0)


# -- variants, scenarios, claims --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_solves_at_its_defaults(name):
    sentence, game = VARIANTS[name]
    solution = dt.solve(game)
    assert sentence.endswith((".", "?"))
    assert solution.complete
    assert len(solution) > 0
    assert all(each.regret == 0 for each in solution)


def test_a_believed_threat_deters_orders_altogether():
    # Absorbing a strike without deaths now costs 1 + 3, above a raid's 3: every strike that hits is answered by a
    # raid at least, so that an order gains 0.8 * (2 - 6) < 0 at most, beside relief that is never given.
    assert only(VARIANTS["a public warning"][1]).probability(PROXY_STRIKE, "Iran") == 0


def test_the_price_of_a_proxy_decides_whether_it_is_used():
    # An order that costs more than all it may bring is not given; one that others pay for is.
    assert ordered(price=10) == 0
    assert ordered(price=-4) == 1


def test_the_shield_over_all_moves_nothing_while_nobody_strikes_openly():
    shield, plain = only(VARIANTS["a shield for all"][1]), only(GAME)
    assert shield.probability(OPEN_STRIKE, "Iran") == 0
    assert shield.probability(PROXY_STRIKE, "Iran") == plain.probability(PROXY_STRIKE, "Iran")


def test_a_militia_with_a_will_strikes_by_itself_where_iran_does_not_order_it():
    willing = VARIANTS["a militia with a will"][1]
    assert len(willing.players) == 3
    assert only(willing).payoffs["Militia"] == 0  # Iran gives the order: no fight of its own
    # Too dear an order is not given; the militia slips control at 1/5, gains 2, and nobody is dead to answer for.
    assert only(willing.at(price=20)).payoffs["Militia"] == Fraction(2, 5)


def test_the_largest_provocation_below_the_threshold_is_neither_none_nor_all():
    # By the note of provocation(): the best force is patience/(2 attribution) - punishment/(2 gain)
    # = 1/1.2 - 1.5/4 = 0.458; of the levels 0.2, 0.4, ... one next to it is best.
    graded = only(VARIANTS["graded force"][1])
    (chosen,) = (action for action, p in graded.strategies["Iran"].items() if p == 1)
    assert chosen in {"provoke at level 2", "provoke at level 3"}


def test_the_premiership_shifts_what_blows_are_worth():
    stake = VARIANTS["the premiership"][1]
    assert only(stake.at(office=0)).outcomes == only(GAME).outcomes
    # A raid costs Iran 6 less 3 * (0.8 - 0.4): orders become worth more.
    assert only(stake).probability(PROXY_STRIKE, "Iran") >= only(GAME).probability(PROXY_STRIKE, "Iran")


def test_a_raid_that_may_slip_brings_war_that_nobody_chose():
    itchy = VARIANTS["itchy fingers"][1]
    assert only(itchy).outcomes["war"] > only(itchy.at(risk=0)).outcomes["war"]
    assert only(itchy.at(risk=0)).outcomes == only(GAME).outcomes


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_says_why_and_solves(name):
    why, values = SCENARIOS[name]
    assert why
    assert dt.solve(GAME.at(values)).complete


def test_relief_from_sanctions_ends_the_orders():
    # Below a pressure of 4/3 an order never pays.
    assert ordered(**SCENARIOS["sanctions relieved"][1]) == 0


def war(**values):
    return only(GAME.at(**values)).probability("war")


def test_a_hawkish_washington_lowers_the_risk_of_war_where_hawks_gain_more_by_a_strike():
    assert war(hawks=0.1, resolve=7.5) > war(hawks=0.3, resolve=7.5)
    assert war(hawks=0.1) <= war(hawks=0.3)


def test_interception_ends_the_orders_where_they_cost_something():
    assert ordered(interception=0.4, price=0.3) > 0
    assert ordered(interception=0.6, price=0.3) == 0


@pytest.fixture(scope="module")
def checked():
    model = catalogue.load("iraq-2020")
    return {claim.text: claim.check(model) for claim in model.claims}


TEXTS = {
    "Deaths raise": "80/221",  # answers rise with lethality until orders give way
    "Deniability lowers": "31/75",
    "Striking through a proxy": "from 9 to 20",  # from a pressure of 9 on Iran strikes openly
    "A hawkish Washington": "it falls from",
    "Interception leaves": "with price=",
}


@pytest.mark.slow
def test_no_claim_on_a_tendency_holds_over_all_ranges_and_each_has_its_counterexample(checked):
    for text, found in checked.items():
        if text.startswith("What the two expect"):  # payoffs at the defaults, worked by hand
            assert found.verdict == "holds"
            continue
        assert found.verdict == "depends", found
        assert found.condition
        assert "a counterexample:" in found.found


@pytest.mark.slow
@pytest.mark.parametrize("beginning", TEXTS)
def test_the_claims_say_where_they_are_right_as_the_tests_above_imply(checked, beginning):
    (found,) = (each for text, each in checked.items() if text.startswith(beginning))
    assert TEXTS[beginning] in found.in_words
