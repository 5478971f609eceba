"""Draws and choices of numbers on drawn trees: fans with their law or ends, on axes, in SVG and in LaTeX."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

import deterrence as dt
from deterrence import chance, choose, draw, end, move
from deterrence.games.tree import Draw
from deterrence.plot import plot_tree, tree_geometry
from deterrence.plot.trees.drawing import FAN_LINE
from tests.continuum_games import GAMES, audience, bargaining, bluff, inspection, nobody, shocks

GAME = pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)


def words(ax):
    return [re.sub(r"\s+", " ", text.get_text()) for text in ax.texts]


def fans(ax):
    """Return the places of the tips of the fans."""
    return [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in ax.lines
        if len(line.get_xdata()) > 4 and line.get_linewidth() == FAN_LINE
    ]


@GAME
def test_no_two_texts_of_a_tree_with_draws_and_choices_meet(game, overlaps):
    assert overlaps(plot_tree(game)) == []


def test_a_draw_and_a_choice_are_fans_with_their_law_and_ends():
    ax = plot_tree(bargaining)
    assert len(fans(ax)) == 2
    assert {"nature", "seen by Rival", "war_cost, uniform on [0, most]", "demand in [0, 1]"} <= set(words(ax))


def test_ends_stand_in_numbers_on_request_and_drawn_numbers_stay():
    written = words(plot_tree(bargaining, values=True))
    assert "war_cost, uniform on [0, 0.4]" in written
    assert {"0.4", "0.5 − war_cost", "demand", "1 − demand"} <= set(written)


def test_a_law_that_depends_on_another_number_stays_as_it_is_written():
    tree = draw(0, 1, seen_by=(), then=lambda state: draw(state, state + 1, seen_by="A", then=lambda x: end("o", x)))
    assert "x, uniform on [state, state + 1]" in words(plot_tree(dt.Game(("A",), tree), values=True))


def test_draws_that_are_alike_are_one_fan_and_a_hidden_choice_says_so():
    ax = plot_tree(shocks)
    assert len(fans(ax)) == 2
    assert "shock_wait, shock_talk and shock_act, each normal with mean 0 and standard deviation 0.5" in words(ax)
    assert "unseen by the others" in words(plot_tree(inspection))


def test_the_branches_of_chance_keep_their_probabilities_above_a_draw():
    below = draw(0, 1, seen_by="A", then=lambda x: move("A", take=end("taken", x), leave=end("left", 0)))
    written = words(plot_tree(dt.Game(("A",), chance(one=("1/4", below), two=("3/4", end("none", 0))))))
    assert {"one (0.25)", "two (0.75)", "x, uniform on [0, 1]"} <= set(written)


def test_shares_of_types_stand_on_the_tree_of_an_equilibrium():
    """Vectors, audience_costs: 7/12 of all challenge, 2/3 resist, 3/7 of those who challenged would fight."""
    ax = plot_tree(audience, bluff())
    written = words(ax)
    assert all(written.count(share) == 1 for share in ("5/12", "7/12", "1/3", "2/3", "3/7", "4/7"))


def test_what_is_not_reached_is_thin_in_an_equilibrium():
    ax = plot_tree(audience, nobody())
    heavy = [line for line in ax.lines if line.get_linewidth() > 3]
    assert len(heavy) == 3  # the two draws and the quiet branch


def test_shares_that_have_no_number_are_left_out():
    answer = replace(bluff(), behaviour=((None, None),) * 3)
    assert not any("/" in text for text in words(plot_tree(audience, answer)))
    assert "7/12" not in dt.to_latex(audience, equilibrium=answer)


def test_a_deep_tree_with_draws_is_cut_and_says_so():
    node = end("end", 0, 0)
    for k in range(120):
        node = move("AB"[k % 2], go=Draw(f"x{k}", dt.Uniform(0, 1), (), node), stop=end(f"stop {k}", k, -k))
    assert "(drawn to depth" in plot_tree(dt.Game(("A", "B"), node)).get_title(loc="left").replace("\n", " ")


@GAME
def test_the_svg_says_every_number_in_letters(game):
    root = ET.fromstring(dt.to_svg(game))
    written = " ".join(text.text for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert all(name in written for name in game.variables)
    assert game._repr_html_().count("<svg") == 1


@GAME
def test_a_page_has_places_for_fans_too(game):
    places = tree_geometry(game)
    at = {node.number: node for node in places.nodes}
    kinds = {-1 if v.player is None else game.players.index(v.player) for v in game.variables.values()}
    assert {node.fan for node in places.nodes if node.number >= game.form.size} == kinds
    assert all(node.fan is None for node in places.nodes if node.number < game.form.size)
    assert all(node.x > at[node.parent].x for node in places.nodes if node.parent is not None)
    assert sum(node.parent is None for node in places.nodes) == 1


# -- in LaTeX ------------------------------------------------------------------------------------------------


def test_numbers_are_letters_in_latex_and_laws_have_their_signs():
    text = dt.to_latex(bargaining)
    assert r"$\mathit{war\_cost} \sim \mathrm{U}[0,\, \bar{c}]$" in text
    assert r"$\mathit{demand} \in [0,\, 1]$" in text
    assert r"{}- \mathit{war\_cost}$" in text or r"- \mathit{war\_cost}$" in text
    assert text.count(r"line width=1.0bp") == 2
    assert r"\mathrm{U}[0,\, 0.4]$" in dt.to_latex(bargaining, values=True)


def test_an_equilibrium_is_marked_in_latex():
    text = dt.to_latex(audience, equilibrium=bluff())
    assert "line width=3.4bp" in text
    assert "$7/12$" in text


@pytest.mark.parametrize(
    ("law", "written"),
    [
        (dt.Normal("1/2", 3), r"$\theta \sim \mathrm{N}(0.5,\, 3^2)$"),
        (dt.Normal(0, "1/4"), r"$\theta \sim \mathrm{N}(0,\, (0.25)^2)$"),
        (dt.Exponential(2), "$\\theta$: exponential with mean $2$ above $0$"),
        (dt.Beta(2, 3), r"$\theta \sim \mathrm{Beta}(2,\, 3)$ on $[0,\, 1]$"),
        (dt.Triangular(0, 1, 2), r"$\theta$: triangular on $[0,\, 2]$ with mode $1$"),
        (dt.Logistic(0, 1), r"$\theta$: logistic with mean $0$ and scale $1$"),
        (dt.ExtremeValue(0, 1), r"$\theta$: extreme value with location $0$ and scale $1$"),
        (dt.Flat(), r"$\theta$: flat (every number as likely as every other)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, dt.Flat | dt.Uniform) else None,
)
def test_every_law_can_be_written_in_latex(law, written):
    game = dt.Game(("A",), draw(law, seen_by="A", then=lambda theta: end("o", theta)))
    assert written in dt.to_latex(game)


def test_words_for_a_number_and_many_numbers_are_written_in_latex():
    tree = choose("A", 0, 1, name="cost & benefit", then=lambda x: end("o", x))
    assert r"{\strut cost \& benefit:\\\strut $x \in [0,\, 1]$}" in dt.to_latex(dt.Game(("A",), tree))
    tree = choose("A", 0, 1, name="raid", then=lambda x: end("o", x))
    assert r"{\strut raid: $x \in [0,\, 1]$}" in dt.to_latex(dt.Game(("A",), tree))
    node = end("o", 0)
    for k in reversed(range(9)):
        node = Draw(f"x{k}", dt.Uniform(0, 1), ("A",), node)
    assert r",\, \dots,\, \mathit{x8} \sim" in dt.to_latex(dt.Game(("A",), node))
