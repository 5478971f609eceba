"""The tree algebra: what each operation does to payoffs, draws and information."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, matrix, models, move
from deterrence.errors import GameError, MechanismError
from deterrence.games.tree import walk
from deterrence.mechanisms import algebra

STRIKE = models.load("strike").game


def sets_of(tree, players=("A", "B")):
    return {each.name: each.histories for each in dt.Game(players, tree).information_sets}


ANSWERED = move("B", give=end("grab", 1, -1), fight=end("war", -1, -2))
TREE = move("A", wait=end("peace", 0, 0), strike=ANSWERED)
TABLE = matrix(
    {
        ("wait", "sit"): (0, 0),
        ("wait", "arm"): (0, -1),
        ("strike", "sit"): (1, -2),
        ("strike", "arm"): (-1, -1),
    }
)


def test_a_payment_below_an_action_reaches_every_end_there_and_no_other():
    paid = algebra.pay(TREE, ("A", "B"), {"A": Fraction(1, 2)}, after="strike")
    assert [child.payoffs for child in paid.children[1].children] == [
        (Fraction(3, 2), -1),
        (Fraction(-1, 2), -2),
    ]
    assert paid.children[0] is TREE.children[0]


def test_a_payment_at_an_outcome_reaches_it_wherever_it_is():
    twice = move("A", one=TREE, two=TREE)
    paid = algebra.pay(twice, ("A", "B"), {"B": -5}, outcomes=["war"])
    found = [node.payoffs[1] for node, _ in walk(paid) if getattr(node, "outcome", "") == "war"]
    assert found == [-7, -7]


def test_a_cost_per_strike_is_paid_for_every_strike():
    second = move("A", wait=end("one", 0, 0), strike=end("two", 0, 0))
    tree = move("A", wait=end("peace", 0, 0), strike=move("B", give=second, fight=end("war", 0, 0)))
    paid = algebra.pay(tree, ("A", "B"), {"A": -1}, after="strike")
    game = dt.Game(("A", "B"), paid)
    found = {name: row[0] for name, row in zip(game.form.outcome, game.form.payoffs, strict=True) if name}
    assert found == {"peace": 0, "one": -1, "two": -2, "war": -1}


def test_a_payment_to_nobody_names_the_players():
    with pytest.raises(MechanismError, match=r"'C', who is not a player\. Allowed: 'A', 'B'"):
        algebra.pay(TREE, ("A", "B"), {"C": 1})


def test_a_draw_that_all_see_separates_what_follows():
    tree = algebra.insert_chance(TREE, {"proof": 0.3, "no proof": 0.7}, after="strike")
    assert set(sets_of(tree)) == {"A", "B | strike, proof", "B | strike, no proof"}


def test_a_draw_that_nobody_sees_keeps_the_mover_in_one_set_named_by_the_history():
    tree = algebra.insert_chance(TREE, {"hit": 0.3, "miss": 0.7}, after="strike", seen_by=())
    assert sets_of(tree)["B after strike"] == ("strike, hit", "strike, miss")


def test_a_draw_is_told_apart_by_its_witness_even_where_a_label_stood():
    labelled = move("A", wait=end("peace", 0, 0), strike=move("B", {"give": end("grab", 1, -1)}, information="alarm"))
    tree = algebra.insert_chance(labelled, {"proof": 0.3, "no proof": 0.7}, after="strike")
    assert {"alarm, proof", "alarm, no proof"} <= set(sets_of(tree))


def test_a_draw_below_a_simultaneous_move_comes_after_all_have_chosen():
    game = dt.Game(("A", "B"), TABLE)
    tree = algebra.insert_chance(game.tree, {"proof": 0.3, "no proof": 0.7}, after="strike")
    drawn = dt.Game(("A", "B"), tree)
    assert len(drawn.information_sets) == 2
    assert [each.player for each in drawn.information_sets] == ["A", "B"]
    assert sum(bool(row) for row in drawn.form.probabilities) == 2


def test_a_hidden_type_above_a_simultaneous_move_leaves_the_other_in_the_dark():
    game = dt.Game(("A", "B"), TABLE)
    tree = algebra.split_type(game.tree, "A", {"hard": 0.5, "soft": 0.5})
    found = dt.Game(("A", "B"), tree).information_sets
    assert sorted((each.player, len(each.histories)) for each in found) == [("A", 1), ("A", 1), ("B", 4)]


def test_copies_of_a_simultaneous_move_that_were_apart_stay_apart_below_a_hidden_draw():
    game = dt.Game(("A", "B"), TABLE)
    public = algebra.insert_chance(game.tree, {"rain": 0.5, "sun": 0.5})
    hidden = algebra.insert_chance(public, {"north": 0.5, "south": 0.5}, seen_by=())
    found = dt.Game(("A", "B"), hidden).information_sets
    assert sorted((each.player, len(each.histories)) for each in found) == [
        ("A", 2),
        ("A", 2),
        ("B", 4),
        ("B", 4),
    ]


def test_two_hidden_types_leave_each_player_its_own_and_nothing_else():
    tree = algebra.split_type(STRIKE.tree, "Defender", {"hawk": 0.5, "dove": 0.5})
    tree = algebra.split_type(tree, "Challenger", {"bold": 0.5, "timid": 0.5})
    found = STRIKE.changed(tree=tree).information_sets
    assert sorted((each.player, len(each.histories)) for each in found) == [
        ("Challenger", 2),
        ("Challenger", 2),
        ("Defender", 2),
        ("Defender", 2),
    ]


def test_what_is_grafted_cannot_be_told_from_the_true_course_but_by_its_author():
    later = move("A", rest=end("rest", 0, 0), again=end("again", 0, 0))
    labelled = move("A", {"rest": end("r", 0, 0), "again": end("a", 0, 0)}, information="later")
    for follow_up in (later, labelled):
        tree = move("A", wait=end("peace", 0, 0), strike=move("B", give=follow_up, fight=end("war", -1, -2)))
        both = algebra.graft(
            tree, "strike", "wait", lambda copy, quiet: chance(strike=(0.5, copy), calm=(0.5, quiet)), by="A"
        )
        found = dt.Game(("A", "B"), both).information_sets
        assert sorted((each.player, len(each.histories)) for each in found) == [
            ("A", 1),
            ("A", 1),
            ("A", 1),
            ("B", 2),
        ]


def test_an_attack_is_grafted_into_a_simultaneous_move_cell_by_cell():
    game = dt.Game(("A", "B"), TABLE)
    tree = algebra.graft(
        game.tree, "strike", "wait", lambda copy, quiet: chance(strike=(0.5, copy), calm=(0.5, quiet)), by="A"
    )
    grafted = game.changed(tree=tree)
    assert len(grafted.information_sets) == 2
    paths = {grafted.form.history(n): grafted.form.payoffs[n] for n, name in enumerate(grafted.form.outcome) if name}
    assert paths["wait, sit, strike"] == (1, -2)
    assert paths["wait, arm, strike"] == (-1, -1)
    assert paths["wait, arm, calm"] == (0, -1)


def test_a_shared_label_never_collides_with_one_that_is_there():
    tree = move("A", {"wait": move("B", {"go": end("x", 0, 0)}, information="B after strike"), "strike": ANSWERED})
    labels = [node.information for node, _ in walk(algebra.share_information(tree)) if hasattr(node, "information")]
    assert "B after strike" in labels
    assert "B after strike (2)" in labels
    assert dt.Game(("A", "B"), algebra.share_information(tree)).form.perfect_information


def test_expressions_take_the_place_of_parameters_in_payoffs_and_probabilities():
    p = dt.share(0.5, "chance").named("p").expression
    tree = chance(yes=(p, end("yes", 2 * p, 0)), no=(1 - p, end("no", 0, 0)))
    new = algebra.substitute(tree, {"p": 0.25})
    assert new.probabilities == (Fraction(1, 4), Fraction(3, 4))
    assert new.children[0].payoffs == (Fraction(1, 2), 0)


def test_a_mechanism_of_ones_own_takes_five_lines():
    from dataclasses import dataclass

    from deterrence.mechanisms.requirements import Number, declare

    @dataclass(frozen=True)
    class AudienceCost:
        audience_cost: Number = dt.param(7, "cost of letting a strike pass", low=0)

        def __call__(self, game):
            new = declare(self, game)
            tree = algebra.pay(game.tree, game.players, {"Defender": -new["audience_cost"]}, outcomes=["fait accompli"])
            return game.changed(tree=tree, parameters=new.parameters, mechanism=self)

    weak = STRIKE.at(war=8)
    assert dt.solve(weak)[0].outcomes["fait accompli"] == 1
    assert dt.solve(weak.under(AudienceCost()))[0].outcomes["status quo"] == 1
    assert dt.solve(weak.under(AudienceCost(1)))[0].outcomes["fait accompli"] == 1
    with pytest.raises(MechanismError, match="already has one"):
        weak.under(AudienceCost(), AudienceCost())


def test_a_tree_that_forgets_is_refused_when_the_game_is_made():
    forgetful = move("A", one=move("A", {"go": end("x", 0, 0)}, information="later"),
        two=move("A", {"go": end("y", 0, 0)}, information="later"))  # fmt: skip
    with pytest.raises(GameError, match="imperfect recall"):
        dt.Game(("A", "B"), forgetful)
