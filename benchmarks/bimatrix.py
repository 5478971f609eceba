"""Time the search for all equilibria of random two-player games, beside other packages.

    python benchmarks/bimatrix.py [--sizes 2 3 5 8 10] [--limit SECONDS]

Payoffs are random integers from 0 to 99. A cell shows the median time of one game, its ratio to ours, and
how many equilibria were found out of all that there are. `all` comes from `extreme_equilibria`, which
`agreement_bimatrix.py` compares with Gambit. Packages that are not installed are left out. Building a
package's game object and compiling (Numba) are not timed. Each cell runs in a process of its own, which is
stopped at the limit: then the cell covers the games done until then.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

import numpy as np

from deterrence.solvers.bimatrix.vertices import extreme_equilibria

Matrix = list[list[int]]
Profile = tuple[tuple[float, ...], tuple[float, ...]]

GAMES = {2: 100, 3: 100, 4: 50, 5: 30, 6: 20, 8: 10}
FEW_GAMES = 5
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Solver:
    """Name a solver, the package it needs, what it makes of two matrices, and how it answers and is read."""

    name: str
    package: str | None
    build: Callable[[Matrix, Matrix], Any]
    solve: Callable[[Any], Any]
    read: Callable[[Any], Iterable[Profile]]

    @property
    def installed(self) -> bool:
        """Whether the package can be imported."""
        try:
            return self.package is None or bool(importlib.import_module(self.package))
        except ImportError:
            return False


def gambit_game(A: Matrix, B: Matrix) -> Any:
    """Make Gambit's game of two matrices."""
    import pygambit

    return pygambit.Game.from_arrays(A, B)


def gambit_solve(game: Any, *, rational: bool) -> Any:
    """Enumerate extreme equilibria with Gambit, in rational numbers or in floating point."""
    import pygambit

    return pygambit.nash.enummixed_solve(game, rational=rational)


def gambit_read(result: Any) -> Iterable[Profile]:
    """Read the strategies from what Gambit returns."""
    for profile in result.equilibria:
        row, column = ([float(profile[s]) for s in player.strategies] for player in profile.game.players)
        yield tuple(row), tuple(column)


def quantecon_game(A: Matrix, B: Matrix) -> Any:
    """Make QuantEcon's game of two matrices."""
    theory = importlib.import_module("quantecon.game_theory")
    players = (theory.Player(np.array(own, dtype=float)) for own in (A, list(zip(*B, strict=True))))
    return theory.NormalFormGame(list(players))


def quantecon_solve(game: Any, method: str) -> Any:
    """Solve with the named function of QuantEcon."""
    return getattr(importlib.import_module("quantecon.game_theory"), method)(game)


def nashpy_game(A: Matrix, B: Matrix) -> Any:
    """Make Nashpy's game of two matrices."""
    import nashpy

    return nashpy.Game(A, B)


def floats(profiles: Iterable[Any]) -> Iterable[Profile]:
    """Turn pairs of strategies, of whatever numbers, to floating point."""
    for x, y in profiles:
        yield tuple(map(float, x)), tuple(map(float, y))


SOLVERS = [
    Solver("deterrence (exact)", None, lambda A, B: (A, B), lambda game: extreme_equilibria(*game), floats),
    Solver(
        "pygambit enummixed, rational",
        "pygambit",
        gambit_game,
        lambda game: gambit_solve(game, rational=True),
        gambit_read,
    ),
    Solver(
        "pygambit enummixed, double",
        "pygambit",
        gambit_game,
        lambda game: gambit_solve(game, rational=False),
        gambit_read,
    ),
    Solver(
        "quantecon support enumeration",
        "quantecon",
        quantecon_game,
        lambda game: quantecon_solve(game, "support_enumeration"),
        floats,
    ),
    Solver(
        "quantecon vertex enumeration",
        "quantecon",
        quantecon_game,
        lambda game: quantecon_solve(game, "vertex_enumeration"),
        floats,
    ),
    Solver(
        "nashpy support enumeration",
        "nashpy",
        nashpy_game,
        lambda game: list(game.support_enumeration()),
        floats,
    ),
    Solver(
        "nashpy vertex enumeration",
        "nashpy",
        nashpy_game,
        lambda game: list(game.vertex_enumeration()),
        floats,
    ),
]


