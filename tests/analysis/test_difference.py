"""What changed between two games. Conditions and thresholds are worked out by hand, or compared with exact solutions."""

import functools
import pickle
import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import end, move, param, share
from deterrence.errors import GameError, MethodError, ParameterError, UnknownNameError
from deterrence.mechanisms.algebra import pay
from deterrence.models.folklore.strike import strike as published
from tests.analysis.random_games import random_game

strike = published.plausible(dict.fromkeys(published.parameters))
"""The values below are worked out over the declared ranges."""

DENIABLE = strike.under(dt.Deniability("strike", "retaliate", attribution=Fraction(3, 10)))
WARNED = strike.under(dt.AudienceCosts("restrain", "Defender"))


@pytest.fixture(scope="module")
def deniability():
    return dt.difference(strike, DENIABLE)


@pytest.fixture(scope="module")
def audience():
    return dt.difference(strike, WARNED)


@functools.cache
def compiled(condition):
    symbols = sorted(condition.free_symbols, key=str)
    return [symbol.name for symbol in symbols], sp.lambdify(symbols, condition, "math")


def by_name(condition, values):
    """Return whether a condition holds at values, in floating point: they are drawn off its borders."""
    names, holds = compiled(condition)
    return bool(holds(*(float(values[name]) for name in names)))


def drawn(rng, ranges):
    return {name: Fraction(rng.randint(1, 9999), 10_000) * (high - low) + low for name, (low, high) in ranges.items()}


STRIKE_RANGES = {"prize": (0, 20), "loss": (0, 20), "punishment": (0, 20), "war": (-5, 20)}


# -- the strike game under mechanisms, by hand ------------------------------------------------------------


def test_deniability_separates_where_only_proof_is_answered_and_the_strike_pays(deniability):
    # With proof the Defender retaliates if war < loss, without if war + doubt < loss. Only between the two does play
    # change: the Challenger then strikes if prize - attribution * punishment > 0, and is answered after proof alone.
    rng = random.Random(1)
    verdicts = set()
    for _ in range(300):
        at = drawn(rng, {**STRIKE_RANGES, "attribution": (0, 1), "doubt": (0, 20)})
        by_hand = (
            at["war"] < at["loss"] < at["war"] + at["doubt"] and at["prize"] > at["attribution"] * at["punishment"]
        )
        assert by_name(deniability.separates, at) == by_hand
        verdicts.add(by_hand)
    assert verdicts == {True, False}
    assert deniability.complete
    assert not deniability.same


def test_deniability_is_told_first_by_what_becomes_possible(deniability):
    # At 3/10 the strike is worth 4 - 2.7; it is answered with probability 3/10.
    first = str(deniability).splitlines()[0]
    assert first.startswith("With Deniability")
    assert "'strike' (probability 1)" in first
    assert "become possible" in first
    assert "'restrain' by Challenger (before: 1) and 'status quo' (before: 1) no longer happen" in first
    war = deniability.measured("war")
    assert (war.first, war.second, war.change) == ((0, 0), (Fraction(3, 10),) * 2, "rises")


def test_the_share_of_proof_up_to_which_play_changes_is_a_formula(deniability):
    # The strike pays while prize > attribution * punishment: below 4/9.
    (border,) = [border for border in deniability.borders if border.parameter == "attribution"]
    assert border.stretches == ((0, Fraction(4, 9), True), (Fraction(4, 9), 1, False))
    assert str(border.formulas[0]) == "prize/punishment"
    assert border.differs_now
    assert "attribution (now 0.3): differ below 4/9 = prize/punishment" in str(deniability)


def test_a_threshold_moves_from_one_formula_to_another(deniability):
    # Deterred until prize = punishment = 9, and under deniability until attribution * punishment = 2.7.
    (moved,) = [jump for jump in deniability.jumps if jump.parameter == "prize" and jump.kind == "moves"]
    assert (moved.first.value, moved.second.value) == (9, Fraction(27, 10))
    assert str(moved.first.formula) == "punishment"
    assert str(moved.second.formula) == "attribution*punishment"
    (new,) = [jump for jump in deniability.jumps if jump.parameter == "attribution"]
    assert (new.kind, new.second.value) == ("appears", Fraction(4, 9))


