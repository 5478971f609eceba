"""Grids in chunks and work by executors give what one machine gives alone, and say what they leave open."""

import concurrent.futures
import pickle
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence import matrix, param
from deterrence import progress as _progress
from deterrence.analysis.sensitivity import sensitivity
from deterrence.errors import MethodError, ParameterError
from deterrence.grid import pointwise as _pointwise
from deterrence.grid.points import BLOCK, Cloud, Grid
from tests.sample_games import alarm_only, attribution, strike, unilateral

TENTHS = np.linspace(0, 1, 11)


@dt.game("Row", "Column")
def chicken(
    win=param(3, "gain from daring alone", low=0, high=20),
    crash=param(5, "harm when both dare", low=-1, high=20),
):
    """Swerve or dare; whoever swerves alone loses 1."""
    return matrix(
        {
            ("swerve", "swerve"): (0, 0),
            ("swerve", "dare"): (-1, win),
            ("dare", "swerve"): (win, -1),
            ("dare", "dare"): (-crash, -crash),
        }
    )


def harm(equilibrium):
    return 6 * equilibrium.probability("fait accompli") + 3 * equilibrium.probability("war")


def same(one, other, names=("low", "high", "count", "masked")):
    """Tell what differs beside points on boundaries that one of the answers leaves open."""
    left = other.data["boundary"].values
    for name in names:
        a, b = one.data[name].values, other.data[name].values
        if name == "count":
            a, b = a[~left], b[~left]
        np.testing.assert_allclose(a, b, atol=1e-12)


# -- chunks ------------------------------------------------------------------------------------------------------

GRIDS = {
    "a tie on the grid": (
        strike,
        ["war", dt.payoff("Defender")],
        {"war": [-5, 0, 6, 6.1, 20], "prize": range(0, 21, 4)},
        3,
    ),
    "assumptions": (unilateral, ["conflict"], {"gain": [0, 0.5, 0.6, 1], "peace": [0.05, 0.1, 0.5]}, {"gain": 2}),
    "certainty": (alarm_only, ["retaliate"], {"detection": [0.15, 0.2, 0.35, 0.5, 1]}, 2),
    "a matrix game": (chicken, [], {"win": np.linspace(0, 2, 21), "crash": np.linspace(-1, 20, 22)}, "auto"),
}


@pytest.mark.parametrize(("game", "measures", "axes", "chunks"), GRIDS.values(), ids=GRIDS)
def test_chunks_give_what_the_whole_grid_gives(game, measures, axes, chunks):
    whole = dt.sweep(game, *measures, **axes)
    lazy = dt.sweep(game, *measures, chunks=chunks, **axes)
    assert lazy.lazy
    assert not lazy.complete
    loaded = lazy.load()
    assert loaded.complete, loaded.status
    assert not loaded.lazy
    same(whole, loaded)
    for name in whole.data["class"].values:
        if name in loaded.data["class"].values:
            exists = loaded.data["exists"].sel({"class": name}) | loaded.data["boundary"]
            np.testing.assert_array_equal(whole.data["exists"].sel({"class": name}) | loaded.data["boundary"], exists)


def test_on_boundaries_chunks_give_the_exact_range():
    """At detection = false_alarm = 0 and 1 formulas divide by zero; every such point is solved in its chunk."""
    axes = {"detection": TENTHS[::5], "false_alarm": TENTHS[::5]}
    loaded = dt.sweep(attribution, "retaliation", chunks=2, **axes).load()
    for i, j in np.ndindex(3, 3):
        here = attribution.at({"detection": float(TENTHS[5 * i]), "false_alarm": float(TENTHS[5 * j])})
        numbers = [float(one.probability("retaliation")) for e in dt.solve(here) for one in (e, *e.extremes)]
        assert float(loaded.data["low"][0, i, j]) == pytest.approx(min(numbers))
        assert float(loaded.data["high"][0, i, j]) == pytest.approx(max(numbers))


def test_the_chunks_are_those_asked_for():
    data = dt.sweep(chicken, "dare, dare", chunks={"win": 4}, win=range(1, 11), crash=range(1, 6)).data
    assert data["high"].chunks == ((1,), (4, 4, 2), (5,))
    assert data["count"].chunks == ((4, 4, 2), (5,))


def test_a_reduction_over_chunks_is_right_by_hand():
    """In the mixed equilibrium each dares with probability win/(win + crash - 1), and Row gets minus that."""
    win, crash = np.linspace(1, 20, 40), np.linspace(2, 20, 30)
    lazy = dt.sweep(chicken, dt.payoff("Row"), chunks=16, win=win, crash=crash)
    mixed = -win[:, None] / (win[:, None] + crash - 1)
    (name,) = (name for name in lazy.data["class"].values if name.startswith("Row: mix of swerve and dare"))
    found = lazy.data["value"].sel({"class": name}).mean()
    assert float(found.compute()) == pytest.approx(mixed.mean())
    assert float(lazy.data["high"].max().compute()) == 20
    assert float(lazy.data["low"].min().compute()) == -1


