"""What is varied runs over plausible values, what is proved over admissible ones, and a range that is given over that."""

import pickle
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import ParameterError
from deterrence.models.folklore import strike as folklore

strike = folklore.strike.plausible(dict.fromkeys(folklore.strike.parameters))
"""With its admissible ranges alone."""


@dt.game("Ruler")
def treasury(
    oil=param(5, "income from oil", low=0, high=100, plausible=(4, 6), why="prices of a year"),
    tax=param(5, "income from tax", low=0, high=100, plausible=(3, 7), why="good and bad years"),
):
    """Income from two sources, and nothing to decide."""
    return end("income", oil + tax)


@dt.game("Challenger", "Defender")
def raid(war=param(3, "cost of answering", low=0, high=20, plausible=(0, 5), why="a short war")):
    """The Defender loses 6 by giving in: it answers as long as war costs less than 6."""
    answered = move("Defender", give_in=end("grab", 4, -6), answer=end("war", -5, -war))
    return move("Challenger", wait=end("peace", 0, 0), raid=answered)


# -- sensitivity ----------------------------------------------------------------------------------------------


def test_shares_of_a_sums_variance_are_those_of_the_squares_of_the_plausible_widths():
    found = dt.sensitivity(treasury, dt.payoff("Ruler"), n=1024, limit=1024)
    alone = dict(zip(found.rows()["parameter"], found.rows()["alone"], strict=True))
    assert alone["oil"] == pytest.approx(2**2 / (2**2 + 4**2), abs=0.02)
    assert alone["tax"] == pytest.approx(4**2 / (2**2 + 4**2), abs=0.02)
    assert 7 <= found.outcome().min() < found.outcome().max() <= 13
    assert "over plausible values" in str(found)


def test_without_plausible_values_the_shares_are_those_of_the_admissible_widths():
    bare = treasury.plausible(oil=None, tax=None)
    found = dt.sensitivity(bare, dt.payoff("Ruler"), n=1024, limit=1024)
    assert found.rows()["alone"].tolist() == pytest.approx([0.5, 0.5], abs=0.02)
    assert "plausible" not in str(found)


def test_a_distribution_that_is_given_goes_before_plausible_values():
    from scipy import stats

    wide = {"oil": stats.uniform(0, 8)}
    found = dt.sensitivity(treasury, dt.payoff("Ruler"), n=1024, limit=1024, distributions=wide)
    alone = dict(zip(found.rows()["parameter"], found.rows()["alone"], strict=True))
    assert alone["oil"] == pytest.approx(8**2 / (8**2 + 4**2), abs=0.02)


def test_where_only_some_declare_plausible_values_the_answer_names_them():
    half = treasury.plausible(oil=None)
    found = dt.sensitivity(half, dt.payoff("Ruler"), n=64, limit=64)
    assert "over plausible values of tax, all admissible ones of oil" in found.status


# -- thresholds -----------------------------------------------------------------------------------------------


def test_a_jump_beyond_plausible_values_is_told_and_is_not_the_threshold():
    found = dt.threshold(raid, "war", "grab")
    assert found.value is None
    assert found.jumps == ()
    assert [jump.value for jump in found.beyond] == [6]
    assert found.complete
    assert str(found) == (
        "The probability of 'grab' does not jump as war goes from 0 to 5.\n"
        "These are its plausible values. Beyond them, at admissible values from 0 to 20, it rises past 6, from 0 to 1."
    )


def test_a_jump_at_the_very_end_of_plausible_values_is_not_lost():
    found = dt.threshold(raid.plausible(war=(0, 6)), "war", "grab")
    assert [jump.value for jump in (*found.jumps, *found.beyond)] == [6]


def test_where_nothing_jumps_at_admissible_values_either_the_answer_says_so():
    found = dt.threshold(raid, "war", "peace")  # raided from 6 on, so that peace ends there
    assert [jump.value for jump in found.beyond] == [6]
    never = dt.threshold(raid.at(war=3).plausible(war=(0, 5)), "war", "war")
    assert never.beyond == ()
    assert "at admissible ones, from 0 to 20, it does not jump either" in str(never)