def test_sets_after_proof_and_without_it_stand_for_the_one_set(deniability):
    relations = {row.play: row.relation for row in deniability.classes}
    assert relations == {
        "Challenger: restrain": "narrower",
        "Challenger: strike; Defender: restrain": "same",
        "Challenger: strike; Defender: retaliate": "narrower",
        "Challenger: strike; Defender: restrain or retaliate": "only in the second",
    }


def test_what_is_written_is_told(deniability):
    written = "\n".join(deniability.written)
    assert "the first under Deniability" in written
    assert "attribution = 0.3 in [0, 1]" in written
    assert "Defender gets doubt less at 'war' (strike, no proof, retaliate)" in written
    assert "nature draws 'no proof' and 'proof'" in written


def test_audience_costs_move_the_limit_of_credibility(audience):
    # Retaliating pays while war < loss + audience_cost; between loss and that, what is played is not the same.
    rng = random.Random(2)
    for _ in range(200):
        at = drawn(rng, {**STRIKE_RANGES, "audience_cost": (0, 20)})
        assert by_name(audience.separates, at) == (at["loss"] < at["war"] < at["loss"] + at["audience_cost"])
    (moved,) = [jump for jump in audience.jumps if jump.parameter == "loss"]
    assert (moved.first.value, moved.second.value, str(moved.second.formula)) == (3, 1, "-audience_cost + war")
    assert {row.relation for row in audience.classes} == {"wider", "narrower"}


def test_where_play_is_the_same_now_the_first_sentence_says_where_it_begins_to_differ(audience):
    # War costs 3: play differs once it costs more than the loss of 6.
    assert str(audience).splitlines()[0] == (
        "At the present values play is the same without AudienceCosts and with AudienceCosts; it differs once war "
        "rises above 6."
    )


def test_sanctions_on_a_strike_move_what_it_must_be_worth():
    # Unanswered the strike is worth prize - pressure, answered prize - punishment - pressure.
    game = strike.under(dt.Sanctions("Challenger", ("fait accompli", "war"), pressure=2))
    found = dt.difference(strike, game)
    rng = random.Random(3)
    for _ in range(200):
        at = drawn(rng, {**STRIKE_RANGES, "pressure": (0, 20)})
        bar = at["punishment"] if at["war"] < at["loss"] else 0
        assert by_name(found.separates, at) == (bar < at["prize"] < bar + at["pressure"])
    moved = {(jump.first.value, jump.second.value) for jump in found.jumps if jump.kind == "moves"}
    assert (9, 11) in moved


def test_a_disaster_changes_how_likely_war_is_where_the_same_is_played():
    found = dt.difference(strike, strike.under(dt.Brinkmanship("retaliate", risk=Fraction(1, 10))))
    (row,) = [row for row in found.classes if row.play == "Challenger: strike; Defender: retaliate"]
    ((name, first, second),) = [f for f in row.formulas if f[0] == "probability of 'war'"]
    assert (name, first, str(second)) == ("probability of 'war'", 1, "1 - risk")
    assert not row.alike


def test_better_detection_moves_the_false_alarms_that_deterrence_bears():
    # The attacker can be deterred while benefit < punishment * (detection - false_alarm): at benefit 1 and punishment 4
    # up to 0.7 - 1/4, and up to 0.9 - 1/4 with better detection; false alarms are rarer than alarms, below 0.7.
    noisy = dt.models.load("noisy_attribution").game
    found = dt.difference(noisy, noisy.at(detection=0.9), parameters=["false_alarm"], measure="strike")
    (border,) = found.borders
    assert border.stretches[1] == (Fraction(9, 20), Fraction(13, 20), True)
    assert [differ for *_, differ in border.stretches] == [False, True, False]
    assert border.nearest == Fraction(9, 20)
    assert not border.differs_now
    (moved,) = found.jumps
    assert (moved.first.value, moved.second.value, moved.kind) == (Fraction(9, 20), Fraction(13, 20), "moves")
    assert "the probability of 'strike' falls" in str(found).splitlines()[0]


