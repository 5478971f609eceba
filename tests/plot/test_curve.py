"""What the curves of a sweep show."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from deterrence.errors import ParameterError, UnknownNameError
from deterrence.plot import plot_curve
from deterrence.plot.line_names import NamedLine, apart, name_along


def thick(ax):
    return [line for line in ax.lines if line.get_linewidth() == 2.0]


def texts(ax):
    return [" ".join(text.get_text().split()) for text in ax.texts]


def test_axes_are_returned_and_given_axes_are_used(curve_sweep):
    assert isinstance(plot_curve(curve_sweep), Axes)
    ax = Figure().add_subplot()
    assert plot_curve(curve_sweep, ax=ax) is ax


def test_the_axes_are_labelled_by_the_parameter_s_meaning_and_the_measure(curve_sweep):
    ax = plot_curve(curve_sweep)
    assert ax.get_xlabel().split("  ") == ["harm that retaliation does", "$p$"]
    assert ax.get_ylabel() == "probability of war"


def test_low_and_high_are_drawn_with_the_band_between_them(curve_sweep):
    ax = plot_curve(curve_sweep)
    low, high = (line.get_ydata() for line in thick(ax))
    xs = thick(ax)[0].get_xdata()
    at_ten = np.flatnonzero(xs == 10.0)
    assert low[at_ten] == pytest.approx(0.0)
    assert high[at_ten] == pytest.approx(0.95)
    at_two = np.flatnonzero(xs == 2.0)
    assert low[at_two] == high[at_two] == pytest.approx(0.3)
    assert len(ax.collections) == 1


def test_a_jump_is_upright_and_half_way_between_its_points(curve_sweep):
    low = thick(plot_curve(curve_sweep))[0]
    xs, ys = low.get_xdata(), low.get_ydata()
    upright = np.flatnonzero(np.isclose(np.diff(xs), 0) & (np.abs(np.diff(ys)) > 0.1))
    assert xs[upright] == pytest.approx([6.25, 13.75][: len(upright)])


def test_points_without_equilibrium_are_hatched_and_named(curve_sweep):
    ax = plot_curve(curve_sweep)
    assert "no equilibrium" in texts(ax)
    (span,) = [patch for patch in ax.patches if patch.get_hatch()]
    assert span.get_extents().transformed(ax.transData.inverted()).x0 == pytest.approx(15.75)


def test_points_whose_measure_is_undefined_are_named_otherwise(curve_sweep):
    curve_sweep.data["count"][:] = 1
    assert "no answer" in texts(plot_curve(curve_sweep))


def test_classes_are_thin_lines_with_their_names(curve_sweep):
    ax = plot_curve(curve_sweep)
    assert {"bluff", "war", "deterrence"} <= set(texts(ax))
    assert sum(line.get_linewidth() < 1 for line in ax.lines) == 3


def test_several_probabilities_share_axes_and_are_named_at_their_ends(many_sweep):
    ax = plot_curve(many_sweep)
    assert ax.get_ylabel() == "probability"
    named = {" ".join(text.get_text().split()): to_rgb(text.get_color()) for text in ax.texts}
    assert named.keys() >= {"probability of war", "probability of status quo"}
    drawn = {to_rgb(line.get_color()): line.get_linestyle() for line in thick(ax)}
    assert {named["probability of war"], named["probability of status quo"]} == drawn.keys()
    assert len(set(drawn.values())) == 2, "lines differ in dashes too"


def test_measures_of_several_kinds_get_axes_of_their_own(mixed_sweep):
    ax = plot_curve(mixed_sweep)
    assert [panel.get_ylabel() for panel in ax.figure.axes] == ["probability", "payoff of Defender"]
    with pytest.raises(ParameterError, match="cannot share axes"):
        plot_curve(mixed_sweep, ax=Figure().add_subplot())


def test_a_measure_is_chosen_by_name(mixed_sweep):
    assert plot_curve(mixed_sweep, "payoff of Defender").get_ylabel() == "payoff of Defender"
    with pytest.raises(UnknownNameError, match="Did you mean 'probability of war'"):
        plot_curve(mixed_sweep, "probability of wars")


@pytest.mark.parametrize("layout", [None, "constrained"])
@pytest.mark.parametrize("size", [(6.4, 4.8), (3.2, 2.4)], ids=str)
def test_no_two_names_meet(many_sweep, curve_sweep, overlaps, size, layout):
    for sweep in (many_sweep, curve_sweep):
        assert overlaps(plot_curve(sweep, ax=Figure(figsize=size, layout=layout).add_subplot())) == []


def test_a_sweep_of_two_parameters_is_refused(map_sweep):
    with pytest.raises(ParameterError, match=r"varies 'punishment', 'prize'\. Use plot_map"):
        plot_curve(map_sweep)


def test_names_that_crowd_are_moved_apart_and_no_farther():
    assert apart([10, 50], [12, 12], 100) == [10, 50]
    crowded = apart([3, 4, 5], [12, 12, 12], 100)
    assert crowded == pytest.approx([6, 18, 30])


def test_a_name_stands_over_its_own_line_alone():
    ax = Figure(figsize=(6, 4)).add_subplot()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    nowhere = float("nan")
    xs = np.array([0.0, 0.3, 0.3, 0.7, 0.7, 1.0])
    lines = [
        NamedLine("in the middle of it", np.array([0.35, 0.65]), np.array([0.2, 0.2])),
        NamedLine("at both of the ends", xs, np.array([0.8, 0.8, nowhere, nowhere, 0.8, 0.8])),
    ]
    assert name_along(ax, lines, []) == []
    for text, spans in zip(ax.texts, [[(0.35, 0.65)], [(0, 0.3), (0.7, 1)]], strict=True):
        box = text.get_window_extent().transformed(ax.transData.inverted())
        assert any(low - 0.02 <= box.x0 and box.x1 <= high + 0.02 for low, high in spans)


def test_a_name_longer_than_its_line_is_wrapped_and_written_all_the_same():
    ax = Figure(figsize=(6, 4)).add_subplot()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    short = NamedLine("a name of many words for a short line", np.array([0.4, 0.5]), np.array([0.5, 0.5]))
    assert name_along(ax, [short], []) == []
    assert "\n" in ax.texts[0].get_text()