def test_a_jump_within_plausible_values_is_the_threshold():
    found = dt.threshold(raid.plausible(war=(0, 9)), "war", "grab")
    assert found.value == 6
    assert found.beyond == ()
    assert found.searched is None
    assert "Looked at over plausible values of war: 0 to 9." in str(found)


def test_a_range_that_is_given_goes_before_plausible_values():
    found = dt.threshold(raid, "war", "grab", between=(0, 20))
    assert found.value == 6
    assert "plausible" not in str(found)
    assert dt.threshold(raid, "war", "grab", between=(0, 4)).beyond == ()


def test_plausible_values_that_are_all_admissible_ones_need_no_word():
    found = dt.threshold(raid.plausible(war=(0, 20)), "war", "grab")
    assert found.value == 6
    assert "plausible" not in str(found)


def test_an_open_end_is_not_searched_beyond_plausible_values():
    @dt.game("Challenger", "Defender")
    def open_raid(war=param(3, "cost of answering", low=0, plausible=(0, 5), why="a short war")):
        """The same with no greatest cost."""
        answered = move("Defender", give_in=end("grab", 4, -6), answer=end("war", -5, -war))
        return move("Challenger", wait=end("peace", 0, 0), raid=answered)

    found = dt.threshold(open_raid, "war", "grab")
    assert (found.value, found.beyond, found.searched) == (None, (), None)
    assert "Looked at over plausible values of war: 0 to 5." in str(found)
    assert dt.threshold(open_raid, "war", "grab", between=(0, 9)).value == 6


def test_a_curve_of_thresholds_runs_over_plausible_values_of_both():
    ranged = strike.plausible(war=(0, 9), loss=(4, 8))
    curve = dt.threshold(ranged, "war", "fait accompli", given="loss")
    assert (min(curve.at), max(curve.at), curve.between) == (4, 8, (0, 9))
    assert curve.values == curve.at  # the Defender answers while war costs less than the loss
    assert "Looked at over plausible values of war." in str(curve)


# -- statics and trends -----------------------------------------------------------------------------------------


def test_statics_look_for_classes_at_plausible_values():
    found = dt.statics(raid, "war", "grab")
    assert found.between == (0, 5)
    assert found.jumps == ()
    assert "Looked at over plausible values of war: 0 to 5." in str(found)
    assert [jump.value for jump in dt.statics(raid, "war", "grab", between=(0, 20)).jumps] == [6]


def test_trends_run_along_plausible_values_and_along_what_is_given():
    (trend,) = dt.trends(raid, "war", dt.probability("grab"))
    assert trend.direction == "stays"
    assert (trend.stretches[0].start, trend.stretches[-1].stop) == (0, 5)
    assert "over plausible values" in str(trend)
    (whole,) = dt.trends(raid, "war", dt.probability("grab"), between=(0, 20))
    assert whole.direction == "rises"
    assert (whole.stretches[0].start, whole.stretches[-1].stop) == (0, 20)
    assert "plausible" not in str(whole)


# -- robustness -------------------------------------------------------------------------------------------------


def test_a_change_is_a_share_of_the_plausible_values_and_is_sought_beyond_them():
    found = dt.robustness(raid, "grab")
    (radius,) = found.radii
    assert (radius.nearest, radius.scale) == (6, 5)
    assert radius.distance == pytest.approx(3 / 5)
    assert found.scale_in_words == "the plausible ranges"
    assert "Beyond plausible values, though admissible: war at 6" in str(found)
    within = dt.robustness(raid.plausible(war=(0, 9)), "grab")
    assert within.radii[0].distance == pytest.approx(3 / 9)
    assert "Beyond" not in str(within)


def test_a_scale_that_is_given_goes_before_plausible_values():
    found = dt.robustness(raid, "grab", scales={"war": 20})
    assert found.radii[0].distance == pytest.approx(3 / 20)
    assert found.scale_in_words == "the scales given (20 for war)"


def test_what_it_would_take_is_measured_in_plausible_values():
    found = dt.what_would_it_take(raid, "grab", ">= 0.9")
    assert found.change.distance == pytest.approx(3 / 5, abs=1e-6)
    assert "Beyond plausible values, though admissible: war at 6" in str(found)


