"""Questions of how a measure moves answer with where it does. Thresholds are worked out by hand."""

import pytest

import deterrence as dt
from deterrence.models import Model, ask
from deterrence.models.folklore.strike import strike

# Retaliation pays where war costs less than the loss of 6. Under deniability it needs proof, and a strike pays
# while the chance of proof is below prize/punishment = 4/9.
SEEN = Model(strike)
DENIABLE = Model(strike.under(dt.Deniability("strike", "retaliate")))


def test_a_jump_the_way_claimed_holds_and_the_other_way_fails():
    assert ask.moves("war", "strike", "rises")(SEEN).verdict == "holds"
    assert ask.moves("war", "strike", "falls")(SEEN).verdict == "fails"
    assert ask.moves("war", "strike", "stays")(SEEN).verdict == "fails"


def test_what_rises_and_then_falls_depends_and_says_where():
    found = ask.moves("attribution", "war", "rises")(DENIABLE)
    assert found.verdict == "depends"
    assert found.condition == "as attribution grows it rises from 0 to 4/9 and falls at 4/9"


def test_what_never_moves_stays():
    # A war that costs 8 is not fought over a loss of 6, whatever it would do to the Challenger.
    assert ask.moves("punishment", "strike", "stays", others=0)(Model(strike.at(war=8))).verdict == "holds"


def test_a_claim_survives_draws_at_which_nothing_moves():
    # With war = 5.9 the loss of 6 is answered, and no punishment from 4 on is worth a strike; with a loss a little
    # smaller, or a war a little dearer, no punishment moves anything: "falls" is not claimed to hold there, and
    # a claim that it stays is broken here.
    near = Model(strike.at(war=5.9))
    assert ask.moves("punishment", "strike", "falls", others=8)(near).verdict == "holds"
    assert ask.moves("punishment", "strike", "stays", others=8)(near).verdict == "fails"


def test_one_measure_exceeds_another_somewhere_or_everywhere():
    assert ask.exceeds("strike", "war", "attribution")(DENIABLE).verdict == "holds"
    found = ask.exceeds("war", "strike", "attribution")(DENIABLE)
    assert found.verdict == "depends"
    assert "from 0 to 4/9" in found.found


@pytest.mark.parametrize("question", [ask.moves("wars", "strike", "rises"), ask.moves("war", "strik", "rises")])
def test_misspelt_names_are_answered_with_the_nearest(question):
    with pytest.raises(ValueError, match="Did you mean"):
        question(SEEN)
