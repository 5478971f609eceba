"""The catalogue's noisy attribution: a grid beside Gambit's solution of each tree, and Sobol indices beside SALib."""

from __future__ import annotations

from typing import Any

import numpy as np
from quantal import gambit_game

import deterrence as dt
from deterrence.models.catalogue import load
from peer_rows import c_loop, memory
from peer_rows.formulas import evaluator
from peer_rows.row import Row, Section, agreement, in_turn, missing, package, timed

GRID_TARGET = 1000.0
C_TARGET = 1 / 5
CLOSE = 1e-6
GAMBIT_POINTS = 150
REPEATS = 7
DETECTION, FALSE_ALARM = (0.32, 0.98), (0.02, 0.3)
PARAMETERS = ("benefit", "punishment", "harm", "satisfaction", "error", "detection")
DETECTION_RANGE = (0.2, 0.9)
ROWS = 1024
SAMPLING_ERROR = 4
"""How many half widths of the confidence intervals two estimates may be apart, both having their own."""


def section(points: tuple[int, int]) -> Section:
    """Compare the grid with Gambit and the indices with SALib."""
    game = load("noisy-attribution")
    game = getattr(game, "game", game)
    return Section(
        "Noisy attribution",
        "The tree of `noisy_attribution` (a strike that an alarm reports or not; two signals, mixed play). "
        "Gambit gets each point as a new tree and enumerates with `enummixed_solve(rational=False)`; every signal is "
        "possible at the points of the grid, so its Nash equilibria are the perfect Bayesian ones. For the Sobol "
        "indices both take N = 1024 and six parameters. SALib needs a function of a row: Gambit's solution of the tree "
        "(timed at some of the rows and scaled to all), or the formulas of our characterization, which no other "
        "package gives, so that this row compares the sampling, the check that no class is missing, and the analysis. "
        "The loop in C is made as for the crisis above, from the classes that exist on the grid. Here conditions "
        "depend on both axes at once.",
        [grid_row(game, points), *c_rows(game, 1000), *sobol_rows(game)],
        "A grid: exact solutions that confirm each region and the labels of the answer; at a million points the "
        "formulas and conditions, each in several NumPy passes over a block. Sobol: "
        "exact solutions at a sample of points that confirm that no class is missing, and the bootstrap of the "
        "intervals.",
    )


def grid_row(game: Any, points: tuple[int, int]) -> Row:
    count = points[0] * points[1]
    question, peer = f"all perfect Bayesian equilibria at {count:,} points", "Gambit enummixed, double"
    axes = {
        "detection": np.linspace(*DETECTION, points[0]).round(9).tolist(),
        "false_alarm": np.linspace(*FALSE_ALARM, points[1]).round(9).tolist(),
    }
    seconds, answer = timed(lambda: dt.sweep(game, "strike", **axes), REPEATS)
    if package("pygambit") is None:
        return missing(question, "a point", seconds / count, peer, least_ratio=GRID_TARGET)
    source = np.random.default_rng(7)
    places = list(zip(*(source.integers(len(axis), size=GAMBIT_POINTS) for axis in axes.values()), strict=True))
    games = [game.at(detection=axes["detection"][i], false_alarm=axes["false_alarm"][j]) for i, j in places]
    for each in games:
        assert each.numbers  # worked out before Gambit's time begins
    spent, ranges = timed(lambda: [gambit_strikes(each) for each in games], 2)
    apart = 0.0
    for (i, j), strikes in zip(places, ranges, strict=True):
        here = answer.data.isel(measure=0, detection=i, false_alarm=j)
        apart = max(apart, abs(float(here["low"]) - min(strikes)), abs(float(here["high"]) - max(strikes)))
    told = agreement(apart, CLOSE, "the range of the strike's probability") + f", at {GAMBIT_POINTS} points"
    return Row(question, "a point", seconds / count, peer, spent / GAMBIT_POINTS, told, least_ratio=GRID_TARGET)