def test_what_is_likelier_alone_is_told_where_nothing_else_differs():
    def bet(chance):
        @dt.game("A")
        def game(q=share(0.5, "chance")):
            p = q * chance
            return move("A", stay=end("stay", 0), go=dt.chance(hit=(p, end("hit", 1)), miss=(1 - p, end("miss", 1))))

        return game

    found = dt.difference(bet(1), bet(sp.Rational(1, 2)))
    assert found.apart.empty
    assert not found.same
    assert found.measured("hit").change == "falls"
    assert "only how likely it is differs:" in str(found)
    assert "probability of 'hit' q, then q/2" in str(found)


# -- values, and games that are the same -------------------------------------------------------------------


def test_other_values_separate_over_the_other_parameters():
    # Punished by 9 or by 3: between, where the answer is credible, the strike is deterred in the first game alone.
    found = dt.difference(strike, strike.at(punishment=3))
    assert found.moved == ("punishment",)
    assert found.left == ("punishment",)
    rng = random.Random(4)
    for _ in range(200):
        at = drawn(rng, STRIKE_RANGES)
        assert by_name(found.separates, at) == (at["war"] < at["loss"] and 3 < at["prize"] < 9)
    # The loss is above war with probability 0.6 (of 20 * 25 the part below the diagonal is 100 + 200), times 6/20.
    assert found.apart.share == pytest.approx(0.6 * 0.3, abs=0.04)
    assert "On the way of punishment from 9 to 3 the prediction jumps at 4 = prize." in str(found)


def test_equal_games_are_proved_the_same():
    found = dt.difference(strike, strike)
    assert found.same
    assert found.separates == sp.false
    assert "equal" in found.status
    assert str(found).startswith("Play is the same in both games, whatever the values of the parameters: proved.")


def labelled(label):
    @dt.game("Challenger", "Defender")
    def game(prize=param(4, "gain", low=0, high=20), war=param(3, "cost", low=0, high=20)):
        answer = move(
            "Defender", information=label, restrain=end("grab", prize, -6), retaliate=end("war", prize - 9, -war)
        )
        return move("Challenger", restrain=end("peace", 0, 0), strike=answer)

    return game


def test_games_that_differ_by_labels_alone_are_proved_the_same():
    found = dt.difference(labelled("seen"), labelled("noticed"))
    assert labelled("seen") != labelled("noticed")
    assert found.same
    assert {row.relation for row in found.classes} == {"same"}
    assert "proved the same" in found.status
    assert "'seen'" in found.written[0]


def test_a_mechanism_at_its_neutral_value_is_proved_to_change_nothing():
    free = strike.under(dt.AudienceCosts("restrain", "Defender", audience_cost=0))
    same = dt.difference(strike, free, parameters=["prize", "loss", "punishment", "war"])
    assert same.same
    assert "of prize, loss, punishment and war (1 other parameter held at present values): proved." in str(same)
    assert not dt.difference(strike, free.at(audience_cost=1), parameters=["prize", "loss", "punishment", "war"]).same


def test_payoffs_may_differ_where_play_is_proved_the_same():
    richer = strike.changed(tree=pay(strike.writing.tree, strike.players, {"Defender": 5}))
    found = dt.difference(strike, richer)
    assert found.same
    assert found.measured(dt.payoff("Defender")).change == "rises"
    assert any("Defender gets 5 more" in sentence for sentence in found.written)