def test_scales_of_several_kinds_are_all_told():
    ranged = strike.plausible(war=(0, 5))
    assert dt.robustness(ranged, "strike").scale_in_words == "the plausible or declared ranges"


# -- what is proved ---------------------------------------------------------------------------------------------


def test_characterize_speaks_of_admissible_values():
    narrow = raid.plausible(war=(0, 5))
    wide = raid.plausible(war=None)
    assert [one.when for one in dt.characterize(narrow)] == [one.when for one in dt.characterize(wide)]
    assert len(dt.characterize(narrow)) == 2  # one of them exists from 6 on only, beyond plausible values
    assert dt.characterize(narrow).complete


def test_claims_speak_of_admissible_values():
    from deterrence.models import Claim, Model, ask

    claims = (
        Claim("A costlier war tempts.", "here", ask.moves("war", "grab", "rises"), "holds"),
        Claim("It does from 6 on.", "here", ask.threshold_value("war", "grab"), 6),
    )
    model = Model(raid, topic="credibility", claims=claims)
    assert [claim.verdict for claim in model.check()] == ["holds", "holds"]


# -- a game's own -----------------------------------------------------------------------------------------------


def test_plausible_values_are_set_and_taken_away_in_one_line():
    mine = strike.plausible({"war": ("0.5", 9)}, loss=(2, 8), why=" our desk ")
    assert mine.parameters["war"].plausible == (Fraction(1, 2), 9)
    assert mine.parameters["loss"].why == mine.parameters["war"].why == "our desk"
    assert mine.parameters["prize"] == strike.parameters["prize"]
    assert mine != strike.plausible(war=None, loss=None)
    assert mine.plausible(war=None).parameters["war"].why == ""


def test_a_model_without_a_tree_takes_them_too():
    game = dt.models.load("repeated_deterrence").game
    mine = game.plausible(patience=("0.8", "0.95"), why="years, not decades")
    assert mine.parameters["patience"].plausible == (Fraction(4, 5), Fraction(19, 20))
    assert dt.threshold(mine, "patience", "attack").looked_at == (Fraction(4, 5), Fraction(19, 20))


@pytest.mark.parametrize(
    ("ranges", "sentence"),
    [
        ({"wra": (0, 9)}, "has no parameter 'wra'.* Did you mean 'war'"),
        ({"war": (4, 9)}, "without its value 3"),
        ({"war": (9, 0)}, "run from the least to the greatest"),
        ({"war": (-9, 9)}, "outside its range"),
        ({"war": 9}, "two numbers"),
    ],
)
def test_ranges_that_cannot_be_are_refused(ranges, sentence):
    with pytest.raises(ParameterError, match=sentence):
        strike.plausible(ranges)


def test_ranges_go_in_by_name():
    with pytest.raises(ParameterError, match="takes ranges by name"):
        strike.plausible((0, 9))


def test_without_any_range_the_error_says_how_to_declare_one():
    @dt.game("Ruler")
    def unbounded(oil=param(5, "income from oil"), tax=param(5, "income from tax")):
        """Income without limits."""
        return end("income", oil + tax)

    asks = [
        lambda: dt.threshold(unbounded, "oil", dt.payoff("Ruler")),
        lambda: dt.threshold(unbounded, "oil", dt.payoff("Ruler"), given="tax", between=(0, 1)),
        lambda: dt.statics(unbounded, "oil", dt.payoff("Ruler")),
        lambda: dt.sensitivity(unbounded, dt.payoff("Ruler"), n=2),
        lambda: dt.robustness(unbounded, dt.payoff("Ruler"), parameters=["oil"]),
    ]
    for ask in asks:
        with pytest.raises(ParameterError, match=r"declare plausible values: game\.plausible\((oil|tax)=\(low, high\)"):
            ask()
    assert dt.threshold(unbounded.plausible(oil=(0, 9)), "oil", dt.payoff("Ruler")).jumps == ()


def test_they_survive_values_mechanisms_files_and_pickling():
    mine = strike.plausible(war=("0.5", 9), why="a raid, not an invasion")
    war = mine.parameters["war"]
    changed = mine.at(war=15).parameters["war"]
    assert (changed.plausible, changed.why) == (war.plausible, war.why)
    assert mine.under(dt.Deniability("strike", "retaliate")).parameters["war"] == war
    assert pickle.loads(pickle.dumps(mine)) == mine
    for game in (mine, mine.at(war=15)):
        assert dt.from_json(dt.to_json(game)) == game


