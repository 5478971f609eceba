"""Dashed lines of information sets on drawn trees: none meets another one, and none passes through a node."""

from fractions import Fraction
from itertools import combinations, count, pairwise

import numpy as np
import pytest

import deterrence as dt
from deterrence.plot.trees.columns import joinable
from deterrence.plot.trees.labels import WIDE, label
from deterrence.plot.trees.layout import arrange
from deterrence.plot.trees.tree import readable_depth
from tests.random_games import random_game, staged_game
from tests.sample_games import hidden_game

PLAYERS = ("A", "B", "C")
CLEAR = 4.0
"""Points: less than the radius of a node's marker."""


def unordered_game(seed):
    """Return a game in which players move in an order that chance decides and nobody knows."""
    rng, number = np.random.default_rng(seed), count()

    def moves(order):
        if not order:
            return dt.end(f"end {next(number)}", 1, 2, 3)
        first, *rest = order
        return dt.move(first, {"l": moves(rest), "r": moves(rest if rng.random() < 0.7 else [])}, information=first)

    @dt.game(*PLAYERS, name=f"unordered {seed}")
    def unordered():
        """Move without knowing who moved before."""
        orders = [[str(p) for p in rng.permutation(PLAYERS)[: rng.integers(2, 4)]] for _ in range(rng.integers(2, 4))]
        return dt.chance({f"order {k}": (Fraction(1, len(orders)), moves(order)) for k, order in enumerate(orders)})

    return unordered


def lines(game):
    """Return the layout of a game's tree, and each joined set with the points that its line runs through."""
    labels = label(game, None, readable_depth(game.form), values=False, wraps=WIDE)
    layout = arrange(labels)
    drawn = []
    for members in labels.joined:
        corners = sorted(((layout.x[node], layout.y[node]) for node in members), key=lambda place: place[1])
        drawn.append((members, np.concatenate([np.linspace(a, b, 100) for a, b in pairwise(corners)])))
    return labels, layout, drawn


MAKERS = {"unordered": unordered_game, "random": random_game, "staged": staged_game, "hidden": hidden_game}


@pytest.mark.parametrize("maker", MAKERS)
def test_no_line_meets_another_one_or_passes_through_a_node(maker):
    for game in filter(None, map(MAKERS[maker], range(25))):
        labels, layout, drawn = lines(game)
        for (_, one), (_, other) in combinations(drawn, 2):
            assert np.linalg.norm(one[:, None] - other[None], axis=2).min() > CLEAR, game.name
        for members, line in drawn:
            others = [(layout.x[node], layout.y[node]) for node in labels.nodes if node not in members]
            assert np.linalg.norm(line[:, None] - np.array(others)[None], axis=2).min() > CLEAR, game.name


def test_sets_that_stand_below_each_other_are_joined_but_for_one_whose_nodes_carry_its_name():
    game = unordered_game(0)
    sets = [tuple(members) for members in game.form.nodes_of if len(members) > 1]
    joined = joinable(game.form.parent, sets)
    assert 0 < len(joined) < len(sets)
    names = [text.get_text() for text in dt.plot_tree(game).texts]
    for members, player in zip(game.form.nodes_of, game.form.player_of, strict=True):
        written = names.count(game.players[player]) - 1  # one above the payoffs
        assert written == (1 if tuple(members) in joined or len(members) == 1 else len(members))


def test_lines_are_upright():
    for seed in range(10):
        for _, line in lines(unordered_game(seed))[2]:
            assert np.ptp(line[:, 0]) == 0
