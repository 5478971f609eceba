"""A player bound beforehand: to an action, a mixture or a plan, seen or not."""

import copy
import pickle
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, models, move
from deterrence.errors import GameError, MechanismError
from deterrence.mechanisms import Commitment

STRIKE = models.load("strike").game.at(war=8)
TABLE = dt.bimatrix(
    [[2, 4], [1, 3]],
    [[1, 0], [0, 1]],
    players=("Leader", "Follower"),
    actions=[["up", "down"], ["left", "right"]],
    name="table",
)


@dt.game("Challenger", "Defender")
def twice(firm=dt.share(0.25, "chance that the second strike is answered")):
    """Two strikes; each may be answered."""

    def answer(number, then):
        return move("Defender", give=then, fight=end(f"war {number}", -5, -3))

    second = move("Challenger", stop=end("one lost", 2, -2), strike=answer(2, end("both lost", 4, -4)))
    return move("Challenger", stop=end("peace", 0, 0), strike=answer(1, second))


@pytest.mark.parametrize(("chance", "expected"), [(0, 1), (Fraction(1, 4), Fraction(3, 4)), (1, 0)])
def test_a_challenger_who_sees_whether_the_device_holds_strikes_where_it_does_not(chance, expected):
    bound = STRIKE.under(Commitment("Defender", "retaliate", holds=chance))
    assert dt.solve(bound)[0].probability("strike") == expected


def test_a_challenger_who_sees_only_the_chance_is_deterred_from_four_ninths_on():
    # By hand: it gains 4, or loses 5 where the device holds; so it strikes below 4/9.
    bound = STRIKE.under(Commitment("Defender", "retaliate", seen=False))
    found = dt.threshold(bound, "holds", "strike")
    assert found.value == Fraction(4, 9)
    (challenger,) = (each for each in bound.information_sets if each.player == "Challenger")
    assert len(challenger.histories) == 2


def test_in_a_table_the_bound_player_moves_first_and_is_seen_to():
    for action, expected in (("up", {"Leader": 2, "Follower": 1}), ("down", {"Leader": 3, "Follower": 1})):
        (found,) = dt.solve(TABLE.under(Commitment("Leader", action)))
        assert found.payoffs == expected
    (found,) = dt.solve(TABLE.under(Commitment("Follower", "right")))
    assert found.payoffs == {"Leader": 4, "Follower": 0}


@pytest.mark.parametrize("down", [Fraction(2, 5), Fraction(3, 5)])
@pytest.mark.parametrize("players", [("Leader", "Follower"), ("Follower", "Leader")])
def test_of_a_mixture_the_other_knows_the_probabilities_and_not_the_draw(down, players):
    # By hand: the Follower goes right exactly where down has more than one half, whoever is listed first.
    game = TABLE if players[0] == "Leader" else turned()
    (found,) = dt.solve(game.under(Commitment("Leader", {"up": 1 - down, "down": str(down)})))
    right = down > Fraction(1, 2)
    assert found.payoffs["Leader"] == (4 * (1 - down) + 3 * down if right else 2 * (1 - down) + down)


def turned():
    return dt.bimatrix(
        [[1, 0], [0, 1]],
        [[2, 1], [4, 3]],
        players=("Follower", "Leader"),
        actions=[["left", "right"], ["up", "down"]],
    )


def test_a_name_binds_wherever_it_stands_and_at_binds_in_one_place():
    everywhere = dt.solve(twice.under(Commitment("Defender", "fight")))[0]
    assert everywhere.outcomes["peace"] == 1
    second = twice.information_sets[-1].name
    later = dt.solve(twice.under(Commitment("Defender", "fight", at=second)))[0]
    assert later.outcomes["one lost"] == 1


