"""Rows from the benchmarks of trees and of quantal response, with one row each."""

from __future__ import annotations

import backward_induction as induction
import numpy as np
import quantal

from deterrence.solvers.quantal_grid import quantal_grid
from peer_rows.row import Row, Section, agreement, missing, package

DEPTH = 16
PRECISION = 5.0
CLOSE = 1e-5


def section(limit: float, points: int, others: int) -> Section:
    """Compare reading and solving a large tree, and quantal response at many points, with Gambit."""
    return Section(
        "Large trees and quantal response",
        "From `benchmarks/backward_induction.py` and `benchmarks/quantal.py`, which show more. The tree has "
        f"{2 ** (DEPTH + 1) - 1:,} nodes and different payoffs, so one subgame-perfect equilibrium; Gambit reads it "
        "from its own format and is asked for pure equilibria of the agent form, for it has no backward induction; it "
        f"is stopped after {limit:g} s in all. Quantal response equilibria are those of a signalling game at random "
        "parameters; building Gambit's game is not timed. These times are by the clock, on both sides.",
        [*tree_rows(limit), quantal_row(points, others)],
        "The tree: one Python object for each node. Quantal response: NumPy passes over each step along the branches.",
    )


def tree_rows(limit: float) -> list[Row]:
    payoffs = induction.random_payoffs(DEPTH)
    build, solve = induction.our_times(payoffs)
    nodes = f"tree of {2 ** (DEPTH + 1) - 1:,} nodes"
    told = "our equilibrium is that of a level-by-level array computation"
    if package("pygambit") is None:
        return [missing(f"read a {nodes}", "", build, "Gambit"), missing(f"solve a {nodes}", "", solve, "Gambit")]
    read, answer = induction.gambit_times(induction.as_gambit_text(payoffs), limit)
    rows = []
    for question, ours, theirs in ((f"read a {nodes}", build, read), (f"solve a {nodes}", solve, answer)):
        late = bool(np.isnan(theirs))
        said = f"{told}; Gambit gave none within {limit:g} s" if late else told
        rows.append(Row(question, "", ours, "Gambit", None if late else theirs, said))
    return rows


def quantal_row(points: int, others: int) -> Row:
    source = np.random.default_rng(1)
    columns = {name: source.uniform(*ends, points).round(6) for name, ends in quantal.RANGES.items()}
    quantal_grid(quantal.signalling, PRECISION, columns)  # compiles the tree
    runs = [quantal.timed(quantal_grid, quantal.signalling, PRECISION, columns) for _ in range(2)]
    seconds, grid = min(spent for spent, _ in runs) / 1e3, runs[0][1]
    question, peer = f"quantal response at {points:,} points, precision {PRECISION:g}", "Gambit logit_solve_lambda"
    if package("pygambit") is None:
        return missing(question, "a point", seconds / points, peer)
    places = [{name: float(column[k]) for name, column in columns.items()} for k in range(others)]
    theirs = quantal.gambit_times([quantal.signalling.at(values) for values in places], PRECISION)
    assert theirs is not None
    single, _, answers = theirs
    apart = float(np.abs(np.array(answers) - grid.behaviour[:others]).max())
    told = agreement(apart, CLOSE, "probabilities") + f", at {others} points"
    return Row(question, "a point", seconds / points, peer, single / 1e3, told)