def test_other_values_of_a_parameter_compared_are_never_called_the_same():
    # War at 8 costs more than the loss of 6, and is not waged; as functions of it the games are the same.
    found = dt.difference(strike, strike.at(war=8), parameters=["war"])
    assert found.apart.empty
    assert not found.same
    assert found.measured("strike").second == (1, 1)


def test_games_without_parameters_are_compared_equilibrium_by_equilibrium():
    # The first has two pure equilibria and a mixed one; in the second Row has a dominant row.
    first = dt.bimatrix([[3, 1], [4, 0]], [[3, 4], [1, 0]])
    found = dt.difference(first, dt.bimatrix([[3, 1], [2, 0]], [[3, 4], [1, 0]]))
    assert found.separates == sp.true
    assert [(row.first, row.second) for row in found.plays] == [(True, True), (True, False), (True, False)]
    assert found.measured("row 2").first == (0, 1)
    twin = dt.bimatrix([[3, 1], [4, 0]], [[3, 4], [1, 0]], name="twin")
    assert dt.difference(first, twin).same


def test_nothing_is_proved_where_payoffs_are_no_ratios_of_polynomials():
    @dt.game("A")
    def rooted(x=param(2, "size", low=1, high=9)):
        return move("A", stay=end("stay", 1), go=end("go", sp.sqrt(x) - 1))

    @dt.game("A")
    def again(x=param(2, "size", low=1, high=9)):
        return move("A", stay=end("stay", 1), go=end("go", sp.sqrt(x) - sp.Rational(3, 2)))

    found = dt.difference(rooted, again)
    assert not found.same
    assert found.separates is None
    assert "not proved" in found.status
    assert {row.relation for row in found.classes} == {"not decided"}


# -- what differs in kind -----------------------------------------------------------------------------------


def test_a_player_of_one_game_alone_is_named():
    @dt.game("Challenger", "Defender", "Ally")
    def joined(prize=param(4, "gain", low=0, high=20), war=param(3, "cost", low=0, high=20)):
        ally = move("Ally", wait=end("war", prize - 9, -war, 0), join=end("great war", prize - 19, -war, -1))
        answer = move("Defender", restrain=end("grab", prize, -6, 0), retaliate=ally)
        return move("Challenger", restrain=end("peace", 0, 0, 0), strike=answer)

    found = dt.difference(labelled(None), joined)
    assert "Only in the second game: the player Ally." in found.written
    assert "Only in the second game: the outcome 'great war'." in found.written
    # The ally does not join, since that costs it 1; so the first two play as before.
    assert found.separates == sp.false


def test_games_of_other_players_are_refused():
    other = dt.bimatrix([[3, 1], [4, 0]], [[3, 4], [1, 0]])
    with pytest.raises(GameError, match="no player in common: Challenger and Defender in the first, Row and Column"):
        dt.difference(strike, other)


def test_ranges_chances_actions_and_assumptions_that_differ_are_told():
    @dt.game("A", "B")
    def one(x=param(1, "size", low=0, high=4), q=share(0.5, "chance")):
        drawn_now = dt.chance(calm=(q, end("calm", 0, x)), storm=(1 - q, end("storm", 1, 0)))
        return move("A", stay=drawn_now, go=move("B", yes=end("yes", x, 1), no=end("no", 0, 0)))

    @dt.game("A", "B")
    def other(x=param(1, "size", low=0, high=3), q=share(0.5, "chance")):
        drawn_now = dt.chance(calm=(q / 2, end("calm", 0, x)), storm=(1 - q / 2, end("storm", 1, 0)))
        answers = move("B", yes=end("yes", x, 1), no=end("no", 0, 0), ask=end("asked", 0, -1))
        return dt.where(move("A", stay=drawn_now, go=answers), x < 2)

    written = dt.difference(one, other).written
    assert "x may be in [0, 4] in the first game and in [0, 3] in the second." in written
    assert "Nature draws 'calm' with probability q in the first game and q/2 in the second." in written
    assert "At 'B' the actions are yes and no in the first game and yes, no and ask in the second." in written
    assert any(sentence.startswith("Only the second game assumes") for sentence in written)