def test_a_plan_binds_each_set_to_a_mixture_and_takes_names_of_parameters():
    first, second = (each.name for each in twice.information_sets if each.player == "Defender")
    firm = twice.parameters["firm"].expression
    plan = {first: {"give": 1}, second: {"fight": "firm", "give": 1 - firm}}
    bound = twice.under(Commitment("Defender", plan))
    # A second strike gains 2 more, or loses 7 where it is answered: it comes below 2/9.
    assert dt.solve(bound)[0].outcomes["one lost"] == 1
    assert dt.solve(bound.at(firm=0.2))[0].outcomes["war 2"] == Fraction(1, 5)
    assert dt.threshold(bound, "firm", "one lost").value == Fraction(2, 9)


def test_a_commitment_is_a_value_that_keeps_what_it_was_given():
    mixture = {"up": "1/2", "down": 0.5}
    bound = Commitment("Leader", mixture, seen=False)
    mixture["up"] = 1
    assert bound.action == {"up": "1/2", "down": 0.5}
    assert copy.deepcopy(bound) == pickle.loads(pickle.dumps(bound)) == bound
    assert hash(bound) == hash(copy.copy(bound))
    assert repr(bound) == "Commitment(player='Leader', action={'up': '1/2', 'down': 0.5}, seen=False)"


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize(
    ("game", "player", "action"),
    [
        (STRIKE, "Defender", "retaliate"),
        (STRIKE, "Challenger", {"strike": "1/3", "restrain": "2/3"}),
        (TABLE, "Leader", {"up": "1/2", "down": "1/2"}),
        (TABLE, "Follower", "right"),
        (twice, "Defender", "fight"),
        (models.load("unilateral_deterrence").game, "Defender", "resist"),
    ],
)
def test_a_device_that_never_holds_changes_no_prediction_seen_or_not(game, player, action, seen):
    def predictions(played):
        ends = [end for each in dt.solve(played) for end in each.extremes]
        return {frozenset((name, p) for name, p in end.outcomes.items() if p) for end in ends}

    assert predictions(game.under(Commitment(player, action, seen=seen, holds=0))) == predictions(game)


@pytest.mark.parametrize(
    ("mechanism", "sentence"),
    [
        (Commitment("Ledger", "up"), "names 'Ledger', who is not a player.*Did you mean 'Leader'"),
        (Commitment("Leader", "upp"), "needs an action 'upp' of Leader.*Did you mean 'up'"),
        (Commitment("Leader", "left"), "needs an action 'left' of Leader"),
        (Commitment("Leader", {}), r"takes the name of an action, a mixture such as .*; got \{\}"),
        (Commitment("Leader", 3), "takes the name of an action, a mixture"),
        (Commitment("Leader", {"up": "1/3", "down": "1/3"}), "sum to one; got up: 1/3, down: 1/3"),
        (Commitment("Leader", {"up": 2, "down": -1}), "at least 0 and sum to one; got up: 2, down: -1"),
        (Commitment("Leader", "up", at="Ledger"), "information set 'Ledger'.*Did you mean 'Leader'"),
        (Commitment("Leader", {"Leader": {"up": 1}}, at="Leader"), "takes no at="),
        (Commitment("Leader", {"Leader": {"up": 1}, "else": "up"}), "A plan gives a mixture for each"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(mechanism, sentence):
    with pytest.raises(MechanismError, match=sentence):
        TABLE.under(mechanism)


def test_a_mixture_needs_one_place_that_offers_all_of_it():
    game = dt.Game(
        ("A", "B"), move("A", go=move("A", left=end("left", 0, 0), right=end("right", 1, 1)), stay=end("x", 0, 0))
    )
    with pytest.raises(MechanismError, match=r"information set of A that offers go and left; .* none that offers all"):
        game.under(Commitment("A", {"go": "1/2", "left": "1/2"}))


def test_expressions_that_cannot_sum_to_one_are_no_mixture():
    with pytest.raises(GameError, match="sum"):
        twice.under(Commitment("Defender", {"fight": "firm", "give": "firm"}))