def test_a_class_that_the_first_look_missed_is_not_lost(monkeypatch):
    """With nothing learnt beforehand all classes stand in the last row, and the ranges are the same."""
    from deterrence.grid.cover import Cover

    axes = {"win": np.linspace(0.1, 2, 9), "crash": np.linspace(1.5, 20, 8)}
    whole = dt.sweep(chicken, **axes)
    monkeypatch.setattr(Cover, "survey", lambda self: None)
    loaded = dt.sweep(chicken, chunks=4, **axes).load()
    assert loaded.data["class"].values.tolist() == ["any other class"]
    same(whole, loaded)


def test_a_concept_without_closed_forms_and_a_callable_are_answered_in_chunks_too():
    for measure, method in ((harm, None), ("war", dt.Quantal(rationality=2))):
        axes = {"war": [3, 6, 8], "prize": [4, 9]}
        whole = dt.sweep(strike, measure, method=method, **axes)
        same(whole, dt.sweep(strike, measure, method=method, chunks=2, **axes).load())


def test_a_lazy_sweep_reads_as_sentences_without_being_evaluated():
    lazy = dt.sweep(chicken, "dare, dare", chunks=2, win=[1, 2, 3])
    assert "each chunk confirms its own regions when it is evaluated" in str(lazy)
    assert str(lazy).endswith("Its numbers are computed when they are asked for; .load() brings all of them.")
    assert "runs from" in str(lazy.load())


