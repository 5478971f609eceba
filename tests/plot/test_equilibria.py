"""Equilibria drawn on their game: trees with the path of play, tables with the cells that are played."""

from dataclasses import replace

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import Rectangle

import deterrence as dt
from deterrence.answers.assessment import Free
from deterrence.errors import ParameterError
from tests.random_games import random_game

TWO = [["yield", "stand"], ["yield", "stand"]]
CHICKEN = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], actions=TWO, name="chicken")
STRIKE = dt.models.load("strike").game


def words(ax):
    return [" ".join(text.get_text().split()) for text in ax.texts]


def heavy(ax):
    """Return the payoffs that stand in cells with a heavy border."""
    cells = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_linewidth() > 1.5]
    return [tuple(text.get_text() for text in ax.texts if _within(patch, *text.get_position())) for patch in cells]


def _within(patch, x, y):
    return 0 < x - patch.get_x() < patch.get_width() and 0 < y - patch.get_y() < patch.get_height()


def test_the_cells_played_are_heavy_and_mixed_actions_carry_their_probabilities():
    for equilibrium in dt.solve(CHICKEN):
        ax = equilibrium.plot()
        played = [
            tuple(str(payoff) for payoff in CHICKEN.strategic_form().payoffs[i, j])
            for i in (0, 1)
            for j in (0, 1)
            if equilibrium.behaviour[0][i] and equilibrium.behaviour[1][j]
        ]
        assert heavy(ax) == played
        assert words(ax).count("0.5") == (4 if len(played) == 4 else 0)


def test_a_tree_is_drawn_with_its_path_and_its_name():
    ax = dt.solve(STRIKE)[0].plot()
    assert ax.get_title(loc="left") == "strike: deterrence"
    assert any("heavy: the path of play" in text for text in words(ax))
    numbers = words(dt.solve(STRIKE)[0].plot(values=True))
    assert "prize" in words(ax)
    assert "prize" not in numbers


def test_every_equilibrium_of_a_solution_is_drawn_with_its_number():
    ax = dt.solve(CHICKEN).plot()
    titles = [" ".join(panel.get_title(loc="left").split()) for panel in ax.figure.axes]
    assert titles == [f"chicken: {e.name} ({k} of 3)" for k, e in enumerate(dt.solve(CHICKEN), 1)]
    assert ax is ax.figure.axes[0]


def test_many_equilibria_are_drawn_in_part_and_the_figure_says_so():
    coordination = dt.bimatrix(*([[[1 if i == j else 0 for j in range(4)] for i in range(4)]] * 2))
    ax = dt.solve(coordination).plot()
    assert len(ax.figure.axes) == 6
    assert [text.get_text() for text in ax.figure.texts] == ["the first 6 of 15 are drawn"]


def test_a_solution_without_equilibria_shows_the_game_and_says_so():
    empty = dt.solve(CHICKEN)
    empty = type(empty)(CHICKEN, empty.method, (), "solved", complete=True)
    assert empty.plot().get_title(loc="left") == "chicken: no Nash equilibrium"


def test_one_equilibrium_is_drawn_on_the_axes_given_and_several_are_refused():
    _, ax = plt.subplots()
    assert dt.solve(STRIKE).plot(ax=ax) is ax
    with pytest.raises(ParameterError, match=r"The 3 equilibria cannot share axes. Draw one, such as solution\[0\]"):
        dt.solve(CHICKEN).plot(ax=ax)
    assert dt.solve(CHICKEN)[1].plot(ax=ax) is ax


def test_of_many_actions_those_played_are_shown():
    pay = [[1 if i == j == 19 else 0 for j in range(20)] for i in range(20)]
    ax = dt.solve(dt.bimatrix(pay, pay), dt.Nash())[-1].plot()
    assert {"row 20", "column 20", "row 1", "column 1"} <= set(words(ax))
    assert "row 13" not in words(ax)
    assert "not shown, since not played: 8 more of Row and 8 more of Column" in words(ax)


def test_one_of_infinitely_many_says_so():
    equilibrium = dt.solve(STRIKE)[0]
    free = replace(equilibrium, free_list=(Free("Defender", "probability", "retaliate", 0, 1),))
    assert free.plot().get_title(loc="left") == "strike: deterrence (one of a set)"


@pytest.mark.parametrize("size", [None, (4, 3)])
def test_no_two_texts_of_a_table_meet(overlaps, size):
    for seed in range(40):
        game = random_game(seed)
        if game is None or not (game.form.simultaneous and len(game.players) == 2):
            continue
        ax = plt.figure(figsize=size).add_subplot() if size else None
        assert overlaps(dt.solve(game, dt.Nash())[0].plot(ax=ax)) == []
        plt.close("all")
