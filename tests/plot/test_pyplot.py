"""New figures are pyplot's, and drawings that are written out leave none behind."""

import matplotlib.pyplot as plt
import pytest

import deterrence as dt
from deterrence.plot.canvas import aside, new_figure
from deterrence.report import brief

STRIKE = dt.models.load("strike").game
WAYS = {
    "tree": lambda: dt.plot_tree(STRIKE),
    "curve": lambda: dt.sweep(STRIKE, "war", punishment=[0, 5, 10]).plot(),
    "map": lambda: dt.sweep(STRIKE, "war", punishment=[0, 5, 10], war=[0, 5]).plot(),
    "regions": lambda: dt.regions(STRIKE, punishment=(0, 10), war=(0, 5)).plot(),
    "threshold": lambda: dt.threshold(STRIKE, "war", "strike").plot(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_new_drawing_is_pyplot_s_current_figure(way, tmp_path):
    ax = WAYS[way]()
    assert plt.gcf() is ax.figure
    plt.savefig(tmp_path / "drawn.png")
    assert (tmp_path / "drawn.png").stat().st_size > 5000


def test_on_axes_given_no_figure_is_added():
    _, ax = plt.subplots()
    dt.sweep(STRIKE, "war", punishment=[0, 5, 10]).plot(ax=ax)
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize(
    "write",
    [dt.to_svg, lambda game: game._repr_html_(), brief],
    ids=["to_svg", "notebook", "brief"],
)
def test_what_is_written_out_leaves_no_figure_open(write):
    write(STRIKE)
    assert plt.get_fignums() == []


def test_drawing_aside_ends_even_after_an_error():
    with pytest.raises(ZeroDivisionError), aside():
        1 / 0  # noqa: B018
    assert plt.fignum_exists(new_figure(1, 1).number)


@pytest.fixture
def ipython_shows(monkeypatch):
    """Return a list of what is shown through IPython."""
    pytest.importorskip("IPython")
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle["image/png"]))
    return shown


def test_a_notebook_is_left_to_pyplot_s_backend(monkeypatch, ipython_shows):
    ax = WAYS["tree"]()
    ax._ipython_display_()
    assert len(ipython_shows) == 1  # Agg shows nothing by itself
    monkeypatch.setattr("matplotlib.get_backend", lambda: "module://matplotlib_inline.backend_inline")
    ax._ipython_display_()
    assert len(ipython_shows) == 1
    plt.close(ax.figure)
    ax._ipython_display_()
    assert [picture[:4] for picture in ipython_shows] == [b"\x89PNG"] * 2