# -- concepts, options and errors ---------------------------------------------------------------------------


def test_one_game_under_two_concepts():
    # The stag hunt has a mixed equilibrium too; both concepts find all three here, and prove it the same.
    @dt.game("A", "B")
    def hunt(prize=param(4, "stag", low=3, high=9)):
        shared = {("stag", "stag"): (prize, prize), ("stag", "hare"): (0, 2), ("hare", "stag"): (2, 0)}
        return dt.matrix({**shared, ("hare", "hare"): (2, 2)})

    found = dt.difference(hunt, hunt, method=(dt.Nash(), dt.PerfectBayesian()))
    assert found.same
    assert str(found).splitlines()[1].startswith("First: 'hunt' in Nash equilibrium.")
    assert len(found.classes) == 3


def test_a_concept_without_closed_form_is_compared_at_the_present_values_alone():
    found = dt.difference(strike, strike, method=(dt.PerfectBayesian(), dt.Sequential()))
    assert not found.same
    assert found.classes == ()
    assert "no closed form" in found.status
    assert found.measured("strike").change == "same"


def test_a_measure_and_a_callable_for_progress():
    told = []
    found = dt.difference(strike, WARNED, measure=dt.payoff("Defender"), parameters=["loss"], progress=told.append)
    assert told[-1] == 1
    assert told == sorted(told)
    assert found.now[0].measure == dt.payoff("Defender")
    # The Defender's payoff: -loss while it does not retaliate, 0 afterwards; it jumps at 3, and at 3 - 2.
    (jump,) = found.jumps
    assert (jump.first.value, jump.second.value) == (3, 1)


def test_what_was_not_searched_to_an_end_is_not_called_the_same():
    game = dt.models.load("noisy_attribution").game
    twin = game.changed(name="twin")
    found = dt.difference(game, twin, parameters=list(game.parameters), budget=1e-6)
    assert not found.same
    assert not found.complete
    assert "may not be all" in found.status


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"parameters": ["wra"]}, ParameterError, "Neither game has a parameter 'wra'.*Did you mean 'war'"),
        ({"parameters": 3}, ParameterError, "takes a list of names"),
        ({"parameters": "war"}, ParameterError, r"parameters=\['war'\]"),
        ({"measure": "wra"}, UnknownNameError, "Did you mean 'war'"),
        ({"method": (dt.PerfectBayesian(),)}, MethodError, "a pair, one a game; got 1"),
        ({"method": (dt.PerfectBayesian(), dt.Correlated())}, MethodError, "ranges and no equilibria"),
        ({"budget": -1}, ParameterError, "budget=-1"),
    ],
)
def test_strange_questions_are_refused(given, error, sentence):
    with pytest.raises(error, match=sentence):
        dt.difference(strike, WARNED, **given)


def test_a_parameter_whose_ranges_do_not_meet_is_refused():
    def bounded(low, high):
        @dt.game("A")
        def game(x=param(low, "size", low=low, high=high)):
            return move("A", stay=end("stay", 0), go=end("go", x - 5))

        return game

    with pytest.raises(ParameterError, match=r"No value of 'x' is admissible in both games: \[0, 1\] .* \[2, 3\]"):
        dt.difference(bounded(0, 1), bounded(2, 3), parameters=["x"])


def test_what_is_not_compared_is_not_found(deniability):
    with pytest.raises(UnknownNameError, match="Did you mean"):
        deniability.measured("wra")
    with pytest.raises(UnknownNameError, match="play"):
        deniability.to_frame("plays")


# -- views -----------------------------------------------------------------------------------------------------


