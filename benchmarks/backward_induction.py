"""Time backward induction on a numeric binary tree of 131,071 nodes, beside Gambit on the same tree.

    python benchmarks/backward_induction.py [--depth 16] [--limit SECONDS]

Two players move in turn, left or right; payoffs at the ends are different random integers, so that the
equilibrium is unique. Its value is computed apart, with one array operation a level, and must agree.
Gambit reads the tree in its own .efg format and is asked for pure equilibria of the agent form, the method
of its own that works on any tree; it runs in a process that is stopped at the limit, and is left out where
it is not installed. Gambit has no backward induction, so on a tree of this size it is the reading that
compares.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import multiprocessing
import time
from multiprocessing.connection import Connection

import numpy as np

import deterrence as dt
from deterrence import end, move
from deterrence.games.tree import Node

PLAYERS = ("A", "B")
NOTHING = (float("nan"), float("nan"))
Payoffs = tuple[int, int]


def random_payoffs(depth: int, seed: int = 16) -> np.ndarray:
    """Return payoffs of shape (ends, 2), different for each player at each end."""
    rng = np.random.default_rng(seed)
    return np.stack([rng.permutation(2**depth), rng.permutation(2**depth)], axis=1)


def value_by_levels(payoffs: np.ndarray) -> Payoffs:
    """Return the equilibrium's payoffs, a level of the tree at a time; the first player moves first."""
    depth, level = int(np.log2(len(payoffs))), payoffs
    for step in reversed(range(depth)):
        left, right = level[0::2], level[1::2]
        own = step % 2
        level = np.where((left[:, own] >= right[:, own])[:, None], left, right)
    return int(level[0, 0]), int(level[0, 1])


def as_game(payoffs: np.ndarray) -> dt.Game:
    """Return the tree as a game, every end an outcome of its own."""
    depth = int(np.log2(len(payoffs)))
    nodes: list[Node] = [end(f"end {i}", a, b) for i, (a, b) in enumerate(payoffs.tolist())]
    for step in reversed(range(depth)):
        player = PLAYERS[step % 2]
        nodes = [move(player, left=left, right=right) for left, right in zip(nodes[0::2], nodes[1::2], strict=True)]
    return dt.Game(PLAYERS, nodes[0])


def as_gambit_text(payoffs: np.ndarray) -> str:
    """Return the tree in Gambit's .efg format."""
    depth, ends = int(np.log2(len(payoffs))), payoffs.tolist()
    lines, moves, stack = ['EFG 2 R "tree" { "A" "B" }', ""], [0, 0], [(0, 0)]
    while stack:
        level, place = stack.pop()
        if level == depth:
            lines.append(f't "" {place + 1} "end {place}" {{ {ends[place][0]}, {ends[place][1]} }}')
            continue
        own = level % 2
        moves[own] += 1
        lines.append(f'p "" {own + 1} {moves[own]} "" {{ "left" "right" }} 0')
        stack += [(level + 1, 2 * place + 1), (level + 1, 2 * place)]
    return "\n".join(lines) + "\n"


def ask_gambit(text: str, answers: Connection) -> None:
    """Read the tree and solve it, sending how long each took; runs in a process of its own."""
    import pygambit

    began = time.perf_counter()
    game = pygambit.read_efg(io.StringIO(text))
    answers.send(time.perf_counter() - began)
    began = time.perf_counter()
    pygambit.nash.enumpure_agent_solve(game)
    answers.send(time.perf_counter() - began)


def gambit_times(text: str, limit: float) -> tuple[float, float]:
    """Return Gambit's times to read and to solve, NaN for what the limit cut off."""
    answers, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=ask_gambit, args=(text, theirs), daemon=True)
    process.start()
    times, until = list(NOTHING), time.monotonic() + limit
    for part in range(len(times)):
        if answers.poll(max(0.0, until - time.monotonic())):
            times[part] = answers.recv()
    process.terminate()
    process.join()
    return times[0], times[1]


def our_times(payoffs: np.ndarray) -> tuple[float, float]:
    """Return our times to build and to solve, which are taken once, as Gambit's are, and check the answer."""
    began = time.perf_counter()
    game = as_game(payoffs)
    built = time.perf_counter()
    solution = dt.solve(game)
    solved = time.perf_counter()
    assert len(solution) == 1
    assert tuple(solution[0].payoffs.values()) == value_by_levels(payoffs)
    return built - began, solved - built


def shown(seconds: float, limit: float) -> str:
    return f"{seconds:8.2f} s" if seconds == seconds else f"  no answer within {limit:g} s"  # noqa: PLR0124  (NaN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depth", type=int, default=16, help="moves from the root to an end")
    parser.add_argument("--limit", type=float, default=80, help="seconds that Gambit may take")
    asked = parser.parse_args()
    payoffs = random_payoffs(asked.depth)
    print(f"{2 ** (asked.depth + 1) - 1:,} nodes; the equilibrium pays {value_by_levels(payoffs)}")
    build, solve = our_times(payoffs)
    print(f"deterrence  build, check  {shown(build, asked.limit)}")
    print(f"deterrence  solve         {shown(solve, asked.limit)}")
    if importlib.util.find_spec("pygambit") is None:
        print("Gambit is not installed")
        return
    read, answer = gambit_times(as_gambit_text(payoffs), asked.limit)
    print(f"Gambit      read .efg     {shown(read, asked.limit)}")
    print(f"Gambit      solve         {shown(answer, asked.limit)}")


if __name__ == "__main__":
    main()