def random_games(size: int) -> list[tuple[Matrix, Matrix]]:
    """Draw the games of one column of the table, always the same ones."""
    source, shape = np.random.default_rng(size), (GAMES.get(size, FEW_GAMES), 2, size, size)
    return [(A, B) for A, B in source.integers(100, size=shape).tolist()]


def run(solver: Solver, games: list[tuple[Matrix, Matrix]], results: Connection) -> None:
    """Solve the games one after the other, and send the time and the answer of each."""
    warnings.simplefilter("ignore")
    for A, B in games:
        game = solver.build(A, B)
        start = time.perf_counter()
        try:
            answer = solver.solve(game)
            seconds = time.perf_counter() - start
            results.send((seconds, list(solver.read(answer))))
        except Exception:  # noqa: BLE001 (that a package fails on a game is a result, too)
            results.send((time.perf_counter() - start, []))
    results.close()


def run_limited(solver: Solver, games: list[tuple[Matrix, Matrix]], limit: float) -> list[tuple[float, list[Profile]]]:
    """Run a solver in a process of its own and return what it had answered at the limit."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(solver, games, sender))
    process.start()
    sender.close()
    done: list[tuple[float, list[Profile]]] = []
    end = time.monotonic() + limit
    while len(done) < len(games) and receiver.poll(max(0.0, end - time.monotonic())):
        done.append(receiver.recv())
    process.kill()
    process.join()
    return done


def hits(found: list[Profile], known: list[Profile]) -> int:
    """Count the known equilibria that are among those found."""
    return sum(any(close(one, other) for other in found) for one in known)


def close(one: Profile, other: Profile) -> bool:
    """Say whether two profiles differ by no more than the tolerance."""
    pairs = zip((*one[0], *one[1]), (*other[0], *other[1]), strict=True)
    return all(abs(a - b) <= TOLERANCE for a, b in pairs)


def column(size: int, solvers: list[Solver], limit: float) -> list[str]:
    """Measure one column of the table: all solvers on the games of one size."""
    games = random_games(size)
    known = [list(floats(extreme_equilibria(A, B))) for A, B in games]
    cells, ours = [], 0.0
    for solver in solvers:
        done = run_limited(solver, games, limit)
        if not done:
            cells.append(f"> {limit:g} s")
            continue
        typical = median(seconds for seconds, _ in done)
        ours = ours or typical
        found = sum(hits(answer, known[game]) for game, (_, answer) in enumerate(done))
        total = sum(map(len, known[: len(done)]))
        part = "" if len(done) == len(games) else f" in {len(done)} games"
        cells.append(f"{typical * 1e3:.3g} ms ({typical / ours:.2g}x) {found}/{total}{part}")
    return cells


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 3, 5, 8, 10])
    parser.add_argument("--limit", type=float, default=8, help="seconds for each cell")
    options = parser.parse_args()
    solvers = [solver for solver in SOLVERS if solver.installed]
    warnings.simplefilter("ignore")
    for solver in solvers:  # compiles what is compiled on first use
        for size in (2, 3):
            solver.solve(solver.build(*random_games(size)[0]))
    columns = [column(size, solvers, options.limit) for size in options.sizes]
    print("| median time (ratio to ours) found/all |", *(f" {n} x {n} |" for n in options.sizes), sep="")
    print("|---|", "---|" * len(options.sizes), sep="")
    for solver, cells in zip(solvers, zip(*columns, strict=True), strict=True):
        print("|", solver.name, "|", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
