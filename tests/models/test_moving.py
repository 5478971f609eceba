"""Questions of how a measure moves answer with where it does. Thresholds are worked out by hand."""

import re
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import end, move, param, share
from deterrence.errors import UnknownNameError
from deterrence.models import Model, ask
from deterrence.models.folklore.strike import strike

# Retaliation pays where war costs less than the loss of 6. Under deniability it needs proof, and a strike pays
# while the chance of proof is below prize/punishment = 4/9.
SEEN = Model(strike)
DENIABLE = Model(strike.under(dt.Deniability("strike", "retaliate")))


def number_of_draws(found):
    """Return in how many draws of how many a finding says that the claim is right."""
    return tuple(map(int, re.search(r"in (\d+) of (\d+) draws", found).groups()))


def test_a_jump_the_way_claimed_holds_where_it_is_never_the_other_way():
    assert ask.moves("war", "strike", "rises", others=0)(SEEN).verdict == "holds"
    assert ask.moves("war", "strike", "falls")(SEEN).verdict == "fails"
    assert ask.moves("war", "strike", "stays")(SEEN).verdict == "fails"
    found = ask.moves("war", "strike", "does not fall")(SEEN)
    assert found.verdict == "holds"
    right, draws = number_of_draws(found.found)
    assert right == draws >= 200


def test_what_stays_the_same_at_some_draws_does_not_rise_there():
    # A prize above the punishment is worth a war: then there is a strike whatever the war costs the Defender.
    found = ask.moves("war", "strike", "rises")(SEEN)
    assert found.verdict == "depends"
    assert "a counterexample: with prize=" in found.found
    assert "it does not change" in found.found
    assert found.condition == "as war grows it rises at 6"


def test_what_rises_and_then_falls_depends_and_says_where():
    found = ask.moves("attribution", "war", "rises")(DENIABLE)
    assert found.verdict == "depends"
    assert found.condition == "as attribution grows it rises from 0 to 4/9 and falls at 4/9"


def test_what_never_moves_stays():
    # A war that costs 8 is not fought over a loss of 6, whatever it would do to the Challenger.
    costly = Model(strike.at(war=8))
    assert ask.moves("punishment", "strike", "stays", others=0)(costly).verdict == "holds"
    found = ask.moves("punishment", "strike", "stays")(costly)
    assert found.verdict == "depends"
    assert "it falls from 1 at punishment=" in found.found


def test_a_weak_claim_survives_draws_at_which_nothing_moves_and_a_strict_one_does_not():
    # With war = 5.9 the loss of 6 is answered, and no punishment from 4 on is worth a strike; with a loss a little
    # smaller, or a war a little costlier, no punishment moves anything.
    near = Model(strike.at(war=5.9))
    assert ask.moves("punishment", "strike", "does not rise")(near).verdict == "holds"
    assert ask.moves("punishment", "strike", "falls")(near).verdict == "depends"
    assert ask.moves("punishment", "strike", "stays")(near).verdict == "fails"


@dt.game("A")
def guarded(x=share(0, "what is asked for"), gate=param(0, "what keeps it from counting", low=0, high=100)):
    """What A asks for counts against it once the gate is above 60."""
    value = sp.Piecewise((x, gate <= 60), (1 - x, True))
    return move("A", stay=end("peace", 0), go=end("war", value - sp.Rational(1, 2)))


def test_a_parameter_whose_value_is_zero_is_drawn_from_its_whole_range():
    found = ask.moves("x", "war", "does not fall")(Model(guarded))
    assert found.verdict == "depends"
    gate = float(re.search(r"with gate=([\d.]+)", found.found).group(1))
    assert gate > 60
    assert re.search(r"falls from 1 at x=\S+ to 0 at", found.found)


def test_a_counterexample_is_one_and_moves_as_few_parameters_as_it_needs():
    found = ask.moves("war", "strike", "rises")(SEEN)
    changed = dict(re.findall(r"(\w+)=([\d.]+)", re.search("with (.*?) it does", found.found).group(1)))
    assert len(changed) == 1
    at = {name: Fraction(value) for name, value in changed.items()}
    strikes = {SEEN.solve(war=war, **at)[0].probability("strike") for war in (-4, 0, 5, 7, 19)}
    assert len(strikes) == 1


def test_checks_repeat():
    question = ask.moves("punishment", "war", "falls")
    assert question(SEEN) == question(SEEN)


def test_one_measure_exceeds_another_somewhere_or_everywhere():
    found = ask.exceeds("strike", "war", "attribution")(DENIABLE)
    assert found.verdict == "holds"
    assert "in 200 of 200 draws" in found.found
    found = ask.exceeds("war", "strike", "attribution")(DENIABLE)
    assert found.verdict == "depends"
    assert "from 0 to 4/9" in found.found
    assert "a counterexample: 0.3 against 1 at attribution=0.3" in found.found


def test_an_unknown_direction_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'rises'"):
        ask.moves("war", "strike", "rise")


@pytest.mark.parametrize("question", [ask.moves("wars", "strike", "rises"), ask.moves("war", "strik", "rises")])
def test_misspelt_names_are_answered_with_the_nearest(question):
    with pytest.raises(ValueError, match="Did you mean"):
        question(SEEN)
