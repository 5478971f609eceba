"""What maps of two parameters show."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from deterrence.errors import ParameterError, UnknownNameError
from deterrence.plot import plot_classes, plot_map
from deterrence.plot.maps.places import Ground, name_beside, name_region
from deterrence.plot.palette import NO_ANSWER_HATCH


def texts(ax):
    return [" ".join(text.get_text().split()) for text in ax.texts]


def hatches(ax):
    return {patch.get_hatch() for patch in ax.patches} - {None}


@pytest.mark.parametrize("draw", [plot_map, plot_classes])
def test_axes_are_returned_and_given_axes_are_used(map_sweep, draw):
    assert isinstance(draw(map_sweep), Axes)
    ax = Figure().add_subplot()
    assert draw(map_sweep, ax=ax) is ax


@pytest.mark.parametrize("draw", [plot_map, plot_classes])
def test_axes_are_labelled_by_the_parameters_meanings(map_sweep, draw):
    ax = draw(map_sweep)
    assert ax.get_xlabel().startswith("harm that retaliation does")
    assert " ".join(ax.get_ylabel().split()).startswith("gain from a strike that goes unanswered")
    assert ax.get_xlim() == (0, 20)
    assert ax.get_ylim() == (0, 20)


def test_the_colours_are_the_least_value_and_the_colour_bar_says_so(map_sweep):
    ax = plot_map(map_sweep)
    drawn = np.ma.filled(ax.collections[0].get_array(), np.nan)
    low = map_sweep.data["low"].sel(measure="probability of war").transpose("prize", "punishment")
    np.testing.assert_array_equal(drawn, low)
    bar = ax.figure.axes[1]
    assert " ".join(bar.get_ylabel().split()) == "probability of war, least over all equilibria"


def test_where_equilibria_differ_the_map_says_from_what_to_what(map_sweep):
    ax = plot_map(map_sweep)
    assert any(text.startswith("several equilibria: 0 to 0.") for text in texts(ax))
    assert "///" in hatches(ax)


def test_regions_without_equilibrium_are_hatched_and_named(map_sweep):
    for ax in (plot_map(map_sweep), plot_classes(map_sweep)):
        assert "no equilibrium" in texts(ax)
        assert NO_ANSWER_HATCH in hatches(ax)


def test_a_map_without_any_equilibrium_is_one_named_region(empty_map):
    for ax in (plot_map(empty_map), plot_classes(empty_map)):
        assert texts(ax) == ["no equilibrium"]


def test_every_region_carries_the_names_of_its_classes(map_sweep):
    written = texts(plot_classes(map_sweep))
    assert {"deterrence", "bluff", "war", "deterrence + bluff"} <= set(written)


def test_a_region_s_name_lies_inside_it(map_sweep):
    ax = plot_classes(map_sweep)
    exists = map_sweep.data["exists"]
    for text in ax.texts:
        name, at = " ".join(text.get_text().split()), text.get_position()
        if name in {"deterrence", "bluff", "war"}:
            here = exists.sel(punishment=at[0], prize=at[1], method="nearest")
            assert [str(c) for c in here["class"].values[here.values]] == [name]


def test_classes_are_renamed_and_unknown_ones_refused(map_sweep):
    assert "peace" in texts(plot_classes(map_sweep, names={"deterrence": "peace"}))
    with pytest.raises(UnknownNameError, match="Did you mean 'deterrence'"):
        plot_classes(map_sweep, names={"deterence": "peace"})


def test_a_name_beside_its_region_has_a_line_that_ends_on_the_region_and_covers_no_border():
    kinds = np.zeros((40, 40), dtype=int)
    kinds[20:, :] = 1
    kinds[:2, :3] = 2  # too small for its name
    axes = Figure(figsize=(4, 4)).add_subplot()
    edges = np.linspace(0, 1, 41)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    ground = Ground.of(axes, edges, edges)
    named = [(kinds == k, name) for k, name in enumerate(("below", "above", "a corner"))]
    unplaced = [name for mask, text in named if (name := name_region(ground, mask, text)) is not None]
    assert [name.text for name in unplaced] == ["a corner"]
    assert name_beside(ground, unplaced, [mask for mask, _ in named]) == 0
    (note,) = (text for text in axes.texts if text.get_text() == "a corner")
    assert max(note.xy) < 0.08
    FigureCanvasAgg(axes.figure).draw()
    box = Text.get_window_extent(note)  # without the line
    (left, low), (_, high) = axes.transData.inverted().transform([(box.x0, box.y0), (box.x1, box.y1)])
    assert left > 3 / 40 or low > 2 / 40
    assert not low < 0.5 < high


def test_points_of_interest_are_marked_and_named(map_sweep):
    ax = plot_classes(map_sweep, point={"the crisis": (12, 6), "the corner": (20, 20)})
    assert {"the crisis", "the corner"} <= set(texts(ax))
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines] == [(12, 6), (20, 20)]
    assert len(plot_classes(map_sweep, point=(12, 6)).lines) == 1


@pytest.mark.parametrize("size", [(6.4, 4.8), (3.2, 2.4)], ids=str)
@pytest.mark.parametrize("draw", [plot_map, plot_classes])
def test_no_two_names_meet(map_sweep, overlaps, size, draw):
    figure = Figure(figsize=size, layout="constrained")
    assert overlaps(draw(map_sweep, ax=figure.add_subplot())) == []


def test_one_of_several_measures_must_be_chosen(two_measure_map):
    with pytest.raises(ParameterError, match="A map shows one measure"):
        plot_map(two_measure_map)
    bar = plot_map(two_measure_map, "payoff of Defender").figure.axes[1]
    assert bar.get_ylabel().startswith("payoff of Defender")


@pytest.mark.parametrize("draw", [plot_map, plot_classes])
def test_a_sweep_of_another_number_of_parameters_is_refused(curve_sweep, three_parameter_sweep, draw):
    with pytest.raises(ParameterError, match=r"varies 'punishment'\. Use plot_curve"):
        draw(curve_sweep)
    with pytest.raises(ParameterError, match="the others fixed"):
        draw(three_parameter_sweep)


def test_long_names_become_letters_with_a_key_of_tints(map_sweep):
    long = "the challenger strikes; the defender, when it is struck, restrains; the third party stays out of it"
    ax = plot_classes(map_sweep, names={"bluff": long})
    assert {"A", "B"} <= set(texts(ax))
    assert "deterrence" not in texts(ax)
    (key,) = ax.figure.legends
    entries = [" ".join(text.get_text().split()) for text in key.get_texts()]
    letters = dict(entry.split(": ", 1) for entry in entries)
    assert long in letters.values()
    assert len({patch.get_facecolor() for patch in key.get_patches()}) == len(entries)
    for text in ax.texts:
        if text.get_text() in letters:
            x, y = text.get_position()
            here = map_sweep.data["exists"].sel(punishment=x, prize=y, method="nearest")
            there = [str(c) for c in here["class"].values[here.values]]
            assert letters[text.get_text()] == " + ".join(long if c == "bluff" else c for c in there)