def test_loading_tells_the_share_done():
    told = []
    dt.sweep(chicken, "dare, dare", chunks=2, win=range(1, 9)).load(progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_search_cut_short_leaves_points_unconfirmed_here_and_in_chunks_and_again():
    for _ in range(2):
        whole = dt.sweep(alarm_only, "strike", method=dt.PerfectBayesian(limit=1), detection=[0.2, 0.5])
        assert not whole.complete
        assert "the search stopped at its limit" in whole.status
    lazy = dt.sweep(alarm_only, "strike", method=dt.PerfectBayesian(limit=1), chunks=1, detection=[0.2, 0.5])
    loaded = lazy.load()
    assert loaded.data["unconfirmed"].values.all()
    assert not loaded.complete
    assert loaded.status == "other classes may exist at 2 points"


WRONG_CHUNKS = {
    "an unknown axis": ({"wni": 3}, "chunks names 'wni', which is no axis of the sweep.*Did you mean 'win'"),
    "nothing": (0, "chunks=0 for the axis 'win' is no size"),
    "half a value": (2.5, "chunks=2.5 for the axis 'win' is no size"),
    "a word": ("few", "chunks='few' for the axis 'win' is no size"),
    "a truth value": (True, "chunks=True for the axis 'win' is no size"),
}


@pytest.mark.parametrize(("chunks", "sentence"), WRONG_CHUNKS.values(), ids=WRONG_CHUNKS)
def test_wrong_chunks_are_refused(chunks, sentence):
    with pytest.raises(ParameterError, match=sentence):
        dt.sweep(chicken, chunks=chunks, win=[1, 2])


def test_chunks_take_no_selection_and_no_executor():
    for more in ({"select": "risk-dominant"}, {"executor": concurrent.futures.ThreadPoolExecutor(1)}):
        with pytest.raises(ParameterError, match=r"cannot be given here, since chunks= evaluates each chunk"):
            dt.sweep(chicken, chunks=2, win=[1, 2], **more)


def test_without_dask_the_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask.array", None)
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(MethodError, match=r'pip install "deterrence\[distributed\]"'):
        dt.sweep(chicken, chunks=2, win=[1, 2])


@pytest.mark.slow
def test_a_cluster_of_processes_gives_the_same():
    from distributed import Client, LocalCluster

    axes = {"win": np.linspace(0.1, 2, 41), "crash": np.linspace(-1, 20, 43)}
    whole = dt.sweep(chicken, **axes)
    lazy = dt.sweep(chicken, chunks=16, **axes)
    points = {"war": [3, 6, 8], "prize": [4, 9]}
    told = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        same(whole, lazy.load(progress=told.append))
        assert float(lazy.data["high"].max().compute()) == float(whole.data["high"].max())
        serial = dt.sweep(strike, harm, **points)
        remote = dt.sweep(strike, harm, executor=client.get_executor(), **points)
    np.testing.assert_array_equal(serial.data["high"], remote.data["high"])
    assert told[-1] == 1


@pytest.mark.slow
def test_a_reduction_over_ten_million_points_takes_bounded_memory():
    """All ranges would take 160 MB beside the 200 or so that Python, SymPy and Dask take."""
    script = """
import resource, numpy as np, deterrence as dt
from tests.grid.test_chunks import chicken
from deterrence import payoff
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
lazy = dt.sweep(chicken, payoff("Row"), chunks=500, win=np.linspace(1, 20, 2500), crash=np.linspace(2, 20, 4000))
import dask
with dask.config.set(scheduler="synchronous"):
    print(float(lazy.data["high"].max().compute()))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    greatest, grown = map(float, done.stdout.split())
    assert greatest == 20
    assert grown < 150


# -- executors ----------------------------------------------------------------------------------------------------

POOLS = {
    "threads": concurrent.futures.ThreadPoolExecutor,
    "processes": concurrent.futures.ProcessPoolExecutor,
}
POINTWISE = {"a callable": (harm, None), "a concept without closed forms": ("war", dt.Quantal(rationality=2))}


@pytest.mark.parametrize(("measure", "method"), POINTWISE.values(), ids=POINTWISE)
def test_threads_give_the_same_as_one_after_the_other(measure, method):
    axes = {"war": [3, 6, 8], "prize": [4, 9, 12]}
    serial = dt.sweep(strike, measure, method=method, **axes)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        parallel = dt.sweep(strike, measure, method=method, executor=pool, **axes)
    assert serial.data.identical(parallel.data)
    assert serial.status == parallel.status


@pytest.mark.slow
def test_processes_give_the_same_as_one_after_the_other():
    axes = {"war": [3, 6, 8], "prize": [4, 9, 12]}
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        for measure, method in POINTWISE.values():
            serial = dt.sweep(strike, measure, method=method, **axes)
            assert serial.data.identical(dt.sweep(strike, measure, method=method, executor=pool, **axes).data)


def test_points_where_formulas_divide_by_zero_go_to_the_executor_too():
    axes = {"detection": TENTHS[::2], "false_alarm": TENTHS[::2]}
    serial = dt.sweep(attribution, "retaliation", **axes)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        assert serial.data.identical(dt.sweep(attribution, "retaliation", executor=pool, **axes).data)


def test_a_measure_that_does_not_pickle_is_refused_with_a_sentence():
    sentence = "Define the measure or method in a module, with def and not lambda"
    with concurrent.futures.ProcessPoolExecutor(1) as pool, pytest.raises(MethodError, match=sentence):
        dt.sweep(strike, lambda equilibrium: 1, executor=pool, war=[3, 8])


def test_a_measure_that_fails_says_so_and_not_that_it_cannot_be_sent():
    def wrong(equilibrium):
        raise TypeError("no such thing")

    with concurrent.futures.ThreadPoolExecutor(1) as pool, pytest.raises(TypeError, match="no such thing"):
        dt.sweep(strike, wrong, executor=pool, war=[3, 8])


def test_what_is_no_executor_is_refused():
    with pytest.raises(ParameterError, match=r"executor=4 is none\. Give a concurrent\.futures executor"):
        dt.sweep(strike, harm, executor=4, war=[3])


def test_a_sensitivity_by_an_executor_is_the_same():
    serial = sensitivity(strike, harm, parameters=["war", "prize"], n=16)
    told = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        parallel = sensitivity(strike, harm, parameters=["war", "prize"], n=16, executor=pool, progress=told.append)
    np.testing.assert_array_equal(serial.sample, parallel.sample)
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_solver_that_is_sent_away_pickles():
    solver = _pointwise.PointSolver(strike, dt.SubgamePerfect(), ("war",), (dt.probability("war"),))
    found = pickle.loads(pickle.dumps(solver))([(3,), (8,)])
    assert [len(some) for some in found.equilibria] == [1, 1]


# -- progress ---------------------------------------------------------------------------------------------------------


def test_progress_never_falls_and_ends_at_one():
    for measure in ("war", harm):
        told = []
        dt.sweep(strike, measure, progress=told.append, war=range(1, 9), prize=range(1, 9))
        assert told == sorted(told)
        assert told[-1] == 1


def test_a_bar_is_shown_on_standard_error_only_when_it_takes_long(monkeypatch, capsys):
    dt.sweep(strike, "war", progress=True, war=[3, 8])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(_progress, "PATIENCE", -1.0)
    dt.sweep(strike, "war", progress=True, war=[3, 8])
    shown = capsys.readouterr()
    assert "Sweep of strike" in shown.err
    assert shown.out == ""


def test_what_cannot_be_told_is_refused():
    with pytest.raises(ParameterError, match="progress=3 cannot be told anything"):
        dt.sweep(strike, "war", progress=3, war=[3])


# -- the grid as a value ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(7,), (3, 5), (2, 3, 4), (600, 3), (3, 700), (2, 80000), (80000, 2), (1, 1)])
def test_every_point_of_a_grid_is_in_one_block_with_its_values(shape):
    axes = [range(10 * k, 10 * k + n) for k, n in enumerate(shape)]
    grid = Grid(axes)
    expected = [values.reshape(-1) for values in np.meshgrid(*axes, indexing="ij")]
    seen = np.zeros(len(grid), dtype=int)
    for block in grid.blocks():
        size = block.shape[0] * block.shape[1]
        assert 0 < size <= BLOCK
        assert block.places.stop - block.places.start == size
        seen[block.places] += 1
        for column, values in zip(block.columns, expected, strict=True):
            inside = values[block.places].reshape(block.shape)
            np.testing.assert_array_equal(np.broadcast_to(column, block.shape), inside)
    assert (seen == 1).all()
    assert grid[len(grid) - 1] == tuple(values[-1] for values in axes)


def test_a_thinned_grid_keeps_its_ends_and_knows_its_numbers():
    grid = Grid([range(1000), range(500)])
    part, numbers = grid.thinned()
    assert len(part) == len(numbers) <= 4096
    assert all(part[i] == grid[numbers[i]] for i in range(0, len(part), 97))
    assert part.ends() == grid.ends()


def test_a_cloud_of_floats_has_the_exact_values_that_it_computes_with():
    points = np.random.default_rng(1).uniform(-3, 3, (50, 2))
    cloud = Cloud.rounded(points, 2**30)
    for i in range(50):
        assert [float(value) for value in cloud[i]] == [float(column[i]) for column in cloud.columns]


@settings(max_examples=5, deadline=None)
@given(st.permutations(["p", "q", "gain"]), st.integers(0, 10**6))
def test_the_order_of_the_axes_only_turns_the_answer(order, seed):
    rng = np.random.default_rng(seed)
    axes = {name: np.unique(rng.integers(1, 100, 2)) / 100 for name in ("p", "q", "gain")}
    one = dt.sweep(unilateral, "conflict", **axes).data
    other = dt.sweep(unilateral, "conflict", **{name: axes[name] for name in order}).data
    for what in ("low", "high", "count", "masked"):
        np.testing.assert_allclose(one[what], other[what].transpose(*one[what].dims), atol=1e-12)


def test_a_large_grid_has_the_values_of_the_formulas():
    """Both dare where crash < 1, and else (dare, swerve), (swerve, dare) and the mixed one, by hand."""
    win, crash = np.linspace(0.5, 19, 300), np.linspace(-0.99, 19.99, 300)
    data = dt.sweep(chicken, dt.payoff("Row"), win=win, crash=crash).data
    high = np.where(crash < 1, -crash, win[:, None])
    low = np.where(crash < 1, -crash, -1)
    np.testing.assert_allclose(data["high"][0], np.broadcast_to(high, (300, 300)))
    np.testing.assert_allclose(data["low"][0], np.broadcast_to(low, (300, 300)))
    np.testing.assert_array_equal(data["count"], np.broadcast_to(np.where(crash < 1, 1, 3), (300, 300)))


def test_a_quantal_sweep_of_a_matrix_game_is_not_answered_by_the_mixed_equilibrium():
    method = dt.Quantal(rationality=1)
    data = dt.sweep(chicken, "dare, dare", method=method, win=[3, 4]).data
    for k, win in enumerate((3, 4)):
        (one,) = dt.solve(chicken.at(win=win), method)
        assert float(data["low"][0, k]) == pytest.approx(float(one.probability("dare, dare")))


@pytest.mark.parametrize("chunks", [4, {"attribution": 1, "doubt": 40}, {"attribution": 40, "doubt": 1}])
def test_many_chunks_are_made_of_few_axes_without_a_warning(chunks):
    axes = {"attribution": np.linspace(0.05, 0.95, 48), "doubt": np.linspace(0.05, 9.95, 48)}
    lazy = dt.sweep(GAME_OF_CHUNKS, "strike", chunks=chunks, **axes)
    assert lazy.data["low"].data.npartitions > 40
    whole = dt.sweep(GAME_OF_CHUNKS, "strike", **axes)
    np.testing.assert_array_equal(lazy.data["low"][..., :4, :4].values, whole.data["low"].values[..., :4, :4])


def test_by_default_a_chunk_is_large_enough_for_dask_and_small_enough_for_a_cache():
    axes = {"attribution": np.linspace(0.05, 0.95, 3000), "doubt": np.linspace(0.05, 9.95, 3000)}
    for measures in (["strike"], ["strike", "retaliate", "restrain"]):
        sizes = dt.sweep(GAME_OF_CHUNKS, *measures, chunks="auto", **axes).data["low"].data.chunks[1:]
        assert 100_000 <= sizes[0][0] * sizes[1][0] <= 1_000_000


GAME_OF_CHUNKS = strike.under(dt.Deniability("strike", "retaliate"))