def test_frames_have_a_row_for_each_measure_class_and_threshold(deniability):
    play = deniability.to_frame().set_index("measure")
    assert play.loc["probability of 'war'", ["low second", "high second"]].tolist() == [0.3, 0.3]
    assert len(deniability.to_frame("classes")) == 4
    jumps = deniability.to_frame("thresholds")
    assert jumps[jumps["parameter"] == "attribution"]["second"].tolist() == [pytest.approx(4 / 9)]
    # Of the loss: deterrence now begins where an answer without proof pays too, at war + doubt instead of war.
    moved = jumps[(jumps["parameter"] == "loss") & (jumps["change"] == "moves")]
    assert moved[["first", "second"]].to_numpy().tolist() == [[3, 13]]
    assert list(deniability.to_frame("written")["as written"]) == list(deniability.written)


def test_the_notebook_form_has_the_sentence_and_the_tables(deniability):
    html = deniability._repr_html_()
    assert "<b>With Deniability" in html
    assert html.count("<table>") == 3


def test_it_pickles_and_equals_itself(audience):
    restored = pickle.loads(pickle.dumps(audience))
    assert restored == audience
    assert str(restored) == str(audience)
    assert audience != dt.difference(strike, WARNED, parameters=["loss"])


def test_the_picture_has_a_line_a_game_or_a_row_a_measure(deniability):
    import matplotlib.pyplot as plt

    axes = deniability.plot()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["without Deniability", "with Deniability"]
    rows = dt.difference(strike, strike, parameters=["war"]).plot()
    assert [label.get_text() for label in rows.get_yticklabels()][:2] == ["'status quo'", "'fait accompli'"]
    plt.close("all")


# -- against brute force ------------------------------------------------------------------------------------------


def plays_at(game, values):
    """Return what is played on the path in each equilibrium, by name of the information set, solved at values."""
    own = {name: value for name, value in values.items() if name in game.parameters}
    form, plays = game.form, set()
    for equilibrium in dt.solve(game.at(own)):
        told = []
        for name, row, hit, actions in zip(
            form.set_names, equilibrium.pattern, equilibrium.reached, form.actions_of, strict=True
        ):
            if hit and len(actions) > 1:
                told.append((name, frozenset(actions[a] for a in row)))
        plays.add(frozenset(told))
    return plays


def changed_somewhere(game, rng):
    """Return a game in which one outcome is worth more or less to one player."""
    amount = rng.choice([-1, 1, Fraction(1, 2), -2])
    gains = {rng.choice(game.players): amount}
    return game.changed(tree=pay(game.writing.tree, game.players, gains, outcomes=(rng.choice(game.outcomes),)))


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(s, marks=pytest.mark.slow) for s in range(2, 60))])
def test_the_condition_holds_exactly_where_exact_solutions_differ(seed):
    game, rng = random_game(seed)
    other = changed_somewhere(game, rng)
    found = dt.difference(game, other)
    if found.separates is None or not found.complete:
        assert not found.same
        assert found.doubts
        return
    ranges = {name: (p.low, p.high) for name, p in game.parameters.items()}
    for _ in range(12):
        values = drawn(rng, ranges)
        differ = plays_at(game, values) != plays_at(other, values)
        assert by_name(found.separates, values) == differ, (seed, values)


def test_with_false_alarms_the_condition_holds_exactly_where_exact_solutions_differ():
    noisy = strike.under(
        dt.InnocentAttacks("strike", "restrain", by="Challenger"), dt.Deniability("strike", "retaliate")
    )
    other = noisy.under(dt.AudienceCosts("restrain", "Defender"))
    found = dt.difference(noisy, other, parameters=["audience_cost", "attribution", "false_alarm"])
    assert found.complete
    rng, verdicts = random.Random(5), set()
    for _ in range(25):
        values = drawn(rng, {"audience_cost": (0, 12), "attribution": (0, 1), "false_alarm": (0, 1)})
        differ = plays_at(noisy, values) != plays_at(other, values)
        assert by_name(found.separates, values) == differ
        verdicts.add(differ)
    assert verdicts == {True, False}
