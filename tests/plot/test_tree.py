"""What a drawn tree shows, and that it can be read."""

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.answers.solution import Equilibrium
from deterrence.errors import GameError, ValueKindError
from deterrence.plot import plot_tree, tree_as_html


def words(ax):
    """Return the drawn texts with line breaks undone."""
    return [re.sub(r"\s+", " ", text.get_text()) for text in ax.texts]


def test_new_axes_are_returned_on_a_figure_of_their_own(games):
    ax = plot_tree(games["strike"])
    assert isinstance(ax, Axes)
    assert ax.figure.axes == [ax]


def test_the_axes_given_are_the_axes_returned(games):
    ax = Figure().add_subplot()
    assert plot_tree(games["strike"], ax=ax) is ax


def test_every_action_outcome_and_label_is_written(sample):
    game, equilibrium = sample
    written = words(plot_tree(game, equilibrium))
    for action in game.actions:
        assert action in written
    for outcome in game.outcomes:
        assert outcome in written
    for label in game.form.label_of:
        assert label is None or label in written
    for player in game.players:
        assert player in written


def test_the_label_of_an_information_set_is_written_once(games):
    written = words(plot_tree(games["hidden"]))
    assert written.count("hawk defender") == 1
    assert written.count("dove challenger, resisted") == 1


def test_an_information_set_of_several_nodes_is_joined_by_one_dashed_line(games):
    ax = plot_tree(games["hidden"])
    dashed = [line for line in ax.lines if line.is_dashed() and len(set(line.get_xdata())) == 1]
    assert len(dashed) == 6
    assert len({line.get_xdata()[0] for line in dashed}) == 4, "the defender's two sets interleave: two lanes"


def test_payoffs_are_expressions_and_numbers_on_request(games):
    assert "prize − punishment" in words(plot_tree(games["strike"]))
    assert "−5" in words(plot_tree(games["strike"], values=True))


def test_chance_shows_its_probabilities(games):
    assert "hawk challenger (bold)" in words(plot_tree(games["hidden"]))
    assert "dove defender (1 − firm)" in words(plot_tree(games["hidden"]))
    assert "hawk challenger (0.3)" in words(plot_tree(games["hidden"], values=True))


def test_the_path_of_play_is_heavy_and_a_threat_is_between_heavy_and_thin(games):
    game = games["strike"]
    ax = plot_tree(game, dt.solve(game)[0])
    branches = [line for line in ax.lines if len(line.get_xdata()) == 3]
    written = {text.xy[1]: text.get_text() for text in reversed(ax.texts) if text.get_va() == "bottom"}
    weight = {line.get_linewidth(): written[line.get_ydata()[1]] for line in branches}
    thin, medium, heavy = sorted(weight)
    assert (weight[heavy], weight[medium]) == ("restrain", "retaliate"), "deterred by a threat"
    assert heavy > 1.5 * medium > 1.5 * 1.5 * thin
    assert sum(line.get_linewidth() == thin for line in branches) == 2


def test_mixed_actions_carry_their_probabilities(games):
    mixed = ((Fraction(2, 3), Fraction(1, 3)),) * 2
    equilibrium = Equilibrium(games["chicken"], "Nash equilibrium", mixed, (None, None))
    written = words(plot_tree(games["chicken"], equilibrium))
    assert written.count("2/3") == 3
    assert written.count("1/3") == 3


def test_no_two_texts_meet(sample, overlaps):
    game, equilibrium = sample
    assert overlaps(plot_tree(game, equilibrium)) == []


@pytest.mark.parametrize("size", [(9, 6), (4, 3)], ids=str)
def test_no_two_texts_meet_on_axes_of_any_size(sample, overlaps, size):
    game, equilibrium = sample
    ax = Figure(figsize=size).add_subplot()
    assert overlaps(plot_tree(game, equilibrium, ax=ax)) == []


def test_every_text_lies_on_its_new_figure(sample, boxes):
    game, equilibrium = sample
    ax = plot_tree(game, equilibrium)
    frame = ax.figure.bbox
    outside = [t for t, b in boxes(ax) if b.x0 < 0 or b.y0 < 0 or b.x1 > frame.x1 or b.y1 > frame.y1]
    assert outside == []


def test_a_tree_of_sixty_ends_is_drawn_whole_with_letters_of_full_size(games, overlaps):
    many = {(f"row {i}", f"column {j}"): (i, j) for i in range(6) for j in range(10)}
    game = dt.Game(("Row", "Column"), dt.matrix(many))
    ax = plot_tree(game)
    assert "drawn to depth" not in ax.get_title(loc="left")
    assert min(text.get_fontsize() for text in ax.texts) >= 9
    assert overlaps(ax) == []


def test_a_tree_too_large_is_drawn_to_a_depth_and_says_so(games):
    ax = plot_tree(games["ladder"](100))
    assert re.search(r"drawn to depth \d+ of 100", ax.get_title(loc="left"))
    assert any(re.fullmatch(r"… \d+ ends", text) for text in words(ax))


def test_on_small_axes_a_deep_tree_is_drawn_to_a_lesser_depth(games):
    ax = Figure(figsize=(6, 4)).add_subplot()
    plot_tree(games["ladder"](12), ax=ax)
    assert re.search(r"drawn to depth \d+ of 12", ax.get_title(loc="left"))
    assert min(text.get_fontsize() for text in ax.texts) >= 3.5


def test_players_differ_in_marker_as_well_as_colour(games):
    ax = plot_tree(games["proxy"])
    drawn = {(line.get_marker(), line.get_markerfacecolor()) for line in ax.lines if line.get_markersize() == 7}
    assert len({marker for marker, _ in drawn}) == 3
    assert len({colour for _, colour in drawn}) == 3


def test_a_game_that_is_a_single_end_is_drawn():
    game = dt.Game(("Only",), dt.end("nothing happens", 0))
    assert "nothing happens" in words(plot_tree(game))


def test_an_equilibrium_of_another_tree_is_refused(games):
    with pytest.raises(GameError, match="belongs to the game 'strike'"):
        plot_tree(games["chicken"], dt.solve(games["strike"])[0])


def test_what_is_no_game_is_refused():
    with pytest.raises(ValueKindError, match="drawn of a Game"):
        plot_tree("strike")


def test_the_html_holds_a_well_formed_svg_and_every_parameter(sample):
    game, _ = sample
    html = tree_as_html(game)
    root = ET.fromstring(html.replace("&nbsp;", " "))
    assert root.find("{http://www.w3.org/2000/svg}svg") is not None
    for parameter in game.parameter_list:
        assert f">{parameter.name}<" in html
        assert parameter.meaning in html
    assert "<script" not in html
    assert 'href="http' not in html


def test_the_same_game_gives_the_same_html(games):
    assert tree_as_html(games["strike"]) == tree_as_html(games["strike"])
