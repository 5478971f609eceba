"""A tree as data: every text has room, and nothing stands twice in one place."""

import pytest

import deterrence as dt
from deterrence.errors import ValueKindError
from deterrence.plot import tree_geometry

HIDDEN = ("zagare2000/unilateral_deterrence", "cases/iraq_2020", "snyder1977/chicken")
KEYS = ("folklore/strike", "zagare2000/unilateral_deterrence", "cases/iraq_2020", "snyder1977/chicken")


@pytest.mark.parametrize("key", KEYS)
def test_nodes_stand_in_the_picture_right_of_their_parents(key):
    game = dt.models.load(key).game
    places = tree_geometry(game)
    at = {node.number: node for node in places.nodes}
    assert len(at) == game.form.size
    for node in places.nodes:
        assert 0 <= node.x <= places.width
        assert 0 <= node.y <= places.height
        if node.parent is not None:
            assert node.x > at[node.parent].x
            assert (
                "\n".join(node.action).replace("\n", " ")[:3]
                == game.form.labels[node.parent][game.form.branch[node.number]][:3]
            )
    assert len({(node.x, node.y) for node in places.nodes}) == len(places.nodes)


@pytest.mark.parametrize("key", HIDDEN)
def test_dashed_lines_join_the_information_sets(key):
    game = dt.models.load(key).game
    sets, met = [set(nodes) for nodes in game.form.nodes_of], []
    for members in tree_geometry(game).joined:
        assert any(set(members) <= nodes for nodes in sets)
        met += members
    assert len(met) == len(set(met))
    assert met


def test_a_large_tree_is_cut_and_says_so():
    tree = dt.end("end", 0)
    for _ in range(8):
        tree = dt.move("A", left=tree, right=tree)
    game = dt.game("A")(lambda: tree)
    places = tree_geometry(game)
    ends = [node for node in places.nodes if node.text_x is not None]
    assert len(ends) <= 150
    assert all(node.text == ("… 2 ends",) for node in ends)


def test_what_is_no_game_is_refused():
    with pytest.raises(ValueKindError, match="drawn of a Game"):
        tree_geometry("strike")