def test_game_equality_sees_them():
    assert strike.plausible(war=(0, 9)) != strike.plausible(war=(0, 8))
    assert strike.plausible(war=(0, 9)) == strike.plausible(war=(0, 9))


def test_tables_show_them_only_where_declared():
    mine = strike.plausible(war=(0, 9), why="a raid & no more")
    bare = strike.plausible(dict.fromkeys(strike.parameters))
    assert "Plausible values\n  war  0 to 9  a raid & no more" in str(mine)
    assert "a raid &amp; no more" in mine.parameters._repr_html_()
    assert "a raid &amp; no more" in mine._repr_html_()
    assert r"plausible $0$ to $9$: a raid \& no more" in dt.to_latex(dt.characterize(mine))
    for text in (str(bare), bare.parameters._repr_html_(), bare._repr_html_(), dt.to_latex(dt.characterize(bare))):
        assert "lausible" not in text


# -- mechanisms -------------------------------------------------------------------------------------------------


def test_plausible_costs_of_a_mechanism_run_to_twice_the_number_that_is_given():
    def pressure(given):
        return strike.under(dt.Sanctions("Challenger", "fait accompli", pressure=given)).parameters["pressure"]

    assert pressure(3).plausible == (0, 6)
    assert pressure(0).plausible == (0, 2)
    own = param(3, "pressure of ours", low=0, plausible=(1, 4), why="as agreed")
    assert pressure(own).plausible == (1, 4)
    assert pressure(replace(own, plausible=None, why="")).plausible is None


def test_plausible_shares_of_a_mechanism_are_stretched_to_hold_the_number():
    def risk(given):
        return strike.under(dt.Brinkmanship("strike", risk=given)).parameters["risk"]

    assert risk("0.2").plausible == (0, Fraction(1, 2))
    assert risk("0.8").plausible == (0, Fraction(4, 5))


def test_a_profile_goes_beyond_plausible_values_where_nothing_jumps_within():
    game = strike.under(dt.Sanctions("Challenger", "status quo"))  # plausible to 2; the strike pays from 5 on
    found = dt.sanctions_profile(game, points=4)
    assert found.thresholds[0].value == 5
    assert "Plausible values of pressure run from 0 to 2; others were looked at too." in str(found)
    within = dt.sanctions_profile(game.plausible(pressure=(0, 8)), points=4)
    assert within.statics.between == (0, 8)
    assert "Looked at over plausible values of pressure: 0 to 8." in str(within)


# -- no verb refuses the flagship examples --------------------------------------------------------------------


def _flagships():
    deniable = strike.under(
        dt.Deniability("strike", "retaliate"),
        dt.Sanctions("Challenger", "fait accompli"),
        dt.AudienceCosts("restrain", player="Challenger"),
    )
    return {
        "deniable": (deniable, "strike", "doubt"),
        "noisy": (dt.models.load("noisy_attribution").game, "strike", "detection"),
    }


@pytest.mark.parametrize("key", ["deniable", "noisy"])
def test_no_verb_refuses_a_flagship_for_want_of_a_range(key):
    game, what, name = _flagships()[key]
    assert all(None not in parameter.span for parameter in game.parameter_list)
    assert dt.threshold(game, name, what).complete
    assert dt.statics(game, name, what, budget=0).effects
    assert dt.trends(game, name, dt.probability(what), points=5)
    assert np.isfinite(
        dt.sensitivity(game, what, n=8, limit=8, parameters=[name, next(iter(game.parameters))]).rejected
    )
    assert dt.robustness(game, what, together=1).left_out == ()


def test_a_draw_of_the_plausible_share_is_one_of_the_admissible():
    @dt.game("A")
    def luck(likely=share("0.3", "chance", plausible=("0.2", "0.4"), why="as seen")):
        """A draw."""
        return chance(good=(likely, end("good", 1)), bad=(1 - likely, end("bad", 0)))

    found = dt.sensitivity(luck, "good", n=64, limit=64)
    assert 0.2 <= found.outcome().min() < found.outcome().max() <= 0.4
