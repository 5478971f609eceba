"""Shocks to payoffs: where they stand in the tree, who sees them, and what they come to."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

import deterrence as dt
from deterrence import chance, choose, end, matrix, models, move, param
from deterrence.errors import MechanismError, ParameterError
from deterrence.games.tree import Draw
from deterrence.mechanisms import Factions, Hidden, Shocks

STRIKE = models.load("folklore/strike").game


def numbers_above(game, name):
    """Return the numbers that the player of an information set knows there."""
    form = game.form
    h = form.set_number[name]
    player = form.players[form.player_of[h]]
    known = {
        tuple(form.variables[k].name for k in form.variables_above[n] if player in form.variables[k].known_to)
        for n in form.nodes_of[h]
    }
    assert len(known) == 1
    return known.pop()


def test_each_action_has_a_shock_that_the_mover_alone_sees_and_has_at_all_ends_below():
    game = STRIKE.under(Shocks("normal"))
    assert {name: number.known_to for name, number in game.variables.items()} == {
        "shock_challenger_restrain": ("Challenger",),
        "shock_challenger_strike": ("Challenger",),
        "shock_defender_restrain": ("Defender",),
        "shock_defender_retaliate": ("Defender",),
    }
    shown = {game.form.outcome[n]: tuple(map(str, row)) for n, row in enumerate(game.form.payoffs) if row}
    assert shown == {
        "status quo": ("shock_challenger_restrain", "0"),
        "fait accompli": ("prize + shock_challenger_strike", "-loss + shock_defender_restrain"),
        "war": ("prize - punishment + shock_challenger_strike", "shock_defender_retaliate - war"),
    }
    assert numbers_above(game, "Defender") == ("shock_defender_restrain", "shock_defender_retaliate")


def test_each_player_and_outcome_has_a_shock_at_the_root():
    game = STRIKE.under(Shocks("logistic", on="outcomes", players="Defender", spread=2))
    assert list(game.variables) == [
        "shock_defender_status_quo",
        "shock_defender_fait_accompli",
        "shock_defender_war",
    ]
    assert all(number.node == 0 and number.known_to == ("Defender",) for number in game.variables.values())
    assert all(str(number.law) == "logistic with mean 0 and scale spread" for number in game.variables.values())
    assert game.values["spread"] == 2
    war = game.form.outcome.index("war")
    assert str(game.form.payoffs[war][1]) == "shock_defender_war - war"
    assert str(game.form.payoffs[war][0]) == "prize - punishment"


def test_ends_of_one_outcome_share_its_shock():
    tree = move("A", up=end("same", 1), down=end("same", 2), out=end("other", 0))
    game = dt.Game(("A",), tree).under(Shocks("normal", on="outcomes"))
    assert [str(row[0]) for row in game.form.payoffs if row] == [
        "shock_a_same + 1",
        "shock_a_same + 2",
        "shock_a_other",
    ]


def share_of(finite, action, player):
    """Return in how large a share of its types a player who moves last prefers an action, by going through them."""
    form, payoffs = finite.form, finite.numbers[0]
    taken = total = Fraction(0)
    for h, nodes in enumerate(form.nodes_of):
        if form.players[form.player_of[h]] != player:
            continue
        worth = {a: payoffs[form.children[nodes[0]][k]][form.player_of[h]] for k, a in enumerate(form.actions_of[h])}
        taken += max(worth, key=worth.get) == action
        total += 1
    return float(taken / total)


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("normal", stats.norm.cdf(1 / (2 * np.sqrt(2)))),  # the difference of two shocks is normal
        ("extreme value", 1 / (1 + np.exp(-1 / 2))),  # and here logistic: logit
    ],
)
@pytest.mark.parametrize("on", ["actions", "outcomes"])
def test_the_last_mover_chooses_as_in_probit_and_logit(law, expected, on):
    """At loss - war = 1 and spread 2; on the grid up to the share of one type in twenty."""
    game = STRIKE.at(war=5, loss=6).under(Shocks(law, on=on, players="Defender", spread=2))
    first, second = list(game.variables)[-2:]
    others = dict.fromkeys(set(game.variables) - {first, second}, 1)
    finite = game.on_grid(**{first: 20, second: 20}, **others)
    assert abs(share_of(finite, "retaliate", "Defender") - expected) < 0.02


def test_shocks_of_those_who_do_not_see_each_other_stand_above_the_whole_matrix():
    @dt.game("Row", "Column")
    def meeting():
        """Meet at the same time."""
        return matrix(
            {
                ("a", "c"): end("1", 1, 0),
                ("a", "d"): end("2", 0, 1),
                ("b", "c"): end("3", 0, 1),
                ("b", "d"): end("4", 1, 0),
            }
        )

    game = meeting.under(Shocks("normal"))
    assert all(number.node == 0 for number in game.variables.values())
    assert numbers_above(game, "Column") == ("shock_column_c", "shock_column_d")
    assert len(game.information_sets) == 2
    assert game.known(dict.fromkeys(game.variables, 0)).numbers == meeting.numbers


def test_shocks_at_a_set_of_several_nodes_stand_above_the_last_node_on_the_way_to_all():
    game = STRIKE.under(Factions("Challenger", outcomes="war"), Shocks("normal", players="Defender"))
    assert [number.node for number in game.variables.values()] == [0, 0]
    assert game.form.labels[0] == ("hawk", "dove")
    assert numbers_above(game, "Defender after strike") == ("shock_defender_restrain", "shock_defender_retaliate")
    alone = STRIKE.under(Factions("Challenger", outcomes="war"), Shocks("normal", players="Challenger"))
    assert list(alone.variables) == [
        "shock_challenger_restrain",
        "shock_challenger_strike",
        "shock_challenger_restrain_2",
        "shock_challenger_strike_2",
    ]


def test_a_matrix_in_which_one_player_has_one_action_keeps_together():
    game = dt.Game(("A", "B"), matrix({("wait", "x"): end("1", 0, 1), ("wait", "y"): end("2", 0, 2)})).under(
        Shocks("normal", players="B")
    )
    assert isinstance(game.writing.tree, Draw)
    assert [number.node for number in game.variables.values()] == [0, 0]


def twice(between):
    def later(name):
        last = move("B", x=end(f"x {name}", 0), y=end(f"y {name}", 1), information="later")
        return between(last)

    return dt.Game(("B",), chance(rain=("1/2", later("rain")), sun=("1/2", later("sun"))), name="twice")


def test_shocks_that_a_player_would_know_before_an_earlier_move_are_drawn_at_each_node():
    moved = twice(lambda last: move("B", go=last, stop=end("stop", 0), information="earlier")).under(Shocks("normal"))
    assert numbers_above(moved, "earlier") == ("shock_b_go", "shock_b_stop")
    later = ("shock_b_x", "shock_b_y")
    assert numbers_above(moved, "later") == ("shock_b_go", "shock_b_stop", *later)
    assert [number.name for number in moved.form.variables] == ["shock_b_go", "shock_b_stop", *later, *later]
    finite = moved.on_grid(**dict.fromkeys(moved.variables, 2))
    # Four pairs of values are told apart at the first set, sixteen quadruples at the second; rain and sun are not.
    assert sorted(len(nodes) for nodes in finite.form.nodes_of) == [2] * 20


def test_a_player_foresees_at_its_first_move_that_it_will_choose_well_at_the_second():
    """The best of two is worth 1/2 + 1/sqrt(pi) on average, under two standard normal shocks."""

    def later(x):
        last = move("B", x=end("x", x), y=end("y", 0.5), information="later")
        return move("B", go=last, stop=end("stop", 0), information="earlier")

    game = dt.Game(("B",), chance(rain=("1/2", later(1)), sun=("1/2", later(0)))).under(Shocks("normal"))
    (equilibrium,) = dt.solve(game)
    assert equilibrium.probability("go") == pytest.approx(stats.norm.cdf((0.5 + 1 / np.sqrt(np.pi)) / np.sqrt(2)))
    assert equilibrium.probability("x") == pytest.approx(equilibrium.probability("go") / 2)


def test_shocks_and_a_hidden_parameter_go_together():
    """Striking is worth 4 - 9 * 6/10 on average, and the difference of two shocks is normal."""
    game = STRIKE.under(Hidden("war", "Defender", low=0, high=10), Shocks("normal", players="Challenger"))
    (equilibrium,) = dt.solve(game)
    assert equilibrium.probability("strike") == pytest.approx(stats.norm.cdf((4 - 5.4) / np.sqrt(2)))


def test_shocks_after_a_number_that_the_player_chose_are_drawn_at_each_node():
    chosen = twice(lambda last: choose("B", 0, 1, information="earlier", then=lambda effort: last)).under(
        Shocks("normal")
    )
    assert numbers_above(chosen, "later") == ("effort", "shock_b_x", "shock_b_y")
    assert len(chosen.form.variables) == 6


def test_shocks_below_a_number_that_the_player_chose_come_after_it():
    game = dt.Game(
        ("B",), choose("B", 0, 1, then=lambda effort: move("B", go=end("gone", effort), stay=end("calm", 0)))
    ).under(Shocks("normal"))
    assert [number.name for number in game.form.variables] == ["effort", "shock_b_go", "shock_b_stay"]


def test_a_set_with_one_action_has_no_shock():
    assert not dt.Game(("B",), move("B", go=end("gone", 1))).under(Shocks("normal")).has_continuum


def test_known_to_be_nothing_the_shocks_are_gone():
    for on in ("actions", "outcomes"):
        game = STRIKE.under(Shocks("extreme value", on=on))
        plain = game.known(dict.fromkeys(game.variables, 0))
        assert plain.numbers == STRIKE.numbers
        assert plain.parameters == STRIKE.parameters


def test_names_that_are_taken_are_left_alone():
    game = dt.Game(
        ("B",),
        move("B", go=end("gone", param(1, "x").named("shock_b_go").expression), stay=end("calm", 0)),
        (param(1, "x").named("shock_b_go"),),
    )
    assert list(game.under(Shocks("normal")).variables) == ["shock_b_go_2", "shock_b_stay"]
    assert list(game.under(Shocks("normal", prefix="late")).variables) == ["late_shock_b_go", "late_shock_b_stay"]


def test_words_that_mean_nothing_here_are_refused():
    with pytest.raises(MechanismError, match="law='normal' or 'logistic' or 'extreme value'; got 'cauchy'"):
        Shocks("cauchy")
    with pytest.raises(MechanismError, match="on='actions' or 'outcomes'; got 'players'"):
        Shocks("normal", on="players")
    with pytest.raises(MechanismError, match="'Defendr', who is not a player"):
        STRIKE.under(Shocks("normal", players=("Challenger", "Defendr")))
    with pytest.raises(MechanismError, match="adds a parameter called 'spread'"):
        STRIKE.under(Shocks("normal", players="Challenger"), Shocks("normal", players="Defender"))
    with pytest.raises(ParameterError, match="assumes 0 < spread"):
        STRIKE.under(Shocks("normal", spread=0))


@pytest.mark.slow
@pytest.mark.parametrize("on", ["actions", "outcomes"])
def test_shocks_of_nothing_leave_the_models_of_the_catalogue_as_they_are(on):
    done = 0
    for name in models.names()[::5]:
        game = models.load(name).game
        if not isinstance(game, dt.Game):
            continue
        shaken = game.under(Shocks("normal", on=on, prefix="noise"))
        plain = shaken.known(dict.fromkeys(shaken.variables, 0))
        assert plain.numbers == game.numbers
        assert plain.information_sets == game.information_sets
        for name_of_set in game.form.set_names:
            numbers_above(shaken, name_of_set)
        done += 1
    assert done > 5
