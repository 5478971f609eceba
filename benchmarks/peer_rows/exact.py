"""All extreme equilibria of one numeric game in exact numbers, beside lrsnash of David Avis's lrslib."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from deterrence.solvers.bimatrix.vertices import extreme_equilibria
from peer_rows.row import Row, Section, missing, timed

SIZES = {3: 20, 5: 20, 8: 5, 10: 3}
"""How many games of each size."""
REPEATS = 3
NAME = "lrsnash"
Matrix = list[list[int]]
Equilibrium = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]


def section() -> Section:
    """Compare at each size."""
    return Section(
        "One game in exact numbers",
        "Payoffs are random integers from 0 to 99. `lrsnash` (Debian's package `lrslib`) enumerates the same extreme "
        f"equilibria in exact numbers; its time is that of its process, start included. The least of {REPEATS} runs "
        "counts on both sides.",
        [_row(size, count) for size, count in SIZES.items()],
        "Python's own integers; `lrsnash` is C, with numbers of 64 bits as long as they suffice.",
    )


def _row(size: int, count: int) -> Row:
    games = np.random.default_rng(size).integers(100, size=(count, 2, size, size)).tolist()
    seconds, ours = timed(lambda: [list(extreme_equilibria(A, B)) for A, B in games], REPEATS)
    question = f"all extreme equilibria of {count} games of {size} × {size}"
    if shutil.which(NAME) is None:
        return missing(question, "a game", seconds / count, NAME)
    with tempfile.TemporaryDirectory() as folder:
        files = [_written(Path(folder, f"{k}.txt"), *game) for k, game in enumerate(games)]
        spent, texts = min((_run(files) for _ in range(REPEATS)), key=lambda run: run[0])
    theirs = [set(_equilibria(text)) for text in texts]
    assert theirs == [{_plain(pair) for pair in pairs} for pairs in ours], f"{NAME} finds other equilibria"
    found = sum(map(len, theirs))
    version = texts[0].partition("(")[0].strip("* \n")
    return Row(question, "a game", seconds / count, version, spent / count, f"the same {found} equilibria, exactly")


def _plain(pair: Any) -> Equilibrium:
    first, second = pair
    return tuple(map(Fraction, first)), tuple(map(Fraction, second))


def _written(path: Path, A: Matrix, B: Matrix) -> Path:
    tables = ["\n".join(" ".join(map(str, row)) for row in table) for table in (A, B)]
    path.write_text(f"{len(A)} {len(A[0])}\n\n{tables[0]}\n\n{tables[1]}\n", encoding="ascii")
    return path


def _run(files: list[Path]) -> tuple[float, list[str]]:
    """Return the processor time of a process a game, and what they print."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    texts = [subprocess.run([NAME, file], capture_output=True, text=True, check=True).stdout for file in files]  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, texts


def _equilibria(text: str) -> Iterator[Equilibrium]:
    """Yield what it prints: blocks of strategies of both players, each followed by the other's payoff."""
    for block in text.split("\n\n"):
        sides: dict[str, list[tuple[Fraction, ...]]] = {"1": [], "2": []}
        for line in block.splitlines():
            words = line.split()
            if words and words[0] in sides:
                sides[words[0]].append(tuple(map(Fraction, words[1:-1])))
        yield from product(sides["1"], sides["2"])