def c_rows(game: Any, side: int) -> list[Row]:
    """Return the row beside the formulas as a loop in C, over a square grid."""
    question, name = f"noisy attribution at {side**2:,} points", "C loop, gcc -O3"
    values = [np.linspace(*ends, side).round(9) for ends in (DETECTION, FALSE_ALARM)]
    axes = dict(zip(("detection", "false_alarm"), (some.tolist() for some in values), strict=True))
    columns, formulas = [axis.ravel() for axis in np.meshgrid(*values, indexing="ij")], dt.characterize(game)
    loop = c_loop.compiled(formulas, "strike", tuple(axes))
    if loop is None:
        return []
    kept = np.flatnonzero(loop(*columns)["exists"].any(axis=1)).tolist()
    shorter: Any = c_loop.compiled(formulas, "strike", tuple(axes), kept)
    memory.kept()
    told = c_loop.compared(shorter(*columns), c_loop.arrays(dt.sweep(game, "strike", **axes), tuple(axes)), CLOSE)
    spent = in_turn((lambda: dt.sweep(game, "strike", **axes), lambda: shorter(*columns)), REPEATS)
    ours, theirs = (seconds / side**2 for seconds in spent)
    return [Row(question, "a point", ours, name, theirs, told, least_ratio=C_TARGET)]


def gambit_strikes(game: Any) -> list[float]:
    """Return the probability of a strike in each of Gambit's equilibria."""
    import pygambit

    copy, sets = gambit_game(game)
    strike = next(some for some in sets if some.player.label == "Attacker").actions["1"]
    found = pygambit.nash.enummixed_solve(copy, rational=False).equilibria
    return [float(each.as_behavior()[strike]) for each in found]


def sobol_rows(game: Any) -> list[Row]:
    from scipy.stats import uniform

    question = f"Sobol indices of the strike, N = {ROWS:,}, {len(PARAMETERS)} parameters"
    low, high = DETECTION_RANGE
    spread = {"detection": uniform(low, high - low)}
    seconds, ours = timed(
        lambda: dt.sensitivity(game, "strike", parameters=PARAMETERS, distributions=spread, n=ROWS), 2
    )
    if package("SALib") is None:
        return [missing(question, "", seconds, "SALib")]
    evaluate = evaluator(dt.characterize(game), "strike", PARAMETERS)
    spent, (points, theirs) = timed(lambda: salib_indices(game, evaluate), 2)
    label = next(label for label in ours.labels if label.startswith("least"))  # the greatest is 1 everywhere
    rows = ours.rows(label).set_index("parameter").loc[list(PARAMETERS)]
    half = (rows["total high"] - rows["total low"]).to_numpy() / 2 + theirs["ST_conf"]
    apart = np.abs(rows["total"].to_numpy() - theirs["ST"])
    worst = float((apart / np.maximum(half, 1e-3)).max())
    assert worst < SAMPLING_ERROR, f"total indices of {label} are {worst:.1f} sampling errors apart"
    told = f"total indices of the {label} agree to {apart.max():.0e}, within sampling error"
    by_formula = Row(question, "", seconds, "SALib on our formulas, derived before", spent, told)
    peer = "SALib with Gambit for each row, scaled"
    if package("pygambit") is None:
        return [missing(question, "", seconds, peer), by_formula]
    each, gap = gambit_at(game, points, evaluate)
    told = agreement(gap, CLOSE, "the least probability") + f", at {GAMBIT_POINTS} rows"
    return [Row(question, "", seconds, peer, spent + len(points) * each, told), by_formula]


def salib_indices(game: Any, evaluate: Any) -> tuple[Any, Any]:
    """Return SALib's points and total indices of the least probability, with its intervals."""
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as sample

    bounds = [[float(game.parameters[name].low), float(game.parameters[name].high)] for name in PARAMETERS[:-1]]
    problem = {"num_vars": len(PARAMETERS), "names": list(PARAMETERS), "bounds": [*bounds, list(DETECTION_RANGE)]}
    points = sample.sample(problem, ROWS, calc_second_order=False, seed=1)
    values = evaluate(*points.T)[0]
    return points, analyse.analyze(problem, values, calc_second_order=False, seed=1)


def gambit_at(game: Any, points: Any, evaluate: Any) -> tuple[float, float]:
    """Return Gambit's seconds a point, and how far its least probability is from the formulas'."""
    some = points[:: len(points) // GAMBIT_POINTS][:GAMBIT_POINTS]
    games = [game.at(dict(zip(PARAMETERS, row.tolist(), strict=True))) for row in some]
    for each in games:
        assert each.numbers  # worked out before Gambit's time begins
    spent, strikes = timed(lambda: [min(gambit_strikes(each)) for each in games], 2)
    return spent / len(some), float(np.abs(np.array(strikes) - evaluate(*some.T)[0]).max())
