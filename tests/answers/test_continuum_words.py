"""Equilibria in cutoffs in words: their sentences, their names, and what notebooks and LaTeX show of them."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy as sp

import deterrence as dt
from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Case, Cutoffs, Mixture, Piece, Schedule
from deterrence.answers.solution import Solution
from tests.continuum_games import (
    arms_race,
    audience,
    bargain,
    bargaining,
    bluff,
    both_costs,
    inspection,
    nobody,
    profile,
    races,
    root,
    struck,
)

HALF = Fraction(1, 2)
INFINITE = float("inf")


@dataclass(frozen=True)
class Asked:
    concept: str = "perfect Bayesian equilibrium"


def solution(*equilibria):
    return Solution(equilibria[0].game, Asked(), equilibria, "by hand", True)


def sentences(answer):
    return str(answer).splitlines()


# -- sentences ---------------------------------------------------------------------------------------------


def test_what_is_chosen_and_what_types_do_are_sentences():
    assert sentences(bargain()) == [
        "Proposer chooses demand = 0.65.",
        (
            "Rival: fight if war_cost < demand - 1/2, accept if war_cost > demand - 1/2; after demand = 0.65: "
            "fight if war_cost < 0.15, accept if war_cost > 0.15."
        ),
        "Outcome: settlement with probability 0.625, war with probability 0.375.",
        "Payoffs: Proposer 89/160, Rival 121/320.",
    ]


def test_sentences_stand_in_the_order_of_the_tree():
    told = sentences(struck())
    assert told[:2] == ["Challenger: strike always.", "Defender: retaliate if war < 6, restrain if war > 6."]


def test_a_cutoff_at_an_end_of_the_support_is_always_or_never():
    least, inner, most = races()
    assert sentences(least)[:2] == ["First: refrain always.", "Second: refrain always."]
    assert sentences(inner)[0] == "First: build if first_cost < 1/3, refrain if first_cost > 1/3."
    assert sentences(most)[:2] == ["First: build always.", "Second: build always."]


def test_a_cutoff_outside_of_the_support_is_no_number_in_a_sentence():
    rules = {
        name: Cutoffs.of(variable, (0, Fraction(31, 25), "build"), (Fraction(31, 25), 2, "refrain"))
        for name, variable in (("First", "first_cost"), ("Second", "second_cost"))
    }
    assert "1.24" not in str(profile(arms_race, rules))


def test_what_is_not_reached_says_so_with_what_is_believed_and_what_may_vary():
    told = sentences(nobody())
    assert told[0] == "Challenger | start: quiet always."
    assert told[1] == "Defender (not reached): resist always, believing own < -1/2 for certain."
    assert "Outcome: status quo." in told
    assert told[-1] == "May vary: probability of 'resist' at 'Defender' from 1 to 1."


@pytest.mark.parametrize("believed", [{"own": "above -1/2"}, (("own", "above -1/2"),)])
def test_a_belief_may_stand_by_type(believed):
    answer = replace(nobody(), belief=(None, believed, None))
    assert "believing own above -1/2." in str(answer)


def test_an_irrational_cutoff_stands_exactly_and_in_decimals():
    answer, near = root()
    line = sentences(answer)[1]
    assert line == "Defender: retaliate if war < sqrt(5) + 4 (6.236), restrain if war > sqrt(5) + 4."
    assert near == pytest.approx(6.236, abs=1e-3)


def test_a_long_or_rootless_number_stands_in_decimals_alone():
    x = sp.Symbol("x")
    for number in (sp.CRootOf(x**5 - x - 5, 0), (sp.sqrt(5) + sp.sqrt(7)) / (sp.sqrt(2) + 11) + sp.sqrt(3)):
        near = float(number.evalf())
        rule = Cutoffs.of("war", (0, number, "retaliate"), (number, 10, "restrain"))
        assert str(rule) == f"retaliate if war < {near:.4g}, restrain if war > {near:.4g}"


def test_a_schedule_is_a_formula_a_list_or_two_ends():
    cost = sp.Symbol("c", real=True)
    falling = sp.Rational(7, 10) - cost / 2
    assert str(Schedule("c", ((0, 1, falling),))) == "7/10 - c/2"
    broken = Schedule("c", ((0, Fraction(1, 5), falling), (Fraction(1, 5), 1, HALF)))
    assert str(broken) == "7/10 - c/2 if c < 0.2, 0.5 if c > 0.2"
    assert str(Schedule("c", ((0, 2, lambda c: c**2),))) == "from 0 at c = 0 to 4 at c = 2"
    assert str(Schedule("c", ((0, INFINITE, lambda c: c**2),))) == "a function of c"


def test_pieces_between_two_others_and_mixtures_have_their_ends_and_probabilities():
    third = Fraction(1, 3)
    rule = Cutoffs.of("t", (0, 1, "bluff"), (1, 2, {"wait": third, "fight": 2 * third}), (2, 3, "fight"))
    assert str(rule) == (
        "bluff if t < 1, wait (probability 1/3) or fight (probability 2/3) if 1 < t < 2, fight if t > 2"
    )


def test_the_case_that_holds_wherever_others_do_is_otherwise():
    def case(low, high, action):
        return Case((("signal", low, high),), (Piece(-INFINITE, INFINITE, ((action, 1),)),))

    first, whole, beside = case(Fraction(2, 5), 1, "leave"), case(0, 1, "attack"), case(0, Fraction(2, 5), "attack")
    assert (
        str(Cutoffs(None, (first, whole))) == "leave always where signal is between 0.4 and 1; attack always otherwise"
    )
    assert str(Cutoffs(None, (beside, first))) == (
        "attack always where signal is between 0 and 0.4; leave always where signal is between 0.4 and 1"
    )


def test_a_choice_that_is_not_reached_says_so_and_names_nothing():
    @dt.game("A", "B")
    def later():
        return dt.move("A", stay=dt.end("stay", 1, 0), go=dt.choose("B", 0, 1, then=lambda x: dt.end("gone", x, -x)))

    answer = profile(later, {"A": Cutoffs.always("stay")}, {"x": 0})
    assert sentences(answer)[:2] == ["A: stay always.", "B chooses x = 0 (not reached)."]
    assert answer.name == "stay"


def test_what_is_done_after_a_choice_that_is_mixed_stays_a_formula():
    told = sentences(replace(bargain(), choice_list=(("demand", Mixture(((HALF, HALF), (1, HALF)))),)))
    assert told[0] == "Proposer chooses demand = 0.5 (probability 0.5) or 1 (probability 0.5)."
    assert told[1] == "Rival: fight if war_cost < demand - 1/2, accept if war_cost > demand - 1/2."


def test_numbers_that_are_near_say_how_near():
    assert "Numbers are within 1e-09 of the exact ones." in sentences(replace(bluff(), error=1e-9))


def test_without_probabilities_nothing_is_said_of_outcomes():
    bare = replace(bluff(), outcome_list=(), payoff_list=(), action_list=())
    assert not any(line.startswith(("Outcome", "Payoffs")) for line in sentences(bare))
    assert "Payoffs" not in dt.to_latex(bare)
    assert "outcome" not in bare._repr_html_()


# -- names -------------------------------------------------------------------------------------------------


def test_names_say_what_is_chosen_and_which_types_do_what():
    assert bargain().name == "Proposer: demand 0.65; Rival: fight below 0.15"
    assert struck().name == "Challenger: strike; Defender: retaliate below 6"
    assert bluff().name == "Challenger: quiet below -1.17, back down below -0.5; Defender: concede below -1.33"
    assert nobody().name == "deterrence"
    assert repr(bargain()) == "<ContinuumEquilibrium of 'bargaining': Proposer: demand 0.65; Rival: fight below 0.15>"


def test_the_equilibria_of_one_solution_have_different_names():
    assert solution(*races()).names == ("peace", "First: build below 0.333; Second: build below 0.333", "race")


def test_a_declared_name_and_one_of_a_kind_come_first():
    named = audience.with_class_names({"nobody dares": {"Challenger | start": "quiet"}})
    assert replace(nobody(), game=named).name == "nobody dares"
    assert replace(bluff(), called="bluffing").name == "bluffing"


def mixed_inspection(choice):
    rule = Cutoffs.always({"comply": Fraction(3, 4), "violate": Fraction(1, 4)})
    return profile(inspection, {"Suspect": rule}, {"effort": choice})


@pytest.mark.parametrize(
    ("choice", "words"),
    [(HALF, "effort 0.5"), (Mixture(((0, HALF), (1, HALF))), "effort 0 or 1"), (sp.sqrt(2) / 2, "effort 0.707")],
)
def test_choices_of_every_kind_have_names(choice, words):
    assert mixed_inspection(choice).name == f"Inspector: {words}; Suspect: mix of comply and violate"


def test_a_schedule_is_named_by_its_ends():
    cost = sp.Symbol("own_cost", real=True)
    demand = sp.Symbol("demand", real=True)
    rule = Cutoffs.of("war_cost", (0, demand - HALF, "fight"), (demand - HALF, Fraction(2, 5), "accept"))
    by_type = Schedule("own_cost", ((0, Fraction(3, 10), sp.Rational(7, 10) - cost / 2),))
    answer = profile(both_costs, {"Rival": rule}, {"demand": by_type})
    assert answer.name == "Proposer: demand 0.7 to 0.55 by own_cost; Rival: accept or fight"
    assert float(answer.outcomes["war"]) == pytest.approx(0.3125)  # vectors, ultimatum_both_costs


def test_more_than_three_intervals_are_not_told_in_a_name():
    cuts = [Fraction(-2), Fraction(-3, 2), Fraction(-1), Fraction(-1, 2), Fraction(0)]
    pieces = [(a, b, ("quiet", "challenge")[k % 2]) for k, (a, b) in enumerate(pairwise(cuts))]
    rules = {**dict(bluff().strategy_list), "Challenger | start": Cutoffs.of("own", *pieces)}
    assert profile(audience, rules).name.startswith("Challenger: quiet or challenge, ")
    three = {**rules, "Challenger | start": Cutoffs.of("own", *pieces[:3])}
    assert profile(audience, three).name.startswith("Challenger: quiet below -1.5, challenge to -1, quiet above; ")


def test_a_law_without_ends_leaves_a_schedule_its_variable():
    tree = dt.draw(
        dt.Normal(0, 1),
        seen_by="A",
        then=lambda t: dt.choose(
            "A", 0, 1, then=lambda x: dt.chance(up=(x, dt.end("u", t)), down=(1 - x, dt.end("d", 0)))
        ),
    )
    game = dt.Game(("A",), tree)
    answer = profile(game, {}, {"x": Schedule("t", ((-INFINITE, 0, 0), (0, INFINITE, 1)))})
    assert answer.name == "A: x by t"
    assert answer.offer_curves == {}


# -- tables, notebooks and LaTeX -----------------------------------------------------------------------------


def test_a_frame_has_the_intervals_within_the_support():
    frame = bargain().to_frame()
    assert frame[["from", "to", "action"]].to_numpy().tolist() == [[0.0, 0.15, "fight"], [0.15, 0.4, "accept"]]
    assert races()[0].to_frame()["action"].tolist() == ["refrain", "refrain"]
    assert len(solution(*races()).to_frame()) == 3


def test_a_notebook_shows_sentences_numbers_and_a_picture():
    html = bluff()._repr_html_()
    assert "quiet if own &lt; -7/6, challenge if own &gt; -7/6." in html
    assert html.count("<img") == 1
    all_of_them = solution(*races())._repr_html_()
    assert "build if first_cost &lt; 1/3" in all_of_them
    assert all_of_them.count("<img") == 1


def test_a_notebook_shows_the_tree_where_there_is_no_equilibrium():
    html = Solution(bargaining, Asked(), (), "nothing found", False)._repr_html_()
    assert "<svg" in html


def test_an_equilibrium_and_a_solution_are_written_in_latex():
    text = dt.to_latex(bargain())
    assert r"\item Proposer chooses demand = 0.65." in text
    assert r"fight if war\_cost $<$ 0.15" in text
    assert r"\emph{war} with probability $0.375$" in text
    assert dt.to_latex(solution(*races())).count(r"\paragraph{") == 3


def test_equilibria_of_one_class_share_their_pattern():
    assert isinstance(races()[1], ContinuumEquilibrium)
    assert races()[1].pattern == ((0, 1), (0, 1))
