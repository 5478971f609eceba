"""The flat form of a tree: nodes numbered from the root down, in agreement with the tree itself."""

import pytest

import deterrence as dt
from deterrence.errors import GameError
from deterrence.games.tree import Chance, End, Move, children_of, labels_of
from tests.random_games import random_game

GAMES = [game for game in (random_game(seed) for seed in range(60)) if game is not None]


def depth_first(node, parent=-1, branch=-1, numbered=None):
    """Number the nodes by recursion: each before what follows it, branch by branch."""
    numbered = [] if numbered is None else numbered
    place = len(numbered)
    numbered.append((node, parent, branch))
    for k, child in enumerate(children_of(node)):
        depth_first(child, place, k, numbered)
    return numbered


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.name)
def test_each_node_stands_before_what_follows_it_branch_by_branch(game):
    form, numbered = game.form, depth_first(game.tree)
    assert form.size == len(numbered)
    for place, (node, parent, branch) in enumerate(numbered):
        assert (form.parent[place], form.branch[place]) == (parent, branch)
        assert form.labels[place] == labels_of(node)
        assert [form.parent[child] for child in form.children[place]] == [place] * len(children_of(node))
        assert [form.branch[child] for child in form.children[place]] == list(range(len(children_of(node))))
        assert form.payoffs[place] == (node.payoffs if isinstance(node, End) else ())
        assert form.probabilities[place] == (node.probabilities if isinstance(node, Chance) else ())
        assert (form.infoset_of[place] >= 0) == isinstance(node, Move)


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.name)
def test_information_sets_hold_each_move_once_and_are_numbered_as_they_are_reached(game):
    form = game.form
    moves = [place for place, h in enumerate(form.infoset_of) if h >= 0]
    assert sorted(place for places in form.nodes_of for place in places) == moves
    assert [places[0] for places in form.nodes_of] == sorted(places[0] for places in form.nodes_of)
    for h, places in enumerate(form.nodes_of):
        assert list(places) == sorted(places)
        assert {form.infoset_of[place] for place in places} == {h}
        assert {form.labels[place] for place in places} == {form.actions_of[h]}


def test_one_node_may_stand_at_several_places():
    again = dt.move("B", left=dt.end("l", 1, 2), right=dt.end("r", 2, 1))
    form = dt.Game(("A", "B"), dt.move("A", up=again, down=again)).form
    assert form.size == 7
    assert form.children == [(1, 4), (2, 3), (), (), (5, 6), (), ()]
    assert form.nodes_of == [(0,), (1,), (4,)]


def test_what_is_no_node_is_refused():
    with pytest.raises(GameError, match="A tree is made of move, chance, draw, choose, end and matrix; got 'war'"):
        dt.Game(("A",), Move("A", ("go",), ("war",)))


def test_a_very_deep_tree_is_flattened_without_recursion():
    node = dt.end("last", 0)
    for k in range(20_000):
        node = dt.move("A", stop=dt.end(f"stop {k}", k), go=node)
    form = dt.Game(("A",), node).form
    assert form.size == 40_001
    assert form.parent[-1] == form.size - 3
